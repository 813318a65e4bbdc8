package textview

import (
	"slices"
	"sort"

	"byline/articles"
)

// A Mark gives the cells of a span a look.
type Mark struct {
	articles.Span
	Look int // index into [Styles.Looks]
}

// SetMarks replaces the marks of a layer, counted from 0 at the bottom. Marks of
// a layer may overlap and nest; the later in [articles.Span.Compare] is on top, and of
// equal spans the later in ms. The text does not move. The View keeps ms if it is in that
// order, and then it must not change.
func (v *View) SetMarks(layer int, ms []Mark) { v.LayMarks(layer, NewMarks(ms)) }

// LayMarks is SetMarks with marks that were made ready before, on whatever goroutine.
func (v *View) LayMarks(layer int, ms Marks) {
	if layer < 0 {
		return
	}
	for len(v.layers) <= layer {
		v.layers = append(v.layers, Marks{})
	}
	v.layers[layer] = ms
}

// Marks are the marks of a layer in order, with an index that finds those overlapping a range. The zero Marks are none.
type Marks struct {
	sorted chunks[Mark]
	reach  articles.Reach
}

// NewMarks makes ms ready to be laid on a text. It keeps them as [View.SetMarks] does.
func NewMarks(ms []Mark) Marks {
	sorted := inOrder(ms, func(m Mark) articles.Span { return m.Span })
	return Marks{chunksOf(sorted), articles.NewReach(len(sorted), func(i int) articles.Span { return sorted[i].Span })}
}

// Relook returns m with the looks of ms, which are on spans of m, and shares the rest with it. It reports false if another is
// on one of these as well, or none is.
func (m Marks) Relook(ms []Mark) (Marks, bool) {
	sorted, ok := m.sorted.with(ms, func(m *Mark) articles.Span { return m.Span })
	return Marks{sorted, m.reach}, ok
}

// Chunks are marks in order. Those that differ in few marks share the other chunks.
type chunks[M any] [][]M

// perChunk is how many marks a chunk has, but for the last.
const perChunk = 512

func chunksOf[M any](ms []M) chunks[M] { return slices.Collect(slices.Chunk(ms, perChunk)) }

func (p chunks[M]) len() int {
	if len(p) == 0 {
		return 0
	}
	return (len(p)-1)*perChunk + len(p[len(p)-1])
}

func (p chunks[M]) at(i int) *M { return &p[i/perChunk][i%perChunk] }

// with returns p with ms in place of those on their spans. It reports false if several are on one of these, or none is.
func (p chunks[M]) with(ms []M, span func(*M) articles.Span) (chunks[M], bool) {
	out := slices.Clone(p)
	for i := range ms {
		s := span(&ms[i])
		at, found := sort.Find(p.len(), func(k int) int { return s.Compare(span(p.at(k))) })
		if !found || at+1 < p.len() && span(p.at(at+1)) == s {
			return nil, false
		}
		b := at / perChunk
		if &out[b][0] == &p[b][0] {
			out[b] = slices.Clone(p[b])
		}
		out[b][at%perChunk] = ms[i]
	}
	return out, true
}

// inOrder returns ms, or a sorted copy if it is not in order.
func inOrder[M any](ms []M, span func(M) articles.Span) []M {
	compare := func(a, b M) int { return span(a).Compare(span(b)) }
	if slices.IsSortedFunc(ms, compare) {
		return ms
	}
	ms = slices.Clone(ms)
	slices.SortStableFunc(ms, compare)
	return ms
}

// A GutterMark puts a sign left of each row that shows a byte of its span. Many may
// share one Bar.
type GutterMark struct {
	articles.Span
	*Bar
}

// A Bar is how a gutter mark looks.
type Bar struct {
	Sign   string // one cell wide: "▎"
	First  string // on the row where the span starts; empty: Sign
	Last   string // on the row where it ends; empty: Sign
	Alone  string // if one row shows all of it; empty: First, or Sign
	Column int    // 0 or 1: which cell of the gutter
	Look   int    // index into [Styles.Looks]
}

// SetGutter replaces the marks of a layer of the gutter, counted from 0, and keeps them
// like SetMarks. If two claim one cell, the higher layer wins, and in one layer the later
// mark. A mark without a Bar shows nothing.
func (v *View) SetGutter(layer int, ms []GutterMark) { v.LayGutter(layer, NewGutter(ms)) }

// LayGutter is SetGutter with marks that were made ready before, on whatever goroutine.
func (v *View) LayGutter(layer int, g Gutter) {
	if layer < 0 {
		return
	}
	for len(v.gutter) <= layer {
		v.gutter = append(v.gutter, Gutter{})
	}
	v.gutter[layer] = g
}

// Gutter is like Marks, for the gutter.
type Gutter struct {
	sorted chunks[GutterMark]
	reach  articles.Reach
}

// NewGutter makes ms ready to be laid next to a text.
func NewGutter(ms []GutterMark) Gutter {
	sorted := inOrder(ms, func(m GutterMark) articles.Span { return m.Span })
	return Gutter{chunksOf(sorted), articles.NewReach(len(sorted), func(i int) articles.Span { return sorted[i].Span })}
}

// Relook is like [Marks.Relook].
func (g Gutter) Relook(ms []GutterMark) (Gutter, bool) {
	sorted, ok := g.sorted.with(ms, func(m *GutterMark) articles.Span { return m.Span })
	return Gutter{sorted, g.reach}, ok
}

// A sign is a cell of the gutter.
type sign struct {
	glyph string
	look  uint32
}

// signs returns the gutter of each line of the screen.
func (v *View) signs() [][gutterWidth]sign {
	out := make([][gutterWidth]sign, v.height)
	var near []*GutterMark
	s := v.Visible()
	for l := range v.gutter {
		v.gutter[l].reach.EachNear(s, func(i int) {
			if m := v.gutter[l].sorted.at(i); m.End > s.Start && m.Bar != nil && m.Column >= 0 && m.Column < gutterWidth {
				near = append(near, m)
			}
		})
	}
	if len(near) == 0 {
		return out
	}
	v.screen(func(y int, r *rendering, w *row) {
		if w == nil { // the blank row before a group belongs to marks that reach into the group
			w = &row{Span: articles.Span{Start: r.rows[0].Start, End: r.rows[0].Start}}
		}
		s := w.Span
		for _, m := range near {
			if !w.shows(m.Span) {
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
