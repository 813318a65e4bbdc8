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
// neither, and what no decision is about the two layers share. It takes time linear in the number of mentions and
// decisions, and for each decision whose words have moved, a search among the places with the same words. To apply one
// decision after another, see [Draft].
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
	return how.Draft(text, machine, log).Result()
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
// finds them at once; log itself if none has. Anchors that are not found stay as they are.
func (how Anchoring) Anchored(text string, log []annotate.Decision) []annotate.Decision {
	f := finder{text: text, exact: how.Exact}
	out := log
	for i := range log {
		d, moved := cloneDecision(log[i]), false
		for _, a := range anchorsOf(&d) {
			if f.unmoved(a) {
				continue
			}
			if s, ok := f.place(a); ok {
				*a, moved = Anchor(text, s), true
			}
		}
		if !moved {
			continue
		}
		if &out[0] == &log[0] {
			out = slices.Clone(log)
		}
		out[i] = d
	}
	return out
}
