package parquet

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// Types of the compact protocol of Thrift, in which a Parquet file says what is in it.
const (
	trueType   = 1
	falseType  = 2
	byteType   = 3
	i16Type    = 4
	i32Type    = 5
	i64Type    = 6
	doubleType = 7
	binaryType = 8
	listType   = 9
	setType    = 10
	structType = 12
)

// Numbers of the format; see parquet.thrift at https://github.com/apache/parquet-format.
const (
	dataPage           = 0
	dictionaryPage     = 2
	plainEncoding      = int32(0)
	levelEncoding      = 3
	dictionaryEncoding = int32(8)
	zstdCodec          = 6
	byteArrays         = 6
	required           = 0
	optional           = 1
	repeated           = 2
)

// A thrift is a struct that is being written.
type thrift struct {
	out    []byte
	last   int   // the number of the last field
	around []int // that of each struct around this one
}

// field begins a field. A struct is ended by end.
func (t *thrift) field(number, typ int) *thrift {
	t.out = append(t.out, byte((number-t.last)<<4|typ))
	if t.last = number; typ == structType {
		t.enter()
	}
	return t
}

// enter begins a struct that is in a list.
func (t *thrift) enter() { t.around, t.last = append(t.around, t.last), 0 }

// end ends a struct.
func (t *thrift) end() {
	t.out = append(t.out, 0)
	if n := len(t.around); n > 0 {
		t.last, t.around = t.around[n-1], t.around[:n-1]
	}
}

func (t *thrift) i32(number int, v int32) *thrift {
	t.field(number, i32Type).out = binary.AppendVarint(t.out, int64(v))
	return t
}

func (t *thrift) i64(number int, v int64) *thrift {
	t.field(number, i64Type).out = binary.AppendVarint(t.out, v)
	return t
}

func (t *thrift) text(number int, s string) *thrift {
	t.field(number, binaryType).words(s)
	return t
}

func (t *thrift) words(s string) {
	t.out = append(binary.AppendUvarint(t.out, uint64(len(s))), s...)
}

// list begins a list of n, whose elements follow.
func (t *thrift) list(number, n, typ int) *thrift {
	t.field(number, listType)
	if n < 15 {
		t.out = append(t.out, byte(n<<4|typ))
	} else {
		t.out = binary.AppendUvarint(append(t.out, byte(15<<4|typ)), uint64(n))
	}
	return t
}

// footer returns what says what is in the file.
func (t *table) footer() []byte {
	f := &thrift{}
	f.i32(1, 1)
	f.schema(t.columns)
	f.i64(3, int64(t.all)).list(4, len(t.groups), structType)
	for i, group := range t.groups {
		f.group(group, t.sizes[i])
	}
	if len(t.notes) > 0 {
		f.list(5, len(t.notes), structType)
		for _, n := range t.notes {
			f.enter()
			f.text(1, n[0]).text(2, n[1]).end()
		}
	}
	f.text(6, "byline").end()
	return f.out
}

// schema writes the columns. A list is a group of the usual three levels.
func (t *thrift) schema(columns []column) {
	n := 1
	for i := range columns {
		if n++; columns[i].shape == list {
			n += 2
		}
	}
	t.list(2, n, structType)
	t.enter()
	t.text(4, "row").i32(5, int32(len(columns))).end()
	for i := range columns {
		c := &columns[i]
		switch c.shape {
		case once:
			t.element(c, c.name, required)
		case maybe:
			t.element(c, c.name, optional)
		case list:
			t.enter()
			t.i32(3, required).text(4, c.name).i32(5, 1).i32(6, 3).field(10, structType).field(3, structType).end()
			t.end()
			t.end()
			t.enter()
			t.i32(3, repeated).text(4, "list").i32(5, 1).end()
			t.element(c, "element", required)
		}
	}
}

// physical are the types of the kinds.
var physical = [...]int32{words: byteArrays, number: 1, fraction: 5}

func (t *thrift) element(c *column, name string, repetition int32) {
	t.enter()
	t.i32(1, physical[c.kind]).i32(3, repetition).text(4, name)
	if c.kind == words {
		t.i32(6, 0).field(10, structType).field(1, structType).end()
		t.end()
	}
	t.end()
}

func (t *thrift) group(group []chunk, rows int) {
	t.enter()
	t.list(1, len(group), structType)
	size, packed := int64(0), int64(0)
	for i := range group {
		c := &group[i]
		size, packed = size+c.size, packed+c.packed
		t.enter()
		t.i64(2, 0).field(3, structType)
		t.chunk(c)
		t.end()
	}
	first := group[0].at
	if group[0].dict {
		first = group[0].dictionary
	}
	t.i64(2, size).i64(3, int64(rows)).i64(5, first).i64(6, packed).end()
}

func (t *thrift) chunk(c *chunk) {
	t.i32(1, physical[c.kind])
	encodings := []int32{plainEncoding, levelEncoding}
	if c.dict {
		encodings = append(encodings, dictionaryEncoding)
	}
	t.list(2, len(encodings), i32Type)
	for _, e := range encodings {
		t.out = binary.AppendVarint(t.out, int64(e))
	}
	path := []string{c.name}
	if c.shape == list {
		path = append(path, "list", "element")
	}
	t.list(3, len(path), binaryType)
	for _, p := range path {
		t.words(p)
	}
	t.i32(4, zstdCodec).i64(5, int64(c.values)).i64(6, c.size).i64(7, c.packed).i64(9, c.at)
	if c.dict {
		t.i64(11, c.dictionary)
	}
	t.end()
}

// errNoTable is the error of what is not a whole table.
var errNoTable = errors.New("it is not a whole Parquet file")

// mostFooter is the most bytes of a footer that is read.
const mostFooter = 64 << 20

// readFooter returns the footer of a file of size bytes.
func readFooter(r io.ReaderAt, size int64) ([]byte, error) {
	var begin [4]byte
	var end [8]byte
	if size < 12 {
		return nil, errNoTable
	}
	if _, err := r.ReadAt(begin[:], 0); err != nil {
		return nil, err
	}
	if _, err := r.ReadAt(end[:], size-8); err != nil {
		return nil, err
	}
	n := int64(binary.LittleEndian.Uint32(end[:]))
	if string(begin[:]) != magic || string(end[4:]) != magic || n > min(size-12, mostFooter) {
		return nil, errNoTable
	}
	footer := make([]byte, n)
	_, err := r.ReadAt(footer, size-8-n)
	return footer, err
}

// A parser reads a struct. What it does not know it passes over.
type parser struct {
	in  []byte
	bad bool
}

func (p *parser) byte() byte {
	if len(p.in) == 0 {
		p.bad = true
		return 0
	}
	b := p.in[0]
	p.in = p.in[1:]
	return b
}

func (p *parser) uvarint() uint64 {
	v, n := binary.Uvarint(p.in)
	if n <= 0 {
		p.bad, p.in = true, nil
		return 0
	}
	p.in = p.in[n:]
	return v
}

func (p *parser) text() string {
	n := p.uvarint()
	if n > uint64(len(p.in)) {
		p.bad, p.in = true, nil
		return ""
	}
	s := string(p.in[:n])
	p.in = p.in[n:]
	return s
}

// each calls f with the number and the type of each field of a struct. f reads the field.
func (p *parser) each(f func(number, typ int)) {
	last := 0
	for b := p.byte(); b != 0 && !p.bad; b = p.byte() {
		if delta := int(b >> 4); delta > 0 {
			last += delta
		} else {
			last = int(int64(p.uvarint()) >> 1)
		}
		f(last, int(b&15))
	}
}

// elements returns the number and type of the elements of a list.
func (p *parser) elements() (n uint64, typ int) {
	b := p.byte()
	if n = uint64(b >> 4); n == 15 {
		n = p.uvarint()
	}
	return n, int(b & 15)
}

// deepest is how many structs and lists may be in each other.
const deepest = 16

// skip passes over a value.
func (p *parser) skip(typ, depth int) {
	switch {
	case p.bad || depth > deepest:
		p.bad, p.in = true, nil
	case typ == listType || typ == setType:
		n, of := p.elements()
		if of == trueType || of == falseType { // in a list these have a byte
			of = byteType
		}
		for ; n > 0 && !p.bad; n-- {
			p.skip(of, depth+1)
		}
	case typ == structType:
		p.each(func(_, typ int) { p.skip(typ, depth+1) })
	default:
		p.scalar(typ)
	}
}

// scalar passes over a value that is no list and no struct.
func (p *parser) scalar(typ int) {
	switch typ {
	case trueType, falseType:
	case byteType:
		p.byte()
	case i16Type, i32Type, i64Type:
		p.uvarint()
	case doubleType:
		for range 8 {
			p.byte()
		}
	case binaryType:
		p.text()
	default:
		p.bad, p.in = true, nil
	}
}

// noted returns the value of a key in a footer.
func noted(footer []byte, key string) (string, error) {
	p := &parser{in: footer}
	value, found := "", false
	p.each(func(number, typ int) {
		if number != 5 || typ != listType {
			p.skip(typ, 0)
			return
		}
		for n, _ := p.elements(); n > 0 && !p.bad; n-- {
			var pair [2]string
			p.each(func(number, typ int) {
				if typ == binaryType && (number == 1 || number == 2) {
					pair[number-1] = p.text()
				} else {
					p.skip(typ, 0)
				}
			})
			if pair[0] == key {
				value, found = pair[1], true
			}
		}
	})
	switch {
	case p.bad:
		return "", errNoTable
	case !found:
		return "", fmt.Errorf("the table has no %q", key)
	}
	return value, nil
}
