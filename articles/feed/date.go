package feed

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"

	"byline/articles"
)

// dateOf returns when an item was published, by the feed's clock. Gofeed, which knows more ways to
// write a date, has it in UTC.
func dateOf(it *gofeed.Item) articles.Date {
	for _, s := range []string{it.Published, it.Updated} {
		if t := articles.ParseDate(s); !t.IsZero() {
			return t
		}
		if t := parseWords(s); !t.IsZero() {
			return t
		}
	}
	for _, t := range []*time.Time{it.PublishedParsed, it.UpdatedParsed} {
		if t != nil && t.Year() > 1 {
			return articles.DateAt(t.UTC(), articles.ToSecond, "Z")
		}
	}
	return 0
}

// inWords matches a date with the name of a month, perhaps after that of a day, in any language, with a year of two or four
// figures, and perhaps a time with a zone.
var inWords = regexp.MustCompile(`^(?:\p{L}+(?:-\p{L}+)?\.?,?\s+)?(?:(?:de[nr]|the|el|le|il|o|em)\s+)?` +
	`(?:(\d{1,2})(?:\.|º|er|st|nd|rd|th)?[\s-]*(?:de |of )?\s*(\p{L}{3,})|(\p{L}{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?)\.?,?[\s-]*(?:de |del )?\s*(\d{4}|\d{2})` +
	`(?:,?\s+(?:at|um|à|às|a las|alle|ore|om|kl\.?)?\s*(\d{1,2})[:.hH](\d{2})(?:[:.](\d{2}))?(?:\.\d+)?\s*([aApP]\b|[aApP]\.?[mM]\b)?\.?\s*([A-Z]{1,5}\b|[+-]\d{2}:?\d{2}\b)?)?`)

// parseWords parses such a date; it returns the zero Date if s is not one.
func parseWords(s string) articles.Date {
	s = strings.TrimSpace(s)
	m := inWords.FindStringSubmatch(s[:min(len(s), 100)])
	if m == nil {
		return 0
	}
	number := func(i int) int {
		n, _ := strconv.Atoi(m[i]) // only figures; none is 0
		return n
	}
	day, month, year := number(1)+number(4), monthOf(m[2]+m[3]), number(5)
	if len(m[5]) == 2 { // RFC 822
		year += 2000
		if year > 2069 {
			year -= 100
		}
	}
	hour := number(6)
	switch strings.ToLower(m[9][:min(1, len(m[9]))]) {
	case "p":
		hour = hour%12 + 12
	case "a":
		hour %= 12
	}
	t := time.Date(year, month, day, hour, number(7), number(8), 0, time.UTC)
	if month == 0 || t.Day() != day || hour > 23 || number(7) > 59 {
		return 0
	}
	precision := articles.ToSecond
	switch {
	case m[6] == "":
		precision = articles.ToDay
	case m[8] == "":
		precision = articles.ToMinute
	}
	return articles.DateAt(t, precision, m[10])
}

// months are the beginnings of the names of the months in the languages that feeds are written in.
var months = [...]string{
	"jan gen ene янв sty led", "feb fév fev фев lut úno", "mar mär mrt maa мар бře", "apr avr abr ápr апр kwi dub", "may mai mei maj mag май мая kvě", "jun juin giu июн cze čer",
	"jul juil lug июл lip", "aug aoû aou ago авг sie srp", "sep set сен wrz zář", "oct okt out ott окт paź říj", "nov нояб ноя lis", "dec dez déc dic des дек gru pro",
}

// monthOf returns the month with a name in one of these languages, 0 for none. The longest beginning decides.
func monthOf(name string) time.Month {
	name = strings.ToLower(name)
	best, month := 0, time.Month(0)
	for i, list := range months {
		for start := range strings.FieldsSeq(list) {
			if len(start) > best && strings.HasPrefix(name, start) {
				best, month = len(start), time.Month(i+1)
			}
		}
	}
	return month
}
