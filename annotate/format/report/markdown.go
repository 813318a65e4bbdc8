package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/standoff"
	"byline/articles"
)

// writeMarkdown writes a document for people: title and source, a table of who is named,
// a numbered list of who said what, and the text with its headings, lists, tables and
// block quotes. In the text people are bold, organizations, types of the user's own, and places
// and other names that a person decided on italic, and after a quote comes its number in the list. Table and list tell what a
// person decided and what is the engine's guess. What a person rejected is left out, as
// are emphasis and links of the source.
func writeMarkdown(w io.Writer, d *format.Document, _ format.Options) error {
	m := &markdown{Writer: bufio.NewWriter(w), a: d.Article, ref: `\[%d\]`}
	m.collect(d.Layer)
	m.writeHead()
	m.nameTable()
	m.quoteList()
	m.passages(d.Layer)
	if m.line("## The text"); len(m.quotes) > 0 || len(m.entities) > 0 {
		m.line(m.legend())
	}
	m.text()
	return m.Flush()
}

// A markdown writes a document as Markdown.
type markdown struct {
	*bufio.Writer
	a        *articles.Article
	entities []*annotate.Entity // that were not rejected
	quotes   []*annotate.Quote  // that were not rejected, in reading order
	names    map[string]string  // names of entities by ID
	marks    []nameMark
	ref      string // what follows a quote, with %d for its number
}

// collect selects what is written of l.
func (m *markdown) collect(l *annotate.Layer) {
	m.names = map[string]string{}
	for i := range l.Entities {
		e := &l.Entities[i]
		if !slices.ContainsFunc(e.Mentions, standoff.Alive) {
			continue
		}
		m.entities = append(m.entities, e)
		m.names[e.ID] = e.Name
	}
	slices.SortStableFunc(m.entities, func(a, b *annotate.Entity) int { return cmp.Compare(standoff.Rank(a.Type), standoff.Rank(b.Type)) })
	for _, q := range l.Quotes {
		if q.State != annotate.Rejected {
			m.quotes = append(m.quotes, q)
		}
	}
	m.marks = marksOf(m.entities)
}

// line writes a paragraph.
func (m *markdown) line(s string) {
	m.WriteString(s)
	m.WriteString("\n\n")
}

func (m *markdown) writeHead() {
	m.line("# " + MarkdownLine(cmp.Or(m.a.Title, "Untitled")))
	var parts []string
	if m.a.Author != "" {
		parts = append(parts, "By "+MarkdownLine(m.a.Author))
	}
	if m.a.Site != "" {
		parts = append(parts, MarkdownLine(m.a.Site))
	}
	if !m.a.Date.IsZero() {
		parts = append(parts, m.a.Date.Words())
	}
	if !m.a.Updated.IsZero() {
		parts = append(parts, "updated "+m.a.Updated.Words())
	}
	if source := cmp.Or(m.a.Address(), m.a.Source); source != "" && source != "-" {
		parts = append(parts, formatSource(source))
	}
	if len(parts) > 0 {
		m.line(strings.Join(parts, " · "))
	}
}

// formatSource returns the source of an article, as a link if it is a web address.
func formatSource(s string) string {
	if u, err := url.Parse(s); err == nil && (u.Scheme == "https" || u.Scheme == "http") && !strings.ContainsAny(s, "<>` \\|") {
		return "<" + u.String() + ">"
	}
	return MarkdownLine(s)
}

// passages lists the notes and highlights of passages.
func (m *markdown) passages(l *annotate.Layer) {
	noted := l.Passages()
	if len(noted) == 0 {
		return
	}
	m.line("## Notes and highlights")
	for _, r := range noted {
		m.WriteString("- “" + MarkdownLine(r.In(m.a.Text)) + "” — " + MarkdownLine(saidOf(&r)) + "\n")
	}
	m.WriteString("\n")
}

// saidOf says what somebody noted on a passage, and who.
func saidOf(r *annotate.Remark) string {
	said := r.Text
	switch {
	case r.Highlights():
		said = "highlighted"
	case r.Tag:
		said = "tagged " + r.Text
	}
	if r.Who != "" {
		said += " (" + r.Who + ")"
	}
	return said
}

func (m *markdown) nameTable() {
	if len(m.entities) == 0 {
		return
	}
	m.line("## Names")
	m.WriteString("| Name | Type | Forms | Mentions | Status |\n|---|---|---|--:|---|\n")
	for _, e := range m.entities {
		forms, n, decided := m.forms(e)
		by := machineNote(e.Origin.Score)
		switch {
		case decided == n:
			by = "set by a person"
		case decided > 0:
			by = fmt.Sprintf("set by a person (%d of %d)", decided, n)
		case e.Origin.Human:
			by = "type or name set by a person"
		}
		fmt.Fprintf(m, "| %s | %s | %s | %d | %s |\n", MarkdownLine(e.Name), MarkdownLine(string(e.Type)), forms, n, by)
	}
	m.WriteString("\n")
}

func machineNote(score float64) string { return fmt.Sprintf("suggested, %.0f%%", 100*score) }

// mostForms is how many forms of a name are listed.
const mostForms = 8

// forms returns the words that e is mentioned by, most frequent first, how many mentions
// there are, and how many of them a person decided on.
func (m *markdown) forms(e *annotate.Entity) (forms string, n, decided int) {
	count := map[string]int{}
	var order []string
	for _, x := range e.Mentions {
		if !standoff.Alive(x) {
			continue
		}
		n++
		if x.State == annotate.Confirmed || x.Origin.Human {
			decided++
		}
		words := MarkdownLine(x.In(m.a.Text))
		if count[words]++; count[words] == 1 {
			order = append(order, words)
		}
	}
	slices.SortStableFunc(order, func(a, b string) int { return cmp.Compare(count[b], count[a]) })
	more := ""
	if len(order) > mostForms {
		more = fmt.Sprintf(" and %d more", len(order)-mostForms)
		order = order[:mostForms]
	}
	for i, words := range order {
		order[i] = words
		if count[words] > 1 {
			order[i] += fmt.Sprintf(" ×%d", count[words])
		}
	}
	return strings.Join(order, ", ") + more, n, decided
}

func (m *markdown) quoteList() {
	if len(m.quotes) == 0 {
		return
	}
	m.line("## Quotes")
	for i, q := range m.quotes {
		speaker := m.by(q, func(name string) string {
			if strings.TrimSpace(name) == "" || !canEmphasize(name) {
				return MarkdownLine(name)
			}
			return "**" + MarkdownLine(name) + "**"
		})
		if !q.Cue.Empty() {
			speaker += " (" + MarkdownLine(q.Cue.In(m.a.Text)) + ")"
		}
		by := machineNote(q.Origin.Score)
		if q.State == annotate.Confirmed || q.Origin.Human {
			by = "set by a person"
		}
		fmt.Fprintf(m, "%d. %s: %s — %s, %s\n", i+1, speaker, MarkdownLine(q.In(m.a.Text)), q.Type, by)
	}
	m.WriteString("\n")
}

// by names the speakers of q, each as write returns its name.
func (m *markdown) by(q *annotate.Quote, write func(name string) string) string {
	var out []string
	for _, id := range q.Speakers() {
		if name, ok := m.names[id]; ok {
			out = append(out, write(name))
		}
	}
	return cmp.Or(annotate.JoinNames(out), "Unattributed")
}

// legend explains the marks in the text.
func (m *markdown) legend() string {
	italic := "*italic*: organizations and labels"
	if slices.ContainsFunc(m.entities, func(e *annotate.Entity) bool { return e.Type.Aside() && isDecided(e) }) {
		italic += ", places and other names that a person decided on"
	}
	parts := []string{"**Bold**: people", italic}
	if len(m.quotes) > 0 {
		parts = append(parts, `\[1\]: the end of a quote, by its number above`)
	}
	return strings.Join(parts, " · ")
}
