package engine

import (
	"slices"

	"byline/annotate"
	"byline/articles"
)

// dropCaptioned removes the entities that are named in captions only and speak no quote.
func dropCaptioned(l *annotate.Layer, ws []part) {
	var captions []articles.Span
	for _, w := range ws {
		for _, b := range w.blocks {
			if b.Kind == articles.Caption {
				captions = append(captions, b.Span)
			}
		}
	}
	if len(captions) == 0 {
		return
	}
	speaks := map[string]bool{}
	for _, q := range l.Quotes {
		for _, id := range q.Speakers() {
			speaks[id] = true
		}
	}
	l.Entities = slices.DeleteFunc(l.Entities, func(e annotate.Entity) bool {
		return !speaks[e.ID] && !slices.ContainsFunc(e.Mentions, func(m annotate.Mention) bool { return !inOne(captions, m.Start) })
	})
	renumber(l)
}

// inOne reports whether one of the spans, which are in order, holds the byte at offset at.
func inOne(spans []articles.Span, at int) bool {
	i, found := slices.BinarySearchFunc(spans, at, func(s articles.Span, at int) int { return s.Start - at })
	return found || i > 0 && spans[i-1].Has(at)
}
