package reader

import (
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
	"byline/ui"
)

func (s *Screen) handleSpans(a ui.Action) (tea.Cmd, bool) {
	switch a {
	case StartEarlier, StartLater, EndEarlier, EndLater:
		return s.respan(a), true
	}
	return nil, false
}

// respan moves one end of the current claim by a word.
func (s *Screen) respan(a ui.Action) tea.Cmd {
	c, ok := s.target()
	if !ok {
		return ui.Tell("nothing under the cursor: {reader.next} goes to the next name or quote")
	}
	to := c.Span
	switch a {
	case StartEarlier:
		if w := s.wordFrom(c.Start, -1); !w.Empty() {
			to.Start = s.startAt(c, w.Start)
		}
	case StartLater:
		to.Start = s.startAt(c, s.wordFrom(s.wordFrom(c.Start, 1).End, 1).Start)
	case EndEarlier:
		to.End = s.endAt(c, s.wordFrom(s.wordFrom(c.End, -1).Start, -1).End)
	case EndLater:
		to.End = s.endAt(c, s.wordFrom(c.End, 1).End)
	}
	if to == c.Span || to.Start >= to.End || to.End == 0 || strings.Contains(to.In(s.article.Text), "\n\n") && c.kind() == annotate.OfMention {
		return ui.Tell("no word more, none less")
	}
	s.cur.span = to
	cmd := s.enqueue(review.Change{Verb: annotate.Respan, Targets: []review.Target{{Kind: c.kind(), Span: c.Span}}, To: to})
	s.habit.edge = a
	return cmd
}

// endAt returns where the claim c ends behind the word that ends at off: a quote takes
// along the signs and marks that stand there.
func (s *Screen) endAt(c claim, off int) int {
	if c.kind() != annotate.OfQuote {
		return off
	}
	for off < len(s.article.Text) {
		r, n := utf8.DecodeRuneInString(s.article.Text[off:])
		if unicode.IsSpace(r) || unicode.IsLetter(r) || unicode.IsDigit(r) {
			break
		}
		off += n
	}
	return off
}

// startAt returns where the claim c begins before the word at off, with the marks there.
func (s *Screen) startAt(c claim, off int) int {
	if c.kind() != annotate.OfQuote {
		return off
	}
	for off > 0 {
		r, n := utf8.DecodeLastRuneInString(s.article.Text[:off])
		if !strings.ContainsRune("“\"‘'«„", r) {
			break
		}
		off -= n
	}
	return off
}

// everywhere returns the places where the text has words, whole words only.
func everywhere(text, words string) []articles.Span {
	var out []articles.Span
	for from := 0; words != ""; {
		i := strings.Index(text[from:], words)
		if i < 0 {
			break
		}
		at := articles.Span{Start: from + i, End: from + i + len(words)}
		if review.Bounded(text, at) {
			out = append(out, at)
		}
		from = at.End
	}
	return out
}
