package library

import (
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"byline/annotate/library"
	"byline/articles/clean"
	"byline/ui"
	"byline/ui/columns"
	"byline/ui/library/catalog"
)

// A column of the list, right of the title.
type column struct {
	name  string
	width int // 0 if it depends on what is listed, see widths
	right bool
	rank  int // columns of a high rank are dropped first in a narrow window
	part  part
	sort  catalog.Sorting // what a click on its name sorts by; ByTitle if nothing
	text  func(p *page, e *library.Entry) string
	dated bool // it holds the date that the list is sorted by, if any
}

var tableColumns = []column{
	{"publication", 0, false, 7, dim, catalog.ByTitle, func(_ *page, e *library.Entry) string { return clean.Line(e.Site) }, false},
	{"date", 0, true, 5, dim, catalog.ByDate, func(p *page, e *library.Entry) string { return p.day(e) }, true},
	{"min", 3, true, 0, dim, catalog.ByLength, func(_ *page, e *library.Entry) string { return formatMinutes(e.Minutes()) }, false},
	{"read", 4, true, 1, dim, catalog.ByProgress, func(_ *page, e *library.Entry) string { return percent(e.Read()) }, false},
	{"people", 6, true, 2, person, catalog.ByTitle, func(_ *page, e *library.Entry) string { return count(e, e.Counts.People) }, false},
	{"orgs", 4, true, 3, organization, catalog.ByTitle, func(_ *page, e *library.Entry) string { return count(e, e.Counts.Organizations) }, false},
	{"quotes", 6, true, 4, quote, catalog.ByQuotes, func(_ *page, e *library.Entry) string { return count(e, e.Counts.Quotes) }, false},
	{"reviewed", 8, true, 6, dim, catalog.ByReviewed, func(_ *page, e *library.Entry) string { return percent(e.Reviewed()) }, false},
}

// widths returns the columns for a list of that width, without those that would be empty.
func widths(in int, x catalog.Extent, by catalog.Sorting, d ui.Dates) []column {
	days := x.Date
	if by == catalog.ByOpened {
		days = x.Opened
	}
	var out []column
	for _, c := range tableColumns {
		switch {
		case c.sort == catalog.ByProgress && !x.Read, c.sort == catalog.ByReviewed && !x.Reviewed:
			continue
		case c.dated:
			if c.width = d.Width(days); c.width > 0 {
				c.width = max(c.width, len(c.name))
			}
		case c.width == 0 && x.Site > 0:
			c.width = max(len(c.name), min(x.Site, max(16, (in-60)/3)))
		}
		if c.width > 0 {
			out = append(out, c)
		}
	}
	return out
}

// gap is the cells between two columns.
const gap = 2

// heading returns the name of a column. The date column is named after the date that the list is
// sorted by.
func (p *page) heading(c *column) string {
	if by := p.catalog.Arrangement().Sort; c.dated && by == catalog.ByOpened {
		return by.String()
	}
	return c.name
}

// sorts reports whether the list is sorted by this column.
func (p *page) sorts(c *column) bool {
	by := p.catalog.Arrangement().Sort
	return c.sort == by && c.sort != catalog.ByTitle || c.dated && by == catalog.ByOpened
}

// day returns the date of e: of publication, or the one that the list is sorted by.
func (p *page) day(e *library.Entry) string {
	if p.catalog.Arrangement().Sort == catalog.ByOpened {
		return p.dates.Day(e.Opened.In(p.dates.Now().Location()))
	}
	return p.dates.Of(e.Date)
}

// asides returns what is shown of e after its title, if anything: "being annotated #press #local".
func asides(e *library.Entry) string {
	var out []string
	if e.Attempt != library.NoAttempt {
		out = append(out, e.Attempt.String())
	}
	for _, t := range e.Tags {
		out = append(out, "#"+clean.Line(t))
	}
	return strings.Join(out, " ")
}

// peopleOf returns to whom hits are assigned, sorted.
func peopleOf(hits []library.Hit) []string {
	var out []string
	for i := range hits {
		for _, h := range hits[i].Hands {
			out = append(out, h.Who)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// The signs of whether somebody has an article and is done with it; a blank for who does not have it.
const (
	handDone = "✓"
	handOpen = "○"
)

// handSign returns the sign of a person in a hit: done is who is so in all sets of it.
func handSign(h *library.Hit, who string) string {
	sign := ""
	for _, x := range h.Hands {
		switch {
		case x.Who != who:
		case !x.Done:
			return handOpen
		default:
			sign = handDone
		}
	}
	return sign
}

// The cells of a person's column, without the gap.
const (
	leastHand = 2
	mostHand  = 8
)

// hands returns the columns of people in a list of hits that takes half its width at most: their short names, each once, of a width,
// and how many people have no column.
func (p *page) hands() (names []string, width, more int) {
	all, room := p.people, p.listWidth/2
	if len(all) == 0 || p.narrow() || !p.search.on {
		return nil, 0, 0
	}
	width = min(mostHand, max(leastHand, room/len(all)-1))
	longest := 0
	for _, who := range all {
		longest = max(longest, columns.Width(clean.Line(who), p.look.method))
	}
	width = max(leastHand, min(width, longest))
	n := min(len(all), max(1, room/(width+1)))
	return shortNames(all[:n], width, p.look.method), width, len(all) - n
}

// shortNames cuts names to a width. Of those that are alike then, the end is a number.
func shortNames(names []string, width int, method ansi.Method) []string {
	cut := func(s string, width int) string { return ansi.Truncate(clean.Line(s), width, "") }
	times := map[string]int{}
	for _, s := range names {
		times[cut(s, width)]++
	}
	out := make([]string, len(names))
	number := map[string]int{}
	for i, s := range names {
		if out[i] = cut(s, width); times[out[i]] < 2 {
			continue
		}
		head := cut(s, width-1)
		number[head]++
		out[i] = cut(head+strconv.Itoa(number[head]), width)
	}
	return out
}

// handCells draws a cell for each of the people that have a column: what of says.
func (p *page) handCells(width, n int, of func(i int) string) string {
	out := ""
	for i := range n {
		out += " " + columns.Fit(of(i), width, p.look.method)
	}
	return out
}

// handWords says in at most width cells who has a hit: "ann ✓  bob ○".
func (p *page) handWords(h *library.Hit, width int) string {
	words := func(names []string) string {
		var parts []string
		for i, who := range p.people {
			if sign := handSign(h, who); sign != "" {
				parts = append(parts, clean.Line(names[i])+" "+sign)
			}
		}
		return strings.Join(parts, "  ")
	}
	all := words(p.people)
	if columns.Width(all, p.look.method) > width {
		const beside = 4 // blanks and sign
		all = words(shortNames(p.people, max(leastHand, (width+2)/len(p.people)-beside), p.look.method))
	}
	return columns.Cut(all, width, p.look.method)
}
