// Package tour teaches the reader in ten steps on a story: each says one thing and waits for its key.
// It lies around a reader whose library is its own, so that nothing of it is kept.
package tour

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/ui"
	"byline/ui/columns"
	"byline/ui/theme"
)

// A step says one thing and is over once its action was done or, without one, once what lay over
// the reader is closed.
type step struct {
	say  string // actions in braces stand for their keys
	wait ui.Action
}

var steps = []step{
	{"byline has marked the people, organizations and quotes of this story. {reader.next} goes to the first one.", "reader.next"},
	{"The line below the text says what byline takes it for. {reader.confirm} confirms that.", "reader.confirm"},
	{"{reader.next-unreviewed} goes to the next one that is not reviewed.", "reader.next-unreviewed"},
	{"{reader.reject} rejects what is wrong. This is right, but try it: the next step takes it back.", "reader.reject"},
	{"Nothing is lost: {reader.undo} undoes the last decision, as often as you like.", "reader.undo"},
	{"{reader.next-quote} goes to the next quote. A bar left of the text marks it.", "reader.next-quote"},
	{"{reader.speaker} lists who may have said it, the likeliest first.", "reader.speaker"},
	{"⏎ chooses who said it; esc leaves it as it was.", ""},
	{"{reader.panel} goes to the lists of people, organizations and quotes, and back to the text.", "reader.panel"},
	{"{app.help} explains every key and sign; look at it, then close it with esc.", "app.help"},
}

// goodbye is said after the last step.
const goodbye = "That was the tour. {reader.export} exports an article, {app.palette} finds every command by its name. esc leaves the tour."

// leave leaves the tour.
const leave ui.Action = "tour.leave"

// Screen is a reader with the tour below it.
type Screen struct {
	ui.Screen          // the reader
	outer     ui.Scope // the keys of the program
	end       tea.Cmd  // once the tour is left; may be nil
	at        int      // the step, len(steps) after the last
	passed    bool     // the action of the step was passed to the program
	keys      map[ui.Action][]string
	theme     *theme.Theme
	method    ansi.Method
}

// New returns a tour of reader, in a program with the keys of outer. End runs when it is left.
func New(reader ui.Screen, outer ui.Scope, end tea.Cmd) *Screen {
	th, _ := theme.Named("", true)
	return &Screen{Screen: reader, outer: outer, end: end, theme: th}
}

// Title implements [ui.Screen].
func (s *Screen) Title() string { return "tour" }

// Ready implements [ui.Busy].
func (s *Screen) Ready() bool {
	b, ok := s.Screen.(ui.Busy)
	return !ok || b.Ready()
}

// Close implements [ui.Closer].
func (s *Screen) Close() tea.Cmd {
	var closed tea.Cmd
	if c, ok := s.Screen.(ui.Closer); ok {
		closed = c.Close()
	}
	return tea.Sequence(closed, s.end)
}

// inner are the scopes of the reader and of the program.
func (s *Screen) inner() []ui.Scope { return append(s.Screen.Scopes(), s.outer) }

// Scopes implements [ui.Screen]: only the key of the step works, and those that leave.
func (s *Screen) Scopes() []ui.Scope {
	own := ui.Scope{Name: "tour", Modal: true, Handle: s.handle, Text: func(tea.KeyPressMsg) tea.Cmd { return ui.Tell(s.waits()) }}
	if b, ok := s.binding(); ok {
		own.Bindings = append(own.Bindings, b)
	}
	own.Bindings = append(own.Bindings, ui.Binding{Action: leave, Keys: []string{"esc", "q", "ctrl+c"}, Help: "Leave the tour", Short: "leave the tour"})
	return []ui.Scope{own}
}

// binding returns the binding of the step's action.
func (s *Screen) binding() (ui.Binding, bool) {
	if s.at == len(steps) {
		return ui.Binding{}, false
	}
	for _, scope := range s.inner() {
		for _, b := range scope.Bindings {
			if b.Action == steps[s.at].wait && len(b.Keys) > 0 {
				b.Short = cmp.Or(b.Short, strings.ToLower(b.Help)) // the footer shows it
				return b, true
			}
		}
	}
	return ui.Binding{}, false
}

func (s *Screen) waits() string {
	if s.at == len(steps) {
		return "The tour is over; {tour.leave} leaves it"
	}
	return fmt.Sprintf("The tour waits for {%s}; {%s} leaves it", steps[s.at].wait, leave)
}

// handle does the step's action and goes on.
func (s *Screen) handle(a ui.Action) (tea.Cmd, bool) {
	switch {
	case a == leave:
		return ui.Send(ui.PopMsg{}), true
	case s.at == len(steps) || a != steps[s.at].wait:
		return nil, false
	}
	last := s.at == len(steps)-1
	if !last { // the last step is over when the help is closed
		s.at++
	}
	if strings.HasPrefix(string(a), s.outer.Name+".") {
		s.passed = !s.passed // the action comes back, and is not handled here then
		return ui.Send(ui.ActMsg{Action: a}), s.passed
	}
	cmd, _ := ui.Act(a, s.Screen.Scopes())
	return cmd, true
}

// Update implements [ui.Screen].
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case ui.KeysMsg:
		s.keys = msg.Keys
	case ui.ThemeMsg:
		s.theme = msg.Theme
	case ui.WidthMsg:
		s.method = msg.Method
	case ui.UncoveredMsg:
		if s.at < len(steps) && (steps[s.at].wait == "" || s.at == len(steps)-1) {
			s.at++
		}
	case tea.WindowSizeMsg:
		msg.Height = max(1, msg.Height-s.rows(msg.Height-1))
		return s.Screen.Update(msg)
	case tea.MouseMsg:
		if _, wheel := msg.(tea.MouseWheelMsg); !wheel {
			return nil
		}
	}
	return s.Screen.Update(msg)
}

// rows returns how many lines of height the tour takes.
func (s *Screen) rows(height int) int { return max(1, min(3, height/3)) }

// Explains implements [ui.Explainer]: the step is read while the list that it is about is open.
func (s *Screen) Explains(height int) int { return s.rows(height) }

// View implements [ui.Screen].
func (s *Screen) View(width, height int) string {
	n := s.rows(height)
	if height < 2 {
		return s.say(width, max(1, height))[0]
	}
	return s.Screen.View(width, height-n) + "\n" + strings.Join(s.say(width, n), "\n")
}

// say draws the step in n lines: a rule with its number, and its words.
func (s *Screen) say(width, n int) []string {
	words, head := goodbye, "Tour"
	if s.at < len(steps) {
		words, head = steps[s.at].say, fmt.Sprintf("Tour, step %d of %d", s.at+1, len(steps))
	}
	var lines []string
	if n > 2 {
		lines = append(lines, s.theme.Accent.Render(columns.Fit("━━ "+head+" "+strings.Repeat("━", max(0, width-len(head)-4)), width, s.method)))
	}
	for part := range strings.SplitSeq(s.method.Wrap(s.spell(words), max(1, width-2), ""), "\n") {
		if len(lines) < n {
			lines = append(lines, s.theme.Strong.Render(columns.Fit(" "+part, width, s.method)))
		}
	}
	for len(lines) < n {
		lines = append(lines, columns.Blank(width))
	}
	return lines
}

var named = regexp.MustCompile(`\{[a-z]+\.[a-z-]+\}`)

// spell replaces the actions in braces by their keys.
func (s *Screen) spell(words string) string {
	return named.ReplaceAllStringFunc(words, func(name string) string {
		return ui.KeyName(ui.Key(ui.Action(name[1:len(name)-1]), ui.Rebind(s.inner(), s.keys)))
	})
}
