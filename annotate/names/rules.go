package names

import (
	"strings"
	"unicode"

	"byline/annotate"
	"byline/annotate/lexicon"
)

// A rule says what a chunk names, or nothing where it does not know.
type rule struct {
	name  string
	score float64 // precision with exact span and type, measured
	sure  bool    // takes part in the first pass, whose verdicts are remembered
	apply func(*run, *chunk) kind
}

// titleInMarks is the index of the rule that workTitle is.
const titleInMarks = 0

// rules are the rules in the order in which they are tried. Scores are shares of 60,000
// names that the rules found in annotated Wikipedia articles, news and other texts; they
// are lower than on news alone, since those texts mark nationalities and works in
// different ways or not at all.
var rules = [...]rule{
	{"title-in-marks", 0.71, true, nil},
	{"honorific", 0.78, true, honorific},
	{"known", 0.60, true, known},
	{"legal-form", 0.80, true, legalForm},
	{"country", 0.71, true, country},
	{"institution-of", 0.75, true, institutionOf},
	{"event-or-law", 0.58, true, eventOrLaw},
	{"institution", 0.72, true, institution},
	{"geography", 0.85, true, geography},
	{"first-name", 0.87, true, firstName},
	{"listed-organization", 0.77, true, listedOrganization},
	{"role-before", 0.88, true, roleBefore},
	{"role-after", 0.45, true, roleAfter},
	{"city", 0.82, true, city},
	{"source", 0.55, true, source},
	{"seen-elsewhere", 0.73, false, seenElsewhere},
	{"in-a-place", 0.67, true, inPlace},
	{"country-or-name", 0.82, false, countryOrName},
	{"speaks", 0.66, true, speaks},
	{"acronym", 0.55, true, acronym},
	{"place-of-place", 0.70, false, placeOfPlace},
	{"surname-last", 0.45, true, surnameLast},
	{"ruled", 0.44, false, ruledBy},
	{"surname", 0.52, false, surname},
	{"definite", 0.75, false, definite},
	{"capitals-together", 0.22, false, together},
}

func (r *run) single(c *chunk) bool { return c.End-c.First == 1 }

func (r *run) at(i int) *word { return &r.words[i] }

// whole returns what the lists know of all of c.
func (r *run) whole(c *chunk) (trigger, lexicon.Class) {
	k := r.key(c.Range)
	return triggers()[k] & knownAny, k.Class()
}

// key returns the key of the tokens in g.
func (r *run) key(g annotate.Range) lexicon.Key {
	k := r.words[g.First].key
	for i := g.First + 1; i < g.End; i++ {
		if r.isPossessive(i) {
			k = k.Join("'s")
		} else {
			k = k.Add(r.d.Word(i))
		}
	}
	return k
}

// before and after return the words beside c in its sentence; r.edge at its ends.
func (r *run) before(c *chunk, n int) *word {
	i := c.First - n
	if c.title.First < c.title.End {
		i = c.title.First - n
	}
	if i < c.first {
		return &r.edge
	}
	return &r.words[i]
}

func (r *run) after(c *chunk, n int) *word {
	if i := c.End + n - 1; i < c.end {
		return &r.words[i]
	}
	return &r.edge
}

// text returns the token n places behind c, or nothing at the end of the sentence.
func (r *run) text(c *chunk, n int) string {
	if i := c.End + n - 1; i < c.end {
		return r.d.Word(i)
	}
	return ""
}

func (r *run) textBefore(c *chunk, n int) string {
	if i := c.First - n; i >= c.first {
		return r.d.Word(i)
	}
	return ""
}

// honorific: "Mr. Quill", "Senator Ann Quill".
func honorific(r *run, c *chunk) kind {
	if c.title.First == c.title.End || c.End-c.First > 5 || r.at(c.First).is(knownPlace|orgHead) || r.at(c.End-1).is(orgHead|otherHead) {
		return nothing
	}
	if w := r.at(c.First); r.single(c) && (w.in(lexicon.Country|lexicon.Demonym) || w.is(knownAny)) && w.lacks(lexicon.Surname) {
		return nothing
	}
	return person
}

// known: a name that every newsroom knows.
func known(r *run, c *chunk) kind {
	t, _ := r.whole(c)
	if r.single(c) && r.at(c.First).in(lexicon.Small) && r.at(c.First).has(start) {
		return nothing
	}
	switch {
	case t == 0:
		return nothing
	case t&knownPlace != 0:
		return place
	case t&knownOther != 0:
		return other
	}
	return organization
}

// legalForm: "Halden Media Inc."
func legalForm(r *run, c *chunk) kind {
	if c.End-c.First > 1 && r.at(c.End-1).is(orgSuffix) {
		return organization
	}
	return nothing
}

// country: "Kenya", "Kenyan".
func country(r *run, c *chunk) kind {
	_, class := r.whole(c)
	if r.single(c) && class == 0 {
		class = r.parts(c.First)
	}
	switch {
	case class&lexicon.Demonym != 0:
		return other
	case class&lexicon.Country != 0 && class&lexicon.CommonFirst == 0:
		return place
	}
	return nothing
}

// countryOrName: "Jordan", where nothing in the article makes it a person's.
func countryOrName(r *run, c *chunk) kind {
	if _, class := r.whole(c); class&lexicon.Country != 0 {
		return place
	}
	return nothing
}

// parts returns what is known of the first part of token i, which has a hyphen:
// "Kenyan-Ugandan".
func (r *run) parts(i int) lexicon.Class {
	first, _, ok := strings.Cut(r.d.Word(i), "-")
	if !ok {
		return 0
	}
	if k := lexicon.Key(0).Add(first); triggers()[k]&knownOther != 0 {
		return lexicon.Demonym
	} else {
		return k.Class() & lexicon.Demonym
	}
}

// institutionOf: "Ministry of Fisheries".
func institutionOf(r *run, c *chunk) kind {
	for i := c.First; i+2 < c.End; i++ {
		if of := r.d.Word(i + 1); r.at(i).is(orgOf) && (of == "of" || of == "for" || of == "on") {
			return organization
		}
	}
	return nothing
}

// eventOrLaw: "Treaty of Orrin", "Orrin Cup".
func eventOrLaw(r *run, c *chunk) kind {
	if c.End-c.First > 1 && (r.at(c.End-1).is(otherHead) || r.at(c.First).is(otherFirst) || r.at(c.First).is(otherHead) && r.at(c.First+1).has(lower)) {
		return other
	}
	return nothing
}

// institution: "Orrin Police", "Foreign Ministry".
func institution(r *run, c *chunk) kind {
	if c.End-c.First < 2 || !r.at(c.End-1).is(orgHead) {
		return nothing
	}
	if r.at(c.First).in(lexicon.CommonFirst) && r.at(c.End-1).in(lexicon.Surname) && c.End-c.First == 2 {
		return person
	}
	return organization
}

// geography: "Orrin River", "Lake Orrin", "Northern Kenya".
func geography(r *run, c *chunk) kind {
	last := r.at(c.End - 1)
	switch {
	case c.End-c.First < 2:
		return nothing
	case last.is(placeHead) && !(r.at(c.First).in(lexicon.CommonFirst) && last.in(lexicon.Surname)):
		return place
	case r.at(c.First).is(placeOf):
		return place
	case r.at(c.First).is(compass) && (last.in(lexicon.Country|lexicon.City|lexicon.Region) || last.is(knownPlace)):
		return place
	}
	return nothing
}

// firstName: "Marta Quill", "J. R. Quill", "Marta van der Quill".
func firstName(r *run, c *chunk) kind {
	if c.End-c.First < 2 || c.End-c.First > 5 {
		return nothing
	}
	first, last := r.at(c.First), r.at(c.End-1)
	if !first.in(lexicon.First) && !first.has(initial) || (first.is(compass|orgHead|orgOf|role) || r.article(c)) && !first.in(lexicon.CommonFirst) || last.is(orgHead|placeHead|otherHead) && last.lacks(lexicon.Surname) {
		return nothing
	}
	for i := c.First; i < c.End; i++ {
		if r.unlike(i) {
			return nothing
		}
	}
	return person
}

// article reports whether an article stands before c, as it seldom does before people.
func (r *run) article(c *chunk) bool {
	switch r.textBefore(c, 1) {
	case "the", "The", "a", "an", "A", "An":
		return true
	}
	return false
}

// unlike reports whether token i does not look like a part of a person's name.
func (r *run) unlike(i int) bool {
	w := r.at(i)
	if w.is(particle) || w.has(initial) || w.is(roman) || r.d.Tokens[i].Kind == annotate.Mark {
		return false
	}
	return w.has(lower) || w.key == 0 || r.d.Word(i) == "&" || w.is(weak) || w.in(lexicon.Demonym) || w.is(knownOther|noName) ||
		w.in(lexicon.Small) && w.lacks(lexicon.CommonFirst|lexicon.CommonSurname)
}

// listedOrganization: a university, agency, party or club.
func listedOrganization(r *run, c *chunk) kind {
	_, class := r.whole(c)
	if class&(lexicon.School|lexicon.Agency|lexicon.Party) != 0 && !r.single(c) {
		return organization
	}
	if class&lexicon.Club != 0 && class&(lexicon.City|lexicon.Surname|lexicon.First|lexicon.Small) == 0 {
		return organization
	}
	return nothing
}

// roleBefore: "the actor Marta Quill", "spokesman Quill".
func roleBefore(r *run, c *chunk) kind {
	w := r.before(c, 1)
	if !w.has(lower) || !w.is(role) || c.End-c.First > 4 || r.at(c.End-1).is(orgHead) {
		return nothing
	}
	return person
}

// roleAfter: "Quill, a spokeswoman", "Quill, the actor".
func roleAfter(r *run, c *chunk) kind {
	if r.text(c, 1) != "," || c.End-c.First > 4 || r.at(c.End-1).is(orgHead) {
		return nothing
	}
	for n := 2; n < 7; n++ {
		w := r.after(c, n)
		if w.key == 0 {
			return nothing
		}
		if w.is(role) && n > 1 {
			return person
		}
	}
	return nothing
}

// city: "Nairobi".
func city(r *run, c *chunk) kind {
	_, class := r.whole(c)
	if class&(lexicon.City|lexicon.Region) == 0 {
		return nothing
	}
	if !r.single(c) || class&(lexicon.First|lexicon.Surname|lexicon.Small|lexicon.Company) == 0 {
		return place
	}
	w := r.before(c, 1)
	if w.is(prep) && class&lexicon.Small == 0 {
		return place
	}
	return nothing
}

// source: "news agency Orrinpress", "according to Orrinpress".
func source(r *run, c *chunk) kind {
	b1, b2 := r.textBefore(c, 1), r.textBefore(c, 2)
	switch {
	case r.before(c, 1).is(business) && r.before(c, 1).has(lower):
		return organization
	case b1 == "to" && b2 == "according" && r.at(c.First).lacks(lexicon.First|lexicon.Surname|lexicon.Country|lexicon.City):
		return organization
	case b1 == "told" && r.single(c) && r.at(c.First).has(caps):
		return organization
	case b1 == "for" && r.before(c, 2).is(role) && b2 != "candidate" && r.at(c.First).lacks(lexicon.Country):
		return organization
	}
	return nothing
}

// mixed reports whether c is one word with a capital behind its first letters: "IMDb".
func (r *run) mixed(c *chunk) bool {
	if !r.single(c) {
		return false
	}
	s := r.d.Word(c.First)
	for i := 1; i < len(s); i++ {
		if s[i]-'A' < 26 && s[i-1] != '-' && s[i-1] != '\'' {
			return true
		}
	}
	return false
}

// speaks: "Quill said", "said Quill".
func speaks(r *run, c *chunk) kind {
	after, before := r.after(c, 1), r.before(c, 1)
	if !after.is(spoken) && !before.is(spoken) || c.End-c.First > 3 {
		return nothing
	}
	w := r.at(c.First)
	if r.single(c) && r.common(c.First) {
		return nothing
	}
	if w.has(caps) || r.mixed(c) || r.at(c.End-1).in(lexicon.Company|lexicon.Club) && r.at(c.End-1).lacks(lexicon.Surname|lexicon.First) {
		return organization
	}
	if r.single(c) && (w.in(lexicon.City|lexicon.Small) && w.lacks(lexicon.Surname)) {
		return nothing
	}
	return person
}

// acronym: "OBC".
func acronym(r *run, c *chunk) kind {
	w := r.at(c.First)
	if n := r.d.Tokens[c.First].Len(); r.single(c) && w.has(caps) && !w.is(noName) && !r.coded(c.First) && n > 1 && n < 7 && !(w.has(start) && r.headlineWord(c)) {
		return organization
	}
	return nothing
}

// coded reports whether a digit stands before a letter in token i: "H5N1".
func (r *run) coded(i int) bool {
	s := r.d.Word(i)
	n := strings.IndexAny(s, "0123456789")
	return n >= 0 && strings.ContainsFunc(s[n:], unicode.IsLetter)
}

// headlineWord reports whether c stands among other words in capitals.
func (r *run) headlineWord(c *chunk) bool {
	a, b := r.after(c, 1), r.before(c, 1)
	return a.has(caps) || b.has(caps)
}

// placeOfPlace: "Orrin, Kenya".
func placeOfPlace(r *run, c *chunk) kind {
	if w := r.after(c, 2); r.text(c, 1) == "," && (w.in(lexicon.Country|lexicon.Region) || w.is(knownPlace)) {
		return place
	}
	return nothing
}

// surnameLast: "Zbrnko Quill" with a surname of the lists.
func surnameLast(r *run, c *chunk) kind {
	n := c.End - c.First
	if n < 2 || n > 4 || r.at(c.End-1).lacks(lexicon.Surname) || r.article(c) {
		return nothing
	}
	for i := c.First; i < c.End; i++ {
		if r.unlike(i) {
			return nothing
		}
	}
	return person
}

// inPlace: "in Orrin", "the village of Orrin", "Orrin province".
func inPlace(r *run, c *chunk) kind {
	if c.End-c.First > 3 || r.at(c.First).has(caps) {
		return nothing
	}
	b, a := r.before(c, 1), r.after(c, 1)
	of := r.textBefore(c, 1) == "of" && r.before(c, 2).is(settled) && r.before(c, 2).has(lower)
	switch {
	case of, a.is(settled) && a.has(lower) && !r.at(c.First).has(start):
		return place
	case c.End < c.end && r.isPossessive(c.End):
		return nothing
	}
	switch r.textBefore(c, 1) {
	case "in", "near", "at", "across", "In", "Near", "outside", "throughout":
		return place
	}
	if b.is(compass) && b.has(lower) {
		return place
	}
	return nothing
}

// surname: a first name alone, or a surname that something belongs to.
func surname(r *run, c *chunk) kind {
	w := r.at(c.First)
	if !r.single(c) || w.in(lexicon.Small|lexicon.City|lexicon.Region) || r.article(c) || r.common(c.First) {
		return nothing
	}
	owns := c.End < c.end && r.isPossessive(c.End)
	if w.in(lexicon.CommonFirst) && (owns || !w.has(start)) || w.in(lexicon.CommonSurname) && owns {
		return person
	}
	return nothing
}

// common reports whether token i is a word that ends or starts the names of things.
func (r *run) common(i int) bool {
	return r.at(i).is(orgHead | orgOf | placeHead | otherHead | title | prefix | role | compass | noName | business)
}

// together: two capitalised words or three that nothing is known of.
func together(r *run, c *chunk) kind {
	n := c.End - c.First
	if n < 2 {
		return nothing
	}
	for i := c.First; i < c.End; i++ {
		if r.unlike(i) || r.at(i).is(orgHead|placeHead|otherHead|compass) {
			return r.unlikely(c)
		}
	}
	if n < 4 && !r.article(c) && !r.at(c.First).has(caps) && !r.at(c.End-1).has(caps) {
		return person
	}
	return r.unlikely(c)
}

// unlikely returns what capitalised words are that are no person.
func (r *run) unlikely(c *chunk) kind {
	if r.at(c.First).has(start) {
		return nothing
	}
	return other
}

// ruledBy: "the Quill government", "the Quill family".
func ruledBy(r *run, c *chunk) kind {
	if w := r.after(c, 1); !r.single(c) || !w.is(ruled) || !w.has(lower) || r.unlike(c.First) {
		return nothing
	}
	return person
}

// definite: "the Orrins won": people take no article.
func definite(r *run, c *chunk) kind {
	if b := r.textBefore(c, 1); b != "the" && b != "The" || c.End-c.First > 3 {
		return nothing
	}
	w := r.at(c.First)
	if r.single(c) && (w.in(lexicon.Small) || r.small.has(w.key) || w.is(title|prefix|role|compass|noName)) {
		return nothing
	}
	if !r.after(c, 1).is(spoken) {
		return nothing
	}
	return organization
}
