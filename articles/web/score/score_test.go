package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const story = "<p>Marta Quill, who ran the Courier for thirty years, sold its press on Monday, and nobody in the town was surprised, least of all herself.</p>"

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func lineOf(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	if err := run(t.Context(), []string{dir}, &b); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(b.String()), "\n")
	return strings.Join(strings.Fields(lines[len(lines)-1]), " ")
}

// Two of three segments are found, and one of two that do not belong, in a caption.
func TestSegments(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "a.html", "<html><body><article><h1>The press</h1>"+strings.Repeat(story, 4)+"<figure><img src=a><figcaption>The yard in the rain</figcaption></figure></article></body></html>")
	write(t, dir, "expected.json", `{"a.html": {"with": ["ran the\n Courier", "least of all herself", "not there"], "without": ["in the rain", "Subscribe"]}}`)
	if got, want := lineOf(t, dir), "all 1 0.667 0.667 0.667 1 1 1 0"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// Headline, authors and date count as right whatever the marks, capitals and order; where they are not known they do not count.
func TestAbout(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	head := "<html><head><meta name=author content='Bo Gray, Ann Lee'><meta name=date content=2026-11-02></head><body><article><h1>The press: sold!</h1>"
	write(t, dir, "a.html", head+strings.Repeat(story, 4)+"</article></body></html>")
	write(t, dir, "b.html", head+strings.Repeat(story, 4)+"</article></body></html>")
	write(t, dir, "expected.json", `{"a.html": {"title": "The Press – Sold", "author": ["Ann Lee", "Bo Gray"], "date": "2026-11-02"}, "b.html": {"author": "Ann Lee", "date": null}}`)
	var b strings.Builder
	if err := run(t.Context(), []string{dir}, &b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"title right", "1 of 1 (100.0 %)", "1 of 2 (50.0 %)"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
}

// Words of a headline and a lead are not counted as too many.
func TestWords(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "a/source.html", "<html><body><article><h1>The press</h1>"+strings.Repeat(story, 4)+"</article></body></html>")
	write(t, dir, "a/expected.html", "<div>"+strings.Repeat(story, 4)+"</div>")
	if got, want := lineOf(t, dir), "all 1 1.0000 1.0000 0 1.0000 1.0000 1.0000"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestNoPages(t *testing.T) {
	t.Parallel()
	if err := run(t.Context(), []string{t.TempDir()}, os.Stdout); err == nil || !strings.Contains(err.Error(), "neither an expected.json") {
		t.Error(err)
	}
}

// Four words in a row count once for each time that they stand there; words of the headline are not too many.
func TestShingles(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		want, got, free   string
		precision, recall float64
	}{
		{"a b c d e", "a b c d e", "", 1, 1},
		{"a b c d e f", "a b, c d", "", 1, 1. / 3},
		{"a b c d", "a b c d e f g h", "", 0.2, 1},
		{"a b c d", "x y z w a b c d", "x y z w", 0.25, 1},
		{"a b", "a b", "", 1, 1},
		{"", "a", "", 0, 0},
	} {
		if got := compareShingles(c.want, c.got, c.free); got != (rates{c.precision, c.recall}) {
			t.Errorf("%q and %q: %v", c.want, c.got, got)
		}
	}
}

// Bo Gray is named only in a line that does not belong; Marta Quill is in the story.
func TestNames(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	page := "<html><body><article><h1>The press is sold</h1>" + strings.Repeat(story, 4) + "<p>A second story of the day is by Bo Gray, who went to Larvik and came back late in the evening with the last of the ferries.</p></article></body></html>"
	write(t, dir, "a/source.html", page)
	write(t, dir, "a/expected.html", strings.Repeat(story, 4))
	var b strings.Builder
	if err := run(t.Context(), []string{"-names", dir}, &b); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(b.String()), "\n")
	got := strings.Fields(lines[len(lines)-1])
	if got[0] != "all" || got[1] != "1" || got[3] != "1" {
		t.Errorf("%v: not one person outside", got)
	}
	dir = t.TempDir()
	write(t, dir, "a.html", page)
	write(t, dir, "expected.json", `{"a.html": {"with": ["Marta Quill, who ran"], "without": ["by Bo Gray, who went", "Marta Quill"]}}`)
	b.Reset()
	if err := run(t.Context(), []string{"-names", dir}, &b); err != nil {
		t.Fatal(err)
	}
	lines = strings.Split(strings.TrimSpace(b.String()), "\n")
	if got := strings.Fields(lines[len(lines)-1]); got[1] != "1" || got[3] != "1" {
		t.Errorf("%v: not one person outside", got)
	}
}
