package tasks

import (
	"fmt"
	"strings"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/standoff"
)

// margin are the fields of a claim that a tool has no place for, in fields of our own.
type margin struct {
	Origin string   `json:"origin,omitempty"`
	Score  *float64 `json:"score,omitempty"`
	Form   string   `json:"form,omitempty"`
	Name   string   `json:"name,omitempty"`
	Notes  []string `json:"notes,omitempty"`
	Tags   []string `json:"tags,omitempty"`
	Who    string   `json:"who,omitempty"`  // decided
	Type   string   `json:"type,omitempty"` // unless the label says it
}

// marginOf returns the margin of an item.
func marginOf(i *standoff.Item) margin {
	m := margin{Origin: i.Who(), Form: i.Form, Name: i.Name, Who: i.Decider, Type: i.Type}
	if m.Origin == standoff.Machine {
		m.Score = i.Score()
	}
	if m.Form == string(annotate.Name) {
		m.Form = ""
	}
	for _, r := range i.Notes {
		if r.Tag {
			m.Tags = append(m.Tags, r.Text)
		} else {
			m.Notes = append(m.Notes, r.Text)
		}
	}
	return m
}

// take sets what m states about the annotation with an ID.
func (m *margin) take(r *standoff.Reader, id string) {
	r.Say(id, "Origin", m.Origin)
	r.Say(id, "Form", m.Form)
	r.Say(id, "Name", m.Name)
	r.Say(id, "Decider", m.Who)
	r.Say(id, "Type", m.Type)
	if m.Score != nil {
		r.Say(id, "Score", fmt.Sprint(*m.Score))
	}
	if b := r.Annotation(id); b != nil {
		for _, n := range m.Notes {
			b.Remarks = append(b.Remarks, annotate.Remark{Text: n})
		}
		for _, t := range m.Tags {
			b.Remarks = append(b.Remarks, annotate.Remark{Text: t, Tag: true})
		}
	}
}

// labelIn returns a label as it is written for d: as the file that d is of spells it, else in capitals.
func labelIn(d *format.Document, label string) string {
	for _, l := range d.Labels {
		if l == label {
			return label
		}
	}
	return strings.ToUpper(label)
}
