package main

import (
	"math"
	"slices"

	"byline/annotate/names/model"
	"byline/annotate/train/learn"
)

// members is how many nets with different seeds make up a model: their scores are averaged.
const members = model.Units / learn.Size

// export returns the model file of nets and their tables; second is the net of the second pass,
// certain the probabilities of raw scores; both may be nil.
func export(nets []*learn.Net, t *tables, second *learn.Net, certain []float64) ([]byte, error) {
	var parts [model.Sections][]byte
	parts[model.SectionLinear] = bytesOf(average(nets, func(n *learn.Net) []float32 { return n.Linear }))
	parts[model.SectionDeep] = bytesOf(joinRows(nets, func(n *learn.Net) []float32 { return n.Deep }))
	parts[model.SectionWords] = t.words
	parts[model.SectionClasses] = t.class
	parts[model.SectionNames] = t.names
	parts[model.SectionTopics] = t.topics
	parts[model.SectionCenter] = bytesOf(joinRows(nets, func(n *learn.Net) []float32 { return n.Projection(model.Around/2, model.Far) }))
	parts[model.SectionNear] = bytesOf(neighbourRows(nets))
	p := model.Params{Sources: homes, Trans: transitions(nets)}
	for m, n := range nets {
		for k := range p.Out {
			for u := range learn.Size {
				p.Out[k][m*learn.Size+u] = toFixed(n.Out[k*learn.Size+u] / float32(len(nets)))
			}
		}
	}
	if second != nil {
		parts[model.SectionAgain] = bytesOf(second.Linear)
		p.TransAgain = p.Trans
	}
	for i := range p.Certain {
		p.Certain[i] = float64(i) / float64(len(p.Certain)-1)
	}
	copy(p.Certain[:], certain)
	return model.File(parts, &p)
}

// average returns the mean of the weights of nets.
func average(nets []*learn.Net, weights func(*learn.Net) []float32) []float32 {
	sum := slices.Clone(weights(nets[0]))
	for _, n := range nets[1:] {
		for i, x := range weights(n) {
			sum[i] += x
		}
	}
	for i := range sum {
		sum[i] /= float32(len(nets))
	}
	return sum
}

// joinRows returns rows of model.Units numbers made of the rows of nets, side by side.
func joinRows(nets []*learn.Net, rows func(*learn.Net) []float32) []float32 {
	var out []float32
	for m, n := range nets {
		in := rows(n)
		if out == nil {
			out = make([]float32, len(in)*members)
		}
		for at := 0; at < len(in); at += learn.Size {
			copy(out[at*members+m*learn.Size:], in[at:at+learn.Size])
		}
	}
	return out
}

// neighbourRows returns the hidden rows of the neighbours, four positions per word.
func neighbourRows(nets []*learn.Net) []float32 {
	var sides [][]float32
	for k := range model.Around {
		if k != model.Around/2 {
			sides = append(sides, joinRows(nets, func(n *learn.Net) []float32 { return n.Projection(k, model.Near) }))
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

func transitions(nets []*learn.Net) (t [model.Labels + 1][model.Labels]int32) {
	for i := range t {
		for j := range t[i] {
			sum := float32(0)
			for _, n := range nets {
				sum += n.Trans[i][j]
			}
			t[i][j] = toFixed(sum / float32(len(nets)))
		}
	}
	return t
}

func toFixed(x float32) int32 { return int32(math.Round(float64(x) * model.SumUnit)) }

// bytesOf returns weights in units of 1/RowUnit, one byte each, with 128 for 0.
func bytesOf(w []float32) []byte {
	out := make([]byte, len(w))
	for i, x := range w {
		out[i] = byte(min(max(math.Round(float64(x)*model.RowUnit), -127), 127) + 128)
	}
	return out
}
