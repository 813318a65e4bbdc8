package db

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"byline/annotate/library"
	"byline/annotate/library/db/code"
	"byline/annotate/library/query"
	"byline/articles/clean"
)

// A QuoteHit is a quote that a query found, with its article. Its speakers have names only.
type QuoteHit struct {
	Entry library.Entry
	Quote
}

// EachQuote calls each with the quotes that a query asks for and the text of their article, latest article first, until
// it returns an error. For a query without terms for quotes, these are all quotes of the articles found. The quotes are read
// a few at a time.
func (s Searches) EachQuote(ctx context.Context, e query.Expr, limit int, each func(q *QuoteHit, text string) error) error {
	c := condition{looker: s.looker()}
	c.expr(&e)
	rowsOf := quotesOfArticles
	if terms := quoteTerms(&e); len(terms) > 0 {
		c.requireAny(terms)
		rowsOf = quoteRows
	}
	return s.eachFound(ctx, limit, func(p part) ([]quoteRow, error) { return rowsOf(ctx, p, limit, c.sql.String(), c.args...) }, each)
}

// eachFound calls each with the quotes whose rows find finds in parts of the library.
func (s Searches) eachFound(ctx context.Context, limit int, find func(part) ([]quoteRow, error), each func(q *QuoteHit, text string) error) error {
	type quote struct {
		hit  QuoteHit
		text string
	}
	mine := map[int64]quote{} // by row
	rows, err := asked(ctx, s.conn, quoteRow.compare, func(p part) ([]quoteRow, error) {
		rows, err := find(p)
		if err == nil && p.apart { // they are read now, as their rows may be others later
			err = Searches{p.conn}.readQuotes(ctx, rows, func(q *foundQuote, text string) error {
				mine[q.num] = quote{q.QuoteHit, text}
				return nil
			})
		}
		return rows, err
	})
	if err != nil {
		return fmt.Errorf("look for quotes: %w", s.explain(err))
	}
	for rows = rows[:min(limit, len(rows))]; len(rows) > 0; {
		if rows[0].apart {
			if q, ok := mine[rows[0].num]; ok {
				if err := each(&q.hit, q.text); err != nil {
					return err
				}
			}
			rows = rows[1:]
			continue
		}
		n := slices.IndexFunc(rows, func(r quoteRow) bool { return r.apart })
		if n < 0 {
			n = len(rows)
		}
		if err := s.readQuotes(ctx, rows[:n], func(q *foundQuote, text string) error { return each(&q.QuoteHit, text) }); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// Quotes returns the quotes that EachQuote finds.
func (s Searches) Quotes(ctx context.Context, e query.Expr, limit int) (out []QuoteHit, err error) {
	err = s.EachQuote(ctx, e, limit, func(q *QuoteHit, _ string) error {
		out = append(out, *q)
		return nil
	})
	return out, err
}

// A quoteRow is the row of a quote, with what the quotes of articles are sorted by.
type quoteRow struct {
	num, date, article int64
	apart              bool // it is one of what whoever looks decided on sealed articles
}

// compare sorts as newestFirst. Those of an article stay as they are.
func (q quoteRow) compare(o quoteRow) int {
	return cmp.Or(cmp.Compare(o.date, q.date), cmp.Compare(o.article, q.article))
}

// quotesOfArticles returns the rows of all quotes of the articles a that meet a condition, the latest article first.
func quotesOfArticles(ctx context.Context, p part, limit int, where string, args ...any) ([]quoteRow, error) {
	// Where quotes were rejected, some rows are free. The column is in quotation marks for the count of the index, whoever looks.
	those := fmt.Sprintf(`CASE WHEN c.quoted > c."quotes" THEN
		(SELECT json_group_array(num) FROM (SELECT num FROM quoted WHERE num BETWEEN c.quote AND c.quote + c.quoted - 1 ORDER BY num LIMIT %d)) END`, limit)
	rows, err := p.reads.QueryContext(ctx, p.own(ctx, "SELECT c.quote, c.quoted, "+those+", "+newestDate+", a.num FROM articles a CROSS JOIN counts c ON c.article = a.num AND c.quoted > 0 WHERE a.removed = 0 AND "+
		p.which+" AND "+where+" ORDER BY "+newestFirst), args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []quoteRow
	for rows.Next() && len(out) < limit {
		var first, n int64
		var some []byte
		row := quoteRow{apart: p.apart}
		if err := rows.Scan(&first, &n, &some, &row.date, &row.article); err != nil {
			return nil, err
		}
		if some == nil {
			for i := range n {
				row.num = first + i
				out = append(out, row)
			}
			continue
		}
		var there []int64
		if err := json.Unmarshal(some, &there); err != nil {
			return nil, err
		}
		for _, row.num = range there {
			out = append(out, row)
		}
	}
	return out[:min(limit, len(out))], rows.Err()
}

// The quotes q of articles a, found by the quotes or, where a page of these is bad, by the articles.
const (
	quotesFirst   = "quotes q CROSS JOIN articles a ON a.num = q.article LEFT JOIN counts c ON c.article = a.num"
	articlesFirst = "articles a CROSS JOIN counts c ON c.article = a.num CROSS JOIN quotes q ON q.num BETWEEN c.quote AND c.quote + c.quoted - 1"
)

// quoteRows returns the rows of the quotes q of articles a that meet a condition, latest article first.
func quoteRows(ctx context.Context, p part, limit int, where string, args ...any) ([]quoteRow, error) {
	return quoteRowsIn(ctx, p, quotesFirst, limit, where, args...)
}

func quoteRowsIn(ctx context.Context, p part, from string, limit int, where string, args ...any) ([]quoteRow, error) {
	rows, err := p.reads.QueryContext(ctx, p.own(ctx, "SELECT q.num, "+newestDate+", a.num FROM "+from+" WHERE a.removed = 0 AND "+p.which+" AND "+where+
		" ORDER BY "+newestFirst+", q.start LIMIT ?"), append(slices.Clip(args), limit)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []quoteRow
	for rows.Next() {
		row := quoteRow{apart: p.apart}
		if err := rows.Scan(&row.num, &row.date, &row.article); err != nil {
			return nil, err
		}
		out = append(out, row)
	}
	return out, rows.Err()
}

// quotesAtOnce is how many quotes are read with their articles in one go.
const quotesAtOnce = 512

// readQuotes calls each with the quotes of those rows, in that order. Those that a damaged library cannot give are left out.
func (s Searches) readQuotes(ctx context.Context, list []quoteRow, each func(*foundQuote, string) error) error {
	for n := quotesAtOnce; len(list) > 0; {
		n = min(len(list), n)
		switch err := s.someQuotes(ctx, list[:n], each); {
		case Damaged(err) && n > 1:
			n /= 2
			continue
		case Damaged(err):
			s.at.Damage.Unread(1, 0)
		case err != nil:
			return err
		}
		list = list[n:]
		n = min(2*n, quotesAtOnce)
	}
	return nil
}

// A foundQuote is a quote with its row and that of its article.
type foundQuote struct {
	QuoteHit
	num, article int64
}

func (s Searches) someQuotes(ctx context.Context, list []quoteRow, each func(*foundQuote, string) error) error {
	found, err := s.quotesIn(ctx, list)
	if err != nil {
		return fmt.Errorf("look for quotes: %w", s.explain(err))
	}
	in, err := s.articlesOf(ctx, found)
	if err != nil {
		return fmt.Errorf("look for quotes: %w", s.explain(err))
	}
	for i := range found {
		q := &found[i]
		a, ok := in[q.article]
		if !ok {
			continue // it was changed or removed in this moment
		}
		if q.Start < 0 || q.End > len(a.text) {
			s.at.Damage.Unread(1, 0) // the text is not the one that the quote is of
			continue
		}
		q.Entry, q.Text = a.entry, q.In(a.text)
		if err := each(q, a.text); err != nil {
			return err
		}
	}
	return nil
}

// quotesIn reads quotes without their words.
func (s Searches) quotesIn(ctx context.Context, of []quoteRow) ([]foundQuote, error) {
	nums := make([]int64, len(of))
	for i := range of {
		nums[i] = of[i].num
	}
	list, err := json.Marshal(nums)
	if err != nil {
		return nil, err
	}
	rows, err := s.reads.QueryContext(ctx, "SELECT q.num, q.article, q.start, q.end, q.type, q.decided, q.verb, coalesce("+mainName("q")+
		`, q.speaker) || coalesce((SELECT group_concat(char(31) || coalesce(`+mainName("f")+`, f.speaker), '' ORDER BY f.num) FROM further f WHERE f.quote = q.num), '')
		FROM json_each(?) k CROSS JOIN quotes q ON q.num = k.value`, string(list))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := make([]foundQuote, 0, len(nums))
	for rows.Next() {
		var q foundQuote
		var by string // names with a unit separator between, since a name may go over two lines
		if err := rows.Scan(&q.num, &q.article, &q.Start, &q.End, (*quoteType)(&q.Type), &q.Decided, line(&q.Verb), &by); err != nil {
			return nil, err
		}
		for _, name := range strings.FieldsFunc(by, func(r rune) bool { return r == '\x1f' }) {
			q.Speakers = append(q.Speakers, Name{Name: clean.Line(name)})
		}
		out = append(out, q)
	}
	return out, rows.Err()
}

// A quotedArticle is an article with its text.
type quotedArticle struct {
	entry library.Entry
	text  string
}

// articlesOf reads the articles that quotes are in, by row.
func (s Searches) articlesOf(ctx context.Context, found []foundQuote) (map[int64]quotedArticle, error) {
	var nums []int64
	for i := range found {
		if i == 0 || found[i].article != found[i-1].article {
			nums = append(nums, found[i].article)
		}
	}
	list, err := json.Marshal(nums)
	if err != nil {
		return nil, err
	}
	rows, err := s.reads.QueryContext(ctx, s.own(ctx, "SELECT "+entryColumns+`, a.num, v.text FROM json_each(?) k CROSS JOIN articles a ON a.num = k.value
		CROSS JOIN versions v ON v.article = a.num AND v.version = a.version LEFT JOIN counts c ON c.article = a.num`), string(list))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := make(map[int64]quotedArticle, len(nums))
	for rows.Next() {
		var num int64
		var text code.Text
		e, err := scanEntry(rows, &num, &text)
		if err != nil {
			return nil, err
		}
		out[num] = quotedArticle{e, string(text)}
	}
	return out, rows.Err()
}

// mainName selects the name of the group that the speaker in a table is in; NULL if nobody merged
// it.
func mainName(table string) string {
	return "(SELECT m.name FROM alias g JOIN alias m ON m.key = g.main_key AND m.type = g.main_type WHERE g.key = " + table + ".key AND g.type = " + table + ".kind)"
}

// QuotesOf returns the quotes of somebody, alone or with others, in all articles but one.
func (s Searches) QuotesOf(ctx context.Context, id library.PersonID, except string, limit int) ([]QuoteHit, error) {
	of := membersArgs(People(s).main(ctx, id))
	const (
		them   = members + " m CROSS JOIN people p ON p.key = m.key AND p.type = m.type"
		beside = "SELECT f.quote FROM " + members + " m CROSS JOIN further f ON f.key = m.key AND f.kind = m.type"
		theirs = "q.num IN (SELECT q.num FROM " + them + " CROSS JOIN quoted q ON q.who = p.num UNION " + beside + ") AND a.id <> ?"
		each   = "(q.who IN (SELECT p.num FROM " + them + ") OR q.num IN (" + beside + ")) AND a.id <> ?" // which looks at no other quote
	)
	args := append(append(of, of...), except)
	var out []QuoteHit
	err := s.eachFound(ctx, limit, func(p part) ([]quoteRow, error) {
		if p.bad {
			return quoteRowsIn(ctx, p, articlesFirst, limit, each, args...)
		}
		return quoteRows(ctx, p, limit, theirs, args...)
	}, func(q *QuoteHit, _ string) error {
		out = append(out, *q)
		return nil
	})
	return out, err
}
