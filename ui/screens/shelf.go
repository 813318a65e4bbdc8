package screens

import (
	"context"

	"byline/annotate/library"
	"byline/annotate/workspace"
	"byline/ui/pace"
)

// A shelf is the library of the list, which takes much of the memory where it is large.
type shelf struct{ workspace.Finder }

// Newest is that of [db.Articles], before all entries are read.
func (s shelf) Newest(ctx context.Context, n int) (list []library.Entry, all, unread int, err error) {
	list, all, unread, err = s.Finder.Newest(ctx, n)
	pace.Hold(all)
	return list, all, unread, err
}
