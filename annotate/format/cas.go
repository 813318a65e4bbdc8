package format

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"byline/annotate"
	"byline/articles"
)

// The types of a CAS (Common Analysis Structure of UIMA) that are written: those of DKPro
// Core for names and coreference, which INCEpTION knows, and ours for the rest.
const (
	casSofa     = "uima.cas.Sofa"
	casMetaData = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
	casName     = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
	casLink     = "de.tudarmstadt.ukp.dkpro.core.api.coref.type.CoreferenceLink"
	casChain    = "de.tudarmstadt.ukp.dkpro.core.api.coref.type.CoreferenceChain"
	casEntity   = "byline.Entity" // identifier, name, kind
	casQuote    = "byline.Quote"  // kind, speaker, cue
	casCue      = "byline.Cue"
	casClaim    = "byline.Claim" // about, form, origin, score
	casNote     = "byline.Note"  // about, text, who, tag
)

// A casType declares a type: its supertype, and its features with their ranges.
type casType struct {
	name, super string
	features    [][2]string
}

const (
	casAnnotation = "uima.tcas.Annotation"
	casTop        = "uima.cas.TOP"
	casBase       = "uima.cas.AnnotationBase"
	casString     = "uima.cas.String"
	casDouble     = "uima.cas.Double"
)

var casTypes = []casType{
	{casMetaData, "uima.tcas.DocumentAnnotation", [][2]string{{"documentTitle", casString}, {"documentId", casString}, {"documentUri", casString}}},
	{casName, casAnnotation, [][2]string{{"value", casString}, {"identifier", casString}}},
	{casLink, casAnnotation, [][2]string{{"next", casLink}, {"referenceType", casString}, {"referenceRelation", casString}}},
	{casChain, casBase, [][2]string{{"first", casLink}}},
	{casEntity, casTop, [][2]string{{"identifier", casString}, {"name", casString}, {"kind", casString}}},
	{casQuote, casAnnotation, [][2]string{{"kind", casString}, {"speaker", casName}, {"cue", casCue}}},
	{casCue, casAnnotation, nil},
	{casClaim, casAnnotation, [][2]string{{"about", casAnnotation}, {"form", casString}, {"origin", casString}, {"score", casDouble}}},
	{casNote, casAnnotation, [][2]string{{"about", casAnnotation}, {"text", casString}, {"who", casString}, {"tag", casString}}},
}

// A feature is a value of a feature structure: a string, an int, a float64, or a ref.
type feature struct {
	name  string
	value any
}

// A ref is the ID of another feature structure.
type ref int

// A structure is a feature structure.
type structure struct {
	id       int
	typ      string
	features []feature
}

func (s *structure) set(name string, value any) {
	s.features = append(s.features, feature{name, value})
}

// A cas is a document as feature structures. The first is the sofa, which has the text.
type cas struct {
	d     *Document
	units *Units
	all   []*structure
	at    map[articles.Span]*structure // the names
	first map[string]*structure        // by entity, its first name
	noted map[place][]annotate.Remark
}

// casOf makes a CAS of a document. What a person rejected is left out.
func casOf(d *Document) *cas {
	c := &cas{d: d, units: NewUnits(d.Text), at: map[articles.Span]*structure{}, first: map[string]*structure{}, noted: remarksOf(d.Layer)}
	sofa := c.add(casSofa)
	sofa.features = []feature{{"sofaNum", 1}, {"sofaID", "_InitialView"}, {"mimeType", "text"}, {"sofaString", d.Text}}
	meta := c.annotation(casMetaData, articles.Span{End: len(d.Text)})
	meta.features = append(meta.features, feature{"language", "en"}, feature{"documentTitle", d.Title}, feature{"documentId", d.ID})
	if d.Source != "" {
		meta.set("documentUri", d.Source)
	}
	for i := range d.Layer.Entities {
		c.entity(&d.Layer.Entities[i])
	}
	for i := range d.Layer.Quotes {
		if q := &d.Layer.Quotes[i]; q.State != annotate.Rejected {
			c.quote(q)
		}
	}
	return c
}

func (c *cas) add(typ string) *structure {
	s := &structure{id: len(c.all) + 1, typ: typ}
	c.all = append(c.all, s)
	return s
}

func (c *cas) annotation(typ string, s articles.Span) *structure {
	a := c.add(typ)
	a.features = []feature{{"begin", c.units.Of(s.Start)}, {"end", c.units.Of(s.End)}}
	return a
}

func (c *cas) entity(e *annotate.Entity) {
	if !slices.ContainsFunc(e.Mentions, alive) {
		return
	}
	about := c.add(casEntity)
	about.features = []feature{{"identifier", e.ID}, {"name", e.Name}, {"kind", string(e.Type)}}
	chain := c.add(casChain)
	var last *structure
	for _, m := range e.Mentions {
		if !alive(m) {
			continue
		}
		n := c.annotation(casName, m.Span)
		n.features = append(n.features, feature{"value", conllType(e.Type)}, feature{"identifier", e.ID})
		if c.at[m.Span] == nil {
			c.at[m.Span] = n
		}
		if c.first[e.ID] == nil {
			c.first[e.ID] = n
		}
		link := c.annotation(casLink, m.Span)
		link.set("referenceType", string(m.Form))
		if last == nil {
			chain.set("first", ref(link.id))
		} else {
			last.set("next", ref(link.id))
		}
		last = link
		c.claim(n, annotate.OfMention, m.Span, stands{m.State, m.Origin}, string(m.Form))
	}
}

// claim writes who stands behind a structure, and what was noted on it.
func (c *cas) claim(about *structure, k annotate.Kind, s articles.Span, by stands, form string) {
	who, _ := by.words()
	_, score := origin(by.Origin, by.State)
	a := c.annotation(casClaim, s)
	a.features = append(a.features, feature{"about", ref(about.id)}, feature{"form", form}, feature{"origin", who}, feature{"score", score})
	for _, r := range c.noted[place{k, s}] {
		n := c.annotation(casNote, s)
		n.features = append(n.features, feature{"about", ref(about.id)}, feature{"text", r.Text}, feature{"who", r.Who})
		if r.Tag {
			n.set("tag", "true")
		}
	}
	delete(c.noted, place{k, s})
}

func (c *cas) quote(q *annotate.Quote) {
	a := c.annotation(casQuote, q.Span)
	a.set("kind", string(q.Type))
	says := c.at[q.SpeakerMention]
	if says == nil {
		says = c.first[q.Speaker]
	}
	if q.Speaker != "" && says != nil {
		a.set("speaker", ref(says.id))
	}
	if !q.Cue.Empty() {
		a.set("cue", ref(c.annotation(casCue, q.Cue).id))
	}
	c.claim(a, annotate.OfQuote, q.Span, stands{q.State, q.Origin}, string(q.Type))
}

// A readStructure is a feature structure as it was read: its features as strings, or
// references by ID.
type readStructure struct {
	id, typ string
	values  map[string]string
}

func (s *readStructure) is(name string) bool {
	return s.typ == name || s.typ[strings.LastIndexByte(s.typ, '.')+1:] == name
}

func (s *readStructure) stretch() (stretch, bool) {
	a, err := strconv.Atoi(s.values["begin"])
	b, err2 := strconv.Atoi(s.values["end"])
	return stretch{start: a, end: b}, err == nil && err2 == nil && a < b
}

// casDocument makes a document of feature structures. The types are known by the last
// part of their names, so that ports of DKPro's are read too.
func casDocument(name string, all []readStructure, loss *Loss) (*Document, error) {
	var text, title, id, source string
	for _, s := range all {
		switch {
		case s.is("Sofa"):
			text = cmp.Or(text, s.values["sofaString"])
		case s.is("DocumentMetaData"):
			title, id, source = s.values["documentTitle"], s.values["documentId"], s.values["documentUri"]
		}
	}
	r := &casReader{standoff: newStandoff(loss), byID: map[string]*readStructure{}, spans: map[stretch]string{}, kinds: map[string]string{}}
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
	d := &Document{Article: foreign(cmp.Or(title, titleFrom(name)), text)}
	d.Layer = r.layer(text, "UTF-16 code units")
	if id != "" {
		d.ID = id
	}
	d.Source = source
	return d, d.Layer.Check(text)
}

// titleFrom makes a title of the name of a file.
func titleFrom(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	if i := strings.LastIndexByte(name, '.'); i > 0 {
		name = name[:i]
	}
	return name
}

type casReader struct {
	*standoff
	byID  map[string]*readStructure
	spans map[stretch]string // a name by its offsets
	kinds map[string]string  // of entities by identifier
	names map[string]string
}

// take takes in annotations.
func (r *casReader) take(s *readStructure) error {
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
		return r.add(s.id, cmp.Or(s.values["value"], "other"), at)
	case s.is("Quote") && ok:
		if to := s.values["speaker"]; to != "" {
			r.relate("Speaker", s.id, to)
		}
		if to := s.values["cue"]; to != "" {
			r.relate("Cue", s.id, to)
		}
		if err := r.add(s.id, "Quote", at); err != nil {
			return err
		}
		r.say(s.id, "Form", s.values["kind"])
	case s.is("Cue") && ok:
		return r.add(s.id, "Cue", at)
	}
	return nil
}

// chains joins the names of an identifier, and those under the links of a chain.
func (r *casReader) chains(all []readStructure) {
	home := map[string]string{}
	for i := range all {
		s := &all[i]
		if id := s.values["identifier"]; s.is("NamedEntity") && r.kinds[id] != "" && r.bounds[s.id] != nil {
			if first := home[id]; first != "" {
				r.join(first, s.id)
			} else {
				home[id] = s.id
				r.say(s.id, "Name", r.names[id])
			}
			r.say(s.id, "Type", r.kinds[id])
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
				if r.add(id, "other", at) != nil {
					continue
				}
				r.spans[at] = id
			}
			r.say(id, "Form", link.values["referenceType"])
			if first == "" {
				first = id
				continue
			}
			r.join(first, id)
		}
	}
}

// about takes in what is said of annotations.
func (r *casReader) about(s *readStructure) {
	b := r.bounds[s.values["about"]]
	switch {
	case b == nil:
	case s.is("Claim"):
		r.say(b.id, "Form", s.values["form"])
		r.say(b.id, "Origin", s.values["origin"])
		r.say(b.id, "Score", s.values["score"])
	case s.is("Note"):
		b.remarks = append(b.remarks, annotate.Remark{Text: s.values["text"], Who: s.values["who"], Tag: s.values["tag"] == "true"})
	}
}

// words writes the value of a feature.
func (f *feature) words() string {
	switch v := f.value.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case ref:
		return strconv.Itoa(int(v))
	}
	return fmt.Sprint(f.value)
}
