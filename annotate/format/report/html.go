package report

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/offsets"
	"byline/annotate/format/standoff"
	"byline/articles"
)

// style is the style sheet of a report, light and dark.
//
//go:embed report.css
var style string

// policy is what a report lets a browser do: apply its own style sheet, and nothing else. No script runs and nothing is loaded,
// whatever a text, a name or a note holds.
var policy = sync.OnceValue(func() string {
	sum := sha256.Sum256([]byte("\n" + style))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
})

// writeHTML writes a report that needs neither a network nor scripts: who is named, who
// said how much and what, and the text with names and quotes marked. Claims that nobody
// decided on look different from those that a person made or confirmed. Claims that cross
// are written in pieces with one data-id.
func writeHTML(w io.Writer, d *format.Document, _ format.Options) error {
	r := &htmlWriter{Writer: bufio.NewWriter(w), d: d, names: map[string]string{}}
	r.collect()
	r.writeHead()
	r.nameList()
	r.writeChart()
	r.quoteList()
	r.passages()
	r.text()
	r.foot()
	r.WriteString("</body>\n</html>\n")
	return r.Flush()
}

// An htmlWriter writes a document as HTML.
type htmlWriter struct {
	*bufio.Writer
	d        *format.Document
	entities []*annotate.Entity
	quotes   []*annotate.Quote
	names    map[string]string
	decided  *format.Deciders
	marks    []highlight
	widest   int    // length of the longest mark, in bytes
	open     string // the open element around blocks: "table", "ul"
	quoted   int    // open block quotes
}

// A highlight is a claim as it is marked in the text.
type highlight struct {
	articles.Span
	id, class, title string
}

func (r *htmlWriter) collect() {
	r.decided = r.d.Deciders()
	for i := range r.d.Layer.Entities {
		e := &r.d.Layer.Entities[i]
		if !slices.ContainsFunc(e.Mentions, standoff.Alive) {
			continue
		}
		r.entities = append(r.entities, e)
		r.names[e.ID] = e.Name
		for k, m := range e.Mentions {
			if standoff.Alive(m) {
				by := standoff.By(m.State, m.Origin)
				r.marks = append(r.marks, highlight{m.Span, fmt.Sprintf("%s-%d", e.ID, k+1), kindClass(e.Type) + " " + whoClass(by), e.Name + ", " + string(e.Type) + ", " + r.certainty(by, annotate.OfMention, m.Span)})
			}
		}
	}
	slices.SortStableFunc(r.entities, func(a, b *annotate.Entity) int { return cmp.Compare(standoff.Rank(a.Type), standoff.Rank(b.Type)) })
	for _, q := range r.d.Layer.Quotes {
		if q.State == annotate.Rejected {
			continue
		}
		r.quotes = append(r.quotes, q)
		by := standoff.By(q.State, q.Origin)
		r.marks = append(r.marks, highlight{q.Span, fmt.Sprintf("q%d", len(r.quotes)), "quote " + whoClass(by), cmp.Or(annotate.JoinNames(r.by(q)), "unattributed") + ", " + string(q.Type) + " quote, " + r.certainty(by, annotate.OfQuote, q.Span)})
	}
	slices.SortStableFunc(r.marks, func(a, b highlight) int { return a.Compare(b.Span) })
	for _, m := range r.marks {
		r.widest = max(r.widest, m.Len())
	}
}

// kindClass returns the class of a type: its name if it is one of the engine's, else
// "own".
func kindClass(t annotate.Type) string {
	if standoff.Rank(t) < 4 {
		return string(t)
	}
	return "own"
}

// whoClass returns the class of who made a claim.
func whoClass(by standoff.Provenance) string { origin, _ := by.Words(); return origin }

func esc(s string) string { return html.EscapeString(s) }

// printf writes HTML. It escapes those of args that are strings.
func (r *htmlWriter) printf(format string, args ...any) {
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = esc(s)
		}
	}
	fmt.Fprintf(r, format, args...)
}

func (r *htmlWriter) writeHead() {
	title := cmp.Or(strings.TrimSpace(r.d.Title), "Untitled")
	r.printf("<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", cmp.Or(r.d.Language, "en"))
	r.WriteString("<meta http-equiv=\"Content-Security-Policy\" content=\"" + policy() + "\">\n")
	r.printf("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"+
		"<meta name=\"color-scheme\" content=\"light dark\">\n<title>%s</title>\n", title)
	r.WriteString("<style>\n" + style + "</style>\n</head>\n<body>\n")
	r.printf("<header>\n<h1>%s</h1>\n", title)
	var parts []string
	for _, p := range []string{r.d.Author, r.d.Site} {
		if p != "" {
			parts = append(parts, esc(p))
		}
	}
	if !r.d.Date.IsZero() {
		parts = append(parts, fmt.Sprintf(`<time datetime="%s">%s</time>`, r.d.Date, r.d.Date.Words()))
	}
	if !r.d.Updated.IsZero() {
		parts = append(parts, fmt.Sprintf(`updated <time datetime="%s">%s</time>`, r.d.Updated, r.d.Updated.Words()))
	}
	if u, err := url.Parse(r.d.Address()); err == nil && u.Host != "" {
		parts = append(parts, fmt.Sprintf(`<a href="%s" rel="noreferrer">%s</a>`, esc(u.String()), esc(u.Host)))
	}
	if filepath.IsAbs(r.d.Source) {
		parts = append(parts, esc(filepath.Base(r.d.Source))) // the folders are nobody's business
	}
	if len(parts) > 0 {
		r.WriteString("<p class=\"from\">" + strings.Join(parts, " · ") + "</p>\n")
	}
	r.WriteString("</header>\n")
}

// nameList writes who is named: people, organizations, places and types of the user's
// own.
func (r *htmlWriter) nameList() {
	if len(r.entities) == 0 {
		return
	}
	r.WriteString("<section>\n<h2>People, organizations and other names</h2>\n<ul class=\"cast\">\n")
	for _, e := range r.entities {
		n, first := 0, ""
		human := false
		for k, m := range e.Mentions {
			if standoff.Alive(m) {
				n++
				human = human || whoClass(standoff.By(m.State, m.Origin)) == standoff.Human
				first = cmp.Or(first, fmt.Sprintf("%s-%d", e.ID, k+1))
			}
		}
		by := map[bool]string{true: standoff.Human, false: standoff.Machine}[human]
		r.printf("<li><a class=\"%s %s\" href=\"#%s\">%s</a> <span class=\"kind\">%s</span> <span class=\"count\">%d</span></li>\n",
			kindClass(e.Type), by, first, cmp.Or(strings.TrimSpace(e.Name), "unnamed"), string(e.Type), n)
	}
	r.WriteString("</ul>\n</section>\n")
}

// A speakerShare is what one speaker said: how many words, in which quotes.
type speakerShare struct {
	id     string
	name   string
	words  int
	quotes []int // indices of quotes
}

// by returns the names of the speakers of q.
func (r *htmlWriter) by(q *annotate.Quote) []string {
	var out []string
	for _, id := range r.named(q) {
		out = append(out, r.names[id])
	}
	return out
}

// named returns the IDs of the speakers of q that have a name.
func (r *htmlWriter) named(q *annotate.Quote) []string {
	return slices.DeleteFunc(q.Speakers(), func(id string) bool { return r.names[id] == "" })
}

// with says who else than the speaker with an ID said q.
func (r *htmlWriter) with(q *annotate.Quote, id string) string {
	var others []string
	for _, other := range r.named(q) {
		if other != id {
			others = append(others, r.names[other])
		}
	}
	if len(others) == 0 {
		return ""
	}
	return ", with " + annotate.JoinNames(others)
}

// speakers returns the speakers, those who said most first, and nobody last. What several said
// counts for each.
func (r *htmlWriter) speakers() []speakerShare {
	var out []speakerShare
	at := map[string]int{}
	for i, q := range r.quotes {
		ids := r.named(q)
		if len(ids) == 0 {
			ids = []string{""}
		}
		for _, id := range ids {
			k, ok := at[id]
			if !ok {
				k = len(out)
				at[id] = k
				out = append(out, speakerShare{id: id, name: r.names[id]})
			}
			out[k].words += len(strings.Fields(q.In(r.d.Text)))
			out[k].quotes = append(out[k].quotes, i)
		}
	}
	slices.SortStableFunc(out, func(a, b speakerShare) int {
		if (a.name == "") != (b.name == "") {
			return map[bool]int{true: 1, false: -1}[a.name == ""]
		}
		return cmp.Compare(b.words, a.words)
	})
	return out
}

// The sizes of the chart, in pixels but for mostBars.
const (
	mostBars   = 12
	barHeight  = 26
	barStart   = 160
	barLength  = 250
	chartWidth = 500 // with room for "1,234 words" beside the longest bar
)

// writeChart draws how many words each speaker said.
func (r *htmlWriter) writeChart() {
	vs := r.speakers()
	if len(vs) < 2 {
		return
	}
	vs = vs[:min(len(vs), mostBars)]
	most := 1
	for _, v := range vs {
		most = max(most, v.words)
	}
	height := barHeight*len(vs) + 4
	fmt.Fprintf(r, "<section>\n<h2>Words quoted per speaker</h2>\n<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Words quoted per speaker\">\n", chartWidth, height)
	for i, v := range vs {
		y := i * barHeight
		name := truncate(cmp.Or(strings.Join(strings.Fields(v.name), " "), "unattributed"), 24)
		length := max(2, v.words*barLength/most)
		r.printf("<text x=\"%d\" y=\"%d\" class=\"label\">%s</text><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"14\" rx=\"3\"/><text x=\"%d\" y=\"%d\" class=\"value\">%s</text>\n",
			barStart-10, y+17, name, barStart, y+6, length, barStart+length+8, y+17, counted(v.words, "word"))
	}
	r.WriteString("</svg>\n</section>\n")
}

// truncate returns s, cut to at most n code points.
func truncate(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return offsets.First(s, n-1) + "…"
}

// quoteList writes the quotes by speaker.
func (r *htmlWriter) quoteList() {
	if len(r.quotes) == 0 {
		return
	}
	r.WriteString("<section>\n<h2>Quotes by speaker</h2>\n")
	for _, v := range r.speakers() {
		r.printf("<h3>%s</h3>\n<ol class=\"said\">\n", cmp.Or(strings.TrimSpace(v.name), "Unattributed"))
		for _, i := range v.quotes {
			q := r.quotes[i]
			r.printf("<li class=\"%s\"><a href=\"#q%d\">%s</a>%s</li>\n", whoClass(standoff.By(q.State, q.Origin)), i+1, strings.Join(strings.Fields(q.In(r.d.Text)), " "), r.with(q, v.id))
		}
		r.WriteString("</ol>\n")
	}
	r.WriteString("</section>\n")
}

// passages lists the notes and highlights of passages.
func (r *htmlWriter) passages() {
	noted := r.d.Layer.Passages()
	if len(noted) == 0 {
		return
	}
	r.WriteString("<section>\n<h2>Notes and highlights</h2>\n<ul>\n")
	for _, n := range noted {
		r.printf("<li>“%s” — %s</li>\n", n.In(r.d.Text), saidOf(&n))
	}
	r.WriteString("</ul>\n</section>\n")
}

// text writes the blocks of the article.
func (r *htmlWriter) text() {
	r.WriteString("<article>\n")
	blocks := r.d.Blocks
	if len(blocks) == 0 {
		blocks = standoff.Paragraphs(r.d.Text)
	}
	for i := range blocks {
		r.block(&blocks[i])
	}
	r.wrap("", 0)
	r.WriteString("</article>\n")
}

// wrap closes and opens what is around the next block: block quotes, and an element that
// several blocks share.
func (r *htmlWriter) wrap(element string, quotes int) {
	if r.open != "" && (r.open != element || r.quoted != quotes) {
		r.WriteString("</" + r.open + ">\n")
		r.open = ""
	}
	for ; r.quoted > quotes; r.quoted-- {
		r.WriteString("</blockquote>\n")
	}
	for ; r.quoted < quotes; r.quoted++ {
		r.WriteString("<blockquote>\n")
	}
	if element != "" && r.open == "" {
		r.WriteString("<" + element + ">\n")
		r.open = element
	}
}

func (r *htmlWriter) block(b *articles.Block) {
	element := map[articles.BlockKind]string{articles.Row: "table", articles.Item: "ul"}[b.Kind]
	r.wrap(element, b.Quote)
	switch b.Kind {
	case articles.Heading:
		level := min(6, max(1, b.Level)+2)
		r.WriteString(fmt.Sprintf("<h%d>%s</h%d>\n", level, r.inline(b.Span), level))
	case articles.Item:
		fmt.Fprintf(r, "<li class=\"level%d\"><span class=\"marker\">%s</span> %s</li>\n", min(b.Level, 9), esc(b.Marker), r.inline(b.Span))
	case articles.Code:
		r.WriteString("<pre>" + r.inline(b.Span) + "</pre>\n")
	case articles.Row:
		r.row(b)
	case articles.Rule:
		r.WriteString("<hr>\n")
	case articles.Caption:
		r.WriteString("<p class=\"caption\">" + r.inline(b.Span) + "</p>\n")
	case articles.Attribution:
		r.WriteString("<footer>" + r.inline(b.Span) + "</footer>\n")
	default:
		r.WriteString("<p>" + strings.ReplaceAll(r.inline(b.Span), "\n", "<br>\n") + "</p>\n")
	}
}

func (r *htmlWriter) row(b *articles.Block) {
	cell := map[bool]string{true: "th", false: "td"}[b.Head]
	cells := b.Cells
	if len(cells) == 0 {
		cells = []articles.Span{b.Span}
	}
	r.WriteString("<tr>")
	for _, c := range cells {
		r.WriteString("<" + cell + ">" + r.inline(c) + "</" + cell + ">")
	}
	r.WriteString("</tr>\n")
}

// inline returns the text of s with its marks, split wherever one starts or ends, so that
// all pieces nest.
func (r *htmlWriter) inline(s articles.Span) string {
	var in []highlight
	begins := func(m highlight, at int) int { return cmp.Compare(m.Start, at) }
	from, _ := slices.BinarySearchFunc(r.marks, s.Start-r.widest, begins)
	to, _ := slices.BinarySearchFunc(r.marks, s.End, begins)
	for _, m := range r.marks[from:to] {
		if m.Overlaps(s) {
			in = append(in, m)
		}
	}
	cuts := []int{s.Start, s.End}
	for _, m := range in {
		cuts = append(cuts, max(m.Start, s.Start), min(m.End, s.End))
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var b strings.Builder
	var open []highlight // the outermost first
	next := 0
	for i := 0; i+1 < len(cuts); i++ {
		piece := articles.Span{Start: cuts[i], End: cuts[i+1]}
		open = slices.DeleteFunc(open, func(m highlight) bool { return m.End <= piece.Start })
		for ; next < len(in) && in[next].Start <= piece.Start; next++ {
			open = append(open, in[next])
		}
		for _, m := range open {
			id := ""
			if m.Start == piece.Start {
				id = ` id="` + m.id + `"`
			}
			fmt.Fprintf(&b, `<mark%s data-id="%s" class="%s" title="%s">`, id, m.id, m.class, esc(m.title))
		}
		b.WriteString(esc(piece.In(r.d.Text)) + strings.Repeat("</mark>", len(open)))
	}
	return b.String()
}
