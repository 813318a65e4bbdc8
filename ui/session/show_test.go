package session_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/library"
	"byline/articles"
	"byline/ui/session"
)

// glance annotates a part of the story: all of it.
func glance(context.Context) *annotate.Layer { return layer() }

// other is an article whose text is too short for the claims of the story.
func other() *articles.Article {
	return &articles.Article{ID: "b", Title: "Another", Text: "Short.", Blocks: []articles.Block{{Span: articles.Span{End: 6}}}}
}

// Another article starts with nothing of the one before: no claim, no search, no decision.
func TestShowStartsAnew(t *testing.T) {
	t.Parallel()
	s, l := open(t)
	do(t, s, "next", "previous-quote")
	if _, err := s.Do(t.Context(), session.Action{Name: session.Find, Text: "quill"}); err != nil {
		t.Fatal(err)
	}
	s.Start(session.Action{Name: "reject"}) // waits
	s.Show(other())
	if c, ok := s.Current(); ok || len(s.Claims().List) > 0 || s.Whole() {
		t.Errorf("%+v of the article before; %d claims", c, len(s.Claims().List))
	}
	if query, hits, _ := s.Found(); query != "" || len(hits) > 0 {
		t.Errorf("still found: %q, %d places", query, len(hits))
	}
	s.Take(s.Read()(t.Context()))
	if w := s.Work(); w != nil {
		t.Error("a decision on the article before is queued for this one")
	}
	if got := l.log(); len(got) > 0 {
		t.Errorf("%q", got)
	}
}

// A decision that is being written when another article is shown keeps nothing waiting.
func TestShowWhileADecisionIsWritten(t *testing.T) {
	t.Parallel()
	s, l := open(t)
	do(t, s, "next")
	s.Start(session.Action{Name: "confirm"})
	running := s.Work()
	s.Show(other())
	late := running(t.Context())
	if err := s.Open(t.Context(), article()); err != nil {
		t.Fatal(err)
	}
	if e := s.Take(late); e.Read || e.Err != nil {
		t.Errorf("%+v", e)
	}
	do(t, s, "next", "reject")
	if got := l.log(); !slices.Equal(got, []string{"confirm Marta Quill", "reject Marta Quill"}) || !s.Settled() {
		t.Errorf("%q, settled: %t", got, s.Settled())
	}
}

// One that fails after another article is shown is still reported, and one who leaves
// waits for it.
func TestShowReportsWhatFailed(t *testing.T) {
	t.Parallel()
	s, l := open(t)
	do(t, s, "next")
	l.full = true
	s.Start(session.Action{Name: "confirm"})
	running := s.Work()
	s.Show(other())
	finish := s.Finish
	if e := s.Take(running(t.Context())); !e.Unsaved || !errors.Is(e.Err, errFull) {
		t.Errorf("%+v", e)
	}
	if err := finish()(t.Context()); err != nil {
		t.Errorf("reported twice: %v", err)
	}
	s, l = open(t)
	do(t, s, "next")
	l.full = true
	s.Start(session.Action{Name: "confirm"})
	running = s.Work()
	s.Show(other())
	last := s.Finish()
	running(t.Context())
	if err := last(t.Context()); !errors.Is(err, errFull) {
		t.Errorf("%v", err)
	}
}

// preview returns an article with the first n bytes of the story.
func preview(n int) *articles.Article {
	a := article()
	a.ID, a.Text = "preview", a.Text[:n]
	a.Blocks = []articles.Block{{Span: articles.Span{End: n}}}
	return a
}

// The whole article in place of its beginning keeps what was aimed at and decided.
func TestReplaceKeepsWhatHasItsWords(t *testing.T) {
	t.Parallel()
	l := newLedger()
	s := session.New(l, session.Options{})
	s.Show(preview(len(story)))
	s.Take(s.Glance(glance)(t.Context()))
	s.See(session.View{Span: articles.Span{End: len(story)}})
	s.Start(session.Action{Name: "next"})
	s.Start(session.Action{Name: "confirm"})
	more := article()
	more.Text += " More."
	if e := s.Replace(more); e.Err != nil || at(s) != "Marta Quill" || len(s.Claims().List) == 0 {
		t.Errorf("%+v, at %q", e, at(s))
	}
	s.Replace(article())
	s.Take(s.Read()(t.Context()))
	for w := s.Work(); w != nil; w = s.Work() {
		s.Take(w(t.Context()))
	}
	if got := l.log(); !slices.Equal(got, []string{"confirm Marta Quill"}) || at(s) != "Marta Quill" {
		t.Errorf("%q, at %q", got, at(s))
	}
}

// A decision on words that the whole article does not have is dropped, and said to be.
func TestReplaceDropsWhatHasOtherWords(t *testing.T) {
	t.Parallel()
	l := newLedger()
	s := session.New(l, session.Options{})
	s.Show(preview(len(story)))
	s.Take(s.Glance(glance)(t.Context()))
	s.See(session.View{Span: articles.Span{End: len(story)}})
	s.Start(session.Action{Name: "next"})
	asks := s.Start(session.Action{Name: "merge"}).Asks
	s.Start(session.Action{Name: "confirm"})
	page := article()
	page.Text = strings.Repeat("x", len(story))
	e := s.Replace(page)
	if !e.Unsaved || !errors.Is(e.Err, library.ErrChanged) {
		t.Errorf("%+v", e)
	}
	if c, ok := s.Current(); ok || len(s.Claims().List) > 0 {
		t.Errorf("still at %+v", c)
	}
	// The answer to a question about the words before is none any more.
	if e := s.Start(asks.Choices[0].Do); !e.Unsaved || !errors.Is(e.Err, library.ErrChanged) {
		t.Errorf("%+v", e)
	}
	s.Take(s.Read()(t.Context()))
	if w := s.Work(); w != nil || len(l.log()) > 0 {
		t.Errorf("queued; %q", l.log())
	}
}
