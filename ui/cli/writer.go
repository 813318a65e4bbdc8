package cli

import (
	"io"
	"path/filepath"
	"strings"

	"byline/annotate/format"
	"byline/annotate/format/formats"
)

// formatNamed returns the format of that name that documents can be written in.
func formatNamed(name string) (*format.Format, error) {
	f := formats.Named(name)
	if f == nil || f.NewWriter == nil {
		return nil, wrongUsage("--format %s: there is no such format; take %s", name, strings.Join(formatNames(), ", "))
	}
	return f, nil
}

// formatNames lists the formats that documents are written in.
func formatNames() []string { return formats.Names(formats.Writable()) }

// formatOf returns the format that the end of a file name stands for; empty for none.
func formatOf(file string) string {
	if f := formats.OfFile(file); f != nil && f.NewWriter != nil {
		return f.Name
	}
	return ""
}

// extensions lists the ends of file names that stand for a format.
func extensions() string {
	var out []string
	seen := map[string]bool{}
	for _, f := range formats.Writable() {
		if !seen[f.Extension] {
			seen[f.Extension] = true
			out = append(out, f.Extension)
		}
	}
	return strings.Join(out, ", ")
}

// writeFiles writes one document to the file at path, and what is kept beside it. A file
// that is there is refused unless force.
func writeFiles(f *format.Format, path string, force bool, o format.Options, d *format.Document) error {
	base, ok := strings.CutSuffix(path, f.Extension)
	if !ok {
		base = strings.TrimSuffix(path, filepath.Ext(path))
	}
	for _, c := range f.Beside {
		to := filepath.Join(filepath.Dir(path), c.Name)
		if c.Name == "" {
			to = base + c.Extension
		}
		// A file of a fixed name is the same for all in its folder.
		if err := writeTo(to, force || c.Name != "", func(w io.Writer) error { return c.Write(w, d) }); err != nil {
			return err
		}
	}
	return writeTo(path, force, func(w io.Writer) error { return f.WriteOne(w, o, d) })
}
