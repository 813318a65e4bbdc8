package db_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"

	"byline/annotate/library/db"
)

// BenchmarkLog1000000 asks of a log of a million decisions by five people who signed them, whether somebody else decided on a name
// elsewhere, which each article that is opened asks, and adds one more decision.
func BenchmarkLog1000000(b *testing.B) {
	path := filepath.Join(b.TempDir(), "library.db")
	s := must[*db.DB](b)(db.Open(ctx, path))
	defer s.Close()
	id := must[db.Added](b)(s.Add(ctx, story("Port", "The port of Halden."))).ID
	raw := must[*sql.DB](b)(sql.Open("sqlite", path))
	defer raw.Close()
	const numbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) "
	for _, fill := range []string{
		numbers + "INSERT INTO log (id, article, version, at, who, body) SELECT printf('%026d', i), 1, 1, i, 'Annotator ' || (i % 5), randomblob(200) FROM n",
		numbers + "INSERT INTO verdicts (key, who, article, verb, type, at) SELECT 'name ' || (i % 100000), 'Annotator ' || (i % 5), i, iif(i % 20 = 0, 'reject', 'confirm'), 'person', i FROM n",
	} {
		if _, err := raw.Exec("PRAGMA foreign_keys = OFF; " + fill); err != nil {
			b.Fatal(err)
		}
	}
	i := 0
	for name, f := range map[string]func(){
		"deciders": func() {
			if n := len(must[[]string](b)(s.Deciders(ctx))); n != 5 {
				b.Fatal(n)
			}
		},
		"verdicts": func() {
			must[[]db.Verdict](b)(s.Verdicts(ctx, "Ann Lee", id, func() []string { return []string{"halden"} }))
		},
		"append": func() {
			i++
			if err := db.AppendSoon(ctx, s, id, nil, db.Row{ID: fmt.Sprint(i), Who: "Annotator 3", Body: []byte("{}")}); err != nil {
				b.Fatal(err)
			}
		},
	} {
		b.Run(name, func(b *testing.B) {
			from := busy()
			for b.Loop() {
				f()
			}
			b.ReportMetric((busy()-from)/float64(b.N), "cpu-ms/op")
		})
	}
}
