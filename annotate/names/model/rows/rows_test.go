package rows

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

// What is packed comes back, row by row and as a whole, for any number of different rows.
func TestPack(t *testing.T) {
	t.Parallel()
	for _, width := range []int{1, 6, 8, 64} {
		for _, differ := range []int{1, 2, 3, 200, 257} {
			r := rand.New(rand.NewPCG(1, uint64(differ)))
			var rows []byte
			for range 1000 {
				row := bytes.Repeat([]byte{0}, width)
				row[width-1] = byte(r.IntN(differ))
				row[0] += byte(r.IntN(differ) >> 1)
				rows = append(rows, row...)
			}
			section := Pack(rows, width)
			if again := Pack(rows, width); !bytes.Equal(again, section) {
				t.Fatalf("%d, %d: packed again, other bytes", width, differ)
			}
			p, err := Unpack(section, width)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(p.All(width), rows) {
				t.Fatalf("%d, %d: other rows", width, differ)
			}
			for i := range uint32(1000) {
				if want := rows[int(i)*width:][:width]; !bytes.Equal(p.At(i, width)[:width], want) {
					t.Fatalf("%d, %d: row %d is %x, want %x", width, differ, i, p.At(i, width)[:width], want)
				}
			}
			for _, cut := range []int{1, 4, len(section) - 1} {
				if _, err := Unpack(section[:cut], width); err == nil {
					t.Errorf("%d, %d: %d bytes of %d are unpacked", width, differ, cut, len(section))
				}
			}
		}
	}
}
