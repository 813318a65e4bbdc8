package format

import (
	"io"

	"byline/annotate"
	"byline/articles"
)

// Formats are all formats, the ones that are asked for most first.
var Formats = []Format{
	{Name: "json", Extension: ".json", About: "byline's JSON, one object, an entity or quote a line", NewWriter: newJSONWriter, Read: readJSON, Sniff: isJSON},
	{Name: "jsonl", Extension: ".jsonl", About: "byline's JSON, one article a line", NewWriter: each(writeJSONL), Read: readJSON},
	{Name: "markdown", Extension: ".md", About: "for reading: who is named, who said what, and the text marked",
		NewWriter: between("", "\n---\n\n", "", reading(WriteMarkdown))},
	{Name: "obsidian", Extension: ".md", About: "a note for Obsidian: names lead to notes, quotes are blocks with IDs", Apart: true, NewWriter: each(writeObsidian)},
	{Name: "html", Extension: ".html", About: "a report for a browser: who is named, who said how much, the text marked", Apart: true, NewWriter: each(writeHTML)},
	{Name: "csv", Extension: ".csv", About: "for spreadsheets: a row a mention and a row a quote",
		NewWriter: newCSVWriter, Read: readCSV, Sniff: isTable(',')},
	{Name: "tsv", Extension: ".tsv", About: "the same with tabs between the cells",
		NewWriter: newTSVWriter, Read: readTSV, Sniff: isTable('\t')},
	{Name: "brat", Extension: ".ann", About: "brat's standoff, beside the text", Apart: true, NewWriter: each(reading(WriteBrat)), Read: readBrat, Sniff: isBrat,
		Beside: []Companion{{Extension: ".txt", Write: writeText}}},
	{Name: "w3c", Extension: ".jsonld", About: "Web Annotations (JSON-LD), beside the text", Apart: true, NewWriter: each(writeW3C), Read: readW3C, Sniff: isW3C,
		Beside: []Companion{{Extension: ".txt", Write: writeText}}},
	{Name: "hypothesis", Extension: ".hypothesis.json", About: "Hypothes.is, rows as its API has them, beside the text; no cues", Apart: true,
		NewWriter: each(writeHypothesis), Read: readHypothesis, Sniff: isHypothesis, Beside: []Companion{{Extension: ".txt", Write: writeText}}},
	{Name: "conll", Extension: ".conll", About: "CoNLL-2003 in IOB2: tokens with tags; names only, none in another", NewWriter: newCoNLLWriter(iob2), Read: readCoNLL, Sniff: isCoNLL},
	{Name: "iob1", Extension: ".iob1", About: "the same in IOB1, the original scheme", NewWriter: newCoNLLWriter(iob1), Read: readCoNLL},
	{Name: "bioes", Extension: ".bioes", About: "the same in BIOES", NewWriter: newCoNLLWriter(bioes), Read: readCoNLL},
	{Name: "conllu", Extension: ".conllu", About: "CoNLL-U with CorefUD entities and quotes; no notes", NewWriter: each(writeCoNLLU), Read: readCoNLLU, Sniff: isCoNLLU},
	{Name: "prodigy", Extension: ".prodigy.jsonl", About: "Prodigy and spaCy, JSONL: a task for what is decided, suggested, rejected", NewWriter: each(writeProdigy), Read: readProdigy, Sniff: isProdigy},
	{Name: "doccano", Extension: ".doccano.jsonl", About: "doccano, JSONL with relations", NewWriter: newDoccanoWriter, Read: readDoccano, Sniff: isDoccano},
	{Name: "labelstudio", Extension: ".labelstudio.json", About: "Label Studio, suggestions as predictions, its configuration beside", NewWriter: newStudioWriter, Read: readStudio, Sniff: isStudio,
		Beside: []Companion{{Name: "labelstudio.xml", Write: writeStudioConfig}}},
	{Name: "xmi", Extension: ".xmi", About: "UIMA CAS XMI, as INCEpTION and DKPro read it, types beside", Apart: true, NewWriter: each(writeXMI), Read: readXMI, Sniff: isXMI,
		Beside: []Companion{{Name: "TypeSystem.xml", Write: writeTypeSystem}}},
	{Name: "casjson", Extension: ".cas.json", About: "UIMA CAS JSON 0.4, types inside", Apart: true, NewWriter: each(writeCASJSON), Read: readCASJSON, Sniff: isCASJSON},
	{Name: "tei", Extension: ".tei.xml", About: "TEI P5: names and speech as elements, what crosses in standOff", Apart: true, NewWriter: each(writeTEI), Read: readTEI, Sniff: isTEI},
	{Name: "refi", Extension: ".qdpx", About: "REFI-QDA, as ATLAS.ti, MAXQDA, NVivo and QualCoder read it", NewWriter: newREFIWriter, Read: readREFI, Sniff: isREFI},
	{Name: "webanno", Extension: ".webanno.tsv", About: "WebAnno TSV 3.3, as INCEpTION reads it; no notes", Apart: true, NewWriter: each(writeWebAnno), Read: readWebAnno, Sniff: isWebAnno},
	{Name: "readwise", Extension: ".readwise.csv", About: "Readwise: a row a quote; no names", NewWriter: newReadwiseWriter},
	{Name: "schemaorg", Extension: ".schema.jsonld", About: "schema.org JSON-LD: who is mentioned and quoted, not where", Apart: true, NewWriter: each(writeSchemaOrg)},
}

// reading makes a function that writes a document of one that writes its article and layer.
func reading(write func(io.Writer, *articles.Article, *annotate.Layer) error) func(io.Writer, *Document, Options) error {
	return func(w io.Writer, d *Document, _ Options) error { return write(w, d.Article, d.Layer) }
}

// writeText writes the text that standoff formats speak of.
func writeText(w io.Writer, d *Document) error {
	_, err := io.WriteString(w, d.Text)
	return err
}
