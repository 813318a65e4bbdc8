package reader

import (
	"cmp"
	"slices"
)

// A marked row is one that the next merging or splitting in the panel is about. Rows are
// known by the name and form they show, which outlast a change of the layer.
type marked struct {
	entity int
	form   string
}

type markedRows []marked

func (m markedRows) has(r row) bool {
	return r.quote < 0 && slices.Contains(m, marked{r.entity, r.form})
}

// entities returns the entities that rows were marked of, each once, those with the most
// mentions first.
func (m markedRows) entities(s *scene) []int {
	var out []int
	for _, x := range m {
		if !slices.Contains(out, x.entity) {
			out = append(out, x.entity)
		}
	}
	slices.SortStableFunc(out, func(a, b int) int {
		return cmp.Compare(len(s.Layer.Entities[b].Mentions), len(s.Layer.Entities[a].Mentions))
	})
	return out
}

// mark marks the panel's current row, or takes the mark away, and goes on to the next.
func (p *panel) mark() {
	r, ok := p.current()
	if !ok || r.quote >= 0 {
		return
	}
	x := marked{r.entity, r.form}
	if i := slices.Index(p.marked, x); i >= 0 {
		p.marked = slices.Delete(p.marked, i, i+1)
	} else {
		p.marked = append(p.marked, x)
	}
	n := 1
	for at := p.cursor + n; r.form == "" && at < len(p.rows) && p.rows[at].form != ""; at++ {
		n++ // behind an entity comes the next, not the forms of its name
	}
	p.move(n)
}
