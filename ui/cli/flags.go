package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"byline/annotate/format"
	"byline/annotate/format/formats"
	"byline/annotate/workspace/sources"
	"byline/articles/corpus"
	"byline/articles/load"
)

// records holds the flags that say how streams of records are read.
type records struct{ sources.Records }

// flags adds the flags to a command.
func (o *records) flags(c *cobra.Command) {
	f := c.Flags()
	for _, x := range []struct {
		to         *string
		name, what string
	}{
		{&o.Text, "text", "the text"}, {&o.Title, "title", "the title"}, {&o.ID, "id", "its ID"},
		{&o.Author, "author", "the author"}, {&o.Date, "date", "the date"}, {&o.Source, "source", "the address"}, {&o.Site, "site", "the publication"},
	} {
		f.StringVar(x.to, x.name, "", "`FIELD` of a record that holds "+x.what+" (default: its usual names)")
	}
}

// check rejects unknown formats, and field flags without records.
func (o *records) check(more ...string) error {
	formats := append(load.RecordFormats(), more...)
	switch {
	case o.Format != "" && !slices.Contains(formats, o.Format):
		return wrongUsage("--from %s: unknown format; use %s or %s", o.Format, strings.Join(formats[:len(formats)-1], ", "), formats[len(formats)-1])
	case o.Columns != corpus.Columns{} && !slices.Contains(load.RecordFormats(), o.Format):
		return wrongUsage("field flags need records: add --from jsonl, csv or tsv")
	}
	return nil
}

// formatNamed returns the writable format with that name.
func formatNamed(name string) (*format.Format, error) {
	f := formats.Named(name)
	if f == nil || f.NewWriter == nil {
		return nil, wrongUsage("--format %s: unknown format; use %s", name, strings.Join(formatNames(), ", "))
	}
	return f, nil
}

// formatNames lists the writable formats.
func formatNames() []string { return formats.Names(formats.Writable()) }

// formatOf returns the format that the extension of file stands for; empty for none.
func formatOf(file string) string {
	if f := formats.OfFile(file); f != nil && f.NewWriter != nil {
		return f.Name
	}
	return ""
}

// extensions lists the file extensions that stand for a format.
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
