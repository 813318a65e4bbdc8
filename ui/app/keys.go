package app

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/ui"
	"byline/ui/theme"
)

// Actions of the program, whichever screen is in front.
const (
	goBack      ui.Action = "app.back"
	quitNow     ui.Action = "app.quit"
	showHelp    ui.Action = "app.help"
	showPalette ui.Action = "app.palette"
	suspend     ui.Action = "app.suspend"
	changeTheme ui.Action = "app.theme"
	toggleMouse ui.Action = "app.mouse"
	saveNow     ui.Action = "app.save"
	takeTour    ui.Action = "app.tour"
)

// Bindings are the keys of the program; keys of the screens take precedence.
func Bindings() []ui.Binding {
	return []ui.Binding{
		{Action: showHelp, Keys: []string{"?", "f1"}, Help: "Show every key and sign", Short: "help", Also: []string{"h", "keys", "legend"}, Group: "Program"},
		{Action: showPalette, Keys: []string{":", "ctrl+p"}, Help: "Find a command by name", Short: "commands", Also: []string{"palette"}, Group: "Program"},
		{Action: goBack, Keys: []string{"q", "esc"}, Help: "Go back; from the library, quit", Short: "back", Also: []string{"close", "leave"}, Group: "Program"},
		{Action: changeTheme, Keys: []string{"T"}, Help: "Change the theme: terminal, light, dark", Also: []string{"colours", "colors", "background"}, Group: "Program"},
		{Action: toggleMouse, Keys: []string{"ctrl+x"}, Help: "Toggle the mouse between byline and the terminal", Group: "Program"},
		{Action: suspend, Keys: []string{"ctrl+z"}, Help: "Suspend; fg in the shell resumes", Group: "Program"},
		{Action: quitNow, Keys: []string{"ctrl+c", "Q"}, Help: "Quit at once", Also: []string{"q", "q!", "qa", "wq", "exit"}, Group: "Program"},
		{Action: takeTour, Keys: []string{"f2"}, Help: "Take the tour: ten steps on a sample story", Short: "tour", Also: []string{"tutorial", "learn", "introduction", "getting-started"}, Group: "Program"},
		{Action: saveNow, Help: "Save: every decision is saved as it is made", Also: []string{"w", "write"}, Group: "Program"},
	}
}

// scopes returns the scopes that a key is offered to, innermost first.
func (m *Model) scopes() []ui.Scope {
	own := ui.Scope{Name: "app", Bindings: Bindings(), Handle: m.handle}
	back := &own.Bindings[slices.IndexFunc(own.Bindings, func(b ui.Binding) bool { return b.Action == goBack })]
	if back.Help = "Go back to the screen before"; len(m.screens) == 1 {
		back.Short, back.Help = "quit", "Quit"
	}
	var scopes []ui.Scope
	if m.over != nil {
		scopes = append(scopes, m.over.scope(m))
	}
	scopes = append(scopes, m.top().Scopes()...)
	return ui.Rebind(append(scopes, own), m.opts.Keys)
}

// key routes a key, or queues it while the front screen is not ready or an earlier key is still
// opening something.
func (m *Model) key(k tea.KeyPressMsg) tea.Cmd {
	m.foot.clear()
	if (m.in.held || m.over == nil && !m.ready()) && k.String() != "ctrl+c" {
		if len(m.in.waiting) < maxWaiting {
			m.in.waiting = append(m.in.waiting, k)
		}
		return nil
	}
	return m.route(k)
}

// mostTimes is the largest count before a key.
const mostTimes = 999

// takeDigit adds a digit that no binding uses to the count for the next key.
func (m *Model) takeDigit(k tea.KeyPressMsg, known bool) bool {
	d := k.String()
	if known || len(d) != 1 || d[0] < '0' || d[0] > '9' || m.in.count == 0 && d == "0" {
		return false
	}
	m.in.count = min(mostTimes, 10*m.in.count+int(d[0]-'0'))
	m.foot.note = strconv.Itoa(m.in.count) + "× — next key repeats"
	return true
}

// route offers a key to the scopes, repeated as often as the count says.
func (m *Model) route(k tea.KeyPressMsg) tea.Cmd {
	if c, ok := m.top().(ui.Counter); ok {
		c.Pressed()
	}
	cmd, holds, known := ui.Route(k, m.scopes())
	if m.takeDigit(k, known) {
		return nil
	}
	cmds := []tea.Cmd{cmd}
	for ; m.in.count > 1 && known && !holds && m.over == nil; m.in.count-- {
		again, _, _ := ui.Route(k, m.scopes())
		cmds = append(cmds, again)
	}
	m.in.count = 0
	if len(cmds) > 1 {
		return tea.Sequence(cmds...)
	}
	if holds {
		m.in.held = true
		return tea.Sequence(cmd, ui.Send(releaseMsg{}))
	}
	if !known && k.Text != "" && strings.TrimSpace(k.Text) != "" {
		return ui.Tell(k.String() + " is not a command here — {app.help} for keys")
	}
	return cmd
}

// press does what the key of a binding does.
func (m *Model) press(b ui.Binding) tea.Cmd {
	if m.in.held || m.over == nil && !m.ready() {
		return nil
	}
	m.foot.clear()
	m.in.count = 0
	cmd, _ := ui.Act(b.Action, m.scopes())
	if !b.Holds || cmd == nil {
		return cmd
	}
	m.in.held = true
	return tea.Sequence(cmd, ui.Send(releaseMsg{}))
}

// releaseMsg reports that whatever a key opened is open now.
type releaseMsg struct{}

func (m *Model) ready() bool {
	b, ok := m.top().(ui.Busy)
	return !ok || b.Ready()
}

// replay routes the queued keys, until one of them makes the rest wait again.
func (m *Model) replay() tea.Cmd {
	var cmds []tea.Cmd
	for len(m.in.waiting) > 0 && !m.in.held && (m.over != nil || m.ready()) {
		k := m.in.waiting[0]
		m.in.waiting = m.in.waiting[1:]
		cmds = append(cmds, m.route(k))
	}
	return tea.Batch(cmds...)
}

// routePointer sends a mouse or paste message to the overlay, else to the front screen. A click on a
// key in the footer does what the key does.
func (m *Model) routePointer(msg tea.Msg) tea.Cmd {
	if click, ok := msg.(tea.MouseClickMsg); ok && click.Y == m.height-1 {
		if b, ok := m.foot.at(click.X); ok {
			return m.press(b)
		}
	}
	if m.over != nil {
		return m.over.update(m, msg)
	}
	return m.top().Update(msg)
}

func (m *Model) handle(a ui.Action) (tea.Cmd, bool) {
	switch a {
	case goBack:
		return m.closeTop(), true
	case quitNow:
		return m.quit(), true
	case showHelp:
		m.over = newHelp(m.scopes(), m.theme)
	case showPalette:
		m.over = newChooser(m.palette(), m.theme)
	case suspend:
		if m.opts.Away {
			return ui.Tell("There is no shell to go back to here; {app.quit} leaves"), true
		}
		return tea.Suspend, true
	case takeTour:
		if m.opts.Tour == nil {
			return nil, false
		}
		return m.opts.Tour, true
	case saveNow:
		return ui.Tell("Nothing to save: every decision is saved as it is made"), true
	case changeTheme:
		return m.nextTheme(), true
	case toggleMouse:
		m.mouse = !m.mouse
		if m.mouse {
			return ui.Tell("Mouse on: wheel, click and drag work here"), true
		}
		return ui.Tell("Mouse off: the terminal selects and copies"), true
	default:
		return nil, false
	}
	return nil, true
}

func (m *Model) nextTheme() tea.Cmd {
	names := theme.Names()
	next := names[0]
	for i, n := range names {
		if n == m.theme.Name {
			next = names[(i+1)%len(names)]
		}
	}
	return tea.Batch(m.setTheme(next), ui.Tell("Theme: "+next))
}

// palette lists every action that the scopes offer, each once.
func (m *Model) palette() ui.ChooseMsg {
	seen := map[ui.Action]bool{}
	msg := ui.ChooseMsg{Title: "Commands"}
	for _, s := range m.scopes() {
		for _, b := range s.Bindings {
			if seen[b.Action] || b.Help == "" {
				continue
			}
			seen[b.Action] = true
			msg.Choices = append(msg.Choices, ui.Choice{
				Label: b.Help, Detail: keyNames(b.Keys), Also: otherNames(&b), Topic: b.Group, Do: ui.Send(ui.ActMsg{Action: b.Action}),
			})
		}
	}
	return msg
}

// otherNames returns the names of an action beside its help: its own, its synonyms, its word in
// the footer.
func otherNames(b *ui.Binding) []string {
	_, name, _ := strings.Cut(string(b.Action), ".")
	return append([]string{strings.ReplaceAll(name, "-", " "), b.Short}, b.Also...)
}

var named = regexp.MustCompile(`\{[a-z]+\.[a-z-]+\}`)

// spellActions replaces the actions in braces, as in "{reader.next} continues", by their keys. A last
// part of the text, after a semicolon, is left out if its action has no key here. The text is one that the program says, in the words of
// whoever reads it.
func (m *Model) spellActions(text string) string {
	if m.opts.Words != nil {
		text = m.opts.Words(text)
	}
	if said, last, ok := cutLast(text, "; "); ok {
		if name := named.FindString(last); name != "" && ui.Key(ui.Action(name[1:len(name)-1]), m.scopes()) == "" {
			text = said
		}
	}
	return named.ReplaceAllStringFunc(text, func(name string) string {
		if key := ui.Key(ui.Action(name[1:len(name)-1]), m.scopes()); key != "" {
			return ui.KeyName(key)
		}
		return name
	})
}

// cutLast cuts text around the last sep.
func cutLast(text, sep string) (before, after string, found bool) {
	i := strings.LastIndex(text, sep)
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+len(sep):], true
}

// keyNames formats keys for display: "⏎, y".
func keyNames(keys []string) string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = ui.KeyName(k)
	}
	return strings.Join(out, ", ")
}
