package marks

import (
	"strings"

	"byline/articles"
)

// carries reports whether a single mark at the start of paragraph i opens what the next one goes on
// with: that starts with the same mark, and in this one nothing closes it. It is so in articles whose
// outer marks are single ones.
func (p *pairer) carries(i int) bool {
	if !p.british || i+1 >= len(p.d.Paragraphs) || len(p.marks) == 0 {
		return false
	}
	m, text := p.marks[0], p.d.Text
	s := Trim(text, p.d.Paragraphs[i].Span)
	next := Trim(text, p.d.Paragraphs[i+1].Span)
	if !m.single || !m.opens() || m.at != s.Start || !strings.HasPrefix(next.In(text), text[m.at:m.end]) || !endsClause(s.In(text)) {
		return false
	}
	open := 0
	for _, m := range p.marks {
		switch {
		case !m.single:
		case m.role&closes == 0:
			open++
		case m.role&weak == 0:
			open--
		}
	}
	return open > 0 && !p.marks[len(p.marks)-1].endsAt(s)
}

// endsAt reports whether m is a mark that may close, at the end of s.
func (m mark) endsAt(s articles.Span) bool { return m.role&closes != 0 && m.end == s.End }

// inches reports whether the straight mark k, which could close the open quotation, is that of inches:
// it is behind a number, and the next double mark closes as well. "It was a 12" pipe," he said.
func (p *pairer) inches(k int) bool {
	m, text := p.marks[k], p.d.Text
	n := digits(text[p.last().Start:m.at])
	if text[m.at] != '"' || n == 0 || n > inchDigits {
		return false
	}
	for _, next := range p.marks[k+1 : min(len(p.marks), k+1+marksAhead)] {
		if !next.single {
			return next.role == closes
		}
	}
	return false
}
