package db

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

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
	hits, err := s.articleHits(ctx, e, limit, "TRUE")
	if Damaged(err) {
		s.noteDamage(err)
		hits = nil
		err = s.around(ctx, math.MaxInt64, func(which string) error {
			more, err := s.articleHits(ctx, e, limit, which)
			if err == nil {
				hits = append(hits, more...)
			}
			return err
		})
		hits = hits[:min(limit, len(hits))]
	}
	if err != nil {
		return nil, fmt.Errorf("search the library: %w", s.explain(err))
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

// articleHits is Hits for articles a of which some condition holds.
func (s Searches) articleHits(ctx context.Context, e query.Expr, limit int, which string) ([]library.Hit, error) {
	match, rest := splitRanked(e)
	c := condition{looker: s.looker()}
	c.expr(&rest)
	order := " ORDER BY " + newestFirst
	from, args := "FROM articles a", c.args
	if match != "" {
		// The index returns its rows in order of rank, so the join can stop at the limit:
		// https://www.sqlite.org/fts5.html#sorting_by_auxiliary_function_results
		from = "FROM words w CROSS JOIN articles a ON a.num = w.rowid"
		weights := "1.0, 8.0"
		if _, old, err := tidied(ctx, s.reads); err != nil {
			return nil, err
		} else if old {
			weights = "8.0, 1.0"
		}
		c.sql.WriteString(" AND words MATCH ? AND rank MATCH 'bm25(" + weights + ")'")
		args = append(args, match)
		order = " ORDER BY w.rank"
	}
	rows, err := s.reads.QueryContext(ctx, s.own(ctx, "SELECT "+entryColumns+", v.text "+from+
		" JOIN versions v ON v.article = a.num AND v.version = a.version LEFT JOIN counts c ON c.article = a.num WHERE a.removed = 0 AND "+which+" AND "+
		c.sql.String()+order+" LIMIT ?"), append(args, limit)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	sought := phrases(&e, nil)
	var out []library.Hit
	for rows.Next() {
		var text code.Text
		entry, err := scanEntry(rows, &text)
		if err != nil {
			return nil, err
		}
		out = append(out, hit.Of(entry, string(text), sought))
	}
	return out, rows.Err()
}

// newestFirst sorts articles by date, or by when they were added if the date is unknown.
const newestFirst = "CASE a.date WHEN 0 THEN a.added ELSE a.date END DESC, a.num DESC"

// Find returns the articles that a query finds, newest addition first.
func (s Searches) Find(ctx context.Context, e query.Expr) ([]library.Entry, error) {
	all, err := Articles(s).Entries(ctx)
	if err != nil || e.Op == query.And && len(e.Args) == 0 {
		return all, err
	}
	c := condition{looker: s.looker()}
	c.expr(&e)
	found := map[string]bool{}
	find := func(which string) error {
		rows, err := s.reads.QueryContext(ctx, s.own(ctx, "SELECT a.id FROM articles a LEFT JOIN counts c ON c.article = a.num WHERE "+which+" AND ("+c.sql.String()+")"), c.args...)
		if err != nil {
			return s.explain(err)
		}
		ids, err := readIDs(rows)
		for _, id := range ids {
			found[id] = true
		}
		return s.explain(err)
	}
	if err = find("TRUE"); Damaged(err) {
		err = s.around(ctx, math.MaxInt64, find)
	}
	if err != nil {
		return nil, fmt.Errorf("search the library: %w", err)
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
	f, like, args := g.Field, escapeLike(g.Text)+"%", []any(nil)
	const spelled = "(p.spelled LIKE ?1 ESCAPE '\\' OR p.spelled LIKE '% ' || ?1 ESCAPE '\\')"
	from := "SELECT v, sum(m) AS n FROM (SELECT p.spelled AS v, (SELECT sum(x.count) FROM naming x WHERE x.who = p.num) AS m FROM people p WHERE " + spelled
	const counted = ") WHERE m IS NOT NULL GROUP BY v"
	switch f {
	case query.Person:
		from += " AND p.type = 'person'" + counted
	case query.Org:
		from += " AND p.type = 'organization'" + counted
	case query.Place:
		from += " AND p.type = 'place'" + counted
	case query.Name:
		if g.Label != "" {
			from += " AND (p.type = ?3 OR p.type IN (SELECT label FROM labels WHERE key = ?3))"
			args = append(args, query.LabelKey(g.Label))
		}
		from += counted
	case query.By:
		from = "SELECT v, sum(m) AS n FROM (SELECT p.spelled AS v, nullif((SELECT count(*) FROM quoted q WHERE q.who = p.num), 0) AS m FROM people p WHERE " + spelled +
			" UNION ALL SELECT p.speaker, 1 FROM further p WHERE " + strings.ReplaceAll(spelled, "spelled", "speaker") + counted
	case query.Tag:
		return s.tagsLike(ctx, like, limit)
	case query.Author:
		from = "SELECT author, count(*) AS n FROM articles WHERE removed = 0 AND author LIKE ?1 ESCAPE '\\' AND author <> '' GROUP BY author"
	case query.Source:
		from = "SELECT site, count(*) AS n FROM articles WHERE removed = 0 AND site LIKE ?1 ESCAPE '\\' AND site <> '' GROUP BY site"
	case query.Section, query.Language:
		from = "SELECT " + string(f) + ", count(*) AS n FROM articles WHERE removed = 0 AND " + string(f) + " LIKE ?1 ESCAPE '\\' AND " + string(f) + " <> '' GROUP BY 1"
	default:
		if from = valuesOfTeam[f]; from == "" {
			return nil, nil
		}
	}
	rows, err := s.reads.QueryContext(ctx, from+" ORDER BY n DESC, 1 LIMIT ?2", append([]any{like, limit}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("look for values of %s: %w", f, s.explain(err))
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var v string
		var n int
		if err := rows.Scan(&v, &n); err != nil {
			return nil, fmt.Errorf("look for values of %s: %w", f, err)
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

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
	rows, err := s.reads.QueryContext(ctx, "SELECT name, query FROM searches ORDER BY name")
	if err != nil {
		return nil, fmt.Errorf("list saved searches: %w", s.explain(err))
	}
	defer rows.Close()
	var out []library.SavedSearch
	for rows.Next() {
		var x library.SavedSearch
		if err := rows.Scan(&x.Name, line(&x.Query)); err != nil {
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
