package workspace_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
)

// A search that is left while it brings the index up to date leaves the rest to the next one.
func TestFlushIsLeft(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	r.change(t, r.open(t, r.add(t, story("a", text))), annotate.Relabel, "Halden", "weapon")
	left, leave := context.WithCancel(ctx)
	leave()
	if err := r.Flush(left); !errors.Is(err, context.Canceled) {
		t.Fatalf("left: %v", err)
	}
	if err := r.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	labels, err := r.library.Labels(ctx)
	if err != nil || !slices.Contains(labels, "weapon") {
		t.Errorf("the index has the labels %q, %v", labels, err)
	}
}

// Who leaves an article of very many claims does not wait for its index; whoever needs that finds it outdated.
func TestCloseLeavesLargeIndexes(t *testing.T) {
	t.Parallel()
	for _, paragraphs := range []int{1, 1000} {
		r := newFixture(t)
		s := r.open(t, r.add(t, story("a", strings.Repeat(text+"\n\n", paragraphs))))
		r.change(t, s, annotate.Reject, "Marta Quill", "")
		id := s.Article.ID
		if err := r.Workspace.Close(ctx); err != nil {
			t.Fatal(err)
		}
		again := enter(t, r.path, "ann", "large-1")
		outdated, err := again.library.Outdated(ctx, "large-1", "")
		if large := paragraphs > 1; err != nil || (len(outdated) > 0) != large {
			t.Fatalf("%d paragraphs: outdated are %q, %v", paragraphs, outdated, err)
		}
		if err := again.AnnotateAll(ctx, nil); err != nil {
			t.Fatal(err)
		}
		if outdated, _ = again.library.Outdated(ctx, "large-1", ""); len(outdated) > 0 || len(again.open(t, id).Log) != 1 {
			t.Errorf("%d paragraphs: outdated are %q", paragraphs, outdated)
		}
	}
}
