package model

import (
	"encoding/binary"

	"byline/annotate"
)

// A vote sums up the first pass's labels for a word in the whole document: by kind, and last for
// no name.
type vote struct {
	p [Scored/2 + 1]float32
	n int32
}

// A Pass is a document with the results of the first pass, for the second.
type Pass struct {
	*Document
	Stretches []Stretch
	Scores    [][Labels]int32 // by token, of the first pass
	votes     []vote          // by lower-cased word
	own       []tokenResult   // by token
}

// A tokenResult is the first pass's result for a token itself.
type tokenResult struct {
	p    [Scored/2 + 1]float32
	kind uint8
	sure uint8
}

// First runs the first pass.
func (m *Model) First(d *annotate.Doc) *Pass {
	x := &Pass{Document: m.Prepare(d)}
	x.Scores = make([][Labels]int32, len(d.Tokens))
	x.own = make([]tokenResult, len(d.Tokens))
	x.votes = make([]vote, len(x.notes))
	score := m.scorer()
	r := &decoder{m: m, trans: &m.Trans, factors: m.exponentials(&m.Trans)}
	var features []Feature
	x.Stretches = x.Document.Stretches()
	for _, st := range x.Stretches {
		for t := st.First; t < st.End; t++ {
			features = x.Features(st.Sentence, t, features[:0])
			ids := x.Vectors(st.Sentence, t)
			score.emit(features, &ids, &x.Scores[t])
			features = x.homeFeatures(st.Sentence, t, features[:0])
			score.addSourceMean(features, &x.Scores[t])
		}
		r.load(x.Scores[st.First:st.End])
		r.marginals(st.End-st.First, st.Starts, st.Ends)
		x.count(r, st)
	}
	m.fast.kept.Put(score)
	return x
}

// count adds the marginals of a stretch to the votes.
func (x *Pass) count(r *decoder, st Stretch) {
	for t := st.First; t < st.End; t++ {
		p := &r.marginal[t-st.First]
		o := &x.own[t]
		o.p[Scored/2] = float32(p[0])
		for k := range Scored / 2 {
			o.p[k] = float32(p[k*2+1] + p[k*2+2])
		}
		o.kind, o.sure = topKind(&o.p)
		if x.canVote(t) {
			v := &x.votes[x.wordAt(t).low]
			v.n++
			for k := range v.p {
				v.p[k] += o.p[k]
			}
		}
	}
}

// canVote reports whether token t votes: it is capitalized, or the document has no capitals.
func (x *Pass) canVote(t int) bool { return x.wordAt(t).form.has(capital) || x.caseless }

// topKind returns the kind with the greatest share and how great it is, from 0 to 3.
func topKind(p *[Scored/2 + 1]float32) (kind, sure uint8) {
	sum := float32(0)
	for k, v := range p {
		sum += v
		if v > p[kind] {
			kind = uint8(k)
		}
	}
	for _, limit := range [...]float32{0.5, 0.75, 0.95} {
		if p[kind] >= float32(sum*limit) {
			sure++
		}
	}
	return kind, sure
}

// packElsewhere packs the first pass's results for the word of token t in the rest of the
// document; 0 if it does not occur there.
func (x *Pass) packElsewhere(t int) uint64 {
	if !x.canVote(t) {
		return 0
	}
	v := x.votes[x.wordAt(t).low]
	if v.n < 2 {
		return 0
	}
	for k := range v.p {
		v.p[k] -= x.own[t].p[k]
	}
	kind, sure := topKind(&v.p)
	many := uint64(0)
	for _, limit := range [...]int32{2, 5} {
		if v.n-1 >= limit {
			many++
		}
	}
	return uint64(kind+1) | uint64(sure)<<3 | many<<5
}

// AppendFeatures appends the features of a token for the second pass.
func (x *Pass) AppendFeatures(st *Stretch, t int, dst []Feature) []Feature {
	b := bag(dst)
	here := x.packElsewhere(t)
	mine := uint64(x.own[t].kind)<<2 | uint64(x.own[t].sure)
	if here != 0 {
		b.add(plain, false, 300, here)
		b.add(plain, false, 301, here&31<<8|mine)
	}
	if t > st.First {
		if e := x.packElsewhere(t - 1); e != 0 {
			b.add(plain, false, 303, e&31<<8|here&31)
		}
	}
	if t+1 < st.End {
		if e := x.packElsewhere(t + 1); e != 0 {
			b.add(plain, false, 304, e&31<<8|here&31)
		}
	}
	return b
}

// AgainRows is the number of rows of the second pass.
const AgainRows = 1 << 12

// rescore adds the scores of the second pass to those of a token.
func (m *Model) rescore(features []Feature, scores *[Labels]int32) {
	var s sum
	for _, f := range features {
		s.add(binary.LittleEndian.Uint64(m.again[int(f.Hash()%AgainRows)*Scored:]))
	}
	for k := range Scored {
		scores[k+1] += s.number(k, len(features)) * (SumUnit / RowUnit)
	}
}

// As returns m that follows the guidelines of other sources, at most four, averaged.
func (m *Model) As(sources ...int) *Model {
	n := *m
	n.Sources = [4]int32{}
	for i, s := range sources {
		n.Sources[i] = int32(s)
	}
	n.sum = 0
	return &n
}

// WithSecondPass returns m with the given second pass.
func (m *Model) WithSecondPass(again []byte, trans [Labels + 1][Labels]int32) *Model {
	n := *m
	n.again, n.TransAgain, n.sum = again, trans, 0
	return &n
}
