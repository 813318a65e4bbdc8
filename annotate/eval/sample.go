package eval

import (
	"fmt"
	"math/rand/v2"
	"path"
	"slices"
	"strings"
)

const (
	draws     = 1000
	blockSize = 20 // sentences
)

// A Sample is scored documents one by one, to be resampled. Sentences of a file that marks no
// documents are joined into blocks of twenty, since what is in one sentence is in the next as well.
type Sample []*Tally

// Add adds a document with its tally.
func (s *Sample) Add(d *Doc, t *Tally) {
	if n := len(*s); d.Sentence && n > 0 && (*s)[n-1].Sentences > 0 && (*s)[n-1].Sentences < blockSize {
		(*s)[n-1].Add(t)
		return
	}
	*s = append(*s, t)
}

// Sum returns the counts of all documents together.
func (s Sample) Sum() *Tally {
	t := &Tally{}
	for _, d := range s {
		t.Add(d)
	}
	return t
}

// Units says what is resampled.
func (s Sample) Units() string {
	blocks := 0
	for _, t := range s {
		if t.Sentences > 0 {
			blocks++
		}
	}
	switch blocks {
	case 0:
		if len(s) == 1 {
			return "1 document"
		}
		return fmt.Sprintf("%d documents", len(s))
	case len(s):
		return fmt.Sprintf("%d blocks of %d sentences", len(s), blockSize)
	}
	return fmt.Sprintf("%d documents and %d blocks of %d sentences", len(s)-blocks, blocks, blockSize)
}

// Same reports whether s and o are of the same documents, by their names without folders.
func (s Sample) Same(o Sample) bool {
	return slices.EqualFunc(s, o, func(a, b *Tally) bool { return path.Base(a.Name) == path.Base(b.Name) })
}

// A Figure is one of the figures that are quoted of a report.
type Figure struct {
	Name  string  `json:"figure"`
	Value float64 `json:"value"`
}

// An Interval is a figure with its interval, and how far it is from that of another engine.
type Interval struct {
	Figure
	Range
	Against *Difference `json:"against,omitempty"`
}

// A Range holds 95 % of the values that a figure has in the resamples.
type Range struct {
	From float64 `json:"from"`
	To   float64 `json:"to"`
}

// A Difference is how much more a figure is than that of another engine on the same documents.
type Difference struct {
	Value float64 `json:"value"` // of the other engine
	More  float64 `json:"more"`
	Range
}

// Intervals returns the figures of a sample with their 95 % intervals by the bootstrap (Efron 1979,
// Efron and Tibshirani 1993): a thousand times, as many documents as there are are drawn with
// replacement; what is between the 2.5th and the 97.5th percentile of a figure is its interval. The
// draws are the same each time. A figure is left out of draws that have nothing of its kind. Expected
// calibration errors are larger in draws than they are, as they are of any smaller sample: their
// intervals reach too far up.
//
// With a sample of the same documents by another engine, the differences have intervals too. Both
// engines get the same draws, so that what a document is like for both cancels out (Berg-Kirkpatrick
// et al. 2012).
func (s Sample) Intervals(scores bool, other Sample) []Interval {
	all := s.Figures(scores, other)
	values, differences := s.draw(scores, other)
	for i := range all {
		all[i].Range = middle(values[all[i].Name])
		if d := all[i].Against; d != nil {
			d.Range = middle(differences[all[i].Name])
		}
	}
	return all
}

// Figures returns the figures of a sample as [Sample.Intervals] does, without the intervals.
func (s Sample) Figures(scores bool, other Sample) []Interval {
	all := []Interval{}
	theirs := valuesOf(other.figures(scores))
	for _, f := range s.figures(scores) {
		all = append(all, Interval{Figure: f})
		if v, ok := theirs[f.Name]; ok {
			all[len(all)-1].Against = &Difference{Value: v, More: round(f.Value - v)}
		}
	}
	return all
}

// draw returns the values of the figures in each draw, and how much they are more than other's.
func (s Sample) draw(scores bool, other Sample) (values, differences map[string][]float64) {
	r := rand.New(rand.NewPCG(1979, uint64(len(s))))
	values, differences = map[string][]float64{}, map[string][]float64{}
	own, others := make(Sample, len(s)), make(Sample, len(other))
	for range draws {
		for i := range s {
			k := r.IntN(len(s))
			if own[i] = s[k]; other != nil {
				others[i] = other[k]
			}
		}
		theirs := valuesOf(others.figures(scores))
		for _, f := range own.figures(scores) {
			values[f.Name] = append(values[f.Name], f.Value)
			if v, ok := theirs[f.Name]; ok {
				differences[f.Name] = append(differences[f.Name], f.Value-v)
			}
		}
	}
	return values, differences
}

// middle returns the range of values without the tails.
func middle(values []float64) Range {
	if len(values) == 0 {
		return Range{}
	}
	slices.Sort(values)
	tail := len(values) / 40
	return Range{round(values[tail]), round(values[len(values)-1-tail])}
}

func valuesOf(figures []Figure) map[string]float64 {
	m := make(map[string]float64, len(figures))
	for _, f := range figures {
		m[f.Name] = f.Value
	}
	return m
}

// figures returns the figures of the documents together; with scores, those of the scores too.
func (s Sample) figures(scores bool) []Figure {
	t := &Tally{}
	for _, d := range s {
		t.add(d, scores)
	}
	return t.Report(false, scores).figures()
}

// figures returns the figures that are quoted of r.
func (r *Report) figures() []Figure {
	var all []Figure
	add := func(value float64, name ...string) { all = append(all, Figure{strings.Join(name, " "), value}) }
	for _, n := range r.Names {
		add(n.Exact.F1, n.Type, "F1")
	}
	for _, g := range []struct {
		name string
		*Grouping
	}{{"names found", r.Found}, {"names given", r.Given}} {
		if g.Grouping != nil {
			add(g.B3.F1, g.name, "B³ F1")
			add(g.Mean, g.name, "mean F1")
		}
	}
	for _, q := range r.Quotes {
		if q.Type == classes[directOnly].name || q.Type == classes[mixedOnly].name {
			continue
		}
		add(q.Exact.F1, "quotes", q.Type, "exact F1")
		add(q.Half.F1, "quotes", q.Type, "half F1")
		add(q.Speaker.Share, "quotes", q.Type, "speaker")
		add(q.Linked.F1, "quotes", q.Type, "with speaker F1")
	}
	for _, p := range r.Passages {
		add(p.Share.Share, "in marks", p.Type)
	}
	for _, p := range r.Speakers {
		if p.Type == speakerTypes[rightSpeaker] || p.Type == speakerTypes[nobodyRightly] {
			add(p.Share.Share, "in marks", p.Type)
		}
	}
	for _, c := range r.Reliability {
		add(c.ECE, c.Claims, "ECE")
		add(c.Fifth, c.Claims, "least certain fifth")
	}
	return all
}
