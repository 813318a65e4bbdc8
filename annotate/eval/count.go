package eval

// A Count counts claims: those that are right, those that were found, and those in the gold.
type Count struct {
	Right int `json:"right"`
	Found int `json:"found"`
	Gold  int `json:"gold"`
}

// Precision returns the share of what was found that is right.
func (c Count) Precision() float64 { return share(c.Right, c.Found) }

// Recall returns the share of the gold that was found.
func (c Count) Recall() float64 { return share(c.Right, c.Gold) }

// F1 returns the harmonic mean of precision and recall (van Rijsbergen 1979).
func (c Count) F1() float64 { return share(2*c.Right, c.Found+c.Gold) }

func (c Count) plus(o Count) Count {
	return Count{c.Right + o.Right, c.Found + o.Found, c.Gold + o.Gold}
}

func share(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// A Ratio holds the numerators and denominators of precision and recall, which are sums over documents.
type Ratio struct{ PN, PD, RN, RD float64 }

func (r Ratio) plus(o Ratio) Ratio {
	return Ratio{r.PN + o.PN, r.PD + o.PD, r.RN + o.RN, r.RD + o.RD}
}

func (r Ratio) precision() float64 { return quotient(r.PN, r.PD) }
func (r Ratio) recall() float64    { return quotient(r.RN, r.RD) }

func (r Ratio) f1() float64 {
	p, c := r.precision(), r.recall()
	return quotient(2*p*c, p+c)
}

func quotient(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}
