package workspace_test

import (
	"path/filepath"
	"reflect"
	"testing"

	"byline/annotate"
	"byline/annotate/engine"
	"byline/annotate/library/db"
	"byline/annotate/review"
	"byline/annotate/workspace"
	"byline/articles"
	"byline/articles/samples"
)

// Without decisions, an article is shown as the engine made it: Apply with no decisions changes
// nothing, whatever the engine makes.
func TestNothingDecided(t *testing.T) {
	t.Parallel()
	library, err := db.Open(ctx, filepath.Join(t.TempDir(), "library.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer library.Close()
	e, err := engine.Default()
	if err != nil {
		t.Fatal(err)
	}
	d := workspace.New(library, e, workspace.Options{})
	stories, err := samples.All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range stories {
		machine := e.Annotate(a.Text, a.Blocks)
		if got := review.Apply(a.Text, machine, nil).Layer; !reflect.DeepEqual(got, machine) {
			t.Errorf("%s: no decisions change the layer", a.Title)
		}
		added, err := library.Add(ctx, a)
		if err != nil {
			t.Fatal(err)
		}
		s, err := d.Open(ctx, added.ID)
		if err != nil || s.Layer != s.Machine || s.Result.Steps == nil {
			t.Errorf("%s: the layer is there twice: %v", a.Title, err)
		}
	}
}

func TestAdoptsWhatTheCallerRead(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	a := story("a", text)
	a.Blocks = []articles.Block{{Span: articles.Span{End: len(text)}}}
	id := r.add(t, a)
	have, err := r.library.Article(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Layer(ctx, have); err != nil {
		t.Fatal(err)
	}
	s := r.open(t, id)
	if &s.Article.Blocks[0] != &have.Blocks[0] {
		t.Error("the article was read once more")
	}
	s, _ = r.change(t, s, annotate.Confirm, "Ferris", "")
	if s.Layer == s.Machine {
		t.Error("a decision is in the machine's layer")
	}
}
