package meta

import (
	"net/url"
	"slices"
	"strings"

	"byline/articles/web/dom"

	"golang.org/x/net/html"
)

// Bounds of what is looked at: pages made to bring programs down have more.
const (
	maxDepth  = 400
	maxPlaces = 400     // lines, times, bylines
	maxScript = 1 << 20 // bytes of a JSON-LD script
	maxShort  = 200     // bytes of a line beside the headline
)

// Facts are the places of a page that say something about it, in its order.
type facts struct {
	from    *url.URL
	lang    string
	metas   []pair
	links   []pair // rel, href
	objects []object
	byID    map[string]object
	title   string
	scripts
	places
	head   *place              // the headline, once it is known
	around map[*html.Node]bool // the elements around it
	names  map[string]bool     // of the site, see [facts.siteNames]
	parsed map[string]byline
}

// Scripts are what the scripts of a page say.
type scripts struct {
	searched    int // bytes
	dataAuthors []string
	dataDates   []string
}

// Places are the elements of a page that may say something.
type places struct {
	headings []place // h1, and what is marked as the headline
	subs     []place // h2
	bylines  []place
	times    []place
	lines    []place // short blocks of text
	at       int     // counts elements
	seen     classCache
}

type pair struct{ name, value string }

// A place is an element that may say something.
type place struct {
	node  *html.Node
	at    int
	where where
	prop  string // itemprop or property
	is    classes
	said  string // of a line: its text
}

// A where is the surroundings of an element.
type where struct {
	article *html.Node // the innermost article or main part
	aside   *mark      // menus, footers, comments, lists of other articles around it
	quote   *mark      // quotations and captions around it
	depth   int
}

// A mark is an element that sets apart what is in it, within others. One that holds the headline sets nothing apart: pages call
// the whole article "with-sidebar".
type mark struct {
	node *html.Node
	up   *mark
	hard bool // by its kind rather than its name
	talk bool // what readers say about the article
}

// apart reports whether a mark of m sets something apart, given the elements around the headline.
func (m *mark) apart(around map[*html.Node]bool) bool {
	for ; m != nil; m = m.up {
		if !around[m.node] {
			return true
		}
	}
	return false
}

// talks reports whether a mark of m is of what readers say.
func (m *mark) talks() bool {
	for ; m != nil; m = m.up {
		if m.talk {
			return true
		}
	}
	return false
}

// hardly reports whether a mark of m is sure.
func (m *mark) hardly() bool {
	for ; m != nil; m = m.up {
		if m.hard {
			return true
		}
	}
	return false
}

func collect(doc *html.Node, from *url.URL) *facts {
	f := &facts{from: from, byID: map[string]object{}, parsed: map[string]byline{}}
	f.seen, f.lines = classCache{}, make([]place, 0, 128)
	f.walk(doc, where{})
	if strings.HasPrefix(f.lang, "en") {
		all, english := englishIn(doc)
		if all > fewSample && 25*english < all {
			f.metas = append(f.metas, pair{strangeMeta, "en"})
		}
	}
	return f
}

func (f *facts) walk(n *html.Node, w where) {
	if w.depth++; w.depth > maxDepth {
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			f.at++
			f.element(c, w)
		}
	}
}

// element notes what n may say, and looks into it.
func (f *facts) element(n *html.Node, w where) {
	switch n.Data {
	case "script":
		f.script(n)
		return
	case "style", "template", "iframe", "noscript", "select", "textarea", "button":
		return
	case "svg", "math":
		return
	case "html":
		f.lang = dom.Attr(n, "lang")
		if f.lang == "" {
			f.lang = dom.Attr(n, "xml:lang")
		}
	case "meta":
		f.meta(n)
		f.note(n, w, 0)
		return
	case "link":
		f.links = append(f.links, pair{strings.ToLower(dom.Attr(n, "rel")), dom.Attr(n, "href")})
		f.note(n, w, 0)
		return
	case "title":
		if f.title == "" {
			f.title = text(n)
		}
		return
	}
	is := f.seen.of(n)
	w = w.in(n, is)
	f.note(n, w, is)
	f.walk(n, w)
}

// meta notes a meta element under each of its names.
func (f *facts) meta(n *html.Node) {
	value := strings.TrimSpace(dom.Attr(n, "content"))
	if value == "" || len(value) > 4000 {
		return
	}
	for _, key := range []string{"name", "property", "http-equiv"} {
		for name := range strings.FieldsSeq(strings.ToLower(dom.Attr(n, key))) {
			f.metas = append(f.metas, pair{name, value})
		}
	}
}

// in returns the surroundings of what is in n.
func (w where) in(n *html.Node, is classes) where {
	switch n.Data {
	case "body", "html":
		return w
	case "article", "main":
		w.article = n
		return w
	case "blockquote", "q", "figure", "figcaption":
		w.quote = &mark{node: n, up: w.quote, hard: true}
	case "cite":
		if is&author == 0 { // some pages take a byline for one
			w.quote = &mark{node: n, up: w.quote, hard: true}
		}
	}
	if w.leaves(n, is) {
		w.aside = &mark{node: n, up: w.aside, hard: true}
	}
	if is&(beside|talk) != 0 || n.Data == "form" || w.article == nil && is&(foot|ownFoot) == foot {
		w.aside = &mark{node: n, up: w.aside, talk: is&talk != 0}
	}
	if is&quotation != 0 {
		w.quote = &mark{node: n, up: w.quote}
	}
	return w
}

// leaves reports whether n is by its kind no part of the article. An article's own footer may name its author.
func (w where) leaves(n *html.Node, is classes) bool {
	switch n.Data {
	case "nav", "dialog":
		return true
	case "footer":
		return w.article == nil
	case "aside":
		return w.article == nil || is&about == 0
	}
	for _, end := range []string{"/Comment", "/Quotation"} {
		if strings.HasSuffix(dom.Attr(n, "itemtype"), end) {
			return true
		}
	}
	return dom.Attr(n, "itemprop") == "comment"
}

// note adds n to the lists of places that it belongs to.
func (f *facts) note(n *html.Node, w where, is classes) {
	p := place{n, f.at, w, propertyOf(n), is, ""}
	switch {
	case n.Data == "h1", hasWord(p.prop, "headline"):
		f.headings = add(f.headings, p)
	case n.Data == "h2", is&heading != 0 && is&(beside|talk|logo) == 0 && isLine(n):
		f.subs = add(f.subs, p)
	}
	if isByline(p) {
		f.bylines = add(f.bylines, p)
	}
	if isDate(p) {
		f.times = add(f.times, p)
	}
	if isLine(n) {
		f.lines = add(f.lines, p)
	}
}

// settle notes the place of the headline, and from then on only the lines that may be the article's.
func (f *facts) settle(title string) {
	if head := f.headPlace(fold(title)); head != nil {
		at := *head // the lines among which it may be are sorted out below
		f.head = &at
	}
	f.around = map[*html.Node]bool{}
	if f.head != nil {
		for n := f.head.node; n != nil; n = n.Parent {
			f.around[n] = true
		}
	}
	f.findOwners()
	f.findFeet()
	f.lines = slices.DeleteFunc(f.lines, func(p place) bool { return f.aside(p) || f.quoted(p) || f.other(p) })
	for i := range f.lines {
		f.lines[i].said = line(text(f.lines[i].node))
	}
}

// Names under which [facts.settle] notes what a page says beside its article as if a meta element did. No page can use them.
const (
	ownerMeta = "the owner" // somebody for whom the site is called, or who has the copyright of all of it
	footMeta  = "the foot"  // when the page was changed

	besideMeta  = "the line beside" // what a line beside the article says of it, by its name
	strangeMeta = "not in"          // a language that the text is not in
)

// findFeet notes what stands beside the article and says when the page was changed.
func (f *facts) findFeet() {
	for _, p := range f.lines {
		if !f.aside(p) || p.where.aside.talks() || f.other(p) || !hasFigures(p.node) {
			continue
		}
		s := line(text(p.node))
		switch {
		case figures(s) < 5:
		case f.head != nil && isPublished.MatchString(s) && strings.Contains(fold(s), fold(headingText(*f.head))):
			f.metas = append(f.metas, pair{besideMeta, s})
		case hasDigit(ownText(p.node)) && (isUpdate(s) || startsWithCopyright(p.node)):
			f.metas = append(f.metas, pair{footMeta, s})
		}
	}
}

// headPlace returns the first heading that says the title, given as it is compared; else the first of all; else a line that says it; nil for
// none.
func (f *facts) headPlace(title string) (first *place) {
	for i := range f.headings {
		h := &f.headings[i]
		if h.node.Data == "meta" || h.where.aside.hardly() {
			continue
		}
		if title != "" && strings.Contains(fold(headingText(*h)), title) {
			return h
		}
		if first == nil {
			first = h
		}
	}
	for i := range f.subs {
		if first == nil && title != "" && fold(headingText(f.subs[i])) == title {
			first = &f.subs[i]
		}
	}
	if first == nil && title != "" {
		return f.lineSaying(title)
	}
	return first
}

// lineSaying returns the first line that says the title, nil for none.
func (f *facts) lineSaying(title string) *place {
	for i := range f.lines {
		if p := &f.lines[i]; !p.where.aside.hardly() && fold(line(text(p.node))) == title {
			return p
		}
	}
	return nil
}

// aside reports whether p is beside the article.
func (f *facts) aside(p place) bool { return p.where.aside.apart(f.around) }

// quoted reports whether p is in a quotation or a caption.
func (f *facts) quoted(p place) bool { return p.where.quote.apart(f.around) }

// other reports whether p is in another article than the headline.
func (f *facts) other(p place) bool {
	return p.where.article != nil && f.head != nil && p.where.article != f.head.where.article && !f.around[p.where.article] && p.where.article.Data == "article" && f.head.where.article != nil
}

// ownText returns the text that n holds itself.
func ownText(n *html.Node) string {
	s := ""
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode {
			s += c.Data
		}
	}
	return s
}

// hasFigures reports whether a text in n has two figures in a row.
func hasFigures(n *html.Node) bool {
	for c := range n.Descendants() {
		if c.Type == html.TextNode && figures(c.Data) > 1 {
			return true
		}
	}
	return false
}

func add(list []place, p place) []place {
	if len(list) >= maxPlaces {
		return list
	}
	return append(list, p)
}

// propertyOf returns the properties of microdata and RDFa that n gives.
func propertyOf(n *html.Node) string {
	item, rdfa := dom.Attr(n, "itemprop"), localProperty(n)
	if item == "" && rdfa == "" {
		return ""
	}
	return strings.ToLower(item + " " + rdfa)
}

// localProperty returns the RDFa property of n without its vocabulary, unless n is in the head.
func localProperty(n *html.Node) string {
	if n.Data == "meta" {
		return ""
	}
	p := dom.Attr(n, "property")
	if i := strings.LastIndexAny(p, ":/"); i >= 0 {
		p = p[i+1:]
	}
	return p
}

func hasWord(s, word string) bool {
	for w := range strings.FieldsSeq(s) {
		if w == word {
			return true
		}
	}
	return false
}

// isLine reports whether n is a block that holds words and no other block.
func isLine(n *html.Node) bool {
	switch n.Data {
	case "a":
		return figures(ownText(n)) > 4
	case "p", "div", "li", "span", "h2", "h3", "h4", "h5", "h6", "address", "td", "th", "dd", "dt", "section", "footer", "label", "nobr", "small", "em", "i", "b", "strong", "font", "center", "header":
	default:
		if !strings.Contains(n.Data, "-") {
			return false
		}
	}
	words := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			words += len(strings.TrimSpace(c.Data))
		case c.Type == html.ElementNode && !phrase(c.Data):
			return false
		default:
			words += len(strings.TrimSpace(firstText(c)))
		}
	}
	return words > 0 && words <= maxShort
}

// firstText returns the text with which n begins, unless that is deep in it.
func firstText(n *html.Node) string {
	for range 4 {
		if n == nil || n.Type == html.ElementNode && !phrase(n.Data) {
			return ""
		}
		if n.Type == html.TextNode {
			return n.Data
		}
		n = n.FirstChild
	}
	return ""
}

// phrase reports whether an element of this name is part of a line.
func phrase(name string) bool {
	switch name {
	case "a", "abbr", "b", "br", "cite", "em", "font", "i", "img", "small", "span", "strong", "sup", "time", "u", "svg", "script", "wbr", "ins", "label", "nobr", "q", "big", "tt", "mark", "del":
		return true
	}
	return false
}
