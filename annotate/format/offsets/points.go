package offsets

import (
	"sort"
)

// stride is how many bytes of text share one entry of the table of Points.
const stride = 64

// Points converts between byte offsets into a text and offsets in Unicode code
// points. It costs one pass over the text and 1/16 of its size.
type Points struct {
	text   string
	before []int32 // code points that begin before byte i×stride
	ascii  bool    // one is the other
}

// NewPoints returns the converter for text, which is UTF-8 and shorter than 2 GB.
func NewPoints(text string) *Points {
	p := &Points{text: text, before: make([]int32, 0, len(text)/stride+2)}
	n := int32(0)
	for at := 0; at < len(text); at += stride {
		p.before = append(p.before, n)
		n += begins(text[at:min(len(text), at+stride)])
	}
	p.before = append(p.before, n)
	p.ascii = int(n) == len(text)
	return p
}

// begins counts the code points that begin in s.
func begins(s string) int32 {
	n := int32(0)
	for i := range len(s) {
		if s[i]&0xC0 != 0x80 {
			n++
		}
	}
	return n
}

// Of returns how many code points begin before the byte at off, which is from 0 to
// the text's length.
func (p *Points) Of(off int) int {
	if p.ascii {
		return off
	}
	i := off / stride
	return int(p.before[i] + begins(p.text[i*stride:off]))
}

// Len returns the length of the text in code points.
func (p *Points) Len() int { return p.Of(len(p.text)) }

// Byte returns the byte at which code point n begins, and false where the text has
// fewer. For n = Len that is the text's length.
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
// which a code point beyond U+FFFF takes two. It costs one pass over the text.
type Units struct {
	*Points
	wide []int // bytes at which code points of two units begin
}

// NewUnits returns the converter for text, which is UTF-8 and shorter than 2 GB.
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

// Of returns how many code units stand before the byte at off, which begins a rune.
func (u *Units) Of(off int) int { return u.Points.Of(off) + sort.SearchInts(u.wide, off) }

// Len returns the length of the text in code units.
func (u *Units) Len() int { return u.Of(len(u.text)) }

// Byte returns the byte at which code unit n begins, and false where the text has
// fewer, or n is in the middle of a pair.
func (u *Units) Byte(n int) (int, bool) {
	// Of the pairs before unit n, the i-th begins at unit Of(wide[i]).
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
