package cli

import (
	"context"
	"fmt"

	"byline/annotate"
	"byline/annotate/review"
	"byline/annotate/workspace"
	"byline/articles"
)

// A table is the desk as those see it who only draw what lies on it.
type table struct{ *workspace.Workspace }

// Layer is that of the desk, and leaves nothing behind but what it returns.
func (t table) Layer(ctx context.Context, a *articles.Article) (*annotate.Layer, error) {
	tidy(a)
	defer tidy(a)
	return t.Workspace.Layer(ctx, a)
}

// Decide does what a keypress asks for and returns the layer with it applied, and in
// a few words what was done.
func (t table) Decide(ctx context.Context, a *articles.Article, c review.Edit) (*annotate.Layer, string, error) {
	sheet, said, err := t.Change(ctx, a, c)
	if err != nil {
		return nil, "", err
	}
	return sheet.Layer, said + alsoChanged(sheet.Layer, c), nil
}

// alsoChanged names what else a new type went to: an entity has one type.
func alsoChanged(l *annotate.Layer, c review.Edit) string {
	if c.Verb != annotate.Relabel || c.Here || len(c.Targets) != 1 {
		return ""
	}
	for i := range l.Entities {
		e := &l.Entities[i]
		for _, m := range e.Mentions {
			if m.Span == c.Targets[0].Span && len(e.Mentions) > 1 {
				return fmt.Sprintf(", with all %d mentions of %s", len(e.Mentions), e.Name)
			}
		}
	}
	return ""
}

// History returns who decided what, the latest first.
func (t table) History(ctx context.Context, a *articles.Article) ([]review.Event, error) {
	sheet, err := t.Open(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	return sheet.History(), nil
}

// Orphans returns the decisions whose words the article no longer has.
func (t table) Orphans(ctx context.Context, a *articles.Article) ([]annotate.Decision, error) {
	sheet, err := t.Open(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	return sheet.Orphans, nil
}
