package workspace_test

import (
	"context"
	"errors"
	"slices"
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
