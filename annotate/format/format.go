package format

import (
	"io"
	"iter"
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/library"
	"byline/articles"
)

// A Document is an article with one reading of it: what formats write and read.
type Document struct {
	*articles.Article
	Layer  *annotate.Layer     // as review.Apply returns it, rejected claims included
	Log    []annotate.Decision // of which the layer was made; nil where the format carries none
	Who    string              // whose reading it is; empty where the format does not say
	Status library.Status      // Status and Tags are empty outside a library
	Tags   []string
	// Labels are how the file that d was read from, or the files that a library has its labels from, spell types:
	// "PER" for a person. Formats that write labels write these.
	Labels map[annotate.Type]string
	// Own reports whether byline wrote the file that d was read from: then a quote that a person decided on and that
	// has no speaker is nobody's, while other programs may just not say who speaks.
	Own bool
	// Apart reports whether the file that d was read from says of no two names whether they are the same: then those with
	// the same words are one entity of the layer, which nobody decided.
	Apart bool
}

// A Format is a way to write documents to a file. A format that is only read has no
// NewWriter, one that is only written no Read.
type Format struct {
	Name      string // as users type it: "conll"
	Extension string // ".conll"; of formats that share one, the first in the table is told by it
	About     string // one line: which programs read it, and what it cannot hold

	// Binary reports whether files are not text, so that they must not be written to a terminal.
	Binary bool
	// Apart reports whether each document needs files of its own: a file holds only one.
	Apart bool
	// Beside are the further files of a file that NewWriter writes, made of the same documents.
	Beside []Companion

	// Passages reports whether the format holds notes and highlights of passages, or counts them as
	// lost by itself.
	Passages bool

	// Rejected reports whether the format holds what people rejected, or counts it as lost by itself.
	Rejected bool

	NewWriter func(io.Writer, Options) Writer

	// Read yields the documents of a file in order. For a document that cannot be read it
	// yields an error that says which one and why, and continues where it can.
	Read func(Input) iter.Seq2[*Document, error]
	// ByName reports whether a file with the extension is of this format, whatever it holds: it may be empty.
	ByName bool
	// Sniff reports whether head, the first [SniffBytes] bytes of a file or all of a
	// shorter one, is the start of this format. It is nil if only a file's name tells.
	Sniff func(head []byte) bool
}

// HasExtension reports whether a file's name ends with the extension of f, ignoring case.
func (f *Format) HasExtension(name string) bool {
	return strings.HasSuffix(strings.ToLower(name), f.Extension)
}

// NeedsText reports whether a file of f is nothing without the one beside it that has the text.
func (f *Format) NeedsText() bool {
	return slices.ContainsFunc(f.Beside, func(c Companion) bool { return c.Name == "" && !c.Optional })
}

// SniffBytes is how many bytes from the start of a file a Sniff function gets.
const SniffBytes = 4 << 10

// A Writer writes documents one after the other. It does not keep them.
type Writer interface {
	Write(*Document) error
	// Close writes what follows the last document. It does not close the file.
	Close() error
}

// A Companion is a file that is written next to another: the text that standoff
// annotations refer to, a type system.
type Companion struct {
	Extension string // replaces the extension of the file: ".txt"
	Name      string // or the whole name, where files of a folder share it: "TypeSystem.xml"
	Optional  bool   // it is not written if there is nothing in it
	// NewWriter returns a writer of the file. Before is what the folder's file of that name holds already, of other
	// documents; empty if there is none.
	NewWriter func(w io.Writer, before []byte) Writer
}

// An Input is a file to read documents from.
type Input struct {
	io.Reader
	Name string // file name, used in errors; "-" for standard input
	// Open opens a file by its name in the same folder. It is nil if there is no folder.
	Open func(name string) (io.ReadCloser, error)
	// Article returns the article that a format without a text refers to. It is nil if no
	// library is at hand.
	Article func(id, title string) (*articles.Article, error)
	// Loss counts what the file has and a layer cannot hold. It may be nil.
	Loss *Loss
}

// Options are the choices that formats leave open. The zero Options are the defaults.
type Options struct {
	// Flatten chooses which of several overlapping mentions a format without nesting
	// keeps: "outer" (the default), "inner", "longest" or "type" (people first).
	Flatten string
	UTF16   bool  // write offsets in UTF-16 code units where programs disagree on the unit
	BOM     bool  // write a byte order mark before CSV
	CRLF    bool  // end lines of REFI's plain texts with CR LF
	Single  bool  // there is only one document: JSON is an object, not a list
	Kinds   Kinds // what is written of a document; whoever calls a writer applies them
	Loss    *Loss // counts what could not be written; may be nil
}
