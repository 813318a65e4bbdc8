package app_test

import (
	"context"
	"testing"

	tea "charm.land/bubbletea/v2"

	"byline/ui"
	"byline/ui/app"
	"byline/ui/uitest"
)

// waiter is a screen whose key w waits for something.
type waiter struct {
	plain
	work func() tea.Msg
	stop func()
}

func (s *waiter) Scopes() []ui.Scope {
	return []ui.Scope{{Name: "test", Bindings: []ui.Binding{{Action: "test.wait", Keys: []string{"w"}, Help: "Wait"}},
		Handle: func(ui.Action) (tea.Cmd, bool) {
			return ui.Send(ui.WaitMsg{Title: "Fetching", Text: "https://example.org/a", Work: s.work, Stop: s.stop}), true
		}}}
}

// A wait shows what for, is given up with Esc, and what comes after that is dropped.
func TestWait(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	late := make(chan struct{})
	w := &waiter{plain: plain{name: "first", ready: true}, stop: stop, work: func() tea.Msg {
		<-ctx.Done()
		<-late
		return ui.ToastMsg{Text: "arrived"}
	}}
	m, err := app.New(app.Options{}, w)
	if err != nil {
		t.Fatal(err)
	}
	s, _ := uitest.Start(t, m, 80, 24)
	s.Type("w")
	s.Wait(t, "https://example.org/a")
	s.Wait(t, "esc cancels")
	s.Type("x")
	s.Wait(t, "esc cancels")
	s.Type("\x1b")
	s.Wait(t, "Cancelled")
	close(late)
	s.Type("j")
	s.Wait(t, "j is not a command here")
	w.work = func() tea.Msg { return ui.ToastMsg{Text: "here it is"} }
	s.Type("w")
	s.Wait(t, "here it is")
}
