package quotes

import (
	"byline/annotate"
	"byline/annotate/quotes/grammar"
	"byline/articles"
)

// A claim is who is said to speak a quotation, or words without marks.
type claim struct {
	grammar.Attribution
	span   articles.Span // of words without marks; of a quotation, unused
	rule   *rule
	gap    int     // tokens between the cue and the quotation
	speech float64 // the probability that it is speech
	rivals int     // of a pronoun: how many others it may mean
	points float64 // of a pronoun: those of whom it means
	also   []int   // entities that speak together with Who
	skip   bool    // the quotation is no speech
}

// by returns the claim that who speaks, without a cue.
func by(who grammar.Subject) claim { return claim{Attribution: grammar.Attribution{Who: who}} }

// found reports whether a rule decided.
func (c *claim) found() bool { return c.rule != nil }

// attributed reports whether a rule found who speaks, be it nobody who is known.
func (c *claim) attributed() bool { return c.rule != nil && c.rule != &nobody }

// from reports whether one of the rules with these names made the claim.
func (c *claim) from(names ...string) bool {
	for _, n := range names {
		if c.rule.name == n {
			return true
		}
	}
	return false
}

// A rule tries to say who speaks quotation i.
type rule struct {
	name string
	says string // to a reader, why
	try  func(an *analysis, i int) (claim, bool)
}

// ordered are the rules that look at the words around one quotation, most trusted first.
var ordered = []rule{
	{"cue-then-name", "A reporting verb follows the quote, and its subject follows the verb.", (*analysis).cueThenName},
	{"name-then-cue", "Who speaks and a reporting verb follow the quote.", (*analysis).nameThenCue},
	{"attribution-line", "A dash and a name follow the quote.", (*analysis).attributionLine},
	{"name-colon", "A name, or a word for what somebody says, precedes the quote with a colon.", (*analysis).nameColon},
	{"split", "The quote continues after the words that name its speaker.", (*analysis).split},
	{"cue-before", "A reporting verb with its subject introduces the quote.", (*analysis).cueBefore},
	{"according-to", "“According to” stands beside the quote.", (*analysis).accordingTo},
	{"intro-paragraph", "The paragraph above ends with a colon, and its subject speaks.", (*analysis).introParagraph},
	{"intro-colon", "The sentence ends with a colon before the quote, and its subject speaks.", (*analysis).introColon},
	{"words-of", "The sentence says whose words they are, without a reporting verb.", (*analysis).wordsOf},
	{"in-sentence", "The quoted words are part of what a verb before them reports.", (*analysis).inSentence},
	{"sentence-end", "The sentence around the quoted words ends with who says it.", (*analysis).sentenceEnd},
	{"same-sentence", "The sentence has another quote, with the same speaker.", (*analysis).sameSentence},
}

// chained are the rules that go by the quotations before, for speech without a cue.
var chained = []rule{
	{"same-paragraph", "An earlier quote in the paragraph has this speaker.", (*analysis).sameParagraph},
	{"interview-answer", "It follows a question: the person interviewed answers.", (*analysis).interviewAnswer},
	{"sentence-subject", "The sentence around the quoted words is about what its subject does or says.", (*analysis).sentenceSubject},
	{"beat", "The sentence before the quote says what its speaker says or does.", (*analysis).beat},
	{"interview-turn", "The quote above asks this person, who answers.", (*analysis).interviewTurn},
	{"continued-speaker", "The paragraph has no other speaker: the one above continues, or two take turns.", (*analysis).continuedSpeaker},
	{"told-above", "The paragraph above ends with what its speaker says, does or is asked.", (*analysis).toldAbove},
	{"only-name", "No one else is named before the quote in the paragraph.", (*analysis).onlyName},
}

// The rules that are not tried on quotations one by one.
var (
	nobody      = rule{name: "no-speaker", says: "It reads like speech, with no attribution."}
	echo        = rule{name: "headline-echo", says: "The headline repeats words of a quote below it."}
	leads       = rule{name: "quote-in-quote", says: "A reporting verb inside the quote introduces another quote."}
	reported    = rule{name: "said-that", says: "A clause without quotation marks follows a reporting verb."}
	trailing    = rule{name: "clause-then-cue", says: "The sentence ends with an attribution."}
	parted      = rule{name: "clause-around-cue", says: "The attribution stands between commas inside the sentence."}
	byAccount   = rule{name: "according-to-clause", says: "“According to” says whose account the clause is."}
	transcribed = rule{name: "transcript", says: "A label before the words says whose turn it is."}
	setOff      = rule{name: "block-quote", says: "A block quote is signed, or introduced by its speaker."}
	posted      = rule{name: "post", says: "A name with a handle is above it, or the line above says who wrote it."}
	unsigned    = rule{name: "block-quote-alone", says: "It is set as a block quote, with no attribution."}
	speaking    = rule{name: "speaker", says: "These words attribute a quote."}
)

// Rules returns every rule that an Origin of this package may name, with what it goes by, in the
// order of trust.
func Rules() []annotate.Rule {
	var all []annotate.Rule
	for _, rs := range [...][]rule{ordered, chained, {nobody, echo, leads, reported, trailing, parted, byAccount, transcribed, setOff, posted, unsigned, speaking}} {
		for i := range rs {
			all = append(all, annotate.Rule{Name: rs[i].name, Says: rs[i].says})
		}
	}
	return all
}

// attributeAll tries the rules on all quotations, in order.
func (an *analysis) attributeAll() {
	for i := range an.quotations {
		if an.quotations[i].A >= an.quotations[i].B {
			an.claims[i].skip = true
			continue
		}
		c := an.first(ordered, i)
		if !an.spoken(i, &c) {
			an.claims[i].skip = c.found()
			continue
		}
		if !c.found() {
			sure := c.speech
			if c = an.first(chained, i); !c.found() {
				c = by(grammar.Nobody)
				c.rule = &nobody
			}
			c.speech = sure
		}
		joint{&an.surroundings}.together(&c)
		an.resolve(i, &c)
		an.claims[i] = c
	}
	an.echoed()
}

// first returns the claim of the first of the rules that makes one.
func (an *analysis) first(rules []rule, i int) claim {
	for k := range rules {
		if c, ok := rules[k].try(an, i); ok {
			c.rule = &rules[k]
			return c
		}
	}
	return claim{}
}
