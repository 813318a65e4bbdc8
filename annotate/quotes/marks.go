package quotes

import (
	"unicode"
	"unicode/utf8"

	"byline/annotate"
	"byline/articles"
)

// A role says which way a mark may work.
type role uint8

const (
	opens  role = 1 << iota
	closes      // of a single mark: it may also be a plural's possessive
	weak        // a closing single after s with a word behind it: most likely a possessive
)

// A mark is one quotation mark of a paragraph. Apostrophes, feet and inches are none.
type mark struct {
	at, end int
	single  bool
	role    role
}

// A stretch is what stands between outer marks, marks included.
type stretch struct {
	articles.Span
	first, last int  // paragraphs
	a, b        int  // tokens [a,b), marks included
	single      bool // in single marks
	closed      bool // its closing mark was found, or what attributes it
	mended      bool // the latter
	outer       int  // of a stretch inside another: 1 + that one's index; else 0
}

// A pairer finds the stretches of a document, one paragraph after the other. Odd
// marks never reach beyond their paragraph, unless the next one opens again.
type pairer struct {
	d       *annotate.Doc
	british bool // single marks are this article's outer ones
	marks   []mark
	found   []stretch
	inner   []stretch // inside found, in order
	inside  stretch   // the inner one that is open, if any
	open    bool      // found's last is not closed yet
	depth   int       // of double marks opened inside the open stretch
}

// pair returns the stretches of d in order, and those inside them.
func pair(d *annotate.Doc) (outer, inner []stretch) {
	p := &pairer{d: d}
	p.british = p.isBritish()
	for i := range d.Paragraphs {
		p.paragraph(i)
	}
	p.finish()
	return p.found, p.inner
}

// isBritish reports whether single marks outnumber double ones as the ones that open.
func (p *pairer) isBritish() bool {
	single, double := 0, 0
	for i := range p.d.Paragraphs {
		p.scan(p.d.Paragraphs[i].Span)
		for _, m := range p.marks {
			switch {
			case m.role&opens == 0:
			case m.single:
				single++
			default:
				double++
			}
		}
	}
	return single > 2*double
}

// paragraph pairs the marks of paragraph i.
func (p *pairer) paragraph(i int) {
	para := &p.d.Paragraphs[i]
	if para.Block.Kind == articles.Code || para.Block.Kind == articles.Rule {
		p.finish()
		return
	}
	p.scan(para.Span)
	if p.open && (p.attributed(true) || !p.goesOn(i)) {
		p.finish()
	}
	if p.open {
		p.found[len(p.found)-1].last = i
		p.marks = p.marks[1:]
	}
	for k := range p.marks {
		p.step(k, i)
	}
	p.inside = stretch{}
	if !p.open {
		return
	}
	if s := &p.found[len(p.found)-1]; s.single {
		p.finish()
	} else {
		s.End, p.depth = trimEnd(p.d.Text, para.Span), 0
	}
}

// goesOn reports whether paragraph i continues the quote that the one before left
// open: it opens again with the same kind of mark, and the other ended a sentence.
func (p *pairer) goesOn(i int) bool {
	s := &p.found[len(p.found)-1]
	para := p.d.Paragraphs[i]
	if len(p.marks) == 0 || p.marks[0].role&opens == 0 || s.End <= s.Start ||
		p.d.Text[p.marks[0].at:p.marks[0].end] != p.d.Text[s.Start:s.Start+p.marks[0].end-p.marks[0].at] {
		return false
	}
	if trimStart(p.d.Text, para.Span) != p.marks[0].at || para.Block.Kind != articles.Paragraph {
		return false
	}
	switch p.d.Text[s.End-1] {
	case '.', '!', '?', ':', ',', ';', ')', ']', '-', '\'':
	default:
		if r, _ := utf8.DecodeLastRuneInString(p.d.Text[:s.End]); r < utf8.RuneSelf || unicode.IsLetter(r) {
			return false
		}
	}
	return transcriptName(p.d.Text[p.marks[0].end:para.End]) == 0
}

// finish ends an open stretch where its paragraph ended.
func (p *pairer) finish() {
	if p.open {
		s := &p.found[len(p.found)-1]
		if s.single || s.Len() < 2 { // a single mark that nothing closes was none
			p.found = p.found[:len(p.found)-1]
		} else {
			p.attributed(false)
		}
	}
	p.open, p.depth = false, 0
}

// step takes mark k of the paragraph into account.
func (p *pairer) step(k, para int) {
	m := p.marks[k]
	switch {
	case !p.open && m.role&opens != 0:
		p.start(k, para)
	case !p.open:
	case m.single != p.found[len(p.found)-1].single: // a mark of the other kind is nested
		p.nest(k, para)
	case m.single:
		if m.role&closes != 0 && (m.role&weak == 0 || !p.closesLater(k)) {
			p.end(m, para)
		}
	case m.role == opens && p.breaks(m):
		p.found[len(p.found)-1].End = trimEnd(p.d.Text, articles.Span{Start: p.found[len(p.found)-1].Start, End: m.at})
		p.finish()
		p.start(k, para)
	case m.role == opens:
		p.depth++
	case p.depth > 0:
		p.depth--
	default:
		p.end(m, para)
	}
}

// nest opens or closes a stretch inside the open one at mark k.
func (p *pairer) nest(k, para int) {
	m := p.marks[k]
	switch {
	case p.inside.Len() == 0 && m.role&opens != 0 && (!m.single || p.closesLater(k)):
		p.inside = stretch{Span: articles.Span{Start: m.at, End: m.end}, first: para, last: para, single: m.single, closed: true, outer: len(p.found)}
	case p.inside.Len() > 0 && m.role&closes != 0 && (m.role&weak == 0 || !p.closesLater(k)):
		p.inside.End = m.end
		p.inner = append(p.inner, p.inside)
		p.inside = stretch{}
	}
}

// start opens a stretch at mark k. A single mark opens one only where something
// closes it, and outside the articles that use no others only where the paragraph
// shows that it is no apostrophe.
func (p *pairer) start(k, para int) {
	m := p.marks[k]
	if m.single && !p.closesLater(k) {
		return
	}
	s := stretch{Span: articles.Span{Start: m.at, End: m.end}, first: para, last: para, single: m.single}
	p.found = append(p.found, s)
	p.open, p.depth = true, 0
}

func (p *pairer) end(m mark, para int) {
	s := &p.found[len(p.found)-1]
	s.End, s.last, s.closed = m.end, para, true
	p.open, p.depth, p.inside = false, 0, stretch{}
}

// lookahead is the most marks that closesLater looks at.
const lookahead = 64

// closesLater reports whether a sure closing single mark follows mark k before the
// next single that opens.
func (p *pairer) closesLater(k int) bool {
	for _, m := range p.marks[k+1 : min(len(p.marks), k+1+lookahead)] {
		switch {
		case !m.single:
		case m.role&opens != 0 && m.role&closes == 0:
			return false
		case m.role&closes != 0 && (m.role&weak == 0 || p.marks[k].role&opens != 0):
			return true
		}
	}
	return false
}

// breaks reports whether an opening mark inside an open stretch starts a new one,
// since the other's closing mark was forgotten: it stands after the end of a
// sentence. Otherwise it is a nested one.
func (p *pairer) breaks(m mark) bool {
	s := p.found[len(p.found)-1]
	i := trimEnd(p.d.Text, articles.Span{Start: s.Start, End: m.at})
	if p.depth > 0 || i <= s.Start+1 {
		return false
	}
	c := p.d.Text[i-1]
	return c == '.' || c == '!' || c == '?'
}

// trimEnd returns the end of s without blanks.
func trimEnd(text string, s articles.Span) int {
	for s.End > s.Start {
		r, n := utf8.DecodeLastRuneInString(text[s.Start:s.End])
		if !unicode.IsSpace(r) {
			break
		}
		s.End -= n
	}
	return s.End
}

// trimStart returns the start of s without blanks.
func trimStart(text string, s articles.Span) int {
	for s.Start < s.End {
		r, n := utf8.DecodeRuneInString(text[s.Start:s.End])
		if !unicode.IsSpace(r) {
			break
		}
		s.Start += n
	}
	return s.Start
}
