package model

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"sync"

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
	SectionLinear  = iota // rows of Scored bytes, packed
	SectionDeep           // rows of Units bytes, packed
	SectionWords          // table: word to the number of its vector
	SectionClasses        // by number of a vector: three classes of 16 bits, packed
	SectionCenter         // by number: what the vector adds to the hidden layer of its word
	SectionNear           // by number: the same for the words two and one before and after it
	SectionNames          // table: mined names
	SectionAgain          // rows of Scored bytes of the second pass
	SectionTopics         // by fine class: the square root of what a word of it says for each topic
	sectionParams         // see [Params]
	Sections
)

// classWidth is the bytes of the classes of a word.
const classWidth = 6

// widths are the bytes of a row of the sections that are packed.
var widths = map[int]int{SectionLinear: Scored, SectionDeep: Units, SectionClasses: classWidth}

// magic begins every model file.
const magic = "byline names 03\n"

// A Model is the tables and weights of a tagger, all of them slices of its file.
type Model struct {
	weights      weights
	fast         *fast     // nil for a model that was not opened from a file
	class        rows.Rows // three classes of 16 bits
	words        []byte
	center, near []byte
	names, again []byte
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

// NewModel returns a model without weights, for computing features only.
func NewModel(words, class, names, topics []byte) *Model {
	return &Model{words: words, class: rows.Of(class, classWidth), names: names, topics: topics}
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
	m := &Model{
		words:  parts[SectionWords],
		center: parts[SectionCenter], near: parts[SectionNear], names: parts[SectionNames],
		again: parts[SectionAgain], topics: parts[SectionTopics],
	}
	for i, to := range map[int]*rows.Rows{SectionLinear: &m.weights.linear, SectionDeep: &m.weights.deep, SectionClasses: &m.class} {
		var err error
		if *to, err = rows.Unpack(parts[i], widths[i]); err != nil {
			return nil, fmt.Errorf("open names model: section %d: %w", i, err)
		}
	}
	if m.weights.linear.Len() == 0 || m.weights.deep.Len() == 0 {
		return nil, errors.New("open names model: it has no weights")
	}
	m.fast = new(fast)
	if _, err := binary.Decode(parts[sectionParams], binary.LittleEndian, &m.Params); err != nil {
		return nil, fmt.Errorf("open names model: %w", err)
	}
	m.sum = crc32.Update(crc32.ChecksumIEEE(data[:head+Sections*4]), crc32.IEEETable, parts[sectionParams])
	return m, nil
}

// Bytes returns m as a model file.
func (m *Model) Bytes() ([]byte, error) {
	p := m.Params
	return File([Sections][]byte{
		SectionLinear: m.weights.linear.All(Scored), SectionDeep: m.weights.deep.All(Units), SectionWords: m.words, SectionClasses: m.class.All(classWidth),
		SectionCenter: m.center, SectionNear: m.near, SectionNames: m.names, SectionAgain: m.again, SectionTopics: m.topics,
	}, &p)
}

// File returns sections, none of them packed yet, and params as a model file.
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
	for i, width := range widths {
		parts[i] = rows.Pack(parts[i], width)
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

func (m *Model) classesOf(id uint32) (c [3]uint16) {
	at := m.class.At(id, classWidth)
	for i := range c {
		c[i] = binary.LittleEndian.Uint16(at[i*2:])
	}
	return c
}
