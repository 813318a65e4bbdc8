package review

import (
	"slices"
	"sort"

	"byline/annotate"
)

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
