package desk

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
func (d *Desk) At(ctx context.Context, id string, t time.Time) (*articles.Article, *annotate.Layer, error) {
	s, err := d.Open(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	version, err := d.library.VersionAt(ctx, id, t)
	if err != nil {
		return nil, nil, err
	}
	a, machine := s.Article, s.Machine
	if version != s.version {
		if a, err = d.library.Version(ctx, id, version); err != nil {
			return nil, nil, err
		}
		machine = d.made(a)
	}
	log := slices.DeleteFunc(slices.Clone(s.Log), func(x annotate.Decision) bool { return x.At.After(t) })
	return a, d.opts.Anchoring.Apply(a.Text, machine, log).Layer, nil
}
