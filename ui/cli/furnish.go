package cli

import (
	"context"
	"fmt"
	"slices"

	"byline/articles/samples"
)

// countArticles says a number of articles.
func countArticles(n int) string {
	if n == 1 {
		return "1 article"
	}
	return fmt.Sprintf("%d articles", n)
}

// furnish puts the sample stories into a library that has never held anything.
func (s *shelf) furnish(ctx context.Context) error {
	const key = "samples"
	if done, err := s.Meta(ctx, key); err != nil || done != "" || s.ReadOnly() {
		return err
	}
	entries, err := s.Entries(ctx)
	if err != nil {
		return err
	}
	if len(entries) == 0 {
		stories, err := samples.All(ctx)
		if err != nil {
			return err
		}
		slices.Reverse(stories) // what is added last is listed first
		if err := s.AddAll(ctx, slices.Values(stories), nil); err != nil {
			return err
		}
		if err := s.desk.AnnotateAll(ctx, nil); err != nil {
			return err
		}
	}
	return s.SetMeta(ctx, key, "added")
}
