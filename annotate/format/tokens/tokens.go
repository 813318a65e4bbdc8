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

// A Sequence is a text as sentences of tokens.
type Sequence struct {
	Text       string
	Sentences  [][]articles.Span // none of them empty
	Tokens     []articles.Span   // those of all sentences
	SentenceOf []int             // index of the sentence of each token
}

// Split returns the tokens of d. A token that a claim starts or ends in is split there:
// "pre-Brexit" becomes "pre-" and "Brexit" if "Brexit" is a name.
func Split(d *format.Document, claims []articles.Span) *Sequence {
	cuts := make([]int, 0, 2*len(claims))
	for _, s := range claims {
		cuts = append(cuts, s.Start, s.End)
	}
	slices.Sort(cuts)
	blocks := d.Blocks
	if blocks == nil {
		blocks = standoff.Paragraphs(d.Text)
	}
	doc := segment.Split(d.Text, blocks)
	t := &Sequence{Text: d.Text}
	for _, s := range doc.Sentences {
		first := len(t.Tokens)
		for _, token := range doc.Tokens[s.Tokens.First:s.Tokens.End] {
			at := token.Start
			i, _ := slices.BinarySearch(cuts, at+1)
			for ; i < len(cuts) && cuts[i] < token.End; i++ {
				if cuts[i] > at {
					t.add(articles.Span{Start: at, End: cuts[i]})
					at = cuts[i]
				}
			}
			t.add(articles.Span{Start: at, End: token.End})
		}
		if first < len(t.Tokens) {
			t.Sentences = append(t.Sentences, t.Tokens[first:])
		}
	}
	return t
}

func (t *Sequence) add(s articles.Span) {
	t.Tokens = append(t.Tokens, s)
	t.SentenceOf = append(t.SentenceOf, len(t.Sentences))
}

// Range returns the tokens of s. It returns false if s does not start and end with a
// token.
func (t *Sequence) Range(s articles.Span) (annotate.Range, bool) {
	first, ok := slices.BinarySearchFunc(t.Tokens, s.Start, func(x articles.Span, at int) int { return cmp.Compare(x.Start, at) })
	end, _ := slices.BinarySearchFunc(t.Tokens, s.End, func(x articles.Span, at int) int { return cmp.Compare(x.Start, at) })
	return annotate.Range{First: first, End: end}, ok && end > first && t.Tokens[end-1].End == s.End
}
