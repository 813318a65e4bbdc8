package textview

import (
	"sort"
)

// A layout is a document in groups, which become rows of a width when they are
// needed.
type layout struct {
	job
	groups []group
	cache  cache
}

// A place is a row of a group; the blank row before a group is its row 0.
type place struct{ group, row int }

// setDoc lays out another document.
func (l *layout) setDoc(d Doc) {
	l.doc = d
	l.tables = &tableSizes{at: map[int][]columnSize{}}
	l.groups = cut(&l.doc)
}

// groupAt returns the index of the group that holds byte off, or of the one
// before it.
func (l *layout) groupAt(off int) int {
	i := sort.Search(len(l.groups), func(i int) bool { return l.groups[i].Start > off })
	return max(0, i-1)
}

// renderGroup returns group g in rows, at least one.
func (l *layout) renderGroup(g int) *rendering {
	if r := l.cache.find(g); r != nil {
		return r
	}
	r := l.render(l.groups[g])
	l.cache.add(g, r)
	return r
}

// rows returns how many rows group g has, the blank one before it among them.
func (l *layout) rows(g int) int {
	n := len(l.renderGroup(g).rows)
	if l.groups[g].gap {
		n++
	}
	return n
}

// at returns the rendering and the row at p; the row is nil for a blank row
// before a group.
func (l *layout) at(p place) (*rendering, *row) {
	r := l.renderGroup(p.group)
	i := p.row
	if l.groups[p.group].gap {
		i--
	}
	if i < 0 || i >= len(r.rows) {
		return r, nil
	}
	return r, &r.rows[i]
}

// next returns the row after p, and whether there is one.
func (l *layout) next(p place) (place, bool) {
	switch {
	case p.row+1 < l.rows(p.group):
		return place{p.group, p.row + 1}, true
	case p.group+1 < len(l.groups):
		return place{p.group + 1, 0}, true
	}
	return p, false
}

// prev returns the row before p, and whether there is one.
func (l *layout) prev(p place) (place, bool) {
	switch {
	case p.row > 0:
		return place{p.group, p.row - 1}, true
	case p.group > 0:
		return place{p.group - 1, l.rows(p.group-1) - 1}, true
	}
	return p, false
}

// last returns the last row of the document.
func (l *layout) last() place {
	g := len(l.groups) - 1
	return place{g, l.rows(g) - 1}
}

// moveRows returns the row n rows below p, above it for a negative n, and how many
// rows that is: fewer where the document ends.
func (l *layout) moveRows(p place, n int) (place, int) {
	moved := 0
	for ; moved < n; moved++ {
		q, ok := l.next(p)
		if !ok {
			return p, moved
		}
		p = q
	}
	for ; moved > n; moved-- {
		q, ok := l.prev(p)
		if !ok {
			return p, moved
		}
		p = q
	}
	return p, moved
}

// find returns the row that shows byte off, or else the nearest text before it in
// its group.
func (l *layout) find(off int) place {
	p, _ := l.positionOf(off)
	return p
}

// positionOf returns the row that shows byte off and the column there.
func (l *layout) positionOf(off int) (place, int) {
	g := l.groupAt(off)
	best, at, column := -1, 0, 0
	r := l.renderGroup(g)
	for i := range r.rows {
		w := &r.rows[i]
		if w.Start > off {
			continue
		}
		if len(w.cells) == 0 && w.Start >= best { // an empty line
			best, at, column = w.Start, i, 0
		}
		x := 0
		for k := range w.cells {
			if c := &w.cells[k]; c.off >= 0 && c.off <= off && c.off > best {
				best, at, column = c.off, i, x
			}
			x += int(w.cells[k].width)
		}
	}
	if l.groups[g].gap {
		at++
	}
	return place{g, at}, column
}
