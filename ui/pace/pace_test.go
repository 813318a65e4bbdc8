package pace

import (
	"io"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// once is a model that quits at its first message.
type once struct{}

func (once) Init() tea.Cmd                       { return nil }
func (once) Update(tea.Msg) (tea.Model, tea.Cmd) { return once{}, tea.Quit }
func (once) View() tea.View                      { return tea.NewView("") }

// Pacing relies on a private field of Bubble Tea. If a version drops the field, byline still runs,
// and this test says that another way is needed.
func TestTickerIsFound(t *testing.T) {
	b := newFrames(60)
	p := b.program(once{}, tea.WithInput(nil), tea.WithOutput(io.Discard))
	go p.Send(struct{}{})
	if _, err := p.Run(); err != nil {
		t.Fatal(err)
	}
	if b.ticker == nil {
		t.Error("no ticker: a program at rest looks for frames 60 times a second")
	}
}
