package load

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"

	"byline/articles"
)

// A reader that panics loses only what it reads, and says why in one line; what its caller panics with passes.
func TestBrokenReader(t *testing.T) {
	t.Parallel()
	good := func() (*articles.Article, error) { return &articles.Article{Text: "Words."}, nil }
	imp := &importer{many: true, read: func(context.Context, input) iter.Seq[Item] {
		return func(yield func(Item) bool) {
			if yield(Item{"x", good}) && yield(Item{"x", func() (*articles.Article, error) { panic("one\ntwo") }}) && yield(Item{"x", good}) {
				panic(errors.New("torn"))
			}
		}
	}}
	var got []string
	for it := range items(t.Context(), input{name: "x"}, imp) {
		_, err := it.Load()
		got = append(got, fmt.Sprint(err))
	}
	if want := "<nil>|read x: its reader broke down, please report this: one|<nil>|read x: its reader broke down, please report this: torn"; strings.Join(got, "|") != want {
		t.Errorf("%q", got)
	}
	defer func() {
		if p := recover(); p != "mine" {
			t.Errorf("%v", p)
		}
	}()
	for range items(t.Context(), input{name: "x"}, imp) {
		panic("mine")
	}
}
