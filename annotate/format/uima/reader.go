package uima

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/offsets"
	"byline/annotate/format/standoff"
	"byline/articles"
)

// A readStructure is a feature structure that was read. Its values are text, or the IDs
// of other structures.
type readStructure struct {
	id, typ string
	values  map[string]string
}

func (s *readStructure) isType(name string) bool {
	return s.typ == name || s.typ[strings.LastIndexByte(s.typ, '.')+1:] == name
}

func (s *readStructure) span() (offsets.Stretch, bool) {
	a, err := strconv.Atoi(s.values["begin"])
	b, err2 := strconv.Atoi(s.values["end"])
	return offsets.Stretch{Start: a, End: b}, err == nil && err2 == nil && a < b
}

// documents returns a document for each view of the feature structures that has a text. It looks only at the
// last part of the name of a type, so that it also reads what was derived from DKPro's types.
func documents(name string, all []readStructure, loss *format.Loss) ([]*format.Document, error) {
	var sofas []*readStructure
	for i := range all {
		if all[i].isType("Sofa") && (all[i].values["sofaString"] != "" || len(sofas) == 0) {
			sofas = append(sofas, &all[i])
		}
	}
	if len(sofas) > 1 && sofas[0].values["sofaString"] == "" {
		sofas = sofas[1:]
	}
	if len(sofas) == 0 {
		return nil, errors.New("it holds no text")
	}
	var out []*format.Document
	countViewless(all, sofas, loss)
	for i, sofa := range sofas {
		of := viewOf(all, sofa.id, len(sofas) > 1)
		d, err := document(name, sofa, of, loss)
		if err != nil {
			return out, err
		}
		if i > 0 && d.ID == out[0].ID {
			d.ID = articles.TextID(d.Text)
			d.Title += " (" + sofa.values["sofaID"] + ")"
		}
		out = append(out, d)
	}
	return out, nil
}

// countViewless counts the annotations of views that have no text, or are not in the file, and chains whose links are not.
func countViewless(all []readStructure, sofas []*readStructure, loss *format.Loss) {
	ids := map[string]bool{}
	for i := range all {
		ids[all[i].id] = true
	}
	for i := range all {
		if all[i].isType("CoreferenceChain") && !ids[all[i].values["first"]] {
			loss.Add(1, "chains of coreference without links")
		}
		at := all[i].values["sofa"]
		if _, words := all[i].span(); at != "" && words && !slices.ContainsFunc(sofas, func(s *readStructure) bool { return s.id == at }) {
			loss.Add(1, "annotations of a view without a text")
		}
	}
}

// viewOf returns the structures of a view, and those that are of none.
func viewOf(all []readStructure, sofa string, several bool) []readStructure {
	var out []readStructure
	for i := range all {
		if at := all[i].values["sofa"]; (at == "" || at == sofa) && !(several && all[i].isType("Sofa")) {
			out = append(out, all[i])
		}
	}
	return out
}

// document returns the document of a view.
func document(name string, sofa *readStructure, all []readStructure, loss *format.Loss) (*format.Document, error) {
	text := sofa.values["sofaString"]
	var title, id, source, engine string
	var credits standoff.Credits
	own := false
	for _, s := range all {
		switch {
		case s.isType("DocumentMetaData"):
			title, id, source = s.values["documentTitle"], s.values["documentId"], s.values["documentUri"]
		case s.typ == typeCredit && s.values["field"] == fieldEngine:
			engine = s.values["text"]
		case s.typ == typeCredit:
			credits.Set(s.values["field"], s.values["text"])
		case s.typ == typeClaim:
			own = true
		}
	}
	r := &reader{Reader: standoff.NewReader(loss), byID: map[string]*readStructure{}, spans: map[offsets.Stretch]string{}, kinds: map[string]string{}}
	for i := range all {
		if r.byID[all[i].id] == nil {
			r.byID[all[i].id] = &all[i]
		}
	}
	for i := range all {
		r.take(&all[i])
	}
	r.joinChains(all)
	for i := range all {
		r.addProperties(&all[i])
		r.countLost(&all[i])
	}
	d := &format.Document{Article: standoff.Article(cmp.Or(title, standoff.TitleOf(name)), text)}
	d.Layer = r.Layer(text, offsets.UTF16)
	d.Layer.Engine = engine
	d.Labels, d.Own, d.Who = r.Labels(), own, r.Who()
	if id != "" {
		d.ID = id
	}
	d.Source = source
	credits.Take(d.Article)
	return d, d.Layer.Check(text)
}

type reader struct {
	*standoff.Reader
	byID  map[string]*readStructure
	spans map[offsets.Stretch]string // the ID of the name with these offsets
	kinds map[string]string          // types of entities by identifier
	names map[string]string
}

// take adds the annotation that a structure is, if it is one.
func (r *reader) take(s *readStructure) {
	at, ok := s.span()
	switch {
	case s.isType("Entity") && strings.HasPrefix(s.typ, "byline"):
		r.kinds[s.values["identifier"]] = s.values["kind"]
		if r.names == nil {
			r.names = map[string]string{}
		}
		r.names[s.values["identifier"]] = s.values["name"]
	case s.isType("NamedEntity") && ok:
		if _, there := r.spans[at]; !there {
			r.spans[at] = s.id
		}
		r.AddAnyway(s.id, cmp.Or(s.values["value"], "other"), at)
	case s.isType("Quote") && ok:
		if to := s.values["speaker"]; to != "" {
			r.Relate(map[bool]string{true: standoff.SpeakerEntity, false: standoff.SpeakerThere}[s.values["place"] == "elsewhere"], s.id, to)
		}
		if to := s.values["mention"]; to != "" {
			r.Relate(standoff.SpeakerMention, s.id, to)
		}
		if to := s.values["cue"]; to != "" {
			r.Relate("Cue", s.id, to)
		}
		r.Say(r.AddAnyway(s.id, "Quote", at), "Form", s.values["kind"])
	case (s.isType("Cue") || s.typ == typeWords) && ok:
		r.AddAnyway(s.id, s.typ[strings.LastIndexByte(s.typ, '.')+1:], at)
	}
}

// joinChains joins the names with one identifier. If there are none, it joins those at
// the links of a chain.
func (r *reader) joinChains(all []readStructure) {
	if r.joinIdentified(all) {
		return // the chains hold the same
	}
	for i := range all {
		if all[i].isType("CoreferenceChain") {
			r.joinChain(all[i].values["first"], len(all))
		}
	}
}

// joinIdentified joins the names with one identifier, and reports whether there are any.
func (r *reader) joinIdentified(all []readStructure) bool {
	home := map[string]string{}
	for i := range all {
		s := &all[i]
		if id := s.values["identifier"]; s.isType("NamedEntity") && r.kinds[id] != "" && r.Annotation(s.id) != nil {
			if first := home[id]; first != "" {
				r.Join(first, s.id)
			} else {
				home[id] = s.id
				r.Say(s.id, "Name", r.names[id])
			}
			r.Say(s.id, "Type", r.kinds[id])
		}
	}
	return len(home) > 0
}

// joinChain joins the names at the links that start with an ID. It follows at most most
// links, since a chain may be a circle.
func (r *reader) joinChain(id string, most int) {
	first := ""
	for link := r.byID[id]; link != nil && most > 0; link, most = r.byID[link.values["next"]], most-1 {
		name, ok := r.nameAt(link)
		if !ok {
			continue
		}
		r.Say(name, "Form", link.values["referenceType"])
		if first == "" {
			first = name
			continue
		}
		r.Join(first, name)
	}
}

// nameAt returns the ID of the name at a link, which it adds if there is none. It returns
// false if the link has no span.
func (r *reader) nameAt(link *readStructure) (string, bool) {
	at, ok := link.span()
	if !ok {
		return "", false
	}
	if id, named := r.spans[at]; named {
		return id, true
	}
	if r.Add(link.id, "other", at) != nil {
		return "", false
	}
	r.spans[at] = link.id
	return link.id, true
}

// addProperties adds what a structure states about an annotation.
func (r *reader) addProperties(s *readStructure) {
	b := r.Annotation(s.values["about"])
	switch {
	case b == nil:
	case s.isType("Claim"):
		r.Say(b.ID, "Form", s.values["form"])
		r.Say(b.ID, "Origin", s.values["origin"])
		r.Say(b.ID, "Score", s.values["score"])
		r.Say(b.ID, "Decider", s.values["who"])
	case s.isType("Speaker"):
		r.Relate("Speaker", b.ID, s.values["name"])
	case s.isType("Note"):
		b.Remarks = append(b.Remarks, annotate.Remark{Text: s.values["text"], Who: s.values["who"], Tag: s.values["tag"] == "true"})
	}
}

// nameFeatures are the features of a name that are read, or are no statements about it.
var nameFeatures = []string{"begin", "end", "sofa", "value", "identifier", "%ID", "%TYPE"}

// What is read, and what splits a text or describes its words, which nobody annotates by hand.
var (
	readTypes = []string{"Sofa", "NULL", "View", "DocumentMetaData", "DocumentAnnotation", "TagsetDescription", "TagDescription", "Entity", "NamedEntity", "Quote", "Cue", standoff.SpeakerMention, "Claim",
		"Speaker", "Note", "Credit", "CoreferenceChain", "CoreferenceLink", "StringArray", "FSArray"}
	wordTypes = []string{"Token", "Sentence", "Paragraph", "Heading", "Div", "Lemma", "Stem", "POS", "MorphologicalFeatures", "SurfaceForm", "Dependency", "ROOT", "CompoundPart", "Split"}
)

// countLost counts what a structure has and a layer cannot hold, by the name of its type.
func (r *reader) countLost(s *readStructure) {
	name := s.typ[strings.LastIndexByte(s.typ, '.')+1:]
	_, words := s.span()
	id := s.values["identifier"]
	if s.isType("NamedEntity") && words {
		for _, f := range slices.Sorted(maps.Keys(s.values)) {
			if !slices.Contains(nameFeatures, f) && s.values[f] != "" && s.values[f] != "null" {
				r.Loss.Add(1, fmt.Sprintf("features %.40s of names", f))
			}
		}
	}
	switch {
	case s.isType("NamedEntity") && !words:
		r.Loss.Add(1, "names without words")
	case s.isType("NamedEntity") && id != "" && r.kinds[id] == "":
		if b := r.Annotation(s.id); b != nil {
			b.Remarks = append(b.Remarks, annotate.Remark{Text: id, Tag: true})
		}
	case slices.Contains(readTypes, name), slices.Contains(wordTypes, name), strings.HasPrefix(name, "POS_"), strings.Contains(s.typ, ".syntax."):
	default:
		r.Loss.Add(1, fmt.Sprintf("annotations of the type %.60s: only names, coreference and quotes are read", name))
	}
}
