// Package markdown imports Markdown: CommonMark with tables, task lists, strike-through
// and bare links, as GitHub has them.
//
// The text that comes out is what a reader sees: no markup, entities resolved, soft
// line ends become blanks. Blocks are parted by an empty line, items of a list and
// rows of a table by a line end. Tags of raw HTML go, their text stays. Links keep
// http, https and mailto targets only. Entities may stand for controls, so all text is
// cleaned once more behind them.
//
// A source is parsed in pieces of some hundred kilobytes, cut where a paragraph at the
// left edge begins: a syntax tree of ten megabytes would take ten times that. What the
// whole source says of link references is given to every piece. The beginning of a
// source can so be imported alone and is the beginning of the whole.
package markdown

import (
	"bytes"
	"strings"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"byline/articles"
	"byline/articles/clean"
)

// Import returns the article that src, UTF-8, holds. Title, author, date, publication
// and address are those of its front matter; without a title there, the first heading
// is it.
func Import(src []byte) *articles.Article { return imported(src, false, 0) }

// Head imports the beginning of src, which may itself be cut off anywhere, about limit
// bytes up to a place where it can be cut: its text and blocks are those that the
// whole begins with, but for links that are defined behind it.
func Head(src []byte, limit int) *articles.Article { return imported(src, true, limit) }

// piece is about how many bytes are parsed at once.
const piece = 128 << 10

func imported(raw []byte, head bool, limit int) *articles.Article {
	a := &articles.Article{Format: articles.Markdown}
	if head && limit < len(raw) {
		raw = raw[:min(len(raw), 2*limit+piece)]
	}
	src := []byte(clean.Text(expand(raw)))
	src = matter(src, a)
	b := &builder{article: a, refs: references(src)}
	for first := true; len(src) > 0; first = false {
		size := piece
		if first {
			size = firstPiece
		}
		n := cut(src, size)
		if head && n == len(src) && !first {
			break // src may end anywhere
		}
		b.add(src[:n])
		src = src[n:]
		if head && b.text.Len() > limit {
			break
		}
	}
	a.Text = b.text.String()
	if a.Title == "" {
		a.Title = b.title()
	}
	return a
}

// firstPiece is smaller than the others, so that a first screen is there soon.
const firstPiece = 24 << 10

// expand puts blanks for the tabs that begin a line, which are indents here, and ends
// a last line.
func expand(raw []byte) []byte {
	if bytes.IndexByte(raw, '\t') < 0 {
		return raw
	}
	out := make([]byte, 0, len(raw)+len(raw)/16)
	begin := true
	for _, c := range raw {
		switch {
		case c == '\t' && begin:
			out = append(out, "    "...)
			continue
		case c == '\n':
			begin = true
		case c != ' ':
			begin = false
		}
		out = append(out, c)
	}
	return out
}

var parser = goldmark.New(goldmark.WithExtensions(extension.GFM, extension.DefinitionList)).Parser()

// add parses a piece of the source and appends its text and blocks.
func (b *builder) add(src []byte) {
	if pathological(src) {
		b.plain(string(src))
		return
	}
	b.src = append(append(append(make([]byte, 0, len(src)+len(b.refs)+2), src...), '\n', '\n'), b.refs...)
	root := parser.Parse(text.NewReader(b.src))
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		b.block(n, frame{})
	}
}

// pathological reports whether src nests or repeats markup as no writer does, which
// takes a parser quadratic time: more than 64 quote marks or brackets on a line, or
// more openers of emphasis in a paragraph than words of a long one.
func pathological(src []byte) bool {
	const deep, many = 64, 4000
	stars := 0
	for line := range bytes.Lines(src) {
		if len(bytes.TrimSpace(line)) == 0 {
			stars = 0
			continue
		}
		stars += bytes.Count(line, []byte("*")) + bytes.Count(line, []byte("_")) + bytes.Count(line, []byte("[")) +
			bytes.Count(line, []byte("`")) + bytes.Count(line, []byte("<")) + bytes.Count(line, []byte("~"))
		if stars > many || nested(line) > deep {
			return true
		}
	}
	return false
}

// nested counts the markers of containers that line begins with.
func nested(line []byte) int {
	n := 0
	for i, c := range line {
		switch c {
		case ' ':
		case '>', '-', '+', '*':
			n++
		default:
			if c >= '0' && c <= '9' || c == '.' || c == ')' {
				continue
			}
			return n + i/4/8
		}
	}
	return 0
}

// plain appends src as paragraphs without markup.
func (b *builder) plain(src string) {
	for p := range strings.SplitSeq(src, "\n\n") {
		if p = strings.Join(strings.Fields(p), " "); p == "" {
			continue
		}
		for _, s := range chunks(p, longest) {
			b.begin("\n\n")
			at := b.text.Len()
			b.text.WriteString(s)
			b.article.Blocks = append(b.article.Blocks, articles.Block{Span: articles.Span{Start: at, End: b.text.Len()}})
		}
	}
}

// longest is the most bytes of a paragraph that has no markup.
const longest = 16 << 10

// chunks cuts s at blanks into pieces of at most n bytes, where it has blanks.
func chunks(s string, n int) []string {
	var out []string
	for len(s) > n {
		end := strings.LastIndexByte(s[:n], ' ')
		if end <= 0 {
			end = n
			for end > 0 && s[end]&0xc0 == 0x80 {
				end--
			}
		}
		out = append(out, s[:end])
		s = strings.TrimLeft(s[end:], " ")
	}
	if s == "" {
		return out
	}
	return append(out, s)
}

// title returns the first heading, else the beginning of the text.
func (b *builder) title() string {
	for _, bl := range b.article.Blocks {
		if bl.Kind == articles.Heading {
			return clean.Line(bl.In(b.article.Text))
		}
	}
	const long = 80
	first, _, _ := strings.Cut(b.article.Text, "\n")
	if parts := chunks(first, long); len(parts) > 1 {
		return parts[0] + "…"
	}
	return first
}

// cut returns how many bytes of src make a piece of about size: up to the last line
// before size that begins a block of its own, whatever stands before it.
func cut(src []byte, size int) int {
	if len(src) <= size {
		return len(src)
	}
	best, fence := 0, ""
	blank := false
	for i := 0; i < len(src); {
		end := bytes.IndexByte(src[i:], '\n') + 1
		if end == 0 {
			end = len(src) - i
		}
		line := src[i : i+end]
		trimmed := bytes.TrimLeft(line, " ")
		if mark := fenceOf(trimmed); mark != "" && (fence == "" || strings.HasPrefix(mark, fence)) {
			if fence == "" {
				fence = mark
			} else {
				fence = ""
			}
		} else if fence == "" && blank && begins(line) {
			if i > size && best > 0 {
				return best
			}
			best = i
			if i > size {
				return best
			}
		}
		blank = len(bytes.TrimSpace(line)) == 0
		i += end
	}
	return len(src)
}

func fenceOf(line []byte) string {
	for _, mark := range []string{"```", "~~~"} {
		if bytes.HasPrefix(line, []byte(mark)) {
			return mark
		}
	}
	return ""
}

// begins reports whether line, behind a blank one, begins a block that belongs to
// nothing before it: it is not indented, no item, no quote, no tag.
func begins(line []byte) bool {
	if len(line) == 0 {
		return false
	}
	switch c := line[0]; {
	case strings.IndexByte(" \t\n-*+>|<:[", c) >= 0, c >= '0' && c <= '9':
		return false
	}
	return true
}

// references returns the lines of src that define link references.
func references(src []byte) []byte {
	const most = 64 << 10
	var out []byte
	for i := 0; i < len(src); {
		at := bytes.Index(src[i:], []byte("]: "))
		if at < 0 || len(out) > most {
			break
		}
		at += i
		begin := bytes.LastIndexByte(src[:at], '\n') + 1
		end := bytes.IndexByte(src[at:], '\n')
		if end < 0 {
			end = len(src) - at
		}
		if src[begin] == '[' && at-begin < 200 {
			out = append(append(out, src[begin:at+end]...), '\n')
		}
		i = at + end
	}
	return out
}

// matter reads the front matter that src begins with, and returns what is behind it.
func matter(src []byte, a *articles.Article) []byte {
	rest, ok := bytes.CutPrefix(src, []byte("---\n"))
	if !ok {
		return src
	}
	head, body, ok := bytes.Cut(rest, []byte("\n---\n"))
	if !ok || len(head) > 16<<10 {
		return src
	}
	for line := range strings.SplitSeq(string(head), "\n") {
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		value = clean.Line(strings.Trim(strings.TrimSpace(value), `"'`))
		switch strings.ToLower(strings.TrimSpace(key)) {
		case "title":
			a.Title = value
		case "author", "authors", "by":
			a.Author = strings.Trim(value, "[]")
		case "site", "publication", "publisher":
			a.Site = value
		case "date", "published":
			a.Date = day(value)
		case "source", "url", "link":
			a.Source = value
		}
	}
	return body
}

// day reads a date as front matters write it; the zero time where it is none.
func day(s string) time.Time {
	for _, layout := range []string{time.RFC3339, "2006-01-02 15:04", time.DateTime, time.DateOnly, "2 January 2006", "January 2, 2006", "2 Jan 2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

// plainText returns what n says without markup, of a node that is no paragraph.
func plainText(n ast.Node, src []byte) string {
	var b strings.Builder
	for i := range n.Lines().Len() {
		l := n.Lines().At(i)
		b.Write(l.Value(src))
	}
	return strings.TrimRight(b.String(), "\n")
}
