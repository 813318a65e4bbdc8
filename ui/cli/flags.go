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

// records are the flags that say how streams of records are read.
type records struct{ sources.Records }

// flags adds to a command what says how records are read.
func (o *records) flags(c *cobra.Command) {
	f := c.Flags()
	for _, x := range []struct {
		to         *string
		name, what string
	}{
		{&o.Text, "text", "the text"}, {&o.Title, "title", "the title"}, {&o.ID, "id", "an id, by which a record is known again"},
		{&o.Author, "author", "the author"}, {&o.Date, "date", "the date"}, {&o.Source, "source", "the address"}, {&o.Site, "site", "the publication"},
	} {
		f.StringVar(x.to, x.name, "", "of records, the `FIELD` that holds "+x.what+" (else under its usual names)")
	}
}

// check refuses formats that are not read, and fields without records.
func (o *records) check(more ...string) error {
	formats := append(load.RecordFormats(), more...)
	switch {
	case o.Format != "" && !slices.Contains(formats, o.Format):
		return wrongUsage("--from %s: byline does not read that; take %s or %s", o.Format, strings.Join(formats[:len(formats)-1], ", "), formats[len(formats)-1])
	case o.Columns != corpus.Columns{} && !slices.Contains(load.RecordFormats(), o.Format):
		return wrongUsage("the fields of records are named, but there are none: give --from jsonl, csv or tsv")
	}
	return nil
}

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

// formatOf returns the format that the ending of a file name means; empty for none.
func formatOf(file string) string {
	if f := formats.OfFile(file); f != nil && f.NewWriter != nil {
		return f.Name
	}
	return ""
}

// extensions lists the ends of file names that mean a format.
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
