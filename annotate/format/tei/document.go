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

// A found is what a document says of its claims.
type found struct {
	kinds   map[string]string    // of entities by xml:id
	names   map[string]string    // likewise
	refs    map[string]string    // of a claim, the entity
	spoken  map[string][2]string // of a quote, the entity and the mention
	cues    [][2]string          // quote, cue
	starts  map[string]int       // of elements by xml:id, in bytes
	ranges  []textRange
	remarks []remark
}

// A annotation is the one of standOff that is under way.
type annotation struct{ target, motive, targetID string }

// A textRange is an annotation of a stretch of an element.
type textRange struct {
	id, of        string
	start, length int // code points
	element       xml.StartElement
}

type remark struct {
	to string
	annotate.Remark
}

// document makes a document of what was gathered.
func (r *reader) document() (*format.Document, error) {
	text := r.text.String()
	if !r.exact {
		text = strings.TrimRight(text, " \n")
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
		if err := r.Add(g.id, r.label(&g.element), offsets.Stretch{Start: start, End: end}); err != nil {
			return nil, err
		}
		r.describe(&g.element, g.id)
	}
	r.Keep(func(a *standoff.Annotation) bool {
		return a.Pieces[0].Start < a.Pieces[0].End && a.Pieces[0].End <= len(text)
	})
	r.link()
	d := &format.Document{Article: standoff.Article(cmp.Or(r.title, standoff.TitleOf(r.in.Name)), text)}
	d.Layer = r.Layer(text, offsets.Bytes)
	if r.id != "" {
		d.ID = r.id
	}
	d.Source = r.source
	return d, d.Layer.Check(text)
}

// link joins the mentions of an entity and gives quotes their speakers.
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
		if s, ok := r.spoken[b.ID]; ok {
			if to := cmp.Or(s[1], first[s[0]]); to != "" {
				r.Relate("Speaker", b.ID, to)
			}
		}
	}
	for _, c := range r.cues {
		r.Relate("Cue", c[0], c[1])
	}
	for _, m := range r.remarks {
		if b := r.Annotation(m.to); b != nil {
			b.Remarks = append(b.Remarks, m.Remark)
		}
	}
}
