package quotes

import (
	"byline/annotate"
	"byline/annotate/quotes/grammar"
	"byline/annotate/quotes/words"
)

// nameColon reads: Marta Quill: “…”. The name is alone between the start of its sentence and the
// colon, as in headlines and lists of statements; or owns a word for what is said: Quill’s answer:
// “…”.
func (an *analysis) nameColon(i int) (claim, bool) {
	w := an.ahead(i)
	if !an.Is(w.End-1, ":") {
		return claim{}, false
	}
	lo := an.Start(w.End-1, w.First)
	if who, ok := an.utterance(lo, w.End-1); ok {
		return by(who), true
	}
	if n := an.NameAt(w.End - 2); n != nil && n.A > lo && an.Is(n.A-1, "from") { // "More from Lee: “…”"
		return by(an.Subject(n)), true
	}
	who, ok := an.SubjectFrom(lo, w.End-1)
	if !ok || who.Form == annotate.Pronoun || who.B != w.End-1 && !an.In(who.B, ",", "(") {
		return claim{}, false
	}
	if w.End-lo > speakerLineTokens || who.Form == annotate.Nominal && !an.SpeakerNoun(who.B-1) && who.Entity < 0 {
		return claim{}, false
	}
	_, cued := an.lastCue(i)
	return by(who), !cued
}

// introColon reads: Ann Lee spoke to reporters after the vote: “…”. Whatever the verb, the subject
// of a sentence that ends with a colon speaks what follows.
func (an *analysis) introColon(i int) (claim, bool) {
	w := an.ahead(i)
	if w.End-w.First < introTokens || !an.Is(w.End-1, ":") {
		return claim{}, false
	}
	if _, ok := an.lastCue(i); ok {
		return claim{}, false
	}
	lo := w.End - 1
	floor := max(an.Bounds(an.quotations[i].First).First, lo-surroundingTokens)
	for lo > floor && !an.Ends(lo-1) && (!an.Marked(lo-1) || !an.Ends(max(0, lo-2))) {
		lo--
	}
	who, ok := an.utterance(lo, w.End-1)
	if !ok {
		who, ok = an.MainSubject(w.End-1, lo)
	}
	return by(who), ok && identified(&who)
}

// identified reports whether who is somebody who is named or meant by a pronoun.
func identified(who *grammar.Subject) bool { return who.Entity >= 0 || who.Form == annotate.Pronoun }

// introParagraph reads a paragraph “…” under one that ends: Quill continued:
func (an *analysis) introParagraph(i int) (claim, bool) {
	q := &an.quotations[i]
	if q.First == 0 || an.Bounds(q.First).First != q.A {
		return claim{}, false
	}
	p := an.Bounds(q.First - 1)
	if p.End <= p.First || !an.Is(p.End-1, ":") {
		return claim{}, false
	}
	for t := p.End - 2; t >= max(p.First, p.End-grammar.Reach) && !an.Marked(t) && !an.Ends(t); t-- {
		c, ok := an.CueAt(t)
		if !ok {
			continue
		}
		if who, ok := an.SpeakerOf(t, p.First, c); ok {
			return claim{Attribution: an.By(who, t)}, true
		}
		if who, ok := an.SubjectFrom(t+1, p.End-1); ok && c.Class != words.Tell {
			return claim{Attribution: an.By(who, t)}, true
		}
	}
	who, ok := an.MainSubject(p.End-1, p.First)
	return by(who), ok && identified(&who)
}
