package review

import (
	"slices"
	"sort"

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

// remembered is how many steps can be taken back from a state one by one. What comes before them asks for the whole log.
const remembered = 1000

// mostKept is how many changes are remembered, of all steps but the last: a merged entity may have very many mentions, and be merged
// again and again.
const mostKept = 1 << 14

// A journal remembers how a state was before each of the last steps; none if it is empty.
type journal []mark

// A mark is the beginning of a step in a state.
type mark struct {
	at        int      // the index of the step's first decision in the log
	back      []func() // undo what the step changed, the last first
	copied    []*quote // of the machine's
	conflicts int      // how many there were
	before    int      // how many changes the steps before it kept, forgotten ones included
}

// begin starts a step, and forgets the earliest ones, some at a time.
func (j *journal) begin(m mark) {
	if n := len(*j); n > 0 {
		m.before = (*j)[n-1].before + len((*j)[n-1].back)
		if n >= 2*remembered || m.before-(*j)[0].before > 2*mostKept {
			*j = slices.Clone((*j)[j.earliest(m.before):])
		}
	}
	*j = append(*j, m)
}

// earliest returns the first step that is within what is remembered, where so many changes were kept in all.
func (j *journal) earliest(kept int) int {
	from := max(0, len(*j)-remembered)
	return from + sort.Search(len(*j)-from, func(k int) bool { return kept-(*j)[from+k].before <= mostKept })
}

// keep remembers how a change is undone.
func (j *journal) keep(back func()) {
	if n := len(*j); n > 0 {
		(*j)[n-1].back = append((*j)[n-1].back, back)
	}
}

// copied remembers that q was copied from the machine's.
func (j *journal) copied(q *quote) {
	if n := len(*j); n > 0 {
		(*j)[n-1].copied = append((*j)[n-1].copied, q)
	}
}

// due reports whether something is to be kept that was kept last in a step, counted from 1: what changes twice in a step is
// kept once.
func (j *journal) due(last int) (step int, ok bool) {
	n := len(*j)
	if n == 0 || last == (*j)[n-1].at+1 {
		return last, false
	}
	return (*j)[n-1].at + 1, true
}

// put sets the value of a key.
func put[K comparable, V any](j *journal, in map[K]V, key K, v V) {
	if was, ok := in[key]; len(*j) > 0 {
		j.keep(func() {
			if in[key] = was; !ok {
				delete(in, key)
			}
		})
	}
	in[key] = v
}

// keep remembers m as it is.
func (w *sheet) keep(m *mention) {
	step, ok := w.due(m.kept)
	if !ok {
		return
	}
	was := *m
	m.kept = step
	w.journal.keep(func() {
		if *m = was; m.entity != nil {
			w.touch(m.entity)
			m.entity.mentions = append(m.entity.mentions, m) // it may have been forgotten there
		}
	})
}

// keepEntity remembers e as it is, but for its list of mentions: which are its, they know.
func (w *sheet) keepEntity(e *entity) {
	step, ok := w.due(e.kept)
	if !ok {
		return
	}
	was := *e
	e.kept = step
	was.votes = slices.Clone(e.votes)
	w.journal.keep(func() {
		w.touch(e)
		mentions, place := e.mentions, e.place
		*e = was
		e.mentions, e.place, e.touched = mentions, place, true
	})
}

// keepQuote remembers q as it is. Others point to its voices, which stay where they are.
func (w *sheet) keepQuote(q *quote) {
	step, ok := w.due(q.kept)
	if !ok {
		return
	}
	was, voices := *q, slices.Clone(q.voices)
	q.kept = step
	w.journal.keep(func() {
		w.touchQuote(q)
		*q = was
		copy(q.voices, voices)
		q.touched = true
	})
}

// rewind takes back all that was done from the step on in which the decision with index i in the log was applied, or would have been. It
// returns the index from which the log is to be applied again. It reports false, and does nothing, if that is not remembered.
func (d *Draft) rewind(i int) (from int, ok bool) {
	w := d.state
	marks := w.journal
	k := sort.Search(len(marks), func(k int) bool { return marks[k].at > i }) - 1
	if k < 0 {
		return 0, false
	}
	from = marks[k].at
	for _, x := range d.all[from:] {
		if x.Verb == annotate.Drop { // it changes what comes before it
			return 0, false
		}
	}
	w.journal = nil
	for _, m := range slices.Backward(marks[k:]) {
		for _, undo := range slices.Backward(m.back) {
			undo()
		}
		for _, q := range m.copied { // their voices are known from the time on when they are copied
			for i := range q.voices {
				w.voicesAt(q.voices[i].at)
			}
		}
	}
	lost := sort.Search(len(d.orphans), func(n int) bool { return d.orphans[n].ID >= d.all[from].ID })
	d.orphans, w.conflicts = cut(d.orphans, lost), cut(w.conflicts, marks[k].conflicts)
	clear(marks[k:])
	w.journal = marks[:k]
	return from, true
}

// cut returns the first n of a list that others share; nil for none.
func cut[T any](list []T, n int) []T {
	if n == 0 {
		return nil
	}
	return list[:n:n]
}

// positionOf returns the index in the log of the first decision of step i.
func (d *Draft) positionOf(i int) int {
	id := d.steps.All[i].Decisions[0].ID
	return sort.Search(len(d.all), func(k int) bool { return d.all[k].ID >= id })
}
