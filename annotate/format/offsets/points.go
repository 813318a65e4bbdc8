package offsets

import (
	"sort"
)

// stride is how many bytes of the text share one entry of the table of a Points.
const stride = 64

// Points converts between byte offsets into a text and offsets in Unicode code points.
// Making one takes a pass over the text and 1/16 of its size in memory.
type Points struct {
	text   string
	before []int32 // code points that start before byte i×stride
	ascii  bool    // bytes and code points are the same
}

// NewPoints returns a converter for text, which must be valid UTF-8 and shorter than 2
// GiB.
func NewPoints(text string) *Points {
	p := &Points{text: text, before: make([]int32, 0, len(text)/stride+2)}
	n := int32(0)
	for at := 0; at < len(text); at += stride {
		p.before = append(p.before, n)
		n += countPoints(text[at:min(len(text), at+stride)])
	}
	p.before = append(p.before, n)
	p.ascii = int(n) == len(text)
	return p
}

// countPoints counts the code points that start in s.
func countPoints(s string) int32 {
	n := int32(0)
	for i := range len(s) {
		if s[i]&0xC0 != 0x80 {
			n++
		}
	}
	return n
}

// Of returns how many code points start before byte off, which must be from 0 to the
// length of the text.
func (p *Points) Of(off int) int {
	if p.ascii {
		return off
	}
	i := off / stride
	return int(p.before[i] + countPoints(p.text[i*stride:off]))
}

// Len returns the length of the text in code points.
func (p *Points) Len() int { return p.Of(len(p.text)) }

// Byte returns the byte at which code point n starts, counted from 0, and the length of
// the text for n = Len. It returns false if the text has fewer code points.
func (p *Points) Byte(n int) (int, bool) {
	if n < 0 || n > p.Len() {
		return 0, false
	}
	if n == p.Len() {
		return len(p.text), true
	}
	if p.ascii {
		return n, true
	}
	i := sort.Search(len(p.before), func(i int) bool { return int(p.before[i]) > n }) - 1
	off, left := i*stride, n-int(p.before[i])
	for ; off < len(p.text); off++ {
		if p.text[off]&0xC0 == 0x80 {
			continue
		}
		if left == 0 {
			break
		}
		left--
	}
	return off, true
}

// Units converts between byte offsets into a text and offsets in UTF-16 code units, of
// which a code point beyond U+FFFF takes two.
type Units struct {
	*Points
	wide []int // where code points of two units start, in bytes
}

// NewUnits returns a converter for text, which must be valid UTF-8 and shorter than 2
// GiB.
func NewUnits(text string) *Units {
	u := &Units{Points: NewPoints(text)}
	if u.ascii {
		return u
	}
	for i, r := range text {
		if r > 0xFFFF {
			u.wide = append(u.wide, i)
		}
	}
	return u
}

// Of returns how many code units come before byte off, which must be the start of a rune
// or the length of the text.
func (u *Units) Of(off int) int { return u.Points.Of(off) + sort.SearchInts(u.wide, off) }

// Len returns the length of the text in code units.
func (u *Units) Len() int { return u.Of(len(u.text)) }

// Byte returns the byte at which code unit n starts, counted from 0. It returns false if
// the text has fewer code units, or if n is the second half of a pair.
func (u *Units) Byte(n int) (int, bool) {
	// Of the pairs before unit n, the i-th starts at unit Of(wide[i]).
	i := sort.Search(len(u.wide), func(i int) bool { return u.Of(u.wide[i]) >= n })
	off, ok := u.Points.Byte(n - i)
	if !ok || u.Of(off) != n {
		return 0, false
	}
	return off, true
}

// First returns the first n code points of s.
func First(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}
