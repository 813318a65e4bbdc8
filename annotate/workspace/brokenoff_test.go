package workspace_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/workspace"
	"byline/articles"
)

// TestKilledWhileAnnotating leaves notes as a kill in the middle of an annotation does. A long article waits then, and one
// added after it is annotated by itself; after two kills no article is tried again, and says so, until somebody asks.
func TestKilledWhileAnnotating(t *testing.T) {
	t.Parallel()
	var done []int // lengths of what was annotated
	e := fake{version: "one", annotate: func(text string, _ []articles.Block) *annotate.Layer {
		done = append(done, len(text))
		return &annotate.Layer{}
	}}
	w, err := workspace.Open(ctx, filepath.Join(t.TempDir(), "library.db"), e, workspace.Options{Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close(ctx)
	add := func(text string) string {
		a := &articles.Article{Title: text[:8], Source: text[:8], Format: articles.Plain, Text: text}
		added, err := w.Library.Add(ctx, a)
		if err != nil {
			t.Fatal(err)
		}
		return added.ID
	}
	kill := func(id string, times int) {
		for range times {
			if err := errors.Join(w.Library.Begin(ctx, id, "one"), w.Library.Fail(ctx, id)); err != nil {
				t.Fatal(err)
			}
		}
	}
	all := func(want int) {
		t.Helper()
		done = nil
		if err := w.AnnotateAll(ctx, nil); err != nil {
			t.Fatal(err)
		}
		if len(done) != want {
			t.Errorf("%d articles annotated, not %d: lengths %v", len(done), want, done)
		}
	}
	long, medium, small := strings.Repeat("poison is long ", 20_000), strings.Repeat("medium too ", 3000), "small and well"
	id, second := add(long), add(medium)
	kill(id, 1)
	kill(second, 1)
	add(small)
	all(2)
	if len(done) == 2 && done[0] != len(small) {
		t.Error("what was killed before is not the last")
	}
	all(0)

	kill(id, 1)
	a, err := w.Library.Article(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Layer(ctx, a); !errors.As(err, new(*workspace.BrokenOffError)) {
		t.Errorf("killed twice, and opened: %v", err)
	}
	if waiting, err := workspace.Begun(ctx, w); err != nil || len(waiting) != 1 || waiting[0].ID != id || waiting[0].Count != 2 || waiting[0].Attempt != library.BrokenOff {
		t.Errorf("%+v %v wait", waiting, err)
	}
	if err := workspace.AnnotateAgain(ctx, w, id); err != nil {
		t.Error(err)
	}
	if waiting, err := workspace.Begun(ctx, w); err != nil || len(waiting) != 0 {
		t.Errorf("%+v %v wait still", waiting, err)
	}
	if _, err := w.Layer(ctx, a); err != nil {
		t.Error(err)
	}
}
