package workspace

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"byline/annotate/library"
	"byline/annotate/library/query"
	"byline/articles/clean"
)

// A NameError says that a name means no article of the library, or several.
type NameError struct {
	Name  string
	Means []library.Entry // the articles that have the name; none or several
}

func (e *NameError) Error() string {
	if len(e.Means) == 0 {
		return fmt.Sprintf("%s: no article of the library has this id or title", e.Name)
	}
	return fmt.Sprintf("%s: %d articles have this name", e.Name, len(e.Means))
}

// Pick returns the ID of the one article that name means: its ID, the beginning of it, its
// title, its source, or a part of its title. The error is a [NameError].
func Pick(entries []library.Entry, name string) (string, error) {
	path, _ := filepath.Abs(name)
	title := strings.ToLower(name)
	for _, means := range []func(*library.Entry) bool{
		func(e *library.Entry) bool { return e.ID == name },
		func(e *library.Entry) bool { return len(name) >= 4 && strings.HasPrefix(e.ID, name) },
		func(e *library.Entry) bool { return strings.ToLower(e.Title) == title },
		func(e *library.Entry) bool { return e.Source == name || e.Source == path },
		func(e *library.Entry) bool { return strings.Contains(strings.ToLower(e.Title), title) },
	} {
		var found []library.Entry
		for i := range entries {
			if means(&entries[i]) {
				found = append(found, entries[i])
			}
		}
		switch len(found) {
		case 0:
			continue
		case 1:
			return found[0].ID, nil
		}
		return "", &NameError{name, found}
	}
	return "", &NameError{name, nil}
}

// OpenNamed opens the article that name means, as [Pick] has it.
func (w *Workspace) OpenNamed(ctx context.Context, name string) (*Document, error) {
	entries, err := w.Library.Entries(ctx)
	if err != nil {
		return nil, err
	}
	id, err := Pick(entries, name)
	if err != nil {
		return nil, err
	}
	return w.Open(ctx, id)
}

// A SavedSearchError says that no search is saved under a name.
type SavedSearchError struct{ Name string }

func (e *SavedSearchError) Error() string {
	return fmt.Sprintf("@%s: no search is saved under this name", e.Name)
}

// Parse reads the query of somebody who asks once, and sees to it that the library can answer:
// what the query asks of is annotated, which progress, if it is not nil, is told. @NAME is the
// query that was saved so. The error may be a [SavedSearchError] or a [query.Error]; the
// text of the query comes with it.
func (w *Workspace) Parse(ctx context.Context, text string, progress func(done, all int)) (query.Expr, string, error) {
	text, err := w.savedQuery(ctx, text)
	if err != nil {
		return query.Expr{}, text, err
	}
	e, err := w.parse(ctx, text, query.Options{Now: w.opts.Now()})
	if wrong, ok := errors.AsType[*query.Error](err); ok && wrong.Field != "" { // it may be a label that was given just now
		if err := w.AnnotateAll(ctx, progress); err != nil {
			return e, text, err
		}
		e, err = w.parse(ctx, text, query.Options{Now: w.opts.Now()})
	}
	if err != nil || !e.NeedsAnnotation() {
		return e, text, err
	}
	return e, text, w.AnnotateAll(ctx, progress)
}

// savedQuery returns the query that text names where it is @NAME, else text.
func (w *Workspace) savedQuery(ctx context.Context, text string) (string, error) {
	name, ok := strings.CutPrefix(strings.TrimSpace(text), "@")
	if !ok {
		return text, nil
	}
	all, err := w.Library.SavedSearches(ctx)
	if err != nil {
		return "", err
	}
	for _, x := range all {
		if x.Name == name {
			return x.Query, nil
		}
	}
	return "", &SavedSearchError{name}
}

// parse reads a query, in which the user's own labels are fields.
func (w *Workspace) parse(ctx context.Context, text string, o query.Options) (query.Expr, error) {
	labels, err := w.ownLabels(ctx)
	if err != nil {
		return query.Expr{}, err
	}
	o.Labels = labels
	return query.Parse(text, o)
}

// ownLabels returns the user's own labels: those in the library, and those that are only in the
// settings yet.
func (w *Workspace) ownLabels(ctx context.Context) ([]string, error) {
	out, err := w.Library.Labels(ctx)
	if err != nil {
		return nil, err
	}
	for _, l := range w.opts.Labels {
		same := func(o string) bool { return query.LabelKey(o) == query.LabelKey(l) }
		if !slices.ContainsFunc(out, same) {
			out = append(out, l)
		}
	}
	return out, nil
}

// mostQuotes is how many quotes a search shows: who asks for all of somebody's wants them.
const mostQuotes = 10_000

// Search answers a query that is being typed, with what was decided just now. Of @NAME the
// beginning of a name is enough. At most limit articles are found, ten times as many where
// nothing tells which are the best, and [mostQuotes] quotes.
func (w *Workspace) Search(ctx context.Context, text string, limit int) ([]library.Hit, error) {
	if name, ok := strings.CutPrefix(strings.TrimSpace(text), "@"); ok {
		all, err := w.Library.SavedSearches(ctx)
		if err != nil {
			return nil, err
		}
		text = ""
		for _, x := range all {
			if x.Name == name || text == "" && strings.HasPrefix(x.Name, name) {
				text = x.Query
			}
		}
	}
	if e, _ := query.Parse(text, query.Options{Typing: true, AnyLabel: true}); e.NeedsAnnotation() && !w.Library.ReadOnly() {
		if err := w.Flush(ctx); err != nil {
			return nil, err
		}
	}
	e, err := w.parse(ctx, text, query.Options{Now: w.opts.Now(), Typing: true})
	if err != nil {
		return nil, err
	}
	switch {
	case e.Quotes():
		limit = mostQuotes
	case e.Find() == "":
		limit *= 10
	}
	return w.Library.Hits(ctx, e, limit)
}

// mostOffered is how many values complete a query.
const mostOffered = 30

// Completions returns queries that text may become: a field's name or a value is added.
func (w *Workspace) Completions(ctx context.Context, text string) ([]string, error) {
	if name, ok := strings.CutPrefix(text, "@"); ok {
		all, err := w.Library.SavedSearches(ctx)
		var out []string
		for _, x := range all {
			if strings.HasPrefix(x.Name, name) {
				out = append(out, "@"+x.Name)
			}
		}
		return out, err
	}
	labels, err := w.ownLabels(ctx)
	if err != nil {
		return nil, err
	}
	g := query.AtEnd(text, labels)
	values := g.FixedValues()
	if !g.Naming && len(values) == 0 {
		found, err := w.Library.Values(ctx, g, mostOffered)
		if err != nil {
			return nil, err
		}
		values = found
	}
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = g.Fill(text, clean.Line(v))
	}
	return out, nil
}
