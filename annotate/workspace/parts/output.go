package parts

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"byline/annotate/format"
	"byline/annotate/format/native"
	"byline/annotate/format/parquet"
)

// Output says what parts are written as.
type Output struct {
	Format   *format.Format // one of those that [Formats] names
	Kinds    format.Kinds   // what is written of each article
	Compress string         // of lines: one of [Compressions]
}

// Formats are the names of the formats of parts.
var Formats = []string{native.JSONL.Name, parquet.Format.Name}

// Compressions are the ways to compress lines; the first does not.
var Compressions = []string{"none", "gzip", "zstd"}

// A Trailer is the last line of a part: {"byline": {…}}. No line of an article begins like that. A table has it under
// the same key of its metadata.
type Trailer struct {
	made
	Articles int `json:"articles"`
	Damaged  int `json:"damaged"` // records that could not be read or annotated
}

// made is what a part is made of. Two parts of the same are the same.
type made struct {
	Part   int    `json:"part"`
	Of     int    `json:"of"`
	Engine string `json:"engine"`
	Inputs string `json:"inputs"` // a hash of the names and sizes of the files, and of how they are read
	Output string `json:"output"`
}

// String says what o is, for trailers.
func (o *Output) String() string {
	s := o.Format.Name
	if len(o.Kinds) > 0 {
		s += " of " + strings.Join(o.Kinds, ",")
	}
	return s
}

func (o *Output) extension() string {
	return o.Format.Extension + map[string]string{"gzip": ".gz", "zstd": ".zst"}[o.Compress]
}

// isTable reports whether parts are tables, which compress themselves.
func (o *Output) isTable() bool { return o.Format.Name == parquet.Format.Name }

// names returns the files of the part at path, path last.
func (o *Output) names(path string) []string {
	if o.isTable() {
		return []string{strings.TrimSuffix(path, o.Format.Extension) + parquet.QuotesExtension, path}
	}
	return []string{path}
}

// A writer writes the articles of a part, then its trailer.
type writer interface {
	Write(*format.Document) error
	end(*Trailer) error
}

// begin returns a writer to the files that names names.
func (o *Output) begin(files []*os.File) (writer, error) {
	if o.isTable() {
		return &tables{quotes: parquet.NewQuotes(files[0]), mentions: parquet.NewMentions(files[1])}, nil
	}
	l := &lines{file: bufio.NewWriterSize(files[0], 1<<16)}
	switch o.Compress {
	case "gzip":
		l.packer = gzip.NewWriter(l.file)
	case "zstd":
		z, err := zstd.NewWriter(l.file, zstd.WithEncoderConcurrency(1))
		if err != nil {
			return nil, err
		}
		l.packer = z
	}
	l.Writer = o.Format.NewWriter(l.out(), format.Options{})
	return l, nil
}

// lines writes one line for each article.
type lines struct {
	format.Writer
	packer io.WriteCloser // nil if nothing is compressed
	file   *bufio.Writer
}

func (l *lines) out() io.Writer {
	if l.packer != nil {
		return l.packer
	}
	return l.file
}

func (l *lines) end(t *Trailer) error {
	if err := l.Close(); err != nil {
		return err
	}
	line, err := json.Marshal(map[string]*Trailer{native.TrailerKey: t})
	if err != nil {
		return err
	}
	_, err = l.out().Write(append(line, '\n'))
	if l.packer != nil {
		err = errors.Join(err, l.packer.Close())
	}
	return errors.Join(err, l.file.Flush())
}

// tables writes rows for each article.
type tables struct{ mentions, quotes *parquet.Writer }

func (w *tables) Write(d *format.Document) error {
	return errors.Join(w.mentions.Write(d), w.quotes.Write(d))
}

func (w *tables) end(t *Trailer) error {
	line, err := json.Marshal(t)
	if err != nil {
		return err
	}
	w.mentions.Note(native.TrailerKey, string(line))
	w.quotes.Note(native.TrailerKey, string(line))
	return errors.Join(w.quotes.Close(), w.mentions.Close())
}

// errCut says that a part has no trailer, or one for another number of articles.
var errCut = errors.New("the part is not whole")

// trailer reads the trailer of the part at path. It is an error if the part is not whole.
func (o *Output) trailer(path string) (*Trailer, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if o.isTable() {
		return trailerOfTable(f)
	}
	br := bufio.NewReaderSize(f, 1<<16)
	head, _ := br.Peek(4)
	in, _, err := unpack(br, head)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w: %w", path, errCut, err)
	}
	n, last, err := lastLine(in)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w: %w", path, errCut, err)
	}
	var line map[string]*Trailer
	if err := json.Unmarshal(last, &line); err != nil || line[native.TrailerKey] == nil || line[native.TrailerKey].Articles != n-1 {
		return nil, fmt.Errorf("read %s: %w", path, errCut)
	}
	return line[native.TrailerKey], nil
}

// trailerOfTable reads the trailer in the metadata of a table.
func trailerOfTable(f *os.File) (*Trailer, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	line, err := parquet.Noted(f, info.Size(), native.TrailerKey)
	t := &Trailer{}
	if err == nil {
		err = json.Unmarshal([]byte(line), t)
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w: %w", f.Name(), errCut, err)
	}
	return t, nil
}

// lastLine returns how many lines r has, and the beginning of the last. It is an error if that does not end.
func lastLine(r io.Reader) (n int, last []byte, err error) {
	br := bufio.NewReaderSize(r, 1<<16)
	ended := true
	for {
		part, err := br.ReadSlice('\n')
		if len(part) > 0 {
			if ended {
				n++
				last = append(last[:0], part...)
			}
			ended = part[len(part)-1] == '\n'
		}
		switch {
		case err == io.EOF && !ended:
			return n, nil, io.ErrUnexpectedEOF
		case err == io.EOF:
			return n, last, nil
		case err != nil && err != bufio.ErrBufferFull:
			return n, nil, err
		}
	}
}
