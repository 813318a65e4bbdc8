package cli

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

func TestLines(t *testing.T) {
	long := strings.Repeat("x", 100_000)
	var got []string
	for l := range lines(strings.NewReader("one\n\n  \ntwo\r\n"+long+"\n"+long[:70_000]+"\nlast"), 80_000) {
		switch {
		case errors.Is(l.err, errLongLine):
			got = append(got, "too long")
		case l.err != nil:
			t.Errorf("line %d: %v", l.n, l.err)
		default:
			got = append(got, string(l.line[:min(4, len(l.line))]))
		}
	}
	if want := []string{"one", "two\r", "too long", "xxxx", "last"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// A stream that breaks yields what came before and then the error, once.
func TestLinesOfABrokenStream(t *testing.T) {
	broken := errors.New("cable pulled")
	var got []string
	for l := range lines(io.MultiReader(strings.NewReader("one\ntw"), iotest.ErrReader(broken)), 100) {
		if l.err != nil && !errors.Is(l.err, broken) {
			t.Errorf("%v", l.err)
		}
		got = append(got, string(l.line))
	}
	if want := []string{"one", "tw"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestParseRecord(t *testing.T) {
	r, err := parseRecord([]byte(`{"id": 12.50, "title": "A", "text": "", "more": [1]}`))
	if err != nil || r.ID != "12.50" || r.Title != "A" || *r.Text != "" {
		t.Errorf("%+v, %v", r, err)
	}
	r, err = parseRecord([]byte(`{"id": "a\u0041", "text": "x"}`))
	if err != nil || r.ID != "aA" {
		t.Errorf("%+v, %v", r, err)
	}
	for _, line := range []string{`{"id": 1}`, `[]`, `{`, `"x"`, `null`, `{"id": {}, "text": "x"}`, `{"text": 3}`} {
		if r, err := parseRecord([]byte(line)); err == nil {
			t.Errorf("%s is taken: %+v", line, r)
		}
	}
}
