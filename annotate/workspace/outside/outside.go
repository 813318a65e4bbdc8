// Package outside lays what other programs found in an article over what the engine found, so that both can be
// corrected together.
package outside

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"byline/annotate"
	"byline/articles"
)

// The rules of claims that another program made; their stage is its name.
const (
	Rule  = "imported"  // they were read from a file
	Asked = "annotator" // the program was asked
)

// Of returns what l, a layer that was read from a file, claims, as suggestions under a name. What people rejected in
// it, and remarks, are left out.
func Of(l *annotate.Layer, name string) *annotate.Layer {
	out := &annotate.Layer{Engine: name}
	origin := func(o annotate.Origin) annotate.Origin {
		return annotate.Origin{Stage: name, Rule: Rule, Score: o.Score}
	}
	for _, e := range l.Entities {
		e.Mentions = slices.DeleteFunc(slices.Clone(e.Mentions), func(m annotate.Mention) bool { return m.State == annotate.Rejected })
		if len(e.Mentions) == 0 {
			continue
		}
		for k := range e.Mentions {
			m := &e.Mentions[k]
			m.Type, m.State, m.Origin = e.Type, annotate.Proposed, origin(m.Origin)
		}
		e.Origin = origin(e.Origin)
		out.Entities = append(out.Entities, e)
	}
	for _, was := range l.Quotes {
		if was.State == annotate.Rejected {
			continue
		}
		q := *was
		q.State, q.Origin = annotate.Proposed, origin(q.Origin)
		q.MapSpeakers(func(id string) string {
			if out.Entity(id) == nil {
				return ""
			}
			return id
		})
		out.Quotes = append(out.Quotes, &q)
	}
	return out
}

// Over returns the engine's layer with the claims of other layers, later ones over earlier ones. A claim takes
// the place of those of its kind that it overlaps. An entity is one with one below that is mentioned in the same
// place with the same type, or has the same type and name. Without other layers it is the engine's layer itself.
func Over(engine *annotate.Layer, others ...*annotate.Layer) *annotate.Layer {
	out := engine
	for _, l := range others {
		out = over(out, l)
	}
	return out
}

func over(below, l *annotate.Layer) *annotate.Layer {
	var all []*annotate.Entity
	homes := map[string]*annotate.Entity{} // of the entities of l
	lower := map[string]*annotate.Entity{} // of those below
	taken := newSpans(l.Entities)
	for i := range below.Entities {
		e := below.Entities[i]
		e.Mentions = slices.DeleteFunc(slices.Clone(e.Mentions), func(m annotate.Mention) bool { return taken.overlap(m.Span) })
		all = append(all, &e)
		lower[e.ID] = &e
	}
	at := map[articles.Span]*annotate.Entity{}
	named := map[string]*annotate.Entity{}
	for i, e := range all {
		for _, m := range below.Entities[i].Mentions {
			at[m.Span] = e
		}
		named[string(e.Type)+"\x00"+strings.ToLower(e.Name)] = e
	}
	for i := range l.Entities {
		e := l.Entities[i]
		home := named[string(e.Type)+"\x00"+strings.ToLower(e.Name)]
		for _, m := range e.Mentions {
			if h := at[m.Span]; h != nil && h.Type == e.Type {
				home = h
				break
			}
		}
		if home == nil {
			home = &annotate.Entity{Type: e.Type, Name: e.Name, Origin: e.Origin}
			all = append(all, home)
		}
		home.Mentions = append(home.Mentions, e.Mentions...)
		homes[e.ID] = home
	}
	all = slices.DeleteFunc(all, func(e *annotate.Entity) bool { return len(e.Mentions) == 0 })
	out := &annotate.Layer{Engine: below.Engine}
	for _, e := range all {
		slices.SortStableFunc(e.Mentions, func(a, b annotate.Mention) int { return a.Compare(b.Span) })
	}
	slices.SortStableFunc(all, func(a, b *annotate.Entity) int { return a.Mentions[0].Compare(b.Mentions[0].Span) })
	ids := map[*annotate.Entity]string{}
	for i, e := range all {
		e.ID = fmt.Sprintf("e%d", i+1)
		ids[e] = e.ID
		out.Entities = append(out.Entities, *e)
	}
	out.Quotes = quotes(below, l, func(id string) string { return ids[lower[id]] }, func(id string) string { return ids[homes[id]] })
	return out
}

// quotes returns the quotes of l, and those below that they do not overlap, with the new IDs of their speakers.
func quotes(below, l *annotate.Layer, lower, upper func(id string) string) []*annotate.Quote {
	var out []*annotate.Quote
	for _, q := range below.Quotes {
		if slices.ContainsFunc(l.Quotes, func(x *annotate.Quote) bool { return x.Overlaps(q.Span) }) {
			continue
		}
		out = append(out, spokenBy(q, lower))
	}
	for _, q := range l.Quotes {
		out = append(out, spokenBy(q, upper))
	}
	slices.SortStableFunc(out, func(a, b *annotate.Quote) int { return a.Compare(b.Span) })
	return out
}

// spokenBy returns a copy of q with the new IDs of its speakers.
func spokenBy(q *annotate.Quote, now func(id string) string) *annotate.Quote {
	out := *q
	out.MapSpeakers(now)
	return &out
}

// spans are the mentions of entities, in the order of the text, with how far those up to each reach.
type spans struct {
	at    []articles.Span
	reach []int
}

func newSpans(es []annotate.Entity) *spans {
	s := &spans{}
	for i := range es {
		for _, m := range es[i].Mentions {
			s.at = append(s.at, m.Span)
		}
	}
	slices.SortFunc(s.at, articles.Span.Compare)
	far := 0
	for _, m := range s.at {
		far = max(far, m.End)
		s.reach = append(s.reach, far)
	}
	return s
}

// overlap reports whether one of s overlaps m.
func (s *spans) overlap(m articles.Span) bool {
	i, _ := slices.BinarySearchFunc(s.at, m.End, func(x articles.Span, end int) int { return cmp.Compare(x.Start, end) })
	return i > 0 && s.reach[i-1] > m.Start
}
