package names

import (
	"regexp"
	"strings"

	"byline/annotate"
	"byline/annotate/lexicon"
	"byline/annotate/lexicon/en"
	"byline/annotate/lexicon/known"
	"byline/articles"
)

// isBody reports whether w, taken for a person, ends as only the name of an organization does: "Jan Lund Trust".
func isBody(w string) bool {
	at := strings.LastIndexByte(w, ' ')
	if at < 0 || !en.Of(strings.ToLower(w[at+1:])).Is(en.Body) {
		return false
	}
	first := w[:strings.IndexByte(w, ' ')]
	return strings.Count(w, " ") > 1 || lexicon.Of(first)&lexicon.CommonFirst == 0
}

// stages are houses with a company of their own, taken for a work or an event.
var stages = wordSet("Playhouse Theatre Theater Collective Brewery Quartet Orchestra Philharmonic Ballet")

// isStage reports whether w, several words, ends as the name of a house or a company of players.
func isStage(w string) bool {
	at := strings.LastIndexByte(w, ' ')
	return at > 0 && stages[w[at+1:]] && !strings.HasPrefix(w, "The ")
}

// measured is what is called after its inventor or founder, who is not meant: "the Dewey system".
var measured = regexp.MustCompile(`^ (?:decimals?|decimal system|effect|scale|test|prize|counter|burner|scheme|diagram|code|principle|theorem|syndrome|disease|equation|constant|numbers?)\b`)

// isEponym reports whether s, one word taken for a person, stands for what is called after somebody.
func isEponym(text string, s articles.Span) bool {
	return measured.MatchString(text[s.End:min(len(text), s.End+24)])
}

// orders are letters of an order or a degree that somebody gets.
var orders = wordSet("MBE OBE CBE DBE KBE GBE BEM CMG KCMG")

// appointed is who somebody is, behind the name.
var appointed = regexp.MustCompile(`^ ?, (?:the |its |his |her |their |a |an )?(?:former |then |acting |deputy |new )?(?:chief executive|chairman|chairwoman|spokesman|spokeswoman|spokesperson|co-founder|managing director|professor|secretary-general|editor-in-chief|who (?:said|is|was|has|had|plays|runs|owns)\b)`)

// doubtful is the greatest score of an organization that is a person for its words alone. Up to unsure, half of them are firms
// and clubs called after one.
const doubtful = 0.65

// isCalled reports whether m, two words taken for an organization without much trust, is called as only people are: a common first name
// and a common surname that the lists know as no firm.
func isCalled(text string, m *annotate.Mention) bool {
	first, last, ok := strings.Cut(m.In(text), " ")
	if !ok || strings.ContainsAny(last, " -&.'’") || m.Origin.Score > doubtful {
		return false
	}
	_, before := cutLast(text[:m.Start])
	if next, _ := cutWord(text[m.End:]); before == "for" || before == "at" || next != "" && '0' <= next[0] && next[0] <= '9' {
		return false // works for a firm; a side and its points
	}
	f, l := lexicon.Of(first), lexicon.Of(last)
	return f&lexicon.CommonFirst != 0 && l&lexicon.CommonSurname != 0 && (f|l)&(lexicon.Small|lexicon.Country|lexicon.Region) == 0 && factsOf(m.In(text)).Tier() == known.None && !isAcronym(first)
}

// isNamed reports whether s, two words taken for an organization that the lists do not know, is a person whose office follows:
// "Jardin Finch, chief executive of Orrin Works". What stands behind "of" or "at" has the office itself.
func isNamed(text string, s articles.Span) bool {
	w := s.In(text)
	first, last, ok := strings.Cut(w, " ")
	if !ok || !isCapitalized(last) || strings.ContainsAny(last, " .") || isAcronym(first) || isAcronym(last) || en.Of(strings.ToLower(last)).Is(en.Body|en.Common|en.Fields) {
		return false
	}
	if lexicon.Of(last)&(lexicon.Surname|lexicon.CommonSurname) == 0 || factsOf(w).Tier() > known.None {
		return false
	}
	_, before := cutLast(text[:s.Start])
	return !en.Of(before).Is(en.Attaches) && appointed.MatchString(text[s.End:min(len(text), s.End+60)])
}

// housesOf returns the types of what the places and organizations in ms, of text, that end in a house say it is: Place of
// "Playhouse" where "Orrin Playhouse" was named. It is empty for a house of two types.
func housesOf(text string, ms []annotate.Mention) map[string]annotate.Type {
	var houses map[string]annotate.Type
	for i := range ms {
		w := ms[i].In(text)
		at := strings.LastIndexByte(w, ' ')
		if at < 0 || !stages[w[at+1:]] || ms[i].Type == annotate.Person || w[:at] == "The" {
			continue
		}
		is := ms[i].Type
		if is == annotate.Other {
			is = annotate.Organization
		}
		if houses == nil {
			houses = map[string]annotate.Type{}
		}
		if t, ok := houses[w[at+1:]]; ok && t != is {
			houses[w[at+1:]] = ""
			continue
		}
		houses[w[at+1:]] = is
	}
	return houses
}
