package pdf

import "math"

// quarters returns by how many quarters of a circle, against the clock, text is turned that a matrix shows.
func quarters(m matrix) int {
	switch {
	case math.Abs(m.a) >= math.Abs(m.b) && m.a >= 0:
		return 0
	case math.Abs(m.b) > math.Abs(m.a) && m.b > 0:
		return 1
	case math.Abs(m.b) > math.Abs(m.a):
		return 3
	}
	return 2
}

// upright returns where a matrix moves to on the page as the reader of turned text holds it, so that its lines run from left to right.
func (w *painter) upright(turned int, m matrix) (x, y float64) {
	switch turned {
	case 1:
		return m.f, w.high - m.e
	case 2:
		return w.wide - m.e, w.high - m.f
	case 3:
		return w.high - m.f, w.high - (w.wide - m.e)
	}
	return m.e, m.f
}

// isTurned reports whether a line of some words stands on the page as it would on its side: high and narrow.
func (l *line) isTurned() bool {
	return len(l.text) > 3 && l.size() > 2*(l.right-l.left)
}

// turn lays a turned line of a page as its reader holds the page; up says that it runs upwards.
func (l *line) turn(up bool, wide, high float64) {
	if up {
		l.left, l.right, l.top, l.bottom = high-l.bottom, high-l.top, l.left, l.right
		return
	}
	l.left, l.right, l.top, l.bottom = l.top, l.bottom, wide-l.right, wide-l.left
}
