package care_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"byline/annotate"
	lib "byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/library/db/care"
)

// written returns the lines of the logs of the team and of merged names, and the groups that follow.
func written(t *testing.T, d *db.DB) (out []string) {
	t.Helper()
	for _, query := range []string{
		"SELECT concat_ws('|', seq, id, at, who, CAST(body AS TEXT)) FROM team ORDER BY seq",
		"SELECT concat_ws('|', seq, at, who, verb, key, into_key, undone) FROM merges ORDER BY seq",
		"SELECT concat_ws('|', key, main_key) FROM alias ORDER BY key", "SELECT 'found ' || rowid FROM alias_named WHERE alias_named MATCH 'bank OR ferry OR press' ORDER BY rowid",
	} {
		rows := must[*sql.Rows](t)(d.SQL().Query(query))
		defer rows.Close()
		for rows.Next() {
			var s string
			if err := rows.Scan(&s); err != nil {
				t.Fatal(err)
			}
			out = append(out, s)
		}
	}
	return out
}

// Where a page of the log of the team, of that of merged names, or of both is bad, what was on it comes from the copy.
func TestSalvageLines(t *testing.T) {
	t.Parallel()
	d := library(t, 3)
	for i := range 4 {
		row := db.Row{ID: fmt.Sprint("event", i), Who: "ann", Body: []byte(fmt.Sprintf("{%d}", i))}
		if err := d.AppendEvents(ctx, nil, nil, row); err != nil {
			t.Fatal(err)
		}
	}
	person := func(key string) lib.Person {
		return lib.Person{ID: lib.PersonID{Key: key, Type: annotate.Person}, Name: key}
	}
	for _, from := range []string{"bank", "press"} {
		if err := d.Merge(ctx, "ann", person(from), person("ferry")); err != nil {
			t.Fatal(err)
		}
	}
	before, older := written(t, d), copied(t, d)
	roots := map[string]int{}
	for _, table := range []string{"team", "merges"} {
		var page int
		if err := d.SQL().QueryRow("SELECT rootpage FROM sqlite_master WHERE name = ?", table).Scan(&page); err != nil {
			t.Fatal(err)
		}
		roots[table] = page
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	file := must[[]byte](t)(os.ReadFile(d.Path()))
	o := care.Options{Decision: whole, Event: whole, Copies: []string{older}}
	for _, tables := range [][]string{{"team"}, {"merges"}, {"team", "merges"}} {
		damaged := append([]byte{}, file...)
		for _, table := range tables {
			clear(damaged[(roots[table]-1)*4096 : roots[table]*4096])
		}
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "library.db"), damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		left, done, err := care.OpenDamaged(ctx, filepath.Join(dir, "library.db"))
		if err != nil {
			t.Fatal(err)
		}
		to := open(t, filepath.Join(dir, "saved.db"), false)
		s := must[*care.Saved](t)(care.Salvage(ctx, left, to, o))
		done()
		if after := written(t, to); fmt.Sprint(after) != fmt.Sprint(before) || s.Lines == 0 {
			t.Errorf("%v: %d lines from the copy:\n%q\nbefore\n%q", tables, s.Lines, after, before)
		}
		if r := must[*care.Report](t)(care.Check(ctx, to, o)); len(r.Faults) > 0 || r.Lines != 6 {
			t.Errorf("%v: %+v", tables, r)
		}
	}
}
