// Package format writes annotated articles in the formats that other programs and
// people read, and reads byline's own back. There is one file a format, and a table
// of all, [Exporters].
//
// byline's JSON is a contract: names and order of its fields do not change, and
// offsets count Unicode code points of its "text". A claim is of origin "human" when a
// person made, changed or confirmed it, with score 1, else "machine" with the
// machine's score rounded to four digits. What a person rejected is left out, with
// entities of which nothing is left. Reading it back gives what was written: the
// text with plain paragraphs for blocks, and the layer without the rules by which the
// machine decided, which the format does not carry.
//
// Markdown is for people: who is named, who said what, and the text with both
// marked. Everything in it that comes from outside is escaped, so that the text reads
// as it did and none of it becomes markup.
//
// CSV is for spreadsheets, a row a mention and a row a quote; no cell of it is run as a
// formula. Brat is the standoff format of that tool, two files, offsets in code points.
//
// IOB2 goes in and out, for text that is split into tokens already.
package format

import (
	"io"

	"byline/annotate"
	"byline/articles"
)

// An Exporter writes an article with a layer about its text, as review.Apply or an
// engine made it.
type Exporter struct {
	Name      string // "json", as a command takes it
	Extension string // ".json"
	About     string // one line
	Write     func(io.Writer, *articles.Article, *annotate.Layer) error
	// Beside writes what is kept beside the file, with the ending BesideExtension: the
	// text of a standoff format. Nil for a format of one file.
	Beside          func(io.Writer, *articles.Article, *annotate.Layer) error
	BesideExtension string
}

// Exporters are the formats that articles are exported to.
var Exporters = []Exporter{
	{Name: "json", Extension: ".json", About: "byline's JSON, one object, an entity or quote a line", Write: WriteJSON},
	{Name: "jsonl", Extension: ".jsonl", About: "byline's JSON, one article a line", Write: WriteJSONL},
	{Name: "markdown", Extension: ".md", About: "for reading: who is named, who said what, and the text marked", Write: WriteMarkdown},
	{Name: "csv", Extension: ".csv", About: "for spreadsheets: a row a mention and a row a quote", Write: WriteCSV},
	{Name: "brat", Extension: ".ann", About: "brat's standoff, beside the text", Write: WriteBrat, Beside: WriteText, BesideExtension: ".txt"},
}
