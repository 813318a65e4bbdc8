package format

import (
	"bufio"
	"cmp"
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"byline/annotate"
	"byline/articles"
)

// Annotations is the Web Annotation Data Model in JSON-LD.
var formatW3C = Format{Name: "w3c", Extension: ".jsonld", About: "Web Annotations (JSON-LD), beside the text", Apart: true,
	NewWriter: each(writeW3C), Read: one("the annotations", readW3C), Sniff: isW3C, Beside: []Companion{textBeside}}

// The records of the Web Annotation Data Model (W3C Recommendation, 23 February 2017),
// as far as they are written. Every name is one of its JSON-LD context.
type (
	collectionLD struct {
		Context string `json:"@context"`
		ID      string `json:"id"`
		Type    string `json:"type"`
		Label   string `json:"label"`
		Total   int    `json:"total"`
		First   pageLD `json:"first"`
	}
	pageLD struct {
		ID         string         `json:"id"`
		Type       string         `json:"type"`
		PartOf     string         `json:"partOf"`
		StartIndex int            `json:"startIndex"`
		Items      []annotationLD `json:"items"`
	}
	annotationLD struct {
		ID         string   `json:"id"`
		Type       string   `json:"type"`
		Motivation string   `json:"motivation"`
		Creator    agentLD  `json:"creator"`
		Body       []bodyLD `json:"body"`
		Target     any      `json:"target"` // targetLD, or the IDs of two annotations
	}
	agentLD struct {
		Type string `json:"type"`
		Name string `json:"name"`
	}
	bodyLD struct {
		Type    string `json:"type"`
		Value   string `json:"value,omitempty"`
		Source  string `json:"source,omitempty"`
		Purpose string `json:"purpose"`
	}
	targetLD struct {
		Source   string       `json:"source"`
		Selector []selectorLD `json:"selector"`
	}
	selectorLD struct {
		Type   string `json:"type"`
		Start  *int   `json:"start,omitempty"`
		End    *int   `json:"end,omitempty"`
		Exact  string `json:"exact,omitempty"`
		Prefix string `json:"prefix,omitempty"`
		Suffix string `json:"suffix,omitempty"`
	}
)

const (
	annoContext  = "http://www.w3.org/ns/anno.jsonld"
	quoteContext = 32 // code points before and behind a quoted selection
)

// writeW3C writes a collection of one page about the text beside it. A mention is an
// annotation tagged with its type and identified with its entity; a quote one tagged
// "quote" and with its type; linking annotations lead from a quote to its speaker and its
// cue. Offsets are code points, as the specification has it, or UTF-16 code units, as most
// programs take them, if the options say so.
func writeW3C(w io.Writer, d *Document, o Options) error {
	out := newLinked(d, o.UTF16)
	out.all()
	c := collectionLD{Context: annoContext, ID: out.uuid("collection"), Type: "AnnotationCollection",
		Label: cmp.Or(d.Title, d.ID), Total: len(out.items)}
	c.First = pageLD{ID: out.uuid("page"), Type: "AnnotationPage", PartOf: c.ID, Items: out.items}
	if out.items == nil {
		c.First.Items = []annotationLD{}
	}
	b := bufio.NewWriter(w)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(c); err != nil {
		return err
	}
	return b.Flush()
}

// A linked is a document on its way to annotations.
type linked struct {
	*Document
	source string
	of     func(int) int // bytes to units
	items  []annotationLD
	ids    map[place]string  // of the annotation at a place
	first  map[string]string // by entity: the annotation of its first mention
	noted  map[place][]annotate.Remark
}

func newLinked(d *Document, utf16 bool) *linked {
	out := &linked{Document: d, of: NewPoints(d.Text).Of, ids: map[place]string{}, first: map[string]string{}, noted: remarksOf(d.Layer)}
	if utf16 {
		out.of = NewUnits(d.Text).Of
	}
	out.source = addressOf(d.Article)
	return out
}

// addressOf returns the address of an article: its source where that is one on the web,
// else a name made of its ID.
func addressOf(a *articles.Article) string {
	if strings.HasPrefix(a.Source, "http://") || strings.HasPrefix(a.Source, "https://") {
		return a.Source
	}
	return articleURN(a.ID)
}

// articleURN names an article that has no address: an UUID of its ID.
func articleURN(id string) string { return urn("article", id) }

// urn returns an UUID of version 5 (RFC 9562) made of parts, the same for the same.
func urn(parts ...string) string {
	return "urn:uuid:" + uuid.NewSHA1(uuid.NameSpaceOID, []byte(strings.Join(parts, "\x00"))).String()
}

func (w *linked) uuid(parts ...string) string {
	return urn(append([]string{"byline", w.ID}, parts...)...)
}

func (w *linked) all() {
	for i := range w.Layer.Entities {
		e := &w.Layer.Entities[i]
		for k := range e.Mentions {
			if alive(e.Mentions[k]) {
				w.mention(e, &e.Mentions[k], k)
			}
		}
	}
	for i := range w.Layer.Quotes {
		if q := &w.Layer.Quotes[i]; q.State != annotate.Rejected {
			w.quote(q, i)
		}
	}
}

// add appends an annotation of span s with bodies, and what was noted there.
func (w *linked) add(k annotate.Kind, s articles.Span, id string, by stands, bodies ...bodyLD) {
	a := annotationLD{ID: id, Type: "Annotation", Motivation: "tagging", Creator: w.creator(by), Body: bodies, Target: w.target(s)}
	if _, score := by.words(); a.Creator.Type == "Software" {
		a.Body = append(a.Body, textual(score, "assessing"))
	}
	at := place{k, s}
	for _, r := range w.noted[at] {
		purpose := "commenting"
		if r.Tag {
			purpose = "bookmarking"
		}
		a.Body = append(a.Body, textual(r.Text, purpose))
	}
	delete(w.noted, at) // of several claims at one place the first has them
	if w.ids[at] == "" {
		w.ids[at] = id
	}
	w.items = append(w.items, a)
}

func textual(value, purpose string) bodyLD {
	return bodyLD{Type: "TextualBody", Value: value, Purpose: purpose}
}

// creator is who stands behind a claim.
func (w *linked) creator(by stands) agentLD {
	if origin, _ := by.words(); origin == byHuman {
		name := w.Who
		if by.Human {
			name = cmp.Or(by.Stage, name)
		}
		return agentLD{"Person", cmp.Or(name, "somebody")}
	}
	return agentLD{"Software", strings.TrimSpace("byline " + w.Layer.Engine)}
}

func (w *linked) mention(e *annotate.Entity, m *annotate.Mention, n int) {
	id := w.uuid("mention", e.ID, strconv.Itoa(n))
	bodies := []bodyLD{textual(string(e.Type), "tagging"),
		{Type: "SpecificResource", Source: w.uuid("entity", e.ID), Purpose: "identifying"}, textual(e.Name, "identifying")}
	if m.Form != annotate.Name {
		bodies = append(bodies, textual(string(m.Form), "classifying"))
	}
	if w.first[e.ID] == "" {
		w.first[e.ID] = id
	}
	w.add(annotate.OfMention, m.Span, id, stands{m.State, m.Origin}, bodies...)
}

func (w *linked) quote(q *annotate.Quote, n int) {
	id := w.uuid("quote", strconv.Itoa(n))
	by := stands{q.State, q.Origin}
	w.add(annotate.OfQuote, q.Span, id, by, textual("quote", "tagging"), textual(string(q.Type), "classifying"))
	to := cmp.Or(w.ids[place{annotate.OfMention, q.SpeakerMention}], w.first[q.Speaker])
	if q.Speaker != "" && to != "" {
		w.link(id, to, "speaker", by)
	}
	if !q.Cue.Empty() {
		cue := w.uuid("cue", strconv.Itoa(n))
		w.items = append(w.items, annotationLD{ID: cue, Type: "Annotation", Motivation: "tagging", Creator: w.creator(by),
			Body: []bodyLD{textual("cue", "tagging")}, Target: w.target(q.Cue)})
		w.link(id, cue, "cue", by)
	}
}

// link appends an annotation that leads from one to another.
func (w *linked) link(from, to, as string, by stands) {
	w.items = append(w.items, annotationLD{ID: w.uuid("link", from, to), Type: "Annotation", Motivation: "linking", Creator: w.creator(by),
		Body: []bodyLD{textual(as, "tagging")}, Target: []string{from, to}})
}

func (w *linked) target(s articles.Span) targetLD {
	start, end := w.of(s.Start), w.of(s.End)
	return targetLD{w.source, []selectorLD{{Type: "TextPositionSelector", Start: &start, End: &end}, quoteSelector(w.Text, s)}}
}

// quoteSelector selects s by its words and what stands around them.
func quoteSelector(text string, s articles.Span) selectorLD {
	return selectorLD{Type: "TextQuoteSelector", Exact: s.In(text), Prefix: lastPoints(text[:s.Start], quoteContext), Suffix: firstPoints(text[s.End:], quoteContext)}
}

// firstPoints returns the first n code points of s.
func firstPoints(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}

// lastPoints returns the last n code points of s.
func lastPoints(s string, n int) string {
	at := len(s)
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
	}
	return s[at:]
}
