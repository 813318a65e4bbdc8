package paste_test

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"byline/ui/paste"
)

// All gets through but what is beyond the limit of each paste, however the bytes come.
func TestLimit(t *testing.T) {
	t.Parallel()
	const begin, end = "\x1b[200~", "\x1b[201~"
	for name, x := range map[string]struct{ in, want string }{
		"keys":                  {"jk\x1b\x1b[A\x1b[200\x1b[20", "jk\x1b\x1b[A\x1b[200\x1b[20"},
		"a short paste":         {"a" + begin + "12345" + end + "b", "a" + begin + "12345" + end + "b"},
		"as long as may be":     {begin + "1234567890" + end + "b", begin + "1234567890" + end + "b"},
		"one longer":            {begin + "12345678901" + end + "b", begin + "1234567890" + end + "b"},
		"far longer":            {"a" + begin + strings.Repeat("1234567890", 10_000) + end + "b" + begin + "c" + end, "a" + begin + "1234567890" + end + "b" + begin + "c" + end},
		"what ends none in it":  {begin + "12345678\x1b[20x\x1b[\x1b[200~\x1b[2011" + end + "b", begin + "12345678\x1b[" + end + "b"},
		"its end in the limit":  {begin + "123456" + end + "b", begin + "123456" + end + "b"},
		"another esc before it": {begin + strings.Repeat("1", 30) + "\x1b" + end + "b", begin + "1111111111" + end + "b"},
		"without end":           {begin + strings.Repeat("1", 100_000), begin + "1111111111"},
	} {
		for how, r := range map[string]io.Reader{"at once": strings.NewReader(x.in), "byte by byte": iotest.OneByteReader(strings.NewReader(x.in)), "with its end": iotest.DataErrReader(strings.NewReader(x.in))} {
			got, err := io.ReadAll(paste.Limit(r, 10))
			if err != nil || string(got) != x.want {
				t.Errorf("%s, %s: %q, %v, not %q", name, how, got, err, x.want)
			}
		}
	}
}
