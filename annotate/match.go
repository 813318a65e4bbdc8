package annotate

import "strconv"

// IndexOf returns the index of the entity with the given ID, or −1. It takes no time where entities are
// numbered as in "e1", "e2", ….
func (l *Layer) IndexOf(id string) int {
	if len(id) > 1 && id[0] == 'e' {
		if n, err := strconv.Atoi(id[1:]); err == nil && n > 0 && n <= len(l.Entities) && l.Entities[n-1].ID == id {
			return n - 1
		}
	}
	for i := range l.Entities {
		if l.Entities[i].ID == id {
			return i
		}
	}
	return -1
}

// Shared finds what two layers of a text share, one of which followed from the other by a few decisions: it returns,
// for each entity of l, the index of the entity of was with the same mentions in the same memory and the same type, −1
// for none. It takes time linear in the number of entities. An entity that it does not find may still be equal.
func (l *Layer) Shared(was *Layer) []int {
	out := make([]int, len(l.Entities))
	k := 0
	shared := func(e *Entity) bool {
		return k < len(was.Entities) && was.Entities[k].Type == e.Type && sameMemory(was.Entities[k].Mentions, e.Mentions)
	}
	for i := range l.Entities {
		e := &l.Entities[i]
		out[i] = -1
		if len(e.Mentions) == 0 {
			continue
		}
		for !shared(e) && k < len(was.Entities) && (len(was.Entities[k].Mentions) == 0 || was.Entities[k].Mentions[0].Compare(e.Mentions[0].Span) < 0) {
			k++ // rarely: the mentions are read from all over the memory
		}
		if shared(e) {
			out[i] = k
			k++
		}
	}
	return out
}

// Pointers returns pointers to the elements of list.
func Pointers[T any](list []T) []*T {
	out := make([]*T, len(list))
	for i := range list {
		out[i] = &list[i]
	}
	return out
}

// SharesQuotes reports whether the quotes of l are those of was, in the same memory.
func (l *Layer) SharesQuotes(was *Layer) bool { return sameMemory(l.Quotes, was.Quotes) }

// SharesRemarks reports whether the remarks of l are those of was, in the same memory.
func (l *Layer) SharesRemarks(was *Layer) bool { return sameMemory(l.Remarks, was.Remarks) }

func sameMemory[T any](a, b []T) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// Changed returns the quotes of two lists without those with which both begin and end: what a list that followed from another by
// a few decisions has in place of what that had.
func Changed(was, now []*Quote) (gone, come []*Quote) {
	if sameMemory(was, now) {
		return nil, nil
	}
	for len(was) > 0 && len(now) > 0 && was[0] == now[0] {
		was, now = was[1:], now[1:]
	}
	for len(was) > 0 && len(now) > 0 && was[len(was)-1] == now[len(now)-1] {
		was, now = was[:len(was)-1], now[:len(now)-1]
	}
	return was, now
}

// CountsAfter is Counts, given those of was, with which l shares most: it looks at the rest only, unless the lowest score
// is gone.
func (l *Layer) CountsAfter(was *Layer, c Counts) Counts {
	t := tally{Counts: c}
	if c.Claims == c.Reviewed {
		t.Least = 1
	}
	kept := make([]bool, len(was.Entities))
	var others []int
	for i, k := range l.Shared(was) {
		if k < 0 {
			others = append(others, i)
		} else {
			kept[k] = true
		}
	}
	for k := range kept {
		if !kept[k] {
			t.entity(&was.Entities[k], -1)
		}
	}
	for _, i := range others {
		t.entity(&l.Entities[i], 1)
	}
	gone, come := Changed(was.Quotes, l.Quotes)
	t.quotes(gone, -1)
	t.quotes(come, 1)
	if t.lost && !l.hasScore(t.Least) {
		t.Least = l.Counts().Least
	}
	return t.done()
}

// hasScore reports whether a claim that nobody looked at, and that counts, has a score.
func (l *Layer) hasScore(score float64) bool {
	for _, q := range l.Quotes {
		if q.State == Proposed && q.Origin.Score == score {
			return true
		}
	}
	for e, m := range l.Mentions() {
		if m.State == Proposed && m.Origin.Score == score && !e.Type.Aside() {
			return true
		}
	}
	return false
}

// Counts sums up l. Rejected claims count as reviewed only. Mentions of types that are [Type.Aside]
// count once a person has decided on them.
func (l *Layer) Counts() Counts {
	t := tally{Counts: Counts{Least: 1}}
	for i := range l.Entities {
		t.entity(&l.Entities[i], 1)
	}
	t.quotes(l.Quotes, 1)
	return t.done()
}

// A tally is Counts while claims are counted, or with times −1 taken off.
type tally struct {
	Counts
	lost bool // a claim was taken off that may have had the lowest score
}

func (t *tally) done() Counts {
	if t.Claims == t.Reviewed {
		t.Least = 0
	}
	return t.Counts
}

// entity counts the mentions of e, and e if one of them is not rejected.
func (t *tally) entity(e *Entity, times int) {
	alive := false
	for i := range e.Mentions {
		m := &e.Mentions[i]
		if m.State != Proposed || !e.Type.Aside() {
			t.claim(m.State, m.Origin.Score, times)
			alive = alive || m.State != Rejected
		}
	}
	switch {
	case !alive:
	case e.Type == Person:
		t.People += times
	case e.Type == Organization:
		t.Organizations += times
	}
}

func (t *tally) quotes(qs []*Quote, times int) {
	for _, q := range qs {
		if t.claim(q.State, q.Origin.Score, times); q.State != Rejected {
			t.Quotes += times
		}
	}
}

func (t *tally) claim(s State, score float64, times int) {
	t.Claims += times
	switch {
	case s != Proposed:
		t.Reviewed += times
	case times > 0:
		t.Least = min(t.Least, score)
	default:
		t.lost = t.lost || score <= t.Least
	}
}
