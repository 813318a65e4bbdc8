// Package exchange reads and writes what libraries exchange with each other: the texts of articles, what their sources say of
// them, and the log of decisions, with its rows as they are. It keeps what was seen at the places where that is done.
//
// Times are Unix milliseconds. An article is known by the ID of its first text, a text by its hash; see [articles.TextID].
package exchange

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"byline/annotate/library/db/code"
	"byline/annotate/library/db/words"
	"byline/articles"
)

// A Store is the part of a library that is exchanged.
type Store struct {
	Reads *sql.DB
	Write func(context.Context, func(*sql.Tx) error) error // runs one transaction
	// Explain makes errors of the database clear.
	Explain func(error) error
	Engine  string // whose suggestions the articles have here; empty if that does not matter
	// Makers returns whose suggestions an article has here, if other programs have some, too; empty if none has. It may be nil.
	Makers func(ctx context.Context, id string) string
	// Index makes title and text of the article in a row of articles searchable, later; Drop deletes what a machine made of it.
	Index func(ctx context.Context, tx *sql.Tx, l *words.Later, a *articles.Article, num int64) error
	Drop  func(ctx context.Context, tx *sql.Tx, num int64) error
	// Grown notes what follows from the log of an article alone, after rows came; nil for nothing.
	Grown func(ctx context.Context, tx *sql.Tx, num int64) error
}

// An Article is all of an article that is exchanged.
type Article struct {
	ID       string
	Removed  bool              // it is in the trash here
	About    *articles.Article // what its source says of it, without text; nil where nothing is said
	Told     int64             // since when it says so
	Editions []Edition         // in the order of time
	Texts    map[string]Text   // by hash
	Rows     []Row             // of the log
}

// An Edition says that an article had a text since a time.
type Edition struct {
	Hash  string
	Added int64
}

// A Text is one text with its blocks.
type Text struct {
	*articles.Article       // only Text, Blocks, Inline and Pictures are set
	Told              int64 // since when the blocks are as they are
}

// A Row is one decision.
type Row struct {
	ID, Who string
	At      time.Time
	Text    string // hash of the text that it is about
	Body    []byte
}

// credits are the columns that hold what a source says of an article besides its text.
const credits = "title, author, site, format, date, authors, agencies, url, section, language, updated"

// Read returns the article with that ID; nil if there is none.
func (s Store) Read(ctx context.Context, id string) (*Article, error) {
	a, err := s.read(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("read article %s: %w", id, s.Explain(err))
	}
	return a, nil
}

func (s Store) read(ctx context.Context, id string) (*Article, error) {
	out := &Article{ID: id, About: &articles.Article{}, Texts: map[string]Text{}}
	var num int64
	var authors, agencies string
	about := out.About
	err := s.Reads.QueryRowContext(ctx, "SELECT num, removed <> 0, CASE told WHEN 0 THEN added ELSE told END, source, "+credits+" FROM articles WHERE id = ?", id).
		Scan(&num, &out.Removed, &out.Told, &about.Source, &about.Title, &about.Author, &about.Site, &about.Format, &about.Date, &authors, &agencies,
			&about.URL, &about.Section, &about.Language, &about.Updated)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	about.Authors, about.Agencies = split(authors), split(agencies)
	if out.Editions, err = editionsOf(ctx, s.Reads, num); err != nil {
		return nil, err
	}
	versions, err := s.texts(ctx, num, out)
	if err != nil {
		return nil, err
	}
	return out, s.rows(ctx, num, versions, out)
}

// A querier is a database or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

func editionsOf(ctx context.Context, from querier, num int64) ([]Edition, error) {
	rows, err := from.QueryContext(ctx, "SELECT hash, added FROM editions WHERE article = ? ORDER BY added, hash", num)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Edition
	for rows.Next() {
		var e Edition
		if err := rows.Scan(&e.Hash, &e.Added); err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, rows.Err()
}

// texts reads the texts of an article, and returns the hash of each version.
func (s Store) texts(ctx context.Context, num int64, out *Article) (map[int]string, error) {
	rows, err := s.Reads.QueryContext(ctx, "SELECT version, hash, CASE told WHEN 0 THEN added ELSE told END, text, marks FROM versions WHERE article = ? ORDER BY version", num)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	versions := map[int]string{}
	for rows.Next() {
		var version int
		var hash string
		var marks []byte
		t := Text{Article: &articles.Article{}}
		if err := rows.Scan(&version, &hash, &t.Told, (*code.Text)(&t.Text), &marks); err != nil {
			return nil, err
		}
		versions[version] = hash
		if err := code.DecodeBlocks(marks, t.Article); err != nil {
			return nil, err
		}
		out.Texts[hash] = t
	}
	return versions, rows.Err()
}

func (s Store) rows(ctx context.Context, num int64, versions map[int]string, out *Article) error {
	rows, err := s.Reads.QueryContext(ctx, "SELECT id, version, at, who, body FROM log WHERE article = ? ORDER BY seq", num)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var r Row
		var version int
		var at int64
		if err := rows.Scan(&r.ID, &version, &at, &r.Who, &r.Body); err != nil {
			return err
		}
		r.At, r.Text = fromMillis(at), versions[version]
		out.Rows = append(out.Rows, r)
	}
	return rows.Err()
}

// A Changes says which articles changed after a state of the library, and what state that is now.
type Changes struct {
	IDs          []string
	Touched, Log int64
}

// A State is how far a library was brought together with a place, and what was seen there. The zero State is that of a
// place that is new.
type State struct {
	Touched, Log int64
	Seen         []byte
}

// State returns the state of the place with that name.
func (s Store) State(ctx context.Context, place string) (State, error) {
	var st State
	err := s.Reads.QueryRowContext(ctx, "SELECT touched, log, seen FROM places WHERE name = ?", place).Scan(&st.Touched, &st.Log, &st.Seen)
	if errors.Is(err, sql.ErrNoRows) {
		return State{}, nil
	}
	return st, s.Explain(err)
}

// SaveState keeps the state of a place.
func (s Store) SaveState(ctx context.Context, place string, st State) error {
	return s.Write(ctx, func(tx *sql.Tx) error {
		if st.Seen == nil {
			st.Seen = []byte{}
		}
		_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO places (name, touched, log, seen) VALUES (?, ?, ?, ?)", place, st.Touched, st.Log, st.Seen)
		return err
	})
}

// Identity returns what tells the library from others, which it is given when somebody first asks.
func (s Store) Identity(ctx context.Context) (string, error) {
	var id string
	err := s.Reads.QueryRowContext(ctx, "SELECT value FROM meta WHERE key = 'identity'").Scan(&id)
	if !errors.Is(err, sql.ErrNoRows) {
		return id, s.Explain(err)
	}
	err = s.Write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO meta (key, value) VALUES ('identity', ?)", rand.Text()); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, "SELECT value FROM meta WHERE key = 'identity'").Scan(&id)
	})
	return id, err
}

// Changed returns the articles that changed after a state, by their IDs.
func (s Store) Changed(ctx context.Context, since State) (Changes, error) {
	c := Changes{Touched: since.Touched, Log: since.Log}
	tx, err := s.Reads.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return c, s.Explain(err)
	}
	defer tx.Rollback()
	at, err := marks(ctx, tx)
	if err != nil {
		return c, s.Explain(err)
	}
	c.Touched, c.Log = at.touched, at.log
	rows, err := tx.QueryContext(ctx, `SELECT id FROM articles WHERE num IN (
		SELECT article FROM touched WHERE seq > ? UNION SELECT article FROM log WHERE seq > ?) ORDER BY id`, since.Touched, since.Log)
	if err != nil {
		return c, s.Explain(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return c, err
		}
		c.IDs = append(c.IDs, id)
	}
	return c, s.Explain(rows.Err())
}

// A mark is up to which rows a library has come.
type mark struct{ touched, log int64 }

func marks(ctx context.Context, from interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}) (m mark, err error) {
	err = from.QueryRowContext(ctx, `SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'touched'), 0),
		coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'log'), 0)`).Scan(&m.touched, &m.log)
	return m, err
}

// Purged returns the articles that were deleted here for good.
func (s Store) Purged(ctx context.Context) (map[string]bool, error) {
	rows, err := s.Reads.QueryContext(ctx, "SELECT id FROM purged")
	if err != nil {
		return nil, s.Explain(err)
	}
	defer rows.Close()
	out := map[string]bool{}
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		out[id] = true
	}
	return out, s.Explain(rows.Err())
}

// A Holder is where the log of a library has a decision.
type Holder struct {
	Article string
	Row
}

// Holders returns where the library has decisions with these IDs, by ID.
func (s Store) Holders(ctx context.Context, ids []string) (map[string]Holder, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	rows, err := s.Reads.QueryContext(ctx, `SELECT l.id, a.id, l.who, l.body FROM json_each(?) j CROSS JOIN log l ON l.id = j.value
		JOIN articles a ON a.num = l.article`, string(list))
	if err != nil {
		return nil, s.Explain(err)
	}
	defer rows.Close()
	out := map[string]Holder{}
	for rows.Next() {
		var h Holder
		if err := rows.Scan(&h.ID, &h.Article, &h.Who, &h.Body); err != nil {
			return nil, err
		}
		out[h.ID] = h
	}
	return out, s.Explain(rows.Err())
}
