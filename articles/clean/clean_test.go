package clean_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"byline/articles/clean"
)

func TestText(t *testing.T) {
	t.Parallel()
	many := func(s string, n int) string { return strings.Repeat(s, n) }
	for in, want := range map[string]string{
		"plain\ntext":                     "plain\ntext",
		"\ufeffAnn\r\nLee\rwas\there":     "Ann\nLee\nwas here",
		"a\x1b[31mb":                      "a\ufffd[31mb",
		"a\u009b31mb\x7f":                 "a\ufffd31mb\ufffd",
		"bi\u202edi\u2066x\u200f":         "bi\ufffddi\ufffdx\ufffd",
		"ze\u200bro so\u00adft\u2060":     "ze\ufffdro so\ufffdft\ufffd",
		"para\u2029line\u2028":            "para\ufffdline\ufffd",
		"tag\U000e0041 \ufff9note\ufffb":  "tag\ufffd \ufffdnote\ufffd",
		"\xff\xc3(":                       "\ufffd\ufffd(",
		"mid\ufeffdle \ufffe\U0010ffff":   "mid\ufffddle \ufffd\ufffd",
		"👩\u200d🔬 ❤\ufe0f 1\ufe0f\u20e3":  "👩\u200d🔬 ❤\ufe0f 1\ufe0f\u20e3",
		"👩🏽\u200d❤\ufe0f\u200d💋\u200d👨🏻":  "👩🏽\u200d❤\ufe0f\u200d💋\u200d👨🏻",
		"می\u200cخواهم ක්\u200dරි":        "می\u200cخواهم ක්\u200dරි",
		"Pu\u200ctin Pu\u200dtin":         "Pu\ufffdtin Pu\ufffdtin",
		"葛\U000e0100 a\U000e0100":         "葛\U000e0100 a\ufffd",
		"☎\ufe0f\ufe0f \u00a0\ufe0f":      "☎\ufe0f\ufffd \u00a0\ufffd",
		"e" + many("\u0301", 10):          "e" + many("\u0301", 8) + "\ufffd\ufffd",
		"e" + many("\u1dc4\u20dd", 5):     "e" + many("\u1dc4\u20dd", 4) + "\ufffd\ufffd",
		"ב" + many("\u200d\u05b0", 5):     "ב" + many("\u200d\u05b0", 4) + "\ufffd\ufffd",
		many("👩\u200d", 12):               many("👩\u200d", 8) + many("👩\ufffd", 1) + many("👩\u200d", 3),
		"한국 " + "\u1112\u1161\u11ab":      "한국 " + "\u1112\u1161\u11ab",
		many("\u1100", 10):                many("\u1100", 8) + "\ufffd\u1100",
		"\u3164x\u115f \u0600 \u180e":     "\ufffdx\ufffd \ufffd \ufffd",
		"München — “naïve” \u00a0 Łódź €": "München — “naïve” \u00a0 Łódź €",
		"e\u0301 नमस्ते ภาษาไทย":          "e\u0301 नमस्ते ภาษาไทย",
	} {
		if got := clean.Text([]byte(in)); got != want {
			t.Errorf("Text(%q) = %q, want %q", in, got, want)
		}
	}
}

// In text from markup, what draws nothing is gone, and other programs' line ends are line ends.
func TestDrawn(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Don\u0092t \u0093say\u0094 it\u008f \u0096 ever": "Don’t “say” it – ever",
		"plain": "plain", "Jan Ro\u00adth of the Welt\u00adbank.\u200b": "Jan Roth of the Weltbank.", "\ufeffBom, \u2060joined": "Bom, joined", "by \u200e@ann\u200f\u202c": "by @ann",
		"one\u2028two\u2029three\u0085four": "one\ntwo\nthree\nfour", "Pu\u200ctin Pu\u200dtin": "Putin Putin", "\u200dx": "x",
		"می\u200cخواهم ක්\u200dරි 👩\u200d🔬": "می\u200cخواهم ක්\u200dරි 👩\u200d🔬", "München — “naïve” é €": "München — “naïve” é €", "\xff\u00ad": "\ufffd",
	} {
		got := clean.Drawn(in)
		if in == "\xff\u00ad" {
			got = clean.String(got)
		}
		if got != want {
			t.Errorf("Drawn(%q) = %q, want %q", in, got, want)
		}
		if again := clean.Drawn(got); again != got {
			t.Errorf("not idempotent: %q, %q", got, again)
		}
	}
}

func TestLine(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"two\nlines\r\n\x1b": "two lines \ufffd", "Ann Lee": "Ann Lee", "é\n": "é "} {
		if got := clean.Line(in); got != want {
			t.Errorf("Line(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestTarget(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		" http://example.org/a?b=c#d ": "http://example.org/a?b=c#d", "HTTPS://example.org": "https://example.org", "mailto:ann@example.org": "mailto:ann@example.org",
		"javascript:alert(1)": "", "file:///etc/passwd": "", "data:text/html,x": "", "http:///x": "", "//example.org": "", "http://e.org/\x1b[m": "", "http://e.org/\u202e": "http://e.org/%E2%80%AE",
		"http://e.org/" + strings.Repeat("a", 3000): "", "java\nscript:x": "", "http://münchen.example/": "http://m%C3%BCnchen.example/",
	} {
		if got := clean.Target(in); got != want {
			t.Errorf("Target(%q) = %q, want %q", in, got, want)
		}
	}
}

// printable defines clean text by Unicode's categories, and by the few runes without width that
// writing needs.
func printable(r rune) bool {
	if r == '\n' || r == 0x200c || r == 0x200d {
		return true
	}
	hides := unicode.In(r, unicode.Cc, unicode.Cf, unicode.Cs, unicode.Zl, unicode.Zp, unicode.Noncharacter_Code_Point)
	tag := r >= 0xe0000 && r <= 0xe00ff
	return !hides && !tag || unicode.Is(unicode.Co, r)
}

func FuzzText(f *testing.F) {
	for _, s := range []string{
		"", "a\x1b]0;x\x07", "\xef\xbb\xbf\r\r\n", "e\u0301\u200d\u0301", "\u202e\U000e0001", "葛\U000e0100\U000e0101", "\xff\ufe0f\u200d\u0301",
		"👩\u200d👩\u200d👩", "\u1100\u1100\u1161\u1160", strings.Repeat("\u0301\ufe0f\u200d", 20), strings.Repeat("ا\u200d", 20),
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		got := clean.Text(b)
		if !utf8.ValidString(got) {
			t.Fatalf("%q is no UTF-8", got)
		}
		const maxMarks = 8
		marks := 0
		for _, r := range got {
			if !printable(r) {
				t.Fatalf("%q lets %U through", got, r)
			}
			if marks++; !unicode.In(r, unicode.M) {
				marks = 0
			}
			if marks > maxMarks {
				t.Fatalf("%q has %d marks on one base", got, marks)
			}
		}
		if again := clean.Text([]byte(got)); again != got {
			t.Fatalf("not idempotent: %q, %q", got, again)
		}
		want := bytes.ReplaceAll(bytes.TrimPrefix(b, []byte("\ufeff")), []byte("\r\n"), []byte("\n"))
		if n, m := utf8.RuneCountInString(got), utf8.RuneCount(want); n != m {
			t.Fatalf("%d code points become %d", m, n)
		}
	})
}

func BenchmarkClean(b *testing.B) {
	for name, unit := range map[string]string{
		"ascii":  "Ann Lee said that the harbour would stay open. ",
		"latin":  "“Zoë Müller” said the café at São João would stay open. ",
		"arabic": "قالت آن لي إن الميناء سيبقى مفتوحا. ",
		"han":    "記者協會表示，港口將繼續開放。",
		"marks":  "e\u0301\u0302\u0303",
	} {
		text := []byte(strings.Repeat(unit, 10<<20/len(unit)))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				clean.Text(text)
			}
		})
	}
}
