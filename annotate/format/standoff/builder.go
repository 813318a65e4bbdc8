package standoff

import (
	"cmp"
	"slices"
	"strconv"

	"byline/annotate"
)

// A Builder makes a layer of mentions and quotes that come in any order. Mentions are of
// the entity with a key that the caller chooses. The zero Builder is empty.
type Builder struct {
	entities []*builtEntity
	byKey    map[string]*builtEntity
	quotes   []annotate.Quote // their speakers are keys, not yet IDs
}

// A builtEntity is an entity that may still get mentions.
type builtEntity struct {
	annotate.Entity
	key string
}

// Mention adds a mention of the entity of a key, and returns the type of that, which is the one of its first
// mention that has one.
func (g *Builder) Mention(key string, m annotate.Mention) annotate.Type {
	e := g.entity(key)
	e.Type = cmp.Or(e.Type, m.Type)
	e.Mentions = append(e.Mentions, m)
	return e.Type
}

// entity returns the entity of a key, and adds it if there is none.
func (g *Builder) entity(key string) *builtEntity {
	if e := g.byKey[key]; e != nil {
		return e
	}
	if g.byKey == nil {
		g.byKey = map[string]*builtEntity{}
	}
	e := &builtEntity{key: key}
	g.byKey[key] = e
	g.entities = append(g.entities, e)
	return e
}

// Name sets the name of an entity. The default is its longest mention by name.
func (g *Builder) Name(key, name string) { g.entity(key).Name = name }

// Quote adds a quote whose speakers are the keys of entities.
func (g *Builder) Quote(q annotate.Quote) { g.quotes = append(g.quotes, q) }

// Layer returns the layer about text. Its entities have the IDs e1, e2, … in the order of
// their first mentions, which are sorted and without duplicates. Speakers of quotes that
// have no mentions are left out.
func (g *Builder) Layer(text string) *annotate.Layer {
	l := &annotate.Layer{}
	var kept []*builtEntity
	for _, e := range g.entities {
		if len(e.Mentions) > 0 {
			e.finish(text)
			kept = append(kept, e)
		}
	}
	slices.SortStableFunc(kept, func(a, b *builtEntity) int { return a.Mentions[0].Compare(b.Mentions[0].Span) })
	ids := map[string]string{}
	for i, e := range kept {
		e.ID = "e" + strconv.Itoa(i+1)
		ids[e.key] = e.ID
		l.Entities = append(l.Entities, e.Entity)
	}
	for _, q := range g.quotes {
		q.MapSpeakers(func(key string) string { return ids[key] })
		l.Quotes = append(l.Quotes, &q)
	}
	slices.SortStableFunc(l.Quotes, func(a, b *annotate.Quote) int { return a.Compare(b.Span) })
	return l
}

// finish sorts the mentions of e, sets their type and gives e a name and an origin.
func (e *builtEntity) finish(text string) {
	e.Type = cmp.Or(e.Type, annotate.Other)
	slices.SortStableFunc(e.Mentions, func(a, b annotate.Mention) int { return a.Compare(b.Span) })
	e.Mentions = slices.CompactFunc(e.Mentions, func(a, b annotate.Mention) bool { return a.Span == b.Span })
	human, score := false, 0.0
	for i := range e.Mentions {
		m := &e.Mentions[i]
		m.Type, m.Form = e.Type, cmp.Or(m.Form, annotate.Name)
		human, score = human || m.Origin.Human, max(score, m.Origin.Score)
	}
	e.Name = cmp.Or(e.Name, LongestName(&e.Entity, text))
	e.Origin = annotate.Origin{Human: human, Score: score}
}
