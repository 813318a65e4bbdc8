package known

import (
	"maps"
	"slices"

	"byline/annotate/lexicon"
	"byline/annotate/lexicon/packed"
)

// An Entry is what the table says about a form.
type Entry struct {
	Facts Facts
	Owner uint32 // the same for all forms of an entity; 0 is none
}

// OwnerOf returns the owner of an entity whose first name has key k.
func OwnerOf(k lexicon.Key) uint32 { return uint32(k.Spread()) | 1 }

// Table returns entries as a table of this package, for command build to write. The same entries
// make the same bytes.
func Table(entries map[lexicon.Key]Entry) ([]byte, error) {
	m := packed.NewMaker(len(entries)*4/3 + 2)
	for _, k := range slices.Sorted(maps.Keys(entries)) {
		m.Put(k.Spread(), uint32(entries[k].Facts), entries[k].Owner)
	}
	return m.Table()
}
