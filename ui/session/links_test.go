package session_test

import (
	"strings"
	"testing"

	"byline/articles"
	"byline/ui/session"
)

// find returns the n-th occurrence of words in text, counted from 0.
func find(t *testing.T, text, words string, n int) articles.Span {
	t.Helper()
	at := 0
	for ; n >= 0; n-- {
		i := strings.Index(text[at:], words)
		if i < 0 {
			t.Fatalf("%q is not there", words)
		}
		at += i + len(words)
	}
	return articles.Span{Start: at - len(words), End: at}
}

// TestLinksPicturesAndNotes checks what the list of links offers, and that a footnote is
// gone to and left again.
func TestLinksPicturesAndNotes(t *testing.T) {
	t.Parallel()
	paragraphs := []string{
		"The minutes[1] and the map of the yard say nothing of it.[2] The yard itself[9] does.",
		"[1] Of Monday.", "[2] The clerk was ill.",
	}
	a := &articles.Article{ID: "links", Text: strings.Join(paragraphs, "\n\n")}
	for _, p := range paragraphs {
		a.Blocks = append(a.Blocks, articles.Block{Span: find(t, a.Text, p, 0)})
	}
	for _, in := range []struct {
		words  string
		nth    int
		kind   articles.InlineKind
		target string
	}{
		{"minutes", 0, articles.Link, "https://orrin.example/minutes"}, {"[1]", 0, articles.Note, ""},
		{"map of the yard", 0, articles.Image, "https://orrin.example/map.png"}, {"nothing", 0, articles.Image, ""},
		{"[2]", 0, articles.Note, ""}, {"[9]", 0, articles.Note, ""}, {"[1]", 1, articles.Note, ""}, {"[2]", 1, articles.Note, ""},
	} {
		a.Inline = append(a.Inline, articles.Inline{Span: find(t, a.Text, in.words, in.nth), Kind: in.kind, Target: in.target})
	}
	if err := a.Check(); err != nil {
		t.Fatal(err)
	}
	s := session.New(newLedger(), session.Options{})
	if err := s.Open(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	e := do(t, s, "links")
	if e.Asks == nil {
		t.Fatalf("no list: %+v", e)
	}
	var got []string
	for _, c := range e.Asks.Choices {
		got = append(got, c.Span.In(a.Text)+" → "+c.Link+c.Do.Span.In(a.Text))
	}
	want := "minutes → https://orrin.example/minutesminutes\n[1] → [1] Of Monday.\n" +
		"map of the yard → https://orrin.example/map.pngmap of the yard\n[2] → [2] The clerk was ill."
	if strings.Join(got, "\n") != want {
		t.Errorf("the list is\n%s\nnot\n%s", strings.Join(got, "\n"), want)
	}
	there, err := s.Do(t.Context(), e.Asks.Choices[3].Do)
	if err != nil || there.Show == nil || there.Show.Start != a.Blocks[2].Start {
		t.Errorf("the note: %+v, %v", there, err)
	}
}
