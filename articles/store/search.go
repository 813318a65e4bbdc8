package store

import (
	"context"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"byline/articles"
)

// Search returns the articles that hold every word of query, the best first, a title
// counting most. Words in double quotes are a phrase, a word after - must not occur,
// and a word with * behind it, as the last one, also finds what it begins. No query is
// an error.
func (s *Store) Search(ctx context.Context, query string, limit int) ([]articles.Hit, error) {
	match, terms := parse(query)
	if match == "" {
		return nil, nil
	}
	rows, err := s.db.QueryContext(ctx, "SELECT "+entryColumns+", v.text FROM (SELECT rowid, rank FROM words WHERE words MATCH ? AND rank MATCH 'bm25(8.0, 1.0)' ORDER BY rank LIMIT ?) w JOIN articles a ON a.num = w.rowid "+
		"JOIN versions v ON v.article = a.num AND v.version = a.version LEFT JOIN counts c ON c.article = a.num WHERE a.removed = 0 ORDER BY w.rank", match, limit)
	if err != nil {
		return nil, fmt.Errorf("search for %q: %w", query, s.named(err))
	}
	defer rows.Close()
	var out []articles.Hit
	for rows.Next() {
		var text string
		e, err := scanEntry(rows, &text)
		if err != nil {
			return nil, fmt.Errorf("search for %q: %w", query, err)
		}
		out = append(out, hit(e, text, terms))
	}
	return out, rows.Err()
}

// A term is a word or the first word of a phrase, folded as the index folds it.
type term struct {
	folded string
	prefix bool
}

// parse turns what a person typed into a query of FTS5 in which every word is
// quoted, so that nothing in it is syntax, and the terms to look for in a text.
func parse(query string) (match string, terms []term) {
	var want, not []string
	for _, p := range parts(query) {
		ws := strings.FieldsFunc(p.text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.Is(unicode.M, r) })
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
		terms = append(terms, term{fold(ws[0]), p.open && len(ws) == 1})
	}
	if len(want) == 0 {
		return "", nil
	}
	match = strings.Join(want, " AND ")
	for _, n := range not {
		match = "(" + match + ") NOT " + n
	}
	return match, terms
}

// A part of a query: a word or a phrase.
type part struct {
	text string
	not  bool // it must not occur
	open bool // it is still being typed
}

func parts(query string) []part {
	const longest = 1000 // bytes of a query that count
	if len(query) > longest {
		query = strings.ToValidUTF8(query[:longest], "")
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

// fold returns s as the index sees it: lower case, without diacritics.
func fold(s string) string {
	ascii := true
	for i := range len(s) {
		ascii = ascii && s[i] < utf8.RuneSelf
	}
	if ascii {
		return strings.ToLower(s)
	}
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
}

// Bytes of a text around its first match that a snippet holds.
const (
	snippetBefore = 40
	snippetAfter  = 120
)

// hit finds the first of terms in text, and the words around it.
func hit(e articles.Entry, text string, terms []term) articles.Hit {
	h := articles.Hit{Entry: e, Offset: -1}
	first := find(text, terms)
	from := 0
	if first.End > 0 {
		h.Offset = first.Start
		from = max(0, first.Start-snippetBefore)
	}
	to := min(len(text), max(from, h.Offset)+snippetAfter)
	for from > 0 && text[from-1] != ' ' && text[from-1] != '\n' && first.Start-from < 2*snippetBefore {
		from--
	}
	for from > 0 && !utf8.RuneStart(text[from]) {
		from--
	}
	for to < len(text) && !utf8.RuneStart(text[to]) {
		to++
	}
	h.Snippet = strings.ReplaceAll(text[from:to], "\n", " ")
	for at := 0; first.End > 0 && at < len(h.Snippet); {
		m := find(h.Snippet[at:], terms)
		if m.End == 0 {
			break
		}
		h.Matches = append(h.Matches, m.Shift(at))
		at += m.End
	}
	return h
}

// find returns the first word of text that one of terms is, or begins.
func find(text string, terms []term) articles.Span {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !inWord(r) {
			i += size
			continue
		}
		end := i + size
		for end < len(text) {
			r, size := utf8.DecodeRuneInString(text[end:])
			if !inWord(r) {
				break
			}
			end += size
		}
		w := fold(text[i:end])
		for _, t := range terms {
			if w == t.folded || t.prefix && strings.HasPrefix(w, t.folded) {
				return articles.Span{Start: i, End: end}
			}
		}
		i = end
	}
	return articles.Span{}
}

func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.M, r)
}
