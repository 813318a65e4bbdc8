package office

import (
	"cmp"
	"context"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"byline/articles"
	"byline/articles/archive"
	"byline/articles/builder"
)

// DOCX returns the article in an Office Open XML text document.
func DOCX(ctx context.Context, z *archive.Zip) (*articles.Article, error) {
	main := mainPart(z)
	body, err := z.Read(main)
	if err != nil {
		return nil, fmt.Errorf("read the document: %w", err)
	}
	a := &articles.Article{Format: articles.DOCX}
	describe(ctx, z, "docProps/core.xml", a)
	from := relationsOf(z, main)
	d := &docx{page: newPage(a), links: from.links, notes: map[string]*builder.Words{}, styles: map[string]*style{}, lists: map[string][]level{}, counts: map[string]*[9]int{}}
	d.read(ctx, z, from.part("styles"), &docxStyles{styles: d.styles})
	d.read(ctx, z, from.part("numbering"), &docxLists{lists: d.lists, abstract: map[string][]level{}})
	for _, part := range []string{"footnotes", "endnotes"} {
		d.read(ctx, z, from.part(part), &docxNotes{docx: &docx{page: newPage(&articles.Article{}), links: d.links, styles: d.styles}, kind: part, notes: d.notes})
	}
	if err := parse(ctx, body, d); err != nil {
		return nil, fmt.Errorf("read the document: %w", err)
	}
	d.paragraph()
	return d.finish()
}

// read parses an optional part of a document.
func (d *docx) read(ctx context.Context, z *archive.Zip, name string, h handler) {
	if data, err := z.Read(name); err == nil {
		_ = parse(ctx, data, h) // a broken part loses only its own information
	}
}

// A style is a paragraph style; what it does not set, its base does.
type style struct {
	name, base string
	outline    int // 1 for the highest heading; 0 for none
}

// headingLevel returns the heading level of a style; quote reports whether it is one for
// quotations.
func (d *docx) headingLevel(id string) (level int, quote bool) {
	for range 20 { // styles may be based on themselves
		s := d.styles[id]
		if s == nil {
			return 0, false
		}
		name := strings.ToLower(s.name)
		switch n, err := strconv.Atoi(strings.TrimPrefix(name, "heading ")); {
		case name == "title":
			return 1, false
		case err == nil && strings.HasPrefix(name, "heading "):
			return n, false
		case s.outline > 0:
			return s.outline, false
		case name == "quote" || name == "intense quote" || name == "block text":
			return 0, true
		}
		id = s.base
	}
	return 0, false
}

// A level is a level of a list, with its number format.
type level struct{ format string }

// docx reads the body of a document.
type docx struct {
	*page
	links  map[string]string
	notes  map[string]*builder.Words
	styles map[string]*style
	lists  map[string][]level
	counts map[string]*[9]int // of the numbers of lists
	skip   int                // depth inside elements that are left out
	alt    string             // of the drawing under way
	boxes  []docxBox          // text boxes under way
	run    docxRun
	para   docxPara
	link   struct {
		at     int
		target string
		on     bool
	}
}

type docxRun struct {
	at                   int // where its words start
	bold, italic, strike bool
	hidden, inText       bool
}

type docxPara struct {
	style, list string
	level       int
	outline     int
	initial     bool // it is the large first letter of the next paragraph
}

// silent are elements without text: deleted text, field codes, second copies of drawings for old
// readers, properties of the surrounding element.
var silent = map[string]bool{"del": true, "moveFrom": true, "instrText": true, "Fallback": true, "delText": true, "sectPr": true, "object": true, "annotationRef": true, "footnoteRef": true, "endnoteRef": true}

// docxSigns are elements that stand for a character.
var docxSigns = map[string]string{"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}

func (d *docx) start(e *xml.StartElement) {
	name := e.Name.Local
	if d.skip > 0 || silent[name] {
		if d.skip++; d.skip == 1 && name == "del" {
			d.left.deletions++
		}
		return
	}
	switch name {
	case "p":
		d.para = docxPara{}
	case "pStyle", "numId", "ilvl", "outlineLvl", "framePr":
		d.para.property(name, cmp.Or(attr(e, "val"), attr(e, "dropCap")))
	case "r":
		d.run = docxRun{at: d.words.Len()}
	case "t":
		d.run.inText = true
	case "b", "i", "strike", "dstrike", "vanish", "webHidden":
		d.property(name, attr(e, "val"))
	case "tab", "br", "cr", "noBreakHyphen":
		d.words.WriteString(docxSigns[name])
	case "tbl":
		if d.cells == 0 {
			d.paragraph()
		}
		d.startTable()
	case "tc":
		d.cells++
	default:
		d.startInside(e)
	}
}

// startInside starts what stands in a paragraph: links, references, drawings, text boxes.
func (d *docx) startInside(e *xml.StartElement) {
	switch name := e.Name.Local; name {
	case "hyperlink":
		d.link.at, d.link.target, d.link.on = d.words.Len(), d.links[attr(e, "id")], true
	case "footnoteReference", "endnoteReference":
		d.note(strings.TrimSuffix(name, "Reference") + "s" + attr(e, "id"))
	case "commentReference":
		d.left.comments++
	case "docPr", "blip":
		d.drawing(e)
	case "txbxContent":
		d.startBox()
	}
}

// A docxBox is the paragraph in which a text box stands: what was read of it before the box.
type docxBox struct {
	words *builder.Words
	block articles.Block
	para  docxPara
	run   docxRun
	rows  []*builder.Words
	cells int
	first bool
}

// startBox starts a text box. Its paragraphs come before the one that it stands in.
func (d *docx) startBox() {
	d.boxes = append(d.boxes, docxBox{d.words, d.block, d.para, d.run, d.rows, d.cells, d.first})
	d.words, d.block, d.rows, d.cells = &builder.Words{}, articles.Block{}, nil, 0
}

func (d *docx) endBox() {
	n := len(d.boxes) - 1
	if n < 0 {
		return
	}
	if d.words.Len() > 0 {
		d.paragraph()
	}
	b := d.boxes[n]
	d.boxes = d.boxes[:n]
	d.words, d.block, d.para, d.run, d.rows, d.cells, d.first = b.words, b.block, b.para, b.run, b.rows, b.cells, b.first
}

// drawing notes the picture of a drawing, which says first what is in it.
func (d *docx) drawing(e *xml.StartElement) {
	if e.Name.Local == "docPr" {
		d.alt = attr(e, "descr")
		return
	}
	d.words.Picture(cmp.Or(d.links[attr(e, "embed")], d.links[attr(e, "link")]), d.alt)
	d.alt = ""
}

// property handles a property of a paragraph.
func (p *docxPara) property(name, value string) {
	switch name {
	case "pStyle":
		p.style = value
	case "numId":
		p.list = value
	case "ilvl":
		p.level, _ = strconv.Atoi(value) // an error means level 0
	case "framePr":
		p.initial = value == "drop" || value == "margin"
	case "outlineLvl":
		if n, err := strconv.Atoi(value); err == nil && n < 9 {
			p.outline = n + 1
		}
	}
}

// note writes the number of a note, if there is one with that ID.
func (d *docx) note(id string) {
	if n := d.notes[id]; n != nil {
		d.page.notes = append(d.page.notes, n)
		fmt.Fprintf(d.words, "[%d]", len(d.page.notes))
	}
}

// property handles a property of a run.
func (d *docx) property(name, value string) {
	on := value != "0" && value != "false" && value != "none"
	switch name {
	case "b":
		d.run.bold = on
	case "i":
		d.run.italic = on
	case "strike", "dstrike":
		d.run.strike = on
	default:
		d.run.hidden = on
	}
}

func (d *docx) text(s string) {
	if d.skip == 0 && d.run.inText && !d.run.hidden {
		d.words.WriteString(strings.ReplaceAll(s, "\u00ad", ""))
	}
}

func (d *docx) end(name string) {
	if d.skip > 0 {
		d.skip--
		return
	}
	switch name {
	case "txbxContent":
		d.endBox()
	case "t":
		d.run.inText = false
	case "r":
		d.endRun()
	case "hyperlink":
		if d.link.on && d.link.at < d.words.Len() {
			d.words.Style(d.link.at, articles.Link, d.link.target)
		}
		d.link.on = false
	case "p":
		d.endParagraph()
	case "tc":
		d.endCell()
	case "tr":
		d.endRow()
	}
}

// endRun formats the run that ends.
func (d *docx) endRun() {
	if d.run.at >= d.words.Len() {
		return
	}
	for _, s := range []struct {
		on   bool
		kind articles.InlineKind
	}{{d.run.bold, articles.Strong}, {d.run.italic, articles.Emphasis}, {d.run.strike, articles.Strike}} {
		if s.on {
			d.words.Style(d.run.at, s.kind, "")
		}
	}
}

// endParagraph makes a block of the paragraph that ends.
func (d *docx) endParagraph() {
	if d.cells > 0 {
		d.paragraph()
		return
	}
	if d.para.initial {
		return // its words wait for the others
	}
	level, quote := d.headingLevel(d.para.style)
	if d.para.outline > 0 {
		level = d.para.outline
	}
	switch {
	case level > 0:
		d.block.Kind, d.block.Level = articles.Heading, min(level, 6)
	case quote:
		d.block.Quote = 1
	case d.para.list != "" && d.para.list != "0":
		d.block.Kind, d.block.Level, d.block.Marker = articles.Item, min(d.para.level, 8)+1, d.marker()
	}
	d.paragraph()
}

// marker returns the marker of the item that ends, and counts it.
func (d *docx) marker() string {
	at := min(max(d.para.level, 0), 8)
	levels := d.lists[d.para.list]
	if at >= len(levels) || levels[at].format == "bullet" || levels[at].format == "none" || levels[at].format == "" {
		return "•"
	}
	c := d.counts[d.para.list]
	if c == nil {
		c = &[9]int{}
		if d.counts == nil {
			d.counts = map[string]*[9]int{}
		}
		d.counts[d.para.list] = c
	}
	c[at]++
	for i := at + 1; i < len(c); i++ {
		c[i] = 0
	}
	return numeral(c[at], levels[at].format) + "."
}

// numeral formats n in the number format of a list.
func numeral(n int, format string) string {
	switch format {
	case "lowerLetter", "a":
		return string(rune('a' + (n-1)%26))
	case "upperLetter", "A":
		return string(rune('A' + (n-1)%26))
	case "lowerRoman", "i":
		return strings.ToLower(roman(n))
	case "upperRoman", "I":
		return roman(n)
	}
	return strconv.Itoa(n)
}

func roman(n int) string {
	if n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, d := range []struct {
		value int
		sign  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= d.value; n -= d.value {
			b.WriteString(d.sign)
		}
	}
	return b.String()
}

// docxStyles reads the styles.
type docxStyles struct {
	styles map[string]*style
	last   *style
}

func (s *docxStyles) start(e *xml.StartElement) {
	switch e.Name.Local {
	case "style":
		s.last = &style{}
		s.styles[attr(e, "styleId")] = s.last
	case "name":
		if s.last != nil && s.last.name == "" {
			s.last.name = attr(e, "val")
		}
	case "basedOn":
		if s.last != nil {
			s.last.base = attr(e, "val")
		}
	case "outlineLvl":
		if n, err := strconv.Atoi(attr(e, "val")); err == nil && s.last != nil && n < 9 {
			s.last.outline = n + 1
		}
	}
}

func (s *docxStyles) end(name string) {
	if name == "style" {
		s.last = nil
	}
}

func (s *docxStyles) text(string) {}

// docxLists reads the numbering of lists.
type docxLists struct {
	lists    map[string][]level
	abstract map[string][]level
	id, num  string
}

func (l *docxLists) start(e *xml.StartElement) {
	switch e.Name.Local {
	case "abstractNum":
		l.id = attr(e, "abstractNumId")
	case "lvl":
		if len(l.abstract[l.id]) < 9 && l.num == "" {
			l.abstract[l.id] = append(l.abstract[l.id], level{})
		}
	case "numFmt":
		if ls := l.abstract[l.id]; len(ls) > 0 && l.num == "" {
			ls[len(ls)-1].format = attr(e, "val")
		}
	case "num":
		l.num = attr(e, "numId")
	case "abstractNumId":
		if l.num != "" {
			l.lists[l.num] = l.abstract[attr(e, "val")]
		}
	}
}

func (l *docxLists) end(name string) {
	if name == "num" {
		l.num = ""
	}
}

func (l *docxLists) text(string) {}

// docxNotes reads the notes: each is the words of its paragraphs.
type docxNotes struct {
	*docx
	kind  string
	id    string
	notes map[string]*builder.Words
}

func (n *docxNotes) start(e *xml.StartElement) {
	if name := e.Name.Local; name == "footnote" || name == "endnote" {
		n.id = attr(e, "id")
		n.words = &builder.Words{}
	}
	n.docx.start(e)
}

func (n *docxNotes) end(name string) {
	switch name {
	case "p":
		n.words.WriteByte(' ')
	case "footnote", "endnote":
		n.notes[n.kind+n.id] = n.words
	default:
		n.docx.end(name)
	}
}
