package learn

// Gold labels that allow several labels: unsaid is O or another name, whose labels start with
// misc; open is any.
const (
	unsaid = -1
	open   = -2
	misc   = 7
)

// A pass holds the state of the forward and backward passes over a segment.
type pass struct {
	hidden [][Size]float32
	scores [][Labels]float32
	alpha  [][Labels]float64
	beta   [][Labels]float64
	emit   [][Labels]float64
	marg   [][Labels]float64
	trans  [Labels + 1][Labels]float64 // exponentials
	grad   [Labels + 1][Labels]float32 // of the transitions, gold less expected
}

func (p *pass) grow(n int) {
	if len(p.scores) < n {
		p.hidden = make([][Size]float32, n)
		p.scores = make([][Labels]float32, n)
		p.alpha = make([][Labels]float64, n)
		p.beta = make([][Labels]float64, n)
		p.emit = make([][Labels]float64, n)
		p.marg = make([][Labels]float64, n)
	}
}

// exponentials fills p.trans.
func (p *pass) exponentials(n *Net) {
	for i := range p.trans {
		for j := range p.trans[i] {
			p.trans[i][j] = 0
			if i == Labels && canFollow(0, j) || i < Labels && canFollow(i, j) {
				p.trans[i][j] = exp(n.Trans[i][j])
			}
		}
	}
}

// run fills the marginals of s.
func (p *pass) run(n *Net, s *Segment) {
	size := len(s.Tokens)
	p.grow(size)
	for i := range s.Tokens {
		t := &s.Tokens[i]
		n.score(t, &p.hidden[i], &p.scores[i])
		p.exp(i)
	}
	p.runForward(n.transitionRow(s), size)
	p.backward(s, size)
}

// rerun fills the marginals of s with its gold labels clamped.
func (p *pass) rerun(n *Net, s *Segment) {
	for i := range s.Tokens {
		p.clamp(i, s.Tokens[i].Label)
	}
	p.runForward(n.transitionRow(s), len(s.Tokens))
	p.backward(s, len(s.Tokens))
}

// exp computes the exponentials of the scores of token i.
func (p *pass) exp(i int) {
	top := p.scores[i][0]
	for _, x := range p.scores[i] {
		top = max(top, x)
	}
	for k, x := range p.scores[i] {
		p.emit[i][k] = exp(x - top)
	}
}

func (p *pass) runForward(from, size int) {
	for i := range size {
		sum := 0.0
		for k := range Labels {
			a := 0.0
			if i == 0 {
				a = p.trans[from][k]
				if !canFollow(0, k) {
					a = 0
				}
			} else {
				for j := range Labels {
					a += p.alpha[i-1][j] * p.trans[j][k]
				}
			}
			p.alpha[i][k] = a * p.emit[i][k]
			sum += p.alpha[i][k]
		}
		for k := range Labels {
			p.alpha[i][k] /= sum
		}
	}
}

func (p *pass) backward(s *Segment, size int) {
	for i := size - 1; i >= 0; i-- {
		sum := 0.0
		for k := range Labels {
			b := 1.0
			switch {
			case i < size-1:
				b = 0
				for j := range Labels {
					b += p.trans[k][j] * p.emit[i+1][j] * p.beta[i+1][j]
				}
			case !s.End:
				b = p.trans[k][0]
			}
			p.beta[i][k] = b
			sum += b
		}
		total := 0.0
		for k := range Labels {
			p.beta[i][k] /= sum
			p.marg[i][k] = p.alpha[i][k] * p.beta[i][k]
			total += p.marg[i][k]
		}
		for k := range Labels {
			p.marg[i][k] /= total
		}
	}
}

// clamp keeps only those labels of token i that its gold label allows.
func (p *pass) clamp(i int, label int8) {
	for k := range Labels {
		if !isAllowed(label, k) {
			p.emit[i][k] = 0
		}
	}
}

// isAllowed reports whether a token with the gold label g may have label k.
func isAllowed(g int8, k int) bool {
	if g == open {
		return true
	}
	if g == unsaid {
		return k == 0 || k == misc || k == misc+1
	}
	return k == int(g)
}

// joint adds the expected transitions of s, times sign, to the gradient.
func (p *pass) joint(n *Net, s *Segment, sign float32) {
	size := len(s.Tokens)
	from := n.transitionRow(s)
	for k := range Labels {
		p.grad[from][k] += sign * float32(p.marg[0][k])
	}
	for i := 1; i < size; i++ {
		var joint [Labels][Labels]float64
		sum := 0.0
		for j := range Labels {
			for k := range Labels {
				joint[j][k] = p.alpha[i-1][j] * p.trans[j][k] * p.emit[i][k] * p.beta[i][k]
				sum += joint[j][k]
			}
		}
		for j := range Labels {
			for k := range Labels {
				p.grad[j][k] += sign * float32(joint[j][k]/sum)
			}
		}
	}
	if !s.End {
		for k := range Labels {
			p.grad[k][0] += sign * float32(p.marg[size-1][k])
		}
	}
}
