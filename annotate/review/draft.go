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
	state   *state
	finder  func() finder // of places in its text
	steps   *Steps
	all     []*annotate.Decision // sorted, each once
	orphans []annotate.Decision
}

// never is after the ID of every decision.
const never = "\xff"

// Draft applies the decisions of log to the machine's layer of text, like [Anchoring.Apply].
func (how Anchoring) Draft(text string, machine *annotate.Layer, log []annotate.Decision) *Draft {
	return begin(newState(newIndex(text, machine)), how.finder(text, machine), log, remembered)
}

// Again applies another log to the same layer of the same text.
func (d *Draft) Again(log []annotate.Decision) *Draft {
	next := begin(newState(d.state.index), d.finder, log, remembered)
	keepShared(next.state.last, d.state.last, d.state.machine)
	return next
}

// begin applies a log from its beginning, and remembers that many of its last decisions, to take them back one by one.
func begin(w *state, find func() finder, log []annotate.Decision, remember int) *Draft {
	all := sortLog(log)
	d := &Draft{state: w, finder: find, steps: stepsOf(all), all: slices.Clip(all)}
	early := false // something was taken back that is not there yet
	for _, x := range all {
		if turns(x) {
			_, known := d.steps.find(x.Value)
			early = early || !known
		}
	}
	if d.apply(0, remember); early {
		d.all = append(d.all, &annotate.Decision{ID: never})
	}
	return d
}

// Result returns the layer with the decisions so far, and what became of them.
func (d *Draft) Result() Result {
	w := d.state
	return Result{w.last, slices.Clip(d.orphans), slices.Clip(w.conflicts), slices.Clip(w.notes.told), d.steps, d.finder().over}
}

// Add applies more decisions to was, the result that the draft returned last, and returns the next one. It
// reports false, and does nothing, where that is not enough: if was is another result, or if the decisions come before others or
// take back what is not remembered, the log is to be applied from its beginning.
func (d *Draft) Add(was *Result, more []annotate.Decision) (Result, bool) {
	if was.Steps != d.steps {
		return Result{}, false
	}
	more = slices.Clone(more)
	all := make([]*annotate.Decision, len(more))
	from, last := len(d.all), ""
	if from > 0 {
		last = d.all[from-1].ID
	}
	for i := range more {
		x := &more[i]
		k, known := d.steps.find(stepID(x))
		if turns(x) {
			k, known = d.steps.find(x.Value)
		}
		if x.ID <= last || known != turns(x) {
			return Result{}, false
		}
		if known && d.steps.undone.has(k) != (x.Verb == annotate.Undo) {
			from = min(from, d.positionOf(k))
		}
		all[i], last = x, x.ID
	}
	if from < len(d.all) {
		ok := false
		if from, ok = d.rewind(from); !ok {
			return Result{}, false
		}
	}
	d.steps, d.all = d.steps.with(all), append(d.all, all...)
	d.apply(from, remembered)
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

// drop takes decisions that are no longer listed off the list of those that lost their words.
func (d *Draft) drop() {
	dropped := map[string]bool{}
	for _, x := range d.all {
		if x.Verb == annotate.Drop && !d.steps.tookBack(x) {
			dropped[x.Value] = true
		}
	}
	listed := slices.DeleteFunc(slices.Clone(d.orphans), func(x annotate.Decision) bool { return dropped[x.ID] })
	d.orphans = cut(listed, len(listed))
}

// apply applies the decisions with an index from from on, after those before it, and remembers how it was before so many of the last.
func (d *Draft) apply(from, remember int) {
	w, step := d.state, ""
	f := d.finder()
	lost := len(d.orphans)
	for i, x := range d.all[from:] {
		c, ok := d.place(&f, x)
		if !ok {
			continue
		}
		if id := stepID(x); id != step {
			w.settle()
			step, w.step = id, id
			if len(d.all)-from-i > remember {
				w.journal = nil
			} else {
				w.journal.begin(mark{at: from + i, conflicts: len(w.conflicts)})
			}
		}
		if c.Kind == annotate.OfPassage && verbs[c.Verb].question != "" {
			w.conflict(c, "a passage is no claim")
			continue
		}
		w.carryOut(c)
	}
	w.settle()
	drops := func(x *annotate.Decision) bool { return x.Verb == annotate.Drop }
	if len(d.orphans) > lost || len(d.orphans) > 0 && slices.ContainsFunc(d.all[from:], drops) {
		d.drop()
	}
	w.layer()
	w.last.Remarks = w.notes.tell()
}

// place finds the spans of a decision. It reports false for one that is not applied: it was undone, or its
// words are not there, which makes it an orphan.
func (d *Draft) place(f *finder, x *annotate.Decision) (*claim, bool) {
	if verbs[x.Verb].apply == nil || d.steps.tookBack(x) {
		return nil, false
	}
	c := &claim{Decision: x}
	ok := c.place(f) && c.see(f, d.steps)
	if !ok {
		d.orphans = append(d.orphans, *x)
	}
	return c, ok
}
