// Package offsets converts offsets into a text between bytes, code points and UTF-16 code
// units, and finds the spans that a file means if it does not say which of these it
// counts.
package offsets

import (
	"strings"

	"byline/annotate/format"
	"byline/articles"
)

// A Stretch is a span as a file gives it: offsets in a unit that may not be known, and
// the words at these offsets, empty if the file does not give them.
type Stretch struct {
	Start, End int
	Exact      string
}

// A Unit is what offsets count. Its text names it in a loss.
type Unit string

// The units that files count in.
const (
	CodePoints Unit = "code points"
	UTF16      Unit = "UTF-16 code units"
	Bytes      Unit = "bytes"
)

// An Aligner converts stretches of a text to spans. Files count in code points, UTF-16
// code units or bytes and seldom say which. The aligner takes the unit in which most
// stretches have the words that the file gives for them.
type Aligner struct {
	Text string
	unit Unit
	at   func(int) (int, bool)
	Loss *format.Loss
	far  occurrences
}

// Align returns an aligner for the stretches of a file about text. own is the unit that
// the format prescribes; another is used, and counted in loss, if more words fit it.
func Align(text string, own Unit, stretches []Stretch, loss *format.Loss) *Aligner {
	units := converters(text)
	a := &Aligner{Text: text, unit: own, at: units[own], Loss: loss}
	best := a.matches(stretches)
	for _, unit := range allUnits {
		b := &Aligner{Text: text, unit: unit, at: units[unit], Loss: loss}
		if n := b.matches(stretches); n > best {
			a, best = b, n
		}
	}
	if a.unit != own {
		loss.Add(len(stretches), "spans: offsets read as "+string(a.unit)+", by their words")
	}
	return a
}

// allUnits are the units in the order in which they are tried.
var allUnits = []Unit{CodePoints, UTF16, Bytes}

// converters returns for each unit what turns offsets into bytes.
func converters(text string) map[Unit]func(int) (int, bool) {
	return map[Unit]func(int) (int, bool){
		CodePoints: NewPoints(text).Byte,
		UTF16:      NewUnits(text).Byte,
		Bytes:      func(n int) (int, bool) { return n, 0 <= n && n <= len(text) && onBoundary(text, n) },
	}
}

// UnitOf returns the unit in which most stretches have their words at their offsets, the first of several in the
// order above; empty if none does in any.
func UnitOf(text string, stretches []Stretch) Unit {
	best, most := Unit(""), 0
	for _, unit := range allUnits {
		a := &Aligner{Text: text, at: converters(text)[unit]}
		if n := a.matches(stretches); n > most {
			best, most = unit, n
		}
	}
	return best
}

// Fits reports whether all stretches that have words have them at their offsets in a unit, and there are some.
func Fits(text string, unit Unit, stretches []Stretch) bool {
	n := 0
	for _, s := range stretches {
		if s.Exact != "" {
			n++
		}
	}
	a := &Aligner{Text: text, at: converters(text)[unit]}
	return n > 0 && a.matches(stretches) == n
}

func onBoundary(text string, n int) bool { return n == len(text) || text[n]&0xC0 != 0x80 }

// matches counts the stretches that have their words at their offsets.
func (a *Aligner) matches(stretches []Stretch) int {
	n := 0
	for _, s := range stretches {
		if p, ok := a.At(s); ok && s.Exact != "" && SameWords(p.In(a.Text), s.Exact) {
			n++
		}
	}
	return n
}

// At returns the span at the offsets of s, and false if they are not in the text.
func (a *Aligner) At(s Stretch) (articles.Span, bool) {
	start, ok := a.at(s.Start)
	end, ok2 := a.at(s.End)
	return articles.Span{Start: start, End: end}, ok && ok2 && start < end
}

// SameWords reports whether a and b are equal except for the amount and kind of white
// space.
func SameWords(a, b string) bool {
	return a == b || strings.Join(strings.Fields(a), " ") == strings.Join(strings.Fields(b), " ")
}

// Find returns the span of s: the one at its offsets if the words are there or unknown,
// else the nearest one with the words, which is counted as a loss. It returns false if
// the text does not have them.
func (a *Aligner) Find(s Stretch) (articles.Span, bool) {
	p, ok := a.At(s)
	if ok && (s.Exact == "" || SameWords(p.In(a.Text), s.Exact)) {
		return p, true
	}
	if q, found := a.far.nearest(a.Text, s.Exact, p.Start); found {
		a.Loss.Add(1, "spans: moved to their words")
		return q, true
	}
	a.Loss.Add(1, "annotations: their words are not in the text")
	return articles.Span{}, false
}
