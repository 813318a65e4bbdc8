package uima

import (
	"strings"
	"unicode/utf16"

	"byline/annotate/format"
)

// A tsvText is the text of a file while its sentences are read. Offsets are UTF-16 code units.
type tsvText struct {
	text  strings.Builder
	units int // of the text
	sent  string
	lines int  // of the sentence so far
	fresh bool // the sentence is not yet in the text

	said  int // where the text ends by the offsets that the file gives
	shift int // from these offsets to those of the text, in this sentence
}

// addLine adds a line to the sentence.
func (t *tsvText) addLine(line string) {
	if !t.fresh {
		t.endSentence()
	}
	if t.lines++; t.lines > 1 {
		t.sent += "\n"
	}
	t.sent += line
	t.fresh = true
}

// endSentence adds a sentence of which no token could be read.
func (t *tsvText) endSentence() {
	if t.fresh {
		t.begin(t.said)
	}
	t.sent, t.lines, t.fresh = "", 0, false
}

// place returns the offsets of a token in the text, and adds the sentence to that before its first one. As a rule the first
// token begins the sentence; if it could not be read, the words tell where this one is.
func (t *tsvText) place(start, end int, words string, loss *format.Loss) (int, int) {
	if t.fresh {
		at := start
		if i := strings.Index(t.sent, words); i > 0 && strings.TrimSpace(t.sent[:i]) != "" {
			at -= unitsOf(t.sent[:i])
		}
		if !t.begin(at) {
			loss.Add(1, "sentences whose offsets do not follow on those before")
		}
	}
	return start + t.shift, end + t.shift
}

// begin adds the sentence, which starts at an offset that the file gives, to the text. It returns false if that is no
// place behind the last sentence; then the sentence begins on the next line.
func (t *tsvText) begin(at int) bool {
	gap := at - t.said
	ok := gap >= 0 && gap <= 1<<20
	if !ok {
		gap = 1
	}
	t.add(strings.Repeat("\n", gap)) // as INCEpTION fills it
	t.shift = t.units - at
	t.add(t.sent)
	t.said = at + unitsOf(t.sent)
	t.sent, t.lines, t.fresh = "", 0, false
	return ok
}

func (t *tsvText) add(s string) {
	t.text.WriteString(s)
	t.units += unitsOf(s)
}

// unitsOf returns the length of s in UTF-16 code units.
func unitsOf(s string) int {
	n := 0
	for _, c := range s {
		n += utf16.RuneLen(c)
	}
	return n
}
