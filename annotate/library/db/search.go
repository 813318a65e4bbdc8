package db

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/library/db/code"
	"byline/annotate/library/db/hit"
	"byline/annotate/library/query"
	"byline/articles/clean"
)

// Searches answer queries and keep those that a user saved under a name.
type Searches struct{ *conn }

// Hits answers a query; see package query for the language. Articles that contain words
// are ranked by [bm25], with a title counting most. If no words are required, the latest
// come first. A query for quotes is answered with quotes, one a hit. An empty query finds
// nothing.
//
// The offset of a hit is the first place in the text where most parts of the query occur
// together.
//
// [bm25]: https://www.sqlite.org/fts5.html#the_bm25_function
func (s Searches) Hits(ctx context.Context, e query.Expr, limit int) ([]library.Hit, error) {
	if e.Op == query.And && len(e.Args) == 0 {
		return nil, nil
	}
	if e.Quotes() {
		return s.quoteHits(ctx, e, limit)
	}
	found, err := asked(ctx, s.about(&e), rankedHit.byRank, func(p part) ([]rankedHit, error) { return articleHits(ctx, p, e, limit) })
	if err != nil {
		return nil, fmt.Errorf("search the library: %w", s.explain(err))
	}
	found = found[:min(limit, len(found))]
	var hits []library.Hit
	for i := range found {
		hits = append(hits, found[i].Hit)
	}
	return hits, s.addHands(ctx, &e, hits)
}

// addHands adds who has the articles of hits if the query asks about a team, in the sets that it names or in all.
func (s Searches) addHands(ctx context.Context, e *query.Expr, hits []library.Hit) error {
	team := false
	var sets []query.Term
	e.Terms(func(t *query.Term) {
		team = team || t.Field == query.Set || t.Field == query.Assigned || t.Field == query.DoneBy
		if t.Field == query.Set && !t.Any {
			sets = append(sets, *t)
		}
	})
	named := func(h library.Hand) bool {
		return slices.ContainsFunc(sets, func(t query.Term) bool {
			return strings.EqualFold(h.Set, t.Text) || t.Open && strings.HasPrefix(strings.ToLower(h.Set), strings.ToLower(t.Text))
		})
	}
	if !team || len(hits) == 0 {
		return nil
	}
	ids := make([]string, len(hits))
	for i := range hits {
		ids[i] = hits[i].Entry.ID
	}
	hands, err := Articles(s).Hands(ctx, ids...)
	for i := range hits {
		hits[i].Hands = slices.DeleteFunc(hands[hits[i].Entry.ID], func(h library.Hand) bool { return len(sets) > 0 && !named(h) })
	}
	return err
}

// about returns the connections by which a query is asked: of what all share alone, if it is not about what was decided.
func (s Searches) about(e *query.Expr) *conn {
	if e.NeedsAnnotation() {
		return s.conn
	}
	c := *s.conn
	c.apart = nil
	return &c
}

// A rankedHit is an article that was found, with its row and, where words are required, its rank.
type rankedHit struct {
	library.Hit
	num  int64
	rank float64
}

// byRank sorts as articleHits does.
func (h rankedHit) byRank(o rankedHit) int {
	if h.rank != 0 || o.rank != 0 {
		return cmp.Or(cmp.Compare(h.rank, o.rank), cmp.Compare(h.num, o.num))
	}
	return cmp.Or(cmp.Compare(newest(&o.Entry), newest(&h.Entry)), cmp.Compare(o.num, h.num))
}

// newest returns newestDate of an article.
func newest(e *library.Entry) int64 { return cmp.Or(int64(e.Date), toMillis(e.Added)) }

// articleHits is Hits for a part of the library.
func articleHits(ctx context.Context, p part, e query.Expr, limit int) ([]rankedHit, error) {
	match, rest := splitRanked(e)
	c := condition{looker: p.looker()}
	c.expr(&rest)
	order, rank := " ORDER BY "+newestFirst, "0.0"
	from, args := "FROM articles a", c.args
	if match != "" {
		// The index returns its rows in order of rank, so the join can stop at the limit:
		// https://www.sqlite.org/fts5.html#sorting_by_auxiliary_function_results
		from = "FROM words w CROSS JOIN articles a ON a.num = w.rowid"
		weights := "1.0, 8.0"
		if _, old, err := tidied(ctx, p.reads); err != nil {
			return nil, err
		} else if old {
			weights = "8.0, 1.0"
		}
		args = append(args, match)
		if p.apart { // these few alone are ranked
			c.add(" AND words MATCH ?")
			rank = "bm25(w.words, " + weights + ")"
		} else {
			c.add(" AND words MATCH ? AND rank MATCH 'bm25(" + weights + ")'")
			rank = "w.rank"
		}
		order = " ORDER BY " + rank
	}
	rows, err := p.reads.QueryContext(ctx, p.own(ctx, "SELECT "+entryColumns+", v.text, a.num, "+rank+" "+from+
		" JOIN versions v ON v.article = a.num AND v.version = a.version LEFT JOIN counts c ON c.article = a.num WHERE a.removed = 0 AND "+p.which+" AND "+
		c.sql.String()+order+" LIMIT ?"), append(args, limit)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	sought := phrases(&e, nil)
	var out []rankedHit
	for rows.Next() {
		var text code.Text
		var h rankedHit
		entry, err := scanEntry(rows, &text, &h.num, &h.rank)
		if err != nil {
			return nil, err
		}
		h.Hit = hit.Of(entry, string(text), sought)
		out = append(out, h)
	}
	return out, rows.Err()
}

// newestFirst sorts articles by date, or by when they were added if the date is unknown.
const newestFirst = newestDate + " DESC, a.num DESC"

const newestDate = "CASE a.date WHEN 0 THEN a.added ELSE a.date END"

// Find returns the articles that a query finds, newest addition first.
func (s Searches) Find(ctx context.Context, e query.Expr) ([]library.Entry, error) {
	all, err := Articles(s).Entries(ctx)
	if err != nil || e.Op == query.And && len(e.Args) == 0 {
		return all, err
	}
	c := condition{looker: s.looker()}
	c.expr(&e)
	ids, err := asked(ctx, s.about(&e), nil, func(p part) ([]string, error) {
		rows, err := p.reads.QueryContext(ctx, p.own(ctx, "SELECT a.id FROM articles a LEFT JOIN counts c ON c.article = a.num WHERE "+p.which+" AND ("+c.sql.String()+")"), c.args...)
		if err != nil {
			return nil, err
		}
		return readIDs(rows)
	})
	if err != nil {
		return nil, fmt.Errorf("search the library: %w", s.explain(err))
	}
	found := make(map[string]bool, len(ids))
	for _, id := range ids {
		found[id] = true
	}
	return slices.DeleteFunc(all, func(e library.Entry) bool { return !found[e.ID] }), nil
}

// quoteHits returns quotes as hits: the speakers, then the words.
func (s Searches) quoteHits(ctx context.Context, e query.Expr, limit int) ([]library.Hit, error) {
	found, err := s.Quotes(ctx, e, limit)
	if err != nil {
		return nil, err
	}
	sought := phrases(&e, nil)
	var out []library.Hit
	for _, q := range found {
		h := hit.Of(q.Entry, q.Text, sought)
		h.Offset, h.Quote = q.Start, true
		who := cmp.Or(q.By(), "somebody") + ": "
		h.Snippet = who + h.Snippet
		for i := range h.Matches {
			h.Matches[i].Start += len(who)
			h.Matches[i].End += len(who)
		}
		out = append(out, h)
	}
	return out, nil
}

// valuesOfTeam are the queries for values of fields about those who annotate the library.
var valuesOfTeam = map[query.Field]string{
	query.Annotator: annotators, query.Unreviewed: annotators, query.Assigned: annotators, query.DoneBy: annotators,
	query.Set: `SELECT set_name, count(*) AS n FROM ` + inSets + ` WHERE set_name LIKE ?1 ESCAPE '\' GROUP BY set_name`,
}

const annotators = `SELECT who, 1 AS n FROM (SELECT who FROM persons UNION SELECT '` + query.Me + `') WHERE who LIKE ?1 ESCAPE '\'`

// Values returns values, in the library, of the field that g is in, that begin with what
// has been typed, the most frequent first. For a name, any of its words may begin with it.
func (s Searches) Values(ctx context.Context, g query.Gap, limit int) ([]string, error) {
	like := escapeLike(g.Text) + "%"
	var found []value
	var err error
	switch f := g.Field; f {
	case query.Person, query.Org, query.Place, query.Name, query.By:
		found, err = s.namesLike(ctx, g, like, limit)
	case query.Tag:
		return s.tagsLike(ctx, like, limit)
	case query.Author:
		found, err = valuesOf(ctx, s.conn, "SELECT author, count(*) AS n FROM articles WHERE removed = 0 AND author LIKE ?1 ESCAPE '\\' AND author <> '' GROUP BY author", like, limit)
	case query.Source:
		found, err = valuesOf(ctx, s.conn, "SELECT site, count(*) AS n FROM articles WHERE removed = 0 AND site LIKE ?1 ESCAPE '\\' AND site <> '' GROUP BY site", like, limit)
	case query.Section, query.Language:
		found, err = valuesOf(ctx, s.conn, "SELECT "+string(f)+", count(*) AS n FROM articles WHERE removed = 0 AND "+string(f)+" LIKE ?1 ESCAPE '\\' AND "+string(f)+" <> '' GROUP BY 1", like, limit)
	default:
		if valuesOfTeam[f] == "" {
			return nil, nil
		}
		found, err = valuesOf(ctx, s.conn, valuesOfTeam[f], like, limit)
	}
	if err != nil {
		return nil, fmt.Errorf("look for values of %s: %w", g.Field, s.explain(err))
	}
	var out []string
	for _, v := range found {
		out = append(out, v.text)
	}
	return out, nil
}

// A value is what a field may have, and how often it is there.
type value struct {
	text string
	n    int
}

// valuesOf returns the values that a query selects by a pattern, the most frequent first.
func valuesOf(ctx context.Context, c *conn, query string, args ...any) ([]value, error) {
	rows, err := c.reads.QueryContext(ctx, query+" ORDER BY n DESC, 1 LIMIT ?2", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []value
	for rows.Next() {
		var v value
		if err := rows.Scan(&v.text, &v.n); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// namesLike is Values for names.
func (s Searches) namesLike(ctx context.Context, g query.Gap, like string, limit int) ([]value, error) {
	var mine []value
	in, err := s.askApart(ctx, func(p part) (err error) {
		query, args := namesIn(p, g)
		mine, err = valuesOf(ctx, p.conn, query, append([]any{like, all}, args...)...)
		return err
	})
	if err != nil {
		return nil, err
	}
	query, args := namesIn(part{which: without(in)}, g)
	if in == "" {
		return valuesOf(ctx, s.conn, query, append([]any{like, limit}, args...)...)
	}
	out, err := valuesOf(ctx, s.conn, query, append([]any{like, all}, args...)...)
	if err != nil {
		return nil, err
	}
	at := make(map[string]int, len(out))
	for i := range out {
		at[out[i].text] = i
	}
	for _, v := range mine {
		if i, ok := at[v.text]; ok {
			out[i].n += v.n
		} else {
			out = append(out, v)
		}
	}
	slices.SortFunc(out, func(a, b value) int { return cmp.Or(cmp.Compare(b.n, a.n), strings.Compare(a.text, b.text)) })
	return out[:min(limit, len(out))], nil
}

// all is the limit of a statement that has none.
const all = -1

// namesIn returns a query for the names in a part of the library that match a pattern, with its arguments but that and a limit.
func namesIn(p part, g query.Gap) (statement string, args []any) {
	const spelled = "(p.spelled LIKE ?1 ESCAPE '\\' OR p.spelled LIKE '% ' || ?1 ESCAPE '\\')"
	within := func(article string) string { return strings.ReplaceAll(p.which, "a.num", article) }
	const counted = ") WHERE m IS NOT NULL GROUP BY v"
	if g.Field == query.By {
		return "SELECT v, sum(m) AS n FROM (SELECT p.spelled AS v, nullif((SELECT count(*) FROM quoted q WHERE q.who = p.num AND " + within("q.article") + "), 0) AS m FROM people p WHERE " + spelled +
			" UNION ALL SELECT p.speaker, 1 FROM further p WHERE " + strings.ReplaceAll(spelled, "spelled", "speaker") +
			" AND " + within("(SELECT q.article FROM quoted q WHERE q.num = p.quote)") + counted, nil
	}
	from := "SELECT v, sum(m) AS n FROM (SELECT p.spelled AS v, (SELECT sum(x.count) FROM naming x WHERE x.who = p.num AND " + within("x.article") + ") AS m FROM people p WHERE " + spelled
	switch {
	case g.Field != query.Name:
		from += " AND p.type = '" + string(nameTypes[g.Field]) + "'"
	case g.Label != "":
		from += " AND (p.type = ?3 OR p.type IN (SELECT label FROM labels WHERE key = ?3))"
		args = append(args, query.LabelKey(g.Label))
	}
	return from + counted, args
}

// nameTypes are the types of the names that fields ask for.
var nameTypes = map[query.Field]annotate.Type{query.Person: annotate.Person, query.Org: annotate.Organization, query.Place: annotate.Place}

// escapeLike returns s as a literal LIKE pattern, with \ as the escape character.
func escapeLike(s string) string {
	return strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(s)
}

// phrases appends what e looks for in a text, to show where it is.
func phrases(e *query.Expr, out []hit.Phrase) []hit.Phrase {
	e.Terms(func(t *query.Term) {
		for _, t := range append([]query.Term{*t}, t.Same...) {
			switch t.Field {
			case query.Text, query.Title, query.Person, query.Org, query.Place, query.Name, query.Said:
				if ws := hit.Words(t.Text); len(ws) > 0 {
					out = append(out, hit.NewPhrase(ws, t.Open))
				}
			}
		}
	})
	return out
}

// SavedSearches returns the saved queries by name.
func (s Searches) SavedSearches(ctx context.Context) ([]library.SavedSearch, error) {
	rows, err := s.reads.QueryContext(ctx, "SELECT name, query, who <> '' AND who <> ? FROM searches ORDER BY name", s.at.Who)
	if err != nil {
		return nil, fmt.Errorf("list saved searches: %w", s.explain(err))
	}
	defer rows.Close()
	var out []library.SavedSearch
	for rows.Next() {
		var x library.SavedSearch
		if err := rows.Scan(&x.Name, line(&x.Query), &x.Others); err != nil {
			return nil, fmt.Errorf("list saved searches: %w", err)
		}
		out = append(out, x)
	}
	return out, rows.Err()
}

// SaveSearch saves a query of somebody under a name and replaces an earlier one. An empty query deletes it. What somebody else saved is not
// changed: the error is a [library.OthersError].
func (s Searches) SaveSearch(ctx context.Context, who string, x library.SavedSearch) error {
	x.Name, x.Query = clean.Line(x.Name), clean.Line(x.Query)
	err := s.write(ctx, func(tx *sql.Tx) error {
		var owner string
		err := tx.QueryRowContext(ctx, "SELECT who FROM searches WHERE name = ?", x.Name).Scan(&owner)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if owner != "" && owner != who {
			return &library.OthersError{Who: owner, What: "change the search that they saved as @" + x.Name}
		}
		if x.Query == "" {
			_, err := tx.ExecContext(ctx, "DELETE FROM searches WHERE name = ?", x.Name)
			return err
		}
		_, err = tx.ExecContext(ctx, "INSERT OR REPLACE INTO searches (name, query, saved, who) VALUES (?, ?, ?, ?)", x.Name, x.Query, time.Now().UnixMilli(), who)
		return err
	})
	if err != nil {
		return fmt.Errorf("save the search %q: %w", x.Name, err)
	}
	return nil
}
