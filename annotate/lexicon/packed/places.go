package packed

import (
	"encoding/binary"
	"fmt"
)

// Places say at which bit each block of something begins: 32 bits for every sixteenth block, and for each
// the 16 bits by which it is after that one.
type Places []byte

const (
	perBase   = 16
	placeSize = 4 + perBase*2
)

// PlacesSize returns the bytes of the places of n blocks.
func PlacesSize(n int) int { return (n + perBase - 1) / perBase * placeSize }

// At returns the bit at which block i begins.
func (p Places) At(i uint32) uint64 {
	at := p[i/perBase*placeSize:][:placeSize]
	return uint64(binary.LittleEndian.Uint32(at)) + uint64(binary.LittleEndian.Uint16(at[4+i%perBase*2:]))
}

// MakePlaces returns the places of blocks that begin at the bits starts.
func MakePlaces(starts []uint64) (Places, error) {
	out := make(Places, PlacesSize(len(starts)))
	for i, s := range starts {
		base := starts[i/perBase*perBase]
		if s >= 1<<32 || s-base >= 1<<16 {
			return nil, fmt.Errorf("block %d begins at bit %d, %d after its base", i, s, s-base)
		}
		at := out[i/perBase*placeSize:]
		binary.LittleEndian.PutUint32(at, uint32(base))
		binary.LittleEndian.PutUint16(at[4+i%perBase*2:], uint16(s-base))
	}
	return out, nil
}
