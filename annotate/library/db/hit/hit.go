// Package hit shows where a search found something: the place in a text where most of what was asked for stands together, and some
// words around it. It takes words as the index of the library does.
package hit

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"byline/annotate/library"
	"byline/articles"
)

// Bytes of text around the place of a hit.
const (
	snippetBefore = 40
	snippetAfter  = 120
	searchOn      = 64 << 10 // after the first match, to look for a place with more of the query
)

// A Phrase is one or more consecutive words, folded as the index folds them.
type Phrase struct {
	words []string
	open  bool // the last word also matches what it begins
	first rune
}

// NewPhrase returns the phrase of words, of which there is at least one; open if the last may be the beginning of one.
func NewPhrase(words []string, open bool) Phrase {
	p := Phrase{open: open}
	for _, w := range words {
		p.words = append(p.words, library.Fold(w))
	}
	p.first, _ = utf8.DecodeRuneInString(p.words[0])
	return p
}

// matchAt returns the end of the phrase if the word s of text begins it, else 0.
func (p *Phrase) matchAt(text string, s articles.Span) int {
	for i, want := range p.words {
		w := library.Fold(s.In(text))
		last := i == len(p.words)-1
		if w != want && !(last && p.open && strings.HasPrefix(w, want)) {
			return 0
		}
		if last {
			return s.End
		}
		if s = nextWord(text, s.End); s.Empty() {
			return 0
		}
	}
	return 0
}

// A match is an occurrence of one phrase of a query.
type match struct {
	articles.Span
	phrase int
}

// nextMatch returns the first match at or after from, or an empty one.
func nextMatch(text string, from int, sought []Phrase) match {
	for s := nextWord(text, from); !s.Empty(); s = nextWord(text, s.End) {
		first := foldFirst(s.In(text))
		for i := range sought {
			p := &sought[i]
			if first != p.first {
				continue
			}
			if end := p.matchAt(text, s); end > 0 {
				return match{articles.Span{Start: s.Start, End: end}, i}
			}
		}
	}
	return match{}
}

// bestPlace returns the first match of the place where most phrases occur within the
// length of a snippet. It stops looking for a better place after a while.
func bestPlace(text string, sought []Phrase) match {
	best, most := match{}, 0
	var near []match // the last matches that fit into one snippet
	for m := nextMatch(text, 0, sought); !m.Empty(); m = nextMatch(text, m.End, sought) {
		if most > 0 && m.Start > best.Start+searchOn {
			break
		}
		near = slices.DeleteFunc(near, func(o match) bool { return m.End-o.Start > snippetAfter || o.phrase == m.phrase })
		near = append(near, m)
		if len(near) > most {
			best, most = near[0], len(near)
		}
		if most == len(sought) {
			break
		}
	}
	return best
}

// Of returns the hit in an article, with an excerpt around the best place in its text.
func Of(e library.Entry, text string, sought []Phrase) library.Hit {
	h := library.Hit{Entry: e, Offset: -1}
	first := bestPlace(text, sought)
	if first.Empty() {
		text = afterTitle(e.Title, text) // which stands beside the excerpt
	} else {
		h.Offset = first.Start
	}
	s := excerpt(text, first.Span)
	h.Snippet = strings.ReplaceAll(s.In(text), "\n", " ")
	for m := nextMatch(h.Snippet, 0, sought); !m.Empty(); m = nextMatch(h.Snippet, m.End, sought) {
		h.Matches = append(h.Matches, m.Span)
	}
	return h
}

// afterTitle returns a text from where it goes on after the title of its article, if it begins with that.
func afterTitle(title, text string) string {
	title = strings.TrimSpace(strings.TrimSuffix(title, "…"))
	rest, ok := strings.CutPrefix(strings.TrimSpace(text), title)
	if r, _ := utf8.DecodeRuneInString(rest); !ok || title == "" || rest != "" && inWord(r) {
		return text
	}
	return strings.TrimSpace(rest)
}

// excerpt returns some words before and after s, cut at blanks if possible.
func excerpt(text string, s articles.Span) articles.Span {
	from, to := max(0, s.Start-snippetBefore), min(len(text), max(s.Start+snippetAfter, s.End))
	if i := strings.IndexAny(text[from:s.Start], " \n"); from > 0 && i >= 0 {
		from += i + 1
	}
	if i := strings.LastIndexAny(text[s.End:to], " \n"); to < len(text) && i >= 0 {
		to = s.End + i
	}
	for from > 0 && !utf8.RuneStart(text[from]) {
		from--
	}
	for to < len(text) && !utf8.RuneStart(text[to]) {
		to++
	}
	return articles.Span{Start: from, End: to}
}

// nextWord returns the first word of text at or after from. Words are letters, digits and
// their combining marks, as in the index.
func nextWord(text string, from int) articles.Span {
	for from < len(text) {
		size, in := wordRune(text[from:])
		if in {
			break
		}
		from += size
	}
	end := from
	for end < len(text) {
		size, in := wordRune(text[end:])
		if !in {
			break
		}
		end += size
	}
	return articles.Span{Start: from, End: end}
}

// wordRune returns the length of the first rune of text, and whether it belongs to a word.
func wordRune(text string) (size int, in bool) {
	c := text[0]
	if c < utf8.RuneSelf {
		return 1, 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'
	}
	r, size := utf8.DecodeRuneInString(text)
	return size, inWord(r)
}

// Words splits a text into words as the index does.
func Words(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !inWord(r) })
}

// inWord reports whether r belongs to a word.
func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.M, r)
}

// foldFirst returns the first rune of [library.Fold] of word, at a fraction of the cost if the word
// begins with a letter.
func foldFirst(word string) rune {
	if c := word[0]; c < utf8.RuneSelf {
		return unicode.ToLower(rune(c))
	}
	r, _ := utf8.DecodeRuneInString(word)
	if d := norm.NFD.PropertiesString(word).Decomposition(); d != nil {
		r, _ = utf8.DecodeRune(d)
	}
	if unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Hangul, r) {
		r, _ = utf8.DecodeRuneInString(library.Fold(word))
	}
	return unicode.ToLower(r)
}
