package session

import (
	"regexp"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/annotate/review"
	"byline/annotate/segment"
	"byline/articles"
)

// A Text finds words in an article. It keeps nothing: a block is cut into words
// when somebody asks for them.
type Text struct{ *articles.Article }

// Block returns the block of the text that holds off, or else the next one.
func (t Text) Block(off int) articles.Block {
	i := sort.Search(len(t.Blocks), func(i int) bool { return t.Blocks[i].End > off })
	if i == len(t.Blocks) {
		if i == 0 {
			return articles.Block{Span: articles.Span{End: len(t.Article.Text)}}
		}
		i--
	}
	return t.Blocks[i]
}

// across reports whether span begins in one block and ends in another.
func (t Text) across(span articles.Span) bool {
	return !span.Empty() && span.End > t.Block(span.Start).End
}

// reached returns the blocks in which the end of a claim is that moved outwards from one span to another: before and after. They are the same if it
// stayed in its block.
func (t Text) reached(from, to articles.Span) (before, after articles.Block) {
	if to.Start < from.Start {
		return t.Block(from.Start), t.Block(to.Start)
	}
	return t.Block(max(from.End, 1) - 1), t.Block(max(to.End, from.End, 1) - 1)
}

// overHeading reports whether an end of a claim moves from a headline into what is not, or the other way.
func (t Text) overHeading(from, to articles.Span) bool {
	before, after := t.reached(from, to)
	return before.Span != after.Span && (before.Kind == articles.Heading || after.Kind == articles.Heading)
}

// Reaches says that by a decision a quote reaches into another paragraph, which its words alone do not show, and what takes that back, with names of
// actions in braces; empty for any other decision.
func (t Text) Reaches(e *review.Edit) string {
	if e.Verb != annotate.Respan || len(e.Targets) == 0 || e.To.Empty() {
		return ""
	}
	from := e.Targets[0].Span
	switch before, after := t.reached(from, e.To); {
	case before.Span == after.Span:
		return ""
	case e.To.Start < from.Start:
		return "it now begins in the paragraph before; {start-later} or {undo} takes that back"
	}
	return "it now runs into the next paragraph; {end-earlier} or {undo} takes that back"
}

// Words returns the words of a block as spans of the article's text.
func (t Text) Words(block articles.Span) []articles.Span {
	d := segment.Split(block.In(t.Article.Text), nil)
	out := make([]articles.Span, 0, len(d.Tokens))
	for _, tok := range d.Tokens {
		if tok.Kind == annotate.Word || tok.Kind == annotate.Number {
			out = append(out, tok.Span.Shift(block.Start))
		}
	}
	return out
}

// WholeWords widens span, within the block it starts in, to whole words.
func (t Text) WholeWords(span articles.Span) articles.Span {
	var out articles.Span
	for _, w := range t.Words(t.Block(span.Start).Span) {
		if w.Start >= max(span.End, span.Start+1) || w.End <= span.Start {
			continue
		}
		if out.Empty() {
			out = w
		}
		out.End = w.End
	}
	return out
}

// Sentence returns the sentence that holds off.
func (t Text) Sentence(off int) articles.Span {
	b := t.Block(off)
	for _, sn := range segment.Split(b.In(t.Article.Text), nil).Sentences {
		if span := sn.Span.Shift(b.Start); span.End > off {
			return span
		}
	}
	return b.Span
}

// mostBlocks is how many blocks without a word [Text.WordFrom] passes.
const mostBlocks = 8

// WordFrom returns the first word that starts at or after off, or, backwards, the
// last that ends at or before it; it looks in the block of off and its neighbours.
func (t Text) WordFrom(off, dir int) articles.Span {
	for range mostBlocks {
		b := t.Block(off)
		if w := wordIn(t.Words(b.Span), off, dir); !w.Empty() {
			return w
		}
		if off = t.neighbour(b, off, dir); off < 0 {
			break
		}
	}
	return articles.Span{}
}

func wordIn(ws []articles.Span, off, dir int) articles.Span {
	if dir > 0 {
		for _, w := range ws {
			if w.Start >= off {
				return w
			}
		}
		return articles.Span{}
	}
	for i := len(ws) - 1; i >= 0; i-- {
		if ws[i].End <= off {
			return ws[i]
		}
	}
	return articles.Span{}
}

// neighbour returns a byte of the block after or before b, −1 where there is none.
func (t Text) neighbour(b articles.Block, off, dir int) int {
	if dir < 0 {
		i := sort.Search(len(t.Blocks), func(i int) bool { return t.Blocks[i].Start >= b.Start })
		if i == 0 {
			return -1
		}
		return t.Blocks[i-1].End - 1
	}
	if b.End >= len(t.Article.Text) {
		return -1
	}
	off = max(off, b.End)
	return max(off, t.Block(off).Start)
}

// endAt returns where the claim c ends after the word that ends at off: a quote
// keeps the punctuation and marks that follow.
func (t Text) endAt(c Claim, off int) int {
	if !IsQuote(c) {
		return off
	}
	for off < len(t.Article.Text) {
		r, n := utf8.DecodeRuneInString(t.Article.Text[off:])
		if unicode.IsSpace(r) || unicode.IsLetter(r) || unicode.IsDigit(r) {
			break
		}
		off += n
	}
	return off
}

// startAt returns where the claim c starts before the word at off: a quote keeps the
// marks that precede.
func (t Text) startAt(c Claim, off int) int {
	if !IsQuote(c) {
		return off
	}
	for off > 0 {
		r, n := utf8.DecodeLastRuneInString(t.Article.Text[:off])
		if !strings.ContainsRune(en.OpeningLow, r) {
			break
		}
		off -= n
	}
	return off
}

// wholeWordsOf returns the places where text has words, whole words only.
func wholeWordsOf(text, words string) []articles.Span {
	var out []articles.Span
	for from := 0; words != ""; {
		i := strings.Index(text[from:], words)
		if i < 0 {
			break
		}
		at := articles.Span{Start: from + i, End: from + i + len(words)}
		if review.Bounded(text, at) {
			out = append(out, at)
		}
		from = at.End
	}
	return out
}

// maxHits bounds the places that a search keeps.
const maxHits = 100_000

// Places returns the places of the text that hold query, in either case where it is all
// lower case, a blank matching any run of blanks.
func (t Text) Places(query string) []articles.Span { return hitsOf(t.Article.Text, query) }

// hitsOf returns the places of text that hold query: in either case where it is all
// lower case, a blank matching any run of blanks.
func hitsOf(text, query string) []articles.Span {
	words := strings.Fields(query)
	for i, w := range words {
		words[i] = regexp.QuoteMeta(w)
	}
	pattern := strings.Join(words, `\s+`)
	if strings.IndexFunc(query, unicode.IsUpper) < 0 {
		pattern = "(?i)" + pattern
	}
	re, err := regexp.Compile(pattern)
	if err != nil {
		return nil
	}
	var out []articles.Span
	for _, m := range re.FindAllStringIndex(text, maxHits) {
		out = append(out, articles.Span{Start: m[0], End: m[1]})
	}
	return out
}
