package app

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/articles/clean"
	"byline/ui"
	"byline/ui/columns"
	"byline/ui/field"
	"byline/ui/theme"
)

// A prompt asks for one line of text and replaces the footer.
type prompt struct {
	ask   ui.AskMsg
	field field.Field
	back  int    // which of the earlier answers is in the field, 1 for the latest; 0 for none
	typed string // what was in the field before these
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
	accept  ui.Action = "prompt.accept"
	cancel  ui.Action = "prompt.cancel"
	earlier ui.Action = "prompt.earlier"
	later   ui.Action = "prompt.later"
	finish  ui.Action = "prompt.complete"
)

func (p *prompt) scope(m *Model) ui.Scope {
	bindings := []ui.Binding{
		{Action: accept, Keys: []string{"enter"}, Help: "Accept", Short: "accept"},
		{Action: cancel, Keys: []string{"esc", "ctrl+c"}, Help: "Cancel", Short: "cancel"},
	}
	if p.ask.Letter {
		bindings[0].Short = "" // any letter accepts
	}
	if p.ask.Path {
		bindings = append(bindings, ui.Binding{Action: finish, Keys: []string{"tab"}, Help: "Complete the name of the file or folder", Short: "complete"})
	}
	if len(p.ask.Earlier) > 0 {
		bindings = append(bindings, ui.Binding{Action: earlier, Keys: []string{"up", "ctrl+p"}, Help: "Earlier answer", Short: "earlier"},
			ui.Binding{Action: later, Keys: []string{"down", "ctrl+n"}, Help: "Later answer"})
	}
	return ui.Scope{
		Name: "prompt", Modal: true, Bindings: bindings,
		Handle: func(a ui.Action) (tea.Cmd, bool) { return p.handle(m, a), true },
		Text: func(k tea.KeyPressMsg) tea.Cmd {
			cmd := p.typeKey(k)
			if p.ask.Letter && p.field.Value() != "" {
				return tea.Batch(cmd, p.handle(m, accept))
			}
			return cmd
		},
	}
}

func (p *prompt) handle(m *Model, a ui.Action) tea.Cmd {
	switch a {
	case earlier:
		return p.recall(-1)
	case later:
		return p.recall(1)
	case finish:
		return p.typeKey(tea.KeyPressMsg{Code: tea.KeyTab})
	}
	m.over = nil
	if a == accept {
		return p.ask.Done(p.field.Value())
	}
	if p.ask.Cancel != nil {
		return p.ask.Cancel()
	}
	return nil
}

// recall puts the answer before or after into the field; after the latest comes what was typed.
func (p *prompt) recall(dir int) tea.Cmd {
	to := p.back - dir
	if to < 0 || to > len(p.ask.Earlier) {
		return nil
	}
	if p.back == 0 {
		p.typed = p.field.Value()
	}
	text := p.typed
	if p.back = to; to > 0 {
		text = p.ask.Earlier[len(p.ask.Earlier)-to]
	}
	p.field.Set(text)
	return p.changed()
}

func (p *prompt) typeKey(msg tea.Msg) tea.Cmd {
	if !p.field.Type(msg) {
		return nil
	}
	p.back = 0
	return p.changed()
}

// changed tells who asked, and offers what completes the text.
func (p *prompt) changed() tea.Cmd {
	p.ask.Problem = ""
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

// needs returns the cells of the label and what is typed, with the cursor.
func (p *prompt) needs(m ansi.Method) int {
	return columns.Width(" "+p.ask.Prompt+" "+p.field.Value()+" ", m) + 1
}

func (p *prompt) draw(l look) string {
	label := " " + p.ask.Prompt + " "
	p.field.SetWidth(max(1, l.width-lipgloss.Width(label)-2))
	text := strings.TrimRight(p.field.View(), " ") // the completion is shown before the blanks that pad the field
	return columns.Fit(p.theme.Key.Render(label)+text, l.width, l.method)
}

// addProblem puts what was wrong with the text on the line above the prompt.
func (p *prompt) addProblem(body string, l look) string {
	if p.ask.Problem == "" || l.height < 2 {
		return body
	}
	lines := strings.Split(body, "\n")
	lines[len(lines)-1] = p.theme.Error.Render(columns.Fit(" ✗ "+clean.Line(p.ask.Problem), l.width, l.method))
	return strings.Join(lines, "\n")
}
