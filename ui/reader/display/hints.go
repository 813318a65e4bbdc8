package display

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"byline/articles"
	"byline/ui/columns"
)

// Hints are labels of two letters on the words of the screen, one of which is to be typed.
type Hints struct {
	words []articles.Span // those that have labels; none while no labels are shown
	typed string
}

// letters are those of labels, the easy ones first.
const letters = "fjdksalghrueiwoqptyvncmxbz"

// label returns the two letters of word i.
func (h *Hints) label(i int) string {
	return string(letters[i/len(letters)]) + string(letters[i%len(letters)])
}

// ShowHints puts labels on the words of the screen, and reports whether there are any.
func (s *Display) ShowHints() bool {
	vis := s.Text.Visible()
	var words []articles.Span
	bs := s.session.Article().Blocks
	for i := sort.Search(len(bs), func(i int) bool { return bs[i].End > vis.Start }); i < len(bs) && bs[i].Start < vis.End; i++ {
		for _, w := range s.session.Text().Words(bs[i].Span) {
			if _, _, ok := s.Text.Locate(w.Start); ok && w.Len() > 1 && startsWord(s.Words(), w.Start) && len(words) < len(letters)*len(letters) {
				words = append(words, w)
			}
		}
	}
	s.Hints = Hints{words: words}
	return len(words) > 0
}

// startsWord reports whether a word begins at off, and not after the apostrophe of one.
func startsWord(text string, off int) bool {
	r, _ := utf8.DecodeLastRuneInString(text[:off])
	return off == 0 || !unicode.IsLetter(r) && r != '\'' && r != '’'
}

// Take takes letters. When a label is whole it returns its word, empty where there is none,
// and the labels go.
func (h *Hints) Take(typed string) (word articles.Span, done bool) {
	if h.typed += typed; len(h.typed) < 2 {
		return word, false
	}
	for i := range h.words {
		if h.label(i) == h.typed {
			word = h.words[i]
		}
	}
	*h = Hints{}
	return word, true
}

// Drop takes the labels away.
func (h *Hints) Drop() { *h = Hints{} }

// On reports whether labels are on the words.
func (h *Hints) On() bool { return len(h.words) > 0 }

// PickWord goes to the claim on a word and reports that; where there is none it selects
// the word.
func (s *Display) PickWord(word articles.Span) bool {
	s.See()
	if c := s.Scene.At(word.Start, s.session.Shown); c >= 0 {
		s.session.Point(c)
		s.Follow()
		return true
	}
	s.Sel = Selection{On: true, Span: word, anchor: -1}
	s.Sel.paint(s.Text)
	return false
}

// hinted draws the labels over lines of the text, which are dimmed.
func (s *Display) hinted(lines []string) {
	h := &s.Hints
	f := &s.Frame
	for y := range lines {
		lines[y] = f.Theme.Muted.Render(ansi.Strip(lines[y]))
	}
	for i := len(h.words) - 1; i >= 0; i-- {
		label := h.label(i)
		x, y, ok := s.Text.Locate(h.words[i].Start)
		if !ok || y >= len(lines) || !strings.HasPrefix(label, h.typed) {
			continue
		}
		line := lines[y]
		if x+2 > columns.Width(line, f.Method) {
			continue
		}
		style := f.Theme.Key
		if c := s.Scene.At(h.words[i].Start, named); c >= 0 && s.Scene.List[c].Start == h.words[i].Start {
			style = f.Theme.Chosen // names stand out
		}
		lines[y] = f.Method.Truncate(line, x, "") + ansi.ResetStyle + style.Render(label) + ansi.ResetStyle + f.Method.TruncateLeft(line, x+2, "")
	}
}
