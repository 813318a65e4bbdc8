package textview

import (
	"container/list"

	"github.com/charmbracelet/x/ansi"
)

// cacheCells is how many cells of rendered groups a view keeps: some hundred
// screens, in about 10 MB.
const cacheCells = 1 << 18

// A rendering is a group in rows.
type rendering struct {
	rows []row
	pens []pen    // the pen of a cell is an index into it
	inks []uint32 // the number of each pen's look in the view's ink
	size int      // in cells
}

// measured fills in the size.
func (r *rendering) measured() *rendering {
	r.size = 8
	for i := range r.rows {
		r.size += 2 + len(r.rows[i].cells)
	}
	return r
}

// A job is all that a rendering depends on, apart from the group.
type job struct {
	doc     Doc
	width   int
	method  ansi.Method
	palette Palette
}

func (v *View) job() job { return job{v.doc, v.Width(), v.method, v.styles.Palette} }

// cache holds the renderings last used. Its age counts how often it was cleared.
type cache struct {
	at    map[int]*list.Element
	order list.List // of entries, the last used in front
	size  int
	age   int
}

type entry struct {
	group int
	*rendering
}

func (c *cache) clear() {
	c.at = map[int]*list.Element{}
	c.order.Init()
	c.size = 0
	c.age++
}

func (c *cache) find(g int) *rendering {
	e, ok := c.at[g]
	if !ok {
		return nil
	}
	c.order.MoveToFront(e)
	return e.Value.(entry).rendering
}

// keep adds a rendering and lets go of those not used for longest, but never of
// the one added.
func (c *cache) keep(g int, r *rendering) {
	if old, ok := c.at[g]; ok {
		c.drop(old)
	}
	c.at[g] = c.order.PushFront(entry{g, r})
	c.size += r.size
	for c.size > cacheCells && c.order.Len() > 1 {
		c.drop(c.order.Back())
	}
}

func (c *cache) drop(e *list.Element) {
	x := c.order.Remove(e).(entry)
	delete(c.at, x.group)
	c.size -= x.size
}

func (c *cache) each(f func(*rendering)) {
	for e := c.order.Front(); e != nil; e = e.Next() {
		f(e.Value.(entry).rendering)
	}
}

// rendered returns group g in rows, at least one.
func (v *View) rendered(g int) *rendering {
	if r := v.cache.find(g); r != nil {
		return r
	}
	r := v.job().render(v.groups[g])
	v.keep(g, r)
	return r
}

func (v *View) keep(g int, r *rendering) {
	v.dip(r)
	v.cache.keep(g, r)
}

// dip gives the pens of a rendering their numbers in the view's ink.
func (v *View) dip(r *rendering) {
	r.inks = make([]uint32, len(r.pens))
	for i, p := range r.pens {
		r.inks[i] = v.ink.sum(v.ink.text, v.ink.of(p.look))
	}
}

// Rendered holds groups that were rendered in the background, see [View.Prefetch].
type Rendered struct {
	age    int
	groups []int
	drawn  []*rendering
}

// Prefetch returns a function that renders the screens before and after the one
// shown, to be run on any goroutine and its result handed to [View.Store]; so a
// key need not wait for Glamour. It returns nil where they are rendered already.
func (v *View) Prefetch() func() Rendered {
	if v.height == 0 || len(v.groups) == 0 {
		return nil
	}
	var (
		todo  []int
		gs    []group
		width = v.Width()
	)
	ahead := func(from, step int) {
		for g, rows := from, 0; g >= 0 && g < len(v.groups) && rows < 2*v.height; g += step {
			rows += 1 + v.groups[g].Len()/width
			if v.cache.at[g] == nil {
				todo, gs = append(todo, g), append(gs, v.groups[g])
			}
		}
	}
	ahead(v.top.group, +1)
	ahead(v.top.group-1, -1)
	if len(todo) == 0 {
		return nil
	}
	j, age := v.job(), v.cache.age
	return func() Rendered {
		r := Rendered{age: age, groups: todo}
		for _, g := range gs {
			r.drawn = append(r.drawn, j.render(g))
		}
		return r
	}
}

// Store takes what a function of [View.Prefetch] returned, unless the document,
// its width or its look have changed since.
func (v *View) Store(r Rendered) {
	if r.age != v.cache.age {
		return
	}
	for i, g := range r.groups {
		if v.cache.at[g] == nil {
			v.keep(g, r.drawn[i])
		}
	}
}
