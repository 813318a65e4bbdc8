package care

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"math"
	"slices"
	"strings"

	"byline/annotate/library/db"
	"byline/annotate/library/db/code"
)

// derived are the tables that follow from others; annotating fills them. Counts, which know whose the layers are, and
// indexes of words are besides. What was seen of other places is made anew as well, by the next exchange with them.
var derived = []string{"naming", "quoted", "further", "labels", "people", "people_stale", "verdicts", "tries", "places"}

// Rebuild mends what a check found in a library whose file is sound. Texts that are not what was stored are kept as
// they are, and what follows from the rest is made anew: the indexes of SQLite and of words, and by the next
// annotation, which the caller sees to, names, quotes, counts and what can be asked of them. Decisions that are damaged come from the
// copy in which they are sound, and those that say nothing are taken out; no other is touched.
func Rebuild(ctx context.Context, d *db.DB, r *Report) (*Mended, error) {
	m, err := mend(ctx, d, r.o.Copies)
	if err == nil {
		m.Back, err = putBack(ctx, d, r)
	}
	if err == nil {
		m.Out, err = takeOut(ctx, d, r)
	}
	if err == nil {
		m.Lines, err = putLinesBack(ctx, d, &r.o)
	}
	if err == nil {
		err = inTransaction(ctx, d, func(tx *sql.Tx) error {
			if err := clearDerived(ctx, tx); err != nil {
				return err
			}
			for num := range r.broken {
				for _, t := range []string{"layers", "counts"} {
					if _, err := tx.ExecContext(ctx, "DELETE FROM "+t+" WHERE article = ?", num); err != nil {
						return err
					}
				}
			}
			return indexAll(ctx, tx)
		})
	}
	if err != nil {
		return m, fmt.Errorf("mend the library: %w", err)
	}
	return m, nil
}

func inTransaction(ctx context.Context, d *db.DB, f func(*sql.Tx) error) error {
	tx, err := d.SQL().BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// clearDerived empties what follows from the rest, and has it made anew from the layers.
func clearDerived(ctx context.Context, tx *sql.Tx) error {
	statements := []string{"UPDATE counts SET seq = -1, quote = 0, quoted = 0"}
	for _, t := range derived {
		statements = append(statements, "DELETE FROM "+t)
	}
	for _, t := range []string{"named", "said", "labelled", "further_named", "alias_named"} {
		statements = append(statements, "INSERT INTO "+t+" ("+t+") VALUES ('delete-all')")
	}
	return runAll(ctx, tx, append(statements, "REINDEX"))
}

// indexAll makes the texts searchable, and the names that are merged.
func indexAll(ctx context.Context, tx *sql.Tx) error {
	tables, err := column(ctx, tx, "SELECT name FROM sqlite_master WHERE name IN ('words', 'words_next')")
	if err != nil {
		return err
	}
	var add []*sql.Stmt
	for _, t := range tables {
		if err := runAll(ctx, tx, []string{"INSERT INTO " + t + " (" + t + ") VALUES ('delete-all')"}); err != nil {
			return err
		}
		s, err := tx.PrepareContext(ctx, "INSERT INTO "+t+" (rowid, title, text) VALUES (?, ?, ?)")
		if err != nil {
			return err
		}
		defer s.Close()
		add = append(add, s)
	}
	rows, err := tx.QueryContext(ctx, "SELECT a.num, a.title, v.text FROM articles a JOIN versions v ON v.article = a.num AND v.version = a.version")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var num int64
		var title string
		var words code.Text
		if err := rows.Scan(&num, &title, &words); err != nil {
			return err
		}
		for _, s := range add {
			if _, err := s.ExecContext(ctx, num, title, string(words)); err != nil {
				return err
			}
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return runAll(ctx, tx, []string{"INSERT INTO alias_named (alias_named) VALUES ('delete-all')", "INSERT INTO alias_named (rowid, name) SELECT num, name FROM alias"})
}

func runAll(ctx context.Context, tx *sql.Tx, statements []string) error {
	for _, s := range statements {
		if _, err := tx.ExecContext(ctx, s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return nil
}

// Saved says what Salvage saved.
type Saved struct {
	Mended
	Articles, Decisions int
	Unread              []string // tables that could be read in part only
	Copy                string   // from which rows were taken; empty for none
	Lost                int      // decisions that are gone, as far as it can be known; −1 where it cannot

	upTo int64 // the number of the last decision of the copy from which some were taken
}

// Salvage reads what can be read of a damaged library, and writes it into a new one, which must be empty. What cannot be read comes
// from the first copy that has it. What follows from the rest is left to the next annotation.
func Salvage(ctx context.Context, from, to *db.DB, o Options) (*Saved, error) {
	s := &Saved{Mended: Mended{copies: o.Copies}}
	if err := s.copyAll(ctx, from, to, &o); err != nil {
		return s, fmt.Errorf("save what is left: %w", err)
	}
	m, err := mend(ctx, to, o.Copies)
	m.Found, m.Back, m.Lines = append(s.Found, m.Found...), s.Back, s.Lines
	s.Mended = *m
	if err == nil {
		err = s.decisions(ctx, to, o)
	}
	if err == nil {
		err = inTransaction(ctx, to, func(tx *sql.Tx) error { return db.Regroup(ctx, tx) })
	}
	if err == nil {
		var n int
		n, err = putLinesBack(ctx, to, &o)
		s.Lines += n
	}
	if err == nil {
		err = inTransaction(ctx, to, func(tx *sql.Tx) error {
			if err := indexAll(ctx, tx); err != nil {
				return err
			}
			return tx.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM log)").Scan(&s.Articles, &s.Decisions)
		})
	}
	if err != nil {
		return s, fmt.Errorf("mend what is saved: %w", err)
	}
	return s, nil
}

// copyAll copies what is not derived, also rows whose article is gone, which a connection of the library would
// refuse. Those of which nothing is left to make an article from are dropped.
func (s *Saved) copyAll(ctx context.Context, from, to *db.DB, o *Options) error {
	file, err := sql.Open("sqlite", dataSource(to.Path(), "mode", "rw"))
	if err != nil {
		return err
	}
	defer file.Close()
	tx, err := file.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	tables, err := baseTables(ctx, tx)
	if err != nil {
		return err
	}
	for _, t := range tables {
		if err := s.copy(ctx, from.SQL(), tx, t); err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
	}
	if err := s.fillAll(ctx, tx, tables, o); err != nil {
		return err
	}
	if err := s.articles(ctx, tx); err != nil {
		return err
	}
	if err := s.countLost(ctx, from.SQL(), tx); err != nil {
		return err
	}
	for _, t := range tables {
		if slices.Contains(t.columns, "article") {
			if _, err := tx.ExecContext(ctx, "DELETE FROM "+t.name+" WHERE article NOT IN (SELECT num FROM articles)"); err != nil {
				return err
			}
		}
	}
	// Texts that were not compressed yet are read as they are; the index of words is new.
	if _, err := tx.ExecContext(ctx, "DELETE FROM meta WHERE key = 'tidied'"); err != nil {
		return err
	}
	return tx.Commit()
}

// fillAll takes from copies what could not be read of the tables that hold what nobody can make again, articles first.
func (s *Saved) fillAll(ctx context.Context, tx *sql.Tx, tables []*table, o *Options) error {
	for _, name := range []string{"articles", "versions", "pages", "log"} {
		i := slices.IndexFunc(tables, func(t *table) bool { return t.name == name })
		if i < 0 || !slices.Contains(s.Unread, name) {
			continue
		}
		n, err := s.fill(ctx, tx, tables[i], o.Decision)
		if err != nil {
			return fmt.Errorf("%s, from a copy: %w", name, err)
		}
		if name == "log" {
			s.Back += n
		}
	}
	for _, b := range books {
		if !slices.Contains(s.Unread, b.table) {
			continue
		}
		if err := s.fillLines(ctx, tx, b, o); err != nil {
			return fmt.Errorf("%s, from a copy: %w", b.called, err)
		}
	}
	return nil
}

// countLost counts the decisions that a damaged library had and the new one has not, by what is left of the indexes of its log. Where
// nothing of them is, by the last number that was given: then those deleted for good since the copy count too.
func (s *Saved) countLost(ctx context.Context, from *sql.DB, tx *sql.Tx) error {
	var kept, later int
	if err := tx.QueryRowContext(ctx, "SELECT count(*), count(*) FILTER (WHERE seq > ?) FROM log", s.upTo).Scan(&kept, &later); err != nil {
		return err
	}
	had := -1
	for _, index := range []string{"log_article", "sqlite_autoindex_log_1"} {
		var n int
		if from.QueryRowContext(ctx, "SELECT count(*) FROM log INDEXED BY "+index).Scan(&n) == nil {
			had = max(had, n)
		}
	}
	var last int
	switch {
	case had >= 0:
		s.Lost = max(0, had-kept)
	case !slices.Contains(s.Unread, "log"):
	case from.QueryRowContext(ctx, "SELECT seq FROM sqlite_sequence WHERE name = 'log'").Scan(&last) == nil:
		s.Lost = max(0, last-int(s.upTo)-later)
	default:
		s.Lost = -1
	}
	return nil
}

// decisions puts back those that were read and are damaged.
func (s *Saved) decisions(ctx context.Context, to *db.DB, o Options) error {
	for _, path := range append(slices.Clone(o.Copies), "") {
		_, wrong, err := unsound(ctx, to.SQL(), o.Decision)
		if err != nil || path == "" || len(wrong) == 0 {
			return err
		}
		n, err := putBack(ctx, to, &Report{wrong: wrong, Copy: path, o: o})
		if err != nil {
			continue // a copy that cannot be read
		}
		if s.Back += n; n > 0 {
			s.Copy = path
		}
	}
	return nil
}

// A table of a library that is not derived.
type table struct {
	name    string
	columns []string
	rowid   string // its column that is the row's number, or rowid; empty for none
}

// baseTables returns the tables of a new library whose rows are to be saved.
func baseTables(ctx context.Context, tx *sql.Tx) ([]*table, error) {
	rows, err := tx.QueryContext(ctx, "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	skip := map[string]bool{"layers": true, "counts": true, "engines": true, "touched": true}
	for _, t := range derived {
		skip[t] = true
	}
	var out []*table
	var virtual []string
	for rows.Next() {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			return nil, err
		}
		if strings.HasPrefix(text, "CREATE VIRTUAL") {
			virtual = append(virtual, name)
			continue
		}
		t := &table{name: name}
		if !strings.HasSuffix(text, "WITHOUT ROWID") {
			t.rowid = "rowid"
		}
		out = append(out, t)
	}
	kept := out[:0]
	for _, t := range out {
		for _, v := range virtual {
			skip[t.name] = skip[t.name] || strings.HasPrefix(t.name, v+"_")
		}
		if !skip[t.name] {
			kept = append(kept, t)
		}
	}
	return kept, rows.Err()
}

// copy copies the rows of a table that can be read, in the columns that both libraries have.
func (s *Saved) copy(ctx context.Context, from *sql.DB, tx *sql.Tx, t *table) error {
	var err error
	if t.columns, err = sharedColumns(ctx, from, tx, t.name); err != nil || len(t.columns) == 0 {
		if err == nil && slices.Contains([]string{"articles", "versions", "log"}, t.name) { // which every library has had
			s.Unread = append(s.Unread, t.name)
		}
		return err
	}
	columns := strings.Join(t.columns, ", ")
	add, err := tx.PrepareContext(ctx, "INSERT OR IGNORE INTO "+t.name+" ("+columns+") VALUES (?"+strings.Repeat(", ?", len(t.columns)-1)+")")
	if err != nil {
		return err
	}
	defer add.Close()
	r := reader{from: from, table: *t, emit: func(values []any) error {
		_, err := add.ExecContext(ctx, values...)
		return err
	}}
	if err := r.all(ctx); err != nil {
		return err
	}
	if r.unread > 0 {
		s.Unread = append(s.Unread, t.name)
	}
	return nil
}

// sharedColumns returns the columns of a table that both libraries have. None if
// the damaged one lacks the table, which may be older.
func sharedColumns(ctx context.Context, from *sql.DB, tx *sql.Tx, name string) ([]string, error) {
	const names = "SELECT name FROM pragma_table_info(?)"
	had, err := column(ctx, from, names, name)
	if err != nil {
		return nil, err
	}
	has, err := column(ctx, tx, names, name)
	return slices.DeleteFunc(has, func(c string) bool { return !slices.Contains(had, c) }), err
}

// A reader reads the rows of a table around what cannot be read.
type reader struct {
	from   *sql.DB
	table  table
	emit   func([]any) error
	unread int // places that were not
}

// all reads the table.
func (r *reader) all(ctx context.Context) error {
	if r.table.rowid == "" {
		_, err := r.some(ctx, " ORDER BY 1")
		if db.Damaged(err) {
			r.unread++
			_, err = r.some(ctx, " ORDER BY 1 DESC")
		}
		return passed(err)
	}
	return r.around(ctx)
}

// passed returns err unless it says that the library is damaged, which is known.
func passed(err error) error {
	if db.Damaged(err) {
		return nil
	}
	return err
}

// around reads a table by its row numbers. Where it cannot go on, it steps over more and more numbers until it can, and
// reads back from there. What the file says is the last number may be wrong, too.
func (r *reader) around(ctx context.Context) error {
	const last = math.MaxInt64 / 4
	id := r.table.rowid
	forwards := func(from int64) (int64, error) {
		return r.some(ctx, fmt.Sprintf(" WHERE %s BETWEEN %d AND %d ORDER BY %s", id, from, int64(last), id))
	}
	next := int64(0) // not read yet
	for {
		at, err := forwards(next)
		if !db.Damaged(err) {
			return err
		}
		r.unread++
		next = max(next, at+1)
		from := next
		for step := int64(1); ; step *= 2 {
			if from = next + step; from > last {
				break
			}
			if at, err = forwards(from); !db.Damaged(err) || at >= from {
				break
			}
		}
		_, back := r.some(ctx, fmt.Sprintf(" WHERE %s BETWEEN %d AND %d ORDER BY %s DESC", id, next, min(from, last)-1, id))
		if from > last || !db.Damaged(err) {
			return cmp.Or(passed(err), passed(back))
		}
		next = max(from, at) + 1
	}
}

// some reads the rows of one query, and returns the number of the last one; −1 for none.
func (r *reader) some(ctx context.Context, where string) (last int64, err error) {
	number := cmp.Or(r.table.rowid, "0")
	rows, err := r.from.QueryContext(ctx, "SELECT "+number+", "+strings.Join(r.table.columns, ", ")+" FROM "+r.table.name+" NOT INDEXED"+where)
	if err != nil {
		return -1, err
	}
	defer rows.Close()
	last = -1
	values := make([]any, len(r.table.columns))
	to := []any{&last}
	for i := range values {
		to = append(to, &values[i])
	}
	for rows.Next() {
		if err := rows.Scan(to...); err != nil {
			return last, err
		}
		if err := r.emit(values); err != nil {
			return last, err
		}
	}
	return last, rows.Err()
}
