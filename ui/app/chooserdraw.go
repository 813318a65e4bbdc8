package app

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/articles/clean"
	"byline/ui"
	"byline/ui/columns"
)

// Sizes of a list, in cells and lines.
const (
	around      = 4  // lines of the box above and below the list
	leastList   = 76 // cells of a line where there is room
	mostList    = 120
	leastBeside = 52 // beside what the list is about
	mostBeside  = 72
	mostKeyed   = 10 // lines where choices have keys: the rest is reached by typing, and the text stays visible
	mostMore    = 14 // lines of explanation below the list
)

func (c *chooser) draw(l look) string {
	w := c.width(l)
	c.brief = c.brevity(w, l.method)
	more := c.layout(w, l)
	c.top = max(0, min(c.top, c.cursor))
	c.top = max(c.top, c.cursor-c.rows+1)
	c.layPin()
	c.field.SetWidth(w - 4)
	count := c.count()
	head := c.theme.Title.Render(columns.Fit(clean.Line(c.Title), w-columns.Width(count, l.method), l.method)) + c.theme.Muted.Render(count)
	lines := []string{head, c.theme.Key.Render("› ") + columns.Fit(c.field.View(), w-2, l.method)}
	for row := range min(c.rows, c.lines()-c.top) {
		lines = append(lines, c.row(c.choiceAt(row), w, l.method))
	}
	if c.lines() == 0 {
		lines = append(lines, c.theme.Muted.Render(columns.Fit(noMatches(w), w, l.method)))
	}
	for len(lines) < c.rows+2 {
		lines = append(lines, strings.Repeat(" ", w))
	}
	lines = append(lines, c.drawDetails(more, w, l.method)...)
	return framed(c.theme, lines, w, l.method)
}

// noMatches says, in w cells, that nothing matches what is typed.
func noMatches(w int) string {
	const words = "No matches; backspace widens the search"
	if len(words) > w {
		return "No matches; backspace widens"
	}
	return words
}

// layPin keeps the choice of nothing, whose key is 0, on the last line of a list that is too long to
// show it in its place.
func (c *chooser) layPin() {
	c.pinned = 0
	if strings.TrimSpace(c.field.Value()) != "" || c.rows < 2 {
		return
	}
	none := slices.IndexFunc(c.Choices, func(ch ui.Choice) bool { return ch.Key == "0" })
	if none < c.top+c.rows || c.cursor >= none {
		return
	}
	if c.cursor == c.top+c.rows-1 {
		c.top++ // the line of the cursor is taken
	}
	if none > c.top+c.rows-1 {
		c.pinned = none
	}
}

// choiceAt returns the index in found of what a line of the list shows, counted from the first that is
// on the screen.
func (c *chooser) choiceAt(row int) int {
	if c.pinned > 0 && row == c.rows-1 {
		return c.pinned
	}
	return c.top + row
}

// count says which of the lines are shown where there are more, or how many choices what is typed
// leaves.
func (c *chooser) count() string {
	switch all := c.lines(); {
	case c.pinned > 0 && c.rows > 1:
		return fmt.Sprintf(" %d–%d of %d", c.top+1, c.top+c.rows-1, all)
	case all > c.rows:
		return fmt.Sprintf(" %d–%d of %d", c.top+1, min(c.top+c.rows, all), all)
	case len(c.found) < len(c.Choices):
		return fmt.Sprintf(" %d of %d", len(c.found), len(c.Choices))
	}
	return ""
}

// layout sets the lines of the list, and returns those of the explanation below it.
func (c *chooser) layout(w int, l look) (more int) {
	room := max(1, l.height-around)
	if room > 16 {
		room -= 2 // a little of the text shows above and below
	}
	c.rows = min(len(c.Choices)+c.lines()-len(c.found), room)
	switch {
	case c.brief > 0 && room >= 5:
		more = min(c.wholeLines(w, l.method)+1, room/2)
		c.rows = min(c.rows, room-more)
	case c.hasMore() && room >= 5:
		more = min(mostMore, room/2)
		c.rows = min(c.rows, room-more)
		more = min(more+2, room-c.rows)
	}
	if c.hasKeys() {
		c.rows = min(c.rows, mostKeyed)
	}
	if c.About != nil {
		c.rows = min(c.rows, max(4, max(l.height-c.About.Last-1, c.About.First)-around))
	}
	c.rows = max(1, min(c.rows, room))
	return more
}

// width returns the cells of a line of the list: as many as its choices need, within bounds.
func (c *chooser) width(l look) int {
	want, most := leastList, mostList
	if c.About != nil {
		want, most = leastBeside, mostBeside
	}
	want = max(want, columns.Width(clean.Line(c.Title), l.method)+len(" 10-19 of 99"))
	for _, ch := range c.Choices {
		want = max(want, columns.Width(clean.Line(ch.Label), l.method)+columns.Width(clean.Line(ch.Detail), l.method)+7)
	}
	want += c.signs()
	if c.hasMore() {
		want = most
	}
	beside := 8 // cells beside a line: the box, and what is left of the screen
	if l.width < narrow {
		beside = 4
	}
	return max(20, min(want, most, l.width-beside))
}

// signs returns the cells before labels for the sign of what is so now.
func (c *chooser) signs() int {
	if len(c.Now) > 0 {
		return 2
	}
	return 0
}

// narrow is the width of a window below which a list takes all of it.
const narrow = 60

// brevity returns which of the forms of their details the choices have, so that they fit into lines of w cells: 0 for Detail itself, 1 for
// the first of Briefs, and so on.
func (c *chooser) brevity(w int, m ansi.Method) int {
	if len(c.Choices) == 0 {
		return 0
	}
	last := len(c.Choices[0].Briefs)
	for n := range last {
		label, detail := 0, 0
		for _, ch := range c.Choices {
			label = max(label, columns.Width(clean.Line(ch.Label), m))
			detail = max(detail, columns.Width(clean.Line(briefly(ch, n)), m))
		}
		if label+c.signs()+1+detail <= w-4 {
			return n
		}
	}
	return last
}

// briefly returns the detail of a choice in its n-th form.
func briefly(ch ui.Choice, n int) string {
	if n == 0 || n > len(ch.Briefs) {
		return ch.Detail
	}
	return ch.Briefs[n-1]
}

// whole returns a choice with its detail at full length.
func whole(ch ui.Choice) string { return strings.TrimSpace(ch.Label) + ": " + ch.Detail }

// wholeLines returns how many lines of w cells the details take that are not in the list at full length.
func (c *chooser) wholeLines(w int, m ansi.Method) (n int) {
	for _, ch := range c.Choices {
		n = max(n, len(explain(whole(ch), mostMore, w, m)))
	}
	return n
}

// hasMore reports whether any choice has an explanation.
func (c *chooser) hasMore() bool {
	return slices.ContainsFunc(c.Choices, func(ch ui.Choice) bool { return ch.More != "" })
}

// besideLeast is the width from which details stand beside the labels of choices that have an
// explanation. In a narrower list they are part of it.
const besideLeast = 60

// drawDetails draws n lines that explain the choice under the cursor, starting with a rule.
func (c *chooser) drawDetails(n, w int, m ansi.Method) []string {
	if n < 2 {
		return nil
	}
	lines := []string{c.theme.Muted.Render(strings.Repeat("─", w))}
	if c.cursor < len(c.found) {
		ch := c.Choices[c.found[c.cursor]]
		switch {
		case c.brief > 0:
			ch.More = whole(ch)
		case w < besideLeast:
			words, file, _ := strings.Cut(ch.More, "\n\n")
			ch.More = words + "\n" + ch.Detail + "\n\n" + file
		}
		for _, line := range explain(ch.More, n-1, w, m) {
			lines = append(lines, c.theme.Muted.Render(columns.Fit(line, w, m)))
		}
	}
	for len(lines) < n {
		lines = append(lines, strings.Repeat(" ", w))
	}
	return lines
}

// explain returns the first n lines of text. What stands before a blank line is wrapped to width cells, what
// follows, the beginning of a file, is cut; a last line of … says that there is more.
func explain(text string, n, width int, m ansi.Method) []string {
	words, file, _ := strings.Cut(text, "\n\n")
	var lines []string
	for line := range strings.SplitSeq(words, "\n") {
		lines = append(lines, strings.Split(m.Wrap(clean.Line(line), width, ""), "\n")...)
	}
	if file != "" {
		lines = append(lines, "")
		for line := range strings.SplitSeq(file, "\n") {
			lines = append(lines, clean.Line(line))
		}
	}
	if len(lines) > n {
		lines = append(lines[:n-1], "…")
	}
	return lines
}

// alignedWidth returns the cells for labels of which the details stand below each other, of room for both.
func (c *chooser) alignedWidth(room int, m ansi.Method) int {
	label, detail := 0, 0
	for _, ch := range c.Choices {
		label = max(label, columns.Width(clean.Line(ch.Label), m))
		detail = max(detail, columns.Width(clean.Line(briefly(ch, c.brief)), m))
	}
	return min(label+c.signs()+1, max(room/2, room-detail))
}

// labelWidth returns the cells of the longest label, at least twelve and at most thirty.
func (c *chooser) labelWidth(m ansi.Method) int {
	n := 12
	for _, ch := range c.Choices {
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
	return slices.ContainsFunc(c.Choices, func(ch ui.Choice) bool { return ch.Key != "" })
}

func (c *chooser) row(i, w int, m ansi.Method) string {
	ch := ui.Choice{Label: "“" + strings.TrimSpace(c.field.Value()) + "”", Detail: "as typed"}
	if i < len(c.found) {
		ch = c.Choices[c.found[i]]
	}
	keys, kw := c.keyColumn(ch)
	if i < len(c.found) && slices.Contains(c.marked, c.found[i]) {
		ch.Label = "✓ " + ch.Label
	} else if len(c.marked) == 0 && i < len(c.found) && slices.Contains(c.Now, c.found[i]) {
		ch.Label = "● " + ch.Label
	}
	ch.Label, ch.Detail = clean.Line(ch.Label), clean.Line(briefly(ch, c.brief))
	room := max(0, w-kw-3) // for both
	lw := room - min(columns.Width(ch.Detail, m), max(room/2, room-columns.Width(ch.Label, m)))
	switch {
	case c.hasMore() && w < besideLeast:
		ch.Detail, lw = "", room
	case c.hasMore(): // details are aligned
		lw = min(c.labelWidth(m), room)
	case c.Aligned:
		lw = c.alignedWidth(room, m)
	}
	label, detail := columns.Fit(ch.Label, lw, m), columns.Fit(ch.Detail, room-lw, m)
	if i == c.cursor {
		return c.theme.Chosen.Render("› " + keys + label + " " + detail)
	}
	if ch.Color != nil {
		label = lipgloss.NewStyle().Foreground(ch.Color).Render(label)
	}
	return "  " + c.theme.Key.Render(keys) + label + " " + c.theme.Muted.Render(detail)
}
