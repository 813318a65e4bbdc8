package meta

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"byline/articles/web/dom"
)

var (
	// dateline matches the agencies at the start of a report: "Halden (dpa/lno) –", "HALDEN, Nov. 2, 2026 /PRNewswire/ --".
	dateline = regexp.MustCompile(`^\p{Lu}[\p{L}\d.'’/, -]{1,70}?\s*(?:[(\[]([^)\]]{2,40})[)\]]|[\d ]/([\p{L} -]{2,30})/)\s*[-–—:.]`)
	// portrayed matches the names at the start of a line about the authors.
	portrayed = regexp.MustCompile(`^[*•–—-]?\s*(\p{Lu}[^.;:!?]{3,100}?),? (?:is|are|was|were|works?|writes?|covers?|reports?|teaches|ist|sind|war|waren|arbeitet|schreibt|lebt|est|sont|es|son|é|è|sono|contributed)(?:\s|$)`)
	// credited matches what leads in the names of an agency's reporters at the end of a report.
	credited = regexp.MustCompile(`^[(\[*]*(?:[Rr]eporting|[Ww]riting|[Rr]eported|[Ww]ritten) by ([^;.)]{3,200})`)
	// reported matches a credit of those who reported, one sentence of such a line. Who edited is no author.
	reported = regexp.MustCompile(`^[(\[*–—\s]*(?i:(?:(?:additional|further|original|more) )?(?:reporting|writing)(?: and (?:writing|reporting|research))? by|(?:with )?(?:additional |further |other )?(?:reporting|contributions?|research) (?:by|from)|contributing(?: reporters?| writers?)?:|mitarbeit:)\s+(.{3,200})`)
	// contributed matches who contributed to a report.
	contributed = regexp.MustCompile(`^[(\[*–—\s]*(\p{Lu}[^.;:!?]{3,160}?) (?:also )?contributed (?:to (?:this|the) |reporting)`)
)

// atEdges claims what the first and the last lines of the article say, and reports whether they say something.
func (c *credits) atEdges(edges Text) bool {
	claims := len(c.persons) + len(c.bodies)
	for i, s := range edges.First {
		if i < 2 && strings.ContainsAny(s[:min(len(s), 90)], "([/") {
			if m := dateline.FindStringSubmatch(s[:min(len(s), 140)]); m != nil {
				c.put("dateline", byline{agencies: agenciesIn(m[1] + m[2])}, 0.35)
			}
		}
		if len(s) > maxShort {
			continue
		}
		if rest, labelled := cutLabel(s); labelled {
			if b := c.parseByline(rest); likely(b.people) >= 0.6 {
				c.put("line", b, 0.55)
			}
		}
	}
	for i, s := range edges.Last {
		b, worth := c.signature(line(s))
		if worth > 0 {
			c.put("signature", b, worth/(1+0.1*float64(i)))
		} else if len(strings.Fields(s)) > 18 {
			break // what stands above a paragraph signs something else: a letter of several
		}
	}
	c.more = c.crew(edges.Last)
	return len(c.persons)+len(c.bodies) > claims || !c.more.empty()
}

// crew returns those who are credited with reporting at the end of a report, beside its authors.
func (c *credits) crew(last []string) (all byline) {
	for _, s := range last {
		if !strings.Contains(s, "by ") && !strings.Contains(s, "from ") && !strings.Contains(s, "ontribut") && !strings.Contains(s, "itarbeit") {
			continue
		}
		for credit := range strings.SplitSeq(endOfCredit.ReplaceAllString(s, "$1;"), ";") {
			m := reported.FindStringSubmatch(credit)
			if m == nil {
				m = contributed.FindStringSubmatch(credit)
			}
			if m != nil {
				all.add(byline{people: fullNames(c.parseByline(job.ReplaceAllString(strings.TrimRight(m[1], ")] "), "$1")).people)})
			}
		}
	}
	return all
}

// job matches what somebody does, before their name.
var job = regexp.MustCompile(`(^|, | and )(?:[\p{L}-]+ ){0,3}(?:[Ww]riter|[Rr]eporter|[Ee]ditor|[Cc]orrespondent|[Jj]ournalist|[Pp]roducer|[Rr]esearcher)s? `)

// endOfCredit matches the end of a sentence, but for an initial's.
var endOfCredit = regexp.MustCompile(`(\p{Ll})\.(?:\s|$)`)

// fullNames returns those who are called as people are: by two names or more.
func fullNames(people []string) (out []string) {
	for _, p := range people {
		if len(strings.Fields(p)) > 1 && !isBody(p) && likely([]string{p}) == 1 {
			out = append(out, p)
		}
	}
	return out
}

// atRight claims the names that are set at the right margin, as signatures are.
func (c *credits) atRight() {
	for _, p := range c.lines {
		if alignsRight(p.node) && !afterQuote(p.node) {
			if b := surely(c.parseByline(strings.Trim(p.said, "()[] "))); 2*len(strings.Join(b.people, " ")) > len(p.said) {
				c.put("signature", b, 0.35)
			}
		}
	}
}

// alignsRight reports whether n is set at the right margin, as signatures are.
func alignsRight(n *html.Node) bool {
	return n.Data == "p" && (dom.Attr(n, "align") == "right" || strings.Contains(strings.ReplaceAll(dom.Attr(n, "style"), " ", ""), "text-align:right"))
}

// afterQuote reports whether n stands behind a block quote, whose speaker it may name.
func afterQuote(n *html.Node) bool {
	for k := n.PrevSibling; k != nil; k = k.PrevSibling {
		if k.Type == html.ElementNode {
			return k.Data == "blockquote"
		}
	}
	return false
}

// signature reads one of the last lines of an article: names alone or behind a label, agencies, a line about the authors.
func (c *credits) signature(s string) (byline, float64) {
	if m := credited.FindStringSubmatch(s); m != nil {
		return byline{people: fullNames(c.parseByline(m[1]).people)}, 0.5
	}
	if m := portrayed.FindStringSubmatch(s); m != nil {
		if b := surely(c.parseByline(m[1])); 2*len(strings.Join(b.people, " ")) > len(m[1]) {
			return b, 0.35
		}
	}
	if len(s) > maxShort/2 {
		return byline{}, 0
	}
	rest, labelled := cutLabel(s)
	if !labelled && isSentence(rest) {
		return byline{}, 0
	}
	if rest = strings.Trim(rest, "–—- "); strings.HasPrefix(rest, "(") {
		rest = strings.Trim(rest, "()")
	}
	b := c.parseByline(rest)
	agencies := agenciesIn(strings.Trim(s, "()[]–—-. "))
	switch {
	case len(agencies) > 0:
		return byline{agencies: agencies}, 0.35
	case source.MatchString(s):
		return b, 0.35
	case len(b.people) == 0:
		return byline{}, 0
	case labelled && likely(b.people) >= 0.6:
		return b, 0.45
	case len(surely(b).people) == len(b.people) && len(strings.Fields(rest)) <= 4*len(b.people):
		return b, 0.35
	}
	return byline{}, 0
}

// isSentence reports whether s has more words in small letters than names have.
func isSentence(s string) bool {
	small := 0
	for w := range strings.FieldsSeq(s) {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsLower(r) && !particles[w] {
			small++
		}
	}
	return small > 4
}

// surely returns b without those that are not surely people.
func surely(b byline) (out byline) {
	for _, p := range b.people {
		if isSurelyPerson(p) {
			out.people = append(out.people, p)
		}
	}
	return out
}

// agenciesIn returns what s names if all of it is agencies: "dpa/lno".
func agenciesIn(s string) (out []string) {
	known := false
	if first, _, _ := strings.Cut(s, " "); len(s) < 24 && !strings.ContainsAny(s, "/,;+") && !isBody(first) && isBody(s) {
		return []string{s} // "BUSINESS WIRE"
	}
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("/,;+ ", r) }) {
		if len(w) > 12 {
			return nil
		}
		known = known || isBody(w)
		out = append(out, w)
	}
	if !known || len(out) > 3 {
		return nil
	}
	return out
}

// copyright matches what leads in the name of who has the copyright.
var copyright = regexp.MustCompile(`(?i)^(?:copyright|since|seit|\(c\)|©|&copy;|by|all rights reserved|[\s,.|:–-]|(?:19|20)\d\d)+`)

// findOwners notes the people for whom the site is called: its name, what stands under its name, who has the copyright.
func (f *facts) findOwners() {
	put := func(s string) {
		if s = withoutTitles(s); isSurelyPerson(s) {
			f.metas = append(f.metas, pair{ownerMeta, s})
		}
	}
	put(line(f.value("og:site_name")))
	if _, rest, ok := splitTitle(line(f.title)); ok {
		put(rest)
	}
	for _, p := range f.lines {
		switch {
		case p.is&(logo|motto) != 0:
			put(line(text(p.node)))
		case startsWithCopyright(p.node):
			s := line(text(p.node))
			if p.where.article != nil && !copyrightYear.MatchString(s) {
				continue // of a picture
			}
			s = copyright.ReplaceAllString(s, "")
			if before, _, ok := strings.Cut(s, " - "); ok {
				s = before
			}
			put(strings.TrimRight(strings.TrimSpace(copyrightEnd.ReplaceAllString(s, "")), ".,|"))
		}
	}
}

var (
	copyrightYear = regexp.MustCompile(`^\D{1,14}(?:19|20)\d\d`)
	copyrightEnd  = regexp.MustCompile(`(?i)[\s,.|–-]*(?:(?:19|20)\d\d|all rights reserved|alle rechte vorbehalten|tous droits réservés).*$`)
)

// startsWithCopyright reports whether the first words of n have the sign of a copyright.
func startsWithCopyright(n *html.Node) bool {
	for n != nil && n.Type == html.ElementNode {
		n = n.FirstChild
	}
	return n != nil && (strings.Contains(n.Data, "©") || strings.HasPrefix(strings.ToLower(strings.TrimSpace(n.Data)), "copyright"))
}

// withoutTitles returns a name without the degrees before it.
func withoutTitles(s string) string {
	words := strings.Fields(s)
	for len(words) > 2 && titles[fold(words[0])] {
		words = words[1:]
	}
	return strings.Join(words, " ")
}
