package textview

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"byline/articles"

	"github.com/charmbracelet/x/ansi"
)

// TestGroupsHoldAllLetters checks that groups are in order, do not overlap, and leave out nothing
// but white space.
func TestGroupsHoldAllLetters(t *testing.T) {
	t.Parallel()
	docs := []Doc{story(), long(true), long(false), richDoc(40 << 10), {Text: plainText(40 << 10)},
		{Text: strings.Repeat("山田", 20<<10)}, {Text: strings.Repeat("word ", 20<<10), Rich: true},
		{Text: "lost\n\nfound\nlost", Rich: true, Blocks: []articles.Block{{Span: sp(6, 11)}, {Span: sp(8, 11)}, {Span: sp(12, 99)}}}}
	for i, h := range hostile {
		docs = append(docs, hostileDoc(h, byte(i)), hostileDoc(strings.Join(hostile, "\n"), byte(i)))
	}
	for i, d := range docs {
		at := 0
		for _, g := range cut(&d) {
			if g.Start < at || g.End < g.Start || g.Len() > longBytes+plainBytes {
				t.Fatalf("document %d: a group of %v after %d", i, g.Span, at)
			}
			if s := d.Text[at:g.Start]; strings.TrimSpace(s) != "" {
				t.Fatalf("document %d: %q is in no group", i, s)
			}
			at = g.End
		}
		if s := strings.TrimFunc(d.Text[at:], unicode.IsSpace); s != "" {
			t.Fatalf("document %d: %q is in no group", i, s)
		}
	}
}

// TestLongListsAndTablesHaveNoSeam checks that neither a blank line nor a wrong number shows where
// a list or table was cut for drawing.
func TestLongListsAndTablesHaveNoSeam(t *testing.T) {
	t.Parallel()
	b := &builder{}
	for i := range 300 {
		b.li(1, fmt.Sprint(i+1, "."), fmt.Sprintf("item {b %d} of a list that is so long that nobody reads to its end, and which goes on all the same", i+1))
	}
	for i := range 300 {
		b.row(fmt.Sprintf("row %d | Northern Holdings", i+1), "")
	}
	v := all(b.doc(), 120, ansi.GraphemeWidth)
	if len(v.groups) < 10 {
		t.Errorf("only %d groups", len(v.groups))
	}
	lines := strings.Split(screenText(v), "\n")
	for i := range 300 {
		if want := fmt.Sprintf("  %d. item %d of", i+1, i+1); !strings.HasPrefix(lines[i], want) {
			t.Fatalf("line %d is %q", i, lines[i])
		}
		if want := fmt.Sprintf(" row %d ", i+1); !strings.Contains(lines[i+301], want) {
			t.Fatalf("line %d is %q", i+301, lines[i+301])
		}
	}
}

func TestTableInQuote(t *testing.T) {
	t.Parallel()
	b := &builder{}
	b.quote(2, "Said she:")
	b.row("Year | Copies", "lr").row("1998 | 4,100", "").row("2024 | 970", "")
	for i := range b.blocks {
		b.blocks[i].Quote = 2
	}
	v := all(b.doc(), 40, ansi.WcWidth)
	want := `  │ │ Said she:
  │ │
  │ │ Year │ Copies
  │ │ ─────┼───────
  │ │ 1998 │  4,100
  │ │ 2024 │    970
`
	if got := screenText(v); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
