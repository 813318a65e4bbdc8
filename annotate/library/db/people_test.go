package db_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/library/query"
	"byline/articles"
)

// A named is a name in an article of a test: its forms with how often they are there, and a quote.
type named struct {
	name, key string
	typ       annotate.Type
	forms     []library.Spelling
	quote     string
}

// withNames adds an article that names somebody on a day of March 2026.
func withNames(t testing.TB, s *db.DB, day int, names ...named) string {
	t.Helper()
	text := fmt.Sprintf("Text %d.", day)
	for _, n := range names {
		text += " " + n.quote
	}
	a := story(fmt.Sprint("Story ", day), text)
	a.Date = articles.Day(2026, 3, day)
	id := must[db.Added](t)(s.Add(ctx, a)).ID
	l := db.Layer{ID: id, Engine: "one", Version: 1, Seq: 1}
	for i, n := range names {
		x := db.Name{Key: n.key, Name: n.name, Type: n.typ, First: i, Spellings: n.forms}
		for _, f := range n.forms {
			x.Count += f.Mentions
			x.Forms = append(x.Forms, f.Text)
		}
		l.Names = append(l.Names, x)
		if n.quote != "" {
			l.Quotes = append(l.Quotes, db.Quote{Span: articles.Span{Start: strings.Index(text, n.quote), End: strings.Index(text, n.quote) + len(n.quote)}, Text: n.quote, Verb: "said", Speakers: []db.Name{x}})
		}
	}
	if err := s.SaveLayer(ctx, l); err != nil {
		t.Fatal(err)
	}
	return id
}

func form(text string, n int) library.Spelling { return library.Spelling{Text: text, Mentions: n} }

// sayPeople lists people: name, type, articles, mentions, quotes, day of the last article.
func sayPeople(t testing.TB, s *db.DB) string {
	t.Helper()
	var out []string
	for _, p := range must[[]library.Person](t)(s.People.People(ctx)) {
		out = append(out, fmt.Sprint(p.Name, " ", p.ID.Type, " ", p.Articles, " ", p.Mentions, " ", p.Quotes, " ", p.Last.Time().Day()))
	}
	return strings.Join(out, "; ")
}

func TestPeople(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	lee := named{"Ann Lee", "ann lee", annotate.Person, []library.Spelling{form("Ann Lee", 1), form("Lee", 3)}, "we go on"}
	ann := named{"Annabel Lee", "annabel lee", annotate.Person, []library.Spelling{form("Annabel Lee", 2)}, "we strike"}
	port := named{"Halden Port", "halden port", annotate.Organization, []library.Spelling{form("Halden Port", 1)}, ""}
	first := withNames(t, s, 3, lee, port)
	second := withNames(t, s, 9, lee)
	third := withNames(t, s, 5, ann)
	before := "Ann Lee person 2 8 2 9; Annabel Lee person 1 2 1 5; Halden Port organization 1 1 0 3"
	check := func(want string) {
		t.Helper()
		if got := sayPeople(t, s); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	check(before)
	a, b := library.PersonID{Key: "ann lee", Type: annotate.Person}, library.PersonID{Key: "annabel lee", Type: annotate.Person}
	find := func(text string) int {
		t.Helper()
		e := must[query.Expr](t)(query.Parse(text, query.Options{Now: time.Now()}))
		return len(must[[]library.Entry](t)(s.Find(ctx, e)))
	}
	quotes := func(text string) (by []string) {
		e := must[query.Expr](t)(query.Parse(text, query.Options{Now: time.Now()}))
		for _, q := range must[[]db.QuoteHit](t)(s.Quotes(ctx, e, 10)) {
			by = append(by, q.By())
		}
		return by
	}
	if n := find(`person:annabel`); n != 1 {
		t.Errorf("%d articles name Annabel before the merge", n)
	}

	if err := s.Merge(ctx, "root", library.Person{ID: b, Name: "Annabel Lee"}, library.Person{ID: a, Name: "Ann Lee"}); err != nil {
		t.Fatal(err)
	}
	check("Ann Lee person 3 10 3 9; Halden Port organization 1 1 0 3")
	if n := find(`person:annabel`); n != 3 {
		t.Errorf("%d articles name Annabel after the merge", n)
	}
	if n := find(`org:annabel`); n != 0 {
		t.Errorf("%d articles name Annabel as an organization", n)
	}
	if got := quotes(`by:annabel`); !slices.Equal(got, []string{"Ann Lee", "Ann Lee", "Ann Lee"}) {
		t.Errorf("quotes by Annabel: %q", got)
	}
	p := must[library.Person](t)(s.Person(ctx, b))
	if got := fmt.Sprint(p.Name, p.Articles, p.Spellings); got != "Ann Lee3 [{{ann lee person} Lee 2 6} {{ann lee person} Ann Lee 2 2} {{annabel lee person} Annabel Lee 1 2}]" {
		t.Errorf("the group is %s", got)
	}
	if all := must[[]library.Person](t)(s.People.People(ctx)); !slices.Equal(all[0].Merged, []string{"Annabel Lee"}) || all[1].Merged != nil {
		t.Errorf("merged with them: %q, %q", all[0].Merged, all[1].Merged)
	}
	var ids []string
	for _, at := range must[[]library.Place](t)(s.PersonArticles(ctx, b, 10)) {
		ids = append(ids, at.Entry.ID)
	}
	if !slices.Equal(ids, []string{second, third, first}) {
		t.Errorf("articles %v, not the latest first", ids)
	}
	if got := must[[]db.QuoteHit](t)(s.QuotesOf(ctx, b, "", 10)); len(got) != 3 || got[0].Verb != "said" || got[1].Text != "we strike" {
		t.Errorf("quotes %+v", got)
	}

	// the merge survives that the article is annotated again, removed and restored
	withNames(t, s, 5, ann)
	check("Ann Lee person 3 10 3 9; Halden Port organization 1 1 0 3")
	if err := errors.Join(s.Remove(ctx, second), s.Remove(ctx, third)); err != nil {
		t.Fatal(err)
	}
	check("Ann Lee person 1 4 1 3; Halden Port organization 1 1 0 3")
	if err := errors.Join(s.Restore(ctx, second), s.Restore(ctx, third)); err != nil {
		t.Fatal(err)
	}
	check("Ann Lee person 3 10 3 9; Halden Port organization 1 1 0 3")

	if m := must[library.Merge](t)(s.UndoMerge(ctx, "root")); m != (library.Merge{Verb: "merge", From: "Annabel Lee", Into: "Ann Lee"}) {
		t.Errorf("undone: %+v", m)
	}
	check(before)
	if _, err := s.UndoMerge(ctx, "root"); !errors.Is(err, library.ErrNoMerge) {
		t.Errorf("nothing to undo: %v", err)
	}
}

// TestGroups merges and splits three names in several orders.
func TestGroups(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ deeds, want string }{
		{"b>a c>a", "abc"}, {"c>b b>a", "abc"}, {"b>a c>b", "abc"}, {"b>a a>c", "cab"}, {"b>a b>a", "ab c"}, {"b>a a>b", "ab c"},
		{"b>a c>a b/", "ac b"}, {"b>a c>a a/", "a bc"}, {"b>a b/", "a b c"}, {"c>b b>a b/", "ac b"}, {"b>a c>a b/ u", "abc"}, {"b>a c>a u u", "a b c"}, {"a/", "a b c"},
	} {
		s := fresh(t)
		for i, name := range []string{"a", "b", "c"} {
			withNames(t, s, i+1, named{name, name, annotate.Person, []library.Spelling{form(name, 3-i)}, ""})
		}
		who := func(b byte) library.Person {
			return library.Person{ID: library.PersonID{Key: string(b), Type: annotate.Person}, Name: string(b)}
		}
		for _, d := range strings.Fields(c.deeds) {
			var err error
			switch {
			case d == "u":
				_, err = s.UndoMerge(ctx, "root")
			case d[1] == '/':
				err = s.Split(ctx, "root", who(d[0]))
			default:
				err = s.Merge(ctx, "root", who(d[0]), who(d[2]))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		var got []string
		for _, p := range must[[]library.Person](t)(s.People.People(ctx)) {
			group := p.ID.Key
			for _, form := range must[library.Person](t)(s.Person(ctx, p.ID)).Spellings {
				if form.Text != p.ID.Key {
					group += form.Text
				}
			}
			got = append(got, group)
		}
		slices.Sort(got)
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q, want %s", c.deeds, got, c.want)
		}
	}
}

// BenchmarkPeople10000 lists everybody in 10,000 articles, of whom one is in each and most in few:
// the first time, after a decision in one article, and with nothing new.
func BenchmarkPeople10000(b *testing.B) {
	s := fresh(b)
	var all []*articles.Article
	for i := range 10_000 {
		all = append(all, story(fmt.Sprint("Story ", i), fmt.Sprint("Text of story ", i)))
	}
	var ids []string
	if err := s.AddAll(ctx, slices.Values(all), func(_ *articles.Article, a db.Added) { ids = append(ids, a.ID) }); err != nil {
		b.Fatal(err)
	}
	layer := func(i int) db.Layer {
		l := db.Layer{ID: ids[i], Engine: "one", Version: 1, Seq: 1}
		for j := range 15 {
			n := (i*7 + j*j*31) % (1 + i*j/2 + j)
			name := fmt.Sprintf("Person %d of %d", n, j)
			l.Names = append(l.Names, db.Name{Key: strings.ToLower(name), Name: name, Type: annotate.Person, Count: 3, Spellings: []library.Spelling{form(name, 1), form(fmt.Sprint(n), 2)}})
		}
		for j := range 5 {
			l.Quotes = append(l.Quotes, db.Quote{Text: "so it goes", Verb: "said", Speakers: l.Names[j : j+1]})
		}
		return l
	}
	for from := 0; from < len(ids); from += 500 {
		var some []db.Layer
		for i := from; i < from+500; i++ {
			some = append(some, layer(i))
		}
		if err := s.SaveLayers(ctx, some); err != nil {
			b.Fatal(err)
		}
	}
	start := time.Now()
	found := must[[]library.Person](b)(s.People.People(ctx))
	b.Logf("%d people, counted in %v", len(found), time.Since(start))
	b.Run("known", func(b *testing.B) {
		for b.Loop() {
			must[[]library.Person](b)(s.People.People(ctx))
		}
	})
	b.Run("decision", func(b *testing.B) {
		for b.Loop() {
			if err := s.SaveLayer(ctx, layer(4000)); err != nil {
				b.Fatal(err)
			}
			must[[]library.Person](b)(s.People.People(ctx))
		}
	})
	b.Run("one", func(b *testing.B) {
		for b.Loop() {
			must[library.Person](b)(s.Person(ctx, found[0].ID))
			must[[]library.Place](b)(s.PersonArticles(ctx, found[0].ID, 500))
			must[[]db.QuoteHit](b)(s.QuotesOf(ctx, found[0].ID, "", 500))
		}
	})
}
