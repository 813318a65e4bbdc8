package agreement

import (
	"math"

	"byline/annotate/agreement/measures"
)

// The measures, as reports name them.
const (
	Exact        = "exact F1"
	Boundary     = "boundary F1"
	OverlapF1    = "overlap F1"
	SoftOverlap  = "soft overlap F1"
	TypeGiven    = "type given boundary"
	Kappa        = "kappa"
	KappaMarked  = "kappa, marked"
	Fleiss       = "Fleiss's kappa"
	FleissMarked = "Fleiss's kappa, marked"
	Alpha        = "alpha"
	AlphaMarked  = "alpha, marked"
	AlphaU       = "alpha_U"
	Gamma        = "gamma"
	B3           = "B³"
	CEAF         = "CEAFe"
	MUC          = "MUC"
	SameSpeaker  = "same speaker"
	Kept         = "kept"
)

// A formula computes a figure from sums.
type formula struct {
	Figure
	value   func(sums) float64
	n, a, b []term // what N, A and B are the sums of
}

// formulas returns all formulas that have something to compute: of all annotators, then of each pair, then of each annotator.
func (l *ledger) formulas() []formula {
	var pairs, out []formula
	for _, p := range l.pairs {
		pairs = append(pairs, l.ofPair(p)...)
	}
	out = append(out, means(pairs)...)
	out = append(out, l.ofAll()...)
	return append(append(out, pairs...), l.ofOne()...)
}

// means returns the means over pairs of their figures.
func means(pairs []formula) []formula {
	var out []formula
	at := map[[3]string]int{}
	var parts [][]func(sums) float64
	for _, f := range pairs {
		if f.Measure == Gamma {
			continue // γ of all is that of one alignment of everybody's marks
		}
		key := [3]string{f.Measure, f.About, f.Type}
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key] = i
			g := f
			g.Figure.A, g.Figure.B = "", ""
			g.n, g.a, g.b = nil, nil, nil
			out, parts = append(out, g), append(parts, nil)
		}
		parts[i] = append(parts[i], f.value)
		out[i].n, out[i].a, out[i].b = append(out[i].n, f.n...), append(out[i].a, f.a...), append(out[i].b, f.b...)
	}
	for i := range out {
		out[i].value = mean(parts[i])
	}
	return out
}

// mean returns the mean of those that have a value.
func mean(of []func(sums) float64) func(sums) float64 {
	return func(v sums) float64 {
		sum, n := 0.0, 0.0
		for _, f := range of {
			if x := f(v); !math.IsNaN(x) {
				sum += x
				n++
			}
		}
		return quotient(sum, n)
	}
}

// quotient is a/b, NaN if b is 0.
func quotient(a, b float64) float64 {
	if b == 0 {
		return math.NaN()
	}
	return a / b
}

func (l *ledger) ofPair(p Pair) []formula {
	var out []formula
	for _, c := range l.types {
		out = append(out, l.spanFormulas(p, c)...)
		if c.typ == "" {
			out = append(out, l.gammaFormula(group{p.A, p.B, c}, l.term(group{p.A, p.B, c}, units))...)
		}
	}
	out = append(out, l.tokenFormulas(p)...)
	for _, of := range []string{OfBoth, OfAll} {
		out = append(out, l.clusterFormulas(group{p.A, p.B, class{Clusters, of}})...)
	}
	g := group{p.A, p.B, class{about: Speakers}}
	n, same, expected := l.term(g, items), l.term(g, equal), l.term(g, chance)
	out = append(out,
		l.formula(SameSpeaker, g, n, noTerm, noTerm, func(v sums) float64 { return quotient(v.of(same), v.of(n)) }),
		l.formula(Kappa, g, n, noTerm, noTerm, func(v sums) float64 {
			if beyond := v.of(n) - v.of(expected); beyond > 1e-9 {
				return (v.of(same) - v.of(expected)) / beyond
			}
			return math.NaN()
		}))
	for _, seen := range []string{ToBoth, toOne, toNone} {
		out = append(out, l.suggestionFormula(group{p.A, p.B, class{Shown, seen}})...)
	}
	return out
}

// formula returns a formula about a group whose N, A and B are single sums.
func (l *ledger) formula(measure string, g group, n, a, b term, value func(sums) float64) formula {
	return formula{Figure{Measure: measure, About: g.about, Type: g.typ, A: g.a, B: g.b}, value, []term{n}, []term{a}, []term{b}}
}

func (l *ledger) spanFormulas(p Pair, c class) []formula {
	g := group{p.A, p.B, c}
	ts := l.terms(g, marksA, marksB, exactly, sameEnds, overlaps, softly)
	a, b := ts[0], ts[1]
	f1 := func(measure string, both term) formula {
		return l.formula(measure, g, both, a, b, func(v sums) float64 { return quotient(2*v.of(both), v.of(a)+v.of(b)) })
	}
	out := []formula{f1(Exact, ts[2])}
	if c.typ == "" {
		out = append(out, f1(Boundary, ts[3]))
	}
	soft := f1(SoftOverlap, ts[5])
	soft.n = []term{ts[4]}
	out = append(out, f1(OverlapF1, ts[4]), soft)
	if c.typ == "" {
		out = append(out, l.formula(TypeGiven, g, ts[3], a, b, func(v sums) float64 { return quotient(v.of(ts[2]), v.of(ts[3])) }))
	}
	return out
}

// tokenFormulas returns κ of tokens: over all types at once, and of each type against the rest.
func (l *ledger) tokenFormulas(p Pair) []formula {
	var as, bs, both []term
	unmarked := 0
	for i, c := range l.tokens {
		g := group{p.A, p.B, c}
		as, bs, both = append(as, l.term(g, tokensA)), append(bs, l.term(g, tokensB)), append(both, l.term(g, tokensBoth))
		if c.typ == none {
			unmarked = i
		}
	}
	kappa := func(marked bool) func(v sums) float64 {
		return func(v sums) float64 {
			a, b := v.all(as), v.all(bs)
			agreed := 0.0
			for _, t := range both {
				agreed += v.of(t)
			}
			if marked && len(both) > 0 {
				neither := v.of(both[unmarked])
				a[unmarked], b[unmarked], agreed = a[unmarked]-neither, b[unmarked]-neither, agreed-neither
			}
			return measures.Cohen(agreed, a, b)
		}
	}
	names := group{p.A, p.B, class{about: Names}}
	tokensOf := l.term(names, items)
	a, b := l.term(names, tokensA), l.term(names, tokensB)
	out := []formula{
		l.formula(Kappa, names, tokensOf, a, b, kappa(false)),
		l.formula(KappaMarked, names, l.term(names, itemsSome), a, b, kappa(true)),
	}
	for _, c := range l.types {
		if c == names.class {
			continue
		}
		g := group{p.A, p.B, c}
		ts := l.terms(g, tokensA, tokensB, tokensBoth)
		out = append(out, l.formula(Kappa, g, tokensOf, ts[0], ts[1], func(v sums) float64 {
			n, a, b, both := v.of(tokensOf), v.of(ts[0]), v.of(ts[1]), v.of(ts[2])
			return measures.Cohen(n-a-b+2*both, []float64{a, n - a}, []float64{b, n - b})
		}))
	}
	return out
}

func (v sums) all(ts []term) []float64 {
	out := make([]float64, len(ts))
	for i, t := range ts {
		out[i] = v.of(t)
	}
	return out
}

func (l *ledger) clusterFormulas(g group) []formula {
	n, a, b := l.term(g, shared), l.term(g, marksA), l.term(g, marksB)
	var out []formula
	for _, m := range []struct {
		name  string
		first count
	}{{B3, b3PN}, {CEAF, ceafPN}, {MUC, mucPN}} {
		ts := l.terms(g, m.first, m.first+1, m.first+2, m.first+3)
		out = append(out, l.formula(m.name, g, n, a, b, func(v sums) float64 {
			return harmonic(v.of(ts[0]), v.of(ts[1]), v.of(ts[2]), v.of(ts[3]))
		}))
	}
	return out
}

// harmonic is F1 of pn/pd and rn/rd. It is NaN if nobody has anything, 0 if one of the two has nothing.
func harmonic(pn, pd, rn, rd float64) float64 {
	switch {
	case pd == 0 && rd == 0:
		return math.NaN()
	case pn == 0 || rn == 0:
		return 0
	}
	return 2 / (pd/pn + rd/rn)
}

// suggestionFormula returns κ of what two annotators made of suggestions.
func (l *ledger) suggestionFormula(g group) []formula {
	n, same := l.term(g, items), l.term(g, equal)
	if n < 0 {
		return nil
	}
	var as, bs []term
	for _, c := range l.answers[g.typ] {
		as, bs = append(as, l.term(group{g.a, g.b, c}, tokensA)), append(bs, l.term(group{g.a, g.b, c}, tokensB))
	}
	return []formula{l.formula(Kappa, g, n, noTerm, noTerm, func(v sums) float64 { return measures.Cohen(v.of(same), v.all(as), v.all(bs)) })}
}

func (l *ledger) ofAll() []formula {
	g := group{class: class{about: tokens}}
	var given, givenSome []term
	for _, c := range l.tokens {
		given, givenSome = append(given, l.term(group{class: c}, votes)), append(givenSome, l.term(group{class: c}, votesSome))
	}
	ts := l.terms(g, items, itemsSome, concord, concordSome, same, sameSome)
	names := group{class: class{about: Names}}
	out := []formula{
		l.formula(Fleiss, names, ts[0], noTerm, noTerm, func(v sums) float64 { return measures.Fleiss(v.of(ts[2]), v.of(ts[0]), v.all(given)) }),
		l.formula(FleissMarked, names, ts[1], noTerm, noTerm, func(v sums) float64 { return measures.Fleiss(v.of(ts[3]), v.of(ts[1]), v.all(givenSome)) }),
		l.formula(Alpha, names, ts[0], noTerm, noTerm, func(v sums) float64 { return measures.Alpha(v.of(ts[4]), v.all(given)) }),
		l.formula(AlphaMarked, names, ts[1], noTerm, noTerm, func(v sums) float64 { return measures.Alpha(v.of(ts[5]), v.all(givenSome)) }),
	}
	for _, c := range l.types {
		out = append(out, l.typeFormulas(c, ts[0])...)
	}
	return out
}

// typeFormulas returns the figures of all annotators about one type, or about all names or quotes.
func (l *ledger) typeFormulas(c class, tokensOf term) []formula {
	g := group{class: c}
	var out []formula
	if c != (class{about: Names}) {
		yes, unequal, total := l.term(g, votes), l.term(g, differ), l.term(group{class: class{about: tokens}}, votes)
		out = append(out, l.formula(Alpha, g, tokensOf, noTerm, noTerm, func(v sums) float64 {
			return measures.Alpha(v.of(total)-v.of(unequal), []float64{v.of(yes), v.of(total) - v.of(yes)})
		}))
	}
	n := l.term(g, units)
	observed, expected := l.term(g, observedU), l.term(g, expectedU)
	out = append(out, l.formula(AlphaU, g, n, noTerm, noTerm, func(v sums) float64 { return measures.Alike(v.of(observed), v.of(expected)) }))
	return append(out, l.gammaFormula(g, n)...)
}

// gammaFormula returns γ of a group, if it was counted.
func (l *ledger) gammaFormula(g group, n term) []formula {
	observed, expected := l.term(g, observedG), l.term(g, expectedG)
	if expected < 0 {
		return nil
	}
	return []formula{l.formula(Gamma, g, n, noTerm, noTerm, func(v sums) float64 { return measures.Alike(v.of(observed), v.of(expected)) })}
}

// ofOne returns the shares of suggestions that each annotator has too.
func (l *ledger) ofOne() []formula {
	var out []formula
	for _, g := range l.asked {
		n, k := l.term(g, asked), l.term(g, kept)
		out = append(out, l.formula(Kept, g, n, noTerm, noTerm, func(v sums) float64 { return quotient(v.of(k), v.of(n)) }))
	}
	return out
}
