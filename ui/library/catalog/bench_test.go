package catalog

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"byline/annotate"
	"byline/annotate/library"
	"byline/articles"
)

// many returns entries with titles, sources and publications that differ as they do in a library.
func many(n int) func(each func(*library.Entry)) error {
	return func(each func(*library.Entry)) error {
		things := []string{"harbour bill", "ferry", "quarry", "night of bargaining", "school by the canal", "orchard"}
		for i := range n {
			each(&library.Entry{
				ID: fmt.Sprintf("%016x", i*7919), Title: fmt.Sprintf("The %s of place %d, %s", things[i%6], i*31%5003, things[i/6%6]),
				Site: fmt.Sprint("Paper ", i%40), Author: fmt.Sprint("Ann Lee ", i*17%3001), Source: fmt.Sprintf("https://paper%d.example/2026/03/%d", i%40, i),
				Added: time.UnixMilli(1e12 - int64(i)), Date: articles.DateAt(time.UnixMilli(int64(i)*7919%1e12), articles.ToSecond, ""), Words: i % 1000, Status: library.Unread, Making: library.Making{Annotated: true},
				Counts: annotate.Counts{People: i % 9, Quotes: i % 12, Claims: 20},
			})
		}
		return nil
	}
}

// BenchmarkCatalog100000 loads a catalog, and types letters of a filter as far as the screen waits for it; bytes are those
// that the catalog holds for an entry.
func BenchmarkCatalog100000(b *testing.B) {
	const n = 100_000
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	c, _ := Collect(many(n), Arrangement{}, n)
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.Run("load", func(b *testing.B) {
		for b.Loop() {
			Collect(many(n), Arrangement{}, n)
		}
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/n, "bytes/entry")
	})
	for _, text := range []string{"f", "fe", "ferr", "xyz"} {
		b.Run("filter/"+text, func(b *testing.B) {
			for b.Loop() {
				c.Filter(text)
			}
		})
	}
	b.Run("similar/fe", func(b *testing.B) {
		for b.Loop() {
			c.Filter("fe")
			c.Similar()(b.Context())
		}
	})
	b.Run("sort", func(b *testing.B) {
		c.Filter("")
		for i := 0; b.Loop(); i++ {
			c.Arrange(Arrangement{Sort: []Sorting{ByTitle, ByDate}[i%2]})
		}
	})
}
