package grammar

import (
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/annotate/quotes/words"
)

// A cast knows who is in the article: genders and roles.
type cast struct {
	verbs
	genders   []en.Gender // by entity
	addressed []bool      // by entity: a title tells the gender
	roles     []roleList  // by entity
}

// A roleList is the nouns that the article uses of one entity: "actor", "president".
type roleList []string

func (r roleList) has(w string) bool { return slices.Contains(r, w) }

// genderOf returns the gender of an entity: of its first name, where that is known, else of its
// titles, which a namesake's may be among.
func (g *cast) genderOf(e *annotate.Entity, known func(string) en.Gender) en.Gender {
	if e.Type != annotate.Person {
		return en.Thing
	}
	if first, _, more := strings.Cut(e.Name, " "); known != nil && more {
		if gender := known(first); gender != en.Unknown {
			return gender
		}
	}
	return g.titleGender(e)
}

// learnGenders takes the genders that are not known yet from the nouns right before the names: "her
// uncle Brahim", "actress Ida Moss".
func (g *cast) learnGenders() {
	for i := range g.names {
		n := &g.names[i]
		if t := n.A - 1; t >= 0 && g.es[n.Entity].Type == annotate.Person && g.genders[n.Entity] == en.Unknown && g.nameAt[t] == 0 {
			if gender := g.noun(t).Gender; gender == en.Male || gender == en.Female {
				g.genders[n.Entity] = gender
			}
		}
	}
}

// findRoles collects the nouns around the names: "actor Bo Gray", "Bo Gray, the actor", "Bo
// Gray is an actor", and of what is no person the words of its own name.
func (g *cast) findRoles() []roleList {
	roles := make([]roleList, len(g.es))
	add := func(e int, w string) {
		if w = strings.Trim(w, "."); w != "" && len(roles[e]) < maxRoles && !roles[e].has(w) {
			roles[e] = append(roles[e], w)
		}
	}
	for i := range g.es {
		if g.es[i].Type != annotate.Person {
			for w := range strings.FieldsSeq(strings.ToLower(g.es[i].Name)) {
				add(i, w)
			}
		}
	}
	for i := range g.names {
		n := &g.names[i]
		for t := n.A - 1; t >= max(0, n.A-roleTokens) && g.Word(t) && g.nameAt[t] == 0; t-- {
			if g.SpeakerNoun(t) {
				add(n.Entity, g.role(t))
			}
		}
		add(n.Entity, g.roleAfter(n))
		add(n.Entity, g.roleBefore(n))
	}
	return roles
}

// lesser reports whether the word before token t makes another role of it: "former mayor".
func (g *cast) lesser(t int) bool { return words.Lesser.Has(g.Low(t - 1)) }

// role returns the role that the noun at token t is, with a word that makes it a lesser one: "mayor",
// "deputy mayor".
func (g *cast) role(t int) string {
	if g.lesser(t) {
		return g.Low(t-1) + " " + g.Low(t)
	}
	return g.Low(t)
}

// roleBefore returns the role before a person between commas: of "the mayor, Ann Lee, said" and "the
// mayor of Orrin, Ann Lee, said", mayor; or "".
func (g *cast) roleBefore(n *Name) string {
	t := g.beforeTitle(n.A-1) - 1
	if t < 1 || g.es[n.Entity].Type != annotate.Person || !g.Is(t+1, ",") {
		return ""
	}
	if n.B < len(g.d.Tokens) && !g.In(n.B, ",", ".") {
		return ""
	}
	if !g.SpeakerNoun(t) || !g.noun(t).Person() {
		if t = g.officeBefore(t); t < 0 {
			return ""
		}
	}
	for k := t - 1; k >= max(0, t-apposedTokens) && (g.Word(k) || owns(g.d.Word(k))); k-- {
		switch g.Low(k) {
		case "the", "its", "his", "her", "their", "'s", "’s":
			return g.role(t)
		}
	}
	return ""
}

// beforeTitle returns token t, or the one before it if that is a title: of "the mayor, Mr Lee," the comma.
func (g *cast) beforeTitle(t int) int {
	if w := strings.Trim(g.Low(t), "."); words.Title(w) != en.Unknown || w == "prof" || w == "dr" {
		return t - 1
	}
	return t
}

// officeBefore returns the token of the person's noun on which the words up to token t hang, "mayor of
// Orrin", −1 for none.
func (g *cast) officeBefore(t int) int {
	for k := t; k > max(0, t-roleTailTokens) && g.Word(k) && !g.Marked(k) && !g.Finite(k); k-- {
		if words.Of.Has(g.Low(k)) && g.SpeakerNoun(k-1) && g.noun(k-1).Person() {
			return k - 1
		}
	}
	return -1
}

// roleAfter returns the noun of the apposition or predicate after n, or "".
func (g *cast) roleAfter(n *Name) string {
	t := n.B
	if n.Possessive || t+2 >= len(g.d.Tokens) || !g.In(t, ",", "is", "was", "(") {
		return ""
	}
	for j := t + 1; j < min(len(g.d.Tokens), t+appositionTokens) && g.Word(j) && !g.Marked(j); j++ {
		other := g.NameAt(j)
		switch {
		case other != nil && (other.Possessive || g.es[other.Entity].Type == annotate.Person):
			return ""
		case other != nil: // "the Danish actor"
		case g.SpeakerNoun(j) && !g.SpeakerNoun(j+1):
			return g.Low(j)
		case g.endsRole(g.Low(j)):
			return ""
		}
	}
	return ""
}

// endsRole reports whether no role that starts before w has its noun after it.
func (g *cast) endsRole(w string) bool {
	return words.Of.Has(w) || w == "who" || w == "and" || g.lex.Cues[w].Class != words.NoCue && w != "chief"
}

// calls reports whether the article calls entity e by noun w or by one that w takes in.
func (g *cast) calls(e int, w string) bool {
	return g.roles[e].has(w) || slices.ContainsFunc(g.lex.Wider[w], g.roles[e].has)
}

// Bearer returns the only person of whom the article uses noun w, among its first entities.
func (g *cast) Bearer(w string) int {
	only := -1
	for e := range min(len(g.es), bearers) {
		if g.es[e].Type != annotate.Person || !g.calls(e, w) {
			continue
		}
		if only >= 0 {
			return -1
		}
		only = e
	}
	return only
}

// Fits reports whether entity e may be meant by a pronoun of a gender.
func (g *cast) Fits(e int, gender en.Gender) bool {
	if gender == en.Male || gender == en.Female {
		return g.es[e].Type == annotate.Person && !g.genders[e].Clashes(gender)
	}
	return g.es[e].Type == annotate.Organization
}

// KnownAs reports whether entity e is known to be of a gender.
func (g *cast) KnownAs(e int, gender en.Gender) bool { return g.genders[e] == gender }

// MayFit reports whether person e may be meant by "he" or "she" though the first name says otherwise:
// that is a rare one, and no title says so.
func (g *cast) MayFit(e int) bool {
	first, _, _ := strings.Cut(g.es[e].Name, " ")
	return g.es[e].Type == annotate.Person && !g.addressed[e] && !en.CommonFirstName(first)
}

// titleGender returns the gender that the titles of e tell.
func (g *cast) titleGender(e *annotate.Entity) en.Gender {
	for _, m := range e.Mentions {
		for w := range strings.FieldsSeq(strings.ToLower(m.Title.In(g.d.Text))) {
			if gender := words.Title(strings.Trim(w, ".")); gender != en.Unknown {
				return gender
			}
		}
	}
	return en.Unknown
}

// another reports whether the name of organization e tells that it is none of those that noun w
// is said of: an authority is no union.
func (g *cast) another(e int, w string) bool {
	other := false
	for _, role := range g.roles[e] {
		if role == w || slices.Contains(g.lex.Wider[w], role) {
			return false
		}
		other = other || g.lex.Nouns[role].Organization || role == "police" || role == "workers"
	}
	return other
}

// leading returns the organization that may be called by noun w and that the text before byte
// at names most.
func (g *cast) leading(w string, at int) int {
	count := map[int]int{}
	names := g.NamesBefore(at)
	for _, n := range names[max(0, len(names)-leadingNames):] {
		if g.es[n.Entity].Type == annotate.Organization && !g.another(n.Entity, w) {
			count[n.Entity]++
		}
	}
	best, most, next := -1, 0, 0
	for e, n := range count {
		if n > most {
			best, most, next = e, n, most
		} else {
			next = max(next, n)
		}
	}
	if most == next {
		return -1
	}
	return best
}

// speaksFor returns the entity that somebody of role head speaks for. Only spokespeople and
// documents speak for others.
func (g *cast) speaksFor(head string, n *Name) int {
	ty := g.es[n.Entity].Type
	if g.lex.Nouns[head].Document && (ty == annotate.Person || ty == annotate.Organization || ty == annotate.Other && !demonym(strings.ToLower(n.In(g.d.Text)))) {
		return n.Entity // "Quill's letter"
	}
	if head == "government" {
		return g.governed(n)
	}
	if ty == annotate.Organization && (strings.HasPrefix(head, "spokes") || words.Voices.Has(head)) {
		return n.Entity
	}
	return -1
}

// governed returns the place whose government has name n in it: of "the government of Norway" and "the
// Norwegian government", Norway; −1 for none.
func (g *cast) governed(n *Name) int {
	if g.es[n.Entity].Type == annotate.Place {
		return n.Entity
	}
	w := strings.ToLower(n.In(g.d.Text))
	if g.es[n.Entity].Type != annotate.Other || !demonym(w) {
		return -1
	}
	best, most := -1, countryBytes
	for e := range min(len(g.es), bearers) {
		name := strings.ToLower(g.es[e].Name)
		k := 0
		for k < min(len(w), len(name)) && w[k] == name[k] {
			k++
		}
		if g.es[e].Type == annotate.Place && k >= most {
			best, most = e, k+1
		}
	}
	return best
}

// Subject returns the subject that name n is.
func (g *cast) Subject(n *Name) Subject {
	if g.es[n.Entity].Type == annotate.Other && n.B-n.A == 1 && g.Low(n.A-1) == "the" {
		if w := strings.ToLower(n.In(g.d.Text)); demonym(w) && !g.nounOn(n.B) { // "the Croatian"
			s := g.nominal(n.A-1, n.B, w)
			s.Anaphoric = true
			return s
		}
	}
	return g.bearerOf(n)
}

// nounOn reports whether token t, after a word for where somebody is from, is a noun with its verb: "the
// British side is".
func (g *verbs) nounOn(t int) bool {
	return t+1 < len(g.d.Tokens) && g.Word(t) && !g.Finite(t) && !g.clauseVerb(t) && !g.Adverbial(t) && g.clauseVerb(t+1)
}

// bearerOf returns the subject of whoever bears name n.
func (g *cast) bearerOf(n *Name) Subject {
	return Subject{Span: n.Span, A: n.A, B: n.B, Entity: n.Entity, Form: annotate.Name, Gender: g.genders[n.Entity]}
}

// nominal returns the subject that tokens [a,b) with the noun head are, or "" for no noun.
func (g *cast) nominal(a, b int, head string) Subject {
	return Subject{Span: g.Span(a, b), A: a, B: b, Entity: -1, Form: annotate.Nominal, Head: head}
}

// Pronoun returns the subject that the pronoun at token t is.
func (g *cast) Pronoun(t int, gender en.Gender) Subject {
	return Subject{Span: g.d.Tokens[t].Span, A: t, B: t + 1, Entity: -1, Form: annotate.Pronoun, Gender: gender}
}

// handle returns the subject that a handle at token t is: "@martaquill".
func (g *cast) handle(t int) (Subject, bool) {
	w := g.d.Word(t)
	if len(w) < handleBytes || w[0] != '@' {
		return Subject{}, false
	}
	s := Subject{Span: g.d.Tokens[t].Span, A: t, B: t + 1, Entity: -1, Form: annotate.Name}
	w = strings.ToLower(strings.ReplaceAll(w[1:], "_", ""))
	for e := range min(len(g.es), handled) {
		if ty := g.es[e].Type; ty != annotate.Person && ty != annotate.Organization {
			continue
		}
		name := strings.ToLower(strings.ReplaceAll(g.es[e].Name, " ", ""))
		if len(name) >= handleNameBytes && strings.Contains(w, name) {
			s.Entity = e
			break
		}
	}
	return s, true
}

// Pair reports whether the sentence of token t, or one of the two before, starts with two people:
// "Quill and Ferris".
func (g *cast) Pair(t int) bool {
	sent := g.SentenceOf(t)
	for k := sent; k >= max(0, sent-pairSentences); k-- {
		n := g.NameAt(g.d.Sentences[k].Tokens.First)
		if n != nil && g.es[n.Entity].Type == annotate.Person && g.Is(n.B, "and") && g.PersonAt(n.B+1) {
			return true
		}
	}
	return false
}

// Unnamed reports whether somebody without a name bears the noun of s, before it and not before
// token floor: "a White House official" before "the official".
func (g *cast) Unnamed(s *Subject, floor int) bool {
	for t := s.A - 1; t >= max(floor, s.A-unnamedTokens, 0); t-- {
		if g.Low(t) != s.Head || g.NameAt(t+1) != nil || g.Is(t+1, ",") && g.NameAt(t+2) != nil {
			continue
		}
		if k := g.articleBefore(t); k >= 0 {
			return !g.predicate(k)
		}
	}
	return false
}

// articleBefore returns the token of the "a" that starts the phrase whose noun is token t, −1
// for none.
func (g *cast) articleBefore(t int) int {
	for k := t - 1; k >= max(0, t-articleTokens) && g.wordOrNumber(k); k-- {
		if n := g.NameAt(k); n != nil && !n.Possessive && g.es[n.Entity].Type == annotate.Person {
			break
		}
		if words.Indefinite.Has(g.Low(k)) {
			return k
		}
	}
	return -1
}

// predicate reports whether the article at token k starts what is said of a name before it: "Ann
// Lee, a", "Ann Lee is a".
func (g *cast) predicate(k int) bool {
	return g.In(k-1, ",", "is", "was", "as") && g.NameAt(k-2) != nil
}

// parent reports whether s is one of so many: "the father of four".
func (g *cast) parent(s *Subject) bool {
	switch s.Head {
	case "father", "mother", "grandmother", "grandfather", "dad", "mum", "mom", "parent":
	default:
		return false
	}
	k := s.B
	for k > s.A && g.Low(k-1) != s.Head {
		k--
	}
	return g.Low(k) == "of" && (words.Quantity | words.Number).Has(g.Low(k+1))
}

// hollow reports whether nothing is known of s that speaks: "the streets".
func (g *cast) hollow(s *Subject) bool {
	switch {
	case s.Entity >= 0:
		return s.Form == annotate.Name && g.es[s.Entity].Type != annotate.Person && g.es[s.Entity].Type != annotate.Organization
	case s.Form == annotate.Nominal:
		return !g.SpeakerNoun(s.B-1) && s.Head != ""
	}
	return false
}
