package typing

import (
	"fmt"
	"math"
	"slices"

	"byline/annotate/evidence"
)

// Options configure the training.
type Options struct {
	Rate   float32
	Epochs int
	Seed   uint64
	Drop   float32 // how often a clue is dropped
	Forget float32 // how often all clues of a name are
	Least  int     // clues of fewer documents are left out
	Limit  float32 // of the size of a weight in a row
}

// Defaults are the options that were chosen.
func Defaults() Options {
	return Options{Rate: 0.05, Epochs: 3, Seed: 1, Drop: 0.2, Forget: 0.15, Least: 30, Limit: 3.9}
}

// Fit returns the model file for docs. What a score is worth is counted on the documents of each part
// but 0, with a net that has learned from those of the other parts.
func Fit(docs []Doc, o Options) ([]byte, error) {
	blank, err := evidence.Open(blankFile())
	if err != nil {
		return nil, err
	}
	var xs []*example
	parts := 0
	for i := range docs {
		xs = append(xs, exampleOf(&docs[i], blank))
		parts = max(parts, docs[i].Part+1)
	}
	var all []claim
	for p := 1; p < parts; p++ {
		n := train(xs, &o, func(x *example) bool { return x.part != p })
		rows := n.ids()
		for _, x := range xs {
			if x.part == p {
				x.number(rows)
				all = append(all, n.claims(x)...)
			}
		}
	}
	fmt.Print(report(all))
	n := train(xs, &o, func(*example) bool { return true })
	return n.file(all)
}

func blankFile() []byte {
	data, err := evidence.File(nil, nil, &evidence.Params{})
	if err != nil {
		panic(err)
	}
	return data
}

// train returns a net fitted to the examples that use says.
func train(xs []*example, o *Options, use func(*example) bool) *net {
	var some []*example
	for _, x := range xs {
		if use(x) && len(x.golds) > 0 {
			some = append(some, x)
		}
	}
	n := newNet(o, number(some, o.Least))
	r := random(o.Seed*2 + 77)
	t := &trainer{net: n, o: o, r: &r}
	steps, step := o.Epochs*len(some), 0
	for epoch := range o.Epochs {
		for i := len(some) - 1; i > 0; i-- {
			j := int(r.next() >> 33 % uint64(i+1))
			some[i], some[j] = some[j], some[i]
		}
		t.loss, t.count = 0, 0
		for _, x := range some {
			n.rate = o.Rate * max(0.05, 1-float32(step)/float32(steps))
			step++
			t.learn(x)
		}
		fmt.Printf("types epoch %d: loss %.4f a mention\n", epoch, t.loss/float64(t.count))
	}
	n.settle(some)
	return n
}

// settle adds the mean bias of the sources at home to the net, in place of that of each.
func (n *net) settle(xs []*example) {
	var home [mostSources]bool
	for _, x := range xs {
		home[x.source] = home[x.source] || x.home
	}
	var sum [evidence.Outputs]float32
	count := float32(0)
	for s, ok := range home {
		if ok {
			count++
			for q, b := range n.bias[s] {
				sum[q] += b
			}
		}
	}
	for q := range sum {
		n.direct[q][evidence.One] += sum[q] / max(count, 1)
	}
	n.bias = [mostSources][evidence.Outputs]float32{}
}

// A trainer learns from one document at a time.
type trainer struct {
	*net
	o     *Options
	r     *random
	s     state
	grad  net // of the dense parts
	loss  float64
	count int
}

// dropped returns x with some clues dropped at random.
func (t *trainer) dropped(x *example) *example {
	y := *x
	y.around = make([][]int32, len(x.around))
	for i, ids := range x.around {
		y.around[i] = t.some(ids, t.o.Drop)
	}
	y.names = make([][]int32, len(x.names))
	for g, ids := range x.names {
		drop := t.o.Drop
		if t.r.float() < t.o.Forget {
			drop = 1
		}
		y.names[g] = t.some(ids, drop)
	}
	return &y
}

func (t *trainer) some(ids []int32, drop float32) []int32 {
	out := make([]int32, 0, len(ids))
	for _, id := range ids {
		if t.r.float() >= drop {
			out = append(out, id)
		}
	}
	return out
}

// learn makes a step along the gradient of one document.
func (t *trainer) learn(x *example) {
	x = t.dropped(x)
	s := &t.s
	t.prepare(x, s)
	around := make([]row, len(x.around))
	var zero net
	t.grad.in, t.grad.out, t.grad.direct, t.grad.bias = zero.in, zero.out, zero.direct, zero.bias
	for g := range x.groups {
		var all, name row
		members := x.groups[g].Members
		for _, i := range members {
			if !x.golds[i].known {
				continue
			}
			in := s.inputsOf(x, g, i)
			t.run(&in, &t.bias[x.source], s)
			d := t.back(&in, &x.golds[i], x)
			for k := range evidence.Size {
				around[i][k] += d[evidence.OwnRows+k]
				all[k] += d[evidence.AllRows+k]
				name[k] += d[evidence.OfName+k]
			}
		}
		f := factor(len(members))
		for _, i := range members {
			for k := range all {
				around[i][k] += all[k] * f
			}
		}
		t.spread(x.names[g], &name)
	}
	for i, ids := range x.around {
		t.spread(ids, &around[i])
	}
	t.step(t.bias[x.source][:], t.sums.bias[x.source][:], t.grad.bias[x.source][:], 1)
	for u := range t.in {
		t.step(t.in[u][:], t.sums.in[u][:], t.grad.in[u][:], 0.3)
	}
	for q := range t.out {
		t.step(t.out[q][:], t.sums.out[q][:], t.grad.out[q][:], 0.3)
		t.step(t.direct[q][:], t.sums.direct[q][:], t.grad.direct[q][:], 0.3)
	}
}

// back adds the gradients of a mention to those of the dense parts, and returns that of its inputs.
func (t *trainer) back(in *inputs, y *gold, x *example) (d inputs) {
	weight := x.weight
	p, span := t.s.chances()
	right := float32(0)
	for k, ok := range y.types {
		if ok {
			right += p[k]
		}
	}
	t.loss -= math.Log(float64(right) + 1e-9)
	t.count++
	var e [evidence.Outputs]float32 // wanted minus given
	for k := range p {
		e[k] = -p[k] * weight
		if y.types[k] {
			e[k] += p[k] / (right + 1e-9) * weight
		}
	}
	e[evidence.Types] = -span * weight * 0.3
	if y.exact {
		e[evidence.Types] += weight * 0.3
	}
	for q, e := range e {
		t.grad.bias[x.source][q] += e
		for k, v := range in {
			t.grad.direct[q][k] += e * v
			d[k] += e * t.direct[q][k]
		}
	}
	for u, h := range t.s.hidden {
		if h <= 0 {
			continue
		}
		b := float32(0)
		for q, x := range e {
			t.grad.out[q][u] += x * h
			b += x * t.out[q][u]
		}
		for k, v := range in {
			t.grad.in[u][k] += b * v
			d[k] += b * t.in[u][k]
		}
	}
	return d
}

// spread moves rows along g.
func (t *trainer) spread(ids []int32, g *row) {
	for _, id := range ids {
		at := int(id) * evidence.Size
		t.step(t.rows[at:at+evidence.Size], t.sums.rows[at:at+evidence.Size], g[:], 1)
	}
}

func (t *trainer) step(w, sums, g []float32, scale float32) {
	for k, x := range g {
		if x != 0 {
			sums[k] += x * x
			w[k] = min(max(w[k]+t.rate*scale*x/float32(math.Sqrt(float64(sums[k]+1))), -t.o.Limit), t.o.Limit)
		}
	}
}

// file returns n as a model file.
func (n *net) file(all []claim) ([]byte, error) {
	p := &evidence.Params{}
	for u := range n.in {
		for k, w := range n.in[u] {
			p.In[u][k] = fixed(w)
		}
	}
	for q := range n.out {
		for u, w := range n.out[q] {
			p.Out[q][u] = fixed(w)
		}
		for k, w := range n.direct[q] {
			p.Direct[q][k] = fixed(w)
		}
	}
	for k := range p.Certain {
		some := slices.DeleteFunc(slices.Clone(all), func(c claim) bool { return c.kind/2 != k })
		copy(p.Certain[k][:], calibrate(some, len(p.Certain[k])-1))
	}
	return evidence.File(n.clues, bytesOf(n.rows), p)
}

func fixed(w float32) int16 { return int16(math.Round(float64(w) * evidence.Weight)) }

// bytesOf returns weights in 1/Unit, a byte each, with 128 for 0.
func bytesOf(w []float32) []byte {
	out := make([]byte, len(w))
	for i, x := range w {
		out[i] = byte(min(max(math.Round(float64(x)*evidence.Unit), -127), 127) + 128)
	}
	return out
}

// number gives rows to the clues that occur in at least so many documents, and returns them.
func number(xs []*example, least int) (cs []evidence.Clue) {
	type count struct{ docs, last int }
	counts := map[evidence.Clue]*count{}
	for i, x := range xs {
		for c := range x.clues() {
			n := counts[c]
			if n == nil {
				n = &count{}
				counts[c] = n
			}
			if n.last != i+1 {
				n.last = i + 1
				n.docs++
			}
		}
	}
	for c, n := range counts {
		if n.docs >= least {
			cs = append(cs, c)
		}
	}
	slices.Sort(cs)
	rows := map[evidence.Clue]int32{}
	for i, c := range cs {
		rows[c] = int32(i)
	}
	for _, x := range xs {
		x.number(rows)
	}
	return cs
}

// ids returns the rows of the clues.
func (n *net) ids() map[evidence.Clue]int32 {
	rows := map[evidence.Clue]int32{}
	for i, c := range n.clues {
		rows[c] = int32(i)
	}
	return rows
}
