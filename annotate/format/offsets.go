package format

import (
	"strings"

	"byline/articles"
)

// A stretch is a span as a foreign file gives it: offsets in a unit that is to be found
// out, and the words that the file says are there; empty where it does not say.
type stretch struct {
	start, end int
	exact      string
}

// An aligner turns stretches of a text into spans. Files give offsets in code points,
// UTF-16 code units or bytes, and seldom say which: the unit is the one by which most
// words are where the file says.
type aligner struct {
	text string
	unit string // "code points", "UTF-16 code units", "bytes"
	at   func(int) (int, bool)
	loss *Loss
}

// align returns the aligner for the stretches of a file about text, in the unit that is
// the format's own unless their words say otherwise. What it has to guess it tells loss.
func align(text string, own string, stretches []stretch, loss *Loss) *aligner {
	units := map[string]func(int) (int, bool){
		"code points":       NewPoints(text).Byte,
		"UTF-16 code units": NewUnits(text).Byte,
		"bytes":             func(n int) (int, bool) { return n, 0 <= n && n <= len(text) && boundary(text, n) },
	}
	a := &aligner{text: text, unit: own, at: units[own], loss: loss}
	best := a.right(stretches)
	for _, unit := range []string{"code points", "UTF-16 code units", "bytes"} {
		b := &aligner{text: text, unit: unit, at: units[unit], loss: loss}
		if n := b.right(stretches); n > best {
			a, best = b, n
		}
	}
	if a.unit != own {
		loss.Add(len(stretches), "spans: their offsets were taken for "+a.unit+", by their words")
	}
	return a
}

func boundary(text string, n int) bool { return n == len(text) || text[n]&0xC0 != 0x80 }

// right counts the stretches that have their words where they say.
func (a *aligner) right(stretches []stretch) int {
	n := 0
	for _, s := range stretches {
		if p, ok := a.place(s); ok && s.exact != "" && same(p.In(a.text), s.exact) {
			n++
		}
	}
	return n
}

// place returns the span at the offsets of s, false where there is none.
func (a *aligner) place(s stretch) (articles.Span, bool) {
	start, ok := a.at(s.start)
	end, ok2 := a.at(s.end)
	return articles.Span{Start: start, End: end}, ok && ok2 && start < end
}

// same reports whether two ways of writing words down are the same but for blanks.
func same(a, b string) bool {
	return a == b || strings.Join(strings.Fields(a), " ") == strings.Join(strings.Fields(b), " ")
}

// span returns where s is: at its offsets, if its words are there; else at the place
// nearest to them that has its words, which is told as a loss; else nowhere.
func (a *aligner) span(s stretch) (articles.Span, bool) {
	p, ok := a.place(s)
	if ok && (s.exact == "" || same(p.In(a.text), s.exact)) {
		return p, true
	}
	if q, found := nearest(a.text, s.exact, p.Start); found {
		a.loss.Add(1, "spans: moved to where their words are")
		return q, true
	}
	a.loss.Add(1, "annotations: the text does not have their words")
	return articles.Span{}, false
}

// nearest returns the occurrence of words in text that begins nearest to byte at.
func nearest(text, words string, at int) (articles.Span, bool) {
	if strings.TrimSpace(words) == "" {
		return articles.Span{}, false
	}
	at = min(max(at, 0), len(text))
	before := strings.LastIndex(text[:min(len(text), at+len(words))], words)
	behind := strings.Index(text[at:], words)
	switch {
	case before < 0 && behind < 0:
		return articles.Span{}, false
	case before < 0 || behind >= 0 && behind < at-before:
		before = at + behind
	}
	return articles.Span{Start: before, End: before + len(words)}, true
}
