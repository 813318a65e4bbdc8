package library

import (
	"fmt"
	"strings"

	"byline/annotate/library"
	"byline/articles/clean"
	"byline/ui/columns"
	"byline/ui/library/catalog"
)

// columnNames draws the names of the columns, highlighting the one that the list is sorted by.
func (p *page) columnNames() string {
	muted, strong := p.look.theme.Muted.Underline(true), p.look.theme.Strong.Underline(true)
	if p.search.on {
		order := "   best match first"
		if p.search.hits.ByTime {
			order = "   latest first"
		}
		names, width, more := p.hands()
		right := p.handCells(width, len(names), func(i int) string { return names[i] })
		if more > 0 {
			order += fmt.Sprintf(", %d people more", more)
		}
		return muted.Render(columns.Fit(order, p.listWidth-columns.Width(right, p.look.method), p.look.method) + right)
	}
	draw := func(text string, by bool) string {
		if by {
			return strong.Render(text)
		}
		return muted.Render(text)
	}
	out := draw(columns.Fit("   title", 3+p.titleWidth, p.look.method), p.catalog.Arrangement().Sort == catalog.ByTitle)
	for _, c := range p.columns {
		out += muted.Render(columns.Blank(gap)) + draw(p.cell(&c, p.heading(&c)), p.sorts(&c))
	}
	return out + muted.Render(" ")
}

// cell fits text into a column.
func (p *page) cell(c *column, text string) string {
	if c.right {
		return columns.Right(text, c.width, p.look.method)
	}
	return columns.Fit(text, c.width, p.look.method)
}

// row draws one entry or one hit.
func (p *page) row(i int) []string {
	current := i == p.list.Cursor
	if p.search.on {
		return p.hitRow(i, current)
	}
	e := p.catalog.At(i)
	w := p.look.row(e.Status, current)
	mark := w[sign].draw(" " + statusSign(e.Status) + " ")
	if p.narrow() {
		return []string{
			mark + p.title(w, e, max(0, p.listWidth-3)),
			w[dim].draw(columns.Fit("   "+p.details(e, p.listWidth-4), p.listWidth, p.look.method)),
		}
	}
	var b strings.Builder
	b.WriteString(mark + p.title(w, e, p.titleWidth))
	pending, last := "", dim
	for _, c := range p.columns {
		text := c.text(p, e)
		as := c.part
		if text == "0" || text == "…" {
			as = dim
		}
		if as != last {
			b.WriteString(w[last].draw(pending))
			pending, last = "", as
		}
		pending += columns.Blank(gap) + p.cell(&c, text)
	}
	b.WriteString(w[last].draw(pending + " "))
	return []string{b.String()}
}

// title draws the title of e and after it its tags, which take at most a third of the width, or half of it if they come after how
// its annotation stands.
func (p *page) title(w *rowStyle, e *library.Entry, width int) string {
	most := width / 3
	if e.Attempt != library.NoAttempt {
		most = width / 2
	}
	text, tags := catalog.Title(e), columns.Cut(asides(e), most, p.look.method)
	if tags == "" {
		return p.look.drawPieces(w, p.catalog.Pieces(text), width)
	}
	tags = "  " + tags
	room := width - columns.Width(tags, p.look.method)
	room = min(room, columns.Width(text, p.look.method))
	return p.look.drawPieces(w, p.catalog.Pieces(text), room) + w[dim].draw(columns.Fit(tags, width-room, p.look.method))
}

// details returns in at most width cells what the columns would show.
func (p *page) details(e *library.Entry, width int) string {
	parts := []string{readingTime(e.Minutes()), clean.Line(e.Site), p.day(e)}
	if e.Read() > 0 {
		parts = append(parts, percent(e.Read())+" read")
	}
	for _, n := range []struct {
		count int
		words string
	}{{e.Counts.People, people(e.Counts.People)}, {e.Counts.Organizations, plural(e.Counts.Organizations, "org")}, {e.Counts.Quotes, plural(e.Counts.Quotes, "quote")}} {
		if e.Annotated && n.count > 0 {
			parts = append(parts, n.words)
		}
	}
	if e.Reviewed() > 0 {
		parts = append(parts, percent(e.Reviewed())+" reviewed")
	}
	out, sep := "", ""
	for _, text := range parts {
		if text != "" && columns.Width(out+sep+text, p.look.method) <= width {
			out += sep + text
			sep = " · "
		}
	}
	return out
}

// hitRow draws a hit: its title, and the words around the first match.
func (p *page) hitRow(i int, current bool) []string {
	h := &p.search.hits.Shown[i]
	w := p.look.row(h.Entry.Status, current)
	right := " " + clean.Line(h.Entry.Site) + "  " + p.dates.Of(h.Entry.Date) + " "
	if p.narrow() {
		right = ""
	}
	if names, width, _ := p.hands(); len(names) > 0 {
		right = p.handCells(width, len(names), func(i int) string { return handSign(h, p.people[i]) })
	}
	right = columns.Cut(right, max(0, p.listWidth/2), p.look.method)
	room := max(0, p.listWidth-3-columns.Width(right, p.look.method))
	return []string{
		w[sign].draw(" "+statusSign(h.Entry.Status)+" ") + p.look.drawPieces(w, p.search.hits.Pieces(catalog.Title(&h.Entry)), room) + w[dim].draw(right),
		p.under(h),
	}
}

// under draws the line below the title of a hit: its snippet or, where there is no room for columns, who has it.
func (p *page) under(h *library.Hit) string {
	if len(h.Hands) == 0 || !p.narrow() {
		return p.snippet(h, p.listWidth)
	}
	return p.look.styles[reading][dim].draw(columns.Fit("   "+p.handWords(h, p.listWidth-4), p.listWidth, p.look.method))
}

// snippet draws the snippet of a hit with the matches highlighted, starting where the first match
// is visible.
func (p *page) snippet(h *library.Hit, width int) string {
	w := &p.look.styles[reading]
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
	return columns.Fit(out+w[dim].draw(clean.Line(h.Snippet[last:])), width, p.look.method)
}

// inSight returns the offset to start a snippet at, so that at most most bytes come before its
// first match, at the start of a word if possible.
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
