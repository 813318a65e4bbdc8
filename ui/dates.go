package ui

import (
	"cmp"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
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

// Width returns the width of the widest day between the first and the last of some days, in cells;
// 0 if all are unknown.
func (d Dates) Width(days func(yield func(time.Time) bool)) int {
	n, layout, now := 0, "", d.Now()
	recent := false // the last of them is not before yesterday, so that others can be yesterday
	for t := range days {
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
