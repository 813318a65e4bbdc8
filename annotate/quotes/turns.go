package quotes

import (
	"strings"
	"unicode"

	"byline/annotate"
	"byline/annotate/quotes/grammar"
	"byline/annotate/quotes/marks"
	"byline/annotate/quotes/words"
	"byline/articles"
)

// turns keeps the turns of a transcript or an interview: a paragraph with a label, and those
// without one up to the next.
func (an *unmarked) turns() {
	ls := newLabeler(an.d, an.es, an.Bearer).labels()
	for k := range ls {
		last := ls[k].para
		if k+1 < len(ls) {
			for last+1 < ls[k+1].para && an.continuesTurn(last+1) {
				last++
			}
		}
		an.turnOf(&ls[k], last)
	}
}

// continuesTurn reports whether paragraph i may continue the turn above it.
func (an *unmarked) continuesTurn(i int) bool {
	p := &an.d.Paragraphs[i]
	if k := an.QuotationsBefore(p.End) - 1; k >= 0 && an.quotations[k].Start >= p.Start && !an.claims[k].Cue.Empty() && an.claims[k].Who.Form == annotate.Name {
		return false // the writer attributes something
	}
	t := p.In(an.d.Text)
	return labelable(p) && t != "" && t[0] != '(' && t[0] != '['
}

// turnOf keeps the words after a label, to the end of paragraph last, as a turn.
func (an *unmarked) turnOf(l *speakerLabel, last int) {
	s := marks.Trim(an.d.Text, articles.Span{Start: l.rest, End: an.d.Paragraphs[last].End})
	if !strings.ContainsFunc(s.In(an.d.Text), unicode.IsLetter) {
		return
	}
	who := grammar.Subject{Span: l.Span, Entity: l.entity, Form: annotate.Name}
	if w := l.In(an.d.Text); words.Asking.Has(w) {
		who.Span = articles.Span{}
	} else {
		who.Start += titleLen(w)
	}
	an.told = append(an.told, claim{Attribution: grammar.Attribution{Who: who}, span: s, rule: &transcribed})
}

// inTurns gives what "I" says inside a turn to who speaks the turn, and marked words that are the
// headline of an interview to whoever has most turns.
func (an *unmarked) inTurns() {
	count := map[int]int{}
	most := -1
	for i := range an.told {
		t := &an.told[i]
		if t.rule != &transcribed || t.Who.Entity < 0 {
			continue
		}
		e := t.Who.Entity
		if count[e]++; most < 0 || count[e] > count[most] {
			most = e
		}
		an.inTurn(t)
	}
	if most < 0 || len(an.quotations) == 0 || an.quotations[0].First > 0 || an.quotations[0].B < an.Bounds(0).End {
		return
	}
	if c := &an.claims[0]; c.rule == &nobody && c.Who.Entity < 0 {
		c.Who.Entity, c.rule = most, &echo
	}
}

// inTurn gives what "I" and "we" say in quotations inside the turn t to who speaks it.
func (an *unmarked) inTurn(t *claim) {
	for k := an.QuotationsBefore(t.span.Start); k < len(an.quotations) && an.quotations[k].End <= t.span.End; k++ {
		who := &an.claims[k].Who
		if w := an.Low(who.A); who.Form == annotate.Pronoun && (w == "i" || w == "we") {
			who.Entity = t.Who.Entity
		}
	}
}
