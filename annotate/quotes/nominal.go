package quotes

import (
	"slices"
	"strings"

	"byline/annotate"
)

// lookback is the most names that resolving goes back over.
const lookback = 40

// resolveNominal returns the entity that "the actor" takes up: the one named last of
// those that the article calls so, unless somebody unnamed was called so since ("an
// actor"); of "the 29-year-old" and of nouns that say no office, the only person named
// lately; of an organization, the one that the sentences before begin with or the only
// one named lately. −1 stands for nobody.
func (r *run) resolveNominal(s subject) int {
	org := r.lex.nouns[s.head].org
	if nn := r.lex.nouns[s.head]; nn.gender == plural || nn.paper || s.head == "" {
		return -1
	}
	only, many := -1, false
	for k, n := r.nameBefore(s.Start), 0; k >= 0 && n < lookback; k, n = k-1, n+1 {
		e := r.names[k].entity
		if org && r.es[e].Type == annotate.Place && r.roles[e].has(s.head) {
			return e // "Wend County Council" was taken for a place
		}
		if (r.es[e].Type == annotate.Organization) != org || !org && r.es[e].Type != annotate.Person || clash(s.gender, r.genders[e]) || org && r.another(e, s.head) {
			continue
		}
		if r.calls(e, s.head) {
			if r.unnamed(&s, r.names[k].b) {
				return -1
			}
			return e
		}
		if n < 8 && only != e && r.names[k].a < len(r.inside) && r.inside[r.names[k].a] == 0 {
			many, only = only >= 0, e
		}
	}
	aged := strings.HasSuffix(s.head, "-year-old") || r.name(s.b-1) != nil && demonym(s.head) || r.parent(s)
	switch {
	case org && bodies[s.head]:
		return -1
	case org:
		if e := r.lately(s, only, many); e >= 0 {
			return e
		}
		if s.b-s.a > 2 { // "the weather office" is one of its own
			return -1
		}
		return r.leading(s)
	case only < 0 || offices[s.head] && !aged || r.unnamed(&s, 0) || !aged && !personish(s.head) && !r.lexNoun(s.b-1):
		return -1
	}
	if e := r.lately(s, only, many); e >= 0 && (aged || epithets[s.head] || len(r.roles[e]) == 0) {
		return e
	}
	return -1
}

// demonym reports whether w may say where a person is from: "croatian".
func demonym(w string) bool {
	for _, end := range [...]string{"ian", "ean", "can", "ese", "ish", "ni", "qi", "li", "aniard"} {
		if len(w) > len(end)+2 && strings.HasSuffix(w, end) {
			return w != "guardian" && w != "vatican"
		}
	}
	switch w {
	case "german", "dane", "swede", "finn", "turk", "scot", "briton", "pole", "czech", "greek", "serb", "croat", "thai", "kurd", "frenchman",
		"frenchwoman", "englishman", "irishman", "welshman", "dutchman", "scotsman", "texan", "londoner", "californian", "new yorker":
		return true
	}
	return false
}

// another reports whether the name of organization e says that it is none of those that
// noun w is said of: an authority is no union.
func (r *run) another(e int, w string) bool {
	other := false
	for _, role := range r.roles[e] {
		if nn := r.lex.nouns[role]; role == w || slices.Contains(r.lex.wider[w], role) {
			return false
		} else if nn.org || role == "police" || role == "workers" {
			other = true
		}
	}
	return other
}

// leading returns the organization that the text before s names most; −1 for none.
func (r *run) leading(s subject) int {
	count := map[int]int{}
	best, most, next := -1, 0, 0
	for k, n := r.nameBefore(s.Start), 0; k >= 0 && n < 8*lookback; k, n = k-1, n+1 {
		if e := r.names[k].entity; r.es[e].Type == annotate.Organization && !r.another(e, s.head) {
			count[e]++
		}
	}
	for e, n := range count {
		switch {
		case n > most || n == most && e < best:
			best, most, next = e, n, max(next, most)
		default:
			next = max(next, n)
		}
	}
	if most <= next {
		return -1
	}
	return best
}

// parent reports whether s is one of so many: "the father of four".
func (r *run) parent(s subject) bool {
	k := s.b
	for k > s.a && r.low(k-1) != s.head {
		k--
	}
	switch s.head {
	case "father", "mother", "grandmother", "grandfather", "dad", "mum", "mom", "parent":
		return r.low(k) == "of" && (some[r.low(k+1)] || numbers[r.low(k+1)])
	}
	return false
}

var numbers = map[string]bool{"five": true, "six": true, "seven": true, "eight": true, "nine": true, "ten": true}

// epithets are nouns that are said of people who have an office or trade besides.
var epithets = map[string]bool{
	"pensioner": true, "teenager": true, "youngster": true, "veteran": true, "newcomer": true, "grandmother": true, "grandfather": true,
	"gran": true, "widow": true, "widower": true, "star": true, "striker": true, "midfielder": true, "defender": true, "goalkeeper": true,
	"winger": true, "champion": true, "winner": true, "favourite": true, "favorite": true, "author": true, "writer": true, "novelist": true,
	"musician": true, "singer": true, "actor": true, "actress": true, "billionaire": true, "millionaire": true, "politician": true,
	"academic": true, "scientist": true, "researcher": true, "lawmaker": true, "republican": true, "democrat": true,
	"executive": true, "businessman": true, "businesswoman": true, "entrepreneur": true, "player": true, "athlete": true, "founder": true,
	"scorer": true, "substitute": true, "holder": true, "man": true, "woman": true,
}

// lately returns the person or organization that one of the two sentences before begins
// with, or the only one named lately.
func (r *run) lately(s subject, only int, many bool) int {
	if only >= 0 && !many {
		return only
	}
	ty := annotate.Person
	if r.lex.nouns[s.head].org {
		s.gender, ty = thing, annotate.Organization
	}
	for sent, back := r.sentenceOf(s.a), 1; back <= 2 && sent-back >= 0; back++ {
		if e := r.topic(sent-back, s); e >= 0 && r.es[e].Type == ty && !clash(s.gender, r.genders[e]) && (ty == annotate.Person || !r.another(e, s.head)) {
			return e
		}
	}
	return -1
}

// unnamed reports whether somebody without a name bears the noun of s, before it and
// not before token floor: "a White House official" before "the official".
func (r *run) unnamed(s *subject, floor int) bool {
	for t := s.a - 1; t >= max(floor, s.a-120, 0); t-- {
		if r.low(t) != s.head || r.name(t+1) != nil || r.is(t+1, ",") && r.name(t+2) != nil {
			continue
		}
		for k := t - 1; k >= max(0, t-5) && (r.word(k) || r.d.Tokens[k].Kind == annotate.Number); k-- {
			if r.name(k) != nil && !r.name(k).possessive && r.es[r.name(k).entity].Type == annotate.Person {
				break
			}
			if indefinite[r.low(k)] {
				return !r.predicate(k)
			}
		}
	}
	return false
}

// predicate reports whether the article at token k begins what is said of a name before
// it: "Ann Lee, a", "Ann Lee is a".
func (r *run) predicate(k int) bool {
	return k > 1 && (r.is(k-1, ",") || r.is(k-1, "is") || r.is(k-1, "was") || r.is(k-1, "as")) && r.name(k-2) != nil
}

// bodies are nouns of bodies that an article need not name to speak of them.
var bodies = map[string]bool{
	"team": true, "band": true, "house": true, "force": true, "court": true, "government": true, "ministry": true, "parliament": true,
	"senate": true, "congress": true, "army": true, "navy": true, "administration": true, "league": true, "campaign": true,
	"opposition": true, "presidency": true, "junta": true, "cabinet": true, "office": true, "department": true, "police": true, "market": true, "press": true, "board": true, "committee": true, "council": true, "embassy": true,
}

// offices are nouns of persons whom an article need not name to speak of them.
var offices = map[string]bool{
	"judge": true, "officer": true, "official": true, "spokesman": true, "spokeswoman": true, "spokesperson": true, "prosecutor": true,
	"lawyer": true, "attorney": true, "detective": true, "minister": true, "president": true, "mayor": true, "source": true, "witness": true,
	"coroner": true, "inspector": true, "sheriff": true, "ambassador": true, "secretary": true, "governor": true, "chancellor": true,
	"pope": true, "king": true, "queen": true, "speaker": true, "commissioner": true, "representative": true, "reporter": true,
	"narrator": true, "defendant": true, "plaintiff": true, "juror": true, "foreman": true, "clerk": true, "driver": true, "father": true,
	"mother": true, "son": true, "daughter": true, "brother": true, "sister": true, "wife": true, "husband": true, "boy": true, "girl": true,
	"child": true, "victim": true, "suspect": true, "referee": true, "umpire": true, "crowd": true, "caller": true, "premier": true,
	"operator": true, "source's": true, "police": true, "diplomat": true, "envoy": true, "aide": true, "adviser": true, "advisor": true,
}
