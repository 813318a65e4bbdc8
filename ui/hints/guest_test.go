package hints_test

import (
	"errors"
	"fmt"
	"strings"
	"syscall"
	"testing"

	"byline/annotate/library/db"
	"byline/annotate/workspace"
	"byline/ui/hints"
)

// Somebody over SSH is told what they can do themselves.
func TestForGuest(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err  error
		want string
	}{
		{db.ErrReadOnly, "you may read it, and decide nothing"},
		{db.ErrFull, "tell whoever runs the server"},
		{db.ErrDamaged, "tell whoever runs the server"},
		{db.ErrNewer, "tell whoever runs the server"},
		{syscall.ENOSPC, "tell whoever runs the server"},
		{workspace.ErrInTrash, "whoever runs the server can restore it"},
		{workspace.ErrNoCurator, "go to your own reading to decide for yourself"},
		{&workspace.NameError{Name: "x"}, `"byline list" lists them`},
		{&workspace.BrokenOffError{}, "tell whoever runs the server"},
		{hints.With(errors.New("x"), "do y"), "do y"},
		{errors.New("x"), ""},
	} {
		if got := hints.ForGuest(fmt.Errorf("open x: %w", c.err)); got != c.want || strings.Contains(got, "--") {
			t.Errorf("%v: %q, not %q", c.err, got, c.want)
		}
	}
}
