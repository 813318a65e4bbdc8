package quotes

import (
	"strings"

	"byline/annotate"
)

// A core is a noun phrase up to what hangs on it behind: "the mayor", "IMF chief
// economist Maury Obstfeld", "Quill's lawyer".
type core struct {
	a, b  int
	last  *named // the last name in it, which is its head if it ends it
	owner *named // the last name before the head: "Halden spokeswoman", "Quill's lawyer"
	head  int    // the last word that is no name, −1 for none
	owned bool   // somebody's: "the union's lawyer"
	det   bool   // begins with a determiner, or holds a possessive
}

// longestCore is the most tokens of a core.
const longestCore = 14

// coreFrom returns the core that begins with token i and ends before token ceil.
func (r *run) coreFrom(i, ceil int) (core, bool) {
	p := core{a: i, b: i, head: -1}
	ceil = min(ceil, i+longestCore)
	if p.b < ceil && determiners[r.low(p.b)] && r.word(p.b) {
		p.det = true
		p.b++
	}
	for p.b < ceil {
		if end := r.nickname(p.b, &p); end > 0 && end < ceil {
			p.b = end
			continue
		}
		if r.inside[p.b] != 0 {
			break
		}
		if n := r.name(p.b); n != nil && n.a == p.b {
			p.last, p.b, p.head = n, n.b, -1
			if p.b < ceil && !owns(r.d.Word(p.b)) && !r.extends(n, ceil) {
				break
			}
			continue
		}
		if owns(r.d.Word(p.b)) && p.b > p.a {
			p.owner, p.last, p.head, p.det, p.owned = p.last, nil, -1, true, true
			p.b++
			continue
		}
		if r.is(p.b, ".") && p.b > p.a && p.b+1 < ceil && r.shortened(p.b) {
			p.b++
			continue
		}
		if !r.inCore(p.b, &p) {
			break
		}
		if p.last != nil {
			p.owner, p.last = p.last, nil
		}
		p.head = p.b
		p.b++
		if r.lexNoun(p.head) && p.b < ceil && r.name(p.b) == nil && !r.upper(p.b) && !r.lexNoun(p.b) && !owns(r.d.Word(p.b)) {
			break // "the mayor went"
		}
	}
	return p, p.last != nil || p.head >= 0
}

// extends reports whether name n only begins a core: "IMF economist", "New York
// businessman", not "Ferris went".
func (r *run) extends(n *named, ceil int) bool {
	if r.es[n.entity].Type == annotate.Person {
		k := n.b
		for k < min(ceil, n.b+3) && r.lexNoun(k) {
			k++
		}
		return n.b < ceil && r.inside[n.b] != 0 || k > n.b && k < ceil && r.name(k) != nil // "Quill lawyer Ann Lee"
	}
	for k := n.b; k < min(ceil, n.b+5) && r.word(k) && r.inside[k] == 0; k++ {
		w := r.low(k)
		switch {
		case r.name(k) != nil:
			return k == n.b || r.upper(k-1)
		case r.lexNoun(k):
			return true
		case notSubject[w] || of[w] || between[w] || r.finiteAt(k) || owns(w):
			return false
		}
	}
	return false
}

func owns(w string) bool { return w == "'s" || w == "’s" || w == "'" || w == "’" }

// nickname returns the end of the marked words at token i, if they stand inside a
// name: Marcia "Cia" Price; 0 for none.
func (r *run) nickname(i int, p *core) int {
	k := r.inside[i]
	if k == 0 || p.b == p.a {
		return 0
	}
	if s := &r.marked[k-1]; s.a == i && r.isNickname(s) {
		return s.b
	}
	return 0
}

// isNickname reports whether the stretch s stands inside a name.
func (r *run) isNickname(s *stretch) bool {
	return s.b-s.a <= 5 && s.a > 0 && s.b < len(r.d.Tokens) && r.word(s.b) && r.upper(s.b) && r.word(s.a-1) && r.upper(s.a-1) && r.upper(s.a+1)
}

// inCore reports whether token t, no name, goes on with the core p.
func (r *run) inCore(t int, p *core) bool {
	if !r.word(t) {
		return r.d.Tokens[t].Kind == annotate.Number || r.is(t, "%") && t > p.a
	}
	w := r.low(t)
	if notSubject[w] || of[w] || between[w] || determiners[w] && t > p.a || w == "who" || w == "which" || w == "whose" {
		return false
	}
	c, cued := r.lex.cues[r.d.Word(t)]
	if t < r.titleEnd && t > p.a && !cued {
		c, cued = r.cueAt(t)
	}
	switch {
	case !cued || t == p.a:
		return !(t > p.a && strings.HasSuffix(w, "ly") && len(w) > 4 && !r.lexNoun(t) && w != "family" && w != "weekly" && w != "daily")
	case c.ing && r.lexNoun(t):
		return true
	case c.base && c.class != noCue:
		return r.singular(p) && (p.det || p.last != nil || r.lexNoun(t))
	}
	return false
}

// singular reports whether what p holds so far is no plural: of that, a base form is
// the verb.
func (r *run) singular(p *core) bool {
	if p.head < 0 {
		return true
	}
	w := r.low(p.head)
	return r.lex.nouns[w].gender != plural && (!strings.HasSuffix(w, "s") || strings.HasSuffix(w, "ss"))
}

// subjectFrom returns the noun phrase that begins with token i and ends before token
// ceil: "Ferris", "he", "the mayor, Ann Lee", "IMF economist Pat Caddell", "a spokesman
// for Halden Media". Where a role comes with its bearer's name, the name is returned.
func (r *run) subjectFrom(i, ceil int) (subject, bool) {
	if i >= ceil || r.inside[i] != 0 || i < 0 {
		return subject{}, false
	}
	if g, ok := r.pronounAt(i); ok {
		return r.pronoun(i, g), true
	}
	if some[r.low(i)] && i+2 < ceil && r.is(i+1, "of") { // "one of the players"
		p, ok := r.coreFrom(i+2, ceil)
		return subject{Span: r.span(i, p.b), a: i, b: p.b, entity: -1, form: annotate.Nominal}, ok
	}
	if s, ok := r.handle(i); ok {
		return s, true
	}
	if some[r.low(i)] && (i+1 >= ceil || !r.word(i+1) || r.finiteAt(i+1)) { // "agreed another"
		return subject{Span: r.d.Tokens[i].Span, a: i, b: i + 1, entity: -1, form: annotate.Nominal}, true
	}
	p, ok := r.coreFrom(i, ceil)
	if !ok {
		return subject{}, false
	}
	if p.last != nil && r.es[p.last.entity].Type != annotate.Person && (indefinite[r.low(p.a)] || r.holdsRole(p.last)) { // "a Republican, Ann Lee,"
		p.head = p.last.b - 1
		if s, ok := r.bearer(&p, ceil); ok {
			return s, true
		}
	}
	if p.last != nil {
		if k := p.b; k < ceil && owns(r.d.Word(k)) { // cut off by ceil
			return subject{}, false
		}
		return r.named(p.last), true
	}
	if s, ok := r.bearer(&p, ceil); ok {
		return s, true
	}
	return r.nominalOf(&p, ceil)
}

// handle returns the subject that a handle at token i is: "@martaquill".
func (r *run) handle(i int) (subject, bool) {
	w := r.d.Word(i)
	if len(w) < 3 || w[0] != '@' {
		return subject{}, false
	}
	s := subject{Span: r.d.Tokens[i].Span, a: i, b: i + 1, entity: -1, form: annotate.Name}
	w = strings.ToLower(strings.ReplaceAll(w[1:], "_", ""))
	for e := 0; e < min(len(r.es), 200) && s.entity < 0; e++ {
		t := r.es[e].Type
		if t != annotate.Person && t != annotate.Organization {
			continue
		}
		if name := strings.ToLower(strings.ReplaceAll(r.es[e].Name, " ", "")); len(name) > 3 && (w == name || strings.Contains(w, name)) {
			s.entity = e
		}
	}
	return s, true
}

// some are words of quantity that speak with "of" and a noun.
var some = map[string]bool{
	"one": true, "some": true, "many": true, "most": true, "several": true, "two": true, "three": true, "four": true, "both": true,
	"none": true, "each": true, "all": true, "few": true, "half": true, "another": true, "others": true,
}

// pronoun returns the subject that the pronoun at token i is.
func (r *run) pronoun(i int, g gender) subject {
	return subject{Span: r.d.Tokens[i].Span, a: i, b: i + 1, entity: -1, form: annotate.Pronoun, gender: g}
}

// holdsRole reports whether name n was taken for one with somebody's role in it: "the
// Academy's Dean".
func (r *run) holdsRole(n *named) bool {
	for t := n.a; t < n.b; t++ {
		if nn, ok := r.lex.nouns[r.low(t)]; ok && !nn.org && !nn.paper {
			return true
		}
	}
	return false
}

// indefinite are the articles of somebody not named before.
var indefinite = map[string]bool{"a": true, "an": true, "another": true, "one": true}

// named returns the subject that name n is.
func (r *run) named(n *named) subject {
	if w := strings.ToLower(n.In(r.d.Text)); r.es[n.entity].Type == annotate.Other && n.b-n.a == 1 && n.a > 0 && r.low(n.a-1) == "the" && demonym(w) {
		return subject{Span: r.span(n.a-1, n.b), a: n.a - 1, b: n.b, entity: -1, form: annotate.Nominal, head: w, the: true} // "the Croatian"
	}
	return subject{Span: n.Span, a: n.a, b: n.b, entity: n.entity, form: annotate.Name, gender: r.genders[n.entity]}
}

// bearer returns the person whom an apposition names behind the role p: "the mayor of
// Orrin, Ann Lee", "Scott's niece, state Del. Marcia Price".
func (r *run) bearer(p *core, ceil int) (subject, bool) {
	k := p.b
	for k < min(ceil, p.b+10) && r.inside[k] == 0 && (r.nameAt[k] != 0 || r.word(k)) {
		if k == p.b && !of[r.low(k)] || r.finiteAt(k) {
			break
		}
		k++
	}
	if k >= ceil || !r.is(k, ",") || p.head < 0 {
		return subject{}, false
	}
	q, ok := r.coreFrom(k+1, ceil)
	if !ok || q.last == nil || r.es[q.last.entity].Type != annotate.Person || q.b-q.a > 8 {
		return subject{}, false
	}
	return r.named(q.last), true
}

// finiteAt reports whether token k is a verb that a phrase does not hold.
func (r *run) finiteAt(k int) bool {
	if finite[r.d.Word(k)] {
		return true
	}
	c, ok := r.cueAt(k)
	return ok && !c.base && !c.ing
}

// nominalOf returns the phrase of p, which names nobody, with whom it speaks for.
func (r *run) nominalOf(p *core, ceil int) (subject, bool) {
	w := r.low(p.head)
	nn, known := r.lex.nouns[w]
	s := subject{a: p.a, b: p.head + 1, entity: -1, form: annotate.Nominal, gender: nn.gender, head: w, the: r.low(p.a) == "the" && !p.owned}
	if !known && r.upper(p.head) && !p.det && p.owner == nil { // a name that nobody recognised
		s.form, known = annotate.Name, true
	}
	if p.head == p.a && p.det || notSubject[w] || !known && !p.det && p.owner == nil {
		return s, false
	}
	if p.owner != nil && !p.owned && nn.org && r.es[p.owner.entity].Type == annotate.Organization {
		s.entity, s.the = p.owner.entity, false // "the GMB union"
	} else if p.owner != nil {
		s.entity, s.the = r.speaksFor(w, p.owner), s.the && !p.owner.possessive
	}
	s.Span = r.span(s.a, s.b)
	if k := p.b; k+1 < ceil && (of[r.low(k)] || nn.paper && r.is(k, "by")) {
		r.hang(&s, k+1, ceil)
	}
	return s, true
}

// hang adds to the role s the name that begins with token k, over an article and some
// words of its own: "a spokeswoman for the state-owned Halden Media".
func (r *run) hang(s *subject, k, ceil int) {
	p, ok := r.coreFrom(k, ceil)
	if ok && p.last == nil && r.low(k) == "the" && r.lex.nouns[r.low(p.head)].org && strings.HasPrefix(s.head, "spokes") {
		body := subject{Span: r.span(k, p.b), a: k, b: p.b, entity: -1, form: annotate.Nominal, head: r.low(p.head), the: true}
		s.b, s.End, s.the, s.entity = p.b, body.End, false, r.resolveNominal(body)
		return
	}
	if !ok || p.last == nil || p.b-k > 6 {
		if r.low(s.a) == "the" {
			s.the = true
		}
		return
	}
	s.b, s.End, s.the = p.last.b, p.last.End, false
	if s.entity < 0 {
		s.entity = r.speaksFor(s.head, p.last)
	}
}
