package meta

import (
	"math"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/net/html"

	"byline/articles"
)

// A moment is a date with what is known of its clock.
type moment struct {
	time.Time // in UTC: what the clock of the publication shows
	utc       bool
	dateOnly  bool
	zone      string        // as the page writes it; empty if it does not
	ahead     time.Duration // of UTC, where the page says so and it is another
	minutes   bool          // without seconds
	other     time.Time     // the day that it is as well if it was written in figures, month first or day first
}

func (m moment) day() string { return m.Format(time.DateOnly) }

// date returns m as precisely as the page says it.
func (m moment) date() articles.Date {
	switch {
	case m.IsZero():
		return 0
	case m.dateOnly:
		return articles.DateAt(m.Time, articles.ToDay, "")
	case m.minutes:
		return articles.DateAt(m.Time, articles.ToMinute, m.zone)
	}
	return articles.DateAt(m.Time, articles.ToSecond, m.zone)
}

var (
	isoDate   = regexp.MustCompile(`(?:^|\D)(\d{4})[-/.]\s?(\d{1,2})[-/.]\s?(\d{1,2})\.?(?:(?:T|\s+|,\s*)(\d{1,2}):(\d\d)(?::(\d\d))?(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?)?(?:\D|$)`)
	packed    = regexp.MustCompile(`^(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?\s*(Z|[+-]\d\d:?\d\d)?)?$`)
	unix      = regexp.MustCompile(`^1\d{9}(?:\d{3})?$`)
	dayFirst  = regexp.MustCompile(`(?i)(?:^|[^\d.:])(\d{1,2})(?:\s?st|\s?nd|\s?rd|\s?th|er|\.|º|ª|-)?[\s-]*(?:de |of |d'|di )?\s*(\pL{3,12})\.?,?[\s-]*(?:de |del |of )?(\d{4}|['’]\d{4}|['’]\d\d)`)
	dayLast   = regexp.MustCompile(`(?i)(\pL{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:\s+at)?,?\s+(?:\d{1,2}:\d\d[^,]*,?\s+)?(\d{4}|['’]\d\d)`)
	yearFirst = regexp.MustCompile(`(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]`)
	byYear    = regexp.MustCompile(`(\d{4})\.?\s+(?:m\.\s)?(\pL{3,12})\.?\s+(\d{1,2})(?:\D|$)`)
	numeric   = regexp.MustCompile(`(?:^|\D)(\d{1,2})(\s?[./-]\s?)(\d{1,2})[./-]\s?(\d{4}|\d\d)(?:\D|$)`)
	baltic    = regexp.MustCompile(`(\d{4})\.\s?gada\s(\d{1,2})\.\s?(\pL{4,12})`)
	numbered  = regexp.MustCompile(`(?:^|\D)(\d{1,2})\sth[áa]ng\s(\d{1,2})(?:,?\snăm)?,?\s(\d{4})|^(\d{1,2})\s(\d{1,2})\s(\d{4})$`)
	timeOfDay = regexp.MustCompile(`(?i)(?:^|\D)(\d{1,2})[:.h](\d\d)(?:[:.](\d\d))?\s*([ap])?\.?m?\.?\s*(Z\b|UTC|GMT|[+-]\d\d:?\d\d)?`)
)

// parseMoment reads the first date in s, as pages in any of the languages of [months] write it.
func parseMoment(s, lang string) (moment, bool) {
	s = strings.TrimSpace(s)
	if len(s) < 6 || len(s) > maxShort || figures(s) < 3 {
		return moment{}, false
	}
	year := hasYear(s)
	if !year && !strings.ContainsAny(s, "./") {
		return moment{}, false
	}
	for _, re := range []*regexp.Regexp{isoDate, packed} {
		if !year {
			break
		}
		if m := re.FindStringSubmatch(s); m != nil {
			return made(m[1], number(m[2]), m[3], m[4:])
		}
	}
	if unix.MatchString(s) {
		n, _ := strconv.ParseFloat(s[:10], 64)
		return moment{Time: time.Unix(int64(math.Floor(n)), 0).UTC(), utc: true, zone: "Z"}, true
	}
	if year {
		if m, ok := namedMoment(s); ok {
			return m, true
		}
	}
	if m := numbered.FindStringSubmatch(s); m != nil {
		return made(m[3]+m[6], number(m[2]+m[5]), m[1]+m[4], nil)
	}
	if m := numeric.FindStringSubmatch(s); m != nil {
		if foreign.MatchString(s) {
			lang = ""
		}
		return inFigures(m, lang)
	}
	return moment{}, false
}

// namedMoment reads the first date in s whose month is named.
func namedMoment(s string) (moment, bool) {
	if m := yearFirst.FindStringSubmatch(s); m != nil {
		return made(m[1], number(m[2]), m[3], clockIn(s))
	}
	if m := dayFirst.FindStringSubmatch(s); m != nil && monthOf(m[2]) > 0 {
		return made(m[3], monthOf(m[2]), m[1], clockIn(s))
	}
	for _, m := range dayLast.FindAllStringSubmatch(s, 4) {
		if monthOf(m[1]) > 0 {
			return made(m[3], monthOf(m[1]), m[2], clockIn(s))
		}
	}
	if m := byYear.FindStringSubmatch(s); m != nil && monthOf(m[2]) > 0 {
		return made(m[1], monthOf(m[2]), m[3], clockIn(s))
	}
	if m := baltic.FindStringSubmatch(s); m != nil && monthOf(m[3]) > 0 {
		return made(m[1], monthOf(m[3]), m[2], clockIn(s))
	}
	return moment{}, false
}

// hasYear reports whether s has four figures in a row, or an apostrophe that may stand for two of them.
func hasYear(s string) bool {
	run := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			run = 0
		} else if run++; run == 4 {
			return true
		}
	}
	return strings.ContainsAny(s, "'’")
}

// foreign matches words beside a date that are not English, whatever the page says that it is.
var foreign = regexp.MustCompile(`(?i)(?:^|\s)(?:le|fecha|publi[ée]e?|publicado|del|vom|am|il|op|data|datum|actualizado|atualizado|pubblicato|el|em|le:|uhr)(?:$|[\s:])`)

// dateLanguage returns the language in which the page writes dates in figures: that of its text if it does not say so, and the
// English of its country.
func (f *facts) dateLanguage(doc *html.Node, lang string) string {
	if lang == "" && isEnglish(doc) {
		lang = "en"
	}
	if lang != "en" {
		return lang
	}
	for _, address := range []string{f.canonical(), fromString(f.from)} {
		if u, err := url.Parse(address); err == nil {
			switch host := u.Hostname(); host[strings.LastIndexByte(host, '.')+1:] {
			case "uk", "au", "nz", "ie", "in", "za", "sg", "hk", "ng", "ke", "pk":
				return "en-GB"
			}
		}
	}
	return lang
}

// How many words tell a language.
const (
	fewSample  = 100
	mostSample = 400
)

// isEnglish reports whether the words of a page are.
func isEnglish(doc *html.Node) bool {
	all, english := englishIn(doc)
	return 8*english > all
}

// englishIn counts words at the start of a page's paragraphs, and those of them that are frequent in English only.
func englishIn(doc *html.Node) (all, english int) {
	for n := range doc.Descendants() {
		if n.Type != html.TextNode || len(n.Data) < 40 || n.Parent == nil || n.Parent.Data == "script" || n.Parent.Data == "style" || n.Parent.Data == "noscript" {
			continue
		}
		for w := range strings.FieldsSeq(n.Data) {
			if all++; englishWords[strings.ToLower(w)] {
				english++
			}
		}
		if all > mostSample {
			break
		}
	}
	return all, english
}

// englishWords are frequent in English and in no other language.
var englishWords = set("the of and to that was with for his which is it on at by from")

// IsDate reports whether s is a date and nothing else, with its year or without.
func IsDate(s string) bool {
	s = strings.TrimFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if !hasDigit(s) || len(s) > 60 || calendarWords(s) < len(strings.Fields(s)) {
		return false
	}
	for _, year := range []string{"", " 2026", ", 2026"} {
		if _, ok := parseMoment(s+year, ""); ok {
			return true
		}
	}
	return false
}

// figures returns how many figures s has.
func figures(s string) (n int) {
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	return n
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// inFigures reads a date such as 3/4/2026: the day first, but in American English.
func inFigures(m []string, lang string) (moment, bool) {
	day, month, year := number(m[1]), number(m[3]), number(m[4])
	if american := strings.HasPrefix(lang, "en") && !dayFirstEnglish[lang] && strings.TrimSpace(m[2]) == "/"; month > 12 || american && day <= 12 {
		day, month = month, day
	}
	if len(m[4]) == 2 {
		if year += 2000; strings.TrimSpace(m[2]) == "-" {
			return moment{}, false
		}
	}
	date, ok := made(strconv.Itoa(year), month, strconv.Itoa(day), nil)
	if other, both := made(strconv.Itoa(year), day, strconv.Itoa(month), nil); both && day != month && strings.TrimSpace(m[2]) != "." {
		date.other = other.Time
	}
	return date, ok
}

// dayFirstEnglish are the kinds of English that write the day before the month.
var dayFirstEnglish = set("en-GB en-AU en-NZ en-IE en-IN en-ZA en-SG en-HK en-KE en-NG en-PK en-MT en-JM en-TT en-GH en-BD en-LK en-MY")

// clockIn returns hour, minute, second and zone of the time in s, as [made] takes them.
func clockIn(s string) []string {
	m := timeOfDay.FindStringSubmatch(s)
	if m == nil {
		return nil
	}
	h := number(m[1])
	switch half := strings.ToLower(m[4]); {
	case half == "p" && h < 12:
		h += 12
	case half == "a" && h == 12:
		h = 0
	}
	return []string{strconv.Itoa(h), m[2], m[3], m[5]}
}

// The years in which pages say that they were published.
const (
	firstYear = 1900
	lastYear  = 2100
)

// made returns a moment of its parts, if there is such a day.
func made(year string, month int, day string, clock []string) (moment, bool) {
	if short := strings.TrimLeft(year, "'’"); len(short) < len(year) {
		year = "20"[:max(0, 4-len(short))] + short
	}
	y, d := number(year), number(day)
	if y < firstYear || y > lastYear || month < 1 || month > 12 || d < 1 || d > 31 {
		return moment{}, false
	}
	m := moment{Time: time.Date(y, time.Month(month), d, 0, 0, 0, 0, time.UTC), dateOnly: true}
	if m.Day() != d {
		return moment{}, false
	}
	return m.at(clock), true
}

// utcNames are the ways to write the zone that no publication lives by.
var utcNames = set("Z UTC GMT +00:00 +0000")

// at returns the moment of a clock's hour, minute, second and zone on the day m; m if that is no time.
func (m moment) at(clock []string) moment {
	if len(clock) < 4 || clock[0] == "" {
		return m
	}
	h, min, sec := number(clock[0]), number(clock[1]), number(clock[2])
	if h > 23 || min > 59 || sec > 60 || h+min+sec == 0 {
		return m
	}
	m.Time = m.Add(time.Duration(h)*time.Hour + time.Duration(min)*time.Minute + time.Duration(sec)*time.Second)
	m.dateOnly, m.utc = false, utcNames[clock[3]]
	m.zone, m.minutes = clock[3], clock[2] == ""
	if z := strings.ReplaceAll(clock[3], ":", ""); !m.utc && len(z) == 5 {
		m.ahead = time.Duration(number(z[1:3]))*time.Hour + time.Duration(number(z[3:]))*time.Minute
		if z[0] == '-' {
			m.ahead = -m.ahead
		}
	}
	return m
}

// leading returns the date with which s begins, behind the name of a place or a weekday at most, and what follows it.
func leading(s string) (date, rest string) {
	most := 60
	if first, _, _ := strings.Cut(s, ","); len(first) > 2 && first == strings.ToUpper(first) {
		most = 110 // of several towns
	}
	start := s[:min(len(s), most)]
	if figures(start) < 3 {
		return "", ""
	}
	for _, re := range []*regexp.Regexp{isoDate, yearFirst, dayFirst, dayLast, numeric} {
		at := re.FindStringIndex(start)
		if at == nil {
			continue
		}
		before := strings.FieldsFunc(start[:at[0]], func(r rune) bool { return !unicode.IsLetter(r) })
		if len(before) > 3 && (len(before) > 7 || before[0] != strings.ToUpper(before[0])) || len(before) > 0 && (unicode.IsLower([]rune(before[0])[0]) || notPlaces[strings.ToLower(before[0])]) {
			return "", ""
		}
		date = strings.TrimFunc(start[at[0]:at[1]], func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		i := strings.Index(s, date) + len(date)
		return date, strings.TrimLeft(s[i:], " ")
	}
	return "", ""
}

// notPlaces are words before a date with which a sentence begins.
var notPlaces = set("am on im in le el il seit since vom vor bis the der den die das by um from until no em a à der nach after before as")

var inAddress = regexp.MustCompile(`(?:^|[/_-])((?:19|20)\d\d)[/_.-]?(0[1-9]|1[0-2])[/_.-]?(0[1-9]|[12]\d|3[01])(?:[/_.-]|$)`)

// dayFirstInAddress matches 02112026, and the same with something between.
var dayFirstInAddress = regexp.MustCompile(`(?:^|[/_-])(0[1-9]|[12]\d|3[01])[_.-]?(0[1-9]|1[0-2])[_.-]?(20[012]\d)(?:[/_.-]|$)`)

// addressDate returns the date in an address, in ISO 8601.
func addressDate(u *url.URL) string {
	if m := dayFirstInAddress.FindStringSubmatch(u.Path); m != nil {
		return m[3] + "-" + m[2] + "-" + m[1]
	}
	if m := inAddress.FindStringSubmatch(u.Path); m != nil {
		return m[1] + "-" + m[2] + "-" + m[3]
	}
	return ""
}
