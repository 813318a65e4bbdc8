package agreement

import (
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// intervals gives figures their 95 % intervals by the bootstrap (Efron 1979; percentiles, Efron and Tibshirani 1993, ch. 13): as
// many articles as there are are drawn with replacement, again and again; what is between the 2.5th and the 97.5th percentile of a
// figure is its interval. A figure that has a value in fewer than half of the draws has no interval. Each draw has a generator
// of its own, so that they can be made side by side and are the same each time.
func intervals(figures []Figure, fs []formula, articles []summed, total sums, o Options) {
	if o.Draws < 1 || len(articles) < 2 {
		return
	}
	values := make([][]float64, len(fs))
	for i := range values {
		values[i] = make([]float64, o.Draws)
	}
	var wg sync.WaitGroup
	var next atomic.Int64
	for range min(runtime.GOMAXPROCS(0), (o.Draws+lanes-1)/lanes) {
		wg.Go(func() {
			b := &batch{seed: o.Seed, sums: make([][lanes]float64, len(total)), times: make([][lanes]float64, len(articles))}
			for first := int(next.Add(lanes)) - lanes; first < o.Draws; first = int(next.Add(lanes)) - lanes {
				b.draw(first, articles)
				b.compute(fs, values, first)
			}
		})
	}
	wg.Wait()
	for i := range figures {
		figures[i].From, figures[i].To = middle(values[i])
	}
}

// lanes is how many draws are summed up at once, so that the counts of each article are read that much less often.
const lanes = 16

// A batch is some draws, one after the other.
type batch struct {
	seed  uint64
	sums  [][lanes]float64 // by place
	times [][lanes]float64 // how often each article was drawn
}

// draw makes the draws from number first on.
func (b *batch) draw(first int, articles []summed) {
	clear(b.sums)
	clear(b.times)
	for lane := range lanes {
		r := rand.New(rand.NewPCG(b.seed, uint64(first+lane)))
		for range articles {
			b.times[r.IntN(len(articles))][lane]++
		}
	}
	for i := range articles {
		times := &b.times[i]
		for _, e := range articles[i].entries {
			sum := &b.sums[e.place]
			for lane := range lanes {
				sum[lane] += times[lane] * e.n
			}
		}
	}
}

// compute notes the values of formulas in the draws from number first on.
func (b *batch) compute(fs []formula, values [][]float64, first int) {
	v := make(sums, len(b.sums))
	for lane := range lanes {
		for i := range v {
			v[i] = b.sums[i][lane]
		}
		for i := range fs {
			if d := first + lane; d < len(values[i]) {
				values[i][d] = fs[i].value(v)
			}
		}
	}
}

// middle returns the 2.5th and the 97.5th percentile of the values that are numbers.
func middle(values []float64) (from, to Number) {
	n := len(values)
	values = slices.DeleteFunc(values, math.IsNaN)
	if 2*len(values) < n || len(values) == 0 {
		return Number(math.NaN()), Number(math.NaN())
	}
	slices.Sort(values)
	tail := len(values) / 40
	return Number(values[tail]), Number(values[len(values)-1-tail])
}
