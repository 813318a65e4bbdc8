package db

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/library/query"
)

// Searches answer queries, and keep those that somebody gave a name.
type Searches struct{ *conn }

// Hits answers a query: see the package query. Articles that hold words come with the best
// first, a title counting most; where no words are asked for, the latest come first. A
// query of quotes is answered with quotes, one a hit. No query is no error and finds nothing.
//
// The index knows the beginnings of one to three letters of all words beside the words.
// They are a third of its size, and save the 100 ms and more that gathering the words
// of a beginning takes while somebody types the first letters.
//
// A hit's place is the first in the text where most parts of the query stand together.
func (s Searches) Hits(ctx context.Context, e query.Expr, limit int) ([]library.Hit, error) {
	if e.Op == query.And && len(e.Args) == 0 {
		return nil, nil
	}
	if e.Quotes() {
		return s.quoteHits(ctx, e, limit)
	}
	hits, err := s.articleHits(ctx, e, limit)
	if err != nil {
		return nil, fmt.Errorf("search the library: %w", s.explain(err))
	}
	return hits, nil
}

func (s Searches) articleHits(ctx context.Context, e query.Expr, limit int) ([]library.Hit, error) {
	match, rest := splitRanked(e)
	c := condition{}
	c.expr(&rest)
	order := " ORDER BY " + newestFirst
	from, args := "FROM articles a", c.args
	if match != "" {
		// The index hands out its rows in the order of rank, so that the join ends at the limit.
		from = "FROM words w CROSS JOIN articles a ON a.num = w.rowid"
		c.sql.WriteString(" AND words MATCH ? AND rank MATCH 'bm25(8.0, 1.0)'")
		args = append(args, match)
		order = " ORDER BY w.rank"
	}
	rows, err := s.reads.QueryContext(ctx, "SELECT "+entryColumns+", v.text "+from+
		" JOIN versions v ON v.article = a.num AND v.version = a.version LEFT JOIN counts c ON c.article = a.num WHERE a.removed = 0 AND "+
		c.sql.String()+order+" LIMIT ?", append(args, limit)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	sought := phrases(&e, nil)
	var out []library.Hit
	for rows.Next() {
		var text string
		entry, err := scanEntry(rows, &text)
		if err != nil {
			return nil, err
		}
		out = append(out, newHit(entry, text, sought))
	}
	return out, rows.Err()
}

// newest orders articles by their date, or where nobody knows it by when they came.
const newestFirst = "CASE a.date WHEN 0 THEN a.added ELSE a.date END DESC, a.num DESC"

// Find returns the articles that a query finds, the one added last first.
func (s Searches) Find(ctx context.Context, e query.Expr) ([]library.Entry, error) {
	all, err := Articles(s).Entries(ctx)
	if err != nil || e.Op == query.And && len(e.Args) == 0 {
		return all, err
	}
	c := condition{}
	c.expr(&e)
	rows, err := s.reads.QueryContext(ctx, "SELECT a.id FROM articles a LEFT JOIN counts c ON c.article = a.num WHERE "+c.sql.String(), c.args...)
	if err != nil {
		return nil, fmt.Errorf("search the library: %w", s.explain(err))
	}
	defer rows.Close()
	found := map[string]bool{}
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("search the library: %w", err)
		}
		found[id] = true
	}
	return slices.DeleteFunc(all, func(e library.Entry) bool { return !found[e.ID] }), rows.Err()
}

// A QuoteHit is a quote that a query found, in its article.
type QuoteHit struct {
	Entry library.Entry
	Quote
}

// Quotes returns the quotes that a query asks for, the latest article first; of a query
// without terms of quotes, all of the articles that it finds.
func (s Searches) Quotes(ctx context.Context, e query.Expr, limit int) ([]QuoteHit, error) {
	c := condition{}
	c.expr(&e)
	c.anyOf(quoteTerms(&e))
	return s.quotesWhere(ctx, limit, c.sql.String(), c.args...)
}

// quotesWhere returns the quotes q of articles a that meet a condition.
func (s Searches) quotesWhere(ctx context.Context, limit int, where string, args ...any) ([]QuoteHit, error) {
	rows, err := s.reads.QueryContext(ctx, "SELECT "+entryColumns+`, q.start, q.end, q.type, q.key, q.speaker, q.kind, q.decided, q.text
		FROM quotes q JOIN articles a ON a.num = q.article LEFT JOIN counts c ON c.article = a.num
		WHERE a.removed = 0 AND `+where+" ORDER BY "+newestFirst+", q.start LIMIT ?", append(args, limit)...)
	if err != nil {
		return nil, fmt.Errorf("look for quotes: %w", s.explain(err))
	}
	defer rows.Close()
	var out []QuoteHit
	for rows.Next() {
		var h QuoteHit
		q := &h.Quote
		if h.Entry, err = scanEntry(rows, &q.Start, &q.End, &q.Type, &q.Key, &q.Speaker, &q.Kind, &q.Decided, &q.Text); err != nil {
			return nil, fmt.Errorf("look for quotes: %w", err)
		}
		out = append(out, h)
	}
	return out, rows.Err()
}

// QuotesOf returns the quotes whose speaker has a key and a type, in all articles but one.
func (s Searches) QuotesOf(ctx context.Context, key string, kind annotate.Type, except string, limit int) ([]QuoteHit, error) {
	return s.quotesWhere(ctx, limit, "q.key = ? AND q.kind = ? AND a.id <> ?", key, kind, except)
}

// quoteHits shows quotes as hits: who says it, and the words of it.
func (s Searches) quoteHits(ctx context.Context, e query.Expr, limit int) ([]library.Hit, error) {
	found, err := s.Quotes(ctx, e, limit)
	if err != nil {
		return nil, err
	}
	sought := phrases(&e, nil)
	var out []library.Hit
	for _, q := range found {
		h := newHit(q.Entry, q.Text, sought)
		h.Offset, h.Quote = q.Start, true
		who := cmp.Or(q.Speaker, "somebody") + ": "
		h.Snippet = who + h.Snippet
		for i := range h.Matches {
			h.Matches[i].Start += len(who)
			h.Matches[i].End += len(who)
		}
		out = append(out, h)
	}
	return out, nil
}

// Values returns values of the field of a gap that articles have and that begin with what
// stands there, the most frequent first; of a name, any of its words may begin so.
func (s Searches) Values(ctx context.Context, g query.Gap, limit int) ([]string, error) {
	f, like, args := g.Field, escaped(g.Text)+"%", []any(nil)
	from := "SELECT name, sum(count) AS n FROM names WHERE (name LIKE ?1 ESCAPE '\\' OR name LIKE '% ' || ?1 ESCAPE '\\')"
	switch f {
	case query.Person:
		from += " AND type = 'person' GROUP BY name"
	case query.Org:
		from += " AND type = 'organization' GROUP BY name"
	case query.Place:
		from += " AND type = 'place' GROUP BY name"
	case query.Name:
		if g.Label != "" {
			from += " AND (type = ?3 OR type IN (SELECT label FROM labels WHERE key = ?3))"
			args = append(args, query.LabelKey(g.Label))
		}
		from += " GROUP BY name"
	case query.By:
		from = "SELECT speaker, count(*) AS n FROM quotes WHERE speaker <> '' AND (speaker LIKE ?1 ESCAPE '\\' OR speaker LIKE '% ' || ?1 ESCAPE '\\') GROUP BY speaker"
	case query.Tag:
		from = "SELECT tag, count(*) AS n FROM tags WHERE tag LIKE ?1 ESCAPE '\\' GROUP BY tag"
	case query.Author:
		from = "SELECT author, count(*) AS n FROM articles WHERE removed = 0 AND author LIKE ?1 ESCAPE '\\' AND author <> '' GROUP BY author"
	case query.Source:
		from = "SELECT site, count(*) AS n FROM articles WHERE removed = 0 AND site LIKE ?1 ESCAPE '\\' AND site <> '' GROUP BY site"
	default:
		return nil, nil
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

// escaped returns s as LIKE takes it literally, with \ as the escape.
func escaped(s string) string { return strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(s) }

// phrases appends what a text is searched for, to show the place.
func phrases(e *query.Expr, out []phrase) []phrase {
	e.Terms(func(t *query.Term) {
		for _, t := range append([]query.Term{*t}, t.Same...) {
			switch t.Field {
			case query.Text, query.Title, query.Person, query.Org, query.Place, query.Name, query.Said:
				if ws := wordsOf(t.Text); len(ws) > 0 {
					out = append(out, newPhrase(ws, t.Open))
				}
			}
		}
	})
	return out
}

// wordsOf returns the words of a text as the index cuts them.
func wordsOf(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !inWord(r) })
}
