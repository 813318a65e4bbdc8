package names

import (
	"byline/annotate"
	"byline/annotate/lexicon"
)

func honorific(r *run, c *chunk) kind {
	if c.title.First == c.title.End || c.End-c.First > 5 || r.at(c.First).is(knownPlace|orgHead) || r.at(c.End-1).is(orgHead|otherHead) {
		return nothing
	}
	if w := r.at(c.First); r.single(c) && (w.in(lexicon.Country|lexicon.Demonym) || w.is(knownAny)) && w.lacks(lexicon.Surname) {
		return nothing
	}
	return person
}

func firstName(r *run, c *chunk) kind {
	if c.End-c.First < 2 || c.End-c.First > 5 {
		return nothing
	}
	first, last := r.at(c.First), r.at(c.End-1)
	if !first.in(lexicon.First) && !first.has(initial) || (first.is(compass|orgHead|orgOf|role) || r.article(c)) && !first.in(lexicon.CommonFirst) || last.is(orgHead|placeHead|otherHead) && last.lacks(lexicon.Surname) {
		return nothing
	}
	for i := c.First; i < c.End; i++ {
		if r.unlike(i) {
			return nothing
		}
	}
	return person
}

func (r *run) article(c *chunk) bool {
	switch r.textBefore(c, 1) {
	case "the", "The", "a", "an", "A", "An":
		return true
	}
	return false
}

func (r *run) unlike(i int) bool {
	w := r.at(i)
	if w.is(particle) || w.has(initial) || w.is(roman) || r.d.Tokens[i].Kind == annotate.Mark {
		return false
	}
	return w.has(lower) || w.key == 0 || r.d.Word(i) == "&" || w.is(weak) || w.in(lexicon.Demonym) || w.is(knownOther|noName) ||
		w.in(lexicon.Small) && w.lacks(lexicon.CommonFirst|lexicon.CommonSurname)
}

func roleBefore(r *run, c *chunk) kind {
	w := r.before(c, 1)
	if !w.has(lower) || !w.is(role) || c.End-c.First > 4 || r.at(c.End-1).is(orgHead) || r.firm(c) {
		return nothing
	}
	return person
}

func roleAfter(r *run, c *chunk) kind {
	if r.text(c, 1) != "," || c.End-c.First > 4 || r.at(c.End-1).is(orgHead) || r.firm(c) {
		return nothing
	}
	for n := 2; n < 7; n++ {
		w := r.after(c, n)
		if w.key == 0 {
			return nothing
		}
		if w.is(role) && n > 1 {
			return person
		}
	}
	return nothing
}

func speaks(r *run, c *chunk) kind {
	after, before := r.after(c, 1), r.before(c, 1)
	if !after.is(spoken) && !before.is(spoken) || c.End-c.First > 3 {
		return nothing
	}
	w := r.at(c.First)
	if _, class := r.whole(c); class&lexicon.Country != 0 || r.single(c) && r.common(c.First) {
		return nothing
	}
	if w.has(caps) || r.mixed(c) || r.at(c.End-1).in(lexicon.Company|lexicon.Club) && r.at(c.End-1).lacks(lexicon.Surname|lexicon.First) {
		return organization
	}
	if r.single(c) && (w.in(lexicon.City|lexicon.Small) && w.lacks(lexicon.Surname)) {
		return nothing
	}
	return person
}

func surnameLast(r *run, c *chunk) kind {
	n := c.End - c.First
	if n < 2 || n > 4 || r.at(c.End-1).lacks(lexicon.Surname) || r.article(c) {
		return nothing
	}
	for i := c.First; i < c.End; i++ {
		if r.unlike(i) {
			return nothing
		}
	}
	return person
}

func surname(r *run, c *chunk) kind {
	w := r.at(c.First)
	if !r.single(c) || w.in(lexicon.Small|lexicon.City|lexicon.Region) || r.article(c) || r.common(c.First) {
		return nothing
	}
	owns := c.End < c.end && r.isPossessive(c.End)
	if w.in(lexicon.CommonFirst) && (owns || !w.has(start)) || w.in(lexicon.CommonSurname) && owns {
		return person
	}
	return nothing
}

func (r *run) common(i int) bool {
	return r.at(i).is(orgHead | orgOf | placeHead | otherHead | title | prefix | role | compass | noName | business)
}

func ruledBy(r *run, c *chunk) kind {
	if w := r.after(c, 1); !r.single(c) || !w.is(ruled) || !w.has(lower) || r.unlike(c.First) {
		return nothing
	}
	return person
}

// firm reports whether an ampersand stands inside c: "Quill & Daughters".
func (r *run) firm(c *chunk) bool {
	for i := c.First + 1; i < c.End; i++ {
		if r.d.Word(i) == "&" {
			return true
		}
	}
	return false
}
