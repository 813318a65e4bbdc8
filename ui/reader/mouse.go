package reader

import (
	tea "charm.land/bubbletea/v2"

	"byline/articles"
)

// wheelLines is how many lines a notch of the wheel scrolls.
const wheelLines = 3

// mouse answers the wheel, clicks in text and panel, and drags that select.
func (s *Screen) mouse(msg tea.MouseMsg) tea.Cmd {
	if s.article == nil {
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
		if m.Button == tea.MouseLeft && s.sel.anchor >= 0 {
			return s.drag(m)
		}
	case tea.MouseReleaseMsg:
		s.sel.anchor = -1
	}
	return nil
}

func (s *Screen) inPanel(m tea.Mouse) bool {
	f := &s.frame
	return f.panelW > 0 && m.X >= f.panelX && m.X < f.panelX+f.panelW
}

func (s *Screen) wheel(m tea.Mouse) tea.Cmd {
	n := wheelLines
	if m.Button == tea.MouseWheelUp {
		n = -n
	}
	if s.inPanel(m) {
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
	if s.inPanel(m) {
		return s.clickRow(y)
	}
	off, ok := s.text.OffsetAt(m.X-s.frame.textX, y)
	if !ok {
		return nil
	}
	s.sel = selection{anchor: off}
	s.paintSelection()
	if at := s.scene.at(off, s.visible); at >= 0 {
		s.point(at)
		s.panel.follow(s.scene, s.article.Text, s.scene.claims[at])
	} else {
		s.cur = cursor{at: -1}
	}
	s.remark()
	return nil
}

func (s *Screen) clickRow(y int) tea.Cmd {
	const head = 2 // lines of the panel above its list
	if y == 0 {
		return s.switchTab(1)
	}
	i := s.panel.top + y - head
	if i < s.panel.top || i >= len(s.panel.rows) {
		return nil
	}
	if s.panel.rows[i].second {
		i--
	}
	s.panel.cursor = i
	return s.goRow()
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
	words := s.wholeWords(articles.Span{Start: from, End: to})
	if words.Empty() {
		return nil
	}
	s.sel.on, s.sel.span = true, words
	s.paintSelection()
	return nil
}
