package quotes

import (
	"strings"

	"byline/annotate"
	"byline/articles"
)

// indirects finds speech that is reported without marks, one sentence after the other.
func (r *run) indirects() {
	for i := range r.d.Sentences {
		s := &r.d.Sentences[i]
		switch r.d.Paragraphs[s.Paragraph].Block.Kind {
		case articles.Code, articles.Rule, articles.Row:
			continue
		}
		for t := s.Tokens; t.First < t.End; t.First += longest {
			r.reportedIn(annotate.Range{First: t.First, End: min(t.End, t.First+longest)})
		}
	}
}

// longest is the most tokens looked at together. What is longer is no sentence.
const longest = 200

// reportedIn looks for attributions in the tokens of a sentence. One that embraces the
// sentence ends the search; another may follow the clause of "said that".
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
		if !ok || c.class != say && c.class != tell {
			continue
		}
		if r.parenthesis(t, s, c) {
			return
		}
		if cl, ok := r.trailingName(t, s, c); ok {
			r.tell(cl, &trailing)
			return
		}
		if cl, ok := r.trailingCue(t, s, c); ok {
			r.tell(cl, &trailing)
			return
		}
		if cl, ok := r.saidThat(t, s, c); ok {
			r.tell(cl, &reported)
			for t+1 < s.End && r.d.Tokens[t+1].Start < cl.End {
				t++
			}
		}
	}
}

// parenthesis reads: The press, Quill said, was sold. Both sides of the attribution are
// reported.
func (r *run) parenthesis(t int, s annotate.Range, c cue) bool {
	if c.ing || t+4 >= s.End || !r.is(t+1, ",") || c.class != say {
		return false
	}
	who, ok := r.subjectBefore(t, s.First)
	if !ok || c.base && !r.many(t, who) || who.a-1 <= s.First || !r.is(who.a-1, ",") || r.holdsMarks(s.First, s.End) {
		return false
	}
	if next, ok := r.cueAt(t + 2); ok && next.ing || r.low(t+2) == "and" || r.low(t+2) == "but" || r.low(t+2) == "who" || r.tied(s.First) && who.a-s.First > 12 {
		return false
	}
	from, to := t+2, r.clauseEnd(t+2, s.End)
	if r.clausal(s.First, who.a-1) && !r.clausal(from, to) || to-from < 2 {
		return false
	}
	first := s.First
	for first < who.a-2 && (r.low(first) == "but" || r.low(first) == "and") {
		first++
	}
	cl := claim{who: who, cue: r.cueSpan(t), class: c.class}
	for _, part := range [...][2]int{{first, who.a - 1}, {from, to}} {
		cl.Span = r.span(part[0], part[1])
		r.tell(cl, &parted)
	}
	return true
}

// tell keeps an indirect quote, if no marks stand in it.
func (r *run) tell(c claim, by *rule) {
	c.rule = by
	c.Start += len(c.In(r.d.Text)) - len(strings.TrimLeft(c.In(r.d.Text), "•·‣*–—- "))
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
	if from < 0 || !that && (c.ing && !r.is(t-1, ",") || who.a > s.First && r.inside[who.a-1] != 0 || t > s.First && r.inside[t-1] != 0) {
		return claim{}, false // "“…,” she said after the vote"
	}
	if that && from > t+2 && r.holdsMarks(s.First, t) {
		return claim{}, false // "“…,” she wrote in a memo that was leaked"
	}
	to := r.clauseEnd(from, s.End)
	if r.holdsMarks(from, to) {
		to = r.beforeMarks(from, to)
	}
	if r.relative(who.b, t) {
		to = r.firstComma(from, to)
	}
	if to-from < 3 || r.holdsMarks(from, to) || !that && !r.reports(t, from, to) {
		return claim{}, false
	}
	return claim{Span: r.span(from, to), who: who, cue: r.cueSpan(t), class: c.class}, true
}

// beforeMarks returns the token of the last comma before marks in [from,to) behind which
// a participle begins: would close, blaming “demand”; to for none.
func (r *run) beforeMarks(from, to int) int {
	at := to
	for j := from + 3; j+1 < to; j++ {
		if r.inside[j] != 0 && opening[r.low(j+1)] && !r.is(j-1, "that") && !finite[r.d.Word(j-1)] {
			if r.is(j-1, ",") {
				return j - 1
			}
			return j // said they would hold fire “until dark”
		}
		if r.inside[j] != 0 {
			break
		}
		if r.is(j, "and") && r.is(j+1, "that") {
			if at = j; r.is(j-1, ",") {
				at--
			}
		}
	}
	for j := from + 3; j+1 < to && r.inside[j] == 0; j++ {
		if r.is(j, ",") && len(r.d.Word(j+1)) > 4 && strings.HasSuffix(r.d.Word(j+1), "ing") {
			at = j
		}
	}
	return at
}

// opening are words that begin a clause of its own at the end of another.
var opening = map[string]bool{
	"when": true, "until": true, "because": true, "if": true, "and": true, "but": true, "so": true, "while": true, "where": true, "after": true,
	"before": true, "since": true, "unless": true, "though": true, "although": true, "which": true,
}

// reports reports whether tokens [from,to) behind the cue at token t are a clause: they
// hold a verb before they hold a comma, and no order to somebody.
func (r *run) reports(t, from, to int) bool {
	first := r.firstComma(from, to)
	if strings.HasSuffix(r.d.Word(from), "ing") {
		return false // "reports feeling trapped"
	}
	who, ok := r.subjectFrom(from, first)
	if ok && who.b < first && r.is(who.b, "to") {
		return false // "warned the officials to leave"
	}
	switch r.d.Word(t) {
	case "said", "says", "say", "added":
		if ok && who.b+1 < first && r.word(who.b) && !notSubject[r.low(who.b)] && !of[r.low(who.b)] && !preposition[r.low(who.b)] {
			return true
		}
		return r.clausal(from, to)
	}
	return !takesNoun[r.d.Word(t)] && r.clausal(from, first)
}

// takesNoun are cues that take a noun rather than a clause without "that".
var takesNoun = map[string]bool{
	"denied": true, "denies": true, "denying": true, "repeated": true, "repeats": true, "repeating": true, "mentioned": true, "mentions": true,
	"mentioning": true, "reiterated": true, "reiterates": true, "reiterating": true, "proposed": true, "proposes": true, "recounted": true,
	"recounting": true, "recounts": true, "quoted": true, "described": true, "rejected": true, "mention": true, "deny": true, "repeat": true,
}

// firstComma returns the token of the first comma in [from,to) that is no number's,
// to for none.
func (r *run) firstComma(from, to int) int {
	for j := from; j < to; j++ {
		if r.is(j, ",") {
			return j
		}
	}
	return to
}

// relative reports whether the cue at token t is the verb of a relative clause whose
// pronoun stands in tokens [k,t).
func (r *run) relative(k, t int) bool {
	for j := max(k, t-4); j < t; j++ {
		if r.low(j) == "who" || r.low(j) == "which" {
			return r.is(j-1, ",")
		}
	}
	return false
}

// clauseStart returns the token where the clause that a cue reports begins, −1 where
// none does, and whether "that" opens it.
func (r *run) clauseStart(t, end int, c cue) (from int, that bool) {
	if j := r.complement(t, end, c); j >= 0 {
		return j, true
	}
	if t >= end || c.class == tell && r.is(t, "to") {
		return -1, false
	}
	if r.is(t, ",") && c.class == say { // "In Orrin, Quill said, the press was"
		if t++; t < end {
			if next, ok := r.cueAt(t); ok && next.ing {
				return -1, false
			}
		}
	}
	if c.class == tell { // the addressee comes first
		who, ok := r.subjectFrom(t, end)
		if !ok {
			return -1, false
		}
		t = who.b
	}
	if c.class == say && t+2 < end && (addressed[r.d.Word(t)] && !r.finiteAt(t+1) || r.is(t, "her") && r.is(t+1, "that")) {
		if t++; r.is(t, "that") {
			return t, true // "warned her that"
		}
	}
	for t < end && (isDay(r.d.Word(t)) || r.is(t, "on") && t+1 < end && isDay(r.d.Word(t+1))) {
		t++
	}
	if t >= end || !r.word(t) && r.d.Tokens[t].Kind != annotate.Number {
		return -1, false
	}
	w := r.low(t)
	if of[w] || w == "by" || w == "about" || w == "so" || w == "and" || w == "as" || w == "nothing" || w == "after" || w == "before" || w == "during" || w == "when" ||
		w == "while" || w == "once" || w == "because" || w == "compared" || w == "via" || w == "if" && r.is(t-1, ",") {
		return -1, false
	}
	return t, false
}

// addressed are pronouns that are spoken to behind a verb and say nothing themselves.
var addressed = map[string]bool{"him": true, "me": true, "us": true, "them": true}

// complement returns the token of the "that" or question word that opens a clause
// behind a cue: at once, or over a short phrase ("in a letter that") and, where the
// verb has one, its addressee; −1 for none.
func (r *run) complement(t, end int, c cue) int {
	for j := t; j < min(end, t+9); j++ {
		if r.inside[j] != 0 || r.ends(j) || r.is(j, ":") {
			return -1
		}
		switch w := r.d.Word(j); w {
		case "that":
			if j == t || c.class == tell || of[r.low(t)] || isDay(r.d.Word(t)) {
				return j
			}
			return -1
		case "how", "why", "whether", "what":
			if j == t || c.class == tell {
				return j
			}
			return -1
		}
		if finite[r.d.Word(j)] || r.is(j, "to") && c.class == tell {
			return -1
		}
	}
	return -1
}

// finite are verbs that only clauses hold.
var finite = map[string]bool{
	"is": true, "are": true, "was": true, "were": true, "has": true, "have": true, "had": true, "will": true, "would": true,
	"could": true, "can": true, "may": true, "might": true, "should": true, "must": true, "does": true, "did": true, "do": true,
	"didn't": true, "didn’t": true, "don't": true, "don’t": true, "won't": true, "won’t": true, "isn't": true, "isn’t": true,
	"wasn't": true, "wasn’t": true, "can't": true, "can’t": true, "doesn't": true, "doesn’t": true, "cannot": true, "wanted": true, "makes": true, "made": true, "took": true, "gave": true, "went": true, "came": true, "got": true,
	"knew": true, "felt": true, "left": true, "kept": true, "became": true, "believes": true, "thinks": true,
}

// clausal reports whether tokens [a,b) hold a verb of their own.
func (r *run) clausal(a, b int) bool {
	for t := a; t < b; t++ {
		if t > a && r.is(t-1, "and") {
			continue
		}
		if w := r.d.Word(t); finite[w] || len(w) > 4 && strings.HasSuffix(w, "ed") && !r.upper(t) || strings.HasSuffix(w, "n't") || strings.HasSuffix(w, "n’t") {
			return true
		}
	}
	return false
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
		case "and", "but":
			if c, ok := r.cueAt(j + 1); ok && !c.base && !c.ing && c.weight > 0.2 && c.class == say {
				if r.is(j-1, ",") {
					j--
				}
				return j // "and said she would"
			}
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
	if !ok || c.ing || passive(r, t, s.First) || who.a-s.First < 4 || !r.is(who.a-1, ",") && !r.titled(who.a) || c.base && !r.many(t, who) {
		return claim{}, false
	}
	comma := who.a - 1
	for comma > s.First && !r.is(comma, ",") {
		comma--
	}
	if !r.closing(t+1, s.End) || s.End-t > 14 && !r.is(t+1, ",") || s.First >= r.titleEnd && !r.reports(t, s.First, comma) {
		return claim{}, false
	}
	from := r.pastAnd(s.First)
	first := r.low(from)
	if comma-s.First < 4 || r.holdsMarks(s.First, comma) || preposition[first] && comma-s.First < 9 || r.tied(from) && comma-s.First < 12 {
		return claim{}, false
	}
	return claim{Span: r.span(from, comma), who: who, cue: r.cueSpan(t), class: c.class}, true
}

// pastDateline returns the token behind the dateline that token t begins, "ORRIN, Oct. 3
// (Courier) - ", or t.
func (r *run) pastDateline(t int) int {
	if w := r.d.Word(t); len(w) < 3 || strings.ToUpper(w) != w || !r.word(t) {
		return t
	}
	for k := t + 1; k < min(t+14, len(r.d.Tokens)-1); k++ {
		switch r.d.Word(k) {
		case "-", "–", "—", "--":
			return k + 1
		}
		if r.word(k) && !r.upper(k) {
			break
		}
	}
	return t
}

// pastAnd returns the token behind the "And" or "But" that token t is, or behind a
// dateline; else t.
func (r *run) pastAnd(t int) int {
	t = r.pastDateline(t)
	if w := r.d.Word(t); w == "And" || w == "But" || w == "So" || w == "Yet" {
		return t + 1
	}
	return t
}

// closing reports whether token t, behind an attribution, leaves room for nothing that
// the verb could report: the sentence ends, or says when, where or to whom.
func (r *run) closing(t, end int) bool {
	if t < end && (r.is(t, ":") || r.is(t, ",") && t+1 < end && r.inside[t+1] != 0) {
		return false
	}
	if t >= end || !r.word(t) || isDay(r.d.Word(t)) {
		return true
	}
	switch w := r.d.Word(t); w {
	case "in", "on", "at", "during", "after", "as", "last", "this", "to", "of", "when", "who", "of the", "reporters", "me", "for", "from", "by":
		return true
	}
	return false
}

// trailingName reads: The press was sold, said Ann Lee.
func (r *run) trailingName(t int, s annotate.Range, c cue) (claim, bool) {
	title := s.First < r.head().End
	if c.ing || t-s.First < 5 && (!title || t-s.First < 3) || !r.is(t-1, ",") || c.base || c.class != say || r.holdsMarks(s.First, t-1) {
		return claim{}, false
	}
	who, ok := r.subjectFrom(t+1, s.End)
	if !ok || who.form == annotate.Pronoun || !title && (preposition[r.low(s.First)] || !r.clausal(s.First, t-1)) {
		return claim{}, false
	}
	if who.b < s.End && (r.inside[who.b] != 0 || r.finiteAt(who.b)) {
		return claim{}, false
	}
	if who.b < s.End && r.word(who.b) && !isDay(r.d.Word(who.b)) && !r.is(who.b, "in") && !r.is(who.b, "at") && !r.is(who.b, "on") {
		return claim{}, false
	}
	return claim{Span: r.span(r.pastAnd(s.First), t-1), who: who, cue: r.cueSpan(t), class: c.class}, true
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
		if j := r.firstComma(min(from, s.End), s.End); j+3 < s.End && j-from < 14 && (determiners[r.low(from)] || r.low(from) == "who") && !r.clausal(from, j) {
			from = j + 1 // "According to Lee, a professor at Orrin, the"
		}
	}
	for to > from && !r.word(to-1) && r.d.Tokens[to-1].Kind != annotate.Number && !r.is(to-1, "%") {
		to--
	}
	for j := to - 1; j > from; j-- {
		if r.is(j, ";") && !forward {
			from = j + 1
		}
	}
	if from >= to || to-from < 4 || r.is(to-1, "and") || r.holdsMarks(from, to) {
		return c, false
	}
	if forward {
		to = r.clauseEnd(from, to)
	}
	c.Span = r.span(r.pastAnd(from), to)
	return c, true
}
