package db_test

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/articles"
)

// A library of an older program is searched as before while its articles are written anew, and after that; what is added, changed
// and deleted meanwhile counts.
func TestTidy(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "library.db")
	if err := os.WriteFile(path, must[[]byte](t)(os.ReadFile("testdata/library-0004.db")), 0o600); err != nil {
		t.Fatal(err)
	}
	s := open(t, path)
	texts := map[string]string{}
	for _, e := range must[[]library.Entry](t)(s.Entries(ctx)) {
		texts[e.ID] = must[*articles.Article](t)(s.Article(ctx, e.ID)).Text
	}
	if len(texts) == 0 {
		t.Fatal("the older library is empty")
	}
	for i := range 150 {
		a := story(fmt.Sprint("Ferry ", i), fmt.Sprintf("The ferry of quay %d sails at six, and the harbour board is told so by nobody.", i))
		id := must[db.Added](t)(s.Add(ctx, a)).ID
		texts[id] = a.Text
	}
	find := func(text string) (out []string) {
		for _, h := range must[[]library.Hit](t)(s.Search(ctx, text, 500)) {
			out = append(out, h.Entry.Title)
		}
		return out
	}
	before := find("title:ferry")
	if len(before) < 150 {
		t.Fatalf("%d articles before", len(before))
	}
	steps := 0
	for more := true; more; steps++ {
		more = must[bool](t)(s.Tidy(ctx))
		if steps == 1 { // half of them are in both indexes
			changed := story("Ferry 3", "Nothing sails any more; zebras do.")
			must[db.Added](t)(s.Add(ctx, changed))
			if got := find("zebras"); len(got) != 1 {
				t.Errorf("what is added meanwhile is found %d times", len(got))
			}
		}
	}
	if steps < 3 {
		t.Errorf("all in %d steps", steps)
	}
	if got := find("zebras"); len(got) != 1 || got[0] != "Ferry 3" {
		t.Errorf("zebras are in %q", got)
	}
	if got := find("title:ferry"); len(got) != len(before) {
		t.Errorf("%d articles, %d before", len(got), len(before))
	}
	for id, text := range texts {
		a := must[*articles.Article](t)(s.Article(ctx, id))
		if e := must[library.Entry](t)(s.Entry(ctx, id)); e.Version == 1 && a.Text != text {
			t.Errorf("%s is %q", id, a.Text)
		}
	}
	if must[bool](t)(s.Tidy(ctx)) {
		t.Error("there is still something to tidy")
	}
}

// The numbers of articles that the list shows first are those that there are, whatever happens to them.
func TestNewest(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	check := func(list, all, unread int) {
		t.Helper()
		es, n, u, err := s.Newest(ctx, 3)
		if err != nil || len(es) != list || n != all || u != unread {
			t.Errorf("%d of %d, %d unread, %v; want %d of %d, %d", len(es), n, u, err, list, all, unread)
		}
	}
	check(0, 0, 0)
	var ids []string
	for i := range 5 {
		ids = append(ids, must[db.Added](t)(s.Add(ctx, story(fmt.Sprint("Story ", i), fmt.Sprint("Text ", i)))).ID)
	}
	check(3, 5, 5)
	for _, err := range []error{s.MarkOpened(ctx, ids[0]), s.MarkOpened(ctx, ids[0]), s.SetStatus(ctx, ids[1], library.Done), s.Remove(ctx, ids[1]), s.Remove(ctx, ids[2])} {
		if err != nil {
			t.Fatal(err)
		}
	}
	check(3, 3, 2)
	for _, err := range []error{s.SetStatus(ctx, ids[1], library.Unread), s.Purge(ctx, ids[2]), s.Restore(ctx, ids[1])} {
		if err != nil {
			t.Fatal(err)
		}
	}
	check(3, 4, 3)
}

// A text that cannot be unpacked is an error that says what to do, wherever it is read.
func TestTextThatCannotBeRead(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	id := must[db.Added](t)(s.Add(ctx, story("Ferry", strings.Repeat("The ferry sails at six. ", 20)))).ID
	raw := must[*sql.DB](t)(sql.Open("sqlite", "file:"+s.Path()))
	defer raw.Close()
	if _, err := raw.Exec("UPDATE versions SET text = x'01210153'"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Article(ctx, id); !errors.Is(err, db.ErrDamaged) {
		t.Error(err)
	}
	if _, err := s.Search(ctx, "ferry", 5); !errors.Is(err, db.ErrDamaged) {
		t.Error(err)
	}
}
