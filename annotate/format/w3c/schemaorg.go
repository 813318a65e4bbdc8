package w3c

import (
	"bufio"
	"encoding/json"
	"io"
	"strings"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/standoff"
)

// The objects of schema.org, in JSON-LD.
type (
	articleLD struct {
		Context   string        `json:"@context"`
		Type      string        `json:"@type"`
		ID        string        `json:"@id"`
		Headline  string        `json:"headline,omitempty"`
		URL       string        `json:"url,omitempty"`
		Author    []thingLD     `json:"author,omitempty"`
		Publisher *thingLD      `json:"publisher,omitempty"`
		Published string        `json:"datePublished,omitempty"`
		Modified  string        `json:"dateModified,omitempty"`
		Section   string        `json:"articleSection,omitempty"`
		Language  string        `json:"inLanguage,omitempty"`
		Words     int           `json:"wordCount"`
		Mentions  []thingLD     `json:"mentions,omitempty"`
		Parts     []quotationLD `json:"hasPart,omitempty"`
	}
	thingLD struct {
		Type string `json:"@type"`
		ID   string `json:"@id,omitempty"`
		Name string `json:"name"`
	}
	quotationLD struct {
		Type     string      `json:"@type"`
		Text     string      `json:"text"`
		Creator  thingRefsLD `json:"creator,omitempty"`
		SpokenBy thingRefsLD `json:"spokenByCharacter,omitempty"`
		PartOf   thingRefLD  `json:"isPartOf"`
	}
	thingRefLD struct {
		ID string `json:"@id"`
	}
)

// thingRefsLD is one thing, or a list of several.
type thingRefsLD []thingRefLD

func (ts thingRefsLD) MarshalJSON() ([]byte, error) {
	if len(ts) == 1 {
		return json.Marshal(ts[0])
	}
	return json.Marshal([]thingRefLD(ts))
}

// refsTo returns references to those of the entities that have an ID of the file's.
func refsTo(entities []string, ids map[string]string) (refs thingRefsLD) {
	for _, e := range entities {
		if id := ids[e]; id != "" {
			refs = append(refs, thingRefLD{id})
		}
	}
	return refs
}

// writeSchemaOrg writes a NewsArticle: whom it mentions, and its quotations with their
// speakers. schema.org has no words for where they are in the text and who decided on
// them.
func writeSchemaOrg(w io.Writer, d *format.Document, o format.Options) error {
	out := &writer{Document: d}
	a := articleLD{Context: "https://schema.org", Type: "NewsArticle", ID: standoff.Address(d.Article), Headline: d.Title, Words: d.Words()}
	a.URL = d.Address()
	for _, name := range d.People() {
		a.Author = append(a.Author, thingLD{Type: "Person", Name: name})
	}
	for _, name := range d.Agencies {
		a.Author = append(a.Author, thingLD{Type: "Organization", Name: name})
	}
	if d.Site != "" {
		a.Publisher = &thingLD{Type: "Organization", Name: d.Site}
	}
	a.Published, a.Modified, a.Section, a.Language = d.Date.String(), d.Updated.String(), d.Section, d.Language
	ids := map[string]string{}
	for _, e := range d.Layer.Entities {
		n := 0
		for _, m := range e.Mentions {
			if standoff.Alive(m) {
				n++
			}
		}
		if n > 0 {
			o.Loss.Add(n, "positions of names: schema.org has only the names")
			ids[e.ID] = out.uuid("entity", e.ID)
			a.Mentions = append(a.Mentions, thingLD{schemaType(e.Type), ids[e.ID], e.Name})
		}
	}
	for _, q := range d.Layer.Quotes {
		if q.State == annotate.Rejected {
			continue
		}
		said := quotationLD{Type: "Quotation", Text: strings.Join(strings.Fields(q.In(d.Text)), " "), PartOf: thingRefLD{a.ID}}
		said.SpokenBy = refsTo(q.Speakers(), ids)
		said.Creator = said.SpokenBy
		a.Parts = append(a.Parts, said)
	}
	b := bufio.NewWriter(w)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(a); err != nil {
		return err
	}
	return b.Flush()
}

func schemaType(t annotate.Type) string {
	switch t {
	case annotate.Person:
		return "Person"
	case annotate.Organization:
		return "Organization"
	case annotate.Place:
		return "Place"
	}
	return "Thing"
}
