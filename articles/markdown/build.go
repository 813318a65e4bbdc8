package markdown

import (
	"html"
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"

	"byline/articles"
	"byline/articles/builder"
)

// A blockReader turns syntax trees into the text, blocks and inlines of an article.
type blockReader struct {
	size   sizes
	out    *builder.Builder
	src    []byte                      // of the piece being parsed
	refs   map[string]parser.Reference // the link references of the whole source
	missed bool                        // a missing one was used
	limit  int                         // bytes of text to produce; 0 for all
	cutOff bool                        // the source continues after this part
}

// A blockContext is the context of a block.
type blockContext struct {
	quote  int
	level  int    // depth of the list
	marker string // of the item that the next block starts
	note   string // of the footnote that the next block starts
}

// deepest is the deepest nesting; blocks below it are drawn at that depth.
const deepest = 32

// block appends n and everything in it.
func (b *blockReader) block(n ast.Node, f blockContext) {
	switch n := n.(type) {
	case *ast.Heading:
		b.addLeaf(n, f, articles.Block{Kind: articles.Heading, Level: n.Level})
	case *ast.Paragraph, *ast.TextBlock:
		b.paragraph(n, f)
	case *extast.DefinitionTerm:
		b.addWords(n, f, f.item(articles.Block{}), articles.Strong)
	case *extast.DefinitionDescription:
		f.level = min(f.level+1, deepest)
		b.children(n, f)
	case *ast.Blockquote:
		f.quote = min(f.quote+1, deepest)
		b.children(n, f)
	case *ast.List:
		b.list(n, f)
	case *extast.Footnote:
		f.note = "[" + string(n.Ref) + "]"
		b.children(n, f)
	case *ast.FencedCodeBlock:
		b.out.Code(lines(n, b.src), articles.Block{Quote: f.quote, Level: f.level, Variant: plainWord(n.Language(b.src))})
	case *ast.CodeBlock:
		b.out.Code(lines(n, b.src), articles.Block{Quote: f.quote, Level: f.level})
	case *ast.ThematicBreak:
		b.out.Rule(f.quote)
	case *ast.HTMLBlock:
		raw := lines(n, b.src)
		if n.HasClosure() {
			raw += string(n.ClosureLine.Value(b.src))
		}
		b.addPlain(withoutTags(raw), f)
	case *extast.Table:
		b.table(n, f)
	default:
		b.children(n, f)
	}
}

func (b *blockReader) children(n ast.Node, f blockContext) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		b.block(c, f)
		f.marker, f.note = "", ""
	}
}

func (b *blockReader) paragraph(n ast.Node, f blockContext) {
	bl := articles.Block{}
	if f.level == 0 && n.ChildCount() == 1 && n.FirstChild().Kind() == ast.KindImage {
		bl.Kind = articles.Caption
	}
	b.addLeaf(n, f, f.item(bl))
}

// item returns bl, a paragraph, as part of a list item if it is in a list.
func (f blockContext) item(bl articles.Block) articles.Block {
	if f.level > 0 {
		bl.Kind, bl.Level, bl.Marker = articles.Item, f.level, f.marker
	}
	return bl
}

func (b *blockReader) list(n *ast.List, f blockContext) {
	f.level = min(f.level+1, deepest)
	number := n.Start
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		f.marker = "•"
		if n.IsOrdered() {
			f.marker = strconv.Itoa(number) + "."
			number++
		}
		b.children(c, f)
	}
}

// addLeaf appends the text of n as the block bl, unless it is blank.
func (b *blockReader) addLeaf(n ast.Node, f blockContext, bl articles.Block) { b.addWords(n, f, bl) }

// addWords appends the text of n as the block bl, in some styles, unless it is blank.
func (b *blockReader) addWords(n ast.Node, f blockContext, bl articles.Block, styles ...articles.InlineKind) {
	w := &writer{src: b.src}
	if f.note != "" {
		w.WriteString(f.note)
		w.Style(0, articles.Note, "")
		w.WriteString(" ")
	}
	at := w.Len()
	w.children(n)
	for _, k := range styles {
		w.Style(at, k, "")
	}
	if w.task != "" && bl.Kind == articles.Item {
		bl.Marker = w.task
	}
	bl.Quote = f.quote
	b.out.Add(&w.Words, bl)
}

// addPlain appends s, text without markup, as paragraphs.
func (b *blockReader) addPlain(s string, f blockContext) {
	for p := range strings.SplitSeq(s, "\n\n") {
		w := &builder.Words{}
		w.WriteString(strings.Join(strings.Fields(p), " "))
		if bl := f.item(articles.Block{}); w.Len() > 0 {
			bl.Quote = f.quote
			b.out.Add(w, bl)
			f.marker = ""
		}
	}
}

// table appends a block for each row.
func (b *blockReader) table(t *extast.Table, f blockContext) {
	var align strings.Builder
	for _, a := range t.Alignments {
		switch a {
		case extast.AlignRight:
			align.WriteByte('r')
		case extast.AlignCenter:
			align.WriteByte('c')
		default:
			align.WriteByte('l')
		}
	}
	first := true
	for r := t.FirstChild(); r != nil; r = r.NextSibling() {
		var cells []*builder.Words
		for c := r.FirstChild(); c != nil; c = c.NextSibling() {
			w := &writer{src: b.src}
			w.children(c)
			cells = append(cells, &w.Words)
		}
		bl := articles.Block{Quote: f.quote, Variant: align.String(), Head: r.Kind() == extast.KindTableHeader}
		if b.out.Row(cells, bl, first) {
			first = false
		}
	}
}

// lines returns the source lines of n.
func lines(n ast.Node, src []byte) string {
	var b strings.Builder
	for i := range n.Lines().Len() {
		l := n.Lines().At(i)
		b.Write(l.Value(src))
	}
	return b.String()
}

var word = regexp.MustCompile(`^[\w.+#-]{1,40}$`)

// plainWord returns b, the name of a language, if it looks like one.
func plainWord(b []byte) string { return string(word.Find(b)) }

var (
	silent = regexp.MustCompile(`(?is)<!--.*?(-->|$)|<(script|style|head|template)\b.*?(</(script|style|head|template)\s*>|$)`)
	parts  = regexp.MustCompile(`(?i)</?(address|article|aside|blockquote|br|dd|details|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li|main|ol|p|pre|section|summary|table|tr|ul)\b[^<>]*>`)
	tag    = regexp.MustCompile(`(?s)</?[a-zA-Z][^<>]*>|<[!?][^<>]*>`)
)

// withoutTags returns the text of a block of raw HTML, with its blocks separated by an empty line.
func withoutTags(s string) string {
	s = parts.ReplaceAllString(silent.ReplaceAllString(s, " "), "\n\n")
	return html.UnescapeString(tag.ReplaceAllString(s, " "))
}
