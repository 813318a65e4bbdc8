package markdown

import (
	"context"

	"byline/articles"
)

// InPieces is [Import] and [Head] with a first piece of so many bytes.
func InPieces(ctx context.Context, src []byte, first, limit int) (whole, head *articles.Article, err error) {
	size := sizes{first, 8 * first}
	if whole, err = size.whole(ctx, src); err != nil {
		return nil, nil, err
	}
	head, _, err = size.head(ctx, src, limit)
	return whole, head, err
}
