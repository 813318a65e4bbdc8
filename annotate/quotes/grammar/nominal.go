package grammar

import (
	"strings"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/annotate/quotes/words"
)

// ResolveNominal returns the entity that "the actor" takes up: the one named last of those that
// the article calls so, unless somebody unnamed was called so since ("an actor"); of "the
// 29-year-old" and of nouns that say no office, the only person named lately; of an
// organization, the one that the sentences before start with or the only one named lately.
func (g *phrases) ResolveNominal(s Subject) int {
	nn, role := g.lex.Nouns[s.Head], g.roleIn(&s)
	if nn.Gender == en.Plural || nn.Document || s.Head == "" {
		return -1
	}
	only, many := -1, false
	names := g.NamesBefore(s.Start)
	for back := 0; back < min(len(names), NamesBack); back++ {
		n := &names[len(names)-1-back]
		e := n.Entity
		switch {
		case g.placeBody(e, &s):
			return e
		case !g.mayBe(e, &s):
		case g.calls(e, role):
			if g.Unnamed(&s, n.B) {
				return -1
			}
			return e
		case back < recentNames && only != e && !g.Quoted(n):
			many, only = only >= 0, e
		}
	}
	found := only >= 0
	if many {
		only = -1
	}
	if nn.Organization {
		return g.recentBody(s, only)
	}
	return g.recentPerson(s, only, found)
}

// roleIn returns the role that the noun of s is: of "the deputy mayor of Orrin", "deputy mayor".
func (g *cast) roleIn(s *Subject) string {
	for t := s.A + 1; t < s.B; t++ {
		if g.Low(t) == s.Head {
			return g.role(t)
		}
	}
	return s.Head
}

// NounOf reports whether the noun of s is one that can speak.
func (g *cast) NounOf(s *Subject) bool {
	_, ok := g.lex.Nouns[s.Head]
	return ok
}

// placeBody reports whether entity e is a body that s may mean and that was taken for a place: "Wend
// County Council".
func (g *phrases) placeBody(e int, s *Subject) bool {
	return g.es[e].Type == annotate.Place && g.lex.Nouns[s.Head].Organization && g.roles[e].has(s.Head)
}

// mayBe reports whether s may mean entity e: an organization that is none of another kind, or a
// person of its gender.
func (g *phrases) mayBe(e int, s *Subject) bool {
	if s.Gender.Clashes(g.genders[e]) {
		return false
	}
	if g.lex.Nouns[s.Head].Organization {
		return g.es[e].Type == annotate.Organization && !g.another(e, s.Head)
	}
	return g.es[e].Type == annotate.Person
}

// recentBody returns the organization that s, which the article calls nobody, takes up. Only is
// the only one named lately, −1 for none or several.
func (g *phrases) recentBody(s Subject, only int) int {
	if words.Body.Has(s.Head) {
		return -1
	}
	if e := g.recent(s, only); e >= 0 {
		return e
	}
	if s.B-s.A > bareTokens { // "the weather office" is one of its own
		return -1
	}
	return g.leading(s.Head, s.Start)
}

// recentPerson returns the person whom s, which the article calls nobody, takes up. Only is the
// only one named lately, −1 for none or several, and found whether there is one.
func (g *phrases) recentPerson(s Subject, only int, found bool) int {
	telling := strings.HasSuffix(s.Head, "-year-old") || g.NameAt(s.B-1) != nil && demonym(s.Head) || g.parent(&s)
	if !found || g.Unnamed(&s, 0) || !telling && (words.Office.Has(s.Head) || !personLike(s.Head) && !g.SpeakerNoun(s.B-1)) {
		return -1
	}
	if e := g.recent(s, only); e >= 0 && g.takesUp(&s, e, telling) {
		return e
	}
	return -1
}

// takesUp reports whether s may take up person e, whom the article does not call so. Only who is known to
// be a woman is "the woman".
func (g *phrases) takesUp(s *Subject, e int, telling bool) bool {
	if s.Gender == en.Female && g.genders[e] != en.Female {
		return false
	}
	return telling || words.Epithet.Has(s.Head) || len(g.roles[e]) == 0
}

// recent returns only, the only person or organization named lately, or where that is −1 the
// one that one of the sentences before starts with.
func (g *phrases) recent(s Subject, only int) int {
	if only >= 0 {
		return only
	}
	if g.lex.Nouns[s.Head].Organization {
		s.Gender = en.Thing
	}
	sent := g.SentenceOf(s.A)
	for k := sent - 1; k >= max(0, sent-topicSentences); k-- {
		if e := g.Topic(k, s); e >= 0 && g.mayBe(e, &s) {
			return e
		}
	}
	return -1
}

// Topic returns the entity that a sentence starts with, over an opening phrase; −1 where that
// is none, or the pronoun s itself.
func (g *phrases) Topic(sent int, s Subject) int {
	t := g.d.Sentences[sent].Tokens
	end := min(t.End, t.First+Reach)
	from := g.pastConjunctions(t.First, end)
	if a, ok := g.According(from, end); ok && a.Who.A < s.A && (a.Who.Entity >= 0 || a.Who.Form != annotate.Pronoun) {
		return a.Who.Entity
	}
	if from < end && (words.Fronting | words.Participle).Has(g.Low(from)) {
		from = g.firstComma(from, end) + 1
	}
	if from >= min(end, s.A) {
		return -1
	}
	who, ok := g.SubjectFrom(from, end)
	switch {
	case !ok || who.A >= s.A:
		return -1
	case who.Entity >= 0:
		return who.Entity
	case who.Form == annotate.Nominal && who.Anaphoric:
		return g.ResolveNominal(who)
	}
	return -1
}

// pastConjunctions returns the first token from t on, or end, that is outside marks and starts no
// subordinate clause.
func (g *phrases) pastConjunctions(t, end int) int {
	for t < end && (g.Marked(t) || g.Subordinate(t) && g.Word(t)) {
		t++
	}
	return t
}

// demonym reports whether w may say where a person is from: "croatian".
func demonym(w string) bool {
	for _, end := range [...]string{"ian", "ean", "can", "ese", "ish", "ni", "qi", "li", "aniard"} {
		if len(w) > len(end)+demonymStem && strings.HasSuffix(w, end) {
			return w != "guardian" && w != "vatican"
		}
	}
	return words.Demonym.Has(w) || w == "new yorker"
}
