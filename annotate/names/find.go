package names

import (
	"byline/annotate"
	"byline/annotate/lexicon"
	"byline/articles"
)

// Stage is the stage that the origins of mentions name.
const Stage = "names"

// Find returns the mentions by name in d, in order and without overlap. It depends on
// nothing but d and may run on several documents at once.
func Find(d *annotate.Doc) []annotate.Mention {
	r := &run{d: d, spaced: spaced(d)}
	r.note()
	for i := range d.Sentences {
		r.sentence(i)
	}
	r.decide()
	return r.mentions()
}

// spaced reports whether blanks stand before commas and full stops, as in gold data. There
// a lone hyphen or apostrophe may be a part of a name.
func spaced(d *annotate.Doc) bool {
	for i := range d.Tokens[:min(len(d.Tokens), 200)] {
		if s := d.Tokens[i].Start; s > 0 && (d.Text[s] == ',' || d.Text[s] == '.') {
			return d.Text[s-1] == ' '
		}
	}
	return false
}

// A run is the work on one document.
type run struct {
	d      *annotate.Doc
	words  []word // by token
	chunks []chunk
	small  sieve // words that the document writes small somewhere
	memory map[lexicon.Key]votes
	spaced bool // blanks stand before commas: someone else made the tokens
	edge   word // stands beyond the ends of a sentence
}

// A chunk is a stretch of tokens that may be a name.
type chunk struct {
	annotate.Range                // tokens
	title          annotate.Range // tokens of the title before it; empty if none
	kind           kind
	rule           int // index into rules; −1 while nothing decided
	end            int // of the sentence's tokens
	first          int // of the sentence's tokens
}

// A kind is what a name is of; nothing means that it is none.
type kind uint8

const (
	nothing kind = iota
	person
	organization
	place
	other
)

var types = [...]annotate.Type{person: annotate.Person, organization: annotate.Organization, place: annotate.Place, other: annotate.Other}

// mentions returns the chunks that are names.
func (r *run) mentions() []annotate.Mention {
	n := 0
	for i := range r.chunks {
		if r.chunks[i].kind != nothing {
			n++
		}
	}
	ms := make([]annotate.Mention, 0, n)
	for i := range r.chunks {
		c := &r.chunks[i]
		if c.kind == nothing {
			continue
		}
		ms = append(ms, annotate.Mention{
			Span:   r.span(c.Range),
			Form:   annotate.Name,
			Type:   types[c.kind],
			Title:  r.span(c.title),
			Origin: annotate.Origin{Stage: Stage, Rule: rules[c.rule].name, Score: rules[c.rule].score},
		})
	}
	return ms
}

// span returns the bytes of the tokens in g.
func (r *run) span(g annotate.Range) articles.Span {
	if g.First >= g.End {
		return articles.Span{}
	}
	return articles.Span{Start: r.d.Tokens[g.First].Start, End: r.d.Tokens[g.End-1].End}
}
