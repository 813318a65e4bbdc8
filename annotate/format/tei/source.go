package tei

import (
	"cmp"
	"encoding/xml"
	"slices"
	"strings"

	"byline/annotate/format/standoff"
	"byline/articles"
)

// metadata are what the header says of the document.
type metadata struct {
	title, id, source string
	own               bool // byline wrote the file
	published         standoff.Credits
	authors           []string
}

// startSource reads what elements of the header say of the source by their attributes.
func (r *reader) startSource(e *xml.StartElement) {
	if !r.inside("sourceDesc") && !r.inside("publicationStmt") {
		return
	}
	when := standoff.Credit(attributeOf(e, "when"))
	switch name := e.Name.Local; {
	case name == "ref" && r.inside("sourceDesc"):
		r.source = attributeOf(e, "target")
	case name == "textLang":
		r.published.Language = standoff.Credit(attributeOf(e, "mainLang"))
	case name == "date" && attributeOf(e, "type") == "updated":
		r.published.Updated = when
	case name == "date" && (r.inside("sourceDesc") && when != "" || r.published.Published == ""): // of the source, else of the file
		r.published.Published = when
	}
}

// endName reads the name of who is responsible for what refers to an ID: byline, or somebody who decided. It returns
// false if it is the name of somebody else.
func (r *reader) endName(id, words string) bool {
	switch {
	case id == "byline":
		r.engine = standoff.EngineOf(words)
	case strings.HasPrefix(id, humanID):
		r.people[id] = words
	default:
		return false
	}
	return true
}

// endSource reads the words of elements of the header that say something of the source.
func (r *reader) endSource(e *xml.StartElement, words string) {
	switch name := e.Name.Local; {
	case name == "p" && attributeOf(e, "id") == "article":
		r.id = words
	case words == "":
	case name == "name" && r.endName(r.ancestorID(1), words):
	case name == "publisher" && (r.inside("sourceDesc") || r.published.Site == ""):
		r.published.Site = standoff.Credit(words)
	case name == "biblScope" && attributeOf(e, "unit") == "section":
		r.published.Section = standoff.Credit(words)
	case name == "author" || nameTypes[name] != "" && r.inside("author"):
		if !slices.Contains(r.authors, words) {
			r.authors = append(r.authors, words)
		}
	}
}

// credit sets what the header says of the article.
func (r *reader) credit(a *articles.Article) {
	c := r.published
	c.Author = standoff.Credit(articles.Byline(r.authors))
	c.URL = standoff.Credit(cmp.Or(a.Address(), string(c.URL)))
	c.Take(a)
}

// decider adds who decided on a claim, which byline's own files say.
func (r *reader) decider(e *xml.StartElement, id string) {
	name := r.people[targetOf(attributeOf(e, "resp"))]
	r.own = r.own || name != ""
	if name != standoff.Somebody {
		r.Say(id, "Decider", name)
	}
}
