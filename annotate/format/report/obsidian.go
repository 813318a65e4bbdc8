package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/format"
)

// writeObsidian writes a note for Obsidian: front matter with who is named, the quotes as
// blocks that can be linked to (^q1), and the text with names as links to notes of their
// own. What a person rejected is left out, and so is who made a claim.
func writeObsidian(w io.Writer, d *format.Document, o format.Options) error {
	m := &markdown{Writer: bufio.NewWriter(w), a: d.Article, ref: " [[#^q%d|%[1]d]]"}
	m.collect(d.Layer)
	m.marks = m.links()
	n := &note{markdown: m, d: d}
	n.frontMatter()
	m.line("# " + MarkdownLine(cmp.Or(d.Title, "Untitled")))
	n.quoteList()
	m.line("## The text")
	m.text()
	o.Loss.Add(len(d.Layer.Remarks), "notes and tags on single claims: not in this format")
	return m.Flush()
}

// A note writes an article for Obsidian.
type note struct {
	*markdown
	d *format.Document
}

// frontMatter writes the properties, with all values as quoted YAML.
func (n *note) frontMatter() {
	n.WriteString("---\n")
	for _, f := range []struct{ name, value string }{
		{"title", n.a.Title}, {"source", n.a.Source}, {"url", n.a.URL}, {"author", n.a.Author}, {"site", n.a.Site}, {"section", n.a.Section}, {"language", n.a.Language},
	} {
		if f.value != "" {
			fmt.Fprintf(n, "%s: %s\n", f.name, yaml(f.value))
		}
	}
	if !n.a.Date.IsZero() {
		fmt.Fprintf(n, "published: %s\n", n.a.Date)
	}
	if !n.a.Updated.IsZero() {
		fmt.Fprintf(n, "updated: %s\n", n.a.Updated)
	}
	n.names("people", annotate.Person)
	n.names("organizations", annotate.Organization)
	if len(n.d.Tags) > 0 {
		n.WriteString("tags:\n")
		for _, t := range n.d.Tags {
			fmt.Fprintf(n, "  - %s\n", yaml(strings.Join(strings.Fields(t), "-")))
		}
	}
	n.WriteString("---\n\n")
}

// names writes the entities of a type as links.
func (n *note) names(property string, typ annotate.Type) {
	var links []string
	for _, e := range n.entities {
		if e.Type == typ {
			links = append(links, "  - "+yaml("[["+pageName(e.Name)+"]]")+"\n")
		}
	}
	if links = slices.Compact(links); len(links) > 0 {
		n.WriteString(property + ":\n" + strings.Join(links, ""))
	}
}

// yaml returns s as a double-quoted scalar.
func yaml(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(strings.Join(strings.Fields(s), " ")) + `"`
}

// quoteList writes each quote as a block with an ID.
func (n *note) quoteList() {
	if len(n.quotes) == 0 {
		return
	}
	n.line("## Quotes")
	for i, q := range n.quotes {
		speaker := n.by(q, func(name string) string { return "[[" + pageName(name) + "]]" })
		if !q.Cue.Empty() {
			speaker += ", " + MarkdownLine(q.Cue.In(n.a.Text))
		}
		n.line(fmt.Sprintf("> %s\n> — %s ^q%d", MarkdownLine(q.In(n.a.Text)), speaker, i+1))
	}
}

// notInNames matches characters that the name of a note cannot have.
var notInNames = regexp.MustCompile(`[\\/:*?"<>|#^\[\]]+`)

// pageName returns the name of the note about an entity.
func pageName(name string) string {
	name = strings.Join(strings.Fields(notInNames.ReplaceAllString(name, " ")), " ")
	return cmp.Or(strings.TrimLeft(name, "."), "Unnamed")
}

// isLinkable reports whether words can be in a link as they are.
func isLinkable(words string) bool { return !strings.ContainsAny(words, "\n\\`*_[]|<>&#^$~=") }

// links turns the marks of names into links.
func (m *markdown) links() []nameMark {
	page := map[int]string{} // the note by the start of a mention
	for _, e := range m.entities {
		for _, x := range e.Mentions {
			if _, ok := page[x.Start]; !ok {
				page[x.Start] = pageName(e.Name)
			}
		}
	}
	for i := range m.marks {
		k := &m.marks[i]
		k.open, k.close, k.link = "[["+page[k.Start]+"|", "]]", true
		if page[k.Start] == k.In(m.a.Text) {
			k.open = "[["
		}
	}
	return m.marks
}
