package plain_test

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"byline/articles"
	"byline/articles/plain"
)

// Offsets of other tools, counted in code points after CR LF becomes LF, fit.
func TestOffsetsAreThoseOfTheFile(t *testing.T) {
	t.Parallel()
	src := "Zoë\r\n\r\n\x1b[1m“Ann”\u200b said\tso.\r\nAnd \xff on.  \n\n\n  End.\n"
	a := plain.Import([]byte(src))
	want := []rune(strings.ReplaceAll(src, "\r\n", "\n"))
	got := []rune(a.Text)
	if len(got) != len(want) {
		t.Fatalf("%d code points of %d", len(got), len(want))
	}
	for i, r := range got {
		if r != want[i] && r != utf8.RuneError && want[i] != '\t' {
			t.Errorf("code point %d is %q, not %q", i, r, want[i])
		}
	}
}

func TestTitle(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]string{
		"A headline\n\nText.":                    "A headline",
		"\n\n## A headline, signs aside\n\nText": "A headline, signs aside",
		"#hashtag first\n\nText":                 "#hashtag first",
		"One sentence, short.\n\nAnother.":       "One sentence, short.",
		"":                                       "",
		strings.Repeat("long word ", 30) + ".":   strings.TrimSpace(strings.Repeat("long word ", 6)) + " long…",
		strings.Repeat("x", 500):                 strings.Repeat("x", 120) + "…",
	} {
		if got := plain.Import([]byte(src)).Title; got != want {
			t.Errorf("%.40q: title %q, want %q", src, got, want)
		}
	}
}

func sources() map[string]string {
	var lines, wrapped, mixed strings.Builder
	for i := range 6000 {
		fmt.Fprintf(&lines, "Paragraph %d says “something” of the harbour, the council and the weather on that day, and of much else that nobody had asked about before it was said aloud.\n", i)
		fmt.Fprintf(&wrapped, "Paragraph %d was wrapped by somebody at some seventy letters a line,\nso that it takes two lines, or three, before\nit ends.\n", i)
		mixed.WriteString([]string{"A title\n\n", "one\ntwo\n\n\n", "  An indented line.\n", strings.Repeat("wörd ", 50) + "\r\n", "\r\n \t\r\n", "\u00a0\n"}[i*i%6])
	}
	return map[string]string{
		"lines": lines.String(), "wrapped": wrapped.String(), "mixed": mixed.String(), "no end": strings.Repeat("word and ", 100_000), "no blank": strings.Repeat("ü", 400_000),
		"verse": strings.Repeat("a short line\n", 40_000), "blanks": "a" + strings.Repeat(" \n", 200_000) + "b", "returns": strings.Repeat("a\r\n", 200_000), "one a line": strings.Repeat("x.\n", 100_000),
	}
}

func TestHeadIsTheBeginningOfTheWhole(t *testing.T) {
	t.Parallel()
	for name, src := range sources() {
		t.Run(name, func(t *testing.T) {
			whole := plain.Import([]byte(src))
			if err := whole.Check(); err != nil {
				t.Error(err)
			}
			for _, limit := range []int{1, 1000, 24 << 10, 100_000} {
				cutOff := src[:min(len(src), 2*limit+150<<10)]
				for _, b := range []string{src, cutOff} {
					head := plain.Head([]byte(b), limit)
					if err := head.Check(); err != nil {
						t.Error(err)
					}
					n := len(head.Blocks)
					if !strings.HasPrefix(whole.Text, head.Text) || n == 0 || !reflect.DeepEqual(head.Blocks, whole.Blocks[:n]) || head.Title != whole.Title {
						t.Fatalf("limit %d: %d blocks, %d bytes, not those of the whole", limit, n, len(head.Text))
					}
				}
			}
		})
	}
}

func TestLongBlocksAreCut(t *testing.T) {
	t.Parallel()
	for name, src := range sources() {
		a := plain.Import([]byte(src))
		for _, b := range a.Blocks {
			if s := b.In(a.Text); len(s) > 16<<10 || strings.TrimRight(s, " \n") != s {
				t.Fatalf("%s: a block of %d bytes", name, len(s))
			}
		}
	}
}

// For any file, the blocks cover the text, and a head is its beginning.
func FuzzImport(f *testing.F) {
	for _, s := range sources() {
		f.Add([]byte(s[:min(len(s), 2000)]), 100)
	}
	f.Fuzz(func(t *testing.T, b []byte, limit int) {
		if limit < 1 || limit > 1<<20 {
			return
		}
		whole, head := plain.Import(b), plain.Head(b, limit)
		for _, a := range []*articles.Article{whole, head} {
			if err := a.Check(); err != nil {
				t.Error(err)
			}
		}
		n := len(head.Blocks)
		if !strings.HasPrefix(whole.Text, head.Text) || n > len(whole.Blocks) || n > 0 && !reflect.DeepEqual(head.Blocks, whole.Blocks[:n]) {
			t.Errorf("%d blocks, %d bytes, not those of the whole", n, len(head.Text))
		}
	})
}

func BenchmarkImport(b *testing.B) {
	for name, src := range map[string][]byte{
		"paragraphs": bytes.Repeat([]byte("Ann Lee said that the harbour would stay open, whatever it cost.\n\n"), 10<<20/66),
		"no line":    bytes.Repeat([]byte("word and word "), 10<<20/14),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(src)))
			var a *articles.Article
			for b.Loop() {
				a = plain.Import(src)
			}
			if len(a.Blocks) == 0 {
				b.Fatal("nothing was imported")
			}
		})
	}
}
