package db_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"byline/annotate/library/db"
)

// A library that is open is folded into its file while nothing is written, so that a copy of the file alone has
// all of it, and another process does not take that for a change.
func TestFoldedWhileIdle(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	id := must[db.Added](t)(s.Add(ctx, story("Press", "Text."))).ID
	for n := range 5 {
		if err := s.Append(ctx, id, nil, decision(n)); err != nil {
			t.Fatal(err)
		}
	}
	before := must[int64](t)(s.DataVersion(ctx))
	for !db.Fold(s) {
		time.Sleep(time.Millisecond) // the idle one is at it
	}
	if after := must[int64](t)(s.DataVersion(ctx)); after != before {
		t.Error("folding looks like a change by another process")
	}
	if info, err := os.Stat(s.Path() + "-wal"); err != nil || info.Size() > 0 {
		t.Errorf("the log has %d bytes left: %v", info.Size(), err)
	}
	copied := filepath.Join(t.TempDir(), "copy.db")
	if err := os.WriteFile(copied, must[[]byte](t)(os.ReadFile(s.Path())), 0o600); err != nil {
		t.Fatal(err)
	}
	if rows := must[[]db.Row](t)(open(t, copied).Rows(ctx, id, 0)); len(rows) != 5 {
		t.Errorf("the copy has %d of 5 decisions", len(rows))
	}
}

// Folding waits for nobody, and goes on later: a reader of an older state keeps the log.
func TestFoldedBesideReaders(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	id := must[db.Added](t)(s.Add(ctx, story("Press", "Text."))).ID
	end := must[func()](t)(db.Reading(ctx, s))
	if err := s.Append(ctx, id, nil, decision(1)); err != nil {
		t.Fatal(err)
	}
	if db.Fold(s) {
		t.Error("the log is folded in under a reader")
	}
	if err := s.Append(ctx, id, nil, decision(2)); err != nil {
		t.Fatal(err)
	}
	end()
	if !db.Fold(s) {
		t.Error("the log is not folded in when the reader is done")
	}
}
