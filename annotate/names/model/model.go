package model

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"sync"

	"byline/annotate/lexicon/packed"
	"byline/annotate/names/model/rows"
)

//go:embed names.model
var file []byte

// Default returns the model embedded in the program.
var Default = sync.OnceValues(func() (*Model, error) {
	m, err := Open(file)
	if err != nil {
		return nil, err
	}
	m.file = file
	return m, nil
})

// The sizes of the network.
const (
	Labels = 9          // O, and begin and inside of four kinds
	Scored = Labels - 1 // O always scores 0
	Units  = 64         // hidden
	Near   = 12_000     // only vectors up to this number are used for neighbouring words
	Far    = 80_000     // only vectors up to this number are used at all
	Around = 5          // words whose vectors are used for a token
)

// Fixed-point numbers: rows are bytes of 1/RowUnit, all sums are in 1/SumUnit.
const (
	RowUnit = 32
	SumUnit = 1024
)

// The sections of a model file, in order.
const (
	SectionLinear  = iota // rows of Scored bytes, sparse
	SectionDeep           // rows of Units bytes, sparse
	SectionWords          // table: word to the number of its vector
	SectionClasses        // by number of a vector: three classes of 16 bits, each different row once
	SectionCenter         // vectors: by number, what the vector adds to the hidden layer of its word
	SectionNear           // vectors: the same for the words two and one before and after it
	SectionNames          // table: mined names
	SectionAgain          // rows of Scored bytes of the second pass
	SectionTopics         // by fine class: the square root of what a word of it says for each topic
	sectionParams         // see [Params]
	Sections
)

// classWidth is the bytes of the classes of a word.
const classWidth = 6

// The shapes of the rows of vectors. How many numbers the others are predicted from, and how many rows are in a block,
// weighs bytes against time.
var (
	centerShape = rows.Shape{Width: Units, Known: Units, Block: 2}
	nearShape   = rows.Shape{Width: Units * (Around - 1), Given: Units, Known: 3 * Units / 2, Block: 1, Pairs: true}
)

// magic begins every model file.
const magic = "byline names 04\n"

// A Model is the tables and weights of a tagger, all of them slices of its file.
type Model struct {
	weights      weights
	fast         *fast      // nil for a model that was not opened from a file
	center, near *rows.Kept // likewise
	class        rows.Rows  // three classes of 16 bits
	words, names *packed.Table
	again        []byte
	topics       []byte
	sum          uint32 // see [Model.Version]; 0 for a model that was not opened from a file
	file         []byte // all of the file, if it is embedded in the program
	Params
}

// Params are the few numbers of a model that are not in tables. All but the last two are in units
// of 1/SumUnit.
type Params struct {
	Out        [Scored][Units]int32
	Trans      [Labels + 1][Labels]int32 // the last row: at the start of a sentence
	TransAgain [Labels + 1][Labels]int32 // of the second pass
	Sources    [4]int32                  // sources whose guidelines the model follows, averaged; 0 for none
	Exp        [SumUnit]float64          // exp(−i/SumUnit)
	Powers     [64]float64               // exp(−i)
	Certain    [33]float64               // the probability for a raw score of i/32
}

// NewModel returns a model without weights, for computing features only. It panics where words or names are not what
// [Table] returns.
func NewModel(words, class, names, topics []byte) *Model {
	return &Model{words: packed.MustOpen(words), class: rows.Of(class, classWidth), names: packed.MustOpen(names), topics: topics}
}

// Open returns the model in data, a model file, which it keeps without copying.
func Open(data []byte) (*Model, error) {
	const head = len(magic)
	if len(data) < head+Sections*4 || string(data[:head]) != magic {
		return nil, fmt.Errorf("open names model: no model in %d bytes", len(data))
	}
	var parts [Sections][]byte
	rest := data[head+Sections*4:]
	for i := range parts {
		n := binary.LittleEndian.Uint32(data[head+i*4:])
		if uint64(n) > uint64(len(rest)) {
			return nil, fmt.Errorf("open names model: section %d ends after the file", i)
		}
		parts[i], rest = rest[:n:n], rest[n:]
	}
	m := &Model{fast: new(fast), again: parts[SectionAgain], topics: parts[SectionTopics]}
	if err := m.openParts(&parts); err != nil {
		return nil, fmt.Errorf("open names model: %w", err)
	}
	if m.weights.linear.Len() == 0 || m.weights.deep.Len() == 0 {
		return nil, errors.New("open names model: it has no weights")
	}
	if _, err := binary.Decode(parts[sectionParams], binary.LittleEndian, &m.Params); err != nil {
		return nil, fmt.Errorf("open names model: %w", err)
	}
	m.sum = crc32.Update(crc32.ChecksumIEEE(data[:head+Sections*4]), crc32.IEEETable, parts[sectionParams])
	return m, nil
}

// openParts opens the sections that are packed.
func (m *Model) openParts(parts *[Sections][]byte) error {
	var errs [7]error
	var center, near rows.Vectors
	m.weights.linear, errs[0] = rows.OpenSparse(parts[SectionLinear], Scored)
	m.weights.deep, errs[1] = rows.OpenSparse(parts[SectionDeep], Units)
	m.words, errs[2] = packed.Open(parts[SectionWords])
	m.class, errs[3] = rows.Unpack(parts[SectionClasses], classWidth)
	center, errs[4] = rows.OpenVectors(parts[SectionCenter], centerShape.Width, centerShape.Given)
	near, errs[5] = rows.OpenVectors(parts[SectionNear], nearShape.Width, nearShape.Given)
	m.names, errs[6] = packed.Open(parts[SectionNames])
	m.center = center.Keep(nil)
	m.near = near.Keep(m.center)
	return errors.Join(errs[:]...)
}

// Bytes returns m as a model file.
func (m *Model) Bytes() ([]byte, error) {
	p := m.Params
	return File([Sections][]byte{
		SectionLinear: m.weights.linear.All(), SectionDeep: m.weights.deep.All(), SectionWords: m.words.Bytes(), SectionClasses: m.class.All(classWidth),
		SectionCenter: m.center.All(), SectionNear: m.near.All(), SectionNames: m.names.Bytes(), SectionAgain: m.again, SectionTopics: m.topics,
	}, &p)
}

// File returns sections and params as a model file. Of the sections only the tables are packed yet.
func File(parts [Sections][]byte, p *Params) ([]byte, error) {
	var err error
	for i := range p.Exp {
		p.Exp[i] = math.Exp(-float64(i) / SumUnit)
	}
	for i := range p.Powers {
		p.Powers[i] = math.Exp(-float64(i))
	}
	parts[sectionParams], err = binary.Append(nil, binary.LittleEndian, p)
	if err != nil {
		return nil, fmt.Errorf("write names model: %w", err)
	}
	if err := packRows(&parts); err != nil {
		return nil, fmt.Errorf("write names model: %w", err)
	}
	data := []byte(magic)
	for _, s := range parts {
		data = binary.LittleEndian.AppendUint32(data, uint32(len(s)))
	}
	for _, s := range parts {
		data = append(data, s...)
	}
	return data, nil
}

// packRows packs the sections of rows.
func packRows(parts *[Sections][]byte) error {
	var errs [4]error
	given := parts[SectionCenter][:len(parts[SectionNear])/nearShape.Width*nearShape.Given]
	parts[SectionNear], errs[0] = rows.PackVectors(parts[SectionNear], given, nearShape)
	parts[SectionCenter], errs[1] = rows.PackVectors(parts[SectionCenter], nil, centerShape)
	parts[SectionLinear], errs[2] = rows.PackSparse(parts[SectionLinear], Scored)
	parts[SectionDeep], errs[3] = rows.PackSparse(parts[SectionDeep], Units)
	parts[SectionClasses] = rows.Pack(parts[SectionClasses], classWidth)
	return errors.Join(errs[:]...)
}

func (m *Model) classesOf(id uint32) (c [3]uint16) {
	at := m.class.At(id, classWidth)
	for i := range c {
		c[i] = binary.LittleEndian.Uint16(at[i*2:])
	}
	return c
}
