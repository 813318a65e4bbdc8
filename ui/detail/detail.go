// Package detail is the screen about one entity: the forms of its name, every
// quote that it speaks, its mentions with the words around them, and where else
// in the library it is named. Every line leads somewhere, and back again.
package detail

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/annotate"
	"byline/annotate/library"
	"byline/articles"
	"byline/articles/clean"
	"byline/ui"
	"byline/ui/theme"
)

// A Saying is a quote of the entity's in another article.
type Saying struct {
	Entry library.Entry
	articles.Span
	Text string
}

// Others is what the library has of the entity in other articles.
type Others struct {
	Places  []library.Place
	Sayings []Saying // the latest first
}

// A Subject is what the screen is about.
type Subject struct {
	Article   *articles.Article
	Layer     *annotate.Layer
	Entity    int                                   // index into Layer.Entities
	Go        func(off int) tea.Cmd                 // shows a byte of the article
	Open      func(id string, off int) tea.Cmd      // opens another article there
	Elsewhere func(context.Context) (Others, error) // may be nil
}

// Screen shows one entity.
type Screen struct {
	life    ui.Life
	subject Subject
	lines   []line
	cursor  int
	top     int
	height  int // lines shown, as last drawn
	pending bool
	theme   *theme.Theme
	method  ansi.Method
}

// A line leads somewhere, or is a heading.
type line struct {
	text    string
	head    bool
	mark    articles.Span // part of text that stands out
	passage *passage      // of a mention, in place of text
	do      tea.Cmd
}

type othersMsg struct {
	to     *Screen
	others Others
	err    error
}

// New returns a screen about subject. The look into other articles ends with ctx, or when
// the screen is left.
func New(ctx context.Context, subject Subject) *Screen {
	s := &Screen{life: ui.NewLife(ctx), subject: subject, pending: subject.Elsewhere != nil}
	s.theme, _ = theme.Named("", true)
	s.build(Others{})
	return s
}

func (s *Screen) entity() *annotate.Entity { return &s.subject.Layer.Entities[s.subject.Entity] }

// Title implements [ui.Screen].
func (s *Screen) Title() string { return clean.Line(s.entity().Name) }

// start asks for the other articles.
func (s *Screen) start() tea.Cmd {
	find, ctx := s.subject.Elsewhere, s.life.Context()
	if find == nil {
		return nil
	}
	return func() tea.Msg {
		others, err := find(ctx)
		return othersMsg{s, others, err}
	}
}

// Close implements [ui.Closer].
func (s *Screen) Close() tea.Cmd {
	s.life.End()
	return nil
}

// Update implements [ui.Screen].
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case ui.ThemeMsg:
		s.theme = msg.Theme
		if s.pending {
			s.pending = false
			return s.start()
		}
	case ui.WidthMsg:
		s.method = msg.Method
	case othersMsg:
		if msg.to != s {
			return nil
		}
		if msg.err != nil {
			return ui.Fail(msg.err, "other articles not shown")
		}
		s.build(msg.others)
	case tea.MouseWheelMsg:
		n := 1
		if msg.Button == tea.MouseWheelUp {
			n = -1
		}
		s.move(n)
	case tea.MouseClickMsg:
		return s.click(msg.Y)
	}
	return nil
}

const (
	down  ui.Action = "detail.down"
	up    ui.Action = "detail.up"
	pgDn  ui.Action = "detail.page-down"
	pgUp  ui.Action = "detail.page-up"
	first ui.Action = "detail.first"
	last  ui.Action = "detail.last"
	open  ui.Action = "detail.open"
	copyA ui.Action = "detail.copy"
)

// Scopes implements [ui.Screen].
func (s *Screen) Scopes() []ui.Scope {
	const g = "Details"
	return []ui.Scope{{Name: "detail", Handle: s.handle, Bindings: []ui.Binding{
		{Action: open, Keys: []string{"enter"}, Help: "Go there", Short: "go there", Group: g},
		{Action: down, Keys: []string{"down", "j", "tab"}, Help: "Next line", Short: "down", Group: g},
		{Action: up, Keys: []string{"up", "k", "shift+tab"}, Help: "Previous line", Short: "up", Group: g},
		{Action: pgDn, Keys: []string{"pgdown", "space"}, Help: "Down a page", Group: g},
		{Action: pgUp, Keys: []string{"pgup", "b"}, Help: "Up a page", Group: g},
		{Action: first, Keys: []string{"home", "g"}, Help: "First line", Group: g},
		{Action: last, Keys: []string{"end", "G"}, Help: "Last line", Group: g},
		{Action: copyA, Keys: []string{"c"}, Help: "Copy the line", Short: "copy", Group: g},
	}}}
}

func (s *Screen) handle(a ui.Action) (tea.Cmd, bool) {
	switch a {
	case down:
		s.move(1)
	case up:
		s.move(-1)
	case pgDn:
		s.move(max(1, s.height-1))
	case pgUp:
		s.move(-max(1, s.height-1))
	case first:
		s.move(-len(s.lines))
	case last:
		s.move(len(s.lines))
	case open:
		return s.current().do, true
	case copyA:
		return ui.Send(ui.CopyMsg{Text: strings.TrimSpace(s.current().text), What: "the line"}), true
	default:
		return nil, false
	}
	return nil, true
}

func (s *Screen) current() line { return s.lines[s.cursor] }

// move steps n lines, over headings.
func (s *Screen) move(n int) {
	dir := 1
	if n < 0 {
		dir = -1
	}
	for i := s.cursor + dir; n != 0 && i >= 0 && i < len(s.lines); i += dir {
		if !s.lines[i].head {
			s.cursor = i
			n -= dir
		}
	}
}

func (s *Screen) click(y int) tea.Cmd {
	i := s.top + y - headLines
	if y < headLines || i >= len(s.lines) || s.lines[i].head {
		return nil
	}
	if i == s.cursor {
		return s.current().do
	}
	s.cursor = i
	return nil
}

// build lists all that is known.
func (s *Screen) build(others Others) {
	s.lines = s.lines[:0]
	s.spellings()
	s.quotes()
	s.mentions()
	s.sayings(others.Sayings)
	if len(others.Places) > 0 {
		s.head("In other articles of the library")
		for _, p := range others.Places {
			text := fmt.Sprintf("%s  %s", clean.Line(p.Entry.Title), plural(p.Count, "mention"))
			s.lines = append(s.lines, line{text: text, do: s.subject.Open(p.Entry.ID, p.Offset)})
		}
	}
	if s.cursor >= len(s.lines) || s.cursor == 0 {
		s.cursor = 0
		s.move(1)
	}
}

// sayings lists what the entity says in other articles, below the title of each.
func (s *Screen) sayings(all []Saying) {
	if len(all) == 0 {
		return
	}
	s.head(fmt.Sprintf("Quotes in other articles (%d)", len(all)))
	last := ""
	for _, q := range all {
		if q.Entry.ID != last {
			last = q.Entry.ID
			from := clean.Line(q.Entry.Title)
			if !q.Entry.Date.IsZero() {
				from = q.Entry.Date.Day().String() + "  " + from
			}
			s.lines = append(s.lines, line{text: from, mark: articles.Span{End: len(from)}, do: s.subject.Open(q.Entry.ID, q.Start)})
		}
		s.lines = append(s.lines, line{text: "  " + oneLine(q.Text), do: s.subject.Open(q.Entry.ID, q.Start)})
	}
}

// head begins a part of the list, apart from the one before.
func (s *Screen) head(text string) {
	if len(s.lines) > 0 {
		s.lines = append(s.lines, line{head: true})
	}
	s.lines = append(s.lines, line{text: text, head: true})
}

// spellings lists how the name is written in the article.
func (s *Screen) spellings() {
	type form struct {
		text string
		n    int
		off  int
	}
	var fs []form
	for _, m := range s.entity().Mentions {
		if m.Form == annotate.Pronoun || m.Form == annotate.Nominal {
			continue
		}
		text := oneLine(m.In(s.subject.Article.Text))
		i := slices.IndexFunc(fs, func(f form) bool { return f.text == text })
		if i < 0 {
			fs = append(fs, form{text, 0, m.Start})
			i = len(fs) - 1
		}
		fs[i].n++
	}
	if len(fs) == 0 {
		return
	}
	s.head("Spellings")
	for _, f := range fs {
		s.lines = append(s.lines, line{text: fmt.Sprintf("%s  ×%d", f.text, f.n), do: s.subject.Go(f.off)})
	}
}

func (s *Screen) quotes() {
	first := true
	for _, q := range s.subject.Layer.Quotes {
		if !q.SaidBy(s.entity().ID) || q.State == annotate.Rejected {
			continue
		}
		if first {
			s.head("Quotes")
			first = false
		}
		s.lines = append(s.lines, line{text: oneLine(q.In(s.subject.Article.Text)) + s.with(q) + s.cueOf(q), do: s.subject.Go(q.Start)})
	}
}

// cueOf says with which words q is reported: " — told the council".
func (s *Screen) cueOf(q *annotate.Quote) string {
	if q.Cue.Empty() {
		return ""
	}
	return " — " + oneLine(q.Cue.In(s.subject.Article.Text))
}

// with says who else says q.
func (s *Screen) with(q *annotate.Quote) string {
	var others []string
	for _, id := range q.Speakers() {
		if e := s.subject.Layer.Entity(id); e != nil && id != s.entity().ID {
			others = append(others, oneLine(e.Name))
		}
	}
	if len(others) == 0 {
		return ""
	}
	return ", with " + annotate.JoinNames(others)
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
