package grammar

import (
	"strings"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/annotate/quotes/words"
)

// SpeakerOf returns the subject of the cue at token t.
func (g *Grammar) SpeakerOf(t, floor int, c words.Cue) (Subject, bool) {
	switch {
	case c.Ing && g.Is(t-1, "as"):
		return g.quotedAs(t, floor)
	case g.Passive(t, floor):
		return g.Agent(t, c)
	case c.Ing && !g.progressive(t, floor):
		return g.participleSubject(t, floor, c)
	}
	who, ok := g.subjectBefore(t, floor)
	switch {
	case ok && g.compound(t, &who):
		return who, false
	case ok && c.Base && !g.Agree(t, &who):
		return g.manyOf(t, floor, who)
	case ok || c.Base:
		return who, ok
	}
	return g.farSubject(t, floor, c)
}

// participleSubject returns the subject of the -ing form at token t: of "with", or of the sentence.
func (g *Grammar) participleSubject(t, floor int, c words.Cue) (Subject, bool) {
	if who, ok := g.withSubject(t, floor); ok {
		return who, true
	}
	if who, ok := g.trailingSubject(t, floor); ok {
		return who, true
	}
	who, ok := g.MainSubject(t, floor)
	return who, ok && (c.Class != words.Naming || g.known(&who))
}

// trailingSubject returns who says what stands before the participle at token t: The sale would fail, Quill
// said on Monday, calling it
func (g *Grammar) trailingSubject(t, floor int) (Subject, bool) {
	for k := t - 1; k > max(floor, t-trailTokens) && !g.Marked(k) && !g.Ends(k); k-- {
		if c, ok := g.saying(k); ok && c.Class == words.Say {
			who, ok := g.subjectBefore(k, floor)
			return who, ok && who.Form == annotate.Name && who.A-1 > floor && g.Is(who.A-1, ",") && g.closing(k+1, t)
		}
	}
	return Subject{}, false
}

// withSubject returns who says what the -ing form at token t reports after "with": "with Quill’s lawyer
// Ann Lee saying".
func (g *Grammar) withSubject(t, floor int) (Subject, bool) {
	for k := t - 1; k >= max(floor, t-withTokens) && !g.Ends(k) && !g.Is(k, ",") && !g.Finite(k); k-- {
		if g.Low(k) != "with" {
			continue
		}
		who, ok := g.SubjectFrom(k+1, t)
		return who, ok && (who.Entity >= 0 || g.SpeakerNoun(who.B-1))
	}
	return Subject{}, false
}

// farSubject returns the subject of the cue at token t that is not next to it: an earlier verb's, or
// somebody unnamed whom the sentence starts with.
func (g *Grammar) farSubject(t, floor int, c words.Cue) (Subject, bool) {
	if g.continuesVerb(t, c) && g.Joined(t, floor) {
		return g.MainSubject(t, floor)
	}
	return g.starter(t, floor)
}

// known reports whether who is named, a pronoun or a noun that can be who speaks.
func (g *verbs) known(who *Subject) bool {
	return who.Entity >= 0 || who.Form == annotate.Pronoun || g.SpeakerNoun(who.B-1)
}

// compound reports whether the cue at token t is a noun after who: "the harbour reports".
func (g *verbs) compound(t int, who *Subject) bool {
	if !words.Nounish.Has(g.d.Word(t)) {
		return false
	}
	if who.Entity >= 0 && who.Form == annotate.Name && g.es[who.Entity].Type == annotate.Other { // "Republican claims"
		return true
	}
	return who.Gender == en.Plural || who.Form == annotate.Nominal && (who.B != t || !g.SpeakerNoun(t-1))
}

// manyOf returns who has the base form at token t for its verb: who, if an auxiliary helps it, or
// the plural that who hangs on, "residents of Dock Street say".
func (g *Grammar) manyOf(t, floor int, who Subject) (Subject, bool) {
	if g.Helped(t, floor) {
		return who, true
	}
	if k, ok := g.hungOn(who.A, floor); ok {
		if far, ok := g.phraseTo(k, floor); ok && g.Agree(t, &far) {
			return far, true
		}
	}
	return who, false
}

// continuesVerb reports whether the cue at token t may share the subject of an earlier verb: not
// as "called" does in ", called “…”".
func (g *Grammar) continuesVerb(t int, c words.Cue) bool {
	return c.Class != words.Naming || !g.Is(t-1, ",") || !strings.HasSuffix(g.d.Word(t), "ed")
}

// MainSubject returns the subject that the sentence before token t starts with, over an opening
// phrase: "In March, at the debate, Ann Lee announced …, saying".
func (g *Grammar) MainSubject(t, floor int) (Subject, bool) {
	lo := min(g.mainStart(t, floor), t)
	if who, ok := g.SubjectFrom(lo, t); ok && !g.fronting(lo) && !g.Subordinate(lo) {
		return who, true
	}
	// a cue before has the subject that this one shares
	for j := t - 1; j > lo; j-- {
		if c, ok := g.CueAt(j); ok && !c.Ing && !c.Base {
			if who, ok := g.subjectBefore(j, lo); ok {
				return who, true
			}
		}
	}
	for j := lo; j+1 < t; j++ {
		if !g.Is(j, ",") {
			continue
		}
		if who, ok := g.SubjectFrom(j+1, t); ok && who.Form != "" && !g.fronting(j+1) {
			return who, true
		}
	}
	return Subject{}, false
}

// starter returns the somebody unnamed whom the sentence of the cue at token t starts with, if
// nothing but what hangs on that is between: "A woman in a red coat yelled".
func (g *Grammar) starter(t, floor int) (Subject, bool) {
	lo := t
	for lo > floor && !g.Ends(lo-1) && !g.Marked(lo-1) {
		lo--
	}
	who, ok := g.SubjectFrom(lo, t)
	if !ok || who.Form != annotate.Nominal || !g.SpeakerNoun(who.B-1) || t-who.B > starterTokens || who.B < t && !g.fronting(who.B) {
		return Subject{}, false
	}
	for k := who.B; k < t; k++ {
		if !g.Word(k) || g.Finite(k) || g.PersonAt(k) {
			return Subject{}, false
		}
	}
	return who, true
}

// Agent returns who speaks by the passive at token t: whom "by" names, or nobody where somebody
// is told without it.
func (g *Grammar) Agent(t int, c words.Cue) (Subject, bool) {
	for k := t + 1; k < min(t+agentTokens, len(g.d.Tokens)) && !g.Marked(k) && !g.Ends(k); k++ {
		if !g.Is(k, "by") {
			continue
		}
		if who, ok := g.SubjectOf(k+1, min(k+Reach, len(g.d.Tokens))); ok {
			return who, true
		}
	}
	return Nobody, c.Class == words.Tell
}

// quotedAs returns who says what "as saying" at token t reports: "Brandt was quoted by the
// Courier as saying".
func (g *Grammar) quotedAs(t, floor int) (Subject, bool) {
	for k := t - 2; k > max(floor, t-quotedTokens); k-- {
		if !g.In(k, "quoted", "cited") {
			continue
		}
		if !g.In(k-1, "was", "were", "been", "is", "are") && k+2 < t {
			return g.SubjectOf(k+1, t-1) // "the Courier quoted Brandt as saying"
		}
		return g.subjectBefore(k, floor)
	}
	return g.subjectBefore(t, floor)
}

// QuotesAs reads "quoted an officer as saying" at token v, and returns who says and by which cue.
func (g *Grammar) QuotesAs(v, end int) (Attribution, bool) {
	if !g.In(v, "quoted", "cited") || g.Passive(v, 0) {
		return Attribution{}, false
	}
	who, ok := g.SubjectOf(v+1, end)
	t := who.B + 1
	if !ok || !g.Is(who.B, "as") || t >= end {
		return Attribution{}, false
	}
	c, ok := g.CueAt(t)
	return Attribution{Who: who, Cue: g.d.Tokens[t].Span, Class: words.Say}, ok && c.Ing
}

// By returns the attribution to who by the cue at token t, if it is one.
func (g *Grammar) By(who Subject, t int) Attribution {
	c, _ := g.CueAt(t)
	return g.by(who, t, c)
}
