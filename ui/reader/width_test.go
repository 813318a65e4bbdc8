package reader_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/annotate"
	"byline/articles"
	"byline/ui"
	"byline/ui/reader"
)

// The view is exactly as large as the window, whatever letters are in it: a row
// that is a cell off breaks the panel's border.
func TestEveryRowIsExactlyAsWideAsTheWindow(t *testing.T) {
	t.Parallel()
	l := newLong(0)
	l.article.Title = "東京 👩‍🔬 नमस्ते e\u0301te\u0301"
	l.article.Text = "東京の山田太郎さん 👩‍🔬 said नमस्ते दुनिया. 👍🏽 “Ça va,” e\u0301te\u0301 🇩🇪.\n\n" + strings.Repeat("長い文章です。", 30)
	l.article.Blocks = nil
	off := 0
	for p := range strings.SplitSeq(l.article.Text, "\n\n") {
		l.article.Blocks = append(l.article.Blocks, articles.Block{Span: articles.Span{Start: off, End: off + len(p)}})
		off += len(p) + 2
	}
	name := "東京の山田太郎さん"
	l.layer = &annotate.Layer{
		Entities: []annotate.Entity{{ID: "e1", Type: annotate.Person, Name: name + " 👩‍🔬 नमस्ते", Mentions: []annotate.Mention{{Span: articles.Span{End: len(name)}, Form: annotate.Name, Type: annotate.Person}}}},
		Quotes:   []*annotate.Quote{{Span: articles.Span{End: len(name) + 1}, Type: annotate.Direct, Speaker: "e1"}},
	}
	for _, method := range []ansi.Method{ansi.WcWidth, ansi.GraphemeWidth} {
		s := reader.New(context.Background(), reader.Services{Library: l, Keeper: l, Workspace: l}, reader.Options{Panel: true})
		s.Update(ui.WidthMsg{Method: method})
		s.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
		run(s, s.Open(reader.Request{ID: "a", Offset: -1}))
		for _, act := range []ui.Action{"", "reader.next", "reader.panel", "reader.tab", "reader.panel", "reader.zen"} {
			if act != "" {
				ui.Act(act, s.Scopes())
			}
			for width := 20; width < 180; width += 7 {
				for _, height := range []int{5, 11, 30} {
					if err := exact(s.View(width, height), width, height, method); err != nil {
						t.Fatalf("after %s at %d×%d: %v", act, width, height, err)
					}
				}
			}
		}
	}
}

func exact(view string, width, height int, m ansi.Method) error {
	lines := strings.Split(view, "\n")
	if len(lines) != height {
		return fmt.Errorf("%d lines", len(lines))
	}
	for i, l := range lines {
		if got := m.StringWidth(l); got != width {
			return fmt.Errorf("line %d has %d cells: %q", i, got, l)
		}
	}
	return nil
}
