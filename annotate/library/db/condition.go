package db

import (
	"fmt"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"byline/annotate"
	"byline/annotate/library/db/hit"
	"byline/annotate/library/query"
	"byline/articles"
)

// A condition is the part of a WHERE clause that articles a, with their counts c, have to
// meet, with the arguments of its placeholders. Nothing of a query gets into the SQL
// itself.
type condition struct {
	sql  strings.Builder
	args []any
	looker
}

func (c *condition) add(sql string, args ...any) {
	c.sql.WriteString(sql)
	c.args = append(c.args, args...)
}

// expr adds what an article has to meet for e.
func (c *condition) expr(e *query.Expr) {
	switch {
	case e.Op == query.Is:
		c.term(&e.Term)
		return
	case len(e.Args) == 0:
		c.add("1")
		return
	case e.Op == query.Not:
		c.add("NOT ")
	}
	between := " AND "
	if e.Op == query.Or {
		between = " OR "
	}
	c.add("(")
	for i := range e.Args {
		if i > 0 {
			c.add(between)
		}
		c.expr(&e.Args[i])
	}
	c.add(")")
}

func (c *condition) term(t *query.Term) {
	switch t.Field {
	case query.Text, query.Title:
		c.add("a.num IN (SELECT rowid FROM words WHERE words MATCH ?)", ftsMatch(t, map[query.Field]string{query.Title: "title"}[t.Field]))
	case query.Person, query.Org, query.Place, query.Name:
		c.hasName(t)
	case query.Label:
		c.hasLabel(t)
	case query.By, query.Said:
		c.add("a.num IN (SELECT q.article FROM quotes q WHERE ")
		c.quote(t)
		c.add(")")
	case query.Author:
		c.contains(t, "a.author", "a.agencies")
	case query.Source:
		c.contains(t, "a.site", "a.source", "a.url")
	case query.Section:
		c.contains(t, "a.section")
	case query.Language:
		c.language(t)
	case query.Tag:
		c.hasTag(t)
	case query.Status:
		c.add("a.status = ?", t.Text)
	case query.Format:
		c.add("a.format = ?", t.Text)
	case query.ID:
		c.add(`a.id LIKE ? ESCAPE '\'`, escapeLike(t.Text)+"%")
	case query.Annotator, query.Unreviewed, query.Assigned, query.DoneBy, query.Set:
		c.ofTeam(t)
	case query.Date, query.Updated, query.Added:
		c.timeWithin(t, "a."+string(t.Field))
	default:
		c.numberWithin(t)
	}
}

// typeOf returns the type that the names of t's field have, which is also a column of the
// index named. A label may be called like a type.
func typeOf(t *query.Term) annotate.Type {
	switch t.Field {
	case query.Person:
		return annotate.Person
	case query.Org:
		return annotate.Organization
	case query.Place:
		return annotate.Place
	case query.Name:
		if typ := annotate.Type(query.LabelKey(t.Label)); builtIn[typ] {
			return typ
		}
	}
	return ""
}

// hasName requires that an article names what t asks for.
func (c *condition) hasName(t *query.Term) {
	typ := typeOf(t)
	own := t.Field == query.Name // own labels count
	if t.Any {
		c.hasAnyName(t, typ)
		return
	}
	c.add("a.num IN (")
	if typ != "" || t.Label == "" {
		c.add("SELECT rowid FROM named WHERE named MATCH ?", ftsMatch(t, string(typ)))
		if own {
			c.add(" UNION ALL ")
		}
	}
	if own {
		c.add("SELECT l.article FROM labels l WHERE l.num IN (SELECT rowid FROM labelled WHERE labelled MATCH ?)", ftsMatch(t, ""))
	}
	if own && t.Label != "" {
		c.add(" AND l.key = ?", query.LabelKey(t.Label))
	}
	c.add(" UNION ALL SELECT n.article FROM names n JOIN ")
	c.merged(t, typ)
	c.add(" g ON g.key = n.key AND g.type = n.type)")
}

// merged selects the keys and types of all names that were merged with one that t asks for.
func (c *condition) merged(t *query.Term, typ annotate.Type) {
	c.add("(SELECT b.key, b.type FROM alias a JOIN alias b ON b.main_key = a.main_key AND b.main_type = a.main_type WHERE a.num IN (SELECT rowid FROM alias_named WHERE alias_named MATCH ?)", ftsMatch(t, ""))
	switch {
	case t.Label != "" && typ == "":
		c.add(" AND a.type IN (SELECT label FROM labels WHERE key = ?)", query.LabelKey(t.Label))
	case typ != "":
		c.add(" AND a.type = ?", string(typ))
	}
	c.add(")")
}

// hasAnyName requires that an article has a name of type typ, or with the label of t.
func (c *condition) hasAnyName(t *query.Term, typ annotate.Type) {
	switch {
	case t.Label != "":
		label := *t
		label.Text, label.Any, label.Open = t.Label, false, false
		c.hasLabel(&label)
	case typ != "":
		c.add("EXISTS (SELECT 1 FROM names n WHERE n.article = a.num AND n.type = ?)", string(typ))
	default:
		c.add("EXISTS (SELECT 1 FROM names n WHERE n.article = a.num)")
	}
}

// hasLabel requires that an article has a name with the label that t asks for: one of the
// user's own, or a type that the engine knows.
func (c *condition) hasLabel(t *query.Term) {
	if t.Any {
		c.add("EXISTS (SELECT 1 FROM labels l WHERE l.article = a.num)")
		return
	}
	key := query.LabelKey(t.Text)
	pattern := escapeLike(key)
	if t.Open {
		pattern += "%"
	}
	c.add(`(EXISTS (SELECT 1 FROM labels l WHERE l.article = a.num AND l.key LIKE ? ESCAPE '\')`, pattern)
	if typ := annotate.Type(key); builtIn[typ] {
		c.add(" OR EXISTS (SELECT 1 FROM names n WHERE n.article = a.num AND n.type = ?)", key)
	}
	c.add(")")
}

// requireAny requires that a quote q is one that some of the terms ask for. No terms require
// nothing.
func (c *condition) requireAny(terms []query.Term) {
	for i := range terms {
		c.add(map[bool]string{true: " AND (", false: " OR "}[i == 0])
		c.quote(&terms[i])
	}
	if len(terms) > 0 {
		c.add(")")
	}
}

// quoteTerms returns the terms of e that ask for quotes.
func quoteTerms(e *query.Expr) (out []query.Term) {
	e.Terms(func(t *query.Term) {
		if t.Field == query.By || t.Field == query.Said {
			out = append(out, *t)
		}
	})
	return out
}

// quote adds what a quote q has to meet for t.
func (c *condition) quote(t *query.Term) {
	c.add("(")
	for i, t := range append([]query.Term{*t}, t.Same...) {
		if i > 0 {
			c.add(" AND ")
		}
		nobody := t.Field == query.By && strings.EqualFold(t.Text, query.Nobody)
		switch {
		case nobody:
			c.add("q.who IS NULL")
		case t.Any && t.Field == query.By:
			c.add("q.who IS NOT NULL")
		case t.Any:
			c.add("1")
		case t.Field == query.Said:
			c.add("q.num IN (SELECT rowid FROM said WHERE said MATCH ?)", ftsMatch(&t, "text"))
		default:
			c.speaker(&t)
			continue
		}
		c.speakerType(&t, "q")
	}
	c.add(")")
}

// speaker requires that t asks for one of the speakers of a quote q.
func (c *condition) speaker(t *query.Term) {
	match := ftsMatch(t, "speaker")
	c.add("(q.num IN (SELECT rowid FROM said WHERE said MATCH ?)", match)
	c.speakerType(t, "q")
	c.add(" OR q.num IN (SELECT f.quote FROM further f WHERE f.num IN (SELECT rowid FROM further_named WHERE further_named MATCH ?)", match)
	c.speakerType(t, "f")
	c.add(") OR q.who IN (SELECT p.num FROM people p JOIN ")
	c.merged(t, typeOf(t))
	c.add(" g ON g.key = p.key AND g.type = p.type) OR q.num IN (SELECT f.quote FROM further f JOIN ")
	c.merged(t, typeOf(t))
	c.add(" g ON g.key = f.key AND g.type = f.kind))")
}

// speakerType requires that the speaker in a table has the type that t asks for.
func (c *condition) speakerType(t *query.Term, table string) {
	switch typ := typeOf(t); {
	case t.Label != "" && typ == "":
		c.add(" AND "+table+".kind IN (SELECT label FROM labels WHERE key = ?)", query.LabelKey(t.Label))
	case t.Label != "":
		c.add(" AND ("+table+".kind = ? OR "+table+".kind IN (SELECT label FROM labels WHERE key = ?))", string(typ), query.LabelKey(t.Label))
	case typ != "":
		c.add(" AND "+table+".kind = ?", string(typ))
	}
}

// contains requires that one of the columns contains the value.
func (c *condition) contains(t *query.Term, columns ...string) {
	c.add("(")
	for i, column := range columns {
		if i > 0 {
			c.add(" OR ")
		}
		if t.Any {
			c.add(column + " <> ''")
			continue
		}
		c.add(column+` LIKE ? ESCAPE '\'`, "%"+escapeLike(t.Text)+"%")
	}
	c.add(")")
}

// language requires that the article is in the language of the value: "pt" is "pt-BR", too.
func (c *condition) language(t *query.Term) {
	if t.Any {
		c.add("a.language <> ''")
		return
	}
	c.add(`(a.language LIKE ? ESCAPE '\' OR a.language LIKE ? ESCAPE '\')`, escapeLike(t.Text), escapeLike(t.Text)+"-%")
}

// ofTeam requires what t says of those who annotate the library.
func (c *condition) ofTeam(t *query.Term) {
	name := norm.NFC.String(t.Text)
	if strings.EqualFold(name, query.Me) && t.Field != query.Set {
		name = c.who
	}
	like := escapeLike(name)
	if t.Open || t.Any {
		like += "%"
	}
	switch t.Field {
	case query.Annotator:
		c.add(`EXISTS (SELECT 1 FROM log t WHERE t.article = a.num AND t.who LIKE ? ESCAPE '\' AND (t.who = ? OR NOT `+sealedOwn+`))`, like, c.who, c.who)
	case query.Assigned:
		c.add(`a.num IN (SELECT x.article FROM assigned x JOIN persons p ON p.num = x.person WHERE p.who LIKE ? ESCAPE '\')`, like)
	case query.Set:
		c.add(`a.id IN (SELECT x.id FROM `+inSets+` x WHERE x.set_name LIKE ? ESCAPE '\')`, like)
	case query.DoneBy:
		c.add(`a.num IN (SELECT f.article FROM finished f JOIN persons p ON p.num = f.person WHERE p.who LIKE ? ESCAPE '\')`, like)
	case query.Unreviewed:
		c.add(`NOT EXISTS (SELECT 1 FROM tally t JOIN persons p ON p.num = t.person WHERE t.article = a.num AND t.at > 0 AND t.reviewed >= t.claims AND p.who LIKE ? ESCAPE '\'
			AND (p.who = ? OR NOT `+sealedOwn+`))`, like, c.who, c.who)
	}
}

func (c *condition) timeWithin(t *query.Term, column string) {
	switch {
	case t.Any:
		c.add(column + " <> 0")
		return
	case t.Time.None:
		c.add(column + " = 0")
		return
	}
	c.add("(" + column + " <> 0")
	if !t.Time.From.IsZero() {
		c.from(t, column)
	}
	if !t.Time.To.IsZero() {
		c.add(" AND "+column+" < ?", t.Time.To.UnixMilli())
	}
	c.add(")")
}

// from requires that a time does not end before the period of t begins. A year and a month of a publication are all of their days.
func (c *condition) from(t *query.Term, column string) {
	at := t.Time.From
	if t.Field == query.Added {
		c.add(" AND "+column+" >= ?", at.UnixMilli())
		return
	}
	y, m, _ := at.Date()
	year, month := time.Date(y, 1, 1, 0, 0, 0, 0, at.Location()), time.Date(y, m, 1, 0, 0, 0, 0, at.Location())
	const form = "(%[1]s %% 1000 + 1000) %% 1000" // of articles.Date
	c.add(fmt.Sprintf(" AND %[1]s >= CASE "+form+" WHEN ? THEN ? WHEN ? THEN ? ELSE ? END", column),
		articles.FormYear, year.UnixMilli(), articles.FormMonth, month.UnixMilli(), at.UnixMilli())
}

func (c *condition) numberWithin(t *query.Term) {
	column := map[query.Field]string{
		query.Words: "a.length", query.People: "c.people", query.Orgs: "c.organizations", query.Quotes: "c.quotes", query.Claims: "c.claims",
		query.Reviewed: "(CASE c.claims WHEN 0 THEN 100.0 ELSE 100.0 * c.reviewed / c.claims END)",
	}[t.Field]
	r := t.Number
	c.add(fmt.Sprintf("(%s IS NOT NULL", column))
	if r.HasMin {
		c.add(" AND "+column+map[bool]string{true: " > ?", false: " >= ?"}[r.OverMin], r.Min)
	}
	if r.HasMax {
		c.add(" AND "+column+map[bool]string{true: " < ?", false: " <= ?"}[r.UnderMax], r.Max)
	}
	c.add(")")
}

// ftsMatch returns an [FTS5 query] for the value of t, in a column if one is named: a
// phrase in which every word is quoted, so that nothing in it is syntax.
//
// [FTS5 query]: https://www.sqlite.org/fts5.html#full_text_query_syntax
func ftsMatch(t *query.Term, column string) string {
	ws := hit.Words(t.Text)
	if len(ws) == 0 {
		return `""`
	}
	m := `"` + strings.Join(ws, " ") + `"`
	if t.Open {
		m += " *"
	}
	if column != "" {
		m = column + " : " + m
	}
	return m
}

// splitRanked takes the conditions on title and text out of e and returns them as an FTS5
// query that ranks what it finds. The query is empty if no words are required.
func splitRanked(e query.Expr) (match string, rest query.Expr) {
	terms := []query.Expr{e}
	if e.Op == query.And {
		terms = e.Args
	}
	var words []string
	rest.Op = query.And
	for _, x := range terms {
		f := x.Term.Field
		if x.Op == query.Is && !x.Term.Any && (f == query.Text || f == query.Title) {
			words = append(words, ftsMatch(&x.Term, map[query.Field]string{query.Title: "title"}[f]))
			continue
		}
		rest.Args = append(rest.Args, x)
	}
	return strings.Join(words, " AND "), rest
}
