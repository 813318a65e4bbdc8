package db

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"byline/annotate"
	"byline/annotate/library"
	"byline/articles"
	"byline/articles/clean"
)

// People are who and what is named in a library, across its articles: names with the same key and
// type are the same person, and so are those that somebody merged.
type People struct{ *conn }

// countPeople counts the people whose keys are stale; a list of statements to be run in order. A
// name is that of the group, or else the one with the most mentions in an article.
var countPeople = []string{
	`INSERT OR IGNORE INTO people_stale SELECT b.key FROM alias a JOIN alias b USING (main_key, main_type) WHERE a.key IN (SELECT key FROM people_stale)`,
	`UPDATE people SET name = NULL, articles = 0, mentions = 0, quotes = 0, last = 0 WHERE key IN (SELECT key FROM people_stale)`,
	`INSERT INTO people (key, type, spelled, name, articles, mentions, last)
		SELECT key, type, shown, shown, articles, mentions, last FROM (
			SELECT coalesce(g.main_key, p.key) AS key, coalesce(g.main_type, p.type) AS type,
				coalesce(max(m.name), substr(max(printf('%09d', n.count) || coalesce(n.name, p.spelled)), 10)) AS shown,
				count(DISTINCT n.article) AS articles, sum(n.count) AS mentions, max(a.date) AS last
			FROM people_stale s CROSS JOIN people p ON p.key = s.key CROSS JOIN naming n ON n.who = p.num CROSS JOIN articles a ON a.num = n.article
			LEFT JOIN alias g ON g.key = p.key AND g.type = p.type LEFT JOIN alias m ON m.key = g.main_key AND m.type = g.main_type
			WHERE a.removed = 0 GROUP BY 1, 2)
		WHERE true ON CONFLICT (key, type) DO UPDATE SET name = nullif(excluded.name, spelled), articles = excluded.articles,
			mentions = excluded.mentions, last = excluded.last`,
	`UPDATE people SET quotes = c.n FROM (
		SELECT coalesce(g.main_key, q.key) AS key, coalesce(g.main_type, q.kind) AS type, count(DISTINCT q.num) AS n
		FROM (SELECT q.num, q.article, p.key, p.type AS kind FROM people_stale s CROSS JOIN people p ON p.key = s.key CROSS JOIN quoted q ON q.who = p.num
			UNION ALL SELECT q.num, q.article, f.key, f.kind FROM people_stale s CROSS JOIN further f ON f.key = s.key CROSS JOIN quoted q ON q.num = f.quote) q
		JOIN articles a ON a.num = q.article AND a.removed = 0 LEFT JOIN alias g ON g.key = q.key AND g.type = q.kind GROUP BY 1, 2
	) c WHERE people.key = c.key AND people.type = c.type AND people.articles > 0`,
	`DELETE FROM people_stale`,
}

// markMerged marks those who are named in an article to be counted again, where their name was merged with others: such a
// group may be named twice in an article.
func markMerged(ctx context.Context, tx *sql.Tx, num int64) error {
	_, err := tx.ExecContext(ctx, `INSERT OR IGNORE INTO people_stale SELECT p.key FROM naming n JOIN people p ON p.num = n.who
		JOIN alias g ON g.key = p.key AND g.type = p.type WHERE n.article = ?`, num)
	return err
}

// addPeople adds what an article of the library contributes to the counts of people, or for times
// −1 takes it away. Groups of merged names are only marked to be counted again.
func addPeople(ctx context.Context, tx *sql.Tx, num int64, times int) error {
	if err := markMerged(ctx, tx, num); err != nil {
		return err
	}
	// What each says is counted once for all: an article may have many people and many quotes.
	_, err := tx.ExecContext(ctx, `WITH said AS MATERIALIZED (SELECT q.who, count(*) AS n FROM quoted q WHERE q.num `+quotesOf+` GROUP BY q.who),
			too AS MATERIALIZED (SELECT f.key, f.kind, count(*) AS n FROM further f WHERE f.quote `+quotesOf+` GROUP BY f.key, f.kind)
		UPDATE people SET articles = people.articles + ?2, mentions = people.mentions + ?2 * n.count, last = max(people.last, a.date),
			quotes = people.quotes + ?2 * (coalesce(said.n, 0) + coalesce(too.n, 0))
		FROM naming n JOIN articles a ON a.num = n.article JOIN people p ON p.num = n.who
			LEFT JOIN said ON said.who = n.who LEFT JOIN too ON too.key = p.key AND too.kind = p.type
		WHERE n.article = ?1 AND people.num = n.who AND a.removed = 0`, num, times)
	return err
}

// refresh counts people again where that is needed. In a read-only library they stay as they are.
func (s People) refresh(ctx context.Context) error {
	var stale bool
	if err := s.reads.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM people_stale)").Scan(&stale); err != nil || !stale || s.at.ReadOnly {
		return err
	}
	return s.writeSoon(ctx, func(tx *sql.Tx) error { return runAll(ctx, tx, countPeople) })
}

func runAll(ctx context.Context, tx *sql.Tx, statements []string) error {
	for _, statement := range statements {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// People returns everybody and everything that is named, those in most articles first. Each row
// comes as one string, as in [Articles.Entries].
func (s People) People(ctx context.Context) ([]library.Person, error) {
	if err := s.refresh(ctx); err != nil {
		return nil, fmt.Errorf("count who is named: %w", s.explain(err))
	}
	change, err := s.changeApart(ctx)
	if err != nil {
		return nil, fmt.Errorf("count who is named: %w", s.explain(err))
	}
	all, err := s.counted(ctx)
	if err != nil {
		return nil, err
	}
	if len(change) > 0 {
		all = change.Of(all)
	}
	merged, err := s.merged(ctx)
	for i := range all {
		all[i].Merged = merged[all[i].ID]
	}
	return all, err
}

// counted is People as they are counted for everybody, without the names that were merged, nor those that a damaged library cannot give.
func (s People) counted(ctx context.Context) ([]library.Person, error) {
	out, err := s.countedIn(ctx, "TRUE")
	if Damaged(err) {
		s.noteDamage(err)
		out = nil
		err = s.aroundNames(ctx, func(which string) error {
			some, err := s.countedIn(ctx, which)
			out = append(out, some...)
			return err
		})
		slices.SortFunc(out, func(a, b library.Person) int {
			return cmp.Or(cmp.Compare(b.Articles, a.Articles), cmp.Compare(b.Mentions, a.Mentions), cmp.Compare(a.ID.Key, b.ID.Key), cmp.Compare(a.ID.Type, b.ID.Type))
		})
	}
	if err != nil {
		return nil, fmt.Errorf("list who is named: %w", s.explain(err))
	}
	return out, nil
}

// countedIn returns who is counted in the rows of people p of which something is true.
func (s People) countedIn(ctx context.Context, which string) ([]library.Person, error) {
	rows, err := s.reads.QueryContext(ctx, `SELECT concat_ws(char(31), articles, mentions, quotes, last, type, key, coalesce(name, spelled)) FROM people p
		WHERE type <> '' AND articles > 0 AND `+which+` ORDER BY articles DESC, mentions DESC, key, type`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []library.Person
	for rows.Next() {
		var line sql.RawBytes
		if err := rows.Scan(&line); err != nil {
			return nil, err
		}
		f := strings.SplitN(string(line), "\x1f", 7)
		var n [4]int64
		for i := range n {
			n[i], _ = strconv.ParseInt(f[i], 10, 64) // SQLite wrote it
		}
		out = append(out, library.Person{
			ID: library.PersonID{Key: f[5], Type: annotate.Type(f[4])}, Name: clean.Line(f[6]),
			Articles: int(n[0]), Mentions: int(n[1]), Quotes: int(n[2]), Last: articles.Date(n[3]),
		})
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return out, nil
}

// merged returns the names of each group but its main one, in the order in which they came into it.
func (s People) merged(ctx context.Context) (map[library.PersonID][]string, error) {
	rows, err := s.reads.QueryContext(ctx, "SELECT main_key, main_type, name FROM alias WHERE (key, type) <> (main_key, main_type) ORDER BY num")
	if err != nil {
		return nil, fmt.Errorf("list names that were merged: %w", s.explain(err))
	}
	defer rows.Close()
	out := map[library.PersonID][]string{}
	for rows.Next() {
		var main library.PersonID
		var name string
		if err := rows.Scan(&main.Key, &main.Type, line(&name)); err != nil {
			return nil, fmt.Errorf("list names that were merged: %w", err)
		}
		out[main] = append(out[main], name)
	}
	return out, rows.Err()
}

// Person returns one of the people and how many articles spell the name in which way; the zero
// Person if nobody is named so.
func (s People) Person(ctx context.Context, id library.PersonID) (library.Person, error) {
	if err := s.refresh(ctx); err != nil {
		return library.Person{}, fmt.Errorf("count who is named: %w", s.explain(err))
	}
	p := library.Person{ID: s.main(ctx, id)}
	var last int64
	err := s.reads.QueryRowContext(ctx, "SELECT coalesce(name, spelled), articles, mentions, quotes, last FROM people WHERE key = ? AND type = ? AND articles > 0", p.ID.Key, p.ID.Type).
		Scan(line(&p.Name), &p.Articles, &p.Mentions, &p.Quotes, &last)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return p, fmt.Errorf("look for %s: %w", id.Key, s.explain(err))
	}
	p.Last = articles.Date(last)
	change, err := s.changeApart(ctx)
	if err != nil {
		return p, fmt.Errorf("count who is named: %w", s.explain(err))
	}
	if change.Take(&p); p.Articles <= 0 {
		return library.Person{}, nil
	}
	p.Spellings, err = s.spellings(ctx, p.ID)
	return p, err
}

// main returns the main name of the group that id is in; id itself if nobody merged it.
func (s People) main(ctx context.Context, id library.PersonID) library.PersonID {
	main := id
	if s.reads.QueryRowContext(ctx, "SELECT main_key, main_type FROM alias WHERE key = ? AND type = ?", id.Key, id.Type).Scan(&main.Key, &main.Type) != nil {
		return id
	}
	return main
}

// members selects keys and types of the names in the group of a main name: two placeholders, twice.
const members = `(SELECT key, type FROM alias WHERE main_key = ? AND main_type = ? UNION SELECT ?, ?)`

// The names n of a group in articles a: found by the names or, where a page of these or of the articles is bad, by the articles, so that
// each can be asked for by itself.
const (
	byName    = members + ` m CROSS JOIN names n ON n.key = m.key AND n.type = m.type JOIN articles a ON a.num = n.article AND a.removed = 0`
	byArticle = `articles a CROSS JOIN names n ON n.article = a.num AND a.removed = 0 JOIN ` + members + ` m ON m.key = n.key AND m.type = n.type`
)

// behind returns where the names of a group in a part of the library are found.
func (p part) behind() string {
	if p.bad {
		return byArticle
	}
	return byName
}

func membersArgs(id library.PersonID) []any { return []any{id.Key, id.Type, id.Key, id.Type} }

// spellings returns the forms of all names of a group, those in most articles first.
func (s People) spellings(ctx context.Context, id library.PersonID) ([]library.Spelling, error) {
	var all tally
	some, err := asked(ctx, s.conn, nil, func(p part) ([]library.Spelling, error) { return spelled(ctx, p, id) })
	if err != nil {
		return nil, fmt.Errorf("look for spellings of %s: %w", id.Key, s.explain(err))
	}
	for _, x := range some {
		all.add(x)
	}
	return all.list(), nil
}

// spelled returns how each article of a part of the library spells the names of a group.
func spelled(ctx context.Context, p part, id library.PersonID) ([]library.Spelling, error) {
	rows, err := p.reads.QueryContext(ctx, "SELECT n.key, n.type, n.name, n.count, n.forms FROM "+p.behind()+" WHERE "+p.which, membersArgs(id)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []library.Spelling
	for rows.Next() {
		var of library.PersonID
		var name, forms string
		var n int
		if err := rows.Scan(&of.Key, &of.Type, line(&name), &n, &forms); err != nil {
			return nil, err
		}
		if forms == "" { // the name alone
			all = append(all, library.Spelling{Of: of, Text: name, Articles: 1, Mentions: n})
		}
		for form := range strings.SplitSeq(forms, "\x1e") {
			text, number, ok := strings.Cut(form, "\x1f")
			text = cmp.Or(text, name)
			if n, err := strconv.Atoi(number); ok && err == nil {
				all = append(all, library.Spelling{Of: of, Text: clean.Line(text), Articles: 1, Mentions: n})
			}
		}
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return all, nil
}

// PersonArticles returns the articles that name somebody, the latest first.
func (s People) PersonArticles(ctx context.Context, id library.PersonID, limit int) (out []library.Place, err error) {
	id = s.main(ctx, id)
	found, err := asked(ctx, s.conn, placed.compare, func(p part) ([]placed, error) { return placesIn(ctx, p, id, limit) })
	if err != nil {
		return nil, fmt.Errorf("look for articles about %s: %w", id.Key, s.explain(err))
	}
	for _, p := range found[:min(limit, len(found))] {
		out = append(out, p.Place)
	}
	return out, nil
}

// A placed article has its row.
type placed struct {
	library.Place
	num int64
}

// compare sorts as newestFirst.
func (p placed) compare(o placed) int {
	return cmp.Or(cmp.Compare(newest(&o.Entry), newest(&p.Entry)), cmp.Compare(o.num, p.num))
}

// placesIn returns the articles in a part of the library that name somebody, the latest first.
func placesIn(ctx context.Context, in part, id library.PersonID, limit int) ([]placed, error) {
	rows, err := in.reads.QueryContext(ctx, in.own(ctx, "SELECT "+entryColumns+", sum(n.count), min(n.first), a.num FROM "+in.behind()+
		" LEFT JOIN counts c ON c.article = a.num WHERE "+in.which+" GROUP BY a.num ORDER BY "+newestFirst+" LIMIT ?"), append(membersArgs(id), limit)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []placed
	for rows.Next() {
		var p placed
		if p.Entry, err = scanEntry(rows, &p.Count, &p.Offset, &p.num); err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return out, nil
}

// Merge decides that two names mean the same person: from is called as into from now on.
func (s People) Merge(ctx context.Context, who string, from, into library.Person) error {
	return s.decide(ctx, who, "merge", from, into)
}

// Split decides that a name that was merged stands for itself again.
func (s People) Split(ctx context.Context, who string, from library.Person) error {
	return s.decide(ctx, who, "split", from, library.Person{})
}

func (s People) decide(ctx context.Context, who, verb string, from, into library.Person) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO merges (at, who, verb, key, type, name, into_key, into_type, into_name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			time.Now().UnixMilli(), who, verb, from.ID.Key, from.ID.Type, from.Name, into.ID.Key, into.ID.Type, into.Name)
		if err != nil {
			return err
		}
		return rebuildAliases(ctx, tx)
	})
	if err != nil {
		return fmt.Errorf("%s %s: %w", verb, from.Name, err)
	}
	return nil
}

// UndoMerge takes back the last merge or split of somebody that was not taken back, and says what it was. The error is
// [library.ErrNoMerge] if nobody has any, and a [library.OthersError] if only others do.
func (s People) UndoMerge(ctx context.Context, who string) (m library.Merge, err error) {
	err = s.write(ctx, func(tx *sql.Tx) error {
		var seq int64
		var owner string
		err := tx.QueryRowContext(ctx, "SELECT seq, verb, name, into_name, who FROM merges WHERE undone = 0 ORDER BY who IN (?, '') DESC, seq DESC LIMIT 1", who).
			Scan(&seq, &m.Verb, line(&m.From), line(&m.Into), line(&owner))
		if errors.Is(err, sql.ErrNoRows) {
			return library.ErrNoMerge
		}
		if err != nil {
			return err
		}
		if owner != "" && owner != who {
			return &library.OthersError{Who: owner, What: "undo this decision"}
		}
		if _, err := tx.ExecContext(ctx, "UPDATE merges SET undone = ? WHERE seq = ?", time.Now().UnixMilli(), seq); err != nil {
			return err
		}
		return rebuildAliases(ctx, tx)
	})
	return m, err
}

// Regroup brings the groups of names up to date with the merges, after some of these were mended.
func Regroup(ctx context.Context, tx *sql.Tx) error { return rebuildAliases(ctx, tx) }

// rebuildAliases brings the groups of names up to date with the merges.
func rebuildAliases(ctx context.Context, tx *sql.Tx) error {
	g, err := readGroups(ctx, tx)
	if err != nil {
		return err
	}
	const mark = "INSERT OR IGNORE INTO people_stale SELECT key FROM alias"
	if err := runAll(ctx, tx, []string{mark, "DELETE FROM alias", "DELETE FROM alias_named"}); err != nil {
		return err
	}
	size := map[library.PersonID]int{}
	for _, main := range g.main {
		size[main]++
	}
	for _, id := range g.order {
		main := g.main[id]
		if size[main] < 2 {
			continue
		}
		res, err := tx.ExecContext(ctx, "INSERT INTO alias (key, type, name, main_key, main_type) VALUES (?, ?, ?, ?, ?)", id.Key, id.Type, g.name[id], main.Key, main.Type)
		if err != nil {
			return err
		}
		row, err := res.LastInsertId()
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO alias_named (rowid, name) VALUES (?, ?)", row, g.name[id]); err != nil {
			return err
		}
	}
	return runAll(ctx, tx, []string{mark})
}

// groups are the names that merges put together, each group under its main name.
type groups struct {
	main  map[library.PersonID]library.PersonID
	name  map[library.PersonID]string
	order []library.PersonID
}

func (g *groups) add(id library.PersonID, name string) {
	if _, ok := g.main[id]; !ok {
		g.main[id], g.name[id] = id, name
		g.order = append(g.order, id)
	}
}

// apply carries out a merge or a split. The main name of a group takes the others with it when it is
// merged; when it is split off, the next one leads what is left.
func (g *groups) apply(verb string, id, into library.PersonID) {
	was := g.main[id]
	var others []library.PersonID // of the group
	for _, other := range g.order {
		if other != id && g.main[other] == was {
			others = append(others, other)
		}
	}
	switch {
	case verb == "merge":
		for _, x := range append(others, id) {
			g.main[x] = g.main[into]
		}
	case was == id && len(others) > 0:
		for _, x := range others {
			g.main[x] = others[0]
		}
	default:
		g.main[id] = id
	}
}

func readGroups(ctx context.Context, tx *sql.Tx) (*groups, error) {
	g := &groups{map[library.PersonID]library.PersonID{}, map[library.PersonID]string{}, nil}
	rows, err := tx.QueryContext(ctx, "SELECT verb, key, type, name, into_key, into_type, into_name FROM merges WHERE undone = 0 ORDER BY seq")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var verb, name, intoName string
		var id, into library.PersonID
		if err := rows.Scan(&verb, &id.Key, &id.Type, line(&name), &into.Key, &into.Type, line(&intoName)); err != nil {
			return nil, err
		}
		g.add(id, name)
		if verb == "merge" {
			g.add(into, intoName)
		}
		g.apply(verb, id, into)
	}
	return g, rows.Err()
}
