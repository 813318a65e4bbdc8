package workspace

import (
	"context"
	"slices"
	"time"

	"byline/annotate"
	"byline/articles"
)

// At returns the article with that ID in the text that it had at t, and its layer with
// what was decided by then. The machine's part is today's engine's. Before the article
// was in the library, its text is the first.
func (d *Workspace) At(ctx context.Context, id string, t time.Time) (*articles.Article, *annotate.Layer, error) {
	s, err := d.Open(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	version, err := d.library.VersionAt(ctx, id, t)
	if err != nil {
		return nil, nil, err
	}
	a, machine, err := d.version(ctx, s, version)
	if err != nil {
		return nil, nil, err
	}
	log := slices.DeleteFunc(slices.Clone(s.Log), func(x annotate.Decision) bool { return x.At.After(t) })
	return a, d.opts.Anchoring.Apply(a.Text, machine, log).Layer, nil
}

// Version returns the article with that ID in one of its versions, counted from 1, and its
// layer with what was decided, on this version or another.
func (d *Workspace) Version(ctx context.Context, id string, version int) (*articles.Article, *annotate.Layer, error) {
	s, err := d.Open(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	if version == s.version {
		return s.Article, s.Layer, nil
	}
	a, machine, err := d.version(ctx, s, version)
	if err != nil {
		return nil, nil, err
	}
	return a, d.opts.Anchoring.Apply(a.Text, machine, d.opts.Anchoring.Anchored(a.Text, s.Log)).Layer, nil
}

// version returns a version of the article of s, and what the engine makes of it.
func (d *Workspace) version(ctx context.Context, s *Document, version int) (*articles.Article, *annotate.Layer, error) {
	if version == s.version {
		return s.Article, s.Machine, nil
	}
	a, err := d.library.Version(ctx, s.Article.ID, version)
	if err != nil {
		return nil, nil, err
	}
	return a, d.made(a), nil
}
