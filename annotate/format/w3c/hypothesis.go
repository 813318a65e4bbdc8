package w3c

import (
	"io"
	"strings"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/escape"
	"byline/annotate/format/offsets"
	"byline/annotate/format/standoff"
	"byline/articles"
)

// A hypothesisRow is an annotation in the API of Hypothes.is.
type hypothesisRow struct {
	User        string            `json:"user"`
	URI         string            `json:"uri"`
	Text        string            `json:"text"`
	Tags        []string          `json:"tags"`
	Group       string            `json:"group"`
	Permissions hypothesisReaders `json:"permissions"`
	Document    hypothesisPage    `json:"document"`
	Target      []targetLD        `json:"target"`
}

type (
	hypothesisReaders struct {
		Read []string `json:"read"`
	}
	hypothesisPage struct {
		Title []string            `json:"title"`
		DC    map[string][]string `json:"dc,omitempty"` // what a page says of itself by the Dublin Core
	}
)

// writeHypothesis writes the annotations of an article as the client exports them. Tags give the type, the entity
// ("entity:e1 Marta Quill"), the type of a quote and its speakers ("speaker:e1"). Offsets
// are UTF-16 code units of the text file. An article from the web has none, because its
// page has others: its annotations are found by their words and the text around them.
func writeHypothesis(w io.Writer, d *format.Document, o format.Options) error {
	h := &hypothesisWriter{writer: newWriter(d, true), loss: o.Loss, web: strings.HasPrefix(standoff.Address(d.Article), "http")}
	h.page = pageOf(d.Article)
	h.rows = escape.NewList(w, struct {
		Version string          `json:"client_version"`
		Rows    []hypothesisRow `json:"annotations"`
	}{standoff.Signed(d.Layer), []hypothesisRow{}}, "annotations", true, 1)
	for e, m := range d.Layer.Mentions() {
		if standoff.Alive(*m) && !h.row(annotate.OfMention, m.Span, standoff.By(m.State, m.Origin), h.Spelled(e.Type), strings.TrimSpace("entity:"+e.ID+" "+e.Name), formTag(m.Form)) {
			break
		}
	}
	for _, q := range d.Layer.Quotes {
		if q.State == annotate.Rejected {
			continue
		}
		tags := []string{"quote", string(q.Type)}
		speakers := standoff.Speakers(d.Layer, q, d.Text)
		for _, s := range speakers {
			tags = append(tags, "speaker:"+s.ID)
		}
		if !standoff.SpeakerPlace(q, speakers).Empty() {
			o.Loss.Add(1, "places where speakers are named: Hypothesis has no field for them")
		}
		if !q.Cue.Empty() {
			o.Loss.Add(1, "cues: Hypothesis has no field for them")
		}
		if !h.row(annotate.OfQuote, q.Span, standoff.By(q.State, q.Origin), tags...) {
			break
		}
	}
	return h.rows.Close()
}

// pageOf returns what is known of an article, under the names that the client has for what pages say of themselves.
func pageOf(a *articles.Article) hypothesisPage {
	p := hypothesisPage{Title: []string{a.Title}, DC: map[string][]string{}}
	if who := a.Bylines(); len(who) > 0 {
		p.DC["creator"] = who
	}
	for _, x := range dublinCore {
		if value := x.of(a); value != "" {
			p.DC[x.name] = []string{value}
		}
	}
	return p
}

// dublinCore are the fields of an article with one value, by the names of the Dublin Core.
var dublinCore = []struct {
	name string
	of   func(*articles.Article) string
}{
	{"identifier", (*articles.Article).Address}, {"publisher", func(a *articles.Article) string { return a.Site }},
	{"date.issued", func(a *articles.Article) string { return a.Date.String() }}, {"date.modified", func(a *articles.Article) string { return a.Updated.String() }},
	{"language", func(a *articles.Article) string { return a.Language }}, {"ispartof", func(a *articles.Article) string { return a.Section }},
}

func formTag(f annotate.Form) string {
	if f == annotate.Name {
		return ""
	}
	return string(f)
}

type hypothesisWriter struct {
	*writer
	web  bool
	page hypothesisPage
	loss *format.Loss
	rows *escape.List
}

// longestTag is the longest tag that the API accepts, in code points.
const longestTag = 1000

// row writes a row, and reports whether more are of use.
func (h *hypothesisWriter) row(k annotate.Kind, s articles.Span, by standoff.Provenance, tags ...string) bool {
	agent := h.creator(k, s, by)
	if agent.Type != "Software" && userName(agent.Name) != agent.Name {
		h.loss.AddSuch("names of people that are no user names of Hypothesis", agent.Name)
	}
	r := hypothesisRow{URI: h.source, Group: "__world__", Document: h.page, Tags: []string{},
		User: "acct:" + userName(agent.Name) + "@byline", Permissions: hypothesisReaders{[]string{"group:__world__"}}}
	if agent.Type == "Software" {
		_, score := by.Words()
		tags = append(tags, "suggestion:"+score)
	}
	for _, t := range tags {
		if t != "" {
			r.Tags = append(r.Tags, offsets.First(t, longestTag))
		}
	}
	var notes []string
	for _, m := range h.noted.Take(k, s) {
		if m.Tag {
			r.Tags = append(r.Tags, offsets.First(m.Text, longestTag))
			continue
		}
		notes = append(notes, m.Text)
	}
	h.loss.Add(max(0, len(notes)-1), "further notes: an annotation has one text, in which they follow each other")
	r.Text = strings.Join(notes, "; ")
	t := h.target(s)
	if h.web {
		t.Selector = t.Selector[1:]
	}
	r.Target = []targetLD{t}
	return h.rows.Put(r)
}

// userName returns a user name for a name: ASCII letters, digits, dots and underscores.
func userName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf && (r == '.' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z') {
			return r
		}
		return '_'
	}, name)
	if len(name) < 3 {
		name += strings.Repeat("_", 3-len(name))
	}
	return name[:min(len(name), 30)]
}
