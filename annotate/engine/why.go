package engine

import (
	"fmt"
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/evidence"
	"byline/annotate/lexicon"
	"byline/annotate/names"
	"byline/annotate/people"
	"byline/annotate/quotes"
	"byline/articles"
)

// Why returns the evidence for the claim at a span of l, a layer of text: for a mention why it is
// a name and why it belongs to its entity, for a quote why it is one, who speaks, and why that is
// the entity. It returns nothing if there is no such claim.
func (e *Engine) Why(text string, l *annotate.Layer, k annotate.Kind, s articles.Span) []annotate.Reason {
	if k == annotate.OfQuote {
		i := slices.IndexFunc(l.Quotes, func(q *annotate.Quote) bool { return q.Span == s })
		if i < 0 {
			return nil
		}
		return e.whyQuote(text, l, l.Quotes[i])
	}
	for i := range l.Entities {
		of := &l.Entities[i]
		for j := range of.Mentions {
			if of.Mentions[j].Span == s {
				return e.whyMention(text, of, &of.Mentions[j])
			}
		}
	}
	return nil
}

func (e *Engine) whyMention(text string, of *annotate.Entity, m *annotate.Mention) []annotate.Reason {
	name := annotate.Reason{Of: "the " + string(m.Form), Origin: m.Origin, Says: e.ruleBasis(m.Origin)}
	if !m.Title.Empty() {
		name.Words = append(name.Words, m.Title)
	}
	if m.Form == annotate.Name && !m.Origin.Human {
		name.Notes = listings(m.In(text), of.Type)
	}
	if len(of.Mentions) == 1 {
		return []annotate.Reason{name}
	}
	return []annotate.Reason{name, e.whyEntity(of)}
}

// whyEntity returns why the mentions of an entity belong together.
func (e *Engine) whyEntity(of *annotate.Entity) annotate.Reason {
	r := annotate.Reason{Of: "the " + string(of.Type), Origin: of.Origin, Says: e.ruleBasis(of.Origin)}
	r.Notes = []string{fmt.Sprintf("%s, %s", of.Name, mentions(len(of.Mentions)))}
	return r
}

func (e *Engine) whyQuote(text string, l *annotate.Layer, q *annotate.Quote) []annotate.Reason {
	r := annotate.Reason{Of: "the quote", Origin: q.Origin, Says: e.ruleBasis(q.Origin)}
	var speakers []annotate.Reason
	words := []articles.Span{q.Cue, q.SpeakerMention}
	for _, id := range q.Speakers() {
		if of := l.Entity(id); of != nil {
			naming := q.Naming(of, text)
			words = append(words, naming)
			speakers = append(speakers, e.whySpeaker(text, of, naming))
		}
	}
	slices.SortFunc(words, articles.Span.Compare)
	r.Words = slices.DeleteFunc(slices.Compact(words), articles.Span.Empty)
	switch len(speakers) {
	case 0:
		r.Notes = []string{"no speaker was found"}
	case 1:
		speakers[0].Of = "the speaker"
	}
	return append([]annotate.Reason{r}, speakers...)
}

// whySpeaker returns why the mentions of a speaker belong together, who is named by the words at
// naming.
func (e *Engine) whySpeaker(text string, speaker *annotate.Entity, naming articles.Span) annotate.Reason {
	who := e.whyEntity(speaker)
	who.Of = "a speaker"
	for i := range speaker.Mentions {
		if m := &speaker.Mentions[i]; m.Span == naming && m.Form != annotate.Name {
			who.Notes = append(who.Notes, fmt.Sprintf("“%s” refers to this name", m.In(text)))
		}
	}
	return who
}

// ruleBasis returns the explanation of the rule of o, of its own stage where two have one of that name.
func (e *Engine) ruleBasis(o annotate.Origin) string {
	own := map[string][]annotate.Rule{"people": people.Rules(), "quotes": quotes.Rules()}[o.Stage]
	for _, list := range [][]annotate.Rule{own, names.Rules(e.tagger), {evidence.Rule}, people.Rules(), quotes.Rules()} {
		for _, r := range list {
			if r.Name == o.Rule {
				return r.Says
			}
		}
	}
	return ""
}

// mentions returns "1 mention", "2 mentions".
func mentions(n int) string {
	if n == 1 {
		return "1 mention"
	}
	return fmt.Sprintf("%d mentions", n)
}

// classes are the lists of words, described for people, and the type that each speaks for.
var classes = []struct {
	lexicon.Class
	says string
	typ  annotate.Type
}{
	{lexicon.First, "a first name", annotate.Person}, {lexicon.Surname, "a surname", annotate.Person}, {lexicon.Company, "a company", annotate.Organization},
	{lexicon.School, "a university", annotate.Organization}, {lexicon.Agency, "an agency", annotate.Organization}, {lexicon.Party, "a party", annotate.Organization},
	{lexicon.Club, "a football club", annotate.Organization}, {lexicon.City, "a city", annotate.Place}, {lexicon.Country, "a country", annotate.Place},
	{lexicon.Demonym, "a people", annotate.Other}, {lexicon.Leader, "a politician", annotate.Person},
}

// listings returns the lists that a name and its words are in and that speak for its type: that a town is a
// surname as well is no reason to take it for a town.
func listings(name string, typ annotate.Type) []string {
	words := strings.Fields(name)
	var out []string
	note := func(phrase []string) {
		var key lexicon.Key
		for _, w := range phrase {
			key = key.Add(w)
		}
		class := key.Class()
		var as []string
		for _, c := range classes {
			if class&c.Class != 0 && c.typ == typ {
				as = append(as, c.says)
			}
		}
		if len(as) > 0 {
			out = append(out, fmt.Sprintf("“%s” is listed as %s", strings.Join(phrase, " "), strings.Join(as, ", ")))
		}
	}
	note(words)
	if len(words) > 1 {
		for _, w := range words {
			note([]string{w})
		}
	}
	return out
}
