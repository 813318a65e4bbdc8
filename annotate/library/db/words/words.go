// Package words makes texts and names searchable by their words, once all else of a transaction is written.
//
// FTS5 collects words in memory and writes them to the file when the transaction ends, but also before each statement that SQLite may
// have to take back alone: one that fires triggers, an upsert, a change of several rows. Every time it writes one more piece, and merges
// it with others later. With its words at the end, a transaction writes one piece of each index, however many articles it is about.
package words

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
)

// An Index is one of the indexes of words.
type Index struct{ table, insert string }

// The indexes. In those of articles a row replaces the one that is there.
var (
	Texts     = Index{"words", "INSERT OR REPLACE INTO words (rowid, text, title) VALUES (?, ?, ?)"}
	TextsNext = Index{"words_next", "INSERT OR REPLACE INTO words_next (rowid, text, title) VALUES (?, ?, ?)"} // what becomes of Texts once a library is tidied
	Named     = Index{"named", "INSERT OR REPLACE INTO named (rowid, person, organization, place, other) VALUES (?, ?, ?, ?, ?)"}
	Said      = Index{"said", "INSERT INTO said (rowid, text, speaker) VALUES (?, ?, ?)"}          // a row for a quote
	Further   = Index{"further_named", "INSERT INTO further_named (rowid, speaker) VALUES (?, ?)"} // for a further speaker
	Labelled  = Index{"labelled", "INSERT INTO labelled (rowid, name) VALUES (?, ?)"}              // for a label
)

// Remove deletes a row of i.
func (i Index) Remove(ctx context.Context, tx *sql.Tx, num int64) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM "+i.table+" WHERE rowid = ?", num)
	return err
}

// Later holds what is to be written at the end of a transaction. The zero Later is empty.
type Later struct{ rows []row }

type row struct {
	index Index
	num   int64
	texts []string
}

// Add has a row indexed, with a text for each column.
func (l *Later) Add(i Index, num int64, texts ...string) {
	l.rows = append(l.rows, row{i, num, texts})
}

// Write writes what is held, which is nothing then.
func (l *Later) Write(ctx context.Context, tx *sql.Tx) error {
	// FTS5 writes a piece as well before a row whose number is lower than that of the last.
	slices.SortStableFunc(l.rows, func(a, b row) int {
		return cmp.Or(cmp.Compare(a.index.table, b.index.table), cmp.Compare(a.num, b.num))
	})
	for i := range l.rows {
		r := &l.rows[i]
		args := []any{r.num}
		for _, t := range r.texts {
			args = append(args, t)
		}
		if _, err := tx.ExecContext(ctx, r.index.insert, args...); err != nil {
			return err
		}
	}
	l.rows = nil
	return nil
}
