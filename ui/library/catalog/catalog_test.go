package catalog

import (
	"slices"
	"testing"
	"time"

	"byline/annotate"
	"byline/annotate/library"
)

func TestPieces(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		filter, text string
		want         []Piece
	}{
		{"", "Any title", []Piece{{"Any title", false}}},
		{"har", "Old Harbour", []Piece{{"Old ", false}, {"Har", true}, {"bour", false}}},
		{"bour old", "Old Harbour", []Piece{{"Old", true}, {" Har", false}, {"bour", true}}},
		{"munoz", "Señor Muñoz!", []Piece{{"Señor ", false}, {"Muñoz", true}, {"!", false}}},
		{"ete", "e\u0301te\u0301", []Piece{{"e\u0301te\u0301", true}}},
		{"hrb", "Old Harbour", []Piece{{"Old ", false}, {"H", true}, {"a", false}, {"rb", true}, {"our", false}}},
		{"x", "Old Harbour", []Piece{{"Old Harbour", false}}},
		{"山", "東京の山田", []Piece{{"東京の", false}, {"山", true}, {"田", false}}},
		{"ı", "İstanbul", []Piece{{"İstanbul", false}}},
		{"ist", "İstanbul 👩‍🔬", []Piece{{"İst", true}, {"anbul 👩‍🔬", false}}},
	} {
		var f filter
		f.set(c.filter)
		if got := f.pieces(c.text); !slices.Equal(got, c.want) {
			t.Errorf("%q in %q: %v, want %v", c.filter, c.text, got, c.want)
		}
	}
}

// FuzzPieces checks that a filter never changes a title and never slices out of its bounds,
// whatever is typed.
func FuzzPieces(f *testing.F) {
	f.Add("har", "Old Harbour")
	f.Add("é", "e\u0301te\u0301 👩‍🔬")
	f.Add("\xff", "ﬁ ŉ ẞ \u0130\u1e9e")
	f.Fuzz(func(t *testing.T, text, of string) {
		e := library.Entry{Title: of, Source: "x"}
		of = Title(&e)
		c := New([]library.Entry{e}, Arrangement{})
		c.Filter(text)
		whole := ""
		for _, p := range c.Pieces(of) {
			whole += p.Text
		}
		if whole != of {
			t.Errorf("%q became %q", of, whole)
		}
		if c.FilterText() == "" && c.Len() != 1 {
			t.Error("no filter keeps the article out")
		}
	})
}

func TestBestMatchesComeFirst(t *testing.T) {
	t.Parallel()
	c := New([]library.Entry{
		{Title: "Half a bar is better"}, {Title: "Storm", Site: "Harbour News"}, {Title: "Seaside harbour"}, {Title: "Harbour"},
		{Title: "How the authorities of a very long title rest beside us"},
	}, Arrangement{})
	c.Filter("harb")
	if want := []int{2, 3, 1, 0}; !slices.Equal(c.filter.shown, want) {
		t.Errorf("%v, want %v", c.filter.shown, want)
	}
}

func TestSorting(t *testing.T) {
	t.Parallel()
	day := func(n int) time.Time { return time.Date(2026, 1, n, 0, 0, 0, 0, time.UTC) }
	all := New([]library.Entry{
		{Title: "“b”", Date: day(2), Words: 5, Tags: []string{"x"}}, {Title: "Äa", Words: 7, Opened: day(3), Progress: .5},
		{Title: "c", Date: day(9), Words: 5, Counts: annotate.Counts{Quotes: 2, Claims: 4, Reviewed: 1}},
		{Title: "A", Date: day(2), Words: 1, Status: library.Done, Tags: []string{"x"}},
	}, Arrangement{})
	for _, c := range []struct {
		by   Arrangement
		want []int
	}{
		{Arrangement{}, []int{0, 1, 2, 3}},
		{Arrangement{Sort: ByTitle}, []int{3, 1, 0, 2}},
		{Arrangement{Sort: ByTitle, Reverse: true}, []int{2, 0, 1, 3}},
		{Arrangement{Sort: ByDate}, []int{2, 0, 3, 1}},
		{Arrangement{Sort: ByDate, Reverse: true}, []int{0, 3, 2, 1}},
		{Arrangement{Sort: ByOpened, Reverse: true}, []int{1, 0, 2, 3}},
		{Arrangement{Sort: ByLength}, []int{1, 0, 2, 3}},
		{Arrangement{Sort: ByProgress}, []int{1, 2, 0, 3}},
		{Arrangement{Sort: ByQuotes}, []int{2, 0, 1, 3}},
		{Arrangement{Sort: ByReviewed, Reverse: true}, []int{0, 1, 3, 2}},
		{Arrangement{Status: library.Done}, []int{3}},
		{Arrangement{Tag: "x", Sort: ByLength}, []int{0, 3}},
	} {
		all.Arrange(c.by)
		if got := all.order; !slices.Equal(got, c.want) {
			t.Errorf("by %v: %v, want %v", c.by, got, c.want)
		}
	}
}
