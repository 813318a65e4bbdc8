// Package graft makes a damaged SQLite file readable whose first page, or what it says of its own tables, is damaged. Which tables a
// library has is known; where each begins is found in what is left. A new first page says so, and SQLite reads the rest.
//
// The formats are those of SQLite's [database file] and its write-ahead log.
//
// [database file]: https://www.sqlite.org/fileformat2.html
package graft

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"

	_ "modernc.org/sqlite" // the driver
)

// ErrNothing says that no table was found.
var ErrNothing = errors.New("nothing tells any more where its tables are")

// An object is a row of the schema.
type object struct {
	kind, name, table, text string
	root                    uint32 // its first page; 0 for views, triggers and virtual tables
}

// OnTo gives the file at path, which nobody has open, a new beginning, which says where the tables are that the file at like
// has: a sound one, closed, which OnTo changes. What is in the write-ahead log beside path is folded in. It returns the names of the
// tables that were not found. The error is [ErrNothing] if none was.
func OnTo(ctx context.Context, path, like string) (missing []string, err error) {
	size, err := pageSize(like)
	if err != nil {
		return nil, err
	}
	if err := fold(path, size); err != nil {
		return nil, fmt.Errorf("fold in the log: %w", err)
	}
	file, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if pages := len(file) / size; pages < 2 {
		return nil, ErrNothing
	}
	objects, err := schemaOf(ctx, like)
	if err != nil {
		return nil, err
	}
	found := 0
	for i := range objects {
		o := &objects[i]
		if o.root == 0 {
			continue
		}
		if o.root = place(file, size, o); o.root != 0 {
			found++
		} else if o.kind == "table" {
			missing = append(missing, o.name)
		}
	}
	if found == 0 {
		return missing, ErrNothing
	}
	if err := write(ctx, like, objects); err != nil {
		return missing, err
	}
	schema, err := os.ReadFile(like)
	if err != nil {
		return missing, err
	}
	grafted, err := join(file, schema, size)
	if err != nil {
		return missing, err
	}
	return missing, os.WriteFile(path, grafted, 0o600)
}

// pageSize returns the size of a page of a sound file, in bytes.
func pageSize(path string) (int, error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	var head [100]byte
	if _, err := f.ReadAt(head[:], 0); err != nil {
		return 0, err
	}
	if size := int(binary.BigEndian.Uint16(head[16:])); size != 1 {
		return size, nil
	}
	return 65536, nil
}

// open opens a file over one connection.
func open(path, mode string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?mode="+mode+"&_pragma=writable_schema(1)")
	if err == nil {
		db.SetMaxOpenConns(1)
	}
	return db, err
}

// schemaOf returns what a sound file has, in the order in which it was made.
func schemaOf(ctx context.Context, path string) ([]object, error) {
	db, err := open(path, "ro")
	if err != nil {
		return nil, err
	}
	defer db.Close()
	rows, err := db.QueryContext(ctx, "SELECT type, name, tbl_name, rootpage, coalesce(sql, '') FROM sqlite_master ORDER BY rowid")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []object
	for rows.Next() {
		var o object
		if err := rows.Scan(&o.kind, &o.name, &o.table, &o.root, &o.text); err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	return out, rows.Err()
}

// write has the file at path say that its tables are where objects have them. Those without a place are taken out, with what is about
// them.
func write(ctx context.Context, path string, objects []object) error {
	db, err := open(path, "rw")
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, "PRAGMA journal_mode = DELETE"); err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	gone := map[string]bool{}
	for _, o := range objects {
		at := any(o.root)
		query := "UPDATE sqlite_master SET rootpage = ?1 WHERE type = ?2 AND name = ?3"
		placeless := o.root == 0 && (o.kind == "index" || o.kind == "table" && !virtual(&o))
		if placeless || gone[o.table] {
			query = "DELETE FROM sqlite_master WHERE ?1 IS NOT NULL AND type = ?2 AND name = ?3"
			gone[o.name] = gone[o.name] || o.kind == "table"
		}
		if _, err := tx.ExecContext(ctx, query, at, o.kind, o.name); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func virtual(o *object) bool { return strings.HasPrefix(o.text, "CREATE VIRTUAL") }

// place returns the first page of an object by what is left of the row of the schema about it, wherever in the file that is: by what
// the row begins with, or by the words that follow the number. 0 if there is none.
func place(file []byte, size int, o *object) uint32 {
	var found []uint32
	for at := range all(file, []byte(o.kind+o.name+o.table)) {
		found = append(found, after(file, at, o))
	}
	if len(found) == 0 && o.text != "" {
		for at := range all(file, []byte(o.text[:min(len(o.text), 40)])) {
			found = append(found, before(file, at, o))
		}
	}
	found = slices.DeleteFunc(found, func(root uint32) bool { return root < 2 || int(root) > len(file)/size })
	kind := slices.DeleteFunc(slices.Clone(found), func(root uint32) bool { return !isKind(file[(int(root)-1)*size], o) })
	if len(kind) > 0 {
		found = kind
	}
	if len(found) == 0 {
		return 0
	}
	return mostOf(found)
}

// isKind reports whether a page that begins with b is of a tree that an object may have.
func isKind(b byte, o *object) bool {
	if o.kind == "table" && !strings.HasSuffix(o.text, "WITHOUT ROWID") {
		return b == 0x0d || b == 0x05
	}
	return b == 0x0a || b == 0x02
}

// all yields where in b there is part.
func all(b, part []byte) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for from := 0; ; {
			i := bytes.Index(b[from:], part)
			if i < 0 || !yield(from+i) {
				return
			}
			from += i + 1
		}
	}
}

// after reads the number behind the names of a row that begin at at: its length is in the head of the record, which ends there.
func after(file []byte, at int, o *object) uint32 {
	head := typesOf(o.kind, o.name, o.table)
	for rest := 1; rest <= 3; rest++ { // the length of the type of the words that follow
		from := at - rest - 1 - len(head)
		if from < 0 || !bytes.Equal(file[from:from+len(head)], head) {
			continue
		}
		if n := int(file[at-rest-1]); n >= 1 && n <= 4 {
			return number(file, at+len(o.kind)+len(o.name)+len(o.table), n)
		}
	}
	return 0
}

// before reads the number before the words of a row that begin at at, if the name before it says how long it is.
func before(file []byte, at int, o *object) uint32 {
	for n := 1; n <= 4; n++ {
		if from := at - n - len(o.table); from >= 0 && string(file[from:at-n]) == o.table {
			return number(file, at-n, n)
		}
	}
	return 0
}

// typesOf returns the types of texts as the head of a record has them.
func typesOf(texts ...string) (out []byte) {
	for _, s := range texts {
		if n := 13 + 2*len(s); n < 128 {
			out = append(out, byte(n))
		} else {
			out = append(out, byte(n>>7)|0x80, byte(n)&0x7f)
		}
	}
	return out
}

// number reads n bytes.
func number(file []byte, at, n int) (out uint32) {
	if at < 0 || at+n > len(file) {
		return 0
	}
	for _, b := range file[at : at+n] {
		out = out<<8 | uint32(b)
	}
	return out
}

// mostOf returns the number that is there most often; of several the last.
func mostOf(list []uint32) uint32 {
	n := map[uint32]int{}
	best := list[0]
	for _, x := range list {
		if n[x]++; n[x] >= n[best] {
			best = x
		}
	}
	return best
}

// join returns file with the schema of another file for its own: the first page of that, and behind the last page those that
// it leads to.
func join(file, schema []byte, size int) ([]byte, error) {
	out := slices.Clone(file[:len(file)/size*size])
	first, out, err := graft(out, schema, 1, size, 0)
	if err != nil {
		return nil, err
	}
	copy(out, first)
	copy(out[60:64], version(file, schema))
	out[18], out[19] = 1, 1 // without a log
	binary.BigEndian.PutUint32(out[28:], uint32(len(out)/size))
	clear(out[32:40]) // which pages are free is not known, nor asked
	copy(out[92:96], out[24:28])
	return out, nil
}

// version returns which form the library has, if that is still to be believed.
func version(file, schema []byte) []byte {
	had, has := file[60:64], schema[60:64]
	if string(file[:16]) == string(schema[:16]) && binary.BigEndian.Uint32(had) > 0 && binary.BigEndian.Uint32(had) <= binary.BigEndian.Uint32(has) {
		return had
	}
	return has
}

// graft returns a page of the tree of the schema, whose further pages it has added to out.
func graft(out, schema []byte, page, size, depth int) (own, longer []byte, err error) {
	if page < 1 || page*size > len(schema) || depth > 8 {
		return nil, nil, errors.New("the new schema is damaged")
	}
	own = slices.Clone(schema[(page-1)*size : page*size])
	head := 0
	if page == 1 {
		head = 100
	}
	if own[head] != 0x05 { // a leaf
		return own, out, nil
	}
	at := []int{head + 8} // where it says which pages it leads to
	for i := range int(binary.BigEndian.Uint16(own[head+3:])) {
		at = append(at, int(binary.BigEndian.Uint16(own[head+12+2*i:])))
	}
	for _, i := range at {
		var below []byte
		if below, out, err = graft(out, schema, int(binary.BigEndian.Uint32(own[i:])), size, depth+1); err != nil {
			return nil, nil, err
		}
		out = append(out, below...)
		binary.BigEndian.PutUint32(own[i:], uint32(len(out)/size))
	}
	return own, out, nil
}
