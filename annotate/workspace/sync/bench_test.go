package sync

import (
	"fmt"
	"strings"
	"testing"

	"byline/annotate/library/db/exchange"
	"byline/articles"
)

// filled returns a library of n articles of 600 words with ten decisions each.
func filled(b *testing.B, n int) *desk {
	d := newDesk(b, "ann")
	body := strings.Repeat(story+"\n\n", 30)
	var list []*exchange.Article
	for i := range n {
		text := fmt.Sprintf("Number %d. %s", i, body)
		id := articles.TextID(text)
		a := &exchange.Article{ID: id, About: &articles.Article{Title: fmt.Sprint("Title ", i), Source: fmt.Sprint("https://example.org/", i), Format: articles.Plain}, Told: 1,
			Editions: []exchange.Edition{{Hash: id, Added: 1796000000000}},
			Texts:    map[string]exchange.Text{id: {Article: &articles.Article{Text: text, Blocks: []articles.Block{{Span: articles.Span{End: len(text)}}}}, Told: 1796000000000}}}
		for k := range 10 {
			did := fmt.Sprintf("01M8%08d%d", i, k)
			a.Rows = append(a.Rows, exchange.Row{ID: did, Who: "ann", Text: id, Body: fmt.Appendf(nil,
				`{"id":"%s","step":"%s","at":"2026-11-30T02:46:59.206Z","who":"ann","verb":"confirm","kind":"mention","target":{"start":%d,"end":%d,"exact":"Halden"},"engine":"capitals-1","score":0.9}`, did, did, 40+k*101, 46+k*101)})
		}
		if list = append(list, a); len(list) == 256 || i == n-1 {
			if _, err := d.Store.Apply(b.Context(), list); err != nil {
				b.Fatal(err)
			}
			list = list[:0]
		}
	}
	return d
}

// BenchmarkSync times runs with a folder of 10,000 articles, with 100,000 decisions: the first, one with nothing new, one with
// a decision more, and the first of another library.
func BenchmarkSync(b *testing.B) {
	const n = 10_000
	dir := b.TempDir()
	ann := filled(b, n)
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			ann.All = true
			ann.sync(b, b.TempDir())
		}
	})
	ann.All = false
	ann.sync(b, dir)
	ann.sync(b, dir)
	b.Run("nothing", func(b *testing.B) {
		for b.Loop() {
			if r := ann.sync(b, dir); r.String() != "Nothing new" {
				b.Fatal(r.String())
			}
		}
	})
	entries, err := ann.Workspace.Library.Entries(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	b.Run("decision", func(b *testing.B) {
		i := 0
		for b.Loop() {
			b.StopTimer()
			ann.decide(b, entries[i].ID, "note", "Ferris", fmt.Sprint(i))
			i++
			b.StartTimer()
			if r := ann.sync(b, dir); r.Went != 1 {
				b.Fatal(r.String())
			}
		}
	})
	b.Run("other", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			ben := newDesk(b, "ben")
			b.StartTimer()
			if r := ben.sync(b, dir); r.New != n {
				b.Fatal(r.String())
			}
		}
	})
	b.Run("wire", func(b *testing.B) {
		ben := newDesk(b, "ben")
		ben.sync(b, dir)
		if _, err := ann.wired(b, ben, -1); err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			if r, err := ann.wired(b, ben, -1); err != nil || r.String() != "Nothing new" {
				b.Fatal(r.String(), err)
			}
		}
	})
}
