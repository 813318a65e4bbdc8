package meta

import (
	"net/url"
	"strings"

	"golang.org/x/text/language"
)

// value returns the first meta element of one of the names, in their order.
func (f *facts) value(names ...string) string {
	for _, name := range names {
		for _, m := range f.metas {
			if m.name == name {
				return m.value
			}
		}
	}
	return ""
}

// language returns the tag of the page's language.
func (f *facts) language() string {
	said := []string{f.lang, f.value("content-language"), f.value("dc.language", "dcterms.language", "language", "og:locale")}
	for _, w := range f.works() {
		said = append(said, w.string("inLanguage"))
	}
	for _, s := range said {
		s, _, _ = strings.Cut(strings.TrimSpace(s), ",")
		if tag, err := language.Parse(strings.ReplaceAll(s, "_", "-")); err == nil && tag != language.Und {
			if base, _ := tag.Base(); base.String() == f.value(strangeMeta) {
				continue // a system's default
			}
			return tag.String()
		}
	}
	return ""
}

// canonical returns the address that the page gives as its own.
func (f *facts) canonical() string {
	var said []string
	for _, l := range f.links {
		if hasWord(l.name, "canonical") {
			said = append(said, l.value)
		}
	}
	said = append(said, f.value("og:url"), f.value("twitter:url", "sailthru.url", "parsely-link"))
	for _, s := range said {
		u, err := url.Parse(strings.TrimSpace(s))
		if err != nil || s == "" {
			continue
		}
		if f.from != nil {
			u = f.from.ResolveReference(u)
		}
		front := strings.Trim(u.Path, "/") == "" && u.RawQuery == "" && f.from != nil && strings.Trim(f.from.Path, "/") != ""
		if u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || front { // some pages give the front page's
			continue
		}
		u.User, u.Fragment = nil, ""
		return u.String()
	}
	return ""
}

func isAddress(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "//") || strings.HasPrefix(s, "www.")
}
