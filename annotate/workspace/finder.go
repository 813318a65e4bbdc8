package workspace

import (
	"context"

	"byline/annotate/library"
	"byline/annotate/library/db"
)

// A Finder is the library as screens list and search it: searches know what was decided
// just now, and complete queries.
type Finder struct {
	*db.DB
	w *Workspace
}

// Finder returns the finder of the library.
func (w *Workspace) Finder() Finder { return Finder{w.Library, w} }

// Search is [Workspace.Search].
func (c Finder) Search(ctx context.Context, text string, limit int) ([]library.Hit, error) {
	return c.w.Search(ctx, text, limit)
}

// Completions is [Workspace.Completions].
func (c Finder) Completions(ctx context.Context, text string) ([]string, error) {
	return c.w.Completions(ctx, text)
}
