package model_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"byline/annotate"
	"byline/annotate/names/model"
	"byline/annotate/segment"
)

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

func show(d *annotate.Doc, names []model.Name) string {
	var b strings.Builder
	for _, n := range names {
		s := d.Tokens[n.First].Span
		s.End = d.Tokens[n.End-1].End
		fmt.Fprintf(&b, "%d %d %d %x %s\n", s.Start, s.End, n.Kind, n.Score, s.In(d.Text))
	}
	return b.String()
}

func TestGolden(t *testing.T) {
	d := segment.Split(read(t), nil)
	got := show(d, model.Default().Tag(d))
	if sum := fmt.Sprintf("%x", sha256.Sum256([]byte(got))); sum != golden {
		t.Errorf("SHA-256 %s, want %s; found\n%s", sum, golden, got)
	}
}

// The same text gives the same names however often and beside whatever it is read.
func TestSameAgain(t *testing.T) {
	text := read(t)
	d := segment.Split(text, nil)
	want := show(d, model.Default().Tag(d))
	for range 3 {
		if got := show(d, model.Default().Tag(d)); got != want {
			t.Fatal("another reading of the same text differs")
		}
	}
}

// What is no model is refused, wherever it breaks off.
func TestOpenRefuses(t *testing.T) {
	for _, s := range []string{"", "no model", model.Magic, model.Magic + strings.Repeat("\xff", 100), model.Magic + strings.Repeat("\x00", 100)} {
		if _, err := model.Open([]byte(s)); err == nil {
			t.Errorf("%.20q is opened", s)
		}
	}
}

// A text of one word over and over costs no more a token than any other.
func TestLinear(t *testing.T) {
	start := time.Now()
	for _, word := range []string{"Quill ", "a ", "Quill of ", "QUILL ", "\u00c9 ", "( "} {
		d := segment.Split(strings.Repeat(word, 1<<19/len(word)), nil)
		model.Default().Tag(d)
	}
	if took := time.Since(start); took > 60*time.Second {
		t.Errorf("half a megabyte of a word took %v", took)
	}
}

func BenchmarkTag(b *testing.B) {
	d := segment.Split(strings.Repeat(read(b), 20), nil)
	b.ReportAllocs()
	for b.Loop() {
		model.Default().Tag(d)
	}
	b.ReportMetric(float64(len(d.Tokens))*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}

// TestRelease gives the memory back, and the model works on.
func TestRelease(t *testing.T) {
	d := segment.Split("Marta Quill left Halden Media.", nil)
	want := model.Default().Tag(d)
	model.Release()
	if got := model.Default().Tag(d); len(want) == 0 || !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
