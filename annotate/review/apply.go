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
	all := sorted(log)
	r := Result{Steps: stepsOf(all)}
	w := newDraft(text, machine, &r)
	step := ""
	for _, d := range all {
		if d.Verb == annotate.Undo || d.Verb == annotate.Redo || r.Steps.undone(d) {
			continue
		}
		if id := stepID(d); id != step {
			w.settle()
			step = id
		}
		w.apply(d)
	}
	w.settle()
	r.Layer = w.layer()
	r.Layer.Engine = machine.Engine
	return r
}

// Anchored returns log with the anchors that text has elsewhere now made anew for
// it, so that Apply finds them at once. Those that it does not have stay as they are.
func Anchored(text string, log []annotate.Decision) []annotate.Decision {
	out := slices.Clone(log)
	f := finder{text: text}
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

// apply does one decision.
func (w *draft) apply(d *annotate.Decision) {
	do, ok := verbs[d.Verb]
	if !ok {
		return
	}
	s, ok := w.find.place(&d.Target)
	if !ok {
		w.result.Orphans = append(w.result.Orphans, *d)
		return
	}
	c := claim{Decision: d, span: s}
	if d.To != (annotate.Anchor{}) {
		if c.to, ok = w.find.place(&d.To); !ok {
			w.result.Orphans = append(w.result.Orphans, *d)
			return
		}
	}
	do(w, &c)
}

// verbs are what decisions do to a draft.
var verbs = map[annotate.Verb]func(*draft, *claim){
	annotate.Confirm:   (*draft).confirm,
	annotate.Reject:    (*draft).reject,
	annotate.Relabel:   (*draft).relabel,
	annotate.Add:       (*draft).add,
	annotate.Respan:    (*draft).respan,
	annotate.Merge:     (*draft).merge,
	annotate.Split:     (*draft).split,
	annotate.Rename:    (*draft).rename,
	annotate.Attribute: (*draft).attribute,
	annotate.Note:      (*draft).note,
	annotate.Tag:       (*draft).note,
}
