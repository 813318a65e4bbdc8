package workspace

import (
	"context"
	"slices"

	"byline/articles/samples"
)

// AddSamples adds the sample stories to a library that has never held an article.
func (w *Workspace) AddSamples(ctx context.Context) error {
	const key = "samples"
	if done, err := w.Library.Meta(ctx, key); err != nil || done != "" || w.Library.ReadOnly() {
		return err
	}
	entries, err := w.Library.Entries(ctx)
	if err != nil {
		return err
	}
	if len(entries) == 0 {
		stories, err := samples.All(ctx)
		if err != nil {
			return err
		}
		slices.Reverse(stories) // the last one added is listed first
		if err := w.Library.AddAll(ctx, slices.Values(stories), nil); err != nil {
			return err
		}
		if err := w.AnnotateAll(ctx, nil); err != nil {
			return err
		}
	}
	return w.Library.SetMeta(ctx, key, "added")
}
