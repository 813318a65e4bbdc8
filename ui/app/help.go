package app

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/ui"
	"byline/ui/columns"
	"byline/ui/field"
	"byline/ui/theme"
)

// A help shows every key that works here, by group, filtered by what is typed.
type help struct {
	groups []string
	lines  map[string][]ui.Binding
	field  field.Field
	top    int
	theme  *theme.Theme
}

func newHelp(scopes []ui.Scope, th *theme.Theme) *help {
	h := &help{lines: map[string][]ui.Binding{}, field: field.New("", th), theme: th}
	seen := map[string]bool{}
	for _, s := range scopes {
		for _, b := range s.Bindings {
			b.Keys = slices.DeleteFunc(slices.Clone(b.Keys), func(k string) bool { return seen[k] })
			if len(b.Keys) == 0 || b.Help == "" {
				continue
			}
			for _, k := range b.Keys {
				seen[k] = true
			}
			if h.lines[b.Group] == nil {
				h.groups = append(h.groups, b.Group)
			}
			h.lines[b.Group] = append(h.lines[b.Group], b)
		}
	}
	return h
}

func (h *help) restyle(th *theme.Theme) {
	h.theme = th
	h.field.Restyle(th)
}

const (
	helpUp    ui.Action = "help.up"
	helpDown  ui.Action = "help.down"
	helpPgUp  ui.Action = "help.page-up"
	helpPgDn  ui.Action = "help.page-down"
	helpClose ui.Action = "help.close"
)

func (h *help) scope(m *Model) ui.Scope {
	return ui.Scope{
		Name: "help", Modal: true,
		Bindings: []ui.Binding{
			{Action: helpClose, Keys: []string{"esc", "enter", "f1", "ctrl+c"}, Short: "close", Help: "close the help"},
			{Action: helpUp, Keys: []string{"up"}, Short: "up", Help: "up"},
			{Action: helpDown, Keys: []string{"down"}, Short: "down", Help: "down"},
			{Action: helpPgUp, Keys: []string{"pgup"}, Help: "page up"},
			{Action: helpPgDn, Keys: []string{"pgdown"}, Help: "page down"},
		},
		Handle: func(a ui.Action) (tea.Cmd, bool) { h.handle(m, a); return nil, true },
		Text: func(k tea.KeyPressMsg) tea.Cmd {
			h.field.Type(k)
			h.top = 0
			return nil
		},
	}
}

func (h *help) handle(m *Model, a ui.Action) {
	const page = 10
	switch a {
	case helpUp:
		h.top--
	case helpDown:
		h.top++
	case helpPgUp:
		h.top -= page
	case helpPgDn:
		h.top += page
	default:
		m.over = nil
	}
}

func (h *help) update(_ *Model, msg tea.Msg) tea.Cmd {
	if w, ok := msg.(tea.MouseWheelMsg); ok {
		if w.Button == tea.MouseWheelUp {
			h.top -= 3
		} else {
			h.top += 3
		}
	}
	return nil
}

func (h *help) draw(l look) (string, bool) {
	w := max(20, min(100, l.width-6))
	rows := max(1, l.height-5)
	all := h.list(w, l.method)
	h.top = max(0, min(h.top, len(all)-rows))
	shown := all[h.top:min(h.top+rows, len(all))]
	h.field.SetWidth(w - 30)
	more := ""
	if len(all) > rows {
		more = "↑↓ scrolls"
	}
	head := columns.Fit(h.theme.Title.Render("Keys")+"  "+h.theme.Muted.Render("type to find: ")+h.field.View(), w-columns.Width(more, l.method), l.method) + h.theme.Muted.Render(more)
	return h.theme.Box.Render(head + "\n" + strings.Join(shown, "\n")), false
}

// list lays the groups out, in two columns if they fit.
func (h *help) list(w int, m ansi.Method) []string {
	count, cw := 1, w
	if w >= 90 {
		count, cw = 2, (w-2)/2
	}
	var blocks [][]string
	total := 0
	for _, g := range h.groups {
		if b := h.block(g, cw, m); len(b) > 0 {
			blocks = append(blocks, b)
			total += len(b)
		}
	}
	if len(blocks) == 0 {
		return []string{h.theme.Muted.Render(columns.Fit("no key for that; backspace widens the search", w, m))}
	}
	var cols [2][]string
	at := 0
	for _, b := range blocks {
		if count == 2 && at == 0 && len(cols[0])+len(b)/2 > total/2 && len(cols[0]) > 0 {
			at = 1
		}
		cols[at] = append(cols[at], b...)
	}
	if count == 1 {
		return cols[0]
	}
	out := make([]string, max(len(cols[0]), len(cols[1])))
	for i := range out {
		out[i] = cell(cols[0], i, cw) + "  " + cell(cols[1], i, cw)
	}
	return out
}

func cell(col []string, i, w int) string {
	if i < len(col) {
		return col[i]
	}
	return strings.Repeat(" ", w)
}

// block lists the bindings of a group, their help wrapped.
func (h *help) block(group string, w int, m ansi.Method) []string {
	const keyWidth = 14
	var out []string
	for _, b := range h.lines[group] {
		names := keyNames(b.Keys)
		if match(h.field.Value(), target{name: b.Help, also: otherNames(&b), detail: names, topic: group}) >= scattered {
			continue
		}
		room := max(1, w-keyWidth-1)
		for i, part := range strings.Split(ansi.Wordwrap(b.Help, room, ""), "\n") {
			if i > 0 {
				names = ""
			}
			out = append(out, h.theme.Key.Render(columns.Fit(names, keyWidth, m))+" "+columns.Fit(part, room, m))
		}
	}
	if len(out) == 0 {
		return nil
	}
	head := h.theme.Muted.Render(columns.Fit(strings.ToUpper(group), w, m))
	return append(append([]string{head}, out...), columns.Blank(w))
}
