package ui

import (
	"image/color"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/ui/theme"
)

// Messages to all screens. A new screen gets the latest of each before anything else, but for UncoveredMsg.
type (
	// ThemeMsg changes the colours.
	ThemeMsg struct{ *theme.Theme }
	// WidthMsg says how the terminal measures text: by code points until it grants grapheme
	// clusters (mode 2027).
	WidthMsg struct{ Method ansi.Method }
	// UncoveredMsg says that the list, prompt, card or help over the front screen is closed.
	UncoveredMsg struct{}
	// KeysMsg holds the keys of actions that the user has rebound.
	KeysMsg struct{ Keys map[Action][]string }
)

// Messages from a screen to the program.
type (
	// ErrMsg reports an error; Hint says what to do about it.
	ErrMsg struct {
		Err    error
		Hint   string
		Urgent bool // it is to be read also by somebody who is typing, as that the program ends soon
	}
	// ToastMsg shows for a few seconds what a key did or why it did nothing.
	ToastMsg struct {
		Text string
		turn int64 // see [TellInTurn]
	}
	// PushMsg puts a screen in front; PopMsg removes the front screen.
	PushMsg struct{ Screen Screen }
	PopMsg  struct{}
	// QuitMsg ends the program.
	QuitMsg struct{}
	// ActMsg asks for an action, as its key would.
	ActMsg struct{ Action Action }
	// CopyMsg puts Text on the clipboard; What names it in the toast.
	CopyMsg struct{ Text, What string }
	// AskMsg prompts for a line of text at the bottom of the screen and passes it to Done.
	AskMsg struct {
		Prompt, Initial string
		Problem         string               // what was wrong with Initial, shown until a key changes it; may be empty
		Path            bool                 // a file name: tab completes it
		Letter          bool                 // the first letter is the answer
		Keep            bool                 // what was typed is the answer too if the program is told to end meanwhile
		Earlier         []string             // answers given before, the latest last: up and down show them
		Change          func(string) tea.Cmd // after each key; may be nil
		Done            func(string) tea.Cmd // on Enter
		Cancel          func() tea.Cmd       // on Esc; may be nil
	}
	// ChooseMsg shows a list to choose from, narrowed by typing.
	ChooseMsg struct {
		Title   string
		Choices []Choice
		At      int                        // the choice under the cursor at first
		Aligned bool                       // details stand below each other, not at the right
		Enter   string                     // what Enter does, for the footer; empty for "choose"
		Ways    []Way                      // what else can be done with the choice under the cursor
		Else    func(typed string) tea.Cmd // on Enter if nothing matches what was typed; may be nil
		Now     []int                      // choices that are so already: they are shown, and marked with the first that is marked
		Several func(at []int) tea.Cmd     // takes several choices at once, which may be marked then; may be nil
		Watch   func(at int) tea.Cmd       // called with the choice under the cursor, −1 for none and at the end; may be nil
		About   *Spot                      // what the list is about and must not cover; nil for nothing
	}
	// CardMsg shows a few lines until the next key.
	CardMsg struct {
		Title string
		Rows  []Row
	}
	// PagerMsg shows a text of many lines, whatever it holds, until it is closed.
	PagerMsg struct {
		Title  string
		Note   string // beside the title
		Failed bool   // Note is bad news
		Text   string
	}
	// WaitMsg shows that Work is under way until it returns a message. Esc calls Stop; what Work
	// returns then is dropped.
	WaitMsg struct {
		Title, Text string
		Work        tea.Cmd
		Stop        func()
	}
	// ChangedMsg tells all screens that the entry of an article in the library has changed. ID is
	// empty if many have. Elsewhere says that others did it, who may have decided on the article; View, that nobody decided anything, but that
	// another view is shown from now on.
	ChangedMsg struct {
		ID        string
		Elsewhere bool
		View      bool
	}
)

// A Spot is a place on the screen: a column, and the first and last line.
type Spot struct{ X, First, Last int }

// A Row is a line of a [CardMsg], or several if Text is long.
type Row struct{ Head, Text string }

// A Way is another thing to do with the choice at an index: Key does it, and is no letter.
type Way struct {
	Key, Short string
	Do         func(at int) tea.Cmd
}

// A Choice is one line of a [ChooseMsg].
type Choice struct {
	Label, Detail string
	Briefs        []string    // shorter forms of Detail, the longest first, for lists that are too narrow for it; as many in all choices
	Also          []string    // other names that find it
	Topic         string      // words that find it after those it is named by
	More          string      // lines below the list while the cursor is on it; may be empty
	Key           string      // chooses it immediately while nothing is typed; may be empty
	Color         color.Color // of the label; nil for the text's own
	Do            tea.Cmd
}

// Tell returns a command that shows a toast.
func Tell(text string) tea.Cmd { return func() tea.Msg { return ToastMsg{Text: text} } }

// TellInTurn is Tell for what just happened: each command runs in a goroutine of its own, so on a busy machine
// a toast may arrive after one that was told later, and that is not to hide it.
func TellInTurn(text string) tea.Cmd {
	msg := ToastMsg{text, turns.Add(1)}
	return func() tea.Msg { return msg }
}

// turns counts the calls of TellInTurn.
var turns atomic.Int64

// Turns returns how many toasts were told in turn so far.
func Turns() int64 { return turns.Load() }

// Turn says how many toasts were told in turn when m was, m included; 0 if it has no turn.
func (m ToastMsg) Turn() int64 { return m.turn }

// Fail returns a command that reports err with a hint.
func Fail(err error, hint string) tea.Cmd {
	return func() tea.Msg { return ErrMsg{Err: err, Hint: hint} }
}

// Send returns a command that yields msg.
func Send(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }
