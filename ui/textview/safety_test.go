package textview

import (
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"byline/articles"

	"github.com/charmbracelet/x/ansi"
)

var ours = regexp.MustCompile("\x1b\\[[0-9;:]*m|\x1b]8;;(?:(?:https?|mailto):[!-~]*)?\a")

// checkSafe checks that a frame consists of printable runes, SGR and our own links.
func checkSafe(t *testing.T, v *View) {
	t.Helper()
	for _, l := range v.Lines() {
		if !utf8.ValidString(l) {
			t.Fatalf("invalid UTF-8: %q", l)
		}
		if i := strings.IndexFunc(ours.ReplaceAllString(l, ""), unfit); i >= 0 {
			t.Fatalf("not fit for a terminal: %q", l)
		}
		if w := v.method.StringWidth(l); w != v.width {
			t.Fatalf("%d cells for %d: %q", w, v.width, l)
		}
	}
}

// unfit is written independently of the code that it tests.
func unfit(r rune) bool {
	return unicode.IsControl(r) || strings.ContainsRune("\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\u2028\u2029\ufeff\u00ad", r) || r >= 0xe0000 && r < 0xe0080
}

var hostile = []string{
	"plain", "", "\n\n", "a\tb\r\nc", "\x1b[31mred\x1b[m", "\x1b]52;c;aGk=\a", "\x1bPq\x1b\\", "\x1b_G\x1b\\", "\u009b31m", "&#27;]0;x&#7;", `\&#27;`,
	"\u202egnp.exe", "a\u200bb\u2060c\ufeffd", "\U000e0041\U000e007f", "x" + strings.Repeat("\u0301", 500), "\u0301\u0301", "\xff\xfe\xc3", "\xf0\x9f\x91", "👩\u200d👩\u200d👧\u200d👦\u200d", "\u200d\ufe0f",
	"{{.text}} {{printf \"%c\" 27}}", "\x1b]8;;http://x\x1b\\y\x1b]8;;\x1b\\", "\x1b]8;;0\axx\x1b]8;;\a", strings.Repeat("山", 300), strings.Repeat("x", 5000), "## a\n> b\n- c\n| d | e |", "ก\u0e33\u0e33 क\u094d\u0937\u094d\u0937", "\u1100\u1161\u11a8\u1100", "a\x00b\x7fc",
}

// hostileDoc turns a text into a document with all kinds of blocks.
func hostileDoc(text string, seed byte) Doc {
	d := Doc{Text: text, Rich: seed%4 != 0}
	at := 0
	for i, line := range strings.SplitAfter(text, "\n") {
		k := int(seed) + i*7
		s := sp(at, at+len(strings.TrimSuffix(line, "\n")))
		at += len(line)
		b := articles.Block{Span: s, Kind: articles.BlockKind(k % 7), Level: k%9 - 1, Quote: max(0, k%11-6), Marker: line, Variant: line}
		if k%3 == 0 {
			b.Marker = "•"
		}
		if mid := s.Start + s.Len()/2; k%2 == 0 {
			b.Cells = []articles.Span{sp(s.Start, mid), sp(mid, s.End), sp(mid, s.End+5)}
		}
		d.Blocks = append(d.Blocks, b)
		d.Inline = append(d.Inline, articles.Inline{Span: sp(s.Start, s.Start+s.Len()*2/3), Kind: articles.InlineKind(k % 5), Target: []string{"https:", "http://", "mailto:", ""}[k%4] + line})
	}
	return d
}

func FuzzSafeOutput(f *testing.F) {
	for i, h := range hostile {
		f.Add(h, byte(i), uint8(30))
		f.Add(strings.Join(hostile[:i], "\n"), byte(i*3), uint8(5+i*3))
	}
	f.Fuzz(func(t *testing.T, text string, seed byte, width uint8) {
		if len(text) > 1<<13 {
			return
		}
		v := New()
		v.SetWidthMethod(ansi.Method(seed % 2))
		v.SetDoc(hostileDoc(text, seed))
		v.SetStyles(benchLooks)
		v.SetMarks(0, every(len(text), 20))
		v.SetGutter(0, []GutterMark{{Span: sp(0, len(text)), Bar: &Bar{Sign: text}}})
		v.Resize(int(width), 30)
		checkSafe(t, v)
		v.ScrollTo(len(text), End)
		checkSafe(t, v)
		v.Resize(60, 30)
		checkSafe(t, v)
		v.OffsetAt(7, 7)
		v.Below(len(text) / 2)
	})
}
