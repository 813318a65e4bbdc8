package builder

import (
	"strings"
	"unicode/utf8"

	"byline/articles"
	"byline/articles/clean"
)

// Words are the text of one block under construction, with its formatting.
type Words struct {
	strings.Builder
	inline   []articles.Inline
	pictures []articles.Picture // without words
}

// Style formats the text written since byte at; target is the address of a link or image, which is kept if
// it is http, https or mailto. An image is a picture of the article as well.
func (w *Words) Style(at int, kind articles.InlineKind, target string) {
	if w.Len() == at {
		return
	}
	if kind == articles.Link {
		target = clean.Target(target)
	}
	w.inline = append(w.inline, articles.Inline{Span: articles.Span{Start: at, End: w.Len()}, Kind: kind, Target: target})
}

// Picture notes a picture without words in the text, which will stand behind the block. Alt is what the
// source says instead of it.
func (w *Words) Picture(address, alt string) {
	const longest = 300
	p := articles.Picture{Address: clean.Address(address), Alt: strings.Join(strings.Fields(clean.Line(alt)), " ")}
	for i := range p.Alt {
		if i > longest {
			p.Alt = p.Alt[:i] + "…"
			break
		}
	}
	if p.Address != "" || p.Alt != "" {
		w.pictures = append(w.pictures, p)
	}
}

// finish returns the words, cleaned and trimmed, and the inlines on them; nothing if they are
// blank.
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

// clean returns the words cleaned, with their inlines moved to match. What draws nothing is left out; the rest of cleaning
// is rune for rune, but changes the length of runes.
func (w *Words) clean() (string, []articles.Inline) {
	raw := w.String()
	drawn := clean.Drawn(raw)
	s := clean.String(drawn)
	if s == raw || len(w.inline) == 0 {
		return s, w.inline
	}
	moved := make(map[int]int, 2*len(w.inline))
	for _, in := range w.inline {
		moved[in.Start], moved[in.End] = 0, 0
	}
	at, to := 0, 0 // in drawn and in s
	for from := 0; from <= len(raw); {
		if _, ok := moved[from]; ok {
			moved[from] = min(to, len(s))
		}
		r, n := utf8.DecodeRuneInString(raw[from:])
		n = max(1, n)
		if strings.HasPrefix(raw[from:], "\r\n") {
			n = 2
		}
		from += n
		if d, _ := utf8.DecodeRuneInString(drawn[min(at, len(drawn)):]); d != r && !isLineEnd(r) {
			continue // not drawn
		}
		_, k := utf8.DecodeRuneInString(drawn[min(at, len(drawn)):])
		if strings.HasPrefix(drawn[min(at, len(drawn)):], "\r\n") {
			k = 2
		}
		_, m := utf8.DecodeRuneInString(s[min(to, len(s)):])
		at, to = at+k, to+m
	}
	for i, in := range w.inline {
		w.inline[i].Span = articles.Span{Start: moved[in.Start], End: moved[in.End]}
	}
	return s, w.inline
}

// isLineEnd reports whether r is drawn as a line end.
func isLineEnd(r rune) bool { return r == 0x85 || r == 0x2028 || r == 0x2029 }

// longest is the most bytes in a block.
const longest = 16 << 10

// Pieces cuts s, a span of text, into pieces of at most 16 KB, so that text without a line end for
// megabytes can be drawn piece by piece. It cuts at a line end or a blank in the second half of a
// piece, which is then left out, or else between two letters. No piece is empty or ends with a
// blank. The end of a piece depends only on its own 16 KB and the next byte.
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
		blanks := "\n" // keep the indent of a line
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
