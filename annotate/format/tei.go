package format

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"byline/annotate"
	"byline/articles"
)

// Format is TEI P5.
var formatTEI = Format{Name: "tei", Extension: ".tei.xml", About: "TEI P5: names and speech as elements, what crosses in standOff", Apart: true,
	NewWriter: each(writeTEI), Read: readTEI, Sniff: isTEI}

// writeTEI writes TEI P5. The text nodes of the body together are the article's text, to
// the blank. Names are persName, orgName, placeName or name, other mentions rs, quotes
// said, with who stands behind them in resp and cert; entities stand in the header. What
// crosses the end of a block or of another element stands in standOff, as an annotation
// of a range of the body. What a person rejected is left out.
func writeTEI(w io.Writer, d *Document, _ Options) error {
	t := &tei{Writer: bufio.NewWriter(w), d: d, points: NewPoints(d.Text)}
	t.take()
	t.header()
	t.WriteString("<text><body xml:id=\"body\" xml:space=\"preserve\">")
	t.body()
	t.WriteString("</body></text>\n")
	t.standOff()
	t.WriteString("</TEI>\n")
	return t.Flush()
}

// A teiMark is a claim as an element, or the beginning of one.
type teiMark struct {
	articles.Span
	id, element, attributes string
	notes                   []annotate.Remark
	apart                   bool // in standOff
}

type tei struct {
	*bufio.Writer
	d      *Document
	points *Points
	marks  []*teiMark // in the order of their spans
	at     int        // bytes of the text that are written
	div    bool       // one is open
	quotes int        // elements around block quotes that are open
	around string     // "list" or "table" that is open
}

// take makes marks of the claims of the document.
func (t *tei) take() {
	noted := remarksOf(t.d.Layer)
	type naming struct {
		articles.Span
		entity string
	}
	names := map[naming]string{}
	add := func(s articles.Span, id, element, attributes string, k annotate.Kind) {
		t.marks = append(t.marks, &teiMark{Span: s, id: id, element: element, attributes: attributes, notes: noted[place{k, s}]})
		delete(noted, place{k, s})
	}
	for i := range t.d.Layer.Entities {
		e := &t.d.Layer.Entities[i]
		for k, m := range e.Mentions {
			if !alive(m) {
				continue
			}
			id := fmt.Sprintf("%s.%d", e.ID, k+1)
			if at := (naming{m.Span, e.ID}); names[at] == "" {
				names[at] = id
			}
			element, attributes := teiElement(e.Type, m.Form)
			add(m.Span, id, element, attributes+` ref="#`+e.ID+`"`+teiBy(stands{m.State, m.Origin}), annotate.OfMention)
		}
	}
	for i := range t.d.Layer.Quotes {
		q := &t.d.Layer.Quotes[i]
		if q.State == annotate.Rejected {
			continue
		}
		id := fmt.Sprintf("q%d", i+1)
		attributes := fmt.Sprintf(` direct="%t" rend="%s"`, q.Type != annotate.Indirect, q.Type)
		if e := speaker(t.d.Layer, q); e != nil {
			attributes += ` who="#` + e.ID + `"`
			if m := names[naming{q.SpeakerMention, e.ID}]; m != "" {
				attributes += ` corresp="#` + m + `"`
			}
		}
		add(q.Span, id, "said", attributes+teiBy(stands{q.State, q.Origin}), annotate.OfQuote)
		if !q.Cue.Empty() {
			add(q.Cue, id+".cue", "seg", ` type="cue" corresp="#`+id+`"`, annotate.Kind("cue"))
		}
	}
	slices.SortStableFunc(t.marks, func(a, b *teiMark) int { return a.Compare(b.Span) })
	t.setApart()
}

// setApart sends to standOff what does not lie within one block, or crosses another mark.
func (t *tei) setApart() {
	var open []*teiMark
	b := 0
	blocks := t.blocks()
	for _, m := range t.marks {
		for b < len(blocks) && blocks[b].End <= m.Start {
			b++
		}
		for len(open) > 0 && open[len(open)-1].End <= m.Start {
			open = open[:len(open)-1]
		}
		m.apart = b == len(blocks) || !inPart(&blocks[b], m.Span) || len(open) > 0 && !open[len(open)-1].Covers(m.Span)
		if !m.apart {
			open = append(open, m)
		}
	}
}

// inPart reports whether s lies within a block, and within one cell of a row.
func inPart(b *articles.Block, s articles.Span) bool {
	if b.Kind == articles.Row && len(b.Cells) > 0 {
		return slices.ContainsFunc(b.Cells, func(c articles.Span) bool { return c.Covers(s) })
	}
	return b.Covers(s)
}

func (t *tei) blocks() []articles.Block {
	if t.d.Blocks != nil {
		return t.d.Blocks
	}
	return paragraphs(t.d.Text)
}

// teiElement is the element of a mention, with what else says its type and form.
func teiElement(typ annotate.Type, form annotate.Form) (element, attributes string) {
	if form != annotate.Name {
		return "rs", fmt.Sprintf(` type="%s" subtype="%s"`, label(typ), form)
	}
	switch typ {
	case annotate.Person:
		return "persName", ""
	case annotate.Organization:
		return "orgName", ""
	case annotate.Place:
		return "placeName", ""
	}
	return "name", ` type="` + label(typ) + `"`
}

// teiBy says who stands behind a claim.
func teiBy(by stands) string {
	who, score := by.words()
	if who == byHuman {
		return ` resp="#human"`
	}
	return ` resp="#byline" cert="` + score + `"`
}

// text escapes s for the content of an element.
func content(s string) string { return asContent.Replace(attribute(s)) }

var asContent = strings.NewReplacer("&#10;", "\n", "&#9;", "\t", "&quot;", `"`)

func (t *tei) header() {
	d := t.d
	t.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\">\n<teiHeader>\n<fileDesc>\n<titleStmt>")
	fmt.Fprintf(t, "<title>%s</title>", content(cmp.Or(d.Title, "Untitled")))
	if d.Author != "" {
		fmt.Fprintf(t, "<author>%s</author>", content(d.Author))
	}
	t.WriteString("\n<respStmt xml:id=\"byline\"><resp>suggested</resp><name>" + content(strings.TrimSpace("byline "+d.Layer.Engine)) + "</name></respStmt>")
	t.WriteString("<respStmt xml:id=\"human\"><resp>decided</resp><name>" + content(cmp.Or(d.Who, "somebody")) + "</name></respStmt></titleStmt>\n")
	fmt.Fprintf(t, "<publicationStmt><p>Annotated with byline.</p><p xml:id=\"article\">%s</p></publicationStmt>\n<sourceDesc><bibl><title>%s</title>", content(d.ID), content(cmp.Or(d.Title, "Untitled")))
	if d.Site != "" {
		fmt.Fprintf(t, "<publisher>%s</publisher>", content(d.Site))
	}
	if !d.Date.IsZero() {
		fmt.Fprintf(t, "<date when=\"%s\"/>", d.Date.Format("2006-01-02"))
	}
	if address := addressOf(d.Article); strings.HasPrefix(address, "http") {
		fmt.Fprintf(t, "<ref target=\"%s\"/>", attribute(address))
	}
	t.WriteString("</bibl></sourceDesc>\n</fileDesc>\n")
	t.things()
	t.WriteString("</teiHeader>\n")
}

// things lists the entities.
func (t *tei) things() {
	var people, orgs, places, others []*annotate.Entity
	for i := range t.d.Layer.Entities {
		e := &t.d.Layer.Entities[i]
		if !slices.ContainsFunc(e.Mentions, alive) {
			continue
		}
		switch e.Type {
		case annotate.Person:
			people = append(people, e)
		case annotate.Organization:
			orgs = append(orgs, e)
		case annotate.Place:
			places = append(places, e)
		default:
			others = append(others, e)
		}
	}
	list := func(es []*annotate.Entity, form string) {
		for _, e := range es {
			fmt.Fprintf(t, form, e.ID, content(e.Name))
		}
	}
	if len(others) > 0 {
		t.WriteString("<encodingDesc><classDecl><taxonomy>")
		for _, e := range others {
			fmt.Fprintf(t, "<category xml:id=\"%s\"><catDesc><term type=\"type\">%s</term><term type=\"name\">%s</term></catDesc></category>", e.ID, content(string(e.Type)), content(e.Name))
		}
		t.WriteString("</taxonomy></classDecl></encodingDesc>\n")
	}
	if len(people)+len(orgs)+len(places) == 0 {
		return
	}
	t.WriteString("<profileDesc>")
	if len(places) > 0 {
		t.WriteString("<settingDesc><listPlace>")
		list(places, "<place xml:id=\"%s\"><placeName>%s</placeName></place>")
		t.WriteString("</listPlace></settingDesc>")
	}
	if len(people)+len(orgs) > 0 {
		t.WriteString("<particDesc>")
		if len(people) > 0 {
			t.WriteString("<listPerson>")
			list(people, "<person xml:id=\"%s\"><persName>%s</persName></person>")
			t.WriteString("</listPerson>")
		}
		if len(orgs) > 0 {
			t.WriteString("<listOrg>")
			list(orgs, "<org xml:id=\"%s\"><orgName>%s</orgName></org>")
			t.WriteString("</listOrg>")
		}
		t.WriteString("</particDesc>")
	}
	t.WriteString("</profileDesc>\n")
}

// body writes the blocks with the blanks between them.
func (t *tei) body() {
	written := false
	for _, b := range t.blocks() {
		t.within("", 0, b.Kind == articles.Heading && b.Quote == 0)
		t.gap(b.Start)
		t.block(&b)
		written = true
	}
	t.within("", 0, false)
	if !written {
		t.WriteString("<p/>")
	}
	if t.div {
		t.gap(len(t.d.Text))
		t.WriteString("</div>")
		return
	}
	t.gap(len(t.d.Text))
}

// gap writes what stands between blocks, which are blanks.
func (t *tei) gap(to int) {
	t.WriteString(content(t.d.Text[t.at:to]))
	t.at = to
}

// within opens and closes what stands around the next block.
func (t *tei) within(around string, quotes int, heading bool) {
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

func (t *tei) block(b *articles.Block) {
	around := map[articles.BlockKind]string{articles.Row: "table", articles.Item: "list"}[b.Kind]
	t.within(around, b.Quote, false)
	open, end := "<p>", "</p>"
	switch b.Kind {
	case articles.Heading:
		if open, end = fmt.Sprintf("<head n=\"%d\">", b.Level), "</head>"; b.Quote > 0 {
			open, end = fmt.Sprintf("<p rend=\"heading\" n=\"%d\">", b.Level), "</p>"
		}
	case articles.Item:
		open, end = fmt.Sprintf("<item n=\"%s\" rend=\"level%d\">", attribute(cmp.Or(b.Marker, "-")), b.Level), "</item>"
	case articles.Code:
		open, end = "<ab type=\"code\">", "</ab>"
	case articles.Rule:
		t.WriteString("<p rend=\"rule\"/>")
		return
	case articles.Caption:
		open = "<p rend=\"caption\">"
	case articles.Row:
		t.row(b)
		return
	}
	t.WriteString(open)
	t.inline(b.Span)
	t.WriteString(end)
}

func (t *tei) row(b *articles.Block) {
	t.WriteString(map[bool]string{true: "<row role=\"label\">", false: "<row>"}[b.Head])
	cells := b.Cells
	if len(cells) == 0 {
		cells = []articles.Span{b.Span}
	}
	for _, c := range cells {
		t.gap(c.Start)
		t.WriteString("<cell>")
		t.inline(c)
		t.WriteString("</cell>")
	}
	t.gap(b.End)
	t.WriteString("</row>")
}

// inline writes the words of s with the marks in it, which nest.
func (t *tei) inline(s articles.Span) {
	var open []*teiMark
	end := func(upTo int) {
		for len(open) > 0 && open[len(open)-1].End <= upTo {
			m := open[len(open)-1]
			t.gap(m.End)
			t.WriteString("</" + m.element + ">")
			open = open[:len(open)-1]
		}
	}
	i, _ := slices.BinarySearchFunc(t.marks, s.Start, func(m *teiMark, at int) int { return cmp.Compare(m.Start, at) })
	for ; i < len(t.marks) && t.marks[i].Start < s.End; i++ {
		if m := t.marks[i]; !m.apart {
			end(m.Start)
			t.gap(m.Start)
			fmt.Fprintf(t, "<%s xml:id=\"%s\"%s>", m.element, m.id, m.attributes)
			open = append(open, m)
		}
	}
	end(s.End)
	t.gap(s.End)
}

// standOff writes what is apart, and the notes.
func (t *tei) standOff() {
	var all []string
	for _, m := range t.marks {
		if m.apart {
			start, end := t.points.Of(m.Start), t.points.Of(m.End)
			all = append(all, fmt.Sprintf("<annotation xml:id=\"%s\" motivation=\"identifying\" target=\"#string-range(body,%d,%d)\"><%s%s>%s</%s></annotation>",
				m.id, start, end-start, m.element, m.attributes, content(strings.Join(strings.Fields(m.In(t.d.Text)), " ")), m.element))
		}
	}
	for _, m := range t.marks {
		for i, r := range m.notes {
			motivation := "commenting"
			if r.Tag {
				motivation = "tagging"
			}
			all = append(all, fmt.Sprintf("<annotation xml:id=\"%s.note%s\" motivation=\"%s\" target=\"#%s\"><note>%s</note></annotation>", m.id, strconv.Itoa(i+1), motivation, m.id, content(r.Text)))
		}
	}
	if len(all) > 0 {
		t.WriteString("<standOff><listAnnotation>\n" + strings.Join(all, "\n") + "\n</listAnnotation></standOff>\n")
	}
}
