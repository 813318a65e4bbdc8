package model

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

// The same names are found with packed and with unpacked weights.
func TestUnpackedWeights(t *testing.T) {
	t.Parallel()
	m, err := Open(file)
	if err != nil {
		t.Fatal(err)
	}
	hashes := make([]uint32, 10_000)
	for i := range hashes {
		hashes[i] = rand.Uint32()
	}
	slow := m.weightsNow()
	m.count(fastFrom)
	quick := m.weightsNow()
	if quick == slow {
		t.Fatal("many tokens unpack nothing")
	}
	linear, deep := slow.masks()
	slowRows, quickRows := slow.deep.Recent(2), quick.deep.Recent(2)
	slowEights, quickEights := slow.linear.Recent(2), quick.linear.Recent(2)
	for _, h := range hashes {
		if slowEights.Eight(h&linear) != quickEights.Eight(h&linear) || !bytes.Equal(slowRows.Row(h&deep, Units), quickRows.Row(h&deep, Units)) {
			t.Fatalf("the rows of %x differ", h)
		}
	}
	m.Release()
	if m.weightsNow() != slow {
		t.Error("Release keeps what was unpacked")
	}
}

func BenchmarkUnpack(b *testing.B) {
	m, err := Open(file)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		m.count(fastFrom)
		m.repack()
	}
}
