package exchange

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"byline/annotate/library/db/code"
	"byline/annotate/library/db/words"
	"byline/articles"
)

// Applied tells from which state of the library to which a transaction brought it.
type Applied struct {
	From, To State // without what was seen
	Rows     int   // of the log that were new
}

// Apply brings what is new into the library, all or none: of each article the parts that are set. Articles that are not
// there are added, unless they were deleted for good; those in the trash stay there. Nothing that is there goes away: rows
// of the log whose ID is known are not added, and only what a source says, and blocks, are replaced.
func (s Store) Apply(ctx context.Context, list []*Article) (Applied, error) {
	var out Applied
	err := s.Write(ctx, func(tx *sql.Tx) error {
		from, err := marks(ctx, tx)
		if err != nil {
			return err
		}
		out = Applied{From: State{Touched: from.touched, Log: from.log}}
		var l words.Later
		for _, a := range list {
			n, err := s.apply(ctx, tx, &l, a)
			if err != nil {
				return fmt.Errorf("take in article %s: %w", a.ID, err)
			}
			out.Rows += n
		}
		if err := l.Write(ctx, tx); err != nil {
			return err
		}
		to, err := marks(ctx, tx)
		out.To = State{Touched: to.touched, Log: to.log}
		return err
	})
	return out, err
}

// A holding is the row of an article, as far as applying needs it.
type holding struct {
	num     int64
	id      string
	current string // hash of the text
	version int
	stale   bool // what a machine made of it is of another text or other blocks
	indexed bool // its words are up to date
}

func (s Store) apply(ctx context.Context, tx *sql.Tx, l *words.Later, a *Article) (rows int, err error) {
	h, err := find(ctx, tx, a)
	if err != nil || h == nil {
		return 0, err
	}
	if err := tellAbout(ctx, tx, h, a); err != nil {
		return 0, err
	}
	for _, e := range a.Editions {
		if _, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO editions (article, added, hash) VALUES (?, ?, ?)", h.num, e.Added, e.Hash); err != nil {
			return 0, err
		}
	}
	if err := tellBlocks(ctx, tx, h, a); err != nil {
		return 0, err
	}
	if len(a.Editions)+len(a.Texts) > 0 {
		if err := order(ctx, tx, h, a); err != nil {
			return 0, err
		}
	}
	if err := s.refresh(ctx, tx, l, h); err != nil {
		return 0, err
	}
	for i := range a.Rows {
		n, err := addRow(ctx, tx, h, &a.Rows[i])
		if err != nil {
			return 0, err
		}
		rows += n
	}
	if rows > 0 && s.Grown != nil {
		err = s.Grown(ctx, tx, h.num)
	}
	return rows, err
}

// find returns the row of an article, which it adds if there is none; nil if it is not to come back, or nothing is there to
// make it of.
func find(ctx context.Context, tx *sql.Tx, a *Article) (*holding, error) {
	h := &holding{id: a.ID, indexed: true}
	err := tx.QueryRowContext(ctx, "SELECT num, hash, version FROM articles WHERE id = ?", a.ID).Scan(&h.num, &h.current, &h.version)
	if !errors.Is(err, sql.ErrNoRows) {
		return h, err
	}
	var gone bool
	if err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM purged WHERE id = ?)", a.ID).Scan(&gone); err != nil || gone || a.About == nil {
		return nil, err
	}
	err = tx.QueryRowContext(ctx, `INSERT INTO articles (id, source, added, length, version, hash, title, author, site, format, date)
		VALUES (?, ?, ?, 0, 0, '', '', '', '', '', 0) RETURNING num`, a.ID, a.About.Source, time.Now().UnixMilli()).Scan(&h.num)
	return h, err
}

// tellAbout replaces what the source of an article says of it.
func tellAbout(ctx context.Context, tx *sql.Tx, h *holding, a *Article) error {
	if a.About == nil {
		return nil
	}
	b := a.About
	_, err := tx.ExecContext(ctx, "UPDATE articles SET ("+credits+") = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE num = ?",
		b.Title, b.Author, b.Site, string(b.Format), int64(b.Date), strings.Join(b.Authors, "\n"), strings.Join(b.Agencies, "\n"), b.URL, b.Section, b.Language, int64(b.Updated), h.num)
	if err != nil {
		return err
	}
	h.indexed = false
	_, err = tx.ExecContext(ctx, "UPDATE articles SET told = ? WHERE num = ?", a.Told, h.num)
	return err
}

// tellBlocks replaces the blocks of texts that are there.
func tellBlocks(ctx context.Context, tx *sql.Tx, h *holding, a *Article) error {
	for hash, t := range a.Texts {
		res, err := tx.ExecContext(ctx, "UPDATE versions SET marks = ? WHERE article = ? AND hash = ?", code.EncodeBlocks(t.Article), h.num, hash)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			continue
		}
		if _, err := tx.ExecContext(ctx, "UPDATE versions SET told = ? WHERE article = ? AND hash = ?", t.Told, h.num, hash); err != nil {
			return err
		}
		h.stale = h.stale || hash == h.current
	}
	return nil
}

// A version is one of an article: the text that it had since an edition, until another.
type version struct {
	number int
	Edition
}

// versionsOf returns what versions an article has by its editions, those whose texts are not there left out.
func versionsOf(editions []Edition, have func(hash string) bool) []version {
	slices.SortFunc(editions, func(a, b Edition) int { return cmp.Or(cmp.Compare(a.Added, b.Added), cmp.Compare(a.Hash, b.Hash)) })
	var out []version
	for _, e := range editions {
		if have(e.Hash) && (len(out) == 0 || out[len(out)-1].Hash != e.Hash) {
			out = append(out, version{len(out) + 1, e})
		}
	}
	return out
}

// order makes the versions of an article follow from its editions.
func order(ctx context.Context, tx *sql.Tx, h *holding, a *Article) error {
	// A library that was saved from a damaged one may lack some. No version goes away for that.
	if _, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO editions (article, added, hash) SELECT article, added, hash FROM versions WHERE article = ?", h.num); err != nil {
		return err
	}
	editions, err := editionsOf(ctx, tx, h.num)
	if err != nil {
		return err
	}
	had, err := storedVersions(ctx, tx, h.num)
	if err != nil {
		return err
	}
	stored := map[string]int{} // a version by hash
	for _, v := range had {
		stored[v.Hash] = v.number
	}
	want := versionsOf(editions, func(hash string) bool { _, ok := a.Texts[hash]; return ok || stored[hash] > 0 })
	if len(want) == 0 {
		return fmt.Errorf("it has no text")
	}
	insert := func(v version) error { return insertVersion(ctx, tx, h, v, a, stored) }
	if slices.Equal(had, want[:min(len(had), len(want))]) {
		for _, v := range want[len(had):] {
			if err := insert(v); err != nil {
				return err
			}
		}
	} else if err := renumber(ctx, tx, h, had, want, insert); err != nil {
		return err
	}
	last := want[len(want)-1]
	if last.Hash == h.current && last.number == h.version {
		return nil
	}
	h.stale, h.indexed, h.current, h.version = true, false, last.Hash, last.number
	_, err = tx.ExecContext(ctx, "UPDATE articles SET version = ?, hash = ? WHERE num = ?", last.number, last.Hash, h.num)
	return err
}

func storedVersions(ctx context.Context, tx *sql.Tx, num int64) ([]version, error) {
	rows, err := tx.QueryContext(ctx, "SELECT version, hash, added FROM versions WHERE article = ? ORDER BY version", num)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []version
	for rows.Next() {
		var v version
		if err := rows.Scan(&v.number, &v.Hash, &v.Added); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// insertVersion inserts a version, under a number, with a text of a or one that another version has.
func insertVersion(ctx context.Context, tx *sql.Tx, h *holding, v version, a *Article, stored map[string]int) error {
	if from := stored[v.Hash]; from > 0 {
		_, err := tx.ExecContext(ctx, `INSERT INTO versions (article, version, hash, added, marks, text, told)
			SELECT article, ?, hash, ?, marks, text, told FROM versions WHERE article = ? AND version = ?`, v.number, v.Added, h.num, from)
		return err
	}
	t := a.Texts[v.Hash]
	_, err := tx.ExecContext(ctx, "INSERT INTO versions (article, version, hash, added, marks, text, told) VALUES (?, ?, ?, ?, ?, ?, ?)",
		h.num, v.number, v.Hash, v.Added, code.EncodeBlocks(t.Article), code.EncodeText(t.Text), t.Told)
	return err
}

// renumber makes the versions of an article anew, where some come before those that it had. They have numbers below zero
// until all have theirs.
func renumber(ctx context.Context, tx *sql.Tx, h *holding, had, want []version, insert func(version) error) error {
	for _, v := range had {
		to, err := placeOf(v, want)
		if err != nil {
			return err
		}
		for _, table := range []string{"log", "pages", "suggestions"} { // they name versions
			if _, err := tx.ExecContext(ctx, "UPDATE OR REPLACE "+table+" SET version = ? WHERE article = ? AND version = ?", -to, h.num, v.number); err != nil {
				return err
			}
		}
	}
	for _, w := range want {
		w.number = -w.number
		if err := insert(w); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM versions WHERE article = ? AND version > 0", h.num); err != nil {
		return err
	}
	for _, table := range []string{"log", "pages", "suggestions", "versions"} {
		if _, err := tx.ExecContext(ctx, "UPDATE "+table+" SET version = -version WHERE article = ? AND version < 0", h.num); err != nil {
			return err
		}
	}
	h.stale = true
	return nil
}

// placeOf returns the number among others of a version: of the last one with its text that is not after it, else of the first.
func placeOf(v version, among []version) (int, error) {
	to := 0
	for _, w := range among {
		if w.Hash == v.Hash && (to == 0 || w.Added <= v.Added) {
			to = w.number
		}
	}
	if to == 0 {
		return 0, fmt.Errorf("version %d has no place among the others", v.number)
	}
	return to, nil
}

// refresh deletes what a machine made of an article that has changed, and makes its words searchable.
func (s Store) refresh(ctx context.Context, tx *sql.Tx, l *words.Later, h *holding) error {
	if h.stale {
		if err := s.Drop(ctx, tx, h.num); err != nil {
			return err
		}
	}
	if h.indexed {
		return nil
	}
	a := &articles.Article{ID: h.id}
	err := tx.QueryRowContext(ctx, "SELECT a.title, v.text FROM articles a JOIN versions v ON v.article = a.num AND v.version = a.version WHERE a.num = ?", h.num).Scan(&a.Title, (*code.Text)(&a.Text))
	if errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("it has no text")
	}
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "UPDATE articles SET length = ? WHERE num = ?", a.Words(), h.num); err != nil {
		return err
	}
	return s.Index(ctx, tx, l, a, h.num)
}

// addRow adds a row to the log unless its ID is known, and returns how many it added.
func addRow(ctx context.Context, tx *sql.Tx, h *holding, r *Row) (int, error) {
	res, err := tx.ExecContext(ctx, `INSERT INTO log (id, article, version, at, who, body)
		SELECT ?, v.article, v.version, ?, ?, ? FROM versions v WHERE v.article = ? AND v.hash = ? ORDER BY v.version DESC LIMIT 1
		ON CONFLICT (id) DO NOTHING`, r.ID, toMillis(r.At), r.Who, r.Body, h.num, r.Text)
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}

// Forgive lets articles come back that were deleted for good.
func (s Store) Forgive(ctx context.Context, ids []string) error {
	return s.Write(ctx, func(tx *sql.Tx) error {
		for _, id := range ids {
			if _, err := tx.ExecContext(ctx, "DELETE FROM purged WHERE id = ?", id); err != nil {
				return err
			}
		}
		return nil
	})
}

// toMillis returns t in Unix milliseconds, or 0 for the zero time; fromMillis is its reverse.
func toMillis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func fromMillis(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

func split(names string) []string {
	return strings.FieldsFunc(names, func(r rune) bool { return r == '\n' })
}
