package clean

import (
	"unicode"
	"unicode/utf8"
)

const (
	nonJoiner = 0x200c
	joiner    = 0x200d
)

// A cluster is the text from the last base letter on: it limits how much more may combine with
// that letter.
type cluster struct {
	last   rune // as written
	marks  int  // combining marks, selectors and joiners on the base
	links  int  // joiners that precede the base
	varied bool // the base has a variation selector
	jamo   int  // Korean letters of one sort in a row
}

// base starts a cluster with r as its base.
func (c *cluster) base(r rune) { *c = cluster{last: r} }

// next returns the rune to write for r, and records it.
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

// mark handles a combining mark.
func (c *cluster) mark(r rune) rune {
	if c.marks++; c.marks > maxMarks {
		return utf8.RuneError
	}
	c.last = r
	return r
}

// vary handles a variation selector.
func (c *cluster) vary(r rune) rune {
	fits := !c.varied && !unicode.IsSpace(c.last) && (!supplement(r) || unicode.Is(unicode.Han, c.last) || c.last == utf8.RuneError)
	if !fits {
		return c.replace()
	}
	c.varied = true
	return c.mark(r)
}

// join handles a joiner or a non-joiner.
func (c *cluster) join(r rune) rune {
	if !joins(c.last) || unicode.IsSpace(c.last) || c.links >= maxMarks {
		return c.replace()
	}
	return c.mark(r)
}

// replace handles a rune that is not allowed here: it becomes U+FFFD, a base of its own, unless
// too many were replaced already.
func (c *cluster) replace() rune {
	c.base(utf8.RuneError)
	return utf8.RuneError
}

// letter handles a letter or a sign that may join those before it.
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
