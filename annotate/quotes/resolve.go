package quotes

import (
	"cmp"
	"slices"
	"strings"

	"byline/annotate"
)

func sortNames(ns []named) {
	slices.SortStableFunc(ns, func(a, b named) int { return a.Compare(b.Span) })
}

// roleOf are the nouns that the article uses of one entity: "actor", "president".
type roleOf []string

func (o roleOf) has(w string) bool { return slices.Contains(o, w) }

// maxRoles is the most nouns kept of an entity.
const maxRoles = 8

// findRoles collects the nouns around the names: "actor Bo Gray", "Bo Gray, the
// actor", "Bo Gray is an actor", and of an organization the words of its own name.
func (r *run) findRoles() []roleOf {
	roles := make([]roleOf, len(r.es))
	add := func(e int, w string) {
		if w = strings.Trim(w, "."); w != "" && len(roles[e]) < maxRoles && !roles[e].has(w) {
			roles[e] = append(roles[e], w)
		}
	}
	for i := range r.es {
		if r.es[i].Type != annotate.Person {
			for w := range strings.FieldsSeq(strings.ToLower(r.es[i].Name)) {
				add(i, w)
			}
		}
	}
	for i := range r.names {
		n := &r.names[i]
		for t := n.a - 1; t >= max(0, n.a-3) && r.word(t) && r.nameAt[t] == 0; t-- {
			if r.lexNoun(t) && (t == 0 || !lesser[r.low(t-1)]) {
				add(n.entity, r.low(t))
			}
		}
		if w := r.behind(n); w != "" {
			add(n.entity, w)
		}
		if w := r.apposed(n); w != "" {
			add(n.entity, w)
		}
	}
	return roles
}

// apposed returns the noun before a person between commas: of "the mayor, Ann Lee, said",
// mayor; or "".
func (r *run) apposed(n *named) string {
	t := n.a - 2
	if t < 1 || r.es[n.entity].Type != annotate.Person || !r.is(t+1, ",") || !r.lexNoun(t) || lesser[r.low(t-1)] {
		return ""
	}
	if n.b < len(r.d.Tokens) && !r.is(n.b, ",") && !r.is(n.b, ".") {
		return ""
	}
	for k := t - 1; k >= max(0, t-4) && r.word(k); k-- {
		if r.low(k) == "the" || r.low(k) == "its" || r.low(k) == "his" || r.low(k) == "her" || r.low(k) == "their" || owns(r.d.Word(k)) {
			return r.low(t)
		}
	}
	return ""
}

// lesser are words before a noun that make it another one.
var lesser = map[string]bool{
	"vice": true, "former": true, "deputy": true, "ex": true, "assistant": true, "then": true, "acting": true,
}

// behind returns the noun of the apposition or predicate behind n, or "".
func (r *run) behind(n *named) string {
	t := n.b
	if n.possessive || t+2 >= len(r.d.Tokens) {
		return ""
	}
	switch r.d.Word(t) {
	case ",", "is", "was", "(":
	default:
		return ""
	}
	for j := t + 1; j < min(len(r.d.Tokens), t+8) && r.word(j) && r.inside[j] == 0; j++ {
		w := r.low(j)
		if n := r.name(j); n != nil {
			if ty := r.es[n.entity].Type; ty == annotate.Person || n.possessive {
				return ""
			}
			continue // "the Danish actor"
		}
		if r.lexNoun(j) && (j+1 >= len(r.d.Tokens) || !r.lexNoun(j+1)) {
			return w
		}
		if of[w] || w == "who" || w == "and" || r.lex.cues[w].class != noCue && w != "chief" {
			return ""
		}
	}
	return ""
}

// resolve finds the entity behind the pronoun or noun that speaks stretch i.
func (r *run) resolve(i int, c *claim) {
	if !c.found() || c.who.entity >= 0 || c.who.Empty() {
		return
	}
	switch c.who.form {
	case annotate.Name:
		for c.who.a+1 < c.who.b && titles[strings.Trim(r.low(c.who.a), ".")] != unknown {
			c.who.a++
			c.who.Start = r.d.Tokens[c.who.a].Start
		}
		c.who.entity = r.sameName(c.who.In(r.d.Text))
	case annotate.Pronoun:
		c.who.entity = r.resolvePronoun(i, c.who)
	case annotate.Nominal:
		switch {
		case c.who.the:
			c.who.entity = r.resolveNominal(c.who)
		case c.who.a < r.head().End && !determiners[r.low(c.who.a)] && c.who.a == c.who.b-1:
			c.who.entity = r.bearerOf(c.who.head) // "Prosecutor tells jury"
		}
	}
}

// sameName returns the only person or organization whose name ends like a name that is
// no mention of anybody's; −1 for none.
func (r *run) sameName(name string) int {
	if r.asked.lasts == nil {
		r.asked.lasts = map[string]int{}
		for i := range r.es {
			if t := r.es[i].Type; t == annotate.Person || t == annotate.Organization {
				w := lastWord(r.es[i].Name)
				if _, twice := r.asked.lasts[w]; twice {
					r.asked.lasts[w] = -1
				} else {
					r.asked.lasts[w] = i
				}
			}
		}
	}
	if i, ok := r.asked.lasts[lastWord(name)]; ok {
		return i
	}
	return -1
}

// nameBefore returns the index of the last name that starts before byte at, −1 for none.
func (r *run) nameBefore(at int) int {
	k, _ := slices.BinarySearchFunc(r.names, at, func(n named, at int) int { return cmp.Compare(n.Start, at) })
	return k - 1
}

// calls reports whether the article calls entity e by noun w or by one that w takes in.
func (r *run) calls(e int, w string) bool {
	if r.roles[e].has(w) {
		return true
	}
	return slices.ContainsFunc(r.lex.wider[w], r.roles[e].has)
}

// clash reports whether two genders exclude each other.
func clash(a, b gender) bool { return a != unknown && b != unknown && a != b }

// resolvePronoun returns the entity that a speaking pronoun stands for: the subject
// of its own sentence so far or of one of the two before, else the speaker before,
// else the person named last; gender excludes.
func (r *run) resolvePronoun(i int, s subject) int {
	if s.gender == unknown || r.low(s.a) == "we" {
		return -1
	}
	if s.gender == plural && r.several(s.a) {
		return -1
	}
	best, score := -1, 0.0
	consider := func(e int, v float64) {
		if r.fits(e, s.gender) && v > score {
			best, score = e, v
		}
	}
	sent := r.sentenceOf(s.a)
	for back := 0; back < 3 && sent-back >= 0; back++ {
		if e := r.topic(sent-back, s); e >= 0 {
			consider(e, 3-float64(back))
		}
	}
	if p, back := r.speakerBefore(i, s.gender); p >= 0 && !r.namedSince(p, i, s) {
		consider(p, 1.8-0.4*float64(min(back, 2)))
	}
	floor := max(0, sent-7)
	k := r.nameBefore(s.Start)
	for n := 0; k >= 0 && n < lookback && r.names[k].a >= r.d.Sentences[floor].Tokens.First; k, n = k-1, n+1 {
		nm := &r.names[k]
		if nm.a >= len(r.inside) || r.inside[nm.a] != 0 {
			continue
		}
		v := 1.5 - 0.1*float64(n)
		if nm.possessive {
			v -= 0.2
		}
		if nm.a > 0 && aims[r.low(nm.a-1)] { // "speaking to Martin Lee, he said"
			v -= 0.6
		}
		consider(nm.entity, max(v, 0.01))
	}
	return best
}

// several reports whether the sentence of token t, or the one before, begins with two
// people: "Quill and Ferris".
func (r *run) several(t int) bool {
	sent := r.sentenceOf(t)
	for k := sent; k >= max(0, sent-2); k-- {
		a := r.d.Sentences[k].Tokens.First
		n := r.name(a)
		if n == nil || n.b+1 >= len(r.d.Tokens) || !r.is(n.b, "and") || r.es[n.entity].Type != annotate.Person {
			continue
		}
		if m := r.name(n.b + 1); m != nil && r.es[m.entity].Type == annotate.Person {
			return true
		}
	}
	return false
}

// aims are words before whom something is said to or done to.
var aims = map[string]bool{
	"to": true, "with": true, "by": true, "told": true, "against": true, "about": true, "for": true, "thanked": true, "tells": true,
}

// fits reports whether an entity may be meant by a pronoun of gender g.
func (r *run) fits(e int, g gender) bool {
	switch g {
	case male, female:
		return r.es[e].Type == annotate.Person && !clash(r.genders[e], g)
	}
	return r.es[e].Type == annotate.Organization
}

// sentenceOf returns the index of the sentence of token t.
func (r *run) sentenceOf(t int) int {
	k, _ := slices.BinarySearchFunc(r.d.Sentences, t, func(s annotate.Sentence, t int) int {
		switch {
		case s.Tokens.End <= t:
			return -1
		case s.Tokens.First > t:
			return 1
		}
		return 0
	})
	return min(k, len(r.d.Sentences)-1)
}

// topic returns the entity that a sentence begins with, over an opening phrase; −1
// where that is none, or the pronoun s itself.
func (r *run) topic(sent int, s subject) int {
	t := r.d.Sentences[sent].Tokens
	t.End = min(t.End, t.First+reach)
	from := t.First
	for from < t.End && (r.inside[from] != 0 || r.tied(from) && r.word(from)) {
		from++
	}
	if c, ok := r.accordingFrom(from, t.End); ok && c.who.a < s.a && (c.who.entity >= 0 || c.who.form != annotate.Pronoun) {
		return c.who.entity
	}
	if from < t.End && (preposition[r.low(from)] || openers[r.low(from)]) {
		for from < t.End && !r.is(from, ",") {
			from++
		}
		from++
	}
	if from >= t.End || from >= s.a {
		return -1
	}
	who, ok := r.subjectFrom(from, t.End)
	if !ok || who.a >= s.a {
		return -1
	}
	if who.entity < 0 && who.form == annotate.Nominal && who.the {
		return r.resolveNominal(who)
	}
	if who.entity < 0 && who.form == annotate.Pronoun && who.gender == s.gender {
		return -1
	}
	return who.entity
}

// namedSince reports whether somebody else whom s fits was named since p last spoke,
// outside marks.
func (r *run) namedSince(p, i int, s subject) bool {
	j := min(i, len(r.claims)) - 1
	for j > 0 && r.claims[j].who.entity != p {
		j--
	}
	for k := r.nameBefore(s.Start); j >= 0 && k >= 0 && r.names[k].Start > r.marked[j].End; k-- {
		nm := &r.names[k]
		if nm.a < len(r.inside) && r.inside[nm.a] == 0 && r.fits(nm.entity, s.gender) {
			return nm.entity != p && !nm.possessive
		}
	}
	return false
}

// openers are participles that stand before the subject of a sentence.
var openers = map[string]bool{
	"born": true, "asked": true, "raised": true, "educated": true, "speaking": true, "known": true, "pressed": true, "told": true,
	"given": true, "faced": true, "elected": true, "appointed": true, "now": true, "then": true, "later": true, "today": true,
}

// speakerBefore returns the entity that speaks the last attributed stretch before
// stretch i, in this paragraph or the two before, that gender g fits, −1 for none; and
// how many others spoke since.
func (r *run) speakerBefore(i int, g gender) (e, back int) {
	for j := min(i, len(r.claims)) - 1; j >= max(0, i-6); j-- {
		if r.marked[j].last+2 < r.marked[min(i, len(r.marked)-1)].first {
			return -1, 0
		}
		c := &r.claims[j]
		if !c.found() || c.who.entity < 0 {
			continue
		}
		if r.fits(c.who.entity, g) {
			return c.who.entity, back
		}
		back++
	}
	return -1, 0
}
