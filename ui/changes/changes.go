// Package changes is the screen about two versions of an article: which names and quotes came,
// went or changed, and the paragraphs with other words. Enter goes to the place in the article.
package changes

import (
	"cmp"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/annotate/compare"
	"byline/articles/clean"
	"byline/ui"
	"byline/ui/columns"
	"byline/ui/theme"
)

// A Subject is what the screen is about.
type Subject struct {
	Title    string
	From, To string // what the versions are called: "version 1 of 9 March"
	Was, Now string // their texts
	*compare.Difference
	Go func(off int) tea.Cmd // shows a byte of the newer text
}

// Screen shows what tells two versions apart.
type Screen struct {
	subject    Subject
	paragraphs []compare.Paragraph
	parts      []part
	cursor     int // of parts
	top        int // line at the top
	width      int // for which lines are drawn; 0 for none
	lines      []row
	height     int
	theme      *theme.Theme
	method     ansi.Method
}

// A part is what the cursor is on: a name, a quote or a paragraph.
type part struct {
	head string // shown above it; empty for none
	draw func(s *Screen, width int) []string
	at   int // byte of the newer text; −1 for nowhere
}

// A row is a drawn line of a part; part is −1 for what is in between.
type row struct {
	text string
	part int
}

// New returns a screen about subject.
func New(subject Subject) *Screen {
	s := &Screen{subject: subject}
	s.theme, _ = theme.Named("", true)
	s.paragraphs = compare.Paragraphs(subject.Was, subject.Now, subject.Pieces)
	head := "Names"
	for _, n := range subject.Names {
		at := n.At
		if n.Op == compare.Gone {
			at = -1
		}
		s.parts = append(s.parts, part{head, func(s *Screen, width int) []string { return []string{s.name(n, width)} }, at})
		head = ""
	}
	head = "Quotes"
	for _, q := range subject.Quotes {
		at := -1
		if q.New != nil {
			at = q.New.Start
		}
		s.parts = append(s.parts, part{head, func(s *Screen, width int) []string { return s.quote(q, width) }, at})
		head = ""
	}
	head = "Words"
	for _, p := range s.paragraphs {
		s.parts = append(s.parts, part{head, func(s *Screen, width int) []string { return s.words(p, width) }, p.At})
		head = ""
	}
	return s
}

// Title implements [ui.Screen].
func (s *Screen) Title() string { return "What changed" }

// Update implements [ui.Screen].
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case ui.ThemeMsg:
		s.theme, s.width = msg.Theme, 0
	case ui.WidthMsg:
		s.method, s.width = msg.Method, 0
	case tea.MouseWheelMsg:
		if msg.Button == tea.MouseWheelUp {
			s.move(-1)
		} else {
			s.move(1)
		}
	case tea.MouseClickMsg:
		if y := msg.Y - headLines + s.top; msg.Y >= headLines && y < len(s.lines) && s.lines[y].part >= 0 {
			if s.lines[y].part == s.cursor {
				return s.open()
			}
			s.cursor = s.lines[y].part
		}
	}
	return nil
}

// Actions of the screen.
const (
	down  ui.Action = "changes.down"
	up    ui.Action = "changes.up"
	pgDn  ui.Action = "changes.page-down"
	pgUp  ui.Action = "changes.page-up"
	first ui.Action = "changes.first"
	last  ui.Action = "changes.last"
	open  ui.Action = "changes.open"
)

// Scopes implements [ui.Screen].
func (s *Screen) Scopes() []ui.Scope {
	const g = "What changed"
	return []ui.Scope{{Name: "changes", Handle: s.handle, Bindings: []ui.Binding{
		{Action: open, Keys: []string{"enter"}, Help: "Go there in the article", Short: "go there", Group: g},
		{Action: down, Keys: []string{"down", "j", "tab"}, Help: "Next change", Short: "next", Group: g},
		{Action: up, Keys: []string{"up", "k", "shift+tab"}, Help: "Previous change", Short: "previous", Group: g},
		{Action: pgDn, Keys: []string{"pgdown", "space"}, Help: "Down a page", Group: g},
		{Action: pgUp, Keys: []string{"pgup", "b"}, Help: "Up a page", Group: g},
		{Action: first, Keys: []string{"home", "g"}, Help: "First change", Group: g},
		{Action: last, Keys: []string{"end", "G"}, Help: "Last change", Group: g},
	}}}
}

func (s *Screen) handle(a ui.Action) (tea.Cmd, bool) {
	moves := map[ui.Action]int{down: 1, up: -1, pgDn: 8, pgUp: -8, first: -len(s.parts), last: len(s.parts)}
	if n, ok := moves[a]; ok {
		s.move(n)
		return nil, true
	}
	if a == open {
		return s.open(), true
	}
	return nil, false
}

func (s *Screen) move(n int) { s.cursor = max(0, min(s.cursor+n, len(s.parts)-1)) }

func (s *Screen) open() tea.Cmd {
	if len(s.parts) == 0 {
		return nil
	}
	if at := s.parts[s.cursor].at; at >= 0 {
		return s.subject.Go(at)
	}
	return ui.Tell("Not in the newer version")
}

// leastTitle is how many cells the title keeps beside the names of the versions.
const leastTitle = 20

// versions names the versions, without their dates where there is little room.
func (s *Screen) versions(width int) string {
	from, to := s.subject.From, s.subject.To
	for range 2 {
		if words := " " + from + " → " + to + " "; width-columns.Width(words, s.method) >= leastTitle {
			return words
		}
		from, _, _ = strings.Cut(from, " of ")
		to, _, _ = strings.Cut(to, " of ")
	}
	return ""
}

// headLines is how many lines stand above the list.
const headLines = 2

// View implements [ui.Screen].
func (s *Screen) View(width, height int) string {
	s.height = max(1, height-headLines)
	if s.width != width {
		s.width = width
		s.build(width)
	}
	start, end := s.extent(s.cursor)
	if start < s.top+1 {
		s.top = max(0, start-2)
	}
	if end > s.top+s.height {
		s.top = min(start, end-s.height)
	}
	title := " byline › " + clean.Line(s.subject.Title)
	right := s.versions(width)
	room := width - columns.Width(right, s.method)
	lines := []string{s.theme.Title.Render(columns.Fit(title, room, s.method)) + s.theme.Muted.Render(right), s.theme.Muted.Render(strings.Repeat("─", width))}
	if len(s.parts) == 0 {
		lines = append(lines, "", "   No changes in the text.")
	}
	for i := s.top; i < len(s.lines) && len(lines) < height; i++ {
		l := s.lines[i]
		mark := "   "
		if l.part == s.cursor && i == start {
			mark = s.theme.Accent.Render(" ▸ ")
		}
		lines = append(lines, columns.Fit(mark+l.text, width, s.method))
	}
	for len(lines) < height {
		lines = append(lines, columns.Blank(width))
	}
	return strings.Join(lines[:height], "\n")
}

// build draws all parts for a width.
func (s *Screen) build(width int) {
	s.lines = s.lines[:0]
	for i, p := range s.parts {
		if p.head != "" {
			if i > 0 {
				s.lines = append(s.lines, row{"", -1})
			}
			s.lines = append(s.lines, row{s.theme.Key.Render(strings.ToUpper(p.head)), -1})
		}
		for _, text := range p.draw(s, max(10, min(width-6, 100))) {
			s.lines = append(s.lines, row{text, i})
		}
	}
}

// extent returns where the lines of a part begin and end.
func (s *Screen) extent(part int) (start, end int) {
	start = -1
	for i, l := range s.lines {
		if l.part == part {
			if start < 0 {
				start = i
			}
			end = i + 1
		}
	}
	return max(0, start), end
}

// style returns how what came or went is set. Colours are not all that tells them apart: what
// went is struck through, what came underlined.
func (s *Screen) style(o compare.Op) lipgloss.Style {
	switch o {
	case compare.Came:
		return s.theme.Good.Underline(true)
	case compare.Gone:
		return s.theme.Error.Strikethrough(true)
	}
	return s.theme.Text
}

// name draws a name with what it was and is counted as; of what is too wide the name is cut, then the kind goes.
func (s *Screen) name(n compare.Name, width int) string {
	figures, kind := fmt.Sprintf("%d → %d", n.Was, n.Now), clean.Line(string(n.Type))+", "
	const around, least = 4, 10 // cells: of the sign and the blanks, of the name
	if width-around-columns.Width(kind+figures, s.method) < least {
		kind = ""
	}
	text := columns.Cut(clean.Line(n.Name), max(1, width-around-columns.Width(kind+figures, s.method)), s.method)
	if n.Op != compare.Altered {
		text = s.style(n.Op).Render(text)
	}
	return sign(n.Op) + " " + text + "  " + s.theme.Muted.Render(kind+figures)
}

func sign(o compare.Op) string {
	return map[compare.Op]string{compare.Came: "+", compare.Gone: "−", compare.Altered: "~"}[o]
}

// quote draws a quote with the words that are other than they were.
func (s *Screen) quote(q compare.Quote, width int) []string {
	speaker := func(x *compare.Said) string { return cmp.Or(clean.Line(x.By()), "unattributed") }
	switch q.Op {
	case compare.Came:
		return s.wrapped("+ "+s.theme.Strong.Render(speaker(q.New))+": "+s.style(q.Op).Render(clean.Line(q.New.Text)), width)
	case compare.Gone:
		return s.wrapped("− "+s.theme.Strong.Render(speaker(q.Old))+": "+s.style(q.Op).Render(clean.Line(q.Old.Text)), width)
	}
	who := s.theme.Strong.Render(speaker(q.New))
	if speaker(q.Old) != speaker(q.New) {
		who = s.style(compare.Gone).Render(speaker(q.Old)) + " " + s.style(compare.Came).Render(speaker(q.New))
	}
	text := "~ " + who + ": "
	for _, p := range compare.Words(q.Old.Text, q.New.Text) {
		words := p.New.In(q.New.Text)
		if p.Op == compare.Gone {
			words = p.Old.In(q.Old.Text)
		}
		text += s.run(p.Op, words)
	}
	return s.wrapped(text, width)
}

func (s *Screen) words(p compare.Paragraph, width int) []string {
	text := ""
	for _, r := range p.Runs {
		text += s.run(r.Op, r.Text)
	}
	return append(s.wrapped(text, width), "")
}

// run draws words; the blank after them stays plain.
func (s *Screen) run(o compare.Op, text string) string {
	text = clean.Line(text)
	bare := strings.TrimRight(text, " ")
	if o == compare.Kept {
		return text
	}
	if o == compare.Gone && bare == text {
		text += " " // before what came in its place
	}
	return s.style(o).Render(bare) + text[len(bare):]
}

// wrapped breaks styled text into lines.
func (s *Screen) wrapped(text string, width int) []string {
	return strings.Split(lipgloss.Wrap(text, width, ""), "\n")
}
