package quotes

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/annotate/quotes/grammar"
	"byline/annotate/quotes/loglinear"
	"byline/annotate/quotes/words"
)

// How far a claim on a quotation can be trusted: the probability that what is marked is speech, times
// the probability that, if it is, it is given to the right speaker. The latter is a log-linear model
// of which rule decided and of how sure it can be whom its words mean; package train learns it.

//go:embed trust.txt
var trustTable string

var trustWeights = sync.OnceValue(func() loglinear.Weights {
	w, err := loglinear.Parse(trustTable)
	if err != nil {
		panic("quotes: trust.txt: " + err.Error())
	}
	return w
})

// speechLine corrects how sure the weights of speech are: what they were learned from has more other words
// in marks than news has.
func speechLine() loglinear.Line {
	w := trustWeights()
	return loglinear.Line{Slope: w[SpeechSlope], Shift: w[SpeechShift]}
}

// The rows of trust.txt with the correction of the weights of speech, which are no features.
const (
	SpeechSlope = "speech-slope"
	SpeechShift = "speech-shift"
)

// trust returns how far the claim c on quotation i can be trusted.
func (an *attributed) trust(i int, c *claim) float64 {
	signs := an.signs(i, c)
	if an.noted != nil {
		an.noted(Passage{an.quotations[i].Span, signs})
	}
	return c.speech * trustWeights().Probability(signs)
}

// signs returns the features of whether the claim c on quotation i has the right speaker.
func (an *attributed) signs(i int, c *claim) []string {
	rule, who := "rule="+c.rule.name, an.whoOf(c)
	all := []string{"any", rule, who, rule + "+" + who, "class" + strconv.Itoa(int(c.Class)), "gap" + gapOf(c.gap)}
	q := &an.quotations[i]
	if an.lookAt(i).words < fullCapital {
		all = append(all, "short", "short+"+rule)
	}
	if c.Cue.Empty() {
		all = append(all, "no-cue", "no-cue+"+who)
	}
	if c.Who.Form == annotate.Pronoun {
		all = append(all, "rivals"+strconv.Itoa(min(c.rivals, mostRivals)), "points"+strconv.Itoa(int(c.points)))
	}
	if c.Who.Entity >= 0 && c.Who.B > 0 && c.Who.Form == annotate.Name {
		if t := c.Who.A - 1; t >= 0 {
			all = append(all, "after-"+wordKind(an.Low(t)))
		}
		if q.A > c.Who.B && c.from("cue-before", "in-sentence", "sentence-subject") {
			all = append(all, "names-between"+strconv.Itoa(an.namesBetween(c.Who.B, q.A)))
		}
	}
	return append(all, "people"+strconv.Itoa(min(an.peopleBefore(i), mostRivals)))
}

// whoOf returns the name of what kind of words and of whom the speaker of c is.
func (an *attributed) whoOf(c *claim) string {
	who := &c.Who
	var kind string
	switch {
	case who.Empty() && who.Entity < 0:
		return "nobody"
	case who.Form == annotate.Pronoun:
		kind = "pronoun-" + strconv.Itoa(int(who.Gender))
	case who.Form == annotate.Nominal && who.Anaphoric:
		kind = "the-noun"
	case who.Form == annotate.Nominal:
		kind = "noun"
	case who.Empty():
		kind = "unsaid"
	default:
		kind = "name"
	}
	switch {
	case who.Entity >= 0:
		return kind + "-" + string(an.es[who.Entity].Type)
	case words.Authored.Has(who.Head) || words.English().Nouns[who.Head].Document:
		return kind + "-document"
	case strings.HasPrefix(who.Head, "spokes"):
		return kind + "-spokesman"
	case words.English().Nouns[who.Head].Gender == en.Plural:
		return kind + "-many"
	}
	return kind + "-unknown"
}

// namesBetween returns how many names of people and organizations are in tokens [a,b), at most two.
func (an *attributed) namesBetween(a, b int) int {
	n := 0
	for t := a; t < b && n < 2; t++ {
		if m := an.NameAt(t); m != nil && m.A == t && isSpeaker(&an.es[m.Entity]) {
			n++
		}
	}
	return n
}

// peopleBefore returns how many people and organizations are named in the paragraph of quotation i
// before it and outside of marks.
func (an *attributed) peopleBefore(i int) int {
	q := &an.quotations[i]
	first := an.Bounds(q.First).First
	names := an.NamesBefore(q.Start)
	var seen []int
	for k := len(names) - 1; k >= max(0, len(names)-grammar.NamesBack) && names[k].A >= first && len(seen) < mostRivals; k-- {
		n := &names[k]
		if !an.Quoted(n) && isSpeaker(&an.es[n.Entity]) && !slices.Contains(seen, n.Entity) {
			seen = append(seen, n.Entity)
		}
	}
	return len(seen)
}

// mostRivals is the largest number of others that a feature tells from more.
const mostRivals = 3
