package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"byline/articles"
)

// Feeds are the feeds that a user follows, and what they delivered.
type Feeds struct{ *conn }

// A Feed is a feed that a user follows.
type Feed struct {
	URL, Title, Site string
	Typed            bool      // by a person, so it may point into a private network
	Added, Synced    time.Time // zero for never
	ETag, Modified   string    // validators for the next request
	Error            string    // of the last fetch; empty if it succeeded
	Failing          time.Time // since when
	Items            int       // seen so far
}

// ErrNoFeed reports a feed that nobody follows.
var ErrNoFeed = errors.New("no such feed")

// AddFeed follows a feed, and reports whether it is new.
func (s Feeds) AddFeed(ctx context.Context, f Feed) (bool, error) {
	added := false
	err := s.write(ctx, func(tx *sql.Tx) error {
		r, err := tx.ExecContext(ctx, "INSERT INTO feeds (url, title, site, typed, added) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
			f.URL, f.Title, f.Site, f.Typed, time.Now().UnixMilli())
		if err != nil {
			return err
		}
		n, err := r.RowsAffected()
		added = n > 0
		return err
	})
	if err != nil {
		return false, fmt.Errorf("follow %s: %w", f.URL, err)
	}
	return added, nil
}

// RemoveFeed stops following a feed. Its articles stay.
func (s Feeds) RemoveFeed(ctx context.Context, url string) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM items WHERE feed IN (SELECT num FROM feeds WHERE url = ?)", url); err != nil {
			return err
		}
		r, err := tx.ExecContext(ctx, "DELETE FROM feeds WHERE url = ?", url)
		if err != nil {
			return err
		}
		if n, err := r.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, ErrNoFeed)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("follow %s no more: %w", url, err)
	}
	return nil
}

// FollowedFeeds returns the feeds that are followed, by title.
func (s Feeds) FollowedFeeds(ctx context.Context) ([]Feed, error) {
	rows, err := s.reads.QueryContext(ctx, `SELECT url, title, site, typed, added, synced, etag, modified, error, failing,
		(SELECT count(*) FROM items i WHERE i.feed = f.num) FROM feeds f ORDER BY title COLLATE NOCASE, url`)
	if err != nil {
		return nil, fmt.Errorf("list feeds: %w", s.explain(err))
	}
	defer rows.Close()
	var out []Feed
	for rows.Next() {
		var f Feed
		var added, synced, failing int64
		if err := rows.Scan(&f.URL, line(&f.Title), line(&f.Site), &f.Typed, &added, &synced, &f.ETag, &f.Modified, line(&f.Error), &failing, &f.Items); err != nil {
			return nil, fmt.Errorf("list feeds: %w", err)
		}
		f.Added, f.Synced, f.Failing = fromMillis(added), fromMillis(synced), fromMillis(failing)
		out = append(out, f)
	}
	return out, rows.Err()
}

// RecordSync stores the result of fetching a feed: success, with the validators for the
// next request, or failure if f.Error is not empty.
func (s Feeds) RecordSync(ctx context.Context, f Feed) error {
	now := time.Now().UnixMilli()
	err := s.writeSoon(ctx, func(tx *sql.Tx) error {
		if f.Error != "" {
			_, err := tx.ExecContext(ctx, "UPDATE feeds SET error = ?, failing = CASE failing WHEN 0 THEN ? ELSE failing END WHERE url = ?", f.Error, now, f.URL)
			return err
		}
		_, err := tx.ExecContext(ctx, `UPDATE feeds SET synced = ?, etag = ?, modified = ?, error = '', failing = 0,
			title = CASE ?4 WHEN '' THEN title ELSE ?4 END, site = CASE ?5 WHEN '' THEN site ELSE ?5 END WHERE url = ?6`, now, f.ETag, f.Modified, f.Title, f.Site, f.URL)
		return err
	})
	if err != nil {
		return fmt.Errorf("sync %s: %w", f.URL, err)
	}
	return nil
}

// Receive adds an item of a feed to the library, unless it came before with the same text.
// If a is only a summary, pending is the address of the full article; if the library
// already has an article from that source, it stays as it is. The outcome is New, Changed,
// or Same if nothing was added.
func (s Feeds) Receive(ctx context.Context, feed, guid, pending string, a *articles.Article) (Added, error) {
	out := Added{Outcome: Same}
	hash := articles.TextID(a.Title + "\n" + a.Text)
	err := s.writeSoon(ctx, func(tx *sql.Tx) error {
		var num int64
		var seen sql.NullString
		err := tx.QueryRowContext(ctx, "SELECT f.num, i.hash FROM feeds f LEFT JOIN items i ON i.feed = f.num AND i.guid = ? WHERE f.url = ?", guid, feed).Scan(&num, &seen)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNoFeed
		}
		if err != nil || seen.String == hash {
			return err
		}
		_, err = tx.ExecContext(ctx, "INSERT OR REPLACE INTO items (feed, guid, hash) VALUES (?, ?, ?)", num, guid, hash)
		if err != nil {
			return err
		}
		if pending != "" {
			var n int
			err := tx.QueryRowContext(ctx, "SELECT count(*) FROM articles WHERE source = ?", a.Source).Scan(&n)
			if err != nil || n > 0 {
				return err // a summary is not a version of an article
			}
		}
		if out, err = add(ctx, tx, a); err != nil || pending == "" || out.Outcome != New {
			return err
		}
		_, err = tx.ExecContext(ctx, "INSERT OR REPLACE INTO pending (article, url) SELECT num, ? FROM articles WHERE id = ?", pending, out.ID)
		return err
	})
	if err != nil {
		return Added{}, fmt.Errorf("receive %s: %w", guid, err)
	}
	return out, nil
}

// PendingArticle returns the address of the full article if the library has only its summary,
// else "".
func (s Feeds) PendingArticle(ctx context.Context, id string) (string, error) {
	var url string
	err := s.reads.QueryRowContext(ctx, "SELECT p.url FROM pending p JOIN articles a ON a.num = p.article WHERE a.id = ?", id).Scan(&url)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("look whether %s is whole: %w", id, s.explain(err))
	}
	return url, nil
}

// summaries selects the articles of pending, as begun does those of tries.
const summaries = "SELECT a.id FROM pending p CROSS JOIN articles a ON a.num = p.article WHERE a.removed = 0 ORDER BY a.num"

// AllPending returns the ids of the articles of which the library has only the summary.
func (s Feeds) AllPending(ctx context.Context) ([]string, error) {
	rows, err := s.reads.QueryContext(ctx, summaries)
	if err != nil {
		return nil, fmt.Errorf("list what is not whole: %w", s.explain(err))
	}
	return readIDs(rows)
}

// Complete replaces the summary of an article by the full article, as a new version.
func (s Feeds) Complete(ctx context.Context, id string, a *articles.Article) (Added, error) {
	var out Added
	err := s.writeSoon(ctx, func(tx *sql.Tx) (err error) {
		var source string
		if err = tx.QueryRowContext(ctx, "SELECT source FROM articles WHERE id = ?", id).Scan(&source); err != nil {
			return err
		}
		whole := *a
		whole.Source = source // the same article, wherever redirects led
		if out, err = add(ctx, tx, &whole); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "DELETE FROM pending WHERE article IN (SELECT num FROM articles WHERE id = ?)", id)
		return err
	})
	if err != nil {
		return Added{}, fmt.Errorf("complete %s: %w", id, err)
	}
	return out, nil
}
