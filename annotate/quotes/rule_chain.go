package quotes

import (
	"strings"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/annotate/quotes/grammar"
	"byline/annotate/quotes/words"
	"byline/articles"
)

// again returns the claim that who made c speaks again, with the same cue.
func again(c *claim) claim { return claim{Attribution: c.Attribution, also: c.also} }

// split reads the second half of “…,” she said, “…”: it has the speaker of the first.
func (an *analysis) split(i int) (claim, bool) {
	if i == 0 || !an.sameParagraphAs(i) || !an.claims[i-1].attributed() {
		return claim{}, false
	}
	p, w := &an.claims[i-1], an.ahead(i)
	if w.End-w.First > grammar.Reach || !an.Is(w.End-1, ",") && w.End > w.First || an.endsIn(w) {
		return claim{}, false
	}
	if p.Cue.Start < an.quotations[i-1].End || p.Cue.Start >= an.quotations[i].Start {
		return claim{}, false
	}
	if c, ok := an.lastCue(i); ok && c.Cue != p.Cue {
		return claim{}, false
	}
	return again(p), true
}

// endsIn reports whether a sentence ends in tokens w.
func (an *surroundings) endsIn(w annotate.Range) bool {
	for t := w.First; t < w.End; t++ {
		if an.Ends(t) {
			return true
		}
	}
	return false
}

// sameSentence reads the second of: Quill called it “a mess” and “a shame”.
func (an *analysis) sameSentence(i int) (claim, bool) {
	if i == 0 || !an.sameParagraphAs(i) || !an.claims[i-1].attributed() {
		return claim{}, false
	}
	before := strings.TrimRight(an.quotations[i-1].In(an.d.Text), en.Closing)
	if an.lookAt(i-1).ended && !strings.HasSuffix(before, ",") {
		return claim{}, false
	}
	w := an.ahead(i)
	if w.End-w.First > sameSentenceTokens {
		return claim{}, false
	}
	for t := w.First; t < w.End; t++ {
		if an.Ends(t) && !an.Is(t, ";") {
			return claim{}, false
		}
	}
	c := again(&an.claims[i-1])
	c.gap = an.claims[i-1].gap + w.End - w.First
	if who, ok := an.gapped(w); ok {
		c.Who = who
	}
	return c, true
}

// gapped reads another subject for the same verb in tokens w: called it “a joke”; Quill, “a
// shame”.
func (an *surroundings) gapped(w annotate.Range) (grammar.Subject, bool) {
	if !an.Is(w.End-1, ",") {
		return grammar.Nobody, false
	}
	k := w.First
	for k < w.End-2 && an.In(k, ";", ",", "and", "but") {
		k++
	}
	who, ok := an.SubjectFrom(k, w.End-1)
	return who, ok && k > w.First && who.B == w.End-1 && who.Entity >= 0
}

// sameParagraph reads: “…,” said Quill. “…” What follows an attributed quotation in its paragraph
// has the same speaker.
func (an *analysis) sameParagraph(i int) (claim, bool) {
	j := i - 1
	for j >= 0 && j > i-passedOver && an.claims[j].skip {
		j--
	}
	if j < 0 || an.quotations[j].Last != an.quotations[i].First {
		return claim{}, false
	}
	p := &an.claims[j]
	if !p.found() || p.Who.Empty() {
		return claim{}, false
	}
	w := an.ahead(i)
	for t := w.First + 1; t < w.End; t++ { // a sentence in between that starts with somebody else
		if n := an.NameAt(t); n != nil && n.Entity != p.Who.Entity && an.Ends(t-1) {
			return claim{}, false
		}
	}
	return again(p), !an.suffered(i)
}

// suffered reports whether the sentence around quotation i has a passive before it: Lee was called “a
// coward”, not by who spoke before.
func (an *analysis) suffered(i int) bool {
	w := an.ahead(i)
	if an.startsSentence(i) {
		return false
	}
	for t := w.End - 1; t > w.First && !an.Ends(t); t-- {
		if _, ok := an.CueAt(t); ok && an.Passive(t, w.First) {
			return true
		}
	}
	return false
}

// interviewAnswer reads a paragraph of speech under a question without marks, as interviews have
// it: whom the article is about answers.
func (an *analysis) interviewAnswer(i int) (claim, bool) {
	q := &an.quotations[i]
	if q.First == 0 || an.Bounds(q.First).First != q.A || q.B < an.Bounds(q.Last).End {
		return claim{}, false
	}
	p := an.Bounds(q.First - 1)
	if p.End-p.First < questionTokens || p.End-p.First > longestQuestion || !an.Is(p.End-1, "?") {
		return claim{}, false
	}
	for t := p.First; t < p.End; t++ {
		if an.Marked(t) {
			return claim{}, false
		}
	}
	if an.guest == nil {
		guest := interviewee(an.es, an.d.Paragraphs[q.First-1].Start)
		an.guest = &guest
	}
	return by(grammar.Subject{Entity: *an.guest}), true
}

// beat reads a paragraph in which somebody does something before the quotation: Lee shook her
// head. “Not since May.”
func (an *analysis) beat(i int) (claim, bool) {
	q := &an.quotations[i]
	w := an.Bounds(q.First)
	if q.A <= w.First || !an.startsSentence(i) || an.Marked(q.A-1) || an.Is(q.A-1, ":") {
		return claim{}, false
	}
	t := an.d.Sentences[an.SentenceOf(q.A-1)].Tokens
	if t.First < w.First || an.Marked(t.First) || t.End-t.First > grammar.Reach {
		return claim{}, false
	}
	if who, ok := an.toldIn(t); ok {
		return by(who), true
	}
	who, ok := an.SubjectFrom(t.First, t.End)
	return by(who), ok && (who.Person() || who.Entity >= 0 && an.es[who.Entity].Type == annotate.Person)
}

// toldIn returns who says what the sentence of tokens t reports: The boats were late, Quill said.
func (an *surroundings) toldIn(t annotate.Range) (grammar.Subject, bool) {
	for v := t.First + 1; v < t.End; v++ {
		c, ok := an.CueAt(v)
		if !ok || c.Class != words.Say && c.Class != words.Tell || c.Ing || an.Marked(v) {
			continue
		}
		if who, ok := an.SpeakerOf(v, t.First, c); ok {
			return who, !who.Empty()
		}
	}
	return grammar.Nobody, false
}

// turn returns the claim on the last quotation of the paragraph before that of quotation i, and
// its index, where quotation i starts its paragraph and nothing after it attributes it; else nil.
func (an *attributed) turn(i int) (*claim, int) {
	q := &an.quotations[i]
	if q.First == 0 || i == 0 || an.Bounds(q.First).First != q.A {
		return nil, 0
	}
	if w := an.after(i); w.First < w.End {
		if _, ok := an.attributes(i, w.First, w.End); ok {
			return nil, 0 // somebody is named whom no rule could read
		}
	}
	j := i - 1
	if an.quotations[j].Last != q.First-1 || !an.claims[j].found() || an.claims[j].Who.Empty() {
		return nil, 0
	}
	return &an.claims[j], j
}

// interviewTurn reads a quotation under one that asks: the speaker of the one before the question
// answers.
func (an *analysis) interviewTurn(i int) (claim, bool) {
	p, j := an.turn(i)
	if p == nil || !strings.HasSuffix(strings.TrimRight(an.quotations[j].In(an.d.Text), en.Closing+" "), "?") {
		return claim{}, false
	}
	for k := j - 1; k >= max(0, j-turnsBack) && an.quotations[j].First-an.quotations[k].Last <= turnParagraphs; k-- {
		c := &an.claims[k]
		if c.found() && !c.Who.Empty() && c.Who.Entity != p.Who.Entity {
			return by(c.Who), true
		}
	}
	return by(grammar.Nobody), true
}

// continuedSpeaker reads a paragraph that starts with a quotation and has no attribution: it
// continues with the speaker of the paragraph before, or, where the two before took turns in
// short paragraphs, with the one before that.
func (an *analysis) continuedSpeaker(i int) (claim, bool) {
	p, j := an.turn(i)
	if p == nil {
		return claim{}, false
	}
	q, k := an.turn(j)
	if q != nil && q.Who.Entity >= 0 && p.Who.Entity >= 0 && q.Who.Entity != p.Who.Entity && an.short(j) && an.short(k) {
		return by(q.Who), true
	}
	return by(p.Who), true
}

// toldAbove reads a paragraph “…” under one that has no quotation at its end: Lee announced the sale on
// Monday. Whoever says what its last sentence reports speaks on, or starts it, or is asked there.
func (an *analysis) toldAbove(i int) (claim, bool) {
	p := an.Bounds(max(0, an.quotations[i].First-1))
	if !standsAlone(an, i) || p.End <= max(p.First, an.Headline().End) || !an.Is(p.End-1, ".") || an.Marked(p.End-1) {
		return claim{}, false
	}
	t := an.d.Sentences[an.SentenceOf(p.End-1)].Tokens
	if who, ok := an.asked(t); ok {
		return by(who), true
	}
	who, ok := an.toldIn(t)
	if !ok {
		who, ok = an.MainSubject(t.End-1, t.First)
		if ok && who.Form == annotate.Nominal && who.Entity < 0 {
			who.Entity = an.giving(&who) // "his mate, a woman called Lee, shrugs"
		}
		ok = ok && (who.Person() || who.Entity >= 0 && an.es[who.Entity].Type == annotate.Person)
	}
	return by(who), ok
}

// standsAlone reports whether quotation i starts a paragraph under another, and nothing behind it attributes it.
func standsAlone(an *analysis, i int) bool {
	q := &an.quotations[i]
	if q.First == 0 || an.Bounds(q.First).First != q.A || an.d.Paragraphs[q.First-1].Block.Kind != articles.Paragraph {
		return false
	}
	w := an.after(i)
	_, ok := an.attributes(i, w.First, w.End)
	return w.First >= w.End || !ok
}

// asked returns who is asked something in the sentence of tokens t: The Courier asked Lee why.
func (an *attributed) asked(t annotate.Range) (grammar.Subject, bool) {
	for v := t.First + 1; v+1 < t.End; v++ {
		if an.In(v, "asked", "asks") && !an.Marked(v) && !an.Passive(v, t.First) {
			who, ok := an.SubjectOf(v+1, t.End)
			return who, ok && (who.Person() || who.Entity >= 0 && isSpeaker(&an.es[who.Entity]))
		}
	}
	return grammar.Nobody, false
}

// short reports whether quotation i is a turn of a conversation rather than a statement.
func (an *surroundings) short(i int) bool {
	return an.quotations[i].B-an.quotations[i].A <= turnTokens
}

// onlyName gives the speech of a paragraph to the only person named in it, outside of quotations
// and before the marks.
func (an *analysis) onlyName(i int) (claim, bool) {
	first := an.Bounds(an.quotations[i].First).First
	names := an.NamesBefore(an.quotations[i].Start)
	var only *grammar.Name
	for k := len(names) - 1; k >= 0 && names[k].A >= first; k-- {
		n := &names[k]
		if an.Quoted(n) || an.es[n.Entity].Type != annotate.Person {
			continue
		}
		if only != nil && only.Entity != n.Entity {
			return claim{}, false
		}
		only = n
	}
	if only == nil {
		return claim{}, false
	}
	return by(grammar.Subject{Span: only.Span, A: only.A, B: only.B, Entity: only.Entity, Form: annotate.Name}), true
}
