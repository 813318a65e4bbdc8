package quotes

// accordingTo reads: According to Quill, it was “a mess”; “Thank you,” according to TASS.
// Where a verb before the marks has a subject, that one speaks and not the source.
func (r *run) accordingTo(i int) (claim, bool) {
	if w := r.after(i); w.First < w.End {
		k := w.First
		if r.is(k, ",") {
			k++
		}
		if c, ok := r.accordingFrom(k, w.End); ok && !(r.is(k, "According") && r.stopped(i)) {
			return c, true
		}
	}
	if _, ok := r.lastCue(i); ok {
		return claim{}, false
	}
	w := r.ahead(i)
	for t := w.End - 2; t >= w.First && !r.ends(t); t-- {
		if c, ok := r.accordingFrom(t, w.End); ok {
			return c, true
		}
	}
	return claim{}, false
}

// accordingFrom reads "according to" and who follows at token k.
func (r *run) accordingFrom(k, end int) (claim, bool) {
	if k+2 >= end || r.low(k) != "according" || !r.is(k+1, "to") {
		return claim{}, false
	}
	who, ok := r.subjectFrom(k+2, end)
	if !ok {
		return claim{}, false
	}
	c := claim{who: who, cue: r.span(k, k+2), class: say}
	return c, true
}
