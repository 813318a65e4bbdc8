// Package uima writes and reads files of Apache UIMA and of tools built on it (DKPro,
// INCEpTION): a CAS, its Common Analysis Structure, as XMI and as JSON, and WebAnno TSV.
// It uses the types of DKPro Core for names and coreference.
package uima

import (
	"byline/annotate/format"
)

// JSON is a CAS in the JSON of UIMA.
var JSON = format.Format{Name: "casjson", Extension: ".cas.json", About: "UIMA CAS JSON 0.4, with its types", Apart: true,
	NewWriter: format.Each(writeJSON), Read: format.Several("the CAS", readJSON), Sniff: sniffJSON}

// WebAnno is WebAnno TSV 3.3.
var WebAnno = format.Format{Name: "webanno", Extension: ".webanno.tsv", About: "WebAnno TSV 3.3, for INCEpTION; no notes", Apart: true,
	NewWriter: format.Each(writeWebAnno), Read: format.One("WebAnno TSV", readWebAnno), Sniff: sniffWebAnno, Beside: []format.Companion{{Name: "Quote.layer.json", NewWriter: newQuoteLayer}}}

// XMI is a CAS in XMI.
var XMI = format.Format{Name: "xmi", Extension: ".xmi", About: "UIMA CAS XMI, for INCEpTION and DKPro, with a type file", Apart: true,
	NewWriter: format.Each(writeXMI), Read: format.Several("the CAS", readXMI), Sniff: sniffXMI, Beside: []format.Companion{{Name: "TypeSystem.xml", NewWriter: newTypeSystem}}}
