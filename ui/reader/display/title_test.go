package display

import (
	"strings"
	"testing"

	"byline/articles"
	"byline/ui/textview"
)

func TestMarkTitle(t *testing.T) {
	const text = "Harbour bill passes\n\nThe assembly voted."
	blocks := []articles.Block{{Span: articles.Span{End: 19}}, {Span: articles.Span{Start: 21, End: len(text)}}}
	for _, c := range []struct {
		name string
		a    articles.Article
		bold bool
	}{
		{"its first line", articles.Article{Title: "Harbour bill passes", Format: articles.Plain, Text: text, Blocks: blocks}, true},
		{"not in the text", articles.Article{Title: "Notes", Format: articles.Plain, Text: text, Blocks: blocks}, false},
		{"a heading already", articles.Article{Title: "Harbour bill passes", Format: articles.Markdown, Text: text, Blocks: blocks}, false},
		{"no text", articles.Article{Format: articles.Plain}, false},
	} {
		v := textview.New()
		v.Resize(40, 5)
		v.SetStyles(textview.Styles{Looks: []textview.Look{lookTitle: {Bold: true}}})
		v.SetDoc(textview.Doc{Text: c.a.Text})
		(&Display{Text: v}).MarkTitle(&c.a)
		if got := strings.Contains(v.Lines()[0], "\x1b[1m"); got != c.bold {
			t.Errorf("%s: title bold %t, want %t", c.name, got, c.bold)
		}
	}
}
