package standoff

import (
	"strconv"

	"byline/annotate"
	"byline/annotate/format"
	"byline/articles"
)

// An Item is a claim as tools that know labelled spans and relations have it: a mention,
// a quote, or the cue of one.
type Item struct {
	ID, Label string
	articles.Span
	By    Provenance
	Form  string // of a quote its type
	Name  string // of the entity, where it is not that of its longest mention
	Notes []annotate.Remark
}

// Who returns [Human] or [Machine].
func (i *Item) Who() string { who, _ := i.By.Who(); return who }

// Score returns how sure the one behind i is, from 0 to 1.
func (i *Item) Score() float64 { _, score := i.By.Who(); return score }

// Rejected reports whether a person rejected i.
func (i *Item) Rejected() bool { return i.By.State == annotate.Rejected }

// Decided reports whether a person is behind i.
func (i *Item) Decided() bool { return !i.Rejected() && i.Who() == Human }

// An Edge is a relation between two items: "Coref" from a mention to the first of its
// entity, "Speaker" and "Cue" from a quote.
type Edge struct {
	From, To int // of the items
	Label    string
}

// Items lists the claims of d, what was rejected included, and the relations between
// those that were not. Labels are those of labelOf.
func Items(d *format.Document, labelOf func(annotate.Type) string) (items []Item, edges []Edge) {
	noted := RemarksOf(d.Layer)
	add := func(i Item, k annotate.Kind) int {
		i.ID = "T" + strconv.Itoa(len(items)+1)
		i.Notes = noted.Take(k, i.Span)
		items = append(items, i)
		return len(items) - 1
	}
	first, at := map[string]int{}, map[articles.Span]int{}
	for x := range d.Layer.Entities {
		e := &d.Layer.Entities[x]
		name := e.Name
		if name == LongestName(e, d.Text) {
			name = ""
		}
		for _, m := range e.Mentions {
			n := add(Item{Label: labelOf(e.Type), Span: m.Span, By: By(m.State, m.Origin), Form: string(m.Form)}, annotate.OfMention)
			if !Alive(m) {
				continue
			}
			if _, ok := at[m.Span]; !ok {
				at[m.Span] = n
			}
			if head, ok := first[e.ID]; ok {
				edges = append(edges, Edge{n, head, "Coref"})
				continue
			}
			first[e.ID] = n
			items[n].Name = name
		}
	}
	for x := range d.Layer.Quotes {
		q := &d.Layer.Quotes[x]
		by := By(q.State, q.Origin)
		n := add(Item{Label: "Quote", Span: q.Span, By: by, Form: string(q.Type)}, annotate.OfQuote)
		if q.State == annotate.Rejected {
			continue
		}
		to, ok := at[q.SpeakerMention]
		if !ok {
			to, ok = first[q.Speaker]
		}
		if ok && q.Speaker != "" {
			edges = append(edges, Edge{n, to, "Speaker"})
		}
		if !q.Cue.Empty() {
			edges = append(edges, Edge{n, add(Item{Label: "Cue", Span: q.Cue, By: by}, annotate.Kind("cue")), "Cue"})
		}
	}
	return items, edges
}
