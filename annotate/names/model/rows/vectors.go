package rows

import (
	"encoding/binary"
	"fmt"
	"slices"

	"byline/annotate/lexicon/packed"
)

// Vectors are rows of numbers that come from vectors of words by linear maps, so that each number says something about the
// others: it is predicted from those before it in the row, and from a row that is given with it, and only what the prediction
// is off by is stored, in Huffman codes. The numbers are bytes, 128 for 0. The zero value has no rows.
//
// The predictions are sums of products of whole numbers, the same on every processor: three in one number of 64 bits, 21 bits
// each, in units of 1/4096.
//
// As a section of a file: a [vectorHead]; of each column what the prediction begins with, 32 bits, and the weights of the columns
// before it, 16 bits each; the numbers of the codes, the codes, [packed.Places] and the bits.
type Vectors struct {
	vectorHead
	begin   []uint64 // three columns in each
	weights []uint64 // by column that is known, as many
	codes   []*packed.Code
	code    []byte // by column or pair of columns
	places  packed.Places
	stream  []byte
}

type vectorHead struct {
	Rows, Width uint32
	Given       uint32 // the width of the row that is given
	Known       uint32 // how many columns, the given ones first, the others are predicted from
	Block       uint32 // rows in a block
	Pairs       uint32 // 1 if two columns are in one symbol
	Codes       uint32
	Bits        uint32 // of the stream
}

const (
	lanes     = 3
	laneBits  = 21
	unitBits  = 12
	atOnce    = 8 // sums
	mostWords = ((256+lanes-1)/lanes + atOnce - 1) / atOnce * atOnce
)

// words returns how many numbers of 64 bits the predictions of a row take, so many that they are added up atOnce.
func (h *vectorHead) words() int {
	return ((int(h.Width)+lanes-1)/lanes + atOnce - 1) / atOnce * atOnce
}

// known returns how many columns column j is predicted from.
func (h *vectorHead) known(j int) int { return min(int(h.Given)+j, int(h.Known)) }

// symbols returns how many symbols a row has.
func (h *vectorHead) symbols() int { return int(h.Width) >> h.Pairs }

// Len returns how many rows there are.
func (v *Vectors) Len() int { return int(v.Rows) }

// Row reads row i into dst, which has its width; given is the row that comes with it.
func (v *Vectors) Row(i uint32, given, dst []byte) {
	r := packed.Reader{Data: v.stream, At: v.places.At(i / v.Block)}
	for range i % v.Block {
		v.skip(&r)
	}
	v.read(&r, given, dst)
}

// All returns all rows; given are all those that come with them.
func (v *Vectors) All(given []byte) []byte {
	out := make([]byte, int(v.Rows)*int(v.Width))
	r := packed.Reader{Data: v.stream}
	for i := range int(v.Rows) {
		v.read(&r, given[i*int(v.Given):][:v.Given], out[i*int(v.Width):][:v.Width])
	}
	return out
}

func (v *Vectors) skip(r *packed.Reader) {
	for _, c := range v.code {
		if s := r.Symbol(v.codes[c]); v.Pairs == 1 && s == far {
			r.At += 16
		}
	}
}

// read reads a row into dst.
func (v *Vectors) read(r *packed.Reader, given, dst []byte) {
	if v.Pairs == 1 {
		v.readPairs(r, dst)
	} else {
		for i, c := range v.code {
			dst[i] = r.Symbol(v.codes[c])
		}
	}
	var space [mostWords]uint64
	sums := space[:v.words()]
	v.start(sums, given)
	j := 0
	for ; j < int(v.Known)-int(v.Given); j++ {
		dst[j] += byte(lane(sums[j/lanes], j%lanes) >> unitBits)
		v.see(sums, j, dst[j])
	}
	for ; j < len(dst) && j%lanes > 0; j++ {
		dst[j] += byte(lane(sums[j/lanes], j%lanes) >> unitBits)
	}
	addPredictions(dst[j:], sums[j/lanes:])
}

// addPredictions adds the predictions in sums to as many columns.
func addPredictions(dst []byte, sums []uint64) {
	for _, sum := range sums {
		if len(dst) < lanes {
			break
		}
		dst[0] += byte(lane(sum, 0) >> unitBits)
		dst[1] += byte(lane(sum, 1) >> unitBits)
		dst[2] += byte(lane(sum, 2) >> unitBits)
		dst, sums = dst[lanes:], sums[1:]
	}
	for k := range dst {
		dst[k] += byte(lane(sums[0], k) >> unitBits)
	}
}

// start sets sums to the predictions of the columns from the row that is given.
func (v *Vectors) start(sums []uint64, given []byte) {
	copy(sums, v.begin)
	weights := v.weights
	for ; len(given) >= 2; given = given[2:] {
		addTwo(sums, weights, weights[len(sums):], given[0], given[1])
		weights = weights[2*len(sums):]
	}
	for _, x := range given {
		addProducts(sums, weights, x)
	}
}

// see adds to the predictions of the columns after j what it says about them that column j is x.
func (v *Vectors) see(sums []uint64, j int, x byte) {
	if i := int(v.Given) + j; i < int(v.Known) {
		from := j / lanes / atOnce * atOnce
		addProducts(sums[from:], v.weights[i*len(sums)+from:], x)
	}
}

// lane returns number k of three in a sum, each of which has a sign.
func lane(sum uint64, k int) int {
	s := int64(sum)
	if k > 0 {
		s = (s - s<<(64-laneBits)>>(64-laneBits)) >> laneBits
	}
	if k > 1 {
		s = (s - s<<(64-laneBits)>>(64-laneBits)) >> laneBits
	}
	return int(s << (64 - laneBits) >> (64 - laneBits))
}

// addProducts adds weights, at least as many, times what x stands for to sums.
func addProducts(sums, weights []uint64, x byte) {
	y := uint64(x) - zero
	for len(sums) >= atOnce {
		s, w := (*[atOnce]uint64)(sums), (*[atOnce]uint64)(weights)
		s[0] += y * w[0]
		s[1] += y * w[1]
		s[2] += y * w[2]
		s[3] += y * w[3]
		s[4] += y * w[4]
		s[5] += y * w[5]
		s[6] += y * w[6]
		s[7] += y * w[7]
		sums, weights = sums[atOnce:], weights[atOnce:]
	}
}

// addTwo is [addProducts] of two columns, in less time.
func addTwo(sums, v, w []uint64, x, y byte) {
	a, b := uint64(x)-zero, uint64(y)-zero
	for len(sums) >= atOnce {
		s, v8, w8 := (*[atOnce]uint64)(sums), (*[atOnce]uint64)(v), (*[atOnce]uint64)(w)
		s[0] += a*v8[0] + b*w8[0]
		s[1] += a*v8[1] + b*w8[1]
		s[2] += a*v8[2] + b*w8[2]
		s[3] += a*v8[3] + b*w8[3]
		s[4] += a*v8[4] + b*w8[4]
		s[5] += a*v8[5] + b*w8[5]
		s[6] += a*v8[6] + b*w8[6]
		s[7] += a*v8[7] + b*w8[7]
		sums, v, w = sums[atOnce:], v[atOnce:], w[atOnce:]
	}
}

// Two columns whose predictions are off by at most most are one symbol; for others, far is before both.
const (
	most   = 7
	spread = 2*most + 1
	far    = 255
)

func (v *Vectors) readPairs(r *packed.Reader, dst []byte) {
	for i, c := range v.code {
		s := r.Symbol(v.codes[c])
		if s == far {
			dst[i*2], dst[i*2+1] = byte(r.Bits(8)), byte(r.Bits(8))
			continue
		}
		dst[i*2], dst[i*2+1] = s/spread-most, s%spread-most
	}
}

// pair returns the symbol of two columns.
func pair(a, b byte) byte {
	if a, b := a+most, b+most; a < spread && b < spread {
		return a*spread + b
	}
	return far
}

// setWeights sets begin and weights from numbers in the order of the file.
func (v *Vectors) setWeights(begin []int32, weights []int16) {
	n := v.words()
	v.begin = make([]uint64, n)
	v.weights = make([]uint64, n*int(v.Known))
	for j, x := range begin {
		at, shift := j/lanes, j%lanes*laneBits
		v.begin[at] += uint64(int64(x)) << shift
		known := v.known(j)
		for i, x := range weights[:known] {
			v.weights[i*n+at] += uint64(int64(x)) << (shift & 63)
		}
		weights = weights[known:]
	}
}

// OpenVectors returns the rows of a section, which it keeps without copying. It fails where the section is not as long as
// it says, or other than said: rows of width bytes, each of them with given bytes.
func OpenVectors(section []byte, width, given int) (Vectors, error) {
	v := Vectors{}
	if len(section) == 0 {
		return v, nil
	}
	n, err := binary.Decode(section, binary.LittleEndian, &v.vectorHead)
	if err != nil {
		return Vectors{}, fmt.Errorf("vectors: %w", err)
	}
	if int(v.Width) != width || int(v.Given) != given || v.words() > mostWords || v.Block == 0 || v.Pairs > 1 || int(v.Known) < given || int(v.Known) > width+given {
		return Vectors{}, fmt.Errorf("vectors of %d numbers beside %d, not of %d beside %d", v.Width, v.Given, width, given)
	}
	rest, err := v.openWeights(section[n:])
	if err != nil {
		return Vectors{}, err
	}
	if rest, err = v.openCodes(rest); err != nil {
		return Vectors{}, err
	}
	places := uint64(packed.PlacesSize(int((v.Rows + v.Block - 1) / v.Block)))
	if uint64(len(rest)) != places+(uint64(v.Bits)+7)/8+packed.Slack {
		return Vectors{}, fmt.Errorf("%d vectors are not %d bytes", v.Rows, len(section))
	}
	v.places, v.stream = packed.Places(rest[:places]), rest[places:]
	return v, nil
}

func (v *Vectors) openCodes(data []byte) (rest []byte, err error) {
	if len(data) < v.symbols() {
		return nil, fmt.Errorf("vectors: %d bytes of codes are too few", len(data))
	}
	v.code, rest = data[:v.symbols()], data[v.symbols():]
	if v.Codes > 256 || int(slices.Max(v.code)) >= int(v.Codes) {
		return nil, fmt.Errorf("vectors: %d codes", v.Codes)
	}
	v.codes = make([]*packed.Code, v.Codes)
	for i := range v.codes {
		if v.codes[i], rest, err = packed.ReadCode(rest); err != nil {
			return nil, fmt.Errorf("vectors: %w", err)
		}
	}
	return rest, nil
}

func (v *Vectors) openWeights(data []byte) (rest []byte, err error) {
	begin := make([]int32, v.Width)
	n := 0
	for j := range begin {
		n += v.known(j)
	}
	if len(begin)*4+n*2 > len(data) {
		return nil, fmt.Errorf("vectors: %d bytes of weights are too few", len(data))
	}
	for j := range begin {
		begin[j] = int32(binary.LittleEndian.Uint32(data))
		data = data[4:]
	}
	weights := make([]int16, n)
	for i := range weights {
		weights[i] = int16(binary.LittleEndian.Uint16(data[i*2:]))
	}
	v.setWeights(begin, weights)
	return data[n*2:], nil
}
