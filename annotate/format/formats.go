package format

import (
	"io"
)

// Formats are all formats, the ones that are asked for most first.
var Formats = []Format{
	formatJSON, formatJSONL, formatMarkdown, formatObsidian, formatHTML, formatCSV, formatTSV, formatBrat, formatW3C, formatHypothesis,
	formatIOB2, formatIOB1, formatBIOES, formatCoNLLU, formatProdigy, formatDoccano, formatStudio, formatXMI, formatCASJSON, formatTEI, formatREFI,
	formatWebAnno, formatReadwise, formatSchemaOrg,
}

// textBeside is the text that standoff formats speak of, in a file of its own.
var textBeside = Companion{Extension: ".txt", Write: writeText}

// writeText writes the text that standoff formats speak of.
func writeText(w io.Writer, d *Document) error {
	_, err := io.WriteString(w, d.Text)
	return err
}
