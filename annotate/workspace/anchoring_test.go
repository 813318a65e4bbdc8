package workspace_test

import (
	"path/filepath"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/library/db"
	"byline/annotate/review"
	"byline/annotate/workspace"
)

// The anchoring option applies to everything shown and exported, including one person's reading:
// with exact anchors, a decision on words that have changed is an orphan.
func TestAnchoring(t *testing.T) {
	t.Parallel()
	for _, exact := range []bool{false, true} {
		library, err := db.Open(ctx, filepath.Join(t.TempDir(), "library.db"))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { library.Close() })
		calls := 0
		r := &fixture{library: library}
		r.Workspace = workspace.New(library, find("large-1", &calls), workspace.Options{Who: "ann", Anchoring: review.Anchoring{Exact: exact}})
		s := r.open(t, r.add(t, story("a", text)))
		r.change(t, s, annotate.Relabel, "Marta Quill", "organization")
		id := r.add(t, story("a", "Today "+strings.Replace(text, "Marta Quill", "Marta  Quill", 1)))
		all := r.open(t, id)
		one := all.Who("ann")
		want := map[bool]int{true: 1}[exact]
		if len(all.Result.Orphans) != want || len(one.Result.Orphans) != want {
			t.Errorf("exact %v: %d orphans, %d of ann alone, want %d", exact, len(all.Result.Orphans), len(one.Result.Orphans), want)
		}
		if types(one) != types(all) || len(one.Log) != 1 || one.Document.Who != "ann" {
			t.Errorf("exact %v: %s is read as %s", exact, types(all), types(one))
		}
		if nobody := all.Who("bo"); len(nobody.Log) != 0 || !exact && types(nobody) == types(all) {
			t.Errorf("exact %v: bo decided %s", exact, types(nobody))
		}
	}
}
