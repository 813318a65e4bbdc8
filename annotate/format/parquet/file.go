package parquet

import (
	"encoding/binary"
	"io"
	"math"
	"math/bits"

	"github.com/klauspost/compress/zstd"
)

// A kind is the type of a column's values.
type kind uint8

const (
	words    kind = iota // UTF-8
	number               // of 32 bits
	fraction             // of 64 bits
)

// A shape says how often a column has a value in a row.
type shape uint8

const (
	once shape = iota
	maybe
	list // any number of times
)

// A column is a column of a table, and its values in the row group that is being made.
type column struct {
	name string
	kind
	shape
	dict bool // repeated values are written once in a row group

	starts, there []uint32          // of each value, whether it is not the first in its row, and whether it is one at all
	known         map[string]uint32 // the number of each value that was written
	numbers       []uint32          // of the values, if there is a dictionary
	plain         []byte            // the values, or those of the dictionary
}

// text adds a string.
func (c *column) text(s string) {
	if c.dict {
		n, ok := c.known[s]
		if !ok {
			n = uint32(len(c.known))
			c.known[s] = n
		}
		if c.numbers = append(c.numbers, n); ok {
			return
		}
	}
	c.plain = binary.LittleEndian.AppendUint32(c.plain, uint32(len(s)))
	c.plain = append(c.plain, s...)
}

// A table writes rows as Parquet of version 1: each column of a row group is one page and, where values are repeated, one with
// a dictionary, compressed by Zstandard. See https://parquet.apache.org/docs/file-format/.
type table struct {
	out     io.Writer
	columns []column
	next    int // column of the row that is being added
	rows    int // in this row group
	all     int
	at      int64 // bytes written
	groups  [][]chunk
	sizes   []int // rows of each group
	notes   [][2]string
	zip     *zstd.Encoder
	err     error
}

// A chunk is a column of a row group in the file.
type chunk struct {
	*column
	values         int
	dictionary, at int64 // offsets of the pages
	size, packed   int64 // with the headers of the pages
}

func newTable(out io.Writer, columns []column) *table {
	zip, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20))
	t := &table{out: out, columns: columns, zip: zip, err: err}
	t.clear()
	t.write([]byte(magic))
	return t
}

// magic begins and ends a file.
const magic = "PAR1"

func (t *table) clear() {
	for i := range t.columns {
		c := &t.columns[i]
		c.starts, c.there, c.numbers, c.plain, c.known = c.starts[:0], c.there[:0], c.numbers[:0], c.plain[:0], map[string]uint32{}
	}
	t.rows = 0
}

// value returns the next column of the row, and notes that it has a value.
func (t *table) value() *column {
	c := &t.columns[t.next]
	t.next++
	if c.there = append(c.there, 1); c.shape == list {
		c.starts = append(c.starts, 0)
	}
	return c
}

// none leaves the next column of the row without a value.
func (t *table) none() {
	c := t.value()
	c.there[len(c.there)-1] = 0
}

func (t *table) text(s string) { t.value().text(s) }

func (t *table) number(n int32) {
	c := t.value()
	c.plain = binary.LittleEndian.AppendUint32(c.plain, uint32(n))
}

func (t *table) fraction(f float64) {
	c := t.value()
	c.plain = binary.LittleEndian.AppendUint64(c.plain, math.Float64bits(f))
}

// known adds a string, or none if it is empty.
func (t *table) known(s string) {
	if s == "" {
		t.none()
		return
	}
	t.text(s)
}

// texts adds a list.
func (t *table) texts(ss []string) {
	if len(ss) == 0 {
		t.none()
		return
	}
	for i, s := range ss {
		c := t.value()
		if c.text(s); i > 0 {
			c.starts[len(c.starts)-1] = 1
		}
		t.next--
	}
	t.next++
}

// end ends a row.
func (t *table) end() error {
	t.next = 0
	if t.rows++; t.rows == rowGroup {
		t.flush()
	}
	return t.err
}

// flush writes the rows that wait as a row group.
func (t *table) flush() {
	if t.rows == 0 {
		return
	}
	group := make([]chunk, len(t.columns))
	for i := range t.columns {
		group[i] = t.chunk(&t.columns[i])
	}
	t.groups, t.sizes, t.all = append(t.groups, group), append(t.sizes, t.rows), t.all+t.rows
	t.clear()
}

// chunk writes a column.
func (t *table) chunk(c *column) chunk {
	out := chunk{column: c, values: len(c.there)}
	start := t.at
	if c.dict {
		out.dictionary = t.at
		out.size += t.page(c.plain, func(h *thrift) {
			h.field(7, structType).i32(1, int32(len(c.known))).i32(2, plainEncoding).end()
		}, dictionaryPage)
	}
	out.at = t.at
	var body []byte
	if c.shape == list {
		body = levels(body, c.starts)
	}
	if c.shape != once {
		body = levels(body, c.there)
	}
	encoding := plainEncoding
	if c.dict {
		encoding = dictionaryEncoding
		width := max(1, bits.Len(uint(max(0, len(c.known)-1))))
		body = hybrid(append(body, byte(width)), c.numbers, width)
	} else {
		body = append(body, c.plain...)
	}
	out.size += t.page(body, func(h *thrift) {
		h.field(5, structType).i32(1, int32(out.values)).i32(2, encoding).i32(3, levelEncoding).i32(4, levelEncoding).end()
	}, dataPage)
	out.packed = t.at - start
	return out
}

// page writes a page, whose header is added by kind, and returns its size before it is compressed.
func (t *table) page(body []byte, kind func(*thrift), number int32) int64 {
	packed := t.zip.EncodeAll(body, nil)
	h := &thrift{}
	h.i32(1, number).i32(2, int32(len(body))).i32(3, int32(len(packed)))
	kind(h)
	h.end()
	t.write(h.out)
	t.write(packed)
	return int64(len(h.out) + len(body))
}

func (t *table) write(b []byte) {
	if t.err == nil {
		_, t.err = t.out.Write(b)
		t.at += int64(len(b))
	}
}

// close writes the rows that wait, and what is in the file.
func (t *table) close() error {
	t.flush()
	footer := t.footer()
	t.write(footer)
	t.write(binary.LittleEndian.AppendUint32(nil, uint32(len(footer))))
	t.write([]byte(magic))
	return t.err
}

// levels appends numbers that are 0 or 1, and before them their size.
func levels(out []byte, of []uint32) []byte {
	at := len(out)
	out = hybrid(append(out, 0, 0, 0, 0), of, 1)
	binary.LittleEndian.PutUint32(out[at:], uint32(len(out)-at-4))
	return out
}

// hybrid appends numbers of so many bits: runs of equal ones as one, others eight at a time, packed.
func hybrid(out []byte, of []uint32, width int) []byte {
	for i := 0; i < len(of); {
		if n := run(of[i:]); n >= 8 {
			out = binary.AppendUvarint(out, uint64(n)<<1)
			for k := 0; k < width; k += 8 {
				out = append(out, byte(of[i]>>k))
			}
			i += n
			continue
		}
		from := i
		for i += 8; i < len(of) && run(of[i:]) < 8; {
			i += 8
		}
		out = binary.AppendUvarint(out, uint64(i-from)/8<<1|1)
		out = pack(out, of[from:min(i, len(of))], i-from, width)
	}
	return out
}

// run returns how many numbers at the beginning are equal.
func run(of []uint32) int {
	n := 1
	for n < len(of) && of[n] == of[0] {
		n++
	}
	return n
}

// pack appends n numbers, the lowest bit first; those beyond the end are 0.
func pack(out []byte, of []uint32, n, width int) []byte {
	var word uint64
	have := 0
	for k := range n {
		if k < len(of) {
			word |= uint64(of[k]) << have
		}
		for have += width; have >= 8; have -= 8 {
			out = append(out, byte(word))
			word >>= 8
		}
	}
	return out
}
