package screens

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/workspace"
	"byline/annotate/workspace/curation"
	"byline/articles"
	"byline/ui"
	"byline/ui/adjudicate"
	"byline/ui/hints"
	"byline/ui/linear"
	"byline/ui/reader"
)

// An Adjudication is what to settle that annotators answered differently.
type Adjudication struct {
	curation.Scope
	Articles []string // IDs; none for all
}

// adjudicateScreen returns the screen of an adjudication.
func adjudicateScreen(s *Screens, of Adjudication) *adjudicate.Screen {
	desk := curation.New(s.Workspace, of.Set, of.Kinds...)
	svc := adjudicate.Services{
		Desk: desk, Articles: candidates(desk, of), Named: len(of.Articles) > 0 && s.Options.Adjudicate != nil, Words: s.Away.words(),
		Reader: func() *reader.Screen { return curatorReader(s, desk, of.Set) },
	}
	if s.Options.Adjudicate != nil {
		svc.Leave, svc.Out = ui.Send(ui.QuitMsg{}), "quit"
	}
	return adjudicate.New(s.ctx, svc)
}

// candidates returns what lists the articles of an adjudication.
func candidates(desk *curation.Curation, of Adjudication) func(context.Context) ([]adjudicate.Article, error) {
	return func(ctx context.Context) ([]adjudicate.Article, error) {
		all, err := desk.Candidates(ctx, of.Articles...)
		out := make([]adjudicate.Article, len(all))
		for i, c := range all {
			out[i] = adjudicate.Article(c)
		}
		return out, err
	}
}

// AdjudicateByLines returns an adjudication in w line by line. Its articles are read by svc.
func AdjudicateByLines(w *workspace.Workspace, of Adjudication, svc linear.Services) linear.Speaker {
	desk := curation.New(w, of.Set, of.Kinds...)
	svc.Workspace, svc.Keeper = desk, guiding{w: w}
	return adjudicate.NewLines(desk, candidates(desk, of), len(of.Articles) > 0, svc.Words, func(id string) *linear.Prompt { return linear.New(svc, id) })
}

// guiding knows the guidelines of an article, and keeps nothing of who reads it.
type guiding struct {
	reader.Nowhere
	w *workspace.Workspace
}

// Duty returns the guidelines: what is assigned to a curator is another matter.
func (g guiding) Duty(ctx context.Context, id string) (library.Duty, error) {
	d, err := workspace.TeamOf(g.w).Duty(ctx, id)
	return library.Duty{Guidelines: d.Guidelines}, err
}

// curated adapts a curation to the reader.
type curated struct {
	*curation.Curation
	w *workspace.Workspace
}

// Who implements [reader.Workspace].
func (c curated) Who() string { return workspace.Signer(c.w) }

// Glance implements [reader.Workspace]: before the readings are compared there is nothing to show.
func (c curated) Glance(context.Context, *articles.Article, articles.Span) *annotate.Layer {
	return &annotate.Layer{}
}

// curatorReader returns a reader for a curator, who decides for the curated reading.
func curatorReader(s *Screens, desk *curation.Curation, set string) *reader.Screen {
	svc, opts := readerServices(s, s.Workspace)
	svc.Workspace, svc.Keeper = curated{desk, s.Workspace}, reader.Nowhere{}
	svc.Export = func(ctx context.Context, a *articles.Article, all bool) tea.Cmd {
		return func() tea.Msg {
			doc, err := s.Workspace.Open(ctx, a.ID)
			if err != nil {
				return ui.ErrMsg{Err: err, Hint: hints.For(err)}
			}
			one, _, err := curation.Document(doc, set)
			if err != nil {
				return ui.ErrMsg{Err: err, Hint: hints.For(err)}
			}
			return s.chooseFormat(&one.Document, all)
		}
	}
	opts.GoOn = false
	return reader.New(s.ctx, svc, opts)
}
