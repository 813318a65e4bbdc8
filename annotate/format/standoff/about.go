package standoff

import (
	"fmt"
	"io"
	"strings"

	"byline/annotate/format"
	"byline/articles"
	"byline/articles/clean"
)

// About is the companion of formats that have no place for what is known of an article: lines such as
// "published: 2026-03-09" with its title, its ID, its source and its [Credits]. It is not written where only
// the ID is known.
var About = format.Companion{Extension: ".meta", Optional: true, NewWriter: func(w io.Writer, _ []byte) format.Writer { return aboutWriter{w} }}

type aboutWriter struct{ to io.Writer }

func (w aboutWriter) Write(d *format.Document) error {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, strings.Join(strings.Fields(clean.Line(value)), " "))
		}
	}
	line("title", d.Title)
	line("source", d.Source)
	CreditsOf(d.Article).Each(line)
	if b.Len() > 0 {
		line("id", d.ID)
	}
	_, err := io.WriteString(w.to, b.String())
	return err
}

func (w aboutWriter) Close() error { return nil }

// ReadAbout sets what a file of [About] says of an article.
func ReadAbout(text string, a *articles.Article) {
	var c Credits
	for line := range strings.Lines(text) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch {
		case value == "":
		case name == "title":
			a.Title = value
		case name == "source":
			a.Source = value
		case name == "id":
			a.ID = value
		default:
			c.Set(name, value)
		}
	}
	c.Take(a)
}
