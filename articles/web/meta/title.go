package meta

import (
	"html"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/articles/web/dom"

	nethtml "golang.org/x/net/html"
	"golang.org/x/text/unicode/norm"

	"byline/articles/clean"
)

// titleMetas are the names of meta elements that give the headline, and what they are worth.
var titleMetas = map[string]float64{
	"og:title": 0.6, "twitter:title": 0.4, "title": 0.3, "dc.title": 0.45, "dcterms.title": 0.45, "dc:title": 0.45, "sailthru.title": 0.5, "parsely-title": 0.5, "headline": 0.5,
	"citation_title": 0.6, "cxenseparse:title": 0.45, "article:title": 0.5, "hdl": 0.4, "bt:title": 0.4,
}

// headline returns the page's own headline.
func (f *facts) headline(site string) string {
	var claims []claim[string]
	if noTitles[fold(f.title)] {
		f.title = ""
	}
	f.names = f.siteNames(site)
	names := f.names
	put := func(kind, s string, worth float64) {
		if s = withoutSite(line(s), names); s != "" && worth > 0 && !isName(s, names) {
			claims = append(claims, claim[string]{s, fold(s), worth, kind})
		}
	}
	for _, w := range f.works() {
		put("ld", w.string("headline"), 0.65*w.trust)
		put("ld", w.string("name"), 0.5*w.trust)
	}
	for _, m := range f.metas {
		put("meta", html.UnescapeString(m.value), titleMetas[m.name])
	}
	for _, h := range f.headlines() {
		put(h.kind, h.value, h.worth)
	}
	whole := line(f.title)
	put("title", whole, 0.4)
	claims = agree(claims, whole)
	best, support := judge(claims)
	if best == "" || best == whole && support <= 0.4 {
		best = f.saidPart(whole)
	}
	return best
}

// noTitles are what programs call a page that has no title, as they are compared.
var noTitles = set("untitled untitleddocument untitled1 document newpage1 newpage nopagetitle unbenanntesdokument ohnetitel documentsanstitre sanstitre documentosintitulo senzatitolo")

// saidPart returns the part of a title that a line of the page says where the others do not; else the title without what is probably the
// name of the site.
func (f *facts) saidPart(whole string) string {
	first, rest, ok := splitTitle(whole)
	if !ok {
		return whole
	}
	if len(strings.Fields(rest)) > 2 && f.lineSaying(fold(rest)) != nil && f.lineSaying(fold(first)) == nil {
		return rest
	}
	return cutTitle(whole)
}

// isFront reports whether a link leads to the front page of the site.
func (f *facts) isFront(a *nethtml.Node) bool {
	if hasWord(strings.ToLower(dom.Attr(a, "rel")), "home") {
		return true
	}
	u, err := url.Parse(strings.TrimSpace(dom.Attr(a, "href")))
	if err != nil || u.RawQuery != "" || u.Fragment != "" {
		return false
	}
	if i := strings.LastIndex(u.Path, "/http"); i >= 0 { // the page is a copy in an archive
		if u, err = url.Parse(u.Path[i+1:]); err != nil {
			return false
		}
	}
	front := u.Path == "/" || u.Path == "" && u.Host != ""
	own := f.canonical()
	if own == "" {
		own = fromString(f.from)
	}
	if here, err := url.Parse(own); own != "" && front && err == nil && strings.Trim(here.Path, "/") == "" && here.RawQuery == "" {
		return false // this is it
	}
	return front
}

// splitTitle returns the parts of a title around the last of its separators.
func splitTitle(s string) (first, rest string, ok bool) {
	for _, sep := range []string{" | ", " - ", " – ", " — ", " · ", " • ", " » ", " « ", " :: ", " : ", "|", ": "} {
		if i := strings.LastIndex(s, sep); i > 0 {
			return s[:i], s[i+len(sep):], true
		}
	}
	return s, "", false
}

func headingText(p place) string {
	if p.node.Data == "meta" {
		return line(dom.Attr(p.node, "content"))
	}
	return line(text(p.node))
}

// agree has the whole title support claims that it contains as a part between separators, and a
// shortened claim support the longer one that it begins.
func agree(claims []claim[string], whole string) []claim[string] {
	parts := map[string]bool{}
	for i, r := range whole {
		if separator(r) {
			parts[fold(whole[:i])] = true
			parts[fold(whole[i+len(string(r)):])] = true
		}
	}
	n := len(claims)
	for _, c := range claims[:n] {
		if parts[c.key] && c.key != fold(whole) {
			claims = append(claims, claim[string]{c.value, c.key, 0.4, "title"})
			break
		}
	}
	for i, c := range claims[:n] {
		short := strings.TrimRight(c.value, " .…")
		if c.kind == "heading" || short == c.value || !strings.HasSuffix(c.value, "…") && !strings.HasSuffix(c.value, "...") {
			continue
		}
		for _, d := range claims[:n] {
			if len(d.value) > len(c.value) && strings.HasPrefix(d.key, fold(short)) {
				claims[i].value, claims[i].key = d.value, d.key
				break
			}
		}
	}
	return claims
}

// separator reports whether r may stand between a headline and the name of a site.
func separator(r rune) bool { return strings.ContainsRune("-|–—·•:~;»«/‹›>⋆_", r) }

// siteNames returns the names of the site in the form in which they are compared.
func (f *facts) siteNames(site string) map[string]bool {
	names := map[string]bool{}
	headline := fold(f.value("og:title"))
	put := func(s string) {
		if key := fold(s); key != "" && (key != headline || len(strings.Fields(s)) < 5) {
			names[key] = true
		}
	}
	put(site)
	for _, m := range f.metas {
		switch m.name {
		case "og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher", "twitter:site", "cre", "publisher":
			put(strings.TrimPrefix(m.value, "@"))
		}
	}
	for _, o := range f.objects {
		if o.is("WebSite", "Organization", "NewsMediaOrganization") {
			put(o.string("name"))
			put(o.string("alternateName"))
		}
	}
	for _, address := range []string{f.canonical(), fromString(f.from)} {
		hostNames(address, put)
	}
	return names
}

// hostNames puts the names that the host of an address has: all of it, and its parts.
func hostNames(address string, put func(string)) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return
	}
	host := strings.TrimPrefix(u.Hostname(), "www.")
	put(host)
	labels := strings.Split(host, ".")
	for i := range labels[:len(labels)-1] {
		put(strings.Join(labels[i:], "."))
		if len(labels[i]) > 3 {
			put(labels[i])
		}
	}
}

func fromString(u *url.URL) string {
	if u == nil {
		return ""
	}
	return u.String()
}

// isName reports whether s is one of the names, but for an ending such as ".de".
func isName(s string, names map[string]bool) bool {
	key := fold(s)
	if key == "" || names[key] {
		return key != ""
	}
	for name := range names {
		if long, short := max(len(name), len(key)), min(len(name), len(key)); short > 3 && long-short <= 4 && (strings.HasPrefix(name, key) || strings.HasPrefix(key, name)) {
			return true
		}
	}
	return false
}

// withoutSite returns a title without the name of the site before or behind it.
func withoutSite(s string, names map[string]bool) string {
	for range 3 {
		t := cutName(s, names)
		if t == s {
			return s
		}
		s = t
	}
	return s
}

func cutName(s string, names map[string]bool) string {
	for i, r := range s {
		if !separator(r) {
			continue
		}
		before, after := strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+len(string(r)):])
		spaced := r == '|' || r == ':' || r == '»' || i > 0 && s[i-1] == ' '
		switch {
		case before == "" || after == "" || !spaced:
		case isName(after, names):
			return before
		case isName(before, names):
			return after
		}
	}
	return s
}

// cutTitle returns a title, which nothing else on the page supports, without what is probably the
// name of the site.
func cutTitle(s string) string {
	for _, sep := range []string{" | ", " - ", " – ", " — ", " · ", " • ", " » ", " :: "} {
		if i := strings.LastIndex(s, sep); i > 0 && len(strings.Fields(s[:i])) >= 3 && len(strings.Fields(s[i+len(sep):])) <= 4 {
			return s[:i]
		}
	}
	return s
}

// line returns s as one line of reasonable length.
func line(s string) string {
	const longest = 500
	s = clean.Words(invisible(s))
	for i := range s {
		if i > longest {
			return s[:i] + "…"
		}
	}
	return s
}

// invisible returns s without what draws nothing.
func invisible(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '\u00ad', '\u200b', '\u200c', '\u200e', '\u200f', '\u2060', '\ufeff':
			return -1
		case '\u2028', '\u2029', '\u0085':
			return ' '
		}
		return r
	}, s)
}

// fold returns the letters and digits of s in lower case and without accents, for comparing.
func fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	i := 0
	for ; i < len(s) && s[i] < utf8.RuneSelf; i++ {
		switch c := s[i]; {
		case c >= 'A' && c <= 'Z':
			b.WriteByte(c | 0x20)
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			b.WriteByte(c)
		}
	}
	if i == len(s) {
		return b.String()
	}
	b.Reset()
	for _, r := range norm.NFKD.String(s) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}
