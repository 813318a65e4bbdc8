package library_test

import (
	"strings"
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
	s.Wait(t, "Not in the trash: r restores it, ctrl+t leaves")
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

// TestEmptyLibrarySaysWhatTheTrashHolds removes all articles: the list says how they come back, and the
// footer offers nothing that needs an article; nor does that of an empty trash.
func TestEmptyLibrarySaysWhatTheTrashHolds(t *testing.T) {
	t.Parallel()
	s, _ := start(t, newStore(), 110, 20)
	want(t, s, "The press", "A wall", "東京")
	foot := func(has string, lacks ...string) {
		t.Helper()
		s.Wait(t, has)
		lines := strings.Split(strings.TrimSpace(s.Text()), "\n")
		for _, lack := range lacks {
			if last := lines[len(lines)-1]; strings.Contains(last, lack) {
				t.Errorf("the footer offers %q: %s", lack, last)
			}
		}
	}
	s.Type("\x17")
	want(t, s, "A wall", "東京")
	s.Type("\x17")
	want(t, s, "東京")
	s.Type("\x17")
	s.Wait(t, "ctrl+t   show the trash, with 3 articles")
	s.Wait(t, ": samples   bring back the sample stories")
	s.Type("\x1b")
	foot("ctrl+t trash", "read", "filter", "search", "review", "sort")
	s.Type("\x14")
	foot("r restore  delete delete for good")
	s.Type("E")
	s.Wait(t, "for good?")
	s.Type("\x1b[B\r")
	s.Wait(t, "The trash is empty.")
	s.Type("j")
	foot("ctrl+t library", "restore", "delete", "filter")
	s.Type("\x14")
	s.Wait(t, "The library is empty.")
	if strings.Contains(s.Text(), "show the trash, with") {
		t.Errorf("an empty trash is offered\n%s", s.Text())
	}
}
