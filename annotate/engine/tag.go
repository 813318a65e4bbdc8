package engine

import (
	"sort"

	"byline/annotate"
	"byline/annotate/names"
	"byline/annotate/people"
	"byline/annotate/segment"
)

// tags are the types as the shared tasks of CoNLL write them. Any other type is MISC.
var tags = map[annotate.Type]string{annotate.Person: "PER", annotate.Organization: "ORG", annotate.Place: "LOC"}

// Tag returns a tag for each token of sentences that are already cut into tokens: O outside
// names, B-PER, I-PER and so on inside (IOB2). Names and their types are
// those that [Engine.Annotate] finds, on the tokens as given.
func (e *Engine) Tag(sentences [][]string) [][]string {
	d := segment.Tokens(sentences)
	flat := make([]string, len(d.Tokens))
	for i := range flat {
		flat[i] = "O"
	}
	for _, x := range e.Entities(d) {
		for _, m := range x.Mentions {
			if m.Form == annotate.Name {
				mark(flat, d.Tokens, m)
			}
		}
	}
	out := make([][]string, len(sentences))
	for i, s := range sentences {
		out[i], flat = flat[:len(s):len(s)], flat[len(s):]
	}
	return out
}

// Entities returns who and what is named in a document that is already cut into tokens, as
// [Engine.Annotate] finds it, with mentions by name only.
func (e *Engine) Entities(d *annotate.Doc) []annotate.Entity {
	ms, shares := names.Weigh(d, e.tagger)
	return people.Group(d.Text, names.Apart(d.Text, names.Listed(d.Text, e.types.Decide(d.Text, ms, e.types.Read(d, ms, shares)))))
}

// Group joins mentions by name, in order, into entities as [Engine.Annotate] does.
func (e *Engine) Group(text string, ms []annotate.Mention) []annotate.Entity {
	return people.Group(text, ms)
}

// mark tags the tokens of m, unless a name has one of them already.
func mark(flat []string, tokens []annotate.Token, m annotate.Mention) {
	first := sort.Search(len(tokens), func(i int) bool { return tokens[i].End > m.Start })
	end := first
	for end < len(tokens) && tokens[end].Start < m.End {
		if flat[end] != "O" {
			return
		}
		end++
	}
	tag, known := tags[m.Type]
	if !known {
		tag = "MISC"
	}
	for i := first; i < end; i++ {
		flat[i] = "I-" + tag
	}
	if first < end {
		flat[first] = "B-" + tag
	}
}
