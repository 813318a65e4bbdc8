package syntax_test

import (
	"strings"
	"testing"
	"time"

	"byline/ui/textview/syntax"
)

const ample = 20 * time.Second

// parts returns the pieces of a part, between bars.
func parts(code string, ps []syntax.Piece, want syntax.Part) string {
	var out []string
	at := 0
	for _, p := range ps {
		if p.Part == want {
			out = append(out, code[at:p.End])
		}
		at = p.End
	}
	return strings.Join(out, "|")
}

func TestPieces(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		language, code                   string
		keyword, name, str, num, comment string
	}{
		{"go", "// say speaks.\nfunc say() int {\n\treturn 42\n}", "func|int|return", "say", "", "42", "// say speaks.\n"},
		{"python", "def add(a):\n    return a + 1  # größer\n", "def|return", "add", "", "1", "# größer"},
		{"js", "const s = 'käse' // x", "const", "", "'käse'", "", "// x"},
		{"json", `{"press": 1.5}`, `"press"`, "", "", "1.5", ""},
		{"Bash", "if true; then echo \"on\"; fi", "if|then|fi", "echo", `"on"`, "", ""},
	} {
		ps := syntax.Pieces(c.code, c.language, ample)
		for part, want := range map[syntax.Part]string{
			syntax.Keyword: c.keyword, syntax.Name: c.name, syntax.String: c.str, syntax.Number: c.num, syntax.Comment: c.comment,
		} {
			if got := parts(c.code, ps, part); strings.TrimSpace(got) != strings.TrimSpace(want) {
				t.Errorf("%s, part %d: %q, not %q", c.language, part, got, want)
			}
		}
		if len(ps) < 2 || ps[len(ps)-1].End != len(c.code) {
			t.Errorf("%s: the pieces %v do not cover %d bytes", c.language, ps, len(c.code))
		}
	}
}

func TestPiecesOfNothing(t *testing.T) {
	t.Parallel()
	for _, c := range [][2]string{{"x := 1", ""}, {"x := 1", "klingonscript"}, {"", "go"}, {strings.Repeat("x", 2000), "go"}} {
		if ps := syntax.Pieces(c[0], c[1], ample); len(ps) > 0 {
			t.Errorf("%.20q in %q: %v", c[0], c[1], ps)
		}
	}
	if ps := syntax.Pieces("x := 1", "go", 0); len(ps) > 0 {
		t.Errorf("without time: %v", ps)
	}
}

func FuzzPieces(f *testing.F) {
	f.Add("func a() { \"\xff\r\n", "go")
	f.Add("<a href='x'>\u0000</a>", "html")
	f.Add("key: |\n  x", "yaml")
	f.Fuzz(func(t *testing.T, code, language string) {
		at := 0
		for _, p := range syntax.Pieces(code, language, ample) {
			if p.End <= at || p.End > len(code) {
				t.Fatalf("%q in %q: a piece from %d to %d", code, language, at, p.End)
			}
			at = p.End
		}
	})
}
