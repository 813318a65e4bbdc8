package rows

import (
	"sync"
	"sync/atomic"
)

// Kept reads rows of vectors, each when it is first needed, and keeps them. It is safe for concurrent use.
type Kept struct {
	of    *Vectors
	given *Kept // what has the rows that are given; nil for none
	read  atomic.Pointer[store]
}

// A store has room for all rows, of which it makes some at a time.
type store struct {
	adding sync.Mutex
	have   []atomic.Uint32          // a bit for each row that was read
	rooms  []atomic.Pointer[[]byte] // for roomSize of rows
}

const roomSize = 4096

// Keep returns what keeps rows of v; given has those that come with them, nil for none.
func (v *Vectors) Keep(given *Kept) *Kept {
	k := &Kept{of: v, given: given}
	k.Forget()
	return k
}

// Forget frees the rows that were read. Those that somebody has stay as they are.
func (k *Kept) Forget() {
	n := k.of.Len()
	k.read.Store(&store{have: make([]atomic.Uint32, (n+31)/32), rooms: make([]atomic.Pointer[[]byte], (n*int(k.of.Width)+roomSize-1)/roomSize)})
}

// All returns all rows, one after another.
func (k *Kept) All() []byte {
	var given []byte
	if k.given != nil {
		given = k.given.All()
	}
	return k.of.All(given)
}

// Row returns row i, which is not to be changed. It panics where there is no such row.
func (k *Kept) Row(i uint32) []byte {
	s := k.read.Load()
	width := int(k.of.Width)
	at := int(i) * width
	if s.have[i/32].Load()>>(i%32)&1 == 1 {
		return (*s.rooms[at/roomSize].Load())[at%roomSize:][:width]
	}
	var given []byte
	if k.given != nil {
		given = k.given.Row(i)
	}
	s.adding.Lock()
	defer s.adding.Unlock()
	row := s.room(at)[:width]
	if s.have[i/32].Load()>>(i%32)&1 == 0 {
		k.of.Row(i, given, row)
		s.have[i/32].Or(1 << (i % 32))
	}
	return row
}

// room returns the room from byte at on, which it makes where there is none.
func (s *store) room(at int) []byte {
	room := s.rooms[at/roomSize].Load()
	if room == nil {
		b := make([]byte, roomSize)
		room = &b
		s.rooms[at/roomSize].Store(room)
	}
	return (*room)[at%roomSize:]
}
