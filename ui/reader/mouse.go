package reader

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
	"byline/ui"
)

// wheelLines is how many lines a notch of the wheel scrolls.
const wheelLines = 3

// mouse answers the wheel, clicks in text and panel, and drags that select.
func (s *Screen) mouse(msg tea.MouseMsg) tea.Cmd {
	if s.session.Article() == nil {
		return nil
	}
	m := msg.Mouse()
	switch msg.(type) {
	case tea.MouseWheelMsg:
		return s.wheel(m)
	case tea.MouseClickMsg:
		if m.Button == tea.MouseLeft {
			return s.click(m)
		}
	case tea.MouseMotionMsg:
		if m.Button == tea.MouseLeft && s.panel.grab > 0 {
			return s.carry(m)
		}
		if m.Button == tea.MouseLeft && s.sel.anchor >= 0 {
			return s.drag(m)
		}
	case tea.MouseReleaseMsg:
		s.sel.anchor = -1
		return s.release(m)
	}
	return nil
}

func (s *Screen) wheel(m tea.Mouse) tea.Cmd {
	n := wheelLines
	if m.Button == tea.MouseWheelUp {
		n = -n
	}
	if s.frame.inPanel(m.X) {
		s.panel.move(n / wheelLines)
		return nil
	}
	s.text.ScrollBy(n)
	return s.moved()
}

// click makes what is under the mouse the current one, or starts a selection.
func (s *Screen) click(m tea.Mouse) tea.Cmd {
	y := m.Y - s.frame.header
	if y < 0 || y >= s.frame.body {
		return nil
	}
	if s.frame.inPanel(m.X) {
		return s.clickRow(y)
	}
	off, ok := s.text.OffsetAt(m.X-s.frame.textX, y)
	if !ok {
		return nil
	}
	s.sel = selection{anchor: off}
	s.paintSelection()
	s.see()
	at := s.scene.At(off, s.session.Shown)
	s.session.Point(at)
	if at >= 0 {
		s.panel.follow(s.scene, s.words(), s.scene.List[at])
	}
	s.remark()
	return nil
}

func (s *Screen) clickRow(y int) tea.Cmd {
	if y == 0 {
		return s.switchTab(1)
	}
	i := s.panel.rowAt(y)
	if i < 0 {
		return nil
	}
	grabbed := s.panel.rows[i]
	s.panel.cursor = i
	cmd := s.movedIf(s.goRow())
	if grabbed.quote < 0 {
		s.panel.grab = grabbed.entity + 1
	}
	return cmd
}

// carry says what letting go of a row above another does.
func (s *Screen) carry(m tea.Mouse) tea.Cmd {
	from, to := s.panel.grab-1, s.under(m)
	if to < 0 || to == from {
		return nil
	}
	es := s.scene.Layer.Entities
	return ui.Tell(fmt.Sprintf("let go, and %s is the same as %s", es[from].Name, es[to].Name))
}

// under returns the entity of the panel's row under the mouse, −1 for none.
func (s *display) under(m tea.Mouse) int {
	if !s.frame.inPanel(m.X) {
		return -1
	}
	if i := s.panel.rowAt(m.Y - s.frame.header); i >= 0 && s.panel.rows[i].quote < 0 {
		return s.panel.rows[i].entity
	}
	return -1
}

// release joins the row that was taken with the one that the mouse lets it go above.
func (s *Screen) release(m tea.Mouse) tea.Cmd {
	from, to := s.panel.grab-1, s.under(m)
	s.panel.grab = 0
	if from < 0 || to < 0 || to == from || max(from, to) >= len(s.scene.Layer.Entities) {
		return nil
	}
	return s.decide(review.Edit{
		Verb: annotate.Merge, To: s.scene.MentionNear(to, 0), Targets: []review.Target{{Kind: annotate.OfMention, Span: s.scene.MentionNear(from, 0)}},
	})
}

// drag selects the words from where the button went down to where the mouse is.
func (s *Screen) drag(m tea.Mouse) tea.Cmd {
	y := m.Y - s.frame.header
	if y < 0 || y >= s.frame.body {
		s.text.ScrollBy(min(1, max(-1, y)))
		y = min(max(y, 0), s.frame.body-1)
	}
	off, ok := s.text.OffsetAt(m.X-s.frame.textX, y)
	if !ok {
		return nil
	}
	from, to := s.sel.anchor, off
	if to < from {
		from, to = to, from
	}
	words := s.session.Text().WholeWords(articles.Span{Start: from, End: to})
	if words.Empty() {
		return nil
	}
	s.sel.on, s.sel.span = true, words
	s.paintSelection()
	return nil
}
