package review

import (
	"slices"

	"byline/annotate"
	"byline/articles"
)

// A Result is a layer with decisions applied, and what became of each decision.
type Result struct {
	Layer *annotate.Layer
	// Orphans are decisions whose words are no longer found in the text with certainty.
	Orphans []annotate.Decision
	// Conflicts are decisions that hold although today's machine layer disagrees with
	// the claim they were made on, and decisions that make no sense.
	Conflicts []Conflict
	// Notes are the notes and tags, with targets in the present text.
	Notes []annotate.Decision
	Steps *Steps
}

// A Conflict is a decision at odds with the machine's layer.
type Conflict struct {
	annotate.Decision
	Why string // "the machine no longer finds this name"
}

// Apply applies the decisions of log to the machine's layer of text. It modifies
// neither. It takes time linear in the number of mentions and decisions, and for each
// decision whose words have moved, a search among the places with the same words.
func Apply(text string, machine *annotate.Layer, log []annotate.Decision) Result {
	return Anchoring{}.Apply(text, machine, log)
}

// Anchoring is how decisions are found again in a text that has changed. The zero
// Anchoring goes by their words and context.
type Anchoring struct {
	Exact bool // only if the words are the same byte for byte
}

// Apply is like the function [Apply].
func (how Anchoring) Apply(text string, machine *annotate.Layer, log []annotate.Decision) Result {
	all := sortLog(log)
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
		if c.Kind == annotate.OfPassage && verbs[c.Verb].question != "" {
			r.conflict(c, "a passage is no claim")
			continue
		}
		verbs[c.Verb].apply(w, c)
	}
	w.settle()
	r.Layer = w.layer()
	r.Layer.Engine = machine.Engine
	r.Layer.Remarks = remarks(r.Notes)
	return r
}

// remarks returns notes as remarks on claims. A tag that is given twice is removed.
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

// place finds the spans of all decisions that were not undone. Those without one are
// orphans.
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
		ok := c.place(&f)
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

// place finds the spans of c. It reports whether all are there.
func (c *claim) place(f *finder) (ok bool) {
	if c.span, ok = f.place(&c.Target); ok && c.To != (annotate.Anchor{}) {
		c.to, ok = f.place(&c.To)
	}
	for i := 0; ok && i < len(c.Also); i++ {
		var s articles.Span
		s, ok = f.place(&c.Also[i])
		c.also = append(c.also, s)
	}
	return ok
}

// Anchored returns log with the anchors that have moved in text renewed, so that Apply
// finds them at once. Anchors that are not found stay as they are.
func (how Anchoring) Anchored(text string, log []annotate.Decision) []annotate.Decision {
	out := slices.Clone(log)
	f := finder{text: text, exact: how.Exact}
	for i := range out {
		out[i] = cloneDecision(out[i])
		for _, a := range anchorsOf(&out[i]) {
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
