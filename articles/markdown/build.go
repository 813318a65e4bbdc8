package markdown

import (
	"cmp"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"

	"byline/articles"
	"byline/articles/clean"
)

// A builder writes the text of an article and its blocks and inlines.
type builder struct {
	article *articles.Article
	text    strings.Builder
	src     []byte // of the piece that is parsed
	refs    []byte // the link references of the whole source
}

// A frame is what stands around a block.
type frame struct {
	quote  int
	level  int    // depth of the list
	marker string // of the item that the next block begins
}

// deepest is how far blocks nest; what is deeper is drawn at that depth.
const deepest = 32

// begin parts what comes from the text before it.
func (b *builder) begin(sep string) {
	if b.text.Len() > 0 {
		b.text.WriteString(sep)
	}
}

// block appends n with all in it.
func (b *builder) block(n ast.Node, f frame) {
	switch n := n.(type) {
	case *ast.Heading:
		b.leaf(n, articles.Block{Kind: articles.Heading, Level: n.Level, Quote: f.quote}, "\n\n")
	case *ast.Paragraph, *ast.TextBlock, *extast.DefinitionTerm:
		b.paragraph(n, f)
	case *ast.Blockquote:
		f.quote = min(f.quote+1, deepest)
		b.children(n, f)
	case *ast.List:
		b.list(n, f)
	case *ast.FencedCodeBlock:
		b.code(n, string(n.Language(b.src)), f)
	case *ast.CodeBlock:
		b.code(n, "", f)
	case *ast.ThematicBreak:
		b.begin("\n\n")
		at := b.text.Len()
		b.article.Blocks = append(b.article.Blocks, articles.Block{Span: articles.Span{Start: at, End: at}, Kind: articles.Rule, Quote: f.quote})
	case *ast.HTMLBlock:
		b.plain(withoutTags(plainText(n, b.src)))
	case *extast.Table:
		b.table(n, f)
	default:
		b.children(n, f)
	}
}

func (b *builder) children(n ast.Node, f frame) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		b.block(c, f)
		f.marker = ""
	}
}

func (b *builder) paragraph(n ast.Node, f frame) {
	bl := articles.Block{Quote: f.quote}
	sep := "\n\n"
	switch {
	case f.level > 0:
		bl.Kind, bl.Level, bl.Marker = articles.Item, f.level, f.marker
		sep = "\n"
	case n.ChildCount() == 1 && n.FirstChild().Kind() == ast.KindImage:
		bl.Kind = articles.Caption
	}
	b.leaf(n, bl, sep)
}

func (b *builder) list(n *ast.List, f frame) {
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

// leaf appends the text of n as the block bl. A block without text is none.
func (b *builder) leaf(n ast.Node, bl articles.Block, sep string) {
	words := &writer{builder: b}
	words.inlines(n)
	if words.task != "" {
		bl.Marker = words.task
	}
	s := strings.TrimRight(words.String(), " \n")
	lead := len(s) - len(strings.TrimLeft(s, " \n"))
	if strings.TrimSpace(s) == "" {
		return
	}
	if bl.Kind != articles.Item || len(b.article.Blocks) == 0 || b.article.Blocks[len(b.article.Blocks)-1].Kind != articles.Item {
		sep = "\n\n"
	}
	b.begin(sep)
	at := b.text.Len()
	b.text.WriteString(s[lead:])
	bl.Span = articles.Span{Start: at, End: b.text.Len()}
	b.article.Blocks = append(b.article.Blocks, bl)
	b.keep(words.inline, at-lead, bl.Span)
}

// keep appends inlines that were written at 0 to the article, at their place.
func (b *builder) keep(ins []articles.Inline, at int, within articles.Span) {
	first := len(b.article.Inline)
	for _, in := range ins {
		in.Span = in.Span.Shift(at)
		in.Start, in.End = max(in.Start, within.Start), min(in.End, within.End)
		if !in.Empty() {
			b.article.Inline = append(b.article.Inline, in)
		}
	}
	slices.SortStableFunc(b.article.Inline[first:], func(x, y articles.Inline) int {
		return cmp.Or(x.Compare(y.Span), cmp.Compare(x.Kind, y.Kind))
	})
}

func (b *builder) code(n ast.Node, language string, f frame) {
	s := strings.Trim(clean.String(plainText(n, b.src)), "\n")
	if strings.TrimSpace(s) == "" {
		return
	}
	b.begin("\n\n")
	at := b.text.Len()
	b.text.WriteString(s)
	b.article.Blocks = append(b.article.Blocks, articles.Block{
		Span: articles.Span{Start: at, End: b.text.Len()}, Kind: articles.Code, Quote: f.quote, Level: f.level, Variant: clean.Line(language)})
}

// table appends a block for each row, its cells parted by two blanks.
func (b *builder) table(t *extast.Table, f frame) {
	align := ""
	for _, a := range t.Alignments {
		align += map[extast.Alignment]string{extast.AlignRight: "r", extast.AlignCenter: "c"}[a]
		if a != extast.AlignRight && a != extast.AlignCenter {
			align += "l"
		}
	}
	sep := "\n\n"
	for r := t.FirstChild(); r != nil; r = r.NextSibling() {
		bl := articles.Block{Kind: articles.Row, Quote: f.quote, Variant: align, Head: r.Kind() == extast.KindTableHeader}
		if b.row(r, bl, sep) {
			sep = "\n"
		}
	}
}

func (b *builder) row(r ast.Node, bl articles.Block, sep string) bool {
	var line strings.Builder
	var ins []articles.Inline
	for c := r.FirstChild(); c != nil; c = c.NextSibling() {
		w := &writer{builder: b}
		w.inlines(c)
		if line.Len() > 0 {
			line.WriteString("  ")
		}
		at := line.Len()
		s := strings.TrimRight(strings.ReplaceAll(w.String(), "\n", " "), " ")
		line.WriteString(s)
		bl.Cells = append(bl.Cells, articles.Span{Start: at, End: at + len(s)})
		for _, in := range w.inline {
			in.End = min(in.End, len(s))
			if !in.Empty() {
				in.Span = in.Span.Shift(at)
				ins = append(ins, in)
			}
		}
	}
	if strings.TrimSpace(line.String()) == "" {
		return false
	}
	b.begin(sep)
	at := b.text.Len()
	b.text.WriteString(line.String())
	bl.Span = articles.Span{Start: at, End: b.text.Len()}
	for i := range bl.Cells {
		bl.Cells[i] = bl.Cells[i].Shift(at)
	}
	b.article.Blocks = append(b.article.Blocks, bl)
	b.keep(ins, at, bl.Span)
	return true
}

// A writer writes the inline text of one block.
type writer struct {
	*builder
	strings.Builder
	inline []articles.Inline
	task   string // the box of a task item
}

func (w *writer) inlines(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.node(c)
	}
}

func (w *writer) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		w.words(n.Segment.Value(w.src), n.IsRaw())
		switch {
		case n.HardLineBreak():
			w.WriteByte('\n')
		case n.SoftLineBreak():
			w.WriteByte(' ')
		}
	case *ast.String:
		w.words(n.Value, n.IsRaw() || n.IsCode())
	case *ast.CodeSpan:
		w.styled(n, articles.Mono, "")
	case *ast.Emphasis:
		kind := articles.Emphasis
		if n.Level > 1 {
			kind = articles.Strong
		}
		w.styled(n, kind, "")
	case *extast.Strikethrough:
		w.styled(n, articles.Strike, "")
	case *ast.Link:
		w.styled(n, articles.Link, string(n.Destination))
	case *ast.AutoLink:
		at := w.Len()
		w.WriteString(clean.Line(string(n.Label(w.src))))
		w.add(at, articles.Link, string(n.URL(w.src)))
	case *extast.TaskCheckBox:
		w.task = "[ ]"
		if n.IsChecked {
			w.task = "[x]"
		}
	case *ast.RawHTML:
		if tag := n.Segments.Value(w.src); breaks.Match(tag) {
			w.WriteByte('\n')
		}
	default:
		w.inlines(n)
	}
}

var breaks = regexp.MustCompile(`(?i)^<br[\s/>]`)

// words writes text of the source: escapes and entities resolved, unless raw.
func (w *writer) words(b []byte, raw bool) {
	if raw {
		w.WriteString(string(b))
		return
	}
	if s := string(b); strings.ContainsAny(s, `\&`) {
		w.WriteString(clean.Line(html.UnescapeString(string(util.UnescapePunctuations(guard(b))))))
		return
	}
	w.Write(b)
}

// guard keeps an escaped ampersand from beginning an entity.
func guard(b []byte) []byte {
	return []byte(strings.ReplaceAll(string(b), `\&`, `&amp;`))
}

// Write resolves the ambiguity of the two embedded types.
func (w *writer) Write(b []byte) (int, error) { return w.Builder.Write(b) }

func (w *writer) styled(n ast.Node, kind articles.InlineKind, target string) {
	at := w.Len()
	w.inlines(n)
	w.add(at, kind, target)
}

// add notes that what was written since at is set in a way.
func (w *writer) add(at int, kind articles.InlineKind, target string) {
	if w.Len() == at {
		return
	}
	if kind == articles.Link {
		target = clean.Target(html.UnescapeString(target))
	}
	w.inline = append(w.inline, articles.Inline{Span: articles.Span{Start: at, End: w.Len()}, Kind: kind, Target: target})
}

var (
	silent = regexp.MustCompile(`(?is)<!--.*?-->|<(script|style|head|template)\b.*?</(script|style|head|template)\s*>`)
	tag    = regexp.MustCompile(`(?s)</?[a-zA-Z][^<>]*>`)
)

// withoutTags returns the text of a block of raw HTML.
func withoutTags(s string) string {
	return clean.String(html.UnescapeString(tag.ReplaceAllString(silent.ReplaceAllString(s, " "), " ")))
}
