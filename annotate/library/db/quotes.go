package db

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
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
	rowsOf := s.quotesOfArticles
	if terms := quoteTerms(&e); len(terms) > 0 {
		c.requireAny(terms)
		rowsOf = s.quoteRows
	}
	rows, err := rowsOf(ctx, limit, c.sql.String(), c.args...)
	if Damaged(err) {
		rows = nil
		err = s.around(ctx, math.MaxInt64, func(which string) error {
			some, err := rowsOf(ctx, limit, which+" AND "+c.sql.String(), c.args...)
			if err == nil {
				rows = append(rows, some...)
			}
			return err
		})
		rows = rows[:min(limit, len(rows))]
	}
	if err != nil {
		return err
	}
	return s.readQuotes(ctx, rows, each)
}

// Quotes returns the quotes that EachQuote finds.
func (s Searches) Quotes(ctx context.Context, e query.Expr, limit int) (out []QuoteHit, err error) {
	err = s.EachQuote(ctx, e, limit, func(q *QuoteHit, _ string) error {
		out = append(out, *q)
		return nil
	})
	return out, err
}

// quotesOfArticles returns the rows of all quotes of the articles a that meet a condition, the latest article first.
func (s Searches) quotesOfArticles(ctx context.Context, limit int, where string, args ...any) ([]int64, error) {
	// Where quotes were rejected, some rows are free. The column is in quotation marks for the count of the index, whoever looks.
	those := fmt.Sprintf(`CASE WHEN c.quoted > c."quotes" THEN
		(SELECT json_group_array(num) FROM (SELECT num FROM quoted WHERE num BETWEEN c.quote AND c.quote + c.quoted - 1 ORDER BY num LIMIT %d)) END`, limit)
	rows, err := s.reads.QueryContext(ctx, s.own(ctx, "SELECT c.quote, c.quoted, "+those+" FROM articles a CROSS JOIN counts c ON c.article = a.num AND c.quoted > 0 WHERE a.removed = 0 AND "+
		where+" ORDER BY "+newestFirst), args...)
	if err != nil {
		return nil, fmt.Errorf("look for quotes: %w", s.explain(err))
	}
	defer rows.Close()
	var out []int64
	for rows.Next() && len(out) < limit {
		var first, n int64
		var some []byte
		if err := rows.Scan(&first, &n, &some); err != nil {
			return nil, fmt.Errorf("look for quotes: %w", err)
		}
		if some == nil {
			for i := range n {
				out = append(out, first+i)
			}
			continue
		}
		var there []int64
		if err := json.Unmarshal(some, &there); err != nil {
			return nil, fmt.Errorf("look for quotes: %w", err)
		}
		out = append(out, there...)
	}
	return out[:min(limit, len(out))], s.explain(rows.Err())
}

// The quotes q of articles a, found by the quotes or, where a page of these is bad, by the articles.
const (
	quotesFirst   = "quotes q CROSS JOIN articles a ON a.num = q.article LEFT JOIN counts c ON c.article = a.num"
	articlesFirst = "articles a CROSS JOIN counts c ON c.article = a.num CROSS JOIN quotes q ON q.num BETWEEN c.quote AND c.quote + c.quoted - 1"
)

// quoteRows returns the rows of the quotes q of articles a that meet a condition, latest article first.
func (s Searches) quoteRows(ctx context.Context, limit int, where string, args ...any) ([]int64, error) {
	return s.quoteRowsIn(ctx, quotesFirst, limit, where, args...)
}

func (s Searches) quoteRowsIn(ctx context.Context, from string, limit int, where string, args ...any) ([]int64, error) {
	rows, err := s.reads.QueryContext(ctx, s.own(ctx, "SELECT q.num FROM "+from+" WHERE a.removed = 0 AND "+where+" ORDER BY "+newestFirst+", q.start LIMIT ?"), append(args, limit)...)
	if err != nil {
		return nil, fmt.Errorf("look for quotes: %w", s.explain(err))
	}
	defer rows.Close()
	var out []int64
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return nil, fmt.Errorf("look for quotes: %w", err)
		}
		out = append(out, n)
	}
	return out, s.explain(rows.Err())
}

// quotesAtOnce is how many quotes are read with their articles in one go.
const quotesAtOnce = 512

// readQuotes calls each with the quotes of those rows, in that order. Those that a damaged library cannot give are left out.
func (s Searches) readQuotes(ctx context.Context, nums []int64, each func(*QuoteHit, string) error) error {
	for n := quotesAtOnce; len(nums) > 0; {
		n = min(len(nums), n)
		switch err := s.someQuotes(ctx, nums[:n], each); {
		case Damaged(err) && n > 1:
			n /= 2
			continue
		case Damaged(err):
			s.at.Damage.Unread(1)
		case err != nil:
			return err
		}
		nums = nums[n:]
		n = min(2*n, quotesAtOnce)
	}
	return nil
}

// A quoteRow is a quote and the row of its article.
type quoteRow struct {
	Quote
	article int64
}

func (s Searches) someQuotes(ctx context.Context, nums []int64, each func(*QuoteHit, string) error) error {
	found, err := s.quotesIn(ctx, nums)
	if err != nil {
		return fmt.Errorf("look for quotes: %w", s.explain(err))
	}
	in, err := s.articlesOf(ctx, found)
	if err != nil {
		return fmt.Errorf("look for quotes: %w", s.explain(err))
	}
	for i := range found {
		a, ok := in[found[i].article]
		if !ok {
			continue // it was changed or removed in this moment
		}
		h := QuoteHit{a.entry, found[i].Quote}
		if h.Start < 0 || h.End > len(a.text) {
			s.at.Damage.Unread(1) // the text is not the one that the quote is of
			continue
		}
		h.Text = h.In(a.text)
		if err := each(&h, a.text); err != nil {
			return err
		}
	}
	return nil
}

// quotesIn reads quotes without their words.
func (s Searches) quotesIn(ctx context.Context, nums []int64) ([]quoteRow, error) {
	list, err := json.Marshal(nums)
	if err != nil {
		return nil, err
	}
	rows, err := s.reads.QueryContext(ctx, "SELECT q.article, q.start, q.end, q.type, q.decided, q.verb, coalesce("+mainName("q")+
		`, q.speaker) || coalesce((SELECT group_concat(char(31) || coalesce(`+mainName("f")+`, f.speaker), '' ORDER BY f.num) FROM further f WHERE f.quote = q.num), '')
		FROM json_each(?) k CROSS JOIN quotes q ON q.num = k.value`, string(list))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := make([]quoteRow, 0, len(nums))
	for rows.Next() {
		var q quoteRow
		var by string // names with a unit separator between, since a name may go over two lines
		if err := rows.Scan(&q.article, &q.Start, &q.End, (*quoteType)(&q.Type), &q.Decided, line(&q.Verb), &by); err != nil {
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
func (s Searches) articlesOf(ctx context.Context, found []quoteRow) (map[int64]quotedArticle, error) {
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
	rows, err := s.quoteRows(ctx, limit, theirs, args...)
	if Damaged(err) {
		rows = nil
		err = s.around(ctx, math.MaxInt64, func(which string) error {
			some, err := s.quoteRowsIn(ctx, articlesFirst, limit, which+" AND "+each, args...)
			if err == nil {
				rows = append(rows, some...)
			}
			return err
		})
		rows = rows[:min(limit, len(rows))]
	}
	if err != nil {
		return nil, err
	}
	var out []QuoteHit
	err = s.readQuotes(ctx, rows, func(q *QuoteHit, _ string) error {
		out = append(out, *q)
		return nil
	})
	return out, err
}
