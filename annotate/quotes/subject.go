package quotes

import (
	"strings"

	"byline/annotate"
	"byline/articles"
)

// A subject is a phrase that may be who speaks.
type subject struct {
	articles.Span
	a, b   int // tokens [a,b)
	entity int // index into run.es, −1 where none stands behind it or it must be resolved
	form   annotate.Form
	gender gender
	head   string // of a nominal: its noun, in lower case
	the    bool   // of a nominal: it takes something up that was named before
}

// reach is the most tokens that a phrase or what hangs on it may have.
const reach = 30

// subjectBefore returns the phrase before the verb at token t, not before token
// floor: "Ferris said", "Ferris, the editor, has also said", "who said".
func (r *run) subjectBefore(t, floor int) (subject, bool) {
	i := t - 1
	for n := 0; i >= floor && n < 6 && r.word(i) && r.nameAt[i] == 0 && r.adverbial(i); n++ {
		i--
	}
	if i-2 >= floor && (r.is(i, "to") && usually[r.low(i-1)] || pairs[r.d.Word(i)] == r.d.Word(i-1)) {
		i -= 2
	}
	if i < floor {
		return subject{}, false
	}
	if w := r.d.Word(i); w == "," || w == ")" || w == "—" || w == "–" {
		i = r.skipAside(i, floor)
	}
	if i < floor {
		return subject{}, false
	}
	return r.climb(i, floor)
}

// pairs are second words of adverbs of two, by the first: "at first".
var pairs = map[string]string{"first": "at", "once": "at", "last": "at", "turn": "in", "fact": "in", "course": "of", "more": "once"}

// climb returns the phrase that ends with token i, or where that is nothing that
// speaks, the one that it hangs on: of "protesters in the streets", "protesters".
func (r *run) climb(i, floor int) (subject, bool) {
	s, ok := r.phraseTo(i, floor)
	for n := 0; n < 3 && (!ok || r.hollow(&s)); n++ {
		k := i
		if ok {
			k = s.a
		}
		k, climbs := r.behindWhich(k, floor)
		if !climbs {
			break
		}
		t, found := r.phraseTo(k, floor)
		if !found {
			break
		}
		s, ok, i = t, true, k
	}
	return s, ok
}

// hollow reports whether nothing is known of s that speaks: "the streets".
func (r *run) hollow(s *subject) bool {
	if s.form == annotate.Pronoun || s.entity >= 0 {
		return s.entity >= 0 && s.form == annotate.Name && r.es[s.entity].Type != annotate.Person && r.es[s.entity].Type != annotate.Organization
	}
	return s.form == annotate.Nominal && !r.lexNoun(s.b-1) && s.head != ""
}

// behindWhich returns the token before the preposition that stands before token k, and
// before what hangs on it: of "protesters marching through", "protesters".
func (r *run) behindWhich(k, floor int) (int, bool) {
	if r.d.Tokens[k].Kind == annotate.Number && k > floor && of[r.low(k-1)] {
		k-- // "who in 2010 said"
	} else if k--; k <= floor || !of[r.low(k)] && !ways[r.low(k)] {
		return 0, false
	}
	k--
	if k > floor && r.word(k) && r.nameAt[k] == 0 && strings.HasSuffix(r.low(k), "ing") && !r.lexNoun(k) {
		k--
	}
	return k, k >= floor
}

// ways are prepositions that lead away from a subject, beside those of [of].
var ways = map[string]bool{
	"through": true, "outside": true, "inside": true, "near": true, "by": true, "along": true, "across": true, "behind": true, "under": true, "over": true,
	"around": true, "against": true, "between": true, "before": true, "after": true, "during": true, "about": true,
}

// adverbial reports whether token i may stand between a subject and its verb.
func (r *run) adverbial(i int) bool {
	w := r.d.Word(i)
	return between[w] || len(w) > 4 && strings.HasSuffix(w, "ly") && w != "family" && w != "daily" && w != "weekly"
}

// skipAside returns the token before the aside that ends with token i: before
// ", a professor at Orrin College,". It returns i where there is no aside's begin.
func (r *run) skipAside(i, floor int) int {
	open := r.d.Word(i)
	if open == ")" {
		open = "("
	}
	for j := i - 1; j >= max(floor, i-reach); j-- {
		if r.inside[j] != 0 {
			return i
		}
		if r.d.Word(j) == open && j > floor {
			if r.name(j-1) == nil && open == "," && r.word(j-1) && !r.lexNoun(j-1) && r.low(j-1) != "who" {
				continue
			}
			if q, ok := r.coreFrom(j+1, i); ok && q.b == i && open == "," && q.last != nil && r.es[q.last.entity].Type == annotate.Person {
				return i - 1 // "the mayor of Orrin, Ann Lee,"
			}
			if r.d.Tokens[j-1].Kind == annotate.Number && j-2 > floor && r.is(j-2, ",") && r.name(j-3) != nil {
				return j - 3 // "Lee, 58, who owns it,"
			}
			return j - 1
		}
	}
	return floor - 1
}

func (r *run) lexNoun(t int) bool {
	_, ok := r.lex.nouns[r.low(t)]
	return ok
}

// phraseTo returns the noun phrase that ends with token i: that name which it hangs
// on, as in "Ann Lee of the harbour office", or itself.
func (r *run) phraseTo(i, floor int) (subject, bool) {
	s, ok := r.phraseEnding(i, floor)
	k := s.a - 1
	if k > floor && r.low(k) == "the" {
		k--
	}
	if !ok || k-1 < floor || s.form == annotate.Pronoun || !of[r.low(k)] {
		return s, ok
	}
	if closeTo[r.low(k-1)] && k-2 >= floor { // "sources close to Lee"
		if far, ok := r.phraseEnding(k-2, floor); ok {
			far.entity, far.the = -1, false
			return far, true
		}
	}
	n := r.name(k - 1)
	if n == nil || n.possessive {
		return s, ok
	}
	inPlace := s.entity >= 0 && r.es[s.entity].Type == annotate.Place && r.es[n.entity].Type == annotate.Organization
	if inPlace || r.es[n.entity].Type == annotate.Person {
		return r.nameSubject(n, floor), true
	}
	return s, ok
}

// closeTo are words that tie a noun to somebody who is not meant.
var closeTo = map[string]bool{"close": true, "familiar": true, "loyal": true, "near": true, "opposed": true, "linked": true, "related": true, "sympathetic": true}

// phraseEnding returns the noun phrase that ends with token i, without what it hangs on.
func (r *run) phraseEnding(i, floor int) (subject, bool) {
	if r.inside[i] != 0 {
		return subject{}, false
	}
	if n := r.name(i); n != nil {
		if n.possessive || i != n.b-1 {
			return subject{}, false
		}
		return r.nameSubject(n, floor), true
	}
	if !r.word(i) {
		return subject{}, false
	}
	w := r.low(i)
	if g, ok := r.pronounAt(i); ok {
		return r.pronoun(i, g), true
	}
	if s, ok := r.handle(i); ok {
		return s, true
	}
	if w == "who" || w == "which" {
		return r.antecedent(i, floor)
	}
	return r.nominalTo(i, floor)
}

// antecedent returns the phrase that the relative pronoun at token i stands for.
func (r *run) antecedent(i, floor int) (subject, bool) {
	at := i
	if i--; r.is(i, ",") {
		i--
	}
	if i < floor || r.low(i) == "who" || r.low(i) == "which" {
		return subject{}, false
	}
	if s, ok := r.climb(i, floor); ok {
		return s, true
	}
	return subject{Span: r.d.Tokens[at].Span, a: at, b: at + 1, entity: -1, form: annotate.Nominal}, true
}

// nameSubject returns the phrase that name n ends: the name itself, or the noun it
// hangs on in "a spokesman for Halden Media".
func (r *run) nameSubject(n *named, floor int) subject {
	own := subject{Span: n.Span, a: n.a, b: n.b, entity: n.entity, form: annotate.Name, gender: r.genders[n.entity]}
	k := n.a - 1
	if k > floor && r.low(k) == "the" {
		k--
	}
	if k <= floor || !of[r.low(k)] || !r.word(k-1) {
		return own
	}
	if _, ok := r.lex.nouns[r.low(k-1)]; !ok {
		return own
	}
	s, ok := r.nominalTo(k-1, floor)
	if !ok {
		return own
	}
	s.b, s.End, s.the = n.b, n.End, false
	s.entity = r.speaksFor(s.head, n)
	return s
}

// speaksFor returns the entity that somebody of role head speaks for, −1 for none.
// Only spokespeople and documents speak for others.
func (r *run) speaksFor(head string, n *named) int {
	if t := r.es[n.entity].Type; r.lex.nouns[head].paper && (t == annotate.Person || t == annotate.Organization || t == annotate.Other && !demonym(strings.ToLower(n.In(r.d.Text)))) {
		return n.entity // "Quill's letter"
	}
	if r.genders[n.entity] == thing && r.es[n.entity].Type == annotate.Organization &&
		(strings.HasPrefix(head, "spokes") || head == "representative" || head == "representatives") {
		return n.entity
	}
	return -1
}

// nominalTo returns the phrase whose noun is token i: "the 43-year-old baker",
// "Quill's lawyer", "Halden Media spokesman", "police".
func (r *run) nominalTo(i, floor int) (subject, bool) {
	w := r.low(i)
	nn, known := r.lex.nouns[w]
	s := subject{a: i, b: i + 1, entity: -1, form: annotate.Nominal, gender: nn.gender, head: w}
	owned := false
	for j := i - 1; j >= max(floor, i-7) && r.inside[j] == 0; j-- {
		if n := r.name(j); n != nil {
			if !known && !n.possessive && !personish(w) {
				return s, false
			}
			known = true
			s.a = n.a
			if n.possessive {
				if nn.paper {
					s.entity = r.speaksFor(w, n)
				}
				break
			}
			if nn.org && r.es[n.entity].Type == annotate.Organization {
				s.entity = n.entity // "the GMB union"
				break
			}
			if s.entity = r.speaksFor(w, n); s.entity < 0 && n.a > floor && r.low(n.a-1) == "the" { // "the Russian leader"
				s.a, s.the = n.a-1, true
			}
			break
		}
		if !r.word(j) && r.d.Tokens[j].Kind != annotate.Number {
			break
		}
		p := r.low(j)
		if owns(p) {
			owned = true
		}
		if determiners[p] {
			s.a, s.the, known = j, p == "the" && !owned, true
			break
		}
		if of[p] || between[p] || notSubject[p] || r.lex.cues[p].class != noCue {
			break
		}
		if known || r.upper(i) && r.upper(j) {
			s.a = j
		}
	}
	if !known && r.upper(i) { // a name that nobody recognised
		s.form = annotate.Name
		known = true
	}
	s.Span = r.span(s.a, s.b)
	return s, known && !notSubject[w]
}

// personish reports whether a noun that the lexicon does not have looks like a person's:
// "reviewer", "typist".
func personish(w string) bool {
	for _, end := range [...]string{"er", "or", "ist", "ian", "man", "woman", "person", "yst", "ers", "ors", "ists"} {
		if len(w) > len(end)+3 && strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}

// notSubject are words that stand where a noun could and are none.
var notSubject = map[string]bool{
	"and": true, "or": true, "but": true, "that": true, "when": true, "while": true, "if": true, "to": true, "in": true, "on": true,
	"after": true, "before": true, "as": true, "by": true, "at": true, "for": true, "of": true, "with": true, "there": true, "so": true,
	"because": true, "than": true, "what": true, "how": true, "where": true, "monday": true, "tuesday": true, "wednesday": true,
	"thursday": true, "friday": true, "saturday": true, "sunday": true, "week": true, "month": true, "year": true, "time": true,
	"however": true, "though": true, "too": true, "the": true, "a": true, "an": true, "his": true, "her": true, "day": true, "him": true,
	"rather": true, "instead": true, "meanwhile": true, "also": true, "then": true, "thus": true, "hence": true, "moreover": true,
	"furthermore": true, "additionally": true, "finally": true, "first": true, "second": true, "third": true, "perhaps": true, "maybe": true,
	"indeed": true, "overall": true, "today": true, "yesterday": true, "tomorrow": true, "tonight": true, "once": true, "later": true,
	"earlier": true, "elsewhere": true, "still": true, "yet": true, "nevertheless": true, "nonetheless": true, "even": true, "just": true,
	"last": true, "next": true, "early": true, "late": true, "january": true, "february": true, "march": true, "april": true, "june": true,
	"july": true, "august": true, "september": true, "october": true, "november": true, "december": true,
	"them": true, "me": true, "us": true, "the same": true, "more": true, "it's": true, "don’t": true, "don't": true, "didn't": true, "didn’t": true,
}
