package markdown_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"byline/articles"
	"byline/articles/markdown"
)

// parts are pieces of Markdown that are hard to cut.
var parts = []string{
	"Ann Lee said that the *harbour* would stay [open](http://example.org/%d), and the [council][c%d] agreed.\n\n",
	"## Part %d of [c1]\n\n", "Setext %d\n======\n\n", "- one\n- two\n\n  more of two\n\n- three %d\n\n", "%d. first\n\n   further\n2. second\n\n",
	"> quoted %d\n\n> quoted anew\n>\n> > deeper\n\n", "```go\ncode %d\n\nNot a paragraph.\n\n# nor a heading\n```\n\n", "~~~~\n```\n\nstill code %d\n~~~~\n\n",
	"    indented %d\n\n    and on\n\n", "| a | b |\n|---|--:|\n| x | %d |\n\n", "<!-- hidden %d\n\nAll the same\n\n-->\n\n", "<div>\n\nInside *the* div %d\n\n</div>\n\n",
	"<pre>\nkept %d\n\nand kept\n</pre>\n\n", "Term %d\n\n: means this\n\n", "***\n\n", "Noted[^%d].\n\n[^%d]: The note\n\n    and its end.\n\n", "![picture %d](p.jpg)\n\n", "[c%d]: http://example.org/c%d\n\n",
	"Hard  \nbreak %d &amp; &#27; e&#x301;\\*.\n\n", "[sic] %d [c2][]\r\n\r\n", "- a\n  ```\n  code in an item %d\n\n  ```\n\n", "Wörter — “%d”\n\n",
}

func imported(t testing.TB, src []byte) *articles.Article {
	t.Helper()
	a, err := markdown.Import(t.Context(), src)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func headOf(t testing.TB, src []byte, limit int) (*articles.Article, bool) {
	t.Helper()
	a, open, err := markdown.Head(t.Context(), src, limit)
	if err != nil {
		t.Fatal(err)
	}
	return a, open
}

func source(seed uint64, size int) string {
	r := rand.New(rand.NewPCG(seed, seed))
	var b strings.Builder
	for i := 0; b.Len() < size; i++ {
		b.WriteString(strings.ReplaceAll(parts[r.IntN(len(parts))], "%d", strconv.Itoa(i)))
	}
	return b.String()
}

// begins fails the test unless head is the beginning of whole: text, blocks and inlines.
func begins(t *testing.T, head, whole *articles.Article) {
	t.Helper()
	if err := head.Check(); err != nil {
		t.Error(err)
	}
	if !strings.HasPrefix(whole.Text, head.Text) {
		i := 0
		for i < min(len(head.Text), len(whole.Text)) && head.Text[i] == whole.Text[i] {
			i++
		}
		t.Fatalf("the head reads %.80q where the whole reads %.80q", head.Text[i:], whole.Text[i:])
	}
	n, m := len(head.Blocks), len(head.Inline)
	if n > len(whole.Blocks) || !reflect.DeepEqual(head.Blocks, whole.Blocks[:n]) || m > len(whole.Inline) || m > 0 && !reflect.DeepEqual(head.Inline, whole.Inline[:m]) {
		t.Error("blocks or inlines of the head differ from those of the whole")
	}
}

func TestHeadIsTheBeginningOfTheWhole(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3) {
		src := source(seed, 160_000)
		whole := imported(t, []byte(src))
		if err := whole.Check(); err != nil {
			t.Error(err)
		}
		for _, limit := range []int{1, 5000, 24 << 10} {
			head, _ := headOf(t, []byte(src), limit)
			begins(t, head, whole)
			if len(head.Text) < limit || len(head.Text) == len(whole.Text) {
				t.Errorf("asked for %d bytes, %d came of %d", limit, len(head.Text), len(whole.Text))
			}
		}
	}
}

// A source that is cut off gives the same head, and reports a missing reference.
func TestHeadOfACutSource(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long, and nothing in it runs at the same time")
	}
	src := strings.Repeat("A paragraph that asks for [a source][s], or does not.\n\n", 25_000) + "[s]: http://example.org\n"
	whole := imported(t, []byte(src))
	if head, open := headOf(t, []byte(src), 20_000); open {
		t.Error("the whole source is said to lack a reference")
	} else {
		begins(t, head, whole)
	}
	if _, open := headOf(t, []byte(src[:1<<20]), 20_000); !open {
		t.Error("nothing is said of a reference that is not there")
	}
	src = strings.Repeat("A paragraph that asks for nothing.\n\n", 40_000)
	head, open := headOf(t, []byte(src[:1<<20]), 20_000)
	if open {
		t.Error("a reference is said to be missing")
	}
	begins(t, head, imported(t, []byte(src)))
}

// Parsing in pieces gives the same result as parsing the whole.
func TestPiecesJoin(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long, and nothing in it runs at the same time")
	}
	for seed := range uint64(12) {
		part := "A beginning.\n\n" + source(seed, 1500)
		part += "An end.\n\n"
		once := imported(t, []byte(part))
		many := imported(t, []byte(strings.Repeat(part, 40)))
		want := strings.TrimSuffix(strings.Repeat(once.Text+"\n\n", 40), "\n\n")
		if many.Text != want {
			i := 0
			for i < min(len(many.Text), len(want)) && many.Text[i] == want[i] {
				i++
			}
			t.Errorf("seed %d: %.100q instead of %.100q", seed, many.Text[max(0, i-30):], want[max(0, i-30):])
		}
	}
}

// Without a paragraph start for a megabyte, pieces still end, and blocks are small.
func TestNoPlaceToCut(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long, and nothing in it runs at the same time")
	}
	const size = 300 << 10
	fill := func(s string) string { return strings.Repeat(s, size/len(s)) }
	for name, c := range map[string]struct {
		src  string
		kind articles.BlockKind
	}{
		"one line":      {fill("word and *word* "), articles.Paragraph},
		"no blank":      {fill("xyzü"), articles.Paragraph},
		"open fence":    {"```go\n" + fill("a line\n\nof code # *x*\n"), articles.Code},
		"one list":      {fill("- an item\n"), articles.Item},
		"one paragraph": {fill("a line of a paragraph\n"), articles.Paragraph},
		"one quote":     {fill("> a line\n>\n"), articles.Paragraph},
	} {
		t.Run(name, func(t *testing.T) {
			a := imported(t, []byte(c.src))
			if err := a.Check(); err != nil {
				t.Error(err)
			}
			for _, b := range a.Blocks {
				if b.Kind != c.kind || b.Len() > 16<<10 {
					t.Fatalf("a block of kind %d with %d bytes: %.40q", b.Kind, b.Len(), b.In(a.Text))
				}
			}
			head, _ := headOf(t, []byte(c.src), 24<<10)
			begins(t, head, a)
			if len(head.Text) > 150<<10 {
				t.Errorf("the head has %d bytes", len(head.Text))
			}
		})
	}
}

// A long list of links, as in link collections, is not treated as an attack.
func TestManyLinksStayLinks(t *testing.T) {
	t.Parallel()
	a := imported(t, []byte(strings.Repeat("- [a_name](http://example.org/a_b_c_d_e_f) `and` *more*\n", 4000)))
	if len(a.Blocks) != 4000 || len(a.Inline) != 3*4000 {
		t.Errorf("%d blocks, %d inlines", len(a.Blocks), len(a.Inline))
	}
}

// Nor is a long rule.
func TestLongRules(t *testing.T) {
	t.Parallel()
	for _, sign := range []string{"-", "=", "*", "_", "~", "- ", "* "} {
		a := imported(t, []byte("An *emphasis*.\n\n"+strings.Repeat(sign, 120)+"\n\nMore.\n\nTitle\n"+strings.Repeat(sign, 120)+"\n\nEnd.\n"))
		if len(a.Inline) != 1 {
			t.Errorf("%s: %q", sign, a.Text)
		}
	}
}

// Endless containers come out as plain text, even if they are empty.
func TestEndlessContainers(t *testing.T) {
	t.Parallel()
	for _, sign := range []string{">", "> ", "+ ", "1. ", "> - "} {
		src := strings.Repeat(sign, 200)
		if a := imported(t, []byte(src+"\n")); a.Text != strings.TrimSpace(src) {
			t.Errorf("%q: %.40q", sign, a.Text)
		}
	}
}

// Nor is a table of many columns, or one with short rows.
func TestWideTables(t *testing.T) {
	t.Parallel()
	wide := strings.Repeat("|a", 300) + "\n" + strings.Repeat("|-", 300) + "\n" + strings.Repeat(strings.Repeat("|b", 300)+"\n", 50)
	short := "| a | b | c |\n|:-|-|-:|\n" + strings.Repeat("| d |\n", 500)
	for src, rows := range map[string]int{wide: 51, short: 501} {
		a := imported(t, []byte(src))
		if len(a.Blocks) != rows || a.Blocks[rows-1].Kind != articles.Row {
			t.Errorf("%.20q: %d blocks", src, len(a.Blocks))
		}
	}
}

func FuzzHead(f *testing.F) {
	const first = 300
	before := strings.Repeat("x", first-20) + "\n\n" // the first piece ends among what follows
	for _, p := range parts {
		f.Add([]byte(p))
	}
	f.Fuzz(func(t *testing.T, part []byte) {
		if len(part) == 0 || len(part) > 200 {
			return
		}
		whole, head, err := markdown.InPieces(t.Context(), []byte(before+strings.Repeat(string(part), 800/len(part))), first, 1)
		if err != nil {
			t.Fatal(err)
		}
		if err := whole.Check(); err != nil {
			t.Error(err)
		}
		begins(t, head, whole)
	})
}

// Sources that cost naive parsers quadratic time or deep recursion. The test is that they finish
// within the test timeout.
func TestHostileSources(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long, and nothing in it runs at the same time")
	}
	for name, src := range map[string]string{
		"brackets": strings.Repeat("[", 100_000), "pairs": strings.Repeat("[a](", 50_000), "open targets": strings.Repeat(strings.Repeat("[a](", 150)+"\n\n", 500), "stars": strings.Repeat("*a **b ", 50_000), "ticks": ticks(2000),
		"quotes": strings.Repeat(">", 50_000) + "x", "quoted lines": strings.Repeat(strings.Repeat("> ", 60)+"x\n", 2000), "items": strings.Repeat("- ", 50_000) + "x", "only quotes": strings.Repeat("> ", 150_000), "only items": strings.Repeat("+ ", 150_000) + "\n", "only numbers": strings.Repeat("1. ", 100_000), "quoted items": strings.Repeat("> - ", 75_000), "indents": indents(1500),
		"tags": strings.Repeat("<a b=", 50_000), "comments": strings.Repeat("<!-- ", 50_000), "columns": strings.Repeat("|a", 5000) + "|\n" + strings.Repeat("|-", 5000) + "|\n" + strings.Repeat("|b", 5000) + "|\n",
		"filled cells": strings.Repeat("|", 20_000) + "\n" + strings.Repeat("|-", 20_000) + "\n" + strings.Repeat("x|y\n", 5000), "quoted cells": "> " + strings.Repeat("|a", 9_000) + "\n> " + strings.Repeat("|-", 9_000) + "\n" + strings.Repeat("> |x\n", 9000),
		"rows": "|a|\n|-|\n" + strings.Repeat("|b|\n", 100_000), "references": strings.Repeat("[a]: b\n", 100_000), "labels": strings.Repeat("[a]: b\n\n", 50_000), "entities": strings.Repeat("&#27;", 100_000),
		"nulls": strings.Repeat("\x00", 100_000), "marks": strings.Repeat("*\u0301*", 50_000), "tildes": strings.Repeat("~~a~", 50_000), "images": strings.Repeat("![", 50_000), "links": strings.Repeat("www.a.", 50_000),
		"setext": strings.Repeat("a\n", 100_000) + "===", "notes": strings.Repeat("[^a]: ", 20_000), "terms": strings.Repeat("a\n: b\n", 30_000), "spaces": strings.Repeat(" ", 1_000_000) + "x", "colons": strings.Repeat("a:", 100_000), "ats": strings.Repeat("a@", 100_000),
		"blanks": "a" + strings.Repeat("\n", 1_000_000) + "b", "matter": "---\n" + strings.Repeat("a: b\n", 100_000), "matter spaces": "---\n" + strings.Repeat(" ", 16_000),
	} {
		t.Run(name, func(t *testing.T) {
			if err := imported(t, []byte(src)).Check(); err != nil {
				t.Error(err)
			}
		})
	}
}

func ticks(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat("`", i%200+1) + "a ")
	}
	return b.String()
}

func indents(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", 2*i) + "- a\n")
	}
	return b.String()
}

// news makes about n bytes of news-like Markdown.
func news(n int) []byte {
	var b strings.Builder
	b.Grow(n + 1000)
	for i := 0; b.Len() < n; i++ {
		if i%12 == 0 {
			fmt.Fprintf(&b, "## The inquiry, part %d\n\n", i)
		}
		fmt.Fprintf(&b, "“The budget will not be delayed beyond %d March,” Elena Haddad, a spokesperson for *Port Council*, said on Tuesday. A paper says that it had cost $%d million, according to [documents](https://example.org/%d). Residents have **waited** for years, and the school is not there.\n\n", i%28+1, i%900, i)
		if i%33 == 0 {
			b.WriteString("- Robert O'Neill questioned the merger\n- Søren Müller did not\n\n> Every flood deserves a second look.\n\n")
		}
	}
	return []byte(b.String())
}

func BenchmarkMarkdownHead(b *testing.B) {
	src := news(10_000_000)
	for b.Loop() {
		headOf(b, src, 24<<10)
	}
}

// Live is the heap that the article and its source need; peak is the most the heap grew to during
// an import, garbage included.
func BenchmarkMarkdown10MB(b *testing.B) {
	src := news(10_000_000)
	b.SetBytes(int64(len(src)))
	var a *articles.Article
	var m runtime.MemStats
	for b.Loop() {
		a = imported(b, src)
	}
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.HeapInuse)/1e6, "MB-peak")
	runtime.GC()
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.HeapAlloc)/1e6, "MB-live")
	runtime.KeepAlive(a)
}
