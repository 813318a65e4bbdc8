package builder_test

import (
	"strings"
	"testing"

	"byline/articles"
	"byline/articles/builder"
)

func words(text string, styled ...string) *builder.Words {
	w := &builder.Words{}
	w.WriteString(text)
	for _, s := range styled {
		head, _, _ := strings.Cut(text, s)
		part := &builder.Words{}
		part.WriteString(head)
		w.Style(part.Len(), articles.Strong, "")
	}
	return w
}

func TestBlocksAreSeparatedAndTrimmed(t *testing.T) {
	t.Parallel()
	a := &articles.Article{}
	b := builder.New(a, 0)
	b.Add(words(" A title \n"), articles.Block{Kind: articles.Heading, Level: 1})
	if b.Add(words(" \n\u00a0"), articles.Block{}) {
		t.Error("blanks are a block")
	}
	b.Add(words("one"), articles.Block{Kind: articles.Item, Level: 1, Marker: "•"})
	b.Add(words("two"), articles.Block{Kind: articles.Item, Level: 1, Marker: "•"})
	b.Row([]*builder.Words{words("Name"), words("")}, articles.Block{Head: true}, true)
	b.Row([]*builder.Words{words("Ann\nLee", "Lee"), words("12", "12")}, articles.Block{}, false)
	b.Rule(0)
	b.Code("\n\n  a\n\n b \n\n", articles.Block{Variant: "go"})
	b.Done()
	if err := a.Check(); err != nil {
		t.Error(err)
	}
	if want := "A title\n\none\ntwo\n\nName  \nAnn Lee  12\n\n\n\n  a\n\n b"; a.Text != want {
		t.Errorf("%q, want %q", a.Text, want)
	}
	var strong []string
	for _, in := range a.Inline {
		strong = append(strong, in.In(a.Text))
	}
	if got := strings.Join(strong, "|"); got != "Lee|12" {
		t.Errorf("strong is %q", got)
	}
}

// Cleaning changes the length of runes, but styles stay on the same words.
func TestStylesMoveWithCleaning(t *testing.T) {
	t.Parallel()
	a := &articles.Article{}
	b := builder.New(a, 0)
	w := words("e" + strings.Repeat("\u0301", 12) + "\u200b ")
	at := w.Len()
	w.WriteString("Ann")
	w.Style(at, articles.Link, "javascript:x")
	w.WriteString("\x1b Lee")
	b.Add(w, articles.Block{})
	b.Done()
	if err := a.Check(); err != nil || len(a.Inline) != 1 || a.Inline[0].In(a.Text) != "Ann" || a.Inline[0].Target != "" {
		t.Errorf("%q %+v %v", a.Text, a.Inline, err)
	}
}

func TestPieces(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"words": strings.Repeat("word ", 20_000), "no blank": strings.Repeat("ü", 40_000), "blanks": strings.Repeat(" ", 100_000), "lines": strings.Repeat("   a line\n", 9000), "short": "short",
		"far blank": strings.Repeat("x", 16<<10) + " " + strings.Repeat("y", 16<<10), "line ends": "a" + strings.Repeat("\n", 60_000) + "b",
	} {
		at := 0
		for _, s := range builder.Pieces(text, articles.Span{End: len(text)}) {
			if s.Empty() || s.Len() > 16<<10 || s.Start < at || strings.TrimSpace(text[at:s.Start]) != "" || strings.TrimRight(s.In(text), " \n") != s.In(text) {
				t.Errorf("%s: piece %v behind %d", name, s, at)
			}
			at = s.End
		}
		if rest := text[at:]; strings.TrimSpace(rest) != "" {
			t.Errorf("%s: %d bytes are left", name, len(rest))
		}
	}
}
