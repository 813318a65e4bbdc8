package uima

import (
	"cmp"
	"strconv"
	"strings"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/offsets"
	"byline/annotate/format/standoff"
)

// A readStructure is a feature structure as it was read: its features as strings, or
// references by ID.
type readStructure struct {
	id, typ string
	values  map[string]string
}

func (s *readStructure) is(name string) bool {
	return s.typ == name || s.typ[strings.LastIndexByte(s.typ, '.')+1:] == name
}

func (s *readStructure) stretch() (offsets.Stretch, bool) {
	a, err := strconv.Atoi(s.values["begin"])
	b, err2 := strconv.Atoi(s.values["end"])
	return offsets.Stretch{Start: a, End: b}, err == nil && err2 == nil && a < b
}

// document makes a document of feature structures. The types are known by the last
// part of their names, so that ports of DKPro's are read too.
func document(name string, all []readStructure, loss *format.Loss) (*format.Document, error) {
	var text, title, id, source string
	for _, s := range all {
		switch {
		case s.is("Sofa"):
			text = cmp.Or(text, s.values["sofaString"])
		case s.is("DocumentMetaData"):
			title, id, source = s.values["documentTitle"], s.values["documentId"], s.values["documentUri"]
		}
	}
	r := &reader{Reader: standoff.NewReader(loss), byID: map[string]*readStructure{}, spans: map[offsets.Stretch]string{}, kinds: map[string]string{}}
	for i := range all {
		r.byID[all[i].id] = &all[i]
	}
	for i := range all {
		if err := r.take(&all[i]); err != nil {
			return nil, err
		}
	}
	r.chains(all)
	for i := range all {
		r.about(&all[i])
	}
	d := &format.Document{Article: standoff.Article(cmp.Or(title, standoff.TitleOf(name)), text)}
	d.Layer = r.Layer(text, "UTF-16 code units")
	if id != "" {
		d.ID = id
	}
	d.Source = source
	return d, d.Layer.Check(text)
}

type reader struct {
	*standoff.Reader
	byID  map[string]*readStructure
	spans map[offsets.Stretch]string // a name by its offsets
	kinds map[string]string          // of entities by identifier
	names map[string]string
}

// take takes in annotations.
func (r *reader) take(s *readStructure) error {
	at, ok := s.stretch()
	switch {
	case s.is("Entity") && strings.HasPrefix(s.typ, "byline"):
		r.kinds[s.values["identifier"]] = s.values["kind"]
		if r.names == nil {
			r.names = map[string]string{}
		}
		r.names[s.values["identifier"]] = s.values["name"]
	case s.is("NamedEntity") && ok:
		if _, there := r.spans[at]; !there {
			r.spans[at] = s.id
		}
		return r.Add(s.id, cmp.Or(s.values["value"], "other"), at)
	case s.is("Quote") && ok:
		if to := s.values["speaker"]; to != "" {
			r.Relate("Speaker", s.id, to)
		}
		if to := s.values["cue"]; to != "" {
			r.Relate("Cue", s.id, to)
		}
		if err := r.Add(s.id, "Quote", at); err != nil {
			return err
		}
		r.Say(s.id, "Form", s.values["kind"])
	case s.is("Cue") && ok:
		return r.Add(s.id, "Cue", at)
	}
	return nil
}

// chains joins the names of an identifier, and those under the links of a chain.
func (r *reader) chains(all []readStructure) {
	home := map[string]string{}
	for i := range all {
		s := &all[i]
		if id := s.values["identifier"]; s.is("NamedEntity") && r.kinds[id] != "" && r.ByID[s.id] != nil {
			if first := home[id]; first != "" {
				r.Join(first, s.id)
			} else {
				home[id] = s.id
				r.Say(s.id, "Name", r.names[id])
			}
			r.Say(s.id, "Type", r.kinds[id])
		}
	}
	if len(home) > 0 {
		return // the chains say the same
	}
	for i := range all {
		if !all[i].is("CoreferenceChain") {
			continue
		}
		first := ""
		for link, n := r.byID[all[i].values["first"]], 0; link != nil && n < len(all); link, n = r.byID[link.values["next"]], n+1 {
			at, ok := link.stretch()
			if !ok {
				continue
			}
			id, named := r.spans[at]
			if !named {
				id = link.id
				if r.Add(id, "other", at) != nil {
					continue
				}
				r.spans[at] = id
			}
			r.Say(id, "Form", link.values["referenceType"])
			if first == "" {
				first = id
				continue
			}
			r.Join(first, id)
		}
	}
}

// about takes in what is said of annotations.
func (r *reader) about(s *readStructure) {
	b := r.ByID[s.values["about"]]
	switch {
	case b == nil:
	case s.is("Claim"):
		r.Say(b.ID, "Form", s.values["form"])
		r.Say(b.ID, "Origin", s.values["origin"])
		r.Say(b.ID, "Score", s.values["score"])
	case s.is("Note"):
		b.Remarks = append(b.Remarks, annotate.Remark{Text: s.values["text"], Who: s.values["who"], Tag: s.values["tag"] == "true"})
	}
}
