package textview

import (
	"byline/ui/theme"

	uv "github.com/charmbracelet/ultraviolet"
)

// A Look is a change to cells. The zero value of each field changes nothing, so that looks add up.
type Look = theme.Look

// Styles are how a view looks. The zero Styles use the terminal's own colours.
type Styles struct {
	Looks   []Look  // the Look of a [Mark] and a [GutterMark] is an index into it; others change nothing
	Text    Look    // under everything, including blank cells
	Gutter  Look    // of the gutter, over Text
	Palette Palette // of rich text
}

// styleOf returns l as a terminal style.
func styleOf(l Look) uv.Style {
	s := uv.Style{Fg: l.Fg, Bg: l.Bg, UnderlineColor: l.UnderlineColor, Underline: l.Underline}
	for _, a := range []struct {
		on  bool
		bit uint8
	}{
		{l.Bold, uv.AttrBold}, {l.Faint, uv.AttrFaint}, {l.Italic, uv.AttrItalic},
		{l.Strike, uv.AttrStrikethrough}, {l.Reverse, uv.AttrReverse},
	} {
		if a.on {
			s.Attrs |= a.bit
		}
	}
	return s
}

// lookOf returns the look of a style that Glamour gave a cell.
func lookOf(s uv.Style) Look {
	return Look{
		Fg: s.Fg, Bg: s.Bg, UnderlineColor: s.UnderlineColor, Underline: s.Underline,
		Bold: s.Attrs&uv.AttrBold != 0, Faint: s.Attrs&uv.AttrFaint != 0,
		Italic: s.Attrs&uv.AttrItalic != 0, Strike: s.Attrs&uv.AttrStrikethrough != 0,
		Reverse: s.Attrs&uv.AttrReverse != 0,
	}
}

// An attr is how a cell is drawn before marks: a look, and the address of a link.
type attr struct {
	look Look
	link string
}

// A lookTable numbers looks, their sums and how each is written, so that a frame works
// with small numbers.
type lookTable struct {
	marks  []uint32 // number of each of Styles.Looks
	signs  []uint32 // the same without what makes sense on letters only: lines and slant
	number map[Look]uint32
	looks  []Look
	sgr    []string // of each look; empty until requested
	sums   map[uint64]uint32
	text   uint32
	gutter uint32
}

func newLookTable(s Styles) *lookTable {
	k := &lookTable{number: map[Look]uint32{{}: 0}, looks: []Look{{}}, sgr: []string{""}, sums: map[uint64]uint32{}}
	for _, l := range s.Looks {
		k.marks = append(k.marks, k.intern(l))
		k.signs = append(k.signs, k.intern(Look{Fg: l.Fg, Bg: l.Bg, Bold: l.Bold, Faint: l.Faint, Reverse: l.Reverse}))
	}
	k.text = k.intern(s.Text)
	k.gutter = k.intern(s.Text.Over(s.Gutter))
	return k
}

// intern returns the number of l, a new one for a look that it has not seen.
func (k *lookTable) intern(l Look) uint32 {
	if n, ok := k.number[l]; ok {
		return n
	}
	n := uint32(len(k.looks))
	k.number[l] = n
	k.looks = append(k.looks, l)
	k.sgr = append(k.sgr, "")
	return n
}

// mark returns the number of the look that marks name by i.
func (k *lookTable) mark(i int) uint32 {
	if i < 0 || i >= len(k.marks) {
		return 0
	}
	return k.marks[i]
}

// sign is like mark, for signs of the gutter.
func (k *lookTable) sign(i int) uint32 {
	if i < 0 || i >= len(k.signs) {
		return 0
	}
	return k.signs[i]
}

// sum returns the number of look a with look b on top.
func (k *lookTable) sum(a, b uint32) uint32 {
	if b == 0 {
		return a
	}
	if a == 0 {
		return b
	}
	key := uint64(a)<<32 | uint64(b)
	if n, ok := k.sums[key]; ok {
		return n
	}
	n := k.intern(k.looks[a].Over(k.looks[b]))
	k.sums[key] = n
	return n
}

// sequence returns the SGR that sets look n after a reset.
func (k *lookTable) sequence(n uint32) string {
	if n == 0 {
		return ""
	}
	if k.sgr[n] == "" {
		s := styleOf(k.looks[n])
		k.sgr[n] = s.String()
	}
	return k.sgr[n]
}
