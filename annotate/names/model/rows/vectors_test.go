package rows

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

// projections returns n rows of width bytes that come from vectors of dim numbers, with some noise.
func projections(r *rand.Rand, vectors []float64, dim, width int) []byte {
	matrix := make([]float64, dim*width)
	for i := range matrix {
		matrix[i] = r.NormFloat64() * 4
	}
	var out []byte
	for at := 0; at < len(vectors); at += dim {
		for k := range width {
			sum := zero + r.NormFloat64()/2
			for d := range dim {
				sum += vectors[at+d] * matrix[d*width+k]
			}
			out = append(out, byte(min(max(sum, 0), 255)))
		}
	}
	return out
}

// Rows of vectors come back as a whole and one by one, with a row that is given and without, one column to a symbol and two; and what
// the columns say about each other takes fewer bytes than they do.
func TestVectors(t *testing.T) {
	t.Parallel()
	const n, dim = 400, 8
	r := rand.New(rand.NewPCG(7, 8))
	vectors := make([]float64, n*dim)
	for i := range vectors {
		vectors[i] = r.NormFloat64()
	}
	given := projections(r, vectors, dim, 16)
	for _, s := range []Shape{
		{Width: 32, Known: 32, Block: 4},
		{Width: 32, Given: 16, Known: 24, Block: 1},
		{Width: 32, Given: 16, Known: 16, Block: 3, Pairs: true},
		{Width: 32, Given: 16, Known: 48, Block: 2, Pairs: true},
		{Width: 256, Given: 16, Known: 100, Block: 2, Pairs: true},
		{Width: 1, Known: 1, Block: 2},
	} {
		rows := projections(r, vectors, dim, s.Width)
		for k := range s.Width {
			rows[k] = byte(255 * (k % 2)) // as far off as can be
		}
		given := given[:n*s.Given]
		section, err := PackVectors(rows, given, s)
		if err != nil {
			t.Fatal(err)
		}
		if s.Width == 32 && len(section) > len(rows)*7/10 {
			t.Errorf("%+v: %d bytes are %d", s, len(rows), len(section))
		}
		v, err := OpenVectors(section, s.Width, s.Given)
		if err != nil {
			t.Fatal(err)
		}
		if v.Len() != n || !bytes.Equal(v.All(given), rows) {
			t.Fatalf("%+v: other rows", s)
		}
		dst := make([]byte, s.Width)
		for range 100 {
			i := r.IntN(n)
			v.Row(uint32(i), given[i*s.Given:][:s.Given], dst)
			if want := rows[i*s.Width:][:s.Width]; !bytes.Equal(dst, want) {
				t.Fatalf("%+v: row %d is %x, want %x", s, i, dst, want)
			}
		}
		for cut := 1; cut < len(section)/2; cut += 397 {
			if _, err := OpenVectors(section[:cut], s.Width, s.Given); err == nil {
				t.Fatalf("%+v: %d bytes of %d are opened", s, cut, len(section))
			}
		}
		if _, err := OpenVectors(section, s.Width, s.Given+1); err == nil {
			t.Errorf("%+v is opened as another", s)
		}
	}
}

// Three sums with signs are in one number.
func TestLane(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(9, 10))
	for range 10_000 {
		var want [lanes]int
		sum := uint64(0)
		for k := range want {
			want[k] = r.IntN(1<<laneBits) - 1<<(laneBits-1)
			sum += uint64(want[k]) << (k * laneBits)
		}
		for k := range want {
			if got := lane(sum, k); got != want[k] {
				t.Fatalf("%v: number %d is %d", want, k, got)
			}
		}
	}
}

func BenchmarkVectors(b *testing.B) {
	r := rand.New(rand.NewPCG(7, 8))
	vectors := make([]float64, 2000*8)
	for i := range vectors {
		vectors[i] = r.NormFloat64()
	}
	given := projections(r, vectors, 8, 64)
	section, err := PackVectors(projections(r, vectors, 8, 256), given, Shape{Width: 256, Given: 64, Known: 96, Block: 1, Pairs: true})
	if err != nil {
		b.Fatal(err)
	}
	v, err := OpenVectors(section, 256, 64)
	if err != nil {
		b.Fatal(err)
	}
	dst := make([]byte, 256)
	for i := 0; b.Loop(); i++ {
		k := i * 7919 % 2000
		v.Row(uint32(k), given[k*64:][:64], dst)
	}
}
