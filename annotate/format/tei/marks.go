package tei

import (
	"fmt"
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/format/standoff"
	"byline/articles"
)

// A claimElement is a claim as an element.
type claimElement struct {
	articles.Span
	id, element, attributes string
	notes                   []annotate.Remark
	apart                   bool // written in standOff
}

// collect makes the marks of the claims of the document.
func (t *writer) collect() {
	noted := standoff.RemarksOf(t.d.Layer)
	names := map[standoff.Naming]string{}
	add := func(s articles.Span, id, element, attributes string, k annotate.Kind) {
		t.marks = append(t.marks, &claimElement{Span: s, id: id, element: element, attributes: attributes, notes: noted.Take(k, s)})
	}
	for i := range t.d.Layer.Entities {
		e := &t.d.Layer.Entities[i]
		for k, m := range e.Mentions {
			if !standoff.Alive(m) {
				continue
			}
			id := fmt.Sprintf("%s.%d", e.ID, k+1)
			if at := (standoff.Naming{Entity: e.ID, Span: m.Span}); names[at] == "" {
				names[at] = id
			}
			element, attributes := elementOf(e.Type, m.Form)
			add(m.Span, id, element, attributes+` ref="#`+e.ID+`"`+attributesOf(standoff.By(m.State, m.Origin)), annotate.OfMention)
		}
	}
	for i := range t.d.Layer.Quotes {
		q := &t.d.Layer.Quotes[i]
		if q.State == annotate.Rejected {
			continue
		}
		id := fmt.Sprintf("q%d", i+1)
		attributes := fmt.Sprintf(` direct="%t" rend="%s"`, q.Type != annotate.Indirect, q.Type)
		var who, named []string
		for _, s := range standoff.Speakers(t.d.Layer, q, t.d.Text) {
			who = append(who, "#"+s.ID)
			if s.Here {
				named = append(named, "#"+names[s.Naming()])
			}
		}
		attributes += pointers("who", who) + pointers("corresp", named)
		add(q.Span, id, "said", attributes+attributesOf(standoff.By(q.State, q.Origin)), annotate.OfQuote)
		if !q.Cue.Empty() {
			add(q.Cue, id+".cue", "seg", ` type="cue" corresp="#`+id+`"`, annotate.Kind("cue"))
		}
	}
	slices.SortStableFunc(t.marks, func(a, b *claimElement) int { return a.Compare(b.Span) })
	t.moveToStandOff()
}

// pointers returns an attribute of pointers, or nothing for none.
func pointers(name string, to []string) string {
	if len(to) == 0 {
		return ""
	}
	return " " + name + `="` + strings.Join(to, " ") + `"`
}

// moveToStandOff marks for standOff what is not within one block or crosses another mark.
func (t *writer) moveToStandOff() {
	var open []*claimElement
	b := 0
	blocks := t.blocks()
	for _, m := range t.marks {
		for b < len(blocks) && blocks[b].End <= m.Start {
			b++
		}
		for len(open) > 0 && open[len(open)-1].End <= m.Start {
			open = open[:len(open)-1]
		}
		m.apart = b == len(blocks) || !inPart(&blocks[b], m.Span) || len(open) > 0 && !open[len(open)-1].Covers(m.Span)
		if !m.apart {
			open = append(open, m)
		}
	}
}

// inPart reports whether s is within a block, and within one cell if that is a row.
func inPart(b *articles.Block, s articles.Span) bool {
	if b.Kind == articles.Row && len(b.Cells) > 0 {
		return slices.ContainsFunc(b.Cells, func(c articles.Span) bool { return c.Covers(s) })
	}
	return b.Covers(s)
}

// elementOf returns the element of a mention, and the attributes that give the rest of
// its type and form.
func elementOf(typ annotate.Type, form annotate.Form) (element, attributes string) {
	if form != annotate.Name {
		return "rs", fmt.Sprintf(` type="%s" subtype="%s"`, standoff.Label(typ), form)
	}
	switch typ {
	case annotate.Person:
		return "persName", ""
	case annotate.Organization:
		return "orgName", ""
	case annotate.Place:
		return "placeName", ""
	}
	return "name", ` type="` + standoff.Label(typ) + `"`
}

// attributesOf returns the attributes that give who made a claim.
func attributesOf(by standoff.Provenance) string {
	who, score := by.Words()
	if who == standoff.Human {
		return ` resp="#human"`
	}
	return ` resp="#byline" cert="` + score + `"`
}
