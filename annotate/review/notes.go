package review

import (
	"slices"

	"byline/annotate"
	"byline/articles"
)

// notes are what people noted and tagged, in the order of the log.
type notes struct {
	all     []note
	on      map[Target][]int // indices of those that are left
	added   int              // how many of them are in what follows; −1 if one of these was erased or moved since
	told    []annotate.Decision
	remarks []annotate.Remark
}

// A note is one decision, and where it is now.
type note struct {
	*annotate.Decision
	at     articles.Span
	erased bool
}

func (w *state) note(c *claim) {
	n := &w.notes
	if n.on == nil {
		n.on = map[Target][]int{}
	}
	t := Target{c.Kind, c.span}
	n.on[t] = append(n.on[t], len(n.all))
	n.all = append(n.all, note{Decision: c.Decision, at: c.span})
	w.journal.keep(func() {
		n.on[t] = n.on[t][:len(n.on[t])-1]
		n.all, n.added = n.all[:len(n.all)-1], -1
	})
}

// erase removes a note or tag from the target, or all of them.
func (w *state) erase(c *claim) {
	n := &w.notes
	t := Target{c.Kind, c.span}
	if len(n.on[t]) == 0 {
		return
	}
	var gone []int
	n.on[t] = slices.DeleteFunc(n.on[t], func(i int) bool {
		d := &n.all[i]
		if c.Value != "" && d.Value != c.Value {
			return false
		}
		d.erased, n.added = true, -1
		gone = append(gone, i)
		return true
	})
	if len(gone) == 0 {
		return
	}
	w.journal.keep(func() {
		for _, i := range gone {
			n.all[i].erased = false
		}
		n.put(t, gone)
		n.added = -1
	})
}

// move moves the notes of a claim whose ends change.
func (n *notes) move(j *journal, t Target, to articles.Span) {
	is := n.on[t]
	if len(is) == 0 || t.Span == to {
		return
	}
	now := Target{t.Kind, to}
	j.keep(n.back(t, now))
	n.relocate(t, now, is)
}

// relocate moves notes, all that are on a target, to another.
func (n *notes) relocate(from, to Target, is []int) {
	for _, i := range is {
		n.all[i].at = to.Span
	}
	delete(n.on, from)
	n.put(to, is)
	n.added = -1
}

// put puts notes on a target, in the order of the log.
func (n *notes) put(t Target, is []int) {
	if len(n.on[t]) == 0 {
		n.on[t] = is
		return
	}
	n.on[t] = append(n.on[t], is...)
	slices.Sort(n.on[t])
}

// back returns what moves the notes that are on a target now back from where they are about to come. Of those there it remembers
// the fewer: however often many notes move to and fro, that is not a list of them each time.
func (n *notes) back(from, to Target) func() {
	moved, there := n.on[from], n.on[to]
	fewer := slices.Clone(there)
	if len(moved) < len(there) {
		fewer = slices.Clone(moved)
	}
	stay := len(moved) >= len(there) // the fewer do
	return func() {
		var left, back []int
		for _, i := range n.on[to] {
			if _, few := slices.BinarySearch(fewer, i); few == stay {
				left = append(left, i)
			} else {
				back = append(back, i)
			}
		}
		n.relocate(to, from, back)
		if len(left) > 0 {
			n.on[to] = left
		}
	}
}

// tell brings what is told of the notes up to date and returns the remarks. What was told before is shared, unless it
// has changed.
func (n *notes) tell() []annotate.Remark {
	if n.added < 0 {
		n.forget()
	}
	anew, gone, tags := n.added == 0, map[int]bool(nil), map[annotate.Remark]int(nil)
	for ; n.added < len(n.all); n.added++ {
		if n.all[n.added].erased {
			continue
		}
		d := *n.all[n.added].Decision
		d.Target.Span = n.all[n.added].at
		n.told = append(n.told, d)
		r := annotate.Remark{Kind: d.Kind, Span: d.Target.Span, Who: d.Who, Text: d.Value, Tag: d.Verb == annotate.Tag}
		tag := r
		tag.Who = ""
		if tags == nil && r.Tag && (anew || n.again(n.added)) {
			tags = n.tags()
		}
		at, twice := tags[tag]
		switch {
		case twice && !anew:
			n.forget() // what others share stays as it is
			return n.tell()
		case twice:
			if delete(tags, tag); gone == nil {
				gone = map[int]bool{}
			}
			gone[at] = true
			continue
		case r.Tag && tags != nil:
			tags[tag] = len(n.remarks)
		}
		n.remarks = append(n.remarks, r)
	}
	if len(gone) > 0 {
		n.close(gone)
	}
	return slices.Clip(n.remarks)
}

// close closes the gaps that tags left that were taken away.
func (n *notes) close(gone map[int]bool) {
	left := make([]annotate.Remark, 0, len(n.remarks)-len(gone))
	for i, r := range n.remarks {
		if !gone[i] {
			left = append(left, r)
		}
	}
	if n.remarks = left; len(left) == 0 {
		n.remarks = nil
	}
}

// forget has everything told anew.
func (n *notes) forget() {
	n.added, n.told, n.remarks = 0, nil, nil
}

// again reports whether a tag is on what had it before.
func (n *notes) again(i int) bool {
	d := &n.all[i]
	for _, k := range n.on[Target{d.Kind, d.at}] {
		if was := &n.all[k]; k < i && was.Verb == annotate.Tag && was.Value == d.Value {
			return true
		}
	}
	return false
}

// tags returns where in the remarks those are that are tags, without who gave them.
func (n *notes) tags() map[annotate.Remark]int {
	tags := map[annotate.Remark]int{}
	for i, r := range n.remarks {
		if r.Tag {
			r.Who = ""
			tags[r] = i
		}
	}
	return tags
}
