package care

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"byline/annotate/library/db"
)

// Copies are the copies of one library that are kept in a folder: the latest few, up to a size. A limit of 0 files
// keeps none and makes none.
type Copies struct {
	Dir   string
	Files int
	Bytes int64 // of all of them
	Now   func() time.Time
}

// FolderOf returns the name of the folder with the copies of the library at path, which no other library has.
func FolderOf(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	if to, err := filepath.EvalSymlinks(path); err == nil {
		path = to
	} else if dir, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil { // one that is gone had copies, too
		path = filepath.Join(dir, filepath.Base(path))
	}
	h := fnv.New32a()
	h.Write([]byte(path))
	name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	return fmt.Sprintf("%s-%08x", name, h.Sum32())
}

// layout is how the name of a copy begins: those of the same library sort by time.
const layout = "2006-01-02-150405"

// List returns the paths of the copies, the latest first.
func (k *Copies) List() []string {
	all, _ := os.ReadDir(k.Dir) // a folder that is not there has none
	var out []string
	for _, f := range all {
		if _, ok := madeAt(f.Name()); ok {
			out = append(out, filepath.Join(k.Dir, f.Name()))
		}
	}
	slices.Sort(out)
	slices.Reverse(out)
	return out
}

// beforeRepair says why a copy was made, as its name does, whose library is damaged.
const beforeRepair = "before-repair"

// BeforeRepair returns the path of a copy of the files of a damaged library.
func (k *Copies) BeforeRepair() (string, error) { return k.next(beforeRepair) }

// Sound returns the paths of the copies, the latest first, without those of files that were to be repaired.
func (k *Copies) Sound() []string {
	return slices.DeleteFunc(k.List(), func(path string) bool { return strings.HasSuffix(path, "-"+beforeRepair+".db") })
}

// madeAt returns when the copy with that name was made.
func madeAt(name string) (time.Time, bool) {
	if filepath.Ext(name) != ".db" || len(name) < len(layout) {
		return time.Time{}, false
	}
	t, err := time.ParseInLocation(layout, name[:len(layout)], time.Local)
	return t, err == nil
}

// week is how old the latest copy is when another is made, and the oldest article when the first is.
const week = 7 * 24 * time.Hour

// Due reports whether a library should be copied: it is older than a week, and so is the latest copy, and it has
// changed since.
func (k *Copies) Due(ctx context.Context, d *db.DB) bool {
	if k.Files == 0 || d.ReadOnly() {
		return false
	}
	var last time.Time
	if all := k.List(); len(all) > 0 {
		last, _ = madeAt(filepath.Base(all[0]))
	}
	if k.Now().Sub(last) < week || !changedSince(d.Path(), last) {
		return false
	}
	var first int64
	err := d.SQL().QueryRowContext(ctx, "SELECT coalesce(min(added), 0) FROM articles").Scan(&first)
	return err == nil && first > 0 && k.Now().Sub(time.UnixMilli(first)) >= week
}

// changedSince reports whether a library was written after t.
func changedSince(path string, t time.Time) bool {
	for _, end := range []string{"", "-wal"} {
		if info, err := os.Stat(path + end); err == nil && info.ModTime().After(t) {
			return true
		}
	}
	return false
}

// Make copies a library into the folder, under a name that says when and why, and deletes the oldest copies that are
// too many or too large. A copy of a damaged library is not kept, and costs no older one its place.
func (k *Copies) Make(ctx context.Context, s *Snapshot, why string) (Copy, error) {
	if info, err := os.Stat(s.of.Path()); err == nil && info.Size() > k.Bytes {
		return Copy{}, fmt.Errorf("the library has %d MB, more than the %d MB that its backups may have", info.Size()>>20, k.Bytes>>20)
	}
	to, err := k.next(why)
	if err != nil {
		return Copy{}, err
	}
	c, err := s.Write(ctx, to, false)
	if err != nil {
		return c, err
	}
	return c, k.clear()
}

// next returns the path of a copy that is made now, or a second later where there is one, in a folder that is there.
func (k *Copies) next(why string) (string, error) {
	if err := os.MkdirAll(k.Dir, 0o700); err != nil {
		return "", err
	}
	for now := k.Now(); ; now = now.Add(time.Second) {
		path := filepath.Join(k.Dir, now.Format(layout)+"-"+why+".db")
		if _, err := os.Lstat(path); err != nil {
			return path, nil
		}
	}
}

// clear deletes the oldest copies that are too many or too large together, but never the latest, and what a kill left of
// copies that were being made.
func (k *Copies) clear() error {
	var errs []error
	left, _ := filepath.Glob(filepath.Join(k.Dir, temporaryName+"*"))
	for _, path := range left {
		if info, err := os.Stat(path); err == nil && k.Now().Sub(info.ModTime()) > time.Hour {
			errs = append(errs, os.Remove(path))
		}
	}
	var bytes int64
	for i, path := range k.List() {
		info, err := os.Stat(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			errs = append(errs, err)
			continue
		}
		bytes += info.Size()
		if i > 0 && (i >= k.Files || bytes > k.Bytes) {
			errs = append(errs, os.Remove(path))
			_ = os.Remove(path + "-wal") // of a copy made before a repair
		}
	}
	return errors.Join(errs...)
}
