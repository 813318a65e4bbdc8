package engine

import (
	"strings"
	"testing"

	"byline/annotate"
	"byline/articles"
)

// Who is named in a caption only is left out unless the engine is asked for captions; who speaks is kept, and so is who is named in
// the text as well.
func TestCaptions(t *testing.T) {
	t.Parallel()
	parts := []articles.Block{
		{Kind: articles.Paragraph}, {Kind: articles.Caption}, {Quote: 1}, {Kind: articles.Caption, Quote: 1}, {Kind: articles.Paragraph},
	}
	lines := []string{
		"Marta Quill sold the press of the Courier on Monday, and nobody in the town was surprised.",
		"Marta Quill with Olav Moe and Petra Sand in the yard in 1991",
		"We had no choice, and those who say that we had one were not there.",
		"Jan Roth",
		"It rained all day on the harbour, and Marta Quill went home.",
	}
	at := 0
	for i, l := range lines {
		parts[i].Span = articles.Span{Start: at, End: at + len(l)}
		at += len(l) + 2
	}
	text := strings.Join(lines, "\n\n")
	people := func(e *Engine) string {
		var names []string
		l := e.Annotate(text, parts)
		if err := l.Check(text); err != nil {
			t.Error(err)
		}
		for _, n := range l.Entities {
			if n.Type == annotate.Person {
				names = append(names, n.Name)
			}
		}
		return strings.Join(names, ", ")
	}
	e := open(t)
	if got, want := people(e), "Marta Quill, Jan Roth"; got != want {
		t.Errorf("without captions: %s, want %s", got, want)
	}
	if got, want := people(e.WithCaptions()), "Marta Quill, Olav Moe, Petra Sand, Jan Roth"; got != want {
		t.Errorf("with captions: %s, want %s", got, want)
	}
	if e.WithCaptions().Version() == e.Version() {
		t.Error("both have one version")
	}
}
