package screens_test

import (
	"os"
	"path/filepath"
	"testing"
)

// writeFile writes a file into a folder of its own and returns its path.
func writeFile(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// moveInto moves a file into a folder.
func moveInto(t *testing.T, path, dir string) {
	t.Helper()
	if err := os.Rename(path, filepath.Join(dir, filepath.Base(path))); err != nil {
		t.Fatal(err)
	}
}
