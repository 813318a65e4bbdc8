package ui

import (
	"cmp"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"byline/articles"
)

// Dates format days the way people write them.
type Dates struct {
	Layout string           // with the year, for [time.Time.Format]
	Now    func() time.Time // decides which day is today
}

// Day formats the day of t: today, yesterday, a day of this year, or any other day with its year;
// empty for the zero time. It uses the calendar of t's location.
func (d Dates) Day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	now := d.Now()
	switch {
	case sameDay(t, now):
		return "today"
	case sameDay(t, now.AddDate(0, 0, -1)):
		return "yesterday"
	case t.Year() == now.Year():
		return t.Format(d.shortLayout())
	}
	return t.Format(d.Layout)
}

// Of formats the day of a date as Day does, its month with the year, or its year: as much as its source says.
func (d Dates) Of(date articles.Date) string {
	switch date.Precision() {
	case articles.ToYear:
		return date.String()
	case articles.ToMonth:
		return date.Time().Format(d.monthLayout())
	}
	return d.Day(date.Time())
}

// monthLayout returns the layout without the day.
func (d Dates) monthLayout() string {
	for _, day := range []string{"-02", "2 ", " 2,"} {
		if i := strings.Index(d.Layout, day); i >= 0 {
			return d.Layout[:i] + d.Layout[i+len(day):]
		}
	}
	return d.Layout
}

// Width returns the width of the widest date in an extent, in cells; 0 if there is none.
func (d Dates) Width(x articles.Extent) int {
	n, layout, now := 0, "", d.Now()
	recent := false // the last of them is not before yesterday, so that others can be yesterday
	switch x.Vague.Precision() {
	case articles.ToYear:
		n = len("2006")
	case articles.ToMonth:
		n = widest(d.monthLayout())
	}
	for _, day := range []articles.Date{x.First, x.Last} {
		t := day.Time()
		recent = recent || !t.IsZero() && (t.After(now) || sameDay(t, now) || sameDay(t, now.AddDate(0, 0, -1)))
		switch day := d.Day(t); {
		case day == "", day == "today", day == "yesterday":
		case t.Year() != now.Year():
			layout = d.Layout
		default:
			layout = cmp.Or(layout, d.shortLayout())
		}
		n = max(n, ansi.StringWidth(d.Day(t)))
	}
	if layout == "" {
		return n
	}
	if recent {
		n = max(n, len("yesterday"))
	}
	return max(n, widest(layout))
}

// widest returns the width of a layout with the longest month.
func widest(layout string) (n int) {
	for m := time.January; m <= time.December; m++ {
		n = max(n, ansi.StringWidth(time.Date(2026, m, 28, 0, 0, 0, 0, time.UTC).Format(layout)))
	}
	return n
}

// shortLayout returns the layout without the year; unchanged if it starts with the year.
func (d Dates) shortLayout() string {
	for _, year := range []string{", 2006", " 2006"} {
		if brief, ok := strings.CutSuffix(d.Layout, year); ok {
			return brief
		}
	}
	return d.Layout
}

func sameDay(a, b time.Time) bool { return a.Year() == b.Year() && a.YearDay() == b.YearDay() }
