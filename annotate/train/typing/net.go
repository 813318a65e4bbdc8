package typing

import (
	"math"

	"byline/annotate/evidence"
)

// A net is the weights in training, in natural units.
type net struct {
	clues  []evidence.Clue
	rows   []float32
	in     [evidence.Hidden][evidence.Inputs]float32
	out    [evidence.Outputs][evidence.Hidden]float32
	direct [evidence.Outputs][evidence.Inputs]float32
	bias   [mostSources][evidence.Outputs]float32
	sums   *net // of squared gradients
	rate   float32
}

func newNet(o *Options, cs []evidence.Clue) *net {
	n := zeroNet(len(cs))
	n.clues = cs
	n.rate = o.Rate
	r := random(o.Seed*2 + 1)
	for u := range n.in {
		for k := range n.in[u] {
			n.in[u][k] = (r.float() - 0.5) * 0.2
		}
	}
	for q := range n.out {
		for u := range n.out[q] {
			n.out[q][u] = (r.float() - 0.5) * 0.2
		}
	}
	for k := range evidence.Types { // begin with what the tagger says
		n.direct[k][evidence.OwnShares+k] = 0.5
		n.direct[k][evidence.AllShares+k] = 0.5
	}
	for k := range evidence.Size {
		for q := range evidence.Types {
			for _, at := range []int{evidence.OwnRows, evidence.AllRows, evidence.OfName} {
				n.direct[q][at+k] = (r.float() - 0.5) * 0.5
				if k == q {
					n.direct[q][at+k] = 0.7
				}
			}
		}
	}
	n.sums = zeroNet(len(cs))
	return n
}

func zeroNet(rows int) *net { return &net{rows: make([]float32, rows*evidence.Size)} }

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

type row = [evidence.Size]float32

func (n *net) sum(ids []int32) (r row) {
	for _, id := range ids {
		at := (*row)(n.rows[int(id)*evidence.Size:])
		for k, w := range at {
			r[k] += w
		}
	}
	return r
}

type inputs [evidence.Inputs]float32

// A state is the work on one document.
type state struct {
	around []row    // by mention
	shared []inputs // by group
	hidden [evidence.Hidden]float32
	out    [evidence.Outputs]float32
}

// prepare computes the sums of x.
func (n *net) prepare(x *example, s *state) {
	s.around = s.around[:0]
	for _, cs := range x.around {
		s.around = append(s.around, n.sum(cs))
	}
	s.shared = make([]inputs, len(x.groups))
	for g := range x.groups {
		in, members := &s.shared[g], x.groups[g].Members
		for k := range evidence.Types {
			top := float32(-100)
			for _, i := range members {
				in[evidence.AllShares+k] += x.shares[i][k] / float32(len(members))
				top = max(top, x.shares[i][k])
			}
			in[evidence.TopShares+k] = top
		}
		f := factor(len(members))
		for _, i := range members {
			for k, w := range s.around[i] {
				in[evidence.AllRows+k] += w * f
			}
		}
		of := n.sum(x.names[g])
		copy(in[evidence.OfName:], of[:])
		in[evidence.One] = 1
	}
	for g := range x.groups {
		for way, r := range x.groups[g].Related {
			if r > 0 {
				copy(s.shared[g][evidence.OfLonger+way*evidence.Types:][:evidence.Types], s.shared[r-1][evidence.AllShares:])
				copy(s.shared[g][evidence.OfWords+way*evidence.Size:][:evidence.Size], s.shared[r-1][evidence.OfName:])
			}
		}
	}
}

// factor is what the sum of n contexts is multiplied by.
func factor(n int) float32 {
	if n > evidence.Many {
		return float32(math.Sqrt(evidence.Many)) / float32(n)
	}
	return float32(1 / math.Sqrt(float64(n)))
}

// inputsOf returns the inputs of mention i of group g.
func (s *state) inputsOf(x *example, g, i int) inputs {
	in := s.shared[g]
	copy(in[evidence.OwnShares:], x.shares[i][:])
	copy(in[evidence.OwnRows:], s.around[i][:])
	in[evidence.Score] = x.scores[i]
	return in
}

// run computes the outputs.
func (n *net) run(in *inputs, bias *[evidence.Outputs]float32, s *state) {
	for q := range s.out {
		s.out[q] = dot(&n.direct[q], in) + bias[q]
	}
	for u := range s.hidden {
		h := max(dot(&n.in[u], in), 0)
		s.hidden[u] = h
		if h > 0 {
			for q := range s.out {
				s.out[q] += n.out[q][u] * h
			}
		}
	}
}

func dot(w *[evidence.Inputs]float32, x *inputs) (s float32) {
	for k, v := range x {
		s += w[k] * v
	}
	return s
}

// chances returns the probabilities of the types and of a right span.
func (s *state) chances() (p [evidence.Types]float32, span float32) {
	top := s.out[0]
	for _, x := range s.out[:evidence.Types] {
		top = max(top, x)
	}
	all := float32(0)
	for k := range p {
		p[k] = float32(math.Exp(float64(s.out[k] - top)))
		all += p[k]
	}
	for k := range p {
		p[k] /= all
	}
	return p, float32(1 / (1 + math.Exp(-float64(s.out[evidence.Types]))))
}
