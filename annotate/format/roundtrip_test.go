package format

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/articles"
)

// A folder is what a format writes of documents, by name of file.
type folder map[string][]byte

// written returns the files that f makes of documents: one with all, or one each.
func written(t *testing.T, f *Format, o Options, ds ...*Document) (folder, []string) {
	t.Helper()
	files := folder{}
	var names []string
	put := func(name string, ds ...*Document) {
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
			var b bytes.Buffer
			if err := c.Write(&b, ds[0]); err != nil {
				t.Fatal(err)
			}
			beside := c.Name
			if beside == "" {
				beside = name + c.Extension
			}
			files[beside] = b.Bytes()
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

// read returns the documents of the files of those names.
func (files folder) read(t *testing.T, f *Format, loss *Loss, names []string, known ...*Document) []*Document {
	t.Helper()
	article := func(id, _ string) (*articles.Article, error) {
		for _, d := range known {
			if d.ID == id {
				return d.Article, nil
			}
		}
		return nil, fmt.Errorf("there is no article %q", id)
	}
	var out []*Document
	for _, name := range names {
		in := Input{Reader: bytes.NewReader(files[name]), Name: name, Loss: loss, Article: article, Open: func(name string) (io.ReadCloser, error) {
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

// claims lists what stands in a layer, one line a mention and a quote; of what was
// rejected nothing, and of what a format leaves open nothing: who is behind a claim.
func claims(d *Document) []string {
	var out []string
	for _, e := range d.Layer.Entities {
		for _, m := range e.Mentions {
			if alive(m) {
				out = append(out, fmt.Sprintf("mention %d-%d %s", m.Start, m.End, strings.ToLower(label(e.Type))))
			}
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

// tokens are formats that hold tokens and no text: what is read back has blanks of its
// own, and is compared by its words.
var tokens = []string{"conll", "iob1", "bioes"}

// What is read back was written, and what was not read back was counted as lost. What
// is read back, written, read and written again is the same file.
func TestRoundTrips(t *testing.T) {
	for i := range Formats {
		f := &Formats[i]
		if f.NewWriter == nil || f.Read == nil || slices.Contains(tokens, f.Name) {
			continue
		}
		t.Run(f.Name, func(t *testing.T) {
			for seed := range uint64(200) {
				roundTrip(t, f, seed)
			}
		})
	}
}

func roundTrip(t *testing.T, f *Format, seed uint64) {
	t.Helper()
	var ds []*Document
	for i := range uint64(2) {
		a, l := random(2*seed + i)
		l.Remarks = []annotate.Remark{{Kind: annotate.OfMention, Span: l.Entities[0].Mentions[0].Span, Who: "ann", Text: "a\u2028note\n<&>\"|_[]\\"}}
		ds = append(ds, &Document{Article: a, Layer: l})
	}
	loss := &Loss{}
	files, names := written(t, f, Options{Loss: loss}, ds...)
	back := files.read(t, f, loss, names, ds...)
	if len(back) != len(ds) {
		t.Fatalf("seed %d: %d documents of %d", seed, len(back), len(ds))
	}
	gone := 0
	for i, d := range back {
		if d.Text != ds[i].Text {
			t.Fatalf("seed %d: the text is\n%q, not\n%q", seed, d.Text, ds[i].Text)
		}
		if err := d.Layer.Check(d.Text); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		want, got := claims(ds[i]), claims(d)
		for _, c := range got {
			if !slices.Contains(want, c) {
				t.Fatalf("seed %d: read %s, which nobody wrote, of\n%s\n%s", seed, c, strings.Join(want, "\n"), files[names[min(i, len(names)-1)]])
			}
		}
		gone += len(want) - len(got)
	}
	lost := 0
	for _, n := range loss.counts {
		lost += n
	}
	if gone > lost {
		t.Fatalf("seed %d: %d claims are gone, but %d told as lost: %q", seed, gone, lost, loss.Lines())
	}
	// What was rejected is gone by now, and entities stand in the order of what is left.
	again, names := written(t, f, Options{}, back...)
	third, _ := written(t, f, Options{}, again.read(t, f, nil, names, ds...)...)
	for name, data := range third {
		if !bytes.Equal(data, again[name]) {
			t.Fatalf("seed %d: %s read and written again: %s", seed, name, apart(data, again[name]))
		}
	}
}

// apart shows where two files differ first.
func apart(a, b []byte) string {
	n := commonBegin(string(a), string(b))
	from := max(0, n-200)
	return fmt.Sprintf("at %d\n%q\nnot\n%q", n, a[from:min(len(a), n+200)], b[from:min(len(b), n+200)])
}
