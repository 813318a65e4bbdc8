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
	slow := m.rowsNow()
	m.count(fastFrom)
	quick := m.rowsNow()
	if quick == slow {
		t.Fatal("many tokens unpack nothing")
	}
	linear, deep := slow.masks()
	for _, h := range hashes {
		if !bytes.Equal(slow.linear.At(h&linear, Scored)[:Scored], quick.linear.At(h&linear, Scored)[:Scored]) ||
			!bytes.Equal(slow.deep.At(h&deep, Units)[:Units], quick.deep.At(h&deep, Units)[:Units]) {
			t.Fatalf("the rows of %x differ", h)
		}
	}
	m.Release()
	if m.rowsNow() != slow {
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
