package grammar

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/annotate/quotes/marks"
	"byline/annotate/quotes/words"
	"byline/articles"
)

// A text is a view with what is marked, named and known in it.
type text struct {
	view
	es         []annotate.Entity
	lex        *words.Lexicon
	quotations []marks.Quotation
	marked     []int32 // by token: 1 + index into quotations, 0 for none
	names      []Name
	nameAt     []int32 // by token: 1 + index into names, 0 for none
	titleEnd   int     // tokens before this one are a headline in capitals
}

// A Name is a mention by name with its place among the tokens.
type Name struct {
	articles.Span
	Entity     int
	A, B       int  // tokens [A,B)
	Possessive bool // "Quill's": does not speak itself
}

// mark takes qs for the quotations.
func (g *text) mark(qs []marks.Quotation) {
	g.quotations, g.marked = qs, make([]int32, len(g.d.Tokens))
	for i := range qs {
		for t := qs[i].A; t < qs[i].B; t++ {
			g.marked[t] = int32(i + 1)
		}
	}
}

// Marked reports whether token t is between quotation marks, or is one.
func (g *text) Marked(t int) bool { return g.marked[t] != 0 }

// placeNames finds the tokens of the mentions by name.
func (g *text) placeNames() {
	for i := range g.es {
		for _, m := range g.es[i].Mentions {
			if (m.Form == annotate.Name || m.Form == "") && !g.wordy(m) {
				g.names = append(g.names, Name{Span: m.Span, Entity: i})
			}
		}
	}
	slices.SortStableFunc(g.names, func(a, b Name) int { return a.Compare(b.Span) })
	g.nameAt = make([]int32, len(g.d.Tokens))
	t := 0
	for i := range g.names {
		n := &g.names[i]
		for t > 0 && g.d.Tokens[t-1].End > n.Start {
			t--
		}
		for t < len(g.d.Tokens) && g.d.Tokens[t].End <= n.Start {
			t++
		}
		t = g.placeName(n, int32(i+1), t)
		n.Possessive = possessed(g.d.Text[min(n.End, len(g.d.Text)):])
	}
}

// placeName finds the tokens of n, whose number is id, from token t on, and returns the token
// after it.
func (g *text) placeName(n *Name, id int32, t int) int {
	for n.A = t; t < len(g.d.Tokens) && g.d.Tokens[t].Start < n.End; t++ {
		if g.d.Tokens[t].Start >= n.Start { // not "pro-Orrin"
			g.nameAt[t] = id
		}
	}
	for n.B = t; n.B < len(g.d.Tokens) && g.d.Tokens[n.B-1].End+1 == g.d.Tokens[n.B].Start && words.Honor.Has(g.d.Word(n.B)); n.B++ {
		g.nameAt[n.B] = id
	}
	c, ok := g.lex.Cues[g.d.Word(min(n.A, len(g.d.Tokens)-1))]
	if ok && !c.Base && n.B > n.A+1 { // "said Quill" was taken for a name
		g.nameAt[n.A] = 0
		n.A++
		n.Start = g.d.Tokens[n.A].Start
	}
	return t
}

// possessed reports whether rest, which comes after a name, makes it a possessive.
func possessed(rest string) bool {
	for _, s := range [...]string{"'s", "’s", " 's ", " ’s ", "' ", "’ "} {
		if strings.HasPrefix(rest, s) {
			return true
		}
	}
	return false
}

// wordy reports whether m is no person or organization and ends with a word in lower case:
// what is between two quotations, and somebody took for a title.
func (g *text) wordy(m annotate.Mention) bool {
	if m.Type == annotate.Person || m.Type == annotate.Organization {
		return false
	}
	w := m.In(g.d.Text)
	last, _ := utf8.DecodeRuneInString(w[strings.LastIndexByte(w, ' ')+1:])
	return unicode.IsLower(last)
}

// Headline returns the tokens of the first paragraph, if it looks like a headline.
func (g *text) Headline() annotate.Range {
	if len(g.d.Paragraphs) == 1 {
		return annotate.Range{}
	}
	w := g.Bounds(0)
	if w.End-w.First > headlineTokens || w.End <= w.First || g.Is(w.End-1, ".") {
		return annotate.Range{}
	}
	if g.Marked(w.First) && g.marked[w.End-1] == g.marked[w.First] { // a quotation
		return annotate.Range{}
	}
	return w
}

// capitalized returns the end of the headline's tokens, if most of its words have a capital;
// else 0.
func (g *text) capitalized() int {
	w := g.Headline()
	caps, lows := 0, 0
	for t := w.First; t < w.End; t++ {
		switch {
		case !g.Word(t) || words.Small.Has(g.Low(t)):
		case g.Upper(t):
			caps++
		default:
			lows++
		}
	}
	if caps < capitalsFactor*lows || caps == 0 {
		return 0
	}
	return w.End
}

// TitleEnd returns the end of the tokens of a headline with capitals, 0 where there is none.
func (g *text) TitleEnd() int { return g.titleEnd }

// CueAt returns the cue that token t is.
func (g *text) CueAt(t int) (words.Cue, bool) {
	if !g.Word(t) || g.nameAt[t] != 0 {
		return words.Cue{}, false
	}
	w := g.d.Word(t)
	if t < g.titleEnd && w[0] >= 'A' && w[0] <= 'Z' && t > 0 {
		w = strings.ToLower(w) // "Halden Says"
	}
	if len(w) < cueBytes || w[0] < 'a' || w[0] > 'z' {
		return words.Cue{}, false
	}
	c, ok := g.lex.Cues[w]
	return c, ok && !g.isNoun(t, w, c)
}

// isNoun reports whether the form w of cue c at token t is a noun where it is: "the hearing".
func (g *text) isNoun(t int, w string, c words.Cue) bool {
	return (c.Ing || c.Base || words.Nounish.Has(w)) && words.Attributive.Has(g.Low(t-1))
}

// Finite reports whether token t is a verb that no noun phrase has in it.
func (g *text) Finite(t int) bool {
	if words.Finite.Has(g.d.Word(t)) {
		return true
	}
	c, ok := g.CueAt(t)
	return ok && !c.Base && !c.Ing
}

// Passive reports whether a form of "be" makes the cue at token t passive.
func (g *text) Passive(t, floor int) bool {
	if g.Is(t-1, "to") { // "he was heard to say"
		return false
	}
	for j := t - 1; j >= max(floor, t-verbGroupTokens); j-- {
		if g.In(j, "was", "were", "been", "is", "are", "being", "be") {
			c, _ := g.CueAt(t)
			return !c.Ing
		}
		if !g.Word(j) || !g.Adverbial(j) {
			return false
		}
	}
	return false
}

// pronounAt returns the gender of the pronoun that token t is, with or without a verb drawn
// together with it: "she", "she'd".
func (g *text) pronounAt(t int) (en.Gender, bool) {
	w := g.Low(t)
	if n := strings.IndexAny(w, "'’"); n > 0 {
		switch strings.TrimLeft(w[n:], "'’") {
		case "d", "ll", "ve", "s", "re", "m":
			w = w[:n]
		}
	}
	return words.Pronoun(w)
}

// NameAt returns the name that token t is part of, or nil.
func (g *text) NameAt(t int) *Name {
	if t < 0 || t >= len(g.nameAt) || g.nameAt[t] == 0 {
		return nil
	}
	return &g.names[g.nameAt[t]-1]
}

// PersonAt reports whether token t is part of the name of a person.
func (g *text) PersonAt(t int) bool {
	n := g.NameAt(t)
	return n != nil && g.es[n.Entity].Type == annotate.Person
}

// NamesBefore returns the names that start before byte at, in order.
func (g *text) NamesBefore(at int) []Name {
	k, _ := slices.BinarySearchFunc(g.names, at, func(n Name, at int) int { return cmp.Compare(n.Start, at) })
	return g.names[:k]
}

// Quoted reports whether n is between quotation marks.
func (g *text) Quoted(n *Name) bool { return n.A >= len(g.marked) || g.marked[n.A] != 0 }

// noun returns the noun that token t is.
func (g *text) noun(t int) words.Noun { return g.lex.Nouns[g.Low(t)] }

// SpeakerNoun reports whether token t is a noun that can be who speaks.
func (g *text) SpeakerNoun(t int) bool {
	_, ok := g.lex.Nouns[g.Low(t)]
	return ok
}

// QuotationsBefore returns how many quotations start before byte at.
func (g *text) QuotationsBefore(at int) int {
	k, _ := slices.BinarySearchFunc(g.quotations, at, func(q marks.Quotation, at int) int { return cmp.Compare(q.Start, at) })
	return k
}

// MarksIn reports whether something of s is between quotation marks.
func (g *text) MarksIn(s articles.Span) bool {
	k := g.QuotationsBefore(s.End)
	return k > 0 && g.quotations[k-1].End > s.Start
}

// hasMarks reports whether something of tokens [a,b) is between quotation marks.
func (g *text) hasMarks(a, b int) bool { return g.MarksIn(g.Span(a, b)) }

// Nickname reports whether q is inside a name: Marcia "Cia" Price.
func (g *text) Nickname(q *marks.Quotation) bool {
	return q.B-q.A <= nicknameTokens && q.A > 0 && q.B < len(g.d.Tokens) && g.capital(q.B) && g.capital(q.A-1) && g.Upper(q.A+1)
}

// capital reports whether token t is a word with a capital.
func (g *text) capital(t int) bool { return g.Word(t) && g.Upper(t) }

// nicknameEnd returns the end of the nickname that starts with token t, 0 for none.
func (g *text) nicknameEnd(t int) int {
	k := g.marked[t]
	if k == 0 {
		return 0
	}
	if q := &g.quotations[k-1]; q.A == t && g.Nickname(q) {
		return q.B
	}
	return 0
}
