package review

import (
	"slices"

	"byline/annotate"
)

// A Result is what a reader sees of an article, and what became of the decisions
// about it.
type Result struct {
	Layer *annotate.Layer
	// Orphans are decisions whose words the text no longer has, or not surely.
	Orphans []annotate.Decision
	// Conflicts are decisions that stand although today's machine layer says
	// something else than what they were about, and those that have no meaning.
	Conflicts []Conflict
	// Notes are the notes and tags, their targets where they are in the text now.
	Notes []annotate.Decision
	Steps *Steps
}

// A Conflict is a decision at odds with the machine's layer.
type Conflict struct {
	annotate.Decision
	Why string // "the machine no longer finds this name"
}

// Apply lays the decisions of log over the machine's layer of text. It changes
// neither. Its time grows with the sum of mentions and decisions; a decision whose
// place in the text has moved costs a search among the places with the same words.
func Apply(text string, machine *annotate.Layer, log []annotate.Decision) Result {
	return Anchoring{}.Apply(text, machine, log)
}

// Anchoring says how decisions find their place in a text that has changed. The zero
// Anchoring finds them by their words and what stands around them.
type Anchoring struct {
	Exact bool // only where the words are the same to the letter, with context or alone of their kind
}

// Apply is as the function [Apply].
func (how Anchoring) Apply(text string, machine *annotate.Layer, log []annotate.Decision) Result {
	all := sorted(log)
	r := Result{Steps: stepsOf(all)}
	claims := r.place(finder{text: text, exact: how.Exact}, all)
	w := newState(text, machine, &r, claims)
	step := ""
	for i := range claims {
		c := &claims[i]
		if id := stepID(c.Decision); id != step {
			w.settle()
			step = id
		}
		verbs[c.Verb].apply(w, c)
	}
	w.settle()
	r.Layer = w.layer()
	r.Layer.Engine = machine.Engine
	r.Layer.Remarks = remarks(r.Notes)
	return r
}

// remarks returns notes as they stand on claims. A tag given a second time is taken off.
func remarks(notes []annotate.Decision) []annotate.Remark {
	var out []annotate.Remark
	for i := range notes {
		d := &notes[i]
		r := annotate.Remark{Kind: d.Kind, Span: d.Target.Span, Who: d.Who, Text: d.Value, Tag: d.Verb == annotate.Tag}
		if k := slices.IndexFunc(out, func(o annotate.Remark) bool {
			return o.Tag && r.Tag && o.Kind == r.Kind && o.Span == r.Span && o.Text == r.Text
		}); k >= 0 {
			out = slices.Delete(out, k, k+1)
			continue
		}
		out = append(out, r)
	}
	return out
}

// place finds the spans of all decisions that were not taken back. Those that have
// none are orphans.
func (r *Result) place(f finder, all []*annotate.Decision) []claim {
	out := make([]claim, 0, len(all))
	dropped := map[string]bool{}
	for _, d := range all {
		if d.Verb == annotate.Drop && !r.Steps.undone(d) {
			dropped[d.Value] = true
		}
	}
	for _, d := range all {
		if verbs[d.Verb].apply == nil || r.Steps.undone(d) {
			continue
		}
		c := claim{Decision: d}
		ok := false
		if c.span, ok = f.place(&d.Target); ok && d.To != (annotate.Anchor{}) {
			c.to, ok = f.place(&d.To)
		}
		if !ok && !dropped[d.ID] {
			r.Orphans = append(r.Orphans, *d)
		}
		if !ok {
			continue
		}
		out = append(out, c)
	}
	return out
}

// Anchored returns log with the anchors that text has elsewhere now made anew for
// it, so that Apply finds them at once. Those that it does not have stay as they are.
func (how Anchoring) Anchored(text string, log []annotate.Decision) []annotate.Decision {
	out := slices.Clone(log)
	f := finder{text: text, exact: how.Exact}
	for i := range out {
		for _, a := range []*annotate.Anchor{&out[i].Target, &out[i].To} {
			if f.unmoved(a) {
				continue
			}
			if s, ok := f.place(a); ok {
				*a = Anchor(text, s)
			}
		}
	}
	return out
}
