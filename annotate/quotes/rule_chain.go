package quotes

import (
	"strings"

	"byline/annotate"
)

// split reads the second half of “…,” she said, “…”: it has the speaker of the first.
func (r *run) split(i int) (claim, bool) {
	if i == 0 || r.marked[i-1].last != r.marked[i].first {
		return claim{}, false
	}
	p := &r.claims[i-1]
	w := r.ahead(i)
	if !p.found() || p.rule == &nobody || w.End-w.First > reach || !r.is(w.End-1, ",") && w.End > w.First {
		return claim{}, false
	}
	if p.cue.Start < r.marked[i-1].End || p.cue.Start >= r.marked[i].Start {
		return claim{}, false
	}
	for t := w.First; t < w.End; t++ {
		if r.ends(t) {
			return claim{}, false
		}
	}
	if c, ok := r.lastCue(i); ok && c.cue != p.cue {
		return claim{}, false
	}
	return claim{who: p.who, cue: p.cue, class: p.class}, true
}

// sameSentence reads the second of: Quill called it “a mess” and “a shame”.
func (r *run) sameSentence(i int) (claim, bool) {
	if i == 0 || r.marked[i-1].last != r.marked[i].first || !r.claims[i-1].found() || r.claims[i-1].rule == &nobody {
		return claim{}, false
	}
	if s := &r.marked[i-1]; r.lookAt(i-1).ended && !strings.HasSuffix(strings.TrimRight(s.In(r.d.Text), "\"'”’»"), ",") {
		return claim{}, false
	}
	w := r.ahead(i)
	if w.End-w.First > 15 {
		return claim{}, false
	}
	for t := w.First; t < w.End; t++ {
		if r.ends(t) && !r.is(t, ";") {
			return claim{}, false
		}
	}
	p := r.claims[i-1]
	if who, ok := r.gapped(w); ok {
		return claim{who: who, cue: p.cue, class: p.class, gap: p.gap + w.End - w.First}, true
	}
	return claim{who: p.who, cue: p.cue, class: p.class, gap: p.gap + w.End - w.First}, true
}

// gapped reads another subject for the same verb in tokens w: called it “a joke”; Quill,
// “a shame”.
func (r *run) gapped(w annotate.Range) (subject, bool) {
	if w.End-w.First < 3 || !r.is(w.End-1, ",") {
		return subject{}, false
	}
	k := w.First
	for k < w.End-2 && (r.is(k, ";") || r.is(k, ",") || r.is(k, "and") || r.is(k, "but")) {
		k++
	}
	who, ok := r.subjectFrom(k, w.End-1)
	return who, ok && k > w.First && who.b == w.End-1 && who.entity >= 0
}

// sameParagraph reads: “…,” said Quill. “…” What follows an attributed quote in its
// paragraph has the same speaker.
func (r *run) sameParagraph(i int) (claim, bool) {
	j := i - 1
	for j >= 0 && j > i-4 && r.claims[j].skip {
		j--
	}
	if j < 0 || r.marked[j].last != r.marked[i].first {
		return claim{}, false
	}
	p := &r.claims[j]
	if !p.found() || p.who.Empty() {
		return claim{}, false
	}
	w := r.ahead(i)
	for t := w.First; t < w.End; t++ { // a sentence between that begins with somebody else
		if n := r.name(t); n != nil && n.entity != p.who.entity && t > w.First && r.ends(t-1) {
			return claim{}, false
		}
	}
	return claim{who: p.who, cue: p.cue, class: p.class}, true
}

// turn returns the claim of the last stretch of the paragraph before that of stretch
// i, where that paragraph ends with it or with its attribution.
func (r *run) turn(i int) (*claim, int) {
	s := &r.marked[i]
	if s.first == 0 || i == 0 || r.bounds(s.first).First != s.a {
		return nil, 0
	}
	if w := r.after(i); w.First < w.End {
		if _, ok := r.attributes(i, w.First, w.End); ok {
			return nil, 0 // somebody is named whom no rule could read
		}
	}
	j := i - 1
	if r.marked[j].last != s.first-1 || !r.claims[j].found() || r.claims[j].who.Empty() {
		return nil, 0
	}
	return &r.claims[j], j
}

// interviewAnswer reads a paragraph of speech under a question without marks, as
// interviews have it: whom the article is about answers.
func (r *run) interviewAnswer(i int) (claim, bool) {
	s := &r.marked[i]
	if s.first == 0 {
		return claim{}, false
	}
	w, p := r.bounds(s.first), r.bounds(s.first-1)
	if w.First != s.a || s.b < r.bounds(s.last).End || p.End-p.First < 3 || p.End-p.First > 60 || !r.is(p.End-1, "?") {
		return claim{}, false
	}
	for t := p.First; t < p.End; t++ {
		if r.inside[t] != 0 {
			return claim{}, false
		}
	}
	if r.asked.guest == nil {
		guest := r.interviewee(r.d.Paragraphs[s.first-1].Start)
		r.asked.guest = &guest
	}
	return claim{who: subject{entity: *r.asked.guest}}, true
}

// beat reads a paragraph in which somebody does something before the quote: Lee shook
// her head. “Not since May.”
func (r *run) beat(i int) (claim, bool) {
	s := &r.marked[i]
	w := r.bounds(s.first)
	if s.a <= w.First || !r.opensSentence(i) || r.inside[s.a-1] != 0 || r.is(s.a-1, ":") {
		return claim{}, false
	}
	sent := r.sentenceOf(s.a - 1)
	t := r.d.Sentences[sent].Tokens
	if t.First < w.First || r.inside[t.First] != 0 || t.End-t.First > reach {
		return claim{}, false
	}
	if who, ok := r.toldIn(t); ok {
		return claim{who: who}, true
	}
	who, ok := r.subjectFrom(t.First, t.End)
	person := ok && who.entity >= 0 && r.es[who.entity].Type == annotate.Person
	return claim{who: who}, person || ok && who.form == annotate.Pronoun && (who.gender == male || who.gender == female)
}

// toldIn returns who says what the sentence of tokens t reports: The boats were late,
// Quill said.
func (r *run) toldIn(t annotate.Range) (subject, bool) {
	for v := t.First + 1; v < t.End; v++ {
		c, ok := r.cueAt(v)
		if !ok || c.class != say && c.class != tell || c.ing || r.inside[v] != 0 {
			continue
		}
		if who, ok := r.speakerOf(v, t.First, c); ok {
			return who, !who.Empty()
		}
	}
	return subject{}, false
}

// interviewTurn reads a quote under one that asks: the speaker of the one before the
// question answers.
func (r *run) interviewTurn(i int) (claim, bool) {
	p, j := r.turn(i)
	if p == nil || !strings.HasSuffix(strings.TrimRight(r.marked[j].In(r.d.Text), "\"'”’» "), "?") {
		return claim{}, false
	}
	for k := j - 1; k >= max(0, j-4) && r.marked[j].first-r.marked[k].last <= 2; k-- {
		c := &r.claims[k]
		if c.found() && !c.who.Empty() && c.who.entity != p.who.entity {
			return claim{who: c.who}, true
		}
	}
	return claim{who: subject{entity: -1}}, true
}

// continuedSpeaker reads a paragraph that begins with a quote and has no attribution:
// it goes on with the speaker of the paragraph before, or, where the two before took
// turns in short paragraphs, with the one before that.
func (r *run) continuedSpeaker(i int) (claim, bool) {
	p, j := r.turn(i)
	if p == nil {
		return claim{}, false
	}
	if q, k := r.turn(j); q != nil && q.who.entity >= 0 && p.who.entity >= 0 && q.who.entity != p.who.entity && r.short(j) && r.short(k) {
		return claim{who: q.who}, true
	}
	return claim{who: p.who}, true
}

// short reports whether stretch i is a turn of a conversation rather than a statement.
func (r *run) short(i int) bool { return r.marked[i].b-r.marked[i].a < 25 }

// attributionLine reads a quote that is followed by a line: — Marta Quill, editor.
func (r *run) attributionLine(i int) (claim, bool) {
	s := &r.marked[i]
	next := r.after(i)
	if next.First == next.End && s.last+1 < len(r.d.Paragraphs) {
		next = r.bounds(s.last + 1)
		next.End = min(next.End, next.First+reach)
	}
	return r.dashName(next)
}

// dashName reads "— Marta Quill" at the begin of some tokens.
func (r *run) dashName(w annotate.Range) (claim, bool) {
	if w.First+1 >= w.End {
		return claim{}, false
	}
	switch r.d.Word(w.First) {
	case "—", "–", "--", "-", "―":
	default:
		return claim{}, false
	}
	who, ok := r.subjectFrom(w.First+1, w.End)
	if !ok || who.form != annotate.Name || w.End-w.First > reach/2 {
		return claim{}, false
	}
	for t := who.b; t < w.End; t++ { // a line of its own, not a dash in a sentence
		if c, ok := r.cueAt(t); ok && !c.base || r.ends(t) && t+1 < w.End {
			return claim{}, false
		}
	}
	return claim{who: who}, true
}

// onlyName gives the speech of a paragraph to the only person named in it, outside of
// quotes and before the marks.
func (r *run) onlyName(i int) (claim, bool) {
	w := r.bounds(r.marked[i].first)
	var only *named
	for k := r.nameBefore(r.marked[i].Start); k >= 0 && r.names[k].a >= w.First; k-- {
		n := &r.names[k]
		if n.a >= len(r.inside) || r.inside[n.a] != 0 || r.es[n.entity].Type != annotate.Person {
			continue
		}
		if only != nil && only.entity != n.entity {
			return claim{}, false
		}
		only = n
	}
	if only == nil {
		return claim{}, false
	}
	return claim{who: subject{Span: only.Span, a: only.a, b: only.b, entity: only.entity, form: annotate.Name}}, true
}
