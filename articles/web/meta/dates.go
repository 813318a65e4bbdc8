package meta

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"byline/articles"
	"byline/articles/web/dom"

	"golang.org/x/net/html"
)

// dateMetas are the names of meta elements that give the date, and what they are worth.
var dateMetas = map[string]float64{
	"article:published_time": 0.85, "article:published": 0.85, "og:published_time": 0.8, "og:article:published_time": 0.8, "datepublished": 0.8, "article.published": 0.8, "parsely-pub-date": 0.8, "sailthru.date": 0.75,
	"pubdate": 0.75, "publishdate": 0.75, "publish-date": 0.75, "publish_date": 0.75, "publication_date": 0.75, "publication-date": 0.75, "published_at": 0.75, "date": 0.5,
	"dc.date": 0.6, "dc.date.issued": 0.7, "dc.date.created": 0.6, "dc.created": 0.6, "dcterms.date": 0.6, "dcterms.created": 0.6, "dcterms.issued": 0.7, "dc:date": 0.6, "dcterms.available": 0.6,
	"citation_publication_date": 0.75, "citation_date": 0.7, "citation_online_date": 0.7, "cxenseparse:recs:publishtime": 0.75, "cxenseparse:publishtime": 0.75, "originalpublicationdate": 0.75,
	"bt:pubdate": 0.7, "displaydate": 0.6, "timestamp": 0.4, "created": 0.5, "creation_date": 0.5, "article_date_original": 0.75, "article:created": 0.5, "og:pubdate": 0.7, "rnews:datepublished": 0.75,
	"pub_date": 0.7, "published": 0.6, "published_date": 0.75, "published-date": 0.75, "publicationdate": 0.75, "date_published": 0.75, "article:publish_date": 0.75, "article:published_date": 0.75, "og:article:published": 0.75, "issued": 0.5, "dateposted": 0.6,
	"shareaholic:article_published_time": 0.75, "vr:published_time": 0.7, "mediator_published_time": 0.75, "article_published_time": 0.75, "bt:firstpublished": 0.7, "datecreated": 0.5, "date.created": 0.5, "dc.date.published": 0.7, "lw.pubdate": 0.6, "sort_date": 0.4, "article:post_date": 0.6,
	"video:release_date": 0.4, "date.issued": 0.6, "release_date": 0.5, "published_time": 0.7, "eprints.date": 0.5, "pdate": 0.6, "ptime": 0.6, "last-modified": 0.15, besideMeta: 0.4,
}

// updateMetas are the names of meta elements that give the date of the last change.
var updateMetas = map[string]float64{
	"article:modified_time": 0.8, "og:updated_time": 0.6, "datemodified": 0.8, "article:modified": 0.8, "dcterms.modified": 0.6, "dc.date.modified": 0.6, "last-modified": 0.4, "lastmod": 0.5, "modified_time": 0.6,
	"article:updated": 0.8, "revised": 0.4, "article_date_updated": 0.6, footMeta: 0.1,
}

// A calendar gathers what the places of a page say of when its article was published, and when it was changed last.
type calendar struct {
	*facts
	lang        string
	month       string // in the address: 2026/11
	first, last []claim[moment]
	vague       []claim[articles.Date] // months and years, for pages that say no day
}

// judge returns when the article was published, and when it was updated.
func (c *calendar) judge() (published, updated articles.Date) {
	first, last := slices.Clone(c.first), slices.Clone(c.last)
	local(first, last)
	likeOthers(first)
	likeOthers(last)
	p, support := judge(sameNight(first))
	u, _ := judge(sameNight(last))
	p = printed(first, last, p, u)
	if support < 0.04 { // of other articles
		p = moment{}
	}
	switch {
	case p.IsZero() && u.IsZero():
		published, _ = judge(c.vague)
		return published, 0
	case p.IsZero():
		return u.date(), 0
	case u.IsZero() || !u.After(p.Time) || u.day() == p.day() && (u.dateOnly || p.dateOnly):
		return p.date(), 0
	}
	return p.date(), u.date()
}

// printed returns the day that the page prints beside its headline as the day of publication, if that is the day of the change u and no
// place that readers see says the day p: a publication that dates an article anew shows only the new day.
func printed(first, last []claim[moment], p, u moment) moment {
	seen := func(c claim[moment]) bool { return c.kind == "time" || c.kind == "line" }
	if slices.ContainsFunc(last, func(c claim[moment]) bool { return seen(c) && c.key == u.day() }) {
		return p // it says that it is of the change
	}
	best := claim[moment]{value: p}
	for _, c := range first {
		if !seen(c) {
			continue
		}
		if c.key == p.day() {
			return p
		}
		if c.key == u.day() && c.worth >= fewPrinted && c.worth > best.worth && u.After(p.Time) {
			best = c
		}
	}
	return best.value
}

// fewPrinted is the least that a date is worth which stands beside the headline and is not called a change.
const fewPrinted = 0.35

// likeOthers reads dates in figures that may be two days, 3/4 and 4/3, as the day that another place of the page says.
func likeOthers(claims []claim[moment]) {
	for i := range claims {
		c := &claims[i]
		if c.value.other.IsZero() {
			continue
		}
		other := c.value.other.Format(time.DateOnly)
		says := func(day string) bool {
			return slices.ContainsFunc(claims, func(d claim[moment]) bool { return d.key == day && d.value.other.IsZero() })
		}
		if !says(c.key) && says(other) {
			c.value.Time, c.key = c.value.other, other
		}
	}
}

// put adds to one of the lists that a place of a kind says s.
func (c *calendar) put(to *[]claim[moment], kind, s string, worth float64) {
	if worth == 0 || s == "" {
		return
	}
	if m, ok := parseMoment(s, c.lang); ok {
		*to = append(*to, claim[moment]{m, m.day(), worth, kind})
	}
}

// gather puts what the page says.
func (c *calendar) gather() {
	for _, w := range c.works() {
		c.put(&c.first, "ld", w.string("datePublished"), 0.85*w.trust)
		c.putVague("ld", w.string("datePublished"), 0.85*w.trust)
		c.put(&c.first, "ld", w.string("dateCreated"), 0.5*w.trust)
		c.put(&c.first, "ld", w.string("uploadDate"), 0.4*w.trust)
		c.put(&c.last, "ld", w.string("dateModified"), 0.8*w.trust)
	}
	for _, m := range c.metas {
		c.put(&c.first, m.name, m.value, dateMetas[m.name])
		c.putVague(m.name, m.value, dateMetas[m.name])
		c.put(&c.last, m.name, m.value, updateMetas[m.name])
	}
	c.visible()
	if u, err := url.Parse(c.canonical()); err == nil {
		c.put(&c.first, "address", addressDate(u), 0.6)
	}
	if c.from != nil {
		c.put(&c.first, "address", addressDate(c.from), 0.6)
	}
	for _, part := range strings.FieldsFunc(c.title, func(r rune) bool { return r == '|' || r == '–' }) {
		if date, rest := leading(strings.TrimSpace(part)); rest == "" {
			c.put(&c.first, "edge", date, 0.15)
		}
	}
	title := line(c.title)
	if c.head != nil {
		title = headingText(*c.head)
	}
	if r, _ := utf8.DecodeLastRuneInString(title); unicode.IsDigit(r) && !isSpan(title) {
		c.put(&c.first, "edge", title, 0.1)
	}
	if len(c.dataDates) > 0 && sameDay(c.dataDates) {
		c.put(&c.first, "data", c.dataDates[0], 0.3)
	}
}

// atEdges claims the dates with which an article begins, "Halden, 2 November 2026 –", or ends, and reports whether there are some.
func (c *calendar) atEdges(edges Text) bool {
	claims := len(c.first)
	for _, s := range edges.First {
		if date, rest := leading(s); date != "" && strings.IndexAny(rest+"-", "-–—:|(/„“\"»«") == 0 {
			c.put(&c.first, "edge", date, 0.35)
			break
		}
		if len(s) < 80 && figures(s) > 2 && isPublished.MatchString(s) && !isUpdate(s) {
			c.put(&c.first, "edge", s, 0.3)
		}
	}
	for _, s := range edges.Last {
		if figures(s) < 5 {
			continue
		}
		if at := filed.FindStringIndex(s); at != nil {
			c.put(&c.first, "edge", strings.ToValidUTF8(s[at[0]:min(len(s), at[0]+maxShort-10)], ""), 0.4)
		}
	}
	return len(c.first) > claims
}

// sameDay reports whether dates as computers write them begin with the same day; else they are of several articles.
func sameDay(dates []string) bool {
	day := func(s string) string { return s[:min(len(s), len(time.DateOnly))] }
	return !slices.ContainsFunc(dates, func(s string) bool { return day(s) != day(dates[0]) })
}

// local makes the moments that are given in UTC those of the publication's clock, where another tells how far it is ahead.
func local(lists ...[]claim[moment]) {
	var zone string
	var ahead time.Duration
	for _, list := range lists {
		for _, c := range list {
			if c.value.ahead != 0 && ahead == 0 {
				zone, ahead = c.value.zone, c.value.ahead
			}
		}
	}
	for _, list := range lists {
		for i := range list {
			if m := &list[i].value; m.utc && ahead != 0 {
				m.Time, m.zone, m.utc = m.Add(ahead), zone, false
				list[i].key = m.day()
			}
		}
	}
}

// sameNight has a moment that is given in UTC, which is no publication's clock, support the day before or behind it if
// that is what the page prints and the moment can be in both.
func sameNight(claims []claim[moment]) []claim[moment] {
	n := len(claims)
	for _, c := range claims[:n] {
		if !c.value.utc {
			continue
		}
		for _, d := range claims[:n] {
			if d.value.utc || d.key == c.key || !d.value.dateOnly {
				continue
			}
			apart := c.value.Sub(d.value.Time)
			if apart >= 24*time.Hour && apart < 36*time.Hour || apart < 0 && apart > -14*time.Hour {
				claims = append(claims, claim[moment]{d.value, d.key, c.worth, c.kind})
				break
			}
		}
	}
	return claims
}

// isDate reports whether p may hold the date of the article.
func isDate(p place) bool {
	n := p.node
	if strings.Contains(p.prop, "date") || n.Data == "time" || strings.HasSuffix(n.Data, "-time") || n.Data == "time-ago" || n.Data == "abbr" && dom.Attr(n, "title") != "" {
		return true
	}
	switch n.Data {
	case "p", "div", "span", "li", "em", "small", "b", "strong", "a", "td", "dd", "h6", "h5", "h4", "i", "font", "address":
		return p.is&date != 0
	}
	return false
}

// visible claims the dates that readers see.
func (c *calendar) visible() {
	for _, address := range []string{c.canonical(), fromString(c.from)} {
		if m := yearAndMonth.FindStringSubmatch(address); m != nil && c.month == "" {
			c.month = m[1] + "/" + m[2]
		}
	}
	beside := len(c.first) == 0 // then what stands beside the article may be its date
	for _, p := range c.times {
		trust := c.trust(p, beside)
		if trust == 0 {
			continue
		}
		s, worth := dateOf(p)
		m, ok := parseMoment(s, c.lang)
		if !ok {
			c.putVague("time", s, worth*trust*c.near(p))
			continue
		}
		worth *= trust
		to := &c.first
		if strings.Contains(p.prop, "modified") || isUpdate(s) || p.is&updated != 0 {
			to = &c.last
			c.first = append(c.first, claim[moment]{m, m.day(), worth * 0.1, "time"})
		}
		*to = append(*to, claim[moment]{m, m.day(), worth * c.near(p) * c.near(p), "time"})
	}
	c.lined()
}

// trust returns how much an element is trusted for what is around it.
func (c *calendar) trust(p place, beside bool) float64 {
	switch {
	case c.aside(p) || c.quoted(p):
		if !beside || p.where.aside.talks() {
			return 0
		}
		if c.isOwnCard(p.node) {
			return 2
		}
		return 0.1
	case c.other(p):
		return 0.3
	}
	return 1
}

// mostInCard is more nodes than a card of a list has.
const mostInCard = 300

// isOwnCard reports whether n is in a card of a list that leads to this very page, and to no other.
func (c *calendar) isOwnCard(n *html.Node) bool {
	own, err := url.Parse(c.canonical())
	if err != nil || len(own.Path) < 2 {
		return false
	}
	for range 4 {
		if n = n.Parent; n == nil || dom.Is(n, "ul", "ol", "body") {
			return false
		}
		here, others := 0, 0
		count := func(a *html.Node) {
			switch u, err := url.Parse(dom.Attr(a, "href")); {
			case a.Data != "a" || err != nil || len(u.Path) < 2:
			case u.Path == own.Path:
				here++
			default:
				others++
			}
		}
		count(n)
		size := 0
		for k := range n.Descendants() {
			if size++; size > mostInCard {
				return false
			}
			count(k)
		}
		if here+others > 0 {
			return others == 0
		}
	}
	return false
}

// lined claims the dates in short lines: the first counts most.
func (c *calendar) lined() {
	rank := 0.5
	for _, p := range c.lines {
		if len(p.said) > maxShort {
			continue
		}
		near := c.near(p)
		s, change := bothDates(p.said)
		c.put(&c.last, "line", change, 0.5*near)
		m, ok := parseMoment(s, c.lang)
		if !ok && c.month != "" {
			m, ok = c.dayInMonth(s)
		}
		if !ok || isEvent(s) || isSpan(s) {
			continue
		}
		to, worth := &c.first, rank
		switch {
		case isUpdate(s):
			to = &c.last
		case isPublished.MatchString(s):
			worth = max(worth, 0.5)
		case len(strings.Fields(s)) > 6+calendarWords(s) && !opens(s), len(strings.Fields(s)) > 4+calendarWords(s) && dom.Is(p.node, "li"):
			worth *= 0.05 // a sentence about something else, or a reference
		case len(s) > 60:
			worth *= 0.4
		}
		*to = append(*to, claim[moment]{m, m.day(), worth * near * near, "line"})
		rank = max(rank*0.7, 0.05)
	}
}

// yearAndMonth matches the folders of an address by which a publication files what it publishes: /2026/11/.
var yearAndMonth = regexp.MustCompile(`/((?:19|20)\d\d)/(0[1-9]|1[0-2])/`)

// dayInMonth reads a day without its year, if it is in the month of the page's address.
func (c *calendar) dayInMonth(s string) (moment, bool) {
	if len(s) > 30 || !hasDigit(s) || calendarWords(s) < len(strings.Fields(s)) {
		return moment{}, false
	}
	m, ok := parseMoment(strings.TrimRight(s, ". ")+" "+c.month[:4], c.lang)
	return m, ok && m.Format("2006/01") == c.month
}

// opens reports whether a sentence begins behind a date at the start of s.
func opens(s string) bool {
	date, rest := leading(s)
	r, _ := utf8.DecodeRuneInString(rest)
	return date != "" && strings.HasPrefix(s, date) && unicode.IsUpper(r)
}

// bothDates splits a line that says when the article was published and when it was changed; change is empty if s does not.
func bothDates(s string) (published, change string) {
	if figures(s) < 10 {
		return s, ""
	}
	if !mayBeUpdate(s) {
		return s, ""
	}
	u, p := updateWords.FindStringIndex(s), isPublished.FindStringIndex(s)
	switch {
	case u == nil || p == nil:
		return s, ""
	case p[0] < u[0] && figures(s[p[0]:u[0]]) > 4:
		return s[:u[0]], s[u[0]:]
	case u[0] < p[0] && figures(s[u[0]:p[0]]) > 4:
		return s[p[0]:], s[u[0]:p[0]]
	}
	return s, ""
}

// calendarWords returns how many words of s may belong to a date.
func calendarWords(s string) (n int) {
	for w := range strings.FieldsSeq(s) {
		if key := strings.ToLower(strings.Trim(w, ".,|()")); hasDigit(w) || len(key) < 3 || monthOf(key) > 0 || weekdays[key] {
			n++
		}
	}
	return n
}

// filed matches the sentence under a post that says when it was posted.
var filed = regexp.MustCompile(`(?i)(?:this (?:entry|post|article) was (?:posted|published)|(?:eintrag|beitrag|artikel|permalink|dieser text)\b.{0,80}\b(?:wurde|erschien)|(?:esta entrada|este post|este artículo) (?:fue|foi)|(?:cet article|cette entrée) a été (?:publi|post))`)

var (
	isPublished = regexp.MustCompile(`(?i)publish|posted|gepostet|veröffentlich|erschienen|erstellt|publi[ée]|publicad|pubblicat|geplaatst|publicerad|udgivet|opublikowan|опубликован|date:|datum:|vom |le \d|发布|geschrieben`)
	updateWords = regexp.MustCompile(`(?i)updated|last edited|bearbeitet|modified|aktualisiert|geändert|letzte (?:änderung|aktualisierung|bearbeitung)|mis à jour|modifié|actualizad|atualizad|aggiornat|bijgewerkt|uppdaterad|opdateret|oppdatert|stand:|reviewed`)
	eventWords  = regexp.MustCompile(`(?i)©|copyright|\bborn\b|geboren|\d{4}\s*[-–]\s*\d{4}`)
)

// spans matches the days that something lasts: "5. bis 11. Februar 2026", "May 5-7, 2026", "05.02. – 11.02.2026".
var spans = regexp.MustCompile(`(?i)\d{1,2}(?:\.|st|nd|rd|th)?\s?(?:\pL{3,10}\.?\s)?(?:-|–|—|bis|to|through|until|und|and|au|al|a|t/m|do|до)\s?(?:zum |the )?\d{1,2}(?:\.|st|nd|rd|th)?,?(?:\s(?:de )?\pL{3,10}\.?)?,?\s(?:de )?\d{4}|\d{1,2}\.\d{1,2}\.(?:\d{2,4})?\s?(?:-|–|—|bis)\s?\d{1,2}\.\d{1,2}\.\d{2}`)

// isSpan reports whether s says how many days something lasts.
func isSpan(s string) bool { return figures(s) >= 6 && spans.MatchString(s) }

func isUpdate(s string) bool {
	if !mayBeUpdate(s) {
		return false
	}
	at := updateWords.FindStringIndex(s)
	return at != nil && !isPublished.MatchString(s[:at[0]])
}

// mayBeUpdate reports whether s has a part of a word of [updateWords]: an expression costs more to ask.
func mayBeUpdate(s string) bool {
	low := strings.ToLower(s)
	for _, part := range [...]string{"dat", "mod", "aktual", "ndert", "letzte", "jour", "actual", "atual", "aggior", "bijge", "stand", "review", "edited", "bearb"} {
		if strings.Contains(low, part) {
			return true
		}
	}
	return false
}

func isEvent(s string) bool { return eventWords.MatchString(s) }

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// dateOf returns what a place says, and what it is worth.
func dateOf(p place) (string, float64) {
	s := writtenDate(p.node)
	if len(s) > maxShort {
		return "", 0
	}
	switch timed := p.node.Data == "time"; {
	case hasWord(p.prop, "datepublished"):
		return s, 0.8
	case timed && (hasAttr(p.node, "pubdate") || p.is&published != 0):
		return s, 0.75
	case timed, hasWord(p.prop, "datecreated"):
		return s, 0.6
	case p.is&published != 0:
		return s, 0.55
	}
	return s, 0.4
}

// writtenDate returns the date of n as its attributes give it, else as it is printed.
func writtenDate(n *html.Node) string {
	for _, key := range []string{"content", "datetime", "data-datetime", "data-timestamp", "data-published", "data-date", "data-time", "title"} {
		if key == "title" && n.Data != "abbr" && n.Data != "span" {
			continue
		}
		if s := dom.Attr(n, key); hasDigit(s) {
			return s
		}
	}
	return line(text(n))
}

func hasAttr(n *html.Node, key string) bool {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return true
		}
	}
	return false
}
