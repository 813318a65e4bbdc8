package db_test

import (
	"database/sql"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/library/query"
	"byline/articles"
)

// An index that is brought up to date layer by layer is that which is written anew for each.
func TestIndexIsRenewed(t *testing.T) {
	t.Parallel()
	renewed, seeds := 0, uint64(10)
	if testing.Short() {
		seeds = 2
	}
	for seed := range seeds {
		r := rand.New(rand.NewPCG(seed, 7))
		one, two := newShelf(t), newShelf(t)
		text := one.text
		l := indexedLayer(r, text)
		for step := range 12 {
			if r.IntN(6) == 0 {
				one.toTrash(t)
				two.toTrash(t)
			}
			before := one.dump(t, "SELECT num, start FROM quoted")
			for _, s := range []*shelf{one, two} {
				if s == two { // as if nothing of it held
					s.exec(t, "UPDATE counts SET seq = -1")
				}
				l.ID, l.Seq = s.id, int64(step)
				if err := s.SaveLayer(ctx, l); err != nil {
					t.Fatal(err)
				}
			}
			if got, want := one.index(t), two.index(t); got != want {
				t.Fatalf("seed %d, step %d: the index is\n%s\nnot\n%s", seed, step, got, want)
			}
			if slices.ContainsFunc(strings.Split(one.dump(t, "SELECT num, start FROM quoted"), "\n"), func(row string) bool { return row != "" && strings.Contains(before, row+"\n") }) {
				renewed++
			}
			for limit := 1; limit < 4; limit++ {
				in := query.Expr{Term: query.Term{Text: "closed"}}
				got, want := must[[]db.QuoteHit](t)(one.Quotes(ctx, in, limit)), must[[]db.QuoteHit](t)(two.Quotes(ctx, in, limit))
				if len(got) != len(want) {
					t.Fatalf("seed %d, step %d: %d quotes, not %d", seed, step, len(got), len(want))
				}
			}
			l = anotherLayer(r, l, text)
		}
	}
	if renewed < 20 {
		t.Errorf("only %d times a row stayed", renewed)
	}
}

// Of two with one key, which are one name, each is called otherwise than before, though both together are as they were.
func TestJoinedNamesAreRenewed(t *testing.T) {
	t.Parallel()
	one, two := newShelf(t), newShelf(t)
	lee := func(name string, forms ...string) db.Name {
		n := db.Name{Key: "ann", Name: name, Type: annotate.Person, Count: 2}
		for _, f := range forms {
			n.Spellings = append(n.Spellings, form(f, 1))
			if f != name {
				n.Forms = append(n.Forms, f)
			}
		}
		return n
	}
	r := rand.New(rand.NewPCG(1, 2))
	for step, names := range [][]db.Name{{lee("Ann", "Ann", "Lee"), lee("Ann", "Ann")}, {lee("Ann", "Ann"), lee("Ann", "Lee", "Ann")}} {
		l := db.Layer{Engine: "one", Version: 1, Names: names, Seq: int64(step)}
		for at := range 4 {
			q := anyQuote(r, names, one.text, at)
			q.Type, q.Speakers, q.Decided, q.Verb = annotate.Direct, names[at/2:at/2+1], false, "said"
			l.Quotes = append(l.Quotes, q)
		}
		for _, s := range []*shelf{one, two} {
			if s == two {
				s.exec(t, "UPDATE counts SET seq = -1")
			}
			l.ID = s.id
			if err := s.SaveLayer(ctx, l); err != nil {
				t.Fatal(err)
			}
		}
		if got, want := one.index(t), two.index(t); got != want {
			t.Fatalf("step %d: the index is\n%s\nnot\n%s", step, got, want)
		}
	}
}

// A shelf is a library with an article that is indexed again and again, and one that names the same people.
type shelf struct {
	*db.DB
	raw      *sql.DB
	id, text string
	removed  bool
}

func newShelf(t *testing.T) *shelf {
	t.Helper()
	s := &shelf{DB: fresh(t)}
	withNames(t, s.DB, 3, named{"Ann", "ann", annotate.Person, []library.Spelling{form("Ann", 1)}, "we go on"})
	for i := range 40 {
		s.text += fmt.Sprintf("Ann said harbour %d is closed. ", i)
	}
	s.id = must[db.Added](t)(s.Add(ctx, story("Harbour", s.text))).ID
	ann, bo := library.Person{ID: library.PersonID{Key: "ann", Type: annotate.Person}, Name: "Ann"}, library.Person{ID: library.PersonID{Key: "bo", Type: annotate.Person}, Name: "Bo"}
	if err := s.Merge(ctx, "ann", ann, bo); err != nil {
		t.Fatal(err)
	}
	s.raw = must[*sql.DB](t)(sql.Open("sqlite", "file:"+s.Path()))
	t.Cleanup(func() { s.raw.Close() })
	for _, index := range []string{"said", "named", "labelled", "further_named"} {
		s.exec(t, "CREATE VIRTUAL TABLE terms_"+index+" USING fts5vocab("+index+", instance)")
	}
	return s
}

func (s *shelf) exec(t *testing.T, statement string) {
	t.Helper()
	if _, err := s.raw.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

func (s *shelf) toTrash(t *testing.T) {
	t.Helper()
	do := s.Remove
	if s.removed {
		do = s.Restore
	}
	if err := do(ctx, s.id); err != nil {
		t.Fatal(err)
	}
	s.removed = !s.removed
}

// dump returns the rows of a query, a line each.
func (s *shelf) dump(t *testing.T, query string) string {
	t.Helper()
	rows, err := s.raw.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out strings.Builder
	columns, _ := rows.Columns()
	for rows.Next() {
		values := make([]any, len(columns))
		for i := range values {
			values[i] = new(any)
		}
		if err := rows.Scan(values...); err != nil {
			t.Fatal(err)
		}
		for _, v := range values {
			fmt.Fprintf(&out, "%v|", *v.(*any))
		}
		out.WriteByte('\n')
	}
	if rows.Err() != nil {
		t.Fatal(rows.Err())
	}
	return out.String()
}

// index writes out all that is in the index, without the numbers of rows.
func (s *shelf) index(t *testing.T) string {
	t.Helper()
	out := sayPeople(t, s.DB) + "\n"
	for _, query := range []string{
		"SELECT key, type, name, count, first, forms, article FROM names ORDER BY 1, 2, 7",
		"SELECT start, end, type, key, speaker, kind, decided, verb FROM quotes ORDER BY num",
		"SELECT q.start, f.key, f.speaker, f.kind FROM further f JOIN quotes q ON q.num = f.quote ORDER BY q.num, f.num",
		"SELECT label, key FROM labels ORDER BY 1, 2",
		"SELECT p.key, p.type, p.articles, p.mentions, p.quotes, p.last FROM people p WHERE p.articles <> 0 OR p.mentions <> 0 OR p.quotes <> 0 ORDER BY 1, 2",
		"SELECT q.start, v.term, v.col, v.offset FROM terms_said v JOIN quotes q ON q.num = v.doc ORDER BY 1, 2, 3, 4",
		"SELECT q.start, f.key, v.term, v.offset FROM terms_further_named v JOIN further f ON f.num = v.doc JOIN quotes q ON q.num = f.quote ORDER BY 1, 2, 3, 4",
		"SELECT doc, term, col, offset FROM terms_named ORDER BY 1, 2, 3, 4",
		"SELECT l.label, v.term, v.offset FROM terms_labelled v JOIN labels l ON l.num = v.doc ORDER BY 1, 2, 3",
		"SELECT (SELECT count(*) FROM said), (SELECT count(*) FROM further_named), (SELECT count(*) FROM labelled), (SELECT count(*) FROM named)",
	} {
		out += s.dump(t, query) + "\n"
	}
	return out
}

// someNames are who is named in an article: two of a key, one without, and one who only speaks.
var someNames = []string{"Ann", "Bo", "Cy", "Dee", "ann", "..", "the mayor"}

// anyName returns a name with some forms.
func anyName(r *rand.Rand, name string) db.Name {
	n := db.Name{Key: strings.Trim(strings.ToLower(name), "."), Name: name, Type: []annotate.Type{annotate.Person, annotate.Person, "ship"}[r.IntN(3)], First: r.IntN(50)}
	for _, f := range []string{name, name + " Lee", "Lee"} {
		if r.IntN(2) == 0 {
			n.Spellings = append(n.Spellings, form(f, 1+r.IntN(3)))
			if f != name {
				n.Forms = append(n.Forms, f)
			}
		}
	}
	for _, f := range n.Spellings {
		n.Count += f.Mentions
	}
	return n
}

// indexedLayer returns what is to be indexed of an article.
func indexedLayer(r *rand.Rand, text string) db.Layer {
	l := db.Layer{Engine: "one", Version: 1}
	for _, name := range someNames[:5] {
		l.Names = append(l.Names, anyName(r, name))
	}
	for at := 0; at < 40; at++ {
		if r.IntN(5) > 0 {
			l.Quotes = append(l.Quotes, anyQuote(r, l.Names, text, at))
		}
	}
	l.Counts.Quotes = len(l.Quotes)
	return l
}

// anyQuote returns a quote of the sentence with that number.
func anyQuote(r *rand.Rand, names []db.Name, text string, at int) db.Quote {
	start := strings.Index(text, fmt.Sprintf("harbour %d ", at))
	q := db.Quote{Span: articles.Span{Start: start, End: start + 12}, Type: []annotate.QuoteType{annotate.Direct, annotate.Indirect, "odd"}[r.IntN(3)], Verb: []string{"said", "asked"}[r.IntN(2)], Decided: r.IntN(2) == 0}
	q.Text = q.In(text)
	for range r.IntN(3) {
		if n := r.IntN(len(names) + 2); n < len(names) {
			q.Speakers = append(q.Speakers, names[n])
		} else {
			other := anyName(r, someNames[len(someNames)-1-n+len(names)])
			if other.Type = annotate.Person; other.Key != "" {
				other.Forms = nil // else it is named in the article
			}
			q.Speakers = append(q.Speakers, other)
		}
	}
	return q
}

// touched returns q with something of another.
func touched(r *rand.Rand, q, other db.Quote) db.Quote {
	switch r.IntN(4) {
	case 0:
		q.Verb = other.Verb
	case 1:
		q.Decided = !q.Decided
	case 2:
		q.Speakers = append(slices.Clone(q.Speakers[:min(1, len(q.Speakers))]), other.Speakers...)
	default:
		q.Speakers = other.Speakers
	}
	return q
}

// anotherLayer returns what is to be indexed after some decisions.
func anotherLayer(r *rand.Rand, l db.Layer, text string) db.Layer {
	next := l
	next.Names, next.Quotes = slices.Clone(l.Names), slices.Clone(l.Quotes)
	called := map[string]db.Name{} // otherwise than before
	if r.IntN(2) == 0 {
		i := r.IntN(len(next.Names))
		next.Names[i] = anyName(r, next.Names[i].Name)
		called[next.Names[i].Name] = next.Names[i]
	}
	if r.IntN(3) == 0 {
		odd := anyName(r, "..")
		odd.Type = annotate.Person
		called[".."] = odd
	}
	if r.IntN(4) == 0 && len(next.Names) > 2 {
		next.Names = slices.Delete(next.Names, 0, 1)
	}
	byStart := map[int]db.Quote{}
	for _, q := range next.Quotes {
		q.Speakers = slices.Clone(q.Speakers)
		for j, n := range q.Speakers {
			if other, ok := called[n.Name]; ok {
				q.Speakers[j] = other
			}
		}
		byStart[q.Start] = q
	}
	for range r.IntN(5) {
		at := r.IntN(40)
		q := anyQuote(r, next.Names, text, at)
		if had, there := byStart[q.Start]; there && r.IntN(2) == 0 {
			byStart[q.Start] = touched(r, had, q)
			continue
		}
		if _, there := byStart[q.Start]; there && r.IntN(2) == 0 {
			delete(byStart, q.Start)
		} else {
			byStart[q.Start] = q
		}
	}
	next.Quotes = nil
	for _, start := range slices.Sorted(maps.Keys(byStart)) {
		next.Quotes = append(next.Quotes, byStart[start])
	}
	next.Counts.Quotes = len(next.Quotes)
	return next
}
