package importer

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"byline/annotate/format"
	"byline/annotate/format/formats"
	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/workspace"
	"byline/articles"
)

// Tags that a file brings are everybody's. Those that an article shows already stay whose they are: an import of what was exported
// changes nothing.
func TestImportedTags(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	lib, err := db.Open(t.Context(), filepath.Join(dir, "library.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { lib.Close() })
	ann := workspace.New(lib, none{}, workspace.Options{Who: "ann"})
	here, err := ann.Add(t.Context(), &articles.Article{ID: articles.TextID(text), Title: "The press", Source: "press.txt", Format: articles.Plain, Text: text,
		Blocks: []articles.Block{{Span: articles.Span{End: len(text)}}}})
	if err != nil {
		t.Fatal(err)
	}
	tags := func() []library.Tag {
		t.Helper()
		all, err := lib.Tags(t.Context(), here.ID)
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	_, err = lib.As("ann").Retag(t.Context(), here.ID, []string{"sea"}, nil)
	_, bad := lib.As("bob").Retag(t.Context(), here.ID, []string{"short", "sea"}, nil)
	if err := errors.Join(err, bad); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "press.byline.json")
	write := func(more ...string) {
		t.Helper()
		doc, err := ann.Open(t.Context(), here.ID)
		if err != nil {
			t.Fatal(err)
		}
		d := doc.Document
		d.Tags = append(slices.Clone(d.Tags), more...)
		var b bytes.Buffer
		if err := formats.Named("json").WriteOne(&b, format.Options{}, &d); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	before := tags()
	write()
	if _, errs := imports(t, ann, "", path); len(errs) > 0 {
		t.Fatal(errs)
	}
	if got := tags(); !slices.Equal(got, before) {
		t.Errorf("imported again, the tags are %v, not %v", got, before)
	}
	write("todo", "todo", " a\tb ")
	if _, errs := imports(t, ann, "cara", path); len(errs) > 0 {
		t.Fatal(errs)
	}
	if got, want := tags(), append([]library.Tag{{Text: "a b"}}, append(before, library.Tag{Text: "todo"})...); !slices.Equal(got, want) {
		t.Errorf("the tags are %v, want %v", got, want)
	}
}
