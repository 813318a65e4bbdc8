package app

import (
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"byline/ui"
	"byline/ui/columns"
	"byline/ui/theme"
)

// A prompt asks for one line in the footer's place.
type prompt struct {
	ask   ui.AskMsg
	field textinput.Model
	theme *theme.Theme
}

func newPrompt(ask ui.AskMsg, th *theme.Theme) *prompt {
	p := &prompt{ask: ask, field: newField(ask.Initial)}
	p.field.ShowSuggestions = ask.Path
	p.restyle(th)
	return p
}

// newField returns a focused text field without a prompt of its own. Its cursor
// does not blink: an idle program draws nothing.
func newField(initial string) textinput.Model {
	f := textinput.New()
	f.Prompt = ""
	f.SetVirtualCursor(true)
	f.SetValue(initial)
	f.CursorEnd()
	f.Focus()
	return f
}

func styleField(f *textinput.Model, th *theme.Theme) {
	st := textinput.DefaultStyles(th.Dark)
	st.Focused.Text = lipgloss.NewStyle()
	st.Focused.Suggestion = th.Muted
	st.Cursor.Blink = false
	f.SetStyles(st)
}

func (p *prompt) restyle(th *theme.Theme) {
	p.theme = th
	styleField(&p.field, th)
}

const (
	accept ui.Action = "prompt.accept"
	cancel ui.Action = "prompt.cancel"
)

func (p *prompt) scope(m *Model) ui.Scope {
	return ui.Scope{
		Name: "prompt", Modal: true,
		Bindings: []ui.Binding{
			{Action: accept, Keys: []string{"enter"}, Help: "accept what is typed", Short: "accept"},
			{Action: cancel, Keys: []string{"esc", "ctrl+c"}, Help: "leave it", Short: "cancel"},
		},
		Handle: func(a ui.Action) (tea.Cmd, bool) { return p.handle(m, a), true },
		Text:   func(k tea.KeyPressMsg) tea.Cmd { return p.typed(k) },
	}
}

func (p *prompt) handle(m *Model, a ui.Action) tea.Cmd {
	m.over = nil
	if a == accept {
		return p.ask.Done(p.field.Value())
	}
	if p.ask.Cancel != nil {
		return p.ask.Cancel()
	}
	return nil
}

func (p *prompt) typed(msg tea.Msg) tea.Cmd {
	before := p.field.Value()
	p.field, _ = p.field.Update(msg)
	if p.field.Value() == before {
		return nil
	}
	if p.ask.Change == nil {
		return p.complete()
	}
	return tea.Batch(p.complete(), p.ask.Change(p.field.Value()))
}

func (p *prompt) update(_ *Model, msg tea.Msg) tea.Cmd {
	if _, ok := msg.(tea.PasteMsg); ok {
		return p.typed(msg)
	}
	return nil
}

func (p *prompt) draw(l look) (string, bool) {
	label := " " + p.ask.Prompt + " "
	p.field.SetWidth(max(1, l.width-lipgloss.Width(label)-2))
	field := strings.TrimRight(p.field.View(), " ") // what tab would add is beside the blanks that fill it up
	return columns.Fit(p.theme.Key.Render(label)+field, l.width, l.method), true
}
