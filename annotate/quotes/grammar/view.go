package grammar

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/annotate/quotes/words"
	"byline/articles"
)

// A view is the tokens and sentences of a document.
type view struct{ d *annotate.Doc }

// Low returns the text of token t in lower case, "" where there is none.
func (g *view) Low(t int) string {
	if t < 0 || t >= len(g.d.Tokens) {
		return ""
	}
	return strings.ToLower(g.d.Word(t))
}

// Word reports whether there is a token t and it is a word.
func (g *view) Word(t int) bool {
	return t >= 0 && t < len(g.d.Tokens) && g.d.Tokens[t].Kind == annotate.Word
}

// wordOrNumber reports whether token t is a word or a number.
func (g *view) wordOrNumber(t int) bool { return g.Word(t) || g.d.Tokens[t].Kind == annotate.Number }

// Upper reports whether token t starts with a capital.
func (g *view) Upper(t int) bool {
	if t < 0 || t >= len(g.d.Tokens) {
		return false
	}
	c, _ := utf8.DecodeRuneInString(g.d.Word(t))
	return unicode.IsUpper(c)
}

// Is reports whether there is a token t and it is w.
func (g *view) Is(t int, w string) bool {
	return t >= 0 && t < len(g.d.Tokens) && g.d.Word(t) == w
}

// In reports whether there is a token t and it is one of ws.
func (g *view) In(t int, ws ...string) bool {
	if t < 0 || t >= len(g.d.Tokens) {
		return false
	}
	word := g.d.Word(t)
	for _, w := range ws {
		if w == word {
			return true
		}
	}
	return false
}

// Bounds returns the tokens of a paragraph.
func (g *view) Bounds(para int) annotate.Range {
	p := g.d.Paragraphs[para]
	if p.Sentences.First >= p.Sentences.End {
		return annotate.Range{}
	}
	return annotate.Range{
		First: g.d.Sentences[p.Sentences.First].Tokens.First,
		End:   g.d.Sentences[p.Sentences.End-1].Tokens.End,
	}
}

// Span returns the bytes of tokens [a,b).
func (g *view) Span(a, b int) articles.Span {
	return articles.Span{Start: g.d.Tokens[a].Start, End: g.d.Tokens[b-1].End}
}

// SentenceOf returns the index of the sentence of token t, in time logarithmic in their number.
func (g *view) SentenceOf(t int) int {
	k, _ := slices.BinarySearchFunc(g.d.Sentences, t, func(s annotate.Sentence, t int) int {
		switch {
		case s.Tokens.End <= t:
			return -1
		case s.Tokens.First > t:
			return 1
		}
		return 0
	})
	return min(k, len(g.d.Sentences)-1)
}

// Ends reports whether token t ends a sentence, or a clause as a semicolon does.
func (g *view) Ends(t int) bool {
	switch g.d.Word(t) {
	case "!", "?", ";":
		return true
	case ".": // not of "(D-Va.)" and "R-Ky.,"
		return t+1 >= len(g.d.Tokens) || !g.In(t+1, ",", ")") && !g.shortened(t)
	}
	return false
}

// shortened reports whether the dot at token t is a short word's: "Del. Ann Lee".
func (g *view) shortened(t int) bool {
	if t == 0 || !g.Word(t-1) || g.d.Tokens[t-1].Len() > abbreviationBytes || g.d.Tokens[t-1].End != g.d.Tokens[t].Start {
		return false
	}
	return g.Upper(t-1) && g.Word(t+1) && g.Upper(t+1) && g.SentenceOf(t) == g.SentenceOf(t+1)
}

// Start returns the first token of the sentence that token t is in or after, not before floor.
func (g *view) Start(t, floor int) int {
	for t > floor && !g.Ends(t-1) {
		t--
	}
	return t
}

// pastDateline returns the token after the dateline that token t starts, "ORRIN, Oct. 3
// (Courier) - ", or t.
func (g *view) pastDateline(t int) int {
	if w := g.d.Word(t); len(w) < datelineBytes || strings.ToUpper(w) != w || !g.Word(t) {
		return t
	}
	for k := t + 1; k < min(t+datelineTokens, len(g.d.Tokens)-1); k++ {
		if g.In(k, "-", "–", "—", "--") {
			return k + 1
		}
		if g.Word(k) && !g.Upper(k) && !g.Is(k-1, "(") {
			break
		}
	}
	return t
}

// pastAnd returns the token after the "And" or "But" that token t is, or after a dateline;
// else t.
func (g *view) pastAnd(t int) int {
	t = g.pastDateline(t)
	if g.In(t, "And", "But", "So", "Yet") {
		return t + 1
	}
	return t
}

// mainStart returns the first token of the sentence before token t, over what joins it to another.
func (g *view) mainStart(t, floor int) int {
	lo := g.pastAnd(g.Start(t, floor))
	if g.In(lo, "and", "but") && lo == floor || g.In(lo, "Then", "Later", "Soon") && g.Upper(lo+1) { // "and" between two quotations
		return lo + 1
	}
	return lo
}

// firstComma returns the token of the first comma in [from,to) that is no number's, or to.
func (g *view) firstComma(from, to int) int {
	for j := from; j < to; j++ {
		if g.Is(j, ",") {
			return j
		}
	}
	return to
}

// relative reports whether the cue at token t is the verb of a relative clause between commas
// whose pronoun is in tokens [k,t).
func (g *view) relative(k, t int) bool {
	for j := max(k, t-relativeTokens); j < t; j++ {
		if w := g.Low(j); w == "who" || w == "which" {
			return g.Is(j-1, ",")
		}
	}
	return false
}

// Subordinate reports whether token t starts a subordinate clause, or continues a sentence.
func (g *view) Subordinate(t int) bool {
	switch g.Low(t) {
	case "when", "while", "after", "before", "if", "although", "as", "because", "since", "but", "and":
		return true
	}
	return false
}

// fronting reports whether token t starts a phrase or clause before the subject of its sentence.
func (g *view) fronting(t int) bool { return words.Fronting.Has(g.Low(t)) }

// clausal reports whether tokens [a,b) have a verb of their own.
func (g *view) clausal(a, b int) bool {
	for t := a; t < b; t++ {
		if (t == a || !g.Is(t-1, "and")) && g.clauseVerb(t) {
			return true
		}
	}
	return false
}

// clauseVerb reports whether token t is, or looks like, a verb that makes a clause.
func (g *view) clauseVerb(t int) bool {
	w := g.d.Word(t)
	return words.Finite.Has(w) || len(w) >= pastBytes && strings.HasSuffix(w, "ed") && !g.Upper(t) ||
		strings.HasSuffix(w, "n't") || strings.HasSuffix(w, "n’t")
}

// adverbLike reports whether w looks like an adverb: "quickly".
func adverbLike(w string) bool {
	return len(w) >= adverbBytes && strings.HasSuffix(w, "ly") && w != "family" && w != "weekly" && w != "daily"
}

// Adverbial reports whether token t may be between a subject and its verb.
func (g *view) Adverbial(t int) bool {
	w := g.d.Word(t)
	return words.Between.Has(w) || adverbLike(w)
}

// PastAdverbs returns the first token from k on, or end, that may not be between a subject and
// its verb.
func (g *view) PastAdverbs(k, end int) int {
	for k < end && g.Word(k) && g.Adverbial(k) {
		k++
	}
	return k
}

// Joined reports whether the verb at token t continues with an earlier verb's subject: "sat
// down and said", ", then added".
func (g *view) Joined(t, floor int) bool {
	for j := t - 1; j >= max(floor, t-verbGroupTokens); j-- {
		if g.In(j, "and", "but", ",", "then") {
			return true
		}
		if !g.Word(j) || !g.Adverbial(j) {
			return false
		}
	}
	return false
}

// Helped reports whether an auxiliary is before the base form at token v: "did say".
func (g *view) Helped(v, floor int) bool {
	if v <= floor {
		return false
	}
	for _, end := range [...]string{"’d", "'d", "’ll", "'ll"} {
		if strings.HasSuffix(g.Low(v-1), end) {
			return true
		}
	}
	return g.In(v-1, "did", "would", "will", "could", "can", "might", "to", "does")
}

// progressive reports whether the -ing form at token t has a form of "be" before it.
func (g *view) progressive(t, floor int) bool {
	for j := t - 1; j >= max(floor, t-verbGroupTokens); j-- {
		if g.In(j, "was", "were", "been", "is", "are") {
			return true
		}
	}
	return false
}

// Agree reports whether who may have the base form at token t for its verb: "they say",
// "critics argue", "Republicans say", not "the state".
func (g *view) Agree(t int, who *Subject) bool {
	switch {
	case who.Gender == en.Plural || g.Low(who.A) == "i" || g.Low(who.A) == "you":
		return true
	case who.Form == annotate.Pronoun:
		return false
	case who.A > pairTokens && (g.Is(who.A-1, "and") || g.Is(who.A-2, "and")):
		return true
	}
	return strings.HasSuffix(g.Low(who.B-1), "s") && (who.Form == annotate.Nominal || g.Is(t, "say"))
}

// asideEnd returns the token after the aside that token k opens with a comma or bracket, −1
// where none closes.
func (g *view) asideEnd(k, end int) int {
	if g.Is(k, "(") {
		return g.bracketEnd(k, end)
	}
	for j := k + 1; j < min(end, k+Reach) && !g.Ends(j); j++ {
		if g.Is(j, ",") {
			return j + 1
		}
	}
	return -1
}

// bracketEnd returns the token after what the bracket at token k opens, and a comma after that;
// −1 where nothing closes it.
func (g *view) bracketEnd(k, end int) int {
	for j := k + 1; j < min(end, k+Reach); j++ {
		if !g.Is(j, ")") {
			continue
		}
		if j+1 < end && g.Is(j+1, ",") {
			j++
		}
		return j + 1
	}
	return -1
}

// owns reports whether w is the mark of a possessive.
func owns(w string) bool { return w == "'s" || w == "’s" || w == "'" || w == "’" }
