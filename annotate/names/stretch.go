package names

import (
	"byline/annotate"
	"byline/annotate/lexicon"
	"byline/articles"
)

// sentence cuts sentence number n into chunks.
func (r *run) sentence(n int) {
	s := &r.d.Sentences[n]
	r.markStarts(s)
	first, end := s.Tokens.First, s.Tokens.End
	for i := first; i < end; {
		if j := r.workTitle(i, end); j > i {
			name := annotate.Range{First: i + 1, End: j - 1}
			if r.d.Tokens[j-2].Kind == annotate.Punct {
				name.End--
			}
			r.chunks = append(r.chunks, chunk{Range: name, kind: other, rule: titleInMarks, first: first, end: end})
			i = j
			continue
		}
		if !r.begins(i, end) {
			i++
			continue
		}
		j := r.stretch(i, end)
		r.cut(chunk{Range: annotate.Range{First: i, End: j}, rule: -1, first: first, end: end})
		i = j
	}
}

// markStarts marks the tokens of s at which a capital says nothing: the first word, the
// first one after an opening mark or a colon, and all of a headline.
func (r *run) markStarts(s *annotate.Sentence) {
	at := true
	all := r.headline(s)
	for i := s.Tokens.First; i < s.Tokens.End; i++ {
		w := &r.words[i]
		switch t := &r.d.Tokens[i]; t.Kind {
		case annotate.Word, annotate.Number:
			if at || all {
				w.shape |= start
			}
			at = false
		case annotate.Mark:
			at = at || r.opensMark(i)
		default:
			c := r.d.Text[t.Start]
			at = at || c == ':' || c == '*' || c == '-' && t.Len() == 1 && i == s.Tokens.First || c == '?' || c == '!' || c == '.'
		}
	}
}

// opensMark reports whether token i, a mark, opens a quotation: something blank goes
// before it and a word follows at once, or the marks are such.
func (r *run) opensMark(i int) bool {
	switch r.d.Word(i) {
	case "“", "‘", "«", "„", "``":
		return true
	case "\"", "'":
		return i > 0 && r.d.Tokens[i-1].Kind == annotate.Punct
	}
	return false
}

// headline reports whether s is written as a title: most longer words have a capital and
// no full stop ends it, or its block is a heading.
func (r *run) headline(s *annotate.Sentence) bool {
	if r.d.Paragraphs[s.Paragraph].Block.Kind == articles.Heading {
		return true
	}
	long, capitals := 0, 0
	for i := s.Tokens.First; i < s.Tokens.End; i++ {
		w := &r.words[i]
		if r.d.Tokens[i].Kind != annotate.Word || r.d.Tokens[i].Len() < 4 {
			continue
		}
		long++
		if w.has(capital) {
			capitals++
		}
	}
	return long >= 5 && capitals*10 >= long*8 && r.d.Word(s.Tokens.End-1) != "."
}

// begins reports whether a name may begin at token i.
func (r *run) begins(i, end int) bool {
	w := &r.words[i]
	if !w.has(capital) {
		return false
	}
	if r.phrase(i, end) > 1 {
		return true
	}
	if w.is(calendar) {
		return w.in(lexicon.First) && i+1 < end && r.surnameAt(i+1)
	}
	if w.is(weak) {
		return false
	}
	return !w.has(start) || r.plausible(i, end)
}

// surnameAt reports whether a surname stands at token i: "May Quill", "Jan van Quill".
func (r *run) surnameAt(i int) bool {
	w := &r.words[i]
	if w.is(particle) && w.has(lower) {
		return r.d.Word(i) != "la" && i+1 < len(r.words) && r.words[i+1].has(capital)
	}
	return w.has(capital) && w.in(lexicon.Surname) && !w.is(calendar)
}

// plausible reports whether token i, whose capital says nothing, may begin a name all
// the same.
func (r *run) plausible(i, end int) bool {
	w := &r.words[i]
	followed := i+1 < end && r.words[i+1].has(capital) && !r.words[i+1].has(start)
	ofs := i+2 < end && w.is(orgOf) && r.d.Word(i+1) == "of"
	switch {
	case w.is(title) && i+1 < end && r.words[i+1].has(capital):
		return true
	case w.is(knownAny) && !w.in(lexicon.Small):
		return true
	case followed || ofs:
		return true
	case w.in(lexicon.Small) || r.small.has(w.key):
		return false
	}
	return true
}

// phrase returns how many tokens from i on make the longest name in a list, 0 if none.
func (r *run) phrase(i, end int) int {
	w := &r.words[i]
	n := 0
	if w.is(knownAny) || w.in(listed) {
		n = 1
	}
	if r.d.Tokens[i].Kind == annotate.Word && i+1 < end && r.isPossessive(i+1) {
		if triggers()[w.key.Join("'s")]&knownAny != 0 {
			n = 2
		}
	}
	if !w.is(opens) && !w.in(lexicon.Opens) {
		return n
	}
	k := w.key
	for j := i + 1; j < end && j < i+8; j++ {
		if r.words[j].key == 0 {
			break
		}
		k = k.Add(r.d.Word(j))
		if triggers()[k]&knownAny != 0 || r.words[j].has(capital) && k.Class()&listed != 0 {
			n = j + 1 - i
		}
	}
	return n
}

// listed are the classes of names that are known as a whole.
const listed = lexicon.Company | lexicon.School | lexicon.Agency | lexicon.Party | lexicon.Club | lexicon.City |
	lexicon.Region | lexicon.Country | lexicon.Demonym | lexicon.Leader

func (r *run) isPossessive(i int) bool {
	switch r.d.Word(i) {
	case "’", "'":
		return r.spaced && i+1 < len(r.words) && r.d.Word(i+1) == "s"
	case "'s", "’s", "'S", "’S":
		return true
	}
	return false
}

// longest is the most tokens of a stretch, give or take one phrase: no name is longer, and
// what is done to a stretch is not linear in its length.
const longest = 24

// stretch returns the end of the capitalised words from i on that belong together.
func (r *run) stretch(i, end int) int {
	j := i + max(1, r.phrase(i, end))
	for j < end && j-i < longest {
		n := r.goesOn(i, j, end)
		if n == 0 {
			break
		}
		j += n
	}
	return j
}

// goesOn returns how many tokens from j on go on with the name that starts at i.
func (r *run) goesOn(i, j, end int) int {
	w := &r.words[j]
	switch {
	case w.has(capital):
		return r.goesOnCapital(j, end)
	case j+1 >= end:
		return 0
	case r.isPossessive(j) && r.words[j-1].is(owners) && r.d.Tokens[j].Kind == annotate.Word:
		return r.then(j, 1)
	case r.d.Tokens[j].Kind == annotate.Mark:
		return r.nickname(j, end)
	case w.is(particle) && w.has(lower):
		n := 1
		for j+n < end && n < 3 && r.words[j+n].is(particle) && r.words[j+n].has(lower) {
			n++
		}
		if j+n < end && r.names(j+n) && r.words[j-1].lacks(lexicon.Small) {
			return n + 1
		}
		return 0
	}
	switch r.d.Word(j) {
	case "-":
		if r.spaced && r.words[j+1].key != 0 && r.words[j-1].lacks(lexicon.Demonym|lexicon.Small) && (r.names(j+1) || r.d.Tokens[j+1].Len() < 6) {
			return 2
		}
	case "&":
		return r.then(j, 1)
	case "of":
		if r.words[j-1].is(orgOf | orgHead | placeOf | otherHead) {
			return r.then(j, r.skipThe(j, end))
		}
		if r.words[j-1].is(title) && r.officeAhead(j, end) {
			return r.then(j, r.skipThe(j, end))
		}
	case "for", "on", "and":
		n := r.skipThe(j, end)
		if r.institution(i, j) && !r.words[j+1].in(lexicon.First) && j+n < end && !r.words[j+n].is(orgOf) {
			return r.then(j, n)
		}
	}
	return 0
}

// nickname returns the tokens of a nickname in marks between two names, as in Ann “Quick”
// Quill, and of the name behind it.
func (r *run) nickname(j, end int) int {
	if j+3 < end && r.words[j-1].in(lexicon.First) && r.names(j+1) && r.d.Tokens[j+2].Kind == annotate.Mark && r.names(j+3) {
		return 4
	}
	return 0
}

func (r *run) goesOnCapital(j, end int) int {
	w := &r.words[j]
	if w.is(calendar) && !(w.in(lexicon.Surname) && r.words[j-1].in(lexicon.First)) {
		return 0
	}
	if w.is(weak) && !w.has(initial) || w.has(start) && !r.plausible(j, end) {
		return 0
	}
	return 1
}

// officeAhead reports whether a person's name ends the capitalised words behind token j.
func (r *run) officeAhead(j, end int) bool {
	for k := j + 1; k+1 < end && k < j+7 && (r.words[k].has(capital) || k == j+1 || r.d.Word(k) == "and"); k++ {
		if k > j+1 && r.words[k].in(lexicon.First) && r.words[k].lacks(lexicon.Small) && r.words[k+1].has(capital) {
			return true
		}
	}
	return false
}

// then returns n+1 if the token n after j may go on with a name, else 0.
func (r *run) then(j, n int) int {
	if j+n < len(r.words) && r.names(j+n) {
		return n + 1
	}
	return 0
}

// skipThe returns 2 where "the" stands behind j, else 1.
func (r *run) skipThe(j, end int) int {
	if j+2 < end && r.d.Word(j+1) == "the" {
		return 2
	}
	return 1
}

func (r *run) names(i int) bool {
	w := &r.words[i]
	return w.has(capital) && !w.is(calendar|weak)
}

// institution reports whether the tokens [i, j) start like "Ministry of".
func (r *run) institution(i, j int) bool {
	for ; i < j; i++ {
		if r.words[i].is(orgOf) {
			return true
		}
	}
	return false
}

// workTitle returns the end of a title of a work in quotation marks that starts at i:
// two to seven words, each with a capital but for small words, and nothing else.
func (r *run) workTitle(i, end int) int {
	if r.d.Tokens[i].Kind != annotate.Mark || i+3 >= end {
		return 0
	}
	capitals := 0
	for j := i + 1; j < end && j < i+9; j++ {
		switch r.d.Tokens[j].Kind {
		case annotate.Mark:
			if capitals > 1 && r.words[j-1].has(capital) && j > i+2 && r.words[i+1].has(caps) == r.words[j-1].has(caps) {
				return j + 1
			}
			return 0
		case annotate.Word:
			w := &r.words[j]
			if w.has(capital) {
				capitals++
			} else if j == i+1 || r.d.Tokens[j].Len() > 4 {
				return 0
			}
		case annotate.Punct:
			if j+1 >= end || r.d.Tokens[j+1].Kind != annotate.Mark || capitals < 2 || r.d.Word(j) != "," && capitals < 3 {
				return 0
			}
			return j + 2
		}
	}
	return 0
}
