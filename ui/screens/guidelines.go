package screens

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/articles"
	"byline/articles/load"
	"byline/ui"
	"byline/ui/reader"
)

// guidelines shows guidelines, which are written in Markdown, without its marks.
func (s *Screens) guidelines(msg reader.GuidelinesMsg) tea.Cmd {
	return func() tea.Msg {
		text := msg.Text
		if a, err := load.Bytes(s.ctx, "guidelines.md", []byte(text)); err == nil {
			text = laidOut(a)
		}
		return ui.PagerMsg{Title: "Guidelines", Note: msg.Note, Text: text}
	}
}

// laidOut returns the text of an article with headings underlined, and items and quotations set off by signs.
func laidOut(a *articles.Article) string {
	var b strings.Builder
	at := 0
	for _, x := range a.Blocks {
		b.WriteString(a.Text[at:x.Start])
		at = x.End
		words := x.In(a.Text)
		if x.Quote > 0 {
			words = "│ " + strings.ReplaceAll(words, "\n", "\n│ ")
		}
		switch {
		case x.Marker != "":
			indent := strings.Repeat("  ", max(0, x.Level-1))
			words = indent + x.Marker + " " + strings.ReplaceAll(words, "\n", "\n"+indent+"  ")
		case x.Kind == articles.Heading:
			words += "\n" + strings.Repeat(map[bool]string{true: "═", false: "─"}[x.Level == 1], len([]rune(words)))
		}
		b.WriteString(words)
	}
	return b.String() + a.Text[at:]
}
