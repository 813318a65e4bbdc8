package workspace

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"byline/annotate"
	"byline/annotate/compare"
	"byline/annotate/library/db"
	"byline/articles"
)

// At returns the article with that ID with the text it had at t, and its layer with the decisions
// made by then. The machine's part comes from the current engine. For a time before the article
// was added, the text is the first version.
func (w *Workspace) At(ctx context.Context, id string, t time.Time) (*articles.Article, *annotate.Layer, error) {
	doc, err := w.Open(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	version, err := w.Library.VersionAt(ctx, id, t)
	if err != nil {
		return nil, nil, err
	}
	a, machine, err := w.machineVersion(ctx, doc, version)
	if err != nil {
		return nil, nil, err
	}
	log := slices.DeleteFunc(slices.Clone(doc.Log), func(x annotate.Decision) bool { return x.At.After(t) })
	return a, w.opts.Anchoring.Apply(a.Text, machine, log).Layer, nil
}

// Version returns a version of the article with that ID, counted from 1, and its layer with the
// decisions made on any version.
func (w *Workspace) Version(ctx context.Context, id string, version int) (*articles.Article, *annotate.Layer, error) {
	doc, err := w.Open(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	if version == doc.version {
		return doc.Article, doc.Layer, nil
	}
	a, machine, err := w.machineVersion(ctx, doc, version)
	if err != nil {
		return nil, nil, err
	}
	return a, w.opts.Anchoring.Apply(a.Text, machine, w.opts.Anchoring.Anchored(a.Text, doc.Log)).Layer, nil
}

// machineVersion returns a version of the article of doc, and what is suggested in it, without what is hidden from whoever looks.
func (w *Workspace) machineVersion(ctx context.Context, doc *Document, version int) (*articles.Article, *annotate.Layer, error) {
	if version == doc.version {
		return doc.Article, withoutHidden(doc.Machine, doc.Article, doc.reading), nil
	}
	a, err := w.Library.Version(ctx, doc.ID, version)
	if err != nil {
		return nil, nil, err
	}
	machine, err := w.layers.make(ctx, a)
	if err != nil {
		return nil, nil, err
	}
	return a, withoutHidden(machine, a, doc.reading), nil
}

// A Comparison is two versions of an article with their differences.
type Comparison struct {
	ID       string
	From, To db.Edition
	Was, Now *articles.Article
	*compare.Difference
}

// ErrOneVersion says that an article has only one version, so there is nothing to compare.
var ErrOneVersion = errors.New("the article has only one version")

// A VersionError says that an article does not have the two versions asked for, or that they are
// the same.
type VersionError struct{ From, To, Last int }

func (e *VersionError) Error() string {
	return fmt.Sprintf("versions %d and %d: there are versions 1 to %d", e.From, e.To, e.Last)
}

// Compare compares two versions of the article with that ID, counted from 1. To may be 0 for the
// last version, and from for the one before. The error may be [ErrOneVersion] or a [VersionError].
func (w *Workspace) Compare(ctx context.Context, id string, from, to int) (*Comparison, error) {
	all, err := w.Library.Editions(ctx, id)
	if err != nil {
		return nil, err
	}
	to = cmp.Or(to, len(all))
	from = cmp.Or(from, to-1)
	if len(all) < 2 {
		return nil, ErrOneVersion
	}
	if from < 1 || to < 1 || from > len(all) || to > len(all) || from == to {
		return nil, &VersionError{from, to, len(all)}
	}
	was, wasLayer, err := w.Version(ctx, id, from)
	if err != nil {
		return nil, err
	}
	now, nowLayer, err := w.Version(ctx, id, to)
	if err != nil {
		return nil, err
	}
	return &Comparison{id, all[from-1], all[to-1], was, now, compare.Versions(was.Text, wasLayer, now.Text, nowLayer)}, nil
}
