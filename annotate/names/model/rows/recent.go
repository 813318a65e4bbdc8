package rows

import "encoding/binary"

// Recent looks up rows for one goroutine. It keeps those that were looked up last where they are packed, since a text asks for
// the same again and again.
type Recent struct {
	of    *Sparse
	plain []byte
	keys  []uint32 // by place: the number of the row plus one; 0 is none
	rows  []byte
	mask  uint32
}

// Recent returns what looks up rows of s and keeps 1<<bits of them.
func (s *Sparse) Recent(bits int) *Recent {
	if s.plain != nil {
		return &Recent{of: s, plain: s.plain}
	}
	return &Recent{of: s, keys: make([]uint32, 1<<bits), rows: make([]byte, int(s.Width)<<bits), mask: 1<<bits - 1}
}

// Eight returns row i of rows of eight bytes, the first byte lowest. It panics where there is no such row.
func (r *Recent) Eight(i uint32) uint64 {
	if r.plain != nil {
		return binary.LittleEndian.Uint64(r.plain[i*8:])
	}
	return binary.LittleEndian.Uint64(r.keep(i, 8))
}

// Row returns row i of rows of width bytes, which is valid until the next call. It panics where there is no such row.
func (r *Recent) Row(i uint32, width int) []byte {
	if r.plain != nil {
		return r.plain[int(i)*width:][:width]
	}
	return r.keep(i, width)
}

func (r *Recent) keep(i uint32, width int) []byte {
	row := r.rows[int(i&r.mask)*width:][:width]
	if key := &r.keys[i&r.mask]; *key != i+1 {
		r.of.Read(i, row)
		*key = i + 1
	}
	return row
}
