package grammar

import "byline/annotate/quotes/words"

// What helps to find where reported clauses start and end.

// afterAttribution returns the comma that ends the attribution whose cue is before token t, over somebody
// told and a day: ", Quill told me on Friday,". It is −1 where there is none.
func (g *verbs) afterAttribution(t, end int, c words.Cue) int {
	switch {
	case c.Class == words.Tell && words.Addressee.Has(g.Low(t)):
		t++
	case c.Class != words.Say:
		return -1
	}
	if t = g.pastTime(t, end); t < end && g.Is(t, ",") {
		return t
	}
	return -1
}

// commaBefore returns the comma before the subject that starts with token a, or before its title: ", Mr.
// Quill"; floor where there is none.
func (g *verbs) commaBefore(a, floor int) int {
	if a <= floor || !g.Is(a-1, ",") && !g.titled(a) {
		return floor
	}
	for a--; a > floor && !g.Is(a, ","); {
		a--
	}
	return a
}

// pastTime returns the token after what says when something was said: "Friday", "on Friday", "this
// week", "last month".
func (g *verbs) pastTime(t, end int) int {
	for t < end {
		switch {
		case g.day(t):
			if t++; t < end && g.In(t, "morning", "afternoon", "evening", "night") {
				t++
			}
		case g.Is(t, "on") && t+1 < end && g.day(t+1):
			t++
		case g.In(t, "this", "last", "that") && t+1 < end && g.In(t+1, "day", "morning", "afternoon", "evening", "night", "week", "weekend", "month", "year", "spring", "summer", "fall", "autumn", "winter"):
			t += 2
		default:
			return t
		}
	}
	return t
}

// pronounClause returns the token of a pronoun with its verb that comes after a noun, near token t: "in an
// interview he would go". It is −1 where there is none.
func (g *verbs) pronounClause(t, end int) int {
	for j := t; j+1 < min(end, t+complementTokens) && !g.Is(j, ",") && !g.Marked(j) && !g.Ends(j); j++ {
		if g.Is(j, "to") {
			return -1
		}
		if !g.In(j, "he", "she", "it", "they", "we", "there") || j == t || !g.Word(j-1) && !owns(g.d.Word(j-1)) {
			continue
		}
		if w := g.Low(j - 1); (words.Clause | words.Of | words.Away | words.Fronting).Has(w) || g.relativeAt(j-1) {
			return -1
		}
		if v := g.PastAdverbs(j+1, end); v > j+1 || v < end && g.clauseVerb(v) {
			return j
		}
		return -1
	}
	return -1
}

// bareClause reports whether tokens [from,to), after "said", are more than what can be its object: "said
// parents want a school", not "said the same".
func (g *verbs) bareClause(from, to int) bool {
	return to-from >= bareClauseTokens && !g.Upper(from) && !outsideCore(g.Low(from)) && !g.In(from, "to", "goodbye", "yes", "no", "much")
}

// dashAfter returns the token of the dash that closes what the one at token j opens, 0 for none.
func (g *verbs) dashAfter(j, end int) int {
	for k := j + 2; k < min(end-1, j+asideTokens); k++ {
		if g.Is(k, g.d.Word(j)) {
			return k
		}
	}
	return 0
}

// pastName returns the comma behind the subject that ends before token t, over what hangs on it: "Ann Lee of
// Orrin,". It is −1 where there is none.
func (g *verbs) pastName(t, end int) int {
	if t < end && words.Of.Has(g.Low(t)) {
		for k := t + hungTokens; t < min(end, k) && g.Word(t) && !g.Finite(t); {
			t++
		}
	}
	if t < end && g.Is(t, ",") {
		return t
	}
	return -1
}
