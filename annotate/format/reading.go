package format

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"byline/annotate"
	"byline/articles"
)

// A gathering makes a layer of what a reader finds in whatever order: mentions under
// the key of their entity, and quotes. The zero gathering is empty.
type gathering struct {
	entities []*gathered
	byKey    map[string]*gathered
	quotes   []annotate.Quote // Speaker is a key until layer
}

// A gathered is an entity on its way.
type gathered struct {
	annotate.Entity
	key string
}

// mention takes in a mention of the entity that key names. The entity has the type of
// the first mention that has one.
func (g *gathering) mention(key string, m annotate.Mention) {
	e := g.entity(key)
	e.Type = cmp.Or(e.Type, m.Type)
	e.Mentions = append(e.Mentions, m)
}

// entity returns the entity that key names, made if there is none.
func (g *gathering) entity(key string) *gathered {
	if e := g.byKey[key]; e != nil {
		return e
	}
	if g.byKey == nil {
		g.byKey = map[string]*gathered{}
	}
	e := &gathered{key: key}
	g.byKey[key] = e
	g.entities = append(g.entities, e)
	return e
}

// name gives an entity its name; else it has that of its longest mention by name.
func (g *gathering) name(key, name string) { g.entity(key).Name = name }

// quote takes in a quote, whose Speaker is the key of an entity.
func (g *gathering) quote(q annotate.Quote) { g.quotes = append(g.quotes, q) }

// layer returns what was gathered about text: mentions once each, entities in the order
// of first mention with the IDs e1, e2, …, a speaker who has no mention left out.
func (g *gathering) layer(text string) *annotate.Layer {
	l := &annotate.Layer{}
	var kept []*gathered
	for _, e := range g.entities {
		if len(e.Mentions) > 0 {
			e.settle(text)
			kept = append(kept, e)
		}
	}
	slices.SortStableFunc(kept, func(a, b *gathered) int { return a.Mentions[0].Compare(b.Mentions[0].Span) })
	ids := map[string]string{}
	for i, e := range kept {
		e.ID = "e" + strconv.Itoa(i+1)
		ids[e.key] = e.ID
		l.Entities = append(l.Entities, e.Entity)
	}
	for _, q := range g.quotes {
		q.Speaker = ids[q.Speaker]
		l.Quotes = append(l.Quotes, q)
	}
	slices.SortStableFunc(l.Quotes, func(a, b annotate.Quote) int { return a.Compare(b.Span) })
	return l
}

// settle sorts the mentions of e, gives them its type, and names it.
func (e *gathered) settle(text string) {
	e.Type = cmp.Or(e.Type, annotate.Other)
	slices.SortStableFunc(e.Mentions, func(a, b annotate.Mention) int { return a.Compare(b.Span) })
	e.Mentions = slices.CompactFunc(e.Mentions, func(a, b annotate.Mention) bool { return a.Span == b.Span })
	human, score := false, 0.0
	for i := range e.Mentions {
		m := &e.Mentions[i]
		m.Type, m.Form = e.Type, cmp.Or(m.Form, annotate.Name)
		human, score = human || m.Origin.Human, max(score, m.Origin.Score)
	}
	e.Name = cmp.Or(e.Name, longest(&e.Entity, text))
	e.Origin = annotate.Origin{Human: human, Score: score}
}

// longest returns the longest mention of e by name that was not rejected, on one line:
// what an entity is called of which nothing else is said.
func longest(e *annotate.Entity, text string) string {
	name, any := "", ""
	for _, m := range e.Mentions {
		said := strings.Join(strings.Fields(m.In(text)), " ")
		if m.State == annotate.Rejected {
			continue
		}
		any = cmp.Or(any, said)
		if m.Form == annotate.Name && len(said) > len(name) {
			name = said
		}
	}
	return cmp.Or(name, any)
}

// by returns the origin and state of a claim that a foreign file makes: a person's
// unless it says that a machine made it.
func by(machine bool, score float64) (annotate.Origin, annotate.State) {
	if machine {
		return annotate.Origin{Score: min(max(score, 0), 1)}, annotate.Proposed
	}
	return annotate.Origin{Human: true, Score: 1}, annotate.Confirmed
}

// foreign returns the article that a foreign file holds: text as it stands, whose
// blocks are its paragraphs. Whoever shows or stores it cleans it first.
func foreign(title, text string) *articles.Article {
	return &articles.Article{ID: articles.TextID(text), Title: title, Format: articles.Plain, Text: text, Blocks: paragraphs(text)}
}
