package grammar

import (
	"strings"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/annotate/quotes/words"
)

// phrases finds noun phrases that can speak: forwards (this file) and backwards (before.go).
type phrases struct{ cast }

// A core is a noun phrase up to what hangs on it after its head: "the mayor", "IMF chief
// economist Maury Obstfeld", "Quill's lawyer".
type core struct {
	a, b  int
	last  *Name // the last name in it, which is its head if it ends it
	owner *Name // the last name before the head: "Halden spokeswoman", "Quill's lawyer"
	head  int   // the last word that is no name, −1 for none
	owned bool  // somebody's: "the union's lawyer"
	det   bool  // starts with a determiner, or has a possessive
}

// coreFrom returns the core that starts with token i and ends before token end.
func (g *phrases) coreFrom(i, end int) (core, bool) {
	p := core{a: i, b: i, head: -1}
	end = min(end, i+coreTokens)
	if i < end && words.Determiner.Has(g.Low(i)) && g.Word(i) {
		p.det = true
		p.b++
	}
	for more := true; more && p.b < end; {
		nick := g.nicknameEnd(p.b)
		n := g.NameAt(p.b)
		switch {
		case nick > 0 && nick < end && p.b > p.a:
			p.b = nick
		case g.Marked(p.b):
			more = false
		case n != nil && n.A == p.b:
			p.last, p.b, p.head = n, n.B, -1
			more = p.b >= end || owns(g.d.Word(p.b)) || g.extends(n, end)
		default:
			more = g.extend(&p, end)
		}
	}
	return p, p.last != nil || p.head >= 0
}

// extend adds the next token, which starts no name, to p, and reports whether more may follow.
func (g *phrases) extend(p *core, end int) bool {
	t := p.b
	switch {
	case t > p.a && owns(g.d.Word(t)):
		p.owner, p.last, p.head, p.det, p.owned = p.last, nil, -1, true, true
		p.b++
		return true
	case t > p.a && g.Is(t, ".") && t+1 < end && g.shortened(t):
		p.b++
		return true
	case !g.inCore(t, p):
		return false
	}
	if p.last != nil {
		p.owner, p.last = p.last, nil
	}
	p.head = t
	p.b++
	return !g.endsCore(t, p.b, end)
}

// endsCore reports whether the noun at token t, before token b, ends its core: "the mayor went", but
// "committee member Ann Lee" and "the billionaire shop owner".
func (g *verbs) endsCore(t, b, end int) bool {
	if !g.SpeakerNoun(t) || b >= end || g.NameAt(b) != nil || g.Upper(b) || g.SpeakerNoun(b) || owns(g.d.Word(b)) {
		return false
	}
	return !g.roleOn(b, end) && (b+1 >= end || !g.roleWord(b) || !g.SpeakerNoun(b+1))
}

// roleOn reports whether token t goes on with a role whose bearer's name follows: "study co-author
// Ann Lee", "deputy incident manager, Ann Lee", "owner and editor Ann Lee".
func (g *verbs) roleOn(t, end int) bool {
	for k := t; k < min(end, t+roleOnTokens); k++ {
		switch {
		case k > t && g.PersonAt(k):
			return true
		case k > t && g.Is(k, ","):
			return g.PersonAt(k + 1)
		case g.Is(k, "and") && k+1 < end && (g.SpeakerNoun(k+1) || g.Upper(k+1) || g.Is(k+1, "chief")):
		case !g.roleWord(k):
			return false
		}
	}
	return false
}

// roleWord reports whether token t may be a word of a role.
func (g *verbs) roleWord(t int) bool {
	w := g.Low(t)
	if c, ok := g.lex.Cues[w]; ok && c.Base && g.SpeakerNoun(t+1) { // "press officer"
		return true
	}
	return g.Word(t) && !g.Marked(t) && !outsideCore(w) && !words.Determiner.Has(w) && !g.verbal(t)
}

// verbal reports whether token t is a verb, or an adverb before one.
func (g *verbs) verbal(t int) bool {
	w := g.Low(t)
	_, cued := g.lex.Cues[w]
	return cued || words.Finite.Has(w) || adverbLike(w) || len(w) >= pastBytes && strings.HasSuffix(w, "ed")
}

// extends reports whether name n only starts a core: "IMF economist", "New York businessman",
// not "Ferris went".
func (g *phrases) extends(n *Name, end int) bool {
	if g.es[n.Entity].Type == annotate.Person {
		return n.B < end && (g.Marked(n.B) || g.introduces(n, end))
	}
	for k := n.B; k < min(end, n.B+bodyRoleTokens) && g.Word(k) && !g.Marked(k); k++ {
		w := g.Low(k)
		switch {
		case g.NameAt(k) != nil:
			return k == n.B || g.Upper(k-1) || g.PersonAt(k)
		case g.SpeakerNoun(k):
			return true
		case outsideCore(w) || g.Finite(k) || owns(w):
			return false
		}
	}
	return false
}

// introduces reports whether the person n comes before a role of another: "Quill lawyer Ann Lee", "Quill press
// officer Ann Lee".
func (g *phrases) introduces(n *Name, end int) bool {
	k := n.B
	for k < min(end, n.B+ownRoleTokens) && g.NameAt(k) == nil && g.roleWord(k) {
		k++
	}
	return k > n.B && k < end && g.NameAt(k) != nil && (g.SpeakerNoun(k-1) || personLike(g.Low(k-1)))
}

// outsideCore reports whether w is never part of a core, but that a determiner starts it.
func outsideCore(w string) bool {
	return (words.NeverSubject | words.Of | words.Between).Has(w)
}

// inCore reports whether token t, no name, continues the core p.
func (g *phrases) inCore(t int, p *core) bool {
	if !g.Word(t) {
		return g.d.Tokens[t].Kind == annotate.Number || g.Is(t, "%") && t > p.a
	}
	w := g.Low(t)
	switch {
	case g.inOffice(t, p):
		return true
	case w == "who" || w == "which" || w == "whose":
		return false
	case outsideCore(w) || t > p.a && words.Determiner.Has(w):
		return false
	}
	return t == p.a || g.continuesCore(t, p)
}

// inOffice reports whether token t is a small word inside a role of the core p: "Former First Lady
// Ida Moss", "owner and editor Ann Lee".
func (g *phrases) inOffice(t int, p *core) bool {
	if g.Is(t, "First") {
		return g.Upper(t + 1)
	}
	return g.Is(t, "and") && t > p.a && g.SpeakerNoun(t-1) && g.roleOn(t, len(g.d.Tokens))
}

// continuesCore reports whether token t, a word, may come after the first of the core p: no verb
// and no adverb.
func (g *phrases) continuesCore(t int, p *core) bool {
	w := g.Low(t)
	c, cued := g.lex.Cues[g.d.Word(t)]
	if t < g.titleEnd && !cued {
		c, cued = g.CueAt(t)
	}
	switch {
	case !cued:
		return g.SpeakerNoun(t) || !adverbLike(w)
	case c.Ing && g.SpeakerNoun(t):
		return true
	}
	return c.Base && g.singular(p) && (p.det || p.last != nil || g.SpeakerNoun(t))
}

// singular reports whether what p has so far is no plural: of that, a base form is the verb.
func (g *phrases) singular(p *core) bool {
	if p.head < 0 {
		return true
	}
	w := g.Low(p.head)
	return g.lex.Nouns[w].Gender != en.Plural && (!strings.HasSuffix(w, "s") || strings.HasSuffix(w, "ss"))
}

// SubjectFrom returns the noun phrase that starts with token i and ends before token end:
// "Ferris", "he", "the mayor, Ann Lee", "IMF economist Pat Caddell", "a spokesman for Halden
// Media". Where a role comes with its bearer's name, the name is returned.
func (g *phrases) SubjectFrom(i, end int) (Subject, bool) {
	if i >= end || i < 0 || g.Marked(i) {
		return Subject{}, false
	}
	if gender, ok := g.pronounAt(i); ok {
		return g.Pronoun(i, gender), true
	}
	quantity := words.Quantity.Has(g.Low(i))
	if quantity && i+2 < end && g.Is(i+1, "of") { // "one of the players"
		return g.quantityOf(i, end)
	}
	if s, ok := g.handle(i); ok {
		return s, true
	}
	if quantity && (i+1 >= end || !g.Word(i+1) || g.Finite(i+1)) { // "agreed another"
		return g.nominal(i, i+1, ""), true
	}
	if p, ok := g.coreFrom(i, end); ok {
		return g.subjectOf(&p, end)
	}
	return Subject{}, false
}

// subjectOf returns the subject that the core p and what hangs on it are.
func (g *phrases) subjectOf(p *core, end int) (Subject, bool) {
	if p.last == nil {
		if s, ok := g.apposed(p, end); ok {
			return s, true
		}
		return g.nominalOf(p, end)
	}
	if g.es[p.last.Entity].Type != annotate.Person && (words.Indefinite.Has(g.Low(p.a)) || g.hasRole(p.last)) { // "a Republican, Ann Lee,"
		p.head = p.last.B - 1
		if s, ok := g.apposed(p, end); ok {
			return s, true
		}
	}
	if p.b < end && owns(g.d.Word(p.b)) { // cut off by the most that a core may have
		return Subject{}, false
	}
	return g.Subject(p.last), true
}

// hasRole reports whether name n was taken for one with somebody's role in it: "the Academy's
// Dean".
func (g *verbs) hasRole(n *Name) bool {
	for t := n.A; t < n.B; t++ {
		if g.SpeakerNoun(t) && g.noun(t).Person() {
			return true
		}
	}
	return false
}

// apposed returns the person whom an apposition names after the role p: "the mayor of Orrin, Ann
// Lee", "Scott's niece, state Del. Marcia Price".
func (g *phrases) apposed(p *core, end int) (Subject, bool) {
	k := g.roleTail(p.b, end)
	if k >= end || !g.Is(k, ",") || g.nobodys(p.head) {
		return Subject{}, false
	}
	q, ok := g.coreFrom(k+1, end)
	if !ok || q.last == nil || g.es[q.last.Entity].Type != annotate.Person || q.b-q.a > bearerTokens {
		return Subject{}, false
	}
	return g.Subject(q.last), true
}

// roleTail returns the token behind what hangs on a role that ends before token k: "of the Labour Congress
// (OLC) in Orrin".
func (g *verbs) roleTail(k, end int) int {
	if k >= end || !words.Of.Has(g.Low(k)) {
		return k
	}
	for last := k + roleTailTokens; k < min(end, last) && !g.Marked(k) && (g.nameAt[k] != 0 || g.Word(k)) && !g.Finite(k); {
		k++
		if j := g.bracketEnd(k, end); k < end && g.Is(k, "(") && j > 0 && !g.Is(j-1, ",") {
			last += j - k
			k = j
		}
	}
	return k
}

// quantityOf returns the phrase that starts with "one of" at token i, or who is named between commas after
// it: "one of the groups, Halden Media, said".
func (g *phrases) quantityOf(i, end int) (Subject, bool) {
	p, ok := g.coreFrom(i+2, end)
	if !ok || p.b >= end || !g.Is(p.b, ",") {
		return g.nominal(i, p.b, ""), ok
	}
	q, named := g.coreFrom(p.b+1, end)
	if !named || q.last == nil || q.owned || q.last.B != q.b || q.b-q.a > bearerTokens || q.b >= end || !g.In(q.b, ",", "(") {
		return g.nominal(i, p.b, ""), true
	}
	if ty := g.es[q.last.Entity].Type; ty != annotate.Person && ty != annotate.Organization {
		return g.nominal(i, p.b, ""), true
	}
	return g.Subject(q.last), true
}

// nobodys reports whether the noun at token t, −1 for none, can be nobody's role: "the indictment, Lee lied".
func (g *verbs) nobodys(t int) bool {
	if t < 0 {
		return true
	}
	n := g.noun(t)
	return n.Document || n.Gender == en.Plural || n.Organization && !personLike(g.Low(t)) // a publisher may be a person
}

// nominalOf returns the phrase of p, which names nobody, with whom it speaks for.
func (g *phrases) nominalOf(p *core, end int) (Subject, bool) {
	w := g.Low(p.head)
	nn, known := g.lex.Nouns[w]
	s := Subject{A: p.a, B: p.head + 1, Entity: -1, Form: annotate.Nominal, Gender: nn.Gender, Head: w}
	s.Anaphoric = g.Low(p.a) == "the" && !p.owned
	if !known && !p.det && p.owner == nil {
		if !g.Upper(p.head) {
			return s, false
		}
		s.Form = annotate.Name // that nobody recognized
	}
	if p.head == p.a && p.det || words.NeverSubject.Has(w) {
		return s, false
	}
	if p.owner != nil {
		g.own(&s, p)
	}
	s.Span = g.Span(s.A, s.B)
	if n := g.bearerOn(p, end); n != nil {
		return g.Subject(n), true
	}
	if k := p.b; k+1 < end && (words.Of.Has(g.Low(k)) || nn.Document && g.Is(k, "by")) {
		g.hang(&s, k+1, end)
	}
	return s, true
}

// bearerOn returns the name behind the role p and what hangs on it, "Mayor of Orrin Ann Lee", "Secretary
// for Ports and Rivers Ann Lee"; nil for none.
func (g *verbs) bearerOn(p *core, end int) *Name {
	if words.Indefinite.Has(g.Low(p.a)) || !g.noun(p.head).Person() || !g.SpeakerNoun(p.head) || !words.Of.Has(g.Low(p.b)) {
		return nil
	}
	k := p.b + 1
	for k < min(end, p.b+coreTokens) && !g.PersonAt(k) && g.officeWord(k) {
		k++
	}
	if k >= end || k == p.b+1 || !g.PersonAt(k) || g.NameAt(k).Possessive {
		return nil
	}
	if g.NameAt(k-1) == nil && (!g.Upper(k-1) || g.SpeakerNoun(k-1)) {
		return nil
	}
	return g.NameAt(k)
}

// officeWord reports whether token t may be part of what an office is for.
func (g *verbs) officeWord(t int) bool {
	return g.NameAt(t) != nil || g.Word(t) && g.Upper(t) || words.Of.Has(g.Low(t)) || g.In(t, "and", "the")
}

// own makes the owner of p that of s: the body that it is, or whom it speaks for.
func (g *phrases) own(s *Subject, p *core) {
	if !p.owned && g.lex.Nouns[s.Head].Organization && g.es[p.owner.Entity].Type == annotate.Organization {
		s.Entity, s.Anaphoric = p.owner.Entity, false // "the GMB union"
		return
	}
	s.Entity, s.Anaphoric = g.speaksFor(s.Head, p.owner), s.Anaphoric && !p.owner.Possessive && s.Head != "government"
}

// hang adds to the role s the name that starts with token k, over an article and some words of
// its own: "a spokeswoman for the state-owned Halden Media".
func (g *phrases) hang(s *Subject, k, end int) {
	p, ok := g.coreFrom(k, end)
	if ok && p.last == nil && g.Low(k) == "the" && g.noun(p.head).Organization && strings.HasPrefix(s.Head, "spokes") {
		body := g.nominal(k, p.b, g.Low(p.head))
		body.Anaphoric = true
		s.B, s.End, s.Anaphoric, s.Entity = p.b, body.End, false, g.ResolveNominal(body)
		return
	}
	if !ok || p.last == nil || p.b-k > hungTokens {
		if g.Low(s.A) == "the" {
			s.Anaphoric = true
		}
		return
	}
	s.B, s.End, s.Anaphoric = p.last.B, p.last.End, false
	if s.Entity < 0 {
		s.Entity = g.speaksFor(s.Head, p.last)
	}
}

// SubjectOf is as SubjectFrom for a phrase after "by", whose pronouns are objects.
func (g *phrases) SubjectOf(k, end int) (Subject, bool) {
	gender, ok := words.Object(g.Low(min(k, len(g.d.Tokens)-1)))
	if k < end && ok && (k+1 >= end || !g.Word(k+1) || g.Low(k+1) == "that" || words.NeverSubject.Has(g.Low(k+1))) {
		return g.Pronoun(k, gender), true
	}
	return g.SubjectFrom(k, end)
}

// According reads "according to" and who follows at token k.
func (g *phrases) According(k, end int) (Attribution, bool) {
	if k+2 >= end || g.Low(k) != "according" || !g.Is(k+1, "to") {
		return Attribution{}, false
	}
	who, ok := g.SubjectOf(k+2, end)
	return Attribution{Who: who, Cue: g.Span(k, k+2), Class: words.Say}, ok
}

// personLike reports whether w, a noun that the lexicon does not have, looks like a person's:
// "reviewer", "typist".
func personLike(w string) bool {
	for _, end := range [...]string{"er", "or", "ist", "ian", "man", "woman", "person", "yst", "ers", "ors", "ists"} {
		if len(w) > len(end)+personStem && strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}
