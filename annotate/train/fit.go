package main

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"byline/annotate/names/model"
	"byline/annotate/segment"
	"byline/annotate/train/corpus"
	"byline/annotate/train/learn"
)

// trainNets trains nets on docs with the features from t, each with its own seed, in parallel with
// one goroutine per net.
func trainNets(t *tables, docs []weightedDoc, o learn.Options, count int) []*learn.Net {
	m := t.model()
	var segs []learn.Segment
	for i := range docs {
		segs = append(segs, segments(m, &docs[i])...)
	}
	prune(segs)
	nets := make([]*learn.Net, count)
	var wg sync.WaitGroup
	slots := make(chan bool, o.Workers)
	for i := range nets {
		wg.Go(func() {
			slots <- true
			defer func() { <-slots }()
			own := o
			own.Seed, own.Workers = o.Seed+uint64(i), 1
			nets[i] = learn.NewNet(own, t.vectors)
			start := time.Now()
			nets[i].Train(segs, func(epoch int, loglik float64) {
				fmt.Printf("net %d epoch %d: log-likelihood %.5f a token, %v\n", i, epoch, loglik, time.Since(start).Round(time.Second))
			})
		})
	}
	wg.Wait()
	return nets
}

// split returns the words of a document by sentence.
func split(d *corpus.Doc) [][]string {
	var words [][]string
	for _, s := range d.Sentences {
		words = append(words, s.Words)
	}
	return words
}

// segments returns the segments of a document, with the features that m computes.
func segments(m *model.Model, d *weightedDoc) (segs []learn.Segment) {
	doc := segment.Tokens(split(&d.Doc))
	x := m.Prepare(doc)
	var buf []model.Feature
	for _, st := range x.Stretches() {
		seg := learn.Segment{Starts: st.Starts, End: st.Ends, Weight: d.weight}
		labels := d.Sentences[st.Sentence].Labels[st.First-doc.Sentences[st.Sentence].Tokens.First:]
		for t := st.First; t < st.End; t++ {
			buf = x.Features(st.Sentence, t, buf[:0])
			buf = x.SourceFeatures(d.guidelines, st.Sentence, t, buf)
			seg.Tokens = append(seg.Tokens, learn.Token{
				Features: slices.Clone(buf), Vectors: x.Vectors(st.Sentence, t), Label: labels[t-st.First],
			})
		}
		startSegment(&seg)
		segs = append(segs, seg)
	}
	return segs
}

// startSegment replaces an inside label at the start of a segment, which cannot start it.
func startSegment(s *learn.Segment) {
	if l := &s.Tokens[0].Label; *l > 0 && *l%2 == 0 {
		*l--
	}
}

// prune drops the features that occur once.
func prune(segs []learn.Segment) {
	seen := make([]uint8, 1<<24)
	for i := range segs {
		for _, t := range segs[i].Tokens {
			for _, f := range t.Features {
				seen[f.Hash()] = min(seen[f.Hash()]+1, 2)
			}
		}
	}
	for i := range segs {
		for k := range segs[i].Tokens {
			t := &segs[i].Tokens[k]
			t.Features = slices.DeleteFunc(t.Features, func(f model.Feature) bool { return seen[f.Hash()] < 2 })
		}
	}
}
