package uima

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/offsets"
	"byline/annotate/format/standoff"
	"byline/articles"
)

// The types of a CAS (Common Analysis Structure of UIMA) that are written: those of DKPro
// Core for names and coreference, which INCEpTION knows, and our own, with their
// features.
const (
	typeSofa     = "uima.cas.Sofa"
	typeMetaData = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
	typeName     = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
	typeLink     = "de.tudarmstadt.ukp.dkpro.core.api.coref.type.CoreferenceLink"
	typeChain    = "de.tudarmstadt.ukp.dkpro.core.api.coref.type.CoreferenceChain"
	typeEntity   = "byline.Entity"  // identifier, name, kind
	typeQuote    = "byline.Quote"   // kind, speaker, mention, cue
	typeSpeaker  = "byline.Speaker" // about, name: a further speaker of a quote
	typeCue      = "byline.Cue"
	typeWords    = "byline.SpeakerMention" // that name the speaker of a quote and are no NamedEntity
	typeClaim    = "byline.Claim"          // about, form, origin, score, who
	typeNote     = "byline.Note"           // about, text, who, tag
	fieldEngine  = "engine"                // of a Credit: what made the suggestions
	typeCredit   = "byline.Credit"         // field, text: where and when the article was published, see [standoff.Credits]
)

// A typeDescription declares a type: its supertype, and its features with their ranges.
type typeDescription struct {
	name, super string
	features    [][2]string
}

const (
	typeAnnotation = "uima.tcas.Annotation"
	typeTop        = "uima.cas.TOP"
	typeBase       = "uima.cas.AnnotationBase"
	rangeString    = "uima.cas.String"
	rangeDouble    = "uima.cas.Double"
)

var types = []typeDescription{
	{typeMetaData, "uima.tcas.DocumentAnnotation", [][2]string{{"documentTitle", rangeString}, {"documentId", rangeString}, {"documentUri", rangeString}}},
	{typeName, typeAnnotation, [][2]string{{"value", rangeString}, {"identifier", rangeString}}},
	{typeLink, typeAnnotation, [][2]string{{"next", typeLink}, {"referenceType", rangeString}, {"referenceRelation", rangeString}}},
	{typeChain, typeBase, [][2]string{{"first", typeLink}}},
	{typeEntity, typeTop, [][2]string{{"identifier", rangeString}, {"name", rangeString}, {"kind", rangeString}}},
	{typeQuote, typeAnnotation, [][2]string{{"kind", rangeString}, {"speaker", typeName}, {"mention", typeWords}, {"cue", typeCue}, {"place", rangeString}}},
	{typeSpeaker, typeAnnotation, [][2]string{{"about", typeAnnotation}, {"name", typeName}}},
	{typeCue, typeAnnotation, nil},
	{typeWords, typeAnnotation, nil},
	{typeClaim, typeAnnotation, [][2]string{{"about", typeAnnotation}, {"form", rangeString}, {"origin", rangeString}, {"score", rangeDouble}, {"who", rangeString}}},
	{typeNote, typeAnnotation, [][2]string{{"about", typeAnnotation}, {"text", rangeString}, {"who", rangeString}, {"tag", rangeString}}},
	{typeCredit, typeTop, [][2]string{{"field", rangeString}, {"text", rangeString}}},
}

// A feature is a feature of a structure. Its value is a string, an int, a float64 or a
// ref.
type feature struct {
	name  string
	value any
}

// A ref is the ID of a feature structure.
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

// A cas makes the feature structures of a document, one after the other: all together take many times the memory of the text.
type cas struct {
	d       *format.Document
	units   *offsets.Units
	put     func(*structure)
	waiting []*structure            // which are not put yet, since those that follow add to them
	n       int                     // structures
	at      map[standoff.Naming]ref // names
	noted   standoff.Remarks

	deciders *format.Deciders
}

// eachStructure calls put with the feature structures of a document, without what a person rejected. The first is the sofa, which has
// the text, and the ID of each is one more than that of the one before. It returns how many there are.
func eachStructure(d *format.Document, put func(*structure)) int {
	c := &cas{d: d, units: offsets.NewUnits(d.Text), put: put, at: map[standoff.Naming]ref{}, noted: standoff.RemarksOf(d.Layer), deciders: d.Deciders()}
	sofa := c.add(typeSofa)
	sofa.features = []feature{{"sofaNum", 1}, {"sofaID", "_InitialView"}, {"mimeType", "text"}, {"sofaString", d.Text}}
	meta := c.annotation(typeMetaData, articles.Span{End: len(d.Text)})
	meta.features = append(meta.features, feature{"language", cmp.Or(d.Language, "en")}, feature{"documentTitle", d.Title}, feature{"documentId", d.ID})
	if d.Source != "" {
		meta.set("documentUri", d.Source)
	}
	if d.Layer.Engine != "" {
		c.add(typeCredit).features = []feature{{"field", fieldEngine}, {"text", d.Layer.Engine}}
	}
	standoff.CreditsOf(d.Article).Each(func(name, value string) {
		c.add(typeCredit).features = []feature{{"field", name}, {"text", value}}
	})
	for i := range d.Layer.Entities {
		c.entity(&d.Layer.Entities[i])
	}
	for _, q := range d.Layer.Quotes {
		if q.State != annotate.Rejected {
			c.quote(q)
			c.putAllBut(0)
		}
	}
	c.putAllBut(0)
	return c.n
}

func (c *cas) add(typ string) *structure {
	c.n++
	s := &structure{id: c.n, typ: typ}
	c.waiting = append(c.waiting, s)
	return s
}

// putAllBut puts the structures that wait, but for the last ones, to which something may yet be added.
func (c *cas) putAllBut(last int) {
	ready := len(c.waiting) - last
	for _, s := range c.waiting[:ready] {
		c.put(s)
	}
	c.waiting = slices.Delete(c.waiting, 0, ready)
}

func (c *cas) annotation(typ string, s articles.Span) *structure {
	a := c.add(typ)
	a.features = []feature{{"begin", c.units.Of(s.Start)}, {"end", c.units.Of(s.End)}}
	return a
}

func (c *cas) entity(e *annotate.Entity) {
	if !slices.ContainsFunc(e.Mentions, standoff.Alive) {
		return
	}
	about := c.add(typeEntity)
	about.features = []feature{{"identifier", e.ID}, {"name", e.Name}, {"kind", format.OwnLabel(e.Type, string(e.Type))}}
	chain := c.add(typeChain)
	var last *structure
	for _, m := range e.Mentions {
		if !standoff.Alive(m) {
			continue
		}
		n := c.annotation(typeName, m.Span)
		n.features = append(n.features, feature{"value", c.d.Label(e.Type, standoff.CorpusTag)}, feature{"identifier", e.ID})
		if at := (standoff.Naming{Entity: e.ID, Span: m.Span}); c.at[at] == 0 {
			c.at[at] = ref(n.id)
		}
		link := c.annotation(typeLink, m.Span)
		link.set("referenceType", string(m.Form))
		if last == nil {
			chain.set("first", ref(link.id))
		} else {
			last.set("next", ref(link.id))
		}
		last = link
		c.putAllBut(1)
		c.claim(n, annotate.OfMention, m.Span, standoff.By(m.State, m.Origin), string(m.Form))
	}
}

// claim adds who made the claim that a structure is, and the remarks about it.
func (c *cas) claim(about *structure, k annotate.Kind, s articles.Span, by standoff.Provenance, form string) {
	who, score := by.Who()
	a := c.annotation(typeClaim, s)
	a.features = append(a.features, feature{"about", ref(about.id)}, feature{"form", form}, feature{"origin", who})
	if score != nil {
		a.features = append(a.features, feature{"score", *score})
	}
	if name := standoff.DeciderOf(c.deciders, k, s, by); name != "" {
		a.set("who", name)
	}
	for _, r := range c.noted.Take(k, s) {
		n := c.annotation(typeNote, s)
		n.features = append(n.features, feature{"about", ref(about.id)}, feature{"text", r.Text}, feature{"who", r.Who})
		if r.Tag {
			n.set("tag", "true")
		}
	}
}

func (c *cas) quote(q *annotate.Quote) {
	a := c.annotation(typeQuote, q.Span)
	a.set("kind", string(q.Type))
	speakers := standoff.Speakers(c.d.Layer, q, c.d.Text)
	for i, s := range speakers {
		name := c.at[s.Naming()]
		if i == 0 {
			a.set("speaker", name)
			if s.Relation == standoff.SpeakerEntity {
				a.set("place", "elsewhere") // than at that name
			}
			continue
		}
		further := c.annotation(typeSpeaker, s.At)
		further.features = append(further.features, feature{"about", ref(a.id)}, feature{"name", name})
	}
	if at := standoff.SpeakerWords(q, speakers); !at.Empty() {
		a.set("mention", ref(c.annotation(typeWords, at).id))
	}
	if !q.Cue.Empty() {
		a.set("cue", ref(c.annotation(typeCue, q.Cue).id))
	}
	c.claim(a, annotate.OfQuote, q.Span, standoff.By(q.State, q.Origin), string(q.Type))
}

// words returns the value of a feature as text.
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
