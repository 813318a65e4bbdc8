package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"byline/annotate/library/db/code"
	"byline/annotate/library/db/words"
	"byline/articles"
	"byline/articles/clean"
)

// An Outcome is the result of adding an article.
type Outcome string

// The outcomes of adding.
const (
	New     Outcome = "added"
	Same    Outcome = "known"
	Changed Outcome = "changed"
)

// Added tells what became of an article.
type Added struct {
	ID      string // under which the library keeps it
	Outcome Outcome
	Version int
}

// Add puts a into the library. The same text is the same article, wherever it comes from.
// The same source with another text is a new version of its article, whose decisions,
// status and position stay. A removed article that is added comes back. If the same source
// with the same text has other blocks or another title than before, they replace the old
// ones, and the outcome is [Same].
func (s Articles) Add(ctx context.Context, a *articles.Article) (Added, error) {
	var out Added
	err := s.writeSoon(ctx, func(tx *sql.Tx) (err error) {
		out, err = add(ctx, tx, a)
		return err
	})
	if err != nil {
		return Added{}, fmt.Errorf("add %s: %w", a.Source, err)
	}
	return out, nil
}

// AddAll adds all of list and calls each, if it is not nil, with the outcome of every
// article once it is on the disk. It uses small transactions, so that others can write in
// between. If one fails, the articles that each was called with stay added.
func (s Articles) AddAll(ctx context.Context, list iter.Seq[*articles.Article], each func(*articles.Article, Added)) error {
	b := s.NewBatch(each)
	for a := range list {
		if err := b.Add(ctx, a); err != nil {
			return err
		}
	}
	return b.Flush(ctx)
}

// batchPause is how long the library is left to other writers between two batches; they
// ask every millisecond.
const batchPause = 2 * time.Millisecond

// A Batch collects articles and adds them together. It must be used by one goroutine at a
// time.
type Batch struct {
	to    Articles
	each  func(*articles.Article, Added)
	list  []*articles.Article
	bytes int
	since time.Time
}

// NewBatch returns a batch that calls each, if it is not nil, as [Articles.AddAll] does.
func (s Articles) NewBatch(each func(*articles.Article, Added)) *Batch {
	return &Batch{to: s, each: each}
}

// Add takes an article. It adds what the batch holds once that takes about 50 ms, or has
// waited long enough.
func (b *Batch) Add(ctx context.Context, a *articles.Article) error {
	if len(b.list) == 0 {
		b.since = time.Now()
	}
	b.list = append(b.list, a)
	b.bytes += len(a.Text)
	if b.bytes < 256<<10 && len(b.list) < 256 && time.Since(b.since) < 100*time.Millisecond {
		return nil
	}
	err := b.Flush(ctx)
	time.Sleep(batchPause)
	return err
}

// Flush adds what the batch holds. The batch is empty afterwards, even if that fails.
func (b *Batch) Flush(ctx context.Context) error {
	list := b.list
	b.list, b.bytes = nil, 0
	if len(list) == 0 {
		return nil
	}
	done := make([]Added, len(list))
	err := b.to.writeSoon(ctx, func(tx *sql.Tx) (err error) {
		var l words.Later
		for i, a := range list {
			if done[i], err = store(ctx, tx, &l, a); err != nil {
				return fmt.Errorf("add %s: %w", a.Source, err)
			}
		}
		return l.Write(ctx, tx)
	})
	if err != nil {
		return err
	}
	for i, a := range list {
		if b.each != nil {
			b.each(a, done[i])
		}
	}
	return nil
}

// add adds one article as [Articles.Add] describes.
func add(ctx context.Context, tx *sql.Tx, a *articles.Article) (Added, error) {
	var l words.Later
	out, err := store(ctx, tx, &l, a)
	if err != nil {
		return out, err
	}
	return out, l.Write(ctx, tx)
}

// store is add but for the words.
func store(ctx context.Context, tx *sql.Tx, l *words.Later, a *articles.Article) (Added, error) {
	hash := articles.TextID(a.Text)
	k, err := findExisting(ctx, tx, a, hash)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return insert(ctx, tx, l, a, hash)
	case err != nil:
		return Added{}, err
	case k.hash == hash:
		return Added{k.id, Same, k.version}, refresh(ctx, tx, l, a, k)
	}
	k.version, k.hash = k.version+1, hash
	return addVersion(ctx, tx, l, a, k)
}

// An existing article, as far as add needs it.
type existing struct {
	num     int64
	id      string
	source  string
	hash    string
	version int
}

// findExisting finds the article that a is: by its text first, then by its source. A text
// that an article had in an earlier version does not count.
func findExisting(ctx context.Context, tx *sql.Tx, a *articles.Article, hash string) (existing, error) {
	const cols = "SELECT num, id, source, hash, version FROM articles WHERE "
	var k existing
	scan := func(r *sql.Row) error { return r.Scan(&k.num, &k.id, &k.source, &k.hash, &k.version) }
	err := scan(tx.QueryRowContext(ctx, cols+"id = ?1 AND hash = id UNION ALL "+cols+"hash = ?1 AND hash <> id LIMIT 1", hash))
	if !errors.Is(err, sql.ErrNoRows) || a.Source == "" || a.Source == "-" {
		return k, err
	}
	err = scan(tx.QueryRowContext(ctx, cols+"source = ? ORDER BY num DESC LIMIT 1", a.Source))
	return k, err
}

// insert adds an article that is new.
func insert(ctx context.Context, tx *sql.Tx, l *words.Later, a *articles.Article, hash string) (Added, error) {
	id, err := freeID(ctx, tx, hash)
	if err != nil {
		return Added{}, err
	}
	res, err := tx.ExecContext(ctx, `INSERT INTO articles (id, source, added, length, hash, title, author, site, format, date, authors, agencies, url, section, language, updated)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		append([]any{id, a.Source, time.Now().UnixMilli(), a.Words(), hash}, metadata(a)...)...)
	if err != nil {
		return Added{}, err
	}
	num, err := res.LastInsertId()
	if err != nil {
		return Added{}, err
	}
	return Added{id, New, 1}, insertVersion(ctx, tx, l, a, existing{num, id, a.Source, hash, 1})
}

// freeID returns hash, or hash and a number if an article that has changed since then
// began with the same text.
func freeID(ctx context.Context, tx *sql.Tx, hash string) (string, error) {
	id := hash
	for i := 2; ; i++ {
		var n int
		err := tx.QueryRowContext(ctx, "SELECT count(*) FROM articles WHERE id = ?", id).Scan(&n)
		if err != nil || n == 0 {
			return id, err
		}
		id = fmt.Sprintf("%s-%d", hash, i)
	}
}

// addVersion adds a as the version that k tells.
func addVersion(ctx context.Context, tx *sql.Tx, l *words.Later, a *articles.Article, k existing) (Added, error) {
	if err := dropLayer(ctx, tx, k.num); err != nil {
		return Added{}, err
	}
	_, err := tx.ExecContext(ctx, "UPDATE articles SET length = ?, version = ?, hash = ?, removed = 0 WHERE num = ?", a.Words(), k.version, k.hash, k.num)
	if err != nil {
		return Added{}, err
	}
	if _, err := updateMetadata(ctx, tx, a, k); err != nil {
		return Added{}, err
	}
	return Added{k.id, Changed, k.version}, insertVersion(ctx, tx, l, a, k)
}

// metadata returns the values of the columns title, author, site, format, date, authors, agencies, url, section, language
// and updated.
func metadata(a *articles.Article) []any {
	return []any{clean.Line(a.Title), clean.Line(a.Author), clean.Line(a.Site), string(a.Format), int64(a.Date),
		lines(a.Authors), lines(a.Agencies), clean.Target(a.URL), clean.Line(a.Section), clean.Line(a.Language), int64(a.Updated)}
}

// lines returns names, one a line.
func lines(names []string) string {
	var out []string
	for _, n := range names {
		if n = clean.Words(n); n != "" {
			out = append(out, n)
		}
	}
	return strings.Join(out, "\n")
}

// updateMetadata stores what the source says about the article besides its text, and
// reports whether any of it is new.
func updateMetadata(ctx context.Context, tx *sql.Tx, a *articles.Article, k existing) (bool, error) {
	const columns = "(title, author, site, format, date, authors, agencies, url, section, language, updated)"
	const values = "(?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"
	res, err := tx.ExecContext(ctx, "UPDATE articles SET "+columns+" = "+values+" WHERE num = ?1 AND "+columns+" <> "+values, append([]any{k.num}, metadata(a)...)...)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

// refresh brings back an article that is added with the text it already has. If it comes
// from its own source, its title and blocks are replaced: someone may have edited the
// front matter, or a newer importer may see more.
func refresh(ctx context.Context, tx *sql.Tx, l *words.Later, a *articles.Article, k existing) error {
	if err := setRemoved(ctx, tx, k.num, 0); err != nil {
		return err
	}
	if k.source != a.Source || k.source == "" || k.source == "-" {
		return nil
	}
	if renamed, err := updateMetadata(ctx, tx, a, k); err != nil {
		return err
	} else if renamed {
		if err := indexWords(ctx, tx, l, a, k.num); err != nil {
			return err
		}
	}
	res, err := tx.ExecContext(ctx, "UPDATE versions SET marks = ?1 WHERE article = ?2 AND version = ?3 AND marks <> ?1", code.EncodeBlocks(a), k.num, k.version)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return err
	}
	return dropLayer(ctx, tx, k.num)
}

// dropLayer deletes what a machine made from other text or blocks.
func dropLayer(ctx context.Context, tx *sql.Tx, num int64) error {
	if err := dropIndex(ctx, tx, num); err != nil {
		return err
	}
	for _, table := range []string{"layers", "counts"} {
		if _, err := tx.ExecContext(ctx, "DELETE FROM "+table+" WHERE article = ?", num); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM named WHERE rowid = ?", num); err != nil {
		return err
	}
	return dropLabels(ctx, tx, num)
}

// insertVersion stores the text of a as the version in k. It comes after all that the article had, whatever the clocks say.
func insertVersion(ctx context.Context, tx *sql.Tx, l *words.Later, a *articles.Article, k existing) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO versions (article, version, hash, added, marks, text)
		VALUES (?1, ?2, ?3, max(?4, (SELECT coalesce(max(added), 0) + 1 FROM editions WHERE article = ?1)), ?5, ?6)`,
		k.num, k.version, k.hash, time.Now().UnixMilli(), code.EncodeBlocks(a), code.EncodeText(a.Text))
	if err != nil {
		return err
	}
	return indexWords(ctx, tx, l, a, k.num)
}

// indexWords makes the title and text of an article searchable.
func indexWords(ctx context.Context, tx *sql.Tx, l *words.Later, a *articles.Article, num int64) error {
	indexes, err := wordIndexes(ctx, tx, num)
	for _, index := range indexes {
		l.Add(index, num, a.Text, a.Title)
	}
	return err
}
