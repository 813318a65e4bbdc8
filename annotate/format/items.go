package format

import (
	"fmt"
	"strconv"

	"byline/annotate"
	"byline/articles"
)

// An item is a claim as tools that know labelled spans and relations have it: a mention,
// a quote, or the cue of one.
type item struct {
	id, label string
	articles.Span
	by    stands
	form  string // of a quote its type
	name  string // of the entity, where it is not that of its longest mention
	notes []annotate.Remark
}

// origin and score say who stands behind an item; rejected, that a person said no.
func (i *item) origin() string { o, _ := i.by.words(); return o }
func (i *item) score() float64 { _, s := origin(i.by.Origin, i.by.State); return s }
func (i *item) rejected() bool { return i.by.State == annotate.Rejected }
func (i *item) decided() bool  { return !i.rejected() && i.origin() == byHuman }

// An itemEdge is a relation between two items: "Coref" from a mention to the first of its
// entity, "Speaker" and "Cue" from a quote.
type itemEdge struct {
	from, to int // of the items
	label    string
}

// itemsOf lists the claims of d, what was rejected included, and the relations between
// those that were not. Labels are those of labelOf.
func itemsOf(d *Document, labelOf func(annotate.Type) string) (items []item, edges []itemEdge) {
	noted := remarksOf(d.Layer)
	add := func(i item, k annotate.Kind) int {
		i.id = "T" + strconv.Itoa(len(items)+1)
		i.notes = noted[place{k, i.Span}]
		delete(noted, place{k, i.Span})
		items = append(items, i)
		return len(items) - 1
	}
	first, at := map[string]int{}, map[articles.Span]int{}
	for x := range d.Layer.Entities {
		e := &d.Layer.Entities[x]
		name := e.Name
		if name == longest(e, d.Text) {
			name = ""
		}
		for _, m := range e.Mentions {
			n := add(item{label: labelOf(e.Type), Span: m.Span, by: stands{m.State, m.Origin}, form: string(m.Form)}, annotate.OfMention)
			if !alive(m) {
				continue
			}
			if _, ok := at[m.Span]; !ok {
				at[m.Span] = n
			}
			if head, ok := first[e.ID]; ok {
				edges = append(edges, itemEdge{n, head, "Coref"})
				continue
			}
			first[e.ID] = n
			items[n].name = name
		}
	}
	for x := range d.Layer.Quotes {
		q := &d.Layer.Quotes[x]
		by := stands{q.State, q.Origin}
		n := add(item{label: "Quote", Span: q.Span, by: by, form: string(q.Type)}, annotate.OfQuote)
		if q.State == annotate.Rejected {
			continue
		}
		to, ok := at[q.SpeakerMention]
		if !ok {
			to, ok = first[q.Speaker]
		}
		if ok && q.Speaker != "" {
			edges = append(edges, itemEdge{n, to, "Speaker"})
		}
		if !q.Cue.Empty() {
			edges = append(edges, itemEdge{n, add(item{label: "Cue", Span: q.Cue, by: by}, annotate.Kind("cue")), "Cue"})
		}
	}
	return items, edges
}

// marginalia are what a claim has beside its span and label, where a format takes further
// keys: read back by take.
type marginalia struct {
	Origin string   `json:"origin,omitempty"`
	Score  *float64 `json:"score,omitempty"`
	Form   string   `json:"form,omitempty"`
	Name   string   `json:"name,omitempty"`
	Notes  []string `json:"notes,omitempty"`
	Tags   []string `json:"tags,omitempty"`
}

func (i *item) marginalia() marginalia {
	m := marginalia{Origin: i.origin(), Form: i.form, Name: i.name}
	if m.Origin == byMachine {
		score := i.score()
		m.Score = &score
	}
	if m.Form == string(annotate.Name) {
		m.Form = ""
	}
	for _, r := range i.notes {
		if r.Tag {
			m.Tags = append(m.Tags, r.Text)
		} else {
			m.Notes = append(m.Notes, r.Text)
		}
	}
	return m
}

// take tells r what stands in the margin of an annotation.
func (m *marginalia) take(r *standoff, id string) {
	r.say(id, "Origin", m.Origin)
	r.say(id, "Form", m.Form)
	r.say(id, "Name", m.Name)
	if m.Score != nil {
		r.say(id, "Score", fmt.Sprint(*m.Score))
	}
	if b := r.bounds[id]; b != nil {
		for _, n := range m.Notes {
			b.remarks = append(b.remarks, annotate.Remark{Text: n})
		}
		for _, t := range m.Tags {
			b.remarks = append(b.remarks, annotate.Remark{Text: t, Tag: true})
		}
	}
}
