package db_test

import (
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/library/query"
	"byline/articles"
)

// many returns the path of a closed library of n articles, and its bytes.
func many(t *testing.T, n int) (string, []byte) {
	t.Helper()
	s := fresh(t)
	err := s.AddAll(ctx, func(yield func(*articles.Article) bool) {
		for i := range n {
			if !yield(story(fmt.Sprintf("Story %03d", i), fmt.Sprintf("What number %d said of the harbour.", i))) {
				return
			}
		}
	}, nil)
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	return s.Path(), must[[]byte](t)(os.ReadFile(s.Path()))
}

// leaves returns the leaves of the tree of a table: their pages, counted from 0, from the left.
func leaves(t *testing.T, path, table string, file []byte) (out []int) {
	t.Helper()
	s := open(t, path)
	var root int
	if err := s.SQL().QueryRow("SELECT rootpage FROM sqlite_master WHERE name = ?", table).Scan(&root); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	var walk func(page int)
	walk = func(page int) {
		p := file[page*4096 : page*4096+4096]
		if p[0] == 0x0d {
			out = append(out, page)
			return
		}
		for i := range int(binary.BigEndian.Uint16(p[3:])) {
			at := binary.BigEndian.Uint16(p[12+2*i:])
			walk(int(binary.BigEndian.Uint32(p[at:])) - 1)
		}
		walk(int(binary.BigEndian.Uint32(p[8:])) - 1)
	}
	walk(root - 1)
	return out
}

// A page of the table of articles, or of what is counted in them, that cannot be read takes only those on it from lists and searches, and nothing
// is written any more.
func TestBadPage(t *testing.T) {
	t.Parallel()
	const n = 150
	path, file := many(t, n)
	pages := leaves(t, path, "articles", file)
	if len(pages) < 5 {
		t.Fatalf("%d pages", len(pages))
	}
	for name, bad := range map[string][]int{
		"the first": pages[:1], "the last": pages[len(pages)-1:], "one in the middle": pages[2:3], "two": {pages[1], pages[3]}, "all but one": append(pages[:2:2], pages[3:]...),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			damaged := append([]byte{}, file...)
			lost := 0
			for _, p := range bad {
				lost += int(binary.BigEndian.Uint16(damaged[p*4096+3:]))
				clear(damaged[p*4096 : p*4096+4096])
			}
			path := filepath.Join(t.TempDir(), "library.db")
			if err := os.WriteFile(path, damaged, 0o600); err != nil {
				t.Fatal(err)
			}
			s := open(t, path)
			es := must[[]library.Entry](t)(s.Entries(ctx))
			var each []string
			if err := s.EachEntry(ctx, func(e *library.Entry) { each = append(each, strings.Clone(e.Title)) }); err != nil {
				t.Error(err)
			}
			if len(es) != n-lost || len(each) != n-lost {
				t.Errorf("%d articles in one list, %d one by one, of %d", len(es), len(each), n-lost)
			}
			for i := range es {
				if each[i] != es[i].Title || i > 0 && each[i] >= each[i-1] {
					t.Fatalf("article %d is %q and %q", i, es[i].Title, each[i])
				}
			}
			if err := s.Partly(); !errors.Is(err, db.ErrDamaged) || !strings.HasPrefix(err.Error(), fmt.Sprint(lost, " articles could not be read")) {
				t.Errorf("%v; %d are lost", err, lost)
			}
			e := must[query.Expr](t)(query.Parse("harbour", query.Options{}))
			if hits := must[[]library.Hit](t)(s.Hits(ctx, e, n)); len(hits) != n-lost {
				t.Errorf("%d found of %d", len(hits), n-lost)
			}
			if found := must[[]library.Entry](t)(s.Find(ctx, must[query.Expr](t)(query.Parse("status:unread", query.Options{})))); len(found) != n-lost {
				t.Errorf("%d found by status of %d", len(found), n-lost)
			}
			if newest, _, _, _ := s.Newest(ctx, 10); len(newest) != 10 || newest[0].Title != es[0].Title {
				t.Errorf("the newest: %d", len(newest))
			}
			before := must[[]byte](t)(os.ReadFile(path))
			for range 2 { // by this process, and by a later one
				if _, err := s.Add(ctx, story("New", "New.")); !errors.Is(err, db.ErrDamaged) || !s.ReadOnly() {
					t.Errorf("written into: %v", err)
				}
				if err := s.Close(); err != nil {
					t.Fatal(err)
				}
				s = open(t, path)
			}
			if now := must[[]byte](t)(os.ReadFile(path)); string(now) != string(before) {
				t.Error("the file was written")
			}
			if err := errors.Join(s.Close(), os.WriteFile(path, file, 0o600)); err != nil { // another takes its place
				t.Fatal(err)
			}
			if _, err := open(t, path).Add(ctx, story("New", "New.")); err != nil {
				t.Errorf("a sound one in its place: %v", err)
			}
		})
	}
}

// What is counted in articles may be damaged: they are listed without.
func TestBadPageOfCounts(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	for i := range 300 {
		id := must[db.Added](t)(s.Add(ctx, story(fmt.Sprint("Story ", i), fmt.Sprint("Said by ", i)))).ID
		if err := s.SaveLayer(ctx, db.Layer{ID: id, Engine: "one", Version: 1, Data: []byte("layer")}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	file := must[[]byte](t)(os.ReadFile(s.Path()))
	bad := leaves(t, s.Path(), "counts", file)
	clear(file[bad[0]*4096 : bad[0]*4096+4096])
	if err := os.WriteFile(s.Path(), file, 0o600); err != nil {
		t.Fatal(err)
	}
	s = open(t, s.Path())
	if es := must[[]library.Entry](t)(s.Entries(ctx)); len(es) != 300 || s.Partly() != nil {
		t.Errorf("%d articles of 300; %v", len(es), s.Partly())
	}
}

// What was found damaged by a check is not written, until it is trusted again.
func TestDistrust(t *testing.T) {
	t.Parallel()
	path, _ := many(t, 3)
	db.Distrust(path, fmt.Errorf("%w: an index lacks 3 rows", db.ErrDamaged))
	s := open(t, path)
	if _, err := s.Add(ctx, story("New", "New.")); !errors.Is(err, db.ErrDamaged) || !strings.Contains(err.Error(), "an index lacks 3 rows") {
		t.Errorf("written into: %v", err)
	}
	s.Close()
	if err := db.Trust(path); err != nil {
		t.Fatal(err)
	}
	if _, err := open(t, path).Add(ctx, story("New", "New.")); err != nil {
		t.Error(err)
	}
}

// quoted returns a library, closed, of n articles in each of which Ann Lee says the same.
func quoted(t *testing.T, n int) *db.DB {
	t.Helper()
	s := fresh(t)
	lee := db.Name{Key: "lee", Name: "Ann Lee", Type: annotate.Person, Count: 2, // with words enough for several pages
		Spellings: []library.Spelling{{Text: "Ann Lee", Mentions: 1}, {Text: "Ann Lee of the harbour, who was asked about it", Mentions: 1}}}
	for i := range n {
		a := story(fmt.Sprintf("Story %03d", i), fmt.Sprintf("“So it is,” said Ann Lee of %d. %s", i, strings.Repeat("More was said of it. ", 20)))
		id := must[db.Added](t)(s.Add(ctx, a)).ID
		q := db.Quote{Span: articles.Span{Start: 0, End: len("“So it is,”")}, Type: annotate.Direct, Text: "“So it is,”", Speakers: []db.Name{lee}}
		if err := s.SaveLayer(ctx, db.Layer{ID: id, Engine: "one", Version: 1, Names: []db.Name{lee}, Quotes: []db.Quote{q}, Counts: annotate.Counts{Quotes: 1, Claims: 1}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return s
}

// Quotes of articles that cannot be read are left out of lists of quotes, and those of the others are in them.
func TestBadPageOfQuotes(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("writes 300 articles")
	}
	const n = 300
	s := quoted(t, n)
	file := must[[]byte](t)(os.ReadFile(s.Path()))
	for _, table := range []string{"articles", "versions"} {
		pages := leaves(t, s.Path(), table, file)
		damaged := append([]byte{}, file...)
		bad := pages[len(pages)/2]
		lost := int(binary.BigEndian.Uint16(damaged[bad*4096+3:]))
		clear(damaged[bad*4096 : bad*4096+4096])
		path := filepath.Join(t.TempDir(), "library.db")
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		d := open(t, path)
		for _, words := range []string{"", "by:lee"} {
			e := must[query.Expr](t)(query.Parse(words, query.Options{}))
			if qs := must[[]db.QuoteHit](t)(d.Quotes(ctx, e, n)); len(qs) < n-lost || len(qs) == n {
				t.Errorf("%s, %q: %d quotes of %d", table, words, len(qs), n-lost)
			}
		}
		if err := d.Partly(); !errors.Is(err, db.ErrDamaged) {
			t.Errorf("%s: %v", table, err)
		}
	}
}

// Somebody who is named in articles that cannot be read is shown with what the others have: spellings, articles and quotes.
func TestBadPageOfSomebody(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("writes 300 articles")
	}
	const n = 300
	s := quoted(t, n)
	file := must[[]byte](t)(os.ReadFile(s.Path()))
	for _, table := range []string{"articles", "versions", "naming", "quoted"} {
		damaged := append([]byte{}, file...)
		lost := spoil(t, s.Path(), table, damaged)
		path := filepath.Join(t.TempDir(), "library.db")
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		d := open(t, path)
		id := library.PersonID{Key: "lee", Type: annotate.Person}
		p := must[library.Person](t)(d.Person(ctx, id))
		places := must[[]library.Place](t)(d.PersonArticles(ctx, id, n))
		quotes := must[[]db.QuoteHit](t)(d.QuotesOf(ctx, id, "", n))
		mentioned := 0
		for _, x := range p.Spellings {
			if x.Text == "Ann Lee" {
				mentioned += x.Articles
			}
		}
		for what, found := range map[string]int{"spelt": mentioned, "articles": len(places), "quotes": len(quotes)} {
			if found < n-lost-1 || found > n { // the row that leads to the page is above it
				t.Errorf("%s, %s: %d of %d", table, what, found, n-lost)
			}
		}
		if p.Name != "Ann Lee" || len(places)+len(quotes)+mentioned == 3*n {
			t.Errorf("%s: %+v, and nothing is missing", table, p)
		}
		if err := d.Partly(); !errors.Is(err, db.ErrDamaged) {
			t.Errorf("%s: it is not said that something is missing: %v", table, err)
		}
	}
}

// A page of the table of people that cannot be read takes only those on it from the list, which says how many.
func TestBadPageOfPeople(t *testing.T) {
	t.Parallel()
	const n = 300
	s := fresh(t)
	l := db.Layer{ID: must[db.Added](t)(s.Add(ctx, story("Many", "Many came."))).ID, Engine: "one", Version: 1}
	for i := range n {
		name := fmt.Sprintf("Number%03d of the Harbour", i)
		l.Names = append(l.Names, db.Name{Key: strings.ToLower(name), Name: name, Type: annotate.Person, Count: 1 + i%7})
	}
	if err := errors.Join(s.SaveLayer(ctx, l), s.Close()); err != nil {
		t.Fatal(err)
	}
	whole := must[[]library.Person](t)(open(t, s.Path()).People.People(ctx))
	file := must[[]byte](t)(os.ReadFile(s.Path()))
	lost := spoil(t, s.Path(), "people", file)
	path := filepath.Join(t.TempDir(), "library.db")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	d := open(t, path)
	found := must[[]library.Person](t)(d.People.People(ctx))
	if len(whole) != n || len(found) != n-lost {
		t.Errorf("%d people of %d, %d on the page", len(found), len(whole), lost)
	}
	for i, at := 0, 0; i < len(found); i, at = i+1, at+1 { // in the order of the whole list
		for at < n && whole[at].ID != found[i].ID {
			at++
		}
		if at == n {
			t.Fatalf("%s is not in its place", found[i].Name)
		}
	}
	if p := must[library.Person](t)(d.Person(ctx, found[0].ID)); p.Name != found[0].Name || len(p.Spellings) != 1 {
		t.Errorf("%+v, not %+v", p, found[0])
	}
	if err := d.Partly(); !errors.Is(err, db.ErrDamaged) || !strings.HasPrefix(err.Error(), fmt.Sprint(lost, " names could not be read")) {
		t.Error(err)
	}
}

// spoil clears a page of a table in the middle of a file, and returns how many rows were on it.
func spoil(t *testing.T, path, table string, file []byte) (rows int) {
	t.Helper()
	d := must[*sql.DB](t)(sql.Open("sqlite", path))
	defer d.Close()
	var page int
	err := d.QueryRow(`SELECT pageno, ncell FROM dbstat WHERE name = ?1 AND pagetype = 'leaf' ORDER BY path
		LIMIT 1 OFFSET (SELECT count(*) / 2 FROM dbstat WHERE name = ?1 AND pagetype = 'leaf')`, table).Scan(&page, &rows)
	if err != nil {
		t.Fatal(err)
	}
	clear(file[(page-1)*4096 : page*4096])
	return rows
}
