package records

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

// objects lists what a file holds, an error as "!".
func objects(r io.Reader) []string {
	var out []string
	for raw, err := range Objects(r) {
		if err != nil {
			raw = []byte("!")
		}
		out = append(out, string(raw))
	}
	return out
}

func TestObjects(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file string
		want []string
	}{
		"nothing":                {"", nil},
		"blanks":                 {" \n\n", nil},
		"one":                    {`{"a":1}`, []string{`{"a":1}`}},
		"a list":                 {"[{},\n {\"a\":[1]}]\n", []string{"{}", `{"a":[1]}`}},
		"an empty list":          {"[]", nil},
		"a list that breaks off": {`[{},{`, []string{"{}", "!"}},
		"a list without its end": {`[{},{}`, []string{"{}", "{}"}}, // what is there is whole
		"lines":                  {"{}\n\n{\"a\":2}", []string{"{}", `{"a":2}`}},
		"lines, one broken":      {"{}\n{broken\n{\"a\":2}\n", []string{"{}", "{broken", `{"a":2}`}},
		"over several lines":     {"{\n\"a\":1\n}\n{\n}", []string{"{\n\"a\":1\n}", "{\n}"}},
		"behind a mark":          {"\ufeff {}\n", []string{"{}"}},
		"a list behind a mark":   {"\ufeff[{}]", []string{"{}"}},
	} {
		if got := objects(strings.NewReader(c.file)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		if got := objects(iotest.OneByteReader(strings.NewReader(c.file))); !slices.Equal(got, c.want) {
			t.Errorf("%s, byte by byte: %q, want %q", name, got, c.want)
		}
	}
	if got := objects(iotest.ErrReader(errors.New("cable pulled"))); !slices.Equal(got, []string{"!"}) {
		t.Errorf("a file that cannot be read: %q", got)
	}
	for range Objects(strings.NewReader("{}\n{}\n")) {
		break // and nothing is yielded after that
	}
}

func TestLine(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 5000)
	r := bufio.NewReaderSize(strings.NewReader("a\n\n"+long+"\nend"), 16)
	for _, want := range []string{"a\n", "\n", long + "\n"} {
		if line, err := Line(r); string(line) != want || err != nil {
			t.Errorf("%.20q, %v, want %.20q", line, err, want)
		}
	}
	if line, err := Line(r); string(line) != "end" || !errors.Is(err, io.EOF) {
		t.Errorf("%q, %v at the end", line, err)
	}
}

func TestAtLine(t *testing.T) {
	t.Parallel()
	for data, want := range map[string]string{
		"{\n\"a\":\n}":      "line 3: invalid",
		"{\n\"A\":\"x\"}":   "line 2: a is a string, not a number",
		"{\n\"A\":1\n":      "line 3: ",
		"{\"A\":1, \"B\"!}": "line 1: invalid",
	} {
		var v struct{ A int }
		err := json.Unmarshal([]byte(data), &v)
		if err = AtLine(err, []byte(data)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s…", data, err, want)
		}
	}
	if err := AtLine(io.ErrUnexpectedEOF, []byte("{\n")); err.Error() != "line 2: it ends too early" {
		t.Error(err)
	}
	if err := AtLine(io.ErrClosedPipe, nil); !errors.Is(err, io.ErrClosedPipe) {
		t.Error(err)
	}
	for off, want := range map[int64]int{-1: 1, 0: 1, 2: 2, 99: 3} {
		if got := LineAt([]byte("a\nb\n"), off); got != want {
			t.Errorf("offset %d: line %d, want %d", off, got, want)
		}
	}
}

// A number that does not fit is shown.
func TestPlainNumbers(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{"n":3.5}`:                    "n is 3.5, not a whole number",
		`{"n":3e2}`:                    "n is 3e2, not a whole number",
		`{"n":1180591620717411303424}`: "n is 1180591620717411303424, which is too large",
		`{"f":1e999}`:                  "f is 1e999, which is too large",
		`{"n":"3"}`:                    "n is a string, not a number",
	} {
		var v struct {
			N int     `json:"n"`
			F float64 `json:"f"`
		}
		if err := Plain(json.Unmarshal([]byte(text), &v)); err == nil || err.Error() != want {
			t.Errorf("%s: %v", text, err)
		}
	}
}
