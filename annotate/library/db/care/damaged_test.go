package care_test

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"byline/annotate/library/db"
	"byline/annotate/library/db/care"
)

// whole says of a decision that does not end as those of these tests do that it is wrong.
func whole(r *db.Row) (wrong string, newer bool) {
	if !bytes.HasSuffix(r.Body, []byte("}")) {
		return "it ends too soon", false
	}
	return "", false
}

// run runs statements on the file of a library.
func run(t *testing.T, d *db.DB, statements string) {
	t.Helper()
	file := must[*sql.DB](t)(sql.Open("sqlite", d.Path()))
	defer file.Close()
	if _, err := file.Exec(statements); err != nil {
		t.Fatal(err)
	}
}

// copied makes a copy of a library.
func copied(t *testing.T, d *db.DB) string {
	t.Helper()
	s := must[*care.Snapshot](t)(care.Begin(ctx, d))
	defer s.End(ctx)
	return must[care.Copy](t)(s.Write(ctx, filepath.Join(t.TempDir(), "copy.db"), false)).Path
}

// bodies returns the bodies of the log, by ID.
func bodies(t *testing.T, d *db.DB) map[string]string {
	t.Helper()
	rows := must[*sql.Rows](t)(d.SQL().Query("SELECT id, body FROM log"))
	defer rows.Close()
	out := map[string]string{}
	for rows.Next() {
		var id, body string
		if err := rows.Scan(&id, &body); err != nil {
			t.Fatal(err)
		}
		out[id] = body
	}
	return out
}

// Decisions that are damaged are listed, and come from the latest copy that has them; what was decided since is not touched.
func TestDamagedDecisions(t *testing.T) {
	t.Parallel()
	for name, damage := range map[string]string{
		"cut off":               "UPDATE log SET body = substr(body, 1, 10) WHERE seq IN (2, 3, 7)",
		"an ID that is another": "UPDATE log SET id = id || 'x', body = 'nothing' WHERE seq IN (2, 3, 7)",
		"a time that is none":   "UPDATE log SET at = 'noon' WHERE seq IN (2, 3, 7)",
		"a version of 0":        "UPDATE log SET version = 0 WHERE seq IN (2, 3, 7)",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := library(t, 4)
			before := bodies(t, d)
			older := copied(t, d)
			id := must[string](t)(first(d))
			if err := d.Append(ctx, id, nil, db.Row{ID: "later", Who: "ben", Body: []byte("{1}")}); err != nil {
				t.Fatal(err)
			}
			before["later"] = "{1}"
			run(t, d, damage)
			r := must[*care.Report](t)(care.Check(ctx, d, care.Options{Decision: whole}))
			if worst, _ := r.Worst(); worst != care.Lost || len(r.Faults) != 1 || len(r.Faults[0].Where) != 3 || !strings.Contains(r.Faults[0].Where[0], "“Story") || !strings.Contains(r.Faults[0].Where[0], "by me") {
				t.Errorf("without a copy: %+v", r.Faults)
			}
			o := care.Options{Decision: whole, Copies: []string{filepath.Join(t.TempDir(), "none.db"), older}}
			r = must[*care.Report](t)(care.Check(ctx, d, o))
			if worst, _ := r.Worst(); worst != care.Again || r.Copy != older || !strings.Contains(r.Faults[0].What, older) {
				t.Errorf("with a copy: %+v", r.Faults)
			}
			if m := must[*care.Mended](t)(care.Rebuild(ctx, d, r)); m.Back != 3 {
				t.Errorf("%d were put back", m.Back)
			}
			if after := bodies(t, d); fmt.Sprint(after) != fmt.Sprint(before) {
				t.Errorf("%v, want %v", after, before)
			}
			if r = must[*care.Report](t)(care.Check(ctx, d, o)); len(r.Faults) > 0 {
				t.Errorf("after: %+v", r.Faults)
			}
		})
	}
}

// A decision that is in no copy stays as it is.
func TestDamagedDecisionIsKept(t *testing.T) {
	t.Parallel()
	d := library(t, 2)
	run(t, d, "UPDATE log SET body = '{\"verb\"' WHERE seq = 2")
	before := bodies(t, d)
	o := care.Options{Decision: whole}
	must[*care.Mended](t)(care.Rebuild(ctx, d, must[*care.Report](t)(care.Check(ctx, d, o))))
	if after := bodies(t, d); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("%v, want %v", after, before)
	}
	if r := must[*care.Report](t)(care.Check(ctx, d, o)); len(r.Faults) != 1 {
		t.Errorf("after: %+v", r.Faults)
	}
}

// A decision that says nothing and is in no copy is taken out by a repair, and no other; one of a newer program is no fault.
func TestVoidDecision(t *testing.T) {
	t.Parallel()
	d := library(t, 2)
	before := bodies(t, d)
	for i, body := range []string{"void", "newer"} {
		if err := d.Append(ctx, must[string](t)(first(d)), nil, db.Row{ID: fmt.Sprint("odd", i), Who: "ben", Body: []byte(body)}); err != nil {
			t.Fatal(err)
		}
	}
	before["odd1"] = "newer"
	o := care.Options{Decision: func(r *db.Row) (string, bool) {
		if string(r.Body) == "newer" {
			return "it does what this byline does not know", true
		}
		return whole(r)
	}, Void: func(r *db.Row) bool { return string(r.Body) == "void" }}
	r := must[*care.Report](t)(care.Check(ctx, d, o))
	if worst, _ := r.Worst(); worst != care.Void || len(r.Faults) != 1 || r.Newer != 1 {
		t.Errorf("%+v", r)
	}
	if m := must[*care.Mended](t)(care.Rebuild(ctx, d, r)); m.Out != 1 {
		t.Errorf("%d were taken out", m.Out)
	}
	if after := bodies(t, d); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("%v, want %v", after, before)
	}
	if r := must[*care.Report](t)(care.Check(ctx, d, o)); len(r.Faults) != 0 || r.Newer != 1 {
		t.Errorf("after: %+v", r)
	}
}

// A text that a repair could not make what it was is known to later checks, until it is another.
func TestKeptTexts(t *testing.T) {
	t.Parallel()
	for name, damage := range map[string]string{
		"another":   "UPDATE versions SET text = 'other words', marks = X'010000' WHERE article = 2",
		"gone":      "DELETE FROM versions WHERE article = 2",
		"no text":   "UPDATE versions SET text = X'0101020304' WHERE article = 2",
		"no blocks": "",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := library(t, 3)
			older := copied(t, d)
			if damage == "" { // which loses no word
				run(t, d, "UPDATE versions SET marks = X'00' WHERE article = 2")
			} else {
				run(t, d, damage)
			}
			must[*care.Mended](t)(care.Rebuild(ctx, d, must[*care.Report](t)(care.Check(ctx, d, care.Options{}))))
			for range 2 {
				r := must[*care.Report](t)(care.Check(ctx, d, care.Options{}))
				if kept := len(r.Kept); kept != min(1, len(damage)) || r.Texts != 3-kept || len(r.Faults) > 0 {
					t.Errorf("%+v", r)
				}
			}
			if damage == "" {
				return
			}
			d = library(t, 3) // the same again, with a copy
			run(t, d, damage)
			o := care.Options{Copies: []string{older}}
			m := must[*care.Mended](t)(care.Rebuild(ctx, d, must[*care.Report](t)(care.Check(ctx, d, o))))
			if r := must[*care.Report](t)(care.Check(ctx, d, o)); len(m.Copied) != 1 || len(r.Kept) > 0 || r.Texts != 3 || len(r.Faults) > 0 {
				t.Errorf("from a copy: %+v, %+v", m, r)
			}
		})
	}
}

// What a damaged file has lost comes from a copy, and what is in none is counted. What was deleted for good since the copy stays deleted.
func TestSalvageFromCopy(t *testing.T) {
	t.Parallel()
	d := library(t, 150)
	gone := must[string](t)(first(d))
	for _, path := range []string{copied(t, d), ""} {
		if path != "" {
			if err := d.Remove(ctx, gone); err != nil {
				t.Fatal(err)
			}
			if err := d.Purge(ctx, gone); err != nil {
				t.Fatal(err)
			}
			if err := d.Close(); err != nil {
				t.Fatal(err)
			}
		}
		b := must[[]byte](t)(os.ReadFile(d.Path()))
		for name, from := range map[string]int{"its last tenth": len(b) * 9 / 10, "its second half": len(b) / 2, "all but a third": len(b) / 3, "all but its beginning": len(b) / 8} {
			dir := t.TempDir()
			damaged := bytes.Clone(b)
			clear(damaged[from:])
			if err := os.WriteFile(filepath.Join(dir, "library.db"), damaged, 0o600); err != nil {
				t.Fatal(err)
			}
			o := care.Options{Decision: whole}
			if path != "" {
				o.Copies = []string{path}
			}
			to := open(t, filepath.Join(dir, "saved.db"), false)
			left, done, err := care.OpenDamaged(ctx, filepath.Join(dir, "library.db"))
			if err != nil {
				t.Fatal(err)
			}
			s := must[*care.Saved](t)(care.Salvage(ctx, left, to, o))
			done()
			r := must[*care.Report](t)(care.Check(ctx, to, o))
			if len(r.Faults) > 0 {
				t.Errorf("%s: %+v", name, r.Faults)
			}
			back := 0 // where nothing tells any more that it was deleted, the article comes back
			if s.Articles == 150 && name != "its last tenth" {
				back = 1
			}
			if path != "" && (s.Articles != 149+back || s.Decisions != 447+3*back || r.Texts != 149+back || s.Lost > 0) {
				t.Errorf("%s: %d articles, %d texts, %d decisions of 149, 149, 447 with a copy; %d lost", name, s.Articles, r.Texts, s.Decisions, s.Lost)
			}
			if path == "" && s.Lost >= 0 && s.Lost+s.Decisions < 447 {
				t.Errorf("%s: %d decisions and %d lost, of 447", name, s.Decisions, s.Lost)
			}
		}
	}
}

// A library of an older form is checked as one of today's, and stays what it is.
func TestOlderForm(t *testing.T) {
	t.Parallel()
	for _, form := range []string{"library-0001.db", "library-0004.db", "library-0010.db"} {
		path := filepath.Join(t.TempDir(), "library.db")
		old := must[[]byte](t)(os.ReadFile(filepath.Join("..", "testdata", form)))
		if err := os.WriteFile(path, old, 0o600); err != nil {
			t.Fatal(err)
		}
		r := must[*care.Report](t)(care.Check(ctx, open(t, path, true), care.Options{}))
		for _, f := range r.Faults {
			if !strings.Contains(f.What, "suggestions that cannot be read") { // which are no layers there
				t.Errorf("%s: %+v", form, f)
			}
		}
		if r.Articles != 1 || r.Texts != 2 || r.Decisions != 2 {
			t.Errorf("%s: %+v", form, r)
		}
		if now := must[[]byte](t)(os.ReadFile(path)); !bytes.Equal(now, old) {
			t.Errorf("%s: the file was written", form)
		}
	}
}

// A file that does not know its own tables any more is read by what is left of what it said of them.
func TestNoBeginning(t *testing.T) {
	t.Parallel()
	d := library(t, 60)
	log := must[[]byte](t)(os.ReadFile(d.Path() + "-wal"))
	unfolded := must[[]byte](t)(os.ReadFile(d.Path()))
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	b := must[[]byte](t)(os.ReadFile(d.Path()))
	every := func(old, new string) func([]byte) []byte {
		return func(b []byte) []byte { return bytes.ReplaceAll(b, []byte(old), []byte(new)) }
	}
	for name, damage := range map[string]func([]byte) []byte{
		"a word of the making of a table": every("progress  REAL NOT NULL DEFAULT 0", "progress  REAL NOT NULL DEFA\xd5LT 0"),
		"the name of a table":             every("tablearticles", "tableartjcles"),
		"the names of three": func(b []byte) []byte {
			return every("tablelog", "tabmelog")(every("tableversions", "table\x00ersions")(b))
		},
		"the word before all tables":   every("CREATE TABLE", "CREBTE TABLE"),
		"no header":                    func(b []byte) []byte { clear(b[:100]); return b },
		"no first page":                func(b []byte) []byte { clear(b[:4096]); return b },
		"a first page of nonsense":     func(b []byte) []byte { copy(b, bytes.Repeat([]byte("not a page "), 300)); return b },
		"a log that was not folded in": nil,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			path := filepath.Join(dir, "library.db")
			damaged := bytes.Clone(b)
			if damage != nil {
				damaged = damage(damaged)
			} else {
				damaged = bytes.Clone(unfolded)
				damaged[2]++
				if err := os.WriteFile(path+"-wal", log, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.WriteFile(path, damaged, 0o600); err != nil {
				t.Fatal(err)
			}
			left, done, err := care.OpenDamaged(ctx, path)
			if err != nil {
				t.Fatal(err)
			}
			defer done()
			to := open(t, filepath.Join(t.TempDir(), "saved.db"), false)
			s := must[*care.Saved](t)(care.Salvage(ctx, left, to, care.Options{Decision: whole}))
			r := must[*care.Report](t)(care.Check(ctx, to, care.Options{Decision: whole}))
			if s.Articles != 60 || s.Decisions != 180 || s.Lost != 0 || r.Texts != 60 || len(r.Faults) > 0 {
				t.Errorf("%+v, %+v", s, r)
			}
			if now := must[[]byte](t)(os.ReadFile(path)); !bytes.Equal(now, damaged) {
				t.Error("the file was written")
			}
		})
	}
}

// Of a file with nothing of a library in it nothing is read, and it is left alone.
func TestNothingLeft(t *testing.T) {
	t.Parallel()
	for name, left := range map[string][]byte{"empty": nil, "short": []byte("SQLite format 3"), "zeros": make([]byte, 40960), "text": bytes.Repeat([]byte("CREATE TABLE log\n"), 4000)} {
		path := filepath.Join(t.TempDir(), "library.db")
		if err := os.WriteFile(path, left, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, err := care.OpenDamaged(ctx, path); !errors.Is(err, db.ErrDamaged) && !errors.Is(err, db.ErrNotOurs) {
			t.Errorf("%s: %v", name, err)
		}
		if files := must[[]string](t)(filepath.Glob(filepath.Join(filepath.Dir(path), "*"))); len(files) != 1 {
			t.Errorf("%s: %v", name, files)
		}
	}
}

// The copies of a library are in one folder, by whichever links it is reached, also once it is gone.
func TestFolderOfOneThatIsGone(t *testing.T) {
	t.Parallel()
	dir := must[string](t)(filepath.EvalSymlinks(t.TempDir()))
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Skip(err)
	}
	gone := care.FolderOf(filepath.Join(link, "library.db"))
	if err := os.WriteFile(filepath.Join(dir, "library.db"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if there := care.FolderOf(filepath.Join(link, "library.db")); there != gone || there != care.FolderOf(filepath.Join(dir, "library.db")) {
		t.Errorf("%s there, %s gone", there, gone)
	}
}
