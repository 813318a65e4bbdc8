package cli

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"byline/annotate/library/db"
	"byline/articles"
)

// killedLibrary returns the file and the log that a kill leaves of a library with two stories.
func killedLibrary(t *testing.T, letter string) (file, log []byte) {
	t.Helper()
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "library.db")
	for range 2 { // what was added first is in the file
		s, err := db.Open(ctx, path)
		if err != nil {
			t.Fatal(err)
		}
		letter += "q"
		if _, err := s.Add(ctx, &articles.Article{Title: letter, Source: letter, Format: articles.Plain, Text: letter + " was said."}); err != nil {
			t.Fatal(err)
		}
		var err2 error
		file, err = os.ReadFile(path)
		if log, err2 = os.ReadFile(path + "-wal"); errors.Join(err, err2) != nil {
			t.Fatal(err, err2)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return file, log
}

// A log of another library is refused by every command, and check says so; once it is moved away, the library opens.
func TestForeignLog(t *testing.T) {
	t.Parallel()
	file, own := killedLibrary(t, "own")
	_, other := killedLibrary(t, "other")
	path := filepath.Join(t.TempDir(), "library.db")
	run := func(args ...string) (status int, said string) {
		var out bytes.Buffer
		status = Main(append([]string{"--library", path}, args...), strings.NewReader(""), &out, &out)
		return status, out.String()
	}
	lay := func(log []byte) {
		t.Helper()
		_ = os.Remove(path + "-shm")
		if err := errors.Join(os.WriteFile(path, file, 0o600), os.WriteFile(path+"-wal", log, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	lay(other)
	for _, command := range []string{"check", "list", "backup"} {
		status, said := run(command)
		if status != 1 || !strings.Contains(said, "was written for another file; move it to another folder") {
			t.Errorf("%s: status %d, %s", command, status, said)
		}
	}
	if err := os.Rename(path+"-wal", path+"-wal.other"); err != nil {
		t.Fatal(err)
	}
	if status, said := run("list"); status != 0 || strings.Count(said, "\n") != 1 || !strings.Contains(said, "ownq") {
		t.Errorf("without it: status %d, %s", status, said)
	}
	lay(own)
	if status, said := run("list"); status != 0 || strings.Count(said, "\n") != 2 {
		t.Errorf("with its own: status %d, %s", status, said)
	}
}
