package names

import (
	"strings"

	"byline/annotate/lexicon"
)

// votes count what the sure rules took a name for.
type votes [other + 1]float32

// best returns the kind with most votes; nothing if there are none.
func (v *votes) best() kind {
	b := nothing
	for k := person; k <= other; k++ {
		if v[k] > v[b] {
			b = k
		}
	}
	return b
}

// decide lets the rules decide on every chunk: first the sure ones on all, which are
// remembered, then all of them on the rest. At last a single word that is still nothing,
// or a mere guess, takes what a longer name made of it.
func (r *run) decide() {
	r.memory = make(map[lexicon.Key]votes, len(r.chunks))
	for i := range r.chunks {
		c := &r.chunks[i]
		if c.kind == nothing {
			r.try(c, func(u *rule) bool { return u.sure && u.apply != nil })
		}
		if c.kind != nothing {
			r.remember(c)
		}
	}
	for i := range r.chunks {
		if c := &r.chunks[i]; c.kind == nothing {
			r.try(c, func(u *rule) bool { return u.apply != nil })
			if c.kind == person && c.End-c.First > 1 {
				r.remember(c)
			}
		}
	}
	for i := range r.chunks {
		if c := &r.chunks[i]; r.single(c) && (c.kind == nothing || !rules[c.rule].sure) {
			r.try(c, func(u *rule) bool { return u.name == "seen-elsewhere" })
		}
	}
}

// try gives c the verdict of the first of the admitted rules that has one.
func (r *run) try(c *chunk, admitted func(*rule) bool) {
	for i := range rules {
		if !admitted(&rules[i]) {
			continue
		}
		if k := rules[i].apply(r, c); k != nothing && (k != person || !r.firm(c)) {
			c.kind, c.rule = k, i
			return
		}
	}
}

// remember notes what c is, under its full form and the short ones that an article
// goes on with: a person's surname and first name, an organization's first word.
func (r *run) remember(c *chunk) {
	weight := float32(rules[c.rule].score)
	r.vote(r.key(c.Range), c.kind, weight)
	if c.End-c.First < 2 {
		return
	}
	switch c.kind {
	case person:
		last := c.End - 1
		for last > c.First && r.words[last].is(roman) {
			last--
		}
		if w := &r.words[last]; !r.common(last) && (!w.in(lexicon.Small) || w.in(lexicon.CommonSurname)) {
			r.vote(w.key, person, weight)
		}
		if w := &r.words[c.First]; !w.in(lexicon.Small) && !r.common(c.First) {
			r.vote(w.key, person, weight/2)
		}
	case organization:
		if w := &r.words[c.First]; !civic(r.d.Word(c.End-1)) && w.lacks(lexicon.Small|lexicon.Country|lexicon.Demonym|lexicon.City) && !w.is(knownAny|compass) {
			r.vote(w.key, organization, weight/4)
		}
		r.acronymOf(c)
	}
}

// civic reports whether an organization that ends in w is called after a place or a
// matter, so that its first word alone does not stand for it: "Orrin Court".
func civic(w string) bool {
	switch strings.ToLower(w) {
	case "court", "police", "council", "assembly", "parliament", "ministry", "department", "authority", "commission", "agency",
		"committee", "board", "bureau", "office", "service", "association", "league", "union", "federation", "party", "academy",
		"university", "college", "school", "hospital", "library", "museum", "orchestra", "theatre", "theater",
		"gazette", "chronicle", "courier", "times", "post", "mercury", "observer", "herald", "tribune", "radio", "news",
		"united", "rovers", "city", "athletic", "town", "wanderers", "accounts", "appeal", "appeals":
		return true
	}
	return false
}

func (r *run) vote(k lexicon.Key, as kind, weight float32) {
	v := r.memory[k]
	v[as] += weight
	r.memory[k] = v
}

// acronymOf remembers the acronym that stands in brackets behind c: "Orrin Bay
// Courier (OBC)".
func (r *run) acronymOf(c *chunk) {
	if c.End+2 < c.end && r.d.Word(c.End) == "(" && r.d.Word(c.End+2) == ")" && r.words[c.End+1].has(caps) {
		r.vote(r.words[c.End+1].key, organization, 1)
	}
}

// seenElsewhere: what the article says elsewhere.
func seenElsewhere(r *run, c *chunk) kind {
	v, ok := r.memory[r.key(c.Range)]
	if !ok {
		return nothing
	}
	return v.best()
}
