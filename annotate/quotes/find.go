package quotes

import (
	"slices"
	"strings"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/annotate/quotes/grammar"
	"byline/annotate/quotes/marks"
	"byline/annotate/quotes/words"
	"byline/articles"
)

// A Finder finds quotes. The zero Finder works.
type Finder struct {
	// Gender returns what a first name tells of its bearer; nil knows of none.
	Gender func(first string) en.Gender
}

// Find returns the quotes of d in the order of [articles.Span.Compare]. The spans of quotes are
// byte ranges of d.Text; es are the entities with their mentions by name. See the package comment
// for what counts as a quote and who as its speaker.
func Find(d *annotate.Doc, es []annotate.Entity) []*annotate.Quote {
	return new(Finder).Find(d, es)
}

// Find is as the function [Find], with what f knows.
func (f *Finder) Find(d *annotate.Doc, es []annotate.Entity) []*annotate.Quote {
	if len(d.Tokens) == 0 {
		return nil
	}
	an := f.analyze(d, es)
	an.attributeAll()
	qs := an.quotes()
	if len(an.within) == 0 {
		return qs
	}
	qs = append(qs, an.quotesInside(an.within)...)
	slices.SortStableFunc(qs, func(a, b *annotate.Quote) int { return a.Compare(b.Span) })
	return apart(qs)
}

// An analysis attributes the quotations of one document.
type analysis struct {
	attributed
	within []marks.Quotation        // the quotations inside others
	gold   func(articles.Span) bool // says what is speech, in place of the weights; nil: they do
	seen   []Passage                // with gold: the passages
}

// analyze returns the analysis of d, with nothing attributed yet.
func (f *Finder) analyze(d *annotate.Doc, es []annotate.Entity) *analysis {
	d = lowered(d, es)
	outer, inner := marks.Pair(d)
	an := &analysis{within: inner}
	an.Grammar = grammar.New(d, es, outer, f.Gender)
	an.d, an.es, an.quotations = d, es, outer
	an.claims = make([]claim, len(outer))
	return an
}

// quotesInside returns the quotes inside quotes: “He told me, ‘Go home,’ and I went,” Quill said.
// Only what a cue or a colon announces is one. The names of the outer quote may speak in it; "I"
// is who speaks the outer.
func (an *analysis) quotesInside(inner []marks.Quotation) []*annotate.Quote {
	in := &analysis{}
	in.Grammar = an.Inside(inner)
	in.d, in.es, in.quotations, in.outer = an.d, an.es, inner, an.quotations
	in.lasts, in.guest = an.lasts, an.guest
	in.claims = make([]claim, len(inner))
	var qs []*annotate.Quote
	for i := range inner {
		c, ok := in.claimInside(i, &an.claims[inner[i].Outer-1])
		if !ok {
			in.claims[i].skip = true
			continue
		}
		in.claims[i] = c
		qs = append(qs, in.quoted(i))
	}
	return qs
}

// claimInside returns the claim on quotation i, which is inside the one that outer is on.
func (an *analysis) claimInside(i int, outer *claim) (claim, bool) {
	if an.quotations[i].A >= an.quotations[i].B || !outer.found() || outer.skip {
		return claim{}, false
	}
	c := an.first(ordered, i)
	if !c.found() || c.Cue.Empty() {
		var ok bool
		if c, ok = an.ledIn(i); !ok {
			return claim{}, false
		}
	}
	if !an.spoken(i, &c) {
		return claim{}, false
	}
	switch {
	case c.Who.Form == annotate.Pronoun && an.firstPerson(c.Who.A):
		c.Who.Entity = outer.Who.Entity
	case c.Who.Gender != en.Plural:
		an.resolve(i, &c)
	}
	return c, true
}

// firstPerson reports whether token t is "I", alone or with a verb: "I'd".
func (an *surroundings) firstPerson(t int) bool {
	w := an.Low(t)
	return w == "i" || strings.HasPrefix(w, "i’") || strings.HasPrefix(w, "i'")
}

// ledIn reads a verb of saying and a comma or colon right before quotation i, whose subject no
// rule could read.
func (an *analysis) ledIn(i int) (claim, bool) {
	if !an.introduced(i) {
		return claim{}, false
	}
	a := an.quotations[i].A
	for t := a - 2; t >= max(an.ahead(i).First, a-ledInTokens) && !an.Ends(t); t-- {
		if c, ok := an.CueAt(t); ok && (c.Class == words.Say || c.Class == words.Tell) {
			return claim{Attribution: an.By(grammar.Nobody, t), rule: &leads}, true
		}
	}
	return claim{}, false
}

// lowered returns d with its paragraphs in capitals in small letters, but for names and where a sentence
// or speech starts: what is written in capitals throughout says nothing by them. No letter moves.
func lowered(d *annotate.Doc, es []annotate.Entity) *annotate.Doc {
	var text []byte
	for i := range d.Paragraphs {
		s := d.Paragraphs[i].Span
		if !shouted(s.In(d.Text)) {
			continue
		}
		if text == nil {
			text = []byte(d.Text)
		}
		lower(text, d, i)
	}
	if text == nil {
		return d
	}
	for i := range es {
		for _, m := range es[i].Mentions {
			copy(text[m.Start:m.End], d.Text[m.Start:m.End])
		}
	}
	l := *d
	l.Text = string(text)
	return &l
}

// shouted reports whether a paragraph is in capitals: it has some words, and hardly a small letter.
func shouted(s string) bool {
	upper, lower, blanks := 0, 0, 0
	for i := range len(s) {
		switch c := s[i]; {
		case 'A' <= c && c <= 'Z':
			upper++
		case 'a' <= c && c <= 'z':
			lower++
		case c == ' ':
			blanks++
		}
	}
	return blanks >= shoutedBlanks && upper >= shoutedCapitals*lower && upper > blanks
}

// lower writes the words of paragraph i of d to text in small letters, but for its label, "I", and the
// first letters of sentences and of marks behind a comma, colon or stop.
func lower(text []byte, d *annotate.Doc, i int) {
	p := &d.Paragraphs[i]
	label := p.Start + marks.Label(p.In(d.Text))
	for k := p.Sentences.First; k < p.Sentences.End; k++ {
		first := d.Sentences[k].Tokens.First
		for t := first; t < d.Sentences[k].Tokens.End; t++ {
			w := d.Tokens[t]
			if w.Kind != annotate.Word || w.Start < label || d.Word(t) == "I" {
				continue
			}
			if t == first || opensAt(d, t-1, first) {
				_, n := utf8.DecodeRuneInString(d.Word(t))
				w.Start += n
			}
			if small := strings.ToLower(w.In(d.Text)); len(small) == w.Len() {
				copy(text[w.Start:w.End], small)
			}
		}
	}
}

// opensAt reports whether token t is a mark that opens at the start of a sentence, which is token first, or
// behind a comma, colon or stop.
func opensAt(d *annotate.Doc, t, first int) bool {
	return d.Tokens[t].Kind == annotate.Mark && d.Tokens[t].End == d.Tokens[t+1].Start &&
		(t == first || strings.ContainsAny(d.Word(t-1), ",:.!?"))
}
