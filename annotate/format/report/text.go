package report

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/format/standoff"
	"byline/articles"
)

// A nameMark sets off a name in the text.
type nameMark struct {
	articles.Span
	open, close string // "**" or "*" twice, or the parts of a link
	link        bool
}

// marksOf returns the marks of the names of people, organizations and types of the user's
// own, and of places and other names that a person decided on. They neither overlap nor touch.
func marksOf(es []*annotate.Entity) []nameMark {
	var all []nameMark
	for _, e := range es {
		sign := "*"
		switch {
		case e.Type == annotate.Person:
			sign = "**"
		case e.Type.Aside() && !isDecided(e):
			continue
		}
		for _, m := range e.Mentions {
			if standoff.Alive(m) && m.Form == annotate.Name {
				all = append(all, nameMark{m.Span, sign, sign, false})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b nameMark) int { return a.Compare(b.Span) })
	kept := all[:0]
	for _, k := range all {
		if len(kept) == 0 || k.Start > kept[len(kept)-1].End {
			kept = append(kept, k)
		}
	}
	return kept
}

// isDecided reports whether a person decided on e: on its type, its name, or one of its mentions.
func isDecided(e *annotate.Entity) bool {
	return e.Origin.Human || slices.ContainsFunc(e.Mentions, func(m annotate.Mention) bool {
		return standoff.Alive(m) && (m.State == annotate.Confirmed || m.Origin.Human)
	})
}

// text writes the blocks of the article.
func (m *markdown) text() {
	t := &textWriter{markdown: m, refs: m.references()}
	blocks := m.a.Blocks
	if len(blocks) == 0 {
		blocks = standoff.Paragraphs(m.a.Text)
	}
	for i := range blocks {
		t.block(&blocks[i])
	}
	t.WriteString(t.b.String())
}

// A reference is the number of a quote and where the quote ends.
type reference struct{ at, number int }

func (m *markdown) references() []reference {
	out := make([]reference, len(m.quotes))
	for i, q := range m.quotes {
		out[i] = reference{q.End, i + 1}
	}
	slices.SortStableFunc(out, func(a, b reference) int { return cmp.Compare(a.at, b.at) })
	return out
}

// A textWriter writes the text of a document.
type textWriter struct {
	*markdown
	refs    []reference // not yet written
	b       strings.Builder
	last    *articles.Block
	columns int   // columns of the current table
	indents []int // indentation of the content of each open list, in cells
}

// block writes a block and what separates it from the one before.
func (t *textWriter) block(k *articles.Block) {
	tight := t.separate(k)
	if k.Kind != articles.Item || t.last != nil && t.last.Quote != k.Quote {
		t.indents = nil
	}
	t.last = k
	switch k.Kind {
	case articles.Heading:
		t.writeLines(k, strings.Repeat("#", min(6, max(1, k.Level)+2))+" "+strings.Join(strings.Fields(t.inline(k.Span)), " "))
	case articles.Item:
		t.item(k)
	case articles.Code:
		t.code(k)
	case articles.Row:
		t.row(k, tight)
	case articles.Rule:
		t.writeLines(k, "---")
	default:
		t.writeLines(k, t.inline(k.Span))
	}
}

// separate writes the line between two blocks. If they are rows of one table or items of
// one list, it writes nothing and returns true.
func (t *textWriter) separate(k *articles.Block) bool {
	l := t.last
	if l == nil {
		return false
	}
	same := l.Kind == k.Kind && l.Quote == k.Quote
	row := k.Kind == articles.Row && (!k.Head || l.Head)
	item := k.Kind == articles.Item && k.Marker != "" && k.Level <= l.Level // a deeper "3." would continue the paragraph
	if same && (row || item) {
		return true
	}
	t.b.WriteString(strings.TrimSuffix(strings.Repeat("> ", min(l.Quote, k.Quote)), " ") + "\n")
	return false
}

// writeLines writes lines inside the block quotes of k.
func (t *textWriter) writeLines(k *articles.Block, lines string) {
	for line := range strings.SplitSeq(lines, "\n") {
		t.b.WriteString(strings.Repeat("> ", k.Quote))
		t.b.WriteString(line)
		t.b.WriteByte('\n')
	}
}

var numbered = regexp.MustCompile(`^[0-9]{1,9}[.)]$`)

// item writes an item of a list, indented under the items it is in. An item without a
// marker continues the one before it.
func (t *textWriter) item(k *articles.Block) {
	depth := min(max(0, k.Level-1), len(t.indents))
	under, text := t.indent(depth), t.inline(k.Span)
	if k.Marker == "" && depth < len(t.indents) {
		t.writeLines(k, hangingIndent(t.indents[depth], "", text))
		return
	}
	marker := "- "
	switch {
	case numbered.MatchString(k.Marker):
		marker = k.Marker + " "
	case k.Marker == "[x]" || k.Marker == "[ ]":
		text = k.Marker + " " + text
	}
	t.indents = append(t.indents[:depth], under+len(marker))
	t.writeLines(k, hangingIndent(under, marker, text))
}

// hangingIndent returns text after a marker, with its further lines below the first.
func hangingIndent(cells int, marker, text string) string {
	further := "\n" + strings.Repeat(" ", cells+len(marker))
	return strings.Repeat(" ", cells) + marker + strings.ReplaceAll(text, "\n", further)
}

// indent returns the indentation of a list of this depth, in cells.
func (t *textWriter) indent(depth int) int {
	if depth == 0 || len(t.indents) == 0 {
		return 0
	}
	return t.indents[min(depth, len(t.indents))-1]
}

// code writes lines as they are, between fences longer than any run of backticks in them.
func (t *textWriter) code(k *articles.Block) {
	text := k.In(t.a.Text)
	fence := strings.Repeat("`", max(3, longestRun(text, '`')+1))
	t.skip(k.End)
	t.writeLines(k, fence+"\n"+strings.TrimSuffix(text, "\n")+"\n"+fence)
}

// longestRun returns the length of the longest run of c in s.
func longestRun(s string, c byte) int {
	most, n := 0, 0
	for i := range len(s) {
		if n++; s[i] != c {
			n = 0
		}
		most = max(most, n)
	}
	return most
}

// row writes a row of a table. A table without a head gets an empty one.
func (t *textWriter) row(k *articles.Block, goesOn bool) {
	cells := k.Cells
	if len(cells) == 0 {
		cells = []articles.Span{k.Span}
	}
	if !goesOn {
		t.columns = len(cells)
		if !k.Head {
			t.writeLines(k, "|"+strings.Repeat("  |", t.columns))
			t.delimiter(k)
		}
	}
	var b strings.Builder
	b.WriteByte('|')
	for _, c := range cells {
		b.WriteString(" " + strings.Join(strings.Fields(t.inline(c)), " ") + " |")
	}
	t.writeLines(k, b.String()+strings.Repeat("  |", max(0, t.columns-len(cells))))
	if !goesOn && k.Head {
		t.delimiter(k)
	}
}

// delimiter writes the line that makes the row above it the head of a table.
func (t *textWriter) delimiter(k *articles.Block) {
	var b strings.Builder
	b.WriteByte('|')
	for i := range t.columns {
		side := "---"
		if i < len(k.Variant) {
			side = map[byte]string{'c': ":-:", 'r': "--:"}[k.Variant[i]]
		}
		b.WriteString(cmp.Or(side, "---") + "|")
	}
	t.writeLines(k, b.String())
}

// skip removes the references up to off and returns them as text.
func (t *textWriter) skip(off int) string {
	out := ""
	for len(t.refs) > 0 && t.refs[0].at <= off {
		out += fmt.Sprintf(t.ref, t.refs[0].number)
		t.refs = t.refs[1:]
	}
	return out
}

// inline returns the text of s escaped, with its marks and the numbers of the quotes that
// end in it. Empty lines and white space at the ends of lines are removed.
func (t *textWriter) inline(s articles.Span) string {
	t.skip(s.Start)
	e := newEscaper(s.In(t.a.Text)) // text outside s has no influence
	upTo := func(off int) {
		for len(t.refs) > 0 && t.refs[0].at <= off {
			e.upTo(t.refs[0].at - s.Start)
			e.WriteString(t.skip(max(t.refs[0].at, s.Start+e.at)))
		}
		e.upTo(off - s.Start)
	}
	for _, k := range t.marksIn(s) {
		upTo(k.Start)
		if !t.canMark(k, s) {
			continue
		}
		e.WriteString(k.open)
		e.upTo(k.End - s.Start)
		e.WriteString(k.close)
	}
	upTo(s.End)
	return trimLines(e.String())
}

// marksIn returns the marks inside s.
func (t *textWriter) marksIn(s articles.Span) []nameMark {
	i, _ := slices.BinarySearchFunc(t.marks, s.Start, func(k nameMark, at int) int { return cmp.Compare(k.Start, at) })
	j := i
	for j < len(t.marks) && t.marks[j].Start < s.End {
		j++
	}
	if j > i && t.marks[j-1].End > s.End {
		j--
	}
	return t.marks[i:j]
}

// canMark reports whether k can be marked: it is on one line, and Markdown takes
// asterisks around it for emphasis.
func (t *textWriter) canMark(k nameMark, in articles.Span) bool {
	before, _ := utf8.DecodeLastRuneInString(t.a.Text[in.Start:k.Start])
	after, _ := utf8.DecodeRuneInString(t.a.Text[k.End:in.End])
	words := k.In(t.a.Text)
	first, _ := utf8.DecodeRuneInString(words)
	last, _ := utf8.DecodeLastRuneInString(words)
	if k.link {
		return isLinkable(words) && t.last.Kind != articles.Row // where | separates cells
	}
	return !strings.Contains(words, "\n") && canOpen(before, first) && canClose(last, after)
}

// trimLines removes empty lines and white space at the ends of lines: four spaces would
// make code, two at the end a line break, an empty line the end of an item.
func trimLines(s string) string {
	lines := strings.Split(s, "\n")
	kept := lines[:0]
	for _, line := range lines {
		if line = strings.Trim(line, " \t"); line != "" {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}
