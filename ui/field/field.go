// Package field is a one-line text field with completions. The prompt of the program and the
// filter and search of the library use it.
package field

import (
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"byline/ui/theme"
)

// A Field is a focused text input without a prompt of its own. Its cursor does not blink, so that
// an idle program draws nothing.
type Field struct {
	textinput.Model
	offers []string // whole texts, the likeliest first
	taken  int      // index into offers from 1; 0 while none is in the field
}

// New returns a field that holds text, with the cursor at its end.
func New(text string, th *theme.Theme) Field {
	f := Field{Model: textinput.New()}
	f.Prompt = ""
	f.SetVirtualCursor(true)
	f.Set(text)
	f.Focus()
	f.Restyle(th)
	return f
}

// Restyle gives the field the colours of th.
func (f *Field) Restyle(th *theme.Theme) {
	st := textinput.DefaultStyles(th.Dark)
	st.Focused.Text = lipgloss.NewStyle()
	st.Focused.Suggestion = th.Muted
	st.Cursor.Blink = false
	f.SetStyles(st)
}

// Set replaces the text and puts the cursor at its end.
func (f *Field) Set(text string) {
	f.SetValue(text)
	f.CursorEnd()
}

// Type passes a key or a paste to the field and reports whether the text changed.
func (f *Field) Type(msg tea.Msg) bool {
	before := f.Value()
	f.Model, _ = f.Update(msg)
	return f.Value() != before
}

// SetCompletions sets the texts that Complete cycles through.
func (f *Field) SetCompletions(texts []string) { f.offers, f.taken = texts, 0 }

// Complete puts the next completion into the field and reports whether there is one.
func (f *Field) Complete() bool {
	if len(f.offers) == 0 {
		return false
	}
	f.Set(f.offers[f.taken%len(f.offers)])
	f.taken++
	return true
}

// Completions returns at most n completions, starting with the one in the field or else the next
// one.
func (f *Field) Completions(n int) []string {
	var out []string
	for i := range min(len(f.offers), n) {
		out = append(out, f.offers[(max(0, f.taken-1)+i)%len(f.offers)])
	}
	return out
}

// SetWidth sets the width in cells, and scrolls the text so that the cursor and what is before it show.
func (f *Field) SetWidth(cells int) {
	if cells == f.Width() {
		return
	}
	at := f.Position()
	f.Model.SetWidth(cells)
	f.CursorEnd()
	f.SetCursor(at)
}
