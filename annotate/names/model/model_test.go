package model_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/names"
	"byline/annotate/names/model"
	"byline/annotate/segment"
)

// magic begins every model file.
const magic = "byline names 02\n"

// golden is the SHA-256 of the names that the model finds in golden.txt, with scores to the last
// bit. It is the same on every processor, and changes with the model only.
const golden = "668bda50821ff7b54fff85eff31847d439a69cfdb2d2ab06f88421be5aba14ac"

func read(t testing.TB) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "golden.txt"))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func open(t testing.TB) *model.Model {
	t.Helper()
	m, err := model.Default()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func show(d *annotate.Doc, found []names.Name) string {
	var b strings.Builder
	for _, n := range found {
		s := d.Tokens[n.First].Span
		s.End = d.Tokens[n.End-1].End
		fmt.Fprintf(&b, "%d %d %d %x %s\n", s.Start, s.End, model.Kind(n.Type), n.Score, s.In(d.Text))
	}
	return b.String()
}

func TestGolden(t *testing.T) {
	t.Parallel()
	d := segment.Split(read(t), nil)
	got := show(d, open(t).Tag(d))
	if sum := fmt.Sprintf("%x", sha256.Sum256([]byte(got))); sum != golden {
		t.Errorf("SHA-256 %s, want %s; found\n%s", sum, golden, got)
	}
}

// The same text always gives the same names, whatever else is tagged at the same time.
func TestSameAgain(t *testing.T) {
	t.Parallel()
	text := read(t)
	d := segment.Split(text, nil)
	want := show(d, open(t).Tag(d))
	for range 3 {
		if got := show(d, open(t).Tag(d)); got != want {
			t.Fatal("another reading of the same text differs")
		}
	}
}

// Data that is not a model is rejected, wherever it is cut.
func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "no model", magic, magic + strings.Repeat("\xff", 100), magic + strings.Repeat("\x00", 100)} {
		if _, err := model.Open([]byte(s)); err == nil {
			t.Errorf("%.20q is opened", s)
		}
	}
}

// Half a megabyte of one word costs no more per token than any other text: compare the tokens a
// second with BenchmarkTag.
func BenchmarkOneWord(b *testing.B) {
	m := open(b)
	for _, word := range []string{"Quill ", "a ", "Quill of ", "QUILL ", "\u00c9 ", "( "} {
		b.Run(strings.TrimSpace(word), func(b *testing.B) { benchmark(b, m, segment.Split(strings.Repeat(word, 1<<19/len(word)), nil)) })
	}
}

func BenchmarkTag(b *testing.B) {
	benchmark(b, open(b), segment.Split(strings.Repeat(read(b), 20), nil))
}

func benchmark(b *testing.B, m *model.Model, d *annotate.Doc) {
	b.ReportAllocs()
	for b.Loop() {
		m.Tag(d)
	}
	b.ReportMetric(float64(len(d.Tokens))*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}

// Layers are stored by the version: a model whose trained numbers or tables differ from the
// release must not have its version.
func TestVersion(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("names.model")
	if err != nil {
		t.Fatal(err)
	}
	if v := open(t).Version(); v != "model" {
		t.Fatalf("the model that the program carries is %q: state its sum as that of the release, and raise the version of the engine", v)
	}
	data[len(data)-1] ^= 1 // of the last trained number
	other, err := model.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	if v := other.Version(); v == "model" || v == open(t).As(1).Version() {
		t.Errorf("another model is %q too", v)
	}
}

// TestRelease releases the memory, after which the model still works.
func TestRelease(t *testing.T) {
	t.Parallel()
	d := segment.Split("Marta Quill left Halden Media.", nil)
	m := open(t)
	want := m.Tag(d)
	m.Release()
	if got := m.Tag(d); len(want) == 0 || !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
