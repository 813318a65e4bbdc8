package detail

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"byline/annotate"
	"byline/articles/clean"
	"byline/ui/columns"
)

// headLines is how many lines stand above the list.
const headLines = 2

// View implements [ui.Screen].
func (s *Screen) View(width, height int) string {
	s.height = max(1, height-headLines)
	s.top = max(0, min(s.top, s.cursor-1), s.cursor-s.height+1)
	lines := []string{s.header(width), s.theme.Muted.Render(strings.Repeat("─", width))}
	for i := s.top; i < len(s.lines) && len(lines) < height; i++ {
		lines = append(lines, s.line(i, width))
	}
	for len(lines) < height {
		lines = append(lines, columns.Blank(width))
	}
	return strings.Join(lines[:height], "\n")
}

func (s *Screen) header(width int) string {
	e := s.entity()
	said := 0
	for _, q := range s.subject.Layer.Quotes {
		if q.SaidBy(e.ID) && q.State != annotate.Rejected {
			said++
		}
	}
	right := fmt.Sprintf(" %s · %s · %s ", clean.Line(string(e.Type)), plural(len(e.Mentions), "mention"), plural(said, "quote"))
	room := max(0, width-columns.Width(right, s.method))
	if room < 12 {
		room, right = width, ""
	}
	return s.theme.Title.Render(columns.Fit(" byline › "+clean.Line(e.Name), room, s.method)) + s.theme.Muted.Render(right)
}

func (s *Screen) line(i, width int) string {
	l := s.lines[i]
	if l.head {
		return s.theme.Key.Render(columns.Fit(" "+strings.ToUpper(l.text), width, s.method))
	}
	if l.passage != nil {
		text := l.passage.draw(max(1, width-4), s.theme, s.method)
		if i == s.cursor {
			return s.theme.Chosen.Render(columns.Fit(" ▸ "+ansi.Strip(text), width, s.method))
		}
		return columns.Fit("   "+text, width, s.method)
	}
	if i == s.cursor {
		return s.theme.Chosen.Render(columns.Fit(" ▸ "+l.text, width, s.method))
	}
	if !l.mark.Empty() {
		text := "   " + l.text[:l.mark.Start] + s.theme.Strong.Render(l.mark.In(l.text)) + l.text[l.mark.End:]
		return columns.Fit(text, width, s.method)
	}
	return columns.Fit("   "+l.text, width, s.method)
}
