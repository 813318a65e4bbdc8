package screens

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/ui"
	"byline/ui/detail"
	"byline/ui/library"
	"byline/ui/reader"
)

// detailScreen returns the screen about an entity.
func (s *Screens) detailScreen(of reader.Subject) ui.Screen {
	e := &of.Layer.Entities[of.Entity]
	return detail.New(s.ctx, detail.Subject{
		Article: of.Article, Layer: of.Layer, Entity: of.Entity, Go: of.Go,
		Open:      func(id string, off int) tea.Cmd { return ui.Send(library.OpenMsg{ID: id, Offset: off}) },
		Elsewhere: func(ctx context.Context) (detail.Others, error) { return s.otherArticles(ctx, of.Article.ID, e) },
	})
}

// otherArticles returns what other articles of the library say about an entity.
func (s *Screens) otherArticles(ctx context.Context, id string, e *annotate.Entity) (detail.Others, error) {
	var out detail.Others
	places, err := s.OtherArticles(ctx, id, e)
	if err != nil {
		return out, err
	}
	out.Places = places
	quotes, err := s.QuotesElsewhere(ctx, id, e)
	for _, q := range quotes {
		out.Sayings = append(out.Sayings, detail.Saying{Entry: q.Entry, Span: q.Span, Text: q.Text})
	}
	return out, err
}

// tags prompts for the tags of the article with that ID.
func (s *Screens) tags(ctx context.Context, id string) tea.Cmd {
	return func() tea.Msg {
		e, err := s.Library.Entry(ctx, id)
		if err != nil {
			return ui.ErrMsg{Err: err}
		}
		return s.lib.AskTags(e)()
	}
}
