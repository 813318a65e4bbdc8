package grammar

import (
	"strings"

	"byline/annotate/lexicon/en"
	"byline/annotate/quotes/words"
)

// verbs finds groups of verbs, and where the clauses that they report start and end, by the
// words alone: without looking for subjects.
type verbs struct{ text }

// VerbAfter returns the token of the cue of a subject that ends before token k: over asides,
// what hangs on the subject, auxiliaries and adverbs.
func (g *verbs) VerbAfter(k, end int) (int, bool) {
	v, ok := g.verbAt(k, end)
	if !ok {
		v, ok = g.verbPastAsides(k, end)
	}
	if j := g.pastName(k, end); !ok && j > k { // "Ann Lee of the harbour office, said"
		return g.verbAt(j+1, end)
	}
	return v, ok
}

// verbPastAsides returns the token of the cue of a subject that ends before token k, over asides.
func (g *verbs) verbPastAsides(k, end int) (int, bool) {
	if c, ok := g.CueAt(k + 1); ok && k+1 < end && g.Is(k, ",") && !c.Ing && !c.Base { // "Lee, shouted"
		return k + 1, true
	}
	for n := 0; n < asides && k < end; n++ {
		if !g.In(k, ",", "(") && (n == 0 || !words.Of.Has(g.Low(k))) {
			break
		}
		j := g.asideEnd(k, end)
		if j < 0 {
			break
		}
		if v, ok := g.verbAt(j, end); ok {
			return v, true
		}
		k = j
		if g.Is(j-1, ",") {
			k = j - 1
		}
	}
	return 0, false
}

// verbAt returns the token of the cue that token k starts, over auxiliaries, adverbs and what
// else hangs on the subject: "of Orrin Bay said", "shrugged and said".
func (g *verbs) verbAt(k, end int) (int, bool) {
	k = g.PastAdverbs(k, end)
	if k >= end {
		return 0, false
	}
	if k+2 < end && g.In(k, "heard", "seen") && g.Is(k+1, "to") && g.baseSay(k+2) {
		return k + 2, true // "was heard to say"
	}
	if c, ok := g.CueAt(k); ok && (!c.Ing || g.Is(k-1, "as")) {
		return k, true
	}
	if g.phrasal(k) {
		return k, true
	}
	return g.verbPast(k, end)
}

// baseSay reports whether token t is the base form of a verb of saying.
func (g *verbs) baseSay(t int) bool {
	c, ok := g.CueAt(t)
	return ok && c.Base && c.Class == words.Say
}

// phrasal reports whether token k reports speech with the word after it: "went on", "put it".
func (g *verbs) phrasal(k int) bool {
	if g.Is(k, "put") {
		return g.In(k+1, "to", "it")
	}
	particle, ok := words.Particle(g.d.Word(k))
	return ok && g.Is(k+1, particle)
}

// verbPast returns the token of the cue after what starts with token k and is no cue: a phrase
// that hangs on the subject, or another verb that it has.
func (g *verbs) verbPast(k, end int) (int, bool) {
	hangs := words.Of.Has(g.Low(k)) || g.In(k, "and", "who", "inside", "near")
	for j := k + 1; j < min(end, k+predicateTokens) && g.Word(j) && !g.Marked(j); j++ {
		if j <= k+habitTokens && g.infinitive(j, end) {
			return j, true
		}
		c, ok := g.saying(j)
		switch {
		case !ok && j > k+nearTokens && !hangs:
			return 0, false
		case !ok:
		case hangs && (c.Weight > rareWeight || j < k+nearTokens), c.Weight > commonWeight && g.Is(j-1, "and"), g.appended(k, j):
			return j, true
		}
	}
	return 0, false
}

// infinitive reports whether token t is what somebody is used to say: "she liked to say".
func (g *verbs) infinitive(t, end int) bool {
	return g.Is(t-1, "to") && g.baseSay(t) && g.closing(t+1, end)
}

// saying returns the cue that token t is, if it is a finite verb of saying or telling.
func (g *verbs) saying(t int) (words.Cue, bool) {
	c, ok := g.CueAt(t)
	return c, ok && !c.Ing && !c.Base && (c.Class == words.Say || c.Class == words.Tell)
}

// appended reports whether what is between a name before token k and the cue at token j may be part
// of what the name was cut from: "in the Halden ad said".
func (g *verbs) appended(k, j int) bool {
	return j <= k+appendedTokens && g.NameAt(k-1) != nil && !g.In(k, "'s", "’s")
}

// closing reports whether token t, after an attribution, leaves room for nothing that the verb
// could report: the sentence ends, or says when, where or to whom.
func (g *verbs) closing(t, end int) bool {
	if t < end && (g.Is(t, ":") || g.Is(t, ",") && t+1 < end && g.Marked(t+1)) {
		return false
	}
	if t >= end || !g.Word(t) || g.day(t) {
		return true
	}
	return g.In(t, "in", "on", "at", "during", "after", "as", "last", "this", "to", "of", "when", "who", "reporters", "me", "for", "from", "by")
}

// day reports whether token t says on which day something was said.
func (g *verbs) day(t int) bool {
	if g.In(t, "yesterday", "today", "earlier") {
		return true
	}
	low := g.Low(t)
	return words.Weekday.Has(low) && g.Is(t, strings.ToUpper(low[:1])+low[1:])
}

// complement returns the token of the "that" or question word that opens a clause after a cue:
// at once, or over a short phrase ("in a letter that") and, where the verb has one, its
// addressee; −1 for none.
func (g *verbs) complement(t, end int, c words.Cue) int {
	for j := t; j < min(end, t+complementTokens); j++ {
		switch {
		case g.Marked(j) || g.Ends(j) || g.Is(j, ":"):
			return -1
		case g.In(j, "how", "why", "whether", "what", "that"):
			if j == t || c.Class == words.Tell || g.Is(j, "that") && (words.Of.Has(g.Low(t)) || g.day(t)) {
				return j
			}
			return -1
		case words.Finite.Has(g.d.Word(j)) || g.Is(j, "to") && c.Class == words.Tell:
			return -1
		}
	}
	return -1
}

// beforeMarks returns where the clause [from,to), which has marks in it, ends before them: at a
// conjunction or participle that starts another, "would close, blaming “demand”"; to for
// nowhere.
func (g *verbs) beforeMarks(from, to int) int {
	at := to
	for j := from + clauseTokens; j+1 < to; j++ {
		if g.Marked(j) {
			if words.Clause.Has(g.Low(j+1)) && !g.Is(j-1, "that") && !words.Finite.Has(g.d.Word(j-1)) {
				return g.dropComma(j) // said they would hold fire “until dark”
			}
			break
		}
		if g.Is(j, "and") && g.Is(j+1, "that") {
			at = g.dropComma(j)
		}
	}
	for j := from + clauseTokens; j+1 < to && !g.Marked(j); j++ {
		if w := g.d.Word(j + 1); g.Is(j, ",") && len(w) >= participleBytes && strings.HasSuffix(w, "ing") {
			at = j
		}
	}
	return at
}

// dropComma returns the token of the comma before token t, or t.
func (g *verbs) dropComma(t int) int {
	if g.Is(t-1, ",") {
		return t - 1
	}
	return t
}

// trimMarks returns to without the punctuation before it, but for what is in tails, down to
// token from.
func (g *verbs) trimMarks(from, to int, tails ...string) int {
	for to > from && !g.wordOrNumber(to-1) && !g.In(to-1, tails...) {
		to--
	}
	return to
}

// titled reports whether the words before the name at token a are its title, after a comma: ",
// President Quill".
func (g *verbs) titled(a int) bool {
	for j := a - 1; j >= max(0, a-titleTokens); j-- {
		if g.Is(j, ",") {
			return true
		}
		if !g.Word(j) || !g.SpeakerNoun(j) && !g.Upper(j) && !words.Determiner.Has(g.Low(j)) && words.Title(g.Low(j)) == en.Unknown {
			return false
		}
	}
	return false
}
