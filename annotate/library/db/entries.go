package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync/atomic"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/library/db/lens"
	"byline/annotate/library/db/place"
	"byline/articles"
	"byline/articles/clean"
)

const entryColumns = `a.id, a.title, a.author, a.site, a.source, a.format, a.date, a.added, a.opened, a.length, a.version,
	a.status, a.progress, c.people, c.organizations, c.quotes, c.claims, c.reviewed`

const entryTables = ` FROM articles a LEFT JOIN counts c ON c.article = a.num `

// As returns d as somebody sees it who has something of their own in it: status and position, and the counts of their own
// reading, in place of those of the library, and their tags. Whoever is no member sees the library's. It shares the connections of d, and is
// not closed.
func (d *DB) As(who string) *DB {
	at := *d.at
	at.Who, at.View, at.Counted = who, new(atomic.Pointer[string]), false
	as := d.sharing(&at)
	as.conn.apart = nil
	return as
}

// Seeing returns d with lists and queries that have the counts of a view, and with the view of another also their status and how much they
// have read. Of an article that is sealed, whatever the view, they have those of whoever looks: see [DB.As]. It shares the connections of
// d, and is not closed.
func (d *DB) Seeing(v library.View) *DB {
	at := *d.at
	at.View, at.Counted = new(atomic.Pointer[string]), true
	at.View.Store((*string)(&v))
	return d.sharing(&at)
}

// sharing returns a library at a place with the connections of d.
func (d *DB) sharing(at *place.Place) *DB {
	c := &conn{reads: d.reads, writes: d.writes, at: at, idle: d.idle, apart: d.conn.apart}
	return &DB{Articles{c}, Layers{c}, Log{c}, Feeds{c}, Pages{c}, Searches{c}, People{c}, c}
}

// own returns a query about articles a with their counts c as it is to be seen: see [DB.As] and [DB.Seeing].
func (c *conn) own(ctx context.Context, query string) string {
	look := c.looker()
	who := c.person(ctx, look.who)
	switch whose := look.view.Whose(look.who); {
	case !c.at.Counted && !who.Member:
		return query
	case !c.at.Counted, whose != "" && whose == look.who:
		return lens.New(who, false).Mine().Of(query)
	case whose != "":
		return lens.New(who, c.stale(ctx)).Others(c.person(ctx, whose)).Of(query)
	case look.view == library.Curated:
		return lens.New(who, c.stale(ctx)).Curated().Of(query)
	case who.Num == 0:
		return query
	}
	return lens.New(who, c.stale(ctx)).Everyone().Of(query)
}

func (c *conn) person(ctx context.Context, who string) (p lens.Person) {
	if who != "" {
		_ = c.reads.QueryRowContext(ctx, "SELECT num, member FROM persons WHERE who = ?", who).Scan(&p.Num, &p.Member)
	}
	return p
}

// stale reports whether what is stored of the team does not follow from all of its log.
func (c *conn) stale(ctx context.Context) (is bool) {
	err := c.reads.QueryRowContext(ctx, "SELECT (SELECT coalesce(max(seq), 0) FROM team) > coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key = ?), 0)", rosterUpTo).Scan(&is)
	return err != nil || is
}

// line returns where to scan what somebody wrote, to have it printable and of one line: the file may be somebody else's, or older than
// what cleans what comes in.
func line(to *string) sql.Scanner { return printable{to, clean.Line} }

// text is line for what may have several lines.
func text(to *string) sql.Scanner { return printable{to, clean.String} }

type printable struct {
	to *string
	as func(string) string
}

// Scan implements [sql.Scanner].
func (p printable) Scan(value any) error {
	switch v := value.(type) {
	case string:
		*p.to = p.as(v)
	case []byte:
		*p.to = p.as(string(v))
	case nil:
		*p.to = ""
	default:
		return fmt.Errorf("a %T is no text", v)
	}
	return nil
}

// readIDs returns the one column of rows, and closes them.
func readIDs(rows *sql.Rows) ([]string, error) {
	defer rows.Close()
	var out []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, rows.Err()
}

// scanEntry scans the entryColumns, then whatever is in more.
func scanEntry(rows interface{ Scan(...any) error }, more ...any) (library.Entry, error) {
	var e library.Entry
	var format, status string
	var added, opened int64
	var n [5]sql.NullInt64
	err := rows.Scan(append([]any{&e.ID, line(&e.Title), line(&e.Author), line(&e.Site), &e.Source, &format, &e.Date, &added, &opened, &e.Words, &e.Version,
		&status, &e.Progress, &n[0], &n[1], &n[2], &n[3], &n[4]}, more...)...)
	e.Format, e.Status = articles.Format(format), library.Status(status)
	e.Added, e.Opened = fromMillis(added), fromMillis(opened)
	e.Annotated = n[0].Valid
	e.Counts = annotate.Counts{People: int(n[0].Int64), Organizations: int(n[1].Int64), Quotes: int(n[2].Int64),
		Claims: int(n[3].Int64), Reviewed: int(n[4].Int64)}
	return e, err
}

// Entries lists the library, newest addition first. Of a library that is damaged it returns those that can be read; see
// [DB.Partly].
func (s Articles) Entries(ctx context.Context) ([]library.Entry, error) {
	return s.list(ctx, "a.removed = 0 ORDER BY a.num DESC")
}

// Trash lists the articles that were removed, the last one first.
func (s Articles) Trash(ctx context.Context) ([]library.Entry, error) {
	return s.list(ctx, "a.removed <> 0 ORDER BY a.removed DESC, a.num DESC")
}

// list returns the entries that meet a condition, in its order.
func (s Articles) list(ctx context.Context, where string) ([]library.Entry, error) {
	var out []library.Entry
	_, err := s.each(ctx, where, func(e *library.Entry) { out = append(out, *e) })
	if Damaged(err) {
		out = nil
		err = s.around(ctx, math.MaxInt64, func(which string) error {
			return s.part(ctx, which+" AND "+where, func(e *library.Entry) { out = append(out, *e) })
		})
	}
	return out, err
}

// part is each for articles of which a damaged library may lack some: none is passed on unless all are read. Where what is counted in one
// cannot be read, that is left out.
func (s Articles) part(ctx context.Context, where string, each func(*library.Entry)) error {
	var part []library.Entry
	keep := func(e *library.Entry) { part = append(part, *e) }
	if _, err := s.each(ctx, where, keep); err != nil {
		if part = nil; !strings.HasPrefix(where, "a.num = ") || !Damaged(err) {
			return err
		}
		if _, err = s.eachOf(ctx, where, joinNone, keep); err != nil {
			return err
		}
	}
	for i := range part {
		each(&part[i])
	}
	return nil
}

// EachEntry calls each with the entries of the library, newest addition first. They are not kept: each may be called with
// the same one.
func (s Articles) EachEntry(ctx context.Context, each func(*library.Entry)) error {
	const where = "a.removed = 0 ORDER BY a.num DESC"
	last, err := s.each(ctx, where, each)
	if !Damaged(err) {
		return err
	}
	before := int64(math.MaxInt64)
	if last != "" { // which was read a moment ago
		if err := s.reads.QueryRowContext(ctx, "SELECT num - 1 FROM articles WHERE id = ?", last).Scan(&before); err != nil {
			return fmt.Errorf("list the library: %w", s.explain(err))
		}
	}
	return s.around(ctx, before, func(which string) error { return s.part(ctx, which+" AND "+where, each) })
}

// Newest returns the entries that were added last, at most n, and how many articles there are in all, and unread.
func (s Articles) Newest(ctx context.Context, n int) (list []library.Entry, all, unread int, err error) {
	if list, err = s.list(ctx, "a.removed = 0 ORDER BY a.num DESC LIMIT "+strconv.Itoa(n)); err != nil {
		return nil, 0, 0, err
	}
	list = list[:min(n, len(list))] // of a damaged library there may be more
	err = s.reads.QueryRowContext(ctx, "SELECT coalesce(sum(n), 0), coalesce(sum(n) FILTER (WHERE status = 'unread'), 0) FROM shelved").Scan(&all, &unread)
	switch who, whose := s.person(ctx, s.at.Who), s.looker().view.Whose(s.at.Who); {
	case err != nil:
	case s.at.Counted && whose != "" && whose != s.at.Who:
		err = s.reads.QueryRowContext(ctx, s.own(ctx, "SELECT count(*)"+entryTables+"WHERE a.removed = 0 AND a.status = 'unread'")).Scan(&unread)
	case who.Member:
		var read int
		err = s.reads.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT article FROM own WHERE person = ?1 AND status <> 'unread'
			UNION SELECT article FROM assigned WHERE person = ?1 GROUP BY article HAVING min(done)) r JOIN articles a ON a.num = r.article AND a.removed = 0`, who.Num).Scan(&read)
		unread = all - read
	}
	if err != nil {
		return nil, 0, 0, fmt.Errorf("count the articles: %w", s.explain(err))
	}
	return list, all, unread, nil
}

// each calls each with the entries that meet a condition, in its order, and returns the ID of the last one.
//
// Each row comes as one string: passing ten thousand rows of eighteen columns through
// database/sql takes several times as long as parsing them.
func (s Articles) each(ctx context.Context, where string, each func(*library.Entry)) (last string, err error) {
	return s.eachOf(ctx, where, joinCounts, each)
}

// joinCounts begins the join of what is counted in articles, in entryTables.
const joinCounts = "LEFT JOIN counts c ON "

// joinNone is joinCounts without counts.
const joinNone = "LEFT JOIN (SELECT 0 AS article, NULL AS people, NULL AS organizations, NULL AS quotes, NULL AS claims, NULL AS reviewed) c ON "

// eachOf is each with another beginning of the join of counts.
func (s Articles) eachOf(ctx context.Context, where, counts string, each func(*library.Entry)) (last string, err error) {
	tagged := map[string][]string{}
	if err := s.tags(ctx, "", func(id, tag string) { tagged[id] = append(tagged[id], tag) }); err != nil && !Damaged(err) {
		return "", err
	}
	attempts, err := s.Attempts(ctx)
	if err != nil && !Damaged(err) {
		return "", err
	}
	query := strings.Replace(s.own(ctx, `SELECT concat_ws(char(31), a.id, a.title, a.author, a.site, a.format, a.date, a.added, a.opened,
		a.length, a.version, a.status, a.progress, coalesce(c.people, ''), coalesce(c.organizations, ''), coalesce(c.quotes, ''),
		coalesce(c.claims, ''), coalesce(c.reviewed, ''), a.source)`+entryTables+"WHERE "+where), joinCounts, counts, 1)
	rows, err := s.reads.QueryContext(ctx, query)
	if err != nil {
		return "", fmt.Errorf("list the library: %w", s.explain(err))
	}
	defer rows.Close()
	var line string
	var e library.Entry
	for rows.Next() {
		if err := rows.Scan(&line); err != nil {
			return e.ID, fmt.Errorf("list the library: %w", err)
		}
		e = parseEntry(line)
		e.Tags, e.Attempt = tagged[e.ID], attempts[e.ID]
		each(&e)
	}
	if err := rows.Err(); err != nil {
		return e.ID, fmt.Errorf("list the library: %w", s.explain(err))
	}
	return e.ID, nil
}

// parseEntry splits the fields that Entries joined. The source comes last: it alone may
// contain any byte.
func parseEntry(line string) library.Entry {
	var f [18]string
	for i := range f {
		f[i], line, _ = strings.Cut(line, "\x1f")
		if i == len(f)-2 {
			f[i+1] = line
			break
		}
	}
	num := func(i int) int {
		n, _ := strconv.Atoi(f[i]) // SQLite wrote it
		return n
	}
	progress, _ := strconv.ParseFloat(f[11], 64)
	return library.Entry{
		ID: f[0], Title: clean.Line(f[1]), Author: clean.Line(f[2]), Site: clean.Line(f[3]), Format: articles.Format(f[4]), Source: f[17],
		Date: articles.Date(num(5)), Added: fromMillis(int64(num(6))), Opened: fromMillis(int64(num(7))),
		Words: num(8), Version: num(9), Status: library.Status(f[10]), Progress: progress,
		Making: library.Making{Annotated: f[12] != ""},
		Counts: annotate.Counts{People: num(12), Organizations: num(13), Quotes: num(14), Claims: num(15), Reviewed: num(16)},
	}
}

// Hands returns to whom articles are assigned, by ID, in the order of sets and names: all articles for no ids.
func (s Articles) Hands(ctx context.Context, ids ...string) (map[string][]library.Hand, error) {
	only, args := "", []any{}
	if len(ids) > 0 {
		list, err := json.Marshal(ids)
		if err != nil {
			return nil, err
		}
		only, args = "WHERE a.id IN (SELECT value FROM json_each(?)) ", append(args, string(list))
	}
	rows, err := s.reads.QueryContext(ctx, `SELECT a.id, x.set_name, p.who, x.done FROM assigned x JOIN persons p ON p.num = x.person
		JOIN articles a ON a.num = x.article `+only+"ORDER BY a.num, x.set_name, p.who", args...)
	if err != nil {
		return nil, fmt.Errorf("list who has which articles: %w", s.explain(err))
	}
	defer rows.Close()
	out := map[string][]library.Hand{}
	for rows.Next() {
		var id string
		var h library.Hand
		if err := rows.Scan(&id, line(&h.Set), line(&h.Who), &h.Done); err != nil {
			return nil, fmt.Errorf("list who has which articles: %w", err)
		}
		out[id] = append(out[id], h)
	}
	return out, rows.Err()
}

// Entry returns the entry of the article with this id, or with the only id that starts
// with it. It finds removed articles by their complete id only.
func (s Articles) Entry(ctx context.Context, id string) (library.Entry, error) {
	found, err := s.entriesWhere(ctx, "a.id = ?", id)
	if err == nil && len(found) == 0 && id != "" {
		found, err = s.entriesWhere(ctx, "a.removed = 0 AND a.id >= ? AND a.id < ? LIMIT 2", id, id+"\U0010ffff")
	}
	switch {
	case err != nil:
		return library.Entry{}, fmt.Errorf("find article %s: %w", id, err)
	case len(found) == 0:
		return library.Entry{}, fmt.Errorf("%s: %w", id, ErrNotFound)
	case len(found) > 1:
		return library.Entry{}, fmt.Errorf("%s: %w", id, ErrAmbiguous)
	}
	e := found[0]
	if err := s.tags(ctx, e.ID, func(_, tag string) { e.Tags = append(e.Tags, tag) }); err != nil {
		return e, err
	}
	attempts, err := s.attempts(ctx, "a.id = ?", e.ID)
	e.Attempt = attempts[e.ID]
	return e, err
}

func (s Articles) entriesWhere(ctx context.Context, where string, args ...any) ([]library.Entry, error) {
	rows, err := s.reads.QueryContext(ctx, s.own(ctx, "SELECT "+entryColumns+entryTables+"WHERE "+where), args...)
	if err != nil {
		return nil, s.explain(err)
	}
	defer rows.Close()
	var out []library.Entry
	for rows.Next() {
		e, err := scanEntry(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, rows.Err()
}
