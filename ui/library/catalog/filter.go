package catalog

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/sahilm/fuzzy"
)

// A filter keeps the entries that match its text.
type filter struct {
	text  string
	words []string // of text, folded
	shown []int    // the part of an order that it keeps
}

// set sets the text; apply must follow.
func (f *filter) set(text string) {
	f.text = strings.TrimSpace(text)
	f.words = strings.Fields(fold(f.text))
}

// apply keeps the entries that match. First come, in the given order, titles that contain all
// words; then entries that contain them in title, publication and author together; then those that
// have the letters in the right order and close together, the best first.
func (f *filter) apply(keys []key, order []int) {
	if f.text == "" {
		f.shown = slices.Clone(order)
		return
	}
	var inTitle, inAll, other []int
	for _, i := range order {
		k := &keys[i]
		switch {
		case f.holds(k.title):
			inTitle = append(inTitle, i)
		case f.holds(k.title, k.rest):
			inAll = append(inAll, i)
		default:
			other = append(other, i)
		}
	}
	f.shown = slices.Concat(inTitle, inAll, f.findSimilar(keys, other))
}

// holds reports whether each word is in one of the texts.
func (f *filter) holds(texts ...string) bool {
	for _, w := range f.words {
		if !slices.ContainsFunc(texts, func(t string) bool { return strings.Contains(t, w) }) {
			return false
		}
	}
	return true
}

// A column of folded texts is a [fuzzy.Source].
type folded struct {
	of   []int
	text func(i int) string
}

func (f folded) Len() int            { return len(f.of) }
func (f folded) String(i int) string { return f.text(f.of[i]) }

// findSimilar returns the entries whose title resembles the filter, the best first, then those
// whose publication or author does.
func (f *filter) findSimilar(keys []key, of []int) []int {
	pattern := f.pattern()
	if utf8.RuneCountInString(pattern) < 2 {
		return nil // a single letter has no approximate match
	}
	var out []int
	for _, text := range []func(int) string{
		func(i int) string { return keys[i].title },
		func(i int) string { return keys[i].rest },
	} {
		found := slices.DeleteFunc(fuzzy.FindFromNoSort(pattern, folded{of, text}), func(m fuzzy.Match) bool { return !f.close(m) })
		rest, next := make([]int, 0, len(of)), 0
		for at, i := range of {
			if next < len(found) && found[next].Index == at {
				next++
				continue
			}
			rest = append(rest, i)
		}
		slices.SortStableFunc(found, func(a, b fuzzy.Match) int { return cmp.Compare(b.Score, a.Score) })
		for _, m := range found {
			out = append(out, of[m.Index])
		}
		of = rest
	}
	return out
}

// pattern returns the letters of the words.
func (f *filter) pattern() string { return strings.Join(f.words, "") }

// close reports whether the letters that m found are on one line and close together: almost every
// long title has them somewhere.
func (f *filter) close(m fuzzy.Match) bool {
	first, last := m.MatchedIndexes[0], m.MatchedIndexes[len(m.MatchedIndexes)-1]
	return last-first < 3*len(m.MatchedIndexes)+4 && !strings.Contains(m.Str[first:last], "\n")
}

// marks returns which bytes of a folded text the filter found; nil for none.
func (f *filter) marks(text string) []bool {
	if f.text == "" {
		return nil
	}
	var out []bool
	mark := func(start, n int) {
		if out == nil {
			out = make([]bool, len(text))
		}
		for i := range n {
			out[start+i] = true
		}
	}
	for _, w := range f.words {
		if i := strings.Index(text, w); i >= 0 {
			mark(i, len(w))
		}
	}
	if out != nil {
		return out
	}
	for _, m := range fuzzy.Find(f.pattern(), []string{text}) {
		for _, i := range m.MatchedIndexes {
			if f.close(m) {
				mark(i, 1)
			}
		}
	}
	return out
}

// A Piece is a part of a text, either a match of the filter or the text between matches.
type Piece struct {
	Text  string
	Found bool
}

// pieces splits a text at the matches of the filter, never between a letter and its accents.
func (f *filter) pieces(text string) []Piece {
	low := fold(text)
	marks := f.marks(low)
	if marks == nil {
		return []Piece{{text, false}}
	}
	var out []Piece
	at := 0 // in low, whose runes may differ in length
	for g := graphemes.FromString(text); g.Next(); {
		lit := false
		for range g.Value() {
			_, n := utf8.DecodeRuneInString(low[at:])
			lit = lit || marks[at]
			at += n
		}
		if last := len(out) - 1; last >= 0 && out[last].Found == lit {
			out[last].Text += g.Value()
			continue
		}
		out = append(out, Piece{g.Value(), lit})
	}
	return out
}
