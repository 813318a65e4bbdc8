package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/library/db/lens"
	"byline/annotate/library/db/words"
	"byline/articles"
)

// Layers are the layers of a library, with what is asked across articles: who is named,
// and where else.
type Layers struct{ *conn }

// A Layer is what a machine found in one version of an article.
type Layer struct {
	ID      string // of the article
	Engine  string // the version of the program that made it
	Version int    // of the article
	Data    []byte
	Seq     int64 // the last row of the log that counts, names and quotes account for
	Counts  annotate.Counts
	Names   []Name
	Quotes  []Quote

	Verdicts  []Verdict        // on names, by everybody
	Tallies   []Tally          // of everybody who decided; nil to leave them as they are
	Suggested *annotate.Counts // without any decision; nil where these are Counts
	Curated   *annotate.Counts // of the curated reading; nil where it is what is suggested
	Shown     []Shown          // to those from whom suggestions are hidden
}

// Shown is the counts of everybody's decisions on an article over what is suggested to somebody from whom some of it is hidden.
type Shown struct {
	Who    string
	Counts annotate.Counts
}

// A Name is an entity of an article, with a key by which it is found in other articles.
type Name struct {
	Key, Name    string
	Type         annotate.Type
	Count, First int                // mentions; byte offset of the first
	Forms        []string           // other names it has in the article
	Spellings    []library.Spelling // all forms of the name, with their mentions
}

func (n *Name) id() library.PersonID { return library.PersonID{Key: n.Key, Type: n.Type} }

// spelled returns the spellings of n as they are stored.
func (n *Name) spelled() any {
	if len(n.Spellings) == 1 && n.Spellings[0].Text == n.Name && n.Spellings[0].Mentions == n.Count {
		return nil
	}
	out := make([]string, len(n.Spellings))
	for i, s := range n.Spellings {
		if s.Text == n.Name {
			s.Text = ""
		}
		out[i] = s.Text + "\x1f" + strconv.Itoa(s.Mentions)
	}
	return strings.Join(out, "\x1e")
}

// A Quote is a quote in an article, as searches find it.
type Quote struct {
	articles.Span
	Type     annotate.QuoteType
	Text     string
	Speakers []Name // none for nobody known; without counts
	Decided  bool   // by a person
	Verb     string // the words that lead it in: "said"; empty for none
}

// By names the speakers of q: "Ann Lee and Bo Gray". It is empty for nobody known.
func (q *Quote) By() string {
	names := make([]string, len(q.Speakers))
	for i := range q.Speakers {
		names[i] = q.Speakers[i].Name
	}
	return annotate.JoinNames(names)
}

// Layer returns the encoded layer that engine made of the current version of an article,
// and whether there is one.
func (s Layers) Layer(ctx context.Context, id, engine string) (data []byte, ok bool, err error) {
	// A layer of before migration 12 says itself whose it is.
	err = s.reads.QueryRowContext(ctx, `SELECT l.data FROM articles a JOIN layers l ON l.article = a.num LEFT JOIN counts c ON c.article = a.num
		WHERE a.id = ?1 AND (l.engine = '' AND c.version = a.version AND c.engine = (SELECT num FROM engines WHERE name = ?2)
			OR l.engine = ?2 AND l.version = a.version)`, id, engine).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("read the layer of %s: %w", id, s.explain(err))
	}
	return data, true, nil
}

// SaveLayer stores a layer with its counts, names, quotes and verdicts. It drops a layer of a
// version that is not the current one: the article has changed in the meantime.
func (s Layers) SaveLayer(ctx context.Context, l Layer) error { return s.SaveLayers(ctx, []Layer{l}) }

// SaveLayers saves several layers, all or none: one transaction costs little more for
// thirty than for one.
func (s Layers) SaveLayers(ctx context.Context, list []Layer) error {
	err := s.writeSoon(ctx, func(tx *sql.Tx) error {
		var w words.Later
		for i := range list {
			if err := saveLayer(ctx, tx, &w, &list[i]); err != nil {
				return fmt.Errorf("save the layer of %s: %w", list[i].ID, err)
			}
		}
		return w.Write(ctx, tx)
	})
	if err != nil && len(list) > 0 {
		return fmt.Errorf("save layers: %w", err)
	}
	return err
}

// holding is what the library has of an article when a layer of it is saved.
type holding struct {
	num      int64
	date     articles.Date
	removed  int64
	labelled bool
	engine   int64 // that is to be noted

	made          bool // counts, names and quotes are there
	version       int  // of the text that they are of
	seq           int64
	quote, quoted int64 // the rows of the quotes: the first, and how many; some may be free
}

func saveLayer(ctx context.Context, tx *sql.Tx, w *words.Later, l *Layer) error {
	var h holding
	err := h.read(ctx, tx, l)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT OR REPLACE INTO layers (article, version, engine, data, seq) VALUES (?, 0, '', ?, 0)", h.num, notNull(l.Data))
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM tries WHERE article = ?", h.num); err != nil {
		return err
	}
	return index(ctx, tx, w, &h, l)
}

// read reads what there is for a layer; the error is [sql.ErrNoRows] if the article has another text.
func (h *holding) read(ctx context.Context, tx *sql.Tx, l *Layer) error {
	var engine sql.NullInt64
	err := tx.QueryRowContext(ctx, `SELECT a.num, a.date, a.removed, EXISTS (SELECT 1 FROM labels WHERE article = a.num), (SELECT e.num FROM engines e WHERE e.name = ?3),
		c.article IS NOT NULL, coalesce(c.version, 0), coalesce(c.seq, -1), coalesce(c.quote, 0), coalesce(c.quoted, 0)
		FROM articles a LEFT JOIN counts c ON c.article = a.num WHERE a.id = ?1 AND a.version = ?2`, l.ID, l.Version, l.Engine).
		Scan(&h.num, &h.date, &h.removed, &h.labelled, &engine, &h.made, &h.version, &h.seq, &h.quote, &h.quoted)
	if h.engine = engine.Int64; err != nil || engine.Valid {
		return err
	}
	return tx.QueryRowContext(ctx, "INSERT INTO engines (name) VALUES (?) RETURNING num", l.Engine).Scan(&h.engine)
}

// index stores what is asked of a layer across articles, in place of what there is.
func index(ctx context.Context, tx *sql.Tx, w *words.Later, h *holding, l *Layer) error {
	if err := setIndex(ctx, tx, w, h, l); err != nil {
		return err
	}
	if err := setReadings(ctx, tx, h, l); err != nil {
		return err
	}
	if l.Tallies != nil {
		if err := setTallies(ctx, tx, h.num, true, l.Tallies); err != nil {
			return err
		}
	}
	return setVerdicts(ctx, tx, h.num, l.Verdicts)
}

// setIndex stores the names, quotes and counts of a layer, in place of what there is.
func setIndex(ctx context.Context, tx *sql.Tx, w *words.Later, h *holding, l *Layer) error {
	if h.made || h.labelled {
		if err := w.Write(ctx, tx); err != nil { // there may be words of this article
			return err
		}
	}
	renewed, err := renew(ctx, tx, w, h, l)
	if err == nil && !renewed {
		err = writeIndex(ctx, tx, w, h, l)
	}
	if err != nil {
		return err
	}
	c := l.Counts
	_, err = tx.ExecContext(ctx, `INSERT OR REPLACE INTO counts (article, people, organizations, quotes, claims, reviewed, version, engine, seq, least, quote, quoted)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, h.num, c.People, c.Organizations, c.Quotes, c.Claims, c.Reviewed, l.Version, h.engine, l.Seq, least(c), h.quote, h.quoted)
	return err
}

// setReadings stores the counts of the readings of an article that are nobody's.
func setReadings(ctx context.Context, tx *sql.Tx, h *holding, l *Layer) error {
	for reading, n := range map[string]*annotate.Counts{"suggested": l.Suggested, "curated": l.Curated} {
		var err error
		switch {
		case n != nil:
			err = setReading(ctx, tx, h.num, reading, n)
		case h.made:
			_, err = tx.ExecContext(ctx, "DELETE FROM readings WHERE article = ? AND reading = ?", h.num, reading)
		}
		if err != nil {
			return err
		}
	}
	return setShown(ctx, tx, h.num, l.Shown)
}

func setReading(ctx context.Context, tx *sql.Tx, num int64, reading string, n *annotate.Counts) error {
	_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO readings (article, reading, people, organizations, quotes, claims, reviewed) VALUES (?, ?, ?, ?, ?, ?, ?)",
		num, reading, n.People, n.Organizations, n.Quotes, n.Claims, n.Reviewed)
	return err
}

// setShown stores the counts of everybody's decisions as those see them from whom suggestions are hidden, in place of what there is.
func setShown(ctx context.Context, tx *sql.Tx, num int64, list []Shown) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM readings WHERE article = ? AND reading NOT IN ('suggested', 'curated')", num); err != nil {
		return err
	}
	for i := range list {
		person, err := numbered(ctx, tx, list[i].Who)
		if err == nil {
			err = setReading(ctx, tx, num, lens.ShownTo(lens.Person{Num: person}), &list[i].Counts)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// SaveReadings stores the readings of articles that nobody decided on and that are annotated, all or none: Tallies and Shown of their
// layers. Of those whose layers are outdated nothing is stored.
func (s Layers) SaveReadings(ctx context.Context, list []Layer) error {
	err := s.writeSoon(ctx, func(tx *sql.Tx) error {
		for i := range list {
			var num int64
			err := tx.QueryRowContext(ctx, `UPDATE counts SET seq = 0 WHERE seq = -2 AND article = (SELECT num FROM articles WHERE id = ? AND version = ?)
				RETURNING article`, list[i].ID, list[i].Version).Scan(&num)
			if errors.Is(err, sql.ErrNoRows) {
				continue
			}
			if err == nil {
				err = setShown(ctx, tx, num, list[i].Shown)
			}
			if err == nil {
				err = setTallies(ctx, tx, num, true, list[i].Tallies)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("count readings: %w", err)
	}
	return nil
}

// SaveShown stores the counts of an article with everybody's decisions, as all see them and as those do from whom suggestions are hidden.
func (s Layers) SaveShown(ctx context.Context, id string, all annotate.Counts, list []Shown) error {
	err := s.writeSoon(ctx, func(tx *sql.Tx) error {
		num, err := articleNumber(ctx, tx, id)
		if err == nil {
			err = setCounts(ctx, tx, num, all)
		}
		if err != nil {
			return err
		}
		return setShown(ctx, tx, num, list)
	})
	if err != nil {
		return fmt.Errorf("count what is shown of %s: %w", id, err)
	}
	return nil
}

// writeIndex stores the names and quotes of a layer, in place of what there is.
func writeIndex(ctx context.Context, tx *sql.Tx, w *words.Later, h *holding, l *Layer) error {
	if h.made {
		if err := dropIndex(ctx, tx, h.num); err != nil {
			return err
		}
	}
	if h.labelled {
		if err := dropLabels(ctx, tx, h.num); err != nil {
			return err
		}
	}
	if err := addLabels(ctx, tx, w, h.num, l.Names); err != nil {
		return err
	}
	who, err := setNames(ctx, tx, w, h, l)
	if err != nil {
		return err
	}
	h.quoted = int64(len(l.Quotes))
	h.quote, err = addQuotes(ctx, tx, w, h.num, l.Quotes, who)
	return err
}

// dropIndex deletes the names and quotes of an article.
func dropIndex(ctx context.Context, tx *sql.Tx, num int64) error {
	if err := addPeople(ctx, tx, num, -1); err != nil {
		return err
	}
	if err := dropQuotes(ctx, tx, num); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, "DELETE FROM naming WHERE article = ?", num)
	return err
}

// least returns the value of that column.
func least(c annotate.Counts) any {
	if c.Claims == c.Reviewed {
		return nil
	}
	return c.Least
}

// notNull returns b, or an empty slice instead of nil, which would be stored as NULL.
func notNull(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

// setCounts sets the counts of an article after a decision.
func setCounts(ctx context.Context, tx *sql.Tx, num int64, c annotate.Counts) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO counts (article, people, organizations, quotes, claims, reviewed, least) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET people = excluded.people, organizations = excluded.organizations, quotes = excluded.quotes, claims = excluded.claims,
			reviewed = excluded.reviewed, least = excluded.least`, num, c.People, c.Organizations, c.Quotes, c.Claims, c.Reviewed, least(c))
	return err
}

// A Suggestion is what another program found in a version of an article.
type Suggestion struct {
	Name    string // of what made it
	Version int
	Data    []byte // an encoded layer
}

// SaveSuggestion stores what another program found in an article, in place of what was stored under that name.
// Data nil takes that away.
func (s Layers) SaveSuggestion(ctx context.Context, id string, g Suggestion) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		if g.Data == nil {
			_, err := tx.ExecContext(ctx, "DELETE FROM suggestions WHERE name = ? AND article = (SELECT num FROM articles WHERE id = ?)", g.Name, id)
			return err
		}
		_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO suggestions (article, name, version, data) SELECT num, ?, ?, ? FROM articles WHERE id = ?",
			g.Name, g.Version, g.Data, id)
		return err
	})
	if err != nil {
		return fmt.Errorf("save the suggestions of %s for %s: %w", g.Name, id, err)
	}
	return nil
}

// Suggestions returns what other programs found in an article, by name.
func (s Layers) Suggestions(ctx context.Context, id string) ([]Suggestion, error) {
	rows, err := s.reads.QueryContext(ctx, "SELECT g.name, g.version, g.data FROM suggestions g JOIN articles a ON a.num = g.article WHERE a.id = ? ORDER BY g.name", id)
	if err != nil {
		return nil, fmt.Errorf("read the suggestions for %s: %w", id, s.explain(err))
	}
	defer rows.Close()
	var out []Suggestion
	for rows.Next() {
		var g Suggestion
		if err := rows.Scan(&g.Name, &g.Version, &g.Data); err != nil {
			return nil, err
		}
		out = append(out, g)
	}
	return out, rows.Err()
}

// SuggestedBy returns the names of whose suggestions are stored, also where these are none, in order, by the IDs of articles.
func (s Layers) SuggestedBy(ctx context.Context) (map[string][]string, error) {
	rows, err := s.reads.QueryContext(ctx, "SELECT a.id, g.name FROM suggestions g JOIN articles a ON a.num = g.article ORDER BY g.name")
	if err != nil {
		return nil, fmt.Errorf("read who suggests something: %w", s.explain(err))
	}
	defer rows.Close()
	out := map[string][]string{}
	for rows.Next() {
		var id, name string
		if err := rows.Scan(&id, &name); err != nil {
			return nil, err
		}
		out[id] = append(out[id], name)
	}
	return out, rows.Err()
}

// A Due is an article that has no layer by an engine, or one that does not account for the whole log.
type Due struct {
	ID      string
	Version int
	Bare    bool // nobody decided on it, and no engine or other program found anything in it: there is only the text
}

// Outdated returns the ids of the articles that are due for an engine. If id is not empty it looks at this article only.
func (s Layers) Outdated(ctx context.Context, engine, id string) ([]string, error) {
	list, err := s.Due(ctx, engine, id)
	out := make([]string, len(list))
	for i := range list {
		out[i] = list[i].ID
	}
	return out, err
}

// Due returns the articles that are due for an engine. If id is not empty it looks at this article only. In a library that turns out
// damaged nothing is, since nothing is written into it.
func (s Layers) Due(ctx context.Context, engine, id string) ([]Due, error) {
	list, err := s.due(ctx, engine, id)
	if id == "" && Damaged(err) {
		return nil, nil
	}
	return list, err
}

// due is Due as long as nothing is damaged.
func (s Layers) due(ctx context.Context, engine, id string) ([]Due, error) {
	only, args := "", []any{engine}
	if id != "" {
		only, args = " AND a.id = ?", append(args, id)
	}
	rows, err := s.reads.QueryContext(ctx, `SELECT a.id, a.version, c.article IS NULL AND NOT EXISTS (SELECT 1 FROM layers WHERE article = a.num)
			AND NOT EXISTS (SELECT 1 FROM log WHERE article = a.num) AND NOT EXISTS (SELECT 1 FROM suggestions WHERE article = a.num)
		FROM articles a LEFT JOIN counts c
		ON c.article = a.num AND c.version = a.version AND c.engine = (SELECT num FROM engines WHERE name = ?) WHERE a.removed = 0`+only+`
		AND (c.article IS NULL OR c.seq < (SELECT coalesce(max(seq), 0) FROM log WHERE article = a.num)) ORDER BY a.num`, args...)
	if err != nil {
		return nil, fmt.Errorf("list what is not annotated: %w", s.explain(err))
	}
	defer rows.Close()
	var out []Due
	for rows.Next() {
		var d Due
		if err := rows.Scan(&d.ID, &d.Version, &d.Bare); err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, s.explain(rows.Err())
}

// Unreviewed calls each with every article that has claims to review, how many, and the lowest score of one. They are 0 and 0
// for an article of which nothing is known yet.
func (s Layers) Unreviewed(ctx context.Context, each func(id string, claims int, least float64)) error {
	rows, err := s.reads.QueryContext(ctx, s.own(ctx, `SELECT a.id, coalesce(c.claims - c.reviewed, 0), coalesce(c.least, 0) FROM articles a LEFT JOIN counts c ON c.article = a.num
		WHERE a.removed = 0 AND (c.article IS NULL OR c.claims > c.reviewed)`))
	if err != nil {
		return fmt.Errorf("list what is not reviewed: %w", s.explain(err))
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		var claims int
		var least float64
		if err := rows.Scan(&id, &claims, &least); err != nil {
			return fmt.Errorf("list what is not reviewed: %w", err)
		}
		each(id, claims, least)
	}
	return rows.Err()
}
