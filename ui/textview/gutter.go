package textview

import "byline/articles"

// A GutterMark puts a sign left of each row that shows a byte of its span. Many share
// one Bar.
type GutterMark struct {
	articles.Span
	*Bar
}

// A Bar is how a gutter mark looks.
type Bar struct {
	Sign   string // one cell wide: "▎"
	First  string // on the row where the span starts; empty: Sign
	Last   string // on the row where it ends; empty: Sign
	Alone  string // where one row shows it all; empty: First, or Sign
	Column int    // 0 or 1: which cell of the gutter
	Look   int    // index into [Styles.Looks]
}

// SetGutter replaces the marks of a layer of the gutter, counted from 0, and keeps them
// like SetMarks. Where two claim one cell, the higher layer wins, and in one layer the
// later mark. A mark without a Bar shows nothing.
func (v *View) SetGutter(layer int, ms []GutterMark) {
	if layer < 0 {
		return
	}
	for len(v.gutter) <= layer {
		v.gutter = append(v.gutter, gutter{})
	}
	v.gutter[layer] = newGutter(ms)
}

// gutter is the same for the marks of the gutter.
type gutter struct {
	sorted []GutterMark
	reach  reach
}

func newGutter(ms []GutterMark) gutter {
	sorted := inOrder(ms, func(m GutterMark) articles.Span { return m.Span })
	return gutter{sorted, newReach(len(sorted), func(i int) articles.Span { return sorted[i].Span })}
}

// A sign is a cell of the gutter.
type sign struct {
	glyph string
	look  uint32
}

// signs works out the gutter of each line of the screen.
func (v *View) signs() [][GutterWidth]sign {
	out := make([][GutterWidth]sign, v.height)
	var near []*GutterMark
	s := v.Visible()
	for l := range v.gutter {
		v.gutter[l].reach.overlapping(s, func(i int) {
			if m := &v.gutter[l].sorted[i]; m.End > s.Start && m.Bar != nil && m.Column >= 0 && m.Column < GutterWidth {
				near = append(near, m)
			}
		})
	}
	if len(near) == 0 {
		return out
	}
	v.screen(func(y int, r *rendering, w *row) {
		var s articles.Span
		if w != nil {
			s = w.Span
		} else { // the blank row before a group is inside what reaches into the group
			s = articles.Span{Start: r.rows[0].Start, End: r.rows[0].Start}
		}
		for _, m := range near {
			if !s.Overlaps(m.Span) {
				continue
			}
			if g := glyphs(nil, m.sign(s), 0, v.method); len(g) == 1 && g[0].width == 1 {
				out[y][m.Column] = sign{g[0].glyph, v.looks.sum(v.looks.gutter, v.looks.sign(m.Look))}
			}
		}
	})
	return out
}

// sign returns the sign of m for a row that shows w.
func (m *GutterMark) sign(w articles.Span) string {
	first, last := w.Has(m.Start), w.Has(m.End-1)
	switch {
	case first && last && m.Alone != "":
		return m.Alone
	case first && m.First != "":
		return m.First
	case last && !first && m.Last != "":
		return m.Last
	}
	return m.Sign
}
