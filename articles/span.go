package articles

import "cmp"

// A Span is a half-open byte range [Start, End) of an article's canonical
// text. Both ends lie on rune boundaries.
type Span struct{ Start, End int }

// Len returns the length of s in bytes.
func (s Span) Len() int { return s.End - s.Start }

// Empty reports whether s covers nothing; the zero Span does.
func (s Span) Empty() bool { return s.End <= s.Start }

// In returns the part of text that s covers.
func (s Span) In(text string) string { return text[s.Start:s.End] }

// Has reports whether the byte at offset off belongs to s.
func (s Span) Has(off int) bool { return s.Start <= off && off < s.End }

// Covers reports whether o lies wholly inside s.
func (s Span) Covers(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Overlaps reports whether s and o share a byte.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// Shift returns s moved by n bytes.
func (s Span) Shift(n int) Span { return Span{s.Start + n, s.End + n} }

// Compare orders spans by start, and the longer one first if the starts are equal, so that an
// outer span comes before those inside it.
func (s Span) Compare(o Span) int {
	if c := cmp.Compare(s.Start, o.Start); c != 0 {
		return c
	}
	return cmp.Compare(o.End, s.End)
}
