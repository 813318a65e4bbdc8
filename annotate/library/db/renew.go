package db

import (
	"context"
	"database/sql"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/library/db/words"
	"byline/articles"
)

// A renewal writes of the names and quotes of a layer those rows that are not in the index as they are now. After a decision on a long
// article these are a few of very many.
type renewal struct {
	*holding
	*Layer
	people map[library.PersonID]*indexedName // who is named in the article or speaks there
	byRow  map[int64]*indexedName            // the same
	had    []indexedQuote                    // in order
	names  []Name                            // those of a key and type joined
	said   map[library.PersonID]int          // how many quotes they speak
	other  map[library.PersonID]bool         // whose row or forms may be others than they were
	rows   []int64                           // of the quotes
	gone   []int64                           // rows of quotes that are no more
	todo   []int                             // the quotes whose rows are to be written
}

// An indexedName is a row of people, with that of naming if the article has one.
type indexedName struct {
	known
	named        bool
	count, first int
	name, forms  sql.NullString
	said         int // quotes in the article, alone or with others
}

// An indexedQuote is a row of quoted with its further speakers.
type indexedQuote struct {
	num int64
	articles.Span
	typ     annotate.QuoteType
	who     sql.NullInt64
	name    sql.NullString
	decided bool
	verb    string
	further string // as furtherOf has it
}

// renew brings the index of an article up to date, and reports false, with nothing written, where it is better written anew: if it is
// of another text, if there is no row for a quote between others, or if very many changed.
func renew(ctx context.Context, tx *sql.Tx, w *words.Later, h *holding, l *Layer) (bool, error) {
	if !h.made || h.version != l.Version || h.seq < 0 {
		return false, nil
	}
	r := &renewal{holding: h, Layer: l, names: joined(l.Names), said: saidIn(l.Quotes), other: map[library.PersonID]bool{}}
	if err := r.readNames(ctx, tx); err != nil {
		return false, err
	}
	if !r.compareNames() {
		return false, nil
	}
	if err := r.readQuotes(ctx, tx); err != nil {
		return false, err
	}
	if !r.place() || !r.compareQuotes() {
		return false, nil
	}
	if err := markMerged(ctx, tx, h.num); err != nil {
		return false, err
	}
	if err := r.writeNames(ctx, tx, w); err != nil {
		return false, err
	}
	if err := r.writeQuotes(ctx, tx, w); err != nil {
		return false, err
	}
	return true, markMerged(ctx, tx, h.num)
}

// readNames reads who is in the index.
func (r *renewal) readNames(ctx context.Context, tx *sql.Tx) error {
	r.people, r.byRow = map[library.PersonID]*indexedName{}, map[int64]*indexedName{}
	return eachRow(ctx, tx, func(rows *sql.Rows) error {
		var n indexedName
		var id library.PersonID
		err := rows.Scan(&n.num, &id.Key, &id.Type, &n.spelled, &n.named, &n.count, &n.first, &n.name, &n.forms)
		r.people[id], r.byRow[n.num] = &n, &n
		return err
	}, `SELECT p.num, p.key, p.type, p.spelled, n.who IS NOT NULL, coalesce(n.count, 0), coalesce(n.first, 0), n.name, n.forms
		FROM (SELECT who FROM naming WHERE article = ?1 UNION SELECT who FROM quoted WHERE num `+quotesOf+` AND who IS NOT NULL) u
		JOIN people p ON p.num = u.who LEFT JOIN naming n ON n.who = u.who AND n.article = ?1`, r.num)
}

// readQuotes reads the quotes that are in the index.
func (r *renewal) readQuotes(ctx context.Context, tx *sql.Tx) error {
	further := map[int64]string{}
	err := eachRow(ctx, tx, func(rows *sql.Rows) error {
		var quote int64
		var id library.PersonID
		var name string
		err := rows.Scan(&quote, &id.Key, &name, &id.Type)
		if further[quote] += furtherOf(id, name); r.people[id] != nil {
			r.people[id].said++
		}
		return err
	}, "SELECT quote, key, speaker, kind FROM further WHERE quote "+quotesOf+" ORDER BY num", r.num)
	if err != nil {
		return err
	}
	r.had = make([]indexedQuote, 0, r.quoted)
	return eachRow(ctx, tx, func(rows *sql.Rows) error {
		var q indexedQuote
		err := rows.Scan(&q.num, &q.Start, &q.End, (*quoteType)(&q.typ), &q.who, &q.name, &q.decided, &q.verb)
		if q.further = further[q.num]; q.who.Valid && r.byRow[q.who.Int64] != nil {
			r.byRow[q.who.Int64].said++
		}
		r.had = append(r.had, q)
		return err
	}, "SELECT num, start, start + length, type, who, name, decided, verb FROM quoted WHERE num "+quotesOf+" ORDER BY num", r.num)
}

// eachRow calls each with the rows of a query.
func eachRow(ctx context.Context, tx *sql.Tx, each func(*sql.Rows) error, query string, args ...any) error {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := each(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// furtherOf writes a further speaker.
func furtherOf(id library.PersonID, name string) string {
	return "\x1e" + id.Key + "\x1f" + string(id.Type) + "\x1f" + name
}

// compareNames finds whose rows, or whose forms in the index of quotes, may be others. It reports false if they are so many that it is
// faster to write all.
func (r *renewal) compareNames() bool {
	seen := make(map[library.PersonID]int, len(r.Names))
	for i := range r.Names {
		seen[r.Names[i].id()]++
	}
	for i := range r.names {
		n := &r.names[i]
		had := r.people[n.id()]
		r.other[n.id()] = seen[n.id()] > 1 || had == nil || !had.says(n)
	}
	for id, had := range r.people {
		if had.named && seen[id] == 0 {
			r.other[id] = true
		}
	}
	changed := 0
	for _, other := range r.other {
		if other {
			changed++
		}
	}
	for id := range r.said {
		if id.Key == "" || r.people[id] == nil {
			r.other[id] = true // what a name without a key is called besides is nowhere but in the index
		}
	}
	return worth*changed <= len(r.people)+few
}

// says reports whether the row of a name is that of n.
func (h *indexedName) says(n *Name) bool {
	return h.named && h.count == n.Count && h.first == n.First && same(h.name, otherThan(h.spelled, n.Name)) && same(h.forms, n.spelled())
}

// same reports whether a column has a value, which is a string or nil.
func same(had sql.NullString, value any) bool {
	s, some := value.(string)
	return had.Valid == some && had.String == s
}

// place finds the rows of the quotes: those that they have, and free ones between them for others. It reports false if there are none.
func (r *renewal) place() bool {
	r.rows = make([]int64, len(r.Quotes))
	k := 0
	for i := range r.Quotes {
		for ; k < len(r.had) && r.had[k].Compare(r.Quotes[i].Span) < 0; k++ {
			r.gone = append(r.gone, r.had[k].num)
		}
		if k < len(r.had) && r.had[k].Span == r.Quotes[i].Span {
			r.rows[i] = r.had[k].num
			k++
		}
	}
	for ; k < len(r.had); k++ {
		r.gone = append(r.gone, r.had[k].num)
	}
	end := r.quote + r.quoted // of the free rows
	free := make([]int64, len(r.rows))
	for i := len(r.rows) - 1; i >= 0; i-- {
		if free[i] = end; r.rows[i] != 0 {
			end = r.rows[i]
		}
	}
	last := r.quote - 1
	for i := range r.rows {
		if r.rows[i] == 0 {
			if r.rows[i] = last + 1; r.rows[i] >= free[i] {
				return false
			}
		}
		last = r.rows[i]
	}
	return true
}

// compareQuotes finds the quotes that are to be written, and reports false if they are so many that it is faster to write all.
func (r *renewal) compareQuotes() bool {
	k := 0
	for i, row := range r.rows {
		for k < len(r.had) && r.had[k].num < row {
			k++
		}
		q := &r.Quotes[i]
		if k == len(r.had) || r.had[k].num != row || r.had[k].Span != q.Span || !r.tells(&r.had[k], q) {
			r.todo = append(r.todo, i)
		}
	}
	return worth*(len(r.todo)+len(r.gone)) <= len(r.had)+few
}

const (
	worth = 4  // to write a row by itself takes as long as so many among all
	few   = 64 // this does not matter then
)

// writeNames writes who is named otherwise than before, and what that adds to the counts of people.
func (r *renewal) writeNames(ctx context.Context, tx *sql.Tx, w *words.Later) error {
	changed, err := r.dropNames(ctx, tx)
	if err != nil {
		return err
	}
	for i := range r.names {
		n := &r.names[i]
		had := r.people[n.id()]
		if r.other[n.id()] {
			changed, err = true, r.writeName(ctx, tx, n, had)
		} else {
			err = r.count(ctx, tx, had, library.Person{Quotes: r.said[n.id()] - had.said})
		}
		if err != nil {
			return err
		}
	}
	if r.removed == 0 {
		_, err = tx.ExecContext(ctx, "UPDATE people SET last = ?2 WHERE last < ?2 AND num IN (SELECT who FROM naming WHERE article = ?1)", r.num, int64(r.date))
	}
	if err != nil || !changed {
		return err
	}
	if r.labelled {
		if err := dropLabels(ctx, tx, r.num); err != nil {
			return err
		}
	}
	indexNames(w, r.num, r.names)
	return addLabels(ctx, tx, w, r.num, r.Names)
}

// dropNames deletes the rows of those who are named no more, and reports whether there are any.
func (r *renewal) dropNames(ctx context.Context, tx *sql.Tx) (some bool, err error) {
	now := make(map[library.PersonID]bool, len(r.names))
	for i := range r.names {
		now[r.names[i].id()] = true
	}
	for id, had := range r.people {
		if !had.named || now[id] {
			continue
		}
		some = true
		if err := r.count(ctx, tx, had, library.Person{Articles: -1, Mentions: -had.count, Quotes: -had.said}); err != nil {
			return some, err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM naming WHERE who = ? AND article = ?", had.num, r.num); err != nil {
			return some, err
		}
	}
	return some, nil
}

// writeName writes the row of a name, of which had is what there was; nil for nobody known.
func (r *renewal) writeName(ctx context.Context, tx *sql.Tx, n *Name, had *indexedName) error {
	if had == nil {
		k, _, err := know(ctx, tx, &library.Person{ID: n.id(), Name: n.Name}, false)
		if err != nil {
			return err
		}
		had = &indexedName{known: k}
		r.people[n.id()] = had
	}
	by := library.Person{Articles: 1, Mentions: n.Count, Quotes: r.said[n.id()]}
	if had.named {
		by = library.Person{Mentions: n.Count - had.count, Quotes: r.said[n.id()] - had.said}
	}
	if err := r.count(ctx, tx, had, by); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO naming (who, article, count, first, name, forms) VALUES (?, ?, ?, ?, ?, ?)",
		had.num, r.num, n.Count, n.First, otherThan(had.spelled, n.Name), n.spelled())
	return err
}

// count adds to the counts of somebody, unless the article is in the trash.
func (r *renewal) count(ctx context.Context, tx *sql.Tx, who *indexedName, by library.Person) error {
	if r.removed != 0 || by.Articles == 0 && by.Mentions == 0 && by.Quotes == 0 {
		return nil
	}
	_, err := tx.ExecContext(ctx, "UPDATE people SET articles = articles + ?, mentions = mentions + ?, quotes = quotes + ?, last = max(last, ?) WHERE num = ?",
		by.Articles, by.Mentions, by.Quotes, int64(r.date), who.num)
	return err
}

// writeQuotes writes the quotes that are not in the index as they are.
func (r *renewal) writeQuotes(ctx context.Context, tx *sql.Tx, w *words.Later) error {
	for _, row := range r.gone {
		if err := dropQuote(ctx, tx, row); err != nil {
			return err
		}
	}
	for _, i := range r.todo {
		if err := dropQuote(ctx, tx, r.rows[i]); err != nil {
			return err
		}
		if err := r.writeQuote(ctx, tx, w, r.rows[i], &r.Quotes[i]); err != nil {
			return err
		}
	}
	return nil
}

// tells reports whether the row of a quote, and the words that are indexed of it, are those of q.
func (r *renewal) tells(had *indexedQuote, q *Quote) bool {
	further := ""
	for j := range q.Speakers {
		n := &q.Speakers[j]
		if r.other[n.id()] {
			return false
		}
		if j > 0 {
			further += furtherOf(n.id(), n.Name)
		}
	}
	if had.typ != q.Type || had.decided != q.Decided || had.verb != q.Verb || had.further != further || had.who.Valid != (len(q.Speakers) > 0) {
		return false
	}
	if !had.who.Valid {
		return true
	}
	by := r.people[q.Speakers[0].id()]
	return had.who.Int64 == by.num && same(had.name, otherThan(by.spelled, q.Speakers[0].Name))
}

// writeQuote writes q into a row that is free.
func (r *renewal) writeQuote(ctx context.Context, tx *sql.Tx, w *words.Later, row int64, q *Quote) error {
	var by known
	if len(q.Speakers) > 0 {
		n := &q.Speakers[0]
		if r.people[n.id()] == nil {
			k, _, err := know(ctx, tx, &library.Person{ID: n.id(), Name: n.Name}, false)
			if err != nil {
				return err
			}
			r.people[n.id()] = &indexedName{known: k}
		}
		by = r.people[n.id()].known
	}
	_, err := addQuote(ctx, tx, w, quotePlace{row, r.num}, q, by)
	return err
}
