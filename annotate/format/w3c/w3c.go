// Package w3c writes and reads annotations of the web: the Web Annotation Data Model (W3C
// Recommendation, 23 February 2017) in JSON-LD, and the rows of Hypothes.is, which follow
// it. It also writes the vocabulary of schema.org.
package w3c

import (
	"byline/annotate/format"
)

// Hypothesis is the JSON that the client of Hypothes.is exports and imports; rows of its API are read, too.
var Hypothesis = format.Format{Name: "hypothesis", Extension: ".hypothesis.json", About: "Hypothesis: for its client, with the text; no cues", Apart: true,
	NewWriter: format.Each(writeHypothesis), Read: format.Several("the annotations", readHypothesis), Sniff: sniffHypothesis, Beside: []format.Companion{format.TextFile}}

// SchemaOrg is JSON-LD with the vocabulary of schema.org.
var SchemaOrg = format.Format{Name: "schemaorg", Extension: ".schema.jsonld", About: "schema.org JSON-LD: who is mentioned and quoted, not where", Apart: true,
	NewWriter: format.Each(writeSchemaOrg)}

// Annotations is JSON-LD of the Web Annotation Data Model.
var Annotations = format.Format{Name: "w3c", Extension: ".jsonld", About: "Web Annotations (JSON-LD), with the text", Apart: true,
	Passages:  true,
	NewWriter: format.Each(write), Read: format.Several("the annotations", read), Sniff: sniff, Beside: []format.Companion{format.TextFile}}
