package names

import (
	"byline/annotate"
	"byline/annotate/lexicon"
)

// cut cuts c where one name ends and another starts, or a title does, and keeps the
// pieces as chunks.
func (r *run) cut(c chunk) {
	if n := r.phrase(c.First, c.End); n == c.End-c.First && n > 1 {
		r.keep(c)
		return
	}
	if c.First = r.skipSmall(c); c.First >= c.End {
		return
	}
	if t := r.lastTitle(c); t >= 0 {
		r.cutTitle(c, t)
		return
	}
	n := r.people(c)
	if n == 0 {
		n = r.personTail(c)
	}
	if n > 0 {
		rest := c
		c.End = c.First + n
		rest.First = c.End
		r.keep(c)
		r.cut(rest)
		return
	}
	r.keep(c)
}

func (r *run) keep(c chunk) {
	for c.End > c.First && r.words[c.End-1].has(lower) && !(c.End-2 > c.First && r.d.Word(c.End-2) == "-") && r.phrase(c.First, c.End) != c.End-c.First {
		c.End--
	}
	if c.First < c.End {
		if c.title == (annotate.Range{}) {
			c.title = r.titleBefore(c)
		}
		r.chunks = append(r.chunks, c)
	}
}

// titleBefore returns the title that stands before c in small letters, as in "president
// Quill".
func (r *run) titleBefore(c chunk) annotate.Range {
	i := c.First - 1
	if i < c.first || !r.words[i].is(title) || !r.words[i].has(lower) {
		return annotate.Range{}
	}
	return annotate.Range{First: i, End: i + 1}
}

// skipSmall returns the start of c without the words at the start of a sentence that are
// mostly written small and that a name follows: "Protesters" before "Quill".
func (r *run) skipSmall(c chunk) int {
	i := c.First
	for i+1 < c.End && r.words[i].has(start) && r.strippable(c, i) {
		i++
		if r.words[i].has(lower) {
			i++
		}
	}
	return i
}

func (r *run) strippable(c chunk, i int) bool {
	w, last := &r.words[i], &r.words[c.End-1]
	if w.is(title|prefix|compass|knownAny) || w.in(lexicon.First|lexicon.Demonym|lexicon.Country) && !r.small.has(w.key) {
		return false
	}
	if last.is(orgHead|orgSuffix|placeHead|otherHead) || w.is(orgOf) {
		return false
	}
	return w.in(lexicon.Small) || r.small.has(w.key)
}

// lastTitle returns the last token of c that is a title, and not a part of a name;
// −1 if none is.
func (r *run) lastTitle(c chunk) int {
	last := &r.words[c.End-1]
	if last.is(orgHead|orgSuffix) && !last.is(title) && c.End-c.First > 1 && last.lacks(lexicon.Surname) {
		return -1
	}
	for i := c.End - 1; i >= c.First; i-- {
		w := &r.words[i]
		if !w.is(title) && !(w.is(role) && i > c.First) || w.is(orgHead) && i+1 == c.End {
			continue
		}
		if i+1 < c.End && r.words[i+1].has(lower) && !r.words[i+1].is(particle) {
			return r.officeEnd(c, i)
		}
		if i == c.First || !r.words[i-1].in(lexicon.CommonFirst) || r.words[i-1].is(title|prefix|knownAny) || w.lacks(lexicon.CommonSurname) {
			return i
		}
	}
	return -1
}

// officeEnd returns the last token of an office that goes on with of, as in "Secretary
// of the Harbour Ann Quill"; −1 where no person's name follows.
func (r *run) officeEnd(c chunk, i int) int {
	for j := i + 3; j+1 < c.End; j++ {
		if r.words[j].in(lexicon.First) && r.words[j].lacks(lexicon.Small) && r.words[j+1].has(capital) && !r.words[j-1].has(lower) {
			return j - 1
		}
	}
	return -1
}

// cutTitle cuts c at its title, of which token t is the last: the person behind it, and
// the organization or place before it, as in "Halden Media Director Ann Quill".
func (r *run) cutTitle(c chunk, t int) {
	first := t
	for first > c.First && (r.words[first-1].is(title|prefix|role) || r.ofOffice(c, first)) {
		first--
	}
	before, after := c, c
	before.End, after.First = first, t+1
	if r.words[before.First].is(prefix) { // "Deputy Energy Minister"
		first, before.End = before.First, before.First
	}
	for before.End > before.First && r.words[before.End-1].key == lexicon.Key(0).Add("&") {
		before.End--
	}
	if before.First < before.End {
		r.cut(before)
	}
	if after.First < after.End {
		after.title = annotate.Range{First: first, End: t + 1}
		r.keep(after)
	}
}

// ofOffice reports whether the tokens before token i go on an office: "Secretary of the".
func (r *run) ofOffice(c chunk, i int) bool {
	for j := i - 1; j > c.First; j-- {
		if r.d.Word(j) == "of" && r.words[j-1].is(title) {
			return true
		}
	}
	return false
}

// personTail returns how many tokens stand before a person's name at the end of an
// institution: "Ministry of Fisheries Ann Quill"; 0 if none does.
func (r *run) personTail(c chunk) int {
	if c.End-c.First < 5 || !r.institution(c.First, c.End) {
		return 0
	}
	for j := c.First + 3; j+1 < c.End; j++ {
		if r.words[j].in(lexicon.CommonFirst) && r.words[j-1].has(capital) && r.words[j+1].in(lexicon.Surname) && !r.common(j) && r.words[c.End-1].in(lexicon.Surname) {
			return j - c.First
		}
	}
	return 0
}

// placeAt reports whether the n tokens from i on are a place that everybody knows.
func (r *run) placeAt(i, n int) bool {
	k := r.key(annotate.Range{First: i, End: i + n})
	return triggers()[k]&knownPlace != 0 || k.Class()&lexicon.Country != 0
}

// people returns how many tokens at the start of c are a nationality or country that
// something else follows: "Kenyan Marta Quill", but not "Kenyan Airways".
func (r *run) people(c chunk) int {
	w := &r.words[c.First]
	if n := r.phrase(c.First, c.End); n > 0 && c.End-c.First-n > 1 && r.placeAt(c.First, n) && r.words[c.First+n].in(lexicon.CommonFirst) {
		return n // "Kenya Marta Quill"
	}
	if c.End-c.First < 2 || !w.in(lexicon.Demonym) && !w.is(knownOther) || r.phrase(c.First, c.End) > 1 {
		return 0
	}
	last := &r.words[c.End-1]
	if last.is(orgHead|orgSuffix|otherHead|placeHead) || r.institution(c.First, c.End) {
		return 0
	}
	return 1
}
