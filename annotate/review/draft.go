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
	index   *index
	state   *state
	result  Result
	last    string          // ID of the last decision
	dropped map[string]bool // IDs of decisions that are no longer listed
	early   bool            // a step was undone or redone that is not in the log
}

// Draft applies the decisions of log to the machine's layer of text, like [Anchoring.Apply].
func (how Anchoring) Draft(text string, machine *annotate.Layer, log []annotate.Decision) *Draft {
	d := &Draft{how: how, index: newIndex(text, machine)}
	d.begin(log)
	return d
}

// Result returns the layer with the decisions so far, and what became of them.
func (d *Draft) Result() Result {
	r := d.result
	r.Orphans, r.Conflicts = slices.Clip(r.Orphans), slices.Clip(r.Conflicts)
	return r
}

// Again applies another log to the same layer of the same text.
func (d *Draft) Again(log []annotate.Decision) *Draft {
	next := &Draft{how: d.how, index: d.index}
	next.begin(log)
	keepShared(next.result.Layer, d.result.Layer, d.index.base)
	return next
}

// begin applies a log from its beginning.
func (d *Draft) begin(log []annotate.Decision) {
	all := sortLog(log)
	d.result = Result{Steps: stepsOf(all)}
	d.state = newState(d.index, &d.result)
	d.dropped = map[string]bool{}
	for _, x := range all {
		if turns(x) {
			_, known := d.result.Steps.find(x.Value)
			d.early = d.early || !known
		}
		if x.Verb == annotate.Drop && !d.result.Steps.undone(x) {
			d.dropped[x.Value] = true
		}
	}
	d.apply(all)
}

// Add applies more decisions to was, the result that the draft returned last, and returns the next one. It
// reports false, and does nothing, where that is not enough: if was is another result, or if the decisions take back
// others or come before some, the log is to be applied from its beginning.
func (d *Draft) Add(was *Result, more []annotate.Decision) (Result, bool) {
	if was.Steps != d.result.Steps || d.early {
		return Result{}, false
	}
	more = slices.Clone(more)
	all := make([]*annotate.Decision, len(more))
	last := d.last
	for i := range more {
		x := &more[i]
		_, known := d.result.Steps.find(stepID(x))
		if x.ID <= last || known || turns(x) {
			return Result{}, false
		}
		all[i], last = x, x.ID
	}
	d.result.Steps = d.result.Steps.with(all)
	for _, x := range all {
		if x.Verb == annotate.Drop {
			d.drop(x.Value)
		}
	}
	d.apply(all)
	return d.Result(), true
}

// drop takes a decision that lost its words off the list.
func (d *Draft) drop(id string) {
	d.dropped[id] = true
	if i := slices.IndexFunc(d.result.Orphans, func(x annotate.Decision) bool { return x.ID == id }); i >= 0 {
		d.result.Orphans = slices.Concat(d.result.Orphans[:i], d.result.Orphans[i+1:])
	}
}

// apply applies decisions that come after those so far.
func (d *Draft) apply(all []*annotate.Decision) {
	w, step := d.state, ""
	f := finder{text: d.index.text, exact: d.how.Exact}
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
			d.result.conflict(c, "a passage is no claim")
			continue
		}
		verbs[c.Verb].apply(w, c)
	}
	w.settle()
	d.result.Layer = w.layer()
	d.result.Notes, d.result.Layer.Remarks = w.notes.tell()
}

// place finds the spans of a decision. It reports false for one that is not applied: it was undone, or its
// words are not there, which makes it an orphan.
func (d *Draft) place(f *finder, x *annotate.Decision) (*claim, bool) {
	if verbs[x.Verb].apply == nil || d.result.Steps.undone(x) {
		return nil, false
	}
	c := &claim{Decision: x}
	ok := c.place(f)
	if !ok && !d.dropped[x.ID] {
		d.result.Orphans = append(d.result.Orphans, *x)
	}
	return c, ok
}
