package people

import (
	"context"
	"fmt"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/library"
	"byline/articles"
	"byline/articles/clean"
	"byline/ui"
	"byline/ui/columns"
)

// A Page is the screen about one of the people: spellings, quotes by date, articles.
type Page struct {
	common
	id     library.PersonID
	about  about
	lines  []line
	cursor int
	top    int
	height int // lines shown, as last drawn
}

// about is what a page shows.
type about struct {
	person library.Person
	quotes []library.Said
	places []library.Place
	all    []library.Person // to merge with
}

// A line of a page leads somewhere, or is a heading or blank.
type line struct {
	text, right string
	brief       string // in place of right where that has no room; empty for what is cut there
	head        bool
	do          tea.Cmd
	spelling    *library.Spelling // that the line is about
}

// mostArticles is the most articles, and mostQuotes the most quotes, that a page lists.
const mostArticles = 1000

// NewPage returns the page about one of the people.
func NewPage(ctx context.Context, svc Services, id library.PersonID) *Page {
	return &Page{common: newCommon(ctx, svc), id: id}
}

// Title implements [ui.Screen].
func (s *Page) Title() string { return clean.Line(s.about.person.Name) }

// load reads all that the page shows.
func (s *Page) load() tea.Cmd {
	ctx, svc, id := s.asked.Next(s.life.Context()), s.svc, s.id
	return func() tea.Msg {
		a, err := read(ctx, svc, id)
		return answerMsg{s, ctx.Err, func() tea.Cmd {
			s.asked.Answered()
			s.ready = true
			if err != nil {
				return ui.Fail(err, "{app.back} goes back")
			}
			s.about = a
			s.build()
			return nil
		}}
	}
}

func read(ctx context.Context, svc Services, id library.PersonID) (a about, err error) {
	if a.person, err = svc.Library.Person(ctx, id); err != nil {
		return a, err
	}
	if a.quotes, err = svc.Quotes(ctx, id); err != nil {
		return a, err
	}
	if a.places, err = svc.Library.PersonArticles(ctx, id, mostArticles); err != nil {
		return a, err
	}
	a.all, err = svc.Library.All(ctx)
	return a, err
}

// Update implements [ui.Screen].
func (s *Page) Update(msg tea.Msg) tea.Cmd {
	s.news(msg)
	switch msg := msg.(type) {
	case ui.ThemeMsg:
		if !s.ready && !s.asked.Open() {
			return s.load()
		}
	case ui.ChangedMsg:
		return s.load()
	case tea.MouseWheelMsg:
		n := 1
		if msg.Button == tea.MouseWheelUp {
			n = -1
		}
		s.move(n)
	case tea.MouseClickMsg:
		i := s.top + msg.Y - headLines
		if msg.Y < headLines || i >= len(s.lines) || s.lines[i].do == nil {
			return nil
		}
		if i == s.cursor {
			return s.lines[i].do
		}
		s.cursor = i
	case answerMsg:
		if msg.to == s && msg.dropped() == nil {
			return msg.take()
		}
	}
	return nil
}

// build makes the lines of the page.
func (s *Page) build() {
	a := &s.about
	s.lines = nil
	if a.person.Articles == 0 {
		s.lines = []line{{text: "No article has this name any more.", head: true}}
		s.cursor = 0
		return
	}
	s.head("Spellings")
	for i := range a.person.Spellings {
		f := &a.person.Spellings[i]
		right := ui.Articles(f.Articles) + ", ×" + fmt.Sprint(f.Mentions)
		if f.Of != a.person.ID {
			right = "merged · " + right
		}
		s.lines = append(s.lines, line{text: clean.Line(f.Text), right: right, brief: ui.Articles(f.Articles), spelling: f, do: ui.Tell("{page.split} splits a merged spelling off")})
	}
	if len(a.quotes) > 0 {
		s.head("Quotes")
	}
	for i := range a.quotes {
		q := &a.quotes[i]
		text := s.day(&q.Entry) + strings.Join(strings.Fields(clean.Line(q.Verb)+" "+clean.Line(q.Text)), " ")
		s.lines = append(s.lines, line{text: text, right: clean.Line(q.Entry.Title), do: s.svc.Open(q.Entry.ID, q.Start)})
	}
	s.head("Articles")
	for i := range a.places {
		p := &a.places[i]
		s.lines = append(s.lines, line{text: s.day(&p.Entry) + clean.Line(p.Entry.Title), right: "×" + fmt.Sprint(p.Count), do: s.svc.Open(p.Entry.ID, p.Offset)})
	}
	s.cursor = min(max(1, s.cursor), len(s.lines)-1)
	if s.lines[s.cursor].do == nil {
		s.move(1)
	}
}

// day returns the date of an article, as wide as every other; empty if none has a date.
func (s *Page) day(e *library.Entry) string {
	var days articles.Extent
	for i := range s.about.places {
		days.Add(s.about.places[i].Entry.Date)
	}
	width := s.svc.Dates.Width(days)
	if width == 0 {
		return ""
	}
	return columns.Right(s.svc.Dates.Of(e.Date), width, s.method) + "  "
}

func (s *Page) head(text string) {
	if len(s.lines) > 0 {
		s.lines = append(s.lines, line{head: true})
	}
	s.lines = append(s.lines, line{text: text, head: true})
}

// move steps n lines, over headings.
func (s *Page) move(n int) {
	dir := 1
	if n < 0 {
		dir = -1
	}
	for i := s.cursor + dir; n != 0 && i >= 0 && i < len(s.lines); i += dir {
		if s.lines[i].do != nil {
			s.cursor = i
			n -= dir
		}
	}
}

// Actions of a page.
const (
	goThere   ui.Action = "page.open"
	splitOff  ui.Action = "page.split"
	copyLine  ui.Action = "page.copy"
	pageMerge ui.Action = "page.merge"
)

// PageBindings are the keys of a page.
func PageBindings() []ui.Binding {
	return append([]ui.Binding{
		{Action: goThere, Keys: []string{"enter", "right", "l"}, Help: "Go to the place in the article", Short: "go there", Group: group, Holds: true},
		{Action: pageMerge, Keys: []string{"m"}, Help: "Merge with another name, in all articles", Short: "merge", Group: group, Holds: true},
		{Action: splitOff, Keys: []string{"S"}, Help: "Split a merged spelling off", Short: "split", Group: group},
		{Action: undoMerge, Keys: []string{"u"}, Help: "Undo merging or splitting, even after a restart", Short: "undo", Group: group},
		{Action: copyLine, Keys: []string{"c"}, Help: "Copy the line", Short: "copy", Group: group},
	}, moves()...)
}

// Scopes implements [ui.Screen].
func (s *Page) Scopes() []ui.Scope {
	return []ui.Scope{{Name: "person", Bindings: PageBindings(), Handle: s.handle}}
}

func (s *Page) handle(a ui.Action) (tea.Cmd, bool) {
	if move(a, s.move, max(1, s.height-1)) {
		return nil, true
	}
	var at line
	if s.cursor < len(s.lines) {
		at = s.lines[s.cursor]
	}
	switch a {
	case goThere:
		return at.do, true
	case pageMerge:
		return s.merge(s.about.all, s.about.person), true
	case splitOff:
		if at.spelling == nil || at.spelling.Of == s.about.person.ID {
			return ui.Tell("Only a spelling that was merged can be split off"), true
		}
		return s.split(library.Person{ID: at.spelling.Of, Name: at.spelling.Text}), true
	case undoMerge:
		return s.undo(), true
	case copyLine:
		return ui.Send(ui.CopyMsg{Text: strings.TrimSpace(at.text), What: "the line"}), true
	}
	return nil, false
}

// View implements [ui.Screen].
func (s *Page) View(width, height int) string {
	s.height = max(1, height-headLines-footLines)
	s.top = max(0, min(s.top, s.cursor-1), s.cursor-s.height+1)
	lines := []string{s.header(width), s.theme.Muted.Render(strings.Repeat("─", width))}
	for i := s.top; i < len(s.lines) && len(lines) < height-footLines; i++ {
		lines = append(lines, s.draw(i, width))
	}
	for len(lines) < height-footLines {
		lines = append(lines, columns.Blank(width))
	}
	at, n := s.place()
	lines = append(lines, s.ruleBelow(width, at, n))
	return strings.Join(lines[:max(0, min(height, len(lines)))], "\n")
}

// place returns the number of the line under the cursor, among those that lead somewhere, and how many these
// are.
func (s *Page) place() (at, n int) {
	for i := range s.lines {
		if s.lines[i].do == nil {
			continue
		}
		if i < s.cursor {
			at++
		}
		n++
	}
	return at, n
}

func (s *Page) header(width int) string {
	p := &s.about.person
	right, kind := "", []rune(kindName(p.ID.Type, 2))
	if len(kind) > 0 {
		kind[0] = unicode.ToUpper(kind[0])
	}
	if p.Articles > 0 {
		right = fmt.Sprintf(" %s · %s · %s · %s ", kindName(p.ID.Type, 1), ui.Articles(p.Articles), plural(p.Mentions, "mention"), plural(p.Quotes, "quote"))
	}
	if columns.Width(right, s.method) > width-24 {
		right = ""
	}
	return s.theme.Title.Render(columns.Fit(" byline › "+string(kind)+" › "+clean.Line(p.Name), width-columns.Width(right, s.method), s.method)) + s.theme.Muted.Render(right)
}

// atRight returns what stands at the right of a line: figures are left out where they have no room, and the rest is cut.
func (s *Page) atRight(l *line, width int) string {
	switch room := width/2 - 3; {
	case width < 40:
		return ""
	case l.brief == "":
		return columns.Cut(l.right, max(0, width/3-3), s.method)
	case columns.Width(l.right, s.method) <= room:
		return l.right
	default:
		return columns.Cut(l.brief, room, s.method)
	}
}

func (s *Page) draw(i, width int) string {
	l := &s.lines[i]
	if l.head {
		return s.theme.Key.Render(columns.Fit(" "+l.text, width, s.method))
	}
	sign := "   "
	if i == s.cursor {
		sign = " ▸ "
	}
	right := s.atRight(l, width)
	left := columns.Fit(sign+l.text, max(0, width-columns.Width(right, s.method)-3), s.method)
	if i == s.cursor {
		return s.theme.Chosen.Render(columns.Fit(left+"  "+right+" ", width, s.method))
	}
	return columns.Fit(left+"  "+s.theme.Muted.Render(right), width, s.method)
}
