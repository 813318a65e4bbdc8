package quotes

import (
	"byline/annotate"
	"byline/articles"
)

// The rules for reported speech.
var (
	reported    = rule{name: "said-that", score: 0.8}
	trailing    = rule{name: "clause-then-cue", score: 0.85}
	byAccount   = rule{name: "according-to-clause", score: 0.8}
	transcribed = rule{name: "transcript", score: 0.9}
	setOff      = rule{name: "block-quote", score: 0.75}
)

// indirects finds speech that is reported without marks, one sentence after the other.
func (r *run) indirects() {
	for i := range r.d.Sentences {
		s := &r.d.Sentences[i]
		switch r.d.Paragraphs[s.Paragraph].Block.Kind {
		case articles.Code, articles.Rule, articles.Row:
			continue
		}
		r.reportedIn(s.Tokens)
	}
}

// reportedIn looks for one attribution in the tokens of a sentence: the first that
// holds ends the search.
func (r *run) reportedIn(s annotate.Range) {
	for t := s.First; t < s.End; t++ {
		if r.inside[t] != 0 {
			continue
		}
		if w := r.d.Word(t); w == "according" || w == "According" {
			if c, ok := r.accordingClause(t, s); ok {
				r.tell(c, &byAccount)
				return
			}
			continue
		}
		c, ok := r.cueAt(t)
		if !ok || c.ing || c.class != say && c.class != tell {
			continue
		}
		if cl, ok := r.trailingCue(t, s, c); ok {
			r.tell(cl, &trailing)
			return
		}
		if cl, ok := r.saidThat(t, s, c); ok {
			r.tell(cl, &reported)
			return
		}
	}
}

// tell keeps an indirect quote, if no marks stand in it.
func (r *run) tell(c claim, by *rule) {
	c.rule = by
	r.resolve(r.stretchBefore(c.Start), &c)
	r.told = append(r.told, c)
}

// stretchBefore returns the number of stretches that start before byte at.
func (r *run) stretchBefore(at int) int {
	lo, hi := 0, len(r.marked)
	for lo < hi {
		if mid := (lo + hi) / 2; r.marked[mid].Start < at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// saidThat reads: Quill said (that) the press was sold. The clause begins behind the
// verb and what hangs on it, and ends with the sentence or a clause of the writer's.
func (r *run) saidThat(t int, s annotate.Range, c cue) (claim, bool) {
	if c.base && r.is(t-1, "to") || passive(r, t, s.First) {
		return claim{}, false
	}
	who, ok := r.speakerOf(t, s.First, c)
	if !ok || r.inside[who.a] != 0 {
		return claim{}, false
	}
	from, that := r.clauseStart(t+1, s.End, c)
	if from < 0 || !that && c.weight < 0.1 && c.class != tell {
		return claim{}, false
	}
	to := r.clauseEnd(from, s.End)
	if to-from < 3 || r.holdsMarks(from, to) {
		return claim{}, false
	}
	return claim{Span: r.span(from, to), who: who, cue: r.cueSpan(t), class: c.class}, true
}

// clauseStart returns the token where the clause that a cue reports begins, −1 where
// none does, and whether "that" opens it.
func (r *run) clauseStart(t, end int, c cue) (from int, that bool) {
	for j := t; j < min(end, t+14); j++ {
		if r.inside[j] != 0 {
			return -1, false
		}
		if w := r.d.Word(j); w == "that" || w == "how" || w == "why" || w == "whether" {
			return j, true
		} else if w == ":" || r.ends(j) {
			break
		}
	}
	if t >= end || c.class == tell && r.is(t, "to") {
		return -1, false
	}
	if c.class == tell { // the addressee comes first
		who, ok := r.subjectFrom(t, end)
		if !ok {
			return -1, false
		}
		t = who.b
	}
	for t < end && (isDay(r.d.Word(t)) || r.is(t, "on") && t+1 < end && isDay(r.d.Word(t+1))) {
		t++
	}
	if t >= end || !r.word(t) && r.d.Tokens[t].Kind != annotate.Number {
		return -1, false
	}
	w := r.low(t)
	if of[w] || w == "by" || w == "about" || w == "so" || w == "and" || w == "as" || w == "nothing" {
		return -1, false
	}
	return t, false
}

func isDay(w string) bool {
	switch w {
	case "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "yesterday", "today", "earlier":
		return true
	}
	return false
}

// clauseEnd returns the token where the clause that begins at token from ends.
func (r *run) clauseEnd(from, end int) int {
	for end > from && !r.word(end-1) && r.d.Tokens[end-1].Kind != annotate.Number && !r.is(end-1, "%") && !r.is(end-1, ")") {
		end--
	}
	for j := from + 3; j+1 < end; j++ {
		switch r.d.Word(j) {
		case ";", "—":
			return j
		case ",":
			switch r.d.Word(j + 1) {
			case "but", "while", "although", "though", "according", "adding", "noting", "saying", "citing":
				return j
			}
			if who, ok := r.subjectFrom(j+1, end); ok && who.form != annotate.Nominal {
				if v, ok := r.verbAfter(who.b, end); ok && v == end-1 {
					return j
				}
			}
		}
	}
	return end
}

// holdsMarks reports whether marks stand in tokens [a,b).
func (r *run) holdsMarks(a, b int) bool {
	i := r.stretchBefore(r.d.Tokens[b-1].End)
	return i > 0 && r.marked[i-1].End > r.d.Tokens[a].Start
}

// trailingCue reads: The press was sold, Quill said on Monday.
func (r *run) trailingCue(t int, s annotate.Range, c cue) (claim, bool) {
	who, ok := r.subjectBefore(t, s.First)
	if !ok || who.a-s.First < 4 || !r.is(who.a-1, ",") && !r.titled(who.a) || c.base && who.gender != plural {
		return claim{}, false
	}
	comma := who.a - 1
	for comma > s.First && !r.is(comma, ",") {
		comma--
	}
	if t+1 < s.End && (r.is(t+1, "that") || r.is(t+1, "it") || r.is(t+1, "he")) || s.End-t > 14 {
		return claim{}, false
	}
	first := r.low(s.First)
	if comma-s.First < 4 || r.holdsMarks(s.First, comma) || preposition[first] && comma-s.First < 9 || r.tied(s.First) && comma-s.First < 12 {
		return claim{}, false
	}
	return claim{Span: r.span(s.First, comma), who: who, cue: r.cueSpan(t), class: c.class}, true
}

// titled reports whether the words before the name at token a are its title, behind a
// comma: ", President Quill".
func (r *run) titled(a int) bool {
	for j := a - 1; j >= max(0, a-5); j-- {
		if r.is(j, ",") {
			return true
		}
		if !r.word(j) || !r.lexNoun(j) && !r.upper(j) && !determiners[r.low(j)] && titles[r.low(j)] == unknown {
			return false
		}
	}
	return false
}

// accordingClause reads "According to Quill, the press was sold" and "The press was
// sold, according to Quill".
func (r *run) accordingClause(t int, s annotate.Range) (claim, bool) {
	c, ok := r.accordingFrom(t, s.End)
	if !ok {
		return c, false
	}
	from, to := s.First, t
	forward := t == s.First || r.is(t-1, "and") || r.is(t-1, "but")
	if forward {
		from = c.who.b
		for from < s.End && !r.is(from, ",") {
			from++
		}
		from, to = from+1, s.End
	}
	for to > from && !r.word(to-1) && r.d.Tokens[to-1].Kind != annotate.Number {
		to--
	}
	if from >= to || to-from < 4 || r.holdsMarks(from, to) {
		return c, false
	}
	if forward {
		to = r.clauseEnd(from, to)
	}
	c.Span = r.span(from, to)
	return c, true
}
