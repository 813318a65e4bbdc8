package grammar

import (
	"strings"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/annotate/quotes/words"
)

// subjectBefore returns the phrase before the verb at token t, not before token floor: "Ferris
// said", "Ferris, the editor, has also said", "who said".
func (g *phrases) subjectBefore(t, floor int) (Subject, bool) {
	i := t - 1
	for n := 0; i >= floor && n < adverbs && g.Word(i) && g.nameAt[i] == 0 && g.Adverbial(i); n++ {
		i--
	}
	if i-2 >= floor && (g.adverbPair(i) || g.Is(i-1, "on") && g.day(i)) {
		i -= 2
	}
	if i >= floor && g.In(i, ",", ")", "—", "–") {
		i = g.beforeAside(i, floor)
	}
	if i < floor {
		return Subject{}, false
	}
	s, ok := g.climb(i, floor)
	if ok {
		if host, found := g.hostOf(&s, floor); found {
			return host, true
		}
	}
	return s, ok
}

// hostOf returns the person on whom s hangs, over a role or a body with words of its own: of "Ann Lee
// of the worldwide group Halden Watch", "Ann Lee, director of press at Halden", "Ann Lee, one of the
// owners", Ann Lee.
func (g *phrases) hostOf(s *Subject, floor int) (Subject, bool) {
	if s.Form == annotate.Pronoun || s.Entity >= 0 && g.es[s.Entity].Type == annotate.Person {
		return *s, false
	}
	hangs := false
	for k := s.A - 1; k >= max(floor, s.A-hostTokens); k-- {
		n := g.NameAt(k)
		switch {
		case n != nil && g.es[n.Entity].Type == annotate.Person && !n.Possessive:
			return g.bearerOf(n), g.isOf(n, s.A, hangs) && g.hosts(n, floor)
		case n != nil:
		case words.Of.Has(g.Low(k)):
			hangs = true
		case g.In(k, ",", "and", ")", "(") && k > floor:
		case !g.wordOrNumber(k) && !owns(g.d.Word(k)), g.Marked(k), g.verbal(k), g.relativeAt(k):
			return *s, false
		}
	}
	return *s, false
}

// isOf reports whether the words after name n up to token t hang on it, or are said of it between commas:
// "Ann Lee, a historian and Fellow at Halden".
func (g *cast) isOf(n *Name, t int, hangs bool) bool {
	if hangs || !g.Is(n.B, ",") || !words.Indefinite.Has(g.Low(n.B+1)) {
		return hangs
	}
	return g.firstComma(n.B+1, t) == t
}

// hosts reports whether name n, a person's, starts a phrase: it hangs on nothing, and what follows
// it hangs on it.
func (g *verbs) hosts(n *Name, floor int) bool {
	if n.B < len(g.d.Tokens) && !g.Is(n.B, ",") && !words.Of.Has(g.Low(n.B)) {
		return false
	}
	k := n.A - 1
	for k > floor && (g.SpeakerNoun(k) || g.Upper(k) || g.Low(k) == "lead") && g.Word(k) && !words.Of.Has(g.Low(k)) {
		k--
	}
	return k < floor || k == n.A-1 && g.In(k, ",", "by") || g.Ends(k) || g.Is(k, ",") || g.Upper(k)
}

// relativeAt reports whether token t starts a relative clause or one that is reported.
func (g *view) relativeAt(t int) bool { return g.In(t, "who", "which", "whose", "that") }

// adverbPair reports whether token i ends two words between a subject and its verb: "liked to",
// "at first".
func (g *view) adverbPair(i int) bool {
	if g.Is(i, "to") && words.Habitual.Has(g.Low(i-1)) {
		return true
	}
	first, ok := words.Before(g.d.Word(i))
	return ok && g.Is(i-1, first)
}

// climb returns the phrase that ends with token i, or where that is nothing that speaks, the
// one that it hangs on: of "protesters in the streets", "protesters".
func (g *phrases) climb(i, floor int) (Subject, bool) {
	s, ok := g.phraseTo(i, floor)
	for n := 0; n < climbs && (!ok || g.hollow(&s)); n++ {
		k := i
		if ok {
			k = s.A
		}
		k, found := g.hungOn(k, floor)
		if !found {
			break
		}
		t, found := g.phraseTo(k, floor)
		if !found {
			break
		}
		s, ok, i = t, true, k
	}
	return s, ok
}

// hungOn returns the token before the preposition that is before token k, and before what hangs
// on it: of "protesters marching through", "protesters".
func (g *phrases) hungOn(k, floor int) (int, bool) {
	if g.d.Tokens[k].Kind == annotate.Number && k > floor && words.Of.Has(g.Low(k-1)) {
		k-- // "who in 2010 said"
	} else if k--; k <= floor || !(words.Of | words.Away).Has(g.Low(k)) {
		return 0, false
	}
	k--
	if k > floor && g.Word(k) && g.nameAt[k] == 0 && strings.HasSuffix(g.Low(k), "ing") && !g.SpeakerNoun(k) {
		k--
	}
	return k, k >= floor
}

// beforeAside returns the token before the aside that ends with token i: before ", a professor
// at Orrin College,". It returns i where marks are in between, and a token before floor where
// no aside starts.
func (g *phrases) beforeAside(i, floor int) int {
	open := g.d.Word(i)
	if open == ")" {
		open = "("
	}
	for j := i - 1; j >= max(floor, i-Reach); j-- {
		switch {
		case g.Marked(j):
			return i
		case g.opensBearer(j, i):
			return i - 1 // "another colleague, harbour engineer Ann Lee,"
		case j == floor || g.d.Word(j) != open || open == "," && !g.mayOpenAside(j):
			continue
		case open == "," && g.namesPerson(j+1, i):
			return i - 1 // "the mayor of Orrin, Ann Lee,"
		case g.d.Tokens[j-1].Kind == annotate.Number && j-2 > floor && g.Is(j-2, ",") && g.NameAt(j-3) != nil:
			return j - 3 // "Lee, 58, who owns it,"
		}
		return j - 1
	}
	return floor - 1
}

// mayOpenAside reports whether the comma at token j comes after a phrase that speaks.
func (g *phrases) mayOpenAside(j int) bool {
	return g.NameAt(j-1) != nil || !g.Word(j-1) || g.SpeakerNoun(j-1) || g.Low(j-1) == "who"
}

// namesPerson reports whether tokens [a,b) are a phrase that names a person.
func (g *phrases) namesPerson(a, b int) bool {
	if g.bearerEnds(a, b) {
		return true
	}
	p, ok := g.coreFrom(a, b)
	return ok && (p.b == b || words.Of.Has(g.Low(p.b)) || g.Is(p.b, "(")) && p.last != nil && g.es[p.last.Entity].Type == annotate.Person
}

// opensBearer reports whether the comma at token j opens an aside up to the one at token i that is a role
// and who bears it, or a person alone.
func (g *cast) opensBearer(j, i int) bool {
	return g.Is(j, ",") && g.Is(i, ",") && g.bearerEnds(j+1, i)
}

// bearerEnds reports whether tokens [a,b) are a role and, at their end, who bears it, "civil and
// environmental engineering professor Ann Lee", or a person alone.
func (g *cast) bearerEnds(a, b int) bool {
	n := g.NameAt(b - 1)
	if n == nil || n.B != b || n.A < a || n.Possessive || g.es[n.Entity].Type != annotate.Person || n.A > a && !g.SpeakerNoun(n.A-1) {
		return false
	}
	for t := a; t < n.A; t++ {
		if !g.roleWord(t) && !g.Is(t, "and") {
			return false
		}
	}
	return true
}

// phraseTo returns the noun phrase that ends with token i: the name that it hangs on, as in "Ann
// Lee of the harbour office", or itself.
func (g *phrases) phraseTo(i, floor int) (Subject, bool) {
	s, ok := g.phraseEnding(i, floor)
	k := s.A - 1
	if k > floor && g.Low(k) == "the" {
		k--
	}
	if !ok || k-1 < floor || s.Form == annotate.Pronoun || !words.Of.Has(g.Low(k)) {
		return s, ok
	}
	if words.CloseTo.Has(g.Low(k-1)) && k-2 >= floor { // "sources close to Lee"
		if far, ok := g.phraseEnding(k-2, floor); ok {
			far.Entity, far.Anaphoric = -1, false
			return far, true
		}
	}
	n := g.NameAt(k - 1)
	if n == nil || n.Possessive {
		return s, ok
	}
	if g.holds(n, &s) {
		return g.namePhrase(n, floor), true
	}
	return s, ok
}

// holds reports whether s, after n and a preposition, is part of what n is: a person, or an
// organization in a place.
func (g *cast) holds(n *Name, s *Subject) bool {
	ty := g.es[n.Entity].Type
	return ty == annotate.Person || ty == annotate.Organization && s.Entity >= 0 && g.es[s.Entity].Type == annotate.Place
}

// phraseEnding returns the noun phrase that ends with token i, without what it hangs on.
func (g *phrases) phraseEnding(i, floor int) (Subject, bool) {
	if g.Marked(i) {
		return Subject{}, false
	}
	if n := g.NameAt(i); n != nil {
		if n.Possessive || i != n.B-1 {
			return Subject{}, false
		}
		return g.namePhrase(n, floor), true
	}
	if !g.Word(i) {
		return Subject{}, false
	}
	if gender, ok := g.pronounAt(i); ok {
		return g.Pronoun(i, gender), true
	}
	if s, ok := g.handle(i); ok {
		return s, true
	}
	if w := g.Low(i); w == "who" || w == "which" {
		return g.antecedent(i, floor)
	}
	return g.nominalTo(i, floor)
}

// antecedent returns the phrase that the relative pronoun at token i stands for.
func (g *phrases) antecedent(i, floor int) (Subject, bool) {
	at := i
	if i--; g.Is(i, ",") {
		i--
	}
	if i-2 > floor && g.d.Tokens[i].Kind == annotate.Number && g.Is(i-1, ",") && g.NameAt(i-2) != nil {
		i -= 2 // "Lee, 58, who"
	}
	if i < floor || g.Low(i) == "who" || g.Low(i) == "which" {
		return Subject{}, false
	}
	if s, ok := g.climb(i, floor); ok {
		return s, true
	}
	return g.nominal(at, at+1, ""), true
}

// namePhrase returns the phrase that name n ends: the name itself, or the noun that it hangs on
// in "a spokesman for Halden Media".
func (g *phrases) namePhrase(n *Name, floor int) Subject {
	own := g.bearerOf(n)
	k := n.A - 1
	if k > floor && g.Low(k) == "the" {
		k--
	}
	if k <= floor || !words.Of.Has(g.Low(k)) || !g.Word(k-1) || !g.SpeakerNoun(k-1) || g.NameAt(k-1) != nil {
		return own
	}
	s, ok := g.nominalTo(k-1, floor)
	if !ok {
		return own
	}
	s.B, s.End, s.Anaphoric = n.B, n.End, false
	s.Entity = g.speaksFor(s.Head, n)
	return s
}

// nominalTo returns the phrase whose noun is token i: "the 43-year-old baker", "Quill's lawyer",
// "Halden Media spokesman", "police".
func (g *phrases) nominalTo(i, floor int) (Subject, bool) {
	w := g.Low(i)
	nn, known := g.lex.Nouns[w]
	s := Subject{A: i, B: i + 1, Entity: -1, Form: annotate.Nominal, Gender: nn.Gender, Head: w}
	known, ok := g.addModifiers(&s, i, floor, known)
	if !ok {
		return s, false
	}
	if a, ok := g.group(i, floor); ok && !known {
		s.A, s.Gender, known = a, en.Plural, true
	}
	if !known && g.Upper(i) { // a name that nobody recognized
		s.Form = annotate.Name
		known = true
	}
	s.Span = g.Span(s.A, s.B)
	return s, known && !words.NeverSubject.Has(w)
}

// addModifiers adds what is before the noun of s, token i, and returns whether s is known to be a
// noun phrase: it was known, or has a determiner or an owner. It fails where a name is before what
// is no noun.
func (g *phrases) addModifiers(s *Subject, i, floor int, known bool) (bool, bool) {
	owned := false
	for j := i - 1; j >= max(floor, i-modifiers) && g.modifier(j); j-- {
		if n := g.NameAt(j); n != nil {
			g.modify(s, n, floor)
			return true, known || n.Possessive || personLike(s.Head)
		}
		w := g.Low(j)
		if words.Determiner.Has(w) {
			s.A, s.Anaphoric = j, w == "the" && !owned
			return true, true
		}
		owned = owned || owns(w)
		if known || g.Upper(i) && g.Upper(j) {
			s.A = j
		}
	}
	return known, true
}

// group reads a plural that the lexicon does not have and that a sentence starts with, “Farm groups”, up
// to token i, and returns its first token.
func (g *verbs) group(i, floor int) (int, bool) {
	if !plural(g.Low(i)) || g.Adverbial(i) {
		return 0, false
	}
	a := i
	for a > floor && i-a < modifiers && (g.modifier(a-1) || owns(g.d.Word(a-1))) && !g.Ends(a-1) {
		a--
	}
	if a > 0 && !g.Ends(a-1) && !g.Marked(a-1) && g.SentenceOf(a-1) == g.SentenceOf(a) {
		return 0, false
	}
	return a, g.Upper(a) && !g.PersonAt(a) && (a < i || g.SpeakerNoun(i))
}

// plural reports whether w, which the lexicon does not have, looks like a plural.
func plural(w string) bool {
	return len(w) >= groupBytes && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !words.NeverSubject.Has(w)
}

// modifier reports whether token t may be before a noun in its phrase.
func (g *verbs) modifier(t int) bool {
	if g.Marked(t) {
		return false
	}
	w := g.Low(t)
	if g.NameAt(t) != nil || words.Determiner.Has(w) && g.wordOrNumber(t) || owns(w) {
		return true
	}
	return g.wordOrNumber(t) && !outsideCore(w) && g.lex.Cues[w].Class == words.NoCue
}

// modify makes the name n, which is before the noun of s, part of s: its owner, its body or what
// it speaks for.
func (g *phrases) modify(s *Subject, n *Name, floor int) {
	s.A = n.A
	nn := g.lex.Nouns[s.Head]
	switch {
	case n.Possessive:
		s.Entity = g.speaksFor(s.Head, n)
	case nn.Organization && g.es[n.Entity].Type == annotate.Organization:
		s.Entity = n.Entity // "the GMB union"
	default:
		if s.Entity = g.speaksFor(s.Head, n); s.Entity < 0 && n.A > floor && g.Low(n.A-1) == "the" { // "the Russian leader"
			s.A, s.Anaphoric = n.A-1, true
		}
	}
}
