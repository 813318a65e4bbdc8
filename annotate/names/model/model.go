package model

import "encoding/binary"

// Units is the number of hidden units.
const Units = 32

// A Model is the tables and weights of a tagger, all of them where they lie in its file.
type Model struct {
	words []byte // table: word to the number of its vector
	class []byte // by number: three classes of 16 bits
	names []byte // table: mined names
}

// NewModel returns a model that has no weights yet, for the features alone.
func NewModel(words, class, names []byte) *Model {
	return &Model{words: words, class: class, names: names}
}

func (m *Model) classesOf(id uint32) (c [3]uint16) {
	at := m.class[int(id)*6:]
	for i := range c {
		c[i] = binary.LittleEndian.Uint16(at[i*2:])
	}
	return c
}

// Open reports whether a token may be in a name.
func (x *Document) Open(token int) bool { return x.open[token] }
