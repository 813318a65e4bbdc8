package workspace

import (
	"context"

	"byline/annotate/review"
	"byline/articles"
)

// EditDocument is Edit, but returns the whole document.
func (w *Workspace) EditDocument(ctx context.Context, a *articles.Article, c review.Edit) (*Document, string, error) {
	return w.edit(ctx, a, c)
}
