package workspace_test

import (
	"os"
	"path/filepath"
	"testing"

	"byline/annotate"
	"byline/annotate/library/query"
)

// found returns the number of articles that a query finds; any label is a field.
func (r *fixture) found(t *testing.T, text string) int {
	t.Helper()
	e, err := query.Parse(text, query.Options{AnyLabel: true})
	if err != nil {
		t.Fatal(err)
	}
	entries, err := r.library.Find(ctx, e)
	if err != nil {
		t.Fatal(err)
	}
	return len(entries)
}

// TestLabelsAreFound adds a label of the user's own to a name, undoes that and adds it again: the
// library always finds the article by the current label.
func TestLabelsAreFound(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	s := r.open(t, r.add(t, story("press", text)))
	expect := func(want map[string]int) {
		t.Helper()
		if err := r.Flush(ctx); err != nil {
			t.Fatal(err)
		}
		for text, n := range want {
			if got := r.found(t, text); got != n {
				t.Errorf("%s finds %d articles, want %d", text, got, n)
			}
		}
	}
	expect(map[string]int{"name:quill": 1, "person:ferris": 1, "weapon:*": 0, "label:weapon": 0})
	s, _ = r.change(t, s, annotate.Relabel, "Marta Quill", "weapon")
	expect(map[string]int{`name:"marta quill"`: 1, "weapon:marta": 1, "weapon:*": 1, "label:weapon": 1, "person:marta": 0})
	s, _ = r.change(t, s, annotate.Undo, "", "")
	expect(map[string]int{`name:"marta quill"`: 1, "weapon:marta": 0, "weapon:*": 0, "label:weapon": 0, "person:marta": 1})
	s, _ = r.change(t, s, annotate.Redo, "", "")
	expect(map[string]int{"weapon:marta": 1, "person:marta": 0})
	s, _ = r.change(t, s, annotate.Relabel, "Marta Quill", "Secret Weapon")
	expect(map[string]int{"weapon:marta": 0, `"secret weapon":marta`: 1, "name:marta": 1})
	_, _ = r.change(t, s, annotate.Relabel, "Marta Quill", string(annotate.Organization))
	expect(map[string]int{`"secret weapon":marta`: 0, "label:*": 0, "org:marta": 1, "name:marta": 1})
}

// TestLabelsOfAnOlderLibrary annotates a library of an older program, which lacks the other forms
// of labelled names: a person called the entity "The Arrow", and the text says Marta Quill.
func TestLabelsOfAnOlderLibrary(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../library/db/testdata/labels-0004.db")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "library.db")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	r := enter(t, path, "ann", "large-1")
	if n := r.found(t, "weapon:quill"); n != 0 {
		t.Errorf("%d articles have a form that nobody stored", n)
	}
	if err := r.AnnotateAll(ctx, nil); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]int{"weapon:arrow": 1, "weapon:quill": 1, "name:quill": 1, `"secret weapon":ines`: 1, `"straße":lund`: 1, "label:*": 3} {
		if got := r.found(t, text); got != want {
			t.Errorf("%s finds %d articles, want %d", text, got, want)
		}
	}
}
