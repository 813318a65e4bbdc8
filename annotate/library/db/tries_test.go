package db_test

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/library/db/process"
)

// TestAttempts asks how annotations stand that were begun: here, by a process that is gone, before the computer was started
// anew, on another computer, by an older byline that left no mark, by one that gave up, and by one whose reader left.
func TestAttempts(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "library.db")
	s := must[*db.DB](t)(db.Open(ctx, path))
	defer s.Close()
	raw := must[*sql.DB](t)(sql.Open("sqlite", path))
	defer raw.Close()
	own := strings.Fields(process.Mark()) // host, boot, number, start
	mark := func(i int, value string) string {
		m := append([]string{}, own...)
		m[i] = value
		return strings.Join(m, " ")
	}
	marks := map[string]string{"gone": mark(3, "1"), "restarted": mark(1, "an-earlier-start"), "away": mark(0, "another-computer"), "older": ""}
	want := map[string]library.Attempt{"here": library.Running, "gone": library.BrokenOff, "restarted": library.BrokenOff, "away": library.Elsewhere,
		"older": library.BrokenOff, "gave up": library.BrokenOff, "left": library.NoAttempt, "not begun": library.NoAttempt}
	for name := range want {
		id := must[db.Added](t)(s.Add(ctx, story(name, "The text of "+name+"."))).ID
		if name == "not begun" {
			continue
		}
		err := s.Begin(ctx, id, "one")
		switch {
		case err != nil:
		case name == "gave up":
			err = s.Fail(ctx, id)
		case name == "left":
			err = s.Forget(ctx, id, false)
		default:
			if m, ok := marks[name]; ok {
				_, err = raw.ExecContext(ctx, "UPDATE tries SET process = ? WHERE article = (SELECT num FROM articles WHERE id = ?)", m, id)
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, e := range must[[]library.Entry](t)(s.Entries(ctx)) {
		if e.Attempt != want[e.Title] {
			t.Errorf("%s: %q, not %q", e.Title, e.Attempt, want[e.Title])
		}
		if one := must[library.Entry](t)(s.Entry(ctx, e.ID)); one.Attempt != want[e.Title] {
			t.Errorf("%s by itself: %q, not %q", e.Title, one.Attempt, want[e.Title])
		}
		if e.Title != "older" {
			continue
		}
		// An end that is not its own leaves an attempt of another process, and a layer ends every one.
		if _, err := raw.ExecContext(ctx, "UPDATE tries SET process = ? WHERE article = (SELECT num FROM articles WHERE id = ?)", marks["away"], e.ID); err != nil {
			t.Fatal(err)
		}
		if err := s.Fail(ctx, e.ID); err != nil {
			t.Fatal(err)
		}
		if one := must[library.Entry](t)(s.Entry(ctx, e.ID)); one.Attempt != library.Elsewhere {
			t.Errorf("after the end of another: %q", one.Attempt)
		}
		if err := s.SaveLayer(ctx, db.Layer{ID: e.ID, Engine: "one", Version: 1}); err != nil {
			t.Fatal(err)
		}
		if one := must[library.Entry](t)(s.Entry(ctx, e.ID)); one.Attempt != library.NoAttempt || !one.Annotated {
			t.Errorf("with a layer: %+v", one.Making)
		}
	}
}
