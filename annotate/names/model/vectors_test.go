package model

import (
	"bytes"
	"math/rand/v2"
	"sync"
	"testing"

	"byline/annotate/segment"
)

// What vectors add is the same however it is read: all at once, or row by row in any order by several at a time, also while
// others have it forgotten.
func TestVectors(t *testing.T) {
	t.Parallel()
	m, err := Open(file)
	if err != nil {
		t.Fatal(err)
	}
	center, near := m.center.All(), m.near.All()
	var wg sync.WaitGroup
	for seed := range uint64(4) {
		wg.Go(func() {
			r := rand.New(rand.NewPCG(seed, 1))
			for i := range 500 {
				if id := uint32(r.IntN(Far)); !bytes.Equal(m.center.Row(id), center[id*Units:][:Units]) {
					t.Errorf("what word %d adds for itself differs", id)
				}
				const width = Units * (Around - 1)
				if id := uint32(r.IntN(Near)); !bytes.Equal(m.near.Row(id), near[id*width:][:width]) {
					t.Errorf("what word %d adds beside it differs", id)
				}
				if seed == 0 && i%100 == 0 {
					m.Release()
				}
			}
		})
	}
	wg.Wait()
}

// The output of the hidden layer is that of its sums, label by label.
func TestAddHidden(t *testing.T) {
	t.Parallel()
	m, err := Open(file)
	if err != nil {
		t.Fatal(err)
	}
	score := m.scorer()
	r := rand.New(rand.NewPCG(2, 3))
	for range 100 {
		const n = 30
		var deep [Units / 8]sum
		var units [Units]int32
		for range n {
			var row [Units]byte
			for u := range row {
				row[u] = byte(zero + r.NormFloat64()*6)
				units[u] += int32(row[u]) - zero
			}
			addUnits(&deep, row[:])
		}
		var got, want [Labels]int32
		score.addHidden(&deep, n, &got)
		for k := range Scored {
			x := int32(0)
			for u, h := range units {
				x += max(h, 0) * m.Out[k][u]
			}
			want[k+1] = x >> 5
		}
		if got != want {
			t.Fatalf("%v, want %v", got, want)
		}
	}
}

// A word is the same whether it was in a text before or not.
func TestRecentWords(t *testing.T) {
	t.Parallel()
	m, err := Open(file)
	if err != nil {
		t.Fatal(err)
	}
	first := segment.Split("Marta Quill of the Halden Bank told WFP that O'Brien left Nairobi.", nil)
	second := segment.Split("In Nairobi the WFP told Quill, O’Brien and MARTA of 12 banks.", nil)
	want := m.Prepare(second).words
	if m.recentWords() != nil {
		t.Fatal("words are kept before there is much to tag")
	}
	m.count(fastFrom)
	m.Prepare(first)
	for range 2 {
		got := m.Prepare(second).words
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("word %d is %+v, want %+v", i, got[i], want[i])
			}
		}
	}
}
