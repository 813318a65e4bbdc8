package quotes

import (
	"strings"

	"byline/annotate"
	"byline/articles"
)

// blocks finds speech that is set apart without marks: turns of a transcript or an
// interview, and block quotes.
func (r *run) blocks() {
	r.turns()
	for i := 0; i < len(r.d.Paragraphs); i++ {
		if r.d.Paragraphs[i].Block.Quote > 0 {
			i = r.setOff(i)
		} else if r.post(i) || i > 0 && r.dispatch(i) {
			continue
		} else if i > 0 {
			r.signedBelow(i)
		}
	}
}

// setOff keeps the block quote that begins with paragraph i. Its last line, or what
// stands before or behind it, says who speaks. It returns the last paragraph.
func (r *run) setOff(i int) int {
	last := i
	for last+1 < len(r.d.Paragraphs) && r.d.Paragraphs[last+1].Block.Quote > 0 {
		last++
	}
	s := articles.Span{Start: r.d.Paragraphs[i].Start, End: r.d.Paragraphs[last].End}
	c, from, ok := r.signed(last)
	switch {
	case ok && from == r.d.Paragraphs[last].Start && last > i:
		s.End = r.d.Paragraphs[last-1].End
	case ok:
		s.End = from
	case last+1 < len(r.d.Paragraphs):
		c, ok = r.dashName(r.bounds(last + 1))
	}
	if !ok && i > 0 {
		c, ok = r.introducing(i - 1)
	}
	by := &setOff
	if !ok {
		by, c.who.entity = &unsigned, -1
	}
	s.Start, s.End = trimStart(r.d.Text, s), trimEnd(r.d.Text, s)
	if k := r.stretchBefore(s.End); s.Empty() || k > 0 && r.marked[k-1].End > s.Start || !ok && s.Len() < 40 {
		return last
	}
	c.Span, c.rule, c.gap = s, by, -1
	r.resolve(r.stretchBefore(s.Start), &c)
	r.told = append(r.told, c)
	return last
}

// post keeps what stands under a line of a name and a handle, "Ann Lee @annlee", as that
// post's words: the other lines of paragraph i, or the paragraph below.
func (r *run) post(i int) bool {
	p := &r.d.Paragraphs[i]
	w := r.bounds(i)
	at := w.First + 1
	for at < min(w.End, w.First+8) && r.d.Word(at)[0] != '@' {
		at++
	}
	n := r.name(at - 1)
	if at >= w.End || n == nil || r.d.Word(at)[0] != '@' || r.es[n.entity].Type == annotate.Other {
		return false
	}
	line := strings.IndexByte(p.In(r.d.Text), '\n')
	s := articles.Span{Start: p.Start + line, End: p.End}
	if line < 0 {
		if w.End-at > 6 || i+1 >= len(r.d.Paragraphs) {
			return false
		}
		s = r.d.Paragraphs[i+1].Span
	}
	return r.plainly(s, claim{who: r.named(n), rule: &posted})
}

// dispatch keeps paragraph i, which has no marks, as what the paragraph above announces:
// "Ann Lee writes:".
func (r *run) dispatch(i int) bool {
	w := r.bounds(i - 1)
	if w.End-w.First < 3 || !r.is(w.End-1, ":") || r.d.Paragraphs[i].Block.Kind != articles.Paragraph || r.d.Paragraphs[i].Block.Quote > 0 {
		return false
	}
	for t := w.End - 2; t >= max(w.First, w.End-reach) && !r.ends(t); t-- {
		c, ok := r.cueAt(t)
		if !ok || !writes[r.d.Word(t)] {
			continue
		}
		if who, ok := r.speakerOf(t, w.First, c); ok && who.entity >= 0 {
			return r.plainly(r.d.Paragraphs[i].Span, claim{who: who, cue: r.cueSpan(t), class: c.class, rule: &posted})
		}
	}
	return false
}

// writes are verbs that announce words in writing.
var writes = map[string]bool{
	"writes": true, "wrote": true, "tweets": true, "tweeted": true, "posts": true, "posted": true, "reports": true,
}

// plainly keeps the span s as the claim c, if it has no marks and is more than a line of a
// date.
func (r *run) plainly(s articles.Span, c claim) bool {
	s.Start, s.End = trimStart(r.d.Text, s), trimEnd(r.d.Text, s)
	if k := r.stretchBefore(s.End); s.Len() < 10 || k > 0 && r.marked[k-1].End > s.Start || strings.Count(s.In(r.d.Text), " ") < 2 {
		return false
	}
	c.Span, c.gap = s, -1
	r.told = append(r.told, c)
	return true
}

// signedBelow keeps the paragraph above paragraph i, which has no marks, as a quote if
// paragraph i is a line "— Marta Quill, editor".
func (r *run) signedBelow(i int) {
	c, ok := r.dashName(r.bounds(i))
	above := &r.d.Paragraphs[i-1]
	if !ok || c.who.entity < 0 || r.es[c.who.entity].Type != annotate.Person || above.Block.Kind != articles.Paragraph || above.Len() < 10 {
		return
	}
	if k := r.stretchBefore(above.End); k > 0 && r.marked[k-1].End > above.Start {
		return
	}
	c.Span, c.rule, c.gap = above.Span, &setOff, -1
	c.Start, c.End = trimStart(r.d.Text, c.Span), trimEnd(r.d.Text, c.Span)
	r.told = append(r.told, c)
}

// signed reads "— Marta Quill" at the end of paragraph i, and returns the byte where
// that begins.
func (r *run) signed(i int) (claim, int, bool) {
	w := r.bounds(i)
	for t := w.End - 2; t >= max(w.First, w.End-reach/2); t-- {
		if t > w.First && !r.ends(t-1) && r.inside[t-1] == 0 {
			continue
		}
		if c, ok := r.dashName(annotate.Range{First: t, End: w.End}); ok {
			return c, r.d.Tokens[t].Start, true
		}
	}
	return claim{}, 0, false
}

// introducing reads who is said to speak at the end of paragraph i: "Quill wrote:".
func (r *run) introducing(i int) (claim, bool) {
	p := r.bounds(i)
	if p.End-p.First < 2 {
		return claim{}, false
	}
	for t := p.End - 2; t >= max(p.First, p.End-reach) && !r.ends(t); t-- {
		c, ok := r.cueAt(t)
		if !ok || r.inside[t] != 0 {
			continue
		}
		if who, ok := r.speakerOf(t, p.First, c); ok {
			return claim{who: who, cue: r.cueSpan(t), class: c.class}, true
		}
	}
	if !r.is(p.End-1, ":") {
		return claim{}, false
	}
	who, ok := r.mainSubject(p.End-1, p.First)
	return claim{who: who}, ok && (who.entity >= 0 || who.form == annotate.Pronoun)
}
