package reader

import (
	"sort"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/names"
	"byline/annotate/segment"
	"byline/articles"
	"byline/ui"
	"byline/ui/session"
	"byline/ui/textview"
)

// A selection is a run of whole words, made by keys or by dragging.
type selection struct {
	on     bool
	span   articles.Span
	anchor int // byte where the mouse button went down; −1 while it is up
}

// set selects span, unless it is empty, and shows it.
func (sel *selection) set(span articles.Span, v *textview.View) {
	if span.Empty() {
		return
	}
	sel.on, sel.span = true, span
	sel.paint(v)
	v.ScrollTo(span.Start, textview.Nearest)
}

// drop selects nothing.
func (sel *selection) drop(v *textview.View) {
	*sel = selection{anchor: -1}
	sel.paint(v)
}

// paint marks what is selected.
func (sel *selection) paint(v *textview.View) {
	var ms []textview.Mark
	if sel.on {
		ms = []textview.Mark{{Span: sel.span, Look: lookSelected}}
	}
	v.SetMarks(layerSelected, ms)
}

// move answers the actions that move a selection or its ends, and reports whether a is one.
func (sel *selection) move(a ui.Action, t session.Text, v *textview.View) bool {
	switch at := sel.span; a {
	case wordRight:
		sel.set(t.WordFrom(at.End, 1), v)
	case wordLeft:
		sel.set(t.WordFrom(at.Start, -1), v)
	case growRight:
		sel.set(articles.Span{Start: at.Start, End: t.WordFrom(at.End, 1).End}, v)
	case growLeft:
		sel.set(shrunk(t, at), v)
	case lineDown:
		sel.set(wordAt(t, v.Below(at.Start)), v)
	case lineUp:
		sel.set(wordAt(t, v.Above(at.Start)), v)
	case sentence:
		sel.set(t.Sentence(at.Start), v)
	case paragraph:
		sel.set(t.Block(at.Start).Span, v)
	case dropIt:
		sel.drop(v)
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

// handleSelect answers the actions of a selection.
func (s *Screen) handleSelect(a ui.Action) (tea.Cmd, bool) {
	switch {
	case a == quoted:
		return tell(s.selectQuote()), true
	case s.sel.move(a, s.session.Text(), s.text):
		return s.ahead(), true
	}
	return nil, false
}

// startSelection selects the current name, else the place found last, else the first
// word on the screen. It says why it cannot.
func (s *display) startSelection() (why string) {
	span := s.session.Text().WordFrom(s.text.Visible().Start, 1)
	if _, hits, at := s.session.Found(); len(hits) > 0 && s.text.Visible().Overlaps(hits[at]) {
		span = s.session.Text().WholeWords(hits[at])
	}
	if c, ok := s.session.Current(); ok && !session.IsQuote(c) {
		span = c.Span
	}
	if span.Empty() {
		return "no words here"
	}
	s.sel = selection{on: true, span: span, anchor: -1}
	s.sel.paint(s.text)
	return ""
}

// selectQuote selects the quote around the selection. It says why it cannot.
func (s *display) selectQuote() (why string) {
	at := s.scene.At(s.sel.span.Start, session.IsQuote)
	if at < 0 {
		return "no quote around this word"
	}
	s.sel.set(s.scene.List[at].Span, s.text)
	return ""
}

// nextCandidate selects the next words that may be a name and are not marked: after the
// selection, else after the current claim where it is on the screen, else on the screen.
// Of a place that is not shown it selects the whole, which may be an organization. It
// reports whether there are any.
func (s *display) nextCandidate() bool {
	from := s.text.Visible().Start
	switch at := s.session.Aimed(); {
	case s.sel.on:
		from = s.sel.span.End
	case !at.Empty() && s.text.Visible().Overlaps(at):
		from = at.End
	}
	s.see()
	a := s.session.Article()
	for i := sort.Search(len(a.Blocks), func(i int) bool { return a.Blocks[i].End > from }); i < len(a.Blocks); i++ {
		b := a.Blocks[i]
		for _, c := range names.Candidates(segment.Split(b.In(a.Text), nil)) {
			if c = c.Shift(b.Start); c.Start < from || s.scene.either(c, s.marked) >= 0 {
				continue
			}
			if i := s.scene.either(c, named); i >= 0 {
				c = s.scene.List[i].Span
			}
			s.sel = selection{anchor: -1}
			s.sel.set(c, s.text)
			return true
		}
	}
	return false
}

// either returns the claim at one of the ends of span that want accepts, or −1.
func (s *scene) either(span articles.Span, want func(session.Claim) bool) int {
	return max(s.At(span.Start, want), s.At(span.End-1, want))
}

// marked reports whether c is a mention that the text shows, rejected or not.
func (s *display) marked(c session.Claim) bool { return named(c) && s.session.Shown(c) }

// named reports whether c is a mention, rejected or not.
func named(c session.Claim) bool { return !session.IsQuote(c) }
