package ui

import (
	tea "charm.land/bubbletea/v2"

	"byline/ui/theme"
)

// An Action names something that a person can do, whatever key is bound to it:
// "reader.confirm". The part before the dot is the name of its scope.
type Action string

// A Binding gives an action its keys and its help texts.
type Binding struct {
	Action Action
	Keys   []string // as [tea.KeyPressMsg.String] spells them
	Help   string   // one line, verb first: "Confirm the name under the cursor"
	Also   []string // other words by which people look for it
	Short  string   // a word or two for the footer; empty: not in the footer
	Group  string   // heading in the help: "Move", "Correct"
	Holds  bool     // keys typed after it wait for what it opens: a prompt, a list, a screen
}

// A Scope is one layer of bindings and the code that handles them.
type Scope struct {
	Name     string
	Bindings []Binding
	Signs    func(*theme.Theme) []theme.Sign // what the help says that signs mean; may be nil
	Foot     []Action                        // what the footer shows of them and of scopes outside, the most useful first; nil for all with a Short
	Modal    bool                            // keys do not reach the scopes outside this one
	Handle   func(Action) (cmd tea.Cmd, handled bool)
	Text     func(tea.KeyPressMsg) tea.Cmd // takes keys that no binding of this scope has, as a text field does; may be nil
}

// A Screen fills the window except for the status line.
type Screen interface {
	Scopes() []Scope // innermost first
	Update(tea.Msg) tea.Cmd
	View(width, height int) string // exactly height lines, none wider than width cells
	Title() string                 // for the window and the breadcrumb; already safe to draw
}

// A Busy screen may not be ready for keys yet; they wait until it is.
type Busy interface{ Ready() bool }

// A Closer is notified when it is left: it ends its context, and returns a command for what is
// still to be written.
type Closer interface{ Close() tea.Cmd }

// A Counter is a screen that counts keypresses, including those for an overlay.
type Counter interface{ Pressed() }

// An Explainer is a screen whose last lines are read while a list is open: nothing is drawn over
// that many of height lines.
type Explainer interface{ Explains(height int) int }
