package library

import (
	"image/color"
	"path"
	"strconv"
	"strings"

	"charm.land/lipgloss/v2"

	"byline/annotate/library"
	"byline/articles/clean"
	"byline/ui/columns"
	"byline/ui/library/catalog"
)

// addPreview adds the preview to the right of the lines between header and footer.
func (p *page) addPreview(lines []string) {
	th, body := p.look.theme, p.height-1-p.foot
	text := p.previewText(p.previewWidth-3, body)
	lines[1] += th.Muted.Underline(true).Render("│ ") + text[0] + th.Muted.Underline(true).Render(" ")
	edge := p.look.drawDim("│") + " "
	for i := 1; i < body; i++ {
		lines[i+1] += edge + text[i] + " "
	}
}

// previewText draws the preview as height lines of width cells.
func (p *page) previewText(width, height int) []string {
	th, m := p.look.theme, p.look.method
	e := &p.current
	from := clean.Line(e.Site)
	if from == "" && e.Source != "" {
		from = clean.Line(path.Base(e.Source))
	}
	lines := []string{th.Muted.Underline(true).Render(columns.Between(from, " "+p.dates.Of(e.Date), width, m))}
	add := func(style func(...string) string, text ...string) {
		for _, l := range text {
			lines = append(lines, style(columns.Fit(l, width, m)))
		}
	}
	if e.ID != "" {
		add(th.Strong.Render, p.look.wrap(catalog.Title(e), width, 4)...)
		add(th.Muted.Render, p.look.wrap(details(e), width, 3)...)
		names := p.names(width)
		add(th.Text.Render, "")
		add(th.Text.Render, p.look.wrap(p.about.opening, width, height-len(lines)-len(names)-1)...)
		if len(names) > 0 {
			add(th.Text.Render, "")
			lines = append(lines, names...)
		}
	}
	for len(lines) < height {
		lines = append(lines, columns.Blank(width))
	}
	return lines[:height]
}

// details returns the facts that the columns may have no space for.
func details(e *library.Entry) string {
	parts := []string{}
	if e.Attempt != library.NoAttempt {
		parts = append(parts, e.Attempt.String())
	}
	if e.Author != "" {
		parts = append(parts, "by "+clean.Line(e.Author))
	}
	parts = append(parts, readingTime(e.Minutes()))
	if e.Read() > 0 {
		parts = append(parts, percent(e.Read())+" read")
	}
	if e.Reviewed() > 0 {
		parts = append(parts, percent(e.Reviewed())+" reviewed")
	}
	for _, t := range e.Tags {
		parts = append(parts, "#"+clean.Line(t))
	}
	return strings.Join(parts, " · ")
}

// names draws the most frequent people, then the most frequent organizations.
func (p *page) names(width int) []string {
	var out []string
	for _, part := range []struct {
		head  string
		color color.Color
		list  []name
		most  int
	}{{"PEOPLE", p.look.theme.Color.Person, p.about.people, 6}, {"ORGS", p.look.theme.Color.Organization, p.about.orgs, 4}} {
		if len(part.list) == 0 {
			continue
		}
		style := lipgloss.NewStyle().Foreground(part.color)
		if len(out) > 0 {
			out = append(out, columns.Blank(width))
		}
		out = append(out, style.Bold(true).Render(columns.Fit(part.head+" "+strconv.Itoa(len(part.list)), width, p.look.method)))
		if len(part.list) == part.most+1 {
			part.most++ // a name instead of a line that says there is one more
		}
		for _, n := range part.list[:min(part.most, len(part.list))] {
			count := " " + strconv.Itoa(n.count)
			out = append(out, style.Render(columns.Fit(n.text, max(0, width-len(count)), p.look.method))+p.look.drawDim(count))
		}
		if more := len(part.list) - part.most; more > 0 {
			out = append(out, p.look.drawDim(columns.Fit("… "+strconv.Itoa(more)+" more", width, p.look.method)))
		}
	}
	return out
}
