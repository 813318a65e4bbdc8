package model

import (
	"encoding/binary"

	"byline/annotate/names/model/rows"
)

// Rows are added eight bytes at once: the even bytes of a word of 64 bits as four numbers
// of 16 bits, then the odd ones. A byte is its weight plus zero, so that sums of up to
// 256 rows do not overflow.
const (
	zero = 128
	even = 0x00ff00ff00ff00ff
)

// A sum adds eight bytes a row: the odd bytes apart, and all as one number, of which the even ones are what is left.
type sum struct{ all, odd uint64 }

func (s *sum) add(x uint64) {
	s.all += x
	s.odd += x >> 8 & even
}

// parts returns the sums of the even bytes and those of the odd ones, 16 bits each.
func (s *sum) parts() [2]uint64 { return [2]uint64{s.all - s.odd<<8, s.odd} }

// number returns number k of the sums of n rows.
func (s *sum) number(k, n int) int32 {
	return int32(s.parts()[k&1]>>(k>>1*16)&0xffff) - int32(n*zero)
}

// mostRows is how many rows one sum holds.
const mostRows = 256

// A scorer scores the tokens of one text.
type scorer struct {
	*Model
	of                   *weights
	linear, deep         *rows.Recent
	linearMask, deepMask uint32
	out                  *outputs
}

// How many rows a scorer keeps, as powers of two: about as many as an article asks for.
const (
	recentLinear = 14
	recentDeep   = 11
)

// scorer returns a scorer, which may be given back by m.fast.kept.Put.
func (m *Model) scorer() *scorer {
	w := m.weightsNow()
	if s, ok := m.fast.kept.Get().(*scorer); ok && s.of == w {
		s.Model = m
		return s
	}
	linear, deep := w.masks()
	return &scorer{m, w, w.linear.Recent(recentLinear), w.deep.Recent(recentDeep), linear, deep, m.outputs()}
}

// emit computes the scores of a token's labels, in 1/SumUnit, of its features and the
// numbers of the vectors around it.
func (m *scorer) emit(features []Feature, ids *[Around]uint32, out *[Labels]int32) {
	features = features[:min(len(features), mostRows-Around)]
	var linear sum
	var deep [Units / 8]sum
	n := 0
	for _, f := range features {
		h := f.Hash()
		linear.add(m.linear.Eight(h & m.linearMask))
		if f.Hidden() {
			addUnits(&deep, m.deep.Row(h&m.deepMask, Units))
			n++
		}
	}
	for k, id := range ids {
		switch {
		case id == 0:
		case k == Around/2:
			addUnits(&deep, m.center.Row(id))
			n++
		case id < Near:
			if k > Around/2 {
				k--
			}
			addUnits(&deep, m.near.Row(id)[k*Units:])
			n++
		}
	}
	*out = [Labels]int32{}
	for k := range Scored {
		out[k+1] = linear.number(k, len(features)) * (SumUnit / RowUnit)
	}
	m.addHidden(&deep, n, out)
}

// addSourceMean adds the mean of the weights of the features of some sources.
func (m *scorer) addSourceMean(features []Feature, out *[Labels]int32) {
	if len(features) == 0 {
		return
	}
	var linear sum
	for _, f := range features {
		linear.add(m.linear.Eight(f.Hash() & m.linearMask))
	}
	for k := range Scored {
		out[k+1] += linear.number(k, len(features)) * (SumUnit / RowUnit) / int32(len(features)/sourceFeatures)
	}
}

func addUnits(to *[Units / 8]sum, row []byte) {
	row = row[:Units]
	for i := range to {
		to[i].add(binary.LittleEndian.Uint64(row[i*8:]))
	}
}

// outputs are the weights of the hidden layer's output by unit, those of two labels in one number: a product with a small
// number and sums of such products are those of both.
type outputs [Units][Scored / 2]uint64

func (p *Params) outputs() *outputs {
	o := &outputs{}
	for u := range o {
		for k := range o[u] {
			o[u][k] = uint64(int64(p.Out[2*k][u])) + uint64(int64(p.Out[2*k+1][u]))<<32
		}
	}
	return o
}

// addHidden adds the output of the hidden layer to the scores.
func (m *scorer) addHidden(deep *[Units / 8]sum, n int, out *[Labels]int32) {
	var add [Scored / 2]uint64
	for i := range deep {
		parts := deep[i].parts()
		for k := range 8 {
			h := int32(parts[k&1]&0xffff) - int32(n*zero)
			parts[k&1] >>= 16
			if h <= 0 {
				continue
			}
			w := &m.out[i*8+k]
			for j := range add {
				add[j] += uint64(h) * w[j]
			}
		}
	}
	for k, x := range add {
		low := int32(x)
		out[2*k+1] += low >> 5 // h is in 1/RowUnit
		out[2*k+2] += int32((x-uint64(int64(low)))>>32) >> 5
	}
}
