package quotes

import (
	"strings"

	"byline/annotate"
)

// inQuotes returns the quotes inside quotes: “He told me, ‘Go home,’ and I went,” Quill
// said. Only what a cue or a colon announces is one. The names of the outer quote may
// speak in it; "I" is who speaks the outer.
func (r *run) inQuotes() []annotate.Quote {
	in := &run{d: r.d, es: r.es, lex: r.lex, genders: r.genders, names: r.names, nameAt: r.nameAt, roles: r.roles, asked: r.asked, around: r}
	in.marked = r.nested
	in.place()
	in.claims = make([]claim, len(in.marked))
	var qs []annotate.Quote
	for i := range in.marked {
		o := in.marked[i].outer - 1
		if in.marked[i].a >= in.marked[i].b || o < 0 || !r.claims[o].found() || r.claims[o].skip {
			in.claims[i].skip = true
			continue
		}
		c := in.first(ordered, i)
		if cl, ok := in.ledIn(i); ok && (!c.found() || c.cue.Empty()) {
			c = cl
		}
		if !c.found() || c.cue.Empty() || !in.spoken(i, &c) {
			in.claims[i].skip = true
			continue
		}
		if c.who.form == annotate.Pronoun && (in.low(c.who.a) == "i" || strings.HasPrefix(in.low(c.who.a), "i’") || strings.HasPrefix(in.low(c.who.a), "i'")) {
			c.who.entity = r.claims[o].who.entity
		} else if c.who.gender != plural {
			in.resolve(i, &c)
		}
		in.claims[i] = c
		q := in.quote(&c, in.marked[i].Span)
		q.Type = annotate.Mixed
		if in.full(i, &c) {
			q.Type = annotate.Direct
		}
		qs = append(qs, q)
	}
	return qs
}

// ledIn reads a verb of saying and a comma or colon right before stretch i, whose
// subject no rule could read.
func (r *run) ledIn(i int) (claim, bool) {
	a, floor := r.marked[i].a, r.ahead(i).First
	if a == 0 || !r.leadsIn(i) {
		return claim{}, false
	}
	for t := a - 2; t >= max(floor, a-4) && !r.ends(t); t-- {
		if c, ok := r.cueAt(t); ok && (c.class == say || c.class == tell) {
			return claim{who: subject{entity: -1}, cue: r.cueSpan(t), class: c.class, rule: &leads}, true
		}
	}
	return claim{}, false
}

// clamp cuts w to the tokens inside the marks of the outer quote of stretch i.
func (r *run) clamp(i int, w annotate.Range) annotate.Range {
	o := r.marked[i].outer - 1
	if o < 0 {
		return w
	}
	s := &r.around.marked[o]
	return annotate.Range{First: max(w.First, s.a+1), End: min(w.End, max(s.b-1, w.First))}
}
