package app

import (
	"fmt"

	tea "charm.land/bubbletea/v2"
)

// A scroll is which lines of a text are shown, as last drawn.
type scroll struct{ top, shown, all int }

// fit notes that room lines of all are drawn now.
func (s *scroll) fit(all, room int) {
	s.all, s.shown = all, max(1, min(all, room))
	s.by(0)
}

// by scrolls n lines down, as far as there are any.
func (s *scroll) by(n int) { s.top = max(0, min(s.top+n, s.all-s.shown)) }

// wheel scrolls n lines for a turn of the wheel.
func (s *scroll) wheel(msg tea.MouseWheelMsg, n int) {
	if msg.Button == tea.MouseWheelUp {
		n = -n
	}
	s.by(n)
}

// more reports whether there is something to scroll to.
func (s *scroll) more() bool { return s.all > s.shown }

// place says which lines are shown; empty if all are.
func (s *scroll) place() string {
	if !s.more() {
		return ""
	}
	return fmt.Sprintf("%d–%d of %d", s.top+1, s.top+s.shown, s.all)
}

// visible returns the lines that are shown.
func (s *scroll) visible(lines []string) []string { return lines[s.top:min(len(lines), s.top+s.shown)] }
