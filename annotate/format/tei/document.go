package tei

import (
	"cmp"
	"encoding/xml"
	"strings"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/offsets"
	"byline/annotate/format/standoff"
)

// A found is what a document states about its claims.
type found struct {
	kinds   map[string]string // types of entities by xml:id
	names   map[string]string // names of entities by xml:id
	people  map[string]string // who decided, by xml:id, in byline's files
	engine  string            // that made the suggestions, in byline's files
	refs    map[string]string // entities of claims
	spoken  map[string]spoken // speakers of quotes
	parts   [][3]string       // quotes with their cues and words that name their speakers: a relation and its ends
	starts  map[string]int    // where elements start in the text, by xml:id, in bytes
	ranges  []textRange
	remarks []remark
}

// spoken are the speakers of a quote, and the mentions that name them there.
type spoken struct{ entities, mentions []string }

// naming returns the mention that names the i-th speaker of s, or "" if none does. A mention that
// refers to nobody names the speaker in its place.
func (f *found) naming(s spoken, i int) string {
	for _, m := range s.mentions {
		if f.refs[m] == s.entities[i] {
			return m
		}
	}
	if i < len(s.mentions) && f.refs[s.mentions[i]] == "" {
		return s.mentions[i]
	}
	return ""
}

// An annotation is the open annotation of standOff.
type annotation struct {
	target, motive, targetID string
	pointed                  xml.Attr // what it points to: an entity or speakers
}

// A textRange is an annotation of a part of the text of an element.
type textRange struct {
	id, of        string
	start, length int // code points
	element       xml.StartElement
}

type remark struct {
	to string
	annotate.Remark
}

// document returns the document of what was collected.
func (r *reader) document() (*format.Document, error) {
	text := r.text.String()
	if !r.exact {
		text = r.withNotes(strings.TrimRight(text, " \n"))
	}
	points := offsets.NewPoints(text)
	for _, g := range r.ranges {
		base, ok := r.starts[g.of]
		from := points.Of(min(base, len(text)))
		start, ok2 := points.Byte(from + g.start)
		end, ok3 := points.Byte(from + g.start + g.length)
		if !ok || !ok2 || !ok3 || start >= end {
			r.Loss.Add(1, "annotations: their range is not in the text")
			continue
		}
		r.describe(&g.element, r.AddAnyway(g.id, r.label(&g.element), offsets.Stretch{Start: start, End: end}))
	}
	r.Filter(func(a *standoff.Annotation) bool {
		return a.Pieces[0].Start < a.Pieces[0].End && a.Pieces[0].End <= len(text)
	})
	r.link()
	d := &format.Document{Article: standoff.Article(cmp.Or(r.title, standoff.TitleOf(r.in.Name)), text)}
	d.Layer = r.Layer(text, offsets.Bytes)
	d.Layer.Engine = r.engine
	if r.id != "" {
		d.ID = r.id
	}
	d.Source = r.source
	d.Labels, d.Own, d.Who = r.Labels(), r.own, r.Who()
	r.credit(d.Article)
	return d, d.Layer.Check(text)
}

// withNotes returns text with the notes behind it, and moves their claims there.
func (r *reader) withNotes(text string) string {
	var b strings.Builder
	b.WriteString(text)
	for _, n := range r.ended {
		words := strings.TrimRight(n.text.String(), " \n")
		if words == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		for _, id := range n.claims {
			p := &r.Annotation(id).Pieces[0]
			p.Start, p.End = p.Start+b.Len(), min(p.End, len(words))+b.Len()
		}
		b.WriteString(words)
	}
	return b.String()
}

// link joins the mentions of an entity, and adds speakers, cues and remarks.
func (r *reader) link() {
	first := map[string]string{}
	for b := range r.All() {
		id := r.refs[b.ID]
		if id == "" {
			continue
		}
		if r.kinds[id] != "" {
			b.Said["Type"] = r.kinds[id]
		}
		if head := first[id]; head != "" {
			r.Join(head, b.ID)
			continue
		}
		first[id] = b.ID
		r.Say(b.ID, "Name", r.names[id])
	}
	for b := range r.All() {
		s := r.spoken[b.ID]
		for i := range s.entities {
			switch named, of := r.naming(s, i), first[s.entities[i]]; {
			case named != "":
				r.Relate(standoff.SpeakerThere, b.ID, named)
			case of != "":
				r.Relate(standoff.SpeakerEntity, b.ID, of)
			default:
				r.Loss.Add(1, "speakers that are not named in the text")
			}
		}
	}
	for _, p := range r.parts {
		r.Relate(p[0], p[1], p[2])
	}
	for _, m := range r.remarks {
		if b := r.Annotation(m.to); b != nil {
			b.Remarks = append(b.Remarks, m.Remark)
		}
	}
}
