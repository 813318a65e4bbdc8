// Package field is a text field of one line, with completions to choose from.
package field

import (
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"byline/ui/theme"
)

// A Field is a focused text input without a prompt of its own. Its cursor does not
// blink: an idle program draws nothing.
type Field struct {
	textinput.Model
	offers []string // whole texts, the likeliest first
	taken  int      // of offers, from 1; 0 while none is in the field
}

// New returns a field that holds text, the cursor at its end.
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

// Type gives the field a key or a paste and reports whether the text has changed.
func (f *Field) Type(msg tea.Msg) bool {
	before := f.Value()
	f.Model, _ = f.Update(msg)
	return f.Value() != before
}

// Offer replaces the texts that Complete goes through.
func (f *Field) Offer(texts []string) { f.offers, f.taken = texts, 0 }

// Complete puts the next offer into the field and reports whether there is one.
func (f *Field) Complete() bool {
	if len(f.offers) == 0 {
		return false
	}
	f.Set(f.offers[f.taken%len(f.offers)])
	f.taken++
	return true
}

// Offers returns at most n offers, from the one in the field or the next on.
func (f *Field) Offers(n int) []string {
	var out []string
	for i := range min(len(f.offers), n) {
		out = append(out, f.offers[(max(0, f.taken-1)+i)%len(f.offers)])
	}
	return out
}
