package agree

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"byline/annotate/agreement"
	"byline/articles/clean"
)

// The sizes of plots, in pixels.
const (
	plotWidth  = 440
	plotLeft   = 10  // where the scale begins
	plotRight  = 380 // where it ends
	rowHeight  = 42  // of a label and of what is drawn below it
	labelWidth = plotWidth - plotLeft
)

// along returns where a value is on a scale from 0 to 1; lower values are at its beginning.
func along(n agreement.Number) int {
	x := math.Max(0, math.Min(1, float64(n)))
	return plotLeft + int(math.Round(x*(plotRight-plotLeft)))
}

func (p *page) beginPlot(title, says string, height int) {
	p.printf("<section>\n<h2>%s</h2>\n<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n", title, plotWidth, height, says)
	p.scale(height)
}

// scale draws the lines of a scale from 0 to 1, with numbers below.
func (p *page) scale(height int) {
	for i := range 6 {
		x := plotLeft + i*(plotRight-plotLeft)/5
		p.printf("<line class=\"rule\" x1=\"%d\" x2=\"%d\" y1=\"4\" y2=\"%d\"/><text class=\"muted mid\" x=\"%d\" y=\"%d\">%s</text>\n",
			x, x, height-22, x, height-6, fmt.Sprintf("%.1f", float64(i)/5))
	}
}

// mostTypes is the most types that are plotted.
const mostTypes = 30

// typePlot draws the exact F1 of each type with its interval.
func (p *page) typePlot() {
	var fs []*agreement.Figure
	for i := range p.Figures {
		if f := &p.Figures[i]; f.Measure == agreement.Exact && f.A == "" && f.Value.Defined() && len(fs) < mostTypes {
			fs = append(fs, f)
		}
	}
	if len(fs) == 0 {
		return
	}
	p.beginPlot("Exact F1 by type", "Exact F1 by type, with 95 % intervals", rowHeight*len(fs)+30)
	for i, f := range fs {
		label := f.Type
		switch {
		case f.Type == "":
			label = "all " + f.About
		case f.About == agreement.Quotes:
			label += " quotes"
		}
		p.row(i, label, f)
	}
	p.WriteString("</svg>\n</section>\n")
}

// row draws a figure with its interval, if it has one.
func (p *page) row(i int, label string, f *agreement.Figure) {
	y := rowHeight*i + 32
	p.printf("<text x=\"%d\" y=\"%d\">%s</text>", plotLeft, y-15, fitting(clean.Line(label), labelWidth))
	if f.From.Defined() && f.To.Defined() {
		p.printf("<line class=\"range\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>", along(f.From), along(f.To), y, y)
	}
	p.printf("<circle class=\"dot\" cx=\"%d\" cy=\"%d\" r=\"5\"/><text class=\"muted\" x=\"%d\" y=\"%d\">%s</text>\n",
		along(f.Value), y, plotRight+14, y+4, f.Value.String())
}

// fitting returns text cut to some pixels. Which font a browser has is not known, so letters are taken to be as wide as in wide ones.
func fitting(text string, pixels float64) string {
	wide := func(s string) float64 {
		w := 0.0
		for _, r := range s {
			switch {
			case strings.ContainsRune(" .,:;'!|ijlft-’I()[]", r):
				w += 5.5
			case strings.ContainsRune("mwMW—…%@&", r):
				w += 13
			case r >= 'A' && r <= 'Z':
				w += 10
			case r > unicode.MaxLatin1:
				w += 13
			default:
				w += 8.4
			}
		}
		return w
	}
	if wide(text) <= pixels {
		return text
	}
	all := []rune(text)
	for len(all) > 0 && wide(string(all)+"…") > pixels {
		all = all[:len(all)-1]
	}
	return strings.TrimRight(string(all), " ") + "…"
}

// mostRows is the most articles that are drawn one by one, bins in how many classes more of them are.
const (
	mostRows = 40
	bins     = 20
)

// articlePlot draws the exact F1 of each article, of what is [sheet.main], or how many articles have which.
func (p *page) articlePlot() {
	var fs []*agreement.Figure
	var titles []string
	for _, a := range p.leastFirst() {
		if f := figureOf(a.Figures, agreement.Exact, p.main()); f != nil && f.Value.Defined() {
			fs, titles = append(fs, f), append(titles, cmp.Or(strings.TrimSpace(a.Title), shortID(a.ID)))
		}
	}
	switch {
	case len(fs) < 2:
	case len(fs) <= mostRows:
		title := "Exact F1 of " + p.main() + " by article"
		p.beginPlot(title, title, rowHeight*len(fs)+30)
		for i, f := range fs {
			p.row(i, titles[i], f)
		}
		p.WriteString("</svg>\n</section>\n")
	default:
		p.histogram(fs)
	}
}

func (p *page) histogram(fs []*agreement.Figure) {
	var n [bins]int
	for _, f := range fs {
		n[min(bins-1, int(float64(f.Value)*bins))]++
	}
	most := slices.Max(n[:])
	const tall, height = 120, 176
	p.beginPlot("Exact F1 of "+p.main()+" by article", fmt.Sprintf("Number of articles by exact F1 of %s, %d in all", p.main(), len(fs)), height)
	for i, k := range n {
		if k == 0 {
			continue
		}
		x, next := along(agreement.Number(float64(i)/bins)), along(agreement.Number(float64(i+1)/bins))
		up := max(2, k*tall/most)
		p.printf("<rect class=\"bar\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/><text class=\"muted mid\" x=\"%d\" y=\"%d\">%d</text>\n",
			x+1, height-24-up, next-x-2, up, (x+next)/2, height-28-up, k)
	}
	p.WriteString("</svg>\n")
	p.printf("<p class=\"note\">%s; above each bar, how many.</p>\n</section>\n", counted(len(fs), "article"))
}
