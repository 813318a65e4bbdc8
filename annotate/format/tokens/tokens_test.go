package tokens

import (
	"slices"
	"testing"

	"byline/annotate"
	"byline/annotate/format"
	"byline/articles"
)

func TestSplit(t *testing.T) {
	t.Parallel()
	const text = "A pre-Brexit deal.\nAnn left."
	d := &format.Document{Article: &articles.Article{Text: text}}
	brexit, all := articles.Span{Start: 6, End: 12}, articles.Span{Start: 2, End: 17}
	s := Split(d, []articles.Span{brexit, all})
	var words []string
	var of []int
	for i := range s.Len() {
		words, of = append(words, s.At(i).In(text)), append(of, s.SentenceOf(i))
	}
	if want := []string{"A", "pre-", "Brexit", "deal", ".", "Ann", "left", "."}; !slices.Equal(words, want) {
		t.Errorf("%q, want %q", words, want)
	}
	if want := []int{0, 0, 0, 0, 0, 1, 1, 1}; s.Sentences() != 2 || !slices.Equal(of, want) {
		t.Errorf("%d sentences: %v, want %v", s.Sentences(), of, want)
	}
	if first, second := s.Sentence(0), s.Sentence(1); first != (annotate.Range{First: 0, End: 5}) || second != (annotate.Range{First: 5, End: 8}) {
		t.Errorf("sentences of tokens %v and %v", first, second)
	}
	for span, want := range map[articles.Span]annotate.Range{brexit: {First: 2, End: 3}, all: {First: 1, End: 4}, {Start: 13, End: 28}: {First: 3, End: 8}} {
		if got, ok := s.Range(span); !ok || got != want {
			t.Errorf("%q: %v, %v, want %v", span.In(text), got, ok, want)
		}
	}
	for _, span := range []articles.Span{{Start: 3, End: 12}, {Start: 6, End: 14}, {Start: 5, End: 6}, {}} {
		if got, ok := s.Range(span); ok {
			t.Errorf("%q is said to be tokens %v", span.In(text), got)
		}
	}
}
