package app

import (
	"cmp"
	"fmt"
	"image"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/articles/clean"
	"byline/ui"
	"byline/ui/columns"
	"byline/ui/field"
	"byline/ui/theme"
)

// A chooser is a list that is narrowed by typing.
type chooser struct {
	title   string
	choices []ui.Choice
	other   func(string) tea.Cmd
	several func([]int) tea.Cmd
	watch   func(int) tea.Cmd
	spot    *ui.Spot
	found   []int // indices of choices, best first
	marked  []int // indices of choices that are to be taken together, in the order they were marked
	cursor  int
	top     int
	rows    int             // of the list when last drawn
	box     image.Rectangle // where it was last drawn
	field   field.Field
	theme   *theme.Theme
}

func newChooser(msg ui.ChooseMsg, th *theme.Theme) *chooser {
	c := &chooser{title: msg.Title, choices: msg.Choices, other: msg.Else, several: msg.Several, watch: msg.Watch, spot: msg.About, field: field.New("", th), theme: th}
	c.filter()
	return c
}

func (c *chooser) anchor() *ui.Spot { return c.spot }

func (c *chooser) restyle(th *theme.Theme) {
	c.theme = th
	c.field.Restyle(th)
}

// filter lists the choices that match what is typed, the best first.
func (c *chooser) filter() {
	c.cursor, c.top, c.found = 0, 0, c.found[:0]
	ranks := make([]rank, len(c.choices))
	for i, ch := range c.choices {
		ranks[i] = match(c.field.Value(), target{name: ch.Label, also: ch.Also, detail: ch.Detail, topic: ch.Topic})
		if ranks[i] < noMatch {
			c.found = append(c.found, i)
		}
	}
	slices.SortStableFunc(c.found, func(a, b int) int { return cmp.Compare(ranks[a], ranks[b]) })
}

const (
	chooseUp   ui.Action = "chooser.up"
	chooseDown ui.Action = "chooser.down"
	choosePgUp ui.Action = "chooser.page-up"
	choosePgDn ui.Action = "chooser.page-down"
	chooseThis ui.Action = "chooser.choose"
	chooseMark ui.Action = "chooser.mark"
	chooseNone ui.Action = "chooser.close"
)

func (c *chooser) scope(m *Model) ui.Scope {
	scope := ui.Scope{
		Name: "chooser", Modal: true,
		Bindings: []ui.Binding{
			{Action: chooseThis, Keys: []string{"enter"}, Short: "choose", Help: "Choose the line, or the marked lines"},
			{Action: chooseUp, Keys: []string{"up", "ctrl+k", "shift+tab"}, Help: "Up a line"},
			{Action: chooseDown, Keys: []string{"down", "ctrl+j", "tab"}, Help: "Down a line"},
			{Action: choosePgUp, Keys: []string{"pgup"}, Help: "Up a page"},
			{Action: choosePgDn, Keys: []string{"pgdown"}, Help: "Down a page"},
			{Action: chooseNone, Keys: []string{"esc", "ctrl+c"}, Short: "close", Help: "Close the list"},
		},
		Handle: func(a ui.Action) (tea.Cmd, bool) { return c.handle(m, a), true },
		Text:   func(k tea.KeyPressMsg) tea.Cmd { return c.key(m, k) },
	}
	if c.several != nil {
		mark := ui.Binding{Action: chooseMark, Keys: []string{"+"}, Short: "several", Help: "Mark or unmark the line, to choose several"}
		scope.Bindings = slices.Insert(scope.Bindings, 1, mark)
	}
	return scope
}

// notifyWatcher calls Watch with the choice on line at.
func (c *chooser) notifyWatcher(at int) tea.Cmd {
	if c.watch == nil {
		return nil
	}
	if at < 0 || at >= len(c.found) {
		return c.watch(-1)
	}
	return c.watch(c.found[at])
}

// close closes the list, then runs do.
func (c *chooser) close(m *Model, do tea.Cmd) tea.Cmd {
	m.over = nil
	if gone := c.notifyWatcher(-1); gone != nil {
		return tea.Sequence(gone, do)
	}
	return do
}

// key chooses the entry bound to the key, or types the key into the filter.
func (c *chooser) key(m *Model, k tea.KeyPressMsg) tea.Cmd {
	if c.field.Value() == "" {
		for i, ch := range c.choices {
			if ch.Key != "" && ch.Key == k.String() {
				return c.choose(m, i)
			}
		}
	}
	c.typeKey(k)
	return c.notifyWatcher(c.cursor)
}

func (c *chooser) typeKey(msg tea.Msg) {
	if c.field.Type(msg) {
		c.filter()
	}
}

func (c *chooser) handle(m *Model, a ui.Action) tea.Cmd {
	switch a {
	case chooseUp:
		c.moveBy(-1)
	case chooseDown:
		c.moveBy(1)
	case choosePgUp:
		c.moveBy(-max(1, c.rows))
	case choosePgDn:
		c.moveBy(max(1, c.rows))
	case chooseThis:
		return c.take(m)
	case chooseMark:
		c.mark()
	default:
		return c.close(m, nil)
	}
	return c.notifyWatcher(c.cursor)
}

// take takes what is marked, or else the line under the cursor; of a list that was narrowed, that
// with what is marked.
func (c *chooser) take(m *Model) tea.Cmd {
	switch {
	case c.cursor == len(c.found) && c.lines() > len(c.found):
		return c.close(m, c.other(strings.TrimSpace(c.field.Value())))
	case len(c.found) == 0 && len(c.marked) > 0:
		return nil
	case len(c.found) == 0:
		return c.close(m, ui.Tell("Nothing to choose"))
	case len(c.marked) > 0 && c.field.Value() == "":
		return c.close(m, c.several(c.marked))
	}
	return c.choose(m, c.found[c.cursor])
}

// choose takes choice i, with those that are marked.
func (c *chooser) choose(m *Model, i int) tea.Cmd {
	if len(c.marked) == 0 {
		return c.close(m, c.choices[i].Do)
	}
	if !slices.Contains(c.marked, i) {
		c.marked = append(c.marked, i)
	}
	return c.close(m, c.several(c.marked))
}

// mark marks the choice under the cursor, or takes its mark off. What was typed to find it goes.
func (c *chooser) mark() {
	if c.cursor >= len(c.found) {
		return
	}
	i := c.found[c.cursor]
	if k := slices.Index(c.marked, i); k >= 0 {
		c.marked = slices.Delete(c.marked, k, k+1)
	} else {
		c.marked = append(c.marked, i)
	}
	if c.field.Value() != "" {
		c.field = field.New("", c.theme)
		c.filter()
	}
}

func (c *chooser) moveBy(n int) { c.cursor = max(0, min(c.cursor+n, c.lines()-1)) }

// lines returns the number of lines to choose from: the matches and, if free text is allowed and
// nothing is marked, what was typed.
func (c *chooser) lines() int {
	if c.other != nil && len(c.marked) == 0 && strings.TrimSpace(c.field.Value()) != "" {
		return len(c.found) + 1
	}
	return len(c.found)
}

func (c *chooser) update(m *Model, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.MouseWheelMsg:
		if msg.Button == tea.MouseWheelUp {
			c.moveBy(-1)
		} else {
			c.moveBy(1)
		}
	case tea.MouseClickMsg:
		return c.click(m, image.Pt(msg.X, msg.Y))
	case tea.PasteMsg:
		c.typeKey(msg)
	}
	return nil
}

func (c *chooser) setBox(box image.Rectangle) { c.box = box }

// click chooses the entry at a cell; a click outside the box closes the list.
func (c *chooser) click(m *Model, at image.Point) tea.Cmd {
	if !at.In(c.box) {
		return c.close(m, nil)
	}
	const above = 2 // lines of the box above the list, inside its border
	row := at.Y - c.box.Min.Y - c.theme.Box.GetBorderTopSize() - c.theme.Box.GetPaddingTop() - above
	if row < 0 || row >= c.rows || c.top+row >= c.lines() {
		return nil
	}
	c.cursor = c.top + row
	if c.cursor < len(c.found) {
		return c.choose(m, c.found[c.cursor])
	}
	return c.take(m)
}

func (c *chooser) draw(l look) (string, bool) {
	w := c.width(l)
	c.rows = max(1, min(len(c.choices)+c.lines()-len(c.found), l.height-6))
	more := 0
	if c.hasMore() {
		more = max(0, min(mostMore, l.height-6-4)) // at least four lines of the list
		c.rows = min(c.rows, l.height-6-more)
	}
	if c.hasKeys() {
		c.rows = min(c.rows, 10) // the rest is reached by typing, and the text stays visible
	}
	if c.spot != nil {
		const around = 4 // lines of the box above and below the list
		c.rows = min(c.rows, max(4, max(l.height-c.spot.Last-1, c.spot.First)-around))
	}
	c.top = max(0, min(c.top, c.cursor))
	c.top = max(c.top, c.cursor-c.rows+1)
	c.field.SetWidth(w - 4)
	count := fmt.Sprintf(" %d of %d", len(c.found), len(c.choices))
	head := c.theme.Title.Render(columns.Fit(clean.Line(c.title), w-len(count), l.method)) + c.theme.Muted.Render(count)
	lines := []string{head, c.theme.Key.Render("› ") + columns.Fit(c.field.View(), w-2, l.method)}
	for i := c.top; i < min(c.top+c.rows, c.lines()); i++ {
		lines = append(lines, c.row(i, w, l.method))
	}
	if c.lines() == 0 {
		lines = append(lines, c.theme.Muted.Render(columns.Fit("No matches; backspace widens the search", w, l.method)))
	}
	for len(lines) < c.rows+2 {
		lines = append(lines, strings.Repeat(" ", w))
	}
	lines = append(lines, c.drawDetails(more, w, l.method)...)
	return c.theme.Box.Render(strings.Join(lines, "\n")), false
}

// width returns the cells of a line of the list.
func (c *chooser) width(l look) int {
	w := max(20, min(76, l.width-8))
	switch {
	case c.spot != nil:
		return min(w, 52)
	case c.hasMore():
		return max(20, min(100, l.width-8))
	}
	return w
}

// mostMore is the most lines of explanation below the list.
const mostMore = 12

// hasMore reports whether any choice has an explanation.
func (c *chooser) hasMore() bool {
	return slices.ContainsFunc(c.choices, func(ch ui.Choice) bool { return ch.More != "" })
}

// drawDetails draws n lines that explain the choice under the cursor, starting with a rule.
func (c *chooser) drawDetails(n, w int, m ansi.Method) []string {
	if n < 2 {
		return nil
	}
	lines := []string{c.theme.Muted.Render(strings.Repeat("─", w))}
	if c.cursor < len(c.found) {
		for line := range strings.SplitSeq(c.choices[c.found[c.cursor]].More, "\n") {
			if len(lines) < n {
				lines = append(lines, c.theme.Muted.Render(columns.Fit(clean.Line(line), w, m)))
			}
		}
	}
	for len(lines) < n {
		lines = append(lines, strings.Repeat(" ", w))
	}
	return lines
}

// labelWidth returns the cells of the longest label, at least twelve and at most thirty.
func (c *chooser) labelWidth(m ansi.Method) int {
	n := 12
	for _, ch := range c.choices {
		n = max(n, columns.Width(clean.Line(ch.Label), m))
	}
	return min(n, 30)
}

// keyColumn returns the key of a choice and the width of the column in cells, 0 if no choice has a
// key.
func (c *chooser) keyColumn(ch ui.Choice) (string, int) {
	if !c.hasKeys() {
		return "", 0
	}
	return fmt.Sprintf("%-2s", ch.Key), 2
}

// hasKeys reports whether any choice has a key.
func (c *chooser) hasKeys() bool {
	return slices.ContainsFunc(c.choices, func(ch ui.Choice) bool { return ch.Key != "" })
}

func (c *chooser) row(i, w int, m ansi.Method) string {
	ch := ui.Choice{Label: "“" + strings.TrimSpace(c.field.Value()) + "”", Detail: "as typed"}
	if i < len(c.found) {
		ch = c.choices[c.found[i]]
	}
	keys, kw := c.keyColumn(ch)
	detail := columns.Cut(clean.Line(ch.Detail), w/2, m)
	dw := columns.Width(detail, m)
	if c.hasMore() { // details are aligned
		dw = w - kw - 3 - c.labelWidth(m)
		detail = columns.Fit(clean.Line(ch.Detail), dw, m)
	}
	if i < len(c.found) && slices.Contains(c.marked, c.found[i]) {
		ch.Label = "✓ " + ch.Label
	}
	label := columns.Fit(clean.Line(ch.Label), max(0, w-dw-kw-3), m)
	if i == c.cursor {
		return c.theme.Chosen.Render("› " + keys + label + " " + detail)
	}
	if ch.Color != nil {
		label = lipgloss.NewStyle().Foreground(ch.Color).Render(label)
	}
	return "  " + c.theme.Key.Render(keys) + label + " " + c.theme.Muted.Render(detail)
}
