package quotes

import (
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/annotate/quotes/grammar"
	"byline/annotate/quotes/words"
)

// resolve finds the entity that the pronoun or noun means which speaks quotation i, or words
// before quotation i.
func (an *attributed) resolve(i int, c *claim) {
	if !c.found() || c.Who.Empty() {
		return
	}
	who := &c.Who
	if who.Entity >= 0 {
		an.bearer(who)
		return
	}
	switch who.Form {
	case annotate.Name:
		for who.A+1 < who.B && words.Title(strings.Trim(an.Low(who.A), ".")) != en.Unknown {
			who.A++
			who.Start = an.d.Tokens[who.A].Start
		}
		who.Entity = an.sameName(who.In(an.d.Text))
	case annotate.Pronoun:
		if e, ok := itReads(an, c); ok {
			who.Entity = e
			return
		}
		p := an.resolvePronoun(i, *who)
		who.Entity, c.points, c.rivals = p.entity, p.points, max(0, len(p.seen)-1)
	case annotate.Nominal:
		if who.Entity = an.resolveNominal(i, who); who.Entity < 0 {
			who.Entity = an.speaksOn(i, c)
		}
	}
}

// sameName returns the only person or organization whose name ends like a name that is no mention
// of anybody's; −1 for none.
func (an *attributed) sameName(name string) int {
	if an.lasts == nil {
		an.lasts = map[string]int{}
		for i := range an.es {
			if !isSpeaker(&an.es[i]) {
				continue
			}
			w := lastWord(an.es[i].Name)
			if _, twice := an.lasts[w]; twice {
				an.lasts[w] = -1
			} else {
				an.lasts[w] = i
			}
		}
	}
	if i, ok := an.lasts[lastWord(name)]; ok {
		return i
	}
	return -1
}

// bearer makes who, a place, the person who bears the same name: “Trucks are liked in Austin,” Austin said.
func (an *attributed) bearer(who *grammar.Subject) {
	if an.es[who.Entity].Type != annotate.Place || who.Form != annotate.Name || who.B-who.A > 1 {
		return
	}
	if e := an.sameName(who.In(an.d.Text)); e >= 0 && an.es[e].Type == annotate.Person {
		who.Entity = e
	}
}

// A poll collects points for whom a pronoun may mean.
type poll struct {
	fits   func(entity int) bool
	may    func(entity int) bool // though its first name speaks against it
	sure   func(entity int) bool // whether its gender is known
	entity int                   // with most points, −1 for none
	points float64
	seen   []int // whom it may mean
}

// add gives points to entity e.
func (p *poll) add(e int, points float64) {
	if e < 0 {
		return
	}
	if !p.fits(e) {
		if p.may == nil || !p.may(e) {
			return
		}
		points -= rareCost
	}
	if len(p.seen) <= mostRivals && !slices.Contains(p.seen, e) {
		p.seen = append(p.seen, e)
	}
	if p.sure(e) {
		points += knownPoints
	}
	if points > p.points {
		p.entity, p.points = e, points
	}
}

// resolvePronoun returns the entity that a speaking pronoun stands for: the subject of its own
// sentence so far or of one of the two before, else the speaker before, else the person named
// last; gender excludes. See limits.go for the points.
func (an *attributed) resolvePronoun(i int, s grammar.Subject) poll {
	p := poll{
		entity: -1,
		fits:   func(e int) bool { return an.Fits(e, s.Gender) },
		may:    func(e int) bool { return s.Person() && an.MayFit(e) },
		sure:   func(e int) bool { return s.Person() && an.KnownAs(e, s.Gender) },
	}
	if s.Gender == en.Unknown || an.Low(s.A) == "we" || s.Gender == en.Plural && an.Pair(s.A) || an.unnamedSince(s) {
		return p
	}
	sent := an.SentenceOf(s.A)
	an.pollTopics(&p, sent, s)
	if e, back := an.speakerBefore(i, s.Gender); e >= 0 && !an.namedSince(e, i, s) {
		p.add(e, speakerPoints-speakerFading*float64(min(back, speakersBack)))
	}
	names := an.NamesBefore(s.Start)
	first := an.d.Sentences[max(0, sent-nameSentences)].Tokens.First
	for back := 0; back < min(len(names), grammar.NamesBack) && names[len(names)-1-back].A >= first; back++ {
		if n := &names[len(names)-1-back]; !an.Quoted(n) {
			p.add(n.Entity, an.namePoints(n, back))
		}
	}
	if p.entity < 0 && s.Person() {
		an.pollMeant(&p, sent, s.Gender)
	}
	return p
}

// pollTopics gives points to whom the sentence of pronoun s and those before start with, and who says what
// they report.
func (an *attributed) pollTopics(p *poll, sent int, s grammar.Subject) {
	for k, points := sent, topicPoints; k >= 0 && points > 0; k-- {
		e := -1
		if k < sent || !isObject(an.Low(s.A)) {
			e = an.Topic(k, s)
		}
		if e < 0 && k < sent && s.Person() {
			if e = an.meant(k, s.Gender); e >= 0 {
				p.add(e, points+meantPoints)
			}
		}
		p.add(e, points)
		if k < sent && s.Person() {
			p.add(an.told(k), points+toldPoints)
		}
		points -= topicFading
	}
}

// pollMeant gives points to whom "he" or "she" meant last, in the sentences in which names are looked for.
func (an *attributed) pollMeant(p *poll, sent int, gender en.Gender) {
	for k := sent - 1; p.entity < 0 && k >= max(0, sent-nameSentences); k-- {
		p.add(an.meant(k, gender), leastPoints)
	}
}

// meant returns whom "he" or "she" means that sentence k starts with, if it is of a gender; −1 for none. It
// goes forward over the sentences, so that each can build on those before: Lee grew up in Orrin. She left
// it. There she met Ida Moss. She returned.
func (an *attributed) meant(k int, gender en.Gender) int {
	for len(an.pronouns) <= k {
		sent := len(an.pronouns)
		an.pronouns = append(an.pronouns, meaning{entity: -1})
		t, g := an.pronounOf(sent)
		switch n := an.NameAt(t + 2); {
		case t < 0:
		case an.In(t+1, "is", "was") && n != nil && an.es[n.Entity].Type == annotate.Person: // "She was Ida Moss"
			an.pronouns[sent] = meaning{g, n.Entity}
		default:
			s := an.Pronoun(t, g)
			an.pronouns[sent] = meaning{g, an.resolvePronoun(an.QuotationsBefore(s.Start), s).entity}
		}
	}
	if m := an.pronouns[k]; m.gender == gender {
		return m.entity
	}
	return -1
}

// A meaning is whom the pronoun means that a sentence starts with.
type meaning struct {
	gender en.Gender
	entity int
}

// pronounOf returns the token of the "he" or "she" that a sentence starts with, over an opening phrase, and
// its gender; −1 for none.
func (an *attributed) pronounOf(sent int) (int, en.Gender) {
	w := an.d.Sentences[sent].Tokens
	for t := w.First; t < min(w.End, w.First+openingTokens) && an.NameAt(t) == nil && !an.Marked(t); t++ {
		if s, ok := an.SubjectFrom(t, t+1); ok && s.Person() {
			return t, s.Gender
		}
	}
	return -1, en.Unknown
}

// told returns the entity that says what a sentence reports; −1 for none.
func (an *attributed) told(sent int) int {
	t := an.d.Sentences[sent].Tokens
	who, ok := an.toldIn(t)
	for k := t.End - 1; !ok && k > max(t.First, t.End-grammar.Reach); k-- {
		if a, found := an.According(k, t.End); found && !an.Marked(k) { // "It was late, according to Lee."
			who, ok = a.Who, true
		}
	}
	switch {
	case !ok:
		return -1
	case who.Entity < 0 && who.Form == annotate.Nominal && who.Anaphoric:
		return an.ResolveNominal(who)
	}
	return who.Entity
}

// unnamedSince reports whether the sentence of pronoun s, or the one before, starts with somebody
// unnamed whom s may mean: One of the victims spoke. She said
func (an *attributed) unnamedSince(s grammar.Subject) bool {
	if !s.Person() {
		return false
	}
	sent := an.SentenceOf(s.A)
	own := an.d.Sentences[sent].Tokens
	if n := an.NamesBefore(s.Start); len(n) > 0 && n[len(n)-1].A > own.First && an.Fits(n[len(n)-1].Entity, s.Gender) {
		return false
	}
	who, ok := an.SubjectFrom(own.First, own.End)
	if (!ok || who.A >= s.A || isObject(an.Low(s.A))) && sent > 0 {
		t := an.d.Sentences[sent-1].Tokens
		if by, ok := an.toldIn(t); ok && by.B < s.A && by.Form != annotate.Pronoun {
			return by.Entity < 0 && an.toldUnnamed(&by, s.Gender)
		}
		who, ok = an.SubjectFrom(t.First, t.End)
	}
	return ok && who.A < s.A && an.unnamed(&who, s.Gender)
}

// isObject reports whether pronoun w is whom something is done to, so that it does not mean whom its sentence
// starts with: "Quill asked her".
func isObject(w string) bool { return w == "him" || w == "her" }

// toldUnnamed reports whether who, who is reported to say something, is somebody without a name, and may
// be of a gender: The manager of the works said that it would close. “It hurts,” he said.
func (an *attributed) toldUnnamed(who *grammar.Subject, gender en.Gender) bool {
	n := words.English().Nouns[who.Head]
	if who.Form == annotate.Nominal && an.Is(who.A-1, "of") && an.Low(who.A-2) == "one" { // "one of the fishermen"
		return true
	}
	if who.Form != annotate.Nominal || n.Gender == en.Plural || n.Gender.Clashes(gender) || who.Anaphoric && an.ResolveNominal(*who) >= 0 {
		return false
	}
	return an.Low(who.A) == "one" || n.Person() && an.NounOf(who)
}

// unnamed reports whether who is somebody without a name, and may be of a gender.
func (an *attributed) unnamed(who *grammar.Subject, gender en.Gender) bool {
	if who.Form != annotate.Nominal || who.Entity >= 0 || who.Anaphoric || an.Is(who.B, ",") {
		return false
	}
	n := words.English().Nouns[who.Head]
	return (an.Low(who.A) == "one" || an.SpeakerNoun(who.B-1)) && n.Person() && n.Gender != en.Plural && !n.Gender.Clashes(gender)
}

// namePoints returns the points of name n, with so many names between it and the pronoun.
func (an *surroundings) namePoints(n *grammar.Name, back int) float64 {
	p := nameTop - nameFading*float64(back)
	if n.Possessive {
		p -= possessiveCost
	}
	if n.A > 0 && words.Aiming.Has(an.Low(n.A-1)) { // "speaking to Martin Lee, he said"
		p -= aimedCost
	}
	return max(p, leastPoints)
}

// namedSince reports whether somebody else whom s fits was named since entity e last spoke,
// outside marks.
func (an *attributed) namedSince(e, i int, s grammar.Subject) bool {
	j := min(i, len(an.claims)) - 1
	for j > 0 && an.claims[j].Who.Entity != e {
		j--
	}
	if j < 0 {
		return false
	}
	names := an.NamesBefore(s.Start)
	for k := len(names) - 1; k >= 0 && names[k].Start > an.quotations[j].End; k-- {
		if n := &names[k]; !an.Quoted(n) && an.Fits(n.Entity, s.Gender) {
			return n.Entity != e && !n.Possessive
		}
	}
	return false
}

// speakerBefore returns the entity that speaks the last attributed quotation before quotation i,
// in this paragraph or the two before, that a gender fits, −1 for none; and how many others spoke
// since.
func (an *attributed) speakerBefore(i int, gender en.Gender) (e, back int) {
	for j := min(i, len(an.claims)) - 1; j >= max(0, i-quotationsBack); j-- {
		if an.quotations[j].Last+paragraphsBack < an.quotations[min(i, len(an.quotations)-1)].First {
			return -1, 0
		}
		c := &an.claims[j]
		if !c.found() || c.Who.Entity < 0 {
			continue
		}
		if an.Fits(c.Who.Entity, gender) {
			return c.Who.Entity, back
		}
		back++
	}
	return -1, 0
}
