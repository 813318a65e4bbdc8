package reader

import (
	"sort"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/annotate/names"
	"byline/annotate/segment"
	"byline/articles"
	"byline/ui"
	"byline/ui/textview"
)

// A selection is a run of whole words, made by keys or by dragging.
type selection struct {
	on     bool
	span   articles.Span
	anchor int // byte where the mouse button went down; −1 while it is up
}

// block returns the block of the text that holds off, or else the next one.
func (s *Screen) block(off int) articles.Block {
	bs := s.article.Blocks
	i := sort.Search(len(bs), func(i int) bool { return bs[i].End > off })
	if i == len(bs) {
		if i == 0 {
			return articles.Block{Span: articles.Span{End: len(s.article.Text)}}
		}
		i--
	}
	return bs[i]
}

// words returns the words of a block as spans of the article's text.
func (s *Screen) wordsOf(b articles.Span) []articles.Span {
	d := segment.Split(b.In(s.article.Text), nil)
	out := make([]articles.Span, 0, len(d.Tokens))
	for _, t := range d.Tokens {
		if t.Kind == annotate.Word || t.Kind == annotate.Number {
			out = append(out, t.Span.Shift(b.Start))
		}
	}
	return out
}

// wholeWords widens span, within the block it starts in, to whole words.
func (s *Screen) wholeWords(span articles.Span) articles.Span {
	var out articles.Span
	for _, w := range s.wordsOf(s.block(span.Start).Span) {
		if w.Start >= max(span.End, span.Start+1) || w.End <= span.Start {
			continue
		}
		if out.Empty() {
			out = w
		}
		out.End = w.End
	}
	return out
}

// startSelection selects the current name, else the place found last, else the first
// word on the screen.
func (s *Screen) startSelection() tea.Cmd {
	span := s.wordFrom(s.text.Visible().Start, 1)
	if f := &s.found; len(f.hits) > 0 && s.text.Visible().Overlaps(f.hits[f.at]) {
		span = s.wholeWords(f.hits[f.at])
	}
	if c, ok := s.target(); ok && c.kind() == annotate.OfMention {
		span = c.Span
	}
	if span.Empty() {
		return ui.Tell("no words here")
	}
	s.sel = selection{on: true, span: span, anchor: -1}
	s.paintSelection()
	return nil
}

func (s *Screen) paintSelection() {
	var ms []textview.Mark
	if s.sel.on {
		ms = []textview.Mark{{Span: s.sel.span, Look: lookSelected}}
	}
	s.text.SetMarks(layerSelected, ms)
}

// wordFrom returns the first word that starts at or after off, or, backwards, the
// last that ends at or before it; it looks in the block of off and its neighbours.
func (s *Screen) wordFrom(off, dir int) articles.Span {
	for range 8 {
		b := s.block(off)
		ws := s.wordsOf(b.Span)
		if dir > 0 {
			for _, w := range ws {
				if w.Start >= off {
					return w
				}
			}
			if b.End >= len(s.article.Text) {
				break
			}
			off = max(off, b.End)
			if n := s.block(off); n.Start > off {
				off = n.Start
			}
			continue
		}
		for i := len(ws) - 1; i >= 0; i-- {
			if ws[i].End <= off {
				return ws[i]
			}
		}
		if off = s.before(b.Start); off < 0 {
			break
		}
	}
	return articles.Span{}
}

// before returns the end of the block before the one that starts at start, or −1.
func (s *Screen) before(start int) int {
	bs := s.article.Blocks
	i := sort.Search(len(bs), func(i int) bool { return bs[i].Start >= start })
	if i == 0 {
		return -1
	}
	return bs[i-1].End - 1
}

// handleSelect answers the actions of a selection.
func (s *Screen) handleSelect(a ui.Action) (tea.Cmd, bool) {
	switch a {
	case wordRight:
		s.selectSpan(s.wordFrom(s.sel.span.End, 1))
	case wordLeft:
		s.selectSpan(s.wordFrom(s.sel.span.Start, -1))
	case growRight:
		s.selectSpan(articles.Span{Start: s.sel.span.Start, End: s.wordFrom(s.sel.span.End, 1).End})
	case growLeft:
		s.shrink()
	case lineDown:
		s.selectAt(s.text.Below(s.sel.span.Start))
	case lineUp:
		s.selectAt(s.text.Above(s.sel.span.Start))
	case sentence:
		s.selectSpan(s.sentence(s.sel.span.Start))
	case paragraph:
		s.selectSpan(s.block(s.sel.span.Start).Span)
	case quoted:
		return s.selectQuote(), true
	case dropIt:
		s.drop()
	default:
		return nil, false
	}
	return s.ahead(), true
}

func (s *Screen) selectSpan(span articles.Span) {
	if span.Empty() {
		return
	}
	s.sel.span = span
	s.paintSelection()
	s.text.ScrollTo(span.Start, textview.Nearest)
}

func (s *Screen) selectAt(off int) {
	if span := s.wholeWords(articles.Span{Start: off, End: off}); !span.Empty() {
		s.selectSpan(span)
		return
	}
	s.selectSpan(s.wordFrom(off, 1))
}

// shrink takes the last word away; a single word grows to the left instead.
func (s *Screen) shrink() {
	last := s.wordFrom(s.sel.span.End, -1)
	if last.Start > s.sel.span.Start {
		s.selectSpan(articles.Span{Start: s.sel.span.Start, End: s.wordFrom(last.Start, -1).End})
		return
	}
	if w := s.wordFrom(s.sel.span.Start, -1); !w.Empty() {
		s.selectSpan(articles.Span{Start: w.Start, End: s.sel.span.End})
	}
}

// sentence returns the sentence that holds off.
func (s *Screen) sentence(off int) articles.Span {
	b := s.block(off)
	for _, sn := range segment.Split(b.In(s.article.Text), nil).Sentences {
		if span := sn.Span.Shift(b.Start); span.End > off {
			return span
		}
	}
	return b.Span
}

func (s *Screen) selectQuote() tea.Cmd {
	at := s.scene.at(s.sel.span.Start, isQuote)
	if at < 0 {
		return ui.Tell("no quote around this word")
	}
	s.selectSpan(s.scene.claims[at].Span)
	return nil
}

func (s *Screen) drop() {
	s.sel = selection{anchor: -1}
	s.paintSelection()
}

// nextCandidate selects the next words that may be a name and are not marked: behind the
// selection, else behind the current claim where it is on the screen, else on the screen.
// Of a place that is not shown it selects the whole, which may be an organization.
func (s *Screen) nextCandidate() tea.Cmd {
	from := s.text.Visible().Start
	switch {
	case s.sel.on:
		from = s.sel.span.End
	case !s.cur.span.Empty() && s.text.Visible().Overlaps(s.cur.span):
		from = s.cur.span.End
	}
	bs := s.article.Blocks
	for i := sort.Search(len(bs), func(i int) bool { return bs[i].End > from }); i < len(bs); i++ {
		for _, c := range names.Candidates(segment.Split(bs[i].In(s.article.Text), nil)) {
			if c = c.Shift(bs[i].Start); c.Start >= from && s.scene.at(c.Start, s.marked) < 0 && s.scene.at(c.End-1, s.marked) < 0 {
				if i := max(s.scene.at(c.Start, s.named), s.scene.at(c.End-1, s.named)); i >= 0 {
					c = s.scene.claims[i].Span
				}
				s.sel = selection{on: true, anchor: -1}
				s.selectSpan(c)
				return s.moved()
			}
		}
	}
	return ui.Tell("no further words with a capital that are not marked")
}

// marked reports whether c is a mention that the text shows, rejected or not.
func (s *Screen) marked(c claim) bool { return s.named(c) && s.visible(c) }

// named reports whether c is a mention, rejected or not.
func (s *Screen) named(c claim) bool { return c.kind() == annotate.OfMention }
