package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/articles"
)

// whole returns d with the words that its tokens cut in pieces put together: "Wan", "-", "an" are
// "Wan-an", and "U", ".", "N", "." are "U.N.". Only a document in whose text no two tokens touch can have
// such: one that was given in tokens. It returns d itself if there are none.
func whole(d *annotate.Doc) *annotate.Doc {
	if !spaced(d) {
		return d
	}
	w := &annotate.Doc{Paragraphs: d.Paragraphs, Tokens: make([]annotate.Token, 0, len(d.Tokens))}
	var text strings.Builder
	text.Grow(len(d.Text))
	for _, s := range d.Sentences {
		first, start := len(w.Tokens), text.Len()
		for t := s.Tokens.First; t < s.Tokens.End; {
			end := pieces(d, t, s.Tokens.End)
			at := text.Len()
			for k := t; k < end; k++ {
				text.WriteString(d.Word(k))
			}
			w.Tokens = append(w.Tokens, annotate.Token{Span: articles.Span{Start: at, End: text.Len()}, Kind: d.Tokens[t].Kind})
			text.WriteByte(' ')
			t = end
		}
		w.Sentences = append(w.Sentences, annotate.Sentence{
			Span:   articles.Span{Start: start, End: text.Len() - 1},
			Tokens: annotate.Range{First: first, End: len(w.Tokens)}, Paragraph: s.Paragraph,
		})
	}
	if len(w.Tokens) == len(d.Tokens) {
		return d
	}
	w.Text = text.String()
	return w
}

// spaced reports whether no two tokens of d touch.
func spaced(d *annotate.Doc) bool {
	for i := 1; i < len(d.Tokens); i++ {
		if d.Tokens[i-1].End == d.Tokens[i].Start {
			return false
		}
	}
	return true
}

// pieces returns the token after the pieces of the word that starts with token t, in a sentence
// that ends before token end.
func pieces(d *annotate.Doc, t, end int) int {
	next := t + 1
	for next+1 < end && joins(d, next, end) {
		next += 2
	}
	if next > t+1 {
		return next
	}
	for next < end && d.Word(next) == "." && isInitial(d.Word(next-1)) {
		if next++; next+1 < end && isInitial(d.Word(next)) && d.Word(next+1) == "." {
			next++
		}
	}
	return next
}

// joins reports whether token t is a hyphen or apostrophe between two pieces of a word. A hyphen that ties a
// name to an ordinary word, "Oslo-based", is left, and so is one that stands for a dash.
func joins(d *annotate.Doc, t, end int) bool {
	left, right := d.Word(t-1), d.Word(t+1)
	if !isPart(left) || !isPart(right) {
		return false
	}
	if isApostrophe(d.Word(t)) {
		return len(left) < 3 && isCapitalized(left) && isCapitalized(right)
	}
	if !isHyphen(d.Word(t)) {
		return false
	}
	word := en.Of(strings.ToLower(right))
	if isCapitalized(right) {
		return isCapitalized(left) && !word.Is(en.Determiner)
	}
	return word.Class == 0 && !(isCapitalized(left) && isTail(right))
}

func isHyphen(w string) bool { return w == "-" || w == "‐" || w == "‑" }

func isApostrophe(w string) bool { return w == "'" || w == "’" }

// isPart reports whether w starts with a letter or digit.
func isPart(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

func isInitial(w string) bool { return len(w) == 1 && 'A' <= w[0] && w[0] <= 'Z' }

// tag returns the names that t finds in d, whose tokens may be pieces of words.
func tag(d *annotate.Doc, t Tagger) []Name {
	w := whole(d)
	found := t.Tag(w)
	if w == d {
		return found
	}
	at := 0
	starts := make([]int, 0, len(w.Tokens)+1)
	for i := range w.Tokens {
		starts = append(starts, at)
		for n := 0; n < w.Tokens[i].Len(); at++ {
			n += d.Tokens[at].Len()
		}
	}
	starts = append(starts, at)
	for i := range found {
		found[i].First, found[i].End = starts[found[i].First], starts[found[i].End]
	}
	return found
}
