// Package learn fits the weights of the names model: a conditional random field
// (Lafferty et al. 2001) over nine IOB2 labels, whose scores are the sum of a sparse
// linear part and a small hidden layer over word vectors and some of the features.
//
// It is trained by Adagrad (Duchi et al. 2011) on the log-likelihood. A batch of
// segments is scored on the weights as they are, by several workers; then each worker
// updates its own rows, in the order of the tokens. So the numbers do not depend on how
// many workers there are.
package learn

import (
	"math"

	"byline/annotate/names/model"
	"byline/annotate/train/vectors"
)

// Labels is the number of labels; label 0 is O, whose scores are always 0.
const Labels = 9

// scored is the number of labels with weights.
const scored = Labels - 1

// Size is the number of hidden units of a net. A model has room for those of a few.
const Size = 32

// around is the number of words whose vectors are used for a token.
const around = 5

// A Token is one token of a segment with its features and its gold label.
type Token struct {
	Features []model.Feature
	Vectors  [around]uint32
	Label    int8
	Base     *[Labels]float32 // scores to start from; nil for none
}

// A Segment is a run of tokens that may be in names.
type Segment struct {
	Tokens      []Token
	Starts, End bool // whether it starts and ends its sentence
	Weight      float32
}

// Options configure the training of a net.
type Options struct {
	Rate       float32
	Epochs     int
	Seed       uint64
	Rows       int // of the linear part, a power of two
	HiddenRows int // of the hidden layer, a power of two; 0 for none
	Batch      int
	Workers    int
	Drop       [8]float32 // by group: how often its features are dropped
	Unknown    float32    // how often a word is treated as unknown
	Limit      float32    // of the size of a weight
}

// A Net holds weights.
type Net struct {
	Options
	Linear  []float32                   // [row][scored]
	Deep    []float32                   // [row][Size]
	Project []float32                   // [around][vectors.Dim][Size]
	Out     []float32                   // [scored][Size]
	Trans   [Labels + 1][Labels]float32 // the last row: at the start of a sentence
	Vectors []float32                   // [word][Dim], word 0 is none
	sums    adagrad
}

// Adagrad keeps the sums of squared gradients.
type adagrad struct {
	linear, deep, project, out []float32
	trans                      [Labels + 1][Labels]float32
}

// NewNet returns an untrained net over the vectors of words, of which number 0 is none.
func NewNet(o Options, vecs []float32) *Net {
	n := &Net{Options: o, Vectors: vecs}
	n.Linear = make([]float32, o.Rows*scored)
	n.Deep = make([]float32, o.HiddenRows*Size)
	n.Project = make([]float32, around*vectors.Dim*Size)
	n.Out = make([]float32, scored*Size)
	r := random(o.Seed*2 + 1)
	for i := range n.Project {
		n.Project[i] = (r.float() - 0.5) * 0.2
	}
	for i := range n.Out {
		n.Out[i] = (r.float() - 0.5) * 0.4
	}
	n.sums = adagrad{
		linear: fillSlice(len(n.Linear), 1), deep: fillSlice(len(n.Deep), 1),
		project: fillSlice(len(n.Project), 1), out: fillSlice(len(n.Out), 1),
	}
	for i := range n.sums.trans {
		for j := range n.sums.trans[i] {
			n.sums.trans[i][j] = 1
		}
	}
	return n
}

func fillSlice(n int, x float32) []float32 {
	s := make([]float32, n)
	for i := range s {
		s[i] = x
	}
	return s
}

// random is xorshift64* (Vigna 2016).
type random uint64

func (r *random) next() uint64 {
	x := uint64(*r)
	x ^= x >> 12
	x ^= x << 25
	x ^= x >> 27
	*r = random(x)
	return x * 2685821657736338717
}

func (r *random) float() float32 { return float32(r.next()>>40) / (1 << 24) }

// canFollow reports whether label b may follow label a.
func canFollow(a, b int) bool { return b == 0 || b%2 == 1 || a == b || a == b-1 }

// computeHidden computes the hidden layer of a token before and after the ReLU.
func (n *Net) computeHidden(t *Token, h *[Size]float32) {
	*h = [Size]float32{}
	for k, id := range t.Vectors {
		if id == 0 {
			continue
		}
		v := n.Vectors[int(id)*vectors.Dim:][:vectors.Dim]
		p := n.Project[k*vectors.Dim*Size:][:vectors.Dim*Size]
		for d, x := range v {
			row := (*[Size]float32)(p[d*Size:])
			for j := range h {
				h[j] += x * row[j]
			}
		}
	}
	for _, f := range t.Features {
		if f.Hidden() {
			row := (*[Size]float32)(n.Deep[(int(f.Hash())&(n.HiddenRows-1))*Size:])
			for j := range h {
				h[j] += row[j]
			}
		}
	}
	for j := range h {
		h[j] = max(h[j], 0)
	}
}

// score computes the scores of a token's labels.
func (n *Net) score(t *Token, h *[Size]float32, s *[Labels]float32) {
	*s = [Labels]float32{}
	if t.Base != nil {
		*s = *t.Base
	}
	sum := (*[scored]float32)(s[1:])
	for _, f := range t.Features {
		row := (*[scored]float32)(n.Linear[(int(f.Hash())&(n.Rows-1))*scored:])
		for k := range sum {
			sum[k] += row[k]
		}
	}
	if n.HiddenRows == 0 {
		return
	}
	n.computeHidden(t, h)
	for k := range sum {
		u := (*[Size]float32)(n.Out[k*Size:])
		for j, x := range h {
			sum[k] += u[j] * x
		}
	}
}

// Projection returns what the vectors up to number count add to the hidden layer from
// place k of five.
func (n *Net) Projection(k, count int) []float32 {
	count = min(count, len(n.Vectors)/vectors.Dim)
	out := make([]float32, count*Size)
	p := n.Project[k*vectors.Dim*Size:]
	for id := range count {
		row := out[id*Size:][:Size]
		for d, x := range n.Vectors[id*vectors.Dim:][:vectors.Dim] {
			for j := range row {
				row[j] += x * p[d*Size+j]
			}
		}
	}
	return out
}

// Scores returns the scores of the tokens of a segment.
func (n *Net) Scores(s *Segment) [][Labels]float32 {
	var h [Size]float32
	out := make([][Labels]float32, len(s.Tokens))
	for i := range s.Tokens {
		n.score(&s.Tokens[i], &h, &out[i])
	}
	return out
}

// Viterbi returns the best labels of a segment given its scores.
func (n *Net) Viterbi(s *Segment, scores [][Labels]float32) []int8 {
	const never = -1e9
	var at, next [Labels]float32
	back := make([][Labels]int8, len(scores))
	for k := range at {
		at[k] = never
		if from := n.transitionRow(s); canFollow(0, k) {
			at[k] = scores[0][k] + n.Trans[from][k]
		}
	}
	for i := 1; i < len(scores); i++ {
		for k := range next {
			next[k] = never
			for j := range at {
				if v := at[j] + n.Trans[j][k]; canFollow(j, k) && v > next[k] {
					next[k], back[i][k] = v, int8(j)
				}
			}
			next[k] += scores[i][k]
		}
		at = next
	}
	best := 0
	for k := range at {
		if !s.End {
			at[k] += n.Trans[k][0]
		}
		if at[k] > at[best] {
			best = k
		}
	}
	out := make([]int8, len(scores))
	for i := len(out) - 1; i >= 0; i-- {
		out[i] = int8(best)
		best = int(back[i][best])
	}
	return out
}

// transitionRow returns the row of transitions into the first label of s.
func (n *Net) transitionRow(s *Segment) int {
	if s.Starts {
		return Labels
	}
	return 0
}

func exp(x float32) float64 { return math.Exp(float64(x)) }
