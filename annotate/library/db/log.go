package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"byline/annotate"
)

// Log is the log of decisions on all articles, and that of the events of the team. They only grow.
type Log struct{ *conn }

// A Row is one entry of the log. Its body belongs to the caller.
type Row struct {
	Seq     int64 // its place in the log of this library; set by Append
	ID      string
	Version int // of the article that it was made on; 0 at Append for the current one
	At      time.Time
	Who     string
	Body    []byte
}

// Append adds rows to the log of an article, all or none, and stores the article's new
// counts if they are not nil. It returns when they are on the disk, where a power cut leaves
// them. A row whose ID is already in the log is not added again.
func (s Log) Append(ctx context.Context, id string, counts *annotate.Counts, rows ...Row) error {
	return appendRows(ctx, s.write, id, counts, rows)
}

func appendRows(ctx context.Context, write writer, id string, counts *annotate.Counts, rows []Row) error {
	err := write(ctx, func(tx *sql.Tx) error {
		var num int64
		var version int
		err := tx.QueryRowContext(ctx, "SELECT num, version FROM articles WHERE id = ?", id).Scan(&num, &version)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNotFound
		}
		if err != nil {
			return err
		}
		for _, r := range rows {
			if r.Version == 0 {
				r.Version = version
			}
			_, err := tx.ExecContext(ctx, "INSERT INTO log (id, article, version, at, who, body) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
				r.ID, num, r.Version, toMillis(r.At), r.Who, notNull(r.Body))
			if err != nil {
				return err
			}
		}
		if counts == nil {
			return nil
		}
		return setCounts(ctx, tx, num, *counts)
	})
	if err != nil {
		return fmt.Errorf("log decisions on %s: %w", id, err)
	}
	return nil
}

// Lines returns how many lines the log of an article has.
func (s Log) Lines(ctx context.Context, id string) (n int, err error) {
	err = s.reads.QueryRowContext(ctx, "SELECT count(*) FROM log WHERE article = (SELECT num FROM articles WHERE id = ?)", id).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count the log of %s: %w", id, s.explain(err))
	}
	return n, nil
}

// EachLine calls each with the lines of the log of an article after the row with sequence number after, or with all for 0: the number of
// the row, the version of the article that was decided on, and the decision. The bytes are only valid in the call.
func (s Log) EachLine(ctx context.Context, id string, after int64, each func(seq int64, version int, line []byte)) error {
	rows, err := s.reads.QueryContext(ctx, `SELECT l.seq, l.version, l.body FROM log l
		JOIN articles a ON a.num = l.article WHERE a.id = ? AND l.seq > ? ORDER BY l.seq`, id, after)
	if err != nil {
		return fmt.Errorf("read the log of %s: %w", id, s.explain(err))
	}
	defer rows.Close()
	for rows.Next() {
		var seq int64
		var version int
		var line sql.RawBytes
		if err := rows.Scan(&seq, &version, &line); err != nil {
			return fmt.Errorf("read the log of %s: %w", id, err)
		}
		each(seq, version, line)
	}
	return rows.Err()
}

// Rows returns the log of an article after the row with sequence number after, or all of
// it for 0.
func (s Log) Rows(ctx context.Context, id string, after int64) ([]Row, error) {
	rows, err := s.reads.QueryContext(ctx, `SELECT l.seq, l.id, l.version, l.at, l.who, l.body FROM log l
		JOIN articles a ON a.num = l.article WHERE a.id = ? AND l.seq > ? ORDER BY l.seq`, id, after)
	if err != nil {
		return nil, fmt.Errorf("read the log of %s: %w", id, s.explain(err))
	}
	defer rows.Close()
	var out []Row
	for rows.Next() {
		var r Row
		var at int64
		if err := rows.Scan(&r.Seq, &r.ID, &r.Version, &at, &r.Who, &r.Body); err != nil {
			return nil, fmt.Errorf("read the log of %s: %w", id, err)
		}
		r.At = fromMillis(at)
		out = append(out, r)
	}
	return out, rows.Err()
}

// Standing returns how far people have come with an article by its log alone, whose bodies it gets in their order. Their Counts
// are not set: these ask for what machines found.
type Standing func(bodies [][]byte) []Tally

// grown notes how far people have come with an article to whose log decisions came. Their readings are not counted with these before it is
// annotated, which a seq of -3 says; what is decided here is counted as it is decided.
func (of Standing) grown(ctx context.Context, tx *sql.Tx, num int64) error {
	if _, err := tx.ExecContext(ctx, "UPDATE counts SET seq = -3 WHERE article = ?", num); err != nil {
		return err
	}
	return of.note(ctx, tx, num)
}

// note stores how far people have come with an article by its log. The counts of their readings stay as they are, or
// unknown, until it is annotated.
func (of Standing) note(ctx context.Context, tx *sql.Tx, num int64) error {
	rows, err := tx.QueryContext(ctx, "SELECT body FROM log WHERE article = ? ORDER BY seq", num)
	if err != nil {
		return err
	}
	defer rows.Close()
	var bodies [][]byte
	for rows.Next() {
		var body []byte
		if err := rows.Scan(&body); err != nil {
			return err
		}
		bodies = append(bodies, body)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, t := range of(bodies) {
		person, ok, err := enrolled(ctx, tx, t.Who)
		if err == nil && ok {
			err = noteOf(ctx, tx, num, person, &t)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func noteOf(ctx context.Context, tx *sql.Tx, num, person int64, t *Tally) error {
	if err := setFinished(ctx, tx, num, person, t); err != nil {
		return err
	}
	for _, change := range []string{"UPDATE tally SET decided = ?3, at = ?4 WHERE person = ?1 AND article = ?2",
		`UPDATE assigned AS x SET decided = ?3, at = ?4, done = EXISTS (SELECT 1 FROM finished f WHERE f.person = x.person AND f.article = x.article
			AND f.set_name = x.set_name) WHERE x.person = ?1 AND x.article = ?2`} {
		if _, err := tx.ExecContext(ctx, change, person, num, t.Decided, toMillis(t.At)); err != nil {
			return err
		}
	}
	return nil
}

// noteUncounted notes how far people have come with what is assigned and has a log, but was not annotated, or not since.
func (of Standing) noteUncounted(ctx context.Context, tx *sql.Tx) error {
	rows, err := tx.QueryContext(ctx, `SELECT DISTINCT article FROM assigned x WHERE article IS NOT NULL AND EXISTS (SELECT 1 FROM log WHERE article = x.article)
		AND NOT EXISTS (SELECT 1 FROM counts c WHERE c.article = x.article AND c.seq NOT IN (-1, -3))`)
	if err != nil {
		return err
	}
	defer rows.Close()
	var nums []int64
	for rows.Next() {
		var num int64
		if err := rows.Scan(&num); err != nil {
			return err
		}
		nums = append(nums, num)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, num := range nums {
		if err := of.note(ctx, tx, num); err != nil {
			return err
		}
	}
	return nil
}

// Holding returns the IDs of the articles with a decision whose line holds some words, the trash left out, in no order. It reads the log of the
// whole library, some 300 MB a second.
func (s Log) Holding(ctx context.Context, words string) ([]string, error) {
	rows, err := s.reads.QueryContext(ctx, `SELECT a.id FROM articles a WHERE a.removed = 0
		AND a.num IN (SELECT article FROM log WHERE instr(body, ?) > 0)`, []byte(words))
	if err != nil {
		return nil, fmt.Errorf("look for %s in the log: %w", words, s.explain(err))
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("look for %s in the log: %w", words, err)
		}
		out = append(out, id)
	}
	return out, rows.Err()
}

// deciders selects who decided, one name after the other from the index.
const deciders = `WITH RECURSIVE one (who) AS (
		SELECT min(who) FROM log UNION ALL SELECT (SELECT min(who) FROM log WHERE who > one.who) FROM one WHERE who IS NOT NULL
	) SELECT who FROM one WHERE who IS NOT NULL ORDER BY who`

// Deciders returns who signed decisions, those on articles in the trash as well, sorted. It takes time by their number, not by that of
// the decisions.
func (s Log) Deciders(ctx context.Context) ([]string, error) {
	rows, err := s.reads.QueryContext(ctx, deciders)
	if err != nil {
		return nil, fmt.Errorf("list who decided: %w", s.explain(err))
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var who string
		if err := rows.Scan(line(&who)); err != nil {
			return nil, fmt.Errorf("list who decided: %w", err)
		}
		out = append(out, who)
	}
	return out, rows.Err()
}

// A Verdict is what somebody decided about a name in an article. It follows from the log, and is of use
// in the other articles that have the name.
type Verdict struct {
	Key       string // of the name, as [Name] has it
	Who       string
	Verb      annotate.Verb // relabel: it is of Type; confirm: it stays so; reject: it is not
	Type      annotate.Type
	At        time.Time
	ID, Title string // of the article; set by Verdicts
}

// differs asks whether somebody decided anything on names that may count elsewhere.
const differs = "SELECT EXISTS (SELECT 1 FROM verdicts WHERE who = ? AND verb <> 'confirm')"

// Verdicts returns what who decided about names with the keys that want returns, in articles other than
// the one with that ID, the latest first. It does not ask for the keys if who decided nothing.
func (s Layers) Verdicts(ctx context.Context, who, id string, want func() []string) ([]Verdict, error) {
	var any bool
	err := s.reads.QueryRowContext(ctx, differs, who).Scan(&any)
	if err != nil || !any {
		return nil, err
	}
	keys, err := json.Marshal(want())
	if err != nil {
		return nil, err
	}
	rows, err := s.reads.QueryContext(ctx, `SELECT v.key, v.who, v.verb, v.type, v.at, a.id, a.title FROM json_each(?) k
		CROSS JOIN verdicts v ON v.key = k.value AND v.who = ? JOIN articles a ON a.num = v.article AND a.removed = 0
		WHERE a.id <> ? ORDER BY v.at DESC, a.num, v.key, v.verb, v.type`, string(keys), who, id)
	if err != nil {
		return nil, fmt.Errorf("look for decisions on names: %w", s.explain(err))
	}
	defer rows.Close()
	var out []Verdict
	for rows.Next() {
		var v Verdict
		var at int64
		if err := rows.Scan(&v.Key, &v.Who, &v.Verb, &v.Type, &at, &v.ID, line(&v.Title)); err != nil {
			return nil, fmt.Errorf("look for decisions on names: %w", err)
		}
		v.At = fromMillis(at)
		out = append(out, v)
	}
	return out, rows.Err()
}

// setVerdicts stores what was decided about names in an article. Other articles that have a name of which
// something changed are annotated anew.
func setVerdicts(ctx context.Context, tx *sql.Tx, num int64, verdicts []Verdict) error {
	had, err := storedVerdicts(ctx, tx, num)
	if err != nil {
		return err
	}
	changed := changedKeys(had, verdicts)
	if len(changed) == 0 {
		return nil
	}
	keys, err := json.Marshal(changed)
	if err != nil {
		return err
	}
	// Before and after, as what is taken back counts too.
	const again = `UPDATE counts SET seq = -1 WHERE seq <> -3 AND article IN (SELECT n.article FROM json_each(?) k
		JOIN names n ON n.key = k.value JOIN verdicts v ON v.key = n.key AND v.verb <> 'confirm' WHERE n.article <> ?)`
	if _, err := tx.ExecContext(ctx, again, string(keys), num); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM verdicts WHERE article = ?", num); err != nil {
		return err
	}
	for _, v := range verdicts {
		_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO verdicts (key, who, article, verb, type, at) VALUES (?, ?, ?, ?, ?, ?)", v.Key, v.Who, num, v.Verb, v.Type, toMillis(v.At))
		if err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, again, string(keys), num)
	return err
}

func storedVerdicts(ctx context.Context, tx *sql.Tx, num int64) ([]Verdict, error) {
	rows, err := tx.QueryContext(ctx, "SELECT key, who, verb, type FROM verdicts WHERE article = ?", num)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Verdict
	for rows.Next() {
		var v Verdict
		if err := rows.Scan(&v.Key, &v.Who, &v.Verb, &v.Type); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// changedKeys returns the keys of verdicts that only one of two lists has, whenever they were made.
func changedKeys(a, b []Verdict) []string {
	n := map[Verdict]int{}
	for i, list := range [][]Verdict{a, b} {
		for _, v := range list {
			v.At = time.Time{}
			n[v] |= 1 << i
		}
	}
	keys := map[string]bool{}
	for v, in := range n {
		if in != 3 {
			keys[v.Key] = true
		}
	}
	return slices.Sorted(maps.Keys(keys))
}
