package quotes

import (
	"strings"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/annotate/quotes/grammar"
	"byline/annotate/quotes/words"
)

// resolve finds the entity that the pronoun or noun means which speaks quotation i, or words
// before quotation i.
func (an *attributed) resolve(i int, c *claim) {
	if !c.found() || c.Who.Entity >= 0 || c.Who.Empty() {
		return
	}
	who := &c.Who
	switch who.Form {
	case annotate.Name:
		for who.A+1 < who.B && words.Title(strings.Trim(an.Low(who.A), ".")) != en.Unknown {
			who.A++
			who.Start = an.d.Tokens[who.A].Start
		}
		who.Entity = an.sameName(who.In(an.d.Text))
	case annotate.Pronoun:
		who.Entity = an.resolvePronoun(i, *who)
	case annotate.Nominal:
		switch {
		case who.Anaphoric:
			who.Entity = an.ResolveNominal(*who)
		case who.A < an.Headline().End && who.A == who.B-1 && !words.Determiner.Has(an.Low(who.A)):
			who.Entity = an.Bearer(who.Head) // "Prosecutor tells jury"
		}
	}
}

// sameName returns the only person or organization whose name ends like a name that is no mention
// of anybody's; −1 for none.
func (an *attributed) sameName(name string) int {
	if an.lasts == nil {
		an.lasts = map[string]int{}
		for i := range an.es {
			if !isSpeaker(&an.es[i]) {
				continue
			}
			w := lastWord(an.es[i].Name)
			if _, twice := an.lasts[w]; twice {
				an.lasts[w] = -1
			} else {
				an.lasts[w] = i
			}
		}
	}
	if i, ok := an.lasts[lastWord(name)]; ok {
		return i
	}
	return -1
}

// A vote is the candidate for a pronoun with most points.
type vote struct {
	entity int
	points float64
}

// resolvePronoun returns the entity that a speaking pronoun stands for: the subject of its own
// sentence so far or of one of the two before, else the speaker before, else the person named
// last; gender excludes. See limits.go for the points.
func (an *attributed) resolvePronoun(i int, s grammar.Subject) int {
	if s.Gender == en.Unknown || an.Low(s.A) == "we" || s.Gender == en.Plural && an.Pair(s.A) {
		return -1
	}
	best := vote{entity: -1}
	consider := func(e int, points float64) {
		if points > best.points && an.Fits(e, s.Gender) {
			best = vote{e, points}
		}
	}
	sent := an.SentenceOf(s.A)
	for k, points := sent, topicPoints; k >= 0 && points > 0; k, points = k-1, points-topicFading {
		if e := an.Topic(k, s); e >= 0 {
			consider(e, points)
		}
	}
	if e, back := an.speakerBefore(i, s.Gender); e >= 0 && !an.namedSince(e, i, s) {
		consider(e, speakerPoints-speakerFading*float64(min(back, speakersBack)))
	}
	names := an.NamesBefore(s.Start)
	first := an.d.Sentences[max(0, sent-nameSentences)].Tokens.First
	for back := 0; back < min(len(names), grammar.NamesBack); back++ {
		n := &names[len(names)-1-back]
		if n.A < first {
			break
		}
		if !an.Quoted(n) {
			consider(n.Entity, an.namePoints(n, back))
		}
	}
	return best.entity
}

// namePoints returns the points of name n, with so many names between it and the pronoun.
func (an *surroundings) namePoints(n *grammar.Name, back int) float64 {
	p := nameTop - nameFading*float64(back)
	if n.Possessive {
		p -= possessiveCost
	}
	if n.A > 0 && words.Aiming.Has(an.Low(n.A-1)) { // "speaking to Martin Lee, he said"
		p -= aimedCost
	}
	return max(p, leastPoints)
}

// namedSince reports whether somebody else whom s fits was named since entity e last spoke,
// outside marks.
func (an *attributed) namedSince(e, i int, s grammar.Subject) bool {
	j := min(i, len(an.claims)) - 1
	for j > 0 && an.claims[j].Who.Entity != e {
		j--
	}
	if j < 0 {
		return false
	}
	names := an.NamesBefore(s.Start)
	for k := len(names) - 1; k >= 0 && names[k].Start > an.quotations[j].End; k-- {
		if n := &names[k]; !an.Quoted(n) && an.Fits(n.Entity, s.Gender) {
			return n.Entity != e && !n.Possessive
		}
	}
	return false
}

// speakerBefore returns the entity that speaks the last attributed quotation before quotation i,
// in this paragraph or the two before, that a gender fits, −1 for none; and how many others spoke
// since.
func (an *attributed) speakerBefore(i int, gender en.Gender) (e, back int) {
	for j := min(i, len(an.claims)) - 1; j >= max(0, i-quotationsBack); j-- {
		if an.quotations[j].Last+paragraphsBack < an.quotations[min(i, len(an.quotations)-1)].First {
			return -1, 0
		}
		c := &an.claims[j]
		if !c.found() || c.Who.Entity < 0 {
			continue
		}
		if an.Fits(c.Who.Entity, gender) {
			return c.Who.Entity, back
		}
		back++
	}
	return -1, 0
}
