package db_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/articles"
)

// A library keeps dates as their sources say them, and finds a month or a year by each of its days.
func TestDates(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	said := []string{"2024", "2024-05", "2024-05-12", "2025-11-04T09:12+01:00", "2025-11-04T08:12:30Z", "1969-12", "1970-01-01", ""}
	for _, date := range said {
		a := story("of "+date, "Text of "+date+".")
		a.Date, a.Updated = articles.ParseDate(date), articles.ParseDate(date)
		added := must[db.Added](t)(s.Add(ctx, a))
		back := must[*articles.Article](t)(s.Article(ctx, added.ID))
		e := must[library.Entry](t)(s.Entry(ctx, added.ID))
		if back.Date.String() != date || back.Updated.String() != date || e.Date != back.Date {
			t.Errorf("%s is %s, updated %s, listed as %s", date, back.Date, back.Updated, e.Date)
		}
	}
	for _, e := range must[[]library.Entry](t)(s.Entries(ctx)) {
		if "of "+e.Date.String() != e.Title {
			t.Errorf("%s is listed as %s", e.Title, e.Date)
		}
	}
	for query, want := range map[string]string{
		"date:2024-05": "2024|2024-05|2024-05-12", "date:2024-05-20": "2024|2024-05", "date:2024-06..2024-07": "2024", "date:2024-05-10..2024-05-14": "2024|2024-05|2024-05-12",
		"date:<2024-05-02": "1969-12|1970-01-01|2024|2024-05", "date:>2024-05": "2024|2025-11-04T08:12:30Z|2025-11-04T09:12+01:00", "date:2025-11-04": "2025-11-04T08:12:30Z|2025-11-04T09:12+01:00",
		"date:1969-12-31..1970": "1969-12|1970-01-01", "date:none": "", "updated:2024-05-20": "2024|2024-05", "date:2023": "", "date:2025..": "2025-11-04T08:12:30Z|2025-11-04T09:12+01:00",
	} {
		var got []string
		for _, h := range must[[]library.Hit](t)(s.Search(ctx, query, 20)) {
			got = append(got, strings.TrimPrefix(h.Entry.Title, "of "))
		}
		slices.Sort(got)
		if strings.Join(got, "|") != want {
			t.Errorf("%s finds %s, want %s", query, strings.Join(got, "|"), want)
		}
	}
}

// In a library of before, a midnight is a day and any other time one without a zone, whatever its milliseconds were; and nobody is told.
func TestDatesOfBefore(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "library.db")
	s := must[*db.DB](t)(db.Open(ctx, path))
	id := must[db.Added](t)(s.Add(ctx, story("Press", "The press is sold."))).ID
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	raw := must[*sql.DB](t)(sql.Open("sqlite", path))
	for _, do := range []string{"DROP TRIGGER told_article", "UPDATE articles SET date = 1773065100836, updated = -1166400000000, told = 7",
		"CREATE TRIGGER told_article AFTER UPDATE OF date ON articles BEGIN UPDATE articles SET told = 9; END", "ALTER TABLE tries DROP COLUMN process", "ALTER TABLE assigned DROP COLUMN bare", "DROP INDEX log_who", "DROP INDEX verdicts_who", "DROP TABLE blind",
		"DROP TABLE readings", "ALTER TABLE persons DROP COLUMN member", "ALTER TABLE searches DROP COLUMN who", "PRAGMA user_version = 16"} {
		if _, err := raw.ExecContext(context.Background(), do); err != nil {
			t.Fatal(do, err)
		}
	}
	if err := raw.Close(); err != nil {
		t.Fatal(err)
	}
	s = must[*db.DB](t)(db.Open(ctx, path))
	defer s.Close()
	a := must[*articles.Article](t)(s.Article(ctx, id))
	if a.Date.String() != "2026-03-09T14:05:00" || a.Updated.String() != "1933-01-15" {
		t.Errorf("%s, updated %s", a.Date, a.Updated)
	}
	if told := must[*sql.DB](t)(sql.Open("sqlite", path)); told != nil {
		defer told.Close()
		var at int
		if err := told.QueryRow("SELECT told FROM articles").Scan(&at); err != nil || at != 7 {
			t.Errorf("told at %d: %v", at, err)
		}
	}
}
