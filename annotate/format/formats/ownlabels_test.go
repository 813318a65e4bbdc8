package formats

import (
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/formattest"
	"byline/annotate/format/standoff"
	"byline/articles"
)

// A label of the user's own may be called as formats call their parts of a quote, and stays a label.
func TestOwnLabels(t *testing.T) {
	t.Parallel()
	const text = "Ada 😀 met Bo, Cy, Di and Ed.\nShe left."
	l := &annotate.Layer{}
	for i, typ := range []annotate.Type{"quote", "cue", "speakermention", "größe", "law_2"} {
		word := []string{"Ada", "Bo", "Cy", "Di", "Ed"}[i]
		at := strings.Index(text, word)
		m := annotate.Mention{Span: articles.Span{Start: at, End: at + len(word)}, Form: annotate.Name, Type: typ, State: annotate.Confirmed, Origin: annotate.Origin{Human: true, Score: 1}}
		l.Entities = append(l.Entities, annotate.Entity{ID: []string{"e1", "e2", "e3", "e4", "e5"}[i], Type: typ, Name: word, Mentions: []annotate.Mention{m}})
	}
	d := &format.Document{Article: standoff.Article("Labels", text), Layer: l}
	types := func(l *annotate.Layer) (out []string) {
		for e, m := range l.Mentions() {
			out = append(out, m.In(text)+" "+string(e.Type))
		}
		return out
	}
	for _, f := range Readable() {
		if f.NewWriter == nil || slices.Contains(tokens, f.Name) {
			continue
		}
		loss := &format.Loss{}
		files, names := formattest.Write(t, f, format.Options{Loss: loss}, d)
		back := files.Read(t, f, loss, names, d)[0]
		got, want := types(back.Layer), types(l)
		if k := len(want) - 1; loss.Total() == 1 && strings.HasSuffix(loss.Lines()[0], ", such as law_2") { // counted
			got, want = got[:k], want[:k]
		}
		if !slices.Equal(got, want) || len(back.Layer.Quotes) > 0 {
			t.Errorf("%s: %q, not %q; %q", f.Name, got, want, loss.Lines())
		}
	}
}
