package meta

import (
	"net/url"
	"strings"
)

// A masthead says which publication a page is of, and which part of it.
type masthead struct {
	*facts
	label string // what the host is called
}

func (f *facts) masthead() masthead { return masthead{f, hostLabel(f.canonical(), fromString(f.from))} }

// site returns the name of the publication.
func (f masthead) site() string {
	for _, s := range f.siteClaims() {
		if s = f.ownName(line(s)); s != "" {
			return s
		}
	}
	return f.siteInTitle()
}

// siteClaims returns what the page gives as the name of its publication, the surest first.
func (f masthead) siteClaims() []string {
	claims := []string{f.value("og:site_name")}
	for _, w := range f.works() {
		if p := f.resolve(w.object["publisher"]); p != nil {
			claims = append(claims, p.string("name"))
		}
		if s := w.string("publisher"); !isAddress(s) {
			claims = append(claims, s)
		}
	}
	for _, o := range f.objects {
		if o.is("WebSite") {
			claims = append(claims, o.string("name"))
		}
	}
	for _, name := range []string{"citation_journal_title", "dc.publisher", "dcterms.publisher", "application-name", "apple-mobile-web-app-title"} {
		claims = append(claims, f.value(name))
	}
	return claims
}

// ownName returns the name of a site without the headline and the motto that some pages have in it; "" if nothing is left.
func (f masthead) ownName(s string) string {
	title := fold(f.title)
	if u, err := url.Parse(s); err == nil && u.Host != "" {
		s = u.Hostname()
	}
	first, _, _ := strings.Cut(strings.NewReplacer(" – ", " - ", " — ", " - ").Replace(s), " - ")
	for part := range strings.SplitSeq(first, " | ") {
		if len(part) < len(s) && f.resembles(part) {
			return part
		}
	}
	if len(strings.Fields(s)) > 4 && strings.HasPrefix(title, fold(s)) && !f.atFront() {
		s = lastPart(s)
	}
	return strings.TrimPrefix(strings.Trim(f.withoutMotto(s, title), " -–—|/·•:"), "www.")
}

// withoutMotto returns a site's name without the headline before it, given the title as it is compared, and the motto behind it.
func (f masthead) withoutMotto(s, title string) string {
	cut := false
	for _, sep := range []string{" | ", " - ", " – ", " — "} {
		name, motto, ok := strings.Cut(s, sep)
		switch {
		case !ok:
		case len(strings.Fields(name)) > 2 && strings.HasPrefix(title, fold(name)) && !f.atFront():
			s = motto
		case sep == " | " || cut || len(strings.Fields(motto)) > 2:
			s, cut = name, true
		}
	}
	return s
}

// lastPart returns what stands behind the last separator of a title, "" if there is none.
func lastPart(s string) string {
	for _, sep := range []string{" | ", " - ", " – ", " — "} {
		if i := strings.LastIndex(s, sep); i > 0 {
			return s[i+len(sep):]
		}
	}
	return ""
}

// atFront reports whether the page is the front page of its site.
func (f masthead) atFront() bool {
	for _, address := range []string{fromString(f.from), f.canonical()} {
		if u, err := url.Parse(address); err == nil && u.Host != "" {
			return strings.Trim(u.Path, "/") == ""
		}
	}
	return false
}

// siteInTitle returns the part of the title, between separators, that is called as the host is.
func (f masthead) siteInTitle() string {
	parts := strings.FieldsFunc(line(f.title), func(r rune) bool { return strings.ContainsRune("|–—·•»-:", r) })
	if len(parts) < 2 {
		return ""
	}
	for _, part := range parts {
		if part = strings.TrimSpace(part); f.resembles(part) {
			return strings.TrimPrefix(part, "www.")
		}
	}
	return ""
}

// resembles reports whether a name is that of the host: "The Courier" at courier.example.
func (f masthead) resembles(name string) bool {
	key := fold(name)
	return len(f.label) > 3 && len(key) > 3 && len(strings.Fields(name)) < 6 &&
		(strings.Contains(key, f.label) || strings.Contains(f.label, key) && 2*len(key) > len(f.label))
}

// hostLabel returns the part of the host of the first absolute address that names its owner: "courier" of www.courier.co.uk.
func hostLabel(addresses ...string) string {
	for _, address := range addresses {
		u, err := url.Parse(address)
		if err != nil || u.Host == "" {
			continue
		}
		labels := strings.Split(u.Hostname(), ".")
		i := len(labels) - 2
		if i > 0 && secondLevels[labels[i]] {
			i--
		}
		return fold(labels[max(i, 0)])
	}
	return ""
}

// secondLevels are the labels of a host that stand before its country.
var secondLevels = set("co com org gov net ac edu gob gouv go or ne")

// section returns the part of the publication in which the article stands.
func (f masthead) section() string {
	claims := []string{f.value("article:section"), f.value("parsely-section"), f.value("cxenseparse:section"), f.value("sailthru.section")}
	for _, w := range f.works() {
		claims = append(claims, w.string("articleSection"))
	}
	claims = append(claims, f.breadcrumb())
	for _, s := range claims {
		if s = line(s); strings.Contains(s, ",") && !strings.Contains(s, ", ") { // as WordPress lists them
			for part := range strings.SplitSeq(s, ",") {
				if isSection(part) {
					return part
				}
			}
			continue
		}
		if isSection(s) {
			return s
		}
	}
	return ""
}

// breadcrumb returns the name of the first step below the front page on the way to the article, as its data give it.
func (f masthead) breadcrumb() string {
	for _, o := range f.objects {
		list, ok := o["itemListElement"].([]any)
		if !o.is("BreadcrumbList") || !ok || len(list) < 3 {
			continue
		}
		for _, v := range list[1 : len(list)-1] {
			step, _ := v.(map[string]any)
			name := object(step).string("name")
			if item, ok := step["item"].(map[string]any); ok && name == "" {
				name = object(item).string("name")
			}
			if isSection(name) {
				return name
			}
		}
	}
	return ""
}

// isSection reports whether s is the name of a part of a publication, and not one that says nothing.
func isSection(s string) bool { return s != "" && len(s) < 80 && !noSections[fold(s)] }

// noSections are what systems call a section that has no name, without blanks.
var noSections = set("tags tag posts post article articles artikel beitrag beiträge beitrage allgemein allgemeines uncategorized uncategorised unkategorisiert ohnekategorie nichtkategorisiert keinekategorie nonclasse noncategorise sincategoria sincategorizar senzacategoria semcategoria general default home startseite start accueil inicio main mainblog blog featured highlight highlights topnews topstory topstories aktuell aktuelles latest all none null undefined unsorted misc index page pages seite mainnavigation navigation menu")
