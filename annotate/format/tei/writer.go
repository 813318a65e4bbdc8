package tei

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"byline/annotate/format"
	"byline/annotate/format/escape"
	"byline/annotate/format/offsets"
	"byline/annotate/format/standoff"
	"byline/articles"
)

// write writes TEI P5. The text nodes of the body together are exactly the text of the
// article. Names are persName, orgName, placeName or name, other mentions rs, quotes
// said; resp and cert give who made a claim. Entities are in the header. What crosses the
// end of a block or of another element is in standOff, as an annotation of a range of the
// body: a note whose type is the element, and a pointer to the entity or to the speakers. What a person rejected is left out.
func write(w io.Writer, d *format.Document, _ format.Options) error {
	t := &writer{Writer: bufio.NewWriter(w), d: d, points: offsets.NewPoints(d.Text), deciders: d.Deciders()}
	t.collect()
	t.header()
	t.WriteString("<text><body xml:id=\"body\" xml:space=\"preserve\">")
	t.body()
	t.WriteString("</body></text>\n")
	t.writeStandOff()
	t.WriteString("</TEI>\n")
	return t.Flush()
}

type writer struct {
	*bufio.Writer
	d      *format.Document
	points *offsets.Points
	marks  []*claimElement // sorted by span
	at     int             // bytes of the text written so far
	div    bool            // a div is open
	quotes int             // open quote elements
	around string          // the open "list" or "table", if any

	deciders *format.Deciders
	people   []string // who decided
}

func (t *writer) blocks() []articles.Block {
	if t.d.Blocks != nil {
		return t.d.Blocks
	}
	return standoff.Paragraphs(t.d.Text)
}

// body writes the blocks and the white space between them.
func (t *writer) body() {
	written := false
	for _, b := range t.blocks() {
		t.wrap("", 0, b.Kind == articles.Heading && b.Quote == 0)
		t.gap(b.Start)
		t.block(&b)
		written = true
	}
	t.wrap("", 0, false)
	if !written {
		t.WriteString("<p/>")
	}
	t.rest()
	if t.div {
		t.WriteString("</div>")
	}
}

// blanks writes the text up to a byte, which is white space between blocks.
func (t *writer) blanks(to int) {
	t.WriteString(escape.Content(t.d.Text[t.at:to]))
	t.at = to
}

// gap writes the white space before a byte. What else is there before a block, such as the sign of an item, has to be in an
// element: it is left to be written with what follows.
func (t *writer) gap(to int) {
	between := t.d.Text[t.at:to]
	t.blanks(t.at + len(between) - len(strings.TrimLeftFunc(between, unicode.IsSpace)))
}

// rest writes the text behind the last block.
func (t *writer) rest() {
	t.gap(len(t.d.Text))
	if t.at < len(t.d.Text) {
		t.WriteString("<p>")
		t.blanks(len(t.d.Text))
		t.WriteString("</p>")
	}
}

// wrap closes and opens the elements around the next block.
func (t *writer) wrap(around string, quotes int, heading bool) {
	if t.around != "" && (t.around != around || t.quotes != quotes) {
		t.WriteString("</" + t.around + ">")
		t.around = ""
	}
	for ; t.quotes > quotes; t.quotes-- {
		t.WriteString("</quote>")
	}
	if heading {
		if t.div {
			t.WriteString("</div>")
		}
		t.WriteString("<div>")
		t.div = true
	}
	for ; t.quotes < quotes; t.quotes++ {
		t.WriteString("<quote>")
	}
	if around != "" && t.around == "" {
		t.WriteString("<" + around + ">")
		t.around = around
	}
}

func (t *writer) block(b *articles.Block) {
	around := map[articles.BlockKind]string{articles.Row: "table", articles.Item: "list"}[b.Kind]
	t.wrap(around, b.Quote, false)
	open, end := "<p>", "</p>"
	switch b.Kind {
	case articles.Heading:
		if open, end = fmt.Sprintf("<head n=\"%d\">", b.Level), "</head>"; b.Quote > 0 {
			open, end = fmt.Sprintf("<p rend=\"heading\" n=\"%d\">", b.Level), "</p>"
		}
	case articles.Item:
		open, end = fmt.Sprintf("<item n=\"%s\" rend=\"level%d\">", escape.Attribute(cmp.Or(b.Marker, "-")), b.Level), "</item>"
	case articles.Code:
		open, end = "<ab type=\"code\">", "</ab>"
	case articles.Rule:
		t.WriteString("<p rend=\"rule\"/>")
		return
	case articles.Caption:
		open = "<p rend=\"caption\">"
	case articles.Attribution:
		open = "<p rend=\"attribution\">"
	case articles.Row:
		t.row(b)
		return
	}
	t.WriteString(open)
	t.blanks(b.Start)
	t.inline(b.Span)
	t.WriteString(end)
}

func (t *writer) row(b *articles.Block) {
	t.WriteString(map[bool]string{true: "<row role=\"label\">", false: "<row>"}[b.Head])
	cells := b.Cells
	if len(cells) == 0 {
		cells = []articles.Span{b.Span}
	}
	for i, c := range cells { // what parts cells is in the one behind it, or in the last
		t.gap(c.Start)
		t.WriteString("<cell>")
		t.blanks(c.Start)
		t.inline(c)
		if i+1 == len(cells) {
			t.blanks(b.End)
		}
		t.WriteString("</cell>")
	}
	t.WriteString("</row>")
}

// inline writes the text of s with the marks in it, which nest.
func (t *writer) inline(s articles.Span) {
	var open []*claimElement
	end := func(upTo int) {
		for len(open) > 0 && open[len(open)-1].End <= upTo {
			m := open[len(open)-1]
			t.blanks(m.End)
			t.WriteString("</" + m.element + ">")
			open = open[:len(open)-1]
		}
	}
	i, _ := slices.BinarySearchFunc(t.marks, s.Start, func(m *claimElement, at int) int { return cmp.Compare(m.Start, at) })
	for ; i < len(t.marks) && t.marks[i].Start < s.End; i++ {
		if m := t.marks[i]; !m.apart {
			end(m.Start)
			t.blanks(m.Start)
			fmt.Fprintf(t, "<%s xml:id=\"%s\"%s>", m.element, m.id, m.attributesBut())
			open = append(open, m)
		}
	}
	end(s.End)
	t.blanks(s.End)
}

// writeStandOff writes the marks that are apart, and the remarks.
func (t *writer) writeStandOff() {
	var all []string
	for _, m := range t.marks {
		if m.apart {
			start, end := t.points.Of(m.Start), t.points.Of(m.End)
			all = append(all, fmt.Sprintf("<annotation xml:id=\"%s\" motivation=\"identifying\" target=\"#string-range(body,%d,%d)\">%s<note type=\"%s\"%s>%s</note></annotation>",
				m.id, start, end-start, m.pointer(), m.element, m.noted(), escape.Content(strings.Join(strings.Fields(m.In(t.d.Text)), " "))))
		}
	}
	for _, m := range t.marks {
		for i, r := range m.notes {
			motivation := "commenting"
			if r.Tag {
				motivation = "tagging"
			}
			all = append(all, fmt.Sprintf("<annotation xml:id=\"%s.note%s\" motivation=\"%s\" target=\"#%s\"><note>%s</note></annotation>", m.id, strconv.Itoa(i+1), motivation, m.id, escape.Content(r.Text)))
		}
	}
	if len(all) > 0 {
		t.WriteString("<standOff><listAnnotation>\n" + strings.Join(all, "\n") + "\n</listAnnotation></standOff>\n")
	}
}
