// Package tokens splits the text of a document into sentences of tokens such that every
// claim starts and ends with a token, for formats that annotate tokens.
package tokens

import (
	"cmp"
	"slices"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/standoff"
	"byline/annotate/segment"
	"byline/articles"
)

// A Sequence is a text as sentences of tokens. It takes about twice the memory of the text.
type Sequence struct {
	Text   string
	tokens []token
	ends   []int32 // of each sentence, in tokens; none is empty
}

// A token is the bytes from start to before end. A text is shorter than 2 GiB.
type token struct{ start, end int32 }

func (t token) span() articles.Span { return articles.Span{Start: int(t.start), End: int(t.end)} }

// bytesPerToken is a low estimate of the bytes of text per token.
const bytesPerToken = 5

// Split returns the tokens of d. A token that a claim starts or ends in is split there:
// "pre-Brexit" becomes "pre-" and "Brexit" if "Brexit" is a name.
func Split(d *format.Document, claims []articles.Span) *Sequence {
	cuts := make([]int32, 0, 2*len(claims))
	for _, s := range claims {
		cuts = append(cuts, int32(s.Start), int32(s.End))
	}
	slices.Sort(cuts)
	blocks := d.Blocks
	if blocks == nil {
		blocks = standoff.Paragraphs(d.Text)
	}
	t := &Sequence{Text: d.Text, tokens: make([]token, 0, len(d.Text)/bytesPerToken+8)}
	for sentence := range segment.Sentences(d.Text, blocks) {
		for _, whole := range sentence {
			at, end := int32(whole.Start), int32(whole.End)
			i, _ := slices.BinarySearch(cuts, at+1)
			for ; i < len(cuts) && cuts[i] < end; i++ {
				if cuts[i] > at {
					t.tokens = append(t.tokens, token{at, cuts[i]})
					at = cuts[i]
				}
			}
			t.tokens = append(t.tokens, token{at, end})
		}
		t.ends = append(t.ends, int32(len(t.tokens)))
	}
	return t
}

// Len returns the number of tokens.
func (t *Sequence) Len() int { return len(t.tokens) }

// At returns the i-th token.
func (t *Sequence) At(i int) articles.Span { return t.tokens[i].span() }

// Sentences returns the number of sentences.
func (t *Sequence) Sentences() int { return len(t.ends) }

// Sentence returns the tokens of the n-th sentence, of which there is at least one.
func (t *Sequence) Sentence(n int) annotate.Range {
	first := int32(0)
	if n > 0 {
		first = t.ends[n-1]
	}
	return annotate.Range{First: int(first), End: int(t.ends[n])}
}

// SentenceOf returns the index of the sentence that the i-th token is of.
func (t *Sequence) SentenceOf(i int) int {
	n, _ := slices.BinarySearch(t.ends, int32(i+1))
	return n
}

// Range returns the tokens of s. It returns false if s does not start and end with a
// token.
func (t *Sequence) Range(s articles.Span) (annotate.Range, bool) {
	starting := func(x token, at int) int { return cmp.Compare(int(x.start), at) }
	first, ok := slices.BinarySearchFunc(t.tokens, s.Start, starting)
	end, _ := slices.BinarySearchFunc(t.tokens, s.End, starting)
	return annotate.Range{First: first, End: end}, ok && end > first && int(t.tokens[end-1].end) == s.End
}
