package screens

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The commands of a run are there in the next, for their owner only, each once, and not too many.
func TestCommandsAreKept(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "byline", "commands")
	open := func() *commandLog {
		c := &commandLog{path: path}
		c.read()
		return c
	}
	give := func(c *commandLog, typed string) {
		if !c.note(typed) {
			return
		}
		if err := c.save(typed); err != nil {
			t.Fatal(err)
		}
	}
	first, second := open(), open()
	give(first, "wc -w")
	give(second, "sort | uniq")
	give(first, "cat -A ")
	give(first, "wc -w")
	give(first, " curl -u ann:secret example.org")
	if want := []string{"cat -A", "wc -w"}; !slices.Equal(first.list(), want) {
		t.Errorf("in the run: %q", first.list())
	}
	if want := []string{"sort | uniq", "cat -A", "wc -w"}; !slices.Equal(open().list(), want) {
		t.Errorf("in the next: %q", open().list())
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	for i := range 2 * mostCommands {
		give(second, fmt.Sprint("head -n ", i))
	}
	if got := open().list(); len(got) != mostCommands || got[mostCommands-1] != fmt.Sprint("head -n ", 2*mostCommands-1) {
		t.Errorf("%d commands, the last %q", len(got), got[len(got)-1])
	}
	if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 1 {
		t.Errorf("files left: %v, %v", left, err)
	}
}

// A file that is no list of commands is not read, and a run without a file keeps its own.
func TestCommandsWithoutAFile(t *testing.T) {
	t.Parallel()
	long := filepath.Join(t.TempDir(), "long")
	if err := os.WriteFile(long, []byte(strings.Repeat("x", mostCommandBytes+1)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"", long, t.TempDir(), filepath.Join(long, "below")} {
		c := &commandLog{path: path}
		c.read()
		if c.note("wc"); !slices.Equal(c.list(), []string{"wc"}) {
			t.Errorf("%s: %q", path, c.list())
		}
	}
}
