package care

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"byline/annotate/library/db"
	"byline/annotate/library/db/code"
	"byline/articles"
)

// A Kind says what a fault costs.
type Kind int

// The kinds of faults, the worst last.
const (
	Derived Kind = iota // it follows from the rest and can be made anew
	Again               // it can be had again from a page that was kept
	Void                // it says nothing, and can be taken out
	Lost
	File // SQLite finds the file itself damaged
)

// A Fault is what a check found.
type Fault struct {
	Kind  Kind
	What  string   // "3 texts are not what they were"
	Where []string // articles and parts of the file, the first few; all decisions
}

// A Report says what a library holds and what is wrong with it.
type Report struct {
	Articles, Texts, Decisions int
	Lines                      int // of the logs of the team and of merged names
	Faults                     []Fault
	Newer                      int // decisions, and lines of the team's log, that a newer program made: they are kept as they are

	// Copy is the one from which what is damaged can be had; empty for none.
	Copy string
	// Distrust is why the file should not be written until it is repaired; nil if nothing speaks against it.
	Distrust error
	// Kept are texts that an earlier repair could not make what they were.
	Kept []string

	broken map[int64]bool // articles whose layer is to be made anew, by row
	wrong  []decided      // decisions that are damaged
	void   []int64        // those of them that say nothing, by their places in the log
	o      Options
}

// Options say what a check has to go by. The zero Options work.
type Options struct {
	Decision Asked                // what is wrong with a decision; nil asks nobody
	Event    Asked                // the same of a line of the team's log
	Void     func(r *db.Row) bool // whether a damaged decision says nothing at all; nil for never
	Copies   []string             // of the library, the latest first
}

// Worst returns the worst kind of fault, and whether there is any.
func (r *Report) Worst() (Kind, bool) {
	worst, any := Derived, len(r.Faults) > 0
	for _, f := range r.Faults {
		worst = max(worst, f.Kind)
	}
	return worst, any
}

// most is how many places of a fault are named.
const most = 8

// add adds a fault with n places.
func (r *Report) add(kind Kind, what string, where ...string) {
	if len(where) > most {
		where = append(slices.Clone(where[:most]), fmt.Sprintf("and %d more", len(where)-most))
	}
	r.Faults = append(r.Faults, Fault{kind, what, where})
}

// Check checks a library. It only reads.
func Check(ctx context.Context, d *db.DB, o Options) (*Report, error) {
	d, done, err := asNow(ctx, d)
	if err != nil {
		return nil, fmt.Errorf("check the library: %w", err)
	}
	defer done()
	r := &Report{broken: map[int64]bool{}, o: o}
	c := checker{d, d.SQL(), r, "SELECT data FROM layers WHERE article = ? AND version = ?"}
	if n, err := column(ctx, c.sql, "SELECT 1 FROM pragma_table_info('counts') WHERE name = 'engine'"); err == nil && len(n) > 0 {
		c.layer = "SELECT l.data FROM layers l JOIN counts c USING (article) WHERE l.article = ? AND iif(l.engine = '', c.version, l.version) = ?"
	}
	if why := d.Trouble(); db.Damaged(why) {
		r.add(File, why.Error())
	}
	for _, part := range []func(context.Context) error{c.structure, c.contents, c.decisions, c.lines, c.indexes} {
		if err := part(ctx); err != nil && !db.Damaged(err) && !lacks(err) {
			return r, fmt.Errorf("check the library: %w", err)
		} else if err != nil {
			r.add(File, err.Error())
		}
		if err := ctx.Err(); err != nil {
			return r, err
		}
	}
	return r, nil
}

// lacks reports whether an error says that a table cannot be found, or a column of it.
func lacks(err error) bool {
	return strings.Contains(err.Error(), "no such table") || strings.Contains(err.Error(), "no such column")
}

// A checker checks one library.
type checker struct {
	d   *db.DB
	sql *sql.DB
	*Report
	layer string // selects the layer of an article and a version
}

// structure has SQLite check the file, its indexes and those of words.
func (c *checker) structure(ctx context.Context) error {
	found, err := column(ctx, c.sql, "PRAGMA integrity_check(100)")
	var pages, indexes []string
	for _, line := range found {
		switch {
		case line == "ok" || strings.HasPrefix(line, "*** in database"):
		case strings.Contains(line, "index"):
			indexes = append(indexes, line)
		default:
			pages = append(pages, strings.TrimSpace(line))
		}
	}
	if bad := append(pages, indexes...); len(bad) > 0 {
		c.Distrust = fmt.Errorf("%w: %s", db.ErrDamaged, bad[0])
	}
	if len(pages) > 0 {
		c.add(File, "SQLite finds the file damaged", pages...)
	}
	if len(indexes) > 0 {
		c.add(Derived, "indexes are damaged", indexes...)
	}
	return err
}

// A querier is a database or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// column returns the values of a query's one column: those before an error beside it.
func column(ctx context.Context, from querier, query string, args ...any) ([]string, error) {
	rows, err := from.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return out, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

// A text is a version of an article, as the check goes through them.
type text struct {
	num              int64
	id, title, hash  string
	version, current int
	paged            bool // a page of it is kept
}

func (t *text) String() string {
	name := fmt.Sprintf("%.8s", t.id)
	if t.title != "" {
		name += " “" + t.title + "”"
	}
	if t.version != t.current {
		name += fmt.Sprintf(", version %d of %d", t.version, t.current)
	}
	return name
}

// texts lists the versions that articles should have.
func texts(ctx context.Context, from *sql.DB) ([]text, error) {
	rows, err := from.QueryContext(ctx, `SELECT a.num, a.id, a.title, a.version, coalesce(v.version, a.version), coalesce(v.hash, a.hash),
		EXISTS (SELECT 1 FROM pages p WHERE p.article = a.num AND p.version = coalesce(v.version, a.version))
		FROM articles a LEFT JOIN versions v ON v.article = a.num ORDER BY a.num, v.version`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []text
	for rows.Next() {
		var t text
		if err := rows.Scan(&t.num, &t.id, &t.title, &t.current, &t.version, &t.hash, &t.paged); err != nil {
			return out, err
		}
		out = append(out, t)
	}
	return out, rows.Err()
}

// contents reads every text, with its blocks, and every layer.
func (c *checker) contents(ctx context.Context) error {
	all, err := texts(ctx, c.sql)
	kept, _ := keptTexts(ctx, c.sql) // what cannot be read there is found elsewhere
	var lost, again, layers []string
	for i := range all {
		t := &all[i]
		if err := ctx.Err(); err != nil {
			return err
		}
		if i == 0 || t.num != all[i-1].num {
			c.Articles++
		}
		a, err := c.d.Version(ctx, t.id, t.version)
		switch {
		case err == nil && articles.TextID(a.Text) == t.hash:
			if kept[slot{t.num, t.version}] == t.hash {
				c.Kept = append(c.Kept, t.String())
			} else {
				c.Texts++
			}
			if t.version == t.current && !c.layerFits(ctx, t, a.Text) {
				c.broken[t.num] = true
				layers = append(layers, t.String())
			}
		case c.pageIsKept(ctx, t), textIn(ctx, c.o.Copies, t) != nil:
			again = append(again, t.String())
		default:
			lost = append(lost, t.String())
		}
	}
	if len(lost) > 0 {
		c.add(Lost, number(len(lost), "text is", "texts are")+" not what was stored", lost...)
	}
	if len(again) > 0 {
		c.add(Again, number(len(again), "text is", "texts are")+" not what was stored, and can be had from a page or a copy that was kept", again...)
	}
	if len(layers) > 0 {
		c.add(Derived, number(len(layers), "article has", "articles have")+" suggestions that cannot be read", layers...)
	}
	return err
}

func (c *checker) pageIsKept(ctx context.Context, t *text) bool {
	if !t.paged {
		return false
	}
	_, err := c.d.Page(ctx, t.id, t.version)
	return err == nil
}

// layerFits reports whether what a machine found in a text can be read, or is still to be found.
func (c *checker) layerFits(ctx context.Context, t *text, words string) bool {
	var data []byte
	err := c.sql.QueryRowContext(ctx, c.layer, t.num, t.current).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return true
	}
	if err != nil {
		return false
	}
	l, err := code.DecodeLayer(data, words)
	return err == nil && l.Check(words) == nil
}

// number returns n with a word for one or for several.
func number(n int, one, several string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, several)
}

// gone looks for what belongs to articles that are gone.
func (c *checker) gone(ctx context.Context) error {
	for _, gone := range []struct{ table, one, several string }{
		{"log", "decision is on an article that is gone", "decisions are on articles that are gone"},
		{"versions", "text is of an article that is gone", "texts are of articles that are gone"},
		{"pages", "page is of an article that is gone", "pages are of articles that are gone"},
	} {
		where, err := column(ctx, c.sql, "SELECT 'article ' || article FROM "+gone.table+" WHERE article NOT IN (SELECT num FROM articles)")
		if err != nil {
			return fmt.Errorf("%s: %w", gone.table, err)
		}
		if len(where) > 0 {
			c.add(Lost, number(len(where), gone.one, gone.several), slices.Compact(where)...)
		}
	}
	return nil
}

// indexes looks for articles that a search would not find, and for what it would find of none.
func (c *checker) indexes(ctx context.Context) error {
	for _, x := range []struct{ what, missing, extra string }{
		{"the index of words",
			"SELECT num FROM articles EXCEPT SELECT id FROM words_docsize", "SELECT id FROM words_docsize EXCEPT SELECT num FROM articles"},
		{"the index of names",
			"SELECT l.article FROM layers l JOIN counts c USING (article) WHERE c.seq >= 0 EXCEPT SELECT id FROM named_docsize", "SELECT id FROM named_docsize EXCEPT SELECT article FROM layers"},
		{"the index of quotes",
			"SELECT num FROM quoted EXCEPT SELECT id FROM said_docsize", "SELECT id FROM said_docsize EXCEPT SELECT num FROM quoted"},
		{"the index of labels",
			"SELECT num FROM labels EXCEPT SELECT id FROM labelled_docsize", "SELECT id FROM labelled_docsize EXCEPT SELECT num FROM labels"},
		{"the counts of what is in articles",
			"SELECT article FROM layers EXCEPT SELECT article FROM counts", "SELECT article FROM counts EXCEPT SELECT num FROM articles"},
	} {
		var missing, extra int
		err := c.sql.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM ("+x.missing+")), (SELECT count(*) FROM ("+x.extra+"))").Scan(&missing, &extra)
		if err != nil && !db.Damaged(err) && strings.Contains(err.Error(), "no such table") {
			continue // of an older library
		}
		if err != nil {
			return fmt.Errorf("%s: %w", x.what, err)
		}
		if missing > 0 || extra > 0 {
			c.add(Derived, fmt.Sprintf("%s lacks %d entries and has %d too many", x.what, missing, extra))
		}
	}
	return nil
}
