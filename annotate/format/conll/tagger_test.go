package conll

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"
)

// capitals tags capitalized words, and counts its calls and tokens.
type capitals struct{ documents, tokens, most int }

func (c *capitals) tag(sentences [][]string) [][]string {
	c.documents++
	n := 0
	var out [][]string
	for _, s := range sentences {
		n += len(s)
		tags := make([]string, len(s))
		for i, w := range s {
			tags[i] = "O"
			if w[0] >= 'A' && w[0] <= 'Z' {
				tags[i] = "B-PER"
			}
		}
		out = append(out, tags)
	}
	c.tokens += n
	c.most = max(c.most, n)
	return out
}

func TestTagIOB2(t *testing.T) {
	t.Parallel()
	const in = "\n-DOCSTART- -X- -X- O\n\nAnn NNP I-NP B-PER\nran\tVBD\n\n\nBo\r\n\r\n-DOCSTART-\nno\u00a0break\nCy"
	const want = "\n-DOCSTART-\tO\n\nAnn\tB-PER\nran\tO\n\n\nBo\tB-PER\n\n-DOCSTART-\tO\nno\u00a0break\tO\nCy\tB-PER\n"
	var b bytes.Buffer
	c := &capitals{}
	if err := TagIOB2(iotest.OneByteReader(strings.NewReader(in)), &b, c.tag); err != nil {
		t.Fatal(err)
	}
	if b.String() != want || c.documents != 2 {
		t.Errorf("%d documents: %q", c.documents, b.String())
	}
}

// A file may be of any length, with or without separators of documents and sentences.
func TestTagIOB2Bounded(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		line       string
		times, max int
	}{
		"no documents":       {"Ann\nran\n.\n\n", 20_000, storyTokens + 3},
		"no sentences":       {"Ann\n", 50_000, sentenceTokens},
		"one long document":  {"Ann\nran\n.\n\n", 100_000, documentTokens + 3},
		"nothing but blanks": {"\n", 300_000, 0},
	} {
		in := strings.Repeat(c.line, c.times)
		if name == "one long document" {
			in = docStart + "\n\n" + in
		}
		var b bytes.Buffer
		counted := &capitals{}
		if err := TagIOB2(strings.NewReader(in), &b, counted.tag); err != nil {
			t.Fatal(err)
		}
		if counted.most > c.max || strings.Count(b.String(), "\n") != strings.Count(in, "\n") {
			t.Errorf("%s: %d tokens at once, %d lines of %d", name, counted.most, strings.Count(b.String(), "\n"), strings.Count(in, "\n"))
		}
	}
}

func TestTagIOB2Errors(t *testing.T) {
	t.Parallel()
	wrong := func([][]string) [][]string { return [][]string{{"O", "O", "O"}} }
	broken := errors.New("cable pulled")
	for want, err := range map[string]error{
		"line 3: starts with a space; the first column must be the token": TagIOB2(strings.NewReader("a\n\n b\n"), &bytes.Buffer{}, wrong),
		"2 tokens got 3 tags":        TagIOB2(strings.NewReader("a\nb\n"), &bytes.Buffer{}, wrong),
		"line 2: it is longer":       TagIOB2(strings.NewReader("a\n"+strings.Repeat("x", longestLine+1)), &bytes.Buffer{}, wrong),
		"after line 0: cable pulled": TagIOB2(iotest.ErrReader(broken), &bytes.Buffer{}, wrong),
	} {
		if err == nil || !strings.Contains(fmt.Sprint(err), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// Every line keeps its place and its token.
func FuzzTagIOB2(f *testing.F) {
	f.Add("Ann NNP\n\n-DOCSTART-\nBo\n")
	f.Add("\n\n\t\n-DOCSTART- -X-\r\na\r\n")
	f.Fuzz(func(t *testing.T, in string) {
		var b bytes.Buffer
		if TagIOB2(strings.NewReader(in), &b, (&capitals{}).tag) != nil {
			return
		}
		want := strings.Split(strings.TrimSuffix(in, "\n"), "\n")
		got := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
		if len(got) != len(want) {
			t.Fatalf("%d lines of %d", len(got), len(want))
		}
		for i, line := range want {
			token, _, _ := strings.Cut(got[i], "\t")
			if !strings.HasPrefix(line, token) || token == "" && strings.TrimSpace(line) != "" {
				t.Fatalf("%q became %q", line, got[i])
			}
		}
	})
}
