package quotes

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate"
)

// nameColon reads: Marta Quill: “…”. The name stands alone between the begin of its
// sentence and the colon, as in headlines and lists of statements.
func (r *run) nameColon(i int) (claim, bool) {
	w := r.ahead(i)
	if w.End-w.First < 2 || !r.is(w.End-1, ":") {
		return claim{}, false
	}
	who, ok := r.phraseTo(w.End-2, w.First)
	if !ok || who.form != annotate.Name && who.form != annotate.Nominal {
		return claim{}, false
	}
	if who.a > w.First && !r.ends(who.a-1) && who.a-w.First > 3 {
		return claim{}, false
	}
	return claim{who: who}, true
}

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
	who, ok := r.mainSubject(w.End-1, w.First)
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
