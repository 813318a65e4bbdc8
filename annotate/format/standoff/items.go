package standoff

import (
	"cmp"
	"strconv"

	"byline/annotate"
	"byline/annotate/format"
	"byline/articles"
)

// An Item is a claim in the form that annotation tools use, a labelled span: a mention, a
// quote, the cue of a quote, or words that name its speaker and are no mention.
type Item struct {
	ID, Label string
	articles.Span
	By    Provenance
	Form  string // form of a mention, type of a quote
	Name  string // of the entity, at its first mention, unless it is the default
	Notes []annotate.Remark
	Type  string // of a mention, unless its label says it
	// Decider is who made, confirmed or rejected it; empty for what a machine suggests, and where nothing says.
	Decider string
}

// Who returns [Human] or [Machine].
func (i *Item) Who() string { who, _ := i.By.Who(); return who }

// Score returns the score of i, from 0 to 1, which is 1 for [Human]; nil if there is none.
func (i *Item) Score() *float64 { _, score := i.By.Who(); return score }

// Rejected reports whether a person rejected i.
func (i *Item) Rejected() bool { return i.By.State == annotate.Rejected }

// Decided reports whether a person made or confirmed i.
func (i *Item) Decided() bool { return !i.Rejected() && i.Who() == Human }

// An Edge is a relation between two items: "Coref" from a mention to the first one of its
// entity, "Speaker" or "SpeakerEntity", "SpeakerMention" and "Cue" from a quote.
type Edge struct {
	From, To int // indices of items
	Label    string
}

// Items returns the claims of d, including those that were rejected, and the relations
// between those that were not. A type has the label of the file that d was read from, else that of labelOf.
func Items(d *format.Document, labelOf func(annotate.Type) string) ([]Item, []Edge) {
	l := &lister{Document: d, deciders: d.Deciders(), labelOf: labelOf, noted: RemarksOf(d.Layer), first: map[string]int{}, at: map[Naming]int{}}
	l.labelOf = func(t annotate.Type) string { return d.Label(t, labelOf) }
	l.items = make([]Item, 0, countItems(d.Layer))
	for i := range d.Layer.Entities {
		l.entity(&d.Layer.Entities[i])
	}
	for _, q := range d.Layer.Quotes {
		l.quote(q)
	}
	return l.items, l.edges
}

// countItems returns a little more than how many items there are, as a rule: they are large, and many, and a list that grows takes twice the
// memory.
func countItems(l *annotate.Layer) int {
	n := 0
	for i := range l.Entities {
		n += len(l.Entities[i].Mentions)
	}
	for _, q := range l.Quotes {
		n++
		if !q.Cue.Empty() {
			n++
		}
	}
	return n + n/16 // words that name a speaker and are no mention
}

// A lister collects the claims of a document.
type lister struct {
	*format.Document
	deciders *format.Deciders
	labelOf  func(annotate.Type) string
	noted    Remarks
	items    []Item
	edges    []Edge
	first    map[string]int // index of the first mention of an entity, by its ID
	at       map[Naming]int // index of a mention
}

// add appends an item and returns its index.
func (l *lister) add(i Item, k annotate.Kind) int {
	if i.Rejected() || i.Who() == Human {
		i.Decider = cmp.Or(i.Decider, DeciderOf(l.deciders, k, i.Span, i.By))
	}
	i.ID = "T" + strconv.Itoa(len(l.items)+1)
	i.Notes = l.noted.Take(k, i.Span)
	l.items = append(l.items, i)
	return len(l.items) - 1
}

func (l *lister) entity(e *annotate.Entity) {
	name := e.Name
	if name == LongestName(e, l.Text) {
		name = ""
	}
	for _, m := range e.Mentions {
		n := l.add(Item{Label: l.labelOf(e.Type), Span: m.Span, By: By(m.State, m.Origin), Form: string(m.Form)}, annotate.OfMention)
		if label := l.items[n].Label; TypeSpelled(label) != e.Type {
			l.items[n].Type = format.OwnLabel(e.Type, string(e.Type))
		}
		if !Alive(m) {
			continue
		}
		if _, ok := l.at[Naming{e.ID, m.Span}]; !ok {
			l.at[Naming{e.ID, m.Span}] = n
		}
		if head, ok := l.first[e.ID]; ok {
			l.edges = append(l.edges, Edge{n, head, "Coref"})
			continue
		}
		l.first[e.ID] = n
		l.items[n].Name = name
	}
}

func (l *lister) quote(q *annotate.Quote) {
	by := By(q.State, q.Origin)
	n := l.add(Item{Label: "Quote", Span: q.Span, By: by, Form: string(q.Type)}, annotate.OfQuote)
	if q.State == annotate.Rejected {
		return
	}
	speakers := Speakers(l.Layer, q, l.Text)
	for _, s := range speakers {
		l.edges = append(l.edges, Edge{n, l.at[s.Naming()], s.Relation})
	}
	decider := l.items[n].Decider
	if at := SpeakerWords(q, speakers); !at.Empty() {
		l.edges = append(l.edges, Edge{n, l.add(Item{Label: SpeakerMention, Span: at, By: by, Decider: decider}, partOfQuote), SpeakerMention})
	}
	if !q.Cue.Empty() {
		l.edges = append(l.edges, Edge{n, l.add(Item{Label: "Cue", Span: q.Cue, By: by, Decider: decider}, partOfQuote), "Cue"})
	}
}

// partOfQuote is the kind of what nobody can note anything on.
const partOfQuote annotate.Kind = "part of a quote"
