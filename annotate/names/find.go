package names

import (
	"byline/annotate"
	"byline/articles"
)

// Version counts the changes to the rules of this package after which the names of a tagger may
// give other mentions.
const Version = 13

// stage is the name of this stage in the origins of mentions.
const stage = "names"

// The rules in the origins of mentions, besides the tagger's.
const (
	firm       = "firm"       // the tagger's, joined by "&"
	apart      = "apart"      // a type by the words beside it
	aside      = "aside"      // missed by the tagger, told by a word beside it
	listed     = "listed"     // the type of the lists
	players    = "players"    // in a list of persons behind a colon
	transcript = "transcript" // a speaker in capitals
	surname    = "surname"    // the surname of a person whom the tagger found elsewhere
)

// Rules returns the rules that this package uses in origins, with their explanations.
func Rules(t Tagger) []annotate.Rule {
	return []annotate.Rule{
		t.Rule(),
		{Name: firm, Says: "Names on both sides of an ampersand form one organization."},
		{Name: apart, Says: "The words beside it allow only this type."},
		{Name: aside, Says: "A word beside it says that it is an organization."},
		{Name: listed, Says: "The lists have this name with one type only."},
		{Name: players, Says: "It stands in a list of people behind a colon."},
		{Name: transcript, Says: "A title and a name in capitals start the line, followed by a colon."},
		{Name: surname, Says: "Somebody with this surname is named in full in the article."},
	}
}

// Find returns the mentions by name in d, sorted and without overlap. It is a pure function, and
// safe for concurrent use.
func Find(d *annotate.Doc, t Tagger) []annotate.Mention {
	ms, _ := Weigh(d, t)
	return ms
}

// Weigh is Find that also returns the tagger's shares of the types for each mention.
func Weigh(d *annotate.Doc, t Tagger) ([]annotate.Mention, []Shares) {
	found := joinKin(d, joinNicknames(d, repair(d, splitLines(d, tag(d, t)), t.Rule().Name)))
	found = withListed(d, splitHomes(d, splitSides(d, mendBorders(d, found))))
	found = withSpeakers(d, surnamesAgain(d, withLineups(d, withUnseen(d, mendEnds(d, found)))))
	ms := make([]annotate.Mention, 0, len(found))
	shares := make([]Shares, len(found))
	sentence := 0
	for i, n := range found {
		shares[i] = n.Shares
		for d.Sentences[sentence].Tokens.End <= n.First {
			sentence++
		}
		ms = append(ms, mention(d, n, d.Sentences[sentence].Tokens.First))
	}
	return splitPairs(d.Text, ms, shares)
}

// mention returns the mention for n, in a sentence whose first token is first.
func mention(d *annotate.Doc, n named, first int) annotate.Mention {
	m := annotate.Mention{
		Form:   annotate.Name,
		Type:   n.Type,
		Origin: annotate.Origin{Stage: stage, Rule: n.rule, Score: n.Score},
	}
	n.Range = withoutMarks(d, n.Range)
	if n.Type == annotate.Person {
		n.Range = withoutPostNominals(d, withoutTitle(d, n.Range))
		m.Title = span(d, titleBefore(d, first, n.First))
	}
	m.Span = nameInWord(d.Text, span(d, n.Range))
	return m
}

// withoutMarks returns g without leading signs and trailing quotation marks.
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
