package app

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/ui"
	"byline/ui/columns"
	"byline/ui/field"
	"byline/ui/theme"
)

// A help shows every key that works here and every sign, by group, filtered by what is typed. Where
// there is room for columns, the signs stand beside the keys; else below them, and the most useful in a line above.
type help struct {
	scopes []ui.Scope
	keys   []helpGroup
	signs  []helpGroup
	brief  []string // the most useful signs, each with its meaning
	field  field.Field
	top    int
	rows   int // when last drawn
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
	h.theme, h.keys, h.signs, h.brief = th, nil, nil, nil
	h.field.Restyle(th)
	for _, s := range h.scopes {
		if s.Signs != nil {
			h.addSigns(s.Signs(th))
		}
	}
	h.addKeys()
	if digits := h.counting(); digits != "" {
		const often = "Repeat the next key: 5j is five down"
		h.keys = addRow(h.keys, "Move", helpRow{digits, th.Key, often, target{name: often, also: []string{"count", "times"}, topic: "Move"}})
	}
}

// counting says which digits are counts for the next key: those that are no keys of their own, as labels may be. It is empty for none.
func (h *help) counting() string {
	free := []string{}
	for d := range 9 {
		digit := strconv.Itoa(d + 1)
		bound := func(b ui.Binding) bool { return slices.Contains(b.Keys, digit) }
		if !slices.ContainsFunc(h.scopes, func(s ui.Scope) bool { return slices.ContainsFunc(s.Bindings, bound) }) {
			free = append(free, digit)
		}
	}
	switch {
	case len(free) == 9:
		return "2 … " + strconv.Itoa(mostTimes)
	case len(free) > 1:
		return free[0] + " … " + free[len(free)-1]
	}
	return strings.Join(free, "")
}

// addRow adds a row to the group of that name.
func addRow(groups []helpGroup, group string, r helpRow) []helpGroup {
	i := slices.IndexFunc(groups, func(g helpGroup) bool { return g.name == group })
	if i < 0 {
		i = len(groups)
		groups = append(groups, helpGroup{name: group})
	}
	groups[i].rows = append(groups[i].rows, r)
	return groups
}

func (h *help) addSigns(signs []theme.Sign) {
	for _, s := range signs {
		group := "Signs " + strings.ToLower(s.Group)
		h.signs = addRow(h.signs, group, helpRow{s.Shown, s.Look.Style(), s.Means, target{name: s.Means, also: []string{s.Shown}, topic: group + " legend"}})
		switch first, _, _ := strings.Cut(s.Shown, " "); s.Brief {
		case "":
		case first: // a word that shows how it looks
			h.brief = append(h.brief, s.Look.Style().Render(first))
		default:
			h.brief = append(h.brief, s.Look.Style().Render(first)+" "+h.theme.Text.Render(s.Brief))
		}
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
			h.keys = addRow(h.keys, group, helpRow{names, h.theme.Key, b.Help, target{name: b.Help, also: otherNames(&b), detail: names, topic: group}})
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
			{Action: helpPgDn, Keys: []string{"pgdown"}, Short: "page", Help: "Page down"},
			{Action: helpPgUp, Keys: []string{"pgup"}, Help: "Page up"},
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
	page := max(1, h.rows-1)
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
	narrowHelp = 60 // where there is no room for words around the field
)

func (h *help) draw(l look) string {
	w := max(20, min(helpWidth, l.width-6))
	lines := h.list(w, l.method, h.field.Value())
	h.rows = max(1, min(l.height-3, len(h.list(w, l.method, "")))) // the box stays as it is while one types
	h.top = max(0, min(h.top, len(lines)-h.rows))
	more := ""
	if len(lines) > h.rows {
		more = fmt.Sprintf(" ↑↓ %d–%d of %d", h.top+1, h.top+h.rows, len(lines))
	}
	h.field.SetWidth(max(1, w-helpHead)) // the same with and without a position at the right
	label := "type to find: "
	if w < narrowHelp {
		label = "find: "
	}
	head := columns.Fit(h.theme.Title.Render("Help")+"  "+h.theme.Muted.Render(label)+h.field.View(), w-columns.Width(more, l.method), l.method)
	lines = lines[h.top:min(h.top+h.rows, len(lines))]
	for len(lines) < h.rows {
		lines = append(lines, columns.Blank(w))
	}
	return framed(h.theme, append([]string{head + h.theme.Muted.Render(more)}, lines...), w, l.method)
}

// list lays out the groups with what matches want, in as many columns as make it shortest.
func (h *help) list(w int, m ansi.Method, want string) []string {
	const gap = 2
	var best []string
	for count := max(1, (w+gap)/(helpColumn+gap)); count > 0; count-- {
		cw := (w - (count-1)*gap) / count
		keys, signs := h.blocks(h.keys, cw, m, want), h.blocks(h.signs, cw, m, want)
		if len(keys)+len(signs) == 0 {
			return []string{h.theme.Muted.Render(columns.Fit(noMatches(w), w, m))}
		}
		if count == 1 {
			keys = append(h.summary(cw, m, want), append(keys, signs...)...)
			signs = nil
		}
		if lines := abreast(flow(keys, signs, count), cw, w, gap); best == nil || len(lines) < len(best) {
			best = lines
		}
	}
	return best
}

// summary is a block with as many of the most useful signs as fit, unless something is sought.
func (h *help) summary(w int, m ansi.Method, want string) [][]string {
	if len(h.brief) == 0 || want != "" {
		return nil
	}
	line := h.theme.Muted.Render("SIGNS")
	for _, part := range append(slices.Clone(h.brief), h.theme.Muted.Render("all at the end")) {
		if columns.Width(line+"  "+part, m) <= w {
			line += "  " + part
		}
	}
	return [][]string{{columns.Fit(line, w, m), columns.Blank(w)}}
}

// flow distributes blocks over columns, in their order and as low as possible; those of last are on top
// of the last column. Every block ends with a blank line.
func flow(blocks, last [][]string, count int) [][]string {
	height := len(slices.Concat(last...))
	for _, b := range blocks {
		height = max(height, len(b))
	}
	for ; ; height++ {
		if cols, ok := fill(blocks, last, count, height); ok {
			return cols
		}
	}
}

// fill fills columns of that height, and reports whether there is room for all.
func fill(blocks, last [][]string, count, height int) ([][]string, bool) {
	cols := make([][]string, count)
	cols[count-1] = slices.Concat(last...)
	at := 0
	for _, b := range blocks {
		for len(cols[at])+len(b)-1 > height {
			if at++; at == count {
				return nil, false
			}
		}
		cols[at] = append(cols[at], b...)
	}
	return cols, true
}

// abreast puts columns of cw cells side by side in w cells, without the blank line at the end of each.
func abreast(cols [][]string, cw, w, gap int) []string {
	height := 0
	for _, c := range cols {
		height = max(height, len(c)-1)
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

// blocks lists the groups that have rows that match want.
func (h *help) blocks(groups []helpGroup, w int, m ansi.Method, want string) [][]string {
	var out [][]string
	for _, g := range groups {
		if b := h.block(g, w, m, want); len(b) > 0 {
			out = append(out, b)
		}
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
