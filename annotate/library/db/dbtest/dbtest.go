// Package dbtest makes a library hostile, for the tests of what is shown of one.
package dbtest

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"byline/articles/clean/cleantest"
)

// Spoof is what a line begins with where a line end of a name was printed.
const Spoof = "SPOOFED"

// plain are the columns that hold codes, keys and texts rather than words that somebody wrote.
var plain = strings.Fields("articles.id articles.hash articles.format articles.status articles.language versions.hash versions.text names.key names.type names.forms log.id layers.engine meta.key meta.value engines.name " +
	"pages.url pages.final pages.type pages.charset quotes.type quotes.key quotes.kind feeds.url items.guid items.hash pending.url labels.key further.key further.kind merges.verb merges.key merges.type merges.into_key merges.into_type " +
	"alias.key alias.type alias.main_key alias.main_type people.key people.type people_stale.key verdicts.key verdicts.verb verdicts.type tags.tag searches.name team.id")

// severalLines are columns that hold lines.
var severalLines = []string{"quotes.text", "articles.authors", "articles.agencies"}

// Poison writes [cleantest.Hostile] before the words in every column of a library that holds any, those that are added to byline as
// well, and into its decisions, past all that cleans what comes in. It also follows a feed, saves a query and tags the articles.
func Poison(library string) error {
	d, err := sql.Open("sqlite", library)
	if err != nil {
		return err
	}
	defer d.Close()
	for _, s := range [][]any{
		{"INSERT INTO feeds (url, title, site, typed, added) VALUES ('http://127.0.0.1:1/feed', 'News', '', 1, 1)"},
		{"INSERT INTO searches (name, query, saved) VALUES ('mine', 'Marta', 1)"},
		{"INSERT INTO tags (article, tag) SELECT num, ? FROM articles", cleantest.Hostile + "tag"},
		{`UPDATE log SET body = CAST(replace(CAST(body AS TEXT), '"who":"', ?) AS BLOB)`, `"who":"\u001b]0;PWNED\u0007\u009b6666m\nSPOOFED`},
		{`UPDATE log SET body = CAST(replace(CAST(body AS TEXT), '"value":"', ?) AS BLOB)`, `"value":"\u001b[6666m\u202e\u009d0;PWNED\u009c`},
		{`UPDATE team SET body = CAST(replace(replace(CAST(body AS TEXT), '"value":"', ?1), '"set":"June', ?2) AS BLOB)`,
			`"value":"\u001b[6666m\u202e\u009d0;PWNED\u009c\nSPOOFED`, `"set":"\u001b]0;PWNED\u0007\u009b6666m\nSPOOFED`},
		{`UPDATE team SET body = CAST(replace(CAST(body AS TEXT), '"members":["', ?1) AS BLOB)`, `"members":["\u001b]0;PWNED\u0007\nSPOOFED","`},
	} {
		if _, err := d.Exec(s[0].(string), s[1:]...); err != nil {
			return fmt.Errorf("%s: %w", s[0], err)
		}
	}
	columns, err := columnsOf(d)
	if err != nil {
		return err
	}
	for _, c := range columns {
		bad := cleantest.Hostile + "\n" + Spoof + "\t"
		if slices.Contains(severalLines, c) {
			bad = cleantest.Hostile
		}
		table, column, _ := strings.Cut(c, ".")
		if _, err := d.Exec("UPDATE "+table+" SET "+column+" = ? || "+column, bad); err != nil {
			return fmt.Errorf("%s: %w", c, err)
		}
	}
	return nil
}

// columnsOf returns the columns of text that are not plain, with their tables.
func columnsOf(d *sql.DB) ([]string, error) {
	rows, err := d.Query("SELECT m.name || '.' || c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND c.type = 'TEXT' AND m.sql NOT LIKE '%VIRTUAL%'")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var columns []string
	for rows.Next() {
		var c string
		if err := rows.Scan(&c); err != nil {
			return nil, err
		}
		if !slices.Contains(plain, c) {
			columns = append(columns, c)
		}
	}
	if len(columns) < 15 {
		return nil, fmt.Errorf("only %d columns hold words", len(columns))
	}
	return columns, rows.Err()
}
