package display

import (
	"sort"

	"byline/annotate/names"
	"byline/annotate/segment"
	"byline/articles"
	"byline/ui"
	"byline/ui/session"
	"byline/ui/textview"
)

// A Selection is a run of whole words, made by keys or by dragging.
type Selection struct {
	On     bool
	Span   articles.Span
	anchor int // byte where the mouse button went down; −1 while it is up
}

// Actions of a selection.
const (
	WordRight ui.Action = "select.word-right"
	WordLeft  ui.Action = "select.word-left"
	GrowRight ui.Action = "select.grow-right"
	GrowLeft  ui.Action = "select.grow-left"
	GrowDown  ui.Action = "select.grow-down"
	GrowUp    ui.Action = "select.grow-up"
	LineDown  ui.Action = "select.line-down"
	LineUp    ui.Action = "select.line-up"
	Sentence  ui.Action = "select.sentence"
	Paragraph ui.Action = "select.paragraph"
	DropIt    ui.Action = "select.drop"
)

// set selects span, unless it is empty, and shows it.
func (sel *Selection) set(span articles.Span, v *textview.View) {
	if span.Empty() {
		return
	}
	sel.On, sel.Span = true, span
	sel.paint(v)
	v.ScrollTo(span.Start, textview.Nearest)
}

// Pick selects words that somebody noted or highlighted.
func (sel *Selection) Pick(span articles.Span, v *textview.View) { sel.set(span, v) }

// Drop selects nothing.
func (sel *Selection) Drop(v *textview.View) {
	*sel = Selection{anchor: -1}
	sel.paint(v)
}

// paint marks what is selected.
func (sel *Selection) paint(v *textview.View) {
	var ms []textview.Mark
	if sel.On {
		ms = []textview.Mark{{Span: sel.Span, Look: lookSelected}}
	}
	v.SetMarks(layerSelected, ms)
}

// Move answers the actions that move a selection or its ends, and reports whether a is one.
func (sel *Selection) Move(a ui.Action, t session.Text, v *textview.View) bool {
	switch at := sel.Span; a {
	case WordRight:
		sel.set(t.WordFrom(at.End, 1), v)
	case WordLeft:
		sel.set(t.WordFrom(at.Start, -1), v)
	case GrowRight:
		sel.set(articles.Span{Start: at.Start, End: t.WordFrom(at.End, 1).End}, v)
	case GrowLeft:
		sel.set(shrunk(t, at), v)
	case GrowDown:
		sel.set(articles.Span{Start: at.Start, End: lineMore(t, v, at)}, v)
		v.ScrollTo(sel.Span.End-1, textview.Nearest)
	case GrowUp:
		sel.set(lineLess(t, v, at), v)
	case LineDown:
		sel.set(wordAt(t, v.Below(at.Start)), v)
	case LineUp:
		sel.set(wordAt(t, v.Above(at.Start)), v)
	case Sentence:
		sel.set(t.Sentence(at.Start), v)
	case Paragraph:
		sel.set(t.Block(at.Start).Span, v)
	case DropIt:
		sel.Drop(v)
	default:
		return false
	}
	return true
}

// wordAt returns the word at off, or else the next one.
func wordAt(t session.Text, off int) articles.Span {
	if span := t.WholeWords(articles.Span{Start: off, End: off}); !span.Empty() {
		return span
	}
	return t.WordFrom(off, 1)
}

// shrunk returns span without its last word; a single word grows to the left instead.
func shrunk(t session.Text, span articles.Span) articles.Span {
	last := t.WordFrom(span.End, -1)
	if last.Start > span.Start {
		return articles.Span{Start: span.Start, End: t.WordFrom(last.Start, -1).End}
	}
	if w := t.WordFrom(span.Start, -1); !w.Empty() {
		return articles.Span{Start: w.Start, End: span.End}
	}
	return articles.Span{}
}

// lineMore returns where span ends with a line more; in the last line that is the end of the
// paragraph.
func lineMore(t session.Text, v *textview.View, span articles.Span) int {
	last := span.End - 1
	if below := v.Below(last); below != last {
		return max(span.End, wordAt(t, below).End)
	}
	return t.Block(last).End
}

// lineLess returns span without its last line; words of one line grow by the line above instead.
func lineLess(t session.Text, v *textview.View, span articles.Span) articles.Span {
	last := span.End - 1
	if above := v.Above(last); above != last {
		if end := wordAt(t, above).End; end > span.Start {
			return articles.Span{Start: span.Start, End: end}
		}
	}
	return articles.Span{Start: wordAt(t, v.Above(span.Start)).Start, End: span.End}
}

// StartSelection selects the words found last or the current name, whichever is current,
// else the first word on the screen. It says why it cannot.
func (s *Display) StartSelection() (why string) {
	s.See()
	span := s.session.Hit()
	if c, ok := s.session.Current(); ok && span.Empty() && !session.IsQuote(c) && s.Text.Visible().Overlaps(c.Span) {
		span = c.Span
	}
	if span.Empty() {
		span = s.session.Text().WordFrom(s.Text.Visible().Start, 1)
	}
	if span.Empty() {
		return "No words here"
	}
	s.Sel = Selection{On: true, Span: span, anchor: -1}
	s.Sel.paint(s.Text)
	return ""
}

// SelectQuote selects the quote around the selection. It says why it cannot.
func (s *Display) SelectQuote() (why string) {
	at := s.Scene.At(s.Sel.Span.Start, session.IsQuote)
	if at < 0 {
		return "No quote around this word"
	}
	s.Sel.set(s.Scene.List[at].Span, s.Text)
	return ""
}

// NextCandidate selects the next words that may be a name and are not marked: after the
// selection, else after the current claim where it is on the screen, else on the screen.
// Of a place that is not shown it selects the whole, which may be an organization. It
// reports whether there are any.
func (s *Display) NextCandidate() bool {
	from := s.Text.Visible().Start
	switch at := s.session.Aimed(); {
	case s.Sel.On:
		from = s.Sel.Span.End
	case !at.Empty() && s.Text.Visible().Overlaps(at):
		from = at.End
	}
	s.See()
	a := s.session.Article()
	for i := sort.Search(len(a.Blocks), func(i int) bool { return a.Blocks[i].End > from }); i < len(a.Blocks); i++ {
		b := a.Blocks[i]
		for _, c := range names.Candidates(segment.Split(b.In(a.Text), nil)) {
			if c = c.Shift(b.Start); c.Start < from || s.Scene.either(c, s.marked) >= 0 {
				continue
			}
			if i := s.Scene.either(c, named); i >= 0 {
				c = s.Scene.List[i].Span
			}
			s.Sel = Selection{anchor: -1}
			s.Sel.set(c, s.Text)
			return true
		}
	}
	return false
}

// either returns the claim at one of the ends of span that want accepts, or −1.
func (s *Scene) either(span articles.Span, want func(session.Claim) bool) int {
	return max(s.At(span.Start, want), s.At(span.End-1, want))
}

// marked reports whether c is a mention that the text shows, rejected or not.
func (s *Display) marked(c session.Claim) bool { return named(c) && s.session.Shown(c) }

// named reports whether c is a mention, rejected or not.
func named(c session.Claim) bool { return !session.IsQuote(c) }
