// Package formattest supports tests of formats with documents that try every reader,
// random documents, and folders in memory that formats write and read.
package formattest

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/standoff"
	"byline/articles"
)

// ReadAny reads data, which may be anything, and checks the documents it yields.
func ReadAny(t *testing.T, f *format.Format, data []byte) {
	t.Helper()
	in := format.Input{Reader: strings.NewReader(string(data)), Name: "fuzz", Loss: &format.Loss{}}
	for d, err := range f.Read(in) {
		if err != nil {
			continue
		}
		if err := d.Layer.Check(d.Text); err != nil {
			t.Fatal(err)
		}
	}
}

// A Folder is the files that a format writes, by name.
type Folder map[string][]byte

// Write returns the files that f writes of documents, and the names of those with
// documents: one for all, or one for each.
func Write(t *testing.T, f *format.Format, o format.Options, ds ...*format.Document) (Folder, []string) {
	t.Helper()
	files := Folder{}
	var names []string
	put := func(name string, ds ...*format.Document) {
		var b bytes.Buffer
		w := f.NewWriter(&b, o)
		for _, d := range ds {
			if err := w.Write(d); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		files[name+f.Extension] = b.Bytes()
		names = append(names, name+f.Extension)
		for _, c := range f.Beside {
			beside := c.Name
			if beside == "" {
				beside = name + c.Extension
			}
			files[beside] = WriteBeside(t, c, files[beside], ds...)
		}
	}
	if !f.Apart {
		put("all", ds...)
		return files, names
	}
	for i, d := range ds {
		put(fmt.Sprint("d", i), d)
	}
	return files, names
}

// WriteBeside returns what c is for documents, where before is there already.
func WriteBeside(t *testing.T, c format.Companion, before []byte, ds ...*format.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	w := c.NewWriter(&b, before)
	for _, d := range ds {
		if err := w.Write(d); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Read returns the documents of the files with these names. known are the articles of a
// library.
func (files Folder) Read(t *testing.T, f *format.Format, loss *format.Loss, names []string, known ...*format.Document) []*format.Document {
	t.Helper()
	article := func(id, _ string) (*articles.Article, error) {
		for _, d := range known {
			if d.ID == id {
				return d.Article, nil
			}
		}
		return nil, fmt.Errorf("there is no article %q", id)
	}
	var out []*format.Document
	for _, name := range names {
		in := format.Input{Reader: bytes.NewReader(files[name]), Name: name, Loss: loss, Article: article, Open: func(name string) (io.ReadCloser, error) {
			data, ok := files[name]
			if !ok {
				return nil, fmt.Errorf("there is no %s", name)
			}
			return io.NopCloser(bytes.NewReader(data)), nil
		}}
		for d, err := range f.Read(in) {
			if err != nil {
				t.Fatalf("%s: read %s: %v\n%s", f.Name, name, err, files[name])
			}
			out = append(out, d)
		}
	}
	return out
}

// Claims returns a sorted line for each mention and quote in a layer that was not
// rejected, without what some formats do not hold: who made a claim.
func Claims(d *format.Document) []string {
	var out []string
	for e, m := range d.Layer.Mentions() {
		if standoff.Alive(*m) {
			out = append(out, fmt.Sprintf("mention %d-%d %s", m.Start, m.End, strings.ToLower(standoff.Label(e.Type))))
		}
	}
	for _, q := range d.Layer.Quotes {
		if q.State != annotate.Rejected {
			out = append(out, fmt.Sprintf("quote %d-%d", q.Start, q.End))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
