// Package tei writes and reads TEI P5, the XML of the Text Encoding Initiative. Names and
// speech are elements of the text; what crosses other elements is in standOff.
package tei

import (
	"byline/annotate/format"
)

// Format is TEI P5.
var Format = format.Format{Name: "tei", Extension: ".tei.xml", About: "TEI P5: names and speech as elements, overlaps in standOff", Apart: true,
	NewWriter: format.Each(write), Read: read, Sniff: sniff}
