package serve

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// Keys of a terminal become lines, which it shows; letters that come in pieces are one.
func TestLines(t *testing.T) {
	t.Parallel()
	for keys, want := range map[string][2]string{
		"ab\rc\n":                    {"ab\nc\n", "ab\nc\n"},
		"ab\r\nc\r":                  {"ab\nc\n", "ab\nc\n"},
		"abc\x7f\x7fd\r":             {"ad\n", "abc\b \b\b \bd\n"},
		"\x7f\b\r":                   {"\n", "\n"},
		"東京\x7f\r":                   {"東\n", "東京\b \b\b \b\n"},
		"f one two\x17\r":            {"f one \n", "f one two\b \b\b \b\b \b\n"},
		"abc\x15x\r":                 {"x\n", "abc\b \b\b \b\b \bx\n"},
		"a\x1b[Ab\x1bOPc\x1b[200~\r": {"abc\n", "abc\n"}, // an arrow, f1, a paste
		"a\x00\x1f\u009b\xffb\r":     {"ab\n", "ab\n"},
		"ab\x03cd\r":                 {"", "ab"},
		"ab\r\x04cd\r":               {"ab\n", "ab\n"},
		"ab\x04\r":                   {"ab\n", "ab\n"}, // not at the beginning of a line
		"no end":                     {"", "no end"},
	} {
		for _, in := range []io.Reader{strings.NewReader(keys), iotest.OneByteReader(strings.NewReader(keys))} {
			var echo bytes.Buffer
			s := &Session{In: in, Out: &echo, Terminal: newTerminal("dumb", 0, 0)}
			got, err := io.ReadAll(s.Lines())
			if string(got) != want[0] || echo.String() != want[1] || err != nil {
				t.Errorf("%q: %q, shown as %q, %v", keys, got, echo.String(), err)
			}
		}
	}
	in := strings.NewReader("x")
	if got := (&Session{In: in}).Lines(); got != in {
		t.Error("without a terminal, the input is another")
	}
}

func FuzzLines(f *testing.F) {
	f.Add([]byte("ab\x1b[A\x7f\r"))
	f.Fuzz(func(t *testing.T, keys []byte) {
		var echo bytes.Buffer
		s := &Session{In: bytes.NewReader(keys), Out: &echo, Terminal: newTerminal("dumb", 0, 0)}
		got, err := io.ReadAll(s.Lines())
		if err != nil || bytes.ContainsAny(got, "\x1b\x7f\r\x00") || bytes.ContainsAny(echo.Bytes(), "\x1b\x7f\x07") {
			t.Errorf("%q: %q, shown as %q, %v", keys, got, echo.Bytes(), err)
		}
	})
}
