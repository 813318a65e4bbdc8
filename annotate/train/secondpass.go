package main

import (
	"errors"
	"sync"

	"byline/annotate/names/model"
	"byline/annotate/segment"
	"byline/annotate/train/learn"
)

// folds is the number of parts, each of which is held out from one model.
const folds = 2

// leaveOut trains a model for each part of docs, 0 to parts-1, without that part.
func leaveOut(t *tables, docs []weightedDoc, o learn.Options, parts int, part func(*weightedDoc) int) ([]*model.Model, error) {
	models, errs := make([]*model.Model, parts), make([]error, parts)
	var wg sync.WaitGroup
	slots := make(chan bool, o.Workers)
	for p := range parts {
		wg.Go(func() {
			slots <- true
			defer func() { <-slots }()
			var rest []weightedDoc
			for i := range docs {
				if part(&docs[i]) != p {
					rest = append(rest, docs[i])
				}
			}
			models[p], errs[p] = openModel(trainNets(t, rest, o, 1), t)
		})
	}
	wg.Wait()
	return models, errors.Join(errs...)
}

// halfOf returns the half of the documents that d is in.
func halfOf(d *weightedDoc) int { return d.fold % folds }

// fitSecondPass trains the second pass on the output of models for documents that they have not
// seen.
func fitSecondPass(models []*model.Model, docs []weightedDoc, o learn.Options) *learn.Net {
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
	before := n.Trans
	n.Train(segs, func(int, float64) {})
	n.Trans = before
	return n
}

// secondSegments returns the segments of a document for the second pass, after the first pass of
// m.
func secondSegments(m *model.Model, d *weightedDoc) (segs []learn.Segment) {
	doc := segment.Tokens(split(&d.Doc))
	x := m.As(d.guidelines).First(doc)
	for i := range x.Stretches {
		st := &x.Stretches[i]
		labels := d.Sentences[st.Sentence].Labels[st.First-doc.Sentences[st.Sentence].Tokens.First:]
		seg := learn.Segment{Starts: st.Starts, End: st.Ends, Weight: d.weight}
		for t := st.First; t < st.End; t++ {
			base := new([learn.Labels]float32)
			for k := range base {
				base[k] = float32(x.Scores[t][k]) / model.SumUnit
			}
			seg.Tokens = append(seg.Tokens, learn.Token{Features: x.AppendFeatures(st, t, nil), Label: labels[t-st.First], Base: base})
		}
		startSegment(&seg)
		segs = append(segs, seg)
	}
	return segs
}
