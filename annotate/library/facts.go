package library

import (
	"fmt"
	"strings"
	"time"

	"byline/articles"
)

// A Fact is something that is known of an article, with its name.
type Fact struct{ Name, Text string }

// Facts returns what is known of the article a and its entry, the publication first; what is not known is left out. The text may
// hold anything that the publication put there. When it was added is told as it is in a zone.
func Facts(a *articles.Article, e *Entry, zone *time.Location) []Fact {
	var out []Fact
	add := func(name, text string) {
		if text != "" {
			out = append(out, Fact{name, text})
		}
	}
	add("Site", a.Site)
	add("Address", a.Address())
	switch who := a.People(); {
	case len(who) == 1:
		add("Author", who[0])
	default:
		add("Authors", strings.Join(who, ", "))
	}
	add("Agencies", strings.Join(a.Agencies, ", "))
	add("Section", a.Section)
	add("Published", momentOf(a.Date))
	add("Updated", momentOf(a.Updated))
	add("Language", a.Language)
	minutes := "minutes"
	if e.Minutes() == 1 {
		minutes = "minute"
	}
	add("Length", fmt.Sprintf("%d words, %d %s", e.Words, e.Minutes(), minutes))
	add("Format", string(a.Format))
	add("Added", articles.Moment(e.Added, "2 January 2006, 15:04", zone))
	if a.Source != a.Address() {
		add("From", a.Source)
	}
	if e.Version > 1 {
		add("Version", fmt.Sprintf("%d, V shows what changed", e.Version))
	}
	add("Tags", strings.Join(e.Tags, ", "))
	return out
}

// momentOf writes a year, a month or a day, and the time of day if it is known.
func momentOf(d articles.Date) string {
	if at := d.TimeOfDay(); at != "" {
		return d.Words() + ", " + at
	}
	return d.Words()
}
