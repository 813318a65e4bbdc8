package cli

import (
	"io"
	"strings"

	"byline/annotate"
	"byline/annotate/format"
	"byline/articles"
)

// A writer puts annotated articles one after the other.
type writer struct {
	one                 func(io.Writer, *articles.Article, *annotate.Layer) error
	extension           string // of a file with one article: ".json"
	head, between, tail string // what stands around and between several
	written             int
}

// writerFor returns the writer of a format. Unless one article is all there is, JSON
// becomes a list.
func writerFor(name string, one bool) (*writer, error) {
	var names []string
	for _, e := range format.Exporters {
		if e.Name != name {
			names = append(names, e.Name)
			continue
		}
		w := &writer{one: e.Write, extension: e.Extension}
		switch {
		case name == "json" && !one:
			w.head, w.between, w.tail = "[\n", ",\n", "]\n"
		case name == "markdown":
			w.between = "\n---\n\n"
		}
		return w, nil
	}
	return nil, wrongUsage("--format %s: there is no such format; take %s", name, strings.Join(names, ", "))
}

// formatOf returns the format that the end of a file name stands for; empty for none.
func formatOf(file string) string {
	for _, e := range format.Exporters {
		if strings.HasSuffix(strings.ToLower(file), e.Extension) {
			return e.Name
		}
	}
	return ""
}

// extensions lists the ends of file names that stand for a format.
func extensions() string {
	var out []string
	for _, e := range format.Exporters {
		out = append(out, e.Extension)
	}
	return strings.Join(out, ", ")
}

// next writes what one made of an article.
func (w *writer) next(to io.Writer, data []byte) error {
	before := w.between
	if w.written == 0 {
		before = w.head
	}
	w.written++
	if _, err := io.WriteString(to, before); err != nil {
		return err
	}
	_, err := to.Write(data)
	return err
}

// end writes what stands after the last.
func (w *writer) end(to io.Writer) error {
	tail := w.tail
	if w.written == 0 {
		tail = w.head + w.tail
	}
	_, err := io.WriteString(to, tail)
	return err
}
