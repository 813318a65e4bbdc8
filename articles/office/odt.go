package office

import (
	"context"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"byline/articles"
	"byline/articles/archive"
	"byline/articles/builder"
)

// IsODT reports whether an archive is an OpenDocument text.
func IsODT(z *archive.Zip) bool { return z.Has("content.xml") }

// ODT returns the article in an OpenDocument text.
func ODT(ctx context.Context, z *archive.Zip) (*articles.Article, error) {
	if z.Has("META-INF/manifest.xml") {
		if m, err := z.Read("META-INF/manifest.xml"); err == nil && strings.Contains(string(m), "encryption-data") {
			return nil, fmt.Errorf("read the document: it is locked with a password")
		}
	}
	content, err := z.Read("content.xml")
	if err != nil {
		return nil, fmt.Errorf("read the document: %w", err)
	}
	a := &articles.Article{Format: articles.ODT}
	describe(ctx, z, "meta.xml", a)
	d := &odt{page: newPage(a), styles: map[string]*odtStyle{}, lists: map[string][]string{}}
	if styles, err := z.Read("styles.xml"); err == nil {
		_ = parse(ctx, styles, &odtStyles{odt: d})
	}
	if err := parse(ctx, content, &odtStyles{odt: d}); err != nil {
		return nil, fmt.Errorf("read the document: %w", err)
	}
	if err := parse(ctx, content, d); err != nil {
		return nil, fmt.Errorf("read the document: %w", err)
	}
	d.paragraph()
	return d.finish()
}

// An odtStyle is a style of paragraphs or words; what it does not set, its parent does.
type odtStyle struct {
	parent               string
	bold, italic, strike bool
	hidden               bool
}

// odt reads the body of a document.
type odt struct {
	*page
	styles map[string]*odtStyle
	lists  map[string][]string // number formats of the levels of a list style; "" for a bullet
	body   bool
	skip   int // depth inside elements that are left out
	spans  []odtSpan
	nested []odtList // open lists, outermost first
	note   *builder.Words
	outer  *builder.Words // the words around the note
	cite   bool
}

// An odtSpan is a formatted span or a link.
type odtSpan struct {
	at            int
	style, target string
	link          bool
}

// An odtList is an open list: its style, and the number of its last item.
type odtList struct {
	style string
	n     int
	fresh bool // the item has no paragraph yet
}

// odtSilent are elements without text to read.
var odtSilent = map[string]bool{"tracked-changes": true, "annotation": true, "annotation-end": true, "table-of-content": true, "frame": true, "forms": true, "sequence-decls": true, "alphabetical-index": true}

func (d *odt) start(e *xml.StartElement) {
	name := e.Name.Local
	switch {
	case name == "text" && strings.HasSuffix(e.Name.Space, ":office:1.0"):
		d.body = true
		return
	case !d.body:
		return
	case d.skip > 0 || odtSilent[name]:
		d.skip++
		d.skipped(e)
		return
	}
	switch name {
	case "p", "h":
		d.startParagraph(e)
	case "span", "a":
		d.spans = append(d.spans, odtSpan{d.words.Len(), attr(e, "style-name"), attr(e, "href"), name == "a"})
	case "s", "tab", "line-break":
		d.blank(e)
	case "note", "note-citation", "note-body":
		d.startNote(name)
	case "list", "list-item":
		d.startList(e)
	case "table":
		d.startTable()
	case "table-cell":
		d.cells++
	}
}

// skipped notes what is in an element that is left out.
func (d *odt) skipped(e *xml.StartElement) {
	switch e.Name.Local {
	case "image":
		if attr(e, "href") != "" {
			d.words.Picture(attr(e, "href"), "")
		}
	case "annotation":
		d.left.comments++
	case "deletion":
		d.left.deletions++
	case "text-box":
		d.left.boxes++
	}
}

// blank writes blanks, or a line end.
func (d *odt) blank(e *xml.StartElement) {
	switch e.Name.Local {
	case "s":
		n, err := strconv.Atoi(attr(e, "c"))
		if err != nil {
			n = 1
		}
		d.words.WriteString(strings.Repeat(" ", min(max(n, 1), 200)))
	case "tab":
		d.words.WriteByte(' ')
	default:
		d.words.WriteByte('\n')
	}
}

// startNote starts a note, or its number or text.
func (d *odt) startNote(name string) {
	switch name {
	case "note":
		d.outer, d.note = d.words, &builder.Words{}
	case "note-citation":
		d.cite = true
	default:
		d.words = d.note
	}
}

// endNote ends a note, or its number or text. In the article it is a number, counted here.
func (d *odt) endNote(name string) {
	switch name {
	case "note-citation":
		d.cite = false
	case "note-body":
		d.words = d.outer
	default:
		d.notes = append(d.notes, d.note)
		d.note, d.outer = nil, nil
		fmt.Fprintf(d.words, "[%d]", len(d.notes))
	}
}

// startList starts a list, which inherits the style of the list around it, or an item.
func (d *odt) startList(e *xml.StartElement) {
	n := len(d.nested)
	if e.Name.Local == "list-item" {
		if n > 0 {
			d.nested[n-1].n++
			d.nested[n-1].fresh = true
		}
		return
	}
	style := attr(e, "style-name")
	if style == "" && n > 0 {
		style = d.nested[n-1].style
	}
	d.nested = append(d.nested, odtList{style: style})
}

// startParagraph sets the kind of the paragraph that starts.
func (d *odt) startParagraph(e *xml.StartElement) {
	if d.cells > 0 || d.note != nil && d.words == d.note {
		return
	}
	style := attr(e, "style-name")
	level, err := strconv.Atoi(attr(e, "outline-level"))
	switch {
	case e.Name.Local == "h" && err == nil:
		d.block.Kind, d.block.Level = articles.Heading, min(max(level, 1), 6)
	case e.Name.Local == "h" || d.isNamed(style, "Title"):
		d.block.Kind, d.block.Level = articles.Heading, 1
	case len(d.nested) > 0:
		d.block.Kind, d.block.Level, d.block.Marker = articles.Item, min(len(d.nested), 9), d.marker()
	case d.isNamed(style, "Quotations"):
		d.block.Quote = 1
	}
}

// isNamed reports whether a style has that name, or is based on one that has.
func (d *odt) isNamed(style, name string) bool {
	for range 20 { // styles may be based on themselves
		if style == name {
			return true
		}
		s := d.styles[style]
		if s == nil {
			return false
		}
		style = s.parent
	}
	return false
}

// marker returns the marker of the item that starts; "" for its further paragraphs.
func (d *odt) marker() string {
	l := &d.nested[len(d.nested)-1]
	if !l.fresh {
		return ""
	}
	l.fresh = false
	levels := d.lists[l.style]
	if n := len(d.nested); n <= len(levels) && levels[n-1] != "" {
		return numeral(l.n, levels[n-1]) + "."
	}
	return "•"
}

func (d *odt) text(s string) {
	if !d.body || d.skip > 0 || d.cite || d.isHidden() {
		return
	}
	// White space collapses; significant white space is in elements.
	for _, r := range s {
		switch r {
		case '\n', '\t', ' ':
			if w := d.words.String(); w != "" && !strings.HasSuffix(w, " ") && !strings.HasSuffix(w, "\n") {
				d.words.WriteByte(' ')
			}
		case '\u00ad':
		default:
			d.words.WriteRune(r)
		}
	}
}

// isHidden reports whether an open style hides its words.
func (d *odt) isHidden() bool {
	for _, s := range d.spans {
		if st := d.styles[s.style]; st != nil && st.hidden {
			return true
		}
	}
	return false
}

func (d *odt) end(name string) {
	switch {
	case !d.body:
		return
	case d.skip > 0:
		d.skip--
		return
	}
	switch name {
	case "p", "h":
		if d.note != nil && d.words == d.note {
			d.words.WriteByte(' ')
			return
		}
		d.paragraph()
	case "span", "a":
		d.set()
	case "note", "note-citation", "note-body":
		d.endNote(name)
	case "list":
		if n := len(d.nested); n > 0 {
			d.nested = d.nested[:n-1]
		}
	case "table-cell":
		d.endCell()
	case "table-row":
		d.endRow()
	}
}

// set formats the span that ends.
func (d *odt) set() {
	if len(d.spans) == 0 {
		return
	}
	s := d.spans[len(d.spans)-1]
	d.spans = d.spans[:len(d.spans)-1]
	if s.at >= d.words.Len() {
		return
	}
	if s.link {
		d.words.Style(s.at, articles.Link, s.target)
		return
	}
	st := d.styles[s.style]
	if st == nil {
		return
	}
	for _, k := range []struct {
		on   bool
		kind articles.InlineKind
	}{{st.bold, articles.Strong}, {st.italic, articles.Emphasis}, {st.strike, articles.Strike}} {
		if k.on {
			d.words.Style(s.at, k.kind, "")
		}
	}
}

// odtStyles reads the styles and the numbering of lists.
type odtStyles struct {
	*odt
	last *odtStyle
	list string
}

func (s *odtStyles) start(e *xml.StartElement) {
	switch e.Name.Local {
	case "style":
		s.last = &odtStyle{parent: attr(e, "parent-style-name")}
		s.styles[attr(e, "name")] = s.last
	case "text-properties":
		if s.last != nil {
			s.last.bold = attr(e, "font-weight") == "bold"
			s.last.italic = attr(e, "font-style") == "italic"
			line := attr(e, "text-line-through-style")
			s.last.strike = line != "" && line != "none"
			s.last.hidden = attr(e, "display") == "none"
		}
	case "list-style":
		s.list = attr(e, "name")
	case "list-level-style-number", "list-level-style-bullet", "list-level-style-image":
		if s.list != "" && len(s.lists[s.list]) < 10 {
			s.lists[s.list] = append(s.lists[s.list], attr(e, "num-format"))
		}
	}
}

func (s *odtStyles) end(name string) {
	switch name {
	case "style":
		s.last = nil
	case "list-style":
		s.list = ""
	}
}

func (s *odtStyles) text(string) {}
