package quotes

import (
	"strings"

	"byline/annotate"
	"byline/annotate/quotes/grammar"
	"byline/annotate/quotes/words"
	"byline/articles"
)

// cueThenName reads “…,” said Marta Quill. The verb is right after the mark.
func (an *analysis) cueThenName(i int) (claim, bool) {
	w := an.after(i)
	k, ok := an.attributes(i, w.First, w.End)
	if !ok && !an.cueRunsOn(i, w.First, w.End) {
		return claim{}, false
	}
	k = an.PastAdverbs(k, w.End)
	if k >= w.End || !an.inverts(k) {
		return claim{}, false
	}
	from := k + 1
	for from < w.End && an.Word(from) && (an.Adverbial(from) || an.Is(from, "in")) && an.NameAt(from) == nil && !an.Upper(from) {
		from++
	}
	who, ok := an.SubjectFrom(from, w.End)
	if !ok || who.A > from+invertedTokens {
		return claim{}, false
	}
	return claim{Attribution: an.By(who, k)}, true
}

// inverts reports whether token k is a cue whose subject may come after it.
func (an *surroundings) inverts(k int) bool {
	c, ok := an.CueAt(k)
	if !ok || c.Ing || c.Base || c.Class == words.Naming {
		return false
	}
	return c.Class != words.Tell || an.In(k, "asked", "asks")
}

// cueRunsOn reports whether the cue at token k says who speaks quotation i though no comma or
// stop is before it: “We sold it” said Marta Quill.
func (an *surroundings) cueRunsOn(i, k, end int) bool {
	c, ok := an.CueAt(k)
	if !ok || !an.quotations[i].Closed || c.Class != words.Say || c.Ing || c.Base || k+1 >= end || !an.startsSentence(i) {
		return false
	}
	if an.NameAt(k+1) != nil && (c.Weight > organizationWeight || an.PersonAt(k+1)) {
		return true
	}
	who, ok := an.SubjectFrom(k+1, end) // "said its mayor, Ann Lee"
	return ok && who.Form == annotate.Name && who.Entity >= 0 && an.es[who.Entity].Type == annotate.Person
}

// subjectRunsOn reports whether a subject at token k says quotation i though no comma is before
// it, “We sold it” Quill said after the sale, or though a full stop is, “We sold it.” Quill said.
func (an *surroundings) subjectRunsOn(i, k, end int) bool {
	if !an.quotations[i].Closed || !an.startsSentence(i) || k >= end {
		return false
	}
	who, ok := an.SubjectFrom(k, end)
	if !ok || who.Form == annotate.Nominal || who.B >= end {
		return false
	}
	c, ok := an.CueAt(who.B)
	if !ok || c.Ing || c.Base || (c.Class != words.Say || c.Weight < runOnWeight) && !an.Is(who.B, "told") {
		return false
	}
	return !an.stopped(i) || an.Is(who.B+1, ".")
}

// nameThenCue reads “…,” Quill said; “…,” the mayor, Ann Lee, told Reuters; “…,” she was told by
// Lee.
func (an *analysis) nameThenCue(i int) (claim, bool) {
	w := an.after(i)
	k, ok := an.attributes(i, w.First, w.End)
	if !ok && !an.subjectRunsOn(i, k, w.End) {
		return claim{}, false
	}
	who, ok := an.SubjectFrom(k, w.End)
	if !ok || who.Form == annotate.Pronoun && an.startsAnew(k) {
		return claim{}, false
	}
	if a, ok := an.QuotesAs(who.B, w.End); ok {
		return claim{Attribution: a}, true
	}
	v, ok := an.VerbAfter(who.B, w.End)
	if !ok {
		return an.leadOut(i, who, w.End)
	}
	if v+1 < w.End && an.Is(v+1, "that") || an.ledInBefore(i, k, v) { // In “Low Water,” she argues that
		return claim{}, false
	}
	c, _ := an.CueAt(v)
	naming := c.Class == words.Naming && !an.Is(w.First, ",") && !an.leadsOut(i, &who)
	return claim{Attribution: an.By(an.active(v, who, c), v)}, !naming && (!c.Base || an.has(&who, v))
}

// leadsOut reports whether quotation i is a sentence that a comma leads out of, so that whatever its
// subject does is to say it: “You called them names,” Quill charged.
func (an *analysis) leadsOut(i int, who *grammar.Subject) bool {
	l := an.lookAt(i)
	return an.startsSentence(i) && strings.HasSuffix(an.inner(i), ",") && (l.words >= fullWords || who.Person() && !l.titled())
}

// leadOut reads whoever follows quotation i, which a comma leads out of, with a verb that is no cue.
func (an *analysis) leadOut(i int, who grammar.Subject, end int) (claim, bool) {
	v, ok := an.anyVerb(who.B, end)
	if !ok || !an.leadsOut(i, &who) {
		return claim{}, false
	}
	return claim{Attribution: grammar.Attribution{Who: who, Cue: an.d.Tokens[v].Span, Class: words.Voice}}, true
}

// anyVerb returns the token of the verb in the past of a subject that ends before token k, over an aside.
func (an *attributed) anyVerb(k, end int) (int, bool) {
	if k < end && an.Is(k, ",") {
		k++
		for k < end && !an.Is(k, ",") && !an.Ends(k) {
			k++
		}
		k++
	}
	k = an.PastAdverbs(k, end)
	return k, k < end && len(an.d.Word(k)) >= verbBytes && strings.HasSuffix(an.d.Word(k), "ed")
}

// ledInBefore reports whether a verb of saying before quotation i has it, and not the one at token v,
// whose subject is at token k: Quill asked: “Where?” Lee shrugged. Quill said “yes,” Lee said “no.”
func (an *attributed) ledInBefore(i, k, v int) bool {
	c, ok := an.lastCue(i)
	saying := ok && c.gap <= introducedGap && c.Class != words.Naming && c.Class != words.Think && !c.Who.Empty()
	if an.startsAnew(k) && an.introduced(i) && endsWith(an.inner(i), "?", "!", ".") {
		after, _ := an.CueAt(v)
		return saying || after.Class == words.Voice && an.Is(an.quotations[i].A-1, ":")
	}
	return saying && an.leadsNext(i, v)
}

// leadsNext reports whether the verb of saying at token v, after quotation i, leads in the next one:
// said “no”; told them, “no”.
func (an *attributed) leadsNext(i, v int) bool {
	end := an.after(i).End // where the next quotation starts
	for t := v + 1; t < end; t++ {
		if !an.Word(t) && (t+1 < end || !an.In(t, ",", ":")) {
			return false
		}
	}
	return end-v <= introducedGap && end < len(an.d.Tokens) && an.Marked(end)
}

// startsAnew reports whether the pronoun at token k, after a quotation, starts another sentence: “Why?”
// They said, “…”
func (an *surroundings) startsAnew(k int) bool {
	return an.Upper(k) && an.Low(k) != "i" && !an.Is(k-1, ",")
}

// has reports whether who, which is before it, may have the base form at token v for its verb.
func (an *surroundings) has(who *grammar.Subject, v int) bool {
	return an.Agree(v, who) || an.Helped(v, who.B)
}

// active returns who speaks by the cue at token v, whose subject is who: by a passive its agent.
func (an *surroundings) active(v int, who grammar.Subject, c words.Cue) grammar.Subject {
	if an.Is(v-1, "as") || !an.Passive(v, who.B) {
		return who
	}
	if agent, ok := an.Agent(v, c); ok {
		return agent
	}
	return grammar.Nobody
}

// sentenceEnd reads: The “mess” would be over by May, Quill said. “He can try” to stop it and “may win,” said
// Ann Lee, his deputy. The sentence around the marks, and around others, ends with the attribution.
func (an *analysis) sentenceEnd(i int) (claim, bool) {
	q := &an.quotations[i]
	if !q.Closed || an.stopped(i) {
		return claim{}, false
	}
	end := q.B
	next := an.after(i).End
	for last := min(an.Bounds(q.Last).End, q.B+surroundingTokens); end < last && !an.Ends(end); {
		if end++; end == next && end < last { // “He can try,” Lee added, “but why?”
			if c, ok := an.endedBy(q.B, end); ok {
				return c, true
			}
		}
	}
	return an.endedBy(q.B, end)
}

// endedBy reads the attribution that ends tokens [from,end).
func (an *attributed) endedBy(from, end int) (claim, bool) {
	for k := end - 2; k > from; k-- {
		if an.Marked(k) || !an.Is(k, ",") && !an.Marked(k-1) {
			continue
		}
		if a, ok := an.attributionAt(k, end); ok {
			return claim{Attribution: a, gap: k - from}, true
		}
	}
	return claim{}, false
}

// attributionAt reads the attribution that ends a sentence, behind the comma at token k.
func (an *attributed) attributionAt(k, end int) (grammar.Attribution, bool) {
	near := end-k < sentenceTail
	if an.Is(k, ",") {
		k++
	}
	if a, ok := an.According(k, end); ok && near {
		return a, true
	}
	if an.inverts(k) && an.Is(k-1, ",") {
		who, ok := an.SubjectFrom(k+1, end)
		return an.By(who, k), ok && who.Form != annotate.Pronoun && (who.Entity >= 0 || an.SpeakerNoun(who.B-1))
	}
	who, ok := an.SubjectFrom(k, end)
	if !ok || !near {
		return grammar.Attribution{}, false
	}
	v, ok := an.VerbAfter(who.B, end)
	return an.By(who, max(v, k)), ok && an.speaks(v, &who)
}

// speaks reports whether token v is a verb of saying that who may have.
func (an *surroundings) speaks(v int, who *grammar.Subject) bool {
	c, _ := an.CueAt(v)
	return (c.Class == words.Say || c.Class == words.Tell) && (!c.Base || an.Agree(v, who))
}

// accordingTo reads: According to Quill, it was “a mess”; “Thank you,” according to TASS. Where a
// verb before the marks has a subject, that one speaks and not the source.
func (an *analysis) accordingTo(i int) (claim, bool) {
	if w := an.after(i); w.First < w.End {
		k := w.First
		if an.Is(k, ",") {
			k++
		}
		a, ok := an.According(k, w.End)
		if c, cued := an.lastCue(i); cued && identified(&c.Who) {
			ok = false
		}
		if ok && !(an.Is(k, "According") && an.stopped(i)) {
			return claim{Attribution: a}, true
		}
	}
	if _, ok := an.lastCue(i); ok {
		return claim{}, false
	}
	w := an.ahead(i)
	for t := w.End - 2; t >= w.First && !an.Ends(t); t-- {
		if a, ok := an.According(t, w.End); ok {
			return claim{Attribution: a}, true
		}
	}
	return claim{}, false
}

// attributionLine reads a quotation that is followed by a line: — Marta Quill, editor.
func (an *analysis) attributionLine(i int) (claim, bool) {
	q := &an.quotations[i]
	next := an.after(i)
	if next.First == next.End && q.Last+1 < len(an.d.Paragraphs) {
		if who, ok := an.nameLine(q.Last + 1); ok && an.d.Paragraphs[q.Last].Block.Quote > 0 {
			return by(who), true
		}
		next = an.Bounds(q.Last + 1)
		next.End = min(next.End, next.First+grammar.Reach)
	}
	who, ok := an.dashName(next)
	return by(who), ok
}

// nameLine reads the attribution of a block quote, or "Marta Quill, editor" as a line of its own at the end of one, or as the
// caption below it.
func (an *surroundings) nameLine(i int) (grammar.Subject, bool) {
	if an.d.Paragraphs[i].Block.Kind == articles.Attribution {
		return credited(an, an.Bounds(i))
	}
	return signedLine(an, i)
}

// signedLine reads "Marta Quill, editor" in paragraph i.
func signedLine(an *surroundings, i int) (grammar.Subject, bool) {
	b := &an.d.Paragraphs[i].Block
	w := an.Bounds(i)
	if b.Quote == 0 && b.Kind != articles.Caption || w.First >= w.End || w.End-w.First > signatureTokens || an.Is(w.End-1, ".") {
		return grammar.Nobody, false
	}
	if who, ok := an.dashName(w); ok {
		return who, true
	}
	who, ok := an.SubjectFrom(w.First, w.End)
	if !ok || who.Form != annotate.Name || who.B < w.End && !an.In(who.B, ",", "(") {
		return grammar.Nobody, false
	}
	for t := w.First; t < w.End; t++ {
		if an.Marked(t) || an.Finite(t) || an.Ends(t) {
			return grammar.Nobody, false
		}
	}
	return who, true
}

// credited reads the first name in an attribution: "The mayor of Halden, Jan Roth, in his speech of May".
func credited(an *surroundings, w annotate.Range) (grammar.Subject, bool) {
	for t := w.First; t < w.End; t++ {
		if who, ok := an.SubjectFrom(t, w.End); ok && who.Form == annotate.Name && who.Entity >= 0 && an.es[who.Entity].Type != annotate.Place {
			return who, true
		}
	}
	return grammar.Nobody, false
}

// tellsMore reports whether the name before token t is the subject of a sentence that goes on to end: "— Ann Lee
// contributed to this report". A role follows a comma, or "of" and its like.
func tellsMore(an *surroundings, t, end int) bool {
	if t >= end || an.In(t, "of", "at", "for", "in", "from", "on", "via", "and", "to", "with") {
		return false
	}
	c := an.Low(t)[0]
	return c >= 'a' && c <= 'z'
}

// dashName reads "— Marta Quill" at the start of some tokens.
func (an *surroundings) dashName(w annotate.Range) (grammar.Subject, bool) {
	if w.First+1 >= w.End || w.End-w.First > signatureTokens || !an.In(w.First, "—", "–", "--", "-", "―") {
		return grammar.Nobody, false
	}
	who, ok := an.SubjectFrom(w.First+1, w.End)
	if !ok || who.Form != annotate.Name || tellsMore(an, who.B, w.End) {
		return grammar.Nobody, false
	}
	for t := who.B; t < w.End; t++ { // a line of its own, not a dash in a sentence
		if c, ok := an.CueAt(t); ok && !c.Base || an.Ends(t) && t+1 < w.End {
			return grammar.Nobody, false
		}
	}
	return who, true
}
