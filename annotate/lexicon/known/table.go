package known

import (
	"encoding/binary"
	"maps"
	"slices"

	"byline/annotate/lexicon"
)

// slotSize is the bytes of a slot: mark, facts, owner.
const slotSize = 12

// An Entry is what the table says about a form.
type Entry struct {
	Facts Facts
	Owner uint32 // the same for all forms of an entity; 0 is none
}

// OwnerOf returns the owner of an entity whose first name has key k.
func OwnerOf(k lexicon.Key) uint32 { return uint32(mix(uint64(k))) | 1 }

// Table returns entries in the layout of the tables of this package, for command build to
// write. The same entries make the same bytes.
func Table(entries map[lexicon.Key]Entry) []byte {
	slots := uint64(len(entries))*4/3 + 2
	table := make([]byte, slots*slotSize)
	for _, k := range slices.Sorted(maps.Keys(entries)) {
		h := mix(uint64(k))
		i := h & 0xffffffff * slots >> 32
		for binary.LittleEndian.Uint32(table[i*slotSize:]) != 0 {
			i = (i + 1) % slots
		}
		slot := table[i*slotSize:]
		binary.LittleEndian.PutUint32(slot, uint32(h>>32)|1)
		binary.LittleEndian.PutUint32(slot[4:], uint32(entries[k].Facts))
		binary.LittleEndian.PutUint32(slot[8:], entries[k].Owner)
	}
	return table
}
