package app

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/articles/clean"
	"byline/ui"
	"byline/ui/columns"
	"byline/ui/theme"
)

// A footer is the last line of the screen: an error until the next key, else a toast for a few
// seconds, else the keys that matter here.
type footer struct {
	err    *ui.ErrMsg
	note   string
	serial int // of the toast, so that the timer of an old one does not remove a new one
}

type faded struct{ serial int }

// toastTime is how long a toast stays.
const toastTime = 4 * time.Second

// clear removes error and toast before the next key.
func (f *footer) clear() { f.err, f.note = nil, "" }

func (f *footer) showError(msg ui.ErrMsg) { f.err = &msg }

func (f *footer) toast(text string) tea.Cmd {
	f.note = text
	f.serial++
	n := f.serial
	return tea.Tick(toastTime, func(time.Time) tea.Msg { return faded{n} })
}

func (f *footer) fade(msg faded) {
	if msg.serial == f.serial {
		f.note = ""
	}
}

// view draws the footer, exactly width cells as m measures them.
func (f *footer) view(scopes []ui.Scope, th *theme.Theme, width int, m ansi.Method) string {
	switch {
	case f.err != nil:
		line := " ✗ " + clean.Line(f.err.Err.Error())
		if f.err.Hint != "" {
			line += " — " + clean.Line(f.err.Hint)
		}
		return th.Error.Render(columns.Fit(line, width, m))
	case f.note != "":
		return th.Accent.Render(columns.Fit(" "+clean.Line(f.note), width, m))
	}
	return hints(scopes, th, width)
}

// hints draws as many of the scopes' short bindings as fit, with the key of the help at the right.
func hints(scopes []ui.Scope, th *theme.Theme, width int) string {
	help := keyName(ui.Key(showHelp, scopes))
	more := help + " help "
	if help == "" || len(scopes) > 0 && scopes[0].Text != nil { // help may be a letter, and letters are text here
		more = ""
	}
	left, used := " ", 1
	seen := map[string]bool{}
	for _, s := range scopes {
		for _, b := range s.Bindings {
			if b.Short == "" || len(b.Keys) == 0 || seen[b.Short] || b.Action == showHelp {
				continue
			}
			seen[b.Short] = true
			key := keyName(b.Keys[0])
			w := ansi.StringWidth(key) + 1 + ansi.StringWidth(b.Short) + 2
			if used+w+ansi.StringWidth(more) > width {
				continue
			}
			left += th.Key.Render(key) + " " + th.Muted.Render(b.Short) + "  "
			used += w
		}
		if s.Modal {
			break
		}
	}
	if more == "" || used+ansi.StringWidth(more) > width {
		return left + strings.Repeat(" ", max(0, width-used))
	}
	return left + strings.Repeat(" ", width-used-ansi.StringWidth(more)) + th.Key.Render(help) + " " + th.Muted.Render("help") + " "
}
