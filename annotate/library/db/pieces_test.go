package db

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/articles"
)

// Articles that are added in one transaction, and layers that are saved in one, make one piece of each index of words, and what was
// indexed before is found all the same.
func TestOnePieceATransaction(t *testing.T) {
	ctx := context.Background()
	d, err := Open(ctx, filepath.Join(t.TempDir(), "library.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	const all = 12
	var layers []Layer
	var texts []*articles.Article
	for i := range all {
		texts = append(texts, &articles.Article{Title: fmt.Sprint("Title ", i), Text: fmt.Sprintf("Ann Lee %d said “so”.", i), Source: fmt.Sprint("s", i)})
	}
	err = d.AddAll(ctx, slices.Values(texts), func(_ *articles.Article, a Added) {
		lee := Name{Key: "lee", Name: "Ann Lee", Type: annotate.Person, Count: 1}
		layers = append(layers, Layer{
			ID: a.ID, Engine: "e", Version: 1, Names: []Name{lee, {Key: "acme", Name: "Acme", Type: "firm", Count: 1}},
			Quotes: []Quote{{Span: articles.Span{Start: 1, End: 3}, Type: annotate.Direct, Text: "so", Speakers: []Name{lee, {Key: "bo", Name: "Bo", Type: annotate.Person}}}},
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.SaveLayers(ctx, layers); err != nil {
		t.Fatal(err)
	}
	pieces := func(table string) (n int) {
		t.Helper()
		// https://www.sqlite.org/fts5.html: the number of a piece is in the upper bits of the rows of its pages.
		if err := d.reads.QueryRow("SELECT count(DISTINCT id >> 37) FROM " + table + "_data WHERE id > 10").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	for _, table := range []string{"words", "named", "said", "further_named", "labelled"} {
		if n := pieces(table); n != 1 {
			t.Errorf("%d pieces of %s", n, table)
		}
	}
	// Layers of one article in one transaction: the last one holds, alone.
	layers[0].Quotes[0].Text = "never"
	again := layers[0]
	again.Quotes = []Quote{{Span: articles.Span{Start: 1, End: 3}, Type: annotate.Direct, Text: "always"}}
	if err := d.SaveLayers(ctx, []Layer{layers[0], again}); err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]int{"so": all - 1, "never": 0, "always": 1, "speaker:lee": all - 1} {
		var n int
		if err := d.reads.QueryRow("SELECT count(*) FROM said WHERE said MATCH ?", word).Scan(&n); err != nil || n != want {
			t.Errorf("%q is in %d quotes, not %d: %v", word, n, want, err)
		}
	}
}

// What is asked at every start, and of every article that is opened, reads no table of the library from end to end: that of a few
// rows alone, or an index.
func TestNothingIsScanned(t *testing.T) {
	ctx := context.Background()
	d, err := Open(ctx, filepath.Join(t.TempDir(), "library.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for query, few := range map[string]string{begun + "TRUE ORDER BY a.num": "t", summaries: "p", differs: "CONSTANT ROW", deciders: "one"} {
		rows, err := d.reads.QueryContext(ctx, "EXPLAIN QUERY PLAN "+strings.ReplaceAll(query, "?", "'Ann'"))
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			var n [3]int
			var step string
			if err := rows.Scan(&n[0], &n[1], &n[2], &step); err != nil {
				t.Fatal(err)
			}
			if what, scans := strings.CutPrefix(step, "SCAN "); scans && what != few {
				t.Errorf("%s: %s", query, step)
			}
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
	}
}
