package model

import (
	"slices"

	"byline/annotate"
	"byline/annotate/names"
)

// types are the types of names in the order of their labels: the type with index k has the labels
// 2k+1, begin, and 2k+2, inside.
var types = [...]annotate.Type{annotate.Person, annotate.Organization, annotate.Place, annotate.Other}

// Kind returns the index of t in the order of labels, 0 to 3: 2k+1 and 2k+2 are the labels
// that begin and continue a name of kind k.
func Kind(t annotate.Type) int { return slices.Index(types[:], t) }

// A Stretch is a run of tokens of one sentence that may be in names.
type Stretch struct {
	annotate.Range
	Starts, Ends bool // it begins and ends its sentence
	Sentence     int
}

// Tag returns the names in d, sorted and without overlap. A first pass labels each token; a second
// one also considers the labels of the same word elsewhere in d.
func (m *Model) Tag(d *annotate.Doc) []names.Name {
	m.count(len(d.Tokens))
	x := m.First(d)
	trans := &m.Trans
	if len(m.again) > 0 {
		trans = &m.TransAgain
	}
	r := &decoder{m: m, trans: trans, factors: m.exponentials(trans)}
	var found []names.Name
	var features []Feature
	for i := range x.Stretches {
		st := &x.Stretches[i]
		scores := x.Scores[st.First:st.End]
		for k := range scores {
			if len(m.again) > 0 {
				features = x.AppendFeatures(st, st.First+k, features[:0])
				m.rescore(features, &scores[k])
			}
		}
		r.load(scores)
		r.best(len(scores), st.Starts, st.Ends)
		if r.hasName(len(scores)) {
			r.marginals(len(scores), st.Starts, st.Ends)
			found = r.names(found, len(scores), st.First)
		}
	}
	return found
}

// Stretches returns the stretches of x, in order.
func (x *Document) Stretches() []Stretch {
	var all []Stretch
	for i := range x.d.Sentences {
		s := x.d.Sentences[i].Tokens
		for t := s.First; t < s.End; t++ {
			if !x.open[t] {
				continue
			}
			first := t
			for ; t < s.End && x.open[t]; t++ {
			}
			all = append(all, Stretch{annotate.Range{First: first, End: t}, first == s.First, t == s.End, i})
		}
	}
	return all
}

// hasName reports whether the best labels of n tokens contain a name.
func (r *decoder) hasName(n int) bool {
	for _, l := range r.labels[:n] {
		if l != 0 {
			return true
		}
	}
	return false
}

// names appends the names among the best labels of n tokens, the first of which is
// token first of the text.
func (r *decoder) names(dst []names.Name, n, first int) []names.Name {
	for i := 0; i < n; i++ {
		label := r.labels[i]
		if label == 0 {
			continue
		}
		kind := (label - 1) / 2
		in := kind*2 + 2
		score := r.marginal[i][label]
		j := i + 1
		for ; j < n && r.labels[j] == in; j++ {
			score = min(score, r.marginal[j][in])
		}
		if j < n {
			score = min(score, 1-r.marginal[j][in])
		}
		dst = append(dst, names.Name{Range: annotate.Range{First: first + i, End: first + j}, Type: types[kind], Score: r.m.probability(score), Shares: r.shares(i, j)})
		i = j - 1
	}
	return dst
}

// shares returns the mean shares of the types among tokens i to j−1, and of no name.
func (r *decoder) shares(i, j int) (s names.Shares) {
	var sum names.Shares
	for _, p := range r.marginal[i:j] {
		for k := range types {
			sum[k] += float32(p[2*k+1] + p[2*k+2])
		}
		sum[len(types)] += float32(p[0])
	}
	for k, x := range sum {
		s[k] = x / float32(j-i)
	}
	return s
}

// probability converts a raw score to a probability.
func (m *Model) probability(raw float64) float64 {
	const steps = len(m.Certain) - 1
	at := float64(raw * float64(steps))
	i := min(max(int(at), 0), steps-1)
	part := at - float64(i)
	return min(max(m.Certain[i]+float64(part*(m.Certain[i+1]-m.Certain[i])), 0.01), 0.99)
}
