package prepared

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
)

// A statement whose rows are still read is not given to somebody else, and statements that come and go do not pile up.
func TestStatementsAreKept(t *testing.T) {
	ctx := context.Background()
	s, err := Open("file:" + filepath.Join(t.TempDir(), "l.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	c, err := s.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	const count = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT i FROM n"
	outer, err := c.QueryContext(ctx, count)
	if err != nil {
		t.Fatal(err)
	}
	var seen []int
	for outer.Next() {
		var i, sum int
		if err := outer.Scan(&i); err != nil {
			t.Fatal(err)
		}
		inner, err := c.QueryContext(ctx, count)
		if err != nil {
			t.Fatal(err)
		}
		for inner.Next() {
			var j int
			if err := inner.Scan(&j); err != nil {
				t.Fatal(err)
			}
			sum += j
		}
		inner.Close()
		seen = append(seen, i, sum)
	}
	outer.Close()
	if got := fmt.Sprint(seen); got != "[1 6 2 6 3 6]" {
		t.Error(got)
	}
	for i := range 3 * mostStatements {
		var n int
		if err := c.QueryRowContext(ctx, fmt.Sprintf("SELECT %d WHERE ? = 1", i), 1).Scan(&n); err != nil || n != i {
			t.Fatal(n, err)
		}
	}
	if err := c.Raw(func(raw any) error {
		if p := raw.(*conn); len(p.free) != mostStatements || len(p.order) != mostStatements {
			t.Errorf("%d statements, %d in order", len(p.free), len(p.order))
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	c.Close()
}
