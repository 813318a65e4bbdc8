package reader_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/articles"
	"byline/ui/app"
	"byline/ui/reader"
	"byline/ui/uitest"
)

// chapters is a library with one long article of chapters, each with a heading and a link.
type chapters struct{ stock }

func (*chapters) Article(context.Context, string) (*articles.Article, error) {
	a := &articles.Article{ID: "a", Title: "Chapters", Format: articles.Markdown}
	add := func(text string, k articles.BlockKind) articles.Span {
		s := articles.Span{Start: len(a.Text), End: len(a.Text) + len(text)}
		a.Text += text + "\n\n"
		a.Blocks = append(a.Blocks, articles.Block{Span: s, Kind: k, Level: 1})
		return s
	}
	for i := range 40 {
		add(fmt.Sprintf("Chapter %d.", i), articles.Heading)
		s := add(fmt.Sprintf("A link %d.", i)+strings.Repeat(" Nobody was at the harbour when the mill closed.", 8), articles.Paragraph)
		a.Inline = append(a.Inline, articles.Inline{Span: articles.Span{Start: s.Start + 2, End: s.Start + 2 + len(fmt.Sprint("link ", i))}, Kind: articles.Link, Target: fmt.Sprintf("https://example.org/%d", i)})
	}
	return a, nil
}

// TestListsStartWhereOneIs opens the list of headings at the beginning, in the middle and at the end.
func TestListsStartWhereOneIs(t *testing.T) {
	t.Parallel()
	lib := &chapters{}
	lib.pos.Cursor = -1
	r := reader.New(context.Background(), reader.Services{Library: lib, Keeper: lib, Workspace: &workspace{layer: layer()}}, reader.Options{})
	m, err := app.New(app.Options{}, r)
	if err != nil {
		t.Fatal(err)
	}
	p := uitest.Steps{T: t, Model: m}
	p.Send(tea.WindowSizeMsg{Width: 80, Height: 24})
	p.Run(r.Open(reader.Request{ID: "a", Offset: -1}))
	for _, c := range []struct{ keys, want string }{
		{"H", "› Chapter 0."}, {"esc G H", "› Chapter 39."}, {"esc g H", "› Chapter 0."}, {"esc / 2 0 . enter H", "› Chapter 20."}, {"esc L", "› link 19"},
	} {
		p.Press(c.keys)
		if got := ansi.Strip(p.View()); !strings.Contains(got, c.want) {
			t.Fatalf("after %q no %q\n%s", c.keys, c.want, got)
		}
	}
	p.Type("20")
	if got := ansi.Strip(p.View()); strings.Count(got, "https://example.org/20") != 1 || !strings.Contains(got, "⏎ follow  ctrl+o browser  ctrl+y copy  ctrl+g show in the text") {
		t.Errorf("links have not one row each\n%s", got)
	}
	p.Press("ctrl+g")
	if got := ansi.Strip(p.View()); !strings.Contains(got, "A link 20.") || strings.Contains(got, "Links") {
		t.Errorf("the link is not shown\n%s", got)
	}
}
