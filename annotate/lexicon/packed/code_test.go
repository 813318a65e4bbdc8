package packed_test

import (
	"bytes"
	"math"
	"math/rand/v2"
	"testing"

	"byline/annotate/lexicon/packed"
)

// What is written is read again, also what the counts did not have, and takes at most a bit more than its entropy.
func TestCode(t *testing.T) {
	t.Parallel()
	for name, draw := range map[string]func(r *rand.Rand) byte{
		"one":        func(*rand.Rand) byte { return 200 },
		"two":        func(r *rand.Rand) byte { return byte(r.IntN(2)) },
		"all alike":  func(r *rand.Rand) byte { return byte(r.IntN(256)) },
		"like names": func(r *rand.Rand) byte { return byte(128 + r.NormFloat64()*5) },
		"steep":      func(r *rand.Rand) byte { return byte(min(r.ExpFloat64(), 40)) },
	} {
		t.Run(name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(3, 4))
			var counts [256]int
			text := make([]byte, 50_000)
			for i := range text {
				text[i] = draw(r)
				counts[text[i]]++
			}
			bits := 0.0
			for _, n := range counts {
				if n > 0 {
					bits -= float64(n) * math.Log2(float64(n)/float64(len(text)))
				}
			}
			c, rest, err := packed.ReadCode(append(packed.NewCode(&counts).Append(nil), 1, 2))
			if err != nil || !bytes.Equal(rest, []byte{1, 2}) {
				t.Fatalf("rest %v, error %v", rest, err)
			}
			w := &packed.Writer{}
			code := packed.NewCode(&counts)
			for _, b := range text {
				w.Symbol(code, b)
			}
			if most := bits + float64(len(text)); float64(w.At) > most {
				t.Errorf("%d bits, the entropy is %.0f", w.At, bits)
			}
			for b := range 256 {
				w.Symbol(code, byte(b))
			}
			w.Bits(0xdeadbeef, 32)
			read := packed.Reader{Data: w.Bytes()}
			for i, b := range text {
				if got := read.Symbol(c); got != b {
					t.Fatalf("byte %d is %d, want %d", i, got, b)
				}
			}
			for b := range 256 {
				if got := read.Symbol(c); int(got) != b {
					t.Fatalf("%d is %d", b, got)
				}
			}
			if got := read.Bits(32); got != 0xdeadbeef || read.At != w.At {
				t.Errorf("%x at bit %d, want deadbeef before %d", got, read.At, w.At)
			}
		})
	}
}

// codeSize is how many bytes a code takes in a file.
const codeSize = 129

// What is no code is refused.
func TestReadCodeRefuses(t *testing.T) {
	t.Parallel()
	for name, data := range map[string][]byte{
		"too short":       make([]byte, codeSize-1),
		"too many":        bytes.Repeat([]byte{0x11}, codeSize),
		"longer than all": bytes.Repeat([]byte{0xff}, codeSize),
	} {
		if _, _, err := packed.ReadCode(data); err == nil {
			t.Errorf("%s: read", name)
		}
	}
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	var starts []uint64
	for i := range uint64(1000) {
		starts = append(starts, i*i)
	}
	p, err := packed.MakePlaces(starts)
	if err != nil {
		t.Fatal(err)
	}
	if len(p) != packed.PlacesSize(len(starts)) {
		t.Errorf("%d bytes, want %d", len(p), packed.PlacesSize(len(starts)))
	}
	for i, s := range starts {
		if got := p.At(uint32(i)); got != s {
			t.Fatalf("block %d begins at %d, want %d", i, got, s)
		}
	}
	for _, far := range [][]uint64{{0, 1 << 16}, {1 << 32}} {
		if _, err := packed.MakePlaces(far); err == nil {
			t.Errorf("%v is written", far)
		}
	}
}
