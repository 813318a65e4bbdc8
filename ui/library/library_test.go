package library_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/annotate"
	words "byline/annotate/library"
	"byline/articles"
	"byline/ui"
	"byline/ui/app"
	"byline/ui/library"
	"byline/ui/uitest"
)

// store is a library in memory.
type store struct {
	entries []words.Entry
	broken  error
	asked   int // how often all entries were loaded
}

func (s *store) Entries(context.Context) ([]words.Entry, error) {
	s.asked++
	out := []words.Entry{}
	for _, e := range s.entries {
		if e.Version > 0 {
			out = append(out, e)
		}
	}
	return out, s.broken
}

func (s *store) Entry(_ context.Context, id string) (words.Entry, error) {
	if e := s.find(id); e != nil {
		return *e, nil
	}
	return words.Entry{}, errors.New("no such article")
}

func (s *store) Search(_ context.Context, q string, _ int) ([]words.Hit, error) {
	if q != "harbour" {
		return nil, nil
	}
	text := "It was, said the woman who keeps the keys, all about the harbour and its wall."
	at := strings.Index(text, q)
	one, two := s.entries[1], s.entries[0]
	one.Tags, two.Tags = nil, nil // as those of a library
	return []words.Hit{
		{Entry: one, Snippet: text, Matches: []articles.Span{{Start: at, End: at + len(q)}}, Offset: at},
		{Entry: two, Snippet: "no harbour", Matches: []articles.Span{{Start: 3, End: 10}}, Offset: 3},
	}, nil
}

func (s *store) find(id string) *words.Entry {
	for i := range s.entries {
		if s.entries[i].ID == id {
			return &s.entries[i]
		}
	}
	return nil
}

func (s *store) SetStatus(_ context.Context, id string, st words.Status) error {
	s.find(id).Status = st
	return s.broken
}

// Retag has one tag that is bob's.
func (s *store) Retag(_ context.Context, id string, on, off []string) (words.Retagged, error) {
	e := s.find(id)
	was := slices.Clone(e.Tags)
	made := words.Retagged{Undo: func(context.Context) error {
		s.find(id).Tags = was
		return nil
	}}
	for _, t := range off {
		if t == bobs {
			made.Others = append(made.Others, words.Tag{Text: t, Who: "bob"})
		} else {
			e.Tags = slices.DeleteFunc(slices.Clone(e.Tags), func(x string) bool { return x == t })
		}
	}
	e.Tags = append(slices.Clone(e.Tags), on...)
	made.Changed = !slices.Equal(e.Tags, was)
	return made, nil
}

// bobs is a tag of another than who looks.
const bobs = "looks-wrong"

func (s *store) Remove(_ context.Context, id string) error { s.find(id).Version = 0; return s.broken }
func (s *store) Restore(_ context.Context, id string) error {
	s.find(id).Version = 1
	return s.broken
}

func (s *store) Trash(context.Context) ([]words.Entry, error) {
	out := []words.Entry{}
	for _, e := range s.entries {
		if e.Version == 0 {
			out = append(out, e)
		}
	}
	return out, s.broken
}

func (s *store) Purge(_ context.Context, ids ...string) error {
	s.entries = slices.DeleteFunc(s.entries, func(e words.Entry) bool { return e.Version == 0 && slices.Contains(ids, e.ID) })
	return s.broken
}

func (s *store) CountDecisions(_ context.Context, ids ...string) (int, error) {
	return 2 * len(ids), s.broken
}

func entry(i int, title string) words.Entry {
	return words.Entry{
		ID: fmt.Sprint("id", i), Title: title, Author: "Ann Lee", Site: "The Wire", Source: "/a/" + title, Version: 1,
		Date: articles.Day(2026, 3, i+1), Added: time.Date(2026, 4, 30-i, 0, 0, 0, 0, time.UTC),
		Words: 300 * (i + 1), Status: words.Unread, Making: words.Making{Annotated: true},
		Counts: annotate.Counts{People: i, Organizations: 2, Quotes: 3, Claims: 10, Reviewed: i},
	}
}

func newStore() *store {
	return &store{entries: []words.Entry{entry(0, "The press is sold"), entry(1, "A wall for the sea"), entry(2, "東京の山田太郎さん 👩‍🔬 नमस्ते")}}
}

// at is the day of the tests.
func at() time.Time { return time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC) }

// glance returns the same preview for any article.
func glance(_ context.Context, id string) (*articles.Article, *annotate.Layer, error) {
	text := "The title\n\nBy Ann Lee\n\nThe sea came on Tuesday, Marta Quill said, and it came again on Wednesday.\n\nNobody at Halden Media was surprised."
	a := &articles.Article{ID: id, Title: "The title", Author: "Ann Lee", Text: text}
	for _, p := range strings.Split(text, "\n\n") {
		start := strings.Index(text, p)
		a.Blocks = append(a.Blocks, articles.Block{Span: articles.Span{Start: start, End: start + len(p)}})
	}
	l := &annotate.Layer{Entities: []annotate.Entity{
		{ID: "e1", Type: annotate.Person, Name: "Tom Ferris", Mentions: make([]annotate.Mention, 1)},
		{ID: "e2", Type: annotate.Person, Name: "Marta Quill", Mentions: make([]annotate.Mention, 4)},
		{ID: "e3", Type: annotate.Person, Name: "Nobody", Mentions: []annotate.Mention{{State: annotate.Rejected}}},
		{ID: "e4", Type: annotate.Organization, Name: "Halden Media", Mentions: make([]annotate.Mention, 2)},
	}}
	return a, l, nil
}

func newScreen(s *store) *library.Screen {
	l := library.New(context.Background(), s, s, "2 Jan 2006")
	l.SetClock(at)
	l.Preview(glance)
	return l
}

func start(t *testing.T, s *store, width, height int) (*uitest.Screen, *[]library.OpenMsg) {
	t.Helper()
	opened := &[]library.OpenMsg{}
	l := newScreen(s)
	m, err := app.New(app.Options{Start: l.Load, Wire: func(msg tea.Msg) (app.Answer, bool) {
		o, ok := msg.(library.OpenMsg)
		if ok {
			*opened = append(*opened, o)
			return app.Answer{Cmd: ui.Tell(fmt.Sprint("open ", o.ID, " ", o.Offset, " ", o.Query))}, true
		}
		if a, ok := msg.(library.AddMsg); ok {
			return app.Answer{Cmd: ui.Tell("to add: " + a.Path)}, true
		}
		return app.Answer{}, false
	}}, l)
	if err != nil {
		t.Fatal(err)
	}
	sc, _ := uitest.Start(t, m, width, height)
	if s.broken == nil {
		sc.Wait(t, fmt.Sprintf("%d articles", len(s.entries)))
	}
	return sc, opened
}

// titles returns the titles on the screen, from top to bottom.
func titles(s *uitest.Screen) []string {
	var out []string
	for _, line := range strings.Split(s.Text(), "\n") {
		if r := []rune(line); len(r) > 3 && strings.ContainsRune("●◐✓", r[1]) {
			out = append(out, strings.TrimSpace(string(r[3:min(20, len(r))])))
		}
	}
	return out
}

func want(t *testing.T, s *uitest.Screen, begin ...string) {
	t.Helper()
	s.Until(t, fmt.Sprintf("%q", begin), func() bool {
		got := titles(s)
		return slices.EqualFunc(got, begin, strings.HasPrefix)
	})
}

func TestFilterOpenAndStatus(t *testing.T) {
	t.Parallel()
	s, _ := start(t, newStore(), 100, 20)
	s.Type("/wal")
	s.Wait(t, "1 of 3 articles")
	s.Type("\r\r")
	s.Wait(t, "open id1 -1")
	s.Type("\x1b")
	want(t, s, "The press", "A wall", "東京")
	s.Type("D")
	s.Wait(t, "2 unread")
	s.Wait(t, "✓ A wall")
	s.Type("\t")
	want(t, s, "The press", "東京")
	s.Type("\x1b")
	want(t, s, "The press", "A wall", "東京")
	s.Type("\x1b")
	s.Wait(t, "q quits")
}

func TestFilterWhileTyping(t *testing.T) {
	t.Parallel()
	e := newStore()
	e.entries = append(e.entries, entry(3, "Señor Muñoz sails"), entry(4, "“Gone,” he said"))
	e.entries[4].Author = "Bo Gray"
	for _, c := range []struct {
		typed string
		want  []string
	}{
		{"wall", []string{"A wall"}},
		{"MUNOZ", []string{"Señor"}},
		{"gone gray", []string{"“Gone"}},
		{"gray", []string{"“Gone"}},
		{"prs", []string{"The press"}},
		{"zzz", nil},
		{"山田", []string{"東京"}},
		{"wire  ", []string{"The press", "A wall", "東京", "Señor", "“Gone"}},
	} {
		s, _ := start(t, e, 100, 20)
		s.Type("/" + c.typed)
		want(t, s, c.want...)
		s.Type("\x1b")
		want(t, s, "The press", "A wall", "東京", "Señor", "“Gone")
	}
}

func TestArrowsMoveWhileTyping(t *testing.T) {
	t.Parallel()
	s, opened := start(t, newStore(), 100, 20)
	s.Type("/wire")
	s.Wait(t, "filter wire")
	s.Type("\x1b[B\x1b[B\r\r")
	s.Wait(t, "open id2 -1")
	if len(*opened) != 1 {
		t.Errorf("opened %v", *opened)
	}
	s.Type("/\x1b[200~ zz\nz\x1b[201~")
	s.Wait(t, "No matching articles.")
	s.Type("\x1b")
	s.Wait(t, "filter wire")
}

func TestSearchInTexts(t *testing.T) {
	t.Parallel()
	st := newStore()
	s, _ := start(t, st, 60, 20)
	s.Type("f")
	s.Wait(t, "prefix")
	s.Type("harbour")
	s.Wait(t, "about the harbour")
	s.Type("\rjD")
	s.Wait(t, "Marked as done: The press")
	s.Type("k\r")
	s.Wait(t, "open id1 57 harbour")
	s.Type("fs")
	s.Wait(t, "No matches.")
	s.Type("\x1b")
	want(t, s, "The press", "A wall", "東京")
}

func TestTagsSortRemoveAndUndo(t *testing.T) {
	t.Parallel()
	s, _ := start(t, newStore(), 100, 20)
	s.Type("t#press, local,\r")
	s.Wait(t, "Tagged #press #local")
	s.Wait(t, "─ Ann Lee · The Wire · /a/The press is sold · #press #local ─")
	s.Type("#press\r")
	want(t, s, "The press")
	s.Type("\x1b")
	want(t, s, "The press", "A wall", "東京")
	s.Type("s")
	s.Wait(t, "Sorted by title")
	want(t, s, "A wall", "The press", "東京")
	s.Type("S")
	want(t, s, "東京", "The press", "A wall")
	s.Type("G\x17")
	s.Wait(t, "Moved to the trash (u restores it, ctrl+t shows the trash): A wall")
	want(t, s, "東京", "The press")
	s.Type("u")
	s.Wait(t, "Restored: A wall")
	want(t, s, "東京", "The press", "A wall")
	s.Wait(t, "3/3")
	s.Type("u")
	s.Wait(t, "Tags restored: The press")
	s.Type("u")
	s.Wait(t, "Nothing more to undo")
}

func TestFailuresAreReported(t *testing.T) {
	t.Parallel()
	st := newStore()
	s, _ := start(t, st, 100, 20)
	s.Type("\x17")
	want(t, s, "A wall", "東京")
	st.broken = errors.New("disk on fire")
	s.Type("u")
	s.Wait(t, "disk on fire — nothing changed")
	st.broken = nil
	s.Type("u")
	want(t, s, "The press", "A wall", "東京")
}

func TestUnreadableLibraryTakesKeys(t *testing.T) {
	t.Parallel()
	st := newStore()
	st.broken = errors.New("disk on fire")
	s, _ := start(t, st, 100, 20)
	s.Wait(t, "disk on fire — ctrl+l tries again")
	s.Wait(t, "The library could not be read.")
	st.broken = nil
	s.Type("\x0c")
	want(t, s, "The press", "A wall", "東京")
}

func TestEmptyLibraryShowsHints(t *testing.T) {
	t.Parallel()
	s, _ := start(t, &store{}, 60, 16)
	s.Wait(t, "The library is empty.")
	s.Wait(t, "a   add a file, a folder, a page or a feed")
	s.Type("a'/tmp/my story.md'\r")
	s.Wait(t, "to add: /tmp/my story.md")
}

// While the sample stories are added to a new library, the screen says so; and no longer once they are listed.
func TestFirstStartSaysWhatItDoes(t *testing.T) {
	t.Parallel()
	l := newScreen(newStore())
	if got := ansi.Strip(l.View(80, 24)); strings.Contains(got, "sample") {
		t.Errorf("a library that is being read speaks of samples\n%s", got)
	}
	l.Update(library.AddingSamplesMsg{})
	for _, z := range [][2]int{{40, 12}, {80, 24}, {200, 50}} {
		if got := ansi.Strip(l.View(z[0], z[1])); !strings.Contains(got, "Adding sample stories…") {
			t.Errorf("%v: nothing says what is under way\n%s", z, got)
		}
	}
	run(l, l.Load())
	if got := ansi.Strip(l.View(80, 24)); strings.Contains(got, "Adding") {
		t.Errorf("it is still said\n%s", got)
	}
}

// An article that was added takes the cursor only if that was not moved meanwhile.
func TestAddedArticleDoesNotTakeAMovedCursor(t *testing.T) {
	t.Parallel()
	l := newScreen(newStore())
	run(l, l.Load())
	l.View(80, 24)
	ids := l.Listed()
	press(l, "library.down")
	run(l, l.Update(library.AddedMsg{IDs: []string{ids[2]}, From: ids[0]}))
	if got := ansi.Strip(l.View(80, 24)); !strings.Contains(got, "2/3") {
		t.Errorf("the cursor is not where it was moved to\n%s", got)
	}
	run(l, l.Update(library.AddedMsg{IDs: []string{ids[2]}, From: ids[1]}))
	if got := ansi.Strip(l.View(80, 24)); !strings.Contains(got, "3/3") {
		t.Errorf("the cursor is not on the article that was added\n%s", got)
	}
}

func TestMouse(t *testing.T) {
	t.Parallel()
	s, opened := start(t, newStore(), 100, 20)
	click := func(text string) {
		t.Helper()
		x, y, ok := s.Find(text)
		if !ok {
			t.Fatalf("no %q:\n%s", text, s.Text())
		}
		s.Click(x, y)
	}
	click("min")
	s.Wait(t, "Sorted by length")
	want(t, s, "東京", "A wall", "The press")
	click("min")
	want(t, s, "The press", "A wall", "東京")
	click("reading")
	s.Wait(t, "No matching articles.")
	click("all")
	want(t, s, "The press", "A wall", "東京")
	click("A wall")
	s.Wait(t, "2/3")
	click("A wall")
	s.Wait(t, "open id1 -1")
	if len(*opened) != 1 {
		t.Errorf("opened %v", *opened)
	}
}

func TestOneDecisionReadsOneEntry(t *testing.T) {
	t.Parallel()
	st := newStore()
	l := newScreen(st)
	run(l, l.Load())
	st.entries[1].Counts.Reviewed = 10
	run(l, l.Update(ui.ChangedMsg{ID: "id1"}))
	if !strings.Contains(l.View(100, 12), "100%") {
		t.Error("the entry is as it was:\n" + l.View(100, 12))
	}
	if st.asked != 1 {
		t.Errorf("all entries were read %d times", st.asked)
	}
	st.entries = append(st.entries, entry(7, "A new one"))
	run(l, l.Update(ui.ChangedMsg{ID: "id7"}))
	if !strings.Contains(l.View(100, 12), "A new one") {
		t.Error("an article that is new is not there")
	}
}

func TestLateAnswersAreDropped(t *testing.T) {
	t.Parallel()
	st := newStore()
	l := newScreen(st)
	first := l.Load()()
	st.entries[0].Title = "A new title"
	second := l.Load()()
	l.Update(second)
	l.Update(first)
	if view := l.View(100, 12); !strings.Contains(view, "A new title") {
		t.Error(view)
	}
}

func TestNoPreviewBehindAnotherScreen(t *testing.T) {
	t.Parallel()
	l := newScreen(newStore())
	asked := 0
	l.Preview(func(ctx context.Context, id string) (*articles.Article, *annotate.Layer, error) {
		asked++
		return glance(ctx, id)
	})
	l.Update(tea.WindowSizeMsg{Width: 140, Height: 45})
	l.View(140, 45)
	run(l, l.Load())
	if asked != 1 {
		t.Errorf("the article under the cursor was asked for %d times", asked)
	}
	run(l, l.Update(ui.ChangedMsg{ID: "id0"}))
	if asked != 2 {
		t.Errorf("after a decision %d times", asked)
	}
	for range 5 { // the reader is in front: this screen gets messages, but is not drawn
		for msgs := []tea.Msg{ui.ChangedMsg{ID: "id0"}}; len(msgs) > 0; msgs = msgs[1:] {
			msgs = append(msgs, yield(l.Update(msgs[0]))...)
		}
	}
	if asked > 3 { // one may be under way
		t.Errorf("behind another screen it was asked for %d times", asked-2)
	}
}

// yield returns a command's message, and for a batch those of all its commands.
func yield(cmd tea.Cmd) []tea.Msg {
	if cmd == nil {
		return nil
	}
	msg := cmd()
	batch, ok := msg.(tea.BatchMsg)
	if !ok {
		return []tea.Msg{msg}
	}
	var out []tea.Msg
	for _, c := range batch {
		out = append(out, yield(c)...)
	}
	return out
}

// run passes a command's messages to l, and those of the commands that follow, and draws l after
// each, as the program does.
func run(l *library.Screen, cmd tea.Cmd) {
	for msgs := yield(cmd); len(msgs) > 0; msgs = msgs[1:] {
		cmd := l.Update(msgs[0])
		l.View(140, 45)
		msgs = append(msgs, yield(cmd)...)
	}
}

func TestNoKeyTwice(t *testing.T) {
	t.Parallel()
	l := newScreen(newStore())
	run(l, l.Load())
	if c := ui.Clashes(l.Scopes()); len(c) > 0 {
		t.Error(c)
	}
	ui.Act(filter, l.Scopes())
	if c := ui.Clashes(l.Scopes()); len(c) > 0 || len(l.Scopes()) != 2 {
		t.Error(c)
	}
}
