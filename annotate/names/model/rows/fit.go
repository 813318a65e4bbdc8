package rows

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"byline/annotate/lexicon/packed"
)

// A Shape says how vectors are packed.
type Shape struct {
	Width, Given int
	Known        int // how many columns, the given ones first, the others are predicted from
	Block        int // rows in a block
	Pairs        bool
}

// mostCodes is how many codes there are for the columns.
const mostCodes = 16

// PackVectors returns rows as a section of a file; given are those that come with them.
func PackVectors(rows, given []byte, s Shape) ([]byte, error) {
	v := &Vectors{vectorHead: vectorHead{
		Rows: uint32(len(rows) / s.Width), Width: uint32(s.Width), Given: uint32(s.Given), Known: uint32(s.Known), Block: uint32(s.Block),
	}}
	if s.Pairs {
		v.Pairs = 1
	}
	begin, weights := v.fit(rows, given)
	v.setWeights(begin, weights)
	symbols, off := v.subtract(rows, given)
	v.chooseCodes(symbols)
	w, places, err := v.write(symbols, off)
	if err != nil {
		return nil, fmt.Errorf("pack vectors: %w", err)
	}
	v.Bits = uint32(w.At)
	out, err := binary.Append(nil, binary.LittleEndian, &v.vectorHead)
	if err != nil {
		return nil, fmt.Errorf("pack vectors: %w", err)
	}
	for _, x := range begin {
		out = binary.LittleEndian.AppendUint32(out, uint32(x))
	}
	for _, x := range weights {
		out = binary.LittleEndian.AppendUint16(out, uint16(x))
	}
	out = append(out, v.code...)
	for _, c := range v.codes {
		out = c.Append(out)
	}
	return slices.Concat(out, places, w.Bytes()), nil
}

// write writes the symbols of all rows, and returns their places.
func (v *Vectors) write(symbols, off []byte) (*packed.Writer, packed.Places, error) {
	w := &packed.Writer{}
	var starts []uint64
	for i := range int(v.Rows) {
		if i%int(v.Block) == 0 {
			starts = append(starts, w.At)
		}
		for k, c := range v.code {
			s := symbols[i*len(v.code)+k]
			w.Symbol(v.codes[c], s)
			if v.Pairs == 1 && s == far {
				w.Bits(uint32(off[i*int(v.Width)+k*2]), 8)
				w.Bits(uint32(off[i*int(v.Width)+k*2+1]), 8)
			}
		}
	}
	places, err := packed.MakePlaces(starts)
	return w, places, err
}

// subtract returns the symbols of all rows, and what each prediction is off by.
func (v *Vectors) subtract(rows, given []byte) (symbols, off []byte) {
	off = make([]byte, len(rows))
	sums := make([]uint64, v.words())
	for i := range int(v.Rows) {
		row := rows[i*int(v.Width):][:v.Width]
		v.start(sums, given[i*int(v.Given):][:v.Given])
		for j, x := range row {
			off[i*int(v.Width)+j] = x - byte(lane(sums[j/lanes], j%lanes)>>unitBits)
			v.see(sums, j, x)
		}
	}
	if v.Pairs == 0 {
		return off, off
	}
	for i := 0; i < len(off); i += 2 {
		symbols = append(symbols, pair(off[i], off[i+1]))
	}
	return symbols, off
}

// chooseCodes gives each symbol of a row one of a few codes: those that are about as surprising have the same.
func (v *Vectors) chooseCodes(symbols []byte) {
	n := v.symbols()
	counts := make([][256]int, n)
	for i, s := range symbols {
		counts[i%n][s]++
	}
	order := make([]int, n)
	surprise := make([]float64, n)
	for i := range order {
		order[i] = i
		for _, c := range counts[i] {
			if c > 0 {
				surprise[i] -= float64(c) * math.Log2(float64(c)/float64(v.Rows))
			}
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(surprise[a], surprise[b]) })
	v.code = make([]byte, n)
	for part := range slices.Chunk(order, (n+mostCodes-1)/mostCodes) {
		var sum [256]int
		for _, i := range part {
			v.code[i] = byte(len(v.codes))
			for s, c := range counts[i] {
				sum[s] += c
			}
		}
		v.codes = append(v.codes, packed.NewCode(&sum))
	}
	v.Codes = uint32(len(v.codes))
}

// fit returns what the predictions of the columns begin with, and the weights of those before them, by least squares.
func (v *Vectors) fit(rows, given []byte) (begin []int32, weights []int16) {
	n := int(v.Given + v.Width)
	sums := make([]float64, n)
	products := make([][]float64, n)
	for i := range products {
		products[i] = make([]float64, i+1)
	}
	x := make([]float64, n)
	for i := range int(v.Rows) {
		for k, b := range given[i*int(v.Given):][:v.Given] {
			x[k] = float64(b) - zero
		}
		for k, b := range rows[i*int(v.Width):][:v.Width] {
			x[int(v.Given)+k] = float64(b) - zero
		}
		for a, y := range x {
			sums[a] += y
			for b := range products[a][:min(a+1, int(v.Known))] {
				products[a][b] += y * x[b]
			}
		}
	}
	return v.solve(sums, products)
}

// solve returns begin and weights for the sums of the columns and of their products.
func (v *Vectors) solve(sums []float64, products [][]float64) (begin []int32, weights []int16) {
	rows := float64(max(v.Rows, 1))
	for a := range products {
		for b := range products[a] {
			products[a][b] -= sums[a] * sums[b] / rows
		}
	}
	root := choleskyRoot(products[:v.known(int(v.Width)-1)])
	for j := range int(v.Width) {
		k := v.known(j)
		at := int(v.Given) + j
		solution := substitute(root[:k], products[at][:k])
		ws := make([]int16, k)
		mean := sums[at] / rows
		for i, x := range solution {
			ws[i] = int16(min(max(math.Round(x*(1<<unitBits)), math.MinInt16), math.MaxInt16))
			mean -= float64(ws[i]) / (1 << unitBits) * sums[i] / rows
		}
		begin = append(begin, int32(math.Round((mean+zero+0.5)*(1<<unitBits))))
		weights = append(weights, ws...)
	}
	return begin, weights
}

// choleskyRoot returns the lower triangle whose product with itself is a, a symmetric matrix of which the lower triangle is given.
func choleskyRoot(a [][]float64) [][]float64 {
	const ridge = 1e-3 // a column that is the sum of others has some weight, too
	l := make([][]float64, len(a))
	for i := range a {
		l[i] = make([]float64, i+1)
		for j := range i + 1 {
			s := a[i][j]
			if i == j {
				s += ridge
			}
			for k := range j {
				s -= l[i][k] * l[j][k]
			}
			if i == j {
				l[i][i] = math.Sqrt(max(s, ridge))
			} else {
				l[i][j] = s / l[j][j]
			}
		}
	}
	return l
}

// substitute returns x where the matrix of which l is the root times x is y.
func substitute(l [][]float64, y []float64) []float64 {
	x := slices.Clone(y)
	for i := range x {
		for k := range i {
			x[i] -= l[i][k] * x[k]
		}
		x[i] /= l[i][i]
	}
	for i := len(x) - 1; i >= 0; i-- {
		for k := i + 1; k < len(x); k++ {
			x[i] -= l[k][i] * x[k]
		}
		x[i] /= l[i][i]
	}
	return x
}
