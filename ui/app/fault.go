package app

import (
	"reflect"

	tea "charm.land/bubbletea/v2"
)

// A fault is a panic in the program. It ends the program in order: the screens are closed, which
// writes what is still to be written, and the terminal is as it was before.
type fault struct {
	report   func(cause any) // nil while the program is not guarded
	happened bool            // in Update or View: nothing of the model can be trusted
}

// LeaveMsg makes the program close its screens and end.
type LeaveMsg struct{}

// Guard makes the program pass panics to report, in the goroutine that panics, and go on. Whoever
// runs the program then sends a [LeaveMsg]. It also makes the program tell keys that were typed
// from a text that was pasted as keys, for which every key waits 2 ms. It is called before the
// program runs.
func (m *Model) Guard(report func(cause any)) {
	m.in.burst.on = true
	m.fault.report = report
}

// catch reports a panic of the function that defers it, and runs after.
func (f *fault) catch(after func()) {
	if f.report == nil {
		return
	}
	if cause := recover(); cause != nil {
		f.report(cause)
		after()
	}
}

// guard returns a command that reports panics of cmd and of the commands that it returns.
func (f *fault) guard(cmd tea.Cmd) tea.Cmd {
	if cmd == nil || f.report == nil {
		return cmd
	}
	return func() (msg tea.Msg) {
		defer f.catch(func() { msg = nil })
		msg = cmd()
		// A batch and a sequence, whose type is not exported, are slices of commands.
		if v := reflect.ValueOf(msg); v.IsValid() && v.Kind() == reflect.Slice && v.Type().Elem() == reflect.TypeFor[tea.Cmd]() {
			for i := range v.Len() {
				v.Index(i).Set(reflect.ValueOf(f.guard(v.Index(i).Interface().(tea.Cmd))))
			}
		}
		return msg
	}
}
