package quotes

import (
	"strings"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/annotate/quotes/grammar"
	"byline/annotate/quotes/words"
)

// resolveNominal returns the entity that the noun phrase who means: whom the article calls so, whose
// text it is, or for whom a spokesman speaks.
func (an *attributed) resolveNominal(i int, who *grammar.Subject) int {
	e := -1
	switch {
	case who.Anaphoric:
		e = an.ResolveNominal(*who)
	case who.A < an.Headline().End && who.A == who.B-1 && !words.Determiner.Has(an.Low(who.A)):
		e = an.Bearer(who.Head) // "Prosecutor tells jury"
	}
	switch {
	case e >= 0:
	case who.Anaphoric && words.Authored.Has(who.Head):
		return an.authorOf(who)
	case words.Authored.Has(who.Head):
		return an.authorHere(i, who)
	case strings.HasPrefix(who.Head, "spokes") && who.B-who.A <= bareSpokesman && !words.Of.Has(an.Low(who.B)):
		return an.spokenFor(i, who)
	case e < 0 && !who.Anaphoric:
		return an.giving(who)
	}
	return e
}

// giving returns the person whose name who is said to give: "a resident, who gave her name as Lee", "a man
// using the pseudonym Lee"; −1 for none.
func (an *attributed) giving(who *grammar.Subject) int {
	end := min(len(an.d.Tokens), who.B+givingTokens)
	for t := who.B; t < end && !an.Ends(t) && !an.Marked(t); t++ {
		if !an.In(t, "name", "pseudonym", "named", "called", "nicknamed") && !(an.Is(t, "identified") && an.In(t+1, "himself", "herself", "only", "as")) {
			continue
		}
		k := t + 1
		for k < end && an.In(k, "as", "of", "only", "himself", "herself", "was", "is", "just") {
			k++
		}
		if n := an.NameAt(k); n != nil && n.A == k && an.es[n.Entity].Type == annotate.Person {
			return n.Entity
		}
	}
	return -1
}

// speaksOn returns the person whom a noun of the claim c on quotation i may take up though the article calls
// nobody so: who spoke before, if the noun speaks on; or who says what the sentence above the quotation
// reports without marks, if the noun is of no office. It is −1 for none.
func (an *attributed) speaksOn(i int, c *claim) int {
	n, ok := words.English().Nouns[c.Who.Head]
	if one := n.Person() && n.Gender != en.Plural; !ok || !one || !c.Who.Anaphoric || an.Unnamed(&c.Who, 0) {
		return -1
	}
	e := -1
	switch {
	case words.Onward.Has(c.Cue.In(an.d.Text)):
		e = lastSpeaker(an, i, c)
	case i < len(an.quotations) && c.Who.A >= an.quotations[i].B && !words.Office.Has(c.Who.Head):
		e = toldUnmarked(an, an.SentenceOf(an.quotations[i].A)-1)
	}
	if e >= 0 && an.es[e].Type == annotate.Person && (n.Gender == en.Unknown || an.Fits(e, n.Gender)) {
		return e
	}
	return -1
}

// toldUnmarked returns who says what a sentence reports without marks; −1 for none.
func toldUnmarked(an *attributed, sent int) int {
	if sent < 0 || an.MarksIn(an.d.Sentences[sent].Span) {
		return -1
	}
	return an.told(sent)
}

// lastSpeaker returns who speaks the quotation before quotation i, not far before the claim c; −1 for none.
func lastSpeaker(an *attributed, i int, c *claim) int {
	j := min(i, len(an.claims)) - 1
	if j < 0 || !an.claims[j].found() || an.SentenceOf(c.Who.A)-an.SentenceOf(an.quotations[j].B-1) > onwardSentences {
		return -1
	}
	return an.claims[j].Who.Entity
}

// spokenFor returns the organization that a spokesman of nobody's speaks for, "a spokesman said": that of
// the one who spoke before, or the one that the sentence before starts with; −1 for none.
func (an *attributed) spokenFor(i int, who *grammar.Subject) int {
	for j := min(i, len(an.claims)) - 1; j >= max(0, i-quotationsBack); j-- {
		c := &an.claims[j]
		if c.found() && c.Who.Entity >= 0 && strings.HasPrefix(c.Who.Head, "spokes") {
			return c.Who.Entity
		}
	}
	if sent := an.SentenceOf(who.A); sent > 0 {
		if e := an.Topic(sent-1, grammar.Subject{A: who.A}); e >= 0 && an.es[e].Type == annotate.Organization {
			return e
		}
	}
	return -1
}

// authorOf returns whose text who is, "the letter": of the sentence before that has the noun, whose it
// is there, or who it starts with.
func (an *attributed) authorOf(who *grammar.Subject) int {
	sent := an.SentenceOf(who.A)
	for k := sent - 1; k >= max(0, sent-authorSentences); k-- {
		w := an.d.Sentences[k].Tokens
		for t := w.First; t < min(w.End, w.First+surroundingTokens); t++ {
			if an.Low(t) != who.Head || an.Marked(t) {
				continue
			}
			if e := an.ownerOf(t, w); e >= 0 {
				return e
			}
			for j := t - 1; j > w.First; j-- {
				if by, ok := an.SubjectFrom(j+1, t); ok && an.Is(j, "that") && by.Entity >= 0 { // "heard that Lee had left a note"
					return by.Entity
				}
			}
			return an.Topic(k, *who)
		}
	}
	return -1
}

// itReads reports whether the claim c is that "it" reads or says what a text does that the sentence before has,
// and returns whose text that is, −1 for nobody's: Lee had left a note. It read:
func itReads(an *attributed, c *claim) (int, bool) {
	sent := an.SentenceOf(c.Who.A) - 1
	if an.Low(c.Who.A) != "it" || sent < 0 || !words.Reading.Has(c.Cue.In(an.d.Text)) {
		return -1, false
	}
	w := an.d.Sentences[sent].Tokens
	for t := max(w.First, w.End-surroundingTokens); t < w.End; t++ {
		if words.Authored.Has(an.Low(t)) && !an.Marked(t) {
			who := c.Who
			who.Head = an.Low(t)
			return an.authorOf(&who), true
		}
	}
	return -1, false
}

// authorHere returns whose text who is, which is new in its sentence: They released a statement that said
func (an *attributed) authorHere(i int, who *grammar.Subject) int {
	if e := an.ownerHere(who); e >= 0 {
		return e
	}
	lo := an.Start(who.A, max(an.d.Sentences[an.SentenceOf(who.A)].Tokens.First, who.A-surroundingTokens))
	if lo+1 >= who.A {
		return -1
	}
	s, ok := an.MainSubject(who.A, lo)
	switch {
	case !ok || s.B > who.A:
		return -1
	case s.Form == annotate.Pronoun:
		return an.resolvePronoun(i, s).entity
	}
	return s.Entity
}

// ownerHere returns whose text who is by its own words: "the judge’s statement", "a memo that was posted
// by Quill"; −1 for none.
func (an *attributed) ownerHere(who *grammar.Subject) int {
	for t := who.A + 1; t < who.B; t++ {
		if an.In(t, "'s", "’s") {
			if owner, ok := an.SubjectFrom(who.A, t); ok && owner.B == t && owner.Anaphoric {
				return an.ResolveNominal(owner)
			}
		}
	}
	for t := who.B; t < min(len(an.d.Tokens), who.B+ownerTokens+1) && an.Word(t) && !an.Marked(t); t++ {
		if an.Is(t, "by") {
			if by, ok := an.SubjectOf(t+1, min(len(an.d.Tokens), t+grammar.Reach)); ok {
				return by.Entity
			}
		}
	}
	return -1
}

// ownerOf returns the person or organization whose text the noun at token t is: "Quill’s letter", "a
// letter from Quill"; −1 for none.
func (an *attributed) ownerOf(t int, w annotate.Range) int {
	if n := an.NameAt(t - 2); n != nil && n.Possessive && isSpeaker(&an.es[n.Entity]) {
		return n.Entity
	}
	for k := t + 1; k < min(w.End-1, t+ownerTokens+1); k++ {
		if !an.In(k, "by", "from", "of") {
			continue
		}
		who, ok := an.SubjectOf(k+1, w.End)
		if ok && who.Entity < 0 && who.Anaphoric { // "a statement of the ministry"
			who.Entity = an.ResolveNominal(who)
		}
		if ok && who.Entity >= 0 && isSpeaker(&an.es[who.Entity]) {
			return who.Entity
		}
	}
	return -1
}
