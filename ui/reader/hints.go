package reader

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/articles"
	"byline/ui"
	"byline/ui/columns"
)

// hints are labels of two letters on the words of the screen, one of which is to be typed.
type hints struct {
	words []articles.Span // those that have labels; none while no labels are shown
	typed string
}

// letters are those of labels, the easy ones first.
const letters = "fjdksalghrueiwoqptyvncmxbz"

// label returns the two letters of word i.
func (h *hints) label(i int) string {
	return string(letters[i/len(letters)]) + string(letters[i%len(letters)])
}

// showHints puts labels on the words of the screen.
func (s *Screen) showHints() tea.Cmd {
	vis := s.text.Visible()
	var words []articles.Span
	bs := s.session.Article().Blocks
	for i := sort.Search(len(bs), func(i int) bool { return bs[i].End > vis.Start }); i < len(bs) && bs[i].Start < vis.End; i++ {
		for _, w := range s.session.Text().Words(bs[i].Span) {
			if _, _, ok := s.text.Locate(w.Start); ok && w.Len() > 1 && s.startsWord(w.Start) && len(words) < len(letters)*len(letters) {
				words = append(words, w)
			}
		}
	}
	if len(words) == 0 {
		return ui.Tell("no words here")
	}
	s.hints = hints{words: words}
	return nil
}

// startsWord reports whether a word begins at off: not behind the apostrophe of one.
func (s *display) startsWord(off int) bool {
	r, _ := utf8.DecodeLastRuneInString(s.session.Article().Text[:off])
	return off == 0 || !unicode.IsLetter(r) && r != '\'' && r != '’'
}

const leaveHints ui.Action = "hints.leave"

// hintScope takes the letters of a label.
func (s *Screen) hintScope() ui.Scope {
	return ui.Scope{
		Name: "hints", Modal: true,
		Bindings: []ui.Binding{{Action: leaveHints, Keys: []string{"esc"}, Help: "take the labels away", Short: "leave", Group: "Labels"}},
		Handle:   func(ui.Action) (tea.Cmd, bool) { s.hints = hints{}; return nil, true },
		Text:     s.typeHint,
	}
}

// typeHint takes one letter; the second goes to the word.
func (s *Screen) typeHint(k tea.KeyPressMsg) tea.Cmd {
	h := &s.hints
	h.typed += strings.ToLower(k.Text)
	if len(h.typed) < 2 {
		return nil
	}
	at := -1
	for i := range h.words {
		if h.label(i) == h.typed {
			at = i
		}
	}
	words := h.words
	*h = hints{}
	s.see()
	if at < 0 {
		return ui.Tell("no word has these letters; {reader.hints} shows them again")
	}
	if c := s.scene.At(words[at].Start, s.session.Shown); c >= 0 {
		s.session.Point(c)
		s.follow()
		return s.moved()
	}
	s.sel = selection{on: true, span: words[at], anchor: -1}
	s.paintSelection()
	return nil
}

// hinted draws the labels over lines of the text, which steps back behind them.
func (s *display) hinted(lines []string) {
	h := &s.hints
	f := &s.frame
	for y := range lines {
		lines[y] = f.theme.Muted.Render(ansi.Strip(lines[y]))
	}
	for i := len(h.words) - 1; i >= 0; i-- {
		label := h.label(i)
		x, y, ok := s.text.Locate(h.words[i].Start)
		if !ok || y >= len(lines) || !strings.HasPrefix(label, h.typed) {
			continue
		}
		line := lines[y]
		if x+2 > columns.Width(line, f.method) {
			continue
		}
		style := f.theme.Key
		if c := s.scene.At(h.words[i].Start, named); c >= 0 && s.scene.List[c].Start == h.words[i].Start {
			style = f.theme.Chosen // names stand out
		}
		lines[y] = f.method.Truncate(line, x, "") + ansi.ResetStyle + style.Render(label) + ansi.ResetStyle + f.method.TruncateLeft(line, x+2, "")
	}
}
