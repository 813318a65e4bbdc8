package agreement

import (
	"slices"

	"byline/annotate"
)

// Whether two annotators were shown a suggestion.
const (
	ToBoth    = "shown to both"
	toOne     = "hidden from one"
	toNone    = "hidden from both"
	ToThem    = "shown"
	notToThem = "hidden"
)

// What a person may make of a suggestion, beside the types.
const (
	otherEnds = "\x01"
	nothing   = "\x00"
)

// countSuggestions counts what people made of the machine's suggestions, those that they were shown apart from those that
// were hidden from them: whoever agrees with others, or with the machine, only where it told them what to say, was led by it.
func (t *Tally) countSuggestions(x *text, o *Options) {
	if x.Suggested == nil {
		return
	}
	hides := map[string]func(annotate.Claim) bool{}
	for _, r := range x.Readings {
		hides[r.Who] = r.Hidden
	}
	shown := *o
	shown.Decided = false
	all := newAnswers(len(x.views))
	for c := range x.Suggested.Claims() {
		if !shown.counts(c) {
			continue
		}
		m := markOf(c)
		for i, v := range x.views {
			all.of[i] = all.number(v.answer(m))
			all.hidden[i] = hides[v.who] != nil && hides[v.who](c)
			g := group{v.who, "", class{Shown, map[bool]string{true: notToThem, false: ToThem}[all.hidden[i]]}}
			t.add(g, asked, 1)
			if v.has(m) {
				t.add(g, kept, 1)
			}
		}
		all.count()
	}
	all.tell(t, x)
}

// answers are what annotators made of a suggestion, and counts of what each two made of those before.
type answers struct {
	of     []int  // by annotator: the number of the answer
	hidden []bool // by annotator
	all    []string
	pairs  []map[asking]float64 // by two annotators
}

// An asking is a suggestion that two annotators were shown or not, and what they answered.
type asking struct {
	seen string
	a, b int
}

func newAnswers(people int) *answers {
	s := &answers{of: make([]int, people), hidden: make([]bool, people)}
	for range people * (people - 1) / 2 {
		s.pairs = append(s.pairs, map[asking]float64{})
	}
	return s
}

// number returns the number of an answer.
func (s *answers) number(answer string) int {
	i := slices.Index(s.all, answer)
	if i < 0 {
		i = len(s.all)
		s.all = append(s.all, answer)
	}
	return i
}

// count counts what each two annotators made of a suggestion.
func (s *answers) count() {
	p := 0
	for i := range s.of {
		for k := i + 1; k < len(s.of); k++ {
			seen := ToBoth
			switch {
			case s.hidden[i] && s.hidden[k]:
				seen = toNone
			case s.hidden[i] || s.hidden[k]:
				seen = toOne
			}
			s.pairs[p][asking{seen, s.of[i], s.of[k]}]++
			p++
		}
	}
}

// tell adds what was counted to a tally.
func (s *answers) tell(t *Tally, x *text) {
	p := 0
	for i, a := range x.views {
		for _, b := range x.views[i+1:] {
			for q, n := range s.pairs[p] {
				whole := group{a.who, b.who, class{Shown, q.seen}}
				t.add(whole, items, n)
				if q.a == q.b {
					t.add(whole, equal, n)
				}
				t.add(group{a.who, b.who, class{Shown, q.seen + "\t" + s.all[q.a]}}, tokensA, n)
				t.add(group{a.who, b.who, class{Shown, q.seen + "\t" + s.all[q.b]}}, tokensB, n)
			}
			p++
		}
	}
}

// answer returns what a person made of a suggestion: the type they gave it, that they have other ends there, or nothing.
func (v *view) answer(m mark) string {
	for _, o := range v.at[m.Span] {
		if o.about == m.about {
			return o.typ
		}
	}
	for _, o := range v.near(m) {
		if o.about == m.about && o.Overlaps(m.Span) {
			return otherEnds
		}
	}
	return nothing
}
