package engine

import (
	"strings"
	"testing"

	"byline/annotate"
	"byline/articles"
)

// What another program leaves out is found among all names, and what it gave stays: a program that found other things only takes nobody's
// words, one that gave a quote has it, and what it did not say of its quote is learnt.
func TestAround(t *testing.T) {
	t.Parallel()
	const text = "“We sold the press in 1999,” said Marta Quill. Bob Hale agreed."
	e := open(t)
	own := e.Annotate(text, nil)
	span := func(words string) articles.Span {
		at := strings.Index(text, words)
		return articles.Span{Start: at, End: at + len(words)}
	}
	asked := annotate.Origin{Stage: "quotes", Rule: annotate.Asked} // its name is that of a stage
	year := annotate.Entity{ID: "x1", Type: "year", Name: "1999", Origin: asked, Mentions: []annotate.Mention{{Span: span("1999"), Form: annotate.Name, Type: "year", Origin: asked}}}
	for _, c := range []struct {
		name   string
		change func(l *annotate.Layer)
		want   string
	}{
		{"nothing", func(*annotate.Layer) {}, "“We sold the press in 1999,” by Marta Quill, said"},
		{"a year", func(l *annotate.Layer) { l.Entities = append(l.Entities, year) }, "“We sold the press in 1999,” by Marta Quill, said"},
		{"the same quote", func(l *annotate.Layer) {
			l.Quotes = []*annotate.Quote{{Span: span("“We sold the press in 1999,”"), Type: annotate.Direct, Origin: asked}}
		}, "“We sold the press in 1999,” by Marta Quill, said"},
		{"another quote", func(l *annotate.Layer) {
			l.Quotes = []*annotate.Quote{{Span: span("We sold"), Type: annotate.Mixed, SpeakerMention: span("Bob Hale"), Origin: asked}}
		}, "We sold by Bob Hale, "},
		{"no names", func(l *annotate.Layer) { l.Entities = []annotate.Entity{year} }, "“We sold the press in 1999,” by nobody, said"},
	} {
		l := *own
		l.Entities = append([]annotate.Entity(nil), own.Entities...)
		c.change(&l)
		got, err := e.Around(t.Context(), text, nil, &l)
		if err != nil {
			t.Fatal(err)
		}
		if err := got.Check(text); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		var said []string
		for _, q := range got.Quotes {
			who := "nobody"
			if x := got.Entity(q.Speaker); x != nil {
				who = x.Name
			}
			said = append(said, q.In(text)+" by "+who+", "+q.Cue.In(text))
		}
		if strings.Join(said, " | ") != c.want {
			t.Errorf("%s: %q", c.name, said)
		}
	}
}

// Around a layer of the engine's alone there is that layer.
func TestAroundOwn(t *testing.T) {
	t.Parallel()
	e := open(t)
	for _, text := range []string{
		"“We sold the press,” she said. Marta Quill ran it. Tom Ferris, the mayor, left. “Never,” the mayor said.",
		"Ann Lee met Bo Gray. “No,” she told him. He said: “Why?”",
		"QUILL: Yes.\n\nFERRIS: No.\n\nQUILL: Perhaps.",
	} {
		l := e.Annotate(text, nil)
		got, err := e.Around(t.Context(), text, nil, l)
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Entities) != len(l.Entities) || len(got.Quotes) != len(l.Quotes) {
			t.Errorf("%q: %d entities and %d quotes, not %d and %d", text, len(got.Entities), len(got.Quotes), len(l.Entities), len(l.Quotes))
			continue
		}
		for i := range l.Quotes {
			if got.Quotes[i].Span != l.Quotes[i].Span || got.Quotes[i].Speaker != l.Quotes[i].Speaker {
				t.Errorf("%q: quote %d by %q, not %q", text, i, got.Quotes[i].Speaker, l.Quotes[i].Speaker)
			}
		}
	}
}
