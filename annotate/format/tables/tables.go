// Package tables writes and reads tables for spreadsheets, CSV and TSV, with a row for
// each mention and each quote, and writes the CSV of highlights that Readwise imports. A
// [Table] writes no cell that a spreadsheet runs as a formula.
package tables

import (
	"byline/annotate/format"
)

// CSV is a table of mentions and quotes with commas between cells.
var CSV = format.Format{Name: "csv", Extension: ".csv", About: "for spreadsheets: one row per mention and per quote",
	Passages:  true,
	NewWriter: newCSV, Read: readCSV, Sniff: sniffCSV}

// TSV is the same table with tabs between cells.
var TSV = format.Format{Name: "tsv", Extension: ".tsv", About: "as csv, separated by tabs",
	Passages:  true,
	NewWriter: newTSV, Read: readTSV, Sniff: sniff('\t')}

// Readwise is the CSV of highlights that Readwise imports.
var Readwise = format.Format{Name: "readwise", Extension: ".readwise.csv", About: "Readwise: one row per quote; no names", NewWriter: newReadwise}
