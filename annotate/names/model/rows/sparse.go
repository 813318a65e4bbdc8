package rows

import (
	"encoding/binary"
	"fmt"
	"math/bits"
	"slices"

	"byline/annotate/lexicon/packed"
)

// zero is the byte that stands for 0 in a row of weights.
const zero = 128

const zeros = 0x8080808080808080

// Sparse are rows of weights of equal width, a multiple of eight bytes, most of which are zero. The zero value has none.
//
// Packed, each eight bytes of a row are a mask, which says where something is, and that, both in Huffman codes; a row of
// more than eight begins with its class, how much of it is not zero, and each class has a code of masks. Looking up a row takes
// reading over those before it in its block.
//
// As a section of a file: a [sparseHead], the codes, [packed.Places] and the bits.
type Sparse struct {
	sparseHead
	plain   []byte         // all rows as they are; nil if they are packed
	classes *packed.Code   // of rows of more than eight bytes
	masks   []*packed.Code // by class
	values  *packed.Code
	places  packed.Places
	stream  []byte
}

type sparseHead struct {
	Rows, Width uint32
	Block       uint32 // rows in a block
	Bits        uint32 // of the stream
}

// classCount is how many classes rows of more than eight bytes have: none, one to four and so on.
const classCount = 13

// codes returns how many codes of masks there are.
func (h *sparseHead) codes() int {
	if h.Width == 8 {
		return 1
	}
	return classCount
}

func (h *sparseHead) class(row []byte) int {
	if h.Width == 8 {
		return 0
	}
	n := 0
	for _, x := range row {
		if x != zero {
			n++
		}
	}
	return min((n+3)/4, classCount-1)
}

// Len returns how many rows there are.
func (s *Sparse) Len() int { return int(s.Rows) }

// skipEight returns the bit after the eight bytes at bit at.
func (s *Sparse) skipEight(at uint64, masks *packed.Code) uint64 {
	word := packed.Peek(s.stream, at)
	mask, n := masks.First(word)
	values := s.values
	for left := bits.OnesCount8(mask); left > 0; left-- {
		if n > 57-packed.Most {
			at, n = at+n, 0
			word = packed.Peek(s.stream, at)
		}
		_, k := values.First(word >> (n & 63))
		n += k
	}
	return at + n
}

// readEight returns the eight bytes at bit at, and the bit after them.
func (s *Sparse) readEight(at uint64, masks *packed.Code) (x, next uint64) {
	word := packed.Peek(s.stream, at)
	mask, n := masks.First(word)
	x = zeros
	values := s.values
	for ; mask != 0; mask &= mask - 1 {
		if n > 57-packed.Most {
			at, n = at+n, 0
			word = packed.Peek(s.stream, at)
		}
		v, k := values.First(word >> (n & 63))
		n += k
		x ^= uint64(v^zero) << (uint(bits.TrailingZeros8(mask)*8) & 63)
	}
	return x, at + n
}

// Read reads row i into dst, which has its width. It panics where there is no such row.
func (s *Sparse) Read(i uint32, dst []byte) {
	at := s.places.At(i / s.Block)
	for range i % s.Block {
		at = s.skip(at)
	}
	s.read(at, dst)
}

// start returns the code of masks of the row at bit at, nil for a row without any, and where they begin.
func (s *Sparse) start(at uint64) (*packed.Code, uint64) {
	if s.classes == nil {
		return s.masks[0], at
	}
	c, n := s.classes.First(packed.Peek(s.stream, at))
	if c > 0 && int(c) < len(s.masks) {
		return s.masks[c], at + n
	}
	return nil, at + n
}

// skip returns the bit after the row at bit at.
func (s *Sparse) skip(at uint64) uint64 {
	masks, at := s.start(at)
	if masks == nil {
		return at
	}
	for range s.Width / 8 {
		at = s.skipEight(at, masks)
	}
	return at
}

// read reads the row at bit at into dst, which has its width, and returns the bit after it.
func (s *Sparse) read(at uint64, dst []byte) uint64 {
	masks, at := s.start(at)
	for ; len(dst) >= 8; dst = dst[8:] {
		x := uint64(zeros)
		if masks != nil {
			x, at = s.readEight(at, masks)
		}
		binary.LittleEndian.PutUint64(dst, x)
	}
	return at
}

// Unpacked returns the rows as they are, which takes Len times their width of memory.
func (s *Sparse) Unpacked() Sparse {
	return Sparse{sparseHead: s.sparseHead, plain: s.All()}
}

// All returns all rows, one after another.
func (s *Sparse) All() []byte {
	if s.plain != nil || s.Rows == 0 {
		return s.plain
	}
	out := make([]byte, int(s.Rows)*int(s.Width))
	at := uint64(0)
	if s.Width == 8 {
		for row := out; len(row) >= 8; row = row[8:] {
			var x uint64
			x, at = s.readEight(at, s.masks[0])
			binary.LittleEndian.PutUint64(row, x)
		}
		return out
	}
	for row := range slices.Chunk(out, int(s.Width)) {
		at = s.read(at, row)
	}
	return out
}

// PackSparse returns rows of width bytes, a multiple of eight, as a section of a file.
func PackSparse(rows []byte, width int) ([]byte, error) {
	h := sparseHead{Rows: uint32(len(rows) / width), Width: uint32(width), Block: 8}
	if width > 8 {
		h.Block = 2
	}
	s := Sparse{sparseHead: h}
	s.count(rows)
	w := &packed.Writer{}
	var starts []uint64
	n := uint32(0)
	for row := range slices.Chunk(rows, width) {
		if n%h.Block == 0 {
			starts = append(starts, w.At)
		}
		s.write(w, row)
		n++
	}
	places, err := packed.MakePlaces(starts)
	if err != nil {
		return nil, fmt.Errorf("pack rows of %d bytes: %w", width, err)
	}
	h.Bits = uint32(w.At)
	out, err := binary.Append(nil, binary.LittleEndian, h)
	if err != nil {
		return nil, fmt.Errorf("pack rows: %w", err)
	}
	if s.classes != nil {
		out = s.classes.Append(out)
	}
	for _, c := range s.masks {
		out = c.Append(out)
	}
	return slices.Concat(s.values.Append(out), places, w.Bytes()), nil
}

// count sets the codes by how often what is in rows.
func (s *Sparse) count(rows []byte) {
	var classes, values [256]int
	masks := make([][256]int, s.codes())
	for row := range slices.Chunk(rows, int(s.Width)) {
		c := s.class(row)
		classes[c]++
		for eight := range slices.Chunk(row, 8) {
			masks[c][mask(eight)]++
			for _, x := range eight {
				if x != zero {
					values[x]++
				}
			}
		}
	}
	if s.Width > 8 {
		s.classes = packed.NewCode(&classes)
	}
	for i := range masks {
		s.masks = append(s.masks, packed.NewCode(&masks[i]))
	}
	s.values = packed.NewCode(&values)
}

// mask has a bit for each byte that is not zero.
func mask(eight []byte) (m byte) {
	for i, x := range eight {
		if x != zero {
			m |= 1 << i
		}
	}
	return m
}

func (s *Sparse) write(w *packed.Writer, row []byte) {
	c := s.class(row)
	if s.classes != nil {
		w.Symbol(s.classes, byte(c))
		if c == 0 {
			return
		}
	}
	for eight := range slices.Chunk(row, 8) {
		w.Symbol(s.masks[c], mask(eight))
		for _, x := range eight {
			if x != zero {
				w.Symbol(s.values, x)
			}
		}
	}
}

// OpenSparse returns the rows of width bytes of a section, which it keeps without copying. It fails where the section is
// not as long as it says.
func OpenSparse(section []byte, width int) (Sparse, error) {
	s := Sparse{}
	if len(section) == 0 {
		return s, nil
	}
	n, err := binary.Decode(section, binary.LittleEndian, &s.sparseHead)
	if err != nil {
		return Sparse{}, fmt.Errorf("rows of %d bytes: %w", width, err)
	}
	rest := section[n:]
	if int(s.Width) != width || s.Block == 0 {
		return Sparse{}, fmt.Errorf("rows of %d bytes, not %d, in blocks of %d", s.Width, width, s.Block)
	}
	codes := make([]*packed.Code, s.codes()+2)
	if width == 8 {
		codes = codes[1:]
	}
	for i := range codes {
		if codes[i], rest, err = packed.ReadCode(rest); err != nil {
			return Sparse{}, fmt.Errorf("rows of %d bytes: %w", width, err)
		}
	}
	if width > 8 {
		s.classes, codes = codes[0], codes[1:]
	}
	s.masks, s.values = codes[:s.codes()], codes[s.codes()]
	places := uint64(packed.PlacesSize(int((s.Rows + s.Block - 1) / s.Block)))
	if uint64(len(rest)) != places+(uint64(s.Bits)+7)/8+packed.Slack {
		return Sparse{}, fmt.Errorf("%d rows of %d bytes are not %d bytes", s.Rows, width, len(section))
	}
	s.places, s.stream = packed.Places(rest[:places]), rest[places:]
	return s, nil
}
