package lexicon

import (
	"encoding/binary"
	"maps"
	"slices"
)

// sortedKeys returns the keys of entries in order, so that the same lists make the
// same bytes.
func sortedKeys(entries map[Key]Class) []Key { return slices.Sorted(maps.Keys(entries)) }

// WithShare returns c with the share of men among the bearers of a first name, 0 to 1.
func (c Class) WithShare(male float64) Class {
	return c&(1<<shareShift-1) | Class(1+int(male*6+0.5))<<shareShift
}

// Table returns entries in the layout of the tables of this package, for command build to
// write.
func Table(entries map[Key]Class) []byte {
	slots := uint64(len(entries))*5/4 + 2
	table := make([]byte, slots*8)
	for _, k := range sortedKeys(entries) {
		h := mix(uint64(k))
		i := h & 0xffffffff * slots >> 32
		for binary.LittleEndian.Uint32(table[i*8:]) != 0 {
			i = (i + 1) % slots
		}
		binary.LittleEndian.PutUint32(table[i*8:], uint32(h>>32)|1)
		binary.LittleEndian.PutUint32(table[i*8+4:], uint32(entries[k]))
	}
	return table
}
