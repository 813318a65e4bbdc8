package model

import "encoding/binary"

// Rows are added eight bytes at once: the even bytes of a word of 64 bits as four numbers
// of 16 bits, then the odd ones. A byte is its weight plus zero, so that sums of up to
// 256 rows do not overflow.
const (
	zero = 128
	even = 0x00ff00ff00ff00ff
)

// A sum adds eight bytes a row.
type sum struct{ even, odd uint64 }

func (s *sum) add(row []byte) {
	x := binary.LittleEndian.Uint64(row)
	s.even += x & even
	s.odd += x >> 8 & even
}

// number returns number k of the sums of n rows.
func (s *sum) number(k, n int) int32 {
	x := s.even
	if k&1 == 1 {
		x = s.odd
	}
	return int32(x>>(k>>1*16)&0xffff) - int32(n*zero)
}

// mostRows is how many rows one sum holds.
const mostRows = 256

// emit computes the scores of a token's labels, in 1/SumUnit, of its features and the
// numbers of the vectors around it.
func (m *Model) emit(features []Feature, ids *[Around]uint32, out *[Labels]int32) {
	features = features[:min(len(features), mostRows-Around)]
	var linear sum
	var deep [Units / 8]sum
	n := 0
	rows := m.rowsNow()
	linearMask, deepMask := rows.masks()
	for _, f := range features {
		h := f.Hash()
		linear.add(rows.linear.At(h&linearMask, Scored))
		if f.Hidden() {
			addUnits(&deep, rows.deep.At(h&deepMask, Units))
			n++
		}
	}
	for k, id := range ids {
		switch {
		case id == 0:
		case k == Around/2:
			addUnits(&deep, m.center[int(id)*Units:])
			n++
		case id < Near:
			if k > Around/2 {
				k--
			}
			addUnits(&deep, m.near[(int(id)*(Around-1)+k)*Units:])
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
func (m *Model) addSourceMean(features []Feature, out *[Labels]int32) {
	if len(features) == 0 {
		return
	}
	var linear sum
	rows := m.rowsNow()
	mask, _ := rows.masks()
	for _, f := range features {
		linear.add(rows.linear.At(f.Hash()&mask, Scored))
	}
	for k := range Scored {
		out[k+1] += linear.number(k, len(features)) * (SumUnit / RowUnit) / int32(len(features)/sourceFeatures)
	}
}

func addUnits(to *[Units / 8]sum, row []byte) {
	row = row[:Units]
	for i := range to {
		to[i].add(row[i*8:])
	}
}

// addHidden adds the output of the hidden layer to the scores.
func (m *Model) addHidden(deep *[Units / 8]sum, n int, out *[Labels]int32) {
	var add [Scored]int32
	for u := range Units {
		h := deep[u/8].number(u%8, n)
		if h <= 0 {
			continue
		}
		for k := range add {
			add[k] += h * m.Out[k][u]
		}
	}
	for k, x := range add {
		out[k+1] += x >> 5 // h is in 1/RowUnit
	}
}
