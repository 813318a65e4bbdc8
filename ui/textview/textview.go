// Package textview draws a long text with marks on it. It knows bytes, cells and
// looks, and nothing of people or quotes.
//
// # Cells and bytes
//
// A document is cut into groups: a heading, a paragraph, a run of list items, a
// piece of a table, some lines of plain text. A group becomes rows of cells when
// it is first needed, and every cell has the byte of the text that it shows, or
// is decoration. Marks never change the cells: a frame finds the marks that overlap
// the bytes on the screen, lays their looks over those bytes, layer upon layer, and
// then writes the cells. The mouse and the cursor use the same cells the other way
// round. So the cost of a frame depends on the size of the screen, not on the length
// of the text or the number of marks.
//
// # Plain and rich
//
// Plain text is broken into rows here, by the line breaking of Unicode (UAX #14)
// over grapheme clusters. Rich text goes through Glamour: a Markdown syntax tree
// is built for the group from its blocks and inline spans, with the rows already
// broken, and every run of text is a hyperlink in it whose address is the number of
// the run. Letters that Glamour could read as markup, and clusters whose width depends
// on the terminal, are replaced by others of the same width; the output is read as
// cells, and the addresses give back the byte offsets and the text. A group is drawn as
// plain text if not all its letters come out, or not within the width: a layout never
// loses a part of an article.
//
// # The scroll position
//
// The scroll position is a row of a group, tied to the byte offset that a scroll
// put on top. Resizing, restyling or replacing a preview by the whole document finds
// the row of that offset again. Groups are kept in a cache of so many cells; others
// are rendered on demand, or ahead of demand in the background by Prefetch and Store.
package textview

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// gutterWidth is the number of cells left of the text that form the gutter.
const gutterWidth = 2

// gutterFrom is the width from which a View has a gutter.
const gutterFrom = 10

// A View shows the part of a document that fits a rectangle of cells. The zero
// View shows nothing; [New] makes one. It is not safe for concurrent use, but
// the functions that [View.Prefetch] returns run anywhere.
type View struct {
	window
	width  int // of the whole widget
	layers []Marks
	gutter []Gutter
	goal   goal
	looks  *lookTable
}

// New returns an empty view, which measures text by wcwidth, see
// [View.SetWidthMethod].
func New() *View {
	v := &View{}
	v.anchor = -1
	v.SetStyles(Styles{})
	return v
}

// SetDoc shows another document, or more of the same one: the byte offset at the top
// stays there if the document has it. Marks and gutter do not change.
func (v *View) SetDoc(d Doc) {
	v.setDoc(d)
	v.anchor = min(v.anchor, len(d.Text))
	v.reflow()
}

// SetStyles changes how everything looks and keeps the scroll position. Looks may change
// as often as marks do; another palette renders rich text again.
func (v *View) SetStyles(s Styles) {
	same := s.Palette == v.palette
	v.palette = s.Palette
	v.looks = newLookTable(s)
	if same && v.cache.at != nil {
		return
	}
	v.reflow()
}

// Resize sets the size of the whole widget in cells: a gutter of two
// cells, left out under a width of 10, and the text right of it. The
// words of the top line stay on the screen.
func (v *View) Resize(width, height int) {
	width, height = max(0, width), max(0, height)
	if width == v.width {
		v.height = height
		v.clamp()
		return
	}
	v.width, v.height = width, height
	v.reflow()
}

// SetWidthMethod sets how the terminal counts the cells of a cluster: wcwidth until it
// grants mode 2027, by graphemes from then on.
func (v *View) SetWidthMethod(m ansi.Method) {
	if m == v.method {
		return
	}
	v.method = m
	v.tables = &tableSizes{at: map[int][]columnSize{}}
	v.reflow()
}

// Width returns the cells of a line of text, without the gutter.
func (v *View) Width() int { return max(minColumn, v.width-v.indent()) }

func (v *View) indent() int {
	if v.width < gutterFrom {
		return 0
	}
	return gutterWidth
}

// reflow breaks the document into rows again and keeps the top.
func (v *View) reflow() {
	v.goal = goal{}
	v.measure = v.Width()
	v.window.reflow()
}

// View returns the lines of the frame joined by newlines.
func (v *View) View() string { return strings.Join(v.Lines(), "\n") }
