package db_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/library/query"
)

func TestSearch(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	for _, text := range []string{"The harbour closes. Zoë Müller said so.", "A poem of the sea and of harbours.", "Nothing."} {
		must[db.Added](t)(s.Add(ctx, story(text[:4], text)))
	}
	for query, want := range map[string]string{
		"harbour": "The |A po", "zoe muller": "The ", `"of harbours"`: "A po", "-sea harb": "The ", "harb* poem of": "A po", "sea harbour": "A po",
		"of the": "A po", "said s": "The ", "zebra": "", `"`: "", "AND OR (": "A po", "-": "", "(zebra OR harbours) poem": "A po", "harbour -(poem OR nothing)": "The ", "title:poem": "", `"title: poem"`: "",
	} {
		var got []string
		for _, h := range must[[]library.Hit](t)(s.Search(ctx, query, 10)) {
			got = append(got, h.Entry.Title)
		}
		slices.SortFunc(got, func(a, b string) int { return strings.Compare(b, a) })
		if strings.Join(got, "|") != want {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
	h := must[[]library.Hit](t)(s.Search(ctx, "muller", 10))[0]
	if h.Offset != strings.Index("The harbour closes. Zoë Müller said so.", "Müller") || len(h.Matches) != 1 || h.Matches[0].In(h.Snippet) != "Müller" {
		t.Errorf("%+v", h)
	}
}

func FuzzSearch(f *testing.F) {
	s := fresh(f)
	must[db.Added](f)(s.Add(ctx, story("Press", "Zoë Müller said “so”, e\u0301te\u0301, 東京.")))
	for _, q := range []string{`a"b`, "NEAR(a b)", `by:"Ann Lee" said:"x y" OR -tag:to* date:2026..`, "reviewed:<50% words:2.. (person:* -org:a) status:un", "col:x ^", "-", "* ' \\ \x00", "zoe OR", "東"} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, q string) {
		hits, err := s.Search(ctx, q, 5)
		var wrong *query.Error
		if errors.As(err, &wrong) {
			return
		}
		if err != nil {
			t.Fatalf("%q: %v", q, err)
		}
		for _, h := range hits {
			if strings.ContainsRune(h.Snippet, '\n') || !utf8.ValidString(h.Snippet) {
				t.Errorf("%q: snippet %q", q, h.Snippet)
			}
			last := 0
			for _, m := range h.Matches {
				if m.Start < last || m.End > len(h.Snippet) || m.Empty() || !utf8.ValidString(m.In(h.Snippet)) {
					t.Errorf("%q: match %v of %q", q, m, h.Snippet)
				}
				last = m.End
			}
		}
	})
}

// TestPlaceOfAHit checks the offset of a hit: the phrase, not its first word, and the
// place where most of the query occurs together.
func TestPlaceOfAHit(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	filler := strings.Repeat("The quay is of no use to a boat. ", 20)
	text := filler + "\n\nO’Neill of the rare harbour said so.\n\n" + filler + "The Zoë Müller Fund pays."
	must[db.Added](t)(s.Add(ctx, story("Quay", text)))
	for query, want := range map[string]string{
		`"the rare harbour"`: "the rare harbour", "o'neill": "O’Neill", "o'nei": "O’Neill", "harbour the rare": "the|rare|harbour",
		"müller zoe fund": "Zoë|Müller|Fund", "MULLER": "Müller", `"zoe muller fu*`: "Zoë Müller Fund", `"zoe muller fu"`: "", "zoe-mul": "Zoë Müller", `rare "of the"`: "of the|rare", "pays -sun": "pays",
	} {
		hits := must[[]library.Hit](t)(s.Search(ctx, query, 10))
		if want == "" {
			if len(hits) != 0 {
				t.Errorf("%q finds %+v", query, hits)
			}
			continue
		}
		if len(hits) != 1 {
			t.Errorf("%q finds %d articles", query, len(hits))
			continue
		}
		h := hits[0]
		first, _, _ := strings.Cut(want, "|")
		var got []string
		for _, m := range h.Matches {
			got = append(got, m.In(h.Snippet))
		}
		if !strings.HasPrefix(text[h.Offset:], first) || !strings.Contains(h.Snippet, first) || !strings.Contains(strings.Join(got, "|"), want) {
			t.Errorf("%q leads to %.20q, marks %q in %q; want %q", query, text[h.Offset:], got, h.Snippet, want)
		}
	}
}

// TestTrash removes articles, finds them after the library was opened again, restores one and
// deletes the other for good, with all that belonged to it.
func TestTrash(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "library.db")
	s := open(t, path)
	var ids []string
	for _, text := range []string{"One harbour.", "Two harbours.", "Three harbours."} {
		ids = append(ids, must[db.Added](t)(s.Add(ctx, story(text, text))).ID)
	}
	for i, id := range ids[:2] {
		if err := s.Append(ctx, id, nil, db.Row{ID: fmt.Sprint("d", i), At: time.Now(), Who: "ann"}); err != nil {
			t.Fatal(err)
		}
		if err := setTags(s, id, []string{"sea"}); err != nil {
			t.Fatal(err)
		}
		name := db.Name{Key: "ann lee", Type: annotate.Person, Name: "Ann Lee", Count: 1}
		layer := db.Layer{ID: id, Engine: "one", Version: 1, Names: []db.Name{name}, Quotes: []db.Quote{{Text: "harbours", Speakers: []db.Name{name, name}}}}
		if err := s.SaveLayer(ctx, layer); err != nil {
			t.Fatal(err)
		}
		if err := s.Remove(ctx, id); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Millisecond)
	}
	s.Close()

	s = open(t, path)
	trash := func() (out []string) {
		for _, e := range must[[]library.Entry](t)(s.Trash(ctx)) {
			out = append(out, e.ID)
		}
		return out
	}
	if got := trash(); !slices.Equal(got, []string{ids[1], ids[0]}) {
		t.Fatalf("the trash has %v, not the last one first", got)
	}
	if err := s.Restore(ctx, ids[1]); err != nil {
		t.Fatal(err)
	}
	if n := must[int](t)(s.CountDecisions(ctx, ids...)); n != 2 {
		t.Errorf("%d decisions, want 2", n)
	}
	if err := s.Purge(ctx, ids...); err != nil {
		t.Fatal(err)
	}
	if got := trash(); got != nil {
		t.Errorf("still in the trash: %v", got)
	}
	if _, err := s.Entry(ctx, ids[0]); !errors.Is(err, db.ErrNotFound) {
		t.Errorf("the deleted article: %v", err)
	}
	if n := must[int](t)(s.CountDecisions(ctx, ids...)); n != 1 {
		t.Errorf("%d decisions left, want that on the restored article", n)
	}
	if es := must[[]library.Entry](t)(s.Entries(ctx)); len(es) != 2 {
		t.Errorf("%d articles in the library, want 2: only what is in the trash is deleted", len(es))
	}
	if got := must[db.Added](t)(s.Add(ctx, story("One harbour.", "One harbour."))); got.Outcome != db.New {
		t.Errorf("added again, the article is %s", got.Outcome)
	}
}

func TestRemovedArticlesAreNotCounted(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	var ids []string
	for i := range 6 {
		ids = append(ids, must[db.Added](t)(s.Add(ctx, story(fmt.Sprint("Story ", i), strings.Repeat("harbour ", 6-i)+fmt.Sprint(i)))).ID)
	}
	for _, id := range ids[:4] {
		if err := s.Remove(ctx, id); err != nil {
			t.Fatal(err)
		}
	}
	if hits := must[[]library.Hit](t)(s.Search(ctx, "harbour", 2)); len(hits) != 2 {
		t.Errorf("%d hits of 2", len(hits))
	}
	if err := s.Restore(ctx, ids[0]); err != nil {
		t.Fatal(err)
	}
	if hits := must[[]library.Hit](t)(s.Search(ctx, "harbour", 5)); len(hits) != 3 {
		t.Errorf("%d hits of 3 after one came back", len(hits))
	}
}

// TestLongQueries sends longer queries than the index takes.
func TestLongQueries(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	must[db.Added](t)(s.Add(ctx, story("Press", "a b c")))
	for _, q := range []string{"a " + strings.Repeat("-z ", 62), "a " + strings.Repeat(`-"y z" `, 62), strings.Repeat("a b ", 31)} {
		if hits, err := s.Search(ctx, q, 10); err != nil || len(hits) != 1 {
			t.Errorf("%.20q: %d hits, %v", q, len(hits), err)
		}
	}
	for _, q := range []string{"a " + strings.Repeat("-z ", 400), strings.Repeat("a b ", 100), strings.Repeat("é", 600), strings.Repeat("(", 60) + "a"} {
		var wrong *query.Error
		if hits, err := s.Search(ctx, q, 10); !errors.As(err, &wrong) || hits != nil {
			t.Errorf("%.20q: %d hits, %v", q, len(hits), err)
		}
	}
}

// The excerpt of an article in which nothing is marked goes on after its title, which stands beside it.
func TestExcerptAfterTheTitle(t *testing.T) {
	t.Parallel()
	s := open(t, filepath.Join(t.TempDir(), "library.db"))
	for title, text := range map[string]string{
		"Ferry at Low Tide": "Ferry at Low Tide\n\nThe boat left.", "Ferries and the…": "Ferries and the boats left early.", "Ferr": "Ferries left.", "Ferry": "Ferry", "Boats": "A ferry left.",
	} {
		if _, err := s.Add(ctx, story(title, text)); err != nil {
			t.Fatal(err)
		}
	}
	want := map[string]string{"Ferry at Low Tide": "The boat left.", "Ferries and the…": "boats left early.", "Ferr": "Ferries left.", "Ferry": "", "Boats": "A ferry left."}
	hits, err := s.Search(ctx, "status:unread", 10)
	if err != nil || len(hits) != len(want) {
		t.Fatalf("%d hits, %v", len(hits), err)
	}
	for _, h := range hits {
		if h.Snippet != want[h.Entry.Title] {
			t.Errorf("%s: %q", h.Entry.Title, h.Snippet)
		}
	}
	if hits, err = s.Search(ctx, "tide", 10); err != nil || len(hits) != 1 || hits[0].Snippet != "Ferry at Low Tide  The boat left." {
		t.Errorf("%+v, %v", hits, err)
	}
}
