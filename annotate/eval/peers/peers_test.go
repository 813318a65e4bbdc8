package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/eval"
	"byline/articles"
)

const gold = "-DOCSTART-\tO\n\nMr.\tO\nZoë\tB-PER\nPell\tI-PER\nleft\tO\nMarlow\tB-ORG\nBank\tI-ORG\n.\tO\n\nPell\tB-PER\n's\tO\nwife\tO\n"

func docs(t *testing.T) []*eval.Doc {
	t.Helper()
	path := filepath.Join(t.TempDir(), "gold.iob2")
	if err := os.WriteFile(path, []byte(gold), 0o600); err != nil {
		t.Fatal(err)
	}
	docs, err := read([]string{path})
	if err != nil || len(docs) != 1 || len(docs[0].Tokens.Sentences) != 2 {
		t.Fatal(docs, err)
	}
	return docs
}

// A tagger that misses one organization gets the figures for that, and one that cannot run does
// not stop the others.
func TestCompare(t *testing.T) {
	t.Parallel()
	ds := docs(t)
	all := placeNames(ds, [][]jsName{{{0, 12, annotate.Person}}, {{0, 7, annotate.Person}}})
	var out strings.Builder
	compare(&out, ds, []peer{
		{"none", func([]*eval.Doc) (*tagging, error) { return nil, errors.New("there is no node") }},
		{"half", func([]*eval.Doc) (*tagging, error) { return &tagging{all, 2}, nil }},
	})
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if want := "half 100.0 100.0 100.0 0.0 0.0 0.0 80.0 5"; strings.Join(strings.Fields(lines[len(lines)-1]), " ") != want {
		t.Errorf("%s\nwant %s", &out, want)
	}
	if !strings.Contains(out.String(), "not run: there is no node") {
		t.Error(&out)
	}
}

// Titles and possessives are not part of a name.
func TestEntity(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"Mr. Zoë Pell": "Zoë Pell", "Pell 's": "Pell", "Dr": "Dr", "President Lord Pell": "Pell"} {
		es := entity(text, articles.Span{End: len(text)}, annotate.Person)
		if len(es) != 1 || es[0].Name != want {
			t.Errorf("%s: %v", text, es)
		}
	}
	if es := entity("x", articles.Span{End: 1}, ""); es != nil {
		t.Error(es)
	}
}

// Prose finds the name in its own example, at the right place.
func TestProse(t *testing.T) {
	t.Parallel()
	text := "Lebron James plays basketball in Los Angeles with others ."
	d := &eval.Doc{Text: text, Tokens: &annotate.Doc{Text: text, Sentences: []annotate.Sentence{{Span: articles.Span{End: len(text)}}}}}
	got, err := proseTags([]*eval.Doc{d})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range got.entities[0] {
		names = append(names, string(e.Type)+" "+e.Mentions[0].In(text))
	}
	if s := strings.Join(names, ", "); s != "person Lebron James, place Los Angeles" {
		t.Error(s)
	}
}
