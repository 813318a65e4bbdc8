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
		x := &l.Entities[i]
		x.ID = ""                                          // numbered below, in order
		x.Name = strings.Join(strings.Fields(x.Name), " ") // which may go over a line end
	}
	sortGiven(l)
	if !g.FindQuotes {
		l.Quotes = g.Quotes
		assignSpeakers(l)
		return l, nil
	}
	var err error
	if l.Quotes, err = findQuotes(ctx, text, blocks, l.Entities); err != nil {
		return nil, err
	}
	l.Entities = quotes.Link(text, l.Entities, l.Quotes)
	sortEntities(l)
	return l, nil
}

// Around returns a layer with the quotes that the engine finds among all the entities of it, in place of those that it found among some, and beside those
// that others gave. A quote of others that says nothing of its speaker, or of its cue, has that of the engine's on the same words. The layer is not changed.
func (e *Engine) Around(ctx context.Context, text string, blocks []articles.Block, l *annotate.Layer) (*annotate.Layer, error) {
	out := &annotate.Layer{Engine: l.Engine}
	for _, x := range l.Entities {
		x.Mentions = slices.DeleteFunc(slices.Clone(x.Mentions), func(m annotate.Mention) bool { return ofQuotes(m.Origin) })
		if len(x.Mentions) > 0 {
			out.Entities = append(out.Entities, x)
		}
	}
	for _, q := range l.Quotes {
		if !ofQuotes(q.Origin) {
			own := *q
			out.Quotes = append(out.Quotes, &own)
		}
	}
	assignSpeakers(out)
	found, err := findQuotes(ctx, text, blocks, out.Entities)
	if err != nil {
		return nil, err
	}
	found = beside(out.Quotes, found)
	out.Entities = quotes.Link(text, out.Entities, found)
	out.Quotes = append(out.Quotes, found...)
	slices.SortStableFunc(out.Quotes, func(a, b *annotate.Quote) int { return a.Compare(b.Span) })
	slices.SortStableFunc(out.Entities, func(a, b annotate.Entity) int { return cmp.Compare(a.Mentions[0].Start, b.Mentions[0].Start) })
	renumber(out)
	return out, nil
}

// ofQuotes reports whether package quotes found a claim of the origin.
func ofQuotes(o annotate.Origin) bool { return o.Stage == "quotes" && !o.Outside() }

// beside returns the quotes that were found and overlap none that were given; a given one learns from the one on the same words what it does not say.
func beside(given, found []*annotate.Quote) []*annotate.Quote {
	on := map[articles.Span]*annotate.Quote{}
	for _, q := range given {
		on[q.Span] = q
	}
	reach := articles.NewReach(len(given), func(i int) articles.Span { return given[i].Span })
	return slices.DeleteFunc(found, func(f *annotate.Quote) bool {
		if q := on[f.Span]; q != nil {
			if q.Speaker == "" && q.SpeakerMention.Empty() {
				q.Speaker, q.Also, q.SpeakerMention = f.Speaker, f.Also, f.SpeakerMention
			}
			if q.Cue.Empty() {
				q.Cue = f.Cue
			}
		}
		overlaps := false
		reach.EachNear(f.Span, func(i int) { overlaps = overlaps || given[i].Overlaps(f.Span) })
		return overlaps
	})
}

// findQuotes finds the quotes of a text among entities.
func findQuotes(ctx context.Context, text string, blocks []articles.Block, es []annotate.Entity) ([]*annotate.Quote, error) {
	var out []*annotate.Quote
	f := quotes.Finder{Gender: en.FirstName}
	for _, w := range windows(text, blocks, window) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		out = append(out, f.Find(segment.Split(text, w.blocks), entitiesIn(es, w.Span))...)
	}
	return out, nil
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
	return best
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
		if q.Speaker != "" || q.SpeakerMention.Empty() {
			continue
		}
		at, _ := slices.BinarySearchFunc(all, q.SpeakerMention.Start, func(p place, start int) int { return cmp.Compare(p.End, start+1) })
		if at < len(all) && all[at].Overlaps(q.SpeakerMention) {
			q.Speaker = all[at].id
		}
	}
}
