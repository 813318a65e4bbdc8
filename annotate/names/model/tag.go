package model

import "byline/annotate"

// A Kind is what a name is of.
type Kind uint8

// The kinds of names.
const (
	Person Kind = iota
	Organization
	Place
	Other
)

// A Name is a name in a text: its tokens, its kind and the probability that both are
// right.
type Name struct {
	annotate.Range
	Kind  Kind
	Score float64
}

// Tag returns the names in d, in order and without overlap.
func (m *Model) Tag(d *annotate.Doc) []Name {
	if len(m.linear) == 0 {
		return nil
	}
	return m.Prepare(d).tag()
}

// A stretch is a run of tokens of one sentence that may be in names.
type stretch struct {
	annotate.Range
	starts, ends bool // it begins and ends its sentence
}

// next returns the first stretch of sentence s at or after token t; ok is false if
// there is none.
func (x *Document) next(s annotate.Range, t int) (st stretch, ok bool) {
	for ; t < s.End && !x.open[t]; t++ {
	}
	end := t
	for ; end < s.End && x.open[end]; end++ {
	}
	return stretch{annotate.Range{First: t, End: end}, t == s.First, end == s.End}, t < end
}

func (x *Document) tag() []Name {
	r := &run{m: x.m}
	t := x.m.exponentials()
	var names []Name
	var features []Feature
	for i := range x.d.Sentences {
		s := x.d.Sentences[i].Tokens
		for st, ok := x.next(s, s.First); ok; st, ok = x.next(s, st.End) {
			n := st.End - st.First
			r.grow(n)
			for k := range n {
				features = x.Features(i, st.First+k, features[:0])
				features = x.SourceFeatures(int(x.m.Source), i, st.First+k, features)
				ids := x.Vectors(i, st.First+k)
				x.m.emit(features, &ids, &r.scores[k])
			}
			r.best(n, st.starts, st.ends)
			r.marginals(t, n, st.starts, st.ends)
			names = r.names(names, n, st.First)
		}
	}
	return names
}

// names appends the names among the best labels of n tokens, the first of which is
// token first of the text.
func (r *run) names(dst []Name, n, first int) []Name {
	for i := 0; i < n; i++ {
		label := r.labels[i]
		if label == 0 {
			continue
		}
		kind := Kind((label - 1) / 2)
		in := int8(kind)*2 + 2
		score := r.marginal[i][label]
		j := i + 1
		for ; j < n && r.labels[j] == in; j++ {
			score = min(score, r.marginal[j][in])
		}
		if j < n {
			score = min(score, 1-r.marginal[j][in])
		}
		dst = append(dst, Name{annotate.Range{First: first + i, End: first + j}, kind, r.m.certain(score)})
		i = j - 1
	}
	return dst
}

// certain returns the probability that a raw score stands for.
func (m *Model) certain(raw float64) float64 {
	const steps = len(m.Certain) - 1
	at := float64(raw * float64(steps))
	i := min(max(int(at), 0), steps-1)
	part := at - float64(i)
	return m.Certain[i] + float64(part*(m.Certain[i+1]-m.Certain[i]))
}

// Open reports whether a token may be in a name.
func (x *Document) Open(token int) bool { return x.open[token] }
