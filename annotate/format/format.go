package format

import (
	"io"
	"iter"
	"strings"

	"byline/annotate"
	"byline/annotate/library"
	"byline/articles"
)

// A Document is an article with one reading of it: what goes out and comes in.
type Document struct {
	*articles.Article
	Layer  *annotate.Layer     // as review.Apply made it, with what was rejected
	Log    []annotate.Decision // behind the layer; nil where the format carries none
	Who    string              // whose reading it is, where the format says so
	Status library.Status      // and Tags: what a library knows of the article; empty elsewhere
	Tags   []string
}

// A Format is a way of writing documents down. A format that goes one way has no
// NewWriter or no Read.
type Format struct {
	Name      string // "conll", as a command takes it
	Extension string // ".conll"; of several formats with one, the first of the table has it
	About     string // one line: who reads it, and what it cannot hold

	// Apart says that each article has files of its own: a file holds one document.
	Apart bool
	// Beside are the further files that belong to the one that NewWriter writes.
	Beside []Companion

	NewWriter func(io.Writer, Options) Writer

	// Read yields the documents of a file in their order. A document that cannot be
	// read comes as an error that says which and why; reading goes on where it can.
	Read func(Input) iter.Seq2[*Document, error]
	// Sniff reports whether a file that begins with head, at most [SniffBytes] bytes,
	// is of this format. Nil: only its name tells.
	Sniff func(head []byte) bool
}

// HasExtension reports whether a file's name ends as those of f do, in large or small
// letters.
func (f *Format) HasExtension(name string) bool {
	return strings.HasSuffix(strings.ToLower(name), f.Extension)
}

// SniffBytes is how much of the beginning of a file tells its format.
const SniffBytes = 4 << 10

// A Writer writes documents one after the other and keeps none of them.
type Writer interface {
	Write(*Document) error
	// Close writes what stands behind the last document. It does not close the file.
	Close() error
}

// A Companion is a file that is written beside another: the text of a standoff format,
// a type system.
type Companion struct {
	Extension string // in place of that of the file: ".txt"
	Name      string // or its whole name, one in a folder: "TypeSystem.xml"
	Write     func(io.Writer, *Document) error
}

// An Input is a file that documents are read from.
type Input struct {
	io.Reader
	Name string // of the file, for errors; "-" for standard input
	// Open opens the file of this name in the same folder; nil where there is none.
	Open func(name string) (io.ReadCloser, error)
	// Article returns the article that a format without a text speaks of; nil where nobody
	// knows any.
	Article func(id, title string) (*articles.Article, error)
	// Loss takes what the file says and a layer cannot hold. May be nil.
	Loss *Loss
}

// Options are what formats leave to choose. The zero Options are the usual.
type Options struct {
	// Flatten says which of mentions that overlap stays where a format holds none that
	// do: "outer" (the default), "inner", "longest" or "type" (people first).
	Flatten string
	UTF16   bool  // offsets in UTF-16 code units where a format's readers disagree
	BOM     bool  // a byte order mark before CSV
	CRLF    bool  // line ends of REFI's plain texts
	Single  bool  // the document that comes is the only one: JSON is an object, not a list
	Loss    *Loss // takes what could not be written; may be nil
}
