package conll

import (
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/format"
	"byline/articles"
)

// The policy decides which of several overlapping names is kept; the others are counted as lost.
func TestFlatten(t *testing.T) {
	t.Parallel()
	const text = "The Bank of Orrin Bay paid Halden."
	at := func(words string) articles.Span {
		i := strings.Index(text, words)
		return articles.Span{Start: i, End: i + len(words)}
	}
	l := &annotate.Layer{}
	for _, e := range []struct {
		words string
		typ   annotate.Type
	}{{"Bank of Orrin Bay", annotate.Organization}, {"Orrin Bay", annotate.Person}, {"Halden", annotate.Organization}} {
		l.Entities = append(l.Entities, annotate.Entity{Type: e.typ, Mentions: []annotate.Mention{{Span: at(e.words), Form: annotate.Name, Type: e.typ}}})
	}
	for which, want := range map[string]string{
		"": "Bank of Orrin Bay", "outer": "Bank of Orrin Bay", "inner": "Orrin Bay", "longest": "Bank of Orrin Bay", "type": "Orrin Bay",
	} {
		loss := &format.Loss{}
		got := flatten(l, which, loss)
		if len(got) != 2 || got[0].In(text) != want || got[1].In(text) != "Halden" {
			t.Errorf("%s: %v", which, got)
		}
		if lines := loss.Lines(); len(lines) != 1 || lines[0] != "1 overlapping names: the format cannot nest" {
			t.Errorf("%s: %q", which, lines)
		}
	}
}
