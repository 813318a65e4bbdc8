package report

import (
	"bytes"
	"strings"
	"testing"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/formattest"
	"byline/annotate/format/standoff"
	"byline/articles"
)

// BenchmarkMarkdownTraps exports 2 MB on one line, made of signs that make Markdown look back.
func BenchmarkMarkdownTraps(b *testing.B) {
	for name, sign := range map[string]string{"dashes": "-", "digits": "1", "stops": "a.", "backticks": "`", "colons": "a:", "blanks": " ", "lines": "\n-"} {
		a := &articles.Article{Text: "x" + strings.Repeat(sign, 2<<20/len(sign))}
		for kind, block := range map[string]articles.BlockKind{"paragraph": articles.Paragraph, "code": articles.Code} {
			a.Blocks = []articles.Block{{Kind: block, Span: articles.Span{End: len(a.Text)}}}
			b.Run(name+"/"+kind, func(b *testing.B) {
				var out bytes.Buffer
				for b.Loop() {
					out.Reset()
					if err := writeMarkdown(&out, &format.Document{Article: a, Layer: &annotate.Layer{}}, format.Options{}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// parsed returns what a Markdown parser with every common extension makes of the
// text under the last heading of the second level: its words, and the kinds of its nodes.
func parsed(t *testing.T, md string) (words string, kinds map[string]bool) {
	t.Helper()
	source := []byte(md)
	gm := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList),
		goldmark.WithParserOptions(parser.WithAttribute()))
	doc := gm.Parser().Parse(text.NewReader(source))
	var start ast.Node
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok && h.Level == 2 {
			start = n
		}
	}
	kinds = map[string]bool{}
	var b strings.Builder
	for n := start.NextSibling(); n != nil; n = n.NextSibling() {
		_ = ast.Walk(n, func(n ast.Node, in bool) (ast.WalkStatus, error) {
			if in {
				kinds[n.Kind().String()] = true
				write(&b, n, source)
			} else if n.Type() == ast.TypeBlock {
				b.WriteByte(' ')
			}
			return ast.WalkContinue, nil
		})
	}
	return b.String(), kinds
}

func write(b *strings.Builder, n ast.Node, source []byte) {
	switch n := n.(type) {
	case *ast.Text:
		b.Write(unescape(n.Segment.Value(source)))
		if n.SoftLineBreak() || n.HardLineBreak() {
			b.WriteByte(' ')
		}
	case *ast.String:
		b.Write(unescape(n.Value))
	case *ast.FencedCodeBlock:
		for i := range n.Lines().Len() {
			s := n.Lines().At(i)
			b.Write(s.Value(source))
		}
	case *east.TableCell:
		b.WriteByte(' ')
	}
}

// unescape removes the backslashes, as a renderer does.
func unescape(s []byte) []byte {
	var out []byte
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && s[i+1] < 0x80 && (unicode.IsPunct(rune(s[i+1])) || unicode.IsSymbol(rune(s[i+1]))) {
			i++
		}
		out = append(out, s[i])
	}
	return out
}

func collapse(s string) string { return strings.Join(strings.Fields(s), " ") }

// wordsOf returns the text that the blocks of a have.
func wordsOf(a *articles.Article) string {
	var b strings.Builder
	for _, k := range a.Blocks {
		if k.Kind == articles.Row && len(k.Cells) > 0 {
			for _, c := range k.Cells {
				b.WriteString(c.In(a.Text) + " ")
			}
			continue
		}
		b.WriteString(k.In(a.Text) + " ")
	}
	return collapse(b.String())
}

func checkPlain(t *testing.T, a *articles.Article, l *annotate.Layer) map[string]bool {
	t.Helper()
	var b bytes.Buffer
	if err := writeMarkdown(&b, &format.Document{Article: a, Layer: l}, format.Options{}); err != nil {
		t.Fatal(err)
	}
	got, kinds := parsed(t, b.String())
	want := wordsOf(a)
	if len(l.Entities) > 0 {
		legend, _, _ := strings.Cut(collapse(got), " and labels")
		got = strings.TrimPrefix(collapse(got), legend+" and labels")
	}
	if collapse(got) != want {
		t.Fatalf("%q\nis not\n%q\nin\n%s", collapse(got), want, b.String())
	}
	for _, alive := range []string{"Link", "AutoLink", "Image", "RawHTML", "HTMLBlock", "CodeSpan", "Strikethrough", "Footnote", "FootnoteLink", "DefinitionList"} {
		if kinds[alive] {
			t.Fatalf("a %s came alive in\n%s", alive, b.String())
		}
	}
	return kinds
}

// Any text reads the same after Markdown rendering.
func TestMarkdownKeepsTheText(t *testing.T) {
	t.Parallel()
	for seed := range uint64(600) {
		d := formattest.Random(seed)
		d.Layer.Quotes = nil
		checkPlain(t, d.Article, d.Layer)
		checkPlain(t, d.Article, &annotate.Layer{})
	}
}

// Without blocks of a kind, nothing in the text creates one.
func FuzzMarkdown(f *testing.F) {
	for _, s := range []string{
		"# a\n- b\n+ c\n* d\n1. e\n2) f", "> q\n>> r", "a\n===\nb\n---", "```\nx\n```", "    code", "\tcode", "~~~\nx", "| a | b |\n|---|---|\n| c | d |",
		"a | b\n--|--\nc | d", "[x]: http://y\n[x]", "![i](j)", "<script>alert(1)</script>", "<!-- x -->", "&amp; &#65; &copy", "http://x.y www.z.com a@b.c mailto:q",
		"*a* **b** _c_ __d__ ***e***", "`a` ``b``", "~~a~~ ~b~", "a  \nb\\\nc", "[^1]: x\n[^1]", "term\n: definition", "- [x] done", "***", "- - -", "_ _ _", "{#id}", "# h {#id}",
		"$a$ $$b$$", "^sup^", "==hi==", "%%c%%", ":smile:", "a\u00a0- b", "1986. A great year", "-", "+", "=", "1.", "\\", "\\*a\\*", "<a@b.c>", "<http://x>", "x\\", "ftp://a.b.c", "xmpp:a@b.c",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		// As the sanitiser leaves a text: printable runes and line ends.
		s = strings.Map(func(r rune) rune {
			if r == '\n' || unicode.IsPrint(r) && r != unicode.ReplacementChar {
				return r
			}
			return '?'
		}, s)
		a := &articles.Article{Text: s, Blocks: standoff.Paragraphs(s)}
		kinds := checkPlain(t, a, &annotate.Layer{})
		for k := range kinds {
			if k != "Paragraph" && k != "Text" && k != "String" {
				t.Fatalf("a %s came alive in %q", k, s)
			}
		}
	})
}

// Names are emphasized, whatever is next to them.
func TestMarkdownMarks(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]bool{
		"Ann Lee": true, "Halden Inc.": true, "a*b": true, "“Ann”": true, "two\nlines": false, "日本": true, "O’Neill": true,
	} {
		for _, around := range []string{"[ ] said", "x([ ])y", "“[ ]”", "[ ], the", "- [ ]"} {
			before, after, _ := strings.Cut(around, "[ ]")
			a := &articles.Article{Text: before + words + after}
			a.Blocks = standoff.Paragraphs(a.Text)
			l := &annotate.Layer{Entities: []annotate.Entity{{ID: "e1", Type: annotate.Person, Name: "N", Mentions: []annotate.Mention{
				{Span: articles.Span{Start: len(before), End: len(before) + len(words)}, Form: annotate.Name}}}}}
			var b bytes.Buffer
			if err := writeMarkdown(&b, &format.Document{Article: a, Layer: l}, format.Options{}); err != nil {
				t.Fatal(err)
			}
			_, text, _ := strings.Cut(b.String(), "and labels\n")
			if got := strings.Contains(text, "**"); got != want {
				t.Errorf("%q in %q: %v", words, around, got)
			}
			if _, kinds := parsed(t, "## x\n"+text); kinds["Emphasis"] != want {
				t.Errorf("%q in %q is read as %v:\n%s", words, around, kinds, text)
			}
		}
	}
}

// Blocks are rendered as blocks of the same kind.
func TestMarkdownBlocks(t *testing.T) {
	t.Parallel()
	a := formattest.Story().Article
	var b bytes.Buffer
	if err := writeMarkdown(&b, &format.Document{Article: a, Layer: &annotate.Layer{}}, format.Options{}); err != nil {
		t.Fatal(err)
	}
	got, kinds := parsed(t, b.String())
	if collapse(got) != wordsOf(a) {
		t.Errorf("%q, not %q", collapse(got), wordsOf(a))
	}
	for _, k := range []string{"Heading", "Blockquote", "List", "ListItem", "Table", "TableHeader", "Paragraph"} {
		if !kinds[k] {
			t.Errorf("no %s in\n%s", k, b.String())
		}
	}
}

func TestMarkdownCode(t *testing.T) {
	t.Parallel()
	const code = "if a {\n    b() // ```` *x*\n}"
	a := &articles.Article{Text: code, Blocks: []articles.Block{{Kind: articles.Code, Quote: 1, Span: articles.Span{End: len(code)}}}}
	kinds := checkPlain(t, a, &annotate.Layer{})
	if !kinds["FencedCodeBlock"] || !kinds["Blockquote"] || len(kinds) != 2 {
		t.Errorf("%v", kinds)
	}
}

// Places and other names that a person decided on are marked in the text; those that are only
// suggested are not.
func TestMarkdownMarksWhatWasDecided(t *testing.T) {
	t.Parallel()
	const text = "Ebola came to Oslo, Bergen and the Playhouse."
	entity := func(typ annotate.Type, words string, m annotate.Mention) annotate.Entity {
		at := strings.Index(text, words)
		m.Span, m.Form, m.Type = articles.Span{Start: at, End: at + len(words)}, annotate.Name, typ
		return annotate.Entity{ID: words, Type: typ, Name: words, Mentions: []annotate.Mention{m}}
	}
	tagged := annotate.Mention{State: annotate.Confirmed, Origin: annotate.Origin{Human: true}}
	l := &annotate.Layer{Entities: []annotate.Entity{
		entity(annotate.Other, "Ebola", tagged), entity(annotate.Place, "Oslo", annotate.Mention{}),
		entity(annotate.Place, "Bergen", annotate.Mention{State: annotate.Confirmed}), entity(annotate.Other, "Playhouse", annotate.Mention{State: annotate.Rejected}),
	}}
	written := func(l *annotate.Layer) string {
		var b bytes.Buffer
		if err := writeMarkdown(&b, &format.Document{Article: &articles.Article{Text: text}, Layer: l}, format.Options{}); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	const legend = "places and other names that a person decided on"
	if md := written(l); !strings.Contains(md, "*Ebola* came to Oslo, *Bergen* and the Playhouse.") || !strings.Contains(md, legend) {
		t.Error(md)
	}
	l.Entities = l.Entities[1:2]
	if md := written(l); !strings.Contains(md, "came to Oslo, Bergen") || strings.Contains(md, legend) {
		t.Error(md)
	}
}
