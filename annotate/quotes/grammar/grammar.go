// Package grammar reads the phrases and clauses of an article around verbs of saying: which
// noun phrase is the subject of which verb, whom "the company" means, and where the clause that
// a verb reports starts and ends. It has no parser: it walks over tokens, for as far as the
// numbers of limits.go allow.
//
// It is built in layers, each a receiver that embeds the one below, so that what a method needs
// is what its receiver holds, and no method can call one of a layer above:
//
//	view     tokens and sentences                                (view.go)
//	text     + quotations, names, cues and nouns                 (text.go)
//	verbs    groups of verbs, and where clauses start and end    (verbs.go)
//	cast     + genders and roles of the entities                 (cast.go, gender.go)
//	phrases  noun phrases, and whom they take up                 (phrase.go, before.go, nominal.go)
//	Grammar  subjects of verbs, and speech reported in clauses   (subject.go, reported.go)
//
// Package quotes uses nearly all that is exported here, and nobody else does. The border is
// kept nevertheless: the rules cannot reach into the tables of names and marks, and nothing
// here knows of rules.
//
// A method that takes a floor or an end reads no token before or from it on. Where a method
// returns an entity, it is an index into the entities given to [New], and −1 for none.
package grammar

import (
	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/annotate/quotes/marks"
	"byline/annotate/quotes/words"
	"byline/articles"
)

// A Grammar reads one article.
type Grammar struct{ phrases }

// New returns the grammar of d, which must have tokens, with the entities es and what is
// between marks. What known returns for a first name is the gender of its bearer; it may be
// nil. Nothing given may be changed while the Grammar is in use.
func New(d *annotate.Doc, es []annotate.Entity, quotations []marks.Quotation, known func(first string) en.Gender) *Grammar {
	g := &Grammar{}
	g.d, g.es, g.lex = d, es, words.English()
	g.mark(quotations)
	g.placeNames()
	g.titleEnd = g.capitalized()
	g.genders, g.addressed = make([]en.Gender, len(es)), make([]bool, len(es))
	for i := range es {
		g.addressed[i] = g.titleGender(&es[i]) != en.Unknown
		g.genders[i] = g.genderOf(&es[i], known)
	}
	g.learnGenders()
	g.hearGenders()
	g.roles = g.findRoles()
	return g
}

// Inside returns a grammar of the same article that takes the quotations inside others for
// its quotations, and reads the words of the outer ones as it would those around them.
func (g *Grammar) Inside(inner []marks.Quotation) *Grammar {
	in := &Grammar{}
	in.view, in.es, in.lex, in.genders, in.roles = g.view, g.es, g.lex, g.genders, g.roles
	in.addressed = g.addressed
	in.names, in.nameAt = g.names, g.nameAt
	in.mark(inner)
	return in
}

// A Subject is a phrase that may be who speaks.
type Subject struct {
	articles.Span
	A, B      int // tokens [A,B)
	Entity    int // −1 where it is nobody's name, or whom it means is still to be found
	Form      annotate.Form
	Gender    en.Gender
	Head      string // of a nominal: its noun, in lower case
	Anaphoric bool   // of a nominal: it takes up something named before, as "the" does
}

// Nobody is the subject of what nobody is known to say.
var Nobody = Subject{Entity: -1}

// Person reports whether s is "he" or "she".
func (s *Subject) Person() bool {
	return s.Form == annotate.Pronoun && (s.Gender == en.Male || s.Gender == en.Female)
}

// An Attribution is who says something, and by which cue.
type Attribution struct {
	Who   Subject
	Cue   articles.Span
	Class words.Class
}

// by returns the attribution to who by the cue at token t.
func (g *view) by(who Subject, t int, c words.Cue) Attribution {
	return Attribution{Who: who, Cue: g.d.Tokens[t].Span, Class: c.Class}
}
