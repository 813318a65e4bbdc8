package offsets

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// The index finds what reading the text finds.
func TestNearest(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	for b.Len() < 3*nearby {
		fmt.Fprintf(&b, "%c%d ", 'a'+r.IntN(3), r.IntN(3000))
	}
	text := b.String()
	o := &occurrences{misses: mostMisses}
	found := 0
	for range 300 {
		words, at := fmt.Sprintf("%c%d", 'a'+r.IntN(4), r.IntN(3000)), r.IntN(len(text))
		want, ok := findNearest(text, words, at)
		got, ok2 := o.nearest(text, words, at)
		if ok != ok2 || got != want {
			t.Fatalf("%q at %d: %v %v, not %v %v", words, at, got, ok2, want, ok)
		}
		if ok {
			found++
		}
	}
	if found == 0 || len(o.starts) == 0 {
		t.Errorf("%d found, %d looked up", found, len(o.starts))
	}
}
