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
const magic = "byline names 01\n"

// golden is the SHA-256 of what the model finds in golden.txt, scores to the last bit. It
// is the same on every processor, and changes with the model alone.
const golden = "aed2d2d7677375546de6376d4e7133194fed179765ec59c8518144aac56802b8"

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

// The same text gives the same names however often and beside whatever it is read.
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

// What is no model is refused, wherever it breaks off.
func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "no model", magic, magic + strings.Repeat("\xff", 100), magic + strings.Repeat("\x00", 100)} {
		if _, err := model.Open([]byte(s)); err == nil {
			t.Errorf("%.20q is opened", s)
		}
	}
}

// A half megabyte of one word over and over costs no more a token than any other text: compare
// the tokens a second with those of BenchmarkTag.
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

// Layers are stored by the version: a model whose trained numbers or tables have another size or
// value than those of the release may not go by its name.
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

// TestRelease gives the memory back, and the model works on.
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
