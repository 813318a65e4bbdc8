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

// Of returns d with claims of the kinds ks only; d itself if ks is empty.
func (ks Kinds) Of(d *Document) *Document {
	if len(ks) == 0 || d.Layer == nil {
		return d
	}
	only, _ := d.filter(func(c annotate.Claim) bool {
		if c.Kind == annotate.OfQuote {
			return slices.Contains(ks, Quotes)
		}
		return slices.Contains(ks, string(c.Entity.Type))
	})
	return only
}

// Reviewed returns d with what a reader reviews: without places and other names that the engine
// found and nobody decided on or noted. Left is how many mentions that leaves out.
func (d *Document) Reviewed() (only *Document, left int) {
	type place struct {
		annotate.Kind
		articles.Span
	}
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
	for _, q := range d.Layer.Quotes {
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
		l.Quotes = append(l.Quotes, q)
	}
	only := *d
	only.Layer = &l
	return &only, left
}
