package agreement

import (
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
	for c := range x.Suggested.Claims() {
		if !shown.counts(c) {
			continue
		}
		m := markOf(c)
		answers, hidden := make([]string, len(x.views)), make([]bool, len(x.views))
		for i, v := range x.views {
			answers[i] = v.answer(m)
			hidden[i] = hides[v.who] != nil && hides[v.who](c)
			g := group{v.who, "", class{Shown, map[bool]string{true: notToThem, false: ToThem}[hidden[i]]}}
			t.add(g, asked, 1)
			if v.has(m) {
				t.add(g, kept, 1)
			}
		}
		t.countAnswers(x, answers, hidden)
	}
}

// countAnswers counts the answers of each two annotators to a suggestion.
func (t *Tally) countAnswers(x *text, answers []string, hidden []bool) {
	for i, a := range x.views {
		for k := i + 1; k < len(x.views); k++ {
			seen := ToBoth
			switch {
			case hidden[i] && hidden[k]:
				seen = toNone
			case hidden[i] || hidden[k]:
				seen = toOne
			}
			b := x.views[k].who
			whole := group{a.who, b, class{Shown, seen}}
			t.add(whole, items, 1)
			if answers[i] == answers[k] {
				t.add(whole, equal, 1)
			}
			t.add(group{a.who, b, class{Shown, seen + "\t" + answers[i]}}, tokensA, 1)
			t.add(group{a.who, b, class{Shown, seen + "\t" + answers[k]}}, tokensB, 1)
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
