package reader

import (
	"slices"
	"testing"

	"byline/articles"
)

// Every inline span that holds an offset is at or after the one from which links are looked for.
func TestInlineFrom(t *testing.T) {
	t.Parallel()
	a := &articles.Article{
		Text: "One two\nthree\n\nfour five",
		Blocks: []articles.Block{
			{Span: articles.Span{Start: 0, End: 7}}, {Span: articles.Span{Start: 8, End: 13}}, {Span: articles.Span{Start: 15, End: 24}},
		},
		Inline: []articles.Inline{
			{Span: articles.Span{Start: 0, End: 7}}, {Span: articles.Span{Start: 0, End: 3}}, {Span: articles.Span{Start: 4, End: 7}},
			{Span: articles.Span{Start: 15, End: 24}}, {Span: articles.Span{Start: 20, End: 24}},
		},
	}
	for off := range len(a.Text) {
		from := inlineFrom(a, off)
		first := slices.IndexFunc(a.Inline, func(in articles.Inline) bool { return in.Has(off) })
		if first >= 0 && first < from {
			t.Errorf("from %d at offset %d, behind %d", from, off, first)
		}
		if off >= 8 && from != 3 {
			t.Errorf("from %d at offset %d, not from the block's", from, off)
		}
	}
	if from := inlineFrom(a, len(a.Text)); from != len(a.Inline) {
		t.Errorf("from %d behind all, not %d", from, len(a.Inline))
	}
}
