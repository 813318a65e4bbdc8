// Package format defines what a format of annotated articles is: a name, a file
// extension, a function that writes documents and one that reads them. The formats
// themselves are in the packages below, one for each family of tools; package formats
// lists them.
//
//	native    byline's own JSON, one object or one a line
//	tables    CSV and TSV of mentions and quotes; Readwise
//	report    Markdown, Obsidian and HTML, to be read by people
//	brat      brat's standoff
//	conll     CoNLL-2003 in IOB2, IOB1 and BIOES; CoNLL-U with CorefUD
//	tasks     Prodigy and spaCy, doccano, Label Studio
//	uima      a CAS as XMI and as JSON; WebAnno TSV
//	w3c       Web Annotations, Hypothes.is, schema.org
//	tei       TEI P5
//	refi      projects of REFI-QDA
//	parquet   Apache Parquet: columns of mentions and of quotes
//
//	formats     the table of all
//	standoff    claims that refer to a text by offsets, written and read
//	offsets     bytes, code points and UTF-16 code units
//	tokens      a text as sentences of tokens
//	records     lines and JSON objects of a file, within bounds
//	escape      text inside XML and inside a line
//	formattest  documents and folders for the tests of formats
//
// # Adding a format
//
// Declare a [Format] in the package of its family, or in a new one, and add it to the
// table of package formats: nothing else lists formats. [Each] makes NewWriter of a
// function that writes one document, [One] makes Read of a function that reads one.
// Families import this package and the shared ones, never each other. The tests of
// package formats go through the table: they compare what a format writes with testdata
// (-update writes the file), read it back, count what is lost, and check that no other
// format takes its files for its own.
//
// Whatever a format cannot hold is counted in a [Loss], where it is written as where it is read; a line, row or
// object that cannot be read costs itself only. The fields of a Format tell its callers what to count or to write
// for it: Rejected and Passages, that it holds what people rejected and notes on words that are no claim, or counts
// them by itself; Beside, the companions that lie next to its files, such as the text of brat's and Label Studio's
// configuration; ByName, that an empty file of its name is one of its files.
//
// A label is read as one of the engine's types if it is a usual name of that, else as a type of the user's own, in
// lower case. The spelling of the file is kept in [Document].Labels, so that a conversion writes "PER" where it
// read "PER".
//
// # Compatibility
//
// byline's own JSON (formats "json" and "jsonl") is a contract, which only grows: names,
// meaning and order of its fields do not change, none is removed, new ones come after
// those that are there, and a reader passes over fields it does not know. Its offsets
// count Unicode code points of its "text". A claim is of origin "human" when a person
// made, changed or confirmed it, with score 1, else "machine" with the score of the
// engine rounded to four digits. What a person rejected is left out, and so are entities
// of which nothing is left. Reading it back gives what was written: the text with its
// paragraphs as blocks, and the layer without the rules by which the engine decided,
// which the format does not carry. A quote's "speakers" are all who say it, in the order of
// the text, and "speaker" is the first of them; a file may have "speaker" alone. A document from a library has more fields after
// these, with which it is read back whole; among them "remarks", whose kind is "mention", "quote" or,
// for notes and highlights of any words, "passage". By default everything is written; a document has
// fewer entities and quotes if whoever exports it chose kinds (see [Kinds]).
//
// The other formats follow the programs that read them, and change with them. Most are
// read as well as written; reports, Readwise, schema.org and Parquet are only written.
package format
