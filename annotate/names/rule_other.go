package names

import (
	"byline/annotate/lexicon"
)

func known(r *run, c *chunk) kind {
	t, _ := r.whole(c)
	if r.single(c) && r.at(c.First).in(lexicon.Small) && r.at(c.First).has(start) {
		return nothing
	}
	switch {
	case t == 0:
		return nothing
	case t&knownPlace != 0:
		return place
	case t&knownOther != 0:
		return other
	}
	return organization
}

func eventOrLaw(r *run, c *chunk) kind {
	if c.End-c.First > 1 && (r.at(c.End-1).is(otherHead) || r.at(c.First).is(otherFirst) || r.at(c.First).is(otherHead) && r.at(c.First+1).has(lower)) {
		return other
	}
	return nothing
}

func together(r *run, c *chunk) kind {
	n := c.End - c.First
	if n < 2 {
		return nothing
	}
	for i := c.First; i < c.End; i++ {
		if r.unlike(i) || r.at(i).is(orgHead|placeHead|otherHead|compass) {
			return r.unlikely(c)
		}
	}
	if n < 4 && !r.article(c) && !r.at(c.First).has(caps) && !r.at(c.End-1).has(caps) {
		return person
	}
	return r.unlikely(c)
}

func (r *run) unlikely(c *chunk) kind {
	if r.at(c.First).has(start) {
		return nothing
	}
	return other
}
