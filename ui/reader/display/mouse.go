package display

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
)

// wheelLines is how many lines a notch of the wheel scrolls.
const wheelLines = 3

// A Gesture is what the mouse did beyond the display.
type Gesture struct {
	Moved bool          // the text
	Plain articles.Span // the byte of the text that was clicked where no claim is; empty for none
	Say   string        // to the reader
	Turn  bool          // to the next list of the panel
	Edit  review.Edit   // to make; no Verb for none
}

// Mouse answers the wheel, clicks in text and panel, and drags that select or join.
func (s *Display) Mouse(msg tea.MouseMsg) (g Gesture) {
	m := msg.Mouse()
	left, l := m.Button == tea.MouseLeft, s.Frame.layout()
	switch msg.(type) {
	case tea.MouseWheelMsg:
		g.Moved = s.wheel(m)
	case tea.MouseClickMsg:
		if g.Turn = left && l.inPanel(m.X) && m.Y == l.header; !g.Turn {
			g.Moved = left && s.click(m)
			if off := s.Sel.anchor; left && off >= 0 && s.session.Cursor() < 0 {
				g.Plain = articles.Span{Start: off, End: off + 1}
			}
		}
	case tea.MouseMotionMsg:
		if left {
			g.Say = motion(s, m)
		}
	case tea.MouseReleaseMsg:
		s.Sel.anchor = -1
		g.Edit = s.release(m)
	}
	return g
}

// motion drags a row of the panel, or a selection, and says what letting go does.
func motion(s *Display, m tea.Mouse) (say string) {
	if s.Panel.grab > 0 {
		return s.carried(m)
	}
	if s.Sel.anchor >= 0 {
		s.drag(m)
	}
	return ""
}

// wheel scrolls what is under the mouse, and reports whether the text moved.
func (s *Display) wheel(m tea.Mouse) bool {
	n := wheelLines
	if m.Button == tea.MouseWheelUp {
		n = -n
	}
	if l := s.Frame.layout(); l.inPanel(m.X) {
		s.Panel.Move(n / wheelLines)
		return s.Panel.Focus && s.GoRow() // the keys are about the row
	}
	s.Text.ScrollBy(n)
	return true
}

// click makes what is under the mouse the current one, or starts a selection. It reports
// whether the text moved.
func (s *Display) click(m tea.Mouse) bool {
	l := s.Frame.layout()
	y := m.Y - l.header
	if y < 0 || y >= l.body {
		return false
	}
	if l.inPanel(m.X) {
		return s.clickRow(y)
	}
	off, ok := s.Text.OffsetAt(m.X-l.textX, y)
	if !ok {
		return false
	}
	s.Sel = Selection{anchor: off}
	s.Sel.paint(s.Text)
	s.See()
	at := s.Scene.At(off, s.session.Shown)
	s.session.Point(at)
	if at >= 0 {
		s.Panel.follow(s.Scene, s.Words(), s.Scene.List[at])
	}
	s.Remark()
	return false
}

// clickRow goes to a row of the panel, and holds it.
func (s *Display) clickRow(y int) bool {
	i := s.Panel.rowAt(y, s.Frame.Body())
	if i < 0 {
		return false
	}
	grabbed := s.Panel.Rows[i]
	s.Panel.cursor = i
	moved := s.GoRow()
	if grabbed.quote < 0 {
		s.Panel.grab = grabbed.entity + 1
	}
	return moved
}

// carried says what letting go of a row above another does.
func (s *Display) carried(m tea.Mouse) string {
	from, to := s.Panel.grab-1, s.under(m)
	if to < 0 || to == from {
		return ""
	}
	es := s.Scene.Layer.Entities
	return fmt.Sprintf("Release to merge %s with %s", es[from].Name, es[to].Name)
}

// under returns the entity of the panel's row under the mouse, −1 for none.
func (s *Display) under(m tea.Mouse) int {
	l := s.Frame.layout()
	if !l.inPanel(m.X) {
		return -1
	}
	if i := s.Panel.rowAt(m.Y-l.header, l.body); i >= 0 && s.Panel.Rows[i].quote < 0 {
		return s.Panel.Rows[i].entity
	}
	return -1
}

// release joins the row that was taken with the one that the mouse lets it go above.
func (s *Display) release(m tea.Mouse) review.Edit {
	from, to := s.Panel.grab-1, s.under(m)
	s.Panel.grab = 0
	if from < 0 || to < 0 || to == from || max(from, to) >= len(s.Scene.Layer.Entities) {
		return review.Edit{}
	}
	return review.Edit{
		Verb: annotate.Merge, To: s.Scene.MentionNear(to, 0), Targets: []review.Target{{Kind: annotate.OfMention, Span: s.Scene.MentionNear(from, 0)}},
	}
}

// drag selects the words from where the button went down to where the mouse is.
func (s *Display) drag(m tea.Mouse) {
	l := s.Frame.layout()
	y := m.Y - l.header
	if y < 0 || y >= l.body {
		s.Text.ScrollBy(min(1, max(-1, y)))
		y = min(max(y, 0), l.body-1)
	}
	off, ok := s.Text.OffsetAt(m.X-l.textX, y)
	if !ok {
		return
	}
	from, to := s.Sel.anchor, off
	if to < from {
		from, to = to, from
	}
	words := s.session.Text().WholeWords(articles.Span{Start: from, End: to})
	if words.Empty() {
		return
	}
	s.Sel.On, s.Sel.Span = true, words
	s.Sel.paint(s.Text)
}
