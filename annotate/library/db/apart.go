package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"byline/annotate/library"
	"byline/annotate/library/db/prepared"
	"byline/annotate/library/db/sums"
	"byline/annotate/library/db/words"
	"byline/articles"
)

// A Sealed is an article that is sealed, as layers without Data: as whoever looks has it, and as it is for everybody; nil if it is not
// sealed.
type Sealed struct{ Own, Shared *Layer }

// A SealedReader returns articles with these IDs, in their order.
type SealedReader func(ctx context.Context, ids []string) ([]Sealed, error)

// SetApart has d find as well what whoever looks decided on articles that are sealed, and not what is hidden from them there. Read reads those that were annotated by the engine
// of the version that is returned.
func (d *DB) SetApart(engine func() string, read SealedReader) {
	d.conn.apart = &apart{engine: engine, read: read, has: map[int64]sealedArticle{}}
}

// Leave closes what d keeps for whoever looks alone. It is made anew if it is asked for.
func (d *DB) Leave() error { return closeApart(d.conn) }

func closeApart(c *conn) error {
	if c.apart == nil {
		return nil
	}
	return c.apart.close()
}

// An asker asks about what whoever looks decided on sealed articles. It is an [apart].
type asker interface {
	ask(ctx context.Context, c *conn, ask func(part) error) (in string, err error)
	differences(yield func(*sums.Difference, articles.Date) bool)
	close() error
}

// An apart holds what one person decided on articles that are sealed, of which the tables of the library hold nobody's decisions. It has
// tables of the same names with these articles alone, in the memory of a connection of its own: a statement that is run there finds
// them in the place of the library's. A question is asked there, and of the library without these articles; see asked. So no statement
// needs to know of it, and what another person asks is asked of other connections. Whoever has nothing sealed has none.
//
// It is brought up to date when it is asked, with what changed in the library since: no decision waits for it. The connection can
// only read the library, so that a table that was forgotten here is an error rather than a secret told.
type apart struct {
	engine func() string
	read   SealedReader

	mu   sync.Mutex
	mark string // of the library that it is of; empty where it may lack something
	sql  *sql.DB
	has  map[int64]sealedArticle
}

// A sealedArticle is one that whoever looks has otherwise than it is for everybody.
type sealedArticle struct {
	num  int64
	id   string
	is   string // changes with what its rows follow from
	kept bool   // it has rows; it has none if it turned out to be open

	date    articles.Date
	removed bool
	adds    sums.Difference // to the counts of people
}

// A part is what is asked: the library without some articles, or these alone.
type part struct {
	*conn
	which string // a condition on articles a
	apart bool   // what whoever looks decided on sealed articles
	bad   bool   // something is damaged, so that articles are to be asked for by themselves
}

// asked returns the answers to a question, of the library and, in its place where there is anything, of what whoever looks decided on sealed
// articles, which are put in order then. In a damaged library they are those around the articles that it cannot give.
func asked[T any](ctx context.Context, c *conn, order func(a, b T) int, ask func(part) ([]T, error)) ([]T, error) {
	var mine []T
	in, err := c.askApart(ctx, func(p part) (err error) {
		mine, err = ask(p)
		return err
	})
	if err != nil {
		return nil, err
	}
	rest := part{conn: c, which: without(in)}
	all, err := ask(rest)
	if Damaged(err) {
		c.noteDamage(err)
		all = nil
		err = c.around(ctx, math.MaxInt64, func(which string) error {
			some, err := ask(part{conn: c, which: which + " AND " + rest.which, bad: true})
			if err == nil {
				all = append(all, some...)
			}
			return err
		})
	}
	if err != nil || len(mine) == 0 {
		return all, err
	}
	if all = append(all, mine...); order != nil {
		slices.SortStableFunc(all, order)
	}
	return all, nil
}

// without returns a condition on articles a that are not in a list; an empty list is none.
func without(in string) string {
	if in == "" {
		return "TRUE"
	}
	return "a.num NOT IN " + in
}

// askApart asks about what whoever looks decided on sealed articles, and returns these as a list in SQL; an empty one if there is nothing
// to ask, or if the library is too damaged for it.
func (c *conn) askApart(ctx context.Context, ask func(part) error) (in string, err error) {
	if c.apart == nil || Damaged(c.at.Trouble) || c.at.Damage.Why() != nil {
		return "", nil
	}
	if in, err = c.apart.ask(ctx, c, ask); Damaged(err) {
		c.noteDamage(err)
		return "", nil
	}
	return in, c.explain(err)
}

// ask is askApart in a library that is sound.
func (p *apart) ask(ctx context.Context, c *conn, ask func(part) error) (in string, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.update(ctx, c); err != nil || p.sql == nil {
		return "", err
	}
	return p.list(), ask(part{conn: p.conn(c), which: "TRUE", apart: true})
}

// list returns the articles that have rows as a list in SQL.
func (p *apart) list() string {
	var nums []string
	for _, num := range slices.Sorted(maps.Keys(p.has)) {
		if p.has[num].kept {
			nums = append(nums, strconv.FormatInt(num, 10))
		}
	}
	return "(" + strings.Join(nums, ", ") + ")"
}

// conn returns the connection of p, for who asks by c.
func (p *apart) conn(c *conn) *conn {
	at := *c.at
	at.ReadOnly = true
	return &conn{reads: p.sql, at: &at, idle: c.idle}
}

func (p *apart) close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.drop()
}

// drop closes the connection, and what it holds is gone.
func (p *apart) drop() error {
	was := p.sql
	if p.mark, p.sql = "", nil; was == nil {
		return nil
	}
	clear(p.has)
	return was.Close()
}

// changes tells whether something may have been sealed, opened or decided: nothing, if nothing is blind.
const changes = `SELECT concat_ws(' ', (SELECT max(seq) FROM log), (SELECT max(seq) FROM touched), (SELECT value FROM meta WHERE key = '` + rosterUpTo + `'), (SELECT total(n) FROM shelved),
	(SELECT concat_ws(' ', total(done), total(decided)) FROM advance),
	(SELECT concat_ws(' ', total(decided), count(*)) FROM tally WHERE person = (SELECT num FROM persons WHERE who = ?)))
	WHERE EXISTS (SELECT 1 FROM blind)`

// update brings p up to date. What is not annotated yet is left out until it is.
func (p *apart) update(ctx context.Context, c *conn) error {
	var mark string
	err := c.reads.QueryRowContext(ctx, changes, c.at.Who).Scan(&mark)
	if errors.Is(err, sql.ErrNoRows) {
		return p.drop()
	}
	if err != nil || mark == p.mark {
		return err
	}
	p.mark = ""
	list, all, err := p.find(ctx, c)
	if err != nil {
		return err
	}
	if err := p.change(ctx, c, list); err != nil {
		return fmt.Errorf("read what you decided on sealed articles: %w", err)
	}
	if p.sql != nil && p.list() == "()" {
		err = p.drop()
	}
	if all && err == nil {
		p.mark = mark
	}
	return err
}

// find returns the articles that are sealed, or were until a moment ago, on which whoever looks decided something or of which suggestions
// are hidden from them: then they have a row of tally from the deal on. All is false if some were left out.
func (p *apart) find(ctx context.Context, c *conn) (list []sealedArticle, all bool, err error) {
	rows, err := c.reads.QueryContext(ctx, `SELECT a.num, a.id, a.date, a.removed <> 0, concat_ws(' ', a.version, (SELECT max(seq) FROM log WHERE article = a.num), (SELECT value FROM meta WHERE key = ?3),
			(SELECT group_concat(g.name || ' ' || length(g.data)) FROM suggestions g WHERE g.article = a.num)),
			coalesce(c.version = a.version AND c.engine = (SELECT num FROM engines WHERE name = ?2), FALSE)
		FROM persons p CROSS JOIN (SELECT person, article FROM tally UNION SELECT person, article FROM assigned WHERE decided > 0) d ON d.person = p.num
		CROSS JOIN articles a ON a.num = d.article LEFT JOIN counts c ON c.article = a.num
		WHERE p.who = ?1 AND EXISTS (SELECT 1 FROM assigned x JOIN blind b ON b.set_name = x.set_name AND b.who = '' WHERE x.article = a.num AND NOT x.done AND NOT x.bare)`,
		c.at.Who, p.engine(), rosterUpTo)
	if err != nil {
		return nil, false, err
	}
	defer rows.Close()
	all = true
	for rows.Next() {
		var a sealedArticle
		var annotated bool
		if err := rows.Scan(&a.num, &a.id, &a.date, &a.removed, &a.is, &annotated); err != nil {
			return nil, false, err
		}
		if all = all && annotated; annotated {
			list = append(list, a)
		}
	}
	return list, all, rows.Err()
}

// readAtOnce is how many articles are read and kept in one go. Who asks may give up meanwhile, and finds these the next time.
const readAtOnce = 64

// change has p hold what a list says.
func (p *apart) change(ctx context.Context, c *conn, list []sealedArticle) error {
	gone := maps.Clone(p.has)
	var due []sealedArticle
	for _, a := range list {
		delete(gone, a.num)
		if had := p.has[a.num]; had.is != a.is {
			due = append(due, a)
		} else {
			had.date, had.removed = a.date, a.removed
			p.has[a.num] = had
		}
	}
	if err := p.keep(ctx, c, slices.Collect(maps.Values(gone)), make([]Sealed, len(gone))); err != nil {
		return err
	}
	maps.DeleteFunc(p.has, func(num int64, _ sealedArticle) bool { _, is := gone[num]; return is })
	for some := range slices.Chunk(due, readAtOnce) {
		ids := make([]string, len(some))
		for i := range some {
			ids[i] = some[i].id
		}
		sealed, err := p.read(ctx, ids)
		if err == nil {
			err = p.keep(ctx, c, some, sealed)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// keep has p hold articles as they are in place of what it had of them, which is nothing of those that are not sealed.
func (p *apart) keep(ctx context.Context, c *conn, list []sealedArticle, as []Sealed) error {
	if p.sql == nil && slices.ContainsFunc(as, func(s Sealed) bool { return s.Own != nil }) {
		if err := p.open(ctx, c); err != nil {
			return err
		}
	}
	if p.sql == nil {
		for _, a := range list {
			p.has[a.num] = a
		}
		return nil
	}
	tx, err := p.sql.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var w words.Later
	for i := range list {
		a := &list[i]
		if a.kept, err = setApart(ctx, tx, &w, a.num, as[i].Own); err != nil {
			return err
		}
		if a.kept {
			a.adds = sums.Between(addsOf(as[i].Own), addsOf(as[i].Shared))
		}
	}
	if err := w.Write(ctx, tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	for _, a := range list {
		p.has[a.num] = a
	}
	return nil
}

// setApart keeps the names and quotes of a layer, in place of those that were kept of an article, and reports whether it does: it keeps none
// of no layer, or of a text that is another by now.
func setApart(ctx context.Context, tx *sql.Tx, w *words.Later, num int64, l *Layer) (bool, error) {
	if l == nil {
		return false, dropApart(ctx, tx, num)
	}
	if _, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO apart (num) VALUES (?)", num); err != nil {
		return false, err
	}
	var h holding
	if err := h.read(ctx, tx, l); errors.Is(err, sql.ErrNoRows) {
		return false, dropApart(ctx, tx, num)
	} else if err != nil {
		return false, err
	}
	return true, setIndex(ctx, tx, w, &h, l)
}

// dropApart takes away what was kept of an article.
func dropApart(ctx context.Context, tx *sql.Tx, num int64) error {
	if err := dropIndex(ctx, tx, num); err != nil {
		return err
	}
	if err := dropLabels(ctx, tx, num); err != nil {
		return err
	}
	for _, statement := range []string{"DELETE FROM named WHERE rowid = ?", "DELETE FROM counts WHERE article = ?", "DELETE FROM apart WHERE num = ?"} {
		if _, err := tx.ExecContext(ctx, statement, num); err != nil {
			return err
		}
	}
	return nil
}

// open makes the connection with its tables, as the library has them. Of the articles it shows those that it holds.
func (p *apart) open(ctx context.Context, c *conn) (err error) {
	at := *c.at
	at.ReadOnly = true
	p.sql, err = prepared.Open(at.Source(nil) + "&_pragma=temp_store(2)&_pragma=busy_timeout(10000)")
	if err != nil {
		return err
	}
	p.sql.SetMaxOpenConns(1) // the tables are those of one connection
	made, err := apartTables(ctx, p.sql)
	for _, statement := range made {
		if err == nil {
			_, err = p.sql.ExecContext(ctx, statement)
		}
	}
	if err != nil {
		return errors.Join(err, p.drop())
	}
	return nil
}

// names of what is made as it is in the library.
const inApart = `'people', 'people_stale', 'naming', 'names', 'named', 'quoted', 'quotes', 'said', 'further', 'further_named', 'labels', 'labelled', 'counts'`

var creates = regexp.MustCompile(`^CREATE (VIRTUAL TABLE|TABLE|INDEX|VIEW) `)

// apartTables returns the statements that make the tables of an apart.
func apartTables(ctx context.Context, from *sql.DB) ([]string, error) {
	rows, err := from.QueryContext(ctx, "SELECT sql FROM main.sqlite_master WHERE tbl_name IN ("+inApart+") AND type IN ('table', 'index', 'view') AND sql IS NOT NULL ORDER BY rowid")
	if err != nil {
		return nil, err
	}
	made, err := readIDs(rows)
	for i := range made {
		made[i] = creates.ReplaceAllString(made[i], "CREATE $1 temp.")
	}
	return append(made, "CREATE TABLE temp.apart (num INTEGER PRIMARY KEY)",
		"CREATE VIEW temp.articles AS SELECT * FROM main.articles WHERE num IN (SELECT num FROM apart)"), err
}

// addsOf returns what a layer adds to the counts of people.
func addsOf(l *Layer) (a sums.Article) {
	for _, n := range joined(l.Names) {
		if n.Type != "" {
			a.Names = append(a.Names, sums.Name{ID: n.id(), Name: n.Name, Mentions: n.Count})
		}
	}
	for i := range l.Quotes {
		var by []library.PersonID
		for j := range l.Quotes[i].Speakers {
			by = append(by, l.Quotes[i].Speakers[j].id())
		}
		if len(by) > 0 {
			a.Quotes = append(a.Quotes, by)
		}
	}
	return a
}

// changeApart returns how the counts of people are others by what whoever looks decided on sealed articles.
func (s People) changeApart(ctx context.Context) (change sums.Change, err error) {
	_, err = s.askApart(ctx, func(part) error {
		groups, err := s.groups(ctx)
		change = sums.Add(s.apart.differences, groups)
		return err
	})
	return change, err
}

// differences yields what is held of each article outside the trash, with its date.
func (p *apart) differences(yield func(*sums.Difference, articles.Date) bool) {
	for _, num := range slices.Sorted(maps.Keys(p.has)) {
		if a := p.has[num]; a.kept && !a.removed && !yield(&a.adds, a.date) {
			return
		}
	}
}

// groups returns the main names of groups, by the names that were merged.
func (s People) groups(ctx context.Context) (map[library.PersonID]sums.Name, error) {
	rows, err := s.reads.QueryContext(ctx, "SELECT g.key, g.type, m.key, m.type, m.name FROM alias g JOIN alias m ON m.key = g.main_key AND m.type = g.main_type")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[library.PersonID]sums.Name{}
	for rows.Next() {
		var id library.PersonID
		var main sums.Name
		if err := rows.Scan(&id.Key, &id.Type, &main.ID.Key, &main.ID.Type, line(&main.Name)); err != nil {
			return nil, err
		}
		out[id] = main
	}
	return out, rows.Err()
}
