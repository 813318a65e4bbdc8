package formats_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/formats"
	"byline/articles"
)

// passages is an article with a note and a highlight on words that nobody claims anything of.
func passages() *format.Document {
	const text = "Zoë Hart sold the press on Monday, <b>at noon</b>."
	at := func(words string) articles.Span {
		i := strings.Index(text, words)
		return articles.Span{Start: i, End: i + len(words)}
	}
	a := &articles.Article{ID: "abc", Title: "The press", Source: "press.txt", Format: articles.Plain, Text: text,
		Blocks: []articles.Block{{Span: articles.Span{End: len(text)}}}}
	return &format.Document{Article: a, Log: []annotate.Decision{}, Who: "ann", Layer: &annotate.Layer{Remarks: []annotate.Remark{
		{Kind: annotate.OfPassage, Span: at("sold the press"), Who: "ann", Text: "for how much?"},
		{Kind: annotate.OfPassage, Span: at("sold the press"), Who: "ann", Text: annotate.Highlight, Tag: true},
		{Kind: annotate.OfPassage, Span: at("<b>at noon"), Who: "ann", Text: "check <i>", Tag: false},
	}}}
}

// said writes the remarks of a layer, one line each.
func said(text string, l *annotate.Layer) string {
	var out []string
	for _, r := range l.Remarks {
		out = append(out, fmt.Sprintf("%s %q: %s %t", r.Kind, r.In(text), r.Text, r.Tag))
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}

// Notes and highlights of passages are read back from the formats that hold them, and counted as
// lost by all others.
func TestPassages(t *testing.T) {
	t.Parallel()
	d := passages()
	for _, f := range formats.Writable() {
		var b bytes.Buffer
		loss := &format.Loss{}
		if err := f.WriteOne(&b, format.Options{Loss: loss}, d); err != nil {
			t.Fatal(f.Name, err)
		}
		switch f.Name {
		case "json", "jsonl", "csv", "tsv", "w3c":
			in := format.Input{Reader: &b, Name: "press" + f.Extension, Article: func(string, string) (*articles.Article, error) { return d.Article, nil }}
			n := 0
			for got, err := range f.Read(in) {
				if err != nil {
					t.Fatal(f.Name, err)
				}
				n++
				if is, was := said(got.Text, got.Layer), said(d.Text, d.Layer); is != was || len(got.Layer.Entities) > 0 {
					t.Errorf("%s: read back\n%s\nnot\n%s\n%+v", f.Name, is, was, got.Layer.Entities)
				}
			}
			if n != 1 || loss.Total() > 0 {
				t.Errorf("%s: %d documents, %v", f.Name, n, loss.Lines())
			}
		case "markdown", "html":
			for _, words := range []string{"Notes and highlights", "“sold the press” — for how much? (ann)", "“sold the press” — highlighted (ann)"} {
				if !strings.Contains(b.String(), words) {
					t.Errorf("%s has no %q:\n%s", f.Name, words, b.String())
				}
			}
			if strings.Contains(b.String(), "check <i>") || loss.Total() > 0 {
				t.Errorf("%s: %v, %s", f.Name, loss.Lines(), b.String())
			}
		default:
			if loss.Total() < 3 {
				t.Errorf("%s loses passages in silence: %v", f.Name, loss.Lines())
			}
		}
	}
}
