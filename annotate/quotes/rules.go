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
	score float64 // see the package comment
	says  string  // to a reader, why
	try   func(r *run, i int) (claim, bool)
}

// ordered are the rules that look at the words around one stretch, most trusted first.
var ordered = []rule{
	{"cue-then-name", 0.98, "A verb of saying stands right behind the quote, with its subject behind it.", (*run).cueThenName},
	{"name-then-cue", 0.99, "A name and its verb of saying stand right behind the quote.", (*run).nameThenCue},
	{"attribution-line", 0.93, "A dash and a name stand behind the quote.", (*run).attributionLine},
	{"name-colon", 0.89, "A name, or somebody's word for what is said, stands before the quote with a colon.", (*run).nameColon},
	{"split", 0.97, "The quote goes on after the words that name its speaker.", (*run).split},
	{"cue-before", 0.94, "A verb of saying with its subject leads in the quote.", (*run).cueBefore},
	{"according-to", 0.88, "“According to” stands beside the quote.", (*run).accordingTo},
	{"intro-paragraph", 0.83, "The paragraph above ends with a colon, and its subject speaks.", (*run).introParagraph},
	{"intro-colon", 0.85, "The sentence ends with a colon before the quote, and its subject speaks.", (*run).introColon},
	{"words-of", 0.85, "The sentence says whose words they are without a verb of saying.", (*run).wordsOf},
	{"in-sentence", 0.90, "The quoted words are part of what a verb before them reports.", (*run).inSentence},
	{"sentence-end", 0.82, "The sentence around the quoted words ends with who says it.", (*run).sentenceEnd},
	{"same-sentence", 0.87, "The sentence has another quote, and its speaker goes on.", (*run).sameSentence},
}

// chained are the rules that go by the stretches before, for speech without a cue.
var chained = []rule{
	{"same-paragraph", 0.97, "A quote before it in the paragraph has a speaker, who goes on.", (*run).sameParagraph},
	{"interview-answer", 0.80, "It stands alone below a question: whom the interview is with answers.", (*run).interviewAnswer},
	{"beat", 0.81, "The sentence before the quote in its paragraph says what its speaker says or does.", (*run).beat},
	{"interview-turn", 0.75, "The quote above asks somebody, who answers.", (*run).interviewTurn},
	{"continued-speaker", 0.75, "The paragraph has no other speaker, and the one above goes on or two take turns.", (*run).continuedSpeaker},
	{"only-name", 0.69, "The paragraph names nobody else before the quote.", (*run).onlyName},
}

// The rules that are not tried on stretches one by one.
var (
	nobody      = rule{name: "no-speaker", score: 0.62, says: "It reads like speech, and nothing says whose."}
	echo        = rule{name: "headline-echo", score: 0.82, says: "The headline marks words of a quote below it."}
	leads       = rule{name: "quote-in-quote", score: 0.80, says: "A verb of saying inside the quote leads in another."}
	reported    = rule{name: "said-that", score: 0.92, says: "A clause without marks follows a verb of saying."}
	trailing    = rule{name: "clause-then-cue", score: 0.86, says: "The sentence ends with who says what stands before."}
	parted      = rule{name: "clause-around-cue", score: 0.72, says: "Who says it stands between commas inside the sentence."}
	byAccount   = rule{name: "according-to-clause", score: 0.92, says: "“According to” says whose account the clause is."}
	transcribed = rule{name: "transcript", score: 0.96, says: "A label before the words says whose turn it is."}
	setOff      = rule{name: "block-quote", score: 0.82, says: "A block quote is signed, or somebody is said to speak before it."}
	posted      = rule{name: "post", score: 0.85, says: "A name with a handle stands over it, or the line above says who writes."}
	unsigned    = rule{name: "block-quote-alone", score: 0.60, says: "It is set apart as a block quote, and nothing says whose."}
	speaking    = rule{name: "speaker", says: "These words say who speaks a quote."}
)

// Rules returns every rule that an Origin of this package may name, with what it goes
// by, in the order of trust.
func Rules() []annotate.Rule {
	var all []annotate.Rule
	for _, rs := range [...][]rule{ordered, chained, {nobody, echo, leads, reported, trailing, parted, byAccount, transcribed, setOff, posted, unsigned, speaking}} {
		for i := range rs {
			all = append(all, annotate.Rule{Name: rs[i].name, Says: rs[i].says})
		}
	}
	return all
}

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
	r.echoed()
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
		return t+1 >= len(r.d.Tokens) || !r.is(t+1, ",") && !r.is(t+1, ")") && !r.shortened(t)
	}
	return false
}

// shortened reports whether the dot at token t is a short word's: "Del. Ann Lee".
func (r *run) shortened(t int) bool {
	if t == 0 || !r.word(t-1) || r.d.Tokens[t-1].Len() > 4 || r.d.Tokens[t-1].End != r.d.Tokens[t].Start || !r.upper(t-1) || !r.word(t+1) || !r.upper(t+1) {
		return false
	}
	return r.sentenceOf(t) == r.sentenceOf(t+1)
}

// cueSpan returns the bytes of token t.
func (r *run) cueSpan(t int) articles.Span { return r.d.Tokens[t].Span }
