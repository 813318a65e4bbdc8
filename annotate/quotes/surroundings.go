package quotes

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/annotate/quotes/grammar"
	"byline/annotate/quotes/marks"
	"byline/annotate/quotes/words"
)

// The surroundings of the quotations are the words between their marks and around them. What
// looks at no other quotation's speaker is a method of it.
type surroundings struct {
	*grammar.Grammar
	d          *annotate.Doc
	es         []annotate.Entity
	quotations []marks.Quotation
	outer      []marks.Quotation // where these are inside others: those
	looks      []look            // by quotation, when first asked for
}

// An attributed is the surroundings of quotations with what the rules said of those before.
type attributed struct {
	surroundings
	claims   []claim        // by quotation
	pronouns []meaning      // by sentence, as far as asked for
	noted    func(Passage)  // if not nil, told of the signs of each claim
	lasts    map[string]int // entities by the last word of their names, when first asked for
	guest    *int           // whom an interview is with, when first asked for
}

// after returns the tokens after quotation i that may attribute it: to the next quotation or the
// end of the paragraph.
func (an *surroundings) after(i int) annotate.Range {
	q := &an.quotations[i]
	end := an.Bounds(q.Last).End
	k := i + 1
	if k < len(an.quotations) && an.Nickname(&an.quotations[k]) {
		k++
	}
	if k < len(an.quotations) {
		end = min(end, an.quotations[k].A)
	}
	return an.clamp(i, annotate.Range{First: q.B, End: max(q.B, min(end, q.B+surroundingTokens))})
}

// ahead returns the tokens before quotation i that may attribute it: from the quotation before or
// the start of the paragraph.
func (an *surroundings) ahead(i int) annotate.Range {
	q := &an.quotations[i]
	first := an.Bounds(q.First).First
	if i > 0 {
		first = max(first, an.quotations[i-1].B)
	}
	return an.clamp(i, annotate.Range{First: min(q.A, max(first, q.A-surroundingTokens)), End: q.A})
}

// clamp cuts w to the tokens inside the marks of the quotation around quotation i.
func (an *surroundings) clamp(i int, w annotate.Range) annotate.Range {
	o := an.quotations[i].Outer - 1
	if o < 0 {
		return w
	}
	q := &an.outer[o]
	return annotate.Range{First: max(w.First, q.A+1), End: min(w.End, max(q.B-1, w.First))}
}

// inner returns quotation i without the marks at its end.
func (an *surroundings) inner(i int) string {
	return strings.TrimRight(an.quotations[i].In(an.d.Text), en.ClosingAny+" ")
}

// stopped reports whether quotation i ends with a full stop.
func (an *surroundings) stopped(i int) bool {
	inner := an.inner(i)
	return strings.HasSuffix(inner, ".") && !strings.HasSuffix(inner, "..")
}

// attributes returns the first token from k on that may attribute quotation i, and whether there
// is one. A full stop inside the marks ends the matter; a question mark does not where the
// words continue the sentence.
func (an *surroundings) attributes(i, k, end int) (int, bool) {
	if !an.quotations[i].Closed || k >= end || an.stopped(i) {
		return k, false
	}
	if an.In(k, ",", "—", "–", "--", "-") {
		return k + 1, k+1 < end
	}
	return k, endsWith(an.inner(i), ",", "[,]", "!", "?", "…", "...", "—", "–", "-")
}

// endsWith reports whether s ends with one of ends.
func endsWith(s string, ends ...string) bool {
	for _, e := range ends {
		if strings.HasSuffix(s, e) {
			return true
		}
	}
	return false
}

// introduced reports whether a colon or comma is before quotation i.
func (an *surroundings) introduced(i int) bool { return an.In(an.quotations[i].A-1, ",", ":") }

// startsSentence reports whether quotation i is where a sentence starts.
func (an *surroundings) startsSentence(i int) bool {
	return an.afterStop(i) || an.Marked(an.quotations[i].A-1)
}

// sentenceStart returns the first token of the sentence that quotation i is in, or of as much of it as is
// looked at.
func (an *surroundings) sentenceStart(i int) int {
	q := &an.quotations[i]
	first := an.Bounds(q.First).First
	if i > 0 && an.stopped(i-1) {
		first = max(first, an.quotations[i-1].B)
	}
	return an.Start(q.A, min(q.A, max(first, q.A-surroundingTokens)))
}

// afterStop reports whether quotation i starts its paragraph or comes after a stop or a colon.
func (an *surroundings) afterStop(i int) bool {
	a := an.quotations[i].A
	return a <= an.Bounds(an.quotations[i].First).First || an.Ends(a-1) || an.Is(a-1, ":")
}

// A look is what the words between marks look like.
type look struct {
	words   int
	capital bool // starts with a capital
	ended   bool // closing punctuation inside the marks
	title   bool // all words but short ones start with a capital
	verb    bool // has a word that only sentences have
	letters bool
	taken   bool // this look, and is not still to be taken
}

// lookAt returns the look of quotation i.
func (an *surroundings) lookAt(i int) *look {
	if an.looks == nil {
		an.looks = make([]look, len(an.quotations))
	}
	l := &an.looks[i]
	if !l.taken {
		an.take(l, i)
	}
	return l
}

// take fills l with the look of quotation i.
func (an *surroundings) take(l *look, i int) {
	q := &an.quotations[i]
	l.taken = true
	lows := 0
	for t := q.A; t < q.B; t++ {
		w := strings.Trim(an.d.Word(t), en.Ends+"`")
		c, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) || w == "s" && t > q.A {
			continue
		}
		l.words++
		l.letters = l.letters || unicode.IsLetter(c)
		kinds := words.KindsOf(strings.ToLower(w))
		l.verb = l.verb || kinds&words.Sentential != 0
		if l.words == 1 {
			l.capital = unicode.IsUpper(c)
		} else if unicode.IsLower(c) && kinds&words.Small == 0 {
			lows++
		}
	}
	l.title = l.capital && lows == 0 && q.A >= an.TitleEnd()
	inner := an.inner(i)
	l.ended = endsWith(inner, ".", "!", "?", "…", "—") || strings.HasSuffix(inner, ",") && q.Len() > len(`",`)
}

// titled reports whether l may be a title or a name: it looks like one and like no sentence.
func (l *look) titled() bool { return l.title && !l.verb }

// announced reports whether the words before quotation i say that a name, a title or a term
// follows.
func (an *surroundings) announced(i int) bool {
	a := an.quotations[i].A
	for t := a - 1; t >= max(0, a-announcingTokens) && !an.Marked(t); t-- {
		w := an.Low(t)
		if words.Announcing.Has(w) {
			return true
		}
		if t < a-1 && !an.Is(t+1, "as") || w != "as" && w != "the" && w != "," && w != "like" {
			return false
		}
	}
	return false
}

// inPhrase reports whether quotation i hangs on a preposition or a name's possessive before it,
// as titles do.
func (an *surroundings) inPhrase(i int) bool {
	t := an.quotations[i].A - 1
	if t < 0 || an.Marked(t) || !an.Word(t) {
		return false
	}
	switch w := an.Low(t); w {
	case "like", "as":
		return false
	case "'s", "’s":
		return true
	case "the":
		return words.Fronting.Has(an.Low(t - 1))
	default:
		return words.Fronting.Has(w)
	}
}

// full reports whether quotation i, of which c says who speaks, is a full quotation rather than
// some words quoted in the writer's own sentence: it stands alone, or right after its cue, or
// starts with a capital after a comma or colon, or continues after an attribution.
func (an *surroundings) full(i int, c *claim) bool {
	q := &an.quotations[i]
	l := an.lookAt(i)
	switch {
	case an.afterStop(i):
		return l.ended || l.verb && l.words >= fullWords || c.from("name-colon") ||
			l.capital && (l.words >= fullCapital || an.closesWhole(q.B, c))
	case an.Marked(q.A-1) || an.Is(q.A-1, ",") && (l.capital || c.from("split") || c.gap <= introducedGap):
		return true
	}
	return l.capital && l.fullAfter(c)
}

// fullAfter reports whether l, with a capital, is that of a full quotation after the cue of c and
// no comma.
func (l *look) fullAfter(c *claim) bool {
	if l.ended && c.gap == 0 && (c.Class == words.Say || c.Class == words.Voice) && !c.Cue.Empty() && c.from("cue-before") {
		return true // She shouted “Fire!”
	}
	return l.verb && l.words >= fullAfterCue && (c.gap <= adjacentGap || l.ended)
}

// closesWhole reports whether the attribution c after a quotation, at token t, shows that the
// quotation is all that is said: “No”, she said.
func (an *surroundings) closesWhole(t int, c *claim) bool {
	return c.from("attribution-line") || c.from("cue-then-name", "name-then-cue") && an.Is(t, ",")
}
