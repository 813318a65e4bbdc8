package review

import (
	"slices"

	"byline/annotate"
)

// A Draft is a machine's layer with the decisions of a log applied, which takes more of them: what the
// next decision costs does not grow with the log, but for copying the list of entities. What it returns
// is what [Anchoring.Apply] returns for the whole log, and shares with what it returned before all that is
// the same. A Draft is for one goroutine; its results are for any.
type Draft struct {
	how     Anchoring
	state   *state
	steps   *Steps
	orphans []annotate.Decision
	last    string          // ID of the last decision
	dropped map[string]bool // IDs of decisions that are no longer listed
}

// never is after the ID of every decision.
const never = "\xff"

// Draft applies the decisions of log to the machine's layer of text, like [Anchoring.Apply].
func (how Anchoring) Draft(text string, machine *annotate.Layer, log []annotate.Decision) *Draft {
	return how.begin(newState(newIndex(text, machine)), log)
}

// Again applies another log to the same layer of the same text.
func (d *Draft) Again(log []annotate.Decision) *Draft {
	next := d.how.begin(newState(d.state.index), log)
	keepShared(next.state.last, d.state.last, d.state.machine)
	return next
}

// begin applies a log from its beginning.
func (how Anchoring) begin(w *state, log []annotate.Decision) *Draft {
	all := sortLog(log)
	d := &Draft{how: how, state: w, steps: stepsOf(all), dropped: map[string]bool{}}
	early := false // something was taken back that is not there yet
	for _, x := range all {
		if turns(x) {
			_, known := d.steps.find(x.Value)
			early = early || !known
		}
		if x.Verb == annotate.Drop && !d.steps.undone(x) {
			d.dropped[x.Value] = true
		}
	}
	if d.apply(all); early {
		d.last = never
	}
	return d
}

// Result returns the layer with the decisions so far, and what became of them.
func (d *Draft) Result() Result {
	w := d.state
	return Result{w.last, slices.Clip(d.orphans), slices.Clip(w.conflicts), slices.Clip(w.notes.told), d.steps}
}

// Add applies more decisions to was, the result that the draft returned last, and returns the next one. It
// reports false, and does nothing, where that is not enough: if was is another result, or if the decisions take back
// others or come before some, the log is to be applied from its beginning.
func (d *Draft) Add(was *Result, more []annotate.Decision) (Result, bool) {
	if was.Steps != d.steps {
		return Result{}, false
	}
	more = slices.Clone(more)
	all := make([]*annotate.Decision, len(more))
	last := d.last
	for i := range more {
		x := &more[i]
		_, known := d.steps.find(stepID(x))
		if x.ID <= last || known || turns(x) {
			return Result{}, false
		}
		all[i], last = x, x.ID
	}
	d.steps = d.steps.with(all)
	for _, x := range all {
		if x.Verb == annotate.Drop {
			d.drop(x.Value)
		}
	}
	d.apply(all)
	return d.Result(), true
}

// With is Add where that is enough, and applies the whole log from its beginning where it is not.
func (d *Draft) With(was *Result, more, log []annotate.Decision) (*Draft, Result) {
	if r, ok := d.Add(was, more); ok {
		return d, r
	}
	next := d.Again(log)
	return next, next.Result()
}

// drop takes a decision that lost its words off the list.
func (d *Draft) drop(id string) {
	d.dropped[id] = true
	if i := slices.IndexFunc(d.orphans, func(x annotate.Decision) bool { return x.ID == id }); i >= 0 {
		d.orphans = slices.Concat(d.orphans[:i], d.orphans[i+1:])
	}
}

// apply applies decisions that come after those so far.
func (d *Draft) apply(all []*annotate.Decision) {
	w, step := d.state, ""
	f := finder{text: w.text, exact: d.how.Exact}
	for _, x := range all {
		d.last = x.ID
		c, ok := d.place(&f, x)
		if !ok {
			continue
		}
		if id := stepID(x); id != step {
			w.settle()
			step = id
		}
		if c.Kind == annotate.OfPassage && verbs[c.Verb].question != "" {
			w.conflict(c, "a passage is no claim")
			continue
		}
		verbs[c.Verb].apply(w, c)
	}
	w.settle()
	w.layer()
	w.last.Remarks = w.notes.tell()
}

// place finds the spans of a decision. It reports false for one that is not applied: it was undone, or its
// words are not there, which makes it an orphan.
func (d *Draft) place(f *finder, x *annotate.Decision) (*claim, bool) {
	if verbs[x.Verb].apply == nil || d.steps.undone(x) {
		return nil, false
	}
	c := &claim{Decision: x}
	ok := c.place(f)
	if !ok && !d.dropped[x.ID] {
		d.orphans = append(d.orphans, *x)
	}
	return c, ok
}
