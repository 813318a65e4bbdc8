package model

// A decoder decodes segments: runs of tokens that may be in names. Its slices are reused.
type decoder struct {
	m        *Model
	trans    *[Labels + 1][Labels]int32
	factors  *[Labels + 1][Labels]float64 // the same, as exponentials
	scores   [][Labels]int32
	back     [][Labels]int8
	labels   []int8
	emit     [][Labels]float64
	forward  [][Labels]float64
	backward [][Labels]float64
	marginal [][Labels]float64
}

// never is lower than any score.
const never = -1 << 28

// load sets the scores of the tokens to decode.
func (r *decoder) load(scores [][Labels]int32) {
	r.grow(len(scores))
	r.scores = scores
}

func (r *decoder) grow(n int) {
	for len(r.back) < n {
		r.back = append(r.back, [Labels]int8{})
		r.labels = append(r.labels, 0)
		r.emit = append(r.emit, [Labels]float64{})
		r.forward = append(r.forward, [Labels]float64{})
		r.backward = append(r.backward, [Labels]float64{})
		r.marginal = append(r.marginal, [Labels]float64{})
	}
}

// canFollow reports whether label b may follow label a (IOB2).
func canFollow(a, b int) bool { return b == 0 || b&1 == 1 || a == b || a == b-1 }

// transitionRow returns the row of transitions into the first label of a segment.
func transitionRow(starts bool) int {
	if starts {
		return Labels
	}
	return 0
}

// best finds the most likely labels of n tokens (Viterbi 1967), in integer arithmetic.
func (r *decoder) best(n int, starts, ends bool) {
	var at, next [Labels]int32
	for k := range at {
		at[k] = never
		if canFollow(0, k) {
			at[k] = r.scores[0][k] + r.trans[transitionRow(starts)][k]
		}
	}
	for i := 1; i < n; i++ {
		for k := range next {
			most, arg := int32(never), 0
			for j := range at {
				if v := at[j] + r.trans[j][k]; v > most && canFollow(j, k) {
					most, arg = v, j
				}
			}
			next[k], r.back[i][k] = most+r.scores[i][k], int8(arg)
		}
		at = next
	}
	last := 0
	for k := range at {
		if !ends {
			at[k] += r.trans[k][0]
		}
		if at[k] > at[last] {
			last = k
		}
	}
	for i := n - 1; i >= 0; i-- {
		r.labels[i] = int8(last)
		last = int(r.back[i][last])
	}
}

// exp returns e to the power of x/SumUnit for x ≤ 0. It uses tables, because the assembly of
// package math differs between processors.
func (m *Model) exp(x int32) float64 {
	x = -x
	if x >= int32(len(m.Powers))*SumUnit {
		return 0
	}
	return m.Powers[x/SumUnit] * m.Exp[x%SumUnit]
}

// marginals computes the probability of each label of each of n tokens (forward-backward).
// Products are rounded before they are added, so that all processors agree.
func (r *decoder) marginals(n int, starts, ends bool) {
	t := r.factors
	for i := range n {
		top := r.scores[i][0]
		for _, x := range r.scores[i] {
			top = max(top, x)
		}
		for k, x := range r.scores[i] {
			r.emit[i][k] = r.m.exp(x - top)
		}
	}
	for i := range n {
		sum := 0.0
		for k := range Labels {
			a := 0.0
			if i == 0 {
				a = t[transitionRow(starts)][k]
			} else {
				for j := range Labels {
					a += float64(r.forward[i-1][j] * t[j][k])
				}
			}
			a = float64(a * r.emit[i][k])
			r.forward[i][k] = a
			sum += a
		}
		scaleTo(&r.forward[i], sum)
	}
	for i := n - 1; i >= 0; i-- {
		r.stepBack(i, i == n-1, ends)
	}
}

// stepBack computes the backward values and the marginals of token i.
func (r *decoder) stepBack(i int, last, ends bool) {
	t := r.factors
	var ahead [Labels]float64
	if !last {
		for j := range ahead {
			ahead[j] = float64(r.emit[i+1][j] * r.backward[i+1][j])
		}
	}
	sum, all := 0.0, 0.0
	for k := range Labels {
		b := 1.0
		switch {
		case !last:
			b = 0
			for j := range Labels {
				b += float64(t[k][j] * ahead[j])
			}
		case !ends:
			b = t[k][0]
		}
		r.backward[i][k] = b
		sum += b
		r.marginal[i][k] = float64(r.forward[i][k] * b)
		all += r.marginal[i][k]
	}
	scaleTo(&r.backward[i], sum)
	scaleTo(&r.marginal[i], all)
}

func scaleTo(x *[Labels]float64, sum float64) {
	if sum > 0 {
		for k := range x {
			x[k] /= sum
		}
	}
}

// exponentials returns the transitions as factors.
func (m *Model) exponentials(trans *[Labels + 1][Labels]int32) *[Labels + 1][Labels]float64 {
	t := &[Labels + 1][Labels]float64{}
	top := int32(never)
	for i := range trans {
		for j := range trans[i] {
			top = max(top, trans[i][j])
		}
	}
	for i := range t {
		for j := range t[i] {
			if i < Labels && canFollow(i, j) || i == Labels && canFollow(0, j) {
				t[i][j] = m.exp(trans[i][j] - top)
			}
		}
	}
	return t
}
