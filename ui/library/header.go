package library

import (
	"fmt"
	"strings"

	"byline/annotate/library"
	"byline/articles/clean"
	"byline/ui/columns"
)

// header draws the first line: the name of the list, and which part of it is shown.
func (p *page) header() string {
	th, m := p.look.theme, p.look.method
	name := th.Title.Render(" byline") + "   "
	if p.narrow() {
		name = " "
	}
	left, right := name+p.summary()+p.reading(), p.headerRight()
	if only := p.chosen(); only != "" && p.typing == nil && (columns.Width(right, m) > p.width-24 || columns.Width(left+right, m) > p.width) {
		left, right = name+only+p.reading(), ""
	}
	if p.typing != nil {
		label := th.Key.Render(p.typing.label) + " "
		p.typing.field.SetWidth(max(1, p.width-columns.Width(name+label+right, m)-2))
		left = name + label + p.typing.field.View()
	}
	whole := viewOf(p.keeper) != library.Everyone || p.search.on || p.catalog.FilterText() != "" // what is at the left
	if columns.Width(right, m) > p.width-24 || whole && columns.Width(left+right, m) > p.width {
		right = ""
	}
	return columns.Between(left, right, p.width, m)
}

// chosen says by which status and tag the list is narrowed, where there is no room for all that can be chosen, and what is left; empty
// if it is whole.
func (p *page) chosen() string {
	by := p.catalog.Arrangement()
	var only []string
	if by.Tag != "" {
		only = append(only, "#"+columns.Cut(clean.Line(by.Tag), 16, p.look.method))
	}
	if by.Status != "" {
		only = append(only, string(by.Status))
	}
	if len(only) == 0 || p.trash || p.search.on || p.state.pending() || p.catalog.FilterText() != "" {
		return ""
	}
	return p.look.theme.Key.Render(strings.Join(only, " ")) + "  " + p.look.theme.Muted.Render(p.foundCount())
}

// summary returns how many articles there are, or how many were found.
func (p *page) summary() string {
	th := p.look.theme
	switch {
	case p.state.pending():
		return ""
	case p.search.on:
		what := p.search.query
		if only := p.search.hits.FilterText(); only != "" {
			what += " / " + only
		}
		return p.found("search", what)
	case p.catalog.FilterText() != "":
		return p.found("filter", p.catalog.FilterText())
	}
	if p.trash {
		return th.Key.Render("trash") + "  " + th.Muted.Render(plural(p.catalog.Total(), "article"))
	}
	return th.Muted.Render(fmt.Sprintf("%s · %d unread", plural(p.catalog.Total(), "article"), p.catalog.CountUnread()))
}

// found returns what was looked for and how many were found, which is not cut.
func (p *page) found(how, what string) string {
	const around, least = 5, 8 // cells: beside and between the words, of what was looked for
	count := p.foundCount()
	room := p.width - around - len(how) - columns.Width(count, p.look.method)
	return p.look.theme.Key.Render(how) + " " + columns.Cut(clean.Line(what), max(least, room), p.look.method) + "  " + p.look.theme.Muted.Render(count)
}

// reading says whose decisions articles are opened with, and whose the list counts; empty for everybody's.
func (p *page) reading() string {
	v := viewOf(p.keeper)
	if v == library.Everyone {
		return ""
	}
	return p.look.theme.Accent.Render("   " + whoseReading(v))
}

// foundCount returns how many articles the filter or search found.
func (p *page) foundCount() string {
	switch {
	case p.search.on && p.typing != nil && p.search.unfinished() && (len(p.search.hits.Shown) == 0 || p.search.wrong != ""):
		return ""
	case p.search.on:
		return p.search.count()
	}
	const slim = 48 // cells
	if p.width < slim {
		return fmt.Sprintf("%d of %d", p.catalog.Len(), p.catalog.Total())
	}
	return fmt.Sprintf("%d of %s", p.catalog.Len(), plural(p.catalog.Total(), "article"))
}

// headerRight draws the right end of the header: the number of matches while a filter or query is
// typed, else the statuses to choose from and the order.
func (p *page) headerRight() string {
	th := p.look.theme
	if p.typing != nil {
		return th.Muted.Render(p.foundCount() + " ")
	}
	if p.search.on || p.state.pending() {
		return ""
	}
	if p.trash {
		return p.orderText()
	}
	by, out := p.catalog.Arrangement(), ""
	if by.Tag != "" {
		out += th.Strong.Render("#"+columns.Cut(clean.Line(by.Tag), 16, p.look.method)) + "   "
	}
	for _, t := range p.tabs() {
		if t.status == by.Status {
			out += th.Strong.Underline(true).Render(t.name) + "  "
			continue
		}
		out += th.Muted.Render(t.name) + "  "
	}
	return out + p.orderText()
}

// orderText returns how the list is sorted.
func (p *page) orderText() string {
	by, arrow := p.catalog.Arrangement(), "↓"
	if by.Reverse {
		arrow = "↑"
	}
	return p.look.theme.Muted.Render(" by " + by.Sort.String() + " " + arrow + " ")
}

// A tab is a status in the header that can be clicked.
type tab struct {
	name   string
	status library.Status
}

// tabs returns the statuses in the header, or in a narrow window only the current one.
func (p *page) tabs() []tab {
	all := make([]tab, len(statuses))
	for i, st := range statuses {
		all[i] = tab{string(st), st}
	}
	all[0].name = "all"
	if p.width >= 80 && p.catalog.FilterText() == "" || p.width >= 110 {
		return all
	}
	shown := p.catalog.Arrangement().Status
	for _, t := range all[1:] {
		if t.status == shown {
			return []tab{t}
		}
	}
	return nil
}

// footer draws the rule below the list, with details of the entry under the cursor and its number.
func (p *page) footer() string {
	e := &p.current
	parts := p.offers()
	offered := parts != nil
	if p.previewWidth == 0 && !offered {
		for _, text := range []string{e.Author, e.Site, e.Source} {
			if text = strings.TrimSpace(clean.Line(text)); text != "" {
				parts = append(parts, text)
			}
		}
		if len(e.Tags) > 0 {
			parts = append(parts, clean.Line("#"+strings.Join(e.Tags, " #")))
		}
	}
	right := "─"
	if p.list.Len > 0 {
		right = fmt.Sprintf(" %d/%d ─", p.list.Cursor+1, p.list.Len+p.toCome())
	}
	left, room := "", max(0, p.width-columns.Width(right, p.look.method))
	if len(parts) > 0 && room > 8 {
		text := columns.Cut(strings.Join(parts, " · "), room-4, p.look.method)
		if offered {
			text = p.joinOffers(parts, room-4)
		}
		left = "─ " + text + " "
	}
	rule := strings.Repeat("─", max(0, room-columns.Width(left, p.look.method)))
	return p.look.theme.Muted.Render(columns.Fit(left+rule+right, p.width, p.look.method))
}

// toCome returns how many entries of the list are still being loaded.
func (p *page) toCome() int {
	if p.search.on {
		return 0
	}
	return p.catalog.Coming.Entries
}

// joinOffers joins as many completions as fit into width cells, and at least the beginning of the
// first.
func (p *page) joinOffers(parts []string, width int) string {
	out := columns.Cut(parts[0], width, p.look.method)
	for i, text := range parts[1:] {
		more := out + " · " + text
		if columns.Width(more, p.look.method) > width {
			rest := fmt.Sprintf(" · %d more", len(parts)-1-i)
			if columns.Width(out+rest, p.look.method) <= width {
				out += rest
			}
			break
		}
		out = more
	}
	return out
}

// offers returns the last terms of the completions; nil for none.
func (p *page) offers() []string {
	if p.typing == nil || !p.typing.query {
		return nil
	}
	var out []string
	for _, text := range p.typing.field.Completions(12) {
		out = append(out, clean.Line(lastTerm(text)))
	}
	if out != nil {
		out[0] = p.key(complete) + " " + out[0]
	}
	return out
}
