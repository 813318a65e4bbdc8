package db_test

import (
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/library/query"
	"byline/articles"
)

// titles returns the titles of the articles that a query finds, sorted.
func titles(t *testing.T, s *db.DB, text string) string {
	t.Helper()
	var out []string
	for _, h := range must[[]library.Hit](t)(s.Search(ctx, text, 50)) {
		out = append(out, h.Entry.Title)
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// labelled adds an article with names and quotes.
func labelled(t *testing.T, s *db.DB, title string, names []db.Name, quotes ...db.Quote) string {
	t.Helper()
	id := must[db.Added](t)(s.Add(ctx, story(title, "Text of "+title+"."))).ID
	if err := s.SaveLayer(ctx, db.Layer{ID: id, Engine: "one", Version: 1, Names: names, Quotes: quotes}); err != nil {
		t.Fatal(err)
	}
	return id
}

// An article that is annotated again has the labels of the new layer only, whichever row its first label has.
func TestLabelsOfANewLayer(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	orrin := db.Name{Key: "orrin", Type: "weapon", Name: "Orrin"}
	labelled(t, s, "one", nil)
	labelled(t, s, "two", nil)
	gone := labelled(t, s, "gone", []db.Name{orrin})
	labelled(t, s, "stays", []db.Name{orrin})
	other := labelled(t, s, "other", []db.Name{orrin, {Key: "bay", Type: "port", Name: "Bay"}})
	for _, l := range []db.Layer{{ID: gone}, {ID: other, Names: []db.Name{{Key: "orrin", Type: "port", Name: "Orrin"}}}} {
		l.Engine, l.Version = "two", 1
		if err := s.SaveLayer(ctx, l); err != nil {
			t.Fatal(err)
		}
	}
	for query, want := range map[string]string{"weapon:orrin": "stays", "port:orrin": "other", "weapon:*": "stays", "port:bay": "", "label:*": "other stays"} {
		if got := titles(t, s, query); got != want {
			t.Errorf("%s finds %q, not %q", query, got, want)
		}
	}
}

func TestLabels(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	labelled(t, s, "missile", []db.Name{
		{Key: "orrin", Type: "weapon", Name: "Orrin", Forms: []string{"the big Press"}},
		{Key: "kai", Type: "weapon", Name: "Kai Zoë"},
		{Key: "ann lee", Type: annotate.Person, Name: "Ann Lee"},
	}, db.Quote{Type: annotate.Direct, Text: "I fire", Speakers: []db.Name{{Key: "orrin", Name: "Orrin", Type: "weapon"}}})
	labelled(t, s, "court", []db.Name{
		{Key: "orrin", Type: "Secret  Wéapon", Name: "Orrin"},
		{Key: "kai", Type: "Straße", Name: "Kai"},
		{Key: "lab", Type: "R&D", Name: "Lab"},
	})
	labelled(t, s, "called", []db.Name{
		{Key: "bay", Type: "tag", Name: "Bay"},
		{Key: "hill", Type: "Title", Name: "Hill"},
		{Key: "lund", Type: "Person", Name: "Lund"},
		{Key: "halden", Type: annotate.Organization, Name: "Halden"},
		{Key: "all", Name: "no type"},
	})
	if got := strings.Join(must[[]string](t)(s.Labels(ctx)), "|"); got != "Person|R&D|Secret  Wéapon|Straße|tag|Title|weapon" {
		t.Errorf("the labels are %s", got)
	}
	for text, want := range map[string]string{
		"weapon:orrin":                    "missile",
		"WEAPON:Press":                    "missile",
		`weapon:"orrin kai"`:              "",
		"weapon:lee":                      "",
		`weapon:"kai zoe"`:                "missile",
		"weapon:*":                        "missile",
		"label:weapon":                    "missile",
		"label:weap*":                     "missile",
		"label:*":                         "called court missile",
		`"secret weapon":orrin`:           "court",
		`"secret weapon":*`:               "court",
		`label:"SECRET weapon"`:           "court",
		"straße:kai":                      "court",
		"r&d:lab":                         "court",
		"name:orrin":                      "court missile",
		"name:press":                      "missile",
		"name:*":                          "called court missile",
		"name:halden":                     "called",
		"-name:orrin":                     "called",
		"weapon:orrin OR tag:x":           "missile",
		`"tag":bay`:                       "called",
		"tag:bay":                         "",
		`"title":hill`:                    "called",
		"title:hill":                      "",
		"person:lund":                     "",
		`"person":lund`:                   "called",
		`"person":lee`:                    "missile",
		`"person":*`:                      "called missile",
		"label:person":                    "called missile",
		"label:organization":              "called",
		"label:other":                     "",
		"weapon:orrin said:fire":          "missile",
		"weapon:kai said:fire":            "",
		`"secret weapon":orrin said:fire`: "",
		"name:orrin said:fire":            "missile",
		"by:orrin":                        "missile",
	} {
		if got := titles(t, s, text); got != want {
			t.Errorf("%s finds %q, want %q", text, got, want)
		}
	}
	for label, want := range map[string]string{"weapon": "Kai Zoë|Orrin", "Secret Weapon": "Orrin", "person": "Ann Lee|Lund", "court": ""} {
		got := must[[]string](t)(s.Values(ctx, query.Gap{Field: query.Name, Label: label}, 20))
		slices.Sort(got)
		if strings.Join(got, "|") != want {
			t.Errorf("values of %q are %q, want %q", label, got, want)
		}
	}
	if all := must[[]string](t)(s.Values(ctx, query.Gap{Field: query.Name}, 20)); len(all) != 10 {
		t.Errorf("values of names are %q", all)
	}
}

// TestLabelsChange gives an entity another label, then none.
func TestLabelsChange(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	id := labelled(t, s, "missile", []db.Name{{Key: "orrin", Type: "weapon", Name: "Orrin"}})
	save := func(names ...db.Name) {
		t.Helper()
		if err := s.SaveLayer(ctx, db.Layer{ID: id, Engine: "one", Version: 1, Names: names}); err != nil {
			t.Fatal(err)
		}
	}
	found := func(want map[string]string, labels ...string) {
		t.Helper()
		if got := must[[]string](t)(s.Labels(ctx)); !slices.Equal(got, labels) {
			t.Errorf("the labels are %q, want %q", got, labels)
		}
		for text, title := range want {
			e := must[query.Expr](t)(query.Parse(text, query.Options{AnyLabel: true}))
			if got := must[[]library.Entry](t)(s.Find(ctx, e)); len(got) != len(strings.Fields(title)) {
				t.Errorf("%s finds %d, want %q", text, len(got), title)
			}
		}
	}
	found(map[string]string{"weapon:orrin": "missile", "name:orrin": "missile", "court:orrin": ""}, "weapon")
	save(db.Name{Key: "orrin", Type: "court", Name: "Orrin"})
	found(map[string]string{"weapon:orrin": "", "name:orrin": "missile", "court:orrin": "missile"}, "court")
	save(db.Name{Key: "orrin", Type: annotate.Place, Name: "Orrin"})
	found(map[string]string{"weapon:orrin": "", "name:orrin": "missile", "court:orrin": "", "place:orrin": "missile"})
	save(db.Name{Key: "orrin", Type: "weapon", Name: "Orrin"})
	if err := s.Remove(ctx, id); err != nil {
		t.Fatal(err)
	}
	found(map[string]string{"weapon:orrin": ""})
	if err := s.Restore(ctx, id); err != nil {
		t.Fatal(err)
	}
	found(map[string]string{"weapon:orrin": "missile"}, "weapon")
	must[db.Added](t)(s.Add(ctx, story("missile", "Another text.")))
	found(map[string]string{"weapon:orrin": "", "name:orrin": ""})
}

// tables returns the contents of tables that every library has, one row a line.
func tables(t *testing.T, path string) map[string]string {
	t.Helper()
	raw := must[*sql.DB](t)(sql.Open("sqlite", (&url.URL{Scheme: "file", OmitHost: true, Path: path}).String()))
	defer raw.Close()
	out := map[string]string{}
	for table, columns := range map[string]string{
		"articles": "num, id, title, author, site, source, format, date, added, opened, length, version, hash, status, top, cursor, progress, removed",
		"versions": "article, version, hash, added, marks, text", "tags": "*", "counts": "article, people, organizations, quotes, claims, reviewed", "log": "*", "(SELECT * FROM meta WHERE key <> 'tidied')": "*",
		"pages": "*", "searches": "*", "feeds": "*", "layers": "article, version, engine, data"} {
		rows := must[*sql.Rows](t)(raw.Query("SELECT " + columns + " FROM " + table + " ORDER BY 1, 2"))
		names := must[[]string](t)(rows.Columns())
		for rows.Next() {
			row := make([]any, len(names))
			for i := range row {
				row[i] = new(sql.NullString)
			}
			if err := rows.Scan(row...); err != nil {
				t.Fatal(err)
			}
			for _, v := range row {
				out[table] += fmt.Sprintf("%q ", v.(*sql.NullString).String)
			}
			out[table] += "\n"
		}
		if err := rows.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// TestLabelsOfAnOlderFile opens a library with three labels, written by the program before
// it indexed them. They are found by the names that were stored, and their articles are
// due for annotation, which adds the other forms, and quotes. What people did stays as it was.
func TestLabelsOfAnOlderFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "library.db")
	if err := os.WriteFile(path, must[[]byte](t)(os.ReadFile("testdata/labels-0004.db")), 0o600); err != nil {
		t.Fatal(err)
	}
	before := tables(t, path)
	s := open(t, path)
	if after := tables(t, path); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("%q\n%q", before, after)
	}
	if strings.Count(before["log"], "\n") != 4 || strings.Count(before["articles"], "\n") != 3 {
		t.Fatalf("%q", before)
	}
	if got := must[[]string](t)(s.Labels(ctx)); !slices.Equal(got, []string{"Secret Weapon", "Straße", "weapon"}) {
		t.Errorf("the labels are %q", got)
	}
	for text, want := range map[string]int{"weapon:arrow": 1, "weapon:quill": 0, "name:arrow": 1, `"secret weapon":calder`: 1, "straße:lund": 1, "name:lund": 2, "person:lund": 1, "name:halden": 1} {
		if got := must[[]library.Hit](t)(s.Search(ctx, text, 9)); len(got) != want {
			t.Errorf("%s finds %d articles, want %d", text, len(got), want)
		}
	}
	engine := strings.Split(before["layers"], `"`)[5]
	if behind := must[[]string](t)(s.Outdated(ctx, engine, "")); len(behind) != 3 {
		t.Errorf("%d articles wait for their forms", len(behind))
	}
	if a := must[*articles.Article](t)(s.Article(ctx, "301d")); !strings.Contains(a.Text, "Marta Quill") {
		t.Error(a.Text)
	}
}
