package library

import (
	"slices"
	"testing"
	"time"

	"byline/annotate"
	words "byline/annotate/library"
)

func TestPieces(t *testing.T) {
	for _, c := range []struct {
		filter, text string
		want         []piece
	}{
		{"", "Any title", []piece{{"Any title", false}}},
		{"har", "Old Harbour", []piece{{"Old ", false}, {"Har", true}, {"bour", false}}},
		{"bour old", "Old Harbour", []piece{{"Old", true}, {" Har", false}, {"bour", true}}},
		{"munoz", "Señor Muñoz!", []piece{{"Señor ", false}, {"Muñoz", true}, {"!", false}}},
		{"ete", "e\u0301te\u0301", []piece{{"e\u0301te\u0301", true}}},
		{"hrb", "Old Harbour", []piece{{"Old ", false}, {"H", true}, {"a", false}, {"rb", true}, {"our", false}}},
		{"x", "Old Harbour", []piece{{"Old Harbour", false}}},
		{"山", "東京の山田", []piece{{"東京の", false}, {"山", true}, {"田", false}}},
		{"ı", "İstanbul", []piece{{"İstanbul", false}}},
		{"ist", "İstanbul 👩‍🔬", []piece{{"İst", true}, {"anbul 👩‍🔬", false}}},
	} {
		var f filter
		f.set(c.filter)
		if got := f.pieces(c.text); !slices.Equal(got, c.want) {
			t.Errorf("%q in %q: %v, want %v", c.filter, c.text, got, c.want)
		}
	}
}

// FuzzPieces holds that a filter never changes a title and never asks for too much of
// it, whatever somebody types.
func FuzzPieces(f *testing.F) {
	f.Add("har", "Old Harbour")
	f.Add("é", "e\u0301te\u0301 👩‍🔬")
	f.Add("\xff", "ﬁ ŉ ẞ \u0130\u1e9e")
	f.Fuzz(func(t *testing.T, text, of string) {
		e := words.Entry{Title: of, Source: "x"}
		of = title(&e)
		var f filter
		f.set(text)
		whole := ""
		for _, p := range f.pieces(of) {
			whole += p.text
		}
		if whole != of {
			t.Errorf("%q became %q", of, whole)
		}
		st := newStock([]words.Entry{e})
		f.apply(&st, []int{0})
		if f.text == "" && len(f.shown) != 1 {
			t.Error("no filter keeps the article out")
		}
	})
}

func TestBestMatchesComeFirst(t *testing.T) {
	st := newStock([]words.Entry{
		{Title: "Half a bar is better"}, {Title: "Storm", Site: "Harbour News"}, {Title: "Seaside harbour"}, {Title: "Harbour"},
		{Title: "How the authorities of a very long title rest beside us"},
	})
	var f filter
	f.set("harb")
	f.apply(&st, []int{0, 1, 2, 3, 4})
	if want := []int{2, 3, 1, 0}; !slices.Equal(f.shown, want) {
		t.Errorf("%v, want %v", f.shown, want)
	}
}

func TestSorting(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 1, n, 0, 0, 0, 0, time.UTC) }
	st := newStock([]words.Entry{
		{Title: "“b”", Date: day(2), Words: 5, Tags: []string{"x"}}, {Title: "Äa", Words: 7, Opened: day(3), Progress: .5},
		{Title: "c", Date: day(9), Words: 5, Counts: annotate.Counts{Quotes: 2, Claims: 4, Reviewed: 1}},
		{Title: "A", Date: day(2), Words: 1, Status: words.Done, Tags: []string{"x"}},
	})
	for _, c := range []struct {
		by   arrangement
		want []int
	}{
		{arrangement{}, []int{0, 1, 2, 3}},
		{arrangement{sort: byTitle}, []int{3, 1, 0, 2}},
		{arrangement{sort: byTitle, reverse: true}, []int{2, 0, 1, 3}},
		{arrangement{sort: byDate}, []int{2, 0, 3, 1}},
		{arrangement{sort: byDate, reverse: true}, []int{0, 3, 2, 1}},
		{arrangement{sort: byOpened, reverse: true}, []int{1, 0, 2, 3}},
		{arrangement{sort: byLength}, []int{1, 0, 2, 3}},
		{arrangement{sort: byProgress}, []int{1, 0, 2, 3}},
		{arrangement{sort: byQuotes}, []int{2, 0, 1, 3}},
		{arrangement{sort: byReviewed, reverse: true}, []int{0, 1, 3, 2}},
		{arrangement{status: words.Done}, []int{3}},
		{arrangement{tag: "x", sort: byLength}, []int{0, 3}},
	} {
		if got := st.sorted(c.by); !slices.Equal(got, c.want) {
			t.Errorf("by %v: %v, want %v", c.by, got, c.want)
		}
	}
}

func TestDays(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 30, 0, 0, time.UTC)
	d := newDates("2 January 2006", func() time.Time { return now })
	for _, c := range []struct {
		at   time.Time
		want string
	}{
		{time.Time{}, ""},
		{now.Add(-29 * time.Minute), "today"},
		{now.Add(-time.Hour), "yesterday"},
		{now.Add(-48 * time.Hour), "30 December 2025"},
		{now.AddDate(0, 8, 20), "21 September"},
	} {
		if got := d.day(c.at); got != c.want {
			t.Errorf("%v is %q, want %q", c.at, got, c.want)
		}
	}
	if d.width != len("28 September 2006") {
		t.Errorf("%d cells", d.width)
	}
	if iso := newDates("2006-01-02", d.now); iso.day(now.AddDate(0, 1, 0)) != "2026-02-01" {
		t.Error(iso.day(now.AddDate(0, 1, 0)))
	}
}

func TestPercent(t *testing.T) {
	for share, want := range map[float64]string{0: "–", .001: "1%", .424: "42%", .999: "99%", 1: "100%", 1.2: "100%"} {
		if got := percent(share); got != want {
			t.Errorf("%v is %s, want %s", share, got, want)
		}
	}
}
