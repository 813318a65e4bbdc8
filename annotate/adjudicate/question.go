package adjudicate

import (
	"cmp"
	"fmt"
	"slices"

	"byline/annotate"
	"byline/articles"
)

// An about says what annotators differ on.
type about uint8

// What they may differ on.
const (
	onPresence  about = iota // whether there is a name or quote; only some marked it
	onEnds                   // which words it is
	onType                   // what type an entity is
	onIdentity               // whether it is the same entity as another
	onName                   // what an entity is called
	onQuoteType              // what kind a quote is
	onSpeaker                // who says a quote
	onCue                    // which verb introduces a quote
)

// A Question is one thing that annotators answer differently.
type Question struct {
	about   about
	Kind    annotate.Kind
	Span    articles.Span   // the words in dispute, or the first of them
	Spans   []articles.Span // all that it is about, in order of its mentions
	Answers []Answer        // of each annotator, in the order of [Case.Who]

	group int32   // of Type, Identity and Name
	place []int32 // of Marked and Ends: indices of sites
	of    []int32 // of each annotator the quote; −1 for none
	quiet bool    // it needs no answer
	parts []int32 // of one that is asked: what it asks of each of its mentions, as indices of Case.every

	stands []int32 // of a quiet one of presence or ends: indices of the sites that are in the curated reading
}

// An Answer is what one annotator says to a question.
type Answer struct {
	Who  string
	Says string // "organization", "the same as Marta Quill", "nobody"; as long as what was marked, see [Apart]
	Like int    // the first annotator, as an index, who says the same: theirs if nobody before them does
	// Unshown reports whether they marked nothing because what others have was not suggested to them.
	Unshown bool
}

// Asked returns what the question with an index asks, and what everybody answers, as one text: two questions with the same one
// are the same, whatever their numbers.
func (c *Case) Asked(i int) string {
	q := &c.Questions[i]
	return fmt.Sprintf("%d %s %v %v %+v", q.about, q.Kind, q.Span, q.Spans, q.Answers)
}

// indices returns the indices of questions that Asked returned; false if one of them is not asked any more.
func (c *Case) indices(asked []string) (out []int, ok bool) {
	at := c.numbers()
	for _, a := range asked {
		i, ok := at[a]
		if !ok {
			return nil, false
		}
		out = append(out, i)
	}
	return out, true
}

// askedAt returns the indices of the questions by what Asked returns.
func (c *Case) askedAt() map[string]int {
	at := make(map[string]int, len(c.Questions))
	for i := range c.Questions {
		at[c.Asked(i)] = i
	}
	return at
}

// ask finds all questions.
func (c *Case) ask() {
	if len(c.readings) < 2 {
		return
	}
	for _, place := range c.mentions.places {
		c.askPlace(annotate.OfMention, &c.mentions, place)
	}
	for _, place := range c.quotes.places {
		c.askPlace(annotate.OfQuote, &c.quotes, place)
	}
	for g := range c.groups {
		c.askGroup(int32(g))
	}
	for i := range c.quotes.list {
		if s := &c.quotes.list[i]; s.all() {
			c.askQuote(s)
		}
	}
	slices.SortStableFunc(c.Questions, func(a, b Question) int {
		return cmp.Or(a.Span.Compare(b.Span), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.about, b.about))
	})
}

// put adds a question if the answers differ. alike reports whether annotators, given as indices, answer alike; says puts
// the answer of those who do into words.
func (c *Case) put(q Question, alike func(who []int) bool, says func(who []int, how saying) string) {
	var sides [][]int
	for i := range c.Who {
		k := slices.IndexFunc(sides, func(side []int) bool { return alike(append(slices.Clip(side), i)) })
		if k < 0 {
			k, sides = len(sides), append(sides, nil)
		}
		sides[k] = append(sides[k], i)
	}
	if len(sides) < 2 {
		return
	}
	q.Answers = make([]Answer, len(c.Who))
	for k, say := range sayAll(sides, says) {
		for _, i := range sides[k] {
			q.Answers[i] = Answer{Who: c.Who[i], Says: say, Like: sides[k][0]}
		}
	}
	c.Questions = append(c.Questions, q)
}

// equal returns what [Case.put] takes of answers that are equal or not.
func equal(same func(i, j int) bool) func(who []int) bool {
	return func(who []int) bool { return same(who[0], who[len(who)-1]) }
}

// askPlace asks what is marked where not all marked the same. An answer is all that an annotator marked there, with
// types, entities and speakers.
func (c *Case) askPlace(k annotate.Kind, ss *sites, place []int32) {
	q := Question{about: onPresence, Kind: k, place: place, of: slices.Repeat([]int32{-1}, len(c.readings))}
	for _, i := range place {
		q.Spans = append(q.Spans, ss.list[i].Span)
	}
	q.Span = q.Spans[0]
	marked := func(i int) (out []*site) {
		for _, x := range place {
			if s := &ss.list[x]; s.of[i] >= 0 {
				out = append(out, s)
			}
		}
		return out
	}
	alike := func(who []int) bool {
		return slices.EqualFunc(marked(who[0]), marked(who[len(who)-1]), func(a, b *site) bool {
			return a.Span == b.Span && (k == annotate.OfMention && c.sameName(who, a) || k == annotate.OfQuote && c.sameQuote(who, a))
		})
	}
	some := -1
	for i := range c.readings {
		switch ms := marked(i); {
		case len(ms) == 0:
		case some < 0:
			some = i
		case !slices.EqualFunc(ms, marked(some), func(a, b *site) bool { return a.Span == b.Span }):
			q.about = onEnds
		}
	}
	if len(marked(some)) > 1 {
		q.about = onEnds
	}
	n := len(c.Questions)
	c.put(q, alike, func(who []int, how saying) string {
		return c.says().marked(k, who, marked(who[0]), q.about == onEnds, how)
	})
	for i := range c.Questions[n:] {
		c.noteUnshown(&c.Questions[n+i], ss)
	}
}

// askGroup asks what a group is: its type and whether it is one with another, and what it is called.
func (c *Case) askGroup(g int32) {
	x := &c.groups[g]
	q := Question{about: onType, Kind: annotate.OfMention, group: g}
	for _, i := range x.sites {
		q.Spans = append(q.Spans, c.mentions.list[i].Span)
	}
	q.Span = q.Spans[0]
	typ := func(i int) annotate.Type { return c.typeOf(i, x.of[i]) }
	for i := range x.first {
		if x.first[i] != x.first[0] {
			q.about = onIdentity
		}
	}
	if q.about == onIdentity {
		c.put(q, equal(func(i, j int) bool { return x.first[i] == x.first[j] && (x.first[i] != g || typ(i) == typ(j)) }), func(who []int, how saying) string {
			if i := who[0]; x.first[i] != g {
				return c.says().same(x.first[i], how)
			}
			return c.says().alone(typ(who[0]))
		})
		return
	}
	c.put(q, equal(func(i, j int) bool { return typ(i) == typ(j) }), func(who []int, _ saying) string { return string(typ(who[0])) })
	if q.about = onName; !renamedApart(c.renamed, x.of) {
		return
	}
	called := func(i int) string { return c.called(i, x.of[i]) }
	c.put(q, equal(func(i, j int) bool { return called(i) == called(j) }), func(who []int, _ saying) string { return called(who[0]) })
}

// renamedApart reports whether annotators gave entities of theirs different names. Those that nobody renamed are called after what
// else is of them, about which other questions are.
func renamedApart(renamed []map[int32]string, of []int32) bool {
	for i, e := range of {
		if renamed[i][e] != renamed[0][of[0]] {
			return true
		}
	}
	return false
}

// askQuote asks about a quote that all marked.
func (c *Case) askQuote(s *site) {
	q := Question{about: onQuoteType, Kind: annotate.OfQuote, Span: s.Span, Spans: []articles.Span{s.Span}, of: s.of}
	at := func(i int) *annotate.Quote { return c.quoteOf(i, s.of[i]) }
	c.put(q, equal(func(i, j int) bool { return at(i).Type == at(j).Type }), func(who []int, _ saying) string { return string(at(who[0]).Type) })
	q.about = onSpeaker
	c.put(q, func(who []int) bool { return c.alikeSpeakers(who, s) != nil }, func(who []int, how saying) string { return c.says().by(who, s, how) })
	q.about = onCue
	c.put(q, equal(func(i, j int) bool { return at(i).Cue == at(j).Cue }), func(who []int, how saying) string { return c.says().cue(at(who[0]), how) })
}
