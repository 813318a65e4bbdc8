package names_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/names"
	"byline/annotate/names/model"
	"byline/annotate/segment"

	"github.com/rogpeppe/go-internal/txtar"
)

// floor is the least F1 of spans and types over the cases of testdata. They are hard on purpose,
// with made-up names.
const floor = 0.77

// tagger returns the model embedded in the program.
func tagger(t testing.TB) names.Tagger {
	t.Helper()
	m, err := model.Default()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestCases compares the mentions in the files of testdata with those found: one mention per line,
// with its type, title and words.
func TestCases(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	right, found, gold := 0, 0, 0
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil || len(a.Files) != 2 {
			t.Fatal("want a text and its mentions", err)
		}
		d := segment.Split(string(a.Files[0].Data), nil)
		ms := names.Find(d, tagger(t))
		check(t, d, ms)
		want := strings.Split(strings.TrimSpace(string(a.Files[1].Data)), "\n")
		got := strings.Split(strings.TrimSpace(show(d, ms)), "\n")
		gold += len(want)
		found += len(got)
		for _, line := range got {
			if i := slices.Index(want, line); i >= 0 {
				want = slices.Delete(want, i, i+1)
				right++
			} else {
				t.Logf("%s: found %s", filepath.Base(file), line)
			}
		}
		for _, line := range want {
			t.Logf("%s: missed %s", filepath.Base(file), line)
		}
	}
	f1 := 2 * float64(right) / float64(found+gold)
	t.Logf("F1 %.3f of %d mentions", f1, gold)
	if f1 < floor {
		t.Errorf("F1 %.3f is less than %v", f1, floor)
	}
}

// show writes one mention per line: type, title, words.
func show(d *annotate.Doc, ms []annotate.Mention) string {
	var b strings.Builder
	for _, m := range ms {
		fmt.Fprintf(&b, "%s | %s | %s\n", m.Type, m.Title.In(d.Text), m.In(d.Text))
	}
	return b.String()
}

// check checks the invariants of mentions.
func check(t *testing.T, d *annotate.Doc, ms []annotate.Mention) {
	t.Helper()
	last := 0
	for _, m := range ms {
		if m.Start < last || m.End <= m.Start || m.End > len(d.Text) {
			t.Fatalf("mention [%d,%d) after one that ends at %d in %d bytes", m.Start, m.End, last, len(d.Text))
		}
		if valid := utf8.ValidString(d.Text); valid && (!utf8.RuneStart(d.Text[m.Start]) || m.End < len(d.Text) && !utf8.RuneStart(d.Text[m.End])) {
			t.Fatalf("mention [%d,%d) splits a rune", m.Start, m.End)
		}
		if !m.Title.Empty() && (m.Title.End > m.Start || m.Title.Start < 0) {
			t.Fatalf("title [%d,%d) of the mention at %d", m.Title.Start, m.Title.End, m.Start)
		}
		if m.Type == "" || m.Form != annotate.Name || m.Origin.Rule == "" || m.Origin.Score <= 0 || m.Origin.Score > 1 {
			t.Fatalf("mention %+v lacks something", m)
		}
		last = m.End
	}
}

func FuzzFind(f *testing.F) {
	f.Add("Mr. Quill of the Ministry of Fisheries, Orrin’s “The Long Dock”")
	f.Add("\xff A.\x00 B & C of the de Van al-Q Secretary of the")
	f.Add("President of \"A B\" 's Bank of of of & & Inc. Mr. Mr.")
	f.Fuzz(func(t *testing.T, text string) {
		d := segment.Split(text, nil)
		ms := names.Find(d, tagger(t))
		check(t, d, ms)
		if a, b := show(d, ms), show(d, names.Find(d, tagger(t))); a != b {
			t.Fatalf("the same text gives\n%s and\n%s", a, b)
		}
	})
}

// Texts that no one writes still take linear time: each of these ends at once, or not within the
// test's timeout.
func TestHostile(t *testing.T) {
	t.Parallel()
	for _, piece := range []string{"Kenyan ", "President ", "Mr. ", "Bank of ", "A & ", "“A ", ". ", "Ann van ", "'s ", "\u0301", "x", "A.", "-", "of the ", "1. "} {
		d := segment.Split(strings.Repeat(piece, 100_000/len(piece)), nil)
		check(t, d, names.Find(d, tagger(t)))
	}
}

// article is a text of our own for the benchmark.
const article = `Marta Quill, who ran the Orrin Bay Courier for thirty years, sold its press on Monday to Halden Media.
“We sold the press,” she said, “not the paper.” Mr. Ferris, a spokesman for the Ministry of Fisheries, told the news
agency OBX that Kenya and the United States would follow. Quill laughed. According to the University of Orrin, the
Courier was founded in 1871 by J. R. Brandt, a baker, and his wife, Anna van der Quill, near Lake Sellen in Norway.
`

func BenchmarkFind(b *testing.B) {
	text := strings.Repeat(article, 20)
	n := len(segment.Split(text, nil).Tokens)
	m := tagger(b)
	for b.Loop() {
		names.Find(segment.Split(text, nil), m)
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}
