// Package app is the program: the one Bubble Tea model, which owns the screens
// and routes messages to them.
//
// Keys go to the overlay (a prompt, a chooser, the help), else to the scopes of the
// front screen, innermost first, else to those of the program. The mouse goes the
// same way. Everything else is news or an answer and goes to every screen; a screen
// knows which answers it still wants. Keys that come before the front screen is ready
// wait for it.
package app

import (
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"byline/ui"
	"byline/ui/theme"
)

// Options are what a user may set. The zero value works.
type Options struct {
	Theme   string                       // name of a theme; empty for the terminal's own palette
	Keys    map[ui.Action][]string       // keys that replace the bindings' own
	NoMouse bool                         // leave the mouse to the terminal
	Words   func(string) string          // says what the program says in the words of whoever reads it; nil leaves it
	Away    bool                         // the terminal is that of another computer: no names of files are offered, and there is no shell below
	Copy    func(string) string          // copies as well as OSC 52 does, and names the way; may be nil
	Notice  string                       // shown as the first toast
	Tour    tea.Cmd                      // opens the tour; nil where there is none
	Start   func() tea.Cmd               // run once at start; may be nil
	Wire    func(tea.Msg) (Answer, bool) // handles what one screen asks of another; may be nil
}

// Model is the only Bubble Tea model of the program.
type Model struct {
	opts    Options
	screens []ui.Screen // the last is in front
	over    overlay     // nil for none
	foot    footer
	theme   *theme.Theme
	colours colours
	method  ansi.Method
	width   int
	height  int
	mouse   bool
	in      input
	fault   fault
	first   []tea.Cmd // of the first screens
	end     ending
}

// colours are what the terminal said of its colours.
type colours struct {
	dark    bool // the background is
	profile colorprofile.Profile
}

// The input that has not run yet.
type input struct {
	burst   burst
	waiting []tea.KeyPressMsg // keys for a screen that is not ready
	held    bool              // an earlier key is opening something
	count   int               // how often the next key counts; 0 for once
}

// An ending is what happens once the user leaves the program.
type ending struct {
	begun  bool
	failed error // what no screen could show any more
}

// maxWaiting bounds the keys kept for a screen that is not ready.
const maxWaiting = 256

// New returns a program that starts with screens, the last in front. It fails if opts
// name a theme that does not exist.
func New(opts Options, screens ...ui.Screen) (*Model, error) {
	th, err := theme.Named(opts.Theme, true)
	if err != nil {
		return nil, err
	}
	m := &Model{opts: opts, screens: screens, theme: th, colours: colours{true, colorprofile.TrueColor},
		width: 80, height: 24, mouse: !opts.NoMouse}
	for _, s := range screens {
		m.first = append(m.first, m.sendMissed(s))
	}
	return m, nil
}

// Init asks the terminal for its background; the answer may never come.
func (m *Model) Init() tea.Cmd {
	cmds := append(m.first, tea.RequestBackgroundColor)
	if m.opts.Start != nil {
		cmds = append(cmds, m.opts.Start())
	}
	if m.opts.Notice != "" {
		cmds = append(cmds, ui.Tell(m.opts.Notice))
	}
	return m.fault.guard(tea.Batch(cmds...))
}

// Update implements [tea.Model].
func (m *Model) Update(msg tea.Msg) (same tea.Model, cmd tea.Cmd) {
	defer m.fault.catch(func() { m.fault.happened, same, cmd = true, m, nil })
	if _, leave := msg.(LeaveMsg); leave {
		return m, m.fault.guard(tea.Batch(keepTyped(m), m.quit()))
	}
	if m.fault.happened {
		return m, nil
	}
	covered := m.over != nil
	cmd = tea.Batch(m.dispatch(msg), m.replay())
	if covered && m.over == nil {
		cmd = tea.Batch(cmd, m.sendAll(ui.UncoveredMsg{}))
	}
	return m, m.fault.guard(cmd)
}

func (m *Model) dispatch(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return m.gather(msg)
	case heldMsg:
		return m.release()
	case enterMsg:
		return m.key(tea.KeyPressMsg(msg))
	case tea.MouseMsg, tea.PasteMsg:
		return m.routePointer(msg)
	case tea.WindowSizeMsg:
		m.width, m.height = max(1, msg.Width), max(1, msg.Height)
	case tea.BackgroundColorMsg:
		m.colours.dark = msg.IsDark()
		return m.setTheme(m.theme.Name)
	case tea.ColorProfileMsg:
		if m.colours.profile == msg.Profile {
			return nil
		}
		m.colours.profile = msg.Profile
		return m.setTheme(m.theme.Name)
	case tea.ModeReportMsg:
		return m.measure(msg)
	default:
		if cmd, ok := m.handleRequest(msg); ok {
			return cmd
		}
	}
	return m.sendAll(msg)
}

// handleRequest handles the messages that screens send to the program.
func (m *Model) handleRequest(msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case ui.ErrMsg:
		msg.Hint = m.spellActions(msg.Hint)
		if m.end.begun {
			m.end.failed = errors.Join(m.end.failed, msg.Err)
		}
		showError(m, msg)
	case ui.ToastMsg:
		return m.foot.toast(msg, m.spellActions(msg.Text)), true
	case faded:
		m.foot.fade(msg)
	case ui.PushMsg:
		return m.push(msg.Screen), true
	case ui.PopMsg:
		return m.closeTop(), true
	case ui.QuitMsg:
		return m.quit(), true
	case ui.CopyMsg:
		return m.copyText(msg), true
	case pathsMsg:
		msg.to.field.SetSuggestions(msg.paths)
	case ui.AskMsg, ui.CardMsg, ui.ChooseMsg:
		return m.cover(msg), true
	case releaseMsg:
		m.in.held = false
	case ui.ActMsg:
		cmd, _ := ui.Act(msg.Action, m.scopes())
		return cmd, true
	default:
		if cmd, ok := m.takeWait(msg); ok {
			return cmd, true
		}
		if m.opts.Wire != nil {
			return m.handleWired(msg)
		}
		return nil, false
	}
	return nil, true
}

// cover puts what a screen asks for over it.
func (m *Model) cover(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case ui.AskMsg:
		msg.Path = msg.Path && !m.opts.Away
		p := newPrompt(msg, m.theme)
		m.over = p
		return p.complete()
	case ui.CardMsg:
		m.over = newCard(msg, m.theme)
	case ui.ChooseMsg:
		c := newChooser(msg, m.theme)
		m.over = c
		return c.notifyWatcher(c.cursor)
	}
	return nil
}

// An Answer to what a screen asked: a screen to put in front, if any, and a
// command to run then.
type Answer struct {
	Screen  ui.Screen
	Instead ui.Screen // the screen in front that Screen replaces; nil to put it on top
	Cmd     tea.Cmd   // run once what Instead leaves is written
}

func (m *Model) handleWired(msg tea.Msg) (tea.Cmd, bool) {
	a, mine := m.opts.Wire(msg)
	switch {
	case a.Screen == nil:
		return a.Cmd, mine
	case a.Instead != nil:
		return m.replace(a), mine
	}
	return tea.Batch(m.push(a.Screen), a.Cmd), mine
}

// replace puts a screen in the place of the one in front. If that is another by now, nothing happens.
func (m *Model) replace(a Answer) tea.Cmd {
	if m.top() != a.Instead {
		return nil
	}
	m.screens[len(m.screens)-1], m.over = a.Screen, nil
	news := m.sendMissed(a.Screen)
	if c, ok := a.Instead.(ui.Closer); ok {
		return tea.Batch(news, tea.Sequence(c.Close(), a.Cmd))
	}
	return tea.Batch(news, a.Cmd)
}

func (m *Model) sendAll(msg tea.Msg) tea.Cmd {
	cmds := make([]tea.Cmd, 0, len(m.screens))
	for _, s := range m.screens {
		cmds = append(cmds, s.Update(msg))
	}
	return tea.Batch(cmds...)
}

func (m *Model) top() ui.Screen { return m.screens[len(m.screens)-1] }

func (m *Model) push(s ui.Screen) tea.Cmd {
	m.screens = append(m.screens, s)
	m.over = nil
	return m.sendMissed(s)
}

// sendMissed sends a new screen the news that it missed.
func (m *Model) sendMissed(s ui.Screen) tea.Cmd {
	return tea.Batch(s.Update(ui.KeysMsg{Keys: m.opts.Keys}), s.Update(ui.ThemeMsg{Theme: m.theme}), s.Update(ui.WidthMsg{Method: m.method}),
		s.Update(tea.WindowSizeMsg{Width: m.width, Height: m.height}))
}

func (m *Model) closeTop() tea.Cmd {
	if len(m.screens) == 1 {
		return m.quit()
	}
	gone := m.top()
	m.screens = m.screens[:len(m.screens)-1]
	if c, ok := gone.(ui.Closer); ok {
		return c.Close()
	}
	return nil
}

// worded is an error in the words of whoever reads it.
type worded struct {
	error
	words func(string) string
}

// Error implements error.
func (w worded) Error() string { return w.words(w.error.Error()) }

// Unwrap returns the error in the program's own words.
func (w worded) Unwrap() error { return w.error }

// showError shows an error until the next key; one that is urgent where somebody reads it who is typing.
func showError(m *Model, msg ui.ErrMsg) {
	if m.opts.Words != nil {
		msg.Err = worded{msg.Err, m.opts.Words}
	}
	if p, ok := m.over.(*prompt); ok && msg.Urgent {
		p.ask.Problem = msg.Err.Error()
		return
	}
	m.foot.showError(msg)
}

// keepTyped takes what is being typed for an answer, where that is better than to lose it: there is nobody to press Enter any more.
func keepTyped(m *Model) (cmd tea.Cmd) {
	p, ok := m.over.(*prompt)
	if !ok || !p.ask.Keep || m.fault.happened {
		return nil
	}
	defer m.fault.catch(func() { cmd = nil })
	text := p.field.Value()
	if m.over = nil; strings.TrimSpace(text) == "" || text == p.ask.Initial {
		return nil
	}
	return p.ask.Done(text)
}

// Failed returns what failed while the program was closing, when no screen could show it: a
// decision that could not be written.
func (m *Model) Failed() error { return m.end.failed }

// quit closes all screens, then the program.
func (m *Model) quit() tea.Cmd {
	m.end.begun = true
	var cmds []tea.Cmd
	for _, s := range m.screens {
		if c, ok := s.(ui.Closer); ok {
			cmds = append(cmds, m.closeScreen(c))
		}
	}
	return tea.Sequence(tea.Batch(cmds...), tea.Quit)
}

// closeScreen closes a screen, also one that panics.
func (m *Model) closeScreen(c ui.Closer) (cmd tea.Cmd) {
	defer m.fault.catch(func() { cmd = nil })
	return c.Close()
}

func (m *Model) copyText(msg ui.CopyMsg) tea.Cmd {
	copyBeside := m.opts.Copy
	return tea.Batch(tea.SetClipboard(msg.Text), func() tea.Msg {
		way := "the terminal (OSC 52)"
		if copyBeside != nil {
			if other := copyBeside(msg.Text); other != "" {
				way += " and " + other
			}
		}
		return ui.ToastMsg{Text: fmt.Sprintf("Copied %s to %s", msg.What, way)}
	})
}

func (m *Model) measure(msg tea.ModeReportMsg) tea.Cmd {
	granted := msg.Value == ansi.ModeReset || msg.Value == ansi.ModeSet || msg.Value == ansi.ModePermanentlySet
	if msg.Mode != ansi.ModeUnicodeCore || !granted {
		return nil
	}
	m.method = ansi.GraphemeWidth
	return m.sendAll(ui.WidthMsg{Method: m.method})
}

func (m *Model) setTheme(name string) tea.Cmd {
	th, err := theme.For(name, m.colours.dark, m.colours.profile)
	if err != nil {
		return ui.Fail(err, "")
	}
	m.theme = th
	if m.over != nil {
		m.over.restyle(th)
	}
	return m.sendAll(ui.ThemeMsg{Theme: th})
}
