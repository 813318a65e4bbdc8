package format

import (
	"slices"

	"byline/annotate"
	"byline/articles"
)

// Quotes is the kind of quotes, beside the types of entities.
const Quotes = "quote"

// Kinds are the kinds of claims that are written: types of entities, and [Quotes]. None stands for
// all.
type Kinds []string

// Of returns d with claims of the kinds ks only; d itself if ks is empty. Quotes keep their speakers: of
// one whose type is not among ks, the mention that names it remains.
func (ks Kinds) Of(d *Document) *Document {
	if len(ks) == 0 || d.Layer == nil {
		return d
	}
	speaks := map[articles.Span]bool{}
	if slices.Contains(ks, Quotes) {
		speaks = d.naming()
	}
	only, _ := d.filter(func(c annotate.Claim) bool {
		if c.Kind == annotate.OfQuote {
			return slices.Contains(ks, Quotes)
		}
		return slices.Contains(ks, string(c.Entity.Type)) || speaks[c.Span]
	})
	return only
}

// naming returns the mentions that name speakers of quotes: the one beside the quote, or else the first.
func (d *Document) naming() map[articles.Span]bool {
	out := map[articles.Span]bool{}
	for _, q := range d.Layer.Quotes {
		if q.State == annotate.Rejected {
			continue
		}
		for _, id := range q.Speakers() {
			e := d.Layer.Entity(id)
			if e == nil {
				continue
			}
			at := q.Naming(e, d.Text)
			is := func(m annotate.Mention) bool { return m.Span == at && m.State != annotate.Rejected }
			k := slices.IndexFunc(e.Mentions, is)
			if k < 0 {
				k = slices.IndexFunc(e.Mentions, func(m annotate.Mention) bool { return m.State != annotate.Rejected })
			}
			if k >= 0 {
				out[e.Mentions[k].Span] = true
			}
		}
	}
	return out
}

// Reviewed returns d with what a reader reviews: without places and other names that the engine
// found and nobody decided on or noted. Left is how many mentions that leaves out.
func (d *Document) Reviewed() (only *Document, left int) {
	noted := map[place]bool{}
	for _, r := range d.Layer.Remarks {
		noted[place{r.Kind, r.Span}] = true
	}
	return d.filter(func(c annotate.Claim) bool {
		return c.Kind == annotate.OfQuote || c.State != annotate.Proposed || !c.Entity.Type.Aside() || noted[place{c.Kind, c.Span}]
	})
}

// filter returns d with the claims that keep accepts, and how many it leaves out. Those that people
// rejected do not count.
func (d *Document) filter(keep func(annotate.Claim) bool) (*Document, int) {
	l := *d.Layer
	left := 0
	kept := map[string]bool{}
	l.Entities, l.Quotes = nil, nil
	for i := range d.Layer.Entities {
		e := d.Layer.Entities[i]
		all := e.Mentions
		e.Mentions = nil
		for _, m := range all {
			if keep(annotate.Claim{Kind: annotate.OfMention, Span: m.Span, Entity: &d.Layer.Entities[i], State: m.State, Origin: m.Origin}) {
				e.Mentions = append(e.Mentions, m)
			} else if m.State != annotate.Rejected {
				left++
			}
		}
		if len(e.Mentions) > 0 {
			l.Entities = append(l.Entities, e)
			kept[e.ID] = true
		}
	}
	for _, all := range d.Layer.Quotes {
		q := *all
		if !keep(annotate.Claim{Kind: annotate.OfQuote, Span: q.Span, State: q.State, Origin: q.Origin}) {
			if q.State != annotate.Rejected {
				left++
			}
			continue
		}
		q.MapSpeakers(func(id string) string {
			if kept[id] {
				return id
			}
			return ""
		})
		l.Quotes = append(l.Quotes, &q)
	}
	only := *d
	only.Layer = &l
	return &only, left
}
