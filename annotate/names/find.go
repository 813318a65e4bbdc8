package names

import (
	"byline/annotate"
	"byline/annotate/names/model"
	"byline/articles"
)

// Stage is the stage that the origins of mentions name.
const Stage = "names"

// The rules that the origins of mentions name.
const (
	Rule  = "model"   // the trained model decides
	Firm  = "firm"    // the model, and what "&" holds together
	Again = "surname" // the surname of somebody whom the model found elsewhere
)

var types = [...]annotate.Type{
	model.Person: annotate.Person, model.Organization: annotate.Organization, model.Place: annotate.Place, model.Other: annotate.Other,
}

// Find returns the mentions by name in d, in order and without overlap. It depends on
// nothing but d and may run on several documents at once.
func Find(d *annotate.Doc) []annotate.Mention {
	found := surnamesAgain(d, repaired(d, model.Default().Tag(d)))
	ms := make([]annotate.Mention, 0, len(found))
	sentence := 0
	for _, n := range found {
		for d.Sentences[sentence].Tokens.End <= n.First {
			sentence++
		}
		ms = append(ms, mention(d, n, d.Sentences[sentence].Tokens.First))
	}
	return ms
}

// mention returns the mention that n is, in a sentence whose first token is first.
func mention(d *annotate.Doc, n named, first int) annotate.Mention {
	m := annotate.Mention{
		Form:   annotate.Name,
		Type:   types[n.Kind],
		Origin: annotate.Origin{Stage: Stage, Rule: n.rule, Score: n.Score},
	}
	n.Range = withoutMarks(d, n.Range)
	if n.Kind == model.Person {
		n.Range = withoutPostNominals(d, withoutTitle(d, n.Range))
		m.Title = span(d, titleBefore(d, first, n.First))
	}
	m.Span = span(d, n.Range)
	return m
}

// withoutMarks returns g without signs at its begin and quotation marks at its end.
func withoutMarks(d *annotate.Doc, g annotate.Range) annotate.Range {
	for g.First+1 < g.End && d.Tokens[g.First].Kind >= annotate.Mark {
		g.First++
	}
	for g.First+1 < g.End && d.Tokens[g.End-1].Kind == annotate.Mark {
		g.End--
	}
	return g
}

// span returns the bytes of the tokens in g.
func span(d *annotate.Doc, g annotate.Range) articles.Span {
	if g.First >= g.End {
		return articles.Span{}
	}
	return articles.Span{Start: d.Tokens[g.First].Start, End: d.Tokens[g.End-1].End}
}
