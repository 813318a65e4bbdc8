package workspace_test

import (
	"path/filepath"
	"testing"

	"byline/annotate"
	"byline/annotate/engine"
	"byline/annotate/library/db"
	"byline/annotate/names"
	"byline/annotate/workspace"
)

// A lister tags one word as a person's name, and has the given version.
type lister struct{ word, version string }

func (l lister) Tag(d *annotate.Doc) []names.Name {
	var found []names.Name
	for t := range d.Tokens {
		if d.Word(t) == l.word {
			found = append(found, names.Name{Range: annotate.Range{First: t, End: t + 1}, Type: annotate.Person, Score: 0.5})
		}
	}
	return found
}

func (l lister) Version() string { return l.version }

func (l lister) Rule() annotate.Rule { return annotate.Rule{Name: "list"} }

// A layer made and stored with one tagger is not served to an engine with another: neither when an
// article is opened nor when all are annotated.
func TestOtherTagger(t *testing.T) {
	t.Parallel()
	library, err := db.Open(ctx, filepath.Join(t.TempDir(), "library.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer library.Close()
	added, err := library.Add(ctx, story("a", text))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		tagger lister
		want   string
	}{
		{lister{"Ferris", "list"}, "Ferris"},
		{lister{"Halden", "list"}, "Ferris"}, // claims to be the first version
		{lister{"Courier", "other-list"}, "Courier"},
	} {
		e := engine.New(c.tagger, nil)
		d := workspace.New(library, e, workspace.Options{})
		if err := d.AnnotateAll(ctx, nil); err != nil {
			t.Fatal(err)
		}
		opened, err := d.Open(ctx, added.ID)
		if err != nil {
			t.Fatal(err)
		}
		if got := opened.Layer.Entities; len(got) == 0 || got[0].Name != c.want {
			t.Errorf("%+v: %v, want %s", c.tagger, got, c.want)
		}
		if _, stored, err := library.Layer(ctx, added.ID, e.Version()); err != nil || !stored {
			t.Errorf("%+v: no layer is stored: %v", c.tagger, err)
		}
	}
}
