package linear

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"strings"

	"byline/annotate"
	"byline/articles"
	"byline/articles/clean"
)

// A page is the article that is open and where its reader is.
type page struct {
	a      *articles.Article
	blocks []articles.Block // those with something to say
	layer  *annotate.Layer
	marks  []mark
	at     int           // index of the block being read
	cur    articles.Span // the current mark; empty before the first of the block
	done   bool          // marked as done
	kept   int           // the block that is stored as the reader's place
	rows   []place       // where the lines of the last list lead
	found  []articles.Span
	hit    int // index into found
}

func newPage(a *articles.Article) *page {
	p := &page{a: a}
	for _, b := range a.Blocks {
		if b.Kind == articles.Rule || strings.TrimSpace(b.In(a.Text)) != "" {
			p.blocks = append(p.blocks, b)
		}
	}
	if len(p.blocks) == 0 {
		p.blocks = []articles.Block{{Span: articles.Span{End: len(a.Text)}}}
	}
	return p
}

// take puts a layer in place of the one before.
func (p *page) take(l *annotate.Layer) {
	p.layer, p.marks = l, marksOf(l)
}

// opening says what the article is.
func (p *page) opening() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", clean.Line(p.a.Title))
	by := slices.DeleteFunc([]string{clean.Line(p.a.Author), clean.Line(p.a.Site)}, func(s string) bool { return s == "" })
	if len(by) > 0 {
		fmt.Fprintf(&b, "By %s\n", strings.Join(by, ", "))
	}
	c := p.layer.Counts()
	fmt.Fprintf(&b, "%s, %s, %s, %s; %d of %d reviewed.\n", count(len(p.blocks), "paragraph"),
		strings.Replace(count(c.People, "person"), "persons", "people", 1),
		count(c.Organizations, "organization"), count(c.Quotes, "quote"), c.Reviewed, c.Claims)
	return b.String()
}

// paragraph says the block being read with a line for each mark that begins in it.
func (p *page) paragraph() string {
	block := p.blocks[p.at]
	var b strings.Builder
	fmt.Fprintf(&b, "Paragraph %d of %d.\n%s\n", p.at+1, len(p.blocks), spokenBlock(block, p.a))
	for _, m := range p.marks {
		if block.Has(m.Start) && !m.aside() {
			fmt.Fprintf(&b, "%s\n", m.spoken(p.a, p.layer))
		}
	}
	return b.String()
}

// read moves to block i and says it.
func (p *page) read(i int) (string, error) {
	if i < 0 {
		return "", quiet("This is the beginning.")
	}
	if i >= len(p.blocks) {
		return "", quiet("This is the end.")
	}
	p.at, p.cur = i, articles.Span{}
	return p.paragraph(), nil
}

func (s *Session) on(context.Context, string) (string, error)    { return s.page.read(s.page.at + 1) }
func (s *Session) back(context.Context, string) (string, error)  { return s.page.read(s.page.at - 1) }
func (s *Session) again(context.Context, string) (string, error) { return s.page.read(s.page.at) }
func (s *Session) top(context.Context, string) (string, error) {
	s.leave()
	return s.page.read(0)
}

func (s *Session) end(context.Context, string) (string, error) {
	s.leave()
	return s.page.read(len(s.page.blocks) - 1)
}

func (s *Session) close(ctx context.Context, _ string) (string, error) {
	s.page = nil
	return s.list(ctx, "")
}

// offset is where the reader is: at the current mark, else before the block.
func (p *page) offset() int {
	if !p.cur.Empty() {
		return p.cur.Start
	}
	return p.blocks[p.at].Start
}

// block returns the index of the block that holds the byte at off.
func (p *page) block(off int) int {
	i := sort.Search(len(p.blocks), func(i int) bool { return p.blocks[i].Start > off })
	return max(0, i-1)
}

// goTo makes m the current mark and says it, with the paragraph where it is another.
func (p *page) goTo(m mark) string {
	before := p.at
	p.at, p.cur = p.block(m.Start), m.Span
	line := m.spoken(p.a, p.layer)
	if p.at != before {
		line = fmt.Sprintf("Paragraph %d. %s", p.at+1, line)
	}
	return line + "\n" + p.around(m.Span)
}

// around returns the words around a span, so that its place is heard.
func (p *page) around(s articles.Span) string {
	const reach = 60
	block := p.blocks[p.block(s.Start)]
	text := p.a.Text
	start, end := max(block.Start, s.Start-reach), min(max(block.End, s.End), s.End+reach)
	for start > block.Start && start < s.Start && !blank(text[start-1]) {
		start++
	}
	for end < block.End && end > s.End && !blank(text[end]) {
		end--
	}
	return "in: " + clean.Line(text[start:end])
}

func blank(b byte) bool { return b == ' ' || b == '\n' }

// current returns the mark that the reader is at.
func (p *page) current() (mark, bool) {
	i := slices.IndexFunc(p.marks, func(m mark) bool { return m.Span == p.cur })
	if p.cur.Empty() || i < 0 {
		return mark{}, false
	}
	return p.marks[i], true
}
