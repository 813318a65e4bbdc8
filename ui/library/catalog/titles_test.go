package catalog

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"byline/annotate/library"
)

// Titles come back as they were added or replaced, and those that hold a word are those that hold it one by one: words at either
// end of a title, over two titles, in the first and last of a block, and in none.
func TestTitles(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 1))
	for _, n := range []int{1, 2, perBlock - 1, perBlock, perBlock + 1, 3*perBlock + 7} {
		var want []string
		var all titles
		for range n {
			title := strings.Repeat("ab é", r.IntN(3)) + string(rune('a'+r.IntN(26))) + strings.Repeat("ba", r.IntN(3))
			if r.IntN(9) == 0 {
				title = ""
			}
			want = append(want, title)
			all.add(title)
		}
		all.close()
		for range min(n, 50) {
			i := r.IntN(n)
			want[i] = "moved " + want[(i+1)%n]
			all.set(int32(i), want[i])
		}
		for i, title := range want {
			if got := all.at(int32(i)); got != title {
				t.Fatalf("%d of %d: %q, not %q", i, n, got, title)
			}
		}
		for _, word := range []string{"a", "ab", "é", "aba", "moved ", "z", "xyz", "éx"} {
			found := all.holding(word)
			for i, title := range want {
				if found.has(int32(i)) != strings.Contains(title, word) {
					t.Fatalf("%q in %q, %d of %d: %v", word, title, i, n, found.has(int32(i)))
				}
			}
		}
	}
	for from, want := range map[string]int{"": longestTitle, "a": longestTitle - 1} {
		if got := cut(from + strings.Repeat("é", longestTitle)); len(got) != want || !strings.HasSuffix(got, "é") {
			t.Errorf("%d bytes are kept, not %d", len(got), want)
		}
	}
}

// Entries with the letters of several blocks come back as they are, and a filter finds them.
func TestManyBlocks(t *testing.T) {
	t.Parallel()
	var entries []library.Entry
	long := strings.Repeat("word ", 20)
	for i := range 2*perBlock + 100 {
		entries = append(entries, library.Entry{ID: strconv.Itoa(i), Title: long + strconv.Itoa(i), Source: "https://one.example/" + strconv.Itoa(i%7) + "/" + strconv.Itoa(i), Version: 1, Status: library.Unread})
	}
	c := New(entries, Arrangement{Sort: AsGiven})
	if len(c.texts) < 3 || !reflect.DeepEqual(c.All(), entries) {
		t.Errorf("%d blocks, or other entries", len(c.texts))
	}
	if c.Filter("word 8191"); !slices.Equal(c.IDs(), []string{"8191"}) {
		t.Error(c.IDs())
	}
}

// What a filter lists comes in the order of the list: titles that hold all words, then entries that hold them in title, publication
// and author together.
func TestFilterKeepsTheOrder(t *testing.T) {
	t.Parallel()
	c := New(entriesOf(
		"Tide|The Harbour|Bo", "Harbour tide|The Wire|Ann", "Bill|The Harbour|Tide Lee", "Nothing|None|Nobody", "A tidehouse by the harbour||", "Tides|The Wire|Ann",
	), Arrangement{Sort: AsGiven})
	for filter, want := range map[string][]string{"tide harbour": {"1", "4", "0", "2"}, "harbour": {"1", "4", "0", "2"}, "ann wire": {"1", "5"}, "zzz": {}, "": {"0", "1", "2", "3", "4", "5"}} {
		if c.Filter(filter); !slices.Equal(c.IDs(), want) {
			t.Errorf("%q lists %v, not %v", filter, c.IDs(), want)
		}
	}
}

// entriesOf returns entries numbered from 0, each given as title, publication and author.
func entriesOf(lines ...string) (out []library.Entry) {
	for i, line := range lines {
		f := strings.Split(line, "|")
		out = append(out, library.Entry{ID: strconv.Itoa(i), Title: f[0], Site: f[1], Author: f[2]})
	}
	return out
}
