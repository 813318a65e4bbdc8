package sources_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"byline/annotate/workspace/sources"
)

// A panic of the work on one item is the caller's, after the results before it, and says where it
// was.
func TestPanicInOrder(t *testing.T) {
	t.Parallel()
	var got []int
	defer func() {
		if p := fmt.Sprint(recover()); !strings.HasPrefix(p, "item 5\n") || !strings.Contains(p, "TestPanicInOrder") {
			t.Errorf("it panics with %s", p)
		}
		if !slices.Equal(got, []int{0, 1, 2, 3, 4}) {
			t.Errorf("the results before are %v", got)
		}
	}()
	work := func(i int) int {
		if i == 5 {
			panic("item 5")
		}
		return i
	}
	_ = sources.InOrder(t.Context(), 3, slices.Values([]int{0, 1, 2, 3, 4, 5, 6, 7}), work, func(i int) error { got = append(got, i); return nil })
	t.Error("no panic")
}
