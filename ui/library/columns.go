package library

import (
	"fmt"
	"path"
	"strconv"

	"byline/annotate/library"
	"byline/articles/clean"
)

// A column of the list, right of the title.
type column struct {
	name  string
	width int // 0 for that of dates
	right bool
	rank  int // columns of a high rank give way first when the window is narrow
	ink   ink
	sort  sorting // what a click on its name sorts by; byTitle for nothing
	text  func(s *Screen, e *library.Entry) string
}

var tableColumns = []column{
	{"publication", 16, false, 7, dim, byTitle, func(_ *Screen, e *library.Entry) string { return clean.Line(e.Site) }},
	{"date", 0, true, 5, dim, byDate, func(s *Screen, e *library.Entry) string { return s.day(e) }},
	{"min", 3, true, 0, dim, byLength, func(_ *Screen, e *library.Entry) string { return minutes(e.Minutes()) }},
	{"read", 4, true, 1, dim, byProgress, func(_ *Screen, e *library.Entry) string { return percent(e.Progress) }},
	{"people", 6, true, 2, person, byTitle, func(_ *Screen, e *library.Entry) string { return count(e, e.Counts.People) }},
	{"orgs", 4, true, 3, organization, byTitle, func(_ *Screen, e *library.Entry) string { return count(e, e.Counts.Organizations) }},
	{"quotes", 6, true, 4, quote, byQuotes, func(_ *Screen, e *library.Entry) string { return count(e, e.Counts.Quotes) }},
	{"reviewed", 8, true, 6, dim, byReviewed, func(_ *Screen, e *library.Entry) string { return percent(reviewed(e)) }},
}

// gap is the cells between two columns.
const gap = 2

// wide returns the width of c in cells.
func (s *Screen) wide(c *column) int {
	if c.width == 0 {
		return s.dates.width
	}
	return c.width
}

// fitting returns the columns of a list of that width that leave the title as much as
// it needs at least, and what they leave it.
func (s *Screen) fitting(width, least int) (cols []column, title int) {
	for most := len(tableColumns); ; most-- {
		cols, title = nil, width-4
		for _, c := range tableColumns {
			if c.rank < most {
				cols = append(cols, c)
				title -= s.wide(&c) + gap
			}
		}
		if most == 0 || title >= least {
			return cols, max(0, title)
		}
	}
}

// heading returns the name of a column: that of dates has the ones that the list is
// sorted by.
func (s *Screen) heading(c *column) string {
	if c.width == 0 && s.show.sort == byOpened {
		return s.show.sort.String()
	}
	return c.name
}

// day returns the date of e: of its publication, or the one that the list is sorted by.
func (s *Screen) day(e *library.Entry) string {
	if s.show.sort == byOpened {
		return s.dates.day(e.Opened.Local())
	}
	return s.dates.day(e.Date)
}

// title returns the title of e, fit to draw; the name of its source where it has none.
func title(e *library.Entry) string {
	if t := clean.Line(e.Title); t != "" {
		return t
	}
	return "(" + clean.Line(path.Base(e.Source)) + ")"
}

// minutes shows a length of three cells at most, in hours where it is long.
func minutes(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return strconv.Itoa(min(n/60, 99)) + "h"
}

// count shows n once the article is annotated.
func count(e *library.Entry, n int) string {
	if !e.Annotated {
		return "…"
	}
	return strconv.Itoa(n)
}

// percent shows a share. Only what is whole is 100 %, and only what is nothing is not
// there.
func percent(share float64) string {
	switch {
	case share <= 0:
		return "–"
	case share >= 1:
		return "100%"
	}
	return fmt.Sprintf("%d%%", min(99, max(1, int(share*100+.5))))
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
