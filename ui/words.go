package ui

import (
	"fmt"
	"image/color"
	"strings"
	"time"

	"byline/annotate"
	"byline/articles"
	"byline/ui/theme"
)

// KindOf returns the kind of mark that names of type typ have.
func KindOf(typ annotate.Type) theme.Kind {
	switch typ {
	case annotate.Person:
		return theme.Person
	case annotate.Organization:
		return theme.Organization
	case annotate.Place:
		return theme.Place
	case annotate.Other:
		return theme.Other
	}
	return theme.Own
}

// KindColor returns the colour of names of type typ.
func KindColor(th *theme.Theme, typ annotate.Type) color.Color {
	return th.Mark(KindOf(typ), theme.Suggested).Fg
}

// Articles returns a number of articles in words: "1 article", "12 articles".
func Articles(n int) string {
	if n == 1 {
		return "1 article"
	}
	return fmt.Sprintf("%d articles", n)
}

// NewArticles returns a number of new articles in words: "No new articles", "1 new article".
func NewArticles(n int) string {
	switch n {
	case 0:
		return "No new articles"
	case 1:
		return "1 new article"
	}
	return fmt.Sprintf("%d new articles", n)
}

// Quoted returns words between quotation marks; marks within them become single ones.
func Quoted(words string) string { return "“" + inner.Replace(words) + "”" }

var inner = strings.NewReplacer("“", "‘", "”", "’")

// Minute returns a time to the minute, as it is in a zone: see [articles.Moment]; "never" for the zero time.
func Minute(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return "never"
	}
	return articles.Moment(t, "2006-01-02 15:04", zone)
}
