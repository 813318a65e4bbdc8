package articles

// An Extent is what a column of dates has to hold: the first and the last that are days, and one that is not, a month rather than
// a year. The zero Extent is of no dates.
type Extent struct{ First, Last, Vague Date }

// Add adds a date, if it is known.
func (x *Extent) Add(d Date) {
	switch p := d.Precision(); {
	case p == 0:
		return
	case p == ToMonth, p == ToYear && x.Vague.IsZero():
		x.Vague = d
	}
	if d.Precision() < ToDay {
		return
	}
	if x.First.IsZero() || d < x.First {
		x.First = d
	}
	if x.Last.IsZero() || d > x.Last {
		x.Last = d
	}
}
