package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"byline/articles"
)

// A Layer is what a machine made of one version of an article.
type Layer struct {
	Engine  string // version of what made it
	Version int    // of the article
	Data    []byte
	Counts  articles.Counts // with the decisions so far applied
	Names   []Name
}

// A Name is an entity of an article under a key by which it is found again
// elsewhere.
type Name struct {
	Key, Type, Name string
	Count, First    int // mentions; byte offset of the first
}

// Layer returns the layer that engine made of the current version of an article, and
// whether there is one.
func (s *Store) Layer(ctx context.Context, id, engine string) (data []byte, ok bool, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT l.data FROM layers l JOIN articles a ON a.num = l.article
		WHERE a.id = ? AND l.engine = ? AND l.version = a.version`, id, engine).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("read the layer of %s: %w", id, s.named(err))
	}
	return data, true, nil
}

// SaveLayer stores a layer with its counts and names. One that was made of another
// version than the current one is dropped: the article has changed meanwhile.
func (s *Store) SaveLayer(ctx context.Context, id string, l Layer) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		var num int64
		err := tx.QueryRowContext(ctx, "SELECT num FROM articles WHERE id = ? AND version = ?", id, l.Version).Scan(&num)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "INSERT OR REPLACE INTO layers (article, version, engine, data) VALUES (?, ?, ?, ?)",
			num, l.Version, l.Engine, blob(l.Data))
		if err != nil {
			return err
		}
		if err := setCounts(ctx, tx, num, l.Counts); err != nil {
			return err
		}
		return setNames(ctx, tx, num, l.Names)
	})
	if err != nil {
		return fmt.Errorf("save the layer of %s: %w", id, err)
	}
	return nil
}

// blob returns b as a value that is empty, not missing, where it holds nothing.
func blob(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

func setCounts(ctx context.Context, tx *sql.Tx, num int64, c articles.Counts) error {
	_, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO counts (article, people, organizations, quotes, claims, reviewed)
		VALUES (?, ?, ?, ?, ?, ?)`, num, c.People, c.Organizations, c.Quotes, c.Claims, c.Reviewed)
	return err
}

func setNames(ctx context.Context, tx *sql.Tx, num int64, names []Name) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM names WHERE article = ?", num); err != nil {
		return err
	}
	for _, n := range names {
		_, err := tx.ExecContext(ctx, `INSERT INTO names (key, article, type, name, count, first) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET count = count + excluded.count, first = min(first, excluded.first)`,
			n.Key, num, n.Type, n.Name, n.Count, n.First)
		if err != nil {
			return err
		}
	}
	return nil
}

// A NameHit is an article that names an entity.
type NameHit struct {
	Entry articles.Entry
	Name
}

// Elsewhere returns the articles but one that name the entity with that key, the one
// that names it most first.
func (s *Store) Elsewhere(ctx context.Context, key, except string, limit int) ([]NameHit, error) {
	rows, err := s.db.QueryContext(ctx, "SELECT "+entryColumns+", n.key, n.type, n.name, n.count, n.first"+entryTables+
		"JOIN names n ON n.article = a.num WHERE n.key = ? AND a.id <> ? AND a.removed = 0 ORDER BY n.count DESC, a.num DESC LIMIT ?", key, except, limit)
	if err != nil {
		return nil, fmt.Errorf("find %q elsewhere: %w", key, s.named(err))
	}
	defer rows.Close()
	var out []NameHit
	for rows.Next() {
		var h NameHit
		if h.Entry, err = scanEntry(rows, &h.Key, &h.Type, &h.Name.Name, &h.Count, &h.First); err != nil {
			return nil, fmt.Errorf("find %q elsewhere: %w", key, err)
		}
		out = append(out, h)
	}
	return out, rows.Err()
}

// Unannotated returns the ids of the articles that have no layer by engine.
func (s *Store) Unannotated(ctx context.Context, engine string) ([]string, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT a.id FROM articles a LEFT JOIN layers l
		ON l.article = a.num AND l.engine = ? AND l.version = a.version WHERE l.article IS NULL AND a.removed = 0 ORDER BY a.num`, engine)
	if err != nil {
		return nil, fmt.Errorf("list what is not annotated: %w", s.named(err))
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, rows.Err()
}
