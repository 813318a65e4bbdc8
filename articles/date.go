package articles

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// A Date is when something was published, as precisely as its source says and no more: a year, a month, a day, or a day with
// what the publication's clock showed, to the minute or the second, with the zone of that clock where the source names it. The
// zero Date is none.
//
// It is one number, so that dates can be compared, sorted and stored: the milliseconds from 1970 to its start, as its own clock
// shows them, as a whole number of seconds plus a form below 1000 that says how precise it is and which zone it has. Dates
// sort by what their clocks show, whatever the zones.
// Times of midnight are days: that is how programs write a day that have no place for one. A number of before there were forms
// is a day, or a time without a zone.
type Date int64

// A Precision says how much of a date its source told.
type Precision uint8

// The precisions of dates.
const (
	ToYear Precision = iota + 1
	ToMonth
	ToDay
	ToMinute
	ToSecond
)

// Forms of years and months, for those who ask a library for them.
const (
	FormYear  = 1
	FormMonth = 2
)

// Forms of dates, the last three digits of the number. Those with a zone count its distance from UTC from zoneLeast on, in
// steps of zoneStep.
const (
	formPlain      = 0 // a day; with a time of day, one to the second
	formMinute     = 3
	formEpoch      = 4 // formPlain of the first second of 1970, which would be no date
	formMinuteZone = 10
	formSecondZone = 500
	formEnd        = 1000

	zoneLeast = -14 * 60 // minutes
	zoneMost  = 14 * 60
	zoneStep  = 5
)

// Day returns the date of a day.
func Day(year int, month time.Month, day int) Date {
	return DateAt(time.Date(year, month, day, 0, 0, 0, 0, time.UTC), ToDay, "")
}

// DateAt returns the date of what a clock shows at t, in t's own zone, known with a precision. The zone is written as
// sources write it: "Z", "+01:00", "+0100", or a name that RFC 5322 knows, as "EST"; any other, and none, is unknown.
// It is nothing that t's own zone says: a time parsed without one has one all the same.
func DateAt(t time.Time, p Precision, zone string) Date {
	if t.IsZero() || t.Year() < 1 || t.Year() > 9999 {
		return 0
	}
	t = Clock(t)
	switch {
	case p == ToYear:
		return dateOf(time.Date(t.Year(), 1, 1, 0, 0, 0, 0, time.UTC), FormYear)
	case p == ToMonth:
		return dateOf(time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC), FormMonth)
	case p == ToMinute:
		t = t.Truncate(time.Minute)
	}
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	if p == ToDay || t.Unix() == day.Unix() {
		return dateOf(day, formPlain)
	}
	east, known := minutesEast(zone)
	switch {
	case known && p == ToMinute:
		return dateOf(t, formMinuteZone+(east-zoneLeast)/zoneStep)
	case known:
		return dateOf(t, formSecondZone+(east-zoneLeast)/zoneStep)
	case p == ToMinute:
		return dateOf(t, formMinute)
	}
	return dateOf(t, formPlain)
}

func dateOf(t time.Time, form int) Date {
	d := Date(t.Unix()*formEnd + int64(form))
	if d == 0 {
		return formEpoch
	}
	return d
}

// zoneNames are the minutes by which the zones of RFC 5322, section 4.3, are east of UTC. Other names mean different zones in
// different countries.
var zoneNames = map[string]int{"Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420}

// minutesEast returns the minutes by which a zone is east of UTC, if it is known and one that clocks have had.
func minutesEast(zone string) (int, bool) {
	zone = strings.ToUpper(strings.TrimSpace(zone))
	if east, ok := zoneNames[zone]; ok {
		return east, true
	}
	figures := strings.ReplaceAll(zone, ":", "")
	if len(figures) == 3 {
		figures += "00"
	}
	if len(figures) != 5 || figures[0] != '+' && figures[0] != '-' {
		return 0, false
	}
	n, err := strconv.ParseUint(figures[1:], 10, 16)
	east := int(n)/100*60 + int(n)%100
	if figures[0] == '-' {
		east = -east
	}
	return east, err == nil && n%100 < 60 && east%zoneStep == 0 && zoneLeast <= east && east <= zoneMost
}

// parts returns the second at which d starts, and its form.
func (d Date) parts() (second int64, form int) {
	if form = int(d % formEnd); form < 0 {
		form += formEnd
	}
	return (int64(d) - int64(form)) / formEnd, form
}

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d == 0 }

// Time returns what the publication's clock shows at the start of d, as a time in UTC whatever the zone; the zero time if d is zero.
func (d Date) Time() time.Time {
	if d == 0 {
		return time.Time{}
	}
	second, _ := d.parts()
	return time.Unix(second, 0).UTC()
}

// Precision returns how precise d is; 0 if it is zero.
func (d Date) Precision() Precision {
	second, form := d.parts()
	switch {
	case d == 0:
		return 0
	case form == FormYear:
		return ToYear
	case form == FormMonth:
		return ToMonth
	case form == formMinute || form >= formMinuteZone && form < formSecondZone:
		return ToMinute
	case form < formMinuteZone && second%(24*60*60) == 0:
		return ToDay
	}
	return ToSecond
}

// zone returns the minutes by which the clock of d is ahead of UTC, if its source says so.
func (d Date) zone() (east int, known bool) {
	_, form := d.parts()
	switch {
	case form < formMinuteZone:
		return 0, false
	case form >= formSecondZone:
		form -= formSecondZone - formMinuteZone
	}
	east = zoneLeast + (form-formMinuteZone)*zoneStep
	return east, east <= zoneMost
}

// Day returns d without the time of day; months and years stay.
func (d Date) Day() Date {
	if d.Precision() <= ToDay {
		return d
	}
	return DateAt(d.Time(), ToDay, "")
}

// isoLayouts are those of ISO 8601 for each precision.
var isoLayouts = [...]string{ToYear: "2006", ToMonth: "2006-01", ToDay: time.DateOnly, ToMinute: "2006-01-02T15:04", ToSecond: "2006-01-02T15:04:05"}

// String returns d as ISO 8601 writes it: 2024, 2024-05, 2025-11-04, 2025-11-04T09:12+01:00, 2025-11-04T08:12:30Z, or without
// the zone where it is not known; empty if d is zero.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	s := d.Time().Format(isoLayouts[d.Precision()])
	switch east, known := d.zone(); {
	case !known:
		return s
	case east == 0:
		return s + "Z"
	default:
		return s + offset(east)
	}
}

func offset(east int) string {
	sign := '+'
	if east < 0 {
		sign, east = '-', -east
	}
	return fmt.Sprintf("%c%02d:%02d", sign, east/60, east%60)
}

// Words returns d in words, without the time of day: "4 November 2025", "May 2024", "2024"; empty if d is zero.
func (d Date) Words() string {
	switch d.Precision() {
	case 0:
		return ""
	case ToYear:
		return d.Time().Format("2006")
	case ToMonth:
		return d.Time().Format("January 2006")
	}
	return d.Time().Format("2 January 2006")
}

// TimeOfDay returns the time of day of d as readers see it: "09:12", "09:12 +01:00", "08:12 UTC"; empty if it has none.
func (d Date) TimeOfDay() string {
	if d.Precision() < ToMinute {
		return ""
	}
	s := d.Time().Format("15:04")
	switch east, known := d.zone(); {
	case !known:
		return s
	case east == 0:
		return s + " UTC"
	default:
		return s + " " + offset(east)
	}
}

// MarshalText returns what String does.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what [ParseDate] does; an empty text is no date.
func (d *Date) UnmarshalText(text []byte) error {
	if *d = ParseDate(string(text)); *d == 0 && len(text) > 0 {
		return fmt.Errorf("%.40q is no date", text)
	}
	return nil
}

// A layout is a way in which sources write dates, for [time.Parse].
type layout struct {
	of string
	to Precision
}

// dayLayouts and clockLayouts are those without and with a time of day; a zone that follows is cut off before.
var (
	dayLayouts = []layout{
		{time.DateOnly, ToDay}, {"2006-01", ToMonth}, {"2006", ToYear}, {"2 January 2006", ToDay}, {"January 2, 2006", ToDay}, {"2 Jan 2006", ToDay}, {"Jan 2, 2006", ToDay},
		{"2006/01/02", ToDay}, {"20060102", ToDay}, {"January 2006", ToMonth}, {"Jan 2006", ToMonth}, {"2006/01", ToMonth},
	}
	clockLayouts = []layout{
		{"2006-01-02T15:04:05", ToSecond}, {"2006-01-02T15:04", ToMinute}, {time.DateTime, ToSecond}, {"2006-01-02 15:04", ToMinute},
		{"Mon, 2 Jan 2006 15:04:05", ToSecond}, {"2 Jan 2006 15:04:05", ToSecond}, {"Mon, 2 Jan 2006 15:04", ToMinute}, {"2 Jan 2006 15:04", ToMinute},
	}
)

// clock matches a date with a time of day, and the zone after it.
var clock = regexp.MustCompile(`^(.*?\d:\d\d(?::\d\d(?:[.,]\d+)?)?)\s*([A-Za-z]{1,5}|[+-]\d\d(?::?\d\d)?)?$`)

// zonedDay matches a day with a zone, as XML Schema has it.
var zonedDay = regexp.MustCompile(`^(\d{4}-\d\d-\d\d)(?:Z|[+-]\d\d:\d\d)$`)

// ParseDate parses a date as sources write it; it returns the zero Date if s is not one. Numeric dates such as 3/4/2026, which
// mean different days in different countries, are not accepted.
func ParseDate(s string) Date {
	s = strings.TrimSpace(s)
	if len(s) > 100 {
		return 0
	}
	if i := strings.LastIndex(s, " ("); i > 0 && strings.HasSuffix(s, ")") {
		s = s[:i] // the name of the zone, after its number
	}
	layouts, zone := dayLayouts, ""
	if m := zonedDay.FindStringSubmatch(s); m != nil {
		s = m[1]
	} else if m := clock.FindStringSubmatch(s); m != nil {
		layouts, s, zone = clockLayouts, m[1], m[2]
	}
	for _, l := range layouts {
		if t, err := time.Parse(l.of, s); err == nil {
			return DateAt(t, l.to, zone)
		}
	}
	return 0
}

// Clock returns what a clock shows at t in t's own zone, as a time in UTC: the day of an article stays
// the day that its publication says.
func Clock(t time.Time) time.Time {
	_, offset := t.Zone()
	return t.Add(time.Duration(offset) * time.Second).UTC()
}

// Moment writes a time as it is in a zone, which is said unless it is [time.Local]: "2026-11-23 14:05 UTC". It is empty for the zero time.
func Moment(t time.Time, layout string, zone *time.Location) string {
	switch {
	case t.IsZero():
		return ""
	case zone == time.Local:
		return t.In(zone).Format(layout)
	}
	return t.In(zone).Format(layout + " MST")
}
