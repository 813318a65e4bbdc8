package list_test

import (
	"strconv"
	"strings"
	"testing"

	"byline/ui/list"
)

func draw(l *list.List, height int) string {
	return strings.Join(l.Draw(3, height, func(i int) []string {
		s := strconv.Itoa(i)
		if i == l.Cursor {
			s = ">" + s
		}
		return []string{s}
	}), " ")
}

func TestCursorStaysInSight(t *testing.T) {
	l := &list.List{Len: 10}
	for _, step := range []struct {
		do   func()
		want string
	}{
		{func() {}, ">0 1 2 3 4"},
		{func() { l.Move(3) }, "1 2 >3 4 5"},
		{func() { l.Move(100) }, "5 6 7 8 >9"},
		{func() { l.Scroll(-4) }, "3 4 >5 6 7"},
		{func() { l.To(-1) }, ">0 1 2 3 4"},
		{func() { l.Len = 2; l.To(1) }, "0 >1            "},
	} {
		step.do()
		if got := draw(l, 5); got != step.want {
			t.Errorf("%q, want %q", got, step.want)
		}
	}
	if _, ok := l.At(2); ok {
		t.Error("a blank line is a row")
	}
	if i, ok := l.At(1); !ok || i != 1 {
		t.Error(i, ok)
	}
}
