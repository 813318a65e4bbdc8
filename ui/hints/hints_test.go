package hints_test

import (
	"fmt"
	"io/fs"
	"syscall"
	"testing"

	"byline/annotate/library/db"
	"byline/ui/hints"
)

// Who writes a file is told something else than who reads one.
func TestToWrite(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err           error
		read, written string
	}{
		{fs.ErrPermission, "ask its owner for permission, or use a copy", "choose a folder that can be written to"},
		{fs.ErrNotExist, "check the name", "make its folder first"},
		{db.ErrReadOnly, "use a writable library with --library FILE", "choose a folder that can be written to"},
		{syscall.EROFS, "choose a folder that can be written to", "choose a folder that can be written to"},
		{db.ErrFull, "free disk space", "free disk space"},
	} {
		err := fmt.Errorf("back up to x: %w", c.err)
		if got := hints.For(err); got != c.read {
			t.Errorf("%v: %q, not %q", err, got, c.read)
		}
		if got := hints.For(hints.ToWrite(err)); got != c.written {
			t.Errorf("%v where it is written: %q, not %q", err, got, c.written)
		}
	}
}
