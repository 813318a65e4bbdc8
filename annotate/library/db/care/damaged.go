package care

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"byline/annotate/library/db"
	"byline/annotate/library/db/care/graft"
)

// OpenDamaged opens a library that nobody else has open, to read what is left of it. Where not even its tables can be found, it opens a
// copy with a new beginning, in a folder beside it. Done is to be called at the end. The error is [db.ErrDamaged] if nothing can be read.
func OpenDamaged(ctx context.Context, path string) (d *db.DB, done func(), err error) {
	d, err = db.OpenWith(ctx, path, db.Options{Look: true})
	if err == nil && tablesAreThere(ctx, d) {
		return d, func() { d.Close() }, nil
	}
	if err == nil {
		d.Close()
	}
	clearRepairs(filepath.Dir(path))
	dir, e := os.MkdirTemp(filepath.Dir(path), repairing)
	if e != nil {
		return nil, nil, e
	}
	d, e = grafted(ctx, path, dir)
	if e != nil {
		if errors.Is(e, graft.ErrNothing) {
			e = errors.Join(err, fmt.Errorf("%w: %w", db.ErrDamaged, e))
		}
		return nil, nil, errors.Join(e, os.RemoveAll(dir))
	}
	return d, func() {
		d.Close()
		_ = os.RemoveAll(dir)
	}, nil
}

// repairing begins the names of folders beside a library that is repaired.
const repairing = ".byline-repair-"

// clearRepairs removes what a kill left of repairs.
func clearRepairs(dir string) {
	left, _ := filepath.Glob(filepath.Join(dir, repairing+"*"))
	for _, path := range left {
		if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > time.Hour {
			_ = os.RemoveAll(path)
		}
	}
}

// tablesAreThere reports whether the tables can be found that hold what nobody can make again.
func tablesAreThere(ctx context.Context, d *db.DB) bool {
	for _, t := range []string{"articles", "versions", "log", "pages"} {
		if _, err := column(ctx, d.SQL(), "SELECT rowid FROM "+t+" NOT INDEXED LIMIT 1"); err != nil && !db.Damaged(err) {
			return false
		}
	}
	_, err := column(ctx, d.SQL(), "SELECT name FROM sqlite_master")
	return err == nil
}

// grafted opens a copy in dir of the library at path, with a new beginning.
func grafted(ctx context.Context, path, dir string) (*db.DB, error) {
	to, like := filepath.Join(dir, "library.db"), filepath.Join(dir, "new.db")
	if err := CopyRaw(path, to); err != nil {
		return nil, err
	}
	d, err := db.Open(ctx, like)
	if err == nil {
		err = d.Close()
	}
	if err != nil {
		return nil, err
	}
	if _, err := graft.OnTo(ctx, to, like); err != nil {
		return nil, err
	}
	return db.OpenWith(ctx, to, db.Options{Look: true})
}
