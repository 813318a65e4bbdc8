package learn

import (
	"math"
	"slices"
	"testing"

	"byline/annotate/names/model"
)

// toy returns segments in which feature 7 starts a person and feature 9 continues it.
func toy() []Segment {
	var segs []Segment
	for i := range 60 {
		t := func(label int8, features ...model.Feature) Token {
			return Token{Features: features, Label: label, Vectors: [around]uint32{0, 0, uint32(i % 3)}}
		}
		segs = append(segs, Segment{
			Starts: true, End: i%2 == 0, Weight: 1,
			Tokens: []Token{t(0, 3, model.Feature(20+i)), t(1, 7), t(2, 9|1<<24), t(0, 3)},
		})
	}
	return segs
}

func options() Options {
	return Options{Rate: 0.2, Epochs: 4, Seed: 3, Rows: 1 << 8, HiddenRows: 1 << 6, Batch: 8, Workers: 1, Limit: 4, Unknown: 0.1}
}

func TestTrain(t *testing.T) {
	t.Parallel()
	segs := toy()
	n := NewNet(options(), make([]float32, 3*64))
	last := 0.0
	n.Train(segs, func(_ int, loglik float64) { last = loglik })
	if last < -0.2 {
		t.Errorf("log-likelihood %.3f a token", last)
	}
	if got := n.Viterbi(&segs[0], n.Scores(&segs[0])); !slices.Equal(got, []int8{0, 1, 2, 0}) {
		t.Errorf("labels %v", got)
	}
}

// The weights do not depend on the number of workers.
func TestWorkers(t *testing.T) {
	t.Parallel()
	var nets []*Net
	for _, workers := range []int{1, 2, 3} {
		o := options()
		o.Workers = workers
		n := NewNet(o, make([]float32, 3*64))
		n.Train(toy(), func(int, float64) {})
		nets = append(nets, n)
	}
	for _, n := range nets[1:] {
		if !slices.Equal(n.Linear, nets[0].Linear) || !slices.Equal(n.Deep, nets[0].Deep) || n.Trans != nets[0].Trans {
			t.Error("another number of workers makes other weights")
		}
	}
}

// The marginals equal those from enumerating all sequences.
func TestMarginals(t *testing.T) {
	t.Parallel()
	n := NewNet(options(), make([]float32, 3*64))
	r := random(5)
	for i := range n.Linear {
		n.Linear[i] = r.float() - 0.5
	}
	s := toy()[1]
	s.Tokens = s.Tokens[:3]
	var p pass
	p.exponentials(n)
	p.run(n, &s)
	scores := n.Scores(&s)
	var sum float64
	var want [3][Labels]float64
	for code := range Labels * Labels * Labels {
		y := [3]int{code % Labels, code / Labels % Labels, code / Labels / Labels}
		if !canFollow(0, y[0]) || !canFollow(y[0], y[1]) || !canFollow(y[1], y[2]) {
			continue
		}
		x := n.Trans[Labels][y[0]] + n.Trans[y[0]][y[1]] + n.Trans[y[1]][y[2]] + n.Trans[y[2]][0]
		for i, k := range y {
			x += scores[i][k]
		}
		e := math.Exp(float64(x))
		sum += e
		for i, k := range y {
			want[i][k] += e
		}
	}
	for i := range want {
		for k := range want[i] {
			if math.Abs(p.marg[i][k]-want[i][k]/sum) > 1e-5 {
				t.Errorf("token %d label %d: %v, want %v", i, k, p.marg[i][k], want[i][k]/sum)
			}
		}
	}
}

// An open label allows every label, and teaches nothing.
func TestOpenLabels(t *testing.T) {
	t.Parallel()
	segs := toy()
	for i := range segs {
		for k := range segs[i].Tokens {
			segs[i].Tokens[k].Label = open
		}
	}
	n := NewNet(options(), make([]float32, 3*64))
	n.Train(segs, func(int, float64) {})
	for _, w := range n.Linear {
		if w != 0 {
			t.Fatal("a weight was learned from nothing")
		}
	}
}
