package app_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"byline/ui"
	"byline/ui/app"
	"byline/ui/uitest"
)

// guarded runs the program on a screen as it runs on a terminal.
func guarded(t *testing.T, p *plain) *uitest.Screen {
	t.Helper()
	m, err := app.New(app.Options{}, p)
	if err != nil {
		t.Fatal(err)
	}
	m.Guard(func(any) {})
	s, _ := uitest.Start(t, m, 70, 16)
	s.Wait(t, p.name)
	return s
}

// TestPastedAsKeys pastes texts into a terminal that does not say so: nothing runs, and the program
// says that there was something.
func TestPastedAsKeys(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"The mayor, Anna Berg, said that the harbour would stay.",
		strings.Repeat("a paragraph that runs on\rand another; an x and a q in it\r", 200),
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaan",
	} {
		s := guarded(t, &plain{name: "first", ready: true})
		s.Type(text)
		s.Wait(t, "like pasted text")
		if got := s.Text(); strings.Contains(got, "first a") || strings.Contains(got, "second") || strings.Contains(got, "broke") {
			t.Errorf("%.20q runs\n%s", text, got)
		}
		s.Type("a")
		s.Wait(t, "first a")
	}
}

// A text that comes letter by letter over a serial line is no typing either.
func TestPastedSlowly(t *testing.T) {
	t.Parallel()
	m, err := app.New(app.Options{}, &plain{name: "first", ready: true})
	if err != nil {
		t.Fatal(err)
	}
	m.Guard(func(any) {})
	var held []tea.Msg
	for range 30 {
		for _, text := range []string{"a", "b"} {
			if _, cmd := m.Update(tea.KeyPressMsg{Code: rune(text[0]), Text: text}); cmd != nil {
				held = append(held, cmd())
			}
		}
		if len(held) > 0 { // two came before the timer ended
			_, cmd := m.Update(held[0])
			if held = nil; cmd != nil {
				held = append(held, cmd())
			}
		}
	}
	for len(held) > 0 {
		_, cmd := m.Update(held[0])
		if held = nil; cmd != nil {
			held = append(held, cmd())
		}
		if len(held) > 0 {
			if toast, ok := held[0].(ui.ToastMsg); ok {
				if !strings.Contains(toast.Text, "Ignored 60 keys") {
					t.Errorf("says %q", toast.Text)
				}
				return
			}
		}
	}
	t.Errorf("nothing is said of the text\n%s", m.View().Content)
}

// Keys that a person can have typed run, and a key that was held down.
func TestTypedKeysRun(t *testing.T) {
	t.Parallel()
	s := guarded(t, &plain{name: "first", ready: true})
	s.Type("aaa")
	s.Wait(t, "first a,a,a")
	s.Type("/harbour\ra")
	s.Wait(t, "first a,a,a,harbour,a")
	s = guarded(t, &plain{name: "first", ready: true})
	s.Type(strings.Repeat("a", 30))
	s.Wait(t, "first a"+strings.Repeat(",a", 29))
}

// A field takes a text that is pasted as keys: line ends are blanks, the last one accepts.
func TestPastedAsKeysIntoAField(t *testing.T) {
	t.Parallel()
	s := guarded(t, &plain{name: "first", ready: true})
	s.Type("/")
	s.Wait(t, "word:")
	s.Type("the harbour,\rquay and mole of Halden\r")
	s.Wait(t, "first the harbour, quay and mole of Halden")
	s.Type("?")
	s.Wait(t, "type to find")
	s.Type("no such word in any help")
	s.Wait(t, "type to find: no such word in any")
}
