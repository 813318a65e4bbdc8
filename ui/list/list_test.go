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

func TestCursorStaysVisible(t *testing.T) {
	t.Parallel()
	l := &list.List{Len: 10}
	for _, step := range []struct {
		do   func()
		want string
	}{
		{func() {}, ">0 1 2 3 4"},
		{func() { l.Move(3) }, "1 2 >3 4 5"},
		{func() { l.Move(100) }, "5 6 7 8 >9"},
		{func() { l.Scroll(-4) }, "1 2 >3 4 5"},
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

func TestWheelReachesBothEnds(t *testing.T) {
	t.Parallel()
	for _, tall := range []int{1, 2} {
		l := &list.List{Len: 40, Tall: tall}
		rows := func(i int) []string { return []string{strconv.Itoa(i), "-"}[:tall] }
		l.Draw(3, 13, rows)
		for n := range 40 {
			before := l.Top
			l.Scroll(2)
			l.Draw(3, 13, rows)
			if end := 40 - l.Page(); l.Top != min(before+2, end) {
				t.Fatalf("rows of %d: turn %d moves the window from %d to %d of %d", tall, n, before, l.Top, end)
			}
		}
		if !strings.HasPrefix(strings.Join(l.Draw(3, 13, rows), " "), strconv.Itoa(l.Top)+" ") {
			t.Error("the first line is not the first row")
		}
		for range 40 {
			l.Scroll(-2)
			l.Draw(3, 13, rows)
		}
		if l.Top != 0 {
			t.Errorf("rows of %d: the wheel ends at %d", tall, l.Top)
		}
	}
}

func TestRowsOfTwoLines(t *testing.T) {
	t.Parallel()
	l := &list.List{Len: 3, Tall: 2}
	lines := l.Draw(2, 5, func(i int) []string { return []string{strconv.Itoa(i), "--"} })
	if got := strings.Join(lines, " "); got != "0 -- 1 -- 2" {
		t.Errorf("%q", got)
	}
	for y, want := range []int{0, 0, 1, 1, 2} {
		if i, ok := l.At(y); !ok || i != want {
			t.Errorf("line %d is row %d, %v; want %d", y, i, ok, want)
		}
	}
	if l.Draw(2, 1, func(int) []string { return []string{"a", "b"} }); l.Page() != 1 {
		t.Error("a page is less than a row")
	}
}
