package engine

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/annotate/people"
	"byline/annotate/quotes"
	"byline/annotate/segment"
	"byline/articles"
)

// Given is what another program found in a text. Spans are bytes of it; no two mentions overlap.
type Given struct {
	Maker      string             // names the program and its version
	Names      []annotate.Mention // in order; the engine joins them
	Entities   []annotate.Entity  // joined by the program; mentions in order, without names and IDs
	Quotes     []*annotate.Quote  // in order; SpeakerMention, not Speaker, says who speaks
	FindQuotes bool               // the engine finds the quotes
}

// Complete makes a layer of what another program found in a text: it joins names that are not joined, names the
// entities, and finds quotes and their speakers where it is asked to. It ends with the error of ctx soon after ctx has.
func (e *Engine) Complete(ctx context.Context, text string, blocks []articles.Block, g Given) (*annotate.Layer, error) {
	l := &annotate.Layer{Engine: g.Maker, Entities: people.Group(text, g.Names)}
	for _, x := range g.Entities {
		x.Name = fullest(text, x.Mentions)
		l.Entities = append(l.Entities, x)
	}
	for i := range l.Entities {
		l.Entities[i].ID = "" // numbered below, in order
	}
	sortGiven(l)
	if !g.FindQuotes {
		l.Quotes = g.Quotes
		assignSpeakers(l)
		return l, nil
	}
	f := quotes.Finder{Gender: en.FirstName}
	for _, w := range windows(text, blocks, window) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		l.Quotes = append(l.Quotes, f.Find(segment.Split(text, w.blocks), entitiesIn(l.Entities, w.Span))...)
	}
	l.Entities = quotes.Link(text, l.Entities, l.Quotes)
	sortEntities(l)
	return l, nil
}

// fullest returns the longest name among mentions, the first of several; the longest of any form if there is no name.
func fullest(text string, ms []annotate.Mention) string {
	best, named := "", false
	for _, m := range ms {
		name := m.Form == annotate.Name
		if words := m.In(text); name && !named || name == named && len(words) > len(best) {
			best, named = words, name
		}
	}
	return strings.Join(strings.Fields(best), " ") // which may go over a line end
}

// sortGiven sorts the entities by first mention, and numbers them.
func sortGiven(l *annotate.Layer) {
	sortEntities(l)
	renumber(l)
}

// assignSpeakers gives each quote the entity that has a mention in the words that name its speaker.
func assignSpeakers(l *annotate.Layer) {
	type place struct {
		articles.Span
		id string
	}
	var all []place
	for i := range l.Entities {
		for _, m := range l.Entities[i].Mentions {
			all = append(all, place{m.Span, l.Entities[i].ID})
		}
	}
	slices.SortFunc(all, func(a, b place) int { return a.Compare(b.Span) })
	for _, q := range l.Quotes {
		at, _ := slices.BinarySearchFunc(all, q.SpeakerMention.Start, func(p place, start int) int { return cmp.Compare(p.End, start+1) })
		if at < len(all) && all[at].Overlaps(q.SpeakerMention) {
			q.Speaker = all[at].id
		}
	}
}
