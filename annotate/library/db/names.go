package db

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/library/db/words"
	"byline/annotate/library/query"
)

// nameSeparator separates two names in the index, so that no phrase matches across them.
const nameSeparator = " \u2e3a0\u2e3a "

// builtIn are the types for which the index named has a column. All others are labels.
var builtIn = map[annotate.Type]bool{annotate.Person: true, annotate.Organization: true, annotate.Place: true, annotate.Other: true}

// A known name has a row of people.
type known struct {
	num     int64
	spelled string
}

// setNames stores the names of a layer, and returns the rows of people of all that it names, the speakers too. They count
// there unless the article is in the trash.
func setNames(ctx context.Context, tx *sql.Tx, w *words.Later, h *holding, l *Layer) (map[library.PersonID]known, error) {
	names := joined(l.Names)
	said := saidIn(l.Quotes)
	who := make(map[library.PersonID]known, len(names))
	merged := false
	for i := range names {
		n := &names[i]
		p := library.Person{ID: n.id(), Name: n.Name, Articles: 1, Mentions: n.Count, Quotes: said[n.id()], Last: h.date}
		k, grouped, err := know(ctx, tx, &p, h.removed == 0)
		if err != nil {
			return nil, err
		}
		who[p.ID], merged = k, merged || grouped
		_, err = tx.ExecContext(ctx, "INSERT INTO naming (who, article, count, first, name, forms) VALUES (?, ?, ?, ?, ?, ?)",
			k.num, h.num, n.Count, n.First, otherThan(k.spelled, n.Name), n.spelled())
		if err != nil {
			return nil, err
		}
	}
	if err := knowSpeakers(ctx, tx, l.Quotes, who); err != nil {
		return nil, err
	}
	if merged {
		if err := markMerged(ctx, tx, h.num); err != nil {
			return nil, err
		}
	}
	indexNames(w, h.num, names)
	return who, nil
}

// saidIn returns how many quotes everybody speaks, alone or with others.
func saidIn(quotes []Quote) map[library.PersonID]int {
	said := map[library.PersonID]int{}
	for i := range quotes {
		for j := range quotes[i].Speakers {
			said[quotes[i].Speakers[j].id()]++
		}
	}
	return said
}

// indexNames has names, those of a key and type joined, found by their words.
func indexNames(w *words.Later, num int64, names []Name) {
	called := map[annotate.Type][]string{}
	for i := range names {
		called[names[i].Type] = append(called[names[i].Type], names[i].forms())
	}
	text := func(t annotate.Type) string { return strings.Join(called[t], nameSeparator) }
	w.Add(words.Named, num, text(annotate.Person), text(annotate.Organization), text(annotate.Place), text(annotate.Other))
}

// knowSpeakers adds to who those that speak and have no name in the article.
func knowSpeakers(ctx context.Context, tx *sql.Tx, quotes []Quote, who map[library.PersonID]known) error {
	for i := range quotes {
		for j := range quotes[i].Speakers {
			n := &quotes[i].Speakers[j]
			if _, ok := who[n.id()]; ok {
				continue
			}
			k, _, err := know(ctx, tx, &library.Person{ID: n.id(), Name: n.Name}, false)
			if err != nil {
				return err
			}
			who[n.id()] = k
		}
	}
	return nil
}

// know returns the row of people for somebody, and whether the name was merged with others. With count it adds the counts
// of p.
func know(ctx context.Context, tx *sql.Tx, p *library.Person, count bool) (k known, merged bool, err error) {
	times := 0
	if count {
		times = 1
	}
	err = tx.QueryRowContext(ctx, `INSERT INTO people (key, type, spelled, articles, mentions, quotes, last) VALUES (?1, ?2, ?3, ?4 * ?5, ?4 * ?6, ?4 * ?7, ?4 * ?8)
		ON CONFLICT (key, type) DO UPDATE SET articles = articles + excluded.articles, mentions = mentions + excluded.mentions,
			quotes = quotes + excluded.quotes, last = max(last, excluded.last)
		RETURNING num, spelled, EXISTS (SELECT 1 FROM alias g WHERE g.key = ?1 AND g.type = ?2)`,
		p.ID.Key, p.ID.Type, p.Name, times, p.Articles, p.Mentions, p.Quotes, int64(p.Last)).Scan(&k.num, &k.spelled, &merged)
	return k, merged, err
}

// otherThan returns name, or nil if it is as it was first seen.
func otherThan(spelled, name string) any {
	if name == spelled {
		return nil
	}
	return name
}

// joined returns names with those of a key and type as one.
func joined(names []Name) []Name {
	at := make(map[library.PersonID]int, len(names))
	var out []Name
	for i := range names {
		n := names[i]
		j, ok := at[n.id()]
		if !ok {
			at[n.id()] = len(out)
			out = append(out, n)
			continue
		}
		o := &out[j]
		o.Count, o.First = o.Count+n.Count, min(o.First, n.First)
		o.Forms = append(append(slices.Clip(o.Forms), n.Name), n.Forms...)
		o.Spellings = append(slices.Clip(o.Spellings), n.Spellings...)
	}
	return out
}

// quoteTypes are the types of quotes by their number in the database.
var quoteTypes = []annotate.QuoteType{annotate.Direct, annotate.Mixed, annotate.Indirect}

// typeColumn returns the number of a type, or its name if it has none.
func typeColumn(t annotate.QuoteType) any {
	if i := slices.Index(quoteTypes, t); i >= 0 {
		return i
	}
	return string(t)
}

// A quoteType is scanned from what typeColumn returned.
type quoteType annotate.QuoteType

// Scan implements [sql.Scanner].
func (t *quoteType) Scan(v any) error {
	switch v := v.(type) {
	case string:
		*t = quoteType(v)
		return nil
	case int64:
		if v >= 0 && v < int64(len(quoteTypes)) {
			*t = quoteType(quoteTypes[v])
			return nil
		}
	}
	return fmt.Errorf("the type of a quote is %v", v)
}

// addQuotes stores quotes in rows that follow each other, and returns the first, 0 for none.
func addQuotes(ctx context.Context, tx *sql.Tx, w *words.Later, num int64, quotes []Quote, who map[library.PersonID]known) (first int64, err error) {
	for i := range quotes {
		q := &quotes[i]
		var by known
		if len(q.Speakers) > 0 {
			by = who[q.Speakers[0].id()]
		}
		row, err := addQuote(ctx, tx, w, quotePlace{nil, num}, q, by)
		if err != nil {
			return 0, err
		}
		first = cmp.Or(first, row)
	}
	return first, nil
}

// A quotePlace is where a quote is stored.
type quotePlace struct {
	row     any // nil for the next that is free
	article int64
}

// addQuote stores a quote, of which by is the first speaker, and returns its row.
func addQuote(ctx context.Context, tx *sql.Tx, w *words.Later, at quotePlace, q *Quote, by known) (row int64, err error) {
	var who, name any
	var forms string
	if len(q.Speakers) > 0 {
		who, name, forms = by.num, otherThan(by.spelled, q.Speakers[0].Name), q.Speakers[0].forms()
	}
	res, err := tx.ExecContext(ctx, "INSERT INTO quoted (num, article, start, length, type, who, name, decided, verb) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		at.row, at.article, q.Start, q.Len(), typeColumn(q.Type), who, name, q.Decided, q.Verb)
	if err != nil {
		return 0, err
	}
	if row, err = res.LastInsertId(); err != nil {
		return 0, err
	}
	w.Add(words.Said, row, q.Text, forms)
	for j := 1; j < len(q.Speakers); j++ {
		if err := addFurther(ctx, tx, w, row, &q.Speakers[j]); err != nil {
			return 0, err
		}
	}
	return row, nil
}

// addFurther adds a further speaker of a quote.
func addFurther(ctx context.Context, tx *sql.Tx, w *words.Later, quote int64, n *Name) error {
	res, err := tx.ExecContext(ctx, "INSERT INTO further (quote, key, speaker, kind) VALUES (?, ?, ?, ?)", quote, n.Key, n.Name, n.Type)
	if err != nil {
		return err
	}
	row, err := res.LastInsertId()
	w.Add(words.Further, row, n.forms())
	return err
}

// dropQuote deletes the row of a quote.
func dropQuote(ctx context.Context, tx *sql.Tx, row int64) error {
	for _, statement := range []string{
		"DELETE FROM further_named WHERE rowid IN (SELECT num FROM further WHERE quote = ?)",
		"DELETE FROM further WHERE quote = ?",
		"DELETE FROM said WHERE rowid = ?",
		"DELETE FROM quoted WHERE num = ?",
	} {
		if _, err := tx.ExecContext(ctx, statement, row); err != nil {
			return err
		}
	}
	return nil
}

// quotesOf selects the rows of quotes of an article.
const quotesOf = "BETWEEN (SELECT quote FROM counts WHERE article = ?1) AND (SELECT quote + quoted - 1 FROM counts WHERE article = ?1)"

func dropQuotes(ctx context.Context, tx *sql.Tx, num int64) error {
	for _, statement := range []string{
		"DELETE FROM further_named WHERE rowid IN (SELECT num FROM further WHERE quote " + quotesOf + ")",
		"DELETE FROM further WHERE quote " + quotesOf,
		"DELETE FROM said WHERE rowid " + quotesOf,
		"DELETE FROM quoted WHERE num " + quotesOf,
	} {
		if _, err := tx.ExecContext(ctx, statement, num); err != nil {
			return err
		}
	}
	return nil
}

// Labels returns the user's own labels that names in the library have, alphabetically. Of
// labels that differ only in case or accents it returns one.
func (s Layers) Labels(ctx context.Context) ([]string, error) {
	var out []string
	in, err := s.askApart(ctx, func(p part) (err error) {
		out, err = labelsOf(ctx, p)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list labels: %w", err)
	}
	all, err := labelsOf(ctx, part{conn: s.conn, which: without(in)})
	if err != nil {
		return nil, fmt.Errorf("list labels: %w", s.explain(err))
	}
	if len(out) == 0 {
		return all, nil
	}
	byKey := func(a, b string) int { return strings.Compare(query.LabelKey(a), query.LabelKey(b)) }
	out = append(all, out...)
	slices.SortStableFunc(out, byKey)
	return slices.CompactFunc(out, func(a, b string) bool { return byKey(a, b) == 0 }), nil
}

func labelsOf(ctx context.Context, p part) ([]string, error) {
	rows, err := p.reads.QueryContext(ctx, "SELECT min(l.label) FROM labels l JOIN articles a ON a.num = l.article WHERE a.removed = 0 AND "+
		p.which+" GROUP BY l.key ORDER BY l.key")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var l string
		if err := rows.Scan(line(&l)); err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	return out, rows.Err()
}

// addLabels indexes the names of an article, which is not in the index yet, by the labels
// that the user gave them.
func addLabels(ctx context.Context, tx *sql.Tx, w *words.Later, num int64, names []Name) error {
	called := map[annotate.Type][]string{}
	var order []annotate.Type
	for _, n := range names {
		if n.Type == "" || builtIn[n.Type] {
			continue
		}
		if called[n.Type] == nil {
			order = append(order, n.Type)
		}
		called[n.Type] = append(called[n.Type], n.forms())
	}
	for _, label := range order {
		res, err := tx.ExecContext(ctx, "INSERT INTO labels (article, label, key) VALUES (?, ?, ?)", num, label, query.LabelKey(string(label)))
		if err != nil {
			return err
		}
		row, err := res.LastInsertId()
		if err != nil {
			return err
		}
		w.Add(words.Labelled, row, strings.Join(called[label], nameSeparator))
	}
	return nil
}

// forms returns all forms of n as one text to be indexed.
func (n *Name) forms() string {
	return strings.Join(append([]string{n.Name}, n.Forms...), nameSeparator)
}

// dropLabels removes an article from the index of labels.
func dropLabels(ctx context.Context, tx *sql.Tx, num int64) error {
	for _, statement := range []string{
		"DELETE FROM labelled WHERE rowid IN (SELECT num FROM labels WHERE article = ?)",
		"DELETE FROM labels WHERE article = ?",
	} {
		if _, err := tx.ExecContext(ctx, statement, num); err != nil {
			return err
		}
	}
	return nil
}

// labelStoredNames fills the new index of labels from the table of names, which has one
// form of each.
func labelStoredNames(ctx context.Context, tx *sql.Tx) error {
	rows, err := tx.QueryContext(ctx, "SELECT article, type, name FROM names WHERE type NOT IN ('', 'person', 'organization', 'place', 'other') ORDER BY article")
	if err != nil {
		return err
	}
	defer rows.Close()
	found := map[int64][]Name{}
	for rows.Next() {
		var num int64
		var n Name
		if err := rows.Scan(&num, &n.Type, &n.Name); err != nil {
			return err
		}
		found[num] = append(found[num], n)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	var w words.Later
	for num, names := range found {
		if err := addLabels(ctx, tx, &w, num, names); err != nil {
			return err
		}
	}
	return w.Write(ctx, tx)
}

// Spellings returns how files that were imported spell types of names.
func (s Layers) Spellings(ctx context.Context) (map[annotate.Type]string, error) {
	rows, err := s.reads.QueryContext(ctx, "SELECT type, label FROM spellings")
	if err != nil {
		return nil, fmt.Errorf("list the spellings of labels: %w", s.explain(err))
	}
	defer rows.Close()
	var out map[annotate.Type]string
	for rows.Next() {
		var t annotate.Type
		var label string
		if err := rows.Scan(&t, &label); err != nil {
			return nil, fmt.Errorf("list the spellings of labels: %w", err)
		}
		if out == nil {
			out = map[annotate.Type]string{}
		}
		out[t] = label
	}
	return out, rows.Err()
}

// SaveSpellings adds how a file spells types of names, in place of how earlier ones did.
func (s Layers) SaveSpellings(ctx context.Context, labels map[annotate.Type]string) error {
	if len(labels) == 0 {
		return nil
	}
	err := s.write(ctx, func(tx *sql.Tx) error {
		for t, label := range labels {
			if _, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO spellings (type, label) VALUES (?, ?)", t, label); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("save the spellings of labels: %w", err)
	}
	return nil
}

// tally adds up spellings.
type tally struct {
	at  map[library.Spelling]int // by name and text, without numbers
	all []library.Spelling
}

func (t *tally) add(s library.Spelling) {
	key := library.Spelling{Of: s.Of, Text: s.Text}
	i, ok := t.at[key]
	if !ok {
		if t.at == nil {
			t.at = map[library.Spelling]int{}
		}
		i = len(t.all)
		t.at[key] = i
		t.all = append(t.all, key)
	}
	t.all[i].Articles += s.Articles
	t.all[i].Mentions += s.Mentions
}

// list returns the spellings, those in most articles first.
func (t *tally) list() []library.Spelling {
	slices.SortStableFunc(t.all, func(a, b library.Spelling) int {
		return cmp.Or(cmp.Compare(b.Articles, a.Articles), cmp.Compare(b.Mentions, a.Mentions), strings.Compare(a.Text, b.Text))
	})
	return t.all
}
