package segment

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"byline/annotate"
	"byline/articles"
)

// whole checks the invariants of a document: order, nesting, rune boundaries, and that tokens
// cover all non-blank text.
func whole(t *testing.T, d *annotate.Doc) {
	t.Helper()
	at, sentence := 0, 0
	for p, para := range d.Paragraphs {
		if para.Sentences.First != sentence {
			t.Fatalf("paragraph %d starts with sentence %d, want %d", p, para.Sentences.First, sentence)
		}
		for sentence = para.Sentences.First; sentence < para.Sentences.End; sentence++ {
			s := d.Sentences[sentence]
			if s.Paragraph != p || !para.Covers(s.Span) || s.Empty() {
				t.Fatalf("sentence %d %v of paragraph %d lies in paragraph %d %v", sentence, s.Span, s.Paragraph, p, para.Span)
			}
			if tokens := d.Tokens[s.Tokens.First:s.Tokens.End]; tokens[0].Start != s.Start || tokens[len(tokens)-1].End != s.End {
				t.Fatalf("sentence %v has tokens from %v to %v", s.Span, tokens[0], tokens[len(tokens)-1])
			}
		}
	}
	for i, tok := range d.Tokens {
		if tok.Start < at || tok.Empty() || tok.End > len(d.Text) {
			t.Fatalf("token %d %v comes after byte %d of %d", i, tok.Span, at, len(d.Text))
		}
		if gap := d.Text[at:tok.Start]; strings.TrimSpace(gap) != "" && inBlocks(d, at) {
			t.Fatalf("no token holds %q", gap)
		}
		if utf8.ValidString(d.Text) && !utf8.ValidString(tok.In(d.Text)) {
			t.Fatalf("token %v splits a rune", tok.Span)
		}
		if strings.ContainsFunc(tok.In(d.Text), unicode.IsSpace) {
			t.Fatalf("token %q holds a blank", tok.In(d.Text))
		}
		at = tok.End
	}
}

// inBlocks reports whether byte i lies in a paragraph.
func inBlocks(d *annotate.Doc, i int) bool {
	for _, p := range d.Paragraphs {
		if p.Has(i) && len(p.Block.Cells) == 0 {
			return true
		}
	}
	return false
}

func TestBlocks(t *testing.T) {
	t.Parallel()
	text := "Head\nOne cell|two. Three\n\nA line\nthat is wrapped. So\nit goes on"
	span := func(a, b string) articles.Span {
		i := strings.Index(text, a)
		return articles.Span{Start: i, End: i + strings.Index(text[i:], b) + len(b)}
	}
	d := Split(text, []articles.Block{
		{Span: span("Head", "Head"), Kind: articles.Heading, Level: 1},
		{Span: span("One", "Three"), Kind: articles.Row, Cells: []articles.Span{span("One", "cell"), span("two", "Three")}},
		{Kind: articles.Rule},
		{Span: span("A line", "goes on")},
	})
	if got, want := cut(d), "Head\nOne|cell\ntwo|.\nThree\nA|line|that|is|wrapped|.\nSo|it|goes|on\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if len(d.Paragraphs) != 4 || d.Paragraphs[2].Sentences != (annotate.Range{First: 4, End: 4}) {
		t.Errorf("paragraphs %+v, want one a block", d.Paragraphs)
	}
	whole(t, d)
}

func TestTokens(t *testing.T) {
	t.Parallel()
	d := Tokens([][]string{{"``", "No", ",", "''"}, {}, {"1,200", "men", "'s"}})
	if d.Text != "`` No , ''\n1,200 men 's" {
		t.Errorf("text %q", d.Text)
	}
	kinds := []annotate.TokenKind{annotate.Mark, annotate.Word, annotate.Punct, annotate.Mark, annotate.Number, annotate.Word, annotate.Word}
	for i, k := range kinds {
		if d.Tokens[i].Kind != k {
			t.Errorf("token %q is of kind %d, want %d", d.Word(i), d.Tokens[i].Kind, k)
		}
	}
	whole(t, d)
}

func FuzzSplit(f *testing.F) {
	f.Add("Mr. Quill’s U.S.-based “plan.” ``No''... e.g. 3.5%\n\n'90s", 5, 20)
	f.Add("A.B.C. \xff\xc2 http://a.b/c) x://. . .\r\n\t\u2028\u0301", 0, 3)
	f.Add("é.É. Inc. The No. 5 ’s ''' `` \u200d", 9, 2)
	f.Fuzz(func(t *testing.T, text string, a, b int) {
		whole(t, Split(text, nil))
		whole(t, Split(text, []articles.Block{{Span: articles.Span{Start: 0, End: len(text)}}}))
		Split(text, []articles.Block{{Span: articles.Span{Start: a, End: b}}, {Span: articles.Span{Start: b, End: a}}})
	})
}

const news = `Marta Quill, who ran the Orrin Bay Courier for 30 years, sold its press on Monday to Halden Media Inc. for $1.2m.
“We sold the press,” she said, “not the paper.” Mr. Ferris didn't agree: the U.S. company's well-known plan wasn't his.
`

func BenchmarkSplit(b *testing.B) {
	text := strings.Repeat(news, 500)
	n := len(Split(text, nil).Tokens)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Split(text, nil)
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}
