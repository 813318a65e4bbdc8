package parts

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"math/bits"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/klauspost/compress/zstd"

	"byline/articles/corpus"
	"byline/articles/load"
)

// inputs are the files of records, laid end to end. A part is a stretch of that: from one of its bytes to another.
//
// In files of JSON lines a record belongs to the part in which it begins, so that a part reads only its stretch.
// Files that cannot be read from the middle, compressed ones and tables, are read whole by the parts that they lie
// in; their records are dealt out to those in proportion.
type inputs struct {
	files []file
	size  int64  // of all, in bytes
	sum   string // of the names and sizes of files, in their order
}

// A file is one of the corpus.
type file struct {
	path        string
	start, size int64 // where it lies in the corpus, in bytes
}

// extensions are those of files that are read from a folder, with those of compressed files taken off.
var extensions = map[string][]string{
	"jsonl": {".jsonl", ".ndjson", ".json"},
	"csv":   {".csv"},
	"tsv":   {".tsv", ".tab"},
}

// inputs finds the files that are named. They are sorted by name, so that two machines that list a folder in
// different orders make parts of the same corpus.
func (j *Job) inputs() (*inputs, error) {
	var paths []string
	for _, name := range j.Inputs {
		found, err := j.filesOf(name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, load.WithoutPath(err))
		}
		paths = append(paths, found...)
	}
	slices.Sort(paths)
	all := &inputs{}
	sum := sha256.New()
	for _, path := range paths {
		info, err := os.Stat(path)
		if err == nil && !info.Mode().IsRegular() {
			err = errors.New("not a file: parts are cut by the sizes of files")
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", path, load.WithoutPath(err))
		}
		all.files = append(all.files, file{path, all.size, info.Size()})
		all.size += info.Size()
		fmt.Fprintf(sum, "%s\x00%d\n", filepath.Base(path), info.Size())
	}
	fmt.Fprintf(sum, "%+v\n", j.Records)
	all.sum = hex.EncodeToString(sum.Sum(nil)[:16])
	return all, nil
}

// filesOf returns a file, or the files of records in a folder.
func (j *Job) filesOf(name string) ([]string, error) {
	info, err := os.Stat(name)
	if err != nil || !info.IsDir() {
		return []string{name}, err
	}
	var out []string
	err = filepath.WalkDir(name, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && slices.Contains(extensions[j.Records.Format], recordsExtension(path)) {
			out = append(out, path)
		}
		return err
	})
	if err == nil && len(out) == 0 {
		err = fmt.Errorf("no files of %s in this folder", j.Records.Format)
	}
	return out, err
}

// recordsExtension returns the extension of a file without that of its compression, in lower case.
func recordsExtension(path string) string {
	path = strings.ToLower(path)
	switch ext := filepath.Ext(path); ext {
	case ".gz", ".bz2", ".zst":
		path = strings.TrimSuffix(path, ext)
	}
	return filepath.Ext(path)
}

// A record is one of a file.
type record struct {
	corpus.Record
	path  string
	bytes bool // it is known by its byte, not its line: reading began in the middle of the file
}

// size returns the bytes of r, at most as many as are worked on at once.
func (r *record) size() int64 { return int64(min(r.Size(), mostAtOnce)) }

// place says where r stands.
func (r *record) place() string {
	if r.bytes {
		return fmt.Sprintf("%s at byte %d", r.path, r.Offset)
	}
	return fmt.Sprintf("%s:%d", r.path, r.Line)
}

// stretch returns the bytes of the corpus that a part is, from lo to before hi.
func (in *inputs) stretch(part, of int) (lo, hi int64) {
	at := func(k int) int64 {
		high, low := bits.Mul64(uint64(in.size), uint64(k))
		q, _ := bits.Div64(high, low, uint64(of))
		return int64(q)
	}
	return at(part - 1), at(part)
}

// each yields the records of a part in order. A file that is damaged ends there, which counts as one record; one
// that cannot be read is an error.
func (in *inputs) each(ctx context.Context, j *Job, yield func(record) bool) error {
	lo, hi := in.stretch(j.Part, j.Of)
	for _, f := range in.files {
		if f.start >= hi || f.start+f.size <= lo {
			continue
		}
		more := true
		var broken error
		for r := range f.records(ctx, j.Records.Format, lo-f.start, hi-f.start) {
			if broken = unreadable(r.Err); broken != nil {
				break
			}
			if more = yield(r); !more {
				break
			}
		}
		if broken != nil || !more {
			return broken
		}
	}
	return nil
}

// unreadable returns the error of a file system in err, nil if it is the file that is damaged.
func unreadable(err error) error {
	var system *fs.PathError
	if errors.As(err, &system) {
		return fmt.Errorf("read %s: %w", system.Path, load.WithoutPath(err))
	}
	return nil
}

// records yields the records of f that lie between lo and hi, in bytes from its start.
func (f *file) records(ctx context.Context, format string, lo, hi int64) iter.Seq[record] {
	return func(yield func(record) bool) {
		in, err := os.Open(f.path)
		if err != nil {
			yield(record{Record: corpus.Record{Err: err}, path: f.path})
			return
		}
		defer in.Close()
		br := bufio.NewReaderSize(in, 1<<16)
		head, _ := br.Peek(4)
		unpacked, packed, err := unpack(br, head)
		switch {
		case err != nil:
			yield(record{Record: corpus.Record{Line: 1, Err: err}, path: f.path})
		case format == "jsonl" && !packed:
			f.lines(ctx, in, max(lo, 0), hi, yield)
		default:
			f.dealt(ctx, format, unpacked, lo, hi, yield)
		}
	}
}

// unpack returns what r holds, and whether it was compressed. Head are its first four bytes.
func unpack(r io.Reader, head []byte) (io.Reader, bool, error) {
	switch {
	case bytes.HasPrefix(head, []byte("\x1f\x8b")):
		z, err := gzip.NewReader(r)
		return z, true, err
	case bytes.HasPrefix(head, []byte("BZh")):
		return bzip2.NewReader(r), true, nil
	case bytes.HasPrefix(head, []byte("\x28\xb5\x2f\xfd")):
		z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(128<<20), zstd.WithDecoderMaxWindow(32<<20))
		return z, true, err
	}
	return r, false, nil
}

// lines yields the lines of in that begin from byte lo to before hi.
func (f *file) lines(ctx context.Context, in io.ReadSeeker, lo, hi int64, yield func(record) bool) {
	from := max(lo-1, 0) // a line begins at lo if the byte before ends one
	if _, err := in.Seek(from, io.SeekStart); err != nil {
		yield(record{Record: corpus.Record{Err: err}, path: f.path})
		return
	}
	skip := lo > 0
	for r := range corpus.Lines(ctx, in) {
		r.Offset += from
		if skip && r.Offset == from && unreadable(r.Err) == nil {
			continue // the end of a line of the part before
		}
		if r.Offset >= hi || !yield(record{Record: r, path: f.path, bytes: lo > 0}) {
			return
		}
	}
}

// dealt yields the share of the records of in that lies from lo to before hi, where record k lies at the fraction
// of k times the golden ratio: any stretch gets records in proportion to its length, however short the file.
func (f *file) dealt(ctx context.Context, format string, in io.Reader, lo, hi int64, yield func(record) bool) {
	const golden = 0x9E3779B97F4A7C15 // 2⁶⁴ over the golden ratio
	k := uint64(0)
	for r := range readers[format](ctx, in) {
		at, _ := bits.Mul64(k*golden, uint64(f.size))
		k++
		if int64(at) < lo || int64(at) >= hi {
			if r.Err == nil || unreadable(r.Err) == nil {
				continue
			}
		}
		if !yield(record{Record: r, path: f.path}) {
			return
		}
	}
}

// readers read the records of each format of sources.Records.
var readers = map[string]func(context.Context, io.Reader) iter.Seq[corpus.Record]{
	"jsonl": func(ctx context.Context, r io.Reader) iter.Seq[corpus.Record] {
		return corpus.Lines(ctx, r)
	},
	"csv": table(','),
	"tsv": table('\t'),
}

func table(comma rune) func(context.Context, io.Reader) iter.Seq[corpus.Record] {
	return func(ctx context.Context, r io.Reader) iter.Seq[corpus.Record] {
		return corpus.Table(ctx, r, comma)
	}
}
