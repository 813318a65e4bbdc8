package reader

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
)

// wheelLines is how many lines a notch of the wheel scrolls.
const wheelLines = 3

// mouse answers the wheel, clicks in text and panel, and drags that select or join.
func (s *Screen) mouse(msg tea.MouseMsg) tea.Cmd {
	if s.session.Article() == nil {
		return nil
	}
	m := msg.Mouse()
	left, l := m.Button == tea.MouseLeft, s.frame.layout()
	switch msg.(type) {
	case tea.MouseWheelMsg:
		return s.movedIf(s.wheel(m))
	case tea.MouseClickMsg:
		if left && l.inPanel(m.X) && m.Y == l.header {
			return s.switchTab(1)
		}
		return s.movedIf(left && s.click(m))
	case tea.MouseMotionMsg:
		if left && s.panel.grab > 0 {
			return tell(s.carried(m))
		}
		if left && s.sel.anchor >= 0 {
			s.drag(m)
		}
	case tea.MouseReleaseMsg:
		s.sel.anchor = -1
		if e, ok := s.release(m); ok {
			return s.decide(e)
		}
	}
	return nil
}

// wheel scrolls what is under the mouse, and reports whether that is the text.
func (s *display) wheel(m tea.Mouse) bool {
	n := wheelLines
	if m.Button == tea.MouseWheelUp {
		n = -n
	}
	if l := s.frame.layout(); l.inPanel(m.X) {
		s.panel.move(n / wheelLines)
		return false
	}
	s.text.ScrollBy(n)
	return true
}

// click makes what is under the mouse the current one, or starts a selection. It reports
// whether the text moved.
func (s *display) click(m tea.Mouse) bool {
	l := s.frame.layout()
	y := m.Y - l.header
	if y < 0 || y >= l.body {
		return false
	}
	if l.inPanel(m.X) {
		return s.clickRow(y)
	}
	off, ok := s.text.OffsetAt(m.X-l.textX, y)
	if !ok {
		return false
	}
	s.sel = selection{anchor: off}
	s.sel.paint(s.text)
	s.see()
	at := s.scene.At(off, s.session.Shown)
	s.session.Point(at)
	if at >= 0 {
		s.panel.follow(s.scene, s.words(), s.scene.List[at])
	}
	s.remark()
	return false
}

// clickRow goes to a row of the panel, and holds it.
func (s *display) clickRow(y int) bool {
	i := s.panel.rowAt(y)
	if i < 0 {
		return false
	}
	grabbed := s.panel.rows[i]
	s.panel.cursor = i
	moved := s.goRow()
	if grabbed.quote < 0 {
		s.panel.grab = grabbed.entity + 1
	}
	return moved
}

// carried says what letting go of a row above another does.
func (s *display) carried(m tea.Mouse) string {
	from, to := s.panel.grab-1, s.under(m)
	if to < 0 || to == from {
		return ""
	}
	es := s.scene.Layer.Entities
	return fmt.Sprintf("let go, and %s is the same as %s", es[from].Name, es[to].Name)
}

// under returns the entity of the panel's row under the mouse, −1 for none.
func (s *display) under(m tea.Mouse) int {
	l := s.frame.layout()
	if !l.inPanel(m.X) {
		return -1
	}
	if i := s.panel.rowAt(m.Y - l.header); i >= 0 && s.panel.rows[i].quote < 0 {
		return s.panel.rows[i].entity
	}
	return -1
}

// release joins the row that was taken with the one that the mouse lets it go above.
func (s *display) release(m tea.Mouse) (e review.Edit, ok bool) {
	from, to := s.panel.grab-1, s.under(m)
	s.panel.grab = 0
	if from < 0 || to < 0 || to == from || max(from, to) >= len(s.scene.Layer.Entities) {
		return e, false
	}
	return review.Edit{
		Verb: annotate.Merge, To: s.scene.MentionNear(to, 0), Targets: []review.Target{{Kind: annotate.OfMention, Span: s.scene.MentionNear(from, 0)}},
	}, true
}

// drag selects the words from where the button went down to where the mouse is.
func (s *display) drag(m tea.Mouse) {
	l := s.frame.layout()
	y := m.Y - l.header
	if y < 0 || y >= l.body {
		s.text.ScrollBy(min(1, max(-1, y)))
		y = min(max(y, 0), l.body-1)
	}
	off, ok := s.text.OffsetAt(m.X-l.textX, y)
	if !ok {
		return
	}
	from, to := s.sel.anchor, off
	if to < from {
		from, to = to, from
	}
	words := s.session.Text().WholeWords(articles.Span{Start: from, End: to})
	if words.Empty() {
		return
	}
	s.sel.on, s.sel.span = true, words
	s.sel.paint(s.text)
}
