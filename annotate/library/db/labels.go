package db

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"byline/annotate"
	"byline/annotate/library/query"
)

// Labels returns the user's own labels that names in the library have, alphabetically. Of
// labels that differ only in case or accents it returns one.
func (s Layers) Labels(ctx context.Context) ([]string, error) {
	rows, err := s.reads.QueryContext(ctx, `SELECT min(l.label) FROM labels l JOIN articles a ON a.num = l.article
		WHERE a.removed = 0 GROUP BY l.key ORDER BY l.key`)
	if err != nil {
		return nil, fmt.Errorf("list labels: %w", s.explain(err))
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var l string
		if err := rows.Scan(&l); err != nil {
			return nil, fmt.Errorf("list labels: %w", err)
		}
		out = append(out, l)
	}
	return out, rows.Err()
}

// addLabels indexes the names of an article, which is not in the index yet, by the labels
// that the user gave them.
func addLabels(ctx context.Context, tx *sql.Tx, num int64, names []Name) error {
	called := map[annotate.Type][]string{}
	var order []annotate.Type
	for _, n := range names {
		if n.Type == "" || builtIn[n.Type] {
			continue
		}
		if called[n.Type] == nil {
			order = append(order, n.Type)
		}
		called[n.Type] = append(called[n.Type], n.forms())
	}
	for _, label := range order {
		res, err := tx.ExecContext(ctx, "INSERT INTO labels (article, label, key) VALUES (?, ?, ?)", num, label, query.LabelKey(string(label)))
		if err != nil {
			return err
		}
		row, err := res.LastInsertId()
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO labelled (rowid, name) VALUES (?, ?)", row, strings.Join(called[label], nameSeparator)); err != nil {
			return err
		}
	}
	return nil
}

// forms returns all forms of n as one text to be indexed.
func (n *Name) forms() string {
	return strings.Join(append([]string{n.Name}, n.Forms...), nameSeparator)
}

// dropLabels removes an article from the index of labels.
func dropLabels(ctx context.Context, tx *sql.Tx, num int64) error {
	for _, statement := range []string{
		"DELETE FROM labelled WHERE rowid IN (SELECT num FROM labels WHERE article = ?)",
		"DELETE FROM labels WHERE article = ?",
	} {
		if _, err := tx.ExecContext(ctx, statement, num); err != nil {
			return err
		}
	}
	return nil
}

// labelStoredNames fills the new index of labels from the table of names, which has one
// form of each.
func labelStoredNames(ctx context.Context, tx *sql.Tx) error {
	rows, err := tx.QueryContext(ctx, "SELECT article, type, name FROM names WHERE type NOT IN ('', 'person', 'organization', 'place', 'other') ORDER BY article")
	if err != nil {
		return err
	}
	defer rows.Close()
	found := map[int64][]Name{}
	for rows.Next() {
		var num int64
		var n Name
		if err := rows.Scan(&num, &n.Type, &n.Name); err != nil {
			return err
		}
		found[num] = append(found[num], n)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for num, names := range found {
		if err := addLabels(ctx, tx, num, names); err != nil {
			return err
		}
	}
	return nil
}
