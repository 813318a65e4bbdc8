package library_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/articles"
	"byline/ui"
	"byline/ui/app"
	"byline/ui/library"
	"byline/ui/uitest"
)

// shelf is a library in memory.
type shelf struct{ entries []articles.Entry }

func (s *shelf) Entries(context.Context) ([]articles.Entry, error) {
	out := []articles.Entry{}
	for _, e := range s.entries {
		if e.Version > 0 {
			out = append(out, e)
		}
	}
	return out, nil
}

func (s *shelf) Search(_ context.Context, q string, _ int) ([]articles.Hit, error) {
	if q != "harbour" {
		return nil, nil
	}
	return []articles.Hit{{Entry: s.entries[1], Snippet: "all about the harbour and its wall", Matches: []articles.Span{{Start: 14, End: 21}}, Offset: 14}}, nil
}

func (s *shelf) find(id string) *articles.Entry {
	for i := range s.entries {
		if s.entries[i].ID == id {
			return &s.entries[i]
		}
	}
	return nil
}

func (s *shelf) SetStatus(_ context.Context, id string, st articles.Status) error {
	s.find(id).Status = st
	return nil
}
func (s *shelf) SetTags(_ context.Context, id string, tags []string) error {
	s.find(id).Tags = tags
	return nil
}
func (s *shelf) Remove(_ context.Context, id string) error { s.find(id).Version = 0; return nil }
func (s *shelf) Restore(_ context.Context, id string) error {
	s.find(id).Version = 1
	return errors.New("disk on fire")
}

func entry(i int, title string) articles.Entry {
	return articles.Entry{
		ID: fmt.Sprint("id", i), Title: title, Author: "Ann Lee", Site: "The Wire", Source: "/a/" + title, Version: 1,
		Date: time.Date(2026, 3, i+1, 0, 0, 0, 0, time.UTC), Added: time.Date(2026, 4, 30-i, 0, 0, 0, 0, time.UTC),
		Words: 300 * (i + 1), Status: articles.Unread, Annotated: true,
		Counts: articles.Counts{People: i, Organizations: 2, Quotes: 3, Claims: 10, Reviewed: i},
	}
}

func newShelf() *shelf {
	return &shelf{[]articles.Entry{entry(0, "The press is sold"), entry(1, "A wall for the sea"), entry(2, "東京の山田太郎さん 👩‍🔬 नमस्ते")}}
}

func start(t *testing.T, s *shelf, width, height int) (*uitest.Screen, *[]library.OpenMsg) {
	t.Helper()
	opened := &[]library.OpenMsg{}
	l := library.New(s, s, "2 Jan 2006")
	m, err := app.New(app.Options{Start: l.Load, Wire: func(msg tea.Msg) (app.Answer, bool) {
		o, ok := msg.(library.OpenMsg)
		if ok {
			*opened = append(*opened, o)
			return app.Answer{Cmd: ui.Tell(fmt.Sprint("open ", o.ID, " ", o.Offset))}, true
		}
		return app.Answer{}, false
	}}, l)
	if err != nil {
		t.Fatal(err)
	}
	sc, _ := uitest.Start(t, m, width, height)
	sc.Wait(t, "3 articles · 3 unread")
	return sc, opened
}

func TestFilterOpenAndStatus(t *testing.T) {
	s, _ := start(t, newShelf(), 100, 20)
	s.Type("/wal")
	s.Wait(t, "1 like “wal”")
	s.Type("\r\r")
	s.Wait(t, "open id1 -1")
	s.Type("\x1b")
	s.Until(t, "all are shown", func() bool { return strings.Contains(s.Text(), "The press is sold") })
	s.Type("D")
	s.Wait(t, "2 unread")
	s.Wait(t, "✓ A wall")
	s.Type("\t")
	s.Until(t, "only unread ones", func() bool { return !strings.Contains(s.Text(), "A wall") })
	s.Type("\x1b")
	s.Wait(t, "A wall")
	s.Type("\x1b")
	s.Wait(t, "q quits")
}

func TestSearchInTexts(t *testing.T) {
	s, _ := start(t, newShelf(), 100, 20)
	s.Type("fharbour")
	s.Wait(t, "all about the harbour")
	s.Type("\r\r")
	s.Wait(t, "open id1 14")
	s.Type("fs")
	s.Wait(t, "No article holds all these words.")
}

func TestTagsSortAndRemove(t *testing.T) {
	s, _ := start(t, newShelf(), 100, 20)
	s.Type("tpress, local\r")
	s.Wait(t, "#press")
	s.Type("s")
	s.Wait(t, "sorted by title")
	s.Until(t, "the wall is first", func() bool { return strings.Contains(strings.Split(s.Text(), "\n")[2], "A wall") })
	s.Type("gX")
	s.Wait(t, "removed, u brings it back: A wall")
	s.Wait(t, "2 articles")
	s.Type("u")
	s.Wait(t, "disk on fire")
}

func TestEveryRowIsExactlyAsWideAsTheWindow(t *testing.T) {
	for _, method := range []ansi.Method{ansi.WcWidth, ansi.GraphemeWidth} {
		l := library.New(newShelf(), newShelf(), "2 Jan 2006")
		l.Update(ui.WidthMsg{Method: method})
		l.Update(l.Load()())
		for width := 12; width < 160; width += 3 {
			view := l.View(width, 12)
			lines := strings.Split(view, "\n")
			if len(lines) != 12 {
				t.Fatalf("%d lines", len(lines))
			}
			for _, line := range lines {
				if got := method.StringWidth(line); got != width {
					t.Fatalf("width %d: %q has %d cells", width, line, got)
				}
			}
		}
	}
}

func TestNoKeyTwice(t *testing.T) {
	if c := ui.Clashes([]ui.Scope{{Name: "library", Bindings: library.Bindings()}}); len(c) > 0 {
		t.Error(c)
	}
}

func many(n int) *shelf {
	s := &shelf{}
	words := strings.Fields("harbour press wall court budget strike river school merger storm council railway")
	for i := range n {
		e := entry(i%27, fmt.Sprintf("The %s and the %s of %d", words[i%12], words[i/12%12], i))
		e.ID = fmt.Sprint(i)
		s.entries = append(s.entries, e)
	}
	return s
}

func BenchmarkLibrary10000(b *testing.B) {
	s := many(10_000)
	l := library.New(s, s, "2 Jan 2006")
	l.Update(l.Load()())
	b.Run("view", func(b *testing.B) {
		for b.Loop() {
			l.View(140, 45)
		}
	})
	b.Run("filter-key", func(b *testing.B) {
		ask := func() ui.AskMsg {
			cmd, _ := ui.Act(library.Filter, l.Scopes())
			return cmd().(ui.AskMsg)
		}()
		texts := []string{"h", "ha", "har", "harb"}
		for i := 0; b.Loop(); i++ {
			ask.Change(texts[i%4])
			l.View(140, 45)
		}
	})
	b.Run("entries", func(b *testing.B) {
		cmd := l.Load()
		for b.Loop() {
			l.Update(cmd())
		}
	})
}
