// Package refi writes and reads projects of REFI-QDA 1.0 (.qdpx), the exchange format of
// programs for qualitative data analysis: a zip archive of plain texts and their codes.
package refi

import (
	"byline/annotate/format"
)

// Format is a project of REFI-QDA.
var Format = format.Format{Name: "refi", Extension: ".qdpx", About: "REFI-QDA, for ATLAS.ti, MAXQDA, NVivo and QualCoder",
	Binary: true, NewWriter: newWriter, Read: read, Sniff: sniff}
