package textview

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// long is the story three times over.
func long(rich bool) Doc {
	b := story()
	d := Doc{Rich: rich}
	for range 3 {
		at := len(d.Text)
		d.Text += b.Text + "\n"
		for _, k := range b.Blocks {
			k.Span = k.Shift(at)
			k.Cells = slices.Clone(k.Cells)
			for i := range k.Cells {
				k.Cells[i] = k.Cells[i].Shift(at)
			}
			d.Blocks = append(d.Blocks, k)
		}
		for _, in := range b.Inline {
			in.Span = in.Shift(at)
			d.Inline = append(d.Inline, in)
		}
	}
	return d
}

func shown(v *View, off int) bool {
	_, _, ok := v.Locate(off)
	return ok
}

func TestTopStaysOnScreen(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for _, rich := range []bool{true, false} {
		v := New()
		v.SetDoc(long(rich))
		for range 8 {
			v.Resize(80, 20)
			v.ScrollTo(r.IntN(len(v.doc.Text)), Top)
			top := v.Top()
			for range 10 {
				v.Resize(20+r.IntN(181), 5+r.IntN(30))
				x, y, ok := v.Locate(top)
				if !ok || !v.AtEnd() && y > 0 && v.Top() > top {
					t.Fatalf("rich %v: byte %d was on top; at width %d it is at %d,%d (%v) and %d on top", rich, top, v.width, x, y, ok, v.Top())
				}
			}
			v.SetStyles(Styles{Palette: Palette{Faint: ansi.Red}})
			v.SetWidthMethod(ansi.GraphemeWidth - v.method)
			v.Resize(80, 20)
			if !shown(v, top) || !v.AtEnd() && v.Top() > top {
				t.Fatalf("rich %v: byte %d was on top, and is not after a way through other sizes", rich, top)
			}
		}
	}
}

func TestPreviewIsReplacedByDocument(t *testing.T) {
	t.Parallel()
	for _, rich := range []bool{true, false} {
		whole := long(rich)
		part := whole
		part.Text = whole.Text[:len(story().Text)]
		part.Blocks = whole.Blocks[:len(story().Blocks)]
		part.Inline = whole.Inline[:len(story().Inline)]
		v := New()
		v.SetDoc(part)
		v.Resize(60, 12)
		v.ScrollBy(9)
		before := v.View()
		v.SetDoc(whole)
		if after := v.View(); after != before {
			t.Errorf("rich %v: the preview showed\n%s\nthe whole shows\n%s", rich, before, after)
		}
	}
}

func TestScrollToEnd(t *testing.T) {
	t.Parallel()
	for _, rich := range []bool{true, false} {
		for width := 12; width < 120; width += 17 {
			v := New()
			v.SetDoc(long(rich))
			v.Resize(width, 10)
			v.ScrollTo(0, End)
			lines := v.Lines()
			if !strings.Contains(lines[9], "The end.") || !v.AtEnd() || v.Progress() != 1 {
				t.Errorf("rich %v, width %d: the last line is %q, progress %v", rich, width, lines[9], v.Progress())
			}
			if n := v.ScrollBy(3); n != 0 {
				t.Errorf("scrolled %d rows past the end", n)
			}
		}
	}
}

// TestScrollingIsASlidingWindow checks that each scroll by a row moves the frame by exactly one
// line, down to the end and back.
func TestScrollingIsASlidingWindow(t *testing.T) {
	t.Parallel()
	v := all(long(true), 60, ansi.GraphemeWidth)
	whole := v.Lines()
	v.Resize(60, 13)
	y := 0
	check := func() {
		t.Helper()
		if !slices.Equal(v.Lines(), whole[y:y+13]) {
			t.Fatalf("at row %d the frame is\n%s", y, v.View())
		}
	}
	for v.ScrollBy(1) == 1 {
		y++
		check()
	}
	if y != len(whole)-13 {
		t.Errorf("%d rows down to the end of %d", y, len(whole))
	}
	for n := v.ScrollBy(-7); n != 0; n = v.ScrollBy(-7) {
		y += n
		check()
	}
	if y != 0 {
		t.Errorf("row %d on top at the beginning", y)
	}
}

func TestScrollToPlaces(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 5))
	v := New()
	v.SetDoc(long(true))
	v.Resize(60, 15)
	ws := words(v.doc.Text)
	for range 200 {
		w := ws[r.IntN(len(ws))]
		at := Place(r.IntN(3))
		v.ScrollTo(w.Start, at)
		_, y, ok := v.Locate(w.Start)
		inside := v.top != (place{}) && !v.AtEnd()
		bad := map[Place]bool{Top: y != 0, Middle: y != 7, Nearest: y < margin || y >= 15-margin}[at]
		if !ok || inside && bad {
			t.Errorf("place %d: %q is on line %d (%v)", at, w.In(v.doc.Text), y, ok)
		}
	}
	v.ScrollTo(ws[300].Start, Middle)
	before := v.Top()
	if v.ScrollTo(ws[301].Start, Nearest); v.Top() != before {
		t.Error("a word in the middle of the screen made it scroll")
	}
}

func TestPointerAndCursor(t *testing.T) {
	t.Parallel()
	for _, m := range []ansi.Method{ansi.WcWidth, ansi.GraphemeWidth} {
		v := all(story(), 50, m)
		v.screen(func(y int, _ *rendering, w *row) {
			if w == nil {
				return
			}
			for _, c := range w.cells {
				if c.off < 0 {
					continue
				}
				x, at, ok := v.Locate(c.off)
				if !ok || at != y {
					t.Fatalf("byte %d of line %d is located at %d,%d", c.off, y, x, at)
				}
				for dx := range int(c.width) {
					if off, ok := v.OffsetAt(x+dx, y); !ok || off != c.off {
						t.Fatalf("byte %d is drawn at %d,%d, where OffsetAt finds %d", c.off, x+dx, y, off)
					}
				}
			}
		})
	}
	v := all(Doc{Text: "A long first line.\nshort\n\nA long third line."}, 40, ansi.WcWidth)
	if off, ok := v.OffsetAt(39, 1); off != strings.Index(v.doc.Text, "rt\n")+1 || !ok {
		t.Errorf("right of a line: byte %d (%v)", off, ok)
	}
	if off, ok := v.OffsetAt(5, 2); ok || off != 25 {
		t.Errorf("on a blank line: byte %d (%v)", off, ok)
	}
	if off := v.Below(v.Below(12)); off != 26+12 {
		t.Errorf("two rows below byte 12 is byte %d", off)
	}
	if off := v.Above(v.Above(26 + 12)); off != 12 {
		t.Errorf("two rows above that is byte %d", off)
	}
	if off := v.Above(3); off != 3 {
		t.Errorf("above the first row is byte %d", off)
	}
	if s := v.RowSpan(1); s.In(v.doc.Text) != "short" {
		t.Errorf("line 1 shows %q", s.In(v.doc.Text))
	}
}

func TestPrefetchDoesNotChangeOutput(t *testing.T) {
	t.Parallel()
	v, w := New(), New()
	for _, x := range []*View{v, w} {
		x.SetDoc(long(true))
		x.Resize(60, 12)
	}
	v.ScrollTo(2000, Top)
	w.ScrollTo(2000, Top)
	f := v.Prefetch()
	if f == nil {
		t.Fatal("nothing to prefetch in the middle of a document")
	}
	done := make(chan Rendered)
	go func() { done <- f() }()
	v.View() // meanwhile, the view is used
	v.ScrollBy(1)
	v.ScrollBy(-1)
	r := <-done
	v.Store(r)
	if v.Prefetch() != nil {
		t.Error("something is left to prefetch")
	}
	held := len(v.cache.at)
	if v.ScrollBy(12); len(v.cache.at) != held {
		t.Errorf("a page down rendered %d groups more", len(v.cache.at)-held)
	}
	w.ScrollBy(12)
	if v.View() != w.View() {
		t.Error("prefetched rows are not the rows that would have been rendered")
	}
	v.Resize(61, 12)
	held = len(v.cache.at)
	if v.Store(r); len(v.cache.at) != held {
		t.Error("rows of another width were kept")
	}
}

func TestCacheEviction(t *testing.T) {
	t.Parallel()
	v := New()
	v.SetDoc(Doc{Text: plainText(1 << 20)})
	v.Resize(80, 40)
	for off := 0; off < len(v.doc.Text); off += 4000 {
		v.ScrollTo(off, Top)
		v.View()
	}
	sum := 0
	for e := v.cache.order.Front(); e != nil; e = e.Next() {
		sum += e.Value.(entry).size
	}
	if sum != v.cache.size || sum > cacheCells || len(v.cache.at) != v.cache.order.Len() {
		t.Errorf("%d cells are kept, counted as %d, in %d and %d groups", sum, v.cache.size, len(v.cache.at), v.cache.order.Len())
	}
}

func TestNothingToShow(t *testing.T) {
	t.Parallel()
	v := New()
	check := func() {
		t.Helper()
		for _, l := range v.Lines() {
			if ansi.StringWidth(l) != v.width {
				t.Errorf("line %q of %d", l, v.width)
			}
		}
		v.ScrollBy(3)
		v.ScrollTo(5, Middle)
		v.OffsetAt(3, 3)
		v.Locate(0)
		v.Above(0)
		v.Below(0)
		v.Prefetch()
		if v.Top() != 0 || !v.AtEnd() {
			t.Errorf("top %d, at end %v", v.Top(), v.AtEnd())
		}
	}
	check()
	v.Resize(20, 5)
	check()
	v.SetDoc(Doc{Rich: true})
	check()
	v.SetDoc(Doc{Text: "\n"})
	check()
	v.Resize(0, 0)
	check()
	v.SetDoc(Doc{Text: "x"})
	v.Resize(1, 1)
	check()
}
