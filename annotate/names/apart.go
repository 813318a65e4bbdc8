package names

import (
	"strings"

	"byline/annotate"
	"byline/annotate/lexicon"
	"byline/annotate/lexicon/en"
)

// apartScore is the score of what the rule apart changes. It is rare: corpora have none to count.
const apartScore = 0.8

// Apart tells mentions in ms, of text, from persons in the same words where the words beside them leave one
// reading: in "Kvale fell 3 percent" and "Kvale shares" it is the firm if the article has "Kvale Group", and in "the
// town of Lund" the place. It changes ms.
func Apart(text string, ms []annotate.Mention) []annotate.Mention {
	firms := map[string]bool{}
	for i := range ms {
		first, _, long := strings.Cut(ms[i].In(text), " ")
		if long && ms[i].Type == annotate.Organization {
			firms[first] = true
		}
	}
	for i := range ms {
		m := &ms[i]
		w := m.In(text)
		if strings.Contains(w, " ") || !m.Title.Empty() || m.Type != annotate.Person {
			continue
		}
		switch {
		case firms[w] && inMarket(text[m.End:]):
			m.Type = annotate.Organization
		case lexicon.Of(w)&(lexicon.City|lexicon.Region|lexicon.Country) != 0 && isSettlement(text[:m.Start]):
			m.Type = annotate.Place
		default:
			continue
		}
		m.Origin = annotate.Origin{Stage: stage, Rule: apart, Score: apartScore}
	}
	return ms
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
