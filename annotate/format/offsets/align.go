// Package offsets converts offsets into a text between bytes, code points and UTF-16 code
// units, and finds the spans that a file means whose offsets are in a unit it does not say.
package offsets

import (
	"strings"

	"byline/annotate/format"
	"byline/articles"
)

// A Stretch is a span as a foreign file gives it: offsets in a unit that is to be found
// out, and the words that the file says are there; empty where it does not say.
type Stretch struct {
	Start, End int
	Exact      string
}

// A Unit is what offsets count, as a loss names it.
type Unit string

// The units that files count in.
const (
	CodePoints Unit = "code points"
	UTF16      Unit = "UTF-16 code units"
	Bytes      Unit = "bytes"
)

// An Aligner turns stretches of a text into spans. Files give offsets in code points,
// UTF-16 code units or bytes, and seldom say which: the unit is the one by which most
// words are where the file says.
type Aligner struct {
	Text string
	unit Unit
	at   func(int) (int, bool)
	Loss *format.Loss
}

// Align returns the aligner for the stretches of a file about text, in the unit that is
// the format's own unless their words say otherwise. What it has to guess it tells loss.
func Align(text string, own Unit, stretches []Stretch, loss *format.Loss) *Aligner {
	units := map[Unit]func(int) (int, bool){
		CodePoints: NewPoints(text).Byte,
		UTF16:      NewUnits(text).Byte,
		Bytes:      func(n int) (int, bool) { return n, 0 <= n && n <= len(text) && boundary(text, n) },
	}
	a := &Aligner{Text: text, unit: own, at: units[own], Loss: loss}
	best := a.right(stretches)
	for _, unit := range []Unit{CodePoints, UTF16, Bytes} {
		b := &Aligner{Text: text, unit: unit, at: units[unit], Loss: loss}
		if n := b.right(stretches); n > best {
			a, best = b, n
		}
	}
	if a.unit != own {
		loss.Add(len(stretches), "spans: their offsets were taken for "+string(a.unit)+", by their words")
	}
	return a
}

func boundary(text string, n int) bool { return n == len(text) || text[n]&0xC0 != 0x80 }

// right counts the stretches that have their words where they say.
func (a *Aligner) right(stretches []Stretch) int {
	n := 0
	for _, s := range stretches {
		if p, ok := a.At(s); ok && s.Exact != "" && SameWords(p.In(a.Text), s.Exact) {
			n++
		}
	}
	return n
}

// At returns the span at the offsets of s, false where there is none.
func (a *Aligner) At(s Stretch) (articles.Span, bool) {
	start, ok := a.at(s.Start)
	end, ok2 := a.at(s.End)
	return articles.Span{Start: start, End: end}, ok && ok2 && start < end
}

// SameWords reports whether two ways of writing words down are the same but for blanks.
func SameWords(a, b string) bool {
	return a == b || strings.Join(strings.Fields(a), " ") == strings.Join(strings.Fields(b), " ")
}

// Find returns where s is: at its offsets, if its words are there; else at the place
// nearest to them that has its words, which is told as a loss; else nowhere.
func (a *Aligner) Find(s Stretch) (articles.Span, bool) {
	p, ok := a.At(s)
	if ok && (s.Exact == "" || SameWords(p.In(a.Text), s.Exact)) {
		return p, true
	}
	if q, found := nearest(a.Text, s.Exact, p.Start); found {
		a.Loss.Add(1, "spans: moved to where their words are")
		return q, true
	}
	a.Loss.Add(1, "annotations: the text does not have their words")
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
