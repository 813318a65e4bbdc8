package lexicon

import (
	"maps"
	"slices"

	"byline/annotate/lexicon/packed"
)

// sortedKeys returns the keys of entries in order, so that the same lists make the
// same bytes.
func sortedKeys(entries map[Key]Class) []Key { return slices.Sorted(maps.Keys(entries)) }

// WithShare returns c with the share of men among the bearers of a first name, 0 to 1.
func (c Class) WithShare(male float64) Class {
	return c&(1<<shareShift-1) | Class(1+int(male*6+0.5))<<shareShift
}

// Table returns entries as a table of this package, for command build to write.
func Table(entries map[Key]Class) ([]byte, error) {
	m := packed.NewMaker(len(entries)*5/4 + 2)
	for _, k := range sortedKeys(entries) {
		m.Put(k.Spread(), uint32(entries[k]), 0)
	}
	return m.Table()
}
