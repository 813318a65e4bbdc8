package main

import (
	"math"

	"byline/annotate/names/model"
	"byline/annotate/train/learn"
	"byline/annotate/train/vectors"
)

// export returns the model file of a net, with the tables that its features look into.
func export(n *learn.Net, words, class, names []byte, source int) ([]byte, error) {
	var parts [model.Sections][]byte
	parts[model.SectionLinear] = bytesOf(n.Linear)
	parts[model.SectionDeep] = bytesOf(n.Deep)
	parts[model.SectionWords] = words
	parts[model.SectionClasses] = class
	parts[model.SectionNames] = names
	count := len(n.Vectors) / vectors.Dim
	parts[model.SectionCenter] = bytesOf(n.Projected(model.Around/2, count))
	sides := [][]float32{n.Projected(0, model.Near), n.Projected(1, model.Near), n.Projected(3, model.Near), n.Projected(4, model.Near)}
	var near []float32
	for id := range min(model.Near, count) {
		for _, side := range sides {
			near = append(near, side[id*model.Units:][:model.Units]...)
		}
	}
	parts[model.SectionNear] = bytesOf(near)
	p := model.Params{Source: int32(source)}
	for k := range p.Out {
		for u := range p.Out[k] {
			p.Out[k][u] = fixed(n.Out[k*model.Units+u])
		}
	}
	for i := range p.Trans {
		for j := range p.Trans[i] {
			p.Trans[i][j] = fixed(n.Trans[i][j])
		}
	}
	for i := range p.Certain {
		p.Certain[i] = float64(i) / float64(len(p.Certain)-1)
	}
	return model.File(parts, &p)
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
