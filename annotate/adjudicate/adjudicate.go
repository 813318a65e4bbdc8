// Package adjudicate compares what several annotators made of one text and settles what they differ on.
//
// Readings are compared question by question, never object by object: is there a name here and which words
// are it, what type is it, is it the same as another, who speaks a quote, by which verb. What all answer
// alike is the agreed part. A note answers no question, so it is no disagreement. Only claims that were not
// rejected count.
//
// # Questions
//
// A span that all marked asks nothing. What only some marked is grouped with what others marked over it: one
// question of presence or of ends, and an answer takes the type, the entity and the speakers along. Of the
// spans that all marked, those that every annotator has in one entity are a group, about which one question
// of type and one of identity are asked at most, however many mentions it has. A quote that all marked may
// have questions of its kind, its speakers and its reporting verb. An entity that people gave different
// names has a question of its name.
//
// What is asked alike of several mentions is asked once: of the same words, which the same people marked, each as of one
// entity, and which were not suggested to the same people. An answer is taken for each of them on which nothing is decided
// yet. Whatever is decided on one of them leaves the question open about the others. Quotes are asked about one by one.
//
// Answers that are alike are taken alike, whoever of those is taken who give them: what is decided follows from what these have in
// common. So names are alike only if nobody has them as one with a name that another has as one with others.
//
// Questions depend on the readings only, not on what was decided meanwhile, so that their number is known
// from the start. What is only about places and other names, which nobody is asked to review, is not asked, unless [Options]
// name them: of these the curated reading has what those have who decided, or else what those have who were shown it.
//
// # The curated reading
//
// [Case.Base] has what all have and somebody decided as confirmed, by whoever decided it; as suggested, by the machine, what all
// left so; and everything in dispute as suggested, with the answer of most. It takes the place of the machine's layer. [Case.Take] turns the choice of an answer into
// decisions with the verbs of package review, which any version of byline can apply. [Case.Settled] reports which
// questions a log answers, whoever wrote it and however, and [Case.Curated] leaves out whatever is still open. There, who says a quote is
// an entity of the annotators', not a mention: they say it as long as one of their mentions is left.
// All are functions of the readings and the log: the same on every machine, in whatever order the
// readings come.
package adjudicate

import (
	"cmp"
	"slices"
	"sync"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
)

// A Reading is what one annotator made of a text.
type Reading struct {
	Who             string
	*annotate.Layer                     // with their decisions applied
	Log             []annotate.Decision // their decisions, anchored in the text
	// Hidden reports whether a suggestion of the machine's was not shown to them; nil if all were.
	Hidden func(review.Target) bool
}

// Nobody stands for none of the annotators in [Case.Take]: neither reading is right.
const Nobody = ""

// A Case is a text with the readings of several annotators, and what they differ on.
type Case struct {
	Text      string
	Who       []string   // the annotators, sorted
	Questions []Question // that are asked, in reading order

	*table
	labels  []string           // see [Options]
	every   []Question         // what Questions ask, of each mention by itself, and then what is not asked
	renamed []map[int32]string // of each annotator, the names that they gave entities
	at      lookup
	numbers func() map[string]int // askedAt, once
	base    *annotate.Layer
}

// A table has what annotators marked side by side.
type table struct {
	readings []Reading // in the order of their names
	mentions sites
	quotes   sites
	groups   []group // of the mentions that all marked
	nodes    []node  // entities of the base
}

// New is the function [New] with options.
func (o Options) New(text string, readings []Reading) *Case {
	readings = slices.Clone(readings)
	slices.SortStableFunc(readings, func(a, b Reading) int { return cmp.Compare(a.Who, b.Who) })
	c := &Case{Text: text, labels: o.Labels, table: tableOf(slices.CompactFunc(readings, func(a, b Reading) bool { return a.Who == b.Who }))}
	for _, r := range c.readings {
		c.Who = append(c.Who, r.Who)
	}
	c.renamed = c.renames()
	c.ask()
	c.hush(o.Kinds)
	c.at = c.index()
	c.numbers = sync.OnceValue(c.askedAt)
	c.base = c.makeBase()
	return c
}

// tableOf compares readings.
func tableOf(readings []Reading) *table {
	t := &table{readings: readings}
	t.mentions = t.collectMentions()
	t.quotes = t.collectQuotes()
	t.groups = t.groupAgreed()
	t.makeNodes()
	return t
}

// Base returns the layer that the curator's decisions are applied to. What all agree on is confirmed if any of them decided it,
// and else what the machine suggested; what only some marked is suggested. It must not be modified.
func (c *Case) Base() *annotate.Layer { return c.base }

// find returns the index of the annotator called who, −1 for none.
func (c *Case) find(who string) int { return slices.Index(c.Who, who) }

// renames returns, for each annotator, the names that they gave entities of their layer.
func (c *Case) renames() []map[int32]string {
	out := make([]map[int32]string, len(c.readings))
	for i, r := range c.readings {
		if !slices.ContainsFunc(r.Log, func(d annotate.Decision) bool { return d.Verb == annotate.Rename }) {
			continue
		}
		out[i] = map[int32]string{}
		for _, b := range review.Blame(c.Text, r.Log) {
			if b.Verb != annotate.Rename || b.Span.Empty() {
				continue
			}
			if s := c.mentions.find(b.Span); s != nil && s.of[i] >= 0 {
				out[i][s.of[i]] = r.Layer.Entities[s.of[i]].Name
			}
		}
	}
	return out
}

// none is an empty span.
var none articles.Span
