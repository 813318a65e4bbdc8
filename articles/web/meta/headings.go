package meta

import (
	"strings"

	nethtml "golang.org/x/net/html"
)

// headlines are the claims of the headings.
func (f *facts) headlines() (out []claim[string]) {
	var own []place
	for _, h := range f.headings {
		switch {
		case headingText(h) == "" || h.where.quote.hardly():
		case f.namesSite(h):
			out = append(out, claim[string]{value: headingText(h), worth: 0.05, kind: "site"})
		default:
			own = append(own, h)
		}
	}
	only := -1 // the number of the one that the title is about
	for i, h := range own {
		if f.isAbout(h) && 2*f.inTitle(headingText(h)) >= len(strings.Fields(headingText(h))) {
			if only >= 0 {
				only = len(own)
			} else {
				only = i
			}
		}
	}
	for i, h := range own {
		out = append(out, headingClaims(h, f.worthOf(h, i, len(own) == 1 || i == only))...)
	}
	if len(own) == 0 {
		out = append(out, f.subHeadlines()...)
	}
	return out
}

// isAbout reports whether a heading has a word with what the page says its title or its subject is in common, or the page says neither.
func (f *facts) isAbout(h place) bool {
	title := fold(f.title + f.value("og:title"))
	return title == "" || shares(title+fold(f.value("og:description", "description")), headingText(h))
}

// worthOf returns what heading i is worth, given whether no other can be the headline. What readers see is the headline; the rest of the
// page may say it otherwise for search engines.
func (f *facts) worthOf(h place, i int, only bool) float64 {
	marked, aside := hasWord(h.prop, "headline"), h.where.aside.hardly()
	switch {
	case !f.isAbout(h):
		return f.unsupported(h, only && !aside, marked)
	case aside:
		return 0.1
	case h.node.Data == "meta":
		return 0.7
	case only && !marked && f.namesSection(headingText(h)):
		return 0.35
	case only, marked, f.isTitled(h):
		return 0.93
	case i == 0:
		return 0.7
	}
	return 0.3
}

// unsupported is [facts.worthOf] for a heading that has nothing in common with the title.
func (f *facts) unsupported(h place, only, marked bool) float64 {
	switch {
	case only && marked:
		return 0.7
	case only && h.node.Data != "meta" && titledShortly(line(f.title)) && len(strings.Fields(headingText(h))) > 2:
		return 0.6 // the title is that of the section
	}
	return 0.35 // a heading of something else
}

// isTitled reports whether the title says a heading, with its kicker or without.
func (f *facts) isTitled(h place) bool {
	title := fold(f.title + f.value("og:title"))
	for _, s := range []string{headingText(h), bareText(h)} {
		if len(s) > 8 && strings.Contains(title, fold(s)) {
			return true
		}
	}
	return false
}

// namesSection reports whether a heading of a few words is another than the title, which is longer and has none of them.
func (f *facts) namesSection(said string) bool {
	return len(strings.Fields(said)) <= 3 && len(strings.Fields(f.title)) > 5 && f.inTitle(said) == 0
}

// titledShortly reports whether a title has three words at most before the name of a site.
func titledShortly(title string) bool {
	for _, sep := range []string{" | ", " - ", " – ", " — ", " · "} {
		title, _, _ = strings.Cut(title, sep)
	}
	return len(strings.Fields(title)) <= 3
}

// inTitle returns how many words of a heading are in the title.
func (f *facts) inTitle(said string) (n int) {
	in := map[string]bool{}
	for w := range strings.FieldsSeq(f.title) {
		in[fold(w)] = true
	}
	for w := range strings.FieldsSeq(said) {
		if in[fold(w)] {
			n++
		}
	}
	return n
}

// shares reports whether a heading has a word with a subject in common: five letters of it, two in scripts without blanks.
func shares(subject, heading string) bool {
	for w := range strings.FieldsSeq(heading) {
		key := []rune(fold(w))
		size := 5
		if len(key) > 1 && key[0] > 0x2e80 {
			size = 2
		}
		if len(key) >= min(size, 4) && strings.Contains(subject, string(key[:min(size, len(key))])) {
			return true
		}
	}
	return false
}

// subHeadlines are the claims of headings of the second rank, where no article has one of the first: those that the title begins
// with, else the first that is called a title.
func (f *facts) subHeadlines() (out []claim[string]) {
	title := fold(f.title)
	for _, h := range f.subs {
		s := headingText(h)
		if s == "" || h.where.aside.hardly() || h.where.quote.hardly() {
			continue
		}
		if key := fold(s); len(key) > 5 && strings.Contains(title, key) {
			return headingClaims(h, 0.7)
		}
		if about := shares(title+fold(f.value("og:title")), s); len(out) == 0 && h.is&heading != 0 && (h.node.Data == "h2" || h.where.article != nil || about || title == "") {
			worth := 0.6
			if !about && title != "" {
				worth = 0.35
			}
			out = headingClaims(h, worth)
		}
	}
	return out
}

// bareText returns the text of a heading without a kicker.
func bareText(h place) string {
	t := lineText{bare: true}
	t.node(h.node, 0)
	return line(t.b.String())
}

// headingClaims are the claims of a heading: its lines without a kicker, and as a whole.
func headingClaims(h place, worth float64) []claim[string] {
	whole := headingText(h)
	if rest := bareText(h); rest != "" && rest != whole {
		return []claim[string]{{value: rest, worth: worth, kind: "heading"}, {value: whole, worth: worth / 2, kind: "heading"}}
	}
	out := []claim[string]{{value: whole, worth: worth, kind: "heading"}}
	if h.node.Data == "meta" {
		return out
	}
	lines := strings.Split(text(h.node), "\n")
	for _, l := range lines {
		if len(lines) > 1 && len(strings.Fields(l)) > 2 {
			out = append(out, claim[string]{value: line(l), worth: worth / 2, kind: "heading"})
		}
	}
	return out
}

// namesSite reports whether a heading is the name of the site on every page of it rather than a headline: it leads to the front page,
// is called a logo, or stands behind another heading in the title.
func (f *facts) namesSite(h place) bool {
	if isLogo(h.node) || f.leadsToFront(h.node) {
		return true
	}
	said := fold(headingText(h))
	if site := f.value("og:site_name"); site != "" && said != "" && h.node.Data != "meta" && !strings.Contains(fold(f.value("og:title")), said) && allIn(headingText(h), site) {
		return true
	}
	if first, rest, ok := splitTitle(line(f.title)); ok && said != "" && fold(rest) == said {
		for _, s := range f.subs {
			if fold(headingText(s)) == fold(first) {
				return true
			}
		}
	}
	return false
}

// isLogo reports whether n, or what is directly around it, is called a logo or the like.
func isLogo(n *nethtml.Node) bool {
	for up := 0; n != nil && up < 2; n, up = n.Parent, up+1 {
		if classesOf(n)&logo != 0 {
			return true
		}
	}
	return false
}

// leadsToFront reports whether a link in n leads to the front page, or is a logo.
func (f *facts) leadsToFront(n *nethtml.Node) bool {
	for c := range n.Descendants() {
		if c.Type == nethtml.ElementNode && c.Data == "a" && (f.isFront(c) || classesOf(c)&logo != 0) {
			return true
		}
	}
	return false
}

// allIn reports whether all words of a heading are words of a name.
func allIn(heading, name string) bool {
	in := map[string]bool{}
	for w := range strings.FieldsSeq(name) {
		in[fold(w)] = true
	}
	for w := range strings.FieldsSeq(heading) {
		if !in[fold(w)] {
			return false
		}
	}
	return true
}
