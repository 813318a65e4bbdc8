package reader_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
	"byline/ui"
	"byline/ui/reader"
)

// long is a library of one article with many mentions, and a workspace for it.
type long struct {
	stock
	article *articles.Article
	layer   *annotate.Layer
}

func newLong(mentions int) *long {
	const sentence = "Marta Quill told the council that the press at Orrin Bay had been sold to Halden Media on Monday. "
	l := &long{article: &articles.Article{ID: "a", Title: "Long", Format: articles.Plain}, layer: &annotate.Layer{}}
	var text strings.Builder
	for text.Len() < 1<<20 {
		at := text.Len()
		text.WriteString(strings.Repeat(sentence, 5))
		l.article.Blocks = append(l.article.Blocks, articles.Block{Span: articles.Span{Start: at, End: text.Len() - 1}})
		text.WriteString("\n\n")
	}
	l.article.Text = text.String()
	step := len(l.article.Text) / max(1, mentions)
	for i := range mentions {
		at := i * step
		l.layer.Entities = append(l.layer.Entities, annotate.Entity{
			ID: fmt.Sprint("e", i+1), Type: annotate.Person, Name: fmt.Sprint("Person ", i),
			Mentions: []annotate.Mention{{Span: articles.Span{Start: at, End: at + min(10, step)}, Form: annotate.Name, Type: annotate.Person}},
		})
	}
	return l
}

func (l *long) Article(context.Context, string) (*articles.Article, error) { return l.article, nil }
func (l *long) Glance(context.Context, *articles.Article, articles.Span) *annotate.Layer {
	return l.layer
}
func (l *long) Who() string { return "ann" }
func (l *long) Layer(context.Context, *articles.Article) (*annotate.Layer, error) {
	return l.layer, nil
}
func (l *long) Edit(context.Context, *articles.Article, review.Edit) (*annotate.Layer, string, error) {
	return l.layer, "", nil
}

func (l *long) History(context.Context, *articles.Article) ([]review.Event, error) { return nil, nil }

func (l *long) Orphans(context.Context, *articles.Article) ([]annotate.Decision, error) {
	return nil, nil
}

// run feeds what cmd yields to s until all is quiet.
func run(s ui.Screen, cmd tea.Cmd) {
	for queue := []tea.Cmd{cmd}; len(queue) > 0; queue = queue[1:] {
		if queue[0] == nil {
			continue
		}
		switch msg := queue[0]().(type) {
		case nil, ui.ToastMsg, ui.ChangedMsg:
		case tea.BatchMsg:
			queue = append(queue, msg...)
		default:
			queue = append(queue, s.Update(msg))
		}
	}
}

// BenchmarkKey is what a key costs before the renderer: the step, and the view of
// the whole screen at 120×40.
func BenchmarkKey(b *testing.B) {
	for _, mentions := range []int{0, 20_000} {
		l := newLong(mentions)
		s := reader.New(context.Background(), reader.Services{Library: l, Keeper: l, Workspace: l}, reader.Options{Panel: true})
		s.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
		run(s, s.Open(reader.Request{ID: "a", Offset: -1}))
		for _, k := range []ui.Action{"", "reader.down", "reader.next", "reader.next-entity"} {
			b.Run(fmt.Sprintf("mentions=%d/%s", mentions, strings.TrimPrefix(string(k), "reader.")), func(b *testing.B) {
				for b.Loop() {
					if k != "" {
						ui.Act(k, s.Scopes())
					}
					s.View(120, 39)
				}
			})
		}
	}
}
