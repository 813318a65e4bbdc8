package catalog

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/sahilm/fuzzy"
)

// A filter keeps the entries that match its text.
type filter struct {
	text  string
	words []string     // of text, folded
	shown []int32      // the part of an order that it keeps
	left  *left        // what may still resemble the text: it has been looked for in none of that; see Similar
	late  *atomic.Bool // the list has changed since Similar was asked for them; nil until it is asked
	lent  bool         // it reads rows somewhere
}

// What is left of an order are the entries that were not found.
type left struct {
	order []int32
	found set
}

// list returns the entries in their order.
func (l *left) list() []int32 {
	var out []int32
	for _, i := range l.order {
		if !l.found.has(i) {
			out = append(out, i)
		}
	}
	return out
}

// set sets the text; apply must follow.
func (f *filter) set(text string) {
	f.text = strings.TrimSpace(text)
	f.words = strings.Fields(fold(f.text))
}

// atOnce is how many entries apply looks through for what resembles the text, which takes some 2 ms; more are left to Similar.
const atOnce = 4000

// apply keeps the entries that match. First come, in the given order, titles that contain all
// words; then entries that contain them in title, publication and author together; then those that
// have the letters in the right order and close together, the best first. Where many are left for the last, they come later.
func (f *filter) apply(t *table, order []int32) {
	if f.late != nil {
		f.late.Store(true)
	}
	f.left, f.late = nil, nil
	if len(f.words) == 0 {
		f.shown = slices.Clone(order)
		return
	}
	found := f.inTitles(t)
	var inTitle, inAll []int32
	for _, i := range order {
		if found.has(i) {
			inTitle = append(inTitle, i)
		}
	}
	if named := f.inNames(t); named != nil {
		for _, i := range order {
			by := t.bylines[i]
			if (named[by.site] || named[by.author]) && !found.has(i) && (len(f.words) == 1 || f.holds(t.titles.at(i), t.names[by.site].folded, t.names[by.author].folded)) {
				inAll = append(inAll, i)
			}
		}
	}
	for _, i := range inAll {
		found.add(i)
	}
	f.shown = slices.Concat(inTitle, inAll)
	rest := left{order, found}
	if len(order)-len(f.shown) > atOnce {
		f.left = &rest
		return
	}
	f.shown = append(f.shown, f.findSimilar(t, rest.list())...)
}

// inTitles returns the rows whose titles hold all words, whether they are listed or not.
func (f *filter) inTitles(t *table) set {
	found := t.titles.holding(f.words[0])
	for _, w := range f.words[1:] {
		found.keep(t.titles.holding(w))
	}
	return found
}

// inNames returns which names hold any of the words; nil if none does.
func (f *filter) inNames(t *table) []bool {
	var out []bool
	for n := range t.names {
		if slices.ContainsFunc(f.words, func(w string) bool { return strings.Contains(t.names[n].folded, w) }) {
			if out == nil {
				out = make([]bool, len(t.names))
			}
			out[n] = true
		}
	}
	return out
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
	of   []int32
	text func(i int32) string
}

func (f folded) Len() int            { return len(f.of) }
func (f folded) String(i int) string { return f.text(f.of[i]) }

// findSimilar returns the entries whose title resembles the filter, the best first, then those
// whose publication or author does.
func (f *filter) findSimilar(t *table, of []int32) []int32 {
	s := search{filter: f, table: t}
	s.find(of)
	return s.result()
}

// A search is for entries that resemble a filter.
type search struct {
	filter *filter
	table  *table
	titles []similar
	rest   []similar
}

// A similar entry has a score of how well it matches.
type similar struct {
	at    int32
	score int
}

// find looks through entries.
func (s *search) find(of []int32) {
	pattern := s.filter.pattern()
	if utf8.RuneCountInString(pattern) < 2 {
		return // a single letter has no approximate match
	}
	t := s.table
	of = s.column(&s.titles, of, t.titles.at, pattern)
	s.column(&s.rest, of, t.rest, pattern)
}

// column looks through a text of entries, and returns those where it is not similar.
func (s *search) column(to *[]similar, of []int32, text func(int32) string, pattern string) []int32 {
	left := make([]int32, 0, len(of))
	next := 0
	for _, m := range fuzzy.FindFromNoSort(pattern, folded{of, text}) {
		if !s.filter.close(m) {
			continue
		}
		left = append(left, of[next:m.Index]...)
		next = m.Index + 1
		*to = append(*to, similar{of[m.Index], m.Score})
	}
	return append(left, of[next:]...)
}

// result returns what was found, the best first.
func (s *search) result() []int32 {
	var out []int32
	for _, list := range [][]similar{s.titles, s.rest} {
		slices.SortStableFunc(list, func(a, b similar) int { return cmp.Compare(b.score, a.score) })
		for _, m := range list {
			out = append(out, m.at)
		}
	}
	return out
}

// Similar returns a function that looks for the entries that resemble the filter's text where [Catalog.Filter] left that, or
// nil if it did not, or if that was asked before. The function may run on any goroutine; it returns a function that adds what was found to the end of the list and
// reports whether that is still the list, or nil once it is not, or ctx has ended.
func (c *Catalog) Similar() func(ctx context.Context) func() bool {
	if c.filter.left == nil || c.filter.late != nil {
		return nil
	}
	late := &atomic.Bool{}
	c.filter.late, c.filter.lent = late, true
	f, t := c.filter, c.table
	return func(ctx context.Context) func() bool {
		s := search{filter: &f, table: &t}
		for some := range slices.Chunk(f.left.list(), atOnce/8) {
			if late.Load() || ctx.Err() != nil {
				return nil
			}
			s.find(some)
		}
		found := s.result()
		return func() bool {
			now := &c.filter
			if now.late != late {
				return false
			}
			now.shown, now.left = append(now.shown, found...), nil
			c.measure()
			return true
		}
	}
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
