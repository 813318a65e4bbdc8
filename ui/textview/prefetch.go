package textview

// Rendered is groups that were rendered in the background, see [View.Prefetch].
type Rendered struct {
	age    int
	groups []int
	drawn  []*rendering
}

// Prefetch returns a function that renders the screens before and after the one shown,
// so that a key need not wait for Glamour. It may run on any goroutine; its result is for
// [View.Store]. Prefetch returns nil if they are rendered already.
func (v *View) Prefetch() func() Rendered {
	if v.empty() {
		return nil
	}
	var (
		todo  []int
		gs    []group
		width = v.measure
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
	j, age := v.job, v.cache.age
	return func() Rendered {
		r := Rendered{age: age, groups: todo}
		for _, g := range gs {
			r.drawn = append(r.drawn, j.render(g))
		}
		return r
	}
}

// Store keeps what a function of [View.Prefetch] returned, unless the document, its width
// or its palette has changed since.
func (v *View) Store(r Rendered) {
	if r.age != v.cache.age {
		return
	}
	for i, g := range r.groups {
		if v.cache.at[g] == nil {
			v.cache.add(g, r.drawn[i])
		}
	}
}
