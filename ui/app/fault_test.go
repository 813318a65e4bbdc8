package app_test

import (
	"fmt"
	"io"
	"sync"
	"testing"

	tea "charm.land/bubbletea/v2"

	"byline/ui"
	"byline/ui/app"
)

// faulty is a screen that panics at a message, where that says; and when it is left, with leaving.
type faulty struct {
	plain
	where   string
	leaving bool
	closed  chan struct{}
}

type faultMsg struct{ where string }

func (f *faulty) Update(msg tea.Msg) tea.Cmd {
	fail := func() tea.Msg { panic("a fault") }
	m, ok := msg.(faultMsg)
	if !ok {
		return f.plain.Update(msg)
	}
	f.where = m.where
	switch m.where {
	case "update":
		panic("a fault")
	case "command":
		return fail
	case "batch":
		return tea.Batch(ui.Tell("one"), fail)
	case "sequence":
		return tea.Sequence(ui.Tell("one"), fail, ui.Tell("two"))
	case "nested":
		return tea.Batch(ui.Tell("one"), tea.Sequence(ui.Tell("two"), tea.Batch(ui.Tell("three"), fail)))
	}
	return nil
}

func (f *faulty) View(w, h int) string {
	if f.where == "view" {
		panic("a fault")
	}
	return f.plain.View(w, h)
}

func (f *faulty) Close() tea.Cmd {
	if f.leaving {
		panic("another fault")
	}
	return func() tea.Msg { close(f.closed); return nil } // what is still to be written
}

// TestFaultsEndTheProgramInOrder lets a screen panic wherever code of a screen runs: the panic is
// reported, once told to leave the program writes what is to be written, and ends.
func TestFaultsEndTheProgramInOrder(t *testing.T) {
	t.Parallel()
	for _, where := range []string{"update", "view", "command", "batch", "sequence", "nested", "none"} {
		for _, leaving := range []bool{false, true} {
			below := &faulty{plain: plain{name: "below", ready: true}, closed: make(chan struct{})}
			front := &faulty{plain: plain{name: "front", ready: true}, closed: make(chan struct{}), leaving: leaving}
			m, err := app.New(app.Options{}, below, front)
			if err != nil {
				t.Fatal(err)
			}
			keys, _ := io.Pipe()
			p := tea.NewProgram(m, tea.WithInput(keys), tea.WithOutput(io.Discard), tea.WithWindowSize(70, 16), tea.WithoutSignals())
			var mu sync.Mutex
			var told []string
			m.Guard(func(cause any) {
				mu.Lock()
				defer mu.Unlock()
				if told = append(told, fmt.Sprint(cause)); len(told) == 1 {
					go p.Send(app.LeaveMsg{})
				}
			})
			go func() {
				p.Send(faultMsg{where})
				if where == "none" {
					p.Send(app.LeaveMsg{})
				}
			}()
			if _, err := p.Run(); err != nil {
				t.Errorf("%s: the program ends with %v", where, err)
			}
			<-below.closed
			if !leaving {
				<-front.closed
			}
			mu.Lock()
			if want := where != "none" || leaving; (len(told) > 0) != want || want && where != "none" && told[0] != "a fault" {
				t.Errorf("%s: told %q", where, told)
			}
			mu.Unlock()
		}
	}
}
