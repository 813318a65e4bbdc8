package names

import (
	"strings"

	"byline/annotate/lexicon"
)

// dateline: "PORT AMBLE, March 22 — The harbour closed": capitals that begin a
// paragraph, with a dash behind them and at most a date between.
func dateline(r *run, c *chunk) kind {
	const nearby, acronym = 6, 5 // tokens; letters of a word that is none any more
	if r.single(c) && len(r.d.Word(c.First)) < acronym || c.First > c.first+1 || !r.at(c.First).has(caps) || !r.at(c.End-1).has(caps) {
		return nothing
	}
	for i := c.End; i < min(c.end, c.End+nearby); i++ {
		switch r.d.Word(i) {
		case "—", "–", "--":
			return place
		}
	}
	return nothing
}

func country(r *run, c *chunk) kind {
	_, class := r.whole(c)
	if r.single(c) && class == 0 {
		class = r.parts(c.First)
	}
	switch {
	case class&lexicon.Demonym != 0:
		return other
	case class&lexicon.Country != 0 && class&lexicon.CommonFirst == 0:
		return place
	}
	return nothing
}

func countryOrName(r *run, c *chunk) kind {
	if _, class := r.whole(c); class&lexicon.Country != 0 {
		return place
	}
	return nothing
}

func (r *run) parts(i int) lexicon.Class {
	first, _, ok := strings.Cut(r.d.Word(i), "-")
	if !ok {
		return 0
	}
	if k := lexicon.Key(0).Add(first); triggers()[k]&knownOther != 0 {
		return lexicon.Demonym
	} else {
		return k.Class() & lexicon.Demonym
	}
}

func geography(r *run, c *chunk) kind {
	last := r.at(c.End - 1)
	switch {
	case c.End-c.First < 2:
		return nothing
	case last.is(placeHead) && !(r.at(c.First).in(lexicon.CommonFirst) && last.in(lexicon.Surname)):
		return place
	case r.at(c.First).is(placeOf):
		return place
	case r.at(c.First).is(compass) && (last.in(lexicon.Country|lexicon.City|lexicon.Region) || last.is(knownPlace)):
		return place
	}
	return nothing
}

func city(r *run, c *chunk) kind {
	_, class := r.whole(c)
	if class&(lexicon.City|lexicon.Region) == 0 {
		return nothing
	}
	if !r.single(c) || class&(lexicon.First|lexicon.Surname|lexicon.Small|lexicon.Company) == 0 {
		return place
	}
	w := r.before(c, 1)
	if w.is(prep) && class&lexicon.Small == 0 {
		return place
	}
	return nothing
}

func placeOfPlace(r *run, c *chunk) kind {
	if w := r.after(c, 2); r.text(c, 1) == "," && (w.in(lexicon.Country|lexicon.Region) || w.is(knownPlace)) {
		return place
	}
	return nothing
}

func inPlace(r *run, c *chunk) kind {
	if c.End-c.First > 3 || r.at(c.First).has(caps) {
		return nothing
	}
	b, a := r.before(c, 1), r.after(c, 1)
	of := r.textBefore(c, 1) == "of" && r.before(c, 2).is(settled) && r.before(c, 2).has(lower)
	switch {
	case of, a.is(settled) && a.has(lower) && !r.at(c.First).has(start):
		return place
	case c.End < c.end && r.isPossessive(c.End):
		return nothing
	}
	switch r.textBefore(c, 1) {
	case "in", "near", "at", "across", "In", "Near", "outside", "throughout":
		return place
	}
	if b.is(compass) && b.has(lower) {
		return place
	}
	return nothing
}
