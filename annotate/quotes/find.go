package quotes

import (
	"slices"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/annotate/quotes/grammar"
	"byline/annotate/quotes/marks"
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
	outer, inner := marks.Pair(d)
	an := analyze(d, es, outer, f.Gender)
	an.attributeAll()
	qs := an.quotes()
	if len(inner) == 0 {
		return qs
	}
	qs = append(qs, an.quotesInside(inner)...)
	slices.SortStableFunc(qs, func(a, b annotate.Quote) int { return a.Compare(b.Span) })
	return apart(qs)
}

// An analysis attributes the quotations of one document.
type analysis struct{ attributed }

// analyze returns the analysis of d, with nothing attributed yet.
func analyze(d *annotate.Doc, es []annotate.Entity, qs []marks.Quotation, known func(string) en.Gender) *analysis {
	an := &analysis{}
	an.Grammar = grammar.New(d, es, qs, known)
	an.d, an.es, an.quotations = d, es, qs
	an.claims = make([]claim, len(qs))
	return an
}
