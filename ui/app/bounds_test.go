package app_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"byline/ui"
	"byline/ui/app"
)

// Of the keys typed before the screen is ready, the first 256 are kept, so a
// key that is held down, or a text pasted as keys, does not keep running afterwards.
func TestWaitingKeysAreBounded(t *testing.T) {
	t.Parallel()
	p := &plain{name: "first"}
	m, err := app.New(app.Options{}, p)
	if err != nil {
		t.Fatal(err)
	}
	press := func(n int) {
		for range n {
			m.Update(tea.KeyPressMsg{Code: 'a', Text: "a"})
		}
	}
	press(256 + 44)
	if len(p.said) != 0 {
		t.Fatalf("%d keys reach a screen that is not ready", len(p.said))
	}
	m.Update(readyMsg{})
	if len(p.said) != 256 {
		t.Errorf("%d keys waited, not 256", len(p.said))
	}
	press(2)
	if len(p.said) != 258 {
		t.Errorf("%d keys arrived once the screen was ready, not 2", len(p.said)-256)
	}
}

// A screen that opens while an overlay is shown gets the keys: the overlay belongs to the screen
// below and is closed.
func TestNewScreenClosesOverlay(t *testing.T) {
	t.Parallel()
	for name, floating := range map[string]tea.Msg{
		"a chooser": ui.ChooseMsg{Title: "Words", Choices: []ui.Choice{{Label: "harbour"}, {Label: "wall"}}},
		"a prompt":  ui.AskMsg{Prompt: "harbour:", Done: func(string) tea.Cmd { return nil }},
	} {
		m, err := app.New(app.Options{}, &plain{name: "first", ready: true})
		if err != nil {
			t.Fatal(err)
		}
		m.Update(floating)
		if !strings.Contains(m.View().Content, "harbour") {
			t.Fatalf("%s does not float", name)
		}
		second := &plain{name: "second", ready: true}
		m.Update(ui.PushMsg{Screen: second})
		m.Update(tea.KeyPressMsg{Code: 'a', Text: "a"})
		if shown := m.View().Content; strings.Contains(shown, "harbour") || len(second.said) != 1 {
			t.Errorf("%s stays over the new screen, which had %d keys:\n%s", name, len(second.said), shown)
		}
	}
}
