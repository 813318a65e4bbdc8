package main_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"byline/annotate"
	"byline/annotate/engine"
	"byline/annotate/eval/corpus"
	"byline/annotate/format"
	"byline/annotate/format/formats"
	"byline/annotate/format/formattest"
	"byline/annotate/review"
	"byline/articles"
	"byline/articles/samples"
)

var update = flag.Bool("update", false, "rewrite the files of testdata")

const frozenFile = "testdata/frozen.txt"

// TestFrozen holds the bytes of what byline makes: of the layers as they are stored, of
// every export, and of what every format reads back of its own; of the samples, of the
// gold of annotate/eval and of a corpus that is made here, untouched and decided on.
//
// A sum that changes on purpose is rewritten by go test . -run Frozen -update; the diff
// of testdata/frozen.txt then says what changed, and the commit why.
func TestFrozen(t *testing.T) {
	t.Parallel()
	f := &frozen{sums: map[string]*sum{}}
	f.collect(t)
	var out strings.Builder
	for _, name := range f.names {
		fmt.Fprintf(&out, "%s %s\n", f.sums[name], name)
	}
	if *update {
		if err := os.WriteFile(frozenFile, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(frozenFile)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for line := range strings.Lines(string(data)) {
		s, name, _ := strings.Cut(strings.TrimSpace(line), " ")
		want[name] = s
	}
	for _, name := range f.names {
		if got := f.sums[name].String(); got != want[name] {
			t.Errorf("%s: other bytes than those of %s", name, frozenFile)
		}
		delete(want, name)
	}
	for name := range want {
		t.Errorf("%s: in %s, not made any more", name, frozenFile)
	}
}

// frozen are sums by name, such as "samples/2-business.html: layer".
type frozen struct {
	sums  map[string]*sum
	names []string // in the order of their first bytes
	read  int      // articles so far
}

// A sum takes bytes in.
type sum struct{ bytes.Buffer }

func (s *sum) String() string {
	h := sha256.Sum256(s.Bytes())
	return hex.EncodeToString(h[:8])
}

// into returns where the bytes of a name go.
func (f *frozen) into(name string) *sum {
	if f.sums[name] == nil {
		f.sums[name] = &sum{}
		f.names = append(f.names, name)
	}
	return f.sums[name]
}

func (f *frozen) collect(t *testing.T) {
	t.Helper()
	stories, err := samples.All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range stories {
		f.article(t, "samples", strings.TrimPrefix(a.Source, "sample:"), a)
	}
	files, err := corpus.Files("annotate/eval/testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		for d, err := range corpus.File(file, "") {
			if err != nil {
				t.Fatal(err)
			}
			a := &articles.Article{Title: filepath.Base(d.Name), Source: filepath.Base(file), Format: articles.Plain, Text: d.Text, Blocks: d.Blocks}
			f.article(t, "gold", filepath.Base(file), a)
		}
	}
	for shape, made := range madeUp(t) {
		for _, a := range made {
			f.article(t, "made", shape, a)
		}
	}
}

// article adds what becomes of an article to the sums of its group, and its layer to that
// of its file.
func (f *frozen) article(t *testing.T, group, file string, a *articles.Article) {
	t.Helper()
	a.ID = articles.TextID(a.Text)
	e, err := engine.Default()
	if err != nil {
		t.Fatal(err)
	}
	l := e.Annotate(a.Text, a.Blocks)
	l.Engine = "frozen" // whatever version it is
	f.into(group + "/" + file + ": layer").Write(written(l))
	f.exports(t, group, &format.Document{Article: a, Layer: l}, false)

	decided := decidedOn(a, l)
	f.into(group + "/" + file + ": decided").Write(written(decided.Layer))
	f.read++
	f.exports(t, group+" decided", decided, group != "made" || f.read%4 == 0) // reading all takes long
}

// written returns all there is in a layer, however a library may store it.
func written(l *annotate.Layer) []byte {
	all := struct {
		Engine   string
		Entities []annotate.Entity
		Quotes   []annotate.Quote
		Remarks  []annotate.Remark
	}{l.Engine, slices.Clone(l.Entities), nil, l.Remarks}
	for i := range all.Entities {
		all.Entities[i].Hold = nil // is written nowhere
	}
	for _, q := range l.Quotes {
		all.Quotes = append(all.Quotes, *q)
	}
	return bytes.ReplaceAll(fmt.Appendf(nil, "%+v", all), []byte(" Hold:<nil>"), nil)
}

// exports adds a document in every format, and, with back, what each reads of its own.
func (f *frozen) exports(t *testing.T, group string, d *format.Document, back bool) {
	t.Helper()
	for i := range formats.All {
		x := &formats.All[i]
		if x.NewWriter == nil {
			continue
		}
		var out bytes.Buffer
		var loss format.Loss
		w := x.NewWriter(&out, format.Options{Loss: &loss})
		if err := w.Write(d); err != nil {
			t.Fatalf("%s of %s: %v", x.Name, d.Title, err)
		}
		if err := w.Close(); err != nil {
			t.Fatalf("%s of %s: %v", x.Name, d.Title, err)
		}
		into := f.into(group + ": " + x.Name)
		into.Write(out.Bytes())
		fmt.Fprintln(into, loss.Lines())
		beside := map[string][]byte{}
		for _, c := range x.Beside {
			data := formattest.WriteBeside(t, c, nil, d)
			beside[c.Extension+c.Name] = data
			into.Write(data)
		}
		if back && x.Read != nil {
			f.back(group+": "+x.Name+" back", x, d, out.Bytes(), beside)
		}
	}
}

// back adds what x reads of a file that it wrote.
func (f *frozen) back(name string, x *format.Format, d *format.Document, file []byte, beside map[string][]byte) {
	into := f.into(name)
	in := format.Input{Reader: bytes.NewReader(file), Name: "a" + x.Extension,
		Open: func(name string) (io.ReadCloser, error) {
			for ending, b := range beside {
				if strings.HasSuffix(name, ending) {
					return io.NopCloser(bytes.NewReader(b)), nil
				}
			}
			return nil, os.ErrNotExist
		},
		Article: func(string, string) (*articles.Article, error) { return d.Article, nil },
	}
	for got, err := range x.Read(in) {
		if err != nil {
			fmt.Fprintln(into, "not read")
			continue
		}
		fmt.Fprintf(into, "%s %s %s %v %d\n%s\n", got.Title, got.Who, got.Status, got.Tags, len(got.Log), got.Text)
		if got.Layer != nil {
			got.Layer.Engine = ""
			into.Write(written(got.Layer))
		}
	}
}

// decidedOn is an article after a person made some decisions, the same every time.
func decidedOn(a *articles.Article, l *annotate.Layer) *format.Document {
	r := rand.New(rand.NewPCG(1, uint64(len(a.Text))))
	now := time.Date(2026, 3, 9, 10, 0, 0, 0, time.UTC)
	var log []annotate.Decision
	n := 0
	shown := review.Apply(a.Text, l, nil)
	for range 12 {
		c, ok := anyChange(r, shown.Layer)
		if !ok {
			break
		}
		pen := review.Writer{Text: a.Text, Shown: &shown, Signature: review.Signature{Who: "ann", Now: now, NewID: func() string {
			n++
			return fmt.Sprintf("%08d", n)
		}}}
		log = append(log, pen.Write(c)...)
		now = now.Add(time.Minute)
		shown = review.Apply(a.Text, l, log)
	}
	return &format.Document{Article: a, Layer: shown.Layer, Log: log, Who: "ann", Tags: []string{"sea"}}
}

// anyChange is a decision on some claim of l, of some kind.
func anyChange(r *rand.Rand, l *annotate.Layer) (c review.Edit, ok bool) {
	if len(l.Entities) == 0 {
		return c, false
	}
	mention := func() articles.Span {
		e := &l.Entities[r.IntN(len(l.Entities))]
		return e.Mentions[r.IntN(len(e.Mentions))].Span
	}
	c.Targets = []review.Target{{Kind: annotate.OfMention, Span: mention()}}
	if len(l.Quotes) > 0 && r.IntN(3) == 0 {
		c.Targets = []review.Target{{Kind: annotate.OfQuote, Span: l.Quotes[r.IntN(len(l.Quotes))].Span}}
		c.Verb = []annotate.Verb{annotate.Confirm, annotate.Reject, annotate.Attribute, annotate.Note, annotate.Tag}[r.IntN(5)]
		c.To, c.Value = mention(), map[annotate.Verb]string{annotate.Note: "who\nelse?", annotate.Tag: "question"}[c.Verb]
		return c, true
	}
	switch r.IntN(9) {
	case 0, 1:
		c.Verb = annotate.Confirm
	case 2:
		c.Verb = annotate.Reject
	case 3:
		c.Verb, c.Value = annotate.Relabel, []string{"person", "organization", "place", "weapon"}[r.IntN(4)]
		c.Here = r.IntN(2) == 0
	case 4:
		c.Verb, c.To = annotate.Merge, mention()
	case 5:
		c.Verb = annotate.Split
	case 6:
		c.Verb, c.Value = annotate.Rename, "The “Other” Name"
	case 7:
		c.Verb, c.Value = annotate.Note, "see <the> files"
	case 8:
		c.Verb = annotate.Undo
	}
	return c, true
}
