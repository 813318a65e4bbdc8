package format

import (
	"fmt"
	"io"
	"iter"
	"slices"
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
	Extension string // ".conll"; of several formats with one, the first in [Formats] has it
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

// A Loss counts what a format could not hold, by reason. The zero Loss is empty, and a
// nil one counts nothing.
type Loss struct {
	reasons []string // in the order of their first time
	counts  map[string]int
}

// Add counts n things lost for a reason: "nested mentions: IOB2 cannot nest".
func (l *Loss) Add(n int, reason string) {
	if l == nil || n == 0 {
		return
	}
	if l.counts == nil {
		l.counts = map[string]int{}
	}
	if l.counts[reason] == 0 {
		l.reasons = append(l.reasons, reason)
	}
	l.counts[reason] += n
}

// Lines returns a line a reason, "3 nested mentions: IOB2 cannot nest", in the order in
// which they were first met.
func (l *Loss) Lines() []string {
	if l == nil {
		return nil
	}
	out := make([]string, len(l.reasons))
	for i, r := range l.reasons {
		out[i] = fmt.Sprintf("%d %s", l.counts[r], r)
	}
	return out
}

// Total returns how many things were lost.
func (l *Loss) Total() int {
	n := 0
	if l != nil {
		for _, c := range l.counts {
			n += c
		}
	}
	return n
}

// Named returns the format of a name, nil if there is none.
func Named(name string) *Format {
	i := slices.IndexFunc(Formats, func(f Format) bool { return f.Name == name })
	if i < 0 {
		return nil
	}
	return &Formats[i]
}

// OfFile returns the format that the end of a file's name stands for, the longest that
// does; nil if none does.
func OfFile(name string) *Format {
	var best *Format
	for i := range Formats {
		f := &Formats[i]
		if strings.HasSuffix(strings.ToLower(name), f.Extension) && (best == nil || len(f.Extension) > len(best.Extension)) {
			best = f
		}
	}
	return best
}

// speaker returns who speaks q; nil where nobody does, or where a person said that
// nothing in the text names them.
func speaker(l *annotate.Layer, q *annotate.Quote) *annotate.Entity {
	if e := l.Entity(q.Speaker); e != nil && slices.ContainsFunc(e.Mentions, alive) {
		return e
	}
	return nil
}

// each makes a writer of a function that writes one document.
func each(write func(io.Writer, *Document, Options) error) func(io.Writer, Options) Writer {
	return func(w io.Writer, o Options) Writer { return &eachWriter{w, o, write} }
}

type eachWriter struct {
	io.Writer
	Options
	write func(io.Writer, *Document, Options) error
}

func (w *eachWriter) Write(d *Document) error { return w.write(w.Writer, d, w.Options) }
func (w *eachWriter) Close() error            { return nil }

// one makes a reader of a function that reads a file of one document. An error says
// what was read, "brat's standoff", and of which file.
func one(what string, read func(Input) (*Document, error)) func(Input) iter.Seq2[*Document, error] {
	return func(in Input) iter.Seq2[*Document, error] {
		return func(yield func(*Document, error) bool) {
			d, err := read(in)
			if err != nil {
				err = fmt.Errorf("read %s %s: %w", what, in.Name, err)
			}
			yield(d, err)
		}
	}
}

// between makes a writer of a function that writes one document, with head before the
// first, gap before each further one and tail behind the last.
func between(head, gap, tail string, write func(io.Writer, *Document, Options) error) func(io.Writer, Options) Writer {
	return func(w io.Writer, o Options) Writer {
		return &listWriter{eachWriter{w, o, write}, head, gap, tail, false}
	}
}

type listWriter struct {
	eachWriter
	head, gap, tail string
	begun           bool
}

func (w *listWriter) Write(d *Document) error {
	before := w.gap
	if !w.begun {
		before, w.begun = w.head, true
	}
	if _, err := io.WriteString(w.Writer, before); err != nil {
		return err
	}
	return w.eachWriter.Write(d)
}

func (w *listWriter) Close() error {
	if !w.begun {
		w.tail = w.head + w.tail
	}
	_, err := io.WriteString(w.Writer, w.tail)
	return err
}
