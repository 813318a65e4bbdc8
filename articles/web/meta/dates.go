package meta

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

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
	"video:release_date": 0.4, "date.issued": 0.6, "release_date": 0.5, "published_time": 0.7, "eprints.date": 0.5, "pdate": 0.6, "ptime": 0.6, "last-modified": 0.15,
}

// updateMetas are the names of meta elements that give the date of the last change.
var updateMetas = map[string]float64{
	"article:modified_time": 0.8, "og:updated_time": 0.6, "datemodified": 0.8, "article:modified": 0.8, "dcterms.modified": 0.6, "dc.date.modified": 0.6, "last-modified": 0.4, "lastmod": 0.5, "modified_time": 0.6,
	"article:updated": 0.8, "revised": 0.4, "article_date_updated": 0.6,
}

// dates returns when the article was published, and when it was updated.
func (f *facts) dates(lang string) (published, updated time.Time) {
	first, last := f.dateClaims(lang)
	p, support := judge(first)
	u, _ := judge(last)
	if support < 0.04 { // of other articles
		p = moment{}
	}
	switch {
	case p.IsZero():
		return u.wall(), time.Time{}
	case u.IsZero() || !u.wall().After(p.wall()) || u.day() == p.day() && (u.dateOnly || p.dateOnly):
		return p.wall(), time.Time{}
	}
	return p.wall(), u.wall()
}

// dateClaims returns what the places of the page say of when it was published, and when it was changed last.
func (f *facts) dateClaims(lang string) (first, last []claim[moment]) {
	put := func(to *[]claim[moment], kind, s string, worth float64) {
		if worth == 0 || s == "" {
			return
		}
		if m, ok := parseMoment(s, lang); ok {
			*to = append(*to, claim[moment]{m, m.day(), worth, kind})
		}
	}
	for _, w := range f.works() {
		put(&first, "ld", w.string("datePublished"), 0.85*w.trust)
		put(&first, "ld", w.string("dateCreated"), 0.5*w.trust)
		put(&first, "ld", w.string("uploadDate"), 0.4*w.trust)
		put(&last, "ld", w.string("dateModified"), 0.8*w.trust)
	}
	for _, m := range f.metas {
		put(&first, m.name, m.value, dateMetas[m.name])
		put(&last, m.name, m.value, updateMetas[m.name])
	}
	f.visibleDates(lang, &first, &last)
	if u, err := url.Parse(f.canonical()); err == nil {
		put(&first, "address", addressDate(u), 0.6)
	}
	if f.from != nil {
		put(&first, "address", addressDate(f.from), 0.6)
	}
	f.edgeDates(lang, put, &first)
	f.footDates(lang, put, &last)
	local(first, last)
	return sameNight(first), sameNight(last)
}

// edgeDates claims the dates with which an article begins: "Halden, 2 November 2026 –"; that of its title; those of the page's own data.
func (f *facts) edgeDates(lang string, put func(*[]claim[moment], string, string, float64), first *[]claim[moment]) {
	for _, s := range f.edges.First {
		if date, rest := leading(s); date != "" && (rest == "" || strings.ContainsRune("-–—:|(„“\"»«", []rune(rest)[0])) {
			put(first, "edge", date, 0.35)
			break
		}
		if len(s) < 80 && isPublished.MatchString(s) && !isUpdate(s) {
			put(first, "edge", s, 0.3)
		}
	}
	for _, s := range f.edges.Last {
		if at := filed.FindStringIndex(s); at != nil {
			put(first, "edge", strings.ToValidUTF8(s[at[0]:min(len(s), at[0]+maxShort-10)], ""), 0.4)
		}
	}
	for _, part := range strings.FieldsFunc(f.title, func(r rune) bool { return r == '|' || r == '–' }) {
		if date, rest := leading(strings.TrimSpace(part)); rest == "" {
			put(first, "edge", date, 0.15)
		}
	}
	if same := f.dataDates; len(same) > 0 && !slices.ContainsFunc(same, func(s string) bool { return s[:min(len(s), 10)] != same[0][:min(len(same[0]), 10)] }) {
		put(first, "data", same[0], 0.3)
	}
}

// footDates claims the dates of changes that stand beside the article, such as in the foot of the page.
func (f *facts) footDates(_ string, put func(*[]claim[moment], string, string, float64), last *[]claim[moment]) {
	for _, s := range f.feet {
		if isUpdate(s) {
			put(last, "foot", s, 0.1)
		}
	}
}

// local makes the moments that are given in UTC those of the publication's clock, where another tells how far it is ahead.
func local(lists ...[]claim[moment]) {
	var zone time.Duration
	for _, list := range lists {
		for _, c := range list {
			if c.value.zone != 0 && zone == 0 {
				zone = c.value.zone
			}
		}
	}
	for _, list := range lists {
		for i := range list {
			if m := &list[i].value; m.utc && zone != 0 {
				m.Time, m.utc = m.Add(zone), false
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

// visibleDates claims the dates that readers see.
func (f *facts) visibleDates(lang string, first, last *[]claim[moment]) {
	beside := len(*first) == 0 // then what stands beside the article may be its date
	for _, p := range f.times {
		trust := f.trustOfDate(p, beside)
		if trust == 0 {
			continue
		}
		s, worth := dateOf(p)
		m, ok := parseMoment(s, lang)
		if !ok {
			continue
		}
		worth *= trust
		to := first
		if strings.Contains(p.prop, "modified") || isUpdate(s) || p.is&updated != 0 {
			to = last
			*first = append(*first, claim[moment]{m, m.day(), worth * 0.1, "time"})
		}
		*to = append(*to, claim[moment]{m, m.day(), worth * f.near(p) * f.near(p), "time"})
	}
	f.datedLines(lang, first, last)
}

// trustOfDate returns how much an element is trusted for what is around it.
func (f *facts) trustOfDate(p place, beside bool) float64 {
	switch {
	case f.aside(p) || f.quoted(p):
		if !beside || p.where.aside.talks() {
			return 0
		}
		if f.isOwnCard(p.node) {
			return 2
		}
		return 0.1
	case f.other(p):
		return 0.3
	}
	return 1
}

// isOwnCard reports whether n is in a card of a list that leads to this very page.
func (f *facts) isOwnCard(n *html.Node) bool {
	own, err := url.Parse(f.canonical())
	if err != nil || len(own.Path) < 2 {
		return false
	}
	for range 4 {
		if n = n.Parent; n == nil || dom.Is(n, "ul", "ol", "body") {
			return false
		}
		here, others := false, false
		for c := range n.Descendants() {
			if dom.Is(c, "a") {
				u, err := url.Parse(dom.Attr(c, "href"))
				here = here || err == nil && u.Path == own.Path
				others = others || err == nil && u.Path != own.Path && len(u.Path) > 1
			}
		}
		if u, err := url.Parse(dom.Attr(n, "href")); err == nil && n.Data == "a" {
			here, others = here || u.Path == own.Path, others || u.Path != own.Path
		}
		if here || others {
			return here && !others
		}
	}
	return false
}

// datedLines claims the dates in short lines: the first counts most.
func (f *facts) datedLines(lang string, first, last *[]claim[moment]) {
	rank := 0.5
	for _, p := range f.lines {
		s := p.said
		if len(s) > maxShort {
			continue
		}
		if published, change := bothDates(s); change != "" {
			if m, ok := parseMoment(change, lang); ok {
				*last = append(*last, claim[moment]{m, m.day(), 0.5 * f.near(p), "line"})
			}
			s = published
		}
		m, ok := parseMoment(s, lang)
		if !ok || isEvent(s) {
			continue
		}
		to, worth := first, rank
		switch {
		case isUpdate(s):
			to = last
		case isPublished.MatchString(s):
			worth = max(worth, 0.5)
		case len(strings.Fields(s)) > 6+calendarWords(s):
			worth *= 0.08 // a sentence about something else
		case len(s) > 60:
			worth *= 0.4
		}
		near := f.near(p)
		*to = append(*to, claim[moment]{m, m.day(), worth * near * near, "line"})
		rank = max(rank*0.7, 0.05)
	}
}

// bothDates splits a line that says when the article was published and when it was changed; change is empty if s does not.
func bothDates(s string) (published, change string) {
	u := updateWords.FindStringIndex(s)
	if u == nil {
		return s, ""
	}
	p := isPublished.FindStringIndex(s)
	switch {
	case p == nil || figures(s) < 10:
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
	updateWords = regexp.MustCompile(`(?i)updated|modified|aktualisiert|geändert|letzte (?:änderung|aktualisierung|bearbeitung)|mis à jour|modifié|actualizad|atualizad|aggiornat|bijgewerkt|uppdaterad|opdateret|oppdatert|stand:|reviewed`)
	eventWords  = regexp.MustCompile(`(?i)©|copyright|\bborn\b|geboren|\d{4}\s*[-–]\s*\d{4}`)
)

func isUpdate(s string) bool {
	at := updateWords.FindStringIndex(s)
	return at != nil && !isPublished.MatchString(s[:at[0]])
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
