package app

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"byline/ui"
	"byline/ui/columns"
	"byline/ui/field"
	"byline/ui/theme"
)

// A prompt asks for one line of text and replaces the footer.
type prompt struct {
	ask   ui.AskMsg
	field field.Field
	theme *theme.Theme
}

func newPrompt(ask ui.AskMsg, th *theme.Theme) *prompt {
	p := &prompt{ask: ask, field: field.New(ask.Initial, th), theme: th}
	p.field.ShowSuggestions = ask.Path
	return p
}

func (p *prompt) restyle(th *theme.Theme) {
	p.theme = th
	p.field.Restyle(th)
}

const (
	accept ui.Action = "prompt.accept"
	cancel ui.Action = "prompt.cancel"
)

func (p *prompt) scope(m *Model) ui.Scope {
	return ui.Scope{
		Name: "prompt", Modal: true,
		Bindings: []ui.Binding{
			{Action: accept, Keys: []string{"enter"}, Help: "Accept", Short: "accept"},
			{Action: cancel, Keys: []string{"esc", "ctrl+c"}, Help: "Cancel", Short: "cancel"},
		},
		Handle: func(a ui.Action) (tea.Cmd, bool) { return p.handle(m, a), true },
		Text:   func(k tea.KeyPressMsg) tea.Cmd { return p.typeKey(k) },
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

func (p *prompt) typeKey(msg tea.Msg) tea.Cmd {
	if !p.field.Type(msg) {
		return nil
	}
	if p.ask.Change == nil {
		return p.complete()
	}
	return tea.Batch(p.complete(), p.ask.Change(p.field.Value()))
}

func (p *prompt) update(_ *Model, msg tea.Msg) tea.Cmd {
	if _, ok := msg.(tea.PasteMsg); ok {
		return p.typeKey(msg)
	}
	return nil
}

func (p *prompt) draw(l look) (string, bool) {
	label := " " + p.ask.Prompt + " "
	p.field.SetWidth(max(1, l.width-lipgloss.Width(label)-2))
	text := strings.TrimRight(p.field.View(), " ") // the completion is shown before the blanks that pad the field
	return columns.Fit(p.theme.Key.Render(label)+text, l.width, l.method), true
}
