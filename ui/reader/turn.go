package reader

import (
	tea "charm.land/bubbletea/v2"

	"byline/ui"
)

// A TurnMsg asks for the article that stands By places after ID in List, in place of the one that
// From shows. List is nil for a reader that was not opened from a list.
type TurnMsg struct {
	From *Screen
	ID   string
	List []string
	By   int
}

// listed reports whether the article was opened from a list.
func (s *Screen) listed() bool { return s.req.List != nil }

// endWords say that the text ends here, and what comes after it.
func (s *Screen) endWords() string {
	if !s.listed() {
		return "End of the article"
	}
	return "End of the article; {reader.next-article} opens the next"
}

// turn asks for the article before or after in the list.
func (s *Screen) turn(by int) tea.Cmd {
	msg := TurnMsg{From: s, ID: s.req.ID, By: by}
	if a := s.session.Article(); a != nil {
		msg.ID = a.ID
	}
	if s.listed() {
		msg.List = s.req.List()
	}
	return ui.Send(msg)
}
