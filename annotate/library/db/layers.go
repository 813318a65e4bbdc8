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

	Verdicts []Verdict // on names, by everybody
}

// A Name is an entity of an article, with a key by which it is found in other articles.
type Name struct {
	Key, Name    string
	Type         annotate.Type
	Count, First int                // mentions; byte offset of the first
	Forms        []string           // other names it has in the article
	Spellings    []library.Spelling // all forms of the name, with their mentions
}

// spelled returns the spellings of n as they are stored.
func (n *Name) spelled() string {
	out := make([]string, len(n.Spellings))
	for i, s := range n.Spellings {
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
	err = s.reads.QueryRowContext(ctx, `SELECT l.data FROM layers l JOIN articles a ON a.num = l.article
		WHERE a.id = ? AND l.engine = ? AND l.version = a.version`, id, engine).Scan(&data)
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
		for i := range list {
			if err := saveLayer(ctx, tx, &list[i]); err != nil {
				return fmt.Errorf("save the layer of %s: %w", list[i].ID, err)
			}
		}
		return nil
	})
	if err != nil && len(list) > 0 {
		return fmt.Errorf("save layers: %w", err)
	}
	return err
}

func saveLayer(ctx context.Context, tx *sql.Tx, l *Layer) error {
	var num int64
	var labelled bool
	err := tx.QueryRowContext(ctx, "SELECT num, EXISTS (SELECT 1 FROM labels WHERE article = num) FROM articles WHERE id = ? AND version = ?",
		l.ID, l.Version).Scan(&num, &labelled)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT OR REPLACE INTO layers (article, version, engine, data, seq) VALUES (?, ?, ?, ?, ?)",
		num, l.Version, l.Engine, notNull(l.Data), l.Seq)
	if err != nil {
		return err
	}
	if err := setCounts(ctx, tx, num, l.Counts); err != nil {
		return err
	}
	if err := addPeople(ctx, tx, num, -1); err != nil {
		return err
	}
	if err := setNames(ctx, tx, num, l.Names); err != nil {
		return err
	}
	if labelled {
		if err := dropLabels(ctx, tx, num); err != nil {
			return err
		}
	}
	if err := addLabels(ctx, tx, num, l.Names); err != nil {
		return err
	}
	if err := setQuotes(ctx, tx, num, l.Quotes); err != nil {
		return err
	}
	if err := setVerdicts(ctx, tx, num, l.Verdicts); err != nil {
		return err
	}
	return addPeople(ctx, tx, num, 1)
}

// notNull returns b, or an empty slice instead of nil, which would be stored as NULL.
func notNull(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

func setCounts(ctx context.Context, tx *sql.Tx, num int64, c annotate.Counts) error {
	_, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO counts (article, people, organizations, quotes, claims, reviewed)
		VALUES (?, ?, ?, ?, ?, ?)`, num, c.People, c.Organizations, c.Quotes, c.Claims, c.Reviewed)
	return err
}

// nameSeparator separates two names in the index, so that no phrase matches across them.
const nameSeparator = " \u2e3a0\u2e3a "

// builtIn are the types for which the index named has a column. All others are labels.
var builtIn = map[annotate.Type]bool{annotate.Person: true, annotate.Organization: true, annotate.Place: true, annotate.Other: true}

func setNames(ctx context.Context, tx *sql.Tx, num int64, names []Name) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM names WHERE article = ?", num); err != nil {
		return err
	}
	add, err := tx.PrepareContext(ctx, `INSERT INTO names (key, article, type, name, count, first, forms) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET count = count + excluded.count, first = min(first, excluded.first), forms = forms || char(30) || excluded.forms`)
	if err != nil {
		return err
	}
	defer add.Close()
	called := map[annotate.Type]string{}
	for _, n := range names {
		if _, err := add.ExecContext(ctx, n.Key, num, n.Type, n.Name, n.Count, n.First, n.spelled()); err != nil {
			return err
		}
		called[n.Type] += n.forms()
	}
	_, err = tx.ExecContext(ctx, "INSERT OR REPLACE INTO named (rowid, person, organization, place, other) VALUES (?, ?, ?, ?, ?)",
		num, called[annotate.Person], called[annotate.Organization], called[annotate.Place], called[annotate.Other])
	return err
}

func setQuotes(ctx context.Context, tx *sql.Tx, num int64, quotes []Quote) error {
	if err := dropQuotes(ctx, tx, num); err != nil || len(quotes) == 0 {
		return err
	}
	add, err := tx.PrepareContext(ctx, `INSERT INTO quotes (article, start, end, type, key, speaker, kind, decided, text, verb) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	defer add.Close()
	find, err := tx.PrepareContext(ctx, "INSERT INTO said (rowid, text, speaker) VALUES (?, ?, ?)")
	if err != nil {
		return err
	}
	defer find.Close()
	for _, q := range quotes {
		var first Name
		if len(q.Speakers) > 0 {
			first = q.Speakers[0]
		}
		res, err := add.ExecContext(ctx, num, q.Start, q.End, q.Type, first.Key, first.Name, first.Type, q.Decided, q.Text, q.Verb)
		if err != nil {
			return err
		}
		row, err := res.LastInsertId()
		if err != nil {
			return err
		}
		if _, err = find.ExecContext(ctx, row, q.Text, first.forms()); err != nil {
			return err
		}
		for i := 1; i < len(q.Speakers); i++ {
			if err := addFurther(ctx, tx, row, &q.Speakers[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// addFurther adds a further speaker of a quote.
func addFurther(ctx context.Context, tx *sql.Tx, quote int64, n *Name) error {
	res, err := tx.ExecContext(ctx, "INSERT INTO further (quote, key, speaker, kind) VALUES (?, ?, ?, ?)", quote, n.Key, n.Name, n.Type)
	if err != nil {
		return err
	}
	row, err := res.LastInsertId()
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO further_named (rowid, speaker) VALUES (?, ?)", row, n.forms())
	return err
}

func dropQuotes(ctx context.Context, tx *sql.Tx, num int64) error {
	for _, statement := range []string{
		"DELETE FROM further_named WHERE rowid IN (SELECT f.num FROM further f JOIN quotes q ON q.num = f.quote WHERE q.article = ?)",
		"DELETE FROM further WHERE quote IN (SELECT num FROM quotes WHERE article = ?)",
		"DELETE FROM said WHERE rowid IN (SELECT num FROM quotes WHERE article = ?)",
		"DELETE FROM quotes WHERE article = ?",
	} {
		if _, err := tx.ExecContext(ctx, statement, num); err != nil {
			return err
		}
	}
	return nil
}

// A Suggestion is what another program found in a version of an article.
type Suggestion struct {
	Name    string // of what made it
	Version int
	Data    []byte // an encoded layer
}

// SaveSuggestion stores what another program found in an article, in place of what was stored under that name.
// Without entities and quotes, Data nil, it takes that away.
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

// Outdated returns the ids of the articles that have no layer by engine, or one that does
// not account for the whole log. If id is not empty it looks at this article only.
func (s Layers) Outdated(ctx context.Context, engine, id string) ([]string, error) {
	only, args := "", []any{engine}
	if id != "" {
		only, args = " AND a.id = ?", append(args, id)
	}
	rows, err := s.reads.QueryContext(ctx, `SELECT a.id FROM articles a LEFT JOIN layers l
		ON l.article = a.num AND l.engine = ? AND l.version = a.version WHERE a.removed = 0`+only+`
		AND (l.article IS NULL OR l.seq < (SELECT coalesce(max(seq), 0) FROM log WHERE article = a.num)) ORDER BY a.num`, args...)
	if err != nil {
		return nil, fmt.Errorf("list what is not annotated: %w", s.explain(err))
	}
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
