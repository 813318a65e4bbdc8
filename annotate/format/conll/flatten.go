package conll

import (
	"cmp"
	"slices"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/standoff"
	"byline/articles"
)

// A flat is a mention that overlaps no other.
type flat struct {
	articles.Span
	annotate.Type
}

// flatten returns names of l that do not overlap. Of those that do, which chooses the one
// to keep: the outer (of crossing ones the first), the inner, the longest, or by type
// people before organizations, places and others. It counts what is lost, including
// mentions that are not names.
func flatten(l *annotate.Layer, which string, loss *format.Loss) []flat {
	var all []flat
	for e, m := range l.Mentions() {
		switch {
		case !standoff.Alive(*m):
		case m.Form != annotate.Name:
			loss.Add(1, "mentions by a pronoun or a noun: the format tags only names")
		default:
			all = append(all, flat{m.Span, e.Type})
		}
	}
	slices.SortStableFunc(all, func(a, b flat) int { return a.Compare(b.Span) })
	order := slices.Clone(all)
	slices.SortStableFunc(order, func(a, b flat) int {
		switch which {
		case "inner":
			return cmp.Compare(a.Len(), b.Len())
		case "longest":
			return cmp.Compare(b.Len(), a.Len())
		case "type":
			return cmp.Compare(standoff.Rank(a.Type), standoff.Rank(b.Type))
		}
		return 0 // keep the order: by start, the outer first
	})
	var kept []flat // by start
	for _, f := range order {
		i, _ := slices.BinarySearchFunc(kept, f.Start, func(k flat, at int) int { return cmp.Compare(k.Start, at) })
		switch {
		case i > 0 && kept[i-1].Overlaps(f.Span), i < len(kept) && kept[i].Overlaps(f.Span):
			loss.Add(1, "overlapping names: the format cannot nest")
		default:
			kept = slices.Insert(kept, i, f)
		}
	}
	return kept
}

// countEntities counts what the format does not tell of entities, since all names of one type that are equal are
// one when they are read: names of one entity that differ, and entities that have a name of another.
func countEntities(d *format.Document, loss *format.Loss) {
	owner := map[string]int{} // by type and name
	for i := range d.Layer.Entities {
		e := &d.Layer.Entities[i]
		other := map[string]bool{}
		shares := false
		for _, m := range e.Mentions {
			if m.Form != annotate.Name || !standoff.Alive(m) {
				continue
			}
			key := string(e.Type) + "\x00" + m.In(d.Text)
			if first, ok := owner[key]; ok && first != i {
				shares = true
			}
			owner[key] = i
			other[key] = true
			if standoff.By(m.State, m.Origin).IsMachine() {
				loss.Add(1, "suggestions: the format does not say who made a claim")
			}
		}
		loss.Add(len(other)-min(1, len(other)), "other names of a person, organization or place: the format does not join names")
		if shares {
			loss.Add(1, "entities with the name of another: the format does not part equal names")
		}
	}
}
