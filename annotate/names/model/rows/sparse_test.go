package rows

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

// weights returns n rows of width bytes, most of which are zero.
func weights(r *rand.Rand, n, width int) []byte {
	out := bytes.Repeat([]byte{zero}, n*width)
	for i := range n {
		if r.IntN(3) == 0 {
			continue
		}
		for k := range 1 + r.IntN(width) {
			out[i*width+(k*7+i)%width] = byte(zero + r.NormFloat64()*2)
		}
	}
	for k := range width {
		out[k] = byte(k * 37) // nothing is too great to be written
	}
	return out
}

// Sparse rows come back as a whole and one by one, in any order and again.
func TestSparse(t *testing.T) {
	t.Parallel()
	for _, width := range []int{8, 64} {
		for _, n := range []int{1, 2, 7, 300} {
			r := rand.New(rand.NewPCG(5, uint64(n)))
			rows := weights(r, n, width)
			section, err := PackSparse(rows, width)
			if err != nil {
				t.Fatal(err)
			}
			if again, _ := PackSparse(rows, width); !bytes.Equal(again, section) {
				t.Fatalf("%d of %d: packed again, other bytes", n, width)
			}
			s, err := OpenSparse(section, width)
			if err != nil {
				t.Fatal(err)
			}
			if s.Len() != n || !bytes.Equal(s.All(), rows) {
				t.Fatalf("%d of %d: other rows", n, width)
			}
			plain := s.Unpacked()
			recent, unpacked := s.Recent(3), plain.Recent(3)
			for range 3 * n {
				i := uint32(r.IntN(n))
				want := rows[int(i)*width:][:width]
				if got := recent.Row(i, width); !bytes.Equal(got, want) {
					t.Fatalf("%d of %d: row %d is %x, want %x", n, width, i, got, want)
				}
				if !bytes.Equal(unpacked.Row(i, width), want) || recent.Eight(i) != unpacked.Eight(i) && width == 8 {
					t.Fatalf("%d of %d: row %d, unpacked, is another", n, width, i)
				}
			}
			for cut := range 40 {
				if _, err := OpenSparse(section[:cut+1], width); err == nil {
					t.Fatalf("%d of %d: %d bytes of %d are opened", n, width, cut+1, len(section))
				}
			}
		}
	}
}

func BenchmarkSparse(b *testing.B) {
	section, err := PackSparse(weights(rand.New(rand.NewPCG(5, 6)), 1<<16, 8), 8)
	if err != nil {
		b.Fatal(err)
	}
	s, err := OpenSparse(section, 8)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("one", func(b *testing.B) {
		var row [8]byte
		for i := uint32(0); b.Loop(); i++ {
			s.Read(i*7919%s.Rows, row[:])
		}
	})
	b.Run("all", func(b *testing.B) {
		for b.Loop() {
			s.All()
		}
	})
}
