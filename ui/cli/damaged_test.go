package cli

import (
	"bytes"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/library/db"
)

// A damaged library is what somebody does with one: each command on its own.
type damagedLibrary struct {
	*testing.T
	dir, path string
}

// newDamaged returns a library of three articles with decisions on one, of which there is a copy.
func newDamaged(t *testing.T) damagedLibrary {
	dir := t.TempDir()
	t.Setenv("XDG_STATE_HOME", filepath.Join(dir, "state"))
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(dir, "config"))
	t.Setenv("BYLINE_LIBRARY", "")
	l := damagedLibrary{t, dir, filepath.Join(dir, "library.db")}
	for _, name := range []string{"Ferry", "Bank", "Press"} {
		file := filepath.Join(dir, name+".txt")
		if err := os.WriteFile(file, []byte("The "+name+"\n\nInes Calder runs the "+name+". “We go on,” Ms. Calder said.\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		l.does(0, "", "add", file)
	}
	l.does(0, "+\n=\n}\n=\nq\nq\n", "--linear", filepath.Join(dir, "Ferry.txt"))
	l.does(0, "", "backup")
	return l
}

// does runs a command, which must end with a status, and returns what it says.
func (l damagedLibrary) does(status int, in string, args ...string) string {
	l.Helper()
	var out, errs bytes.Buffer
	if got := execute(l.Context(), newProgram(strings.NewReader(in), &out, &errs), append([]string{"--library", l.path}, args...)); got != status {
		l.Fatalf("%v: status %d, not %d: %s%s", args, got, status, out.String(), errs.String())
	}
	return out.String() + errs.String()
}

// run runs a statement on the file.
func (l damagedLibrary) run(statement string) {
	l.Helper()
	file, err := sql.Open("sqlite", l.path)
	if err == nil {
		_, err = file.Exec(statement)
		file.Close()
	}
	if err != nil {
		l.Fatal(err)
	}
}

// says requires what a command said to have each of some words.
func (l damagedLibrary) says(said string, words ...string) {
	l.Helper()
	for _, w := range words {
		if !strings.Contains(said, w) {
			l.Errorf("no %q in: %s", w, said)
		}
	}
}

// Decisions that are damaged are missed wherever the article is read, and come back from the copy.
func TestDamagedDecisionsAreSaid(t *testing.T) {
	l := newDamaged(t)
	whole := l.does(0, "", "export", "--all", "-f", "jsonl")
	for _, statement := range []string{"UPDATE log SET body = substr(body, 1, 20) WHERE seq = 1", "UPDATE log SET body = replace(body, '\"verb\":\"', '\"v3rb\":\"')", "UPDATE log SET body = X'00ff' WHERE seq = 2"} {
		l.run(statement)
		for _, args := range [][]string{{"export", "--all", "-f", "jsonl"}, {"log", "The Ferry"}, {"blame", "The Ferry"}} {
			l.says(l.does(1, "", args...), "on “The Ferry” cannot be read", `"byline check" says what is lost`)
		}
		l.says(l.does(1, "", "check"), "damaged, and sound in the copy "+l.dir, "“The Ferry”, by ")
		l.says(l.does(0, "", "check", "--repair"), "Took from a copy ", "Nothing is wrong with it")
		if now := l.does(0, "", "export", "--all", "-f", "jsonl"); now != whole {
			t.Errorf("after the repair %s, before %s", now, whole)
		}
	}
}

// A text that was kept damaged is known to later checks; with a copy it is what it was.
func TestKeptTextIsSaid(t *testing.T) {
	l := newDamaged(t)
	const damage = "UPDATE versions SET text = 'Other words.', marks = X'010000' WHERE article = 2"
	l.run(damage)
	l.says(l.does(0, "", "check", "--repair"), "Took from a copy the text of", "3 texts as stored", "Nothing is wrong")
	if err := os.RemoveAll(filepath.Join(l.dir, "state")); err != nil {
		t.Fatal(err)
	}
	l.run(damage)
	l.says(l.does(0, "", "check", "--repair"), "Kept a damaged text of")
	l.says(l.does(0, "", "check"), "2 texts as stored", "damaged before an earlier repair, and kept as it was found: ", "“The Bank”", "Nothing else is wrong")
}

// What SQLite finds wrong with an index keeps byline from writing until it is repaired.
func TestDistrustedUntilRepaired(t *testing.T) {
	l := newDamaged(t)
	l.run("PRAGMA writable_schema = 1; UPDATE sqlite_master SET sql = 'CREATE INDEX log_article ON log (article, seq) WHERE seq > 2' WHERE name = 'log_article'; PRAGMA writable_schema = 0")
	l.run("REINDEX log_article")
	l.run("PRAGMA writable_schema = 1; UPDATE sqlite_master SET sql = 'CREATE INDEX log_article ON log (article, seq)' WHERE name = 'log_article'")
	l.says(l.does(1, "", "check"), "indexes are damaged")
	other := filepath.Join(l.dir, "Other.txt")
	if err := os.WriteFile(other, []byte("Another\n\nIt was said by Ann Lee.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	l.says(l.does(1, "", "add", other), "the library is damaged: it was found so before: ", `"byline check --repair"`)
	l.does(0, "", "check", "--repair")
	l.says(l.does(0, "", "add", other), "added")
	l.says(l.does(0, "", "check"), "4 articles", "Nothing is wrong")
}

// A library that does not know its tables any more is read by no command, says so, and is whole after a repair.
func TestNoBeginningIsSaid(t *testing.T) {
	l := newDamaged(t)
	whole := l.does(0, "", "export", "--all", "-f", "jsonl")
	file, err := os.ReadFile(l.path)
	if err != nil {
		t.Fatal(err)
	}
	for name, damage := range map[string]func([]byte){"header": func(b []byte) { clear(b[:100]) }, "page": func(b []byte) { clear(b[:4096]) }, "word": func(b []byte) {
		copy(b, bytes.ReplaceAll(b, []byte("progress  REAL NOT NULL DEFAULT 0"), []byte("progress  REAL NOT NULL DEFA\xd5LT 0")))
	}} {
		b := bytes.Clone(file)
		damage(b)
		if err := os.WriteFile(l.path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{{"list"}, {"export", "--all"}, {"check"}} {
			if said := l.does(1, "", args...); !strings.Contains(said, "damaged") || !strings.Contains(said, "check") {
				t.Errorf("%s, %v: %s", name, args, said)
			}
		}
		l.says(l.does(0, "", "check", "--repair"), "Saved: 3 articles and 2 decisions", "Nothing is wrong")
		if now := l.does(0, "", "export", "--all", "-f", "jsonl"); now != whole {
			t.Errorf("%s: after the repair %s, before %s", name, now, whole)
		}
	}
}

// Lines of the logs of the team and of merged names that are damaged are said, with what to do, and come back from the copy; what was
// decided since stays.
func TestDamagedLinesAreSaid(t *testing.T) {
	l := newDamaged(t)
	l.does(0, "", "team", "add", "May", "--all", "--members", "ann,bob")
	l.does(0, "", "team", "assign", "May", "--each", "2")
	l.merge("ines calder", "bank")
	copies := filepath.Join(l.dir, "state")
	if err := os.RemoveAll(copies); err != nil {
		t.Fatal(err)
	}
	l.does(0, "", "backup")
	l.merge("ferry", "press") // since then
	whole := l.lines()
	for log, damages := range map[string][]string{
		"log of the team": {
			"UPDATE team SET body = substr(body, 1, 20) WHERE seq = 1", "UPDATE team SET body = replace(body, '\"verb\":\"', '\"v3rb\":\"')",
			"UPDATE team SET id = id || 'x', who = 'eve' WHERE seq = 2", "UPDATE team SET at = 'noon', body = X'00ff' WHERE seq = 3",
		},
		"log of merged names": {
			"UPDATE merges SET verb = 'mer' WHERE seq = 1", "UPDATE merges SET into_key = '', into_type = X'' WHERE seq = 1",
			"UPDATE merges SET at = 'noon' WHERE seq = 1", "UPDATE merges SET undone = 'never' WHERE seq = 1",
		},
	} {
		for _, damage := range damages {
			l.run(damage)
			l.says(l.does(1, "", "check"), "of the "+log, "damaged, and sound in the copy "+copies, "  line ", `"byline check --repair"`)
			l.says(l.does(0, "", "check", "--repair"), "Took from a copy ", "lines of the logs of the team and of merged names", "Nothing is wrong with it")
			if now := l.lines(); now != whole {
				t.Errorf("%s: after the repair\n%s\nbefore\n%s", damage, now, whole)
			}
		}
	}
	l.run("UPDATE merges SET verb = 'mer' WHERE seq = 2") // which no copy has
	l.says(l.does(1, "", "check", "--repair"), "1 line of the log of merged names is damaged, and sound in no copy", "merge or split the names again", "line 2, by ", "this byline does not know its verb, “mer”")
}

// merge merges two names as the screen of people does.
func (l damagedLibrary) merge(from, into string) {
	l.Helper()
	d, err := db.Open(l.Context(), l.path)
	if err != nil {
		l.Fatal(err)
	}
	defer d.Close()
	person := func(key string) library.Person {
		return library.Person{ID: library.PersonID{Key: key, Type: annotate.Person}, Name: strings.ToUpper(key)}
	}
	if err := d.Merge(l.Context(), "ann", person(from), person(into)); err != nil {
		l.Fatal(err)
	}
}

// lines returns all lines of the two logs, and the groups of names that follow from them.
func (l damagedLibrary) lines() string {
	l.Helper()
	file, err := sql.Open("sqlite", l.path)
	if err != nil {
		l.Fatal(err)
	}
	defer file.Close()
	var out []string
	for _, query := range []string{
		"SELECT concat_ws('|', seq, id, typeof(at), at, who, CAST(body AS TEXT)) FROM team",
		"SELECT concat_ws('|', seq, at, who, verb, key, type, name, into_key, into_type, into_name, undone) FROM merges",
		"SELECT concat_ws('|', key, type, name, main_key, main_type) FROM alias ORDER BY key", "SELECT rowid FROM alias_named ORDER BY 1",
	} {
		rows, err := file.Query(query)
		if err != nil {
			l.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var s string
			if err := rows.Scan(&s); err != nil {
				l.Fatal(err)
			}
			out = append(out, s)
		}
	}
	return strings.Join(out, "\n")
}
