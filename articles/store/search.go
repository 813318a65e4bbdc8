package store

import (
	"context"
	"fmt"
	"strings"

	"byline/articles"
)

// Search returns the articles that hold every word of query, the best first, a title
// counting most. Words in double quotes are a phrase, a word after - must not occur,
// and a word with * behind it, as the last one, also finds what it begins. No query is
// an error; of a very long one the beginning counts.
//
// The index knows the beginnings of one to three letters of all words beside the words.
// They are a third of its size, and save the 100 ms and more that gathering the words
// of a beginning takes while somebody types the first letters.
//
// A hit's place is the first in the text where most parts of the query stand together.
func (s *Store) Search(ctx context.Context, query string, limit int) ([]articles.Hit, error) {
	match, sought := parse(query)
	if match == "" {
		return nil, nil
	}
	// The index hands out its rows in the order of rank, so that the join ends at the limit.
	rows, err := s.db.QueryContext(ctx, "SELECT "+entryColumns+`, v.text FROM words w CROSS JOIN articles a ON a.num = w.rowid
		JOIN versions v ON v.article = a.num AND v.version = a.version LEFT JOIN counts c ON c.article = a.num
		WHERE words MATCH ? AND rank MATCH 'bm25(8.0, 1.0)' AND a.removed = 0 ORDER BY w.rank LIMIT ?`, match, limit)
	if err != nil {
		return nil, fmt.Errorf("search for %q: %w", query, s.named(err))
	}
	defer rows.Close()
	var out []articles.Hit
	for rows.Next() {
		var text string
		e, err := scanEntry(rows, &text)
		if err != nil {
			return nil, fmt.Errorf("search for %q: %w", query, s.named(err))
		}
		out = append(out, hit(e, text, sought))
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("search for %q: %w", query, s.named(err))
	}
	return out, nil
}

// Of a query, this much counts.
const (
	longestQuery = 1000 // bytes
	mostParts    = 32   // of those that must occur, and of those that must not
)

// parse turns what a person typed into a query of FTS5 in which every word is
// quoted, so that nothing in it is syntax, and the phrases to look for in a text.
func parse(query string) (match string, sought []phrase) {
	var want, not []string
	for _, p := range parts(query) {
		ws := strings.FieldsFunc(p.text, func(r rune) bool { return !inWord(r) })
		if len(ws) == 0 {
			continue
		}
		quoted := `"` + strings.Join(ws, " ") + `"`
		if p.not {
			not = append(not, quoted)
			continue
		}
		if p.open {
			quoted += " *"
		}
		want = append(want, quoted)
		sought = append(sought, newPhrase(ws, p.open))
	}
	if len(want) == 0 {
		return "", nil
	}
	want, not = want[:min(len(want), mostParts)], not[:min(len(not), mostParts)]
	match = strings.Join(want, " AND ")
	if len(not) > 0 {
		match = "(" + match + ") NOT (" + strings.Join(not, " OR ") + ")"
	}
	return match, sought[:len(want)]
}

// A part of a query: a word or a phrase.
type part struct {
	text string
	not  bool // it must not occur
	open bool // it is still being typed
}

func parts(query string) []part {
	if len(query) > longestQuery {
		query = strings.ToValidUTF8(query[:longestQuery], "")
	}
	var out []part
	for q := strings.TrimLeft(query, " \t\n"); q != ""; q = strings.TrimLeft(q, " \t\n") {
		var p part
		if rest, ok := strings.CutPrefix(q, "-"); ok {
			p.not, q = true, rest
		}
		if rest, ok := strings.CutPrefix(q, `"`); ok {
			p.text, q, _ = strings.Cut(rest, `"`)
		} else {
			end := strings.IndexAny(q, " \t\n\"")
			p.open = end < 0
			if end < 0 {
				end = len(q)
			}
			p.text, q = q[:end], q[end:]
			p.open = p.open || strings.HasSuffix(p.text, "*")
		}
		out = append(out, p)
	}
	return out
}
