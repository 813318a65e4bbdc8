package care

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"byline/annotate/library/db"
	"byline/annotate/library/db/code"
	"byline/articles"
)

// keptKey begins the keys under which the table meta has the hashes of texts that a repair could not make what they were, by
// article and version.
const keptKey = "kept:"

// A slot is where a library has a text.
type slot struct {
	article int64
	version int
}

// keptTexts returns the hashes of texts that a repair could not make what they were.
func keptTexts(ctx context.Context, from querier) (map[slot]string, error) {
	rows, err := from.QueryContext(ctx, "SELECT key, value FROM meta WHERE key >= ? AND key < ?", keptKey, keptKey+"~")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[slot]string{}
	for rows.Next() {
		var key, hash string
		var at slot
		if err := rows.Scan(&key, &hash); err != nil {
			return out, err
		}
		if _, err := fmt.Sscanf(key, keptKey+"%d:%d", &at.article, &at.version); err == nil {
			out[at] = hash
		}
	}
	return out, rows.Err()
}

// A copiedText is one as a copy has it.
type copiedText struct {
	words string
	marks []byte
}

// textIn returns the text that t was from the first copy that has it; nil if none does.
func textIn(ctx context.Context, copies []string, t *text) *copiedText {
	for _, path := range copies {
		copied, err := openCopy(path)
		if err != nil {
			continue
		}
		var marks []byte
		var words code.Text
		err = copied.QueryRowContext(ctx, "SELECT v.marks, v.text FROM versions v JOIN articles a ON a.num = v.article WHERE a.id = ? AND v.version = ? AND v.hash = ?", t.id, t.version, t.hash).Scan(&marks, &words)
		copied.Close()
		if err == nil && articles.TextID(string(words)) == t.hash {
			if code.DecodeBlocks(marks, &articles.Article{Text: string(words)}) == nil {
				return &copiedText{string(words), marks}
			}
		}
	}
	return nil
}

// asNow returns d, or, where an older byline wrote it, a copy of it in today's form, so that what is missing in the old form is no fault. A
// damaged library stays as it is. Done is to be called at the end.
func asNow(ctx context.Context, d *db.DB) (now *db.DB, done func(), err error) {
	keep := func() {}
	var at int
	newest, err := db.Schema()
	if err != nil || d.SQL().QueryRowContext(ctx, "PRAGMA user_version").Scan(&at) != nil || at == newest || d.Trouble() != nil {
		return d, keep, err
	}
	dir, err := os.MkdirTemp("", "byline-check-")
	if err != nil {
		return nil, nil, err
	}
	s, err := Begin(ctx, d)
	if err == nil {
		_, err = s.Write(ctx, filepath.Join(dir, "library.db"), false)
		s.End(ctx)
	}
	if err == nil {
		now, err = db.Open(ctx, filepath.Join(dir, "library.db"))
	}
	if err != nil { // which the check of the old one explains
		return d, keep, os.RemoveAll(dir)
	}
	return now, func() {
		now.Close()
		_ = os.RemoveAll(dir)
	}, nil
}

// fill takes the rows of a table that could be read in part from the first copy that has more: articles, and what belongs to those
// that both have. It returns how many.
func (s *Saved) fill(ctx context.Context, tx *sql.Tx, t *table, ask Asked) (added int, err error) {
	for _, path := range s.copies {
		copied, err := openCopy(path)
		if err != nil {
			continue
		}
		n, err := fillFrom(ctx, copied, tx, t, ask)
		copied.Close()
		if err == nil && n > 0 {
			s.Copy = path
			if t.name == "log" {
				s.upTo = lastSeq(ctx, path)
			}
			return n, nil
		}
		if err := ctx.Err(); err != nil {
			return 0, err
		}
	}
	return 0, nil
}

// lastSeq returns the number of the last decision in a copy.
func lastSeq(ctx context.Context, path string) (n int64) {
	if copied, err := openCopy(path); err == nil {
		defer copied.Close()
		_ = copied.QueryRowContext(ctx, "SELECT coalesce(max(seq), 0) FROM log").Scan(&n)
	}
	return n
}

func fillFrom(ctx context.Context, copied *sql.DB, tx *sql.Tx, t *table, ask Asked) (added int, err error) {
	wanted, err := alike(ctx, copied, tx, t)
	if err != nil {
		return 0, err
	}
	bad := map[any]bool{}
	if t.name == "log" {
		_, wrong, err := unsound(ctx, copied, ask)
		if err != nil {
			return 0, err
		}
		for i := range wrong {
			bad[wrong[i].Seq] = true
		}
	}
	from := *t
	if from.columns, err = sharedColumns(ctx, copied, tx, t.name); err != nil || len(from.columns) == 0 {
		return 0, err
	}
	add, err := tx.PrepareContext(ctx, "INSERT OR IGNORE INTO "+t.name+" ("+strings.Join(from.columns, ", ")+") VALUES (?"+strings.Repeat(", ?", len(from.columns)-1)+")")
	if err != nil {
		return 0, err
	}
	defer add.Close()
	article, seq := slices.Index(from.columns, keyOf(t)), slices.Index(from.columns, "seq")
	r := reader{from: copied, table: from, emit: func(values []any) error {
		if num, ok := values[article].(int64); !ok || !wanted[num] || seq >= 0 && bad[values[seq]] {
			return nil
		}
		res, err := add.ExecContext(ctx, values...)
		if err == nil {
			n, _ := res.RowsAffected()
			added += int(n)
		}
		return err
	}}
	return added, r.all(ctx)
}

// keyOf returns the column of a table that says which article a row belongs to.
func keyOf(t *table) string {
	if t.name == "articles" {
		return "num"
	}
	return "article"
}

// alike returns the numbers of the articles whose rows a copy may give: those that are the same in both, or of the table
// articles those that are missing. What somebody deleted for good stays deleted.
func alike(ctx context.Context, copied *sql.DB, tx *sql.Tx, t *table) (map[int64]bool, error) {
	here, same := "SELECT num || ' ' || id || ' ' || added FROM articles", true
	if t.name == "articles" {
		here, same = "SELECT id FROM articles UNION SELECT id FROM purged", false
	}
	ours, err := column(ctx, tx, here)
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, s := range ours {
		known[s] = true
	}
	theirs, err := column(ctx, copied, "SELECT num || ' ' || id || ' ' || added FROM articles")
	out := map[int64]bool{}
	for _, s := range theirs {
		var num, added int64
		var id string
		if _, err := fmt.Sscan(s, &num, &id, &added); err != nil {
			continue
		}
		if same && known[s] || !same && !known[id] {
			out[num] = true
		}
	}
	return out, err
}
