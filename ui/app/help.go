package app

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/ui"
	"byline/ui/columns"
	"byline/ui/field"
	"byline/ui/theme"
)

// A help shows the signs and every key that work here, by group, filtered by what is typed.
type help struct {
	scopes []ui.Scope
	groups []helpGroup
	field  field.Field
	top    int
	theme  *theme.Theme
}

// A helpGroup is rows below a heading.
type helpGroup struct {
	name string
	rows []helpRow
}

// A helpRow says what a key or a sign means.
type helpRow struct {
	mark  string
	style lipgloss.Style // of the mark
	text  string
	found target
}

func newHelp(scopes []ui.Scope, th *theme.Theme) *help {
	h := &help{scopes: scopes, field: field.New("", th)}
	h.restyle(th)
	return h
}

func (h *help) restyle(th *theme.Theme) {
	h.theme, h.groups = th, nil
	h.field.Restyle(th)
	for _, s := range h.scopes {
		if s.Signs != nil {
			h.addSigns(s.Signs(th))
		}
	}
	h.addKeys()
}

// add adds a row to the group of that name.
func (h *help) add(group string, r helpRow) {
	i := slices.IndexFunc(h.groups, func(g helpGroup) bool { return g.name == group })
	if i < 0 {
		i = len(h.groups)
		h.groups = append(h.groups, helpGroup{name: group})
	}
	h.groups[i].rows = append(h.groups[i].rows, r)
}

func (h *help) addSigns(signs []theme.Sign) {
	for _, s := range signs {
		group := "Signs " + strings.ToLower(s.Group)
		h.add(group, helpRow{s.Shown, s.Look.Style(), s.Means, target{name: s.Means, also: []string{s.Shown}, topic: group + " legend"}})
	}
}

// addKeys adds every key that works, each once: of the scope nearest by.
func (h *help) addKeys() {
	taken := map[string]bool{}
	for _, s := range h.scopes {
		for _, b := range s.Bindings {
			b.Keys = slices.DeleteFunc(slices.Clone(b.Keys), func(k string) bool { return taken[k] })
			if len(b.Keys) == 0 || b.Help == "" {
				continue
			}
			for _, k := range b.Keys {
				taken[k] = true
			}
			names := keyNames(b.Keys)
			group := cmp.Or(b.Group, "More")
			h.add(group, helpRow{names, h.theme.Key, b.Help, target{name: b.Help, also: otherNames(&b), detail: names, topic: group}})
		}
	}
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
			{Action: helpClose, Keys: []string{"esc", "enter", "f1", "ctrl+c"}, Short: "close", Help: "Close the help"},
			{Action: helpUp, Keys: []string{"up"}, Short: "up", Help: "Up"},
			{Action: helpDown, Keys: []string{"down"}, Short: "down", Help: "Down"},
			{Action: helpPgUp, Keys: []string{"pgup"}, Help: "Page up"},
			{Action: helpPgDn, Keys: []string{"pgdown"}, Help: "Page down"},
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
	switch msg := msg.(type) {
	case tea.MouseWheelMsg:
		if msg.Button == tea.MouseWheelUp {
			h.top -= 3
		} else {
			h.top += 3
		}
	case tea.PasteMsg:
		h.field.Type(msg)
		h.top = 0
	}
	return nil
}

// Widths of the help, in cells: of a column at least, of all columns, and of the keys in one.
const (
	helpColumn = 44
	helpWidth  = 200
	helpKeys   = 14
	helpHead   = 38 // around the field
)

func (h *help) draw(l look) (string, bool) {
	w := max(20, min(helpWidth, l.width-6))
	lines := h.list(w, l.method, h.field.Value())
	rows := max(1, min(l.height-5, len(h.list(w, l.method, "")))) // the box stays as it is while one types
	h.top = max(0, min(h.top, len(lines)-rows))
	more := ""
	if len(lines) > rows {
		more = fmt.Sprintf(" ↑↓ %d–%d of %d", h.top+1, h.top+rows, len(lines))
	}
	h.field.SetWidth(max(1, w-helpHead)) // the same with and without a position at the right
	head := columns.Fit(h.theme.Title.Render("Help")+"  "+h.theme.Muted.Render("type to find: ")+h.field.View(), w-columns.Width(more, l.method), l.method)
	lines = lines[h.top:min(h.top+rows, len(lines))]
	for len(lines) < rows {
		lines = append(lines, columns.Blank(w))
	}
	return h.theme.Box.Render(head + h.theme.Muted.Render(more) + "\n" + strings.Join(lines, "\n")), false
}

// list lays out the groups with what matches want, in as many columns as fit.
func (h *help) list(w int, m ansi.Method, want string) []string {
	const gap = 2
	count := max(1, (w+gap)/(helpColumn+gap))
	cw := (w - (count-1)*gap) / count
	var blocks [][]string
	total := 0
	for _, g := range h.groups {
		if b := h.block(g, cw, m, want); len(b) > 0 {
			blocks = append(blocks, b)
			total += len(b)
		}
	}
	if len(blocks) == 0 {
		return []string{h.theme.Muted.Render(columns.Fit("No matches; backspace widens the search", w, m))}
	}
	return abreast(flow(blocks, count, total), cw, w, gap)
}

// flow distributes blocks over columns of nearly the same height, in their order; total is their
// height together.
func flow(blocks [][]string, count, total int) [][]string {
	cols := make([][]string, count)
	at, left := 0, total
	for _, b := range blocks {
		fair := left / (count - at) // what each of the columns left would have
		if at < count-1 && len(cols[at]) > 0 && len(cols[at])+len(b)/2 > fair {
			left -= len(cols[at])
			at++
		}
		cols[at] = append(cols[at], b...)
	}
	return cols
}

// abreast puts columns of cw cells side by side in w cells.
func abreast(cols [][]string, cw, w, gap int) []string {
	height := 0
	for _, c := range cols {
		height = max(height, len(c))
	}
	out := make([]string, height)
	for i := range out {
		used := 0
		for k, c := range cols {
			if k > 0 {
				out[i] += columns.Blank(gap)
				used += gap
			}
			if i < len(c) {
				out[i] += c[i]
			} else {
				out[i] += columns.Blank(cw)
			}
			used += cw
		}
		out[i] += columns.Blank(w - used)
	}
	return out
}

// block lists the rows of a group that match want, their text wrapped.
func (h *help) block(g helpGroup, w int, m ansi.Method, want string) []string {
	var out []string
	for _, r := range g.rows {
		if match(want, r.found) >= scattered {
			continue
		}
		room := max(1, w-helpKeys-1)
		marks := strings.Split(ansi.Wordwrap(r.mark, helpKeys, ""), "\n")
		words := strings.Split(ansi.Wordwrap(r.text, room, ""), "\n")
		for i := range max(len(marks), len(words)) {
			mark := columns.Cut(strings.TrimSpace(at(marks, i)), helpKeys, m)
			out = append(out, r.style.Render(mark)+columns.Blank(helpKeys+1-columns.Width(mark, m))+columns.Fit(at(words, i), room, m))
		}
	}
	if len(out) == 0 {
		return nil
	}
	head := h.theme.Muted.Render(columns.Fit(strings.ToUpper(g.name), w, m))
	return append(append([]string{head}, out...), columns.Blank(w))
}

// at returns line i, "" after the last.
func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}
