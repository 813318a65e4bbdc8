package catalog

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"byline/annotate"
	"byline/annotate/library"
	"byline/articles"
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
	if want := []int32{2, 3, 1, 0}; !slices.Equal(c.filter.shown, want) {
		t.Errorf("%v, want %v", c.filter.shown, want)
	}
}

func TestSorting(t *testing.T) {
	t.Parallel()
	day := func(n int) time.Time { return time.Date(2026, 1, n, 0, 0, 0, 0, time.UTC) }
	all := New([]library.Entry{
		{Title: "“b”", Date: articles.Day(2026, 1, 2), Words: 5, Tags: []string{"x"}}, {Title: "Äa", Words: 7, Opened: day(3), Progress: .5},
		{Title: "c", Date: articles.Day(2026, 1, 9), Words: 5, Counts: annotate.Counts{Quotes: 2, Claims: 4, Reviewed: 1}},
		{Title: "A", Date: articles.Day(2026, 1, 2), Words: 1, Status: library.Done, Tags: []string{"x"}},
	}, Arrangement{})
	for _, c := range []struct {
		by   Arrangement
		want []int32
	}{
		{Arrangement{}, []int32{0, 1, 2, 3}},
		{Arrangement{Sort: ByTitle}, []int32{3, 1, 0, 2}},
		{Arrangement{Sort: ByTitle, Reverse: true}, []int32{2, 0, 1, 3}},
		{Arrangement{Sort: ByDate}, []int32{2, 0, 3, 1}},
		{Arrangement{Sort: ByDate, Reverse: true}, []int32{0, 3, 2, 1}},
		{Arrangement{Sort: ByOpened, Reverse: true}, []int32{1, 0, 2, 3}},
		{Arrangement{Sort: ByLength}, []int32{1, 0, 2, 3}},
		{Arrangement{Sort: ByProgress}, []int32{1, 2, 0, 3}},
		{Arrangement{Sort: ByQuotes}, []int32{2, 0, 1, 3}},
		{Arrangement{Sort: ByReviewed, Reverse: true}, []int32{0, 1, 3, 2}},
		{Arrangement{Status: library.Done}, []int32{3}},
		{Arrangement{Tag: "x", Sort: ByLength}, []int32{0, 3}},
	} {
		all.Arrange(c.by)
		if got := all.order; !slices.Equal(got, c.want) {
			t.Errorf("by %v: %v, want %v", c.by, got, c.want)
		}
	}
}

// A long list gets what resembles the filter later, in the order in which a short one gets it at once, however the entries
// change meanwhile.
func TestSimilarComesLater(t *testing.T) {
	t.Parallel()
	var entries []library.Entry
	for i := range 3 * atOnce {
		entries = append(entries, library.Entry{ID: strconv.Itoa(i), Title: []string{"Harbour bill", "Hard bargain", "A quay", "The hour of rain"}[i%4], Site: []string{"", "Hairbrush"}[i/8%2]})
	}
	c := New(entries, Arrangement{})
	c.Filter("harb")
	f := c.filter
	want := append(slices.Clone(f.shown), f.findSimilar(&c.table, f.left.list())...)
	first := slices.Clone(f.shown)
	more := c.Similar()
	if more == nil {
		t.Fatal("nothing is left for later")
	}
	done := make(chan func() bool)
	go func() { done <- more(t.Context()) }()
	for i := range 50 {
		c.ReplaceEntry(library.Entry{ID: strconv.Itoa(4*i + 1), Title: "Hard bargain", Status: library.Done, Site: fmt.Sprint("New site ", i)})
	}
	if !slices.Equal(c.filter.shown, first) {
		t.Error("the list changed by itself")
	}
	if add := <-done; !add() {
		t.Fatal("what was found is not added")
	}
	if !slices.Equal(c.filter.shown, want) || c.Similar() != nil {
		t.Errorf("%d listed, want %d", len(c.filter.shown), len(want))
	}
	c.Filter("harbo")
	old := c.Similar()(t.Context())
	c.Filter("quay")
	if old() || c.Len() != 3*atOnce/4 {
		t.Error("a late answer changes another list")
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if c.Filter("hrb"); c.Similar()(ended) != nil {
		t.Error("it does not end")
	}
}

func TestEntriesStayAsTheyAre(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 9, 10, 0, 0, 5e6, time.UTC)
	entries := []library.Entry{
		{}, {ID: "0123", Title: "Ünter\nthe “b”", Author: "Ann Lee", Site: "The Wire", Source: "/a b", Format: "pdf", Date: articles.ParseDate("2026-05"), Added: at, Opened: at, Words: 9, Version: 3,
			Status: library.Reading, Progress: .25, Tags: []string{"x", "y"}, Making: library.Making{Annotated: true}, Counts: annotate.Counts{People: 1, Organizations: 2, Quotes: 3, Claims: 4, Reviewed: 1}},
		{ID: "4", Title: strings.Repeat("long ", 100_000), Status: library.Unread}, {ID: "5", Site: "The Wire", Status: library.Done},
	}
	entries[0].Status = library.Unread
	c := New(entries, Arrangement{Sort: AsGiven})
	if got := c.All(); !reflect.DeepEqual(got, entries) {
		t.Errorf("%+v", got[:2])
	}
	if !slices.Equal(c.IDs(), []string{"", "0123", "4", "5"}) || c.CountUnread() != 2 || c.index("5") != 3 || c.index("6") != -1 {
		t.Error(c.IDs())
	}
}
