package names_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/names"
	"byline/annotate/segment"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the mentions in testdata/rules")

// A marked is a tagger that finds what is marked in a text.
type marked struct {
	spans []annotate.Mention
}

// unmark returns text without its marks, "[O Pike & Sons]", and the tagger that finds them.
func unmark(text string) (string, *marked) {
	types := map[string]annotate.Type{"P": annotate.Person, "O": annotate.Organization, "L": annotate.Place, "M": annotate.Other}
	var b strings.Builder
	m := &marked{}
	for {
		before, rest, ok := strings.Cut(text, "[")
		b.WriteString(before)
		if !ok {
			return b.String(), m
		}
		name, after, _ := strings.Cut(rest, "]")
		t, words, _ := strings.Cut(name, " ")
		found := annotate.Mention{Type: types[t]}
		found.Start = b.Len()
		b.WriteString(words)
		found.End = b.Len()
		m.spans = append(m.spans, found)
		text = after
	}
}

func (m *marked) Tag(d *annotate.Doc) []names.Name {
	var all []names.Name
	t := 0
	for _, s := range m.spans {
		for d.Tokens[t].End <= s.Start {
			t++
		}
		n := names.Name{Range: annotate.Range{First: t}, Type: s.Type, Score: 0.9}
		for ; t < len(d.Tokens) && d.Tokens[t].Start < s.End; t++ {
		}
		n.End = t
		all = append(all, n)
	}
	return all
}

func (*marked) Version() string { return "marked" }
func (*marked) Rule() annotate.Rule {
	return annotate.Rule{Name: "marked", Says: "Marked in the test."}
}

// TestRules compares what the rules make of marked names, one paragraph a case, with the mentions in the
// files of testdata/rules.
func TestRules(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/rules/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil || len(a.Files) != 2 {
			t.Fatal("want a text and its mentions", err)
		}
		text, tagger := unmark(string(a.Files[0].Data))
		d := segment.Split(text, nil)
		ms := names.Find(d, tagger)
		check(t, d, ms)
		got := show(d, ms)
		if want := string(a.Files[1].Data); got != want {
			t.Errorf("%s: found\n%swant\n%s", filepath.Base(file), got, want)
		}
		if *update {
			a.Files[1].Data = []byte(got)
			if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
