package standoff

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"byline/annotate"
	"byline/articles"
)

// Machine and Human are how files name who is behind a claim.
const (
	Machine = "machine"
	Human   = "human"
)

// A Provenance says who is behind a claim: the engine, or a person who made, changed or
// confirmed it.
type Provenance struct {
	annotate.State
	annotate.Origin
}

// By returns the provenance of a claim in state s that came from o.
func By(s annotate.State, o annotate.Origin) Provenance { return Provenance{s, o} }

// Who returns [Human] and 1, or [Machine] and its score, from 0 to 1, rounded to four
// digits.
func (p Provenance) Who() (who string, score float64) {
	if p.Human || p.State == annotate.Confirmed {
		return Human, 1
	}
	return Machine, math.Round(p.Score*1e4) / 1e4
}

// Words is Who with the score written in as few digits as it has: "0.9".
func (p Provenance) Words() (who, score string) {
	who, n := p.Who()
	return who, strconv.FormatFloat(n, 'f', -1, 64)
}

// ReadClaim returns the origin and state of a claim that a foreign file makes: a person's
// unless the file says that a machine made it. A score outside 0 to 1 is cut to that.
func ReadClaim(machine bool, score float64) (annotate.Origin, annotate.State) {
	if machine {
		return annotate.Origin{Score: min(max(score, 0), 1)}, annotate.Proposed
	}
	return annotate.Origin{Human: true, Score: 1}, annotate.Confirmed
}

// A Place is what a remark is about: a kind of claim and its span.
type Place struct {
	annotate.Kind
	articles.Span
}

// Remarks are notes and tags by what they are about, in the order they were made.
type Remarks map[Place][]annotate.Remark

// RemarksOf returns the remarks of l.
func RemarksOf(l *annotate.Layer) Remarks {
	out := make(Remarks, len(l.Remarks))
	for _, r := range l.Remarks {
		at := Place{r.Kind, r.Span}
		out[at] = append(out[at], r)
	}
	return out
}

// Take returns the remarks about a claim and removes them, so that of several claims at
// one place the first has them.
func (rs Remarks) Take(k annotate.Kind, s articles.Span) []annotate.Remark {
	at := Place{k, s}
	out := rs[at]
	delete(rs, at)
	return out
}

// Speaker returns who speaks q; nil where nobody does, or where a person said that
// nothing in the text names them.
func Speaker(l *annotate.Layer, q *annotate.Quote) *annotate.Entity {
	if e := l.Entity(q.Speaker); e != nil && slices.ContainsFunc(e.Mentions, Alive) {
		return e
	}
	return nil
}

// Alive reports whether a mention was not rejected.
func Alive(m annotate.Mention) bool { return m.State != annotate.Rejected }

// LongestName returns the longest mention of e by name that was not rejected, on one line:
// what an entity is called of which nothing else is said.
func LongestName(e *annotate.Entity, text string) string {
	name, any := "", ""
	for _, m := range e.Mentions {
		said := strings.Join(strings.Fields(m.In(text)), " ")
		if m.State == annotate.Rejected {
			continue
		}
		any = cmp.Or(any, said)
		if m.Form == annotate.Name && len(said) > len(name) {
			name = said
		}
	}
	return cmp.Or(name, any)
}
