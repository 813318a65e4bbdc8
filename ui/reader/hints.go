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

// showHints puts labels on the words of the screen, and reports whether there are any.
func (s *display) showHints() bool {
	vis := s.text.Visible()
	var words []articles.Span
	bs := s.session.Article().Blocks
	for i := sort.Search(len(bs), func(i int) bool { return bs[i].End > vis.Start }); i < len(bs) && bs[i].Start < vis.End; i++ {
		for _, w := range s.session.Text().Words(bs[i].Span) {
			if _, _, ok := s.text.Locate(w.Start); ok && w.Len() > 1 && startsWord(s.words(), w.Start) && len(words) < len(letters)*len(letters) {
				words = append(words, w)
			}
		}
	}
	s.hints = hints{words: words}
	return len(words) > 0
}

// startsWord reports whether a word begins at off, and not after the apostrophe of one.
func startsWord(text string, off int) bool {
	r, _ := utf8.DecodeLastRuneInString(text[:off])
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
	word, done := s.hints.take(strings.ToLower(k.Text))
	switch {
	case !done:
		return nil
	case word.Empty():
		return ui.Tell("no word has these letters; {reader.hints} shows them again")
	}
	return s.movedIf(s.pickWord(word))
}

// take takes letters. When a label is whole it returns its word, empty where there is none,
// and the labels go.
func (h *hints) take(typed string) (word articles.Span, done bool) {
	if h.typed += typed; len(h.typed) < 2 {
		return word, false
	}
	for i := range h.words {
		if h.label(i) == h.typed {
			word = h.words[i]
		}
	}
	*h = hints{}
	return word, true
}

// pickWord goes to the claim on a word and reports that; where there is none it selects
// the word.
func (s *display) pickWord(word articles.Span) bool {
	s.see()
	if c := s.scene.At(word.Start, s.session.Shown); c >= 0 {
		s.session.Point(c)
		s.follow()
		return true
	}
	s.sel = selection{on: true, span: word, anchor: -1}
	s.sel.paint(s.text)
	return false
}

// hinted draws the labels over lines of the text, which are dimmed.
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
