package library

import (
	"context"
	"image/color"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"byline/annotate"
	"byline/annotate/library"
	"byline/articles"
	"byline/articles/clean"
	"byline/ui"
	"byline/ui/columns"
)

// A Glimpse returns an article with what was found in it and decided on it.
type Glimpse func(ctx context.Context, id string) (*articles.Article, *annotate.Layer, error)

// Preview shows beside the list, in windows of 110 cells and more, how the article
// under the cursor begins and who is in it, as g tells.
func (s *Screen) Preview(g Glimpse) { s.pane.ask = g }

// pane is the look into the article under the cursor.
type pane struct {
	ask    Glimpse // nil for no pane
	hidden bool
	window int              // cells, as the terminal says
	drawn  frame            // as last drawn, for the mouse
	front  bool             // drawn since the last peek: no other screen is in front
	id     string           // the article that was asked for last
	number int              // of the last time that the cursor went elsewhere
	seen   map[string]about // by ID
	stale  map[string]bool  // IDs in seen of what is another by now
}

// about is what the pane says of an article beyond its entry.
type about struct {
	opening string
	people  []name
	orgs    []name
}

type name struct {
	text  string
	count int
}

const (
	paneFrom  = 110              // cells of the window
	paneWait  = time.Second / 20 // that the cursor rests before the store is asked
	mostSeen  = 100              // articles remembered
	mostWords = 50_000           // of an article that is looked into
	opening   = 1500             // bytes of it
)

// room returns how many cells the pane has in a window of that width.
func (p *pane) room(width int) int {
	if p.ask == nil || p.hidden || width < paneFrom {
		return 0
	}
	return min(64, width/3)
}

func (p *pane) toggle() tea.Cmd {
	if p.ask == nil || p.window < paneFrom {
		return ui.Tell("there is room for the look into the article from " + strconv.Itoa(paneFrom) + " columns on")
	}
	p.hidden = !p.hidden
	p.id = ""
	return nil
}

// outdate has an article, or all, read again when the cursor is there. What was read
// stays until then.
func (p *pane) outdate(id string) {
	for other := range p.seen {
		if id == "" || id == other {
			p.stale[other] = true
		}
	}
	p.id = ""
}

type (
	peekMsg struct {
		to     *Screen
		number int
	}
	glimpseMsg struct {
		to    *Screen
		id    string
		about about
	}
)

// peek asks for the article under the cursor, once the cursor rests there. Behind
// another screen nothing is asked.
func (s *Screen) peek() tea.Cmd {
	p := &s.pane
	e := s.current()
	if !p.front || p.room(p.window) == 0 || e.ID == p.id || e.Words > mostWords {
		return nil
	}
	p.front = false
	p.id = e.ID
	p.number++
	if _, ok := p.seen[e.ID]; ok && !p.stale[e.ID] || e.ID == "" {
		return nil
	}
	n := p.number
	return tea.Tick(paneWait, func(time.Time) tea.Msg { return peekMsg{s, n} })
}

// glimpse reads the article that peek asked for.
func (s *Screen) glimpse() tea.Cmd {
	ask, id := s.pane.ask, s.pane.id
	return func() tea.Msg {
		a, l, err := ask(context.Background(), id)
		if err != nil {
			return nil // opening the article will say what is wrong
		}
		return glimpseMsg{s, id, newAbout(a, l)}
	}
}

func (p *pane) take(msg glimpseMsg) {
	if len(p.seen) >= mostSeen || p.seen == nil {
		p.seen, p.stale = map[string]about{}, map[string]bool{}
	}
	p.seen[msg.id] = msg.about
	delete(p.stale, msg.id)
}

func newAbout(a *articles.Article, l *annotate.Layer) about {
	out := about{opening: begins(a)}
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

// begins returns the first paragraphs of an article with blank lines between, without its title
// and the line that says who wrote it.
func begins(a *articles.Article) string {
	var out []string
	size := 0
	for _, b := range a.Blocks {
		if size >= opening {
			break
		}
		text := b.In(a.Text)
		if b.Kind != articles.Paragraph || strings.EqualFold(strings.TrimSpace(text), strings.TrimSpace(a.Title)) ||
			a.Author != "" && len(text) < len(a.Author)+40 && strings.Contains(text, a.Author) {
			continue
		}
		text = clean.Line(short(text, opening-size))
		out = append(out, text)
		size += len(text)
	}
	return strings.Join(out, "\n\n")
}

// short cuts a text to at most n bytes, behind a word.
func short(text string, n int) string {
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

// beside puts the pane at the right of the lines between header and foot.
func (s *Screen) beside(f *frame, lines []string) {
	th, body := s.look.theme, f.height-1-f.foot
	text := s.leaf(f.pane-3, body)
	lines[1] += th.Muted.Underline(true).Render("│ ") + text[0] + th.Muted.Underline(true).Render(" ")
	edge := s.look.begun[dim].draw("│") + " "
	for i := 1; i < body; i++ {
		lines[i+1] += edge + text[i] + " "
	}
}

// leaf draws the pane's text: so many lines of so many cells.
func (s *Screen) leaf(width, height int) []string {
	th, m := s.look.theme, s.look.method
	e := s.current()
	from := clean.Line(e.Site)
	if from == "" {
		from = clean.Line(path.Base(e.Source))
	}
	lines := []string{th.Muted.Underline(true).Render(columns.Between(from, " "+s.dates.long(e.Date), width, m))}
	add := func(style func(...string) string, text ...string) {
		for _, l := range text {
			lines = append(lines, style(columns.Fit(l, width, m)))
		}
	}
	if e.ID != "" {
		about := s.pane.seen[e.ID]
		add(th.Strong.Render, wrap(title(&e), width, 4, s)...)
		add(th.Muted.Render, wrap(facts(&e), width, 3, s)...)
		names := s.names(&about, width)
		add(th.Text.Render, "")
		add(th.Text.Render, wrap(about.opening, width, height-len(lines)-len(names)-1, s)...)
		if len(names) > 0 {
			add(th.Text.Render, "")
			lines = append(lines, names...)
		}
	}
	for len(lines) < height {
		lines = append(lines, columns.Blank(width))
	}
	return lines[:height]
}

// facts says what the columns may have no room for.
func facts(e *library.Entry) string {
	parts := []string{}
	if e.Author != "" {
		parts = append(parts, "by "+clean.Line(e.Author))
	}
	parts = append(parts, minutes(e.Minutes())+" min")
	if e.Progress > 0 {
		parts = append(parts, percent(e.Progress)+" read")
	}
	if reviewed(e) > 0 {
		parts = append(parts, percent(reviewed(e))+" reviewed")
	}
	for _, t := range e.Tags {
		parts = append(parts, "#"+clean.Line(t))
	}
	return strings.Join(parts, " · ")
}

// names draws who is named most: people, then organizations.
func (s *Screen) names(a *about, width int) []string {
	var out []string
	for _, part := range []struct {
		head  string
		color color.Color
		list  []name
		most  int
	}{{"PEOPLE", s.look.theme.Color.Person, a.people, 6}, {"ORGS", s.look.theme.Color.Organization, a.orgs, 4}} {
		if len(part.list) == 0 {
			continue
		}
		style := lipgloss.NewStyle().Foreground(part.color)
		if len(out) > 0 {
			out = append(out, columns.Blank(width))
		}
		out = append(out, style.Bold(true).Render(columns.Fit(part.head+" "+strconv.Itoa(len(part.list)), width, s.look.method)))
		for _, n := range part.list[:min(part.most, len(part.list))] {
			count := " " + strconv.Itoa(n.count)
			out = append(out, style.Render(columns.Fit(n.text, max(0, width-len(count)), s.look.method))+s.look.begun[dim].draw(count))
		}
	}
	return out
}

// wrap breaks a text into at most so many lines of width cells; what is left out is
// shown by an ellipsis.
func wrap(text string, width, most int, s *Screen) []string {
	if most <= 0 || text == "" {
		return nil
	}
	var lines []string
	for _, paragraph := range strings.Split(text, "\n") {
		lines = append(lines, strings.Split(s.look.method.Wrap(paragraph, width, ""), "\n")...)
	}
	if len(lines) > most {
		lines = lines[:most]
		lines[most-1] = columns.Cut(strings.TrimRight(lines[most-1], " ")+" …", width, s.look.method)
	}
	return lines
}
