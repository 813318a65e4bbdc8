package format_test

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"byline/annotate/format"
	"byline/articles"
)

// titled returns a document with that title.
func titled(title string) *format.Document {
	return &format.Document{Article: &articles.Article{Title: title}}
}

func writeTitle(w io.Writer, d *format.Document, o format.Options) error {
	o.Loss.Add(1, "texts: it has titles only")
	_, err := io.WriteString(w, d.Title)
	return err
}

func TestLoss(t *testing.T) {
	t.Parallel()
	loss := &format.Loss{}
	loss.Add(2, "notes: no place")
	loss.Add(0, "tags: nothing happened")
	loss.Add(1, "cues: no place")
	loss.Add(3, "notes: no place")
	if want := []string{"5 notes: no place", "1 cues: no place"}; !slices.Equal(loss.Lines(), want) || loss.Total() != 6 {
		t.Errorf("%q, %d in all", loss.Lines(), loss.Total())
	}
	var none *format.Loss
	none.Add(1, "notes: no place")
	if none.Lines() != nil || none.Total() != 0 {
		t.Errorf("nil counts: %q, %d", none.Lines(), none.Total())
	}
}

// The text around the documents is written for any number of them.
func TestWriters(t *testing.T) {
	t.Parallel()
	each, list := format.Each(writeTitle), format.Between("[", ",", "]", writeTitle)
	for n, want := range [][2]string{{"", "[]"}, {"a", "[a]"}, {"ab", "[a,b]"}, {"abc", "[a,b,c]"}} {
		for i, newWriter := range []func(io.Writer, format.Options) format.Writer{each, list} {
			var b bytes.Buffer
			w := newWriter(&b, format.Options{})
			for _, title := range []string{"a", "b", "c"}[:n] {
				if err := w.Write(titled(title)); err != nil {
					t.Fatal(err)
				}
			}
			if err := w.Close(); err != nil || b.String() != want[i] {
				t.Errorf("%d documents: %q, %v, want %q", n, b.String(), err, want[i])
			}
		}
	}
}

func TestOne(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	read := format.One("the minutes", func(in format.Input) (*format.Document, error) {
		if in.Name == "bad" {
			return nil, broken
		}
		return titled(in.Name), nil
	})
	for name, want := range map[string]string{"good": "good", "bad": "read the minutes bad: broken"} {
		n := 0
		for d, err := range read(format.Input{Name: name}) {
			n++
			if err != nil && (!errors.Is(err, broken) || err.Error() != want) || err == nil && d.Title != want {
				t.Errorf("%s: %v, %v", name, d, err)
			}
		}
		if n != 1 {
			t.Errorf("%s: %d documents", name, n)
		}
	}
}

func TestPreview(t *testing.T) {
	t.Parallel()
	f := &format.Format{Name: "titles", NewWriter: format.Between("<", "|", ">", writeTitle)}
	p, err := f.Preview(titled("a"))
	if err != nil || string(p.Head) != "<a>" || p.Cut || p.Loss.Total() != 1 {
		t.Errorf("%+v, %v", p, err)
	}
	p, err = f.Preview(titled(strings.Repeat("x", 9<<20)))
	if err != nil || len(p.Head) != 4<<10 || !p.Cut {
		t.Errorf("a long file: %d bytes, cut %v, %v", len(p.Head), p.Cut, err)
	}
	p, err = f.Preview(titled(strings.Repeat("x", 5000)))
	if err != nil || len(p.Head) != 4<<10 || p.Cut {
		t.Errorf("a file longer than its head: %d bytes, cut %v, %v", len(p.Head), p.Cut, err)
	}
	for length, cut := range map[int]bool{8<<20 - 2: false, 8<<20 - 1: true} { // and what is around it
		if p, err := f.Preview(titled(strings.Repeat("x", length))); err != nil || p.Cut != cut {
			t.Errorf("%d bytes: cut %v, %v", length, p.Cut, err)
		}
	}
	broken := errors.New("broken")
	f.NewWriter = format.Each(func(io.Writer, *format.Document, format.Options) error { return broken })
	if _, err := f.Preview(titled("a")); !errors.Is(err, broken) || err.Error() != "as titles: broken" {
		t.Error(err)
	}
}

// The only document of a file is written as a single object.
func TestWriteOne(t *testing.T) {
	t.Parallel()
	f := &format.Format{NewWriter: format.Each(func(w io.Writer, _ *format.Document, o format.Options) error {
		if !o.Single {
			return errors.New("it is not told that it is the only one")
		}
		return nil
	})}
	if err := f.WriteOne(io.Discard, format.Options{}, titled("a")); err != nil {
		t.Error(err)
	}
}

func TestHasExtension(t *testing.T) {
	t.Parallel()
	f := &format.Format{Extension: ".tei.xml"}
	for name, want := range map[string]bool{"a.tei.xml": true, "A.TEI.XML": true, "dir/b.tei.xml": true, "a.xml": false, "tei.xml.gz": false, "": false} {
		if f.HasExtension(name) != want {
			t.Errorf("%q: %v", name, !want)
		}
	}
}
