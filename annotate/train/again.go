package main

import (
	"byline/annotate/names/model"
	"byline/annotate/segment"
	"byline/annotate/train/corpus"
	"byline/annotate/train/learn"
)

// again trains the second pass on what models that have not seen the documents made of
// them: of seen, document i was left out of the model i%len(models).
func again(models []*model.Model, docs []weighed, o learn.Options) *learn.Net {
	var segs []learn.Segment
	for i := range docs {
		segs = append(segs, secondSegments(models[docs[i].fold%len(models)], &docs[i])...)
	}
	o.Rows, o.HiddenRows, o.Epochs, o.Drop, o.Unknown = model.AgainRows, 0, 2, [8]float32{}, 0
	n := learn.NewNet(o, nil)
	for i := range n.Trans {
		for j := range n.Trans[i] {
			n.Trans[i][j] = float32(models[0].Trans[i][j]) / model.SumUnit
		}
	}
	n.Train(segs, func(int, float64) {})
	return n
}

// A weighed document is one to train on.
type weighed struct {
	corpus.Doc
	habits int
	weight float32
	fold   int // document it is a copy of, or itself
}

// secondSegments makes the segments of a document for the second pass after the first
// pass of m.
func secondSegments(m *model.Model, d *weighed) (segs []learn.Segment) {
	var words [][]string
	for _, s := range d.Sentences {
		words = append(words, s.Words)
	}
	doc := segment.Tokens(words)
	x := m.First(doc)
	for i := range x.Stretches {
		st := &x.Stretches[i]
		labels := d.Sentences[st.Sentence].Labels
		start := doc.Sentences[st.Sentence].Tokens.First
		seg := learn.Segment{Starts: st.Starts, End: st.Ends, Weight: d.weight}
		for t := st.First; t < st.End; t++ {
			base := new([learn.Labels]float32)
			for k := range base {
				base[k] = float32(x.Scores[t][k]) / model.SumUnit
			}
			seg.Tokens = append(seg.Tokens, learn.Token{Features: x.Again(st, t, nil), Label: labels[t-start], Base: base})
		}
		if l := &seg.Tokens[0].Label; *l > 0 && *l%2 == 0 {
			*l--
		}
		segs = append(segs, seg)
	}
	return segs
}
