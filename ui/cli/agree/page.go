package agree

import (
	"bufio"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"sync"

	"byline/annotate/agreement"
	"byline/articles/clean"
)

// style is the style sheet of a page, light and dark.
//
//go:embed page.css
var style string

// policy is what a page lets a browser do: apply its own style sheet, and nothing else.
var policy = sync.OnceValue(func() string {
	sum := sha256.Sum256([]byte("\n" + style))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
})

// A page is a report as HTML: one file without scripts, which loads nothing.
type page struct {
	*bufio.Writer
	*sheet
}

func writeHTML(w io.Writer, s *sheet) error {
	p := &page{bufio.NewWriter(w), s}
	p.head()
	p.matrix()
	p.typePlot()
	p.articlePlot()
	for _, x := range s.sections(0) {
		p.section(x)
	}
	p.notes()
	p.WriteString("</body>\n</html>\n")
	return p.Flush()
}

// printf writes HTML. It escapes those of args that are strings.
func (p *page) printf(format string, args ...any) {
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = html.EscapeString(clean.Line(s))
		}
	}
	fmt.Fprintf(p, format, args...)
}

func (p *page) head() {
	p.WriteString("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
	p.WriteString("<meta http-equiv=\"Content-Security-Policy\" content=\"" + policy() + "\">\n")
	p.printf("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"+
		"<meta name=\"color-scheme\" content=\"light dark\">\n<title>%s</title>\n", p.title)
	p.WriteString("<style>\n" + style + "</style>\n</head>\n<body>\n")
	p.printf("<header>\n<h1>%s</h1>\n", p.title)
	for _, line := range p.sheet.head() {
		p.printf("<p>%s</p>\n", line)
	}
	p.WriteString("</header>\n")
}

// mostInMatrix is the most annotators of a matrix; the pairs of more are only listed.
const mostInMatrix = 20

// matrix writes a square of annotators: names above the diagonal, quotes below it.
func (p *page) matrix() {
	if len(p.Pairs) < 2 || len(p.Annotators) > mostInMatrix {
		return
	}
	below, says := p.main(), p.main()
	if p.counts(agreement.Names) && p.counts(agreement.Quotes) {
		below, says = agreement.Quotes, "names above the diagonal, quotes below it"
	}
	p.WriteString("<section>\n<h2>Who agrees with whom</h2>\n<div class=\"scroll\">\n<table class=\"matrix\">\n<thead><tr><th></th>")
	for _, a := range p.Annotators {
		p.printf("<th scope=\"col\">%s</th>", a.Name)
	}
	p.WriteString("</tr></thead>\n<tbody>\n")
	for i, a := range p.Annotators {
		p.printf("<tr><th scope=\"row\">%s</th>", a.Name)
		for k, b := range p.Annotators {
			switch {
			case i == k:
				p.WriteString("<td>·</td>")
			case i < k:
				p.cell(p.at[key{agreement.Exact, p.main(), "", a.Name, b.Name}])
			default:
				p.cell(p.at[key{agreement.Exact, below, "", b.Name, a.Name}])
			}
		}
		p.WriteString("</tr>\n")
	}
	p.WriteString("</tbody>\n</table>\n</div>\n<p class=\"note\">")
	p.printf("Exact F1: %s, with 95 %% intervals.</p>\n</section>\n", says)
}

func (p *page) cell(f *agreement.Figure) {
	if f == nil || !f.Value.Defined() {
		p.WriteString("<td>n/a</td>")
		return
	}
	p.printf("<td class=\"q%d\">%s", shade(f.Value), f.Value.String())
	if in := interval(f); in != "" {
		p.printf("<small>%s</small>", in)
	}
	p.WriteString("</td>")
}

// shade returns a class of five for a value.
func shade(n agreement.Number) int {
	steps := []float64{.5, .667, .8, .9}
	i := 0
	for i < len(steps) && float64(n) >= steps[i] {
		i++
	}
	return i
}

func (p *page) section(x section) {
	p.printf("<section>\n<h2>%s</h2>\n<div class=\"scroll\">\n<table>\n<thead><tr>", x.title)
	words := func(i int) bool { return x.words && i == len(x.columns)-1 }
	for i, c := range x.columns {
		if words(i) {
			p.printf("<th scope=\"col\" class=\"words\">%s</th>", c)
		} else {
			p.printf("<th scope=\"col\">%s</th>", c)
		}
	}
	p.WriteString("</tr></thead>\n<tbody>\n")
	for _, row := range x.rows {
		p.printf("<tr><th scope=\"row\">%s</th>", row[0])
		for i, c := range row[1:] {
			if words(i + 1) {
				p.printf("<td class=\"words\">%s</td>", c)
			} else {
				p.printf("<td>%s</td>", c)
			}
		}
		p.WriteString("</tr>\n")
	}
	p.WriteString("</tbody>\n</table>\n</div>\n")
	if x.note != "" {
		p.printf("<p class=\"note\">%s</p>\n", x.note)
	}
	p.WriteString("</section>\n")
}

func (p *page) notes() {
	if len(p.Notes) > 0 {
		p.WriteString("<section>\n<h2>Notes</h2>\n")
		for _, n := range p.Notes {
			p.printf("<p>%s</p>\n", n)
		}
		p.WriteString("</section>\n")
	}
	p.WriteString("<footer>\n<p>Made with byline. F1 has no part of chance; κ, α and γ do: 0 is what chance gives, 1 is full agreement. Krippendorff takes α from .800 on as reliable, from .667 on for tentative conclusions.</p>\n</footer>\n")
}
