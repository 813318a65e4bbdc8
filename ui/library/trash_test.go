package library_test

import (
	"testing"

	"byline/ui/app"
	"byline/ui/uitest"
)

// restart runs the program anew on a store.
func restart(t *testing.T, st *store) *uitest.Screen {
	t.Helper()
	l := newScreen(st)
	m, err := app.New(app.Options{Start: l.Load}, l)
	if err != nil {
		t.Fatal(err)
	}
	s, _ := uitest.Start(t, m, 110, 20)
	s.Wait(t, "1 article ")
	return s
}

// TestTrash removes articles, finds them in the trash of a new run, restores one and deletes another
// for good, which asks first.
func TestTrash(t *testing.T) {
	t.Parallel()
	st := newStore()
	s, _ := start(t, st, 110, 20)
	s.Type("\x17")
	want(t, s, "A wall", "東京")
	s.Type("\x17")
	want(t, s, "東京")

	s = restart(t, st)
	s.Type("u")
	s.Wait(t, "Nothing more to undo")
	s.Type("\x14")
	s.Wait(t, "trash  2 articles")
	want(t, s, "The press", "A wall")
	s.Type("D")
	s.Wait(t, "Not in the trash: r restores the article, ctrl+t goes back to the library")
	s.Type("r")
	s.Wait(t, "Restored: The press")
	want(t, s, "A wall")
	s.Type("u")
	s.Wait(t, "Moved to the trash again: The press")
	want(t, s, "The press", "A wall")
	s.Type("\r")
	want(t, s, "A wall")
	s.Type("\x14")
	want(t, s, "The press", "東京")
	s.Type("\x14")
	want(t, s, "A wall")

	s.Type("\x17")
	s.Wait(t, "Delete “A wall for the sea” for good?")
	s.Wait(t, "this cannot be undone")
	s.Wait(t, "Delete for good, with 2 decisions")
	s.Type("\r")
	s.Wait(t, "Nothing deleted")
	want(t, s, "A wall")
	s.Type("E")
	s.Wait(t, "for good?")
	s.Type("\x1b[B\r")
	s.Wait(t, "The trash is empty.")
	s.Type("E")
	s.Wait(t, "The trash is empty")
	s.Type("\x1b")
	want(t, s, "The press", "東京")
}

// TestRejectAndGoOnRemovesNothing presses the keys of a review on the library.
func TestRejectAndGoOnRemovesNothing(t *testing.T) {
	t.Parallel()
	s, _ := start(t, newStore(), 110, 20)
	for _, key := range []string{"X", "x", "y", "d"} {
		s.Type(key)
		s.Wait(t, key+" is not a command here")
	}
	want(t, s, "The press", "A wall", "東京")
}
