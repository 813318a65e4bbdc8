package clean

import (
	"unicode"
	"unicode/utf8"
)

const (
	nonJoiner = 0x200c
	joiner    = 0x200d
)

// A cluster is what is between the last base letter and the next rune: it says
// how much more may gather on that letter.
type cluster struct {
	last   rune // as it was written
	marks  int  // combining marks, selectors and joiners on the base
	links  int  // joiners that lead to the base
	varied bool // the base has a variation selector
	jamo   int  // Korean letters of one sort in a row
}

// base notes that r was written, which nothing gathered on so far.
func (c *cluster) base(r rune) { *c = cluster{last: r} }

// next returns what is to be written for r, and notes it.
func (c *cluster) next(r rune) rune {
	switch {
	case r == '\r' || r == '\n':
		r = '\n'
	case r == '\t':
		r = ' '
	case r == utf8.RuneError || isForbidden(r):
		r = utf8.RuneError
	case r < 0x300:
	case r == joiner || r == nonJoiner:
		return c.join(r)
	case selector(r) || supplement(r):
		return c.vary(r)
	case unicode.In(r, unicode.M) || r >= 0x1f3fb && r <= 0x1f3ff:
		return c.mark(r)
	default:
		return c.letter(r)
	}
	c.base(r)
	return r
}

// mark takes one that combines with the base.
func (c *cluster) mark(r rune) rune {
	if c.marks++; c.marks > maxMarks {
		return utf8.RuneError
	}
	c.last = r
	return r
}

// vary takes a variation selector.
func (c *cluster) vary(r rune) rune {
	fits := !c.varied && !unicode.IsSpace(c.last) && (!supplement(r) || unicode.Is(unicode.Han, c.last) || c.last == utf8.RuneError)
	if !fits {
		return c.replace()
	}
	c.varied = true
	return c.mark(r)
}

// join takes a joiner or a non-joiner.
func (c *cluster) join(r rune) rune {
	if c.last < 0x300 || c.last >= 0x2000 && c.last < 0x2100 || unicode.IsSpace(c.last) || c.links >= maxMarks {
		return c.replace()
	}
	return c.mark(r)
}

// replace takes what does not fit where it is: a base of its own replaces it,
// unless too much was refused here before.
func (c *cluster) replace() rune {
	c.base(utf8.RuneError)
	return utf8.RuneError
}

// letter takes a letter or a sign that may be joined to those before it.
func (c *cluster) letter(r rune) rune {
	was := *c
	c.base(r)
	if was.last == joiner {
		c.links = was.links + 1
	}
	if s := sort(r); s > 0 && s == sort(was.last) {
		if c.jamo = was.jamo + 1; c.jamo >= maxMarks {
			c.base(utf8.RuneError)
			return utf8.RuneError
		}
	}
	return r
}

// sort tells the leading, middle and trailing letters of Korean syllables apart, which
// gather in one cell however many there are; 0 is any other rune.
func sort(r rune) int {
	switch {
	case r >= 0x1100 && r < 0x1160, r >= 0xa960 && r < 0xa980:
		return 1
	case r > 0x1160 && r < 0x11a8, r >= 0xd7b0 && r < 0xd7cb:
		return 2
	case r >= 0x11a8 && r < 0x1200, r >= 0xd7cb && r < 0xd800:
		return 3
	}
	return 0
}

func selector(r rune) bool { return r >= 0xfe00 && r <= 0xfe0f }

func supplement(r rune) bool { return r >= 0xe0100 && r <= 0xe01ef }
