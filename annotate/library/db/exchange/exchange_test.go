package exchange_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"byline/annotate/library/db"
	"byline/annotate/library/db/exchange"
	"byline/annotate/library/query"
	"byline/articles"
)

func open(t *testing.T) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), filepath.Join(t.TempDir(), "library.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func article(text string) *articles.Article {
	return &articles.Article{Title: "Title", Source: "https://example.org/a", Format: articles.Plain, Text: text, Blocks: []articles.Block{{Span: articles.Span{End: len(text)}}}}
}

// versions returns the texts of an article's versions, and of which version each decision and each page is.
func versions(t *testing.T, d *db.DB, id string) string {
	t.Helper()
	all, err := d.Editions(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range all {
		a, err := d.Version(t.Context(), id, e.Number)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, a.Text)
	}
	rows, err := d.Rows(t.Context(), id, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		out = append(out, fmt.Sprintf("%s on %d", r.ID, r.Version))
	}
	pages, err := d.SQL().QueryContext(t.Context(), "SELECT url, version FROM pages ORDER BY version")
	if err != nil {
		t.Fatal(err)
	}
	defer pages.Close()
	for pages.Next() {
		var url string
		var version int
		if err := pages.Scan(&url, &version); err != nil {
			t.Fatal(err)
		}
		out = append(out, fmt.Sprintf("%s of %d", url, version))
	}
	return strings.Join(out, ", ")
}

// An edition that comes from elsewhere takes its place by its time: what names the versions after it names them by their new
// numbers, and the last one is the article.
func TestEditionBetween(t *testing.T) {
	t.Parallel()
	d := open(t)
	x := d.Exchange(nil)
	first, err := d.Add(t.Context(), article("One."))
	if err != nil {
		t.Fatal(err)
	}
	id := first.ID
	if _, err := d.Add(t.Context(), article("Three.")); err != nil {
		t.Fatal(err)
	}
	if err := d.Append(t.Context(), id, nil, db.Row{ID: "01A", Version: 1, Body: []byte("{}")}, db.Row{ID: "01B", Version: 2, Body: []byte("{}")}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.SQL().ExecContext(t.Context(), "INSERT INTO pages (article, version, url, final, fetched, type, charset, etag, modified, body) VALUES (1, 1, 'one', '', 0, '', '', '', '', ''), (1, 2, 'three', '', 0, '', '', '', '', '')"); err != nil {
		t.Fatal(err)
	}
	a, err := x.Read(t.Context(), id)
	if err != nil || len(a.Editions) != 2 || a.Rows[1].Text != articles.TextID("Three.") {
		t.Fatalf("%+v %v", a, err)
	}
	apply := func(added int64, text string) exchange.Applied {
		t.Helper()
		hash := articles.TextID(text)
		done, err := x.Apply(t.Context(), []*exchange.Article{{ID: id, Editions: []exchange.Edition{{Hash: hash, Added: added}}, Texts: map[string]exchange.Text{hash: {Article: article(text), Told: 5}},
			Rows: []exchange.Row{{ID: "01C", Text: hash, Body: []byte("{}")}}}})
		if err != nil {
			t.Fatal(err)
		}
		return done
	}
	done := apply(a.Editions[1].Added, "Between.") // at the same moment: by the hash
	if got := versions(t, d, id); got != "One., Between., Three., 01A on 1, 01B on 3, 01C on 2, one of 1, three of 3" && got != "One., Three., Between., 01A on 1, 01B on 2, 01C on 3, one of 1, three of 2" {
		t.Error(got)
	}
	if done.Rows != 1 || done.To.Log != done.From.Log+1 || done.To.Touched <= done.From.Touched {
		t.Errorf("%+v", done)
	}
	apply(1, "Before.")
	apply(time.Now().Add(time.Hour).UnixMilli(), "Last.")
	e, err := d.Entry(t.Context(), id)
	if got := versions(t, d, id); err != nil || e.Version != 5 || !strings.HasPrefix(got, "Before., One., ") || !strings.Contains(got, "Last., 01A on 2, ") {
		t.Error(got, err, e.Version)
	}
	if hits, err := d.Hits(t.Context(), query.Expr{Term: query.Term{Text: "last"}}, 9); err != nil || len(hits) != 1 {
		t.Error(hits, err)
	}
	// What comes next here is after that, whatever the clock says.
	if added, err := d.Add(t.Context(), article("Now.")); err != nil || added.Version != 6 {
		t.Error(added, err)
	}
	if got := versions(t, d, id); !strings.Contains(got, "Last., Now., ") {
		t.Error(got)
	}
	// A text twice, with another between, is three versions; with none between it is one.
	apply(2, "Before.")
	if e, err := d.Entry(t.Context(), id); err != nil || e.Version != 6 {
		t.Error(e.Version, err)
	}
}

// Only what was deleted for good, from the trash, stays away; what is added again by hand is there.
func TestPurged(t *testing.T) {
	t.Parallel()
	d := open(t)
	x := d.Exchange(nil)
	added, err := d.Add(t.Context(), article("One."))
	if err != nil {
		t.Fatal(err)
	}
	a, err := x.Read(t.Context(), added.ID)
	if err != nil {
		t.Fatal(err)
	}
	there := func(want bool) {
		t.Helper()
		if _, err := x.Apply(t.Context(), []*exchange.Article{a}); err != nil {
			t.Fatal(err)
		}
		if got, err := x.Read(t.Context(), added.ID); err != nil || (got != nil) != want {
			t.Error(got, err)
		}
	}
	there(true)
	if err := d.Remove(t.Context(), added.ID); err != nil {
		t.Fatal(err)
	}
	if err := d.Purge(t.Context(), added.ID); err != nil {
		t.Fatal(err)
	}
	there(false)
	if gone, err := x.Purged(t.Context()); err != nil || !gone[added.ID] {
		t.Error(gone, err)
	}
	if err := x.Forgive(t.Context(), []string{added.ID}); err != nil {
		t.Fatal(err)
	}
	there(true)
}
