package library_test

import "testing"

// A tag of somebody else's stays, which is said; what else was changed is changed, and can be undone.
func TestOthersTags(t *testing.T) {
	t.Parallel()
	st := newStore()
	st.entries[0].Tags = []string{bobs, "press"}
	s, _ := start(t, st, 105, 20)
	erase := "\x15" // the whole line
	s.Type("t")
	s.Wait(t, "looks-wrong, press")
	s.Type(erase + "press\r")
	s.Wait(t, "#looks-wrong stays: bob’s tag; only bob can take it off")
	s.Wait(t, "nothing changed")
	s.Wait(t, "· #looks-wrong #press ─")
	s.Type("u")
	s.Wait(t, "Nothing more to undo")
	s.Type("t" + erase + "sea\r")
	s.Wait(t, "Tagged #sea. #looks-wrong stays: bob’s tag; only bob can take it off: The press is sold")
	s.Wait(t, "· #looks-wrong #sea ─")
	s.Type("t" + erase + "\r")
	s.Wait(t, "Tags removed. #looks-wrong stays")
	s.Wait(t, "· #looks-wrong ─")
	s.Type("u")
	s.Wait(t, "· #looks-wrong #sea ─")
	s.Type("u")
	s.Wait(t, "· #looks-wrong #press ─")
}

// What a search found is asked for its tags: they are not lost where others are put beside them.
func TestTagsOfWhatWasFound(t *testing.T) {
	t.Parallel()
	st := newStore()
	st.entries[1].Tags = []string{"local"}
	s, _ := start(t, st, 105, 20)
	s.Type("fharbour")
	s.Wait(t, "about the harbour")
	s.Type("\rt")
	s.Wait(t, "Tags (comma-separated): local")
	s.Type(", sea\r")
	s.Wait(t, "Tagged #local #sea")
	s.Type("\x1b")
	s.Wait(t, "A wall for the sea  #local #sea")
}
