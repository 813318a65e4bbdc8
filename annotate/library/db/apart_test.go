package db

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/articles"
)

// What somebody decided on a sealed article is in the memory of a connection that cannot write into the library, and in no table of that.
func TestApartIsNotInTheLibrary(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	all, err := Open(ctx, filepath.Join(t.TempDir(), "library.db"))
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(err)
	defer all.Close()
	const text = "Per met Orrin."
	added, err := all.Add(ctx, &articles.Article{ID: articles.TextID(text), Title: "a", Source: "a", Format: articles.Plain, Text: text})
	must(err)
	layer := func(name string) *Layer {
		n := Name{Key: strings.ToLower(name), Name: name, Type: "weapon", Count: 1}
		return &Layer{ID: added.ID, Engine: "one", Version: 1, Names: []Name{n}, Quotes: []Quote{{Span: articles.Span{End: 3}, Text: "Per", Speakers: []Name{n, n}}}}
	}
	must(all.SaveLayer(ctx, *layer("Orrin")))
	must(all.SaveRoster(ctx, Roster{UpTo: 1, Members: []string{"ann"}, Assigned: []Assignment{{Set: "May", Who: "ann", IDs: []string{added.ID}}}, Blind: []BlindSet{{Name: "May"}}}))
	must(all.SaveTallies(ctx, added.ID, Tally{Who: "ann", Decided: 1, Counts: annotate.Counts{Claims: 1}}))
	ann := all.As("ann")
	ann.SetApart(func() string { return "one" }, func(context.Context, []string) ([]Sealed, error) {
		return []Sealed{{Own: layer("Zebra"), Shared: layer("Orrin")}}, nil
	})
	names := func(d *DB) (out []string) {
		people, err := d.People.People(ctx)
		must(err)
		for _, p := range people {
			out = append(out, p.Name)
		}
		return out
	}
	if got := names(ann); !slices.Equal(got, []string{"Zebra"}) {
		t.Errorf("ann is told of %q", got)
	}
	if got := names(all); !slices.Equal(got, []string{"Orrin"}) {
		t.Errorf("the library tells of %q", got)
	}
	own := ann.conn.apart.(*apart).sql
	if own.Stats().OpenConnections != 1 {
		t.Error("the tables are those of several connections")
	}
	for _, end := range []string{"", "-wal"} {
		if b, err := os.ReadFile(all.Path() + end); err != nil || bytes.Contains(bytes.ToLower(b), []byte("zebra")) {
			t.Errorf("it is in library.db%s: %v", end, err)
		}
	}
	for _, statement := range []string{"UPDATE main.people SET spelled = 'Zebra'", "INSERT INTO main.named (rowid, person) VALUES (9, 'Zebra')", "INSERT INTO meta (key, value) VALUES ('a', 'b')",
		"DELETE FROM log", "CREATE TABLE main.zebra (a)"} {
		if _, err := own.Exec(statement); codeOf(err) == 0 {
			t.Errorf("%s: %v", statement, err)
		}
	}
	must(ann.Leave())
	if ann.conn.apart.(*apart).sql != nil || own.Ping() == nil {
		t.Error("the connection stays open")
	}
	if got := names(ann); !slices.Equal(got, []string{"Zebra"}) {
		t.Errorf("asked again, ann is told of %q", got)
	}
}
