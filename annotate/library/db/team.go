package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"byline/annotate"
	"byline/annotate/library"
)

// enrol returns the number of a person, who is a member from now on, and whether they were none.
func enrol(ctx context.Context, tx *sql.Tx, who string) (num int64, made bool, err error) {
	num, ok, err := enrolled(ctx, tx, who)
	if err != nil || ok {
		return num, false, err
	}
	err = tx.QueryRowContext(ctx, "INSERT INTO persons (who) VALUES (?) ON CONFLICT (who) DO UPDATE SET member = 1 RETURNING num", who).Scan(&num)
	return num, true, err
}

// enrolled returns the number of a member; ok is false for somebody who has nothing of their own.
func enrolled(ctx context.Context, tx *sql.Tx, who string) (num int64, ok bool, err error) {
	err = tx.QueryRowContext(ctx, "SELECT num FROM persons WHERE who = ? AND member", who).Scan(&num)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, false, nil
	}
	return num, err == nil, err
}

// numbered returns the number of somebody who decided, member or not.
func numbered(ctx context.Context, tx *sql.Tx, who string) (num int64, err error) {
	err = tx.QueryRowContext(ctx, "SELECT num FROM persons WHERE who = ?", who).Scan(&num)
	if errors.Is(err, sql.ErrNoRows) {
		err = tx.QueryRowContext(ctx, "INSERT INTO persons (who, member) VALUES (?, 0) RETURNING num", who).Scan(&num)
	}
	return num, err
}

// setOwn sets columns of what a person has of an article.
func setOwn(ctx context.Context, tx *sql.Tx, person int64, id, assignments string, args ...any) error {
	num, err := articleNumber(ctx, tx, id)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO own (person, article) VALUES (?, ?)", person, num); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "UPDATE own SET "+assignments+" WHERE person = ? AND article = ?", append(args, person, num)...)
	return err
}

// A Tally is the counts of one person's reading of an article.
type Tally struct {
	Who     string
	Counts  annotate.Counts
	Decided int // decisions made, those taken back among them
	At      time.Time
	Sets    []string // in which they are done with it
}

// SaveTallies stores the counts of readings of an article, in place of those of the same people.
func (s Layers) SaveTallies(ctx context.Context, id string, list ...Tally) error {
	err := s.writeSoon(ctx, func(tx *sql.Tx) error {
		num, err := articleNumber(ctx, tx, id)
		if err != nil {
			return err
		}
		return setTallies(ctx, tx, num, false, list)
	})
	if err != nil {
		return fmt.Errorf("count who reviewed what of %s: %w", id, err)
	}
	return nil
}

func setTallies(ctx context.Context, tx *sql.Tx, num int64, everybody bool, list []Tally) error {
	if everybody {
		for _, table := range []string{"tally", "finished"} {
			if _, err := tx.ExecContext(ctx, "DELETE FROM "+table+" WHERE article = ?", num); err != nil {
				return err
			}
		}
	}
	people := make([]int64, 0, len(list))
	for i := range list {
		person, err := numbered(ctx, tx, list[i].Who)
		if err != nil {
			return err
		}
		if err := setTally(ctx, tx, num, person, &list[i]); err != nil {
			return err
		}
		people = append(people, person)
	}
	return advance(ctx, tx, num, everybody, people)
}

func setTally(ctx context.Context, tx *sql.Tx, num, person int64, t *Tally) error {
	n := &t.Counts
	_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO tally (person, article, people, organizations, quotes, claims, reviewed, decided, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		person, num, n.People, n.Organizations, n.Quotes, n.Claims, n.Reviewed, t.Decided, toMillis(t.At))
	if err != nil {
		return err
	}
	return setFinished(ctx, tx, num, person, t)
}

func setFinished(ctx context.Context, tx *sql.Tx, num, person int64, t *Tally) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM finished WHERE person = ? AND article = ?", person, num); err != nil {
		return err
	}
	for _, set := range t.Sets {
		if _, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO finished (person, article, set_name, at) VALUES (?, ?, ?, ?)", person, num, set, toMillis(t.At)); err != nil {
			return err
		}
	}
	return nil
}

// advance brings what is noted of an assigned article up to date, for everybody or for some.
func advance(ctx context.Context, tx *sql.Tx, num int64, everybody bool, people []int64) error {
	list, err := json.Marshal(people)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE assigned AS x SET
		done = EXISTS (SELECT 1 FROM finished f WHERE f.person = x.person AND f.article = x.article AND f.set_name = x.set_name),
		claims = coalesce((SELECT t.claims FROM tally t WHERE t.person = x.person AND t.article = x.article),
			(SELECT b.claims FROM readings b WHERE b.article = x.article AND b.reading = 'suggested'), (SELECT c.claims FROM counts c WHERE c.article = x.article), 0),
		reviewed = coalesce((SELECT t.reviewed FROM tally t WHERE t.person = x.person AND t.article = x.article), 0),
		decided = coalesce((SELECT t.decided FROM tally t WHERE t.person = x.person AND t.article = x.article), 0),
		at = coalesce((SELECT t.at FROM tally t WHERE t.person = x.person AND t.article = x.article), 0)
		WHERE x.article = ?1 AND (?2 OR x.person IN (SELECT value FROM json_each(?3)))`, num, everybody, string(list))
	return err
}

// An Assignment is the articles of a set that are assigned to somebody.
type Assignment struct {
	Set, Who string
	IDs      []string // of the articles, in the order of the deal
	Bare     []string // of these, the articles that are blind no more
}

// A Roster is what follows from the log of the team.
type Roster struct {
	UpTo     int64               // the sequence number of the last event that it follows from
	Members  []string            // everybody who has something of their own from now on
	Self     string              // of them, who has read in the library before: how far it says that its reader has come is theirs
	Sets     map[string][]string // the IDs of the articles of each set, by its name
	Assigned []Assignment
	Blind    []BlindSet
	Standing Standing // nil for nothing
}

// rosterUpTo is the key of meta under which is the UpTo of the roster that is stored.
const rosterUpTo = "seals"

// rosterSets is the key of meta under which are the Sets of the roster that is stored, as JSON. Its rows are inSets.
const rosterSets = "sets"

// inSets are the articles of sets, by ID, which may not be in the library yet: set_name, id.
const inSets = `(SELECT s.key AS set_name, i.value AS id FROM meta m, json_each(m.value) s, json_each(s.value) i WHERE m.key = '` + rosterSets + `')`

// SaveRoster stores what follows from the log of the team, in place of what was there, unless that follows from more. Of
// the articles on which people decided who have something of their own from now on the layers are outdated.
func (s Log) SaveRoster(ctx context.Context, r Roster) error {
	var had int64
	upTo := func(q interface {
		QueryRowContext(context.Context, string, ...any) *sql.Row
	}) error {
		err := q.QueryRowContext(ctx, "SELECT CAST(value AS INTEGER) FROM meta WHERE key = ?", rosterUpTo).Scan(&had)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	}
	if err := upTo(s.reads); err == nil && had >= r.UpTo {
		return nil
	}
	err := s.writeSoon(ctx, func(tx *sql.Tx) error {
		if err := upTo(tx); err != nil || had >= r.UpTo {
			return err
		}
		return saveRoster(ctx, tx, &r)
	})
	if err != nil {
		return fmt.Errorf("store what is assigned to whom: %w", err)
	}
	return nil
}

func saveRoster(ctx context.Context, tx *sql.Tx, r *Roster) error {
	for _, who := range r.Members {
		if err := enrolMember(ctx, tx, who, who == r.Self); err != nil {
			return err
		}
	}
	for _, table := range []string{"assigned", "advance", "blind"} {
		if _, err := tx.ExecContext(ctx, "DELETE FROM "+table); err != nil {
			return err
		}
	}
	sets, err := json.Marshal(r.Sets)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", rosterSets, string(sets)); err != nil {
		return err
	}
	for i := range r.Assigned {
		if err := assign(ctx, tx, &r.Assigned[i]); err != nil {
			return err
		}
	}
	for i := range r.Blind {
		if err := r.Blind[i].save(ctx, tx); err != nil {
			return err
		}
	}
	if r.Standing != nil {
		if err := r.Standing.noteUncounted(ctx, tx); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", rosterUpTo, r.UpTo)
	return err
}

// enrolMember gives somebody, unless they have, something of their own: what the library has, if its reader was self.
func enrolMember(ctx context.Context, tx *sql.Tx, who string, self bool) error {
	num, made, err := enrol(ctx, tx, who)
	if err != nil || !made {
		return err
	}
	if self {
		_, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO own (person, article, status, progress, opened, top, cursor)
			SELECT ?, num, status, progress, opened, top, cursor FROM articles WHERE status <> 'unread' OR opened <> 0`, num)
		if err != nil {
			return err
		}
	}
	return outdate(ctx, tx, "SELECT article FROM log WHERE who = ?", who)
}

func assign(ctx context.Context, tx *sql.Tx, a *Assignment) error {
	person, _, err := enrol(ctx, tx, a.Who)
	if err != nil {
		return err
	}
	ids, err := json.Marshal(a.IDs)
	if err != nil {
		return err
	}
	bare, err := json.Marshal(a.Bare)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO assigned (set_name, person, article, id, place, bare, done, claims, reviewed, decided, at)
		SELECT ?1, ?2, a.num, iif(a.num IS NULL, j.value, NULL), j.key, coalesce(j.value IN (SELECT value FROM json_each(?4)), 0), f.article IS NOT NULL, coalesce(t.claims, b.claims, c.claims, 0), coalesce(t.reviewed, 0), coalesce(t.decided, 0), coalesce(t.at, 0)
		FROM json_each(?3) j LEFT JOIN articles a ON a.id = j.value LEFT JOIN counts c ON c.article = a.num LEFT JOIN tally t ON t.person = ?2 AND t.article = a.num
		LEFT JOIN readings b ON b.article = a.num AND b.reading = 'suggested'
		LEFT JOIN finished f ON f.person = ?2 AND f.article = a.num AND f.set_name = ?1 ORDER BY a.num`, a.Set, person, string(ids), string(bare))
	return err
}

// Progress is how far somebody has come with what is assigned to them in a set.
type Progress struct {
	Set, Who         string
	Assigned, Done   int // articles
	Begun            int // articles that are not done, with decisions
	Absent           int // articles that are not in the library
	Claims, Reviewed int // of their own reading; of articles that were never annotated nothing is known
	Decided          int // decisions made, those taken back among them
	Last             time.Time
}

// Progress returns how far everybody has come, by set and name. It reads sums that follow from the logs, and does
// not open an article. What others have of articles that whoever looks annotates blind, and that are sealed, is left out, but that they have them, and whether they are done.
func (s Log) Progress(ctx context.Context) ([]Progress, error) {
	rows, err := s.reads.QueryContext(ctx, `SELECT x.set_name, p.who, x.assigned, x.done, x.begun, x.absent, x.claims, x.reviewed, x.decided, x.at
		FROM advance x JOIN persons p ON p.num = x.person ORDER BY x.set_name, p.who`)
	if err != nil {
		return nil, fmt.Errorf("ask for the progress of the team: %w", s.explain(err))
	}
	defer rows.Close()
	var out []Progress
	for rows.Next() {
		var p Progress
		var last int64
		if err := rows.Scan(line(&p.Set), line(&p.Who), &p.Assigned, &p.Done, &p.Begun, &p.Absent, &p.Claims, &p.Reviewed, &p.Decided, &last); err != nil {
			return nil, fmt.Errorf("ask for the progress of the team: %w", err)
		}
		p.Last = fromMillis(last)
		out = append(out, p)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	if err := s.unseal(ctx, out); err != nil {
		return nil, fmt.Errorf("ask for the progress of the team: %w", s.explain(err))
	}
	return out, nil
}

// unseal leaves out of the progress of others what they have of articles that whoever looks annotates blind and that are sealed.
func (s Log) unseal(ctx context.Context, all []Progress) error {
	who := s.at.Who
	const hidden = "SELECT DISTINCT t.article FROM assigned t WHERE t.article IS NOT NULL AND " + sealedOwn
	var some bool
	if err := s.reads.QueryRowContext(ctx, "SELECT EXISTS ("+hidden+")", who).Scan(&some); err != nil || !some {
		return err
	}
	rows, err := s.reads.QueryContext(ctx, `WITH hidden (article) AS MATERIALIZED (`+hidden+`)
		SELECT x.set_name, p.who, sum(x.done = 0 AND x.decided > 0), sum(x.claims), sum(x.reviewed), sum(x.decided), max(x.at)
		FROM assigned x JOIN persons p ON p.num = x.person WHERE x.article NOT IN (SELECT article FROM hidden) GROUP BY x.set_name, p.who`, who)
	if err != nil {
		return err
	}
	defer rows.Close()
	type of struct{ set, who string }
	open := map[of]Progress{}
	for rows.Next() {
		var p Progress
		var last int64
		if err := rows.Scan(line(&p.Set), line(&p.Who), &p.Begun, &p.Claims, &p.Reviewed, &p.Decided, &last); err != nil {
			return err
		}
		p.Last = fromMillis(last)
		open[of{p.Set, p.Who}] = p
	}
	for i := range all {
		if p := &all[i]; p.Who != who {
			o := open[of{p.Set, p.Who}]
			p.Begun, p.Claims, p.Reviewed, p.Decided, p.Last = o.Begun, o.Claims, o.Reviewed, o.Decided, o.Last
		}
	}
	return rows.Err()
}

// ToDo returns the IDs of the articles that are assigned to somebody who is not done with them, in the order of sets and
// deals. Those in the trash are not among them.
func (s Log) ToDo(ctx context.Context, who string) ([]string, error) {
	rows, err := s.reads.QueryContext(ctx, `SELECT a.id FROM persons p JOIN assigned x ON x.person = p.num JOIN articles a ON a.num = x.article AND a.removed = 0
		WHERE p.who = ? AND NOT EXISTS (SELECT 1 FROM finished f WHERE f.person = x.person AND f.article = x.article AND f.set_name = x.set_name)
		ORDER BY x.set_name, x.place`, who)
	if err != nil {
		return nil, fmt.Errorf("look for what is assigned to %s: %w", who, s.explain(err))
	}
	return readIDs(rows)
}

// AppendEvents adds events to the log of the team, all or none, and returns when they are on the disk. Of two with one ID
// the one whose body sorts first stays, so that logs merged in either order are the same. Their Version means nothing. Of
// the articles with IDs in changed what everybody sees may be another by that: of those with decisions the layer is outdated. Of those in
// counted other suggestions are hidden from somebody: who has how many is to be counted again, see [Layers.SaveReadings].
func (s Log) AppendEvents(ctx context.Context, changed, counted []string, rows ...Row) error {
	ids, err := json.Marshal(changed)
	if err != nil {
		return err
	}
	all, err := json.Marshal(counted)
	if err != nil {
		return err
	}
	err = s.write(ctx, func(tx *sql.Tx) error {
		for _, r := range rows {
			// What takes the place of another gets a new number, so that whoever reads on sees it.
			_, err := tx.ExecContext(ctx, `INSERT INTO team (id, at, who, body) VALUES (?1, ?2, ?3, ?4)
				ON CONFLICT (id) DO UPDATE SET seq = (SELECT max(seq) + 1 FROM team), at = excluded.at, who = excluded.who, body = excluded.body
				WHERE excluded.body < body`, r.ID, toMillis(r.At), r.Who, notNull(r.Body))
			if err != nil {
				return err
			}
		}
		if _, err := tx.ExecContext(ctx, "UPDATE counts SET seq = -2 WHERE seq >= 0 AND article IN (SELECT a.num FROM json_each(?) j JOIN articles a ON a.id = j.value)", string(all)); err != nil {
			return err
		}
		return outdate(ctx, tx, `SELECT a.num FROM json_each(?) j JOIN articles a ON a.id = j.value
			WHERE EXISTS (SELECT 1 FROM log l WHERE l.article = a.num)`, string(ids))
	})
	if err != nil {
		return fmt.Errorf("log what is done in the team: %w", err)
	}
	return nil
}

// outdate notes that the layers of articles, which a query lists, are to be saved again. A seq of -2 says that nothing but readings is to be
// counted.
func outdate(ctx context.Context, tx *sql.Tx, nums string, args ...any) error {
	_, err := tx.ExecContext(ctx, "UPDATE counts SET seq = -1 WHERE article IN ("+nums+")", args...)
	return err
}

// Miscounted returns the IDs of the articles whose layers are outdated although there is nothing new in their logs, and of those whose
// readings are to be counted.
func (s Log) Miscounted(ctx context.Context) ([]string, error) {
	rows, err := s.reads.QueryContext(ctx, `SELECT a.id FROM counts c JOIN articles a ON a.num = c.article
		WHERE a.removed = 0 AND (c.seq = -2 OR c.seq = -1 AND EXISTS (SELECT 1 FROM log l WHERE l.article = a.num))`)
	if err != nil {
		return nil, fmt.Errorf("list what is to be counted again: %w", s.explain(err))
	}
	return readIDs(rows)
}

// Unread reports whether of an article that is assigned to somebody the names and quotes are not counted, or were before decisions came
// to it from elsewhere.
func (s Log) Unread(ctx context.Context) (is bool, err error) {
	err = s.reads.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM assigned x JOIN articles a ON a.num = x.article AND a.removed = 0
		LEFT JOIN counts c ON c.article = a.num WHERE c.article IS NULL OR c.seq = -3)`).Scan(&is)
	if err != nil {
		return false, fmt.Errorf("look for what is to be counted: %w", s.explain(err))
	}
	return is, nil
}

// Sealed returns how many articles are sealed: assigned in a blind set to somebody who is not done.
func (s Log) Sealed(ctx context.Context) (n int, err error) {
	err = s.reads.QueryRowContext(ctx, `SELECT count(DISTINCT x.article) FROM blind b JOIN assigned x ON x.set_name = b.set_name AND NOT x.done AND NOT x.bare
		JOIN articles a ON a.num = x.article AND a.removed = 0 WHERE b.who = ''`).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count what is sealed: %w", s.explain(err))
	}
	return n, nil
}

// Uncounted returns the IDs of the articles of which lists count what is not so any more: those whose readings are to be counted and, where a
// view other than everybody's is asked for, those with decisions that what is stored of their readings does not account for.
func (s Log) Uncounted(ctx context.Context, view library.View) ([]string, error) {
	query := "SELECT a.id FROM articles a JOIN counts c ON c.article = a.num WHERE a.removed = 0 AND (c.seq = -2"
	if view != library.Everyone {
		query += " OR c.seq < (SELECT max(seq) FROM log WHERE article = a.num)"
	}
	rows, err := s.reads.QueryContext(ctx, query+")")
	if err != nil {
		return nil, fmt.Errorf("list what is to be counted: %w", s.explain(err))
	}
	return readIDs(rows)
}

// Events returns the events of the team after the one with sequence number after, or all for 0.
func (s Log) Events(ctx context.Context, after int64) ([]Row, error) {
	rows, err := s.reads.QueryContext(ctx, "SELECT seq, id, at, who, body FROM team WHERE seq > ? ORDER BY seq", after)
	if err != nil {
		return nil, fmt.Errorf("read the log of the team: %w", s.explain(err))
	}
	defer rows.Close()
	var out []Row
	for rows.Next() {
		var r Row
		var at int64
		if err := rows.Scan(&r.Seq, &r.ID, &at, &r.Who, &r.Body); err != nil {
			return nil, fmt.Errorf("read the log of the team: %w", err)
		}
		r.At = fromMillis(at)
		out = append(out, r)
	}
	return out, rows.Err()
}
