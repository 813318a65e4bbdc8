package grammar

import (
	"byline/annotate"
	"byline/annotate/lexicon/en"
)

// A tally counts by whom "he" and "she" stand in an article, and so learns the gender of people whose first
// name does not tell it, or tells it wrongly: Min Roth left his office. He was tired.
type tally struct {
	*cast
	male, female []int // by entity
	last         int   // the person named last, −1 where that is not sure
	several      bool  // the sentence so far names more than one
}

// hearGenders sets the genders that pronouns tell.
func (g *cast) hearGenders() {
	t := &tally{cast: g, male: make([]int, len(g.es)), female: make([]int, len(g.es)), last: -1}
	for i := range g.d.Paragraphs {
		ps := g.d.Paragraphs[i].Sentences
		t.last = -1
		for k := ps.First; k < ps.End; k++ {
			t.sentence(g.d.Sentences[k].Tokens)
		}
	}
	for e := range g.es {
		t.decide(e)
	}
}

// sentence counts the pronouns of a sentence, outside of marks.
func (t *tally) sentence(w annotate.Range) {
	t.several = false
	named := -1
	for k := w.First; k < w.End; k++ {
		if t.Marked(k) {
			continue
		}
		switch n := t.NameAt(k); {
		case n != nil:
			if t.es[n.Entity].Type == annotate.Person {
				t.several = t.several || named >= 0 && named != n.Entity
				named, t.last = n.Entity, n.Entity
			}
		case t.somebody(k) || t.reports(k):
			t.several = true // "Lee’s mother", "the prosecutor said he"
		case t.last >= 0 && !t.several:
			t.count(t.Low(k))
		}
	}
	if t.several {
		t.last = -1
	}
}

// somebody reports whether token k is a noun of a man or woman, which "he" or "she" may mean.
func (t *tally) somebody(k int) bool {
	n := t.noun(k)
	return n.Person() && (n.Gender == en.Male || n.Gender == en.Female) && t.NameAt(k+1) == nil
}

// reports reports whether token k says what somebody says, who may speak of another.
func (t *tally) reports(k int) bool {
	_, ok := t.saying(k)
	return ok
}

// count counts pronoun w for the person named last.
func (t *tally) count(w string) {
	switch w {
	case "he", "his", "him", "himself":
		t.male[t.last]++
	case "she", "her", "hers", "herself":
		t.female[t.last]++
	}
}

// decide sets the gender of entity e, if enough pronouns tell it. A title is believed in any case, and a
// common first name unless all pronouns speak against it.
func (t *tally) decide(e int) {
	gender, most, least := en.Male, t.male[e], t.female[e]
	if least > most {
		gender, most, least = en.Female, least, most
	}
	known := t.genders[e]
	switch {
	case t.addressed[e] || gender == known || most < heardPronouns:
	case known == en.Unknown && most >= heardShare*least, least == 0 && (t.MayFit(e) || most > heardPronouns):
		t.genders[e] = gender
	}
}
