package query

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"byline/annotate/library"
	"byline/articles"
	"byline/articles/load"
	"byline/articles/spelling"
)

// isField reports whether there is a field f; the field of a term without one counts.
func isField(f Field) bool { return f == Text || slices.Contains(fields, f) }

// unknownField returns a message about a field that does not exist, with the field or
// label that was probably meant.
func (p *parser) unknownField(field string) string {
	var names, found []string // what may be written, and the field that it stands for
	for _, f := range fields {
		names, found = append(names, string(f)), append(found, string(f))
	}
	for _, l := range p.Labels {
		names, found = append(names, LabelKey(l)), append(found, labelField(l))
	}
	best := ""
	if i := spelling.Nearest(field, names); i >= 0 {
		best = found[i]
	}
	switch alias := map[string]string{"organization": "org", "organisation": "org", "who": "person", "site": "source", "url": "source",
		"speaker": "by", "quote": "said", "from": "source", "text": "said", "year": "date", "lang": "language", "published": "date", "modified": "updated",
		"annotator": "by-annotator", "annotated-by": "by-annotator", "decided-by": "by-annotator", "todo": "assigned", "mine": "assigned", "finished": "done-by"}[field]; {
	case alias != "":
		best = alias
	case best == "":
		return fmt.Sprintf("there is no field %s:; put the words in double quotes if you mean the colon", field)
	}
	return fmt.Sprintf("there is no field %s:; do you mean %s:?", field, best)
}

// statuses are the statuses of articles.
var statuses = []string{string(library.Unread), string(library.Reading), string(library.Done)}

// formats returns the formats of articles: those that have an importer.
func formats() []string {
	var out []string
	for _, f := range load.Formats() {
		out = append(out, string(f))
	}
	return out
}

// readValue turns the value of t into what its field needs.
func (p *parser) readValue(t *Term) (err error) {
	fault := func(format string, args ...any) error {
		return &Error{Span: t.Span, Message: t.name() + ":" + t.Text + ": " + fmt.Sprintf(format, args...)}
	}
	switch t.Field {
	case Status, Format:
		of := statuses
		if t.Field == Format {
			of = formats()
		}
		if !t.choose(of) {
			return fault("take %s or %s", strings.Join(of[:len(of)-1], ", "), of[len(of)-1])
		}
	case Date, Updated, Added:
		if t.Any {
			return nil
		}
		now, ok := p.Now, false
		if t.Field != Added {
			now = articles.Clock(now) // the dates of articles are those of a clock
		}
		if t.Time, ok = parsePeriod(strings.ToLower(t.Text), now); !ok {
			return fault("take a date as 2026, 2026-01 or 2026-01-31, a range as 2026-01.. or ..2026-03, or 7d for the last seven days")
		}
	case Reviewed, Words, People, Orgs, Quotes, Claims:
		ok := false
		if t.Number, ok = parseRange(t.Text, t.Field == Reviewed); !ok {
			return fault("take a number, as <50, >=3 or 2..10")
		}
	case Text, Title, Person, Org, Place, Name, By, Said:
		if !t.Any && !hasWord(t.Text) {
			return fault("there is no word in it")
		}
	}
	return nil
}

// choose replaces the value of t by the choice that it names or begins, and reports
// whether there is one.
func (t *Term) choose(of []string) bool {
	t.Text = strings.ToLower(t.Text)
	i := slices.IndexFunc(of, func(s string) bool { return s == t.Text || t.Open && strings.HasPrefix(s, t.Text) })
	if i < 0 {
		return false
	}
	t.Text = of[i]
	return true
}

// cutComparison cuts the comparison sign off a value.
func cutComparison(s string) (sign, rest string) {
	for _, sign := range []string{"<=", ">=", "<", ">", "="} {
		if rest, ok := strings.CutPrefix(s, sign); ok {
			return sign, rest
		}
	}
	return "", s
}

// parseRange parses <50, >=3, 2..10, 5.. or 7. If percent is true, a percent sign may
// follow a number.
func parseRange(s string, percent bool) (r Range, ok bool) {
	number := func(s string) (float64, bool) {
		if percent {
			s = strings.TrimSuffix(s, "%")
		}
		x, err := strconv.ParseFloat(s, 64)
		return x, err == nil && !math.IsNaN(x) && !math.IsInf(x, 0)
	}
	sign, rest := cutComparison(s)
	if low, high, between := strings.Cut(rest, ".."); between && sign == "" {
		ok = low != "" || high != ""
		if low != "" && ok {
			r.Min, ok = number(low)
			r.HasMin = true
		}
		if high != "" && ok {
			r.Max, ok = number(high)
			r.HasMax = true
		}
		return r, ok
	}
	x, ok := number(rest)
	switch sign {
	case "<", "<=":
		return Range{Max: x, HasMax: true, UnderMax: sign == "<"}, ok
	case ">", ">=":
		return Range{Min: x, HasMin: true, OverMin: sign == ">"}, ok
	}
	return Range{Min: x, Max: x, HasMin: true, HasMax: true}, ok
}

// parsePeriod parses a day, a month, a year, a range of them, or a time up to now.
func parsePeriod(s string, now time.Time) (Period, bool) {
	day := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	switch s {
	case "none":
		return Period{None: true}, true
	case "today":
		return Period{From: day, To: day.AddDate(0, 0, 1)}, true
	case "yesterday":
		return Period{From: day.AddDate(0, 0, -1), To: day}, true
	}
	if from, ok := parseAgo(s, day); ok {
		return Period{From: from}, true
	}
	sign, rest := cutComparison(s)
	if low, high, between := strings.Cut(rest, ".."); between && sign == "" {
		a, okA := parseDate(low, now.Location())
		b, okB := parseDate(high, now.Location())
		okA, okB = okA || low == "", okB || high == ""
		return Period{From: a.From, To: b.To}, okA && okB && low+high != ""
	}
	p, ok := parseDate(rest, now.Location())
	switch sign {
	case "<":
		p = Period{To: p.From}
	case "<=":
		p = Period{To: p.To}
	case ">":
		p = Period{From: p.To}
	case ">=":
		p = Period{From: p.From}
	}
	return p, ok
}

// parseDate returns the period of a day, a month or a year.
func parseDate(s string, zone *time.Location) (Period, bool) {
	for _, l := range []struct {
		layout              string
		years, months, days int
	}{{"2006", 1, 0, 0}, {"2006-01", 0, 1, 0}, {time.DateOnly, 0, 0, 1}} {
		if t, err := time.ParseInLocation(l.layout, s, zone); err == nil {
			return Period{From: t, To: t.AddDate(l.years, l.months, l.days)}, true
		}
	}
	return Period{}, false
}

// parseAgo returns the first day of the period 7d, 2w, 6m or 1y that ends with day.
func parseAgo(s string, day time.Time) (time.Time, bool) {
	if len(s) < 2 {
		return day, false
	}
	n, err := strconv.Atoi(s[:len(s)-1])
	if err != nil || n < 1 || n > 10000 {
		return day, false
	}
	switch s[len(s)-1] {
	case 'd':
		return day.AddDate(0, 0, 1-n), true
	case 'w':
		return day.AddDate(0, 0, 1-7*n), true
	case 'm':
		return day.AddDate(0, -n, 1), true
	case 'y':
		return day.AddDate(-n, 0, 1), true
	}
	return day, false
}
