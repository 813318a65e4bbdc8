package main

import (
	"math"

	"byline/annotate/names/model"
	"byline/annotate/train/learn"
	"byline/annotate/train/vectors"
)

// export returns the model file of a net with its tables; second is the net of the
// second pass, certain what raw scores are worth, both of which may be nil.
func export(n *learn.Net, t *tables, second *learn.Net, certain []float64) ([]byte, error) {
	var parts [model.Sections][]byte
	parts[model.SectionLinear] = bytesOf(n.Linear)
	parts[model.SectionDeep] = bytesOf(n.Deep)
	parts[model.SectionWords] = t.words
	parts[model.SectionClasses] = t.class
	parts[model.SectionNames] = t.names
	parts[model.SectionCenter] = bytesOf(n.Projected(model.Around/2, len(n.Vectors)/vectors.Dim))
	parts[model.SectionNear] = bytesOf(near(n))
	p := model.Params{Source: home, Trans: transitions(n)}
	for k := range p.Out {
		for u := range p.Out[k] {
			p.Out[k][u] = fixed(n.Out[k*model.Units+u])
		}
	}
	if second != nil {
		parts[model.SectionAgain] = bytesOf(second.Linear)
		p.TransAgain = transitions(second)
	}
	for i := range p.Certain {
		p.Certain[i] = float64(i) / float64(len(p.Certain)-1)
	}
	copy(p.Certain[:], certain)
	return model.File(parts, &p)
}

// near returns the hidden rows of the words beside, four places a word.
func near(n *learn.Net) []float32 {
	var sides [][]float32
	for k := range model.Around {
		if k != model.Around/2 {
			sides = append(sides, n.Projected(k, model.Near))
		}
	}
	var rows []float32
	for at := 0; at < len(sides[0]); at += model.Units {
		for _, side := range sides {
			rows = append(rows, side[at:at+model.Units]...)
		}
	}
	return rows
}

func transitions(n *learn.Net) (t [model.Labels + 1][model.Labels]int32) {
	for i := range t {
		for j := range t[i] {
			t[i][j] = fixed(n.Trans[i][j])
		}
	}
	return t
}

func fixed(x float32) int32 { return int32(math.Round(float64(x) * model.SumUnit)) }

// bytesOf returns weights in 1/RowUnit, a byte each, 128 for 0.
func bytesOf(w []float32) []byte {
	out := make([]byte, len(w))
	for i, x := range w {
		out[i] = byte(min(max(math.Round(float64(x)*model.RowUnit), -127), 127) + 128)
	}
	return out
}
