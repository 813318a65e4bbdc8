package app

import (
	"slices"
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
	turn   int64     // of the toast that was told last of those shown or cleared
	serial int       // of the toast, so that the timer of an old one does not remove a new one
	keys   []footKey // that are shown
}

type faded struct{ serial int }

// toastTime is how long a toast stays.
const toastTime = 4 * time.Second

// clear removes error and toast before the next key, also a toast that was told and is still on its way.
func (f *footer) clear() { f.err, f.note, f.turn = nil, "", ui.Turns() }

func (f *footer) showError(msg ui.ErrMsg) { f.err = &msg }

// toast shows text, the words of msg, unless one that was told later was shown.
func (f *footer) toast(msg ui.ToastMsg, text string) tea.Cmd {
	switch n := msg.Turn(); {
	case n == 0:
	case n <= f.turn:
		return nil
	default:
		f.turn = n
	}
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
	f.keys = nil
	switch {
	case f.err != nil:
		return th.Error.Render(columns.Fit(" ✗ "+f.errorText(), width, m))
	case f.note != "":
		room := width - f.keysBeside(scopes, width)
		return th.Accent.Render(columns.Fit(" "+clean.Line(f.note), room, m)) + f.hintsFrom(room, scopes, th, width)
	}
	return f.hints(scopes, th, width)
}

// errorText says what went wrong and what to do.
func (f *footer) errorText() string {
	text := clean.Line(f.err.Err.Error())
	if f.err.Hint != "" {
		text += " — " + clean.Line(f.err.Hint)
	}
	return text
}

// How many lines an error takes at most, and a toast, whose end often says what to do.
const (
	mostErrorLines = 4
	mostToastLines = 2
)

// long draws an error, or a toast, that the last line has no room for, in several; nothing if there is none. Rows are those above the last line.
func (f *footer) long(scopes []ui.Scope, th *theme.Theme, size look) []string {
	text, mark, style, most, room := clean.Line(f.note), " ", th.Accent, mostToastLines, size.width-f.keysBeside(scopes, size.width)
	if f.err != nil {
		text, mark, style, most, room = f.errorText(), " ✗ ", th.Error, mostErrorLines, size.width
	}
	most = min(most, size.height/2)
	indent := columns.Width(mark, size.method)
	if text == "" || columns.Width(mark+text, size.method) <= room || most < 2 || size.width < smallWidth {
		return nil
	}
	lines := strings.Split(size.method.Wrap(text, room-indent-1, ""), "\n")
	if len(lines) > most {
		lines = append(lines[:most-1], strings.Join(lines[most-1:], " "))
	}
	for i, l := range lines {
		if i > 0 {
			mark = strings.Repeat(" ", indent)
		}
		to := size.width
		if i == len(lines)-1 {
			to = room // the keys beside a toast stay
		}
		lines[i] = style.Render(columns.Fit(mark+l, to, size.method))
	}
	lines[len(lines)-1] += f.hintsFrom(room, scopes, th, size.width)
	return lines
}

// hintsFrom draws the keys from a column to the end of the line, nothing if that is where the line ends.
func (f *footer) hintsFrom(from int, scopes []ui.Scope, th *theme.Theme, width int) string {
	f.keys = nil
	if from >= width {
		return ""
	}
	keys := f.hints(scopes, th, width-from)
	for i := range f.keys {
		f.keys[i].from, f.keys[i].to = f.keys[i].from+from, f.keys[i].to+from
	}
	return keys
}

// keysBeside returns the cells for keys beside a toast: those of a list that is open, as one that
// asks for the speaker of the quote just added, if they leave half of the line.
func (f *footer) keysBeside(scopes []ui.Scope, width int) int {
	if len(scopes) == 0 || !scopes[0].Modal {
		return 0
	}
	w := 1
	for _, k := range footKeys(scopes) {
		w += k.width() + 2
	}
	if w > width/2 {
		return 0
	}
	return w
}

// A footKey is a key in the footer, and the columns that it takes there.
type footKey struct {
	from, to int
	key      string
	binding  ui.Binding
}

// hints draws as many of the keys as fit, with the key of the help at the right.
func (f *footer) hints(scopes []ui.Scope, th *theme.Theme, width int) string {
	keys := footKeys(scopes)
	more := ""
	help := slices.IndexFunc(keys, func(k footKey) bool { return k.binding.Action == showHelp })
	if help >= 0 {
		h := keys[help]
		if w := h.width() + 1; w < width {
			h.from, h.to = width-w, width-1
			more = h.draw(th) + " "
			f.keys = append(f.keys, h)
			keys = slices.Delete(keys, help, help+1)
			width -= w
		}
	}
	left, used := " ", 1
	for _, k := range keys {
		w := k.width() + 2
		if used+w > width {
			continue
		}
		k.from, k.to = used, used+w-2
		f.keys = append(f.keys, k)
		left += k.draw(th) + "  "
		used += w
	}
	return left + strings.Repeat(" ", max(0, width-used)) + more
}

func (k *footKey) width() int { return ansi.StringWidth(k.key) + 1 + ansi.StringWidth(k.binding.Short) }

func (k *footKey) draw(th *theme.Theme) string {
	return th.Key.Render(k.key) + " " + th.Muted.Render(k.binding.Short)
}

// footKeys returns what the footer would show with room for all: of each scope what it wants to be
// shown, with a key that no scope before it takes.
func footKeys(scopes []ui.Scope) []footKey {
	if last := slices.IndexFunc(scopes, func(s ui.Scope) bool { return s.Modal || s.Text != nil }); last >= 0 {
		scopes = scopes[:last+1]
	}
	var out []footKey
	seen, free := map[ui.Action]bool{}, freeKeys(scopes)
	for i := range scopes {
		for _, b := range shown(scopes[i:]) {
			key, ok := free[b.Action]
			if !ok || seen[b.Action] {
				continue
			}
			seen[b.Action] = true
			out = append(out, footKey{key: ui.KeyName(key), binding: b})
		}
	}
	return out
}

// freeKeys returns the first key of each action that no scope before its own takes.
func freeKeys(scopes []ui.Scope) map[ui.Action]string {
	taken, free := map[string]bool{}, map[ui.Action]string{}
	for _, s := range scopes {
		for _, b := range s.Bindings {
			i := slices.IndexFunc(b.Keys, func(k string) bool { return !taken[k] })
			if _, known := free[b.Action]; !known && i >= 0 {
				free[b.Action] = b.Keys[i]
			}
		}
		for _, b := range s.Bindings {
			for _, k := range b.Keys {
				taken[k] = true
			}
		}
	}
	return free
}

// shown returns what the first scope wants in the footer, in its order: bindings of its own, and of
// scopes outside it that its Foot names.
func shown(scopes []ui.Scope) []ui.Binding {
	s, out := &scopes[0], []ui.Binding(nil)
	if s.Foot == nil {
		for _, b := range s.Bindings {
			if b.Short != "" {
				out = append(out, b)
			}
		}
		return out
	}
	for _, a := range s.Foot {
		for _, from := range scopes {
			i := slices.IndexFunc(from.Bindings, func(b ui.Binding) bool { return b.Action == a && b.Short != "" })
			if i >= 0 {
				out = append(out, from.Bindings[i])
				break
			}
		}
	}
	return out
}

// at returns the key of the footer in column x, as last drawn.
func (f *footer) at(x int) (ui.Binding, bool) {
	for _, k := range f.keys {
		if x >= k.from && x < k.to {
			return k.binding, true
		}
	}
	return ui.Binding{}, false
}
