package detail_test

import (
	"context"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/annotate"
	"byline/articles"
	"byline/ui"
	"byline/ui/app"
	"byline/ui/detail"
	"byline/ui/uitest"
)

// The mentions stand below each other with what is around them in their block, with the verb of whom is
// quoted; those within quotes are apart.
func TestConcordance(t *testing.T) {
	t.Parallel()
	const text = "Head\n\nOn the day that the harbour closed for good and all the boats had left, Mara Quist told the council “we stay”.\n\n" +
		"“Quist never asked us,” said Bo Gray.\n\n東京の港 Quist left."
	a := &articles.Article{Text: text}
	from := 0
	for part := range strings.SplitSeq(text, "\n\n") {
		a.Blocks = append(a.Blocks, articles.Block{Span: articles.Span{Start: from, End: from + len(part)}})
		from += len(part) + 2
	}
	at := func(words string, n int) articles.Span {
		i := 0
		for ; n > 0; n-- {
			i += strings.Index(text[i:], words) + len(words)
		}
		i += strings.Index(text[i:], words)
		return articles.Span{Start: i, End: i + len(words)}
	}
	l := &annotate.Layer{
		Entities: []annotate.Entity{{ID: "e1", Type: annotate.Person, Name: "Mara Quist", Mentions: []annotate.Mention{
			{Span: at("Mara Quist", 0), Form: annotate.Name}, {Span: at("Quist", 1), Form: annotate.Name}, {Span: at("Quist", 2), Form: annotate.Name}}}},
		Quotes: []*annotate.Quote{
			{Span: at("“we stay”", 0), Speaker: "e1", SpeakerMention: at("Mara Quist", 0), Cue: at("told the council", 0)},
			{Span: at("“Quist never asked us,”", 0)},
		},
	}
	m, err := app.New(app.Options{}, detail.New(context.Background(), detail.Subject{Article: a, Layer: l, Go: func(int) tea.Cmd { return ui.Tell("gone") }}))
	if err != nil {
		t.Fatal(err)
	}
	s := uitest.Steps{T: t, Model: m}
	for _, width := range []int{70, 100, 160} {
		s.Send(tea.WindowSizeMsg{Width: width, Height: 24})
		lines := strings.Split(ansi.Strip(s.View()), "\n")
		row := func(words string) string {
			for _, l := range lines {
				if strings.Contains(l, words) {
					return l
				}
			}
			t.Fatalf("no %q at %d\n%s", words, width, strings.Join(lines, "\n"))
			return ""
		}
		column := func(words, name string) int { return ansi.StringWidth(row(words)[:strings.Index(row(words), name)]) }
		first := column("Mara Quist told", "Mara Quist")
		if second, third := column("Quist left.", "Quist"), column("Quist never asked us", "Quist"); first != second || first != third {
			t.Errorf("at %d the names begin in columns %d, %d and %d", width, first, second, third)
		}
		if !strings.Contains(row("Mara Quist told"), "left, Mara") || strings.Contains(row("Quist left."), "Gray") {
			t.Errorf("at %d the words around are others:\n%s", width, strings.Join(lines, "\n"))
		}
		for _, want := range []string{"NAMED IN QUOTES", "“we stay” — told the council"} {
			row(want)
		}
		if got := strings.HasSuffix(strings.TrimRight(row("Mara Quist told"), " "), "  told the council"); got != (width >= 100) {
			t.Errorf("at %d the verb at the right: %t in %q", width, got, row("Mara Quist told"))
		}
	}
	for w := 1; w < 90; w += 3 {
		s.Send(tea.WindowSizeMsg{Width: w, Height: 12})
		for _, l := range strings.Split(s.View(), "\n") {
			if n := ansi.WcWidth.StringWidth(l); n > w {
				t.Fatalf("%d cells at %d: %q", n, w, ansi.Strip(l))
			}
			if row := ansi.Strip(l); w > 30 && strings.Contains(row, "Quist") && ansi.WcWidth.StringWidth(row) == w && !strings.HasSuffix(row, " ") {
				t.Fatalf("at %d it touches the right edge: %q", w, row)
			}
		}
	}
}
