package review

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"byline/annotate"
)

// layer returns the state as a layer, without empty entities. The others are numbered in
// the order of their first mention.
func (w *state) layer() *annotate.Layer {
	l := &annotate.Layer{}
	kept := w.gather()
	ids := make(map[*entity]string, len(kept))
	for i, e := range kept {
		e.ID = "e" + strconv.Itoa(i+1)
		ids[e] = e.ID
		l.Entities = append(l.Entities, e.Entity)
	}
	for _, q := range w.quotes {
		if q.gone {
			continue
		}
		q.speak(ids)
		l.Quotes = append(l.Quotes, q.Quote)
	}
	slices.SortStableFunc(l.Quotes, func(a, b annotate.Quote) int { return a.Compare(b.Span) })
	return l
}

// gather assigns the mentions to their entities and returns the entities that have any,
// in the order of their first mention.
func (w *state) gather() []*entity {
	slab := make([]annotate.Mention, 0, len(w.mentions))
	var kept []*entity
	for _, e := range w.entities {
		from := len(slab)
		for _, m := range e.mentions {
			if m.entity == e && !m.told {
				m.told = true // m may have left and come back
				slab = append(slab, m.final())
			}
		}
		e.Mentions = slab[from:len(slab):len(slab)]
		if len(e.Mentions) == 0 {
			continue
		}
		if inOrder := func(a, b annotate.Mention) int { return a.Compare(b.Span) }; !slices.IsSortedFunc(e.Mentions, inOrder) {
			slices.SortStableFunc(e.Mentions, inOrder)
		}
		if e.changed && !e.named {
			e.Name = w.nameOf(e)
		}
		kept = append(kept, e)
	}
	slices.SortStableFunc(kept, func(a, b *entity) int { return a.Mentions[0].Compare(b.Mentions[0].Span) })
	return kept
}

// final returns m as it goes into the layer.
func (m *mention) final() annotate.Mention {
	out := m.Mention
	if m.State != annotate.Rejected {
		out.Type = m.typ()
	}
	return out
}

// nameOf returns the name of an entity whose mentions people changed: its former name
// if one of its mentions has it, else the fullest mention.
func (w *state) nameOf(e *entity) string {
	best, full := "", 0
	had := fold(e.Name)
	for _, m := range e.Mentions {
		if m.State == annotate.Rejected {
			continue
		}
		name := strings.Join(strings.Fields(m.In(w.text)), " ")
		if m.Form == annotate.Name && e.ID != "" && fold(name) == had && !e.merged {
			return e.Name
		}
		rank := len(name)
		if m.Form == annotate.Name {
			rank += 1 << 20
		}
		if rank > full {
			best, full = name, rank
		}
	}
	return cmp.Or(best, e.Name, strings.Join(strings.Fields(e.Mentions[0].In(w.text)), " "))
}
