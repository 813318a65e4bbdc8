package library

import (
	"strings"

	"byline/annotate/library"
	"byline/articles/clean"
	"byline/ui"
	"byline/ui/columns"
)

// A frame says what stands where; it is a function of the window and of what is shown.
type frame struct {
	width, height int
	list          int // cells of the list
	pane          int // cells of the pane beside it; 0 for none
	head          int // lines above the list
	foot          int // lines below it
	cols          []column
	title         int // cells of the title
}

// narrowest is how many cells a list of columns needs; below it a row has two lines.
const narrowest = 70

func (s *Screen) frame(width, height int) frame {
	f := frame{width: width, height: height, list: width, head: 2, foot: 1}
	if f.narrow() {
		f.head = 1
		if height < 16 {
			f.foot = 0
		}
		return f
	}
	if pane := s.pane.room(width); pane > 0 && height > 3 {
		f.pane, f.list = pane, width-pane
	}
	least := max(24, f.list*2/5)
	if f.pane > 0 {
		least = f.list / 2 // the pane says the rest
	}
	f.cols, f.title = s.fitting(f.list, least)
	return f
}

func (f *frame) narrow() bool { return f.width < narrowest }

// room returns how many lines the list has.
func (f *frame) room() int { return max(0, f.height-f.head-f.foot) }

// View implements [ui.Screen].
func (s *Screen) View(width, height int) string {
	f := s.frame(width, height)
	s.pane.drawn, s.pane.front = f, true
	lines := []string{s.header(&f)}
	if f.head > 1 {
		lines = append(lines, s.heads(&f))
	}
	s.list.Tall = 1
	if s.search.on || f.narrow() {
		s.list.Tall = 2
	}
	rows := s.list.Draw(f.list, f.room(), func(i int) []string { return s.row(&f, i) })
	if s.loads.done && s.list.Len == 0 {
		rows = s.nothing(f.list, f.room())
	}
	lines = append(lines, rows...)
	if f.foot > 0 {
		lines = append(lines, s.foot(&f))
	}
	if f.pane > 0 {
		s.beside(&f, lines)
	}
	return strings.Join(lines[:min(len(lines), height)], "\n")
}

// heads draws the names of the columns; that of what the list is sorted by stands out.
func (s *Screen) heads(f *frame) string {
	muted, strong := s.look.theme.Muted.Underline(true), s.look.theme.Strong.Underline(true)
	if s.search.on {
		order := "   best match first"
		if s.search.latest {
			order = "   latest first"
		}
		return muted.Render(columns.Fit(order, f.list, s.look.method))
	}
	draw := func(text string, by bool) string {
		if by {
			return strong.Render(text)
		}
		return muted.Render(text)
	}
	out := draw(columns.Fit("   title", 3+f.title, s.look.method), s.show.sort == byTitle)
	for _, c := range f.cols {
		by := c.sort == s.show.sort && c.sort != byTitle || c.width == 0 && s.show.sort == byOpened
		out += muted.Render(columns.Blank(gap)) + draw(s.cell(&c, s.heading(&c)), by)
	}
	return out + muted.Render(" ")
}

// cell fits text into a column.
func (s *Screen) cell(c *column, text string) string {
	if c.right {
		return columns.Right(text, s.wide(c), s.look.method)
	}
	return columns.Fit(text, s.wide(c), s.look.method)
}

// row draws one entry or one hit.
func (s *Screen) row(f *frame, i int) []string {
	chosen := i == s.list.Cursor
	if s.search.on {
		return s.hit(f, i, chosen)
	}
	e := &s.stock.entries[s.filter.shown[i]]
	w := s.look.well(e.Status, chosen)
	mark := w[sign].draw(" " + statusSign(e.Status) + " ")
	if f.narrow() {
		return []string{
			mark + s.look.fit(w, s.filter.pieces(title(e)), max(0, f.list-3)),
			w[dim].draw(columns.Fit("   "+s.details(e, f.list-4), f.list, s.look.method)),
		}
	}
	var b strings.Builder
	b.WriteString(mark + s.look.fit(w, s.filter.pieces(title(e)), f.title))
	pending, last := "", dim
	for _, c := range f.cols {
		text := c.text(s, e)
		as := c.ink
		if text == "0" || text == "…" {
			as = dim
		}
		if as != last {
			b.WriteString(w[last].draw(pending))
			pending, last = "", as
		}
		pending += columns.Blank(gap) + s.cell(&c, text)
	}
	b.WriteString(w[last].draw(pending + " "))
	return []string{b.String()}
}

// details says in at most width cells what columns would.
func (s *Screen) details(e *library.Entry, width int) string {
	parts := []string{minutes(e.Minutes()) + " min", clean.Line(e.Site), s.day(e)}
	if e.Progress > 0 {
		parts = append(parts, percent(e.Progress)+" read")
	}
	for _, n := range []struct {
		count int
		words string
	}{{e.Counts.People, people(e.Counts.People)}, {e.Counts.Organizations, plural(e.Counts.Organizations, "org")}, {e.Counts.Quotes, plural(e.Counts.Quotes, "quote")}} {
		if e.Annotated && n.count > 0 {
			parts = append(parts, n.words)
		}
	}
	if reviewed(e) > 0 {
		parts = append(parts, percent(reviewed(e))+" reviewed")
	}
	out, sep := "", ""
	for _, p := range parts {
		if p != "" && columns.Width(out+sep+p, s.look.method) <= width {
			out += sep + p
			sep = " · "
		}
	}
	return out
}

func people(n int) string {
	if n == 1 {
		return "1 person"
	}
	return strings.TrimSuffix(plural(n, "people"), "s")
}

// hit draws a hit: title, and the words around the first match.
func (s *Screen) hit(f *frame, i int, chosen bool) []string {
	h := &s.search.hits[i]
	w := s.look.well(h.Entry.Status, chosen)
	right := " " + clean.Line(h.Entry.Site) + "  " + s.dates.day(h.Entry.Date) + " "
	if f.narrow() {
		right = ""
	}
	right = columns.Cut(right, max(0, f.list/2), s.look.method)
	room := max(0, f.list-3-columns.Width(right, s.look.method))
	return []string{
		w[sign].draw(" "+statusSign(h.Entry.Status)+" ") + s.look.fit(w, []piece{{title(&h.Entry), false}}, room) + w[dim].draw(right),
		s.snippet(h, f.list),
	}
}

// snippet draws the words of a hit with the matches marked, from so far that the first
// match is in sight.
func (s *Screen) snippet(h *library.Hit, width int) string {
	w := &s.look.begun
	from := inSight(h, width/2)
	out, last := "   ", from
	if from > 0 {
		out += w[dim].draw("…")
	}
	for last < len(h.Snippet) && h.Snippet[last] == ' ' {
		last++
	}
	for _, m := range h.Matches {
		if m.Start < last || m.End > len(h.Snippet) {
			continue
		}
		out += w[dim].draw(clean.Line(h.Snippet[last:m.Start])) + w[hit].draw(clean.Line(m.In(h.Snippet)))
		last = m.End
	}
	return columns.Fit(out+w[dim].draw(clean.Line(h.Snippet[last:])), width, s.look.method)
}

// inSight returns where to begin a snippet so that at most so many bytes stand before
// its first match, at the beginning of a word if there is one.
func inSight(h *library.Hit, most int) int {
	if len(h.Matches) == 0 || h.Matches[0].Start <= most || h.Matches[0].Start > len(h.Snippet) {
		return 0
	}
	before := h.Snippet[:h.Matches[0].Start]
	at := len(before) - most
	if i := strings.IndexByte(before[at:], ' '); i >= 0 {
		return at + i + 1
	}
	return len(before)
}

// A hint is a way out of an empty list.
type hint struct{ key, what string }

// nothing says why the list is empty and what to do.
func (s *Screen) nothing(width, height int) []string {
	why, ways := s.why()
	var text []string
	if why != "" {
		text = append(text, s.look.theme.Strong.Render(why), "")
	}
	wide := 0
	for _, h := range ways {
		wide = max(wide, columns.Width(h.key, s.look.method))
	}
	for _, h := range ways {
		text = append(text, s.look.theme.Key.Render(columns.Right(h.key, wide, s.look.method))+"   "+s.look.theme.Muted.Render(h.what))
	}
	block := 0
	for _, l := range text {
		block = max(block, columns.Width(l, s.look.method))
	}
	left := columns.Blank(max(1, (width-block)/2))
	lines := make([]string, 0, height)
	for range max(0, (height-len(text))/3) {
		lines = append(lines, columns.Blank(width))
	}
	for _, l := range text {
		lines = append(lines, columns.Fit(left+l, width, s.look.method))
	}
	for len(lines) < height {
		lines = append(lines, columns.Blank(width))
	}
	return lines[:max(0, height)]
}

// key returns the key of an action as it is bound now.
func (s *Screen) key(a ui.Action) string {
	return ui.Key(a, ui.Rebind(s.Scopes(), s.look.keys))
}

func (s *Screen) why() (string, []hint) {
	switch {
	case s.search.on && s.search.query != s.search.answered:
		return "", nil // the answer is on its way
	case s.search.on && s.search.query == "":
		return "Search all texts, names and quotes", []hint{
			{`harbour "sea wall" -storm`, "words, phrases, none of these"}, {"harb*", "words that begin so"},
			{`person:lee org:halden`, "who is named"}, {`by:"Ann Lee" said:strike`, "quotes, by whom, with which words"},
			{"date:2026-01.. source:example.org", "when and where"}, {"tag:todo status:unread reviewed:<50%", "how far you are"},
			{"(a OR b) added:7d", s.key(complete) + " completes, " + s.key(saveQuery) + " saves"},
		}
	case s.search.on && s.search.wrong != "":
		return "The query is not understood: " + s.search.wrong, nil
	case s.search.on:
		return "Nothing is like that.", []hint{{"⌫", "fewer words find more"}, {s.key(Clear), "goes back to the list"}}
	case s.loads.failed && len(s.stock.entries) == 0:
		return "The library could not be read.", []hint{{s.key(Reload), "tries again"}}
	case len(s.stock.entries) == 0:
		return "The library is empty.", []hint{{s.key(Add), "adds a file or a folder"}, {"byline FILE", "in the shell adds and opens one"}}
	case s.filter.text != "":
		return "No article is like that.", []hint{{s.key(Clear), "shows all again"}, {s.key(Search), "searches in the texts"}}
	}
	return "No article is like that.", []hint{{s.key(Status), "the next status"}, {s.key(Clear), "shows all again"}}
}
