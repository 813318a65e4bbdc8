package library

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"byline/annotate/library"
)

// formatMinutes formats a reading time in at most three cells, in hours if it is long.
func formatMinutes(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return strconv.Itoa(min(n/60, 99)) + "h"
}

// count formats n, or an ellipsis until the article is annotated.
func count(e *library.Entry, n int) string {
	if !e.Annotated {
		return "…"
	}
	return strconv.Itoa(n)
}

// percent formats a share. Only the whole is 100 %, and only nothing is a dash.
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

func people(n int) string {
	if n == 1 {
		return "1 person"
	}
	return fmt.Sprintf("%d people", n)
}

// dates formats days the way people write them.
type dates struct {
	layout string // with the year
	now    func() time.Time
}

// width returns the width of the widest day, in cells.
func (d dates) width() int {
	n := len("yesterday")
	for m := time.January; m <= time.December; m++ {
		n = max(n, ansi.StringWidth(time.Date(2026, m, 28, 0, 0, 0, 0, time.UTC).Format(d.layout)))
	}
	return n
}

// shortLayout returns the layout without the year; unchanged if it starts with the year.
func (d dates) shortLayout() string {
	for _, year := range []string{", 2006", " 2006"} {
		if brief, ok := strings.CutSuffix(d.layout, year); ok {
			return brief
		}
	}
	return d.layout
}

// day formats the day of t: today, yesterday, a day of this year, or any other day with its year.
// It uses the calendar of t's location.
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
		return t.Format(d.shortLayout())
	}
	return t.Format(d.layout)
}

func sameDay(a, b time.Time) bool {
	return a.Year() == b.Year() && a.YearDay() == b.YearDay()
}

// formatLong formats the day of t with its year.
func (d dates) formatLong(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(d.layout)
}
