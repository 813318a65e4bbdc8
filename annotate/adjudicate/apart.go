package adjudicate

import (
	"slices"
	"sort"
	"strings"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

// Apart returns texts in at most room cells each, as width measures them, so that each shows where it differs from the others: what
// is left out of a long one, for “…”, is first what is far from there.
func Apart(texts []string, room int, width func(string) int) []string {
	out := make([]string, len(texts))
	clip := func(i int, beside []string) {
		if out[i] = texts[i]; width(out[i]) > room {
			c := clipping{room: room, width: width, pieces: piecesOf(texts[i], room, width)}
			c.grow(headsOf(texts[i], beside))
			out[i] = c.String()
		}
	}
	for i := range texts {
		clip(i, texts)
		for k := range i {
			if out[i] == out[k] && texts[i] != texts[k] { // what sets them apart from others took the room
				clip(k, texts[i:i+1])
				clip(i, texts[k:k+1])
			}
		}
	}
	return out
}

// A piece is a word of a text or, of one that is long or has no blanks, a character.
type piece struct {
	text       string
	start, end int  // in bytes
	blank      bool // a blank is before it
}

// mostWhole is how many cells a word may take to be left out or shown as a whole, if it is written without blanks anyway.
const mostWhole = 10

func piecesOf(text string, room int, width func(string) int) (out []piece) {
	at := 0
	for i, word := range strings.Split(text, " ") {
		p := piece{word, at, at + len(word), i > 0}
		at = p.end + 1
		if n := width(word); word == "" || n <= mostWhole && n < room || n < room-2 && !wide(word, n) {
			out = append(out, p)
			continue
		}
		for it := graphemes.FromString(word); it.Next(); {
			out = append(out, piece{it.Value(), p.start + it.Start(), p.start + it.End(), p.blank && it.Start() == 0})
		}
	}
	return out
}

// wide reports whether the letters of a word of n cells are two cells wide, as those of languages that have no blanks between words.
func wide(word string, n int) bool { return n > len([]rune(word))*3/2 }

// A head is where a clipping grows from: the pieces that begin before a place, backwards, or those that end after it, forwards.
type head struct {
	at    int
	back  bool
	until int // the place where it ends
}

// headsOf returns where a text shows most of what sets it apart from others: what is different first, from both of its ends,
// and the words that a mark closes there; then what is before and after it.
func headsOf(t string, others []string) []head {
	var apart, around []head
	for _, other := range others {
		from := commonStart(t, other)
		to := len(t) - commonEnd(t[from:], other[from:])
		if other == t || from == 0 && to == len(t) {
			continue
		}
		apart = append(apart, head{from, false, to}, head{to, true, from})
		if n := strings.Index(t[from:to], closing); n >= 0 {
			apart = append(apart, head{from + n + len(closing), true, from})
		}
		around = append(around, head{to, false, len(t)}, head{from, true, 0})
	}
	if len(apart) == 0 { // it is like no other
		return []head{{0, false, len(t)}, {len(t), true, 0}}
	}
	var out []head
	for _, h := range append(apart, around...) {
		if !slices.Contains(out, h) {
			out = append(out, h)
		}
	}
	return out
}

// closing is what ends words of the article in an answer.
const closing = "”,"

func commonStart(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

func commonEnd(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	return n
}

// A clipping is a text of which pieces are shown.
type clipping struct {
	room   int
	width  func(string) int
	pieces []piece
	shown  []int // their indices, in order
}

// grow shows pieces from each head on, one after another, as long as there is room.
func (c *clipping) grow(heads []head) {
	next := make([]int, len(heads)) // the piece that a head shows next
	for i, h := range heads {
		next[i] = c.first(h)
	}
	for going := true; going; {
		going = false
		for i, h := range heads {
			switch k := next[i]; {
			case !c.reaches(h, k):
			case !c.show(k):
				next[i] = -1
			default:
				going = true
				next[i] = k + h.step()
			}
		}
	}
}

func (h head) step() int {
	if h.back {
		return -1
	}
	return 1
}

// first returns the piece that a head begins with.
func (c *clipping) first(h head) int {
	if h.back {
		return sort.Search(len(c.pieces), func(i int) bool { return c.pieces[i].start >= h.at }) - 1
	}
	return sort.Search(len(c.pieces), func(i int) bool { return c.pieces[i].end > h.at })
}

// reaches reports whether a head goes as far as a piece.
func (c *clipping) reaches(h head, k int) bool {
	switch {
	case k < 0 || k >= len(c.pieces):
		return false
	case h.back:
		return c.pieces[k].end > h.until
	}
	return c.pieces[k].start < h.until
}

// show shows a piece, if there is room.
func (c *clipping) show(k int) bool {
	at, shown := slices.BinarySearch(c.shown, k)
	if shown {
		return true
	}
	c.shown = slices.Insert(c.shown, at, k)
	if c.width(c.String()) <= c.room {
		return true
	}
	c.shown = slices.Delete(c.shown, at, at+1)
	return false
}

// String returns what is shown, with … where something is left out.
func (c *clipping) String() string {
	var b strings.Builder
	next := 0 // the piece after the last one
	for _, k := range c.shown {
		p := c.pieces[k]
		if k > next {
			if b.Len() > 0 && c.pieces[next].blank {
				b.WriteByte(' ')
			}
			b.WriteString("…")
		}
		if p.blank && b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(p.text)
		next = k + 1
	}
	if next < len(c.pieces) {
		return strings.TrimRight(b.String(), " ,;") + "…"
	}
	return b.String()
}
