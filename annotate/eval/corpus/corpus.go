// Package corpus reads gold data: texts in which people annotated names, who is the same,
// quotes and who says them.
//
// There is one file a format:
//
//	iob2      token and tag a line; names
//	json      byline's own, an object, a list of them, or (jsonl) one a line; everything
//	gold      articles annotated inline, see package gold; everything, and what is no quote
//	brat      FILE.ann next to FILE.txt; names, and clusters and quotes where there are any
//	coref     JSON lines with "entities" and their "mentions"; clusters of names
//	quotes    JSON lines with "quotes", their "speaker" and "cue"
//	newsroom  JSON lines with both; names, clusters, and passages in double marks by "kind":
//	          speech with its "speaker", title, scare
//
// Which one a file is shows in the end of its name and, for JSON lines, in the fields of
// each line. A name that ends with .gz is unpacked. Documents come one at a
// time; nothing of a file is kept but what the document at hand needs.
package corpus

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"byline/annotate/eval"
	"byline/articles"
	"byline/articles/plain"
)

// Formats are the names of the formats, as [Read] takes them.
var Formats = []string{"iob2", "json", "gold", "brat", "coref", "quotes", "newsroom"}

// endings are the formats by the end of a file name. JSON lines tell their format line by line.
var endings = map[string]string{
	".iob2": "iob2", ".iob": "iob2", ".conll": "iob2", ".bio": "iob2",
	".json": "json", ".jsonl": "lines", ".ndjson": "lines",
	".txtar": "gold", ".ann": "brat",
}

// formatOf returns the format that a file's name stands for; empty if unknown.
func formatOf(path string) string {
	return endings[strings.ToLower(filepath.Ext(strings.TrimSuffix(path, ".gz")))]
}

// Files returns the files of a name: the file itself, or for a folder all files in and below it
// whose names are those of gold data, sorted.
func Files(name string) ([]string, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return []string{name}, nil
	}
	var paths []string
	err = filepath.WalkDir(name, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && formatOf(path) != "" {
			paths = append(paths, path)
		}
		return err
	})
	return paths, err
}

// Docs is a sequence of documents, with an error in place of each one that could not be read;
// reading continues after it if possible.
type Docs = iter.Seq2[*eval.Doc, error]

// File yields the documents of a file. With an empty format, the name and contents decide. Errors
// name the file.
func File(path, format string) Docs {
	if format == "" {
		format = formatOf(path)
	}
	if _, err := os.Stat(annOf(path)); format == "" && strings.HasSuffix(path, ".txt") && err == nil {
		format = "brat"
	}
	if format == "brat" {
		return single(readBrat(strings.TrimSuffix(strings.TrimSuffix(path, ".ann"), ".txt")))
	}
	return func(yield func(*eval.Doc, error) bool) {
		in, err := open(path)
		if err != nil {
			yield(nil, fmt.Errorf("read %s: %w", path, err))
			return
		}
		defer in.Close()
		for d, err := range Read(path, in, format) {
			if !yield(d, err) {
				return
			}
		}
	}
}

// Read yields the documents of r, which errors call name. With an empty format, the first bytes
// decide. Brat uses two files, which only [File] reads.
func Read(name string, r io.Reader, format string) Docs {
	head := &peeked{Reader: r}
	if format == "" {
		format = head.guess()
	}
	switch format {
	case "iob2":
		return readIOB2(name, head)
	case "gold":
		return single(readGold(name, head))
	case "json":
		return readJSON(name, head)
	case "lines", "coref", "quotes", "newsroom":
		return readLines(name, head, format)
	case "brat":
		return single(nil, fmt.Errorf("read %s: brat's standoff is two files; name the one that ends with .ann", name))
	}
	return single(nil, fmt.Errorf("read %s: there is no format %q; take %s", name, format, strings.Join(Formats, ", ")))
}

// single yields one document, or the error in place of it.
func single(d *eval.Doc, err error) Docs {
	return func(yield func(*eval.Doc, error) bool) { yield(d, err) }
}

// A peeked reader is a reader with the first bytes that were examined.
type peeked struct {
	io.Reader
	head []byte
}

// guess returns the format that the first bytes suggest.
func (p *peeked) guess() string {
	buf := make([]byte, 1<<12)
	n, _ := io.ReadFull(p.Reader, buf)
	p.head = buf[:n]
	text := bytes.TrimLeft(p.head, " \t\r\n\ufeff")
	switch {
	case bytes.HasPrefix(text, []byte("-- about --")):
		return "gold"
	case bytes.HasPrefix(text, []byte("[")):
		return "json"
	case bytes.HasPrefix(text, []byte("{")):
		return "lines"
	}
	return "iob2"
}

func (p *peeked) Read(b []byte) (int, error) {
	if len(p.head) > 0 {
		n := copy(b, p.head)
		p.head = p.head[n:]
		return n, nil
	}
	return p.Reader.Read(b)
}

// open opens a file, decompressing it if its name ends with .gz.
func open(path string) (io.ReadCloser, error) {
	f, err := os.Open(path)
	if err != nil || !strings.HasSuffix(path, ".gz") {
		return f, withoutPath(err)
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		f.Close()
		return nil, err
	}
	return struct {
		io.Reader
		io.Closer
	}{z, f}, nil
}

// withoutPath returns err without the path, which the caller adds.
func withoutPath(err error) error {
	if pe, ok := err.(*fs.PathError); ok {
		return pe.Err
	}
	return err
}

// blocksOf returns the paragraphs that the plain-text importer finds, so that a text is scored the
// way it is annotated; nil if the importer changes the text.
func blocksOf(text string) []articles.Block {
	if a := plain.Import([]byte(text)); a.Text == text {
		return slices.Clip(a.Blocks)
	}
	return nil
}
