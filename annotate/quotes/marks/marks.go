// Package marks pairs the quotation marks of a document: it returns what is between them.
//
// It is an automaton over bytes that goes through the document paragraph by paragraph. It
// knows directed and straight marks, guillemets, corners, German and Scandinavian usage, British single
// marks, apostrophes, feet and inches. A mark that nothing closes never reaches beyond its
// paragraph, unless the next one opens again. Whether the words between the marks are speech,
// and whose, is for package quotes to say.
package marks

import (
	"unicode"
	"unicode/utf8"

	"byline/annotate"
	"byline/articles"
)

// A Quotation is what is between two marks, marks included.
type Quotation struct {
	articles.Span
	First, Last int  // paragraphs
	A, B        int  // tokens [A,B)
	Single      bool // in single marks
	Closed      bool // its closing mark was found, or the words that attribute it
	Mended      bool // the latter
	Outer       int  // of a quotation inside another: 1 + that one's index; else 0
}

// Pair returns the quotations of d in order, and those inside them.
func Pair(d *annotate.Doc) (outer, inner []Quotation) {
	p := &pairer{d: d}
	p.british = p.isBritish()
	for i := range d.Paragraphs {
		p.paragraph(i)
	}
	p.finish()
	place(d, p.found)
	place(d, p.inner)
	return p.found, p.inner
}

// place finds the tokens of quotations that are in order.
func place(d *annotate.Doc, qs []Quotation) {
	t := 0
	for i := range qs {
		q := &qs[i]
		for t < len(d.Tokens) && d.Tokens[t].End <= q.Start {
			t++
		}
		q.A = t
		for t < len(d.Tokens) && d.Tokens[t].Start < q.End {
			t++
		}
		q.B = t
	}
}

// A role says which way a mark may work.
type role uint8

const (
	opens  role = 1 << iota
	closes      // of a single mark: it may also be a plural's possessive
	weak        // a closing single mark after s, with a word after it: most likely a possessive
)

// A mark is one quotation mark of a paragraph. Apostrophes, feet and inches are none.
type mark struct {
	at, end int
	single  bool
	role    role
}

func (m mark) opens() bool { return m.role&opens != 0 }

// A pairer finds the quotations of a document, one paragraph after the other.
type pairer struct {
	d       *annotate.Doc
	british bool   // single marks are this article's outer ones
	marks   []mark // of the paragraph
	found   []Quotation
	inner   []Quotation // inside found, in order
	inside  Quotation   // the inner one that is open, if any
	open    bool        // found's last is not closed yet
	depth   int         // of double marks opened inside the open quotation
	carried bool        // what a single mark opens goes on in the next paragraph
}

// last returns the quotation that was opened last.
func (p *pairer) last() *Quotation { return &p.found[len(p.found)-1] }

// isBritish reports whether single marks clearly outnumber double ones as those that open.
func (p *pairer) isBritish() bool {
	single, double := 0, 0
	for i := range p.d.Paragraphs {
		p.scan(p.d.Paragraphs[i].Span)
		for _, m := range p.marks {
			switch {
			case !m.opens():
			case m.single:
				single++
			default:
				double++
			}
		}
	}
	return single > britishFactor*double
}

// paragraph pairs the marks of paragraph i.
func (p *pairer) paragraph(i int) {
	para := &p.d.Paragraphs[i]
	if para.Block.Kind == articles.Code || para.Block.Kind == articles.Rule {
		p.finish()
		return
	}
	p.scan(para.Span)
	p.carried = p.carries(i)
	if p.open && (p.attributed(true) || !p.continues(i)) {
		p.finish()
	}
	if p.open {
		p.last().Last = i
		p.marks = p.marks[1:]
	}
	for k := range p.marks {
		p.step(k, i)
	}
	p.inside = Quotation{}
	if !p.open {
		return
	}
	if s := p.last(); s.Single && !p.carried {
		p.finish()
	} else {
		s.End, p.depth = Trim(p.d.Text, para.Span).End, 0
	}
}

// continues reports whether paragraph i continues the quotation that the one before left
// open: it opens again with the same mark, and the other ended a sentence.
func (p *pairer) continues(i int) bool {
	s, para, text := p.last(), &p.d.Paragraphs[i], p.d.Text
	if len(p.marks) == 0 || s.End <= s.Start || para.Block.Kind != articles.Paragraph {
		return false
	}
	m := p.marks[0]
	if !m.opens() || text[m.at:m.end] != text[s.Start:s.Start+m.end-m.at] || Trim(text, para.Span).Start != m.at {
		return false
	}
	return endsClause(text[:s.End]) && Label(text[m.end:para.End]) == 0
}

// endsClause reports whether s ends with a mark of punctuation.
func endsClause(s string) bool {
	switch s[len(s)-1] {
	case '.', '!', '?', ':', ',', ';', ')', ']', '-', '\'':
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(s)
	return r >= utf8.RuneSelf && !unicode.IsLetter(r)
}

// finish ends an open quotation where its paragraph ended.
func (p *pairer) finish() {
	if p.open {
		if s := p.last(); s.Single || s.Len() <= len(`"`) { // a single mark that nothing closes was none
			p.found = p.found[:len(p.found)-1]
		} else {
			p.attributed(false)
		}
	}
	p.open, p.depth = false, 0
}

// step takes mark k of paragraph para into account.
func (p *pairer) step(k, para int) {
	m := p.marks[k]
	switch {
	case !p.open && m.opens():
		p.start(k, para)
	case !p.open:
	case m.single != p.last().Single: // a mark of the other kind is nested
		p.nest(k, para)
	case m.single:
		if p.closes(k) {
			p.end(m, para)
		}
	case m.role == opens && p.breaks(m):
		s := p.last()
		s.End = Trim(p.d.Text, articles.Span{Start: s.Start, End: m.at}).End
		p.finish()
		p.start(k, para)
	case m.role == opens:
		p.depth++
	case p.depth > 0:
		p.depth--
	case p.inches(k):
	default:
		p.end(m, para)
	}
}

// closes reports whether mark k closes something: a possessive only where no better mark
// follows.
func (p *pairer) closes(k int) bool {
	m := p.marks[k]
	return m.role&closes != 0 && (m.role&weak == 0 || !p.carried && !p.closesLater(k))
}

// nest opens or closes a quotation inside the open one at mark k.
func (p *pairer) nest(k, para int) {
	m := p.marks[k]
	switch {
	case p.inside.Len() == 0 && m.opens() && (!m.single || p.closesLater(k)):
		p.inside = Quotation{Span: articles.Span{Start: m.at, End: m.end}, First: para, Last: para, Single: m.single, Closed: true, Outer: len(p.found)}
	case p.inside.Len() > 0 && p.closes(k):
		p.inside.End = m.end
		p.inner = append(p.inner, p.inside)
		p.inside = Quotation{}
	}
}

// start opens a quotation at mark k. A single mark opens one only where something closes it.
func (p *pairer) start(k, para int) {
	m := p.marks[k]
	if m.single && !p.closesLater(k) && !(p.carried && k == 0) {
		return
	}
	p.found = append(p.found, Quotation{Span: articles.Span{Start: m.at, End: m.end}, First: para, Last: para, Single: m.single})
	p.open, p.depth = true, 0
}

// end closes the open quotation with mark m.
func (p *pairer) end(m mark, para int) {
	s := p.last()
	s.End, s.Last, s.Closed = m.end, para, true
	p.open, p.depth, p.inside = false, 0, Quotation{}
}

// closesLater reports whether a sure closing single mark follows mark k before the next
// single mark that opens.
func (p *pairer) closesLater(k int) bool {
	for _, m := range p.marks[k+1 : min(len(p.marks), k+1+marksAhead)] {
		switch {
		case !m.single:
		case m.opens() && m.role&closes == 0:
			return false
		case m.role&closes != 0 && (m.role&weak == 0 || p.marks[k].opens()):
			return true
		}
	}
	return false
}

// breaks reports whether an opening mark inside an open quotation starts a new one, since the
// other's closing mark was forgotten: it comes after the end of a sentence. Otherwise it is a
// nested one.
func (p *pairer) breaks(m mark) bool {
	s := p.last()
	i := Trim(p.d.Text, articles.Span{Start: s.Start, End: m.at}).End
	if p.depth > 0 || i <= s.Start+1 {
		return false
	}
	c := p.d.Text[i-1]
	return c == '.' || c == '!' || c == '?'
}

// Trim returns s without the blanks at its ends.
func Trim(text string, s articles.Span) articles.Span {
	for s.Start < s.End {
		r, n := utf8.DecodeRuneInString(text[s.Start:s.End])
		if !unicode.IsSpace(r) {
			break
		}
		s.Start += n
	}
	for s.End > s.Start {
		r, n := utf8.DecodeLastRuneInString(text[s.Start:s.End])
		if !unicode.IsSpace(r) {
			break
		}
		s.End -= n
	}
	return s
}
