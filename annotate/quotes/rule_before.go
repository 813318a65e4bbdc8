package quotes

import (
	"strings"

	"byline/annotate"
)

// cueBefore reads: Quill said, “…”; Quill told the Courier that “…”; she was quoted
// as saying: “…”. Nothing but what hangs on the verb stands between it and the mark.
func (r *run) cueBefore(i int) (claim, bool) {
	c, ok := r.lastCue(i)
	if !ok || c.gap > 14 || c.gap > 3 && !r.leadsIn(i) || c.class == naming {
		return claim{}, false
	}
	return c, true
}

// leadsIn reports whether a colon or comma stands before stretch i.
func (r *run) leadsIn(i int) bool {
	a := r.marked[i].a
	return r.is(a-1, ",") || r.is(a-1, ":")
}

// inSentence reads: Quill said that it had been “a mess”; Quill called it “a mess”.
// The marked words are part of what the verb before them reports.
func (r *run) inSentence(i int) (claim, bool) {
	return r.lastCue(i)
}

// usually are verbs before "to" that leave it said: "liked to say".
var usually = map[string]bool{"used": true, "liked": true, "likes": true, "loved": true, "loves": true, "seemed": true, "tended": true}

// within is how many tokens a cue of a class may stand before the marks.
var within = [...]int{say: 2 * reach, tell: 2 * reach, naming: 10, voice: 3, think: 3}

// lastCue returns a claim for the cue that stands next before stretch i in its
// sentence and has a subject.
func (r *run) lastCue(i int) (claim, bool) {
	w := r.ahead(i)
	var weak claim
	for t := w.End - 1; t >= w.First && !r.ends(t); t-- {
		c, ok := r.cueAt(t)
		if !ok && t+2 == w.End && r.is(t+1, ",") && (r.is(t, "went") || r.is(t, "goes")) {
			c, ok = cue{class: voice, weight: 0.01}, true // "and he went, ‘No.’"
		}
		if !ok || r.is(t-1, "to") && t > w.First && !usually[r.low(t-2)] || w.End-1-t > within[c.class] {
			continue
		}
		who, ok := r.speakerOf(t, w.First, c)
		if !ok && r.shares(i, t, c) {
			who, ok = r.claims[i-1].who, true
		}
		if !ok || who.entity < 0 && who.Empty() && t > w.First+4 && passive(r, t, w.First) {
			continue // "saying staff had been informed “…”"
		}
		cl := claim{who: who, cue: r.cueSpan(t), class: c.class, gap: w.End - 1 - t, rule: &nobody}
		if c.class != naming || who.form != annotate.Pronoun || who.gender != thing {
			return cl, true
		}
		if !weak.found() { // "she says it underscores": she speaks, and not it
			weak = cl
		}
	}
	return weak, weak.found()
}

// shares reports whether the cue at token t goes on with the subject of the claim on the
// stretch before i, in the same sentence: said it was “dead”, adding: “…”.
func (r *run) shares(i, t int, c cue) bool {
	if i == 0 || !r.claims[i-1].found() || r.claims[i-1].rule == &nobody || r.marked[i-1].last != r.marked[i].first || r.claims[i-1].who.b > r.marked[i-1].a && r.claims[i-1].who.a == 0 {
		return false
	}
	if !c.ing && !r.joined(t, r.marked[i-1].b) {
		return false
	}
	for k := r.marked[i-1].b; k < t; k++ {
		if r.ends(k) || r.name(k) != nil {
			return false
		}
	}
	return !r.ends(max(0, r.marked[i-1].b-2))
}

// speakerOf returns the subject of the cue at token t.
func (r *run) speakerOf(t, floor int, c cue) (subject, bool) {
	switch {
	case r.is(t-1, "as") && c.ing:
		return r.quotedAs(t, floor)
	case passive(r, t, floor):
		return r.agent(t, c)
	}
	if c.ing && !progressive(r, t, floor) {
		who, ok := r.mainSubject(t, floor)
		return who, ok && (c.class != naming || who.entity >= 0 || who.form == annotate.Pronoun || r.lexNoun(who.b-1))
	}
	who, ok := r.subjectBefore(t, floor)
	if ok && nounish[r.d.Word(t)] && (who.gender == plural || who.form == annotate.Nominal && (who.b != t || !r.lexNoun(t-1))) {
		return who, false
	}
	if ok && c.base && !r.many(t, who) && !r.helped(t, floor) {
		if k, climbs := r.behindWhich(who.a, floor); climbs { // "residents of Dock Street say"
			if far, ok := r.phraseTo(k, floor); ok && r.many(t, far) {
				return far, true
			}
		}
		return who, false
	}
	if !ok && !c.base && (c.class != naming || !r.is(t-1, ",") || !strings.HasSuffix(r.d.Word(t), "ed")) && r.joined(t, floor) {
		return r.mainSubject(t, floor)
	}
	if !ok && !c.base {
		return r.opener(t, floor)
	}
	return who, ok
}

// opener returns the somebody unnamed whom the sentence of the cue at token t begins
// with, if nothing but what hangs on that stands between: "A woman in a red coat yelled".
func (r *run) opener(t, floor int) (subject, bool) {
	lo := t
	for lo > floor && !r.ends(lo-1) && r.inside[lo-1] == 0 {
		lo--
	}
	who, ok := r.subjectFrom(lo, t)
	if !ok || who.form != annotate.Nominal || t-who.b > 8 || who.b < t && !preposition[r.low(who.b)] || !r.lexNoun(who.b-1) {
		return subject{}, false
	}
	for k := who.b; k < t; k++ {
		if !r.word(k) || r.finiteAt(k) || r.name(k) != nil && r.es[r.name(k).entity].Type == annotate.Person {
			return subject{}, false
		}
	}
	return who, true
}

// nounish are cues that are nouns more often than verbs.
var nounish = map[string]bool{
	"states": true, "reports": true, "claims": true, "notes": true, "comments": true, "remarks": true, "demands": true, "offers": true,
	"posts": true, "estimates": true, "shares": true, "points": true, "questions": true, "answers": true, "promises": true, "rules": true,
	"returns": true, "orders": true, "objects": true, "counters": true, "labels": true, "brands": true, "terms": true, "cautions": true,
	"protests": true, "pledges": true, "vows": true, "jokes": true, "speculates": false, "calls": false, "cries": true, "laughs": true,
}

// many reports whether who may have the base form at token t for a verb: "they say",
// "critics argue", "Republicans say", not "the state".
func (r *run) many(t int, who subject) bool {
	switch {
	case who.gender == plural || r.low(who.a) == "i" || r.low(who.a) == "you":
		return true
	case who.form == annotate.Pronoun:
		return false
	case who.a > 2 && (r.is(who.a-1, "and") || r.is(who.a-2, "and")):
		return true
	}
	return strings.HasSuffix(r.low(who.b-1), "s") && (who.form == annotate.Nominal || r.is(t, "say"))
}

// passive reports whether a form of "be" makes the cue at token t passive.
func passive(r *run, t, floor int) bool {
	if r.is(t-1, "to") { // "he was heard to say"
		return false
	}
	for j := t - 1; j >= max(floor, t-3); j-- {
		switch r.d.Word(j) {
		case "was", "were", "been", "is", "are", "being", "be":
			c, _ := r.cueAt(t)
			return !c.ing
		}
		if !r.word(j) || !r.adverbial(j) {
			return false
		}
	}
	return false
}

// progressive reports whether the -ing form at token t has a form of "be" before it.
func progressive(r *run, t, floor int) bool {
	for j := t - 1; j >= max(floor, t-3); j-- {
		switch r.d.Word(j) {
		case "was", "were", "been", "is", "are":
			return true
		}
	}
	return false
}

// joined reports whether the verb at token t goes on with an earlier verb's subject:
// "sat down and said", ", then added".
func (r *run) joined(t, floor int) bool {
	for j := t - 1; j >= max(floor, t-3); j-- {
		if r.is(j, "and") || r.is(j, "but") || r.is(j, ",") || r.is(j, "then") {
			return true
		}
		if !r.word(j) || !r.adverbial(j) {
			return false
		}
	}
	return false
}

// mainSubject returns the subject that the sentence before token t begins with, over
// an opening phrase: "In March, at the debate, Ann Lee announced …, saying".
func (r *run) mainSubject(t, floor int) (subject, bool) {
	lo := t
	for lo > floor && !r.ends(lo-1) {
		lo--
	}
	if who, ok := r.subjectFrom(lo, t); ok && !preposition[r.low(lo)] && !r.tied(lo) {
		return who, true
	}
	// a cue before has the subject that this one shares
	for j := t - 1; j > lo; j-- {
		if c, ok := r.cueAt(j); ok && !c.ing && !c.base {
			if who, ok := r.subjectBefore(j, lo); ok {
				return who, true
			}
		}
	}
	for j := lo; j < t; j++ {
		if !r.is(j, ",") || j+1 >= t {
			continue
		}
		if who, ok := r.subjectFrom(j+1, t); ok && who.form != "" && !preposition[r.low(j+1)] {
			return who, true
		}
	}
	return subject{}, false
}

// tied reports whether token t belongs to a subordinate clause.
func (r *run) tied(t int) bool {
	switch r.low(t) {
	case "when", "while", "after", "before", "if", "although", "as", "because", "since", "but", "and":
		return true
	}
	return false
}

// preposition are words that begin a phrase before the subject.
var preposition = map[string]bool{
	"in": true, "on": true, "at": true, "after": true, "before": true, "during": true, "with": true, "from": true, "for": true,
	"by": true, "since": true, "under": true, "over": true, "while": true, "when": true, "as": true, "of": true, "to": true, "if": true,
	"although": true, "despite": true, "because": true, "like": true, "unlike": true, "following": true, "speaking": true, "asked": true,
}
