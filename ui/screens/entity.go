package screens

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	known "byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/workspace/pages"
	"byline/articles"
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
func (s *Screens) tags(_ context.Context, id string) tea.Cmd {
	return s.lib.AskTags(id)
}

// showListed shows what is known of the library's article with that ID itself.
func showListed(s *Screens, id string) tea.Cmd {
	return func() tea.Msg {
		a, err := s.Library.Article(s.ctx, id)
		if err != nil {
			return ui.ErrMsg{Err: err}
		}
		return showArticle(s, a)()
	}
}

// showArticle shows what is known of the article a itself, which need not be in the library.
func showArticle(s *Screens, a *articles.Article) tea.Cmd {
	return func() tea.Msg {
		e, err := s.Library.Entry(s.ctx, a.ID)
		if errors.Is(err, db.ErrNotFound) {
			e, err = known.Entry{Words: a.Words()}, nil
		}
		if err != nil {
			return ui.ErrMsg{Err: err}
		}
		card := ui.CardMsg{Title: a.Title}
		for _, f := range known.Facts(a, &e, s.Zone()) {
			card.Rows = append(card.Rows, ui.Row{Head: f.Name, Text: f.Text})
		}
		for _, why := range pages.Warnings(s.ctx, s.Library, a, &e) {
			card.Rows = append(card.Rows, ui.Row{Head: "Note", Text: why})
		}
		return card
	}
}
