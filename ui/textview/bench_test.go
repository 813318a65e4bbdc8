package textview

import (
	"fmt"
	"strings"
	"testing"

	"byline/articles"

	"github.com/charmbracelet/x/ansi"
)

// plainText returns at least n bytes of news in paragraphs.
func plainText(n int) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		fmt.Fprintf(&b, "Marta Quill %d, who ran the Orrin Bay Courier for thirty years, sold its press on Monday to Halden Media. “We sold the press,” she said, “not the paper.” The well-known commission of the Vessel Street Bank meets again on Tuesday, and Tom Ferris of Ferris & Sons is to speak about the sale number %d.\n\n", i, i)
	}
	return b.String()
}

// richDoc returns at least n bytes of news with headings, lists and quotes.
func richDoc(n int) Doc {
	b := &builder{}
	for i := 0; b.text.Len() < n; i++ {
		b.h(2, fmt.Sprintf("Part %d", i))
		b.p(fmt.Sprintf("According to {b Jane Doe %d} of {a http://acme.example/%d Acme Corp}, the well-known {i Franco-German} commission met on Tuesday. “We shall not yield,” said John Smith, the chairman of Northern Holdings, who had travelled from Oslo to meet 山田太郎 and the others before the vote took place in the evening.", i, i))
		b.li(1, "•", fmt.Sprintf("first item %d by Jane Doe", i)).li(1, "•", "second item by Acme Corp")
		b.quote(1, fmt.Sprintf("A quote of some length, said by John Smith, on the matter of %d things.", i))
		b.p("A further paragraph with more text to be wrapped by the renderer and nothing else in it but words, words and words again until it ends at last.")
	}
	return b.doc()
}

var benchLooks = Styles{Looks: []Look{{Fg: ansi.Yellow, Bold: true}, {Bg: ansi.Blue}, {Italic: true}}}

func ready(d Doc, marks int) *View {
	v := New()
	v.SetStyles(benchLooks)
	v.SetDoc(d)
	v.Resize(100, 40)
	v.SetMarks(0, every(len(d.Text), marks))
	v.ScrollTo(len(d.Text)/2, Top)
	return v
}

// every returns n marks spread over a text of size bytes.
func every(size, n int) []Mark {
	ms := make([]Mark, 0, n)
	for i := range n {
		at := size / n * i
		ms = append(ms, Mark{articles.Span{Start: at, End: at + 12}, i % 3})
	}
	return ms
}

func BenchmarkView(b *testing.B) {
	for _, d := range []struct {
		name string
		doc  Doc
	}{{"plain", Doc{Text: plainText(1 << 20)}}, {"rich", richDoc(1 << 20)}} {
		for _, n := range []int{0, 20_000} {
			b.Run(fmt.Sprintf("%s/marks=%d", d.name, n), func(b *testing.B) {
				v := ready(d.doc, n)
				b.ReportAllocs()
				for b.Loop() {
					v.View()
				}
			})
		}
	}
}

func BenchmarkScrollLine(b *testing.B) {
	v := ready(richDoc(1<<20), 20_000)
	for b.Loop() {
		if v.ScrollBy(1) == 0 {
			v.ScrollTo(0, Top)
		}
		v.View()
	}
}

func BenchmarkFirstScreen(b *testing.B) {
	for _, d := range []struct {
		name string
		doc  Doc
	}{{"plain", Doc{Text: plainText(32 << 10)}}, {"rich", richDoc(32 << 10)}} {
		b.Run(d.name, func(b *testing.B) {
			for b.Loop() {
				v := New()
				v.SetDoc(d.doc)
				v.Resize(76, 40)
				v.View()
			}
		})
	}
}

func BenchmarkEnd(b *testing.B) {
	for _, d := range []struct {
		name string
		doc  Doc
	}{{"plain", Doc{Text: plainText(10 << 20)}}, {"rich", richDoc(10 << 20)}, {"line", Doc{Text: strings.ReplaceAll(plainText(10<<20), "\n", " ")}}} {
		b.Run(d.name, func(b *testing.B) {
			v := ready(d.doc, 0)
			for b.Loop() {
				v.reflow()
				v.ScrollTo(0, End)
				v.View()
			}
		})
	}
}

func BenchmarkSetDoc(b *testing.B) {
	for _, d := range []struct {
		name string
		doc  Doc
	}{{"plain", Doc{Text: plainText(10 << 20)}}, {"rich", richDoc(10 << 20)}} {
		b.Run(d.name, func(b *testing.B) {
			v := ready(d.doc, 0)
			for b.Loop() {
				v.SetDoc(d.doc)
			}
		})
	}
}

func BenchmarkSetMarks(b *testing.B) {
	v := ready(Doc{Text: plainText(1 << 20)}, 0)
	ms := every(1<<20, 20_000)
	for b.Loop() {
		v.SetMarks(0, ms)
	}
}

func BenchmarkResize(b *testing.B) {
	for _, d := range []struct {
		name string
		doc  Doc
	}{{"plain", Doc{Text: plainText(1 << 20)}}, {"rich", richDoc(1 << 20)}} {
		b.Run(d.name, func(b *testing.B) {
			v := ready(d.doc, 20_000)
			w := 70
			for b.Loop() {
				w = 170 - w
				v.Resize(w, 40)
				v.View()
			}
		})
	}
}

func BenchmarkCode(b *testing.B) {
	for _, language := range []string{"", "go"} {
		d := &builder{}
		d.code(strings.Repeat("// say speaks.\nfunc say(n int) string {\n\treturn \"hello\" + fmt.Sprint(n, 42)\n}\n\n", 20))
		d.blocks[0].Variant = language
		b.Run("language="+language, func(b *testing.B) {
			v := New()
			v.SetDoc(d.doc())
			v.Resize(100, 40)
			for b.Loop() {
				v.reflow()
				v.View()
			}
		})
	}
}
