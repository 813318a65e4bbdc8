package tei

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/escape"
	"byline/annotate/format/standoff"
	"byline/articles"
)

// A claimElement is a claim as an element.
type claimElement struct {
	articles.Span
	id, element string
	attributes  []xml.Attr
	notes       []annotate.Remark
	apart       bool // written in standOff
}

// pointers are the attributes that an annotation in standOff has as a pointer, by the elements that have them.
var pointers = []string{"ref", "who"}

// attributesBut returns the attributes of m as they are written, without some.
func (m *claimElement) attributesBut(without ...string) string {
	var b strings.Builder
	for _, a := range m.attributes {
		if !slices.Contains(without, a.Name.Local) {
			fmt.Fprintf(&b, ` %s="%s"`, a.Name.Local, escape.Attribute(a.Value))
		}
	}
	return b.String()
}

// pointer returns the pointer of an annotation in standOff to its entity or its speakers.
func (m *claimElement) pointer() string {
	for _, a := range m.attributes {
		if slices.Contains(pointers, a.Name.Local) {
			return fmt.Sprintf(`<ptr type="%s" target="%s"/>`, a.Name.Local, escape.Attribute(a.Value))
		}
	}
	return ""
}

// noted returns the attributes that a note in standOff may have. The type of a name is that of its entity,
// and rend says what direct does.
func (m *claimElement) noted() string {
	kind := ""
	if m.element == "seg" && m.attributes[0].Value != segCue {
		kind = fmt.Sprintf(` subtype="%s"`, m.attributes[0].Value)
	}
	return kind + m.attributesBut(append(pointers, "type", "direct")...)
}

// The types of seg: the cue of a quote, and words that name its speaker and are no mention.
const (
	segCue     = "cue"
	segSpeaker = "speaker"
)

// collect makes the marks of the claims of the document.
func (t *writer) collect() {
	c := &collector{writer: t, noted: standoff.RemarksOf(t.d.Layer), names: map[standoff.Naming]string{}}
	for i := range t.d.Layer.Entities {
		c.entity(&t.d.Layer.Entities[i])
	}
	for i := range t.d.Layer.Quotes {
		if q := t.d.Layer.Quotes[i]; q.State != annotate.Rejected {
			c.quote(q, fmt.Sprintf("q%d", i+1))
		}
	}
	slices.SortStableFunc(t.marks, func(a, b *claimElement) int { return a.Compare(b.Span) })
	t.moveToStandOff()
}

// A collector makes marks.
type collector struct {
	*writer
	noted standoff.Remarks
	names map[standoff.Naming]string // xml:ids of mentions
}

func (c *collector) add(s articles.Span, id, element string, attributes []xml.Attr, k annotate.Kind) {
	c.marks = append(c.marks, &claimElement{Span: s, id: id, element: element, attributes: attributes, notes: c.noted.Take(k, s)})
}

func (c *collector) entity(e *annotate.Entity) {
	for k, m := range e.Mentions {
		if !standoff.Alive(m) {
			continue
		}
		id := fmt.Sprintf("%s.%d", e.ID, k+1)
		if at := (standoff.Naming{Entity: e.ID, Span: m.Span}); c.names[at] == "" {
			c.names[at] = id
		}
		element, attributes := elementOf(c.d, e.Type, m.Form)
		attributes = append(append(attributes, attribute("ref", "#"+e.ID)), c.attributesOf(annotate.OfMention, m.Span, standoff.By(m.State, m.Origin))...)
		c.add(m.Span, id, element, attributes, annotate.OfMention)
	}
}

func (c *collector) quote(q *annotate.Quote, id string) {
	attributes := []xml.Attr{attribute("direct", fmt.Sprint(q.Type != annotate.Indirect)), attribute("rend", string(q.Type))}
	var who, named []string
	speakers := standoff.Speakers(c.d.Layer, q, c.d.Text)
	for _, s := range speakers {
		who = append(who, "#"+s.ID)
		if s.Here {
			named = append(named, "#"+c.names[s.Naming()])
		}
	}
	if len(who) > 0 {
		attributes = append(attributes, attribute("who", strings.Join(who, " ")))
	}
	if len(named) > 0 {
		attributes = append(attributes, attribute("corresp", strings.Join(named, " ")))
	}
	c.add(q.Span, id, "said", append(attributes, c.attributesOf(annotate.OfQuote, q.Span, standoff.By(q.State, q.Origin))...), annotate.OfQuote)
	c.part(id, segSpeaker, standoff.SpeakerWords(q, speakers))
	c.part(id, segCue, q.Cue)
}

// part adds the part of a quote at s, unless that is empty.
func (c *collector) part(quote, typ string, s articles.Span) {
	if !s.Empty() {
		c.add(s, quote+"."+typ, "seg", []xml.Attr{attribute("type", typ), attribute("corresp", "#"+quote)}, annotate.Kind(typ))
	}
}

func attribute(name, value string) xml.Attr {
	return xml.Attr{Name: xml.Name{Local: name}, Value: value}
}

// moveToStandOff marks for standOff what is not within one block or crosses another mark, and speech in a name, which TEI
// does not allow.
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
		m.apart = b == len(blocks) || !inPart(&blocks[b], m.Span) || len(open) > 0 && !open[len(open)-1].Covers(m.Span) ||
			m.element == "said" && slices.ContainsFunc(open, func(o *claimElement) bool { return o.element != "said" && o.element != "seg" })
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
func elementOf(d *format.Document, typ annotate.Type, form annotate.Form) (element string, attributes []xml.Attr) {
	label := d.Labels[typ]
	if label == "" || strings.ContainsFunc(label, unicode.IsSpace) {
		label = standoff.Label(typ)
	}
	label = format.OwnLabel(typ, label)
	if form != annotate.Name {
		return "rs", []xml.Attr{attribute("type", label), attribute("subtype", string(form))}
	}
	switch typ {
	case annotate.Person:
		return "persName", nil
	case annotate.Organization:
		return "orgName", nil
	case annotate.Place:
		return "placeName", nil
	}
	return "name", []xml.Attr{attribute("type", label)}
}

// attributesOf returns the attributes that give who made a claim on a span.
func (t *writer) attributesOf(k annotate.Kind, s articles.Span, by standoff.Provenance) []xml.Attr {
	who, score := by.Words()
	if who == standoff.Human {
		return []xml.Attr{attribute("resp", "#"+t.idOf(cmp.Or(standoff.DeciderOf(t.deciders, k, s, by), standoff.Somebody)))}
	}
	if score == "" {
		return []xml.Attr{attribute("resp", "#byline")}
	}
	return []xml.Attr{attribute("resp", "#byline"), attribute("cert", score)}
}

// idOf returns the xml:id of a person who decided: "human", and "human2" and so on for further ones.
func (t *writer) idOf(name string) string {
	k := slices.Index(t.people, name)
	if k < 0 {
		k = len(t.people)
		t.people = append(t.people, name)
	}
	if k == 0 {
		return humanID
	}
	return fmt.Sprint(humanID, k+1)
}

// humanID is how the xml:ids of people who decided begin.
const humanID = "human"
