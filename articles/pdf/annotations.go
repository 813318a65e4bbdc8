package pdf

import (
	"math"

	"github.com/ledongthuc/pdf"
)

// mostAnnotations is how many annotations of a page are painted.
const mostAnnotations = 10_000

// Flags of an annotation (ISO 32000, 12.5.3).
const (
	hidden = 1 << 1
	noView = 1 << 5
)

// annotations paints what is written on a page: the fields of a form that somebody filled in, and notes in boxes.
func (w *painter) annotations(p pdf.Page) {
	list := p.V.Key("Annots")
	for i := range min(list.Len(), mostAnnotations) {
		a := list.Index(i)
		if a.Key("F").Int64()&(hidden|noView) != 0 || a.Key("Subtype").Name() == "Popup" {
			continue
		}
		look := a.Key("AP").Key("N")
		if look.Kind() == pdf.Dict { // one for each state, such as a box that is ticked
			look = look.Key(a.Key("AS").Name())
		}
		if look.Kind() == pdf.Stream {
			w.appearance(p, look, a.Key("Rect"))
		}
	}
}

// appearance paints the form that an annotation looks like into its rectangle (ISO 32000, 12.5.5, algorithm 8).
func (w *painter) appearance(p pdf.Page, look, rect pdf.Value) {
	box, to := bounds(look.Key("BBox"), matrixAt(look.Key("Matrix"))), bounds(rect, unit)
	fit := matrix{a: 1, d: 1, e: to.left - box.left, f: to.low - box.low}
	if box.width() > 0 && box.height() > 0 {
		fit.a, fit.d = to.width()/box.width(), to.height()/box.height()
		fit.e, fit.f = to.left-box.left*fit.a, to.low-box.low*fit.d
	}
	w.state = state{ctm: fit, tm: unit, tlm: unit, scaled: 1}
	w.stack = nil
	w.form(p, look)
}

// matrixAt returns the matrix that an array holds, unit for none.
func matrixAt(v pdf.Value) matrix {
	if v.Len() != 6 {
		return unit
	}
	at := func(i int) float64 { return v.Index(i).Float64() }
	return matrix{at(0), at(1), at(2), at(3), at(4), at(5)}
}

// A rectangle is one with sides along the axes.
type rectangle struct{ left, low, right, high float64 }

func (r rectangle) width() float64  { return r.right - r.left }
func (r rectangle) height() float64 { return r.high - r.low }

// bounds returns the smallest rectangle around the one that an array holds after m is applied to it.
func bounds(v pdf.Value, m matrix) rectangle {
	at := func(i int) float64 { return v.Index(i).Float64() }
	r := rectangle{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, corner := range [][2]float64{{at(0), at(1)}, {at(2), at(1)}, {at(0), at(3)}, {at(2), at(3)}} {
		to := m.multiply(matrix{a: 1, d: 1, e: corner[0], f: corner[1]})
		r = rectangle{min(r.left, to.e), min(r.low, to.f), max(r.right, to.e), max(r.high, to.f)}
	}
	return r
}
