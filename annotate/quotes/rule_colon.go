package quotes

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate"
)

// nameColon reads: Marta Quill: “…”. The name stands alone between the begin of its
// sentence and the colon, as in headlines and lists of statements; or owns a word for
// what is said: Quill’s answer: “…”.
func (r *run) nameColon(i int) (claim, bool) {
	w := r.ahead(i)
	if w.End-w.First < 2 || !r.is(w.End-1, ":") {
		return claim{}, false
	}
	lo := w.End - 1
	for lo > w.First && !r.ends(lo-1) {
		lo--
	}
	if who, ok := r.wordOf(lo, w.End-1); ok {
		return claim{who: who}, true
	}
	if n := r.name(w.End - 2); n != nil && n.a > lo && r.is(n.a-1, "from") { // "More from Lee: “…”"
		return claim{who: r.named(n)}, true
	}
	who, ok := r.subjectFrom(lo, w.End-1)
	if !ok || who.form == annotate.Pronoun || who.b != w.End-1 && !r.is(who.b, ",") && !r.is(who.b, "(") {
		return claim{}, false
	}
	if _, cued := r.lastCue(i); cued || w.End-lo > reach/2 || who.form == annotate.Nominal && !r.lexNoun(who.b-1) && who.entity < 0 {
		return claim{}, false
	}
	return claim{who: who}, true
}

// utterances are words for what somebody says.
var utterances = map[string]bool{
	"answer": true, "reply": true, "response": true, "message": true, "verdict": true, "words": true, "statement": true, "question": true,
	"warning": true, "advice": true, "comment": true, "remark": true, "explanation": true, "conclusion": true, "motto": true,
	"promise": true, "plea": true, "complaint": true, "argument": true, "reasoning": true, "view": true, "claim": true,
	"quip": true, "retort": true, "post": true, "tweet": true, "letter": true, "reaction": true, "instruction": true, "excuse": true,
	"assessment": true, "line": true, "prediction": true, "pitch": true, "point": true, "description": true, "summary": true,
}

// wordOf reads “Quill’s blunt answer to the board” or “her answer” at token k, and
// returns who owns it.
func (r *run) wordOf(k, end int) (subject, bool) {
	var who subject
	if n := r.name(k); n != nil && n.possessive {
		who, k = r.named(n), n.b+1
	} else if g, ok := owners[r.low(k)]; ok && k < end {
		who, k = r.pronoun(k, g), k+1
	} else {
		return who, false
	}
	for j := k; j < min(end, k+4) && r.word(j); j++ {
		if utterances[r.low(j)] {
			return who, true
		}
	}
	return who, false
}

// owners are the pronouns that own.
var owners = map[string]gender{"his": male, "her": female, "its": thing, "their": plural}

// introColon reads: Ann Lee spoke to reporters after the vote: “…”. Whatever the verb,
// the subject of a sentence that ends with a colon speaks what follows.
func (r *run) introColon(i int) (claim, bool) {
	w := r.ahead(i)
	if w.End-w.First < 3 || !r.is(w.End-1, ":") {
		return claim{}, false
	}
	if _, ok := r.lastCue(i); ok {
		return claim{}, false
	}
	lo := w.End - 1
	for floor := max(r.bounds(r.marked[i].first).First, lo-2*reach); lo > floor && !r.ends(lo-1) && (r.inside[lo-1] == 0 || !r.ends(max(0, lo-2))); {
		lo--
	}
	who, ok := r.wordOf(lo, w.End-1)
	if !ok {
		who, ok = r.mainSubject(w.End-1, lo)
	}
	if !ok || who.entity < 0 && who.form != annotate.Pronoun {
		return claim{}, false
	}
	return claim{who: who}, true
}

// introParagraph reads a paragraph “…” under one that ends: Quill continued:
func (r *run) introParagraph(i int) (claim, bool) {
	s := &r.marked[i]
	if s.first == 0 || r.bounds(s.first).First != s.a {
		return claim{}, false
	}
	p := r.bounds(s.first - 1)
	if p.End <= p.First || !r.is(p.End-1, ":") {
		return claim{}, false
	}
	for t := p.End - 2; t >= max(p.First, p.End-reach) && r.inside[t] == 0 && !r.ends(t); t-- {
		c, ok := r.cueAt(t)
		if !ok {
			continue
		}
		if who, ok := r.speakerOf(t, p.First, c); ok {
			return claim{who: who, cue: r.cueSpan(t), class: c.class}, true
		}
		if who, ok := r.subjectFrom(t+1, p.End-1); ok && c.class != tell {
			return claim{who: who, cue: r.cueSpan(t), class: c.class}, true
		}
	}
	who, ok := r.mainSubject(p.End-1, p.First)
	return claim{who: who}, ok && (who.entity >= 0 || who.form == annotate.Pronoun)
}

// transcriptName returns the length of the label that s begins with, as transcripts
// and interviews have it: "QUILL: ", "MAYOR ANN LEE: ", "Q: ". 0 stands for none.
func transcriptName(s string) int {
	colon := strings.IndexByte(s[:min(len(s), 48)], ':')
	if colon < 1 || colon+1 < len(s) && s[colon+1] != ' ' && s[colon+1] != '\n' {
		return 0
	}
	for _, r := range s[:colon] {
		if !unicode.IsUpper(r) && r != ' ' && r != '.' && r != '\'' && r != '’' && r != '-' {
			return 0
		}
	}
	if first, _ := utf8.DecodeRuneInString(s); !unicode.IsUpper(first) {
		return 0
	}
	return colon + 1
}
