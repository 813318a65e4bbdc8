package textview

import (
	"fmt"
	"strings"
	"testing"

	"byline/articles"

	"github.com/charmbracelet/x/ansi"
)

// pageOf returns all rows of a document without styles and blanks at the end.
func pageOf(d Doc, width int) string {
	v := all(d, width, ansi.WcWidth)
	lines := v.Lines()
	for i, l := range lines {
		l = ansi.Strip(l)
		lines[i] = strings.TrimRight(l[min(2, len(l)):], " ")
	}
	return strings.Join(lines, "\n")
}

// ballot is a table of five columns, one of them of sentences.
func ballot() *builder {
	b := &builder{}
	b.row("Ward | Candidate | Party | Votes | What the clerk noted", "llrrl")
	b.row("Harbour | Ines Calder | Tidewater League | 1,204 | counted twice, since a box had been left in the chapel overnight", "")
	b.row("Upper Town | Joss Merriweather | Independent | 987 | no remarks", "")
	return b
}

func TestTableKeepsColumns(t *testing.T) {
	t.Parallel()
	for _, width := range []int{62, 80, 100, 140, 200} {
		d := ballot().doc()
		got := pageOf(d, width)
		for _, line := range strings.Split(got, "\n") {
			if strings.Count(line, "│")+strings.Count(line, "┼") != 4 {
				t.Errorf("width %d: no columns in %q", width, line)
			}
		}
		for _, w := range words(d.Text) {
			if !strings.Contains(got, w.In(d.Text)) {
				t.Errorf("width %d: %q is torn", width, w.In(d.Text))
			}
		}
	}
}

func TestNarrowTableIsRecords(t *testing.T) {
	t.Parallel()
	want := `Ward:            Harbour
Candidate:       Ines Calder
Party:           Tidewater League
Votes:           1,204
What the clerk   counted twice, since
noted:           a box had been left
                 in the chapel
                 overnight

Ward:            Upper Town
Candidate:       Joss Merriweather
Party:           Independent
Votes:           987
What the clerk   no remarks
noted:`
	if got := pageOf(ballot().doc(), 40); got != want {
		t.Errorf("got\n%s\nnot\n%s", got, want)
	}
	want = `Ward:
  Harbour
Candidate:
  Ines Calder`
	if got := pageOf(ballot().doc(), 22); !strings.HasPrefix(got, want) {
		t.Errorf("got\n%s\nnot\n%s", got, want)
	}
}

func TestRecordsWithoutHead(t *testing.T) {
	t.Parallel()
	b := &builder{}
	b.row("Harbour | Ines Calder of the Tidewater League | counted twice", "")
	b.row("Upper Town |  | no remarks", "")
	want := "Harbour\nInes Calder of the\nTidewater League\ncounted twice\n\nUpper Town\nno remarks"
	if got := pageOf(b.doc(), 22); got != want {
		t.Errorf("got\n%s\nnot\n%s", got, want)
	}
}

// TestLongTableHasOneShape checks that the pieces that a long table is drawn in have the same
// columns, and that each record has the names of its columns.
func TestLongTableHasOneShape(t *testing.T) {
	t.Parallel()
	b := &builder{}
	b.row("Ward | Votes | Note", "lrl")
	for i := range 300 {
		b.row(fmt.Sprintf("Ward %d | %d | %s", i, i*i, strings.Repeat("again and ", i%9)), "")
	}
	d := b.doc()
	v := all(d, 70, ansi.WcWidth)
	if len(v.groups) < 3 {
		t.Fatalf("only %d groups", len(v.groups))
	}
	first := -1
	for i, line := range strings.Split(pageOf(d, 70), "\n") {
		at := strings.IndexAny(line, "│┼")
		at = ansi.StringWidth(line[:max(0, at)])
		if first < 0 {
			first = at
		}
		if at != first {
			t.Fatalf("line %d: %q, the first column is %d wide and not %d", i, line, at, first)
		}
	}
	if n := strings.Count(pageOf(d, 20), "Votes:"); n != 300 {
		t.Errorf("%d records have the name of a column, not 300", n)
	}
}

// TestCellsBreakWhereTheSourceDoes checks line ends in cells, columns of figures at the right,
// and wide characters.
func TestCellsBreakWhereTheSourceDoes(t *testing.T) {
	t.Parallel()
	b := &builder{}
	b.row("Town | Votes", "lr")
	b.row("大阪 and\nmore | 7", "")
	b.row("Orrin | 1,200", "")
	want := "Town     │ Votes\n─────────┼──────\n大阪 and │     7\nmore     │\nOrrin    │ 1,200"
	if got := pageOf(b.doc(), 60); got != want {
		t.Errorf("got\n%s\nnot\n%s", got, want)
	}
}

// TestBarsOfTables checks that the gutter marks those rows of a table only that show a part of
// what is marked, although each row has parts of all columns.
func TestBarsOfTables(t *testing.T) {
	t.Parallel()
	b := &builder{}
	b.row("Ward | What the clerk noted", "ll")
	b.row("Harbour and the old chapel | counted twice, since a box had been left in the chapel overnight", "")
	d := b.doc()
	v := all(d, 34, ansi.WcWidth)
	start := strings.Index(d.Text, "the old chapel")
	v.SetGutter(0, []GutterMark{{articles.Span{Start: start, End: start + len("the old chapel")}, &Bar{Sign: "┃"}}})
	for _, line := range v.Lines() {
		line = ansi.Strip(line)
		marked := strings.HasPrefix(line, "┃")
		if want := strings.Contains(line, "and the") || strings.Contains(line, "old chapel"); marked != want {
			t.Errorf("a bar: %v, at %q", marked, line)
		}
	}
}
