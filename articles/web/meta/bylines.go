package meta

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	nethtml "golang.org/x/net/html"

	"byline/articles/web/dom"
)

// isByline reports whether p may name authors.
func isByline(p place) bool {
	if p.marked() {
		return true
	}
	switch p.node.Data {
	case "body", "html", "article", "main", "section", "meta", "link", "img", "form", "input":
		return false
	case "address", "byline", "author":
		return true
	}
	return p.is&author != 0 || p.node.Data == "a" && toWriter(dom.Attr(p.node, "href")) && !inProse(p.node)
}

// inProse reports whether a link stands among words, which name whom they are about.
func inProse(a *nethtml.Node) bool {
	words := 0
	for c := a.Parent.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == nethtml.TextNode {
			words += len(strings.TrimSpace(c.Data))
		}
	}
	return words > 40
}

// authorFolders are the folders of addresses in which sites keep the pages about their authors.
var authorFolders = set("author authors autor autoren autorin autores auteur auteurs autore autori journalist journalists journalisten journaliste reporter reporters writer writers contributor contributors columnist columnists byline bylines staff redakteur redakteure verfasser skribent skribenter periodista periodistas firmas")

// userFolders are the folders of the pages about those who write what others read there, of articles and of comments.
var userFolders = set("members member users user profile profiles profil mitglied mitglieder benutzer usuario usuarios utilisateur u")

// writerFolders are both.
var writerFolders = func() map[string]bool {
	m := maps.Clone(authorFolders)
	maps.Copy(m, userFolders)
	return m
}()

// toWriter reports whether an address is that of a page about an author or a user, or of what an author wrote.
func toWriter(href string) bool {
	return inFolder(href, writerFolders) || strings.Contains(href, "?author=") || strings.Contains(href, "&author=") || toUserNumber(href)
}

// toUser reports whether an address is that of a page about a user of the site.
func toUser(href string) bool { return inFolder(href, userFolders) || toUserNumber(href) }

func toUserNumber(href string) bool {
	return strings.Contains(href, "?u=") && strings.Contains(href, "/user")
}

// inFolder reports whether an address is of something in one of the folders.
func inFolder(href string, folders map[string]bool) bool {
	if len(href) > 300 {
		return false
	}
	href, _, _ = strings.Cut(href, "?")
	in := false
	for part := range strings.SplitSeq(href, "/") {
		if in && len(part) > 2 {
			return true
		}
		in = folders[part]
	}
	return false
}

// marked reports whether p is an author by microdata, RDFa or a link's relation rather than by the name of a class.
func (p place) marked() bool {
	return hasWord(p.prop, "author") || hasWord(p.prop, "creator") || hasWord(strings.ToLower(dom.Attr(p.node, "rel")), "author")
}

// visible claims what readers see: elements that are marked as bylines, and lines beside the headline that begin with
// "By" or the like.
func (c *credits) visible() {
	c.bareNames()
	var run run
	for _, p := range c.bylines {
		kind := "byline"
		if p.marked() {
			kind = "marked"
		}
		if trust := c.trustOf(p); trust > 0 {
			b, worth := c.bylineOf(p)
			c.put(kind, b, worth*trust*c.near(p))
			if run.next(p, b) {
				c.put(kind, run.all, min(1.1*worth, 0.9)*trust*c.near(p))
			}
		}
	}
	label := -10 // where a line stood that was nothing but a label
	for _, p := range c.lines {
		rest, labelled := cutLabel(p.said)
		if labelled && rest == "" || labelNouns[strings.ToLower(strings.TrimRight(p.said, " :"))] {
			label = p.at
			c.put("line", c.follower(p.node), 0.5*c.near(p))
			continue
		}
		if b, worth := c.lineOf(p, rest, labelled, p.at-label <= 4); worth > 0 {
			c.put("line", b, worth)
		}
	}
}

// A run is bylines beside each other that name one person each.
type run struct {
	last place
	all  byline
}

// next reports whether p, which names b, goes on with the run; else it begins another.
func (r *run) next(p place, b byline) bool {
	was := r.last
	if len(b.people) != 1 || was.node != nil && dom.Text(was.node) == dom.Text(p.node) {
		return false
	}
	r.last = p
	if was.node == nil || was.node.Data != p.node.Data || p.at-was.at > 4 || was.node.Parent != p.node.Parent && !dom.Is(p.node.Parent, "span") || dom.Attr(was.node, "class") != dom.Attr(p.node, "class") || !isSurelyPerson(b.people[0]) {
		r.all = byline{people: slices.Clone(b.people)}
		return false
	}
	r.all.people = slices.Clone(r.all.people)
	r.all.add(b)
	return len(r.all.people) > 1 && len(r.all.people) < 6
}

// bareNames claims names that stand alone on a line below the headline, beside the date.
func (c *credits) bareNames() {
	if c.head == nil {
		return
	}
	for _, p := range c.lines {
		if d := p.at - c.head.at; d <= 0 || d > 40 || len(p.said) > 80 || !mayName(p.said) || !c.besideDate(p) || toTopic(p.node) || behindLabel(p.node) {
			continue
		}
		if b := c.parseByline(p.said); len(b.people) > 0 && len(surely(b).people) == len(b.people) && 4*len(strings.Join(b.people, " ")) > len(p.said) {
			c.put("line", b, 0.35)
		}
	}
}

// mayName reports whether one of the words of s is a known given name.
func mayName(s string) bool {
	return slices.ContainsFunc(strings.Fields(s), func(w string) bool { return given[fold(w)] })
}

// besideDate reports whether a date stands within a few elements of p.
func (c *credits) besideDate(p place) bool {
	for _, t := range c.times {
		if d := t.at - p.at; d >= -8 && d <= 8 && hasDigit(text(t.node)) {
			return true
		}
	}
	for _, t := range c.lines {
		if d := t.at - p.at; d >= -3 && d <= 3 && len(t.said) < 60 && hasDate(t.said) {
			return true
		}
	}
	return false
}

// behindLabel reports whether a label stands before n, which says what n is: no author, or the name would be known.
func behindLabel(n *nethtml.Node) bool {
	k := n.PrevSibling
	return k != nil && k.Type == nethtml.TextNode && strings.HasSuffix(strings.TrimSpace(k.Data), ":")
}

// toTopic reports whether n is linked, or leads, to a list of articles about something.
func toTopic(n *nethtml.Node) bool {
	a := dom.First(n, "a")
	for up := n; a == nil && up != nil; up = up.Parent {
		if up.Data == "a" {
			a = up
		}
	}
	return a != nil && inFolder(strings.ToLower(dom.Attr(a, "href")), topicFolders)
}

var topicFolders = set("tag tags thema themen topic topics schlagwort stichwort category kategorie categories person personen people tema temas keyword keywords dossier etiqueta")

// labelNouns are labels that stand alone, with no colon, before a name.
var labelNouns = set("by von vom par por di da door av af author authors autor autorin autoren auteur auteurs autora autore writer reporter redakteur redakteurin verfasser verfasserin skribent journalist autorzy")

// follower reads what follows a label, which is all that n says.
func (c *credits) follower(n *nethtml.Node) byline {
	k := following(n)
	if k == nil {
		return byline{}
	}
	s := k.Data
	if k.Type == nethtml.ElementNode {
		s = text(k)
	}
	if s = strings.TrimSpace(s); len(s) > maxShort {
		return byline{}
	}
	b := c.parseByline(s)
	if b.empty() && isPenName(s) && dom.First(k.Parent, "a") != nil {
		b.people = []string{line(s)}
	}
	return b
}

// following returns what follows n that is not blank: the next sibling, or that of what n alone is in.
func following(n *nethtml.Node) *nethtml.Node {
	for range 3 {
		for k := n.NextSibling; k != nil; k = k.NextSibling {
			if k.Type == nethtml.ElementNode && strings.TrimSpace(text(k)) != "" || k.Type == nethtml.TextNode && strings.TrimSpace(k.Data) != "" {
				return k
			}
		}
		if n = n.Parent; n == nil || !phrase(n.Data) && n.Data != "dt" && n.Data != "div" {
			break
		}
	}
	return nil
}

// trustOf returns how much an element is trusted for what is around it: what is marked by more than a class may stand beside the
// article.
func (c *credits) trustOf(p place) float64 {
	switch {
	case c.quoted(p):
		return 0
	case !c.aside(p):
		return 1
	case p.marked() && !p.where.aside.talks():
		return 0.3
	}
	return 0
}

// lineOf reads a line without the label in front: one that had a label, or follows a line that is one, or gives a date.
func (c *credits) lineOf(p place, rest string, labelled, follows bool) (byline, float64) {
	dated := !labelled && c.near(p) == 1 && len(p.said) < 80 && hasDate(p.said)
	if !labelled && !follows && !dated {
		return byline{}, 0
	}
	if dated {
		rest = dash.ReplaceAllString(rest, "|")
	}
	b := c.parseByline(rest)
	switch looks := likely(b.people); {
	case labelled:
		return b, labelledWorth(p, b, looks) * c.near(p)
	case follows:
		return b, 0.5 * c.near(p)
	case looks == 1 && len(b.people) > 0:
		return b, 0.4
	}
	return b, 0
}

// labelledWorth returns what the names behind a label are worth, given how much they look like names.
func labelledWorth(p place, b byline, looks float64) float64 {
	switch {
	case looks >= 0.6:
		return 0.6
	case mayBePenName(p, b):
		return 0.5
	}
	return 0
}

// mayBePenName reports whether b, behind a label, is one name of any kind in a line that says who wrote the article, and when.
func mayBePenName(p place, b byline) bool {
	return len(b.people) == 1 && (p.is&(about|author) != 0 || hasDate(p.said))
}

var dash = regexp.MustCompile(`\s[-–—]\s`)

// hasDate reports whether a line has a date in it, in any language.
func hasDate(s string) bool {
	if !hasDigit(s) {
		return false
	}
	_, ok := parseMoment(s, "")
	return ok
}

// bylineOf reads an element that is marked as a byline, and says what it is worth.
func (c *credits) bylineOf(p place) (byline, float64) {
	n := p.node
	inner, worth := markedNames(p)
	if !inner.empty() {
		return inner, worth
	}
	if p.is&portrait != 0 {
		worth *= 0.5
	}
	if c.other(p) {
		worth *= 0.4
	}
	s := text(n)
	if len(s) > 2*maxShort || c.headsSite(n) {
		return byline{}, 0
	}
	b := c.parseByline(s)
	switch {
	case n.Data == "ul" && len(surely(b).people) < strings.Count(s, "\n")+1:
		return byline{}, 0 // a menu
	case len(b.people) > 8:
		worth /= 4 // a list of everybody
	case b.empty() && n.Data == "a" && isPenName(s):
		b.people = []string{line(s)}
		worth *= 0.8
	}
	return b, worth
}

// markedNames returns what p is worth by its kind, and the names that its attributes or what is in it give, if they do.
func markedNames(p place) (b byline, worth float64) {
	switch n := p.node; {
	case hasWord(p.prop, "author"):
		if s := dom.Attr(n, "content"); s != "" && !isAddress(s) {
			return parseByline(s), 0.7
		}
		return named(n), 0.7
	case hasWord(strings.ToLower(dom.Attr(n, "rel")), "author"):
		return b, 0.6
	case n.Data == "a" && p.is&author == 0 && toUser(dom.Attr(n, "href")):
		return b, 0.3
	}
	return b, 0.5
}

// isPenName reports whether the text of a link to an author's page may be what somebody writes under: a few words of any kind.
func isPenName(s string) bool {
	return len(s) > 2 && len(s) < 40 && len(strings.Fields(s)) < 5 && !strings.ContainsAny(s, "\n:|/@.()0123456789") && !bare[strings.ToLower(s)] && !roles.MatchString(s)
}

// headsSite reports whether n holds a link to the front page and no other: the name of the site, as an address card.
func (c *credits) headsSite(n *nethtml.Node) bool {
	front := false
	for k := range n.Descendants() {
		if k.Type == nethtml.ElementNode && k.Data == "a" {
			if !c.isFront(k) {
				return false
			}
			front = true
		}
	}
	return front || n.Data == "a" && c.isFront(n)
}

// named returns the names that are marked as such in n.
func named(n *nethtml.Node) (b byline) {
	for c := range n.Descendants() {
		if c.Type == nethtml.ElementNode && dom.Attr(c, "itemprop") == "name" {
			s := dom.Attr(c, "content")
			if s == "" {
				s = text(c)
			}
			b.add(parseByline(s))
		}
	}
	return b
}

// near returns how much being beside the headline counts for a place.
func (f *facts) near(p place) float64 {
	if f.head == nil || p.node.Data == "meta" {
		return 0.8
	}
	own := p.where.article != nil && p.where.article == f.head.where.article && p.where.article.Data == "article"
	switch d := p.at - f.head.at; {
	case d >= -15 && d <= 40:
		return 1
	case d > 40 && d <= 120, own:
		return 0.8
	case d > 120:
		return 0.5
	}
	return 0.4
}
