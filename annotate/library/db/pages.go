package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/klauspost/compress/zstd"
)

// Pages are the pages, as servers sent them, that articles were made from.
type Pages struct{ *conn }

// A Page is the response of a server to the request for an article.
type Page struct {
	URL     string // as requested
	Final   string // after redirects
	Fetched time.Time
	Type    string // of the content: "text/html"
	Charset string // as the server declares it; may be empty
	// Validators for the next request, so that the server answers only if the page changed.
	ETag, Modified string
	Body           []byte // nil if only the rest was asked for
}

// SavePage stores the page that a version of an article was made from, compressed. There
// is one for each version; fetching it again replaces it.
func (s Pages) SavePage(ctx context.Context, id string, version int, p Page) error {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return fmt.Errorf("keep the page of %s: %w", id, err)
	}
	body := enc.EncodeAll(p.Body, nil)
	err = s.writeSoon(ctx, func(tx *sql.Tx) error {
		r, err := tx.ExecContext(ctx, `INSERT INTO pages (article, version, url, final, fetched, type, charset, etag, modified, body)
			SELECT num, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM articles WHERE id = ?
			ON CONFLICT DO UPDATE SET url = excluded.url, final = excluded.final, fetched = excluded.fetched, type = excluded.type,
				charset = excluded.charset, etag = excluded.etag, modified = excluded.modified, body = excluded.body`,
			version, p.URL, p.Final, p.Fetched.UnixMilli(), p.Type, p.Charset, p.ETag, p.Modified, body, id)
		if err != nil {
			return err
		}
		if n, err := r.RowsAffected(); err == nil && n == 0 {
			return ErrNotFound
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("keep the page of %s: %w", id, s.explain(err))
	}
	return nil
}

// Page returns the page that a version of an article was made from. The error is
// [ErrNotFound] if it was not fetched.
func (s Pages) Page(ctx context.Context, id string, version int) (Page, error) {
	var body []byte
	p, err := scanPage(s.reads.QueryRowContext(ctx, `SELECT p.url, p.final, p.fetched, p.type, p.charset, p.etag, p.modified, p.body
		FROM pages p JOIN articles a ON a.num = p.article WHERE a.id = ? AND p.version = ?`, id, version), &body)
	if err != nil {
		return Page{}, fmt.Errorf("page of %s: %w", id, s.explain(err))
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(256<<20))
	if err == nil {
		defer dec.Close()
		p.Body, err = dec.DecodeAll(body, nil)
	}
	if err != nil {
		return Page{}, fmt.Errorf("page of %s: %w", id, err)
	}
	return p, nil
}

// LastPage returns the article that was last made from the page at url, and that page
// without its body. The error is [ErrNotFound] if there is none.
func (s Pages) LastPage(ctx context.Context, url string) (id string, p Page, err error) {
	p, err = scanPage(s.reads.QueryRowContext(ctx, `SELECT p.url, p.final, p.fetched, p.type, p.charset, p.etag, p.modified, a.id
		FROM pages p JOIN articles a ON a.num = p.article WHERE p.url = ? AND a.removed = 0 ORDER BY p.fetched DESC, p.version DESC LIMIT 1`, url), &id)
	if err != nil {
		return "", Page{}, fmt.Errorf("page at %s: %w", url, s.explain(err))
	}
	return id, p, nil
}

func scanPage(row *sql.Row, more any) (Page, error) {
	var p Page
	var fetched int64
	err := row.Scan(&p.URL, &p.Final, &fetched, &p.Type, &p.Charset, &p.ETag, &p.Modified, more)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	p.Fetched = time.UnixMilli(fetched).UTC()
	return p, err
}
