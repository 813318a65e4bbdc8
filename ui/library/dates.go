package library

import (
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
)

// dates writes times as people say them.
type dates struct {
	layout string // with the year
	brief  string // without; the same where the layout begins with it
	width  int    // cells that each of them fits in
	now    func() time.Time
}

func newDates(layout string, now func() time.Time) dates {
	d := dates{layout: layout, brief: layout, width: len("yesterday"), now: now}
	for _, year := range []string{", 2006", " 2006"} {
		if brief, ok := strings.CutSuffix(layout, year); ok {
			d.brief = brief
			break
		}
	}
	for m := time.January; m <= time.December; m++ {
		d.width = max(d.width, ansi.StringWidth(time.Date(2026, m, 28, 0, 0, 0, 0, time.UTC).Format(layout)))
	}
	return d
}

// day returns the day of t: today, yesterday, one of this year, or any other with its
// year. The calendar is that of t.
func (d dates) day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	now := d.now()
	switch {
	case sameDay(t, now):
		return "today"
	case sameDay(t, now.AddDate(0, 0, -1)):
		return "yesterday"
	case t.Year() == now.Year():
		return t.Format(d.brief)
	}
	return t.Format(d.layout)
}

func sameDay(a, b time.Time) bool {
	return a.Year() == b.Year() && a.YearDay() == b.YearDay()
}

// long returns the day of t with its year.
func (d dates) long(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(d.layout)
}
