package names

import (
	"regexp"
	"strings"
	"unicode"

	"byline/annotate"
	"byline/annotate/lexicon"
	"byline/annotate/lexicon/en"
	"byline/annotate/lexicon/known"
	"byline/articles"
)

// apartScore is the score of what the rule apart changes. It is rare: corpora have none to count.
const apartScore = 0.8

// Apart gives the mentions in ms, of text, the types that the words beside them leave: in "Kvale fell 3 percent" and "Kvale
// shares" it is the firm if the article has "Kvale Group"; in "the town of Lund", "Marta Quill of Lund" and "LUND (OBX) —" the
// place; and "RFP" is no body after "registered ferry pilot (RFP)". It cuts titles off persons that the tagger took for something
// else. It changes ms.
func Apart(text string, ms []annotate.Mention) []annotate.Mention {
	for i := range ms {
		if ms[i].Type == annotate.Person {
			cutTitle(text, &ms[i])
		}
	}
	b := besides{text, ms, firmsOf(text, ms), termsOf(text, ms), vesselsOf(text, ms), housesOf(text, ms), bearersOf(text, ms)}
	for i := range ms {
		m := &ms[i]
		t := b.typeOf(i)
		if t == m.Type {
			continue
		}
		m.Type, m.Title = t, articles.Span{}
		m.Origin = annotate.Origin{Stage: stage, Rule: apart, Score: apartScore}
	}
	return ms
}

// besides is what an article says beside its names.
type besides struct {
	text    string
	ms      []annotate.Mention
	firms   map[string]bool // first words of organizations of several
	terms   map[string]bool // acronyms of ordinary words
	vessels map[string]bool
	houses  map[string]annotate.Type
	who     *bearers
}

// firmsOf returns the first words of the organizations of several words in ms.
func firmsOf(text string, ms []annotate.Mention) map[string]bool {
	firms := map[string]bool{}
	for i := range ms {
		first, _, long := strings.Cut(ms[i].In(text), " ")
		if long && ms[i].Type == annotate.Organization {
			firms[first] = true
		}
	}
	return firms
}

// typeOf returns the type of mention i where its words and those beside it leave one; otherwise the one that it has.
func (b *besides) typeOf(i int) annotate.Type {
	m := &b.ms[i]
	w := m.In(b.text)
	t := asideType(b.text, m, b.firms, b.terms)
	if t == annotate.Person && m.Title.Empty() {
		t = b.who.typeOf(i, b.text, m.Span)
	}
	switch house := b.houses[strings.TrimPrefix(w, "The ")]; {
	case i > 0 && isHome(b.text, &b.ms[i-1], m):
		return annotate.Place
	case m.Title.Empty() && b.vessels[w]:
		return annotate.Other
	case house != "":
		return house
	case t == annotate.Organization && isCalled(b.text, m):
		return annotate.Person
	case t == annotate.Other && isStage(w):
		return annotate.Organization
	}
	return t
}

// asideType returns the type of m by what is beside it, where that leaves one reading; firms are the first
// words of organizations of several, terms the acronyms of ordinary words.
func asideType(text string, m *annotate.Mention, firms, terms map[string]bool) annotate.Type {
	body := m.Type == annotate.Organization
	if !body && m.Type != annotate.Person {
		return m.Type
	}
	alone := !strings.Contains(m.In(text), " ")
	switch {
	case isDateline(text, m.Span), (body || m.Title.Empty()) && isCountry(text, m.Span):
		return annotate.Place
	case body:
		return bodyType(text, m.Span, terms)
	case m.Title.Empty() && alone:
		return homonym(text, m.Span, firms)
	}
	return annotate.Person
}

// vessel is what only a ship, a craft or a storm is called, before its name.
var vessel = regexp.MustCompile(`\b(?:ship|ferry|trawler|tanker|freighter|yacht|frigate|destroyer|submarine|vessel|steamer|liner|icebreaker|spacecraft|satellite|lander|telescope|Hurricane|Typhoon|Cyclone) [“"‘']?$`)

// vesselsOf returns the names in text that a word for a ship, a craft or a storm stands before, once at least: "the research
// ship Havørn".
func vesselsOf(text string, ms []annotate.Mention) map[string]bool {
	var vessels map[string]bool
	for i := range ms {
		if s := ms[i].Span; vessel.MatchString(text[max(0, s.Start-16):s.Start]) {
			if vessels == nil {
				vessels = map[string]bool{}
			}
			vessels[s.In(text)] = true
		}
	}
	return vessels
}

// bodyType returns the type of s, taken for an organization: an acronym of ordinary words, a family, or a person whose age
// follows.
func bodyType(text string, s articles.Span, terms map[string]bool) annotate.Type {
	w := s.In(text)
	switch {
	case terms[strings.TrimSuffix(w, "s")], orders[w], !strings.Contains(w, " ") && isFamily(text, s):
		return annotate.Other
	case isNamed(text, s):
		return annotate.Person
	case aged.MatchString(text[s.End:min(len(text), s.End+8)]) && !strings.ContainsAny(w, "0123456789"):
		return annotate.Person
	}
	return annotate.Organization
}

// homonym returns the type of s, one word taken for a person, which may be a firm or a town.
func homonym(text string, s articles.Span, firms map[string]bool) annotate.Type {
	switch w := s.In(text); {
	case firms[w] && inMarket(text[s.End:]):
		return annotate.Organization
	case lexicon.Of(w)&(lexicon.City|lexicon.Region|lexicon.Country) != 0 && isSettlement(text[:s.Start]):
		return annotate.Place
	}
	return annotate.Person
}

// governed is what only a country, a region or a town has, before its name.
var governed = regexp.MustCompile(`(?i)\b(?:assembly|parliament|legislature|government|republic|kingdom|capital|coast|territory|citizens|prime minister|premier|king|queen|emir|sultan) of $`)

// ranked is a rank of the nobility or the church, which is one of a place.
var ranked = regexp.MustCompile(`\b(?:Duke|Duchess|Earl|Marquess|Bishop|Archbishop|Prince|Princess) of $`)

// isCountry reports whether s, one word, no body that is known and no common surname, is what a parliament or a king is of: "the
// assembly of Westmark".
func isCountry(text string, s articles.Span) bool {
	w := s.In(text)
	if ranked.MatchString(text[max(0, s.Start-16):s.Start]) && isPlace(w) {
		return true
	}
	if strings.ContainsAny(w, " -&") || lexicon.Of(w)&(lexicon.CommonFirst|lexicon.CommonSurname) != 0 || known.Word(w)&known.Organization != 0 {
		return false
	}
	return strings.IndexFunc(w, unicode.IsLower) > 0 && governed.MatchString(text[max(0, s.Start-24):s.Start])
}

// isHome reports whether m, one word taken for a person, says where the person before it is from: "Marta Quill of Lund".
func isHome(text string, person, m *annotate.Mention) bool {
	return m.Type == annotate.Person && person.Type == annotate.Person && text[person.End:m.Start] == " of " &&
		strings.Contains(person.In(text), " ") && !strings.Contains(m.In(text), " ")
}

// cutTitle cuts the title off m, which was not taken for a person when titles were cut: "CLLR HOLT".
func cutTitle(text string, m *annotate.Mention) {
	for {
		title, name, ok := strings.Cut(m.In(text), " ")
		if !ok || !isTitle(title) && !goesOnTitle(text[:m.Start], title) || !isCapitalized(title) || !isCapitalized(name) || lexicon.Of(title)&lexicon.CommonFirst != 0 {
			return
		}
		if m.Title.Empty() {
			m.Title.Start = m.Start
		}
		m.Title.End = m.Start + len(title)
		m.Start = m.End - len(name)
	}
}

// goesOnTitle reports whether w goes on with the title that before, the text before it, ends with: "Seri" after "Dato’ ".
func goesOnTitle(before, w string) bool {
	if !en.Of(strings.ToLower(w)).Is(en.AfterTitle) {
		return false
	}
	_, title := cutLast(before)
	return isTitle(strings.TrimRight(title, "'’"))
}

// What follows a place in capitals that begins a report: a region, a date, the source in brackets, a dash or colon.
var (
	sourced  = regexp.MustCompile(`^ ?,?(?: [\pL\pN]{1,15} ?[.,]?){0,4} ?\( ?\pL[^()\n]{1,30}\) ?[-–—]{1,2} `)
	unsigned = regexp.MustCompile(`^(?: ?, \p{Lu}\pL+ ?\.?){0,2}(?:(?: ?, \p{Lu}\pL+ ?\.? \pN{1,2})? ?[–—] | [-–—]{1,2} |:)`)
)

// isDateline reports whether s, a name in text, is the place that begins a report: "ORRIN BAY, Norway (OBX) — Two
// ferries". Without a source in brackets it must begin a line and be known as a place.
func isDateline(text string, s articles.Span) bool {
	w := s.In(text)
	if len(w) < 4 || strings.IndexFunc(w, unicode.IsLower) >= 0 {
		return false
	}
	after := text[s.End:min(len(text), s.End+90)]
	if sourced.MatchString(after) {
		return true
	}
	return (s.Start == 0 || text[s.Start-1] == '\n') && isPlace(w) && unsigned.MatchString(after)
}

// isPlace reports whether the lists know the words w as a place.
func isPlace(w string) bool {
	var k lexicon.Key
	for part := range strings.FieldsSeq(w) {
		k = k.Token(part)
	}
	return k.Class()&(lexicon.City|lexicon.Region|lexicon.Country) != 0 || factsOf(w).Main() == known.Place
}

// aged is an age behind the name of a person: ", 52,".
var aged = regexp.MustCompile(`^ ?, [2-9][0-9] ?[,.] `)

// families are the words behind the name of a family.
var families = wordSet("family clan dynasty tribe tribesmen household brothers sisters")

// isFamily reports whether s, a name in text, is that of a family: "the Holt family".
func isFamily(text string, s articles.Span) bool {
	_, before := cutLast(text[:s.Start])
	after, _ := cutWord(text[s.End:])
	return strings.EqualFold(before, "the") && families[after]
}

// inMarket reports whether after, the text behind a name, says that it is traded: "shares", "fell 3 percent".
func inMarket(after string) bool {
	next, rest := cutWord(after)
	w := en.Of(next)
	second, _ := cutWord(rest)
	if w.Is(en.Traded) { // and not "shares his view", "bonds with"
		return !en.Of(second).Is(en.Determiner) && second != "with"
	}
	return w.Is(en.Moves) && second != "" && '0' <= second[0] && second[0] <= '9'
}

// isSettlement reports whether before, the text before a name, ends like "the town of".
func isSettlement(before string) bool {
	before, of := cutLast(before)
	_, settlement := cutLast(before)
	return of == "of" && en.Of(settlement).Is(en.Settlement)
}

// cutWord returns the first word of s, which begins with a blank, and the rest.
func cutWord(s string) (word, rest string) {
	s, ok := strings.CutPrefix(s, " ")
	if !ok {
		return "", ""
	}
	end := strings.IndexAny(s, " \n.,;:")
	if end < 0 {
		end = len(s)
	}
	return s[:end], s[end:]
}

// cutLast returns s without its last word, before which and after which is a blank, and that word.
func cutLast(s string) (rest, word string) {
	s, ok := strings.CutSuffix(s, " ")
	if !ok {
		return "", ""
	}
	at := strings.LastIndexAny(s[max(0, len(s)-20):], " \n") + max(0, len(s)-20) + 1
	return s[:at], s[at:]
}
