package packed

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
	"slices"
)

// A Table is a hash table in few bytes: open addressing, in which only the slots that are taken are stored.
// It has for each slot a bit that says whether it is taken, and for each that is, 31 bits of the hash and a
// number. What is looked up and not there is mistaken for what is about once in a billion. Eight bits of the hash, the tag, are
// apart from the others, the mark, so that eight entries are compared at once.
//
// There are few different values in most tables, and the number is that of the value, the most frequent first. A rare one has more bits,
// which are beside the others; a second bit of each slot says so. Where there are many, the number is the value.
//
// As a file: a [head]; of every 256 slots a [group] and the bits; the tags; marks and numbers; then the different values,
// 32 bits each, what comes with them, a byte each, the other bits of rare numbers, a byte each, and what is stored with values, 32 bits each.
type Table struct {
	head
	data    []byte
	slots   []byte
	tags    []byte
	entries []byte
	values  []byte
	with    []byte
	rare    []byte
	stored  []byte
}

// A head begins the file of a table.
type head struct {
	Slots, Entries uint32
	Width          uint32 // the bits of a number
	Differ         uint32 // how many values differ; 0 for a table that has them as they are
	Rare, Stored   uint32 // how many there are
}

// A group is what is before 256 slots: how many entries, how many of them rare, how many with what is stored.
type group struct{ entries, rare, stored uint32 }

const (
	tagBits   = 8
	markBits  = 23
	mostWidth = 57 - markBits // a mark and a number are looked at together
	perGroup  = 256           // slots
	groupHead = 12
	rareBits  = groupHead + perGroup/8 // where they begin
	groupSize = rareBits + perGroup/8
)

// What comes with a value.
const (
	nothing = iota
	own     // the low half of the hash of its key, made odd
	stored  // 32 bits
)

// Spread spreads the bits of h over both halves (the last steps of MurmurHash3). Tables are made of hashes that are spread.
func Spread(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}

// Find returns the value of hash h, 0 if the table does not have it.
func (t *Table) Find(h uint64) uint32 {
	number, slot, ok := t.find(h)
	if !ok {
		return 0
	}
	if t.Differ == 0 {
		return number
	}
	return binary.LittleEndian.Uint32(t.values[t.number(number, slot)*4:])
}

// FindWith returns the value of hash h and what comes with it, 0 and 0 if the table does not have it. It takes longer than Find.
func (t *Table) FindWith(h uint64) (value, with uint32) {
	number, slot, ok := t.find(h)
	if !ok {
		return 0, 0
	}
	if t.Differ == 0 {
		return number, 0
	}
	n := t.number(number, slot)
	value = binary.LittleEndian.Uint32(t.values[n*4:])
	switch t.with[n] {
	case own:
		return value, uint32(h) | 1
	case stored:
		return value, t.storedAt(slot)
	}
	return value, 0
}

// find returns what of the number of hash h is in its entry, and its slot; false if the table does not have it. It terminates
// because a table is never full.
func (t *Table) find(h uint64) (number, slot uint32, ok bool) {
	if t.Slots == 0 {
		return 0, 0, false
	}
	at := uint32(h & 0xffffffff * uint64(t.Slots) >> 32)
	word := t.word(at)
	if word>>(at%64)&1 == 0 {
		return 0, 0, false
	}
	for i := t.before(at); ; {
		run := uint32(bits.TrailingZeros64(^(word >> (at % 64)))) // slots from at on that are taken
		for k := uint32(0); k < run; k += 8 {
			same := t.sameTags(i+k, h) & (1<<(8*(run-k)) - 1)
			for ; same != 0; same &= same - 1 {
				j := k + uint32(bits.TrailingZeros64(same))/8
				if e := t.entry(i + j); e&(1<<markBits-1) == h>>(64-markBits) {
					return uint32(e>>markBits) & (1<<(t.Width&31) - 1), at + j, true
				}
			}
		}
		i += run
		if at += run; at == t.Slots {
			at, i = 0, 0
		} else if run == 0 || at%64 != 0 {
			return 0, 0, false
		}
		word = t.word(at)
	}
}

// sameTags returns a number of which the highest bit of a byte is 1 where the entry, of eight from i on, has the tag of hash h, or may have.
func (t *Table) sameTags(i uint32, h uint64) uint64 {
	x := binary.LittleEndian.Uint64(t.tags[i:]) ^ h>>(64-markBits-tagBits)&0xff*ones8
	return (x - ones8) &^ x & (0x80 * ones8)
}

// ones8 is 1 in each of eight bytes.
const ones8 = 0x0101010101010101

// word returns the bits of the 64 slots that slot is among.
func (t *Table) word(slot uint32) uint64 {
	return binary.LittleEndian.Uint64(t.slots[slot/perGroup*groupSize+groupHead+slot%perGroup/64*8:])
}

// group returns what is before the group of a slot.
func (t *Table) group(slot uint32) group {
	g := t.slots[slot/perGroup*groupSize:][:groupHead]
	return group{binary.LittleEndian.Uint32(g), binary.LittleEndian.Uint32(g[4:]), binary.LittleEndian.Uint32(g[8:])}
}

// before returns how many entries are before slot.
func (t *Table) before(slot uint32) uint32 {
	g := t.slots[slot/perGroup*groupSize:][:groupSize]
	return binary.LittleEndian.Uint32(g) + ones(g[groupHead:], slot%perGroup)
}

// ones returns how many of the first n of 256 bits are 1.
func ones(b []byte, n uint32) uint32 {
	b = b[:perGroup/8]
	c := bits.OnesCount64(binary.LittleEndian.Uint64(b[n/64*8:]) & (1<<(n%64) - 1))
	if n >= 64 {
		c += bits.OnesCount64(binary.LittleEndian.Uint64(b))
	}
	if n >= 128 {
		c += bits.OnesCount64(binary.LittleEndian.Uint64(b[8:]))
	}
	if n >= 192 {
		c += bits.OnesCount64(binary.LittleEndian.Uint64(b[16:]))
	}
	return uint32(c)
}

// entry returns the mark of entry i and, above it, its number and what is after it.
func (t *Table) entry(i uint32) uint64 {
	return Peek(t.entries, uint64(i)*uint64(markBits+t.Width))
}

// number returns the number of an entry in slot, which is n in the entry.
func (t *Table) number(n, slot uint32) uint32 {
	g := t.slots[slot/perGroup*groupSize:][:groupSize]
	if g[rareBits+slot%perGroup/8]>>(slot%8)&1 == 0 {
		return n
	}
	i := binary.LittleEndian.Uint32(g[4:]) + ones(g[rareBits:], slot%perGroup)
	return n | uint32(t.rare[i])<<t.Width
}

// storedAt returns what is stored with the value of the entry in slot.
func (t *Table) storedAt(slot uint32) uint32 {
	g := t.group(slot)
	for k := slot / perGroup * perGroup; k < slot; k++ {
		if t.word(k)>>(k%64)&1 == 0 {
			continue
		}
		if n := uint32(t.entry(g.entries) >> markBits & (1<<t.Width - 1)); t.with[t.number(n, k)] == stored {
			g.stored++
		}
		g.entries++
	}
	return binary.LittleEndian.Uint32(t.stored[g.stored*4:])
}

// Open returns the table in data, which it keeps without copying. An empty one has nothing.
func Open(data []byte) (*Table, error) {
	t := &Table{data: data}
	if len(data) == 0 {
		return t, nil
	}
	n, err := binary.Decode(data, binary.LittleEndian, &t.head)
	if err != nil {
		return nil, fmt.Errorf("open table: %w", err)
	}
	rest := data[n:]
	cut := func(n uint64) (part []byte) {
		if err == nil && n > uint64(len(rest)) {
			err = fmt.Errorf("open table: %d bytes are too few", len(data))
		}
		if err != nil {
			return nil
		}
		part, rest = rest[:n:n], rest[n:]
		return part
	}
	if t.Entries >= t.Slots || t.Width > mostWidth {
		return nil, fmt.Errorf("open table: %d entries in %d slots, of %d bits", t.Entries, t.Slots, t.Width)
	}
	t.slots = cut((uint64(t.Slots) + perGroup - 1) / perGroup * groupSize)
	t.tags = cut(uint64(t.Entries) + Slack)
	t.entries = cut((uint64(t.Entries)*uint64(markBits+t.Width)+7)/8 + Slack)
	t.values = cut(uint64(t.Differ) * 4)
	t.with = cut(uint64(t.Differ))
	t.rare = cut(uint64(t.Rare))
	t.stored = cut(uint64(t.Stored) * 4)
	return t, err
}

// MustOpen is [Open] for a table that is part of the program. It panics where that is damaged.
func MustOpen(data []byte) *Table {
	t, err := Open(data)
	if err != nil {
		panic(err)
	}
	return t
}

// Bytes returns t as a file.
func (t *Table) Bytes() []byte { return t.data }

// An entry is what a table in the making has in a slot. Mark is that of its hash, from 0 on.
type entry struct {
	mark        uint32 // with the tag
	value, with uint32
	owns        bool // with is the low half of its hash
}

// A Maker makes a table.
type Maker struct {
	slots []*entry
	n     int
}

// NewMaker returns a maker of a table that has more slots than entries.
func NewMaker(slots int) *Maker { return &Maker{slots: make([]*entry, slots)} }

// Put adds the value of a hash that is spread, with what comes with it; 0 is nothing. Of two with the same hash the first wins.
func (m *Maker) Put(h uint64, value, with uint32) {
	n := uint64(len(m.slots))
	i := h & 0xffffffff * n >> 32
	for m.slots[i] != nil {
		i = (i + 1) % n
	}
	m.slots[i] = &entry{mark: uint32(h >> (64 - markBits - tagBits)), value: value, with: with, owns: with == uint32(h)|1}
	m.n++
}

// mostDiffer is how many values may differ before they are stored as they are.
const mostDiffer = 1 << 14

// Table returns the table as a file. The same entries in the same order make the same bytes.
func (m *Maker) Table() ([]byte, error) {
	h := head{Slots: uint32(len(m.slots)), Entries: uint32(m.n)}
	order, numbers := m.contents()
	if len(order) > mostDiffer {
		order = nil
		for _, e := range m.slots {
			if e != nil && e.with != 0 {
				return nil, fmt.Errorf("make table: more than %d values, and some with another", mostDiffer)
			}
		}
	}
	h.Differ = uint32(len(order))
	h.Width = m.width(order, numbers)
	if h.Width > mostWidth {
		return nil, fmt.Errorf("make table: values of %d bits", h.Width)
	}
	var values, with []byte
	for _, c := range order {
		values = binary.LittleEndian.AppendUint32(values, c.value)
		with = append(with, c.with)
	}
	slots, tags, entries, rare, kept := m.write(&h, numbers)
	h.Rare, h.Stored = uint32(len(rare)), uint32(len(kept)/4)
	out, err := binary.Append(nil, binary.LittleEndian, h)
	if err != nil {
		return nil, fmt.Errorf("make table: %w", err)
	}
	return slices.Concat(out, slots, tags, make([]byte, Slack), entries, values, with, rare, kept), nil
}

// A content is a value and what comes with it, but for what is stored.
type content struct {
	value uint32
	with  uint8
}

func (e *entry) content() content {
	switch {
	case e.with == 0:
		return content{e.value, nothing}
	case e.owns:
		return content{e.value, own}
	}
	return content{e.value, stored}
}

// contents returns the different contents, the most frequent first, and their numbers.
func (m *Maker) contents() (order []content, numbers map[content]uint32) {
	counts := map[content]int{}
	for _, e := range m.slots {
		if e != nil {
			counts[e.content()]++
		}
	}
	for c := range counts {
		order = append(order, c)
	}
	slices.SortFunc(order, func(a, b content) int {
		return cmp.Or(counts[b]-counts[a], cmp.Compare(a.value, b.value), cmp.Compare(a.with, b.with))
	})
	numbers = map[content]uint32{}
	for i, c := range order {
		numbers[c] = uint32(i)
	}
	return order, numbers
}

// width returns the bits of a number for which the table is smallest; those of the greatest value where they are stored as they are.
func (m *Maker) width(order []content, numbers map[content]uint32) uint32 {
	var by [33]int // entries by the bits that their number, or its value, has
	for _, e := range m.slots {
		switch {
		case e == nil:
		case order == nil:
			by[bits.Len32(e.value)]++
		default:
			by[bits.Len32(numbers[e.content()])]++
		}
	}
	fewest := max(0, bits.Len(uint(max(len(order)-1, 0)))-8)
	best, least, rest := uint32(0), math.MaxInt, m.n
	for w, n := range by {
		rest -= n
		if order == nil && rest > 0 || w < fewest {
			continue
		}
		if size := w*m.n + rest*8; size < least {
			best, least = uint32(w), size
		}
	}
	return best
}

// write returns the slots, the tags, the entries, the other bits of rare numbers, and what is stored with values.
func (m *Maker) write(h *head, numbers map[content]uint32) (out, tags, entries, rare, kept []byte) {
	w := &Writer{}
	n := 0
	for i, e := range m.slots {
		if i%perGroup == 0 {
			for _, before := range [3]int{n, len(rare), len(kept) / 4} {
				out = binary.LittleEndian.AppendUint32(out, uint32(before))
			}
			out = append(out, make([]byte, groupSize-groupHead)...)
		}
		if e == nil {
			continue
		}
		n++
		g := out[len(out)-groupSize:]
		at, bit := i%perGroup/8, byte(1<<(i%8))
		g[groupHead+at] |= bit
		number := e.value
		if c := e.content(); h.Differ > 0 {
			if number = numbers[c]; number>>h.Width > 0 {
				rare = append(rare, byte(number>>h.Width))
				g[rareBits+at] |= bit
			}
			if c.with == stored {
				kept = binary.LittleEndian.AppendUint32(kept, e.with)
			}
		}
		tags = append(tags, byte(e.mark))
		w.Bits(e.mark>>tagBits, markBits)
		w.Bits(number&(1<<h.Width-1), uint(h.Width))
	}
	return out, tags, w.Bytes(), rare, kept
}
