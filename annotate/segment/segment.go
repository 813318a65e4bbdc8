// Package segment cuts a text into paragraphs, sentences and tokens.
//
// Paragraphs are the article's blocks; without blocks, the lines of the text. The
// cells of a table's row are cut one by one, since no sentence crosses the edge of a cell.
//
// Sentence ends are those of the Unicode rules (UAX #29, by clipperhouse/uax29), of
// which some are then refused: after an abbreviation that something follows ("Mr.",
// "Gov.", "No. 5"), after a dotted acronym, an initial or "Inc." unless the next word often
// starts sentences, before a lower-case letter ("“Why?” she asked"), and at line ends inside
// a paragraph of hard-wrapped text. This is decided from the words before and after the
// end alone, so it costs one table look-up per end.
//
// Tokens are made by one pass over the bytes that allocates nothing. Words keep inner
// apostrophes, hyphens and dots ("O'Neill", "mother-in-law", "U.S.", "Mr."), a possessive
// 's is a token of its own, n't is not. Pieces are never lost: tokens cover every
// rune of the text that is not blank.
package segment

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/articles"

	"github.com/clipperhouse/uax29/v2/sentences"
)

// Version counts the changes after which the same text may be split differently.
const Version = 2

// bytesPerToken is a low estimate of the bytes of text per token, so that the slice of
// tokens rarely has to grow.
const bytesPerToken = 5

// Split splits text into paragraphs, sentences and tokens. There is one paragraph for every block,
// in order, even for an empty one; if blocks is nil, one for every non-blank line. Blocks that
// overlap or reach outside the text are cut to what is left of it. Spans are byte offsets into
// text.
func Split(text string, blocks []articles.Block) *annotate.Doc {
	size := len(text)
	if blocks != nil {
		size = 0
		for _, b := range blocks {
			size += b.Len()
		}
	}
	d := &annotate.Doc{Text: text, Tokens: make([]annotate.Token, 0, min(size, len(text))/bytesPerToken+8), Paragraphs: make([]annotate.Para, 0, len(blocks))}
	for b := range paragraphs(text, blocks) {
		addBlock(d, b)
	}
	return d
}

// Sentences yields the tokens of each sentence of text, as Split has them. They are good until the next: for whoever needs each
// once it takes the memory of a paragraph.
func Sentences(text string, blocks []articles.Block) iter.Seq[[]annotate.Token] {
	return func(yield func([]annotate.Token) bool) {
		d := &annotate.Doc{Text: text}
		for b := range paragraphs(text, blocks) {
			d.Paragraphs, d.Sentences, d.Tokens = d.Paragraphs[:0], d.Sentences[:0], d.Tokens[:0]
			addBlock(d, b)
			for _, s := range d.Sentences {
				if !yield(d.Tokens[s.Tokens.First:s.Tokens.End]) {
					return
				}
			}
		}
	}
}

// paragraphs yields the blocks, without what overlaps or reaches outside the text; if there are none, a block for each line that is
// not blank.
func paragraphs(text string, blocks []articles.Block) iter.Seq[articles.Block] {
	if blocks == nil {
		return lines(text)
	}
	return func(yield func(articles.Block) bool) {
		at := 0
		for _, b := range blocks {
			b.Span = clip(b.Span, at, len(text))
			if !yield(b) {
				return
			}
			at = b.End
		}
	}
}

// clip returns the part of s within [from, to).
func clip(s articles.Span, from, to int) articles.Span {
	start := min(max(s.Start, from), to)
	return articles.Span{Start: start, End: min(max(s.End, start), to)}
}

func lines(text string) iter.Seq[articles.Block] {
	return func(yield func(articles.Block) bool) {
		for at := 0; at < len(text); {
			end := len(text)
			if n := strings.IndexByte(text[at:], '\n'); n >= 0 {
				end = at + n
			}
			if s := trim(text, articles.Span{Start: at, End: end}); !s.Empty() && !yield(articles.Block{Span: s}) {
				return
			}
			at = end + 1
		}
	}
}

// addBlock adds a paragraph for b, with its sentences and tokens.
func addBlock(d *annotate.Doc, b articles.Block) {
	first := len(d.Sentences)
	if len(b.Cells) > 0 {
		at := b.Start
		for _, c := range b.Cells {
			c = clip(c, at, b.End)
			addSentences(d, c)
			at = c.End
		}
	} else {
		addSentences(d, b.Span)
	}
	r := annotate.Range{First: first, End: len(d.Sentences)}
	d.Paragraphs = append(d.Paragraphs, annotate.Para{Span: b.Span, Sentences: r, Block: b})
}

// addSentences adds the sentences of s to the paragraph that is added next.
func addSentences(d *annotate.Doc, s articles.Span) {
	text := s.In(d.Text)
	ends := sentences.FromString(text)
	start := 0
	for ends.Next() {
		if end := ends.End(); end == len(text) || isSentenceEnd(text[start:], end-start) {
			addSentence(d, articles.Span{Start: start, End: end}.Shift(s.Start))
			start = end
		}
	}
}

func addSentence(d *annotate.Doc, s articles.Span) {
	if s = trim(d.Text, s); s.Empty() {
		return
	}
	first := len(d.Tokens)
	d.Tokens = appendTokens(d.Tokens, d.Text, s)
	d.Sentences = append(d.Sentences, annotate.Sentence{
		Span:      s,
		Tokens:    annotate.Range{First: first, End: len(d.Tokens)},
		Paragraph: len(d.Paragraphs),
	})
}

// trim returns s without white space at its ends.
func trim(text string, s articles.Span) articles.Span {
	for s.Start < s.End {
		r, n := utf8.DecodeRuneInString(text[s.Start:s.End])
		if !unicode.IsSpace(r) {
			break
		}
		s.Start += n
	}
	for s.Start < s.End {
		r, n := utf8.DecodeLastRuneInString(text[s.Start:s.End])
		if !unicode.IsSpace(r) {
			break
		}
		s.End -= n
	}
	return s
}

// Tokens makes a document of tokenized sentences, such as gold data. Its text is the tokens with a
// blank between them and a line end between sentences; it has one paragraph, and one token for
// each one given.
func Tokens(sentences [][]string) *annotate.Doc {
	size, count := 0, 0
	for _, s := range sentences {
		count += len(s)
		for _, w := range s {
			size += len(w) + 1
		}
	}
	var text strings.Builder
	text.Grow(size)
	d := &annotate.Doc{Tokens: make([]annotate.Token, 0, count)}
	for _, s := range sentences {
		addGiven(d, &text, s)
	}
	d.Text = strings.TrimSuffix(text.String(), "\n")
	d.Paragraphs = []annotate.Para{{
		Span:      articles.Span{End: len(d.Text)},
		Sentences: annotate.Range{End: len(d.Sentences)},
	}}
	return d
}

func addGiven(d *annotate.Doc, text *strings.Builder, words []string) {
	if len(words) == 0 {
		return
	}
	start, first := text.Len(), len(d.Tokens)
	for i, w := range words {
		at := text.Len()
		text.WriteString(w)
		s := articles.Span{Start: at, End: at + len(w)}
		d.Tokens = append(d.Tokens, annotate.Token{Span: s, Kind: kindOf(w)})
		if i < len(words)-1 {
			text.WriteByte(' ')
		}
	}
	d.Sentences = append(d.Sentences, annotate.Sentence{
		Span:   articles.Span{Start: start, End: text.Len()},
		Tokens: annotate.Range{First: first, End: len(d.Tokens)},
	})
	text.WriteByte('\n')
}

// kindOf returns the kind of the token w.
func kindOf(w string) annotate.TokenKind {
	if w == "``" || w == "''" {
		return annotate.Mark
	}
	r, n := utf8.DecodeRuneInString(w)
	switch {
	case en.IsMark(r) && n == len(w):
		return annotate.Mark
	case unicode.IsDigit(r):
		return annotate.Number
	case strings.IndexFunc(w, unicode.IsLetter) >= 0:
		return annotate.Word
	case strings.IndexFunc(w, unicode.IsDigit) >= 0:
		return annotate.Number
	}
	return annotate.Punct
}
