package names

import (
	"strings"

	"byline/annotate"
	"byline/annotate/lexicon"
	"byline/annotate/lexicon/en"
	"byline/articles"
)

// isDateOrTitle reports whether w is a weekday, a month or a title, which are capitalized but name
// nobody.
func isDateOrTitle(w string) bool {
	return en.Of(strings.ToLower(w)).Is(en.Weekday | en.Month | en.ShortMonth | en.Courtesy)
}

// Candidates returns the runs of capitalized words in d that may be names, for people who annotate
// by hand: no pronouns, dates and titles, and at the start of a sentence no word that is mostly
// lower case. It needs no tagger.
func Candidates(d *annotate.Doc) []articles.Span {
	var out []articles.Span
	for _, s := range d.Sentences {
		for t := s.Tokens.First; t < s.Tokens.End; t++ {
			if !mayBegin(d, s.Tokens.First, t) {
				continue
			}
			end := runEnd(d, t, s.Tokens.End)
			out = append(out, span(d, annotate.Range{First: t, End: end}))
			t = end - 1
		}
	}
	return out
}

// mayBegin reports whether token t can start a name, in a sentence whose first token is first.
func mayBegin(d *annotate.Doc, first, t int) bool {
	w := d.Word(t)
	if d.Tokens[t].Kind != annotate.Word || !isCapitalized(w) || isDateOrTitle(w) || isNameless(w) || len(w) < 2 {
		return false
	}
	begins := t == first || d.Tokens[t-1].Kind != annotate.Word
	return !begins || lexicon.Of(w)&lexicon.Small == 0 || t+1 < len(d.Tokens) && isCapitalized(d.Word(t+1))
}

// runEnd returns the token after the run of capitals that starts with token t.
func runEnd(d *annotate.Doc, t, end int) int {
	last := t + 1
	for k := t + 1; k < end; k++ {
		w := d.Word(k)
		switch {
		case d.Tokens[k].Kind == annotate.Word && isCapitalized(w) && !isDateOrTitle(w):
			last = k + 1
		case w == "&" || w == "." && len(d.Word(k-1)) == 1, en.Of(w).Is(en.Joins):
			// only if a capital follows
		default:
			return last
		}
	}
	return last
}
