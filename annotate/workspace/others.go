package workspace

import (
	"cmp"
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
// with that ID, the one with most mentions first. Names are compared without case and honorifics,
// and those that were merged are the same; an entity without a name is in no other article.
func (w *Workspace) OtherArticles(ctx context.Context, id string, e *annotate.Entity) ([]library.Place, error) {
	who, ok := personID(e)
	if !ok {
		return nil, nil
	}
	if err := w.Flush(ctx); err != nil && !errors.Is(err, db.ErrReadOnly) {
		return nil, err
	}
	places, err := w.Library.PersonArticles(ctx, who, mostPlaces+1)
	places = slices.DeleteFunc(places, func(p library.Place) bool { return p.Entry.ID == id })
	slices.SortStableFunc(places, func(a, b library.Place) int { return cmp.Compare(b.Count, a.Count) })
	return places[:min(len(places), mostPlaces)], err
}

// personID returns the name under which the library knows e, an entity of one of its articles;
// false if it has no name.
func personID(e *annotate.Entity) (library.PersonID, bool) {
	key := nameKey(e.Name)
	return library.PersonID{Key: key, Type: e.Type}, key != "" && hasName(e)
}

// QuotesElsewhere returns the quotes of e, an entity of the article with that ID, in the other
// articles of the library, the latest first. Names are compared as in [Workspace.OtherArticles].
func (w *Workspace) QuotesElsewhere(ctx context.Context, id string, e *annotate.Entity) ([]db.QuoteHit, error) {
	who, ok := personID(e)
	if !ok {
		return nil, nil
	}
	if err := w.Flush(ctx); err != nil && !errors.Is(err, db.ErrReadOnly) {
		return nil, err
	}
	return w.Library.QuotesOf(ctx, who, id, mostPlaces)
}

// hasName reports whether e has a mention by name that was not rejected.
func hasName(e *annotate.Entity) bool {
	return slices.ContainsFunc(e.Mentions, func(m annotate.Mention) bool {
		return m.Form == annotate.Name && m.State != annotate.Rejected
	})
}
