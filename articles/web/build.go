package web

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"byline/articles"
	"byline/articles/builder"
	"byline/articles/clean"
	"byline/articles/web/dom"
)

// A blockReader reads blocks and inlines from a tree.
type blockReader struct {
	out  *builder.Builder
	base *url.URL
	run  *blockText   // the block being written
	stop func() error // the error of the context
}

// A blockText is the text of a block until it ends.
type blockText struct {
	builder.Words
	blank    bool // write a blank before the next word
	atLine   bool // at the start of a line, where blanks are dropped
	pictured bool // there is a picture in it
}

func newBlockReader(ctx context.Context, a *articles.Article, base *url.URL) *blockReader {
	return &blockReader{out: builder.New(a, 0), base: base, run: &blockText{}, stop: ctx.Err}
}

// A blockContext is the context of a block.
type blockContext struct {
	kind    articles.BlockKind
	heading int
	quote   int
	level   int
	item    *item
	marks   int // open quote elements around it
	depth   int
}

// An item is a list item whose marker waits for its first block.
type item struct{ marker string }

// deepest is the deepest nesting of lists and quotes; those below are drawn at that depth.
const deepest = 32

// build reads the blocks in root. The only error is that of the context.
func (b *blockReader) build(root *html.Node) error {
	findSpeakers(root)
	b.children(root, blockContext{})
	b.flush(blockContext{})
	return b.stop()
}

func (b *blockReader) children(n *html.Node, f blockContext) {
	if f.depth++; f.depth > maxDepth {
		return
	}
	for c := n.FirstChild; c != nil && b.stop() == nil; c = c.NextSibling {
		b.node(c, f)
	}
}

func (b *blockReader) node(n *html.Node, f blockContext) {
	switch {
	case n.Type == html.TextNode:
		b.run.words(n.Data)
	case dom.Is(n, "math"):
		b.formula(n)
	case n.Type != html.ElementNode || dom.IsSilent(n.Data) || dom.IsHidden(n):
	case n.Data == "br":
		b.run.line()
	case dom.IsInline(n.Data):
		b.inline(n, f)
	default:
		b.flush(f)
		b.element(n, f)
	}
}

// element reads a block element or one that contains blocks.
func (b *blockReader) element(n *html.Node, f blockContext) {
	g := f
	switch n.Data {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		g.kind, g.heading = articles.Heading, int(n.Data[1]-'0')
	case "blockquote":
		g.quote = min(f.quote+1, deepest)
	case "figcaption", "caption":
		g.kind = articles.Caption
		b.children(n, g)
		if img := imageOf(n.Parent); img != nil {
			b.run.Style(0, articles.Image, b.address(img))
		}
		b.flush(g)
		return
	case speaker:
		g.kind, g.item, g.level = articles.Attribution, nil, 0
	case "dt":
		b.children(n, g)
		b.run.Style(0, articles.Strong, "")
		b.flush(g)
		return
	case "dd":
		g.kind, g.item = articles.Item, nil
		g.level = min(f.level+1, deepest)
	case "ul", "ol":
		b.list(n, f)
		return
	case "pre":
		b.pre(n, f)
		return
	case "table":
		if b.table(n, f) {
			return
		}
	case "hr":
		b.out.Rule(f.quote)
		return
	}
	b.children(n, g)
	b.flush(g)
}

func (b *blockReader) list(n *html.Node, f blockContext) {
	f.level = min(f.level+1, deepest)
	f.kind = articles.Item
	number, err := strconv.Atoi(dom.Attr(n, "start"))
	if err != nil {
		number = 1
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode || c.Data != "li" {
			b.node(c, f)
			continue
		}
		b.flush(f)
		f.item = &item{"•"}
		if n.Data == "ol" {
			f.item.marker = strconv.Itoa(number) + "."
			number++
		}
		if !dom.IsHidden(c) {
			b.children(c, f)
		}
		b.flush(f)
	}
}

func (b *blockReader) pre(n *html.Node, f blockContext) {
	language := ""
	for c := range n.Descendants() {
		for class := range strings.FieldsSeq(dom.Attr(c, "class")) {
			if name, ok := strings.CutPrefix(class, "language-"); ok && len(name) < 40 {
				language = clean.Line(name)
			}
		}
	}
	b.out.Code(strings.ReplaceAll(codeOf(n), "\t", "    "), articles.Block{Quote: f.quote, Level: f.level, Variant: language})
}

// inline reads an element inside a block.
func (b *blockReader) inline(n *html.Node, f blockContext) {
	kind, target, styled := articles.Emphasis, "", true
	switch n.Data {
	case "img":
		b.picture(n)
		return
	case "a":
		kind, target = articles.Link, b.target(dom.Attr(n, "href"))
		styled = clean.Target(target) != ""
	case "em", "i", "cite":
	case "strong", "b":
		kind = articles.Strong
	case "del", "s", "strike":
		kind = articles.Strike
	case "code", "kbd", "samp", "tt":
		kind = articles.Mono
	case "q":
		b.quote(n, f)
		return
	case "sup":
		if isNote(n) {
			b.note(n)
			return
		}
		styled = false
	case "rt":
		b.reading(n)
		return
	default:
		styled = false
	}
	if styled {
		b.run.writeBlank()
	}
	at, r := b.run.Len(), b.run
	b.children(n, f)
	if styled && b.run == r { // otherwise a block started inside, and the style ended with the old run
		r.Style(at, kind, target)
	}
}

// quote reads a q element, for which a browser draws the marks: double, single inside.
func (b *blockReader) quote(n *html.Node, f blockContext) {
	marks := [...][2]string{{"“", "”"}, {"‘", "’"}}[f.marks%2]
	f.marks++
	b.run.writeBlank()
	b.run.writeText(marks[0])
	b.children(n, f)
	b.run.writeText(marks[1])
}

// target returns the absolute address of href.
func (b *blockReader) target(href string) string {
	href = strings.TrimSpace(href)
	if b.base != nil && len(href) < 4000 {
		if u, err := b.base.Parse(href); err == nil {
			href = u.String()
		}
	}
	return href
}

// words appends text with runs of white space collapsed. The line ends of other programs, which no page means as white
// space, stay line ends.
func (r *blockText) words(s string) {
	for {
		i := strings.IndexFunc(s, isSeparator)
		if i < 0 {
			r.collapse(clean.Drawn(s))
			return
		}
		r.collapse(clean.Drawn(s[:i]))
		r.line()
		_, n := utf8.DecodeRuneInString(s[i:])
		s = s[i+n:]
	}
}

// isSeparator reports whether r separates lines or paragraphs in Unicode's way.
func isSeparator(r rune) bool { return r == 0x85 || r == 0x2028 || r == 0x2029 }

func (r *blockText) collapse(s string) {
	for s != "" {
		i := strings.IndexAny(s, blanks)
		if i != 0 {
			if i < 0 {
				i = len(s)
			}
			r.writeBlank()
			r.writeText(s[:i])
			s = s[i:]
			continue
		}
		r.blank = true
		s = strings.TrimLeft(s, blanks)
	}
}

// blanks is the white space that HTML collapses; a no-break space is not among it.
const blanks = " \t\n\r\f"

// writeBlank writes the pending blank.
func (r *blockText) writeBlank() {
	if r.blank && r.Len() > 0 && !r.atLine {
		r.WriteByte(' ')
	}
	r.blank = false
}

func (r *blockText) writeText(s string) {
	r.WriteString(s)
	r.atLine = r.atLine && s == ""
}

// line ends a line inside the block.
func (r *blockText) line() {
	r.WriteByte('\n')
	r.blank, r.atLine = false, true
}

// flush ends the run and makes it a block, if it contains any text.
func (b *blockReader) flush(f blockContext) {
	if b.run.Len() == 0 && !b.run.pictured {
		b.run.blank = false
		return
	}
	r := b.run
	b.run = &blockText{}
	bl := articles.Block{Kind: f.kind, Quote: f.quote}
	switch {
	case f.kind == articles.Heading:
		bl.Level = f.heading
	case f.level > 0 && f.kind != articles.Caption:
		bl.Kind, bl.Level = articles.Item, f.level
		if f.item != nil {
			bl.Marker = f.item.marker
		}
	}
	if b.out.Add(&r.Words, bl) && bl.Kind == articles.Item && f.item != nil {
		f.item.marker = ""
	}
}
