// Package eval compares the engine's claims with annotations by people: names, clusters of names,
// quotes, and speakers. It does not read files; package corpus does, and package gold reads
// articles that are annotated inline. Command keystrokes counts the keys of a
// perfect annotator; command peers, a module of its own, scores other taggers.
//
// The measures are those of the field, each with its source at its function: spans as
// in the shared tasks of CoNLL, clusters by B³, CEAF and MUC as in the reference scorer
// of CoNLL-2012, quotes by exact and by half overlap, scores by how far they are from
// shares. Counts are summed over documents and divided once, at the end, so that a long
// document weighs more than a short one. Sums are taken in the order of the documents:
// the same gold and layers give the same figures, bit for bit.
//
// [Score] compares one document; tallies are added up, and [Tally.Report] gives the figures.
package eval

import (
	"slices"
	"sort"

	"byline/annotate"
	"byline/articles"
)

// Parts are the parts of a document that people annotated; the others are not scored.
type Parts uint8

// The parts of an annotation.
const (
	Names    Parts = 1 << iota // all names, with types
	Clusters                   // who is the same, of names of people and organizations
	Quotes                     // quotes with speakers
	Passages                   // words in marks, with the speakers of those that are speech
	Bare                       // clusters without a text, only with names
)

// A Doc is a text with what people annotated in it. The spans of Gold and NonQuotes are
// bytes of Text.
type Doc struct {
	Name      string           // file and place, for lists of errors
	Text      string           //
	Blocks    []articles.Block // of Text; nil: each line is a paragraph
	Tokens    *annotate.Doc    // if the gold is cut into tokens; otherwise nil
	Gold      annotate.Layer   //
	NonQuotes []NonQuote       // words in marks that are not a quote
	Has       Parts
	Sentence  bool // a sentence of a file that does not say where documents begin
	Guesses   int  // names and quotes of the gold that a machine made and nobody confirmed
	Loose     bool // a gold speaker is the words before the cue, titles and all, or a name without a place; none: not known
}

// An Engine is the system to score.
type Engine struct {
	Annotate func(text string, blocks []articles.Block) *annotate.Layer
	Entities func(*annotate.Doc) []annotate.Entity                      // names of a text that is cut into tokens, joined
	Group    func(text string, ms []annotate.Mention) []annotate.Entity // names that are given, joined
}

// A Tally sums up counts over documents. The zero Tally is empty. What it counts is exported to be
// saved; the figures are those of [Tally.Report].
type Tally struct {
	Name      string `json:",omitempty"` // of the first document
	Docs      int
	Sentences int `json:",omitempty"` // of the documents, those that are one sentence
	Has       Parts
	Names     map[annotate.Type]spanCount
	Clusters  [2]ClusterCount          `json:",omitzero"`
	Quotes    [len(classes)]quoteCount `json:",omitzero"`
	Passages  passageCount             `json:",omitzero"`
	Claims    []claim                  `json:",omitempty"`
	Errors    []Error                  `json:"-"` // where they were asked for
}

// What is joined into clusters: the names that the engine found, or the gold's own.
const (
	namesFound = iota
	namesGiven
)

// Score compares the claims of e in d with the gold; with errors, it also lists the differences.
func Score(d *Doc, e Engine, errors bool) *Tally {
	t := &Tally{Name: d.Name, Docs: 1, Has: d.Has, Names: map[annotate.Type]spanCount{}}
	if d.Sentence {
		t.Sentences = 1
	}
	c := &comparison{Tally: t, d: d, listing: errors}
	if d.Has&Clusters != 0 {
		c.scoreGrouping(e)
	}
	if d.Has&^(Bare|Clusters) == 0 && d.Has&Bare != 0 {
		return t
	}
	l := &annotate.Layer{}
	if d.Tokens != nil {
		l.Entities = e.Entities(d.Tokens)
	} else {
		l = e.Annotate(d.Text, d.Blocks)
	}
	if d.Has&Names != 0 {
		c.scoreNames(l)
	}
	if d.Has&Clusters != 0 {
		c.scoreClusters(l)
	}
	if d.Has&Quotes != 0 {
		c.scoreQuotes(l)
	}
	if d.Has&Passages != 0 {
		c.scorePassages(l)
	}
	return t
}

// A comparison is the scoring of one document.
type comparison struct {
	*Tally
	d       *Doc
	listing bool
}

// Add adds the counts of o to t.
func (t *Tally) Add(o *Tally) { t.add(o, true) }

// add adds the counts of o to t, with its claims or without.
func (t *Tally) add(o *Tally, claims bool) {
	if t.Docs == 0 {
		t.Name = o.Name
	}
	t.Docs += o.Docs
	t.Sentences += o.Sentences
	t.Has |= o.Has
	if t.Names == nil {
		t.Names = map[annotate.Type]spanCount{}
	}
	for k, n := range o.Names {
		t.Names[k] = t.Names[k].plus(n)
	}
	for i := range t.Clusters {
		t.Clusters[i].add(&o.Clusters[i])
	}
	for i := range t.Quotes {
		t.Quotes[i].add(&o.Quotes[i])
	}
	t.Passages.add(&o.Passages)
	if claims {
		t.Claims = append(t.Claims, o.Claims...)
	}
	t.Errors = append(t.Errors, o.Errors...)
}

// A named mention with the name of its entity's place in the layer.
type named struct {
	annotate.Mention
	entity int
}

// byName returns the mentions by name of a layer in order, of the given types or of all; of
// several with one span, the first. If the document is split into tokens, they are extended to
// whole ones.
func (d *Doc) byName(es []annotate.Entity, types ...annotate.Type) []named {
	var all []named
	for i, e := range es {
		for _, m := range e.Mentions {
			if m.Form != annotate.Name || m.State == annotate.Rejected {
				continue
			}
			if m.Type = e.Type; len(types) > 0 && !slices.Contains(types, e.Type) {
				continue
			}
			if d.Tokens != nil {
				m.Span = wholeTokens(d.Tokens.Tokens, m.Span)
			}
			all = append(all, named{m, i})
		}
	}
	slices.SortStableFunc(all, func(a, b named) int { return a.Compare(b.Span) })
	return slices.CompactFunc(all, func(a, b named) bool { return a.Span == b.Span })
}

// wholeTokens returns s extended to the tokens that it touches.
func wholeTokens(tokens []annotate.Token, s articles.Span) articles.Span {
	first := sort.Search(len(tokens), func(i int) bool { return tokens[i].End > s.Start })
	for i := first; i < len(tokens) && tokens[i].Start < s.End; i++ {
		s.Start, s.End = min(s.Start, tokens[i].Start), max(s.End, tokens[i].End)
	}
	return s
}
