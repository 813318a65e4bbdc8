package web

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"byline/articles"
	"byline/articles/clean"
)

// A builder reads blocks and inlines off a tree.
type builder struct {
	article *articles.Article
	base    *url.URL
	text    strings.Builder
	run     run // the block that is being written
}

// A run is the text of a block until it ends.
type run struct {
	strings.Builder
	inline []articles.Inline
	blank  bool // a blank is due before the next word
}

// A frame is what stands around a block.
type frame struct {
	kind    articles.BlockKind
	heading int
	quote   int
	level   int
	item    *item
	depth   int
}

// An item is a list item whose sign waits for its first block.
type item struct{ marker string }

func (b *builder) build(root *html.Node) {
	b.children(root, frame{})
	b.flush(frame{})
	b.article.Text = b.text.String()
}

func (b *builder) children(n *html.Node, f frame) {
	if f.depth++; f.depth > maxDepth {
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.node(c, f)
	}
}

func (b *builder) node(n *html.Node, f frame) {
	switch {
	case n.Type == html.TextNode:
		b.words(n.Data)
	case n.Type != html.ElementNode || silent(n.Data) || hidden(n):
	case n.Data == "br":
		b.run.WriteByte('\n')
		b.run.blank = false
	case inline(n.Data):
		b.inline(n, f)
	default:
		b.flush(f)
		b.element(n, f)
	}
}

// element reads an element that is a block or holds blocks.
func (b *builder) element(n *html.Node, f frame) {
	g := f
	switch n.Data {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		g.kind, g.heading = articles.Heading, int(n.Data[1]-'0')
	case "blockquote":
		g.quote = min(f.quote+1, 32)
	case "figcaption", "caption":
		g.kind = articles.Caption
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
		b.part("\n\n")
		at := b.text.Len()
		b.article.Blocks = append(b.article.Blocks, articles.Block{Span: articles.Span{Start: at, End: at}, Kind: articles.Rule, Quote: f.quote})
		return
	}
	b.children(n, g)
	b.flush(g)
}

func (b *builder) list(n *html.Node, f frame) {
	f.level = min(f.level+1, 32)
	f.kind = articles.Item
	number, err := strconv.Atoi(attr(n, "start"))
	if err != nil {
		number = 1
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode || c.Data != "li" {
			b.node(c, f)
			continue
		}
		f.item = &item{"•"}
		if n.Data == "ol" {
			f.item.marker = strconv.Itoa(number) + "."
			number++
		}
		b.children(c, f)
		b.flush(f)
	}
}

func (b *builder) pre(n *html.Node, f frame) {
	var raw strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			raw.WriteString(c.Data)
		}
	}
	s := strings.Trim(clean.String(raw.String()), "\n")
	if strings.TrimSpace(s) == "" {
		return
	}
	b.part("\n\n")
	b.put(s, articles.Block{Kind: articles.Code, Quote: f.quote, Level: f.level})
}

// table reads a table of data; one that lays out a page is none, and false.
func (b *builder) table(n *html.Node, f frame) bool {
	var rows []*html.Node
	for c := range n.Descendants() {
		if c.Type != html.ElementNode {
			continue
		}
		switch c.Data {
		case "tr":
			rows = append(rows, c)
		case "table", "h1", "h2", "h3", "ul", "ol", "blockquote":
			return false
		}
	}
	sep := "\n\n"
	for _, r := range rows {
		if b.row(r, f, sep) {
			sep = "\n"
		}
	}
	return len(rows) > 0
}

func (b *builder) row(r *html.Node, f frame, sep string) bool {
	bl := articles.Block{Kind: articles.Row, Quote: f.quote, Head: true}
	line := &run{}
	for c := r.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode || c.Data != "td" && c.Data != "th" {
			continue
		}
		bl.Head = bl.Head && c.Data == "th"
		if line.Len() > 0 {
			line.WriteString("  ")
		}
		at := line.Len()
		b.run = run{}
		b.children(c, f)
		s := strings.TrimSpace(strings.ReplaceAll(b.run.String(), "\n", " "))
		line.WriteString(s)
		bl.Cells = append(bl.Cells, articles.Span{Start: at, End: at + len(s)})
		bl.Variant += "l"
		for _, in := range b.run.inline {
			if in.End = min(in.End, len(s)); !in.Empty() {
				in.Span = in.Span.Shift(at)
				line.inline = append(line.inline, in)
			}
		}
		b.run = run{}
	}
	if strings.TrimSpace(line.String()) == "" {
		return false
	}
	b.part(sep)
	for i := range bl.Cells {
		bl.Cells[i] = bl.Cells[i].Shift(b.text.Len())
	}
	b.keep(line.inline, b.text.Len(), b.text.Len()+line.Len())
	b.put(line.String(), bl)
	return true
}

// inline reads an element inside a block.
func (b *builder) inline(n *html.Node, f frame) {
	kind, target, styled := articles.Emphasis, "", true
	switch n.Data {
	case "a":
		kind, target = articles.Link, b.target(attr(n, "href"))
	case "em", "i", "cite":
	case "strong", "b":
		kind = articles.Strong
	case "del", "s", "strike":
		kind = articles.Strike
	case "code", "kbd", "samp", "tt":
		kind = articles.Mono
	default:
		styled = false
	}
	if b.run.blank && b.run.Len() > 0 {
		b.run.WriteByte(' ')
		b.run.blank = false
	}
	at := b.run.Len()
	blocks := len(b.article.Blocks)
	b.children(n, f)
	if styled && len(b.article.Blocks) == blocks && b.run.Len() > at {
		b.run.inline = append(b.run.inline, articles.Inline{Span: articles.Span{Start: at, End: b.run.Len()}, Kind: kind, Target: target})
	}
}

// target returns where a link leads, if a reader may follow it.
func (b *builder) target(href string) string {
	if b.base != nil {
		if u, err := b.base.Parse(strings.TrimSpace(href)); err == nil {
			href = u.String()
		}
	}
	return clean.Target(href)
}

// words appends text to the run, runs of blanks as one.
func (b *builder) words(s string) {
	s = clean.Line(s)
	if s == "" {
		return
	}
	if s[0] == ' ' {
		b.run.blank = true
	}
	for i, w := range strings.Fields(s) {
		if (b.run.blank || i > 0) && b.run.Len() > 0 && !strings.HasSuffix(b.run.String(), "\n") {
			b.run.WriteByte(' ')
		}
		b.run.blank = false
		b.run.WriteString(w)
	}
	b.run.blank = b.run.blank || s[len(s)-1] == ' '
}

// flush ends the run and makes it a block, if it holds any text.
func (b *builder) flush(f frame) {
	r := b.run
	b.run = run{}
	s := strings.TrimRight(r.String(), " \n")
	lead := len(s) - len(strings.TrimLeft(s, " \n"))
	if lead == len(s) {
		return
	}
	bl := articles.Block{Kind: f.kind, Quote: f.quote}
	sep := "\n\n"
	switch {
	case f.kind == articles.Heading:
		bl.Level = f.heading
	case f.level > 0 && f.kind != articles.Caption:
		bl.Kind, bl.Level = articles.Item, f.level
		if f.item != nil {
			bl.Marker, f.item.marker = f.item.marker, ""
		}
		if n := len(b.article.Blocks); n > 0 && b.article.Blocks[n-1].Kind == articles.Item {
			sep = "\n"
		}
	}
	b.part(sep)
	b.keep(r.inline, b.text.Len()-lead, b.text.Len()+len(s)-lead)
	b.put(s[lead:], bl)
}

// part parts what comes from the text before it.
func (b *builder) part(sep string) {
	if b.text.Len() > 0 {
		b.text.WriteString(sep)
	}
}

// longest is the most bytes of a block; longer ones are cut at a blank.
const longest = 16 << 10

// put appends s as the block bl.
func (b *builder) put(s string, bl articles.Block) {
	at := b.text.Len()
	b.text.WriteString(s)
	for len(s) > longest && bl.Kind != articles.Row {
		end := strings.LastIndexByte(s[:longest], ' ')
		if end <= 0 {
			break
		}
		piece := bl
		piece.Span = articles.Span{Start: at, End: at + end}
		b.article.Blocks = append(b.article.Blocks, piece)
		bl.Marker = ""
		rest := strings.TrimLeft(s[end:], " ")
		at += len(s) - len(rest)
		s = rest
	}
	bl.Span = articles.Span{Start: at, End: at + len(s)}
	b.article.Blocks = append(b.article.Blocks, bl)
}

// keep appends inlines that were written at 0 to the article, at their place and
// within [from, to).
func (b *builder) keep(ins []articles.Inline, at, to int) {
	from := b.text.Len()
	first := len(b.article.Inline)
	for _, in := range ins {
		in.Span = in.Span.Shift(at)
		in.Start, in.End = max(in.Start, from), min(in.End, to)
		if !in.Empty() {
			b.article.Inline = append(b.article.Inline, in)
		}
	}
	slices.SortStableFunc(b.article.Inline[first:], func(x, y articles.Inline) int {
		return cmp.Or(x.Compare(y.Span), cmp.Compare(x.Kind, y.Kind))
	})
}

func silent(name string) bool {
	switch name {
	case "script", "style", "noscript", "template", "iframe", "object", "svg", "math", "form", "button", "select", "textarea", "head", "nav", "audio", "video", "canvas", "title":
		return true
	}
	return false
}

func hidden(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "aria-hidden":
			return a.Val == "true"
		case "style":
			s := strings.ReplaceAll(strings.ToLower(a.Val), " ", "")
			if strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden") {
				return true
			}
		}
	}
	return false
}

func inline(name string) bool {
	switch name {
	case "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins", "kbd",
		"mark", "q", "ruby", "rp", "rt", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "label":
		return true
	}
	return false
}
