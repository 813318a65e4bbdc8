package quotes

import (
	"strings"

	"byline/annotate"
	"byline/articles"
)

// blocks finds speech that is set apart without marks: turns of a transcript or an
// interview, and block quotes with somebody to speak them.
func (r *run) blocks() {
	labels := r.labels()
	for i := 0; i < len(r.d.Paragraphs); i++ {
		p := &r.d.Paragraphs[i]
		if n := r.labelOf(i); n > 0 && labels[r.label(i, n)] > 1 {
			r.turnOf(i, n)
			continue
		}
		if p.Block.Quote > 0 {
			i = r.setOff(i)
		}
	}
}

// labels counts the labels that paragraphs begin with.
func (r *run) labels() map[string]int {
	m := map[string]int{}
	for i := range r.d.Paragraphs {
		if n := r.labelOf(i); n > 0 {
			m[r.label(i, n)]++
		}
	}
	return m
}

// labelOf returns the length of the label of paragraph i, 0 for none.
func (r *run) labelOf(i int) int {
	p := &r.d.Paragraphs[i]
	if p.Block.Kind != articles.Paragraph && p.Block.Kind != articles.Item {
		return 0
	}
	t := p.In(r.d.Text)
	rest := strings.TrimLeft(t, " \"“\n")
	if n := transcriptName(rest); n > 0 {
		return n + len(t) - len(rest)
	}
	return 0
}

// label returns the label of n bytes of paragraph i without colon and marks.
func (r *run) label(i, n int) string {
	p := &r.d.Paragraphs[i]
	return strings.Trim(r.d.Text[p.Start:p.Start+n], " \"“:\n")
}

// turnOf keeps paragraph i behind its label of n bytes as a turn.
func (r *run) turnOf(i, n int) {
	p := r.d.Paragraphs[i]
	s := articles.Span{Start: p.Start + n, End: p.End}
	s.Start = trimStart(r.d.Text, s)
	s.End = trimEnd(r.d.Text, s)
	if s.Len() == 0 || !letter(r.d.Text, s) {
		return
	}
	label := r.label(i, n)
	at := p.Start + strings.Index(r.d.Text[p.Start:], label)
	who := subject{Span: articles.Span{Start: at, End: at + len(label)}, entity: r.labelled(label), form: annotate.Name}
	if len(label) == 1 && who.entity < 0 {
		who.Span = articles.Span{}
	}
	r.told = append(r.told, claim{Span: s, who: who, rule: &transcribed, gap: -1})
}

// labelled returns the entity that a label in capitals names: by its whole name or
// last word; of an interview's A, the person named most.
func (r *run) labelled(label string) int {
	best, most := -1, 0
	for i := range r.es {
		e := &r.es[i]
		switch {
		case label == "Q":
			return -1
		case label == "A":
			if e.Type == annotate.Person && len(e.Mentions) > most {
				best, most = i, len(e.Mentions)
			}
		case strings.EqualFold(e.Name, label):
			return i
		case best < 0 && strings.EqualFold(lastWord(e.Name), lastWord(label)):
			best = i
		}
	}
	return best
}

func lastWord(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }

// setOff keeps the block quote that begins with paragraph i, where its last paragraph
// or what stands before it says who speaks. It returns the block quote's last paragraph.
func (r *run) setOff(i int) int {
	last := i
	for last+1 < len(r.d.Paragraphs) && r.d.Paragraphs[last+1].Block.Quote > 0 {
		last++
	}
	end := last
	c, ok := r.dashName(r.bounds(last))
	if ok {
		end--
	} else if last+1 < len(r.d.Paragraphs) {
		c, ok = r.dashName(r.bounds(last + 1))
	}
	if !ok && i > 0 {
		c, ok = r.introducing(i - 1)
	}
	if !ok || end < i {
		return last
	}
	s := articles.Span{Start: r.d.Paragraphs[i].Start, End: r.d.Paragraphs[end].End}
	s.Start, s.End = trimStart(r.d.Text, s), trimEnd(r.d.Text, s)
	if k := r.stretchBefore(s.End); s.Empty() || k > 0 && r.marked[k-1].End > s.Start {
		return last
	}
	c.Span, c.rule, c.gap = s, &setOff, -1
	r.resolve(r.stretchBefore(s.Start), &c)
	r.told = append(r.told, c)
	return last
}

// introducing reads who is said to speak at the end of paragraph i: "Quill wrote:".
func (r *run) introducing(i int) (claim, bool) {
	p := r.bounds(i)
	if p.End-p.First < 2 || !r.is(p.End-1, ":") {
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
	return claim{}, false
}
