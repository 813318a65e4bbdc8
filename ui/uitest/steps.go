package uitest

import (
	"reflect"
	"runtime"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// Steps runs a model and its commands one after the other, without a terminal: the same keys give
// the same screens. Timers never end.
type Steps struct {
	T     testing.TB
	Model tea.Model
	Slow  *Slow // commands that take a while; nil for none
}

// Slow are the commands that a function with this in its name returned: they wait in Held.
type Slow struct {
	Of   string
	Held []tea.Cmd
}

// Send passes a message to the model, then what its commands return, until there is no more.
func (s Steps) Send(msg tea.Msg) { s.Run(func() tea.Msg { return msg }) }

// Run runs a command, and passes what it returns to the model.
func (s Steps) Run(cmd tea.Cmd) {
	queue := []tea.Cmd{cmd}
	var last tea.Msg
	for n := 0; len(queue) > 0; n++ {
		if n > 1000 {
			s.T.Fatalf("the commands do not end; the last message is a %T", last)
		}
		cmd := queue[0]
		queue = queue[1:]
		if cmd == nil {
			continue
		}
		name := runtime.FuncForPC(reflect.ValueOf(cmd).Pointer()).Name()
		if s.Slow != nil && strings.Contains(name, s.Slow.Of) {
			s.Slow.Held = append(s.Slow.Held, cmd)
			continue
		}
		if strings.Contains(name, ".Tick") {
			continue
		}
		msg := cmd()
		last = msg
		if v := reflect.ValueOf(msg); v.IsValid() && v.Kind() == reflect.Slice && v.Type().Elem() == reflect.TypeFor[tea.Cmd]() {
			for i := range v.Len() {
				queue = append(queue, v.Index(i).Interface().(tea.Cmd))
			}
		} else if msg != nil && msg != tea.Quit() {
			_, cmd := s.Model.Update(msg)
			queue = append(queue, cmd)
		}
	}
}

// named are the keys that have more than one letter.
var named = map[string]tea.KeyPressMsg{
	"tab": {Code: tea.KeyTab}, "enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape}, "space": {Code: tea.KeySpace, Text: " "},
	"up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown}, "left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight},
	"backspace": {Code: tea.KeyBackspace}, "delete": {Code: tea.KeyDelete}, "home": {Code: tea.KeyHome}, "end": {Code: tea.KeyEnd}, "pgup": {Code: tea.KeyPgUp}, "pgdown": {Code: tea.KeyPgDown},
	"shift+tab": {Code: tea.KeyTab, Mod: tea.ModShift}, "f1": {Code: tea.KeyF1}, "f2": {Code: tea.KeyF2}, "f3": {Code: tea.KeyF3}, "f4": {Code: tea.KeyF4}, "f5": {Code: tea.KeyF5},
}

// Press presses keys, parted by blanks: "tab x ctrl+c". Each is a name, a letter, or ctrl+ or alt+ and a letter.
func (s Steps) Press(keys string) {
	for key := range strings.FieldsSeq(keys) {
		msg, ok := named[key]
		if letter, ctrl := strings.CutPrefix(key, "ctrl+"); ctrl {
			msg = tea.KeyPressMsg{Code: []rune(letter)[0], Mod: tea.ModCtrl}
		} else if letter, alt := strings.CutPrefix(key, "alt+"); alt && len([]rune(letter)) == 1 {
			msg = tea.KeyPressMsg{Code: []rune(letter)[0], Mod: tea.ModAlt}
		} else if !ok {
			msg = tea.KeyPressMsg{Code: []rune(key)[0], Text: key}
		}
		s.Send(msg)
	}
}

// Type types the letters of text, blanks too.
func (s Steps) Type(text string) {
	for _, r := range text {
		s.Send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

// View returns what the model draws.
func (s Steps) View() string { return s.Model.View().Content }
