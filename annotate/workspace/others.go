package workspace

import (
	"context"
	"errors"
	"slices"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/library/db"
)

// A Place is an article that names an entity too.
type Place struct {
	Entry  library.Entry
	Count  int // mentions there
	Offset int // byte of the first
}

// mostPlaces is how many other articles are told.
const mostPlaces = 200

// OtherArticles returns the other articles of the library that name e, an entity of the
// article with that ID, the one that names it most first. Names are compared without
// case and honorifics; who has no name is nowhere else.
func (w *Workspace) OtherArticles(ctx context.Context, id string, e *annotate.Entity) ([]Place, error) {
	key := nameKey(e.Name)
	if key == "" || !hasName(e) {
		return nil, nil
	}
	if err := w.Flush(ctx); err != nil && !errors.Is(err, db.ErrReadOnly) {
		return nil, err
	}
	hits, err := w.Library.ArticlesNaming(ctx, key, id, mostPlaces)
	if err != nil {
		return nil, err
	}
	var out []Place
	for _, h := range hits {
		if h.Type == e.Type {
			out = append(out, Place{h.Entry, h.Count, h.First})
		}
	}
	return out, nil
}

// QuotesElsewhere returns what e, an entity of the article with that ID, says in the other articles of
// the library, the latest first. Names are compared as by [Workspace.OtherArticles].
func (w *Workspace) QuotesElsewhere(ctx context.Context, id string, e *annotate.Entity) ([]db.QuoteHit, error) {
	key := nameKey(e.Name)
	if key == "" || !hasName(e) {
		return nil, nil
	}
	if err := w.Flush(ctx); err != nil && !errors.Is(err, db.ErrReadOnly) {
		return nil, err
	}
	return w.Library.QuotesOf(ctx, key, e.Type, id, mostPlaces)
}

// hasName reports whether e has a mention by name that was not rejected.
func hasName(e *annotate.Entity) bool {
	return slices.ContainsFunc(e.Mentions, func(m annotate.Mention) bool {
		return m.Form == annotate.Name && m.State != annotate.Rejected
	})
}
