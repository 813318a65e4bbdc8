package articles

import (
	"strings"
	"time"
)

// dayLayouts are the ways in which sources write dates, the most precise first.
var dayLayouts = []string{
	time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04 -0700", time.DateTime, "2006-01-02 15:04", time.DateOnly,
	time.RFC1123Z, time.RFC1123, "Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST", "2 Jan 2006 15:04:05 -0700",
	"2 January 2006", "January 2, 2006", "2 Jan 2006", "Jan 2, 2006", "2006/01/02", "20060102", "2006-01", "2006",
}

// Clock returns what a clock shows at t in t's own zone, as a time in UTC: the day of an article stays
// the day that its publication says.
func Clock(t time.Time) time.Time {
	_, offset := t.Zone()
	return t.Add(time.Duration(offset) * time.Second).UTC()
}

// ParseDate parses a date as sources write it, by their own clock, see [Clock]; it returns the zero time if s is not one.
// Numeric dates such as 3/4/2026, which mean different days in different countries, are not
// accepted.
func ParseDate(s string) time.Time {
	s = strings.TrimSpace(s)
	if i := strings.LastIndex(s, " ("); i > 0 && strings.HasSuffix(s, ")") {
		s = s[:i] // the name of the zone, after its number
	}
	for _, layout := range dayLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return Clock(t)
		}
	}
	return time.Time{}
}
