// Package native writes and reads byline's own JSON, the only format that holds
// everything a library has of an article. The package comment of annotate/format states
// what readers of the format can rely on.
package native

import (
	"byline/annotate/format"
)

// TrailerKey is the only field of a line that tells what a file of JSON lines is. Readers skip such lines.
const TrailerKey = "byline"

// JSON is byline's own format with an object on several lines.
var JSON = format.Format{Name: "json", Extension: ".json", About: "byline's JSON: one entity or quote per line",
	Passages:  true,
	Rejected:  true,
	NewWriter: newWriter, Read: read, Sniff: sniff}

// JSONL is byline's own format with an object on one line.
var JSONL = format.Format{Name: "jsonl", Extension: ".jsonl", About: "byline's JSON: one article per line",
	Passages:  true,
	Rejected:  true,
	NewWriter: format.Each(writeJSONL), Read: read}
