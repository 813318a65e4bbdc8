package learn

import (
	"iter"
	"math"
	"sync"

	"byline/annotate/names/model"
	"byline/annotate/train/vectors"
)

// A delta is the update of the weights that a token asks for.
type delta struct {
	token   Token // with some features dropped
	hidden  [Size]float32
	scores  [scored]float32 // gold minus expected
	back    [Size]float32   // the same, propagated back to the hidden layer
	learned bool            // nothing left to learn
}

// A job is a segment of a batch with its deltas.
type job struct {
	segment *Segment
	deltas  []delta
	grad    [Labels + 1][Labels]float32
}

// negligible is the largest error that is ignored.
const negligible = 0.004

// Train fits n to segments; report gets the log-likelihood per token after each epoch.
func (n *Net) Train(segments []Segment, report func(epoch int, loglik float64)) {
	order := make([]int, len(segments))
	for i := range order {
		order[i] = i
	}
	r := random(n.Seed*2 + 77)
	jobs := make([]job, n.Batch)
	workers := make([]worker, max(1, n.Workers))
	steps := n.Epochs * (len(segments)/n.Batch + 1)
	step := 0
	for epoch := range n.Epochs {
		for i := len(order) - 1; i > 0; i-- {
			j := int(r.next() >> 33 % uint64(i+1))
			order[i], order[j] = order[j], order[i]
		}
		loglik, tokens := 0.0, 0
		for at := 0; at < len(order); at += n.Batch {
			batch := jobs[:min(n.Batch, len(order)-at)]
			for i := range batch {
				batch[i].segment = &segments[order[at+i]]
			}
			rate := n.Rate * max(0.05, 1-float32(step)/float32(steps))
			step++
			l, t := n.batch(batch, workers, uint64(epoch)<<32|uint64(at), rate)
			loglik += l
			tokens += t
		}
		report(epoch, loglik/float64(tokens))
	}
}

// A worker computes deltas and updates rows.
type worker struct {
	pass   pass
	loglik float64
	tokens int
}

// batch learns from a batch of segments.
func (n *Net) batch(batch []job, workers []worker, seed uint64, rate float32) (loglik float64, tokens int) {
	each := func(do func(w int)) {
		var wg sync.WaitGroup
		for w := 1; w < len(workers); w++ {
			wg.Go(func() { do(w) })
		}
		do(0)
		wg.Wait()
	}
	each(func(w int) {
		workers[w].loglik, workers[w].tokens = 0, 0
		workers[w].pass.exponentials(n)
		for i := w; i < len(batch); i += len(workers) {
			r := random(mixSeed(n.Seed, seed+uint64(i)))
			workers[w].deltas(n, &batch[i], &r)
		}
	})
	each(func(w int) { n.update(batch, w, len(workers), rate) })
	for i := range workers {
		loglik += workers[i].loglik
		tokens += workers[i].tokens
	}
	return loglik, tokens
}

func mixSeed(a, b uint64) uint64 {
	h := a*0x9E3779B97F4A7C15 ^ b
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	return h | 1
}

// deltas computes the deltas of the segment of j.
func (w *worker) deltas(n *Net, j *job, r *random) {
	size := len(j.segment.Tokens)
	for len(j.deltas) < size {
		j.deltas = append(j.deltas, delta{})
	}
	s := Segment{Starts: j.segment.Starts, End: j.segment.End, Tokens: make([]Token, size)}
	for i := range s.Tokens {
		n.dropGroups(&j.segment.Tokens[i], &j.deltas[i].token, r)
		s.Tokens[i] = j.deltas[i].token
	}
	p := &w.pass
	p.run(n, &s)
	p.grad = [Labels + 1][Labels]float32{}
	p.joint(n, &s, -j.segment.Weight)
	for i := range size {
		d := &j.deltas[i]
		d.hidden = p.hidden[i]
		in := 0.0
		for k := range Labels {
			if isAllowed(d.token.Label, k) {
				in += p.marg[i][k]
			}
			if k > 0 {
				d.scores[k-1] = -float32(p.marg[i][k])
			}
		}
		w.loglik += math.Log(in + 1e-12)
		w.tokens++
	}
	p.rerun(n, &s)
	p.joint(n, &s, j.segment.Weight)
	j.grad = p.grad
	for i := range size {
		d := &j.deltas[i]
		largest := float32(0)
		for k := range d.scores {
			d.scores[k] = (d.scores[k] + float32(p.marg[i][k+1])) * j.segment.Weight
			largest = max(largest, d.scores[k], -d.scores[k])
		}
		if d.learned = largest < negligible; !d.learned && n.HiddenRows > 0 {
			d.carry(n)
		}
	}
}

// carry computes d.back.
func (d *delta) carry(n *Net) {
	d.back = [Size]float32{}
	for k, g := range d.scores {
		u := (*[Size]float32)(n.Out[k*Size:])
		for j := range d.back {
			d.back[j] += g * u[j]
		}
	}
	for j := range d.back {
		if d.hidden[j] <= 0 {
			d.back[j] = 0
		}
	}
}

// dropGroups copies t to dst, dropping some groups of features at random.
func (n *Net) dropGroups(t, dst *Token, r *random) {
	var out [8]bool
	for g, p := range n.Drop {
		out[g] = p > 0 && r.float() < p
	}
	dst.Vectors, dst.Label, dst.Base = t.Vectors, t.Label, t.Base
	if r.float() < n.Unknown {
		out[model.Itself], out[model.Classes] = true, true
		dst.Vectors[2] = 0
	}
	dst.Features = dst.Features[:0]
	for _, f := range t.Features {
		if !out[f.Group()] {
			dst.Features = append(dst.Features, f)
		}
	}
}

// learnable yields the deltas of a batch that are not negligible, in order.
func learnable(batch []job) iter.Seq[*delta] {
	return func(yield func(*delta) bool) {
		for b := range batch {
			j := &batch[b]
			for i := range j.segment.Tokens {
				if d := &j.deltas[i]; !d.learned && !yield(d) {
					return
				}
			}
		}
	}
}

// update applies the deltas to the rows of one worker.
func (n *Net) update(batch []job, worker, workers int, rate float32) {
	for d := range learnable(batch) {
		for _, f := range d.token.Features {
			if row := int(f.Hash()) & (n.Rows - 1); row%workers == worker {
				n.step(n.Linear, n.sums.linear, row*scored, d.scores[:], rate)
			}
			if row := int(f.Hash()) & (n.HiddenRows - 1); n.HiddenRows > 0 && f.Hidden() && row%workers == worker {
				n.step(n.Deep, n.sums.deep, row*Size, d.back[:], rate*0.5)
			}
		}
	}
	if worker == 0 {
		n.updateTrans(batch, rate)
	}
	if n.HiddenRows == 0 {
		return
	}
	if worker == 0 {
		n.updateOut(batch, rate)
	}
	if worker == workers-1 {
		n.updateProject(batch, rate)
	}
}

// step moves the weights from index at on along the gradient g.
func (n *Net) step(weights, sums []float32, at int, g []float32, rate float32) {
	w, s := weights[at:at+len(g)], sums[at:at+len(g)]
	for k, x := range g {
		if x != 0 {
			s[k] += x * x
			w[k] = min(max(w[k]+rate*x/sqrt(s[k]), -n.Limit), n.Limit)
		}
	}
}

func sqrt(x float32) float32 { return float32(math.Sqrt(float64(x))) }

func (n *Net) updateTrans(batch []job, rate float32) {
	for b := range batch {
		for i := range batch[b].grad {
			n.step(n.Trans[i][:], n.sums.trans[i][:], 0, batch[b].grad[i][:], rate)
		}
	}
}

func (n *Net) updateOut(batch []job, rate float32) {
	grad := make([]float32, scored*Size)
	for d := range learnable(batch) {
		for k, g := range d.scores {
			row := (*[Size]float32)(grad[k*Size:])
			for h, x := range d.hidden {
				row[h] += g * x
			}
		}
	}
	n.step(n.Out, n.sums.out, 0, grad, rate*0.5)
}

func (n *Net) updateProject(batch []job, rate float32) {
	grad := make([]float32, len(n.Project))
	for d := range learnable(batch) {
		for k, id := range d.token.Vectors {
			if id == 0 {
				continue
			}
			v := n.Vectors[int(id)*vectors.Dim:][:vectors.Dim]
			for e, x := range v {
				row := (*[Size]float32)(grad[(k*vectors.Dim+e)*Size:])
				for h, y := range d.back {
					row[h] += x * y
				}
			}
		}
	}
	n.step(n.Project, n.sums.project, 0, grad, rate*0.5)
}
