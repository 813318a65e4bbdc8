package cli

import (
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
