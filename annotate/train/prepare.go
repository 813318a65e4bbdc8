package main

import (
	"byline/annotate/names/model"
	"byline/annotate/segment"
	"byline/annotate/train/corpus"
	"byline/annotate/train/learn"
)

// segments makes the segments of a document, with the features that m sees. Of a text
// to be measured the source is home.
func segments(m *model.Model, d *corpus.Doc, source int, weight float32) (segs []learn.Segment, at [][2]int) {
	var words [][]string
	for _, s := range d.Sentences {
		words = append(words, s.Words)
	}
	doc := segment.Tokens(words)
	x := m.Prepare(doc)
	for i := range d.Sentences {
		r := doc.Sentences[i].Tokens
		for t := r.First; t < r.End; {
			if !x.Open(t) {
				t++
				continue
			}
			seg := learn.Segment{Starts: t == r.First, Weight: weight}
			start := t - r.First
			for ; t < r.End && x.Open(t); t++ {
				f := x.Features(i, t, nil)
				f = x.SourceFeatures(source, i, t, f)
				seg.Tokens = append(seg.Tokens, learn.Token{
					Features: f, Vectors: x.Vectors(i, t), Label: d.Sentences[i].Labels[t-r.First],
				})
			}
			seg.End = t == r.End
			if l := &seg.Tokens[0].Label; *l > 0 && *l%2 == 0 {
				*l--
			}
			segs = append(segs, seg)
			at = append(at, [2]int{i, start})
		}
	}
	return segs, at
}
