package names

import (
	"strings"
	"unicode"

	"byline/annotate/lexicon"
)

func legalForm(r *run, c *chunk) kind {
	if c.End-c.First > 1 && r.at(c.End-1).is(orgSuffix) {
		return organization
	}
	return nothing
}

// partners: "Quill & Daughters".
func partners(r *run, c *chunk) kind {
	if c.End-c.First < 3 || r.d.Word(c.End-2) != "&" {
		return nothing
	}
	switch strings.ToLower(r.d.Word(c.End - 1)) {
	case "sons", "son", "daughters", "daughter", "brothers", "bros", "sisters", "co", "co.", "company", "partners", "associates":
		return organization
	}
	return nothing
}

func institutionOf(r *run, c *chunk) kind {
	for i := c.First; i+2 < c.End; i++ {
		if of := r.d.Word(i + 1); r.at(i).is(orgOf) && (of == "of" || of == "for" || of == "on") {
			return organization
		}
	}
	return nothing
}

func institution(r *run, c *chunk) kind {
	if c.End-c.First < 2 || !r.at(c.End-1).is(orgHead) {
		return nothing
	}
	if r.at(c.First).in(lexicon.CommonFirst) && r.at(c.End-1).in(lexicon.Surname) && c.End-c.First == 2 {
		return person
	}
	return organization
}

func listedOrganization(r *run, c *chunk) kind {
	_, class := r.whole(c)
	if class&(lexicon.School|lexicon.Agency|lexicon.Party) != 0 && !r.single(c) {
		return organization
	}
	if class&lexicon.Club != 0 && class&(lexicon.City|lexicon.Surname|lexicon.First|lexicon.Small) == 0 {
		return organization
	}
	return nothing
}

func source(r *run, c *chunk) kind {
	b1, b2 := r.textBefore(c, 1), r.textBefore(c, 2)
	switch {
	case r.before(c, 1).is(business) && r.before(c, 1).has(lower):
		return organization
	case b1 == "to" && b2 == "according" && r.at(c.First).lacks(lexicon.First|lexicon.Surname|lexicon.Country|lexicon.City):
		return organization
	case b1 == "told" && r.single(c) && r.at(c.First).has(caps):
		return organization
	case b1 == "for" && r.before(c, 2).is(role) && b2 != "candidate" && r.at(c.First).lacks(lexicon.Country):
		return organization
	}
	return nothing
}

func (r *run) mixed(c *chunk) bool {
	if !r.single(c) {
		return false
	}
	s := r.d.Word(c.First)
	for i := 1; i < len(s); i++ {
		if s[i]-'A' < 26 && s[i-1] != '-' && s[i-1] != '\'' {
			return true
		}
	}
	return false
}

func acronym(r *run, c *chunk) kind {
	w := r.at(c.First)
	if n := r.d.Tokens[c.First].Len(); r.single(c) && w.has(caps) && !w.is(noName) && !r.coded(c.First) && n > 1 && n < 7 && !(w.has(start) && r.headlineWord(c)) {
		return organization
	}
	return nothing
}

func (r *run) coded(i int) bool {
	s := r.d.Word(i)
	n := strings.IndexAny(s, "0123456789")
	return n >= 0 && strings.ContainsFunc(s[n:], unicode.IsLetter)
}

func (r *run) headlineWord(c *chunk) bool {
	a, b := r.after(c, 1), r.before(c, 1)
	return a.has(caps) || b.has(caps)
}

func definite(r *run, c *chunk) kind {
	if b := r.textBefore(c, 1); b != "the" && b != "The" || c.End-c.First > 3 {
		return nothing
	}
	w := r.at(c.First)
	if r.single(c) && (w.in(lexicon.Small) || r.small.has(w.key) || w.is(title|prefix|role|compass|noName)) {
		return nothing
	}
	if !r.after(c, 1).is(spoken) {
		return nothing
	}
	return organization
}

func longForm(r *run, c *chunk) kind {
	if c.End-c.First < 2 || r.text(c, 1) != "(" || r.text(c, 3) != ")" || !r.after(c, 2).has(caps) {
		return nothing
	}
	letters := strings.ReplaceAll(r.text(c, 2), ".", "")
	at := 0
	for i := c.First; i < c.End && at < len(letters); i++ {
		if w := r.d.Word(i); w[0] == letters[at] || w[0]-'a' < 26 && w[0]-'a'+'A' == letters[at] {
			at++
		}
	}
	if at < len(letters) || r.at(c.End-1).is(otherHead|placeHead) {
		return nothing
	}
	return organization
}

func team(r *run, c *chunk) kind {
	n := r.phrase(c.First, c.End)
	last := r.d.Word(c.End - 1)
	if n == 0 || n >= c.End-c.First || c.End-c.First > n+2 || !r.at(c.First).in(lexicon.City|lexicon.Region) && !r.at(c.First).is(knownPlace|opens) {
		return nothing
	}
	if !strings.HasSuffix(last, "s") && !strings.HasSuffix(last, "Sox") || r.common(c.End-1) || r.at(c.End-1).in(lexicon.CommonSurname) {
		return nothing
	}
	return organization
}

func branch(r *run, c *chunk) kind {
	first, last := r.at(c.First), r.at(c.End-1)
	if c.End-c.First < 2 || !last.in(lexicon.Country) || last.in(lexicon.CommonFirst|lexicon.CommonSurname) {
		return nothing
	}
	if first.is(compass|placeOf|knownPlace) || first.in(lexicon.Country|lexicon.City|lexicon.Demonym|lexicon.Small) || r.institution(c.First, c.End) {
		return nothing
	}
	return organization
}
