package packed

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math/bits"
	"slices"
)

// longest is the bits of the longest code: a code is found by one look-up in a table of 4 KB.
const longest = 11

// escape is the symbol of bytes too rare for a code of their own; it is followed by the byte.
const escape = 256

// codeSize is how many bytes a code takes in a file.
const codeSize = (escape + 2) / 2

// A Code is a canonical Huffman code of bytes (Huffman 1952), the first bit lowest.
type Code struct {
	lengths [escape + 1]uint8
	words   [escape + 1]uint16
	table   [1 << longest]uint16 // by the next bits: symbol, whether it is the escape, length
}

// The parts of an entry of the table of a code.
const (
	lengthMask  = 0x1f // with the byte after the escape
	escapeFlag  = 0x20
	symbolShift = 8
)

// NewCode returns the code for bytes that are as frequent as counts say. It can write all others, too.
func NewCode(counts *[256]int) *Code {
	total := 0
	for _, n := range counts {
		total += n
	}
	weights := make([]int, escape+1)
	weights[escape] = 1
	for s, n := range counts {
		if n<<longest < total {
			weights[escape] += n
		} else {
			weights[s] = n
		}
	}
	c := &Code{}
	for !c.measure(weights) {
		for s, n := range weights {
			weights[s] = (n + 1) / 2
		}
	}
	c.assign()
	return c
}

// measure sets the lengths of the codes of all symbols with a weight. It reports false where one is too long.
func (c *Code) measure(weights []int) bool {
	type tree struct {
		weight  int
		symbols []int
	}
	var trees []tree
	for s, n := range weights {
		if n > 0 {
			trees = append(trees, tree{n, []int{s}})
		}
	}
	c.lengths = [escape + 1]uint8{}
	if len(trees) == 1 {
		c.lengths[trees[0].symbols[0]] = 1
	}
	for len(trees) > 1 {
		slices.SortFunc(trees, func(a, b tree) int { return cmp.Or(b.weight-a.weight, a.symbols[0]-b.symbols[0]) })
		a, b := trees[len(trees)-1], trees[len(trees)-2]
		both := tree{a.weight + b.weight, append(slices.Clone(a.symbols), b.symbols...)}
		for _, s := range both.symbols {
			c.lengths[s]++
		}
		trees = append(trees[:len(trees)-2], both)
	}
	return slices.Max(c.lengths[:]) <= longest
}

// assign sets the codes and the table by the lengths. It reports false where they are no lengths of a code.
func (c *Code) assign() bool {
	var next [longest + 2]int // the first code of each length, after those that were given
	for _, n := range c.lengths {
		if n > longest {
			return false
		}
		next[n+1]++
	}
	next[1] = 0 // symbols of no length have no code
	for n, first := 1, 0; n <= longest; n++ {
		count := next[n+1]
		next[n], first = first, first+count
		if first > 1<<n {
			return false
		}
		first <<= 1
	}
	for s, n := range c.lengths {
		if n > 0 {
			c.put(s, uint(n), next[n])
			next[n]++
		}
	}
	return true
}

// put gives symbol s a code of n bits.
func (c *Code) put(s int, n uint, code int) {
	word := bits.Reverse16(uint16(code)) >> (16 - n)
	c.words[s] = word
	entry := uint16(n)
	if s == escape {
		entry += escapeFlag + 8
	} else {
		entry |= uint16(s) << symbolShift
	}
	for at := uint(word); at < uint(len(c.table)); at += 1 << n {
		c.table[at] = entry
	}
}

// Append appends c as it is in a file.
func (c *Code) Append(dst []byte) []byte {
	for s := 0; s <= escape; s += 2 {
		b := c.lengths[s]
		if s < escape {
			b |= c.lengths[s+1] << 4
		}
		dst = append(dst, b)
	}
	return dst
}

// ReadCode returns the code that data begins with, and what is after it.
func ReadCode(data []byte) (*Code, []byte, error) {
	if len(data) < codeSize {
		return nil, nil, fmt.Errorf("a code of %d bytes", len(data))
	}
	c := &Code{}
	for s := range c.lengths {
		c.lengths[s] = data[s/2] >> (s & 1 * 4) & 15
	}
	if !c.assign() {
		return nil, nil, fmt.Errorf("no lengths of a code: %v", c.lengths)
	}
	return c, data[codeSize:], nil
}

// Slack is how many bytes after the last bit a [Reader] may look at.
const Slack = 8

// A Reader reads bits, the lowest first. After the bits Data has [Slack] more bytes.
type Reader struct {
	Data []byte
	At   uint64 // the bit that is next
}

// Peek returns the bits of data from bit at on, 57 of them or more. Eight bytes from there must be in data.
func Peek(data []byte, at uint64) uint64 {
	return binary.LittleEndian.Uint64(data[at>>3:]) >> (at & 7)
}

// Most is how many bits a symbol takes at most.
const Most = longest + 8

// First returns the symbol that the bits next begin with, and how many bits it takes.
func (c *Code) First(next uint64) (symbol byte, n uint64) {
	e := c.table[next&(1<<longest-1)]
	n = uint64(e & lengthMask)
	if e&escapeFlag != 0 {
		return byte(next >> ((n - 8) & 63)), n
	}
	return byte(e >> symbolShift), n
}

// Symbol reads a byte.
func (r *Reader) Symbol(c *Code) byte {
	s, n := c.First(Peek(r.Data, r.At))
	r.At += n
	return s
}

// Bits reads a number of n bits, at most 32.
func (r *Reader) Bits(n uint) uint32 {
	b := Peek(r.Data, r.At)
	r.At += uint64(n)
	return uint32(b & (1<<n - 1))
}

// A Writer writes bits, the lowest first.
type Writer struct {
	data []byte
	At   uint64 // how many bits there are
}

// Bits writes a number of n bits, at most 32.
func (w *Writer) Bits(x uint32, n uint) {
	for len(w.data) < int(w.At>>3)+Slack {
		w.data = append(w.data, 0)
	}
	at := w.data[w.At>>3:]
	binary.LittleEndian.PutUint64(at, binary.LittleEndian.Uint64(at)|uint64(x)<<(w.At&7))
	w.At += uint64(n)
}

// Symbol writes a byte.
func (w *Writer) Symbol(c *Code, s byte) {
	if n := c.lengths[s]; n > 0 {
		w.Bits(uint32(c.words[s]), uint(n))
		return
	}
	w.Bits(uint32(c.words[escape]), uint(c.lengths[escape]))
	w.Bits(uint32(s), 8)
}

// Bytes returns what was written, with [Slack] bytes after it.
func (w *Writer) Bytes() []byte {
	return append(w.data[:min(int(w.At+7)>>3, len(w.data))], make([]byte, Slack)...)
}
