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

// startSelection selects the current name, else the place found last, else the first
// word on the screen.
func (s *Screen) startSelection() tea.Cmd {
	span := s.session.Text().WordFrom(s.text.Visible().Start, 1)
	if _, hits, at := s.session.Found(); len(hits) > 0 && s.text.Visible().Overlaps(hits[at]) {
		span = s.session.Text().WholeWords(hits[at])
	}
	if c, ok := s.session.Current(); ok && !session.IsQuote(c) {
		span = c.Span
	}
	if span.Empty() {
		return ui.Tell("no words here")
	}
	s.sel = selection{on: true, span: span, anchor: -1}
	s.paintSelection()
	return nil
}

func (s *display) paintSelection() {
	var ms []textview.Mark
	if s.sel.on {
		ms = []textview.Mark{{Span: s.sel.span, Look: lookSelected}}
	}
	s.text.SetMarks(layerSelected, ms)
}

// handleSelect answers the actions of a selection.
func (s *Screen) handleSelect(a ui.Action) (tea.Cmd, bool) {
	switch a {
	case wordRight:
		s.selectSpan(s.session.Text().WordFrom(s.sel.span.End, 1))
	case wordLeft:
		s.selectSpan(s.session.Text().WordFrom(s.sel.span.Start, -1))
	case growRight:
		s.selectSpan(articles.Span{Start: s.sel.span.Start, End: s.session.Text().WordFrom(s.sel.span.End, 1).End})
	case growLeft:
		s.shrink()
	case lineDown:
		s.selectAt(s.text.Below(s.sel.span.Start))
	case lineUp:
		s.selectAt(s.text.Above(s.sel.span.Start))
	case sentence:
		s.selectSpan(s.session.Text().Sentence(s.sel.span.Start))
	case paragraph:
		s.selectSpan(s.session.Text().Block(s.sel.span.Start).Span)
	case quoted:
		return s.selectQuote(), true
	case dropIt:
		s.drop()
	default:
		return nil, false
	}
	return s.ahead(), true
}

func (s *display) selectSpan(span articles.Span) {
	if span.Empty() {
		return
	}
	s.sel.span = span
	s.paintSelection()
	s.text.ScrollTo(span.Start, textview.Nearest)
}

func (s *display) selectAt(off int) {
	if span := s.session.Text().WholeWords(articles.Span{Start: off, End: off}); !span.Empty() {
		s.selectSpan(span)
		return
	}
	s.selectSpan(s.session.Text().WordFrom(off, 1))
}

// shrink takes the last word away; a single word grows to the left instead.
func (s *display) shrink() {
	last := s.session.Text().WordFrom(s.sel.span.End, -1)
	if last.Start > s.sel.span.Start {
		s.selectSpan(articles.Span{Start: s.sel.span.Start, End: s.session.Text().WordFrom(last.Start, -1).End})
		return
	}
	if w := s.session.Text().WordFrom(s.sel.span.Start, -1); !w.Empty() {
		s.selectSpan(articles.Span{Start: w.Start, End: s.sel.span.End})
	}
}

func (s *Screen) selectQuote() tea.Cmd {
	at := s.scene.At(s.sel.span.Start, session.IsQuote)
	if at < 0 {
		return ui.Tell("no quote around this word")
	}
	s.selectSpan(s.scene.List[at].Span)
	return nil
}

func (s *display) drop() {
	s.sel = selection{anchor: -1}
	s.paintSelection()
}

// nextCandidate selects the next words that may be a name and are not marked: after the
// selection, else after the current claim where it is on the screen, else on the screen.
// Of a place that is not shown it selects the whole, which may be an organization.
func (s *Screen) nextCandidate() tea.Cmd {
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
			if c = c.Shift(b.Start); c.Start < from || s.claimAt(c, s.marked) >= 0 {
				continue
			}
			if i := s.claimAt(c, named); i >= 0 {
				c = s.scene.List[i].Span
			}
			s.sel = selection{on: true, anchor: -1}
			s.selectSpan(c)
			return s.moved()
		}
	}
	return ui.Tell("no further words with a capital that are not marked")
}

// claimAt returns the claim at either end of span that want accepts, or −1.
func (s *display) claimAt(span articles.Span, want func(session.Claim) bool) int {
	return max(s.scene.At(span.Start, want), s.scene.At(span.End-1, want))
}

// marked reports whether c is a mention that the text shows, rejected or not.
func (s *display) marked(c session.Claim) bool { return named(c) && s.session.Shown(c) }

// named reports whether c is a mention, rejected or not.
func named(c session.Claim) bool { return !session.IsQuote(c) }
