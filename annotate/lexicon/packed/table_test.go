package packed_test

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"testing"

	"byline/annotate/lexicon/packed"
)

func hash(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return packed.Spread(h.Sum64())
}

// An entry of a table in the making.
type entry struct {
	hash        uint64
	value, with uint32
}

func tableOf(t testing.TB, entries []entry, slots int) []byte {
	t.Helper()
	m := packed.NewMaker(slots)
	for _, e := range entries {
		m.Put(e.hash, e.value, e.with)
	}
	data, err := m.Table()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Everything put into a table is found in it, and nothing else: with few values and with many, rare ones, what comes with them,
// and a table so full that entries go on in its first slot.
func TestTable(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	few := func(i int) uint32 { return uint32(r.ExpFloat64()*3) * 0x1000_0001 }
	for name, c := range map[string]struct {
		n, slots int
		value    func(i int) uint32
		with     func(i int) uint32
	}{
		"none":          {0, 3, few, nil},
		"one":           {1, 3, few, nil},
		"few values":    {5000, 6252, few, nil},
		"one value":     {700, 900, func(int) uint32 { return 7 }, nil},
		"rare ones":     {5000, 6252, func(i int) uint32 { return uint32(max(0, i-4000)) }, nil},
		"all different": {17_000, 21_252, func(i int) uint32 { return uint32(i + 1) }, nil},
		"almost full":   {5000, 5001, few, nil},
		"with others":   {5000, 6252, few, func(i int) uint32 { return uint32(i % 3 * i) }},
	} {
		t.Run(name, func(t *testing.T) {
			var entries []entry
			for i := range c.n {
				e := entry{hash: hash(fmt.Sprint("word ", i)), value: c.value(i)}
				if c.with != nil {
					e.with = c.with(i)
				}
				if c.with != nil && i%5 == 0 {
					e.with = uint32(e.hash) | 1
				}
				entries = append(entries, e)
			}
			data := tableOf(t, entries, c.slots)
			if !bytes.Equal(data, tableOf(t, entries, c.slots)) {
				t.Error("the same entries make two tables")
			}
			table, err := packed.Open(data)
			if err != nil {
				t.Fatal(err)
			}
			check(t, table, entries)
			for cut := 1; cut < 40; cut++ {
				if _, err := packed.Open(data[:len(data)*cut/40]); err == nil && len(data)*cut/40 > 0 {
					t.Fatalf("%d bytes of %d are opened", len(data)*cut/40, len(data))
				}
			}
		})
	}
}

func check(t *testing.T, table *packed.Table, entries []entry) {
	t.Helper()
	for i, e := range entries {
		if got := table.Find(e.hash); got != e.value {
			t.Fatalf("entry %d: %d, want %d", i, got, e.value)
		}
		if value, with := table.FindWith(e.hash); value != e.value || with != e.with {
			t.Fatalf("entry %d: %d with %d, want %d with %d", i, value, with, e.value, e.with)
		}
	}
	for i := range 3000 {
		h := hash(fmt.Sprint("other ", i))
		if value, with := table.FindWith(h); value != 0 || with != 0 || table.Find(h) != 0 {
			t.Fatalf("%d, which is not there: %d with %d", i, value, with)
		}
	}
}

// Of two entries with one hash the first wins, and an empty file is a table of nothing.
func TestTableOfEqual(t *testing.T) {
	t.Parallel()
	h := hash("Quill")
	data := tableOf(t, []entry{{h, 3, 0}, {h, 4, 0}}, 4)
	if got := packed.MustOpen(data).Find(h); got != 3 {
		t.Errorf("%d, want 3", got)
	}
	if got := packed.MustOpen(nil).Find(h); got != 0 {
		t.Errorf("%d in nothing", got)
	}
}

func BenchmarkFind(b *testing.B) {
	var entries []entry
	for i := range 100_000 {
		entries = append(entries, entry{hash(fmt.Sprint("word ", i)), uint32(i % 17 * i % 5), 0})
	}
	table := packed.MustOpen(tableOf(b, entries, 125_000))
	for name, word := range map[string]string{"there": "word ", "not there": "other "} {
		b.Run(name, func(b *testing.B) {
			var hashes [256]uint64
			for i := range hashes {
				hashes[i] = hash(fmt.Sprint(word, i))
			}
			for i := 0; b.Loop(); i++ {
				table.Find(hashes[i%len(hashes)])
			}
		})
	}
}
