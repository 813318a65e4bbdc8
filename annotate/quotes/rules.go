package quotes

import (
	"byline/annotate"
	"byline/articles"
)

// A claim says who speaks a stretch.
type claim struct {
	articles.Span // of an indirect quote; of a stretch, unused
	who           subject
	cue           articles.Span
	class         class
	rule          *rule
	gap           int // tokens between the cue and the stretch
	skip          bool
}

func (c *claim) found() bool { return c.rule != nil }

// A rule tries to say who speaks stretch i.
type rule struct {
	name  string
	score float64 // share of true quotes among those it found, see the package comment
	try   func(r *run, i int) (claim, bool)
}

// ordered are the rules that look at the words around one stretch, most trusted first.
var ordered = []rule{
	{"cue-then-name", 0.98, (*run).cueThenName},
	{"name-then-cue", 0.97, (*run).nameThenCue},
	{"attribution-line", 0.95, (*run).attributionLine},
	{"name-colon", 0.70, (*run).nameColon},
	{"split", 0.96, (*run).split},
	{"cue-before", 0.94, (*run).cueBefore},
	{"according-to", 0.85, (*run).accordingTo},
	{"intro-paragraph", 0.80, (*run).introParagraph},
	{"intro-colon", 0.85, (*run).introColon},
	{"words-of", 0.80, (*run).wordsOf},
	{"in-sentence", 0.80, (*run).inSentence},
	{"sentence-end", 0.80, (*run).sentenceEnd},
	{"same-sentence", 0.88, (*run).sameSentence},
}

// chained are the rules that go by the stretches before, for speech without a cue.
var chained = []rule{
	{"same-paragraph", 0.96, (*run).sameParagraph},
	{"interview-answer", 0.80, (*run).interviewAnswer},
	{"interview-turn", 0.80, (*run).interviewTurn},
	{"continued-speaker", 0.75, (*run).continuedSpeaker},
	{"only-name", 0.75, (*run).onlyName},
}

// nobody are the rules' names for speech of which no rule knows the speaker.
var nobody = rule{name: "no-speaker", score: 0.8}

// attributeAll tries the rules on all stretches, in order.
func (r *run) attributeAll() {
	r.claims = make([]claim, len(r.marked))
	for i := range r.marked {
		if r.marked[i].a >= r.marked[i].b {
			r.claims[i].skip = true
			continue
		}
		c := r.first(ordered, i)
		if c.found() && !r.spoken(i, &c) {
			c = claim{skip: true}
		}
		if !c.found() && !c.skip && r.standsAlone(i) {
			if c = r.first(chained, i); !c.found() {
				c = claim{rule: &nobody, who: subject{entity: -1}}
			}
		}
		r.resolve(i, &c)
		r.claims[i] = c
	}
}

// first returns the claim of the first of the rules that makes one.
func (r *run) first(rules []rule, i int) claim {
	for k := range rules {
		if c, ok := rules[k].try(r, i); ok {
			c.rule = &rules[k]
			return c
		}
	}
	return claim{}
}

// after returns the tokens behind stretch i that may hold its attribution: to the
// next stretch or the end of the paragraph.
func (r *run) after(i int) annotate.Range {
	s := &r.marked[i]
	hi := r.bounds(s.last).End
	k := i + 1
	if k < len(r.marked) && r.isNickname(&r.marked[k]) {
		k++
	}
	if k < len(r.marked) && r.marked[k].a < hi {
		hi = r.marked[k].a
	}
	return r.clamp(i, annotate.Range{First: s.b, End: max(s.b, min(hi, s.b+2*reach))})
}

// ahead returns the tokens before stretch i that may hold its attribution: from the
// stretch before or the begin of the paragraph.
func (r *run) ahead(i int) annotate.Range {
	s := &r.marked[i]
	lo := r.bounds(s.first).First
	if i > 0 && r.marked[i-1].b > lo {
		lo = r.marked[i-1].b
	}
	return r.clamp(i, annotate.Range{First: min(s.a, max(lo, s.a-2*reach)), End: s.a})
}

// ends reports whether token t ends a sentence.
func (r *run) ends(t int) bool {
	switch r.d.Word(t) {
	case "!", "?", ";":
		return true
	case ".": // not of "(D-Va.)" and "R-Ky.,"
		return t+1 >= len(r.d.Tokens) || !r.is(t+1, ",") && !r.is(t+1, ")")
	}
	return false
}

// cueSpan returns the bytes of token t.
func (r *run) cueSpan(t int) articles.Span { return r.d.Tokens[t].Span }
