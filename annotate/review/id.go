package review

import (
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"time"
)

// crockford has the digits of an ID in the order of their values.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

const idLen = 26

// IDs generates the IDs of decisions. They are ULIDs: 48 bits of milliseconds and 80
// random bits in 26 digits, so that they sort by time. Each is greater than the one
// before and than those passed to After, even if the clock goes back. Random must be set.
type IDs struct {
	Random io.Reader // such as crypto/rand.Reader; Next panics if it fails

	hi uint64 // 48 bits of time and the upper 16 random ones
	lo uint64
}

// After makes all later IDs sort after id. It ignores strings that are not ULIDs.
func (g *IDs) After(id string) {
	if hi, lo, ok := parseID(id); ok && (hi > g.hi || hi == g.hi && lo > g.lo) {
		g.hi, g.lo = hi, lo
	}
}

// Next returns a new ID for a decision made at now.
func (g *IDs) Next(now time.Time) string {
	ms := uint64(max(0, now.UnixMilli())) & (1<<48 - 1)
	if ms > g.hi>>16 {
		var b [10]byte
		if _, err := io.ReadFull(g.Random, b[:]); err != nil {
			panic(fmt.Sprintf("review: no randomness for an id: %v", err))
		}
		g.hi = ms<<16 | uint64(binary.BigEndian.Uint16(b[:2]))
		g.lo = binary.BigEndian.Uint64(b[2:])
		return formatID(g.hi, g.lo)
	}
	var b [4]byte // two machines that continue from one ID must not reach the same next one
	_, _ = io.ReadFull(g.Random, b[:])
	next := g.lo + 1 + uint64(binary.BigEndian.Uint32(b[:]))
	if next <= g.lo {
		g.hi++
	}
	g.lo = next
	return formatID(g.hi, g.lo)
}

// formatID writes 128 bits as 26 digits, the first of three bits, the others of five.
func formatID(hi, lo uint64) string {
	var b [idLen]byte
	for i := idLen - 1; i >= 0; i-- {
		b[i] = crockford[lo&31]
		lo = lo>>5 | hi<<59
		hi >>= 5
	}
	return string(b[:])
}

func parseID(id string) (hi, lo uint64, ok bool) {
	if len(id) != idLen || id[0] > '7' {
		return 0, 0, false
	}
	for i := range len(id) {
		v := strings.IndexByte(crockford, id[i])
		if v < 0 {
			return 0, 0, false
		}
		hi = hi<<5 | lo>>59
		lo = lo<<5 | uint64(v)
	}
	return hi, lo, true
}
