// Package mine counts names in raw texts: a model tags them, and for every phrase and word it
// counts the kinds. Encyclopaedia articles define their title in their first sentence.
//
// The counts become a table of names, which provides features for a second model.
package mine

import (
	"cmp"
	"slices"

	"byline/annotate"
	"byline/annotate/lexicon"
	"byline/annotate/names"
	"byline/annotate/names/model"
	"byline/annotate/segment"
)

// kinds is the number of kinds of names, and of no name.
const kinds = 5

// kindCounts counts by kind; the last is no name.
type kindCounts [kinds]float32

// Counts are the names that were counted so far.
type Counts struct {
	phrases map[lexicon.Key]*kindCounts
	words   map[lexicon.Key]*kindCounts
	opens   map[lexicon.Key]bool
}

// New returns empty counts.
func New() *Counts {
	return &Counts{phrases: map[lexicon.Key]*kindCounts{}, words: map[lexicon.Key]*kindCounts{}, opens: map[lexicon.Key]bool{}}
}

// Merge adds the counts of o to c.
func (c *Counts) Merge(o *Counts) {
	for k, t := range o.phrases {
		c.phrases[k] = t.plus(c.phrases[k])
	}
	for k, t := range o.words {
		c.words[k] = t.plus(c.words[k])
	}
	for k := range o.opens {
		c.opens[k] = true
	}
}

// plus adds o, which may be nil, to t and returns t.
func (t *kindCounts) plus(o *kindCounts) *kindCounts {
	if o != nil {
		for k, x := range o {
			t[k] += x
		}
	}
	return t
}

// longest is the most tokens of a phrase that is counted.
const longest = 7

// Add counts the names that m finds in a document.
func (c *Counts) Add(m *model.Model, text string) {
	d := segment.Split(text, nil)
	found := m.Tag(d)
	next := 0
	for i := range d.Sentences {
		s := d.Sentences[i].Tokens
		first := next
		for next < len(found) && found[next].First < s.End {
			next++
		}
		if !isProse(d, s) {
			continue
		}
		at := s.First
		for _, n := range found[first:next] {
			c.countOutside(d, s, at, n.First)
			c.name(d, n)
			at = n.End
		}
		c.countOutside(d, s, at, s.End)
	}
}

// isProse reports whether s is running text: most of its words are in lower case.
func isProse(d *annotate.Doc, s annotate.Range) bool {
	caps, all := 0, 0
	for t := s.First; t < s.End; t++ {
		if d.Tokens[t].Kind == annotate.Word {
			all++
			if upper(d.Word(t)) {
				caps++
			}
		}
	}
	return all >= 4 && caps*10 < all*6
}

func upper(w string) bool { return w[0]-'A' < 26 || w[0] >= 0xC3 && w[0] < 0xE0 }

// countOutside counts the capitalized words between tokens from and end that are in no name; the
// first word of a sentence is not evidence.
func (c *Counts) countOutside(d *annotate.Doc, s annotate.Range, from, end int) {
	for t := max(from, s.First+1); t < end; t++ {
		if w := d.Word(t); d.Tokens[t].Kind == annotate.Word && upper(w) && d.Tokens[t-1].Kind != annotate.Mark {
			add(c.words, lexicon.Key(0).Add(w), kinds-1, 1)
		}
	}
}

func add(to map[lexicon.Key]*kindCounts, k lexicon.Key, kind int, weight float32) {
	t := to[k]
	if t == nil {
		t = new(kindCounts)
		to[k] = t
	}
	t[kind] += weight
}

func (c *Counts) name(d *annotate.Doc, n names.Name) {
	if n.Score < 0.5 || n.End-n.First > longest {
		return
	}
	kind, weight := model.Kind(n.Type), float32(n.Score)
	add(c.phrases, c.key(d, n.Range, true), kind, weight)
	for t := n.First; t < n.End; t++ {
		if w := d.Word(t); upper(w) {
			add(c.words, lexicon.Key(0).Add(w), kind, weight)
		}
	}
}

// key returns the key of the tokens in r, the same as in the model's features.
func (c *Counts) key(d *annotate.Doc, r annotate.Range, note bool) lexicon.Key {
	k := lexicon.Key(0).Add(d.Word(r.First))
	if note && r.End-r.First > 1 {
		c.opens[k] = true
	}
	for t := r.First + 1; t < r.End; t++ {
		if w := d.Word(t); w == "'s" || w == "’s" {
			k = k.Join("'s")
		} else {
			k = k.Add(w)
		}
	}
	return k
}

// Table returns the table of names that occur at least least times.
func (c *Counts) Table(least float32) []model.Entry {
	values := map[lexicon.Key]uint32{}
	for k, t := range c.phrases {
		if v := t.code(least); v != 0 {
			values[k] |= v
		}
	}
	for k, t := range c.words {
		if v := t.code(least * 1.5); v != 0 {
			values[k] |= v << model.WordShift
		}
	}
	for k := range c.opens {
		if values[k] != 0 {
			values[k] |= model.Opens
		}
	}
	out := make([]model.Entry, 0, len(values))
	for k, v := range values {
		out = append(out, model.Entry{Hash: uint64(k), Value: v})
	}
	slices.SortFunc(out, func(a, b model.Entry) int { return cmp.Compare(a.Hash, b.Hash) })
	return out
}

// code packs t into ten bits: the first kind and its share, the second kind, and the count.
func (t *kindCounts) code(least float32) uint32 {
	sum := float32(0)
	first, second := 0, -1
	for k, n := range t {
		sum += n
		if n > t[first] {
			first = k
		}
	}
	if sum < least {
		return 0
	}
	for k, n := range t {
		if k != first && n > sum*0.1 && (second < 0 || n > t[second]) {
			second = k
		}
	}
	share, many := uint32(0), uint32(0)
	for _, limit := range []float32{0.6, 0.8, 0.95} {
		if t[first] >= sum*limit {
			share++
		}
	}
	for _, limit := range []float32{3, 10, 50} {
		if sum >= limit*least {
			many++
		}
	}
	return uint32(first+1) | share<<3 | uint32(second+1)<<5 | many<<8
}

// Size returns how many phrases and words were counted.
func (c *Counts) Size() [2]int { return [2]int{len(c.phrases), len(c.words)} }
