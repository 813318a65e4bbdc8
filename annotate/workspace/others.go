package workspace

import (
	"context"
	"errors"
	"slices"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/library/db"
)

// mostPlaces is the most other articles that are returned.
const mostPlaces = 200

// OtherArticles returns the other articles of the library that name e, an entity of the article
// with that ID, the one with most mentions first. Names are compared without case and honorifics;
// an entity without a name is in no other article.
func (w *Workspace) OtherArticles(ctx context.Context, id string, e *annotate.Entity) ([]library.Place, error) {
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
	var out []library.Place
	for _, h := range hits {
		if h.Type == e.Type {
			out = append(out, library.Place{Entry: h.Entry, Count: h.Count, Offset: h.First})
		}
	}
	return out, nil
}

// QuotesElsewhere returns the quotes of e, an entity of the article with that ID, in the other
// articles of the library, the latest first. Names are compared as in [Workspace.OtherArticles].
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
