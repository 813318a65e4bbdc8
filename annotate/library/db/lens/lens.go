// Package lens has queries about the articles of a library see them as somebody does: with the status, the place and the counts that a
// view has. It writes SQL; package db says what the tables hold.
//
// A query is about articles a, with their counts c; [Lens.Of] puts other columns in the place of theirs, and joins the tables
// that these are in. Whatever is counted, an article that is sealed is seen as by whoever looks alone.
package lens

import (
	"slices"
	"strconv"
	"strings"
)

// A Person is the number of somebody who is a member or decided; the zero Person is anybody else.
type Person struct {
	Num    int64
	Member bool
}

func (p Person) String() string { return strconv.FormatInt(p.Num, 10) }

// A Lens is what is put in the place of columns.
type Lens struct {
	who     Person // looks
	stale   bool   // what is sealed is not known, so everything is
	tables  strings.Builder
	replace []string // old, new
}

// New returns the lens of whoever looks. What is sealed is known unless stale is set.
func New(who Person, stale bool) *Lens { return &Lens{who: who, stale: stale} }

// ownColumns are what a person has of an article, with what it is for whoever has nothing.
var ownColumns = [][2]string{{"status", "'unread'"}, {"progress", "0.0"}, {"opened", "0"}, {"top", "0"}, {"cursor", "-1"}}

// suggested joins the reading of whoever decided nothing.
const suggested = " LEFT JOIN readings bare ON bare.article = a.num AND bare.reading = 'suggested'"

// Mine has everything of whoever looks.
func (l *Lens) Mine() *Lens {
	l.place()
	l.join("tally", "counted", l.who.String(), "a.num")
	l.tables.WriteString(suggested)
	l.counts("0", "counted", "bare")
	return l
}

// Everyone has the counts of all, as they are in c: those of whoever looks where an article is sealed, and those over what is suggested to
// them as long as they annotate it and some of it is hidden from them.
func (l *Lens) Everyone() *Lens {
	l.place()
	l.sealed()
	l.join("tally", "counted", l.who.String(), "iif(sealed.num IS NULL, NULL, a.num)")
	l.tables.WriteString(" LEFT JOIN readings shown ON shown.article = iif(sealed.num IS NULL, a.num, NULL) AND shown.reading = '" + ShownTo(l.who) +
		"' AND EXISTS (SELECT 1 FROM assigned x WHERE x.person = " + l.who.String() + " AND x.article = a.num AND NOT x.done)")
	l.counts("c.reviewed", "counted", "shown")
	return l
}

// ShownTo returns the name of the reading with everybody's decisions over what is suggested to p.
func ShownTo(p Person) string { return "shown to " + p.String() }

// Curated has the counts of the curated reading.
func (l *Lens) Curated() *Lens {
	l.place()
	l.sealed()
	l.join("tally", "counted", l.who.String(), "iif(sealed.num IS NULL, NULL, a.num)")
	l.tables.WriteString(" LEFT JOIN readings agreed ON agreed.article = iif(sealed.num IS NULL, a.num, NULL) AND agreed.reading = 'curated'" + suggested)
	l.counts("0", "counted", "agreed", "bare")
	return l
}

// Others has everything of somebody else. That they are done, or have begun, follows from the logs also where they read it elsewhere.
func (l *Lens) Others(p Person) *Lens {
	whose := "iif(sealed.num IS NULL, " + p.String() + ", " + l.who.String() + ")"
	l.sealed()
	l.join("tally", "counted", whose, "a.num")
	l.join("own", "theirs", whose, "a.num")
	l.duties()
	l.tables.WriteString(suggested)
	l.counts("0", "counted", "bare")
	has := func(column, none string) string {
		if !l.who.Member { // whoever looks reads as the library's own reader
			none = "iif(sealed.num IS NULL, " + none + ", a." + column + ")"
		}
		return "coalesce(theirs." + column + ", " + none + ")"
	}
	for _, c := range ownColumns {
		l.replace = append(l.replace, "a."+c[0], has(c[0], c[1]))
	}
	status := has(ownColumns[0][0], ownColumns[0][1])
	todo := "EXISTS (SELECT 1 FROM assigned x WHERE x.person = " + p.String() + " AND x.article = a.num AND NOT x.done)"
	l.replace[slices.Index(l.replace, "a.status")+1] = `CASE WHEN sealed.num IS NOT NULL THEN ` + ofLog(status) + `
		WHEN EXISTS (SELECT 1 FROM finished f WHERE f.person = ` + p.String() + ` AND f.article = a.num) AND NOT ` + todo + ` THEN 'done'
		WHEN ` + status + ` = 'done' AND ` + todo + ` OR ` + status + ` = 'unread' AND counted.decided > 0 THEN 'reading' ELSE ` + status + ` END`
	return l
}

// Of returns a query as l has it. It must join counts as one of these texts do.
func (l *Lens) Of(query string) string {
	for _, join := range []string{"LEFT JOIN counts c ON c.article = a.num", "CROSS JOIN counts c ON c.article = a.num AND c.quoted > 0"} {
		l.replace = append(l.replace, join, join+l.tables.String())
	}
	return strings.NewReplacer(l.replace...).Replace(query)
}

// place replaces the columns of what whoever looks has of an article, if they are a member.
func (l *Lens) place() {
	if !l.who.Member {
		return
	}
	l.join("own", "mine", l.who.String(), "a.num")
	l.duties()
	for _, c := range ownColumns {
		l.replace = append(l.replace, "a."+c[0], "coalesce(mine."+c[0]+", "+c[1]+")")
	}
	i := slices.Index(l.replace, "a.status") + 1
	l.replace[i] = ofLog(l.replace[i])
}

// duties joins, for an article that is assigned to whoever looks, whether they are done with it in all its sets.
func (l *Lens) duties() {
	l.tables.WriteString(" LEFT JOIN (SELECT article, min(done) AS done FROM assigned WHERE person = " + l.who.String() + " GROUP BY article) duty ON duty.article = a.num")
}

// ofLog is a status as the log has it, of an article among the duties: they may have been done, or not any more, in another copy of the library.
func ofLog(status string) string {
	return "CASE WHEN duty.done THEN 'done' WHEN duty.done = 0 AND " + status + " = 'done' THEN 'reading' ELSE " + status + " END"
}

// sealed joins a row for an article that is sealed to anybody.
func (l *Lens) sealed() {
	if l.stale {
		l.tables.WriteString(" LEFT JOIN (SELECT 1 AS num) sealed ON TRUE")
		return
	}
	l.tables.WriteString(` LEFT JOIN assigned sealed ON sealed.num = (SELECT x.num FROM assigned x JOIN blind b ON b.set_name = x.set_name AND b.who = ''
		WHERE x.article = a.num AND NOT x.done AND NOT x.bare LIMIT 1)`)
}

// join joins a table as another, by a person and the article.
func (l *Lens) join(table, as, person, article string) {
	l.tables.WriteString(" LEFT JOIN " + table + " " + as + " ON " + as + ".person = " + person + " AND " + as + ".article = " + article)
}

// counts replaces the columns of counts by those of the first table that has the article, or else those of c, with as many reviewed.
func (l *Lens) counts(reviewed string, tables ...string) {
	first := func(column, last string) string {
		return "coalesce(" + strings.Join(tables, "."+column+", ") + "." + column + ", " + last + ")"
	}
	for _, column := range []string{"people", "organizations", "quotes", "claims"} {
		l.replace = append(l.replace, "c."+column, first(column, "c."+column))
	}
	l.replace = append(l.replace, "c.reviewed", "iif(c.reviewed IS NULL, NULL, "+first("reviewed", reviewed)+")")
}
