// Package formats is the table of all formats and tells which one a file is in. To add a
// format, declare it in a package of annotate/format and add it to [All].
package formats

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"byline/annotate/format"
	"byline/annotate/format/brat"
	"byline/annotate/format/conll"
	"byline/annotate/format/native"
	"byline/annotate/format/parquet"
	"byline/annotate/format/refi"
	"byline/annotate/format/report"
	"byline/annotate/format/tables"
	"byline/annotate/format/tasks"
	"byline/annotate/format/tei"
	"byline/annotate/format/uima"
	"byline/annotate/format/w3c"
)

// All are all formats, those that are used most first.
var All = []format.Format{
	native.JSON, native.JSONL, report.Markdown, report.Obsidian, report.HTML, tables.CSV, tables.TSV, brat.Format, w3c.Annotations, w3c.Hypothesis,
	conll.IOB2, conll.IOB1, conll.BIOES, conll.CoNLLU, tasks.Prodigy, tasks.Doccano, tasks.LabelStudio, uima.XMI, uima.JSON, tei.Format, refi.Format,
	uima.WebAnno, tables.Readwise, w3c.SchemaOrg, parquet.Format,
}

// Named returns the format with a name, or nil.
func Named(name string) *format.Format {
	i := slices.IndexFunc(All, func(f format.Format) bool { return f.Name == name })
	if i < 0 {
		return nil
	}
	return &All[i]
}

// OfFile returns the format that the extension of a file stands for, the longest
// extension if several match, or nil.
func OfFile(name string) *format.Format {
	var best *format.Format
	for i := range All {
		f := &All[i]
		if f.HasExtension(name) && (best == nil || len(f.Extension) > len(best.Extension)) {
			best = f
		}
	}
	return best
}

// Sniff returns the format to read a file in: the one that head, its first
// [format.SniffBytes] bytes, looks like, and the one of its extension if head does not
// tell. It returns nil if there is none.
func Sniff(name string, head []byte) *format.Format {
	head = bytes.TrimPrefix(head, []byte("\ufeff"))
	var byName, byHead *format.Format
	for _, f := range Readable() {
		named, looks := f.HasExtension(name), f.Sniff != nil && f.Sniff(head)
		switch {
		case named && looks:
			return f
		case looks && byHead == nil:
			byHead = f
		case named && (f.Sniff == nil || f.ByName || strings.Count(f.Extension, ".") > 1) && (byName == nil || len(f.Extension) > len(byName.Extension)):
			byName = f // "x.doccano.jsonl" is doccano's before it is JSONL
		}
	}
	return cmp.Or(byHead, byName)
}

// Readable returns the formats that can be read, in the order of [All].
func Readable() []*format.Format {
	return filter(func(f *format.Format) bool { return f.Read != nil })
}

// Writable returns the formats that can be written, in the order of [All].
func Writable() []*format.Format {
	return filter(func(f *format.Format) bool { return f.NewWriter != nil })
}

// filter returns the formats for which is returns true.
func filter(is func(*format.Format) bool) []*format.Format {
	var out []*format.Format
	for i := range All {
		if is(&All[i]) {
			out = append(out, &All[i])
		}
	}
	return out
}

// Names returns the names of formats in the same order.
func Names(fs []*format.Format) []string {
	out := make([]string, len(fs))
	for i, f := range fs {
		out[i] = f.Name
	}
	return out
}
