package score

import (
	"os"
	"path/filepath"
	"testing"

	"byline/annotate"
	"byline/articles"
)

// Offsets of the file are code points: the é before the quote takes two bytes.
const lines = `{"id":"a","text":"Café Ann said “no” and “never” again.","quotes":[{"start":14,"end":36,"type":"mixed","speaker":{"start":5,"end":8,"text":"Ann"},"cue":{"start":9,"end":13}}]}
`

func TestReadAndCompare(t *testing.T) {
	path := filepath.Join(t.TempDir(), "gold.jsonl")
	if err := os.WriteFile(path, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	golds, err := Read(path)
	if err != nil || len(golds) != 1 {
		t.Fatal(golds, err)
	}
	g := &golds[0]
	parts := g.Quotes[0].Parts(g.Text)
	if len(parts) != 2 || parts[0].In(g.Text) != "“no”" || parts[1].In(g.Text) != "“never”" || g.Quotes[0].Cue != "said" {
		t.Fatalf("parts %v of %+v", parts, g.Quotes)
	}
	l := &annotate.Layer{Entities: []annotate.Entity{{ID: "e1", Name: "Ann"}}, Quotes: []annotate.Quote{
		{Span: parts[0].Span, Type: annotate.Mixed, SpeakerMention: articles.Span{Start: 6, End: 9}},
		{Span: articles.Span{Start: parts[1].Start, End: parts[1].End - 3}, Type: annotate.Direct, Speaker: "e1"},
		{Span: articles.Span{Start: 0, End: 5}, Type: annotate.Mixed},
	}}
	var tally Tally
	pairs := tally.Compare(g, l, true)
	want := Tally{Gold: 2, Found: 3, Exact: 1, Half: 2, Typed: 1, Asked: 2, Right: 1}
	if tally != want || len(pairs) != 3 || pairs[2].Gold != nil {
		t.Errorf("%+v, want %+v; pairs %v", tally, want, pairs)
	}
	if _, err := Read(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("no error of a file that is not there")
	}
}
