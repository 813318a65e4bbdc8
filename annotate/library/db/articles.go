package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"byline/annotate/library"
	"byline/annotate/library/db/code"
	"byline/articles"
)

// Articles are the articles of a library in all their versions, with what a reader did to
// them: status, tags and the place where they left off.
type Articles struct{ *conn }

// Article returns the current version of the article with this id, or with the only id
// that starts with it.
func (s Articles) Article(ctx context.Context, id string) (*articles.Article, error) {
	e, err := s.Entry(ctx, id)
	if err != nil {
		return nil, err
	}
	return s.Version(ctx, e.ID, e.Version)
}

// Version returns a version of an article, counted from 1.
func (s Articles) Version(ctx context.Context, id string, version int) (*articles.Article, error) {
	a := &articles.Article{ID: id}
	var format string
	var marks []byte
	var c creditColumns
	err := s.reads.QueryRowContext(ctx, `SELECT title, author, site, source, format, date, v.text, v.marks, `+credits+`
		FROM articles a JOIN versions v ON v.article = a.num WHERE a.id = ? AND v.version = ?`, id, version).
		Scan(append([]any{line(&a.Title), line(&a.Author), line(&a.Site), &a.Source, &format, &a.Date, (*code.Text)(&a.Text), &marks}, c.into(&a.Credits)...)...)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("%s, version %d: %w", id, version, ErrNotFound)
	}
	if err != nil {
		return nil, fmt.Errorf("read article %s: %w", id, s.explain(err))
	}
	a.Format = articles.Format(format)
	c.fill(&a.Credits)
	if err := code.DecodeBlocks(marks, a); err != nil {
		return nil, fmt.Errorf("read article %s: %w", id, err)
	}
	return a, nil
}

// credits are the columns of an article's credits.
const credits = "authors, agencies, url, section, language, updated"

// creditColumns are those of them that are stored in another form.
type creditColumns struct {
	authors, agencies string
}

// into returns where to scan the credits; fill sets what is still missing of them then.
func (c *creditColumns) into(to *articles.Credits) []any {
	return []any{text(&c.authors), text(&c.agencies), line(&to.URL), line(&to.Section), line(&to.Language), &to.Updated}
}

func (c *creditColumns) fill(to *articles.Credits) {
	names := func(r rune) bool { return r == '\n' }
	to.Authors, to.Agencies = strings.FieldsFunc(c.authors, names), strings.FieldsFunc(c.agencies, names)
}

// ReadSharing returns the version of an article that e describes. If a has the same text and
// blocks, they are shared rather than read again; a must not change afterwards.
func (s Articles) ReadSharing(ctx context.Context, e library.Entry, a *articles.Article) (*articles.Article, error) {
	out := &articles.Article{
		ID: e.ID, Title: e.Title, Author: e.Author, Site: e.Site, Date: e.Date, Source: e.Source, Format: e.Format,
		Text: a.Text, Blocks: a.Blocks, Inline: a.Inline, Pictures: a.Pictures,
	}
	var c creditColumns
	err := s.reads.QueryRowContext(ctx, "SELECT "+credits+` FROM articles a JOIN versions v ON v.article = a.num
		WHERE a.id = ? AND v.version = ? AND v.hash = ? AND v.marks = ?`, e.ID, e.Version, articles.TextID(a.Text), code.EncodeBlocks(a)).
		Scan(c.into(&out.Credits)...)
	if errors.Is(err, sql.ErrNoRows) {
		return s.Version(ctx, e.ID, e.Version)
	}
	if err != nil {
		return nil, fmt.Errorf("read article %s: %w", e.ID, s.explain(err))
	}
	c.fill(&out.Credits)
	return out, nil
}

// Remove moves an article to the trash, where it stays with its decisions until
// [Articles.Restore] brings it back or [Articles.Purge] deletes it.
func (s Articles) Remove(ctx context.Context, id string) error {
	return s.moveToTrash(ctx, id, time.Now().UnixMilli())
}

// Has reports whether an article is in the library, and was not removed.
func (s Articles) Has(ctx context.Context, id string) (has bool, err error) {
	err = s.reads.QueryRowContext(ctx, "SELECT count(*) FROM articles WHERE id = ? AND removed = 0", id).Scan(&has)
	return has, err
}

// InTrash returns the article with a text that was removed; an empty ID if there is none.
func (s Articles) InTrash(ctx context.Context, text string) (id, title string, err error) {
	err = s.reads.QueryRowContext(ctx, "SELECT id, title FROM articles WHERE removed <> 0 AND (id = ?1 AND hash = id OR hash = ?1 AND hash <> id)", articles.TextID(text)).Scan(&id, &title)
	if errors.Is(err, sql.ErrNoRows) {
		return "", "", nil
	}
	return id, title, err
}

// Restore brings a removed article back.
func (s Articles) Restore(ctx context.Context, id string) error {
	return s.moveToTrash(ctx, id, 0)
}

func (s Articles) moveToTrash(ctx context.Context, id string, at int64) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		num, err := articleNumber(ctx, tx, id)
		if err != nil {
			return err
		}
		return setRemoved(ctx, tx, num, at)
	})
	if err != nil {
		return fmt.Errorf("change article %s: %w", id, err)
	}
	return nil
}

// setRemoved sets when an article was removed, 0 for not, and whether it counts for people.
func setRemoved(ctx context.Context, tx *sql.Tx, num, at int64) error {
	var was int64
	if err := tx.QueryRowContext(ctx, "SELECT removed FROM articles WHERE num = ?", num).Scan(&was); err != nil || was == at {
		return err
	}
	if err := addPeople(ctx, tx, num, -1); err != nil { // nothing if it was removed
		return err
	}
	if _, err := tx.ExecContext(ctx, "UPDATE articles SET removed = ? WHERE num = ?", at, num); err != nil {
		return err
	}
	return addPeople(ctx, tx, num, 1)
}

// Purge deletes removed articles for good: all versions, layers, pages, and every decision on
// them. It leaves articles alone that are not removed.
func (s Articles) Purge(ctx context.Context, ids ...string) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		for _, id := range ids {
			var num int64
			err := tx.QueryRowContext(ctx, "SELECT num FROM articles WHERE id = ? AND removed <> 0", id).Scan(&num)
			if errors.Is(err, sql.ErrNoRows) {
				continue
			}
			if err == nil {
				err = purge(ctx, tx, num)
			}
			if err != nil {
				return fmt.Errorf("%s: %w", id, err)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("delete articles for good: %w", err)
	}
	return nil
}

func purge(ctx context.Context, tx *sql.Tx, num int64) error {
	if err := dropLayer(ctx, tx, num); err != nil {
		return err
	}
	indexes, err := wordIndexes(ctx, tx, num)
	if err != nil {
		return err
	}
	for _, index := range indexes {
		if err := index.Remove(ctx, tx, num); err != nil {
			return err
		}
	}
	for _, table := range []string{"versions", "tags", "log", "verdicts", "suggestions", "pages", "pending", "tries"} {
		if _, err := tx.ExecContext(ctx, "DELETE FROM "+table+" WHERE article = ?", num); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, "DELETE FROM articles WHERE num = ?", num)
	return err
}

// CountDecisions returns how many decisions the log has on articles.
func (s Articles) CountDecisions(ctx context.Context, ids ...string) (int, error) {
	all := 0
	for _, id := range ids {
		var n int
		err := s.reads.QueryRowContext(ctx, "SELECT count(*) FROM log l JOIN articles a ON a.num = l.article WHERE a.id = ?", id).Scan(&n)
		if err != nil {
			return 0, fmt.Errorf("count decisions on %s: %w", id, s.explain(err))
		}
		all += n
	}
	return all, nil
}

// update sets columns of how far the reader of one article has come, by write or writeSoon.
func (s Articles) update(ctx context.Context, write writer, id, assignments string, args ...any) error {
	err := write(ctx, func(tx *sql.Tx) error {
		if s.at.Who != "" {
			person, ok, err := enrolled(ctx, tx, s.at.Who)
			if err == nil && ok {
				err = setOwn(ctx, tx, person, id, assignments, args...)
			}
			if err != nil || ok {
				return err
			}
		}
		res, err := tx.ExecContext(ctx, "UPDATE articles SET "+assignments+" WHERE id = ?", append(args, id)...)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err == nil && n == 0 {
			return ErrNotFound
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("change article %s: %w", id, err)
	}
	return nil
}

// SetStatus stores how far a reader has come. That of somebody who is no member is the library's, and theirs in the views of others.
func (s Articles) SetStatus(ctx context.Context, id string, st library.Status) error {
	both := func(ctx context.Context, set func(*sql.Tx) error) error {
		return s.write(ctx, func(tx *sql.Tx) error {
			if err := set(tx); err != nil || s.at.Who == "" {
				return err
			}
			person, err := numbered(ctx, tx, s.at.Who)
			if err != nil {
				return err
			}
			return setOwn(ctx, tx, person, id, "status = ?", string(st))
		})
	}
	return s.update(ctx, both, id, "status = ?", string(st))
}

// MarkOpened records that the article was opened now. An unread article becomes one that
// is being read.
func (s Articles) MarkOpened(ctx context.Context, id string) error {
	return s.update(ctx, s.writeSoon, id, "opened = ?, status = CASE status WHEN 'unread' THEN 'reading' ELSE status END", time.Now().UnixMilli())
}

// SetPosition stores where a reader is, and the share of the text that was read, from 0 to
// 1. The share never shrinks.
func (s Articles) SetPosition(ctx context.Context, id string, p library.Position, progress float64) error {
	return s.update(ctx, s.writeSoon, id, "top = ?, cursor = ?, progress = max(progress, ?)", p.Top, p.Cursor, min(max(progress, 0), 1))
}

// Position returns where a reader left off.
func (s Articles) Position(ctx context.Context, id string) (library.Position, error) {
	var p library.Position
	err := s.reads.QueryRowContext(ctx, s.own(ctx, "SELECT a.top, a.cursor FROM articles a LEFT JOIN counts c ON c.article = a.num WHERE a.id = ?"), id).Scan(&p.Top, &p.Cursor)
	if errors.Is(err, sql.ErrNoRows) {
		return p, fmt.Errorf("find the place in %s: %w", id, ErrNotFound)
	}
	if err != nil {
		return p, fmt.Errorf("find the place in %s: %w", id, s.explain(err))
	}
	return p, nil
}

// articleNumber returns the row of the article with this complete id.
func articleNumber(ctx context.Context, tx *sql.Tx, id string) (int64, error) {
	var num int64
	err := tx.QueryRowContext(ctx, "SELECT num FROM articles WHERE id = ?", id).Scan(&num)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, ErrNotFound
	}
	return num, err
}

// An Edition is a version of an article, without its text.
type Edition struct {
	Number int // from 1
	Added  time.Time
}

// Editions returns the versions of an article, oldest first.
func (s Articles) Editions(ctx context.Context, id string) ([]Edition, error) {
	rows, err := s.reads.QueryContext(ctx, "SELECT v.version, v.added FROM versions v JOIN articles a ON a.num = v.article WHERE a.id = ? ORDER BY v.version", id)
	if err != nil {
		return nil, fmt.Errorf("list the versions of %s: %w", id, s.explain(err))
	}
	defer rows.Close()
	var out []Edition
	for rows.Next() {
		var e Edition
		var added int64
		if err := rows.Scan(&e.Number, &added); err != nil {
			return nil, fmt.Errorf("list the versions of %s: %w", id, err)
		}
		e.Added = fromMillis(added)
		out = append(out, e)
	}
	return out, rows.Err()
}

// VersionAt returns the version that the article had at t, counted from 1. For a time
// before it was added, that is the first.
func (s Articles) VersionAt(ctx context.Context, id string, t time.Time) (int, error) {
	var version sql.NullInt64
	err := s.reads.QueryRowContext(ctx, `SELECT coalesce(max(CASE WHEN v.added <= ? THEN v.version END), min(v.version))
		FROM articles a JOIN versions v ON v.article = a.num WHERE a.id = ?`, toMillis(t), id).Scan(&version)
	if err != nil {
		return 0, fmt.Errorf("read the versions of %s: %w", id, s.explain(err))
	}
	if !version.Valid {
		return 0, fmt.Errorf("%s: %w", id, ErrNotFound)
	}
	return int(version.Int64), nil
}
