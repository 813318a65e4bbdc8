package library

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sahilm/fuzzy"

	"byline/articles"
	"byline/ui/list"
)

// A sorting is an order of the list.
type sorting uint8

const (
	byAdded sorting = iota
	byTitle
	byDate
	byOpened
	byLength
	byProgress
	byQuotes
	byReviewed
	sortings
)

func (s sorting) String() string {
	return [...]string{"added", "title", "date", "opened", "length", "read", "quotes", "reviewed"}[s]
}

// compare orders entries; what is newest or most comes first, titles go by letter.
func (s sorting) compare(a, b *articles.Entry) int {
	switch s {
	case byTitle:
		return strings.Compare(strings.ToLower(a.Title), strings.ToLower(b.Title))
	case byDate:
		return b.Date.Compare(a.Date)
	case byOpened:
		return b.Opened.Compare(a.Opened)
	case byLength:
		return cmp.Compare(b.Words, a.Words)
	case byProgress:
		return cmp.Compare(b.Progress, a.Progress)
	case byQuotes:
		return cmp.Compare(b.Counts.Quotes, a.Counts.Quotes)
	case byReviewed:
		return cmp.Compare(reviewed(b), reviewed(a))
	}
	return b.Added.Compare(a.Added)
}

// reviewed returns the share of claims that a person decided on, 0 to 1.
func reviewed(e *articles.Entry) float64 {
	if e.Counts.Claims == 0 {
		return 0
	}
	return float64(e.Counts.Reviewed) / float64(e.Counts.Claims)
}

// choose makes the list of what is shown.
func (s *Screen) choose() {
	s.shown = s.shown[:0]
	for i := range s.entries {
		if s.show.admits(&s.entries[i]) {
			s.shown = append(s.shown, item{entry: i})
		}
	}
	slices.SortStableFunc(s.shown, func(a, b item) int {
		c := s.show.sort.compare(&s.entries[a.entry], &s.entries[b.entry])
		if s.show.reverse {
			return -c
		}
		return c
	})
	if s.show.filter != "" {
		s.narrow()
	}
	s.list = list.List{Len: len(s.shown), Cursor: s.list.Cursor, Top: s.list.Top}
	s.list.To(s.list.Cursor)
}

func (v *selection) admits(e *articles.Entry) bool {
	return (v.status == "" || e.Status == v.status) && (v.tag == "" || slices.Contains(e.Tags, v.tag))
}

// titles makes the titles of what is shown a [fuzzy.Source].
type titles struct{ *Screen }

func (t titles) Len() int            { return len(t.shown) }
func (t titles) String(i int) string { return t.entries[t.shown[i].entry].Title }

// narrow keeps what the filter finds: titles with its letters in their order, the
// best first, and behind them what has its words in the publication or the author.
func (s *Screen) narrow() {
	found := fuzzy.FindFrom(s.show.filter, titles{s})
	out := make([]item, 0, len(found))
	in := make(map[int]bool, len(found))
	for _, m := range found {
		in[m.Index] = true
		out = append(out, item{s.shown[m.Index].entry, m.MatchedIndexes})
	}
	want := strings.ToLower(s.show.filter)
	for i, it := range s.shown {
		e := &s.entries[it.entry]
		if !in[i] && (strings.Contains(strings.ToLower(e.Site), want) || strings.Contains(strings.ToLower(e.Author), want)) {
			out = append(out, it)
		}
	}
	s.shown = out
}
