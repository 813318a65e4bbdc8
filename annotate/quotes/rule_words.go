package quotes

import (
	"strings"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/annotate/quotes/grammar"
	"byline/annotate/quotes/words"
)

// wordsOf reads what attributes without a verb of saying: it was, in the words of Quill, “…”; as
// Quill put it, “…”; “…” is how Quill described it; “…” was all Quill would say; “…”: Quill on
// the sale.
func (an *analysis) wordsOf(i int) (claim, bool) {
	w := an.ahead(i)
	if who, ok := an.was(i); ok {
		return by(who), true
	}
	for t := w.End - 1; t >= max(w.First, w.End-wordingTokens) && !an.Ends(t); t-- {
		if a, ok := an.put(t, w.End); ok {
			return claim{Attribution: a, gap: w.End - t}, true
		}
		if who, ok := an.argued(t, w); ok {
			c := by(who)
			c.Class, c.gap = words.Say, w.End-t
			return c, true
		}
	}
	return an.wordsAfter(an.after(i))
}

// wordsAfter reads the same in the words w after a quotation.
func (an *surroundings) wordsAfter(w annotate.Range) (claim, bool) {
	k := w.First
	if k < w.End && an.In(k, ",", ":") {
		k++
	}
	if k >= w.End {
		return claim{}, false
	}
	if a, ok := an.put(k, w.End); ok {
		return claim{Attribution: a}, true
	}
	if an.Is(k-1, ":") && k > w.First {
		who, ok := an.SubjectFrom(k, w.End)
		return by(who), ok && who.Entity >= 0 && (who.B >= w.End || an.In(who.B, "on", "about"))
	}
	a, ok := an.predicated(k, w.End)
	return claim{Attribution: a}, ok
}

// sentenceSubject reads words that are marked inside a sentence without a verb of saying: Quill endorsed
// “a woman of letters.” Its subject says them, or by a passive nobody: Lee was fined for “insults.”
func (an *analysis) sentenceSubject(i int) (claim, bool) {
	q := &an.quotations[i]
	lo := an.sentenceStart(i)
	if an.startsSentence(i) || lo >= q.A || q.A < an.Headline().End {
		return claim{}, false
	}
	who, ok := an.MainSubject(q.A, lo)
	if !ok {
		return by(grammar.Nobody), true
	}
	if near, ok := an.lastClause(who.B, q.A); ok {
		who = near
	}
	if t := an.passiveIn(who.B, q.A); t > 0 {
		who = an.agent(i, t)
	}
	return by(an.stating(who)), true
}

// stating returns who, the subject of a sentence without a verb of saying, if that may state something: a
// person, an organization that is named, or a text. A noun means only whom the article calls so.
func (an *analysis) stating(who grammar.Subject) grammar.Subject {
	switch {
	case who.Form == annotate.Pronoun && who.Gender != en.Thing || who.Entity >= 0 && isSpeaker(&an.es[who.Entity]):
		return who
	case who.Entity < 0 && who.Form == annotate.Nominal && an.NounOf(&who) && !words.English().Nouns[who.Head].Organization:
		who.Anaphoric = who.Anaphoric && an.Bearer(who.Head) >= 0
		return who
	}
	return grammar.Nobody
}

// pastRelative returns the token after the relative clause between commas that token k starts, or k.
func (an *analysis) pastRelative(k, end int) int {
	if !an.Is(k, ",") || !an.In(k+1, "who", "which") {
		return k
	}
	for t := k + 2; t < end; t++ {
		if an.Is(t, ",") {
			return t + 1
		}
	}
	return k
}

// passiveIn returns the token of the first passive in tokens [from,to) that is in no relative clause, 0 for
// none.
func (an *analysis) passiveIn(from, to int) int {
	for t := an.pastRelative(from, to); t < to; t = an.pastRelative(t+1, to) {
		if _, cued := an.CueAt(t); (cued || strings.HasSuffix(an.d.Word(t), "ed")) && an.Passive(t, from) {
			return t
		}
	}
	return 0
}

// lastClause returns the subject of the last clause that a conjunction starts in tokens [from,to), if it
// is somebody who may speak: Halden fell after Quill cut it to “sell”.
func (an *analysis) lastClause(from, to int) (grammar.Subject, bool) {
	for t := to - 1; t > from; t-- {
		if !an.In(t, "after", "while", "because", "when", "since", "where", "although") {
			continue
		}
		who, ok := an.SubjectFrom(t+1, to)
		if ok && who.B < to && an.Word(who.B) && !(words.NeverSubject | words.Of).Has(an.Low(who.B)) && (who.Person() || who.Entity >= 0 && isSpeaker(&an.es[who.Entity])) {
			return who, true
		}
	}
	return grammar.Nobody, false
}

// agent returns who speaks quotation i by the passive at token t: whom "by" names before the marks or
// right behind them, or nobody.
func (an *attributed) agent(i, t int) grammar.Subject {
	if who, ok := an.Agent(t, words.Cue{}); ok {
		return who
	}
	if w := an.after(i); an.Is(w.First, "by") && w.First < w.End {
		if who, ok := an.SubjectOf(w.First+1, w.End); ok {
			return who
		}
	}
	return grammar.Nobody
}

// argued reads a word for what is said, with its owner, at token t: Quill’s argument that “…”,
// her claim of “…”.
func (an *surroundings) argued(t int, w annotate.Range) (grammar.Subject, bool) {
	if !words.Utterance.Has(an.Low(t)) || t+1 >= w.End {
		return grammar.Nobody, false
	}
	if an.In(t+1, "by", "made") { // "claims made by Lee that"
		k := t + 2
		if an.Is(t+1, "made") && an.Is(k, "by") {
			k++
		}
		who, ok := an.SubjectOf(k, w.End)
		return who, ok && who.B < w.End && an.Is(who.B, "that") && identified(&who)
	}
	if !an.In(t+1, "that", "of") {
		return grammar.Nobody, false
	}
	for k := t - 1; k >= max(w.First, t-ownerTokens) && an.Word(k); k-- {
		if n := an.NameAt(k); n != nil {
			return an.Subject(n), n.Possessive
		}
		if gender, ok := words.Owner(an.Low(k)); ok {
			return an.Pronoun(k, gender), true
		}
	}
	return grammar.Nobody, false
}

// put reads "in the words of Quill" and "as Quill put it" at token t.
func (an *surroundings) put(t, end int) (grammar.Attribution, bool) {
	if t+2 >= end {
		return grammar.Attribution{}, false
	}
	if an.Is(t, "words") && an.Is(t+1, "of") && an.In(t-1, "the", "in") {
		who, ok := an.SubjectFrom(t+2, end)
		return grammar.Attribution{Who: who, Class: words.Say}, ok
	}
	if an.Low(t) != "as" {
		return grammar.Attribution{}, false
	}
	v := putsIt(an, t+2, min(end, t+grammar.Reach))
	if v < 0 {
		return grammar.Attribution{}, false
	}
	who, ok := an.SubjectFrom(t+1, v)
	if !ok || who.B != v && (!an.Is(who.B, ",") || !an.Is(v-1, ",")) { // "as Lee, the mayor, put it"
		return grammar.Attribution{}, false
	}
	return grammar.Attribution{Who: who, Cue: an.d.Tokens[v].Span, Class: words.Say}, true
}

// putsIt returns the token of the first "put it" in tokens [t,end) of a sentence, −1 for none.
func putsIt(an *surroundings, t, end int) int {
	for ; t+1 < end && !an.Ends(t); t++ {
		if an.In(t, "put", "puts") && an.Is(t+1, "it") {
			return t
		}
	}
	return -1
}

// predicated reads "is how Quill described it" and "was all Quill would say" at token k.
func (an *surroundings) predicated(k, end int) (grammar.Attribution, bool) {
	if k+predicatedTokens >= end || !an.In(k, "is", "was", "were", "are") {
		return grammar.Attribution{}, false
	}
	if who, ok := an.utterance(k+1, end); ok {
		return grammar.Attribution{Who: who}, true
	}
	if an.Is(k+1, "the") && words.Utterance.Has(an.Low(k+2)) && an.In(k+3, "from", "of") {
		who, ok := an.SubjectFrom(k+4, end)
		return grammar.Attribution{Who: who}, ok
	}
	if !an.In(k+1, "how", "all", "what") {
		return grammar.Attribution{}, false
	}
	who, ok := an.SubjectFrom(k+2, end)
	if !ok {
		return grammar.Attribution{}, false
	}
	for v := who.B; v < min(end, who.B+wouldTokens); v++ {
		if c, ok := an.CueAt(v); ok && !c.Ing {
			return an.By(who, v), true
		}
	}
	return grammar.Attribution{}, false
}

// utterance reads “Quill’s blunt answer to the board”, “owner Quill’s answer”, “the bank’s answer” or
// “her answer” at token k, and returns who owns it.
func (an *surroundings) utterance(k, end int) (grammar.Subject, bool) {
	who, k, ok := an.owner(k, end)
	for j := k; ok && j < min(end, k+ownedTokens) && an.Word(j); j++ {
		if words.Utterance.Has(an.Low(j)) {
			return who, who.Form != annotate.Nominal || j+1 == end
		}
	}
	return who, false
}

// owner reads who owns what follows at token k, and returns the token of that.
func (an *surroundings) owner(k, end int) (who grammar.Subject, next int, ok bool) {
	if gender, ok := words.Owner(an.Low(k)); ok && k < end {
		return an.Pronoun(k, gender), k + 1, true
	}
	for t := min(end-1, k+ownerTokens+1); t > k; t-- { // the last owner: "Quill’s lawyer’s answer"
		if !an.In(t, "'s", "’s", "'", "’") || an.Marked(t) {
			continue
		}
		if n := an.NameAt(t - 1); n != nil {
			return an.Subject(n), t + 1, n.Possessive
		}
		who, ok := an.SubjectFrom(k, t)
		return who, t + 1, ok && who.B == t
	}
	return who, k, false
}

// was reads what somebody’s answer is, right before quotation i: The bank’s answer was “no.”
func (an *analysis) was(i int) (grammar.Subject, bool) {
	a := an.quotations[i].A
	k := a - 1
	if k > 0 && !an.In(k, "was", "is") && (an.Adverbial(k) || an.In(k, ":", ",")) {
		k--
	}
	lo := an.sentenceStart(i)
	if k <= lo || !an.In(k, "was", "is") || !an.In(k-1, "answer", "reply", "response", "reaction", "retort", "comment", "message", "advice", "warning", "motto") {
		return grammar.Nobody, false // somebody else may say that a claim or a statement is “true”
	}
	return an.utterance(lo, k)
}

// echoed gives marked words of a headline to the speaker of the quotation that has them: Sale
// ‘inevitable’ over “The sale was inevitable,” Quill said.
func (an *analysis) echoed() {
	end := an.Headline().End
	for i := 0; i < len(an.quotations) && an.quotations[i].A < end; i++ {
		l := an.lookAt(i)
		if an.claims[i].attributed() || !l.letters || l.words > echoWords {
			continue
		}
		if p := an.echoOf(i); p != nil {
			an.claims[i] = claim{Attribution: grammar.Attribution{Who: grammar.Subject{Entity: p.Who.Entity}}, rule: &echo, speech: p.speech}
		}
	}
}

// echoOf returns the claim on the next quotation that has the words of quotation i, or nil.
func (an *analysis) echoOf(i int) *claim {
	echoed := strings.Trim(strings.ToLower(an.quotations[i].In(an.d.Text)), en.Ends+", ")
	for k := i + 1; k < min(len(an.quotations), i+echoQuotations); k++ {
		if an.claims[k].attributed() && strings.Contains(strings.ToLower(an.quotations[k].In(an.d.Text)), echoed) {
			return &an.claims[k]
		}
	}
	return nil
}
