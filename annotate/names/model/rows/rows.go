// Package rows holds tables of rows of equal width in few bytes, of which one row can be read by itself: [Rows], of which many are
// equal; [Sparse] ones, most of which is zero; and [Vectors], whose numbers say something about each other.
package rows

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math/bits"
	"slices"
)

// Rows are rows of equal width, packed or as they are: each different row once, the most frequent first, and for each row the number of
// the one it is equal to. What is used most is close together. The zero value has none.
//
// Packed, as a section of a file: how many rows there are, how many differ, how many bits a code has,
// 32 bits each; the different rows; the codes, lowest bit first, and four bytes of nothing.
type Rows struct {
	table []byte // the different rows; all of them if there are no codes
	codes []byte
	n     int
	bits  uint32 // of a code
	mask  uint32 // of as many
}

// At returns the table from row i on. It panics where i is not below Len.
func (p *Rows) At(i uint32, width int) []byte {
	if p.codes != nil {
		bit := uint64(i) * uint64(p.bits)
		i = binary.LittleEndian.Uint32(p.codes[bit>>3:]) >> (bit & 7) & p.mask
	}
	return p.table[int(i)*width:]
}

// Of returns rows of width bytes as they are, which it keeps without copying.
func Of(rows []byte, width int) Rows { return Rows{table: rows, n: len(rows) / width} }

// Len returns how many rows there are.
func (p *Rows) Len() int { return p.n }

// All returns all rows, one after another.
func (p *Rows) All(width int) []byte {
	if p.codes == nil {
		return p.table
	}
	out := make([]byte, p.n*width)
	for i := range p.n {
		copy(out[i*width:][:width], p.At(uint32(i), width))
	}
	return out
}

// mostBits is the most bits of a code: 32 less the bits by which it may be off the start of a byte.
const mostBits = 25

// Pack returns rows of width bytes as a section of a file.
func Pack(rows []byte, width int) []byte {
	counts := map[string]int{}
	for row := range slices.Chunk(rows, width) {
		counts[string(row)]++
	}
	order := make([]string, 0, len(counts))
	for row := range counts {
		order = append(order, row)
	}
	slices.SortFunc(order, func(a, b string) int { return cmp.Or(counts[b]-counts[a], cmp.Compare(a, b)) })
	codes := make(map[string]uint32, len(order))
	wide := uint32(bits.Len(uint(max(len(order)-1, 1))))
	n := len(rows) / width
	out := binary.LittleEndian.AppendUint32(nil, uint32(n))
	out = binary.LittleEndian.AppendUint32(out, uint32(len(order)))
	out = binary.LittleEndian.AppendUint32(out, wide)
	for i, row := range order {
		codes[row] = uint32(i)
		out = append(out, row...)
	}
	coded := make([]byte, (n*int(wide)+7)/8+4)
	bit := uint64(0)
	for row := range slices.Chunk(rows, width) {
		at := coded[bit>>3:]
		binary.LittleEndian.PutUint32(at, binary.LittleEndian.Uint32(at)|codes[string(row)]<<(bit&7))
		bit += uint64(wide)
	}
	return append(out, coded...)
}

// Unpack returns the rows of width bytes of a section, which it keeps without copying. It fails where the section is
// not as long as it says.
func Unpack(section []byte, width int) (Rows, error) {
	if len(section) == 0 {
		return Rows{}, nil
	}
	var head [3]uint32
	read, err := binary.Decode(section, binary.LittleEndian, &head)
	if err != nil {
		return Rows{}, fmt.Errorf("rows of %d bytes: %w", width, err)
	}
	section = section[read:]
	n, differ, wide := uint64(head[0]), uint64(head[1]), uint64(head[2])
	if wide == 0 || wide > mostBits || uint64(len(section)) != differ*uint64(width)+(n*wide+7)/8+4 {
		return Rows{}, fmt.Errorf("%d rows of %d bytes, %d of them different, are not %d bytes", n, width, differ, len(section))
	}
	end := int(differ) * width
	return Rows{table: section[:end:end], codes: section[end:], n: int(n), bits: uint32(wide), mask: 1<<wide - 1}, nil
}
