package quotes

import (
	"strings"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/annotate/quotes/grammar"
	"byline/annotate/quotes/words"
)

// cueBefore reads: Quill said, “…”; Quill told the Courier that “…”; she was quoted as saying:
// “…”. Nothing but what hangs on the verb is between it and the mark.
func (an *analysis) cueBefore(i int) (claim, bool) {
	c, ok := an.lastCue(i)
	if !ok || c.gap > cueGap || c.gap > introducedGap && !an.introduced(i) || c.Class == words.Naming {
		return claim{}, false
	}
	return c, true
}

// inSentence reads: Quill said that it had been “a mess”; Quill called it “a mess”. The marked
// words are part of what the verb before them reports.
func (an *analysis) inSentence(i int) (claim, bool) {
	if c, ok := an.lastCue(i); ok {
		return c, true
	}
	return an.participleFirst(i)
}

// lastCue returns a claim for the cue that is next before quotation i in its sentence and has a
// subject.
func (an *attributed) lastCue(i int) (claim, bool) {
	w := an.ahead(i)
	var weak claim
	for t := w.End - 1; t >= w.First && !an.Ends(t); t-- {
		c, ok := an.cueFor(t, w)
		if !ok {
			continue
		}
		who, ok := an.subjectOf(i, t, w, c)
		if !ok || who.Entity < 0 && who.Empty() && t > w.First+passiveTokens && an.Passive(t, w.First) {
			continue // "saying staff had been informed “…”"
		}
		cl := claim{Attribution: grammar.Attribution{Who: who, Cue: an.d.Tokens[t].Span, Class: c.Class}, gap: w.End - 1 - t, rule: &nobody}
		if c.Class != words.Naming || who.Form != annotate.Pronoun || who.Gender != en.Thing {
			return cl, true
		}
		if !weak.found() { // "she says it underscores": she speaks, and not it
			weak = cl
		}
	}
	return weak, weak.found()
}

// subjectOf returns the subject of the cue at token t among tokens w before quotation i: behind it, before
// it, or that of the quotation before.
func (an *attributed) subjectOf(i, t int, w annotate.Range, c words.Cue) (grammar.Subject, bool) {
	if who, ok := an.behindCue(t, w.End, c); ok {
		return who, true
	}
	who, ok := an.SpeakerOf(t, w.First, c)
	if ok && who.Empty() && who.Entity < 0 {
		return an.agent(i, t), true
	}
	if !ok && an.shares(i, t, c) {
		return an.claims[i-1].Who, true
	}
	return who, ok
}

// participleFirst reads a participle that starts the sentence, whose subject is behind quotation i:
// Calling it “a mess”, Ann Lee left; After saying it was “a mess”, Ann Lee left.
func (an *attributed) participleFirst(i int) (claim, bool) {
	t, a := an.sentenceStart(i), an.quotations[i].A
	upper := an.Upper(t)
	if an.In(t, "After", "Before", "While", "By", "In", "Despite") {
		t++
	}
	c := words.English().Cues[an.Low(t)]
	if !c.Ing || !upper || a-1-t > namingGap || t >= a || an.stopped(i) {
		return claim{}, false
	}
	w := an.after(i)
	k := w.First
	if k < w.End && an.Is(k, ",") {
		k++
	}
	who, ok := an.SubjectFrom(k, w.End)
	cl := claim{Attribution: grammar.Attribution{Who: who, Cue: an.d.Tokens[t].Span, Class: c.Class}, gap: a - 1 - t}
	return cl, ok && (identified(&who) || an.SpeakerNoun(who.B-1))
}

// behindCue returns the subject behind the cue at token t, which a comma parts from the words before, as
// another parts the subject from the quotation: The canal, says Ann Lee of the harbour office, “stinks.”
func (an *surroundings) behindCue(t, end int, c words.Cue) (grammar.Subject, bool) {
	if c.Class != words.Say || c.Ing || c.Base || !an.Is(t-1, ",") {
		return grammar.Nobody, false
	}
	who, ok := an.SubjectFrom(t+1, end)
	if !ok || who.Form == annotate.Pronoun || !identified(&who) && !an.SpeakerNoun(who.B-1) {
		return grammar.Nobody, false
	}
	for k := who.B; k < end; k++ {
		if an.Is(k, ",") {
			return who, true
		}
		if an.Finite(k) || an.Ends(k) {
			break
		}
	}
	return grammar.Nobody, false
}

// cueFor returns the cue that token t is, if it may report what follows tokens w.
func (an *surroundings) cueFor(t int, w annotate.Range) (words.Cue, bool) {
	c, ok := an.CueAt(t)
	if !ok && t+2 == w.End && an.Is(t+1, ",") && an.In(t, "went", "goes") {
		c, ok = words.Cue{Class: words.Voice}, true // "and he went, ‘No.’"
	}
	if !ok || unsaid(an, t, w, c) {
		return c, false
	}
	switch c.Class {
	case words.Naming:
		return c, w.End-1-t <= namingGap || an.Is(w.End-1, "of") && strings.HasPrefix(an.Low(t), "accus")
	case words.Voice, words.Think:
		return c, w.End-1-t <= voiceGap
	}
	return c, true
}

// unsaid reports whether the cue c at token t of tokens w is an infinitive, or a passive of a headline: "refused
// to say", "Schools told to close".
func unsaid(an *surroundings, t int, w annotate.Range, c words.Cue) bool {
	if an.Is(t-1, "to") && t > w.First {
		return !words.Habitual.Has(an.Low(t - 2))
	}
	return c.Class == words.Tell && an.Is(t+1, "to") && t < an.Headline().End
}

// shares reports whether the cue at token t continues with the subject of the claim on the
// quotation before i, in the same sentence: said it was “dead”, adding: “…”.
func (an *attributed) shares(i, t int, c words.Cue) bool {
	if i == 0 || !an.claims[i-1].attributed() || an.claims[i-1].Who.Empty() || !an.sameParagraphAs(i) {
		return false
	}
	p, q := &an.claims[i-1], &an.quotations[i-1]
	if p.Who.B > q.A && p.Who.A == 0 || !c.Ing && !an.Joined(t, q.B) || an.Ends(max(0, q.B-2)) {
		return false
	}
	for k := q.B; k < t; k++ {
		if an.Ends(k) || an.NameAt(k) != nil {
			return false
		}
	}
	return true
}

// sameParagraphAs reports whether quotation i starts in the paragraph in which the one before
// ends.
func (an *surroundings) sameParagraphAs(i int) bool {
	return an.quotations[i-1].Last == an.quotations[i].First
}

// nameColon reads: Marta Quill: “…”. The name is alone between the start of its sentence and the
// colon, as in headlines and lists of statements; or owns a word for what is said: Quill’s answer:
// “…”.
func (an *analysis) nameColon(i int) (claim, bool) {
	w := an.ahead(i)
	if !an.Is(w.End-1, ":") {
		return claim{}, false
	}
	lo := an.Start(w.End-1, w.First)
	if who, ok := an.utterance(lo, w.End-1); ok {
		return by(who), true
	}
	if n := an.NameAt(w.End - 2); n != nil && n.A > lo && an.Is(n.A-1, "from") { // "More from Lee: “…”"
		return by(an.Subject(n)), true
	}
	who, ok := an.SubjectFrom(lo, w.End-1)
	if !ok || who.Form == annotate.Pronoun || who.B != w.End-1 && !an.In(who.B, ",", "(") {
		return claim{}, false
	}
	if w.End-lo > speakerLineTokens || who.Form == annotate.Nominal && !an.SpeakerNoun(who.B-1) && who.Entity < 0 {
		return claim{}, false
	}
	_, cued := an.lastCue(i)
	return by(who), !cued
}

// introColon reads: Ann Lee spoke to reporters after the vote: “…”. Whatever the verb, the subject
// of a sentence that ends with a colon speaks what follows.
func (an *analysis) introColon(i int) (claim, bool) {
	w := an.ahead(i)
	if w.End-w.First < introTokens || !an.Is(w.End-1, ":") {
		return claim{}, false
	}
	if _, ok := an.lastCue(i); ok {
		return claim{}, false
	}
	lo := w.End - 1
	floor := max(an.Bounds(an.quotations[i].First).First, lo-surroundingTokens)
	for lo > floor && !an.Ends(lo-1) && (!an.Marked(lo-1) || !an.Ends(max(0, lo-2))) {
		lo--
	}
	who, ok := an.utterance(lo, w.End-1)
	if !ok {
		who, ok = an.MainSubject(w.End-1, lo)
	}
	return by(who), ok && identified(&who)
}

// identified reports whether who is somebody who is named or meant by a pronoun.
func identified(who *grammar.Subject) bool { return who.Entity >= 0 || who.Form == annotate.Pronoun }

// introParagraph reads a paragraph “…” under one that ends: Quill continued:
func (an *analysis) introParagraph(i int) (claim, bool) {
	q := &an.quotations[i]
	if q.First == 0 || an.Bounds(q.First).First != q.A {
		return claim{}, false
	}
	p := an.Bounds(q.First - 1)
	if p.End <= p.First || !an.Is(p.End-1, ":") {
		return claim{}, false
	}
	for t := p.End - 2; t >= max(p.First, p.End-grammar.Reach) && !an.Marked(t) && !an.Ends(t); t-- {
		c, ok := an.CueAt(t)
		if !ok {
			continue
		}
		if who, ok := an.SpeakerOf(t, p.First, c); ok {
			return claim{Attribution: an.By(who, t)}, true
		}
		if who, ok := an.SubjectFrom(t+1, p.End-1); ok && c.Class != words.Tell {
			return claim{Attribution: an.By(who, t)}, true
		}
	}
	who, ok := an.MainSubject(p.End-1, p.First)
	return by(who), ok && identified(&who)
}
