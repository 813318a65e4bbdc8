package quotes

import (
	"strings"

	"byline/annotate"
	"byline/annotate/quotes/grammar"
	"byline/annotate/quotes/marks"
	"byline/annotate/quotes/words"
	"byline/articles"
)

// An unmarked finds the speech that no marks show: turns of a talk, block quotes and posts, and
// clauses that are reported.
type unmarked struct {
	*attributed
	told []claim // in the order in which they are found
}

// kinds are the rules of reported clauses.
var kinds = [...]*rule{
	grammar.SaidThat:     &reported,
	grammar.AfterClause:  &trailing,
	grammar.InsideClause: &parted,
	grammar.ByAccount:    &byAccount,
}

// indirect finds speech that is reported without marks, one sentence after the other.
func (an *unmarked) indirect() {
	for i := range an.d.Sentences {
		s := &an.d.Sentences[i]
		switch an.d.Paragraphs[s.Paragraph].Block.Kind {
		case articles.Code, articles.Rule, articles.Row:
			continue
		}
		for _, r := range an.Reported(s.Tokens) {
			r.Clause.Start += len(r.Clause.In(an.d.Text)) - len(strings.TrimLeft(r.Clause.In(an.d.Text), "•·‣*–—- "))
			an.tell(claim{Attribution: r.Attribution, span: r.Clause, rule: kinds[r.Kind]})
		}
	}
}

// tell keeps a claim on words without marks.
func (an *unmarked) tell(c claim) {
	joint{&an.surroundings}.together(&c)
	an.resolve(an.QuotationsBefore(c.span.Start), &c)
	an.told = append(an.told, c)
}

// blocks finds speech that is set apart without marks: turns of a transcript or an interview, and
// block quotes.
func (an *unmarked) blocks() {
	an.turns()
	for i := 0; i < len(an.d.Paragraphs); i++ {
		switch {
		case an.d.Paragraphs[i].Block.Quote > 0:
			i = an.setOff(i)
		case an.post(i) || i > 0 && an.dispatch(i):
		case i > 0:
			an.signedBelow(i)
		}
	}
}

// setApart keeps the span s as the claim c, unless something in it is between marks.
func (an *unmarked) setApart(s articles.Span, c claim) bool {
	c.span = marks.Trim(an.d.Text, s)
	if c.span.Empty() || an.MarksIn(c.span) {
		return false
	}
	an.tell(c)
	return true
}

// setOff keeps the block quote that starts with paragraph i. Its attribution or last line, or what is before or
// after it, says who speaks: an attribution that names nobody known still rules out everybody else. It returns the last paragraph.
func (an *unmarked) setOff(i int) int {
	ps := an.d.Paragraphs
	last := i
	for last+1 < len(ps) && ps[last+1].Block.Quote > 0 && ps[last].Block.Kind != articles.Attribution {
		last++
	}
	s := articles.Span{Start: ps[i].Start, End: ps[last].End}
	attributed := ps[last].Block.Kind == articles.Attribution && last > i
	who, ok := an.whoSigned(i, last, &s)
	c := claim{Attribution: grammar.Attribution{Who: who}, rule: &setOff}
	if !ok && i > 0 && !attributed {
		c.Attribution, ok = an.introducing(i - 1)
	}
	if !ok {
		c.Who.Entity, c.rule = -1, &unsigned
		if marks.Trim(an.d.Text, s).Len() < unsignedBytes {
			return last
		}
	}
	an.setApart(s, c)
	return last
}

// whoSigned reads who speaks the block quote in paragraphs i to last from its end, or from the line below it, and cuts
// what says so off its span s.
func (an *unmarked) whoSigned(i, last int, s *articles.Span) (grammar.Subject, bool) {
	ps := an.d.Paragraphs
	if ps[last].Block.Kind == articles.Attribution && last > i {
		s.End = ps[last-1].End
		return an.nameLine(last)
	}
	who, from, ok := an.signed(last)
	if !ok && last > i {
		who, ok = an.nameLine(last)
		from = ps[last].Start
	}
	switch {
	case ok && from == ps[last].Start && last > i:
		s.End = ps[last-1].End
	case ok:
		s.End = from
	case last+1 < len(ps):
		if who, ok = an.dashName(an.Bounds(last + 1)); !ok {
			who, ok = an.nameLine(last + 1)
		}
	}
	return who, ok
}

// post keeps what is under a line of a name and a handle, "Ann Lee @annlee", as that post's words:
// the other lines of paragraph i, or the paragraph below.
func (an *unmarked) post(i int) bool {
	p := &an.d.Paragraphs[i]
	w := an.Bounds(i)
	at := w.First + 1
	for at < min(w.End, w.First+handleTokens) && an.d.Word(at)[0] != '@' {
		at++
	}
	n := an.NameAt(at - 1)
	if at >= w.End || n == nil || an.d.Word(at)[0] != '@' || an.es[n.Entity].Type == annotate.Other {
		return false
	}
	line := strings.IndexByte(p.In(an.d.Text), '\n')
	s := articles.Span{Start: p.Start + line, End: p.End}
	if line < 0 {
		if w.End-at > handleTail || i+1 >= len(an.d.Paragraphs) {
			return false
		}
		s = an.d.Paragraphs[i+1].Span
	}
	return an.written(s, grammar.Attribution{Who: an.Subject(n)})
}

// dispatch keeps paragraph i, which has no marks, as what the paragraph above announces: "Ann Lee
// writes:".
func (an *unmarked) dispatch(i int) bool {
	w := an.Bounds(i - 1)
	if !an.Is(w.End-1, ":") || an.d.Paragraphs[i].Block.Kind != articles.Paragraph {
		return false
	}
	for t := w.End - 2; t >= max(w.First, w.End-grammar.Reach) && !an.Ends(t); t-- {
		c, ok := an.CueAt(t)
		if !ok || !words.Writing.Has(an.d.Word(t)) {
			continue
		}
		if who, ok := an.SpeakerOf(t, w.First, c); ok && who.Entity >= 0 {
			return an.written(an.d.Paragraphs[i].Span, an.By(who, t))
		}
	}
	return false
}

// written keeps the span s as what a writes, if it has no marks and is more than a line of a date.
func (an *unmarked) written(s articles.Span, a grammar.Attribution) bool {
	s = marks.Trim(an.d.Text, s)
	if s.Len() < writtenBytes || strings.Count(s.In(an.d.Text), " ") < writtenBlanks {
		return false
	}
	return an.setApart(s, claim{Attribution: a, rule: &posted})
}

// signedBelow keeps the paragraph above paragraph i, which has no marks, as a quote if paragraph i
// is a line "— Marta Quill, editor". The last line of an article is who wrote it, unless the paragraph is announced by a colon, or
// somebody speaks of themselves in it.
func (an *unmarked) signedBelow(i int) {
	who, ok := an.dashName(an.Bounds(i))
	if i+1 == len(an.d.Paragraphs) && !an.speaksOfItself(i-1) && (i < 2 || !an.Is(an.Bounds(i-2).End-1, ":")) {
		return
	}
	above := &an.d.Paragraphs[i-1]
	if ok && who.Entity >= 0 && an.es[who.Entity].Type == annotate.Person && above.Block.Kind == articles.Paragraph && above.Len() >= writtenBytes {
		an.setApart(above.Span, claim{Attribution: grammar.Attribution{Who: who}, rule: &setOff})
	}
}

// speaksOfItself reports whether there is an I or a we in paragraph i.
func (an *unmarked) speaksOfItself(i int) bool {
	w := an.Bounds(i)
	for t := w.First; t < w.End; t++ {
		word, _, _ := strings.Cut(strings.ReplaceAll(an.Low(t), "'", "’"), "’")
		switch word {
		case "i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves":
			return true
		}
	}
	return false
}

// signed reads "— Marta Quill" at the end of paragraph i, and returns the byte where that starts.
func (an *unmarked) signed(i int) (grammar.Subject, int, bool) {
	w := an.Bounds(i)
	for t := w.End - 2; t >= max(w.First, w.End-signatureTokens); t-- {
		if t > w.First && !an.Ends(t-1) && !an.Marked(t-1) {
			continue
		}
		if who, ok := an.dashName(annotate.Range{First: t, End: w.End}); ok {
			return who, an.d.Tokens[t].Start, true
		}
	}
	return grammar.Nobody, 0, false
}

// introducing reads who is said to speak at the end of paragraph i: "Quill wrote:".
func (an *unmarked) introducing(i int) (grammar.Attribution, bool) {
	p := an.Bounds(i)
	colon := an.Is(p.End-1, ":")
	for t := p.End - 2; t >= max(p.First, p.End-grammar.Reach) && !an.Ends(t); t-- {
		if !colon && an.Marked(t) { // “…,” Quill said, and laughed.
			return grammar.Attribution{}, false
		}
		c, ok := an.CueAt(t)
		if !ok || an.Marked(t) || !colon && an.MarksIn(an.Span(an.Start(t, p.First), t)) {
			continue
		}
		if who, ok := an.SpeakerOf(t, p.First, c); ok {
			return an.By(who, t), true
		}
	}
	if !colon {
		return grammar.Attribution{}, false
	}
	who, ok := an.MainSubject(p.End-1, p.First)
	return grammar.Attribution{Who: who}, ok && identified(&who)
}
