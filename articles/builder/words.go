package builder

import (
	"strings"
	"unicode/utf8"

	"byline/articles"
	"byline/articles/clean"
)

// Words are the text of one block while it is written, with how it is set.
type Words struct {
	strings.Builder
	inline []articles.Inline
}

// Style notes that what was written since the byte at is set in a way; target is the
// address of a link, of which none but http, https and mailto is kept.
func (w *Words) Style(at int, kind articles.InlineKind, target string) {
	if w.Len() == at {
		return
	}
	if kind == articles.Link {
		target = clean.Target(target)
	}
	w.inline = append(w.inline, articles.Inline{Span: articles.Span{Start: at, End: w.Len()}, Kind: kind, Target: target})
}

// finish returns the words, cleaned and without blanks at their ends, and the
// inlines on them; nothing if they are blank.
func (w *Words) finish() (string, []articles.Inline) {
	s, ins := w.clean()
	end := len(strings.TrimRight(s, " \n"))
	start := end - len(strings.TrimLeft(s[:end], " \n"))
	if strings.TrimSpace(s) == "" {
		return "", nil
	}
	kept := ins[:0]
	for _, in := range ins {
		in.Start, in.End = max(in.Start, start)-start, min(in.End, end)-start
		if !in.Empty() {
			kept = append(kept, in)
		}
	}
	return s[start:end], kept
}

// clean returns the words cleaned, and their inlines moved where that changed the
// length of runes: cleaning is rune for rune.
func (w *Words) clean() (string, []articles.Inline) {
	raw := w.String()
	s := clean.String(raw)
	if s == raw || len(w.inline) == 0 {
		return s, w.inline
	}
	moved := make(map[int]int, 2*len(w.inline))
	for _, in := range w.inline {
		moved[in.Start], moved[in.End] = 0, 0
	}
	to := 0
	for from := 0; from <= len(raw); {
		if _, ok := moved[from]; ok {
			moved[from] = min(to, len(s))
		}
		_, n := utf8.DecodeRuneInString(raw[from:])
		_, m := utf8.DecodeRuneInString(s[min(to, len(s)):])
		if strings.HasPrefix(raw[from:], "\r\n") {
			n = 2
		}
		from, to = from+max(1, n), to+m
	}
	for i, in := range w.inline {
		w.inline[i].Span = articles.Span{Start: moved[in.Start], End: moved[in.End]}
	}
	return s, w.inline
}

// longest is the most bytes of a block.
const longest = 16 << 10

// Pieces cuts s, a span of text, into pieces of at most 16 KB, so that what has no
// line end for megabytes can be drawn piece by piece: at a line end or a blank in the
// second half of a piece, which is then between two, else between two letters. No
// piece is empty or ends with a blank. Where a piece ends depends on its own 16 KB and
// the next byte only.
func Pieces(text string, s articles.Span) []articles.Span {
	var out []articles.Span
	for s.Len() > longest {
		end := s.Start + longest
		half := text[s.Start+longest/2 : end]
		if i := strings.LastIndexByte(half, '\n'); i >= 0 {
			end = s.Start + longest/2 + i
		} else if i := strings.LastIndexByte(half, ' '); i >= 0 {
			end = s.Start + longest/2 + i
		}
		for !utf8.RuneStart(text[end]) {
			end--
		}
		out = add(out, text, articles.Span{Start: s.Start, End: end})
		blanks := "\n" // the indent of a line stays
		if text[end] != '\n' {
			blanks = " \n"
		}
		s.Start = s.End - len(strings.TrimLeft(text[end:s.End], blanks))
	}
	return add(out, text, s)
}

func add(out []articles.Span, text string, s articles.Span) []articles.Span {
	s.End = s.Start + len(strings.TrimRight(s.In(text), " \n"))
	if s.Empty() {
		return out
	}
	return append(out, s)
}
