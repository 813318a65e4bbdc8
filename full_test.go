package main_test

import (
	"bytes"
	"database/sql"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite"
)

// TestFullLibrary decides in the real program on a library that takes no more decisions,
// as on a full disk: on the screen and in the linear mode the decision does not show, and
// the failure does.
func TestFullLibrary(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds the program")
	}
	dir := t.TempDir()
	bin := build(t)
	file := filepath.Join(dir, "story.txt")
	if err := os.WriteFile(file, []byte("The mill closes\n\nAnna Berg ran the mill. Ole Lund helped her.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	library := filepath.Join(dir, "library.db")
	if out, err := exec.Command(bin, "--library", library, "add", file).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	refuse(t, library)

	p := start(t, bin, "--library", library, file)
	p.Wait(t, " 0 of 2 reviewed")
	p.Type("a")
	p.Wait(t, "suggested")
	p.Type("\r")
	p.Wait(t, "disk is full")
	if text := p.Text(); !strings.Contains(text, " 0 of 2 reviewed") {
		t.Errorf("the screen shows a decision that is not kept:\n%s", text)
	}
	p.Type("\x03")
	p.Exit(t)

	c := exec.Command(bin, "--library", library, "--linear", file)
	c.Stdin = strings.NewReader("next\nconfirm\nwhy\nq\nq\n")
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, &out
	if err := c.Run(); err != nil {
		t.Fatalf("%v\n%s", err, &out)
	}
	if text := strings.Join(strings.Fields(out.String()), " "); !strings.Contains(text, "disk is full") || strings.Contains(strings.ToLower(text), "confirmed") {
		t.Errorf("the linear mode tells of a decision that is not kept:\n%s", text)
	}
	if out, err := exec.Command(bin, "--library", library, "export", "--all", "--format", "jsonl").Output(); err != nil || bytes.Contains(out, []byte(`"human"`)) {
		t.Errorf("a decision was kept: %v\n%s", err, out)
	}
}

// refuse makes a library refuse decisions.
func refuse(t *testing.T, library string) {
	t.Helper()
	db, err := sql.Open("sqlite", library)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	_, err = db.Exec("CREATE TRIGGER no_room BEFORE INSERT ON log BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END")
	if err != nil {
		t.Fatal(err)
	}
}
