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
	for in, want := range map[string]string{
		"plain\ntext":                 "plain\ntext",
		"\ufeffAnn\r\nLee\rwas\there": "Ann\nLee\nwas here",
		"a\x1b[31mb":                  "a\ufffd[31mb",
		"a\u009b31mb\x7f":             "a\ufffd31mb\ufffd",
		"bi\u202edi\u2066x\u200f":     "bi\ufffddi\ufffdx\ufffd",
		"ze\u200bro so\u00adft\u2060": "ze\ufffdro so\ufffdft\ufffd",
		"para\u2029line\u2028":        "para\ufffdline\ufffd",
		"tag\U000e0041":               "tag\ufffd",
		"\xff\xc3(":                   "\ufffd\ufffd(",
		"👩\u200d🔬 ❤\ufe0f می\u200cخواهم":   "👩\u200d🔬 ❤\ufe0f می\u200cخواهم",
		"e" + strings.Repeat("\u0301", 10): "e" + strings.Repeat("\u0301", 8) + "\ufffd\ufffd",
		"mid\ufeffdle":                     "mid\ufffddle",
	} {
		if got := clean.Text([]byte(in)); got != want {
			t.Errorf("Text(%q) = %q, want %q", in, got, want)
		}
	}
	if got := clean.Line("two\nlines\r\n\x1b"); got != "two lines \ufffd" {
		t.Errorf("Line: %q", got)
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"", "a\x1b]0;x\x07", "\xef\xbb\xbf\r\r\n", "e\u0301\u200d\u0301", "\u202e\U000e0001"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		got := clean.Text(b)
		if !utf8.ValidString(got) {
			t.Fatalf("%q is no UTF-8", got)
		}
		for _, r := range got {
			switch {
			case r == '\n', r == 0x200d, r == 0x200c:
			case unicode.Is(unicode.C, r) && !unicode.Is(unicode.Co, r) && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Cs), r == 0x2028, r == 0x2029:
				t.Fatalf("%q lets %U through", got, r)
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

func BenchmarkText(b *testing.B) {
	for name, unit := range map[string]string{
		"ascii":  "Ann Lee said that the harbour would stay open. ",
		"latin":  "“Zoë Müller” said the café at São João would stay open. ",
		"arabic": "قالت آن لي إن الميناء سيبقى مفتوحا. ",
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
