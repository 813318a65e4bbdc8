package markdown

import (
	"bytes"
	"html"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"byline/articles"
	"byline/articles/builder"
	"byline/articles/clean"
)

// A writer writes the inline text of one block.
type writer struct {
	builder.Words
	src  []byte
	task string // the checkbox of a task item
}

func (w *writer) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.node(c)
	}
}

func (w *writer) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		w.text(n)
	case *ast.String:
		w.Write(n.Value)
	case *ast.CodeSpan:
		w.style(n, articles.Mono, "")
	case *ast.Emphasis:
		kind := articles.Emphasis
		if n.Level > 1 {
			kind = articles.Strong
		}
		w.style(n, kind, "")
	case *extast.Strikethrough:
		w.style(n, articles.Strike, "")
	case *ast.Link:
		w.style(n, articles.Link, resolve(n.Destination))
	case *ast.Image:
		w.image(n)
	case *ast.AutoLink:
		w.autoLink(n)
	case *extast.TaskCheckBox:
		w.task = "[ ]"
		if n.IsChecked {
			w.task = "[x]"
		}
	case *ast.RawHTML:
		if breaks.Match(n.Segments.Value(w.src)) {
			w.WriteByte('\n')
		}
	case *noteMark:
		at := w.Len()
		w.WriteString(n.words())
		w.Style(at, articles.Note, "")
	default:
		w.children(n)
	}
}

// autoLink writes an address that is a link.
func (w *writer) autoLink(n *ast.AutoLink) {
	at := w.Len()
	w.Write(n.Label(w.src))
	target := string(n.URL(w.src))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(target, "mailto:") {
		target = "mailto:" + target
	}
	w.Style(at, articles.Link, target)
}

var breaks = regexp.MustCompile(`(?i)^<br[\s/>]`)

// text writes a part of the source, with escapes and entities resolved unless it is code.
func (w *writer) text(n *ast.Text) {
	b := n.Segment.Value(w.src)
	_, code := n.Parent().(*ast.CodeSpan)
	switch {
	case code:
		w.Write(bytes.ReplaceAll(b, []byte("\n"), []byte(" ")))
	case n.IsRaw():
		w.Write(b)
	default:
		w.WriteString(resolve(b))
	}
	switch {
	case n.HardLineBreak():
		w.WriteByte('\n')
	case n.SoftLineBreak():
		w.WriteByte(' ')
	}
}

func (w *writer) style(n ast.Node, kind articles.InlineKind, target string) {
	at := w.Len()
	w.children(n)
	w.Style(at, kind, target)
}

// image writes the words of an image; without any it is a picture alone.
func (w *writer) image(n *ast.Image) {
	at, address := w.Len(), resolve(n.Destination)
	if w.style(n, articles.Image, address); w.Len() == at {
		w.Picture(address, resolve(n.Title))
	}
}

// resolve returns b with backslash escapes and entities resolved in one pass: the result of an
// escape does not start an entity.
func resolve(b []byte) string {
	i := bytes.IndexAny(b, `\&`)
	if i < 0 {
		return string(b)
	}
	var out strings.Builder
	out.Write(b[:i])
	for i < len(b) {
		switch c := b[i]; {
		case c == '\\' && i+1 < len(b) && util.IsPunct(b[i+1]):
			out.WriteByte(b[i+1])
			i += 2
		case c == '&':
			s, n := entity(b[i:])
			out.WriteString(s)
			i += n
		default:
			out.WriteByte(c)
			i++
		}
	}
	return out.String()
}

var entities = regexp.MustCompile(`^&(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});`)

// entity returns the meaning of the entity at the start of b, cleaned, and its length; the
// ampersand if there is none.
func entity(b []byte) (string, int) {
	e := string(entities.Find(b))
	if s := html.UnescapeString(e); s == ";" || s != e && !strings.HasSuffix(s, ";") {
		return clean.Line(s), len(e)
	}
	return "&", 1
}

// notes parses the definitions of footnotes, and leaves them in place.
type notes struct{ parser.BlockParser }

// Close leaves the note in place.
func (notes) Close(ast.Node, text.Reader, parser.Context) {}

// noteMarks parses the references to footnotes.
type noteMarks struct{}

// Trigger returns the first byte of a reference.
func (noteMarks) Trigger() []byte { return []byte{'['} }

var noteSource = regexp.MustCompile(`^\[\^([^\]\[\s]{1,40})\]`)

// A noteMark is a reference to a footnote.
type noteMark struct {
	ast.BaseInline
	label string
}

// words returns the mark as it is read.
func (n *noteMark) words() string { return "[" + n.label + "]" }

var kindNoteMark = ast.NewNodeKind("NoteMark")

// Kind implements [ast.Node].
func (*noteMark) Kind() ast.NodeKind { return kindNoteMark }

// Dump implements [ast.Node].
func (n *noteMark) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// Parse turns "[^label]" into "[label]".
func (noteMarks) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	m := noteSource.FindSubmatch(line)
	if m == nil {
		return nil
	}
	block.Advance(len(m[0]))
	return &noteMark{label: string(m[1])}
}
