package db_test

import (
	"database/sql"
	"path/filepath"
	"testing"

	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/library/query"
)

// BenchmarkTags100000 lists 100,000 articles, and asks for those with a tag: without tags, with one on each article, and with two
// more on each of a thousand articles; then with all of them somebody else's, and with 10,000 articles sealed.
func BenchmarkTags100000(b *testing.B) {
	path := filepath.Join(b.TempDir(), "library.db")
	s := must[*db.DB](b)(db.Open(ctx, path))
	defer s.Close()
	raw := must[*sql.DB](b)(sql.Open("sqlite", path))
	defer raw.Close()
	const numbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) "
	fill := func(statement string) {
		if _, err := raw.Exec(statement); err != nil {
			b.Fatal(err)
		}
	}
	fill(numbers + `INSERT INTO articles (num, id, title, author, site, source, format, date, added, length, hash)
		SELECT i, printf('%064x', i), 'Story ' || i, 'Ann Lee', 'The Wire', '/a/' || i, 'html', 0, i, 500, printf('%064x', i) FROM n`)
	tag := func(name string) query.Expr { return must[query.Expr](b)(query.Parse(name, query.Options{})) }
	measure := func(name string) {
		for what, f := range map[string]func(){
			"list":   func() { must[[]library.Entry](b)(s.Entries(ctx)) },
			"find":   func() { must[[]library.Entry](b)(s.Find(ctx, tag("tag:sea"))) },
			"values": func() { must[[]string](b)(s.Values(ctx, query.Gap{Field: query.Tag, Text: "s"}, 30)) },
		} {
			b.Run(name+"/"+what, func(b *testing.B) {
				from := busy()
				for b.Loop() {
					f()
				}
				b.ReportMetric((busy()-from)/float64(b.N), "cpu-ms/op")
			})
		}
	}
	measure("none")
	fill("INSERT INTO tags (article, tag) SELECT num, iif(num % 10 = 0, 'sea', 'shore') FROM articles")
	measure("one")
	fill("INSERT INTO tags (article, tag) SELECT num, 'todo' FROM articles WHERE num <= 1000 UNION ALL SELECT num, 'check' FROM articles WHERE num <= 1000")
	measure("more")
	fill("UPDATE tags SET who = 'bob'")
	measure("bob's")
	fill(`INSERT INTO persons (num, who) VALUES (1, 'bob'), (2, 'carl'); INSERT INTO blind (set_name, who) VALUES ('May', ''), ('May', 'dora');
		INSERT INTO assigned (set_name, person, article, place) SELECT 'May', p.num, a.num, a.num FROM articles a, persons p WHERE a.num <= 10000`)
	measure("sealed")
}
