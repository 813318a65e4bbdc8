package quotes

import (
	"slices"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/annotate/quotes/grammar"
	"byline/annotate/quotes/marks"
	"byline/articles"
)

// A Finder finds quotes. The zero Finder works.
type Finder struct {
	// Gender returns what a first name tells of its bearer; nil knows of none.
	Gender func(first string) en.Gender
}

// Find returns the quotes of d in the order of [articles.Span.Compare]. The spans of quotes are
// byte ranges of d.Text; es are the entities with their mentions by name. See the package comment
// for what counts as a quote and who as its speaker.
func Find(d *annotate.Doc, es []annotate.Entity) []annotate.Quote {
	return new(Finder).Find(d, es)
}

// Find is as the function [Find], with what f knows.
func (f *Finder) Find(d *annotate.Doc, es []annotate.Entity) []annotate.Quote {
	if len(d.Tokens) == 0 {
		return nil
	}
	an := f.analyze(d, es)
	an.attributeAll()
	qs := an.quotes()
	if len(an.within) == 0 {
		return qs
	}
	qs = append(qs, an.quotesInside(an.within)...)
	slices.SortStableFunc(qs, func(a, b annotate.Quote) int { return a.Compare(b.Span) })
	return apart(qs)
}

// An analysis attributes the quotations of one document.
type analysis struct {
	attributed
	within []marks.Quotation        // the quotations inside others
	gold   func(articles.Span) bool // says what is speech, in place of the weights; nil: they do
	seen   []Passage                // with gold: the passages
}

// analyze returns the analysis of d, with nothing attributed yet.
func (f *Finder) analyze(d *annotate.Doc, es []annotate.Entity) *analysis {
	outer, inner := marks.Pair(d)
	an := &analysis{within: inner}
	an.Grammar = grammar.New(d, es, outer, f.Gender)
	an.d, an.es, an.quotations = d, es, outer
	an.claims = make([]claim, len(outer))
	return an
}
