package cli

import (
	"io"
	"path/filepath"
	"strings"

	"byline/annotate"
	"byline/annotate/format"
	"byline/articles"
)

// A writer puts annotated articles one after the other.
type writer struct {
	one, beside         func(io.Writer, *articles.Article, *annotate.Layer) error // beside may be nil
	besideExtension     string
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
		w := &writer{one: e.Write, extension: e.Extension, beside: e.Beside, besideExtension: e.BesideExtension}
		switch {
		case name == "json" && !one:
			w.head, w.between, w.tail = "[\n", ",\n", "]\n"
		case name == "markdown":
			w.between = "\n---\n\n"
		case name == "csv" && !one:
			w.one, w.head = format.WriteCSVRows, format.CSVHead
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

// file writes an article to the file at path, and what is kept beside it. A file that is
// there is refused unless force.
func (w *writer) file(path string, force bool, a *articles.Article, l *annotate.Layer) error {
	if w.beside != nil {
		text := strings.TrimSuffix(path, filepath.Ext(path)) + w.besideExtension
		if err := writeTo(text, force, func(to io.Writer) error { return w.beside(to, a, l) }); err != nil {
			return err
		}
	}
	return writeTo(path, force, func(to io.Writer) error { return w.one(to, a, l) })
}
