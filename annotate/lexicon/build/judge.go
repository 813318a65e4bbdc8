package main

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"byline/annotate/lexicon"
	"byline/annotate/lexicon/en"
	"byline/annotate/lexicon/known"
)

// place is what makes a form also a place's name.
const place = lexicon.City | lexicon.Region | lexicon.Country

// judge returns the tier of a form and the facts about it, or None if it is to be left out.
func (l *listing) judge(e *entity, u use) (known.Tier, known.Facts) {
	facts := u.notes | l.written.of(u.form)
	switch word := u.form.tokens[0]; {
	case len(u.form.tokens) > 1:
		if u.source.phrases < known.Sure && isLoosePhrase(e, u.form) {
			return known.None, 0
		}
		if u.source.phrases == known.Sure {
			facts &^= known.SometimesSmall // the Democratic party
		}
		return u.source.phrases, facts | l.phraseFacts(e, u.form)
	case u.form.acronym():
		return u.source.capitals(word), facts&^(known.AlsoPlace|known.AlsoPerson) | alsoOf(word)
	default:
		return l.judgeWord(e, u, facts)
	}
}

// phraseFacts tells what else a form of several words may be.
func (l *listing) phraseFacts(e *entity, f form) (facts known.Facts) {
	words := f.tokens
	first, last := lexicon.Of(words[0]), lexicon.Of(words[len(words)-1])
	if e.typ != known.Place && f.key().Class()&place != 0 {
		facts |= known.AlsoPlace
	}
	if len(words) == 2 && e.typ != known.Person && guessKind(words[1]) == known.NoKind && first&lexicon.CommonFirst != 0 && last&(lexicon.CommonSurname|lexicon.Small) == lexicon.CommonSurname {
		facts |= known.AlsoPerson // Kate Spade
	}
	if en.Of(strings.ToLower(words[0])).Class&en.Month != 0 && strings.Trim(words[1], "0123456789") == "" {
		facts |= known.AlsoWord // May 15
	}
	if isThe(f) && (last&lexicon.Demonym != 0 || l.begins[strings.ToLower(words[1])] ||
		e.kind == known.Band && l.written.of(form{words[1:]}) != 0) {
		facts |= known.AlsoWord // The Australian, The National, The Who
	}
	return facts
}

// isThe reports whether f is a single word after "The".
func isThe(f form) bool { return len(f.tokens) == 2 && strings.EqualFold(f.tokens[0], "the") }

// isLoosePhrase reports whether a form of several words is left out of lists that were not chosen
// one by one.
func isLoosePhrase(e *entity, f form) bool {
	switch e.typ {
	case known.Person:
		return f.key().Class()&place != 0
	case known.Organization:
		return isThe(f) && e.kind != known.Media || isLegal(f.tokens[len(f.tokens)-1]) || in("Abu Bin Ibn Umm", f.tokens[0])
	}
	return isThe(f) && e.typ == known.Other || e.typ == known.Place && slices.Contains(f.tokens, ",") // Reading, Berkshire
}

// judgeWord judges a single word that is not an acronym.
func (l *listing) judgeWord(e *entity, u use, facts known.Facts) (known.Tier, known.Facts) {
	word := strings.ToLower(u.form.tokens[0])
	class := lexicon.Of(word)
	if en.Of(word).Class != 0 || utf8.RuneCountInString(word) < 3 || class&lexicon.Demonym != 0 && e.typ != known.Other {
		return known.None, 0
	}
	facts |= l.wordFacts(e, u, class)
	const taken = known.MostlySmall | known.AlsoPerson | known.AlsoPlace
	if u.source.phrases < known.Sure && (e.typ == known.Person || facts&taken != 0 || class&place != 0) {
		return known.None, 0
	}
	return u.source.words, facts
}

// members are words that are also those who belong to a party: "Democrats".
var members = regexp.MustCompile(`(?:ists|ats|ans|ives|als|ites|ens|ies|ers)$`)

// wordFacts tells what else a single word may be.
func (l *listing) wordFacts(e *entity, u use, class lexicon.Class) (facts known.Facts) {
	word := strings.ToLower(u.form.tokens[0])
	names, places := lexicon.First|lexicon.Surname, place
	if u.source.phrases == known.Sure { // which notes towns and rare names itself, but not of clubs
		names = lexicon.CommonFirst | lexicon.CommonSurname
		if e.kind != known.Club {
			places = lexicon.Country
		}
	}
	if class&names != 0 && e.typ != known.Person {
		facts |= known.AlsoPerson
	}
	if class&places != 0 && e.typ != known.Place {
		facts |= known.AlsoPlace
	}
	if e.kind == known.Party && members.MatchString(word) || l.ends[word] {
		facts |= known.AlsoWord
	}
	return facts
}

// isLegal reports whether word is the legal form of a company, which its name has in other lists than ours
// also without.
func isLegal(word string) bool {
	return in("inc inc. corp corp. co co. ltd ltd. limited plc llc llc. l.p. lp n.v. s.a. ag incorporated corporation", strings.ToLower(word))
}

// capitals returns the tier of an acronym.
func (s *source) capitals(word string) known.Tier {
	if n := utf8.RuneCountInString(strings.ReplaceAll(word, ".", "")); n < 2 || s.capital < known.Sure && n < 3 {
		return known.None
	}
	return s.capital
}

// also are acronyms that are mostly something else than an organization: things, conditions,
// offices, states of the United States and provinces of Canada.
const (
	also = `DNA RNA SARS MERS HIV AIDS ADHD PTSD PIN ATM GPS LED LCD PC TV CD DVD AI VR HR PR PA CEO CFO COO CTO VP VIP MP PM AM
		BC AD BCE OK ID IQ UFO FAQ GDP GNP IPO VAT NGO SEO GPU CPU USB URL HTML PDF SMS SUV EV CO GMT UTC EST PST DIY DJ MC
		MVP RBI ERA LGBT LGBTQ PPE ICU ER IVF MRI CT PCR BMI RSVP SOS TNT UV FM USD EUR GBP CV QR RIP ISBN FYI HD HQ IP IT
		LP EP NFT ETF ESG API AR PE PHD MBA BA MA MD RN ASAP AKA TBD DUI GMO CBD THC AC DC`
	states = `AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA
		RI SC SD TN TX UT VT VA WA WV WI WY DC BC AB ON QC NS NB MB SK PEI NSW ACT NT UK US USA UAE DRC PNG NZ`
)

func alsoOf(word string) (f known.Facts) {
	word = strings.ReplaceAll(word, ".", "")
	if in(also, word) {
		f |= known.AlsoWord
	}
	if in(states, word) {
		f |= known.AlsoPlace
	}
	return f
}
