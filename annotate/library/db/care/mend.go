package care

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"byline/annotate/library/db"
	"byline/annotate/library/db/code"
	"byline/articles"
	"byline/articles/clean"
)

// Mended says what became of articles that were damaged.
type Mended struct {
	Lost    []string // whose text is lost; a note stands in its place, and their decisions are kept
	Changed []string // whose text is not what was stored, and is kept as it is
	Again   []string // IDs of those of both whose page is kept, to be read again
	Found   []string // that had lost title and source; they have their text and their decisions
	Back    int      // decisions that were taken from a copy
	Lines   int      // the same of the logs of the team and of merged names
	Copied  []string // texts that were
	Out     int      // decisions that said nothing and were taken out

	copies []string
}

// lostNote stands in the place of a text that is lost.
const lostNote = "The text of this article was lost when the library was damaged. Add it again from its source: the decisions on it find their place by their words."

// noBlocks is the code of a text whose lines are paragraphs.
var noBlocks = []byte{1, 0, 0}

// mend gives every article a text, and every text and decision an article. Texts that are not what they were come from the first
// copy that has them.
func mend(ctx context.Context, d *db.DB, copies []string) (*Mended, error) {
	m := &Mended{copies: copies}
	if err := inTransaction(ctx, d, func(tx *sql.Tx) error { return m.articles(ctx, tx) }); err != nil {
		return m, err
	}
	all, err := texts(ctx, d.SQL())
	if err != nil {
		return m, err
	}
	var wrong []text
	for _, t := range all {
		a, err := d.Version(ctx, t.id, t.version)
		if err != nil || articles.TextID(a.Text) != t.hash {
			wrong = append(wrong, t)
		}
	}
	return m, inTransaction(ctx, d, func(tx *sql.Tx) error {
		for i := range wrong {
			if err := m.text(ctx, tx, &wrong[i]); err != nil {
				return fmt.Errorf("%s: %w", wrong[i].id, err)
			}
		}
		return nil
	})
}

// articles makes the articles that texts and decisions belong to and that are gone.
func (m *Mended) articles(ctx context.Context, tx *sql.Tx) error {
	rows, err := tx.QueryContext(ctx, `SELECT DISTINCT article FROM (SELECT article FROM versions UNION ALL SELECT article FROM log UNION ALL SELECT article FROM pages)
		WHERE article NOT IN (SELECT num FROM articles) ORDER BY article`)
	if err != nil {
		return err
	}
	defer rows.Close()
	var gone []int64
	for rows.Next() {
		var num int64
		if err := rows.Scan(&num); err != nil {
			return err
		}
		gone = append(gone, num)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, num := range gone {
		if err := m.article(ctx, tx, num); err != nil {
			return err
		}
	}
	return nil
}

// article makes an article of the texts that it has, or of none. Its ID is that of its first text, as it was.
func (m *Mended) article(ctx context.Context, tx *sql.Tx, num int64) error {
	id, words, hash, version := fmt.Sprintf("lost-%d", num), code.Text(""), "", 1
	err := tx.QueryRowContext(ctx, `SELECT v.text, v.hash, v.version, coalesce((SELECT hash FROM versions WHERE article = v.article AND version = 1), v.hash)
		FROM versions v WHERE v.article = ? ORDER BY v.version DESC LIMIT 1`, num).Scan(&words, &hash, &version, &id)
	if err != nil { // there is none, or it cannot be read
		words = ""
	}
	title, _, _ := strings.Cut(string(words), "\n")
	if title = clean.Words(title); title == "" {
		title = fmt.Sprintf("A lost article (%d)", num)
	} else if len(title) > 80 {
		title = clean.Words(strings.ToValidUTF8(title[:80], "")) + "…"
	}
	_, err = tx.ExecContext(ctx, `INSERT OR IGNORE INTO articles (num, id, title, author, site, source, format, date, added, length, version, hash)
		VALUES (?1, ?2, ?3, '', '', coalesce((SELECT url FROM pages WHERE article = ?1 ORDER BY version DESC LIMIT 1), ''), ?4, 0, ?5, ?6, ?7, ?8)`, num, id, title, articles.Plain, time.Now().UnixMilli(), len(strings.Fields(string(words))), version, hash)
	m.Found = append(m.Found, fmt.Sprintf("%.8s “%s”", id, title))
	return err
}

// text mends a text that is lost, or is not what was stored.
func (m *Mended) text(ctx context.Context, tx *sql.Tx, t *text) error {
	var stored code.Text
	var marks []byte
	hash, kept := t.hash, true
	err := tx.QueryRowContext(ctx, "SELECT marks, text FROM versions WHERE article = ? AND version = ?", t.num, t.version).Scan(&marks, &stored)
	words := string(stored)
	copied := textIn(ctx, m.copies, t)
	switch {
	case copied != nil:
		words, marks, kept = copied.words, copied.marks, false
		m.Copied = append(m.Copied, t.String())
	case err != nil: // there is none, or it cannot be read
		words, marks = lostNote, noBlocks
		m.Lost = append(m.Lost, t.String())
	case articles.TextID(words) == hash: // then it is the blocks
		marks, kept = noBlocks, false
	default:
		if sound := clean.String(words); sound != words {
			words, marks = sound, noBlocks
		}
		m.Changed = append(m.Changed, t.String())
	}
	if t.paged && t.version == t.current && articles.TextID(words) != hash {
		m.Again = append(m.Again, t.id)
	}
	was := hash
	hash = articles.TextID(words)
	_, err = tx.ExecContext(ctx, `INSERT INTO versions (article, version, hash, added, marks, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
		ON CONFLICT DO UPDATE SET hash = ?3, marks = ?5, text = ?6`, t.num, t.version, hash, time.Now().UnixMilli(), marks, code.EncodeText(words))
	if err == nil && kept { // so that a later check knows
		_, err = tx.ExecContext(ctx, "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", fmt.Sprint(keptKey, t.num, ":", t.version), hash)
	}
	if err != nil || t.version != t.current || was == hash {
		return err
	}
	_, err = tx.ExecContext(ctx, "UPDATE articles SET hash = ?, length = ? WHERE num = ?", hash, len(strings.Fields(words)), t.num)
	return err
}
