package library

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/articles"
	"byline/articles/clean"
	"byline/ui"
)

// A PreviewFunc returns an article with what was found in it and decided on it.
type PreviewFunc func(ctx context.Context, id string) (*articles.Article, *annotate.Layer, error)

// preview is the article under the cursor, shown right of the list.
type preview struct {
	ask    PreviewFunc // nil for no preview
	hidden bool
	drawn  bool   // since the last readPreview: no other screen is in front
	id     string // the article requested last
	asked  ui.Latest
	seen   map[string]*articlePreview // by ID
}

// articlePreview holds what the preview shows of an article besides its entry.
type articlePreview struct {
	opening string
	people  []name
	orgs    []name
	stale   bool // the article has changed since
}

type name struct {
	text  string
	count int
}

const (
	previewFrom  = 110              // cells of the window
	previewWait  = time.Second / 20 // how long the cursor rests before the article is read
	mostSeen     = 100              // articles kept
	mostWords    = 50_000           // of an article that are read
	openingBytes = 1500             // of an article that are kept
)

// widthIn returns the width of the preview in a window of that width, in cells.
func (p *preview) widthIn(width int) int {
	if p.ask == nil || p.hidden || width < previewFrom {
		return 0
	}
	return min(64, width/3)
}

func (p *preview) toggle(width int) tea.Cmd {
	if p.ask == nil || width < previewFrom {
		return ui.Tell("The preview needs " + strconv.Itoa(previewFrom) + " columns")
	}
	p.hidden = !p.hidden
	p.id = ""
	return nil
}

// invalidate marks an article, or all if id is empty, to be read again when the cursor is on it.
// Until then the old preview is shown.
func (p *preview) invalidate(id string) {
	for other, a := range p.seen {
		if id == "" || id == other {
			a.stale = true
		}
	}
	p.id = ""
}

// store keeps the preview of an article.
func (p *preview) store(id string, a *articlePreview) {
	if len(p.seen) >= mostSeen || p.seen == nil {
		p.seen = map[string]*articlePreview{}
	}
	p.seen[id] = a
}

// lookup returns the preview of an article, empty if it was not read.
func (p *preview) lookup(id string) *articlePreview {
	if a := p.seen[id]; a != nil {
		return a
	}
	return &articlePreview{}
}

// readPreview reads the article under the cursor after the cursor has rested there for a moment.
// It reads nothing while another screen is in front.
func (s *Screen) readPreview() tea.Cmd {
	p := &s.preview
	e := s.list.selected()
	if !p.drawn || p.widthIn(s.size.width) == 0 || e.ID == p.id || e.Words > mostWords {
		return nil
	}
	p.drawn = false
	p.id = e.ID
	ctx := p.asked.Next(s.life.Context())
	if a := p.seen[e.ID]; a != nil && !a.stale || e.ID == "" {
		return nil
	}
	o := s.origin()
	return tea.Tick(previewWait, func(time.Time) tea.Msg {
		return o.answer(ctx, func() tea.Cmd { return p.read(o, ctx, e.ID) })
	})
}

// read reads an article.
func (p *preview) read(o origin, ctx context.Context, id string) tea.Cmd {
	ask := p.ask
	return func() tea.Msg {
		a, l, err := ask(ctx, id)
		if err != nil {
			return nil // the error shows when the article is opened
		}
		about := newAbout(a, l)
		return o.answer(ctx, func() tea.Cmd {
			p.store(id, about)
			return nil
		})
	}
}

func newAbout(a *articles.Article, l *annotate.Layer) *articlePreview {
	out := &articlePreview{opening: firstParagraphs(a)}
	for i := range l.Entities {
		e := &l.Entities[i]
		n := 0
		for j := range e.Mentions {
			if e.Mentions[j].State != annotate.Rejected {
				n++
			}
		}
		switch {
		case n == 0:
		case e.Type == annotate.Person:
			out.people = append(out.people, name{clean.Line(e.Name), n})
		case e.Type == annotate.Organization:
			out.orgs = append(out.orgs, name{clean.Line(e.Name), n})
		}
	}
	for _, list := range [][]name{out.people, out.orgs} {
		slices.SortStableFunc(list, func(a, b name) int { return b.count - a.count })
	}
	return out
}

// firstParagraphs returns the first paragraphs of an article, separated by blank lines, without
// title and byline.
func firstParagraphs(a *articles.Article) string {
	var out []string
	size := 0
	for _, b := range a.Blocks {
		if size >= openingBytes {
			break
		}
		text := b.In(a.Text)
		if b.Kind != articles.Paragraph || strings.EqualFold(strings.TrimSpace(text), strings.TrimSpace(a.Title)) ||
			a.Author != "" && len(text) < len(a.Author)+40 && strings.Contains(text, a.Author) {
			continue
		}
		text = clean.Line(cutWords(text, openingBytes-size))
		out = append(out, text)
		size += len(text)
	}
	return strings.Join(out, "\n\n")
}

// cutWords cuts a text after a word, to at most n bytes.
func cutWords(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	if i := strings.LastIndexByte(text[:n], ' '); i > 0 {
		n = i
	}
	return text[:n] + "…"
}
