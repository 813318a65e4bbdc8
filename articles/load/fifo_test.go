//go:build unix

package load_test

import (
	"errors"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"byline/articles/load"
)

// A pipe with a name is refused, not waited for.
func TestNamedPipe(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "fifo")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := load.File(t.Context(), path); !errors.Is(err, load.ErrIrregular) || !strings.Contains(err.Error(), path) {
		t.Errorf("%v", err)
	}
	if _, _, err := load.Head(t.Context(), path); !errors.Is(err, load.ErrIrregular) {
		t.Errorf("head: %v", err)
	}
}
