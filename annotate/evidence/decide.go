package evidence

import (
	_ "embed"
	"slices"
	"sync"

	"byline/annotate"
	"byline/articles"
)

//go:embed evidence.model
var file []byte

// Default returns the model embedded in the program.
var Default = sync.OnceValues(func() (*Model, error) { return Open(file) })

// Version counts the changes to the rules of this package and to its model after which the same names
// may get other types.
const Version = 4

// types are the types in the order of shares.
var types = [...]annotate.Type{annotate.Person, annotate.Organization, annotate.Place, annotate.Other}

// Rule is the rule in the origins of mentions whose type was changed.
var Rule = annotate.Rule{Name: "evidence", Says: "Evidence from the whole article points to this type, unlike the words right beside the name."}

// Drop is the least probability at which a mention is taken for no name.
const Drop = 0.6

// Decide returns the mentions ms of a text with the types that their evidence, notes,
// speaks for, without those that are no names.
func (m *Model) Decide(text string, ms []annotate.Mention, notes []Note) []annotate.Mention {
	if m == nil {
		return ms
	}
	gs := Groups(text, ms)
	shared := m.pooled(gs, notes)
	none := make([]bool, len(ms))
	for g := range gs {
		for _, i := range gs[g].Members {
			if !notes[i].known {
				continue
			}
			x := shared[g]
			x.own(&notes[i])
			out := m.result(&x)
			p, span := m.chances(&out)
			none[i] = !decide(&ms[i], &p)
			k := kindOf(ms[i].Type)
			ms[i].Origin.Score = m.certain(k, float64(p[k]*span))
		}
	}
	kept := ms[:0]
	for i := range ms {
		if !none[i] {
			kept = append(kept, ms[i])
		}
	}
	return kept
}

// own sets the inputs of a mention alone.
func (x *inputs) own(n *Note) {
	for k, s := range n.shares {
		x[OwnShares+k] = int32(s)
	}
	for k, s := range n.around {
		x[OwnRows+k] = s
	}
	x[Score] = int32(n.score)
}

// decide gives x the most probable type; false if it is no name.
func decide(x *annotate.Mention, p *[Types]float64) bool {
	best := 0
	for k := range types {
		if p[k] > p[best] {
			best = k
		}
	}
	if p[Types-1] >= Drop {
		return false
	}
	if t := types[best]; t != x.Type {
		x.Type, x.Origin.Rule = t, Rule.Name
		if t != annotate.Person {
			x.Title = articles.Span{}
		}
	}
	return true
}

// kindOf returns the index of t in the order of shares.
func kindOf(t annotate.Type) int { return slices.Index(types[:], t) }

// certain converts the raw score of a decision for type k to a probability.
func (m *Model) certain(k int, raw float64) float64 {
	table := &m.Certain[k/2]
	const steps = len(m.Certain[0]) - 1
	at := float64(raw * float64(steps))
	i := min(max(int(at), 0), steps-1)
	part := at - float64(i)
	return min(max(table[i]+float64(part*(table[i+1]-table[i])), 0.01), 0.99)
}
