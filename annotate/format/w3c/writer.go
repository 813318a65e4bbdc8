package w3c

import (
	"cmp"
	"io"
	"strconv"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/escape"
	"byline/annotate/format/offsets"
	"byline/annotate/format/standoff"
	"byline/articles"
)

const (
	annoContext  = "http://www.w3.org/ns/anno.jsonld"
	quoteContext = 32 // code points before and after a quoted selection
)

// write writes a collection of one page about a text file. A mention is an annotation
// tagged with its type and identified with its entity, a quote one tagged "quote" and
// with its type. Linking annotations lead from a quote to each speaker, to words that name it and are no mention, and to its cue.
// Offsets are code points, as the specification prescribes, or UTF-16 code units, as most
// programs expect, if the options say so.
func write(w io.Writer, d *format.Document, o format.Options) error {
	count := newWriter(d, o.UTF16)
	count.writeAll()
	out := newWriter(d, o.UTF16)
	c := collectionLD{Context: annoContext, ID: out.uuid("collection"), Type: "AnnotationCollection",
		Label: cmp.Or(d.Title, d.ID), Total: count.n}
	c.About = sourceOfDocument(out)
	c.First = pageLD{ID: out.uuid("page"), Type: "AnnotationPage", PartOf: c.ID, Items: []annotationLD{}}
	out.to = escape.NewList(w, c, "items", true, 2)
	out.writeAll()
	return out.to.Close()
}

// put writes an annotation, or counts it where nothing is written to. It reports whether more are of use.
func (w *writer) put(a annotationLD) bool {
	w.n++
	return w.to == nil || w.to.Put(a)
}

// sourceOfDocument returns what is known of the article, or nil.
func sourceOfDocument(w *writer) *sourceLD {
	known := false
	standoff.CreditsOf(w.Article).Each(func(_, _ string) { known = true })
	if !known {
		return nil
	}
	return &sourceLD{ID: w.source, Title: w.Title, URL: w.Address(), Authors: w.Bylines(), Site: w.Site, Section: w.Section,
		Published: w.Date.String(), Updated: w.Updated.String(), Language: w.Language}
}

// A writer makes annotations of a document.
type writer struct {
	*format.Document
	source string
	of     func(int) int              // converts bytes to units
	to     *escape.List               // nil to count
	n      int                        // annotations
	ids    map[standoff.Naming]string // annotations of mentions
	noted  standoff.Remarks

	deciders *format.Deciders
}

func newWriter(d *format.Document, utf16 bool) *writer {
	out := &writer{Document: d, of: offsets.NewPoints(d.Text).Of, ids: map[standoff.Naming]string{}, noted: standoff.RemarksOf(d.Layer), deciders: d.Deciders()}
	if utf16 {
		out.of = offsets.NewUnits(d.Text).Of
	}
	out.source = standoff.Address(d.Article)
	return out
}

func (w *writer) uuid(parts ...string) string {
	return standoff.URN(append([]string{"byline", w.ID}, parts...)...)
}

func (w *writer) writeAll() {
	for i := range w.Layer.Entities {
		e := &w.Layer.Entities[i]
		for k := range e.Mentions {
			if standoff.Alive(e.Mentions[k]) && !w.mention(e, &e.Mentions[k], k) {
				return
			}
		}
	}
	for i := range w.Layer.Quotes {
		if q := w.Layer.Quotes[i]; q.State != annotate.Rejected {
			w.quote(q, i)
		}
	}
	for i, r := range w.Layer.Passages() {
		w.passage(&r, i)
	}
}

// passage appends a note, highlight or tag of a passage.
func (w *writer) passage(r *annotate.Remark, n int) {
	a := annotationLD{ID: w.uuid("passage", strconv.Itoa(n)), Type: "Annotation", Motivation: "commenting", Target: w.target(r.Span),
		Creator: agentLD{"Person", cmp.Or(r.Who, w.Who, standoff.Somebody)}, Body: []bodyLD{textual(r.Text, "commenting")}}
	switch {
	case r.Highlights():
		a.Motivation, a.Body = highlighting, []bodyLD{}
	case r.Tag:
		a.Motivation, a.Body[0].Purpose = "bookmarking", "bookmarking"
	}
	w.put(a)
}

// highlighting is the motivation of a highlight.
const highlighting = "highlighting"

// add appends an annotation of span s with bodies and the remarks about it.
func (w *writer) add(k annotate.Kind, s articles.Span, id string, by standoff.Provenance, bodies ...bodyLD) bool {
	a := annotationLD{ID: id, Type: "Annotation", Motivation: "tagging", Creator: w.creator(k, s, by), Body: bodies, Target: w.target(s)}
	if _, score := by.Words(); a.Creator.Type == "Software" && score != "" {
		a.Body = append(a.Body, textual(score, "assessing"))
	}
	for _, r := range w.noted.Take(k, s) {
		purpose := "commenting"
		if r.Tag {
			purpose = "bookmarking"
		}
		a.Body = append(a.Body, textual(r.Text, purpose))
	}
	return w.put(a)
}

func textual(value, purpose string) bodyLD {
	return bodyLD{Type: "TextualBody", Value: value, Purpose: purpose}
}

// creator returns who made the claim on a span.
func (w *writer) creator(k annotate.Kind, s articles.Span, by standoff.Provenance) agentLD {
	if origin, _ := by.Words(); origin == standoff.Human {
		return agentLD{"Person", cmp.Or(w.deciders.Name(k, s, by.Origin), standoff.Somebody)}
	}
	return agentLD{"Software", standoff.Signed(w.Layer)}
}

// mention writes a mention, and reports whether more are of use.
func (w *writer) mention(e *annotate.Entity, m *annotate.Mention, n int) bool {
	id := w.uuid("mention", e.ID, strconv.Itoa(n))
	bodies := []bodyLD{textual(w.Spelled(e.Type), "tagging"),
		{Type: "SpecificResource", Source: w.uuid("entity", e.ID), Purpose: "identifying"}, textual(e.Name, "identifying")}
	if m.Form != annotate.Name {
		bodies = append(bodies, textual(string(m.Form), "classifying"))
	}
	if at := (standoff.Naming{Entity: e.ID, Span: m.Span}); w.ids[at] == "" {
		w.ids[at] = id
	}
	return w.add(annotate.OfMention, m.Span, id, standoff.By(m.State, m.Origin), bodies...)
}

func (w *writer) quote(q *annotate.Quote, n int) {
	id := w.uuid("quote", strconv.Itoa(n))
	by := standoff.By(q.State, q.Origin)
	w.add(annotate.OfQuote, q.Span, id, by, textual("quote", "tagging"), textual(string(q.Type), "classifying"))
	creator := w.creator(annotate.OfQuote, q.Span, by)
	speakers := standoff.Speakers(w.Layer, q, w.Text)
	for _, s := range speakers {
		as := linkSpeaker
		if s.Relation == standoff.SpeakerEntity {
			as = linkEntity
		}
		w.link(id, w.ids[s.Naming()], as, creator)
	}
	w.part(id, linkWords, n, standoff.SpeakerWords(q, speakers), creator)
	w.part(id, linkCue, n, q.Cue, creator)
}

// What links say of a quote: its speaker, named by that mention or not, words that name it and are no mention, its cue.
// Annotations of the last two are tagged with the same.
const (
	linkSpeaker = "speaker"
	linkEntity  = "speaker entity"
	linkWords   = "speaker mention"
	linkCue     = "cue"
)

// part appends an annotation of a part of the n-th quote, which has an ID, and the link to it, unless the part is empty.
func (w *writer) part(quote, as string, n int, at articles.Span, creator agentLD) {
	if at.Empty() {
		return
	}
	id := w.uuid(as, strconv.Itoa(n))
	w.put(annotationLD{ID: id, Type: "Annotation", Motivation: "tagging", Creator: creator,
		Body: []bodyLD{textual(as, "tagging")}, Target: w.target(at)})
	w.link(quote, id, as, creator)
}

// link appends an annotation that links two others.
func (w *writer) link(from, to, as string, creator agentLD) {
	w.put(annotationLD{ID: w.uuid("link", from, to), Type: "Annotation", Motivation: "linking", Creator: creator,
		Body: []bodyLD{textual(as, "tagging")}, Target: []string{from, to}})
}

func (w *writer) target(s articles.Span) targetLD {
	start, end := w.of(s.Start), w.of(s.End)
	return targetLD{w.source, []selectorLD{{Type: "TextPositionSelector", Start: &start, End: &end}, quoteSelector(w.Text, s)}}
}

// quoteSelector selects s by its words and the text around them.
func quoteSelector(text string, s articles.Span) selectorLD {
	return selectorLD{Type: "TextQuoteSelector", Exact: s.In(text), Prefix: lastPoints(text[:s.Start], quoteContext), Suffix: offsets.First(text[s.End:], quoteContext)}
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
