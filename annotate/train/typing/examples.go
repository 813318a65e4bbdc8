// Package typing fits the weights of package evidence: a sparse linear part over hashed clues and
// a small net over its sums and the tagger's shares, on documents that the tagger has
// not seen. It is trained by Adagrad (Duchi et al. 2011), document by document on one core,
// so that the same documents give the same file, to the byte.
package typing

import (
	"iter"
	"slices"

	"byline/annotate"
	"byline/annotate/evidence"
	"byline/annotate/names"
	"byline/annotate/segment"
	"byline/annotate/train/corpus"
)

// A Doc is an annotated document with a tagger that has not seen it.
type Doc struct {
	corpus.Doc
	Tagger names.Tagger
	Weight float32
	Source int  // those of one source have a bias in common, below mostSources
	Home   bool // what is learned follows the mean bias of these
	Part   int  // documents of one part calibrate what is learned from the others
}

// An example is a document as the net sees it.
type example struct {
	contexts [][]evidence.Clue // by mention
	shares   [][evidence.Types]float32
	scores   []float32
	groups   []evidence.Group
	around   [][]int32 // by mention: rows of its clues
	names    [][]int32 // by group
	golds    []gold
	weight   float32
	part     int
	source   int
	home     bool
}

// mostSources is how many sources there may be.
const mostSources = 64

// A gold is what a mention is in the annotation.
type gold struct {
	types [evidence.Types]bool // those that it may be
	known bool
	exact bool // span and, if there is only one, type
}

// exampleOf tags d.
func exampleOf(d *Doc, m *evidence.Model) *example {
	var sentences [][]string
	for _, s := range d.Sentences {
		sentences = append(sentences, s.Words)
	}
	doc := segment.Tokens(sentences)
	ms, shares := names.Weigh(doc, d.Tagger)
	x := &example{weight: d.Weight, part: d.Part, source: d.Source, home: d.Home, groups: evidence.Groups(doc.Text, ms)}
	evidence.Contexts(doc, ms, shares, func(_ int, cs []evidence.Clue) {
		x.contexts = append(x.contexts, slices.Clone(cs))
	})
	for i := range ms {
		var logs [evidence.Types]float32
		for k, p := range shares[i] {
			logs[k] = m.LogOf(p)
		}
		x.shares = append(x.shares, logs)
		x.scores = append(x.scores, m.LogOf(float32(ms[i].Origin.Score)))
		x.golds = append(x.golds, goldOf(doc, &d.Doc, &ms[i]))
	}
	return x
}

// goldOf returns what the annotation of a document says of a mention of it.
func goldOf(doc *annotate.Doc, d *corpus.Doc, m *annotate.Mention) (g gold) {
	labels, first := labelsAt(doc, d, m)
	if labels == nil || slices.Contains(labels[first.First:first.End], corpus.Any) {
		return g
	}
	g.known = true
	var counts [evidence.Types]int
	unsaid := false
	for _, l := range labels[first.First:first.End] {
		if l > 0 {
			counts[(l-1)/2]++
		}
		unsaid = unsaid || l == corpus.Unsaid
	}
	best := evidence.Types - 1
	for k, n := range counts {
		if n > counts[best] {
			best = k
		}
	}
	g.types[best] = true
	if best == evidence.Types-1 && unsaid {
		g.types[evidence.Types-2] = true
	}
	g.exact = isName(labels, first.First, first.End)
	return g
}

// isName reports whether labels from i to end are those of one name.
func isName(labels []int8, i, end int) bool {
	l := labels[i]
	if l <= 0 || l%2 == 0 {
		return false
	}
	for k := i + 1; k < end; k++ {
		if labels[k] != l+1 {
			return false
		}
	}
	return end == len(labels) || labels[end] != l+1
}

// labelsAt returns the labels of the sentence that m is in, and where it is there.
func labelsAt(doc *annotate.Doc, d *corpus.Doc, m *annotate.Mention) ([]int8, annotate.Range) {
	n, _ := slices.BinarySearchFunc(doc.Sentences, m.Start, func(s annotate.Sentence, at int) int {
		if doc.Tokens[s.Tokens.End-1].End <= at {
			return -1
		}
		return 1
	})
	if n == len(doc.Sentences) {
		return nil, annotate.Range{}
	}
	s := doc.Sentences[n].Tokens
	r := annotate.Range{First: s.First}
	for doc.Tokens[r.First].End <= m.Start {
		r.First++
	}
	for r.End = r.First + 1; r.End < s.End && doc.Tokens[r.End].Start < m.End; r.End++ {
	}
	return d.Sentences[n].Labels, annotate.Range{First: r.First - s.First, End: r.End - s.First}
}

// clues yields the clues of x.
func (x *example) clues() iter.Seq[evidence.Clue] {
	return func(yield func(evidence.Clue) bool) {
		for _, cs := range x.contexts {
			for _, c := range cs {
				if !yield(c) {
					return
				}
			}
		}
		for g := range x.groups {
			for _, c := range x.groups[g].Clues {
				if !yield(c) {
					return
				}
			}
		}
	}
}

// number looks up the rows of the clues of x.
func (x *example) number(rows map[evidence.Clue]int32) {
	of := func(cs []evidence.Clue) (ids []int32) {
		for _, c := range cs {
			if id, ok := rows[c]; ok {
				ids = append(ids, id)
			}
		}
		return ids
	}
	x.around, x.names = nil, nil
	for _, cs := range x.contexts {
		x.around = append(x.around, of(cs))
	}
	for g := range x.groups {
		x.names = append(x.names, of(x.groups[g].Clues))
	}
}
