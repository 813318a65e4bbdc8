// Package brat writes and reads the standoff format of the annotation tool brat
// (Stenetorp et al. 2012): a file of annotations next to the text, with offsets in code
// points.
package brat

import (
	"byline/annotate/format"
	"byline/annotate/format/standoff"
)

// Format is brat's standoff format.
var Format = format.Format{Name: "brat", Extension: ".ann", About: "brat standoff, with the text", Apart: true, ByName: true,
	NewWriter: format.Each(write), Read: format.One("brat's standoff", read), Sniff: sniff, Beside: []format.Companion{format.TextFile, standoff.About}}
