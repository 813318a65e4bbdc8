package app

import (
	"cmp"
	"fmt"
	"image"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/ui"
	"byline/ui/field"
	"byline/ui/theme"
)

// A chooser is a list that is narrowed by typing.
type chooser struct {
	ui.ChooseMsg
	found  []int // indices of choices, best first
	marked []int // indices of choices that are to be taken together, in the order they were marked
	cursor int
	top    int
	rows   int             // of the list when last drawn
	brief  int             // which of the forms of details are shown: see brevity
	pinned int             // the choice on the last line that is not in its place; 0 for none
	box    image.Rectangle // where it was last drawn
	field  field.Field
	theme  *theme.Theme
}

func newChooser(msg ui.ChooseMsg, th *theme.Theme) *chooser {
	c := &chooser{ChooseMsg: msg, field: field.New("", th), theme: th}
	c.filter()
	return c
}

func (c *chooser) anchor() *ui.Spot { return c.About }

func (c *chooser) restyle(th *theme.Theme) {
	c.theme = th
	c.field.Restyle(th)
}

// filter lists the choices that match what is typed, the best first.
func (c *chooser) filter() {
	c.cursor, c.top, c.found = 0, 0, c.found[:0]
	if strings.TrimSpace(c.field.Value()) == "" {
		c.cursor = max(0, min(c.At, len(c.Choices)-1))
	}
	ranks := make([]rank, len(c.Choices))
	for i, ch := range c.Choices {
		ranks[i] = match(c.field.Value(), target{name: ch.Label, also: ch.Also, detail: ch.Detail, topic: ch.Topic})
		if ranks[i] < noMatch {
			c.found = append(c.found, i)
		}
	}
	slices.SortStableFunc(c.found, func(a, b int) int { return cmp.Compare(ranks[a], ranks[b]) })
	if len(c.found) > 0 && ranks[c.found[0]] < scattered { // letters here and there are for typing errors, not beside words
		c.found = slices.DeleteFunc(c.found, func(i int) bool { return ranks[i] == scattered })
	}
}

const (
	chooseUp   ui.Action = "chooser.up"
	chooseDown ui.Action = "chooser.down"
	choosePgUp ui.Action = "chooser.page-up"
	choosePgDn ui.Action = "chooser.page-down"
	chooseThis ui.Action = "chooser.choose"
	chooseMark ui.Action = "chooser.mark"
	chooseNone ui.Action = "chooser.close"
	chooseWay  ui.Action = "chooser.way-" // and the number of the way
)

func (c *chooser) scope(m *Model) ui.Scope {
	scope := ui.Scope{
		Name: "chooser", Modal: true,
		Bindings: []ui.Binding{
			{Action: chooseThis, Keys: []string{"enter"}, Short: cmp.Or(c.Enter, "choose"), Help: "Choose the line, or the marked lines"},
			{Action: chooseUp, Keys: []string{"up", "ctrl+k", "shift+tab"}, Help: "Up a line"},
			{Action: chooseDown, Keys: []string{"down", "ctrl+j", "tab"}, Help: "Down a line"},
			{Action: choosePgUp, Keys: []string{"pgup"}, Help: "Up a page"},
			{Action: choosePgDn, Keys: []string{"pgdown"}, Help: "Down a page"},
			{Action: chooseNone, Keys: []string{"esc", "ctrl+c"}, Short: "close", Help: "Close the list"},
		},
		Handle: func(a ui.Action) (tea.Cmd, bool) { return c.handle(m, a), true },
		Text:   func(k tea.KeyPressMsg) tea.Cmd { return c.key(m, k) },
	}
	for i, w := range c.Ways {
		way := ui.Binding{Action: ui.Action(fmt.Sprint(chooseWay, i)), Keys: []string{w.Key}, Short: w.Short, Help: w.Short}
		scope.Bindings = slices.Insert(scope.Bindings, i+1, way)
	}
	if c.Several != nil {
		mark := ui.Binding{Action: chooseMark, Keys: []string{"+"}, Short: "several", Help: "Mark or unmark the line, to choose several"}
		scope.Bindings = slices.Insert(scope.Bindings, 1, mark)
	}
	return scope
}

// notifyWatcher calls Watch with the choice on line at.
func (c *chooser) notifyWatcher(at int) tea.Cmd {
	if c.Watch == nil {
		return nil
	}
	if at < 0 || at >= len(c.found) {
		return c.Watch(-1)
	}
	return c.Watch(c.found[at])
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
		for i, ch := range c.Choices {
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
	case chooseNone:
		return c.close(m, nil)
	default:
		return c.goWay(m, a)
	}
	return c.notifyWatcher(c.cursor)
}

// goWay does what another key than Enter does with the choice under the cursor.
func (c *chooser) goWay(m *Model, a ui.Action) tea.Cmd {
	for i, w := range c.Ways {
		if a == ui.Action(fmt.Sprint(chooseWay, i)) && c.cursor < len(c.found) {
			return c.close(m, w.Do(c.found[c.cursor]))
		}
	}
	return nil
}

// take takes what is marked, or else the line under the cursor; of a list that was narrowed, that
// with what is marked.
func (c *chooser) take(m *Model) tea.Cmd {
	switch {
	case c.cursor == len(c.found) && c.lines() > len(c.found):
		return c.close(m, c.Else(strings.TrimSpace(c.field.Value())))
	case len(c.found) == 0 && len(c.marked) > 0:
		return nil
	case len(c.found) == 0:
		return c.close(m, ui.Tell("Nothing to choose"))
	case len(c.marked) > 0 && c.field.Value() == "":
		return c.close(m, c.Several(c.marked))
	}
	return c.choose(m, c.found[c.cursor])
}

// choose takes choice i, with those that are marked.
func (c *chooser) choose(m *Model, i int) tea.Cmd {
	if len(c.marked) == 0 {
		return c.close(m, c.Choices[i].Do)
	}
	if !slices.Contains(c.marked, i) {
		c.marked = append(c.marked, i)
	}
	return c.close(m, c.Several(c.marked))
}

// mark marks the choice under the cursor, or takes its mark off. With the first, those are marked
// that are so already. What was typed to find it goes.
func (c *chooser) mark() {
	if c.cursor >= len(c.found) {
		return
	}
	i := c.found[c.cursor]
	switch k := slices.Index(c.marked, i); {
	case len(c.marked) == 0 && slices.Contains(c.Now, i):
		c.marked = slices.Clone(c.Now)
	case len(c.marked) == 0:
		c.marked = append(slices.Clone(c.Now), i)
	case k >= 0:
		c.marked = slices.Delete(c.marked, k, k+1)
	default:
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
	if c.Else != nil && len(c.marked) == 0 && strings.TrimSpace(c.field.Value()) != "" {
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
	c.cursor = c.choiceAt(row)
	if c.cursor < len(c.found) {
		return c.choose(m, c.found[c.cursor])
	}
	return c.take(m)
}
