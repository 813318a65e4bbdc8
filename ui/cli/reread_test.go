package cli

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"byline/annotate/library/db"
	"byline/articles"
)

// TestReread checks that an article is parsed again from its page when a newer importer finds more
// in it.
func TestReread(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "library.db")
	s, err := db.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	old := &articles.Article{Title: "Old", Source: "https://example.org/a", Format: articles.HTML, Text: "Less."}
	old.Blocks = []articles.Block{{Span: articles.Span{End: len(old.Text)}}}
	added, err := s.Add(t.Context(), old)
	if err != nil {
		t.Fatal(err)
	}
	body := "<html><head><title>The ferry</title></head><body><article><h1>The ferry</h1><p>Ann Lee said that it sails.</p></article></body></html>"
	if err := s.SavePage(t.Context(), added.ID, 1, db.Page{URL: old.Source, Body: []byte(body)}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"changed\t" + added.ID + "\tThe ferry\n", ""} {
		var out, errs bytes.Buffer
		if status := Main([]string{"--library", path, "reread"}, strings.NewReader(""), &out, &errs); status != statusDone || out.String() != want {
			t.Errorf("%d %q %q, want %q", status, out.String(), errs.String(), want)
		}
	}
}
