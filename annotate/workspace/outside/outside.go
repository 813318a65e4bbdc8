// Package outside lays what other programs found in an article over what the engine found, so that both can be
// corrected together. What they leave out is for the engine to do on what all of them found; see the method Around of an engine.
package outside

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"byline/annotate"
	"byline/articles"
)

// Of returns what l, a layer that was read from a file, claims, as suggestions under a name. What people rejected in
// it, and remarks, are left out.
func Of(l *annotate.Layer, name string) *annotate.Layer {
	out := &annotate.Layer{Engine: name}
	origin := func(o annotate.Origin) annotate.Origin {
		return annotate.Origin{Stage: name, Rule: annotate.Imported, Score: o.Score}
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

// Over returns the engine's layer with the claims of other layers, later ones over earlier ones. A claim stands unless it overlaps one of
// its kind that stands in a later layer, so that what is lost itself hides nothing. Of the other layers, only what programs gave counts: quotes that
// byline found for one of them are not theirs. An entity is one with one below that has the same type and a name in the same
// place, or the same type and name. Without other layers it is the engine's layer itself. Its engine names all.
func Over(engine *annotate.Layer, others ...*annotate.Layer) *annotate.Layer {
	if len(others) == 0 {
		return engine
	}
	all := append([]*annotate.Layer{engine}, others...)
	makers := make([]string, len(all))
	for i, l := range all {
		if makers[i] = l.Engine; i > 0 {
			all[i] = given(l)
		}
	}
	u := union{at: map[articles.Span]*annotate.Entity{}, named: map[string]*annotate.Entity{}}
	stands := u.standing(all)
	for i, l := range all {
		u.add(l, stands[i])
	}
	return u.layer(strings.Join(makers, annotate.Beside))
}

// given returns what of a layer a program gave, without the quotes that byline found and the words in which it found their speakers.
func given(l *annotate.Layer) *annotate.Layer {
	out := &annotate.Layer{Engine: l.Engine}
	for _, e := range l.Entities {
		e.Mentions = slices.DeleteFunc(slices.Clone(e.Mentions), func(m annotate.Mention) bool { return !m.Origin.Outside() })
		if len(e.Mentions) > 0 {
			out.Entities = append(out.Entities, e)
		}
	}
	out.Quotes = slices.DeleteFunc(slices.Clone(l.Quotes), func(q *annotate.Quote) bool { return !q.Origin.Outside() })
	return out
}

// A union is layers in one, under construction.
type union struct {
	all    []*annotate.Entity
	at     map[articles.Span]*annotate.Entity // by what was mentioned below, whether it stands or not
	named  map[string]*annotate.Entity        // by type and name
	quotes []*annotate.Quote
	says   []func(id string) *annotate.Entity // of each quote
}

// stand is which claims of a layer stand: its mentions, entity by entity, and its quotes.
type stand struct {
	mentions [][]annotate.Mention
	quotes   []*annotate.Quote
}

// standing returns which claims of each layer stand.
func (u *union) standing(all []*annotate.Layer) []stand {
	out := make([]stand, len(all))
	var mentions, quotes spans
	for i, l := range slices.Backward(all) {
		s := &out[i]
		for _, e := range l.Entities {
			ms := slices.DeleteFunc(slices.Clone(e.Mentions), func(m annotate.Mention) bool { return mentions.overlap(m.Span) })
			s.mentions = append(s.mentions, ms)
		}
		for _, q := range l.Quotes {
			if !quotes.overlap(q.Span) {
				s.quotes = append(s.quotes, q)
			}
		}
		for _, ms := range s.mentions {
			for _, m := range ms {
				mentions.at = append(mentions.at, m.Span)
			}
		}
		for _, q := range s.quotes {
			quotes.at = append(quotes.at, q.Span)
		}
		mentions.sort()
		quotes.sort()
	}
	return out
}

// add adds what stands of a layer over those before it.
func (u *union) add(l *annotate.Layer, stands stand) {
	homes := map[string]*annotate.Entity{}
	for i := range l.Entities {
		e := &l.Entities[i]
		home := u.below(e)
		if home == nil {
			home = &annotate.Entity{Type: e.Type, Name: e.Name, Origin: e.Origin}
			u.all = append(u.all, home)
		}
		home.Mentions = append(home.Mentions, stands.mentions[i]...)
		homes[e.ID] = home
	}
	for i := range l.Entities {
		e := &l.Entities[i]
		u.named[nameOf(e)] = homes[e.ID]
		for _, m := range e.Mentions {
			u.at[m.Span] = homes[e.ID]
		}
	}
	for _, q := range stands.quotes {
		u.quotes = append(u.quotes, q)
		u.says = append(u.says, func(id string) *annotate.Entity { return homes[id] })
	}
}

// below returns the entity below that e is; nil if it is none. Where e has a name, it is the names that tell: that a program takes “she” for somebody else
// makes no one of two.
func (u *union) below(e *annotate.Entity) *annotate.Entity {
	name := func(m annotate.Mention) bool { return m.Form == annotate.Name }
	named := slices.ContainsFunc(e.Mentions, name)
	for _, m := range e.Mentions {
		if h := u.at[m.Span]; h != nil && h.Type == e.Type && (name(m) || !named) {
			return h
		}
	}
	return u.named[nameOf(e)]
}

// nameOf returns the type and the name of e, as entities are told apart.
func nameOf(e *annotate.Entity) string { return string(e.Type) + "\x00" + strings.ToLower(e.Name) }

// layer returns the union as a layer.
func (u *union) layer(engine string) *annotate.Layer {
	out := &annotate.Layer{Engine: engine}
	all := slices.DeleteFunc(u.all, func(e *annotate.Entity) bool { return len(e.Mentions) == 0 })
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
	for i, q := range u.quotes {
		out.Quotes = append(out.Quotes, spokenBy(q, func(id string) string { return ids[u.says[i](id)] }))
	}
	slices.SortStableFunc(out.Quotes, func(a, b *annotate.Quote) int { return a.Compare(b.Span) })
	return out
}

// spokenBy returns a copy of q with the new IDs of its speakers.
func spokenBy(q *annotate.Quote, now func(id string) string) *annotate.Quote {
	out := *q
	out.MapSpeakers(now)
	return &out
}

// spans are in the order of the text, with how far those up to each reach.
type spans struct {
	at    []articles.Span
	reach []int
}

func (s *spans) sort() {
	slices.SortFunc(s.at, articles.Span.Compare)
	s.reach = s.reach[:0]
	far := 0
	for _, m := range s.at {
		far = max(far, m.End)
		s.reach = append(s.reach, far)
	}
}

// overlap reports whether one of s overlaps m.
func (s *spans) overlap(m articles.Span) bool {
	i, _ := slices.BinarySearchFunc(s.at, m.End, func(x articles.Span, end int) int { return cmp.Compare(x.Start, end) })
	return i > 0 && s.reach[i-1] > m.Start
}
