package reader_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/annotate/library"
	"byline/articles"
	"byline/ui"
	"byline/ui/reader"
)

// press does an action of the screen's.
func press(t *testing.T, s *reader.Screen, a ui.Action) tea.Cmd {
	t.Helper()
	cmd, ok := ui.Act(a, s.Scopes())
	if !ok {
		t.Fatalf("%s is not handled", a)
	}
	return cmd
}

// openPreview opens the story after a preview of it and a key press on that, and returns
// what was decided and the errors that were shown.
func openPreview(t *testing.T, text string, keys ...ui.Action) (log []string, failed []error) {
	t.Helper()
	w := &workspace{layer: layer()}
	lib := &stock{pos: library.Position{Cursor: -1}}
	s := reader.New(context.Background(), reader.Services{Library: lib, Keeper: lib, Workspace: w}, reader.Options{Panel: true})
	s.Update(tea.WindowSizeMsg{Width: 110, Height: 24})
	whole, _ := lib.Article(t.Context(), "a")
	whole.Text = text
	batch, ok := s.Open(reader.Request{
		ID: "a", Offset: -1,
		Preview: func() (*articles.Article, error) { return lib.Article(t.Context(), "a") },
		Fetch:   func(context.Context) (*articles.Article, error) { return whole, nil },
	})().(tea.BatchMsg)
	if !ok || len(batch) != 2 {
		t.Fatalf("%d commands open an article", len(batch))
	}
	var errs []error
	run := func(cmd tea.Cmd) {
		allTold(s, cmd, func(msg tea.Msg) {
			if e, ok := msg.(ui.ErrMsg); ok {
				errs = append(errs, e.Err)
			}
		})
	}
	run(batch[0])
	for _, k := range keys {
		run(press(t, s, k))
	}
	run(batch[1])
	return w.log(), errs
}

// A decision on a preview is made on the article that follows where that has the words.
func TestDecidingOnAPreview(t *testing.T) {
	t.Parallel()
	log, failed := openPreview(t, story+"\n\nMore.", "reader.next", "reader.confirm")
	if !slices.Equal(log, []string{"confirm  Marta Quill"}) || len(failed) > 0 {
		t.Errorf("%q, %v", log, failed)
	}
}

// Where it has others, nothing is decided, and the reader is told.
func TestDecidingOnAPreviewOfOtherWords(t *testing.T) {
	t.Parallel()
	for _, keys := range [][]ui.Action{
		{"reader.next", "reader.confirm"},
		{"reader.next", "reader.select", "reader.person"},
	} {
		log, failed := openPreview(t, "Something else is on the page. "+strings.Repeat("It is long. ", 20), keys...)
		if len(log) > 0 || len(failed) != 1 || !strings.Contains(failed[0].Error(), "changed") {
			t.Errorf("%q: decided %q, said %v", keys, log, failed)
		}
	}
}

// What was selected in a preview is not what is selected in other words.
func TestSelectingInAPreviewOfOtherWords(t *testing.T) {
	t.Parallel()
	w := &workspace{layer: layer()}
	lib := &stock{pos: library.Position{Cursor: -1}}
	s := reader.New(context.Background(), reader.Services{Library: lib, Keeper: lib, Workspace: w}, reader.Options{})
	s.Update(tea.WindowSizeMsg{Width: 110, Height: 24})
	batch := s.Open(reader.Request{
		ID: "a", Offset: -1,
		Preview: func() (*articles.Article, error) { return lib.Article(t.Context(), "a") },
		Fetch: func(context.Context) (*articles.Article, error) {
			a, err := lib.Article(t.Context(), "a")
			a.Text = "Other words."
			a.Blocks = []articles.Block{{Span: articles.Span{End: len(a.Text)}}}
			return a, err
		},
	})().(tea.BatchMsg)
	all(s, batch[0])
	all(s, press(t, s, "reader.select"))
	w.layer = &annotate.Layer{}
	all(s, batch[1])
	if scopes := s.Scopes(); scopes[0].Name == "select" {
		t.Error("words are selected that nobody saw")
	}
	if view := s.View(110, 24); !strings.Contains(view, "Other words.") {
		t.Error(view)
	}
}
