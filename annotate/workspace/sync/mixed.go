package sync

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"byline/annotate"
	"byline/annotate/library/db/exchange"
	"byline/annotate/review"
	"byline/articles/clean"
)

// A Difference is a clash between annotators of a set, or an article that somebody finished, as was just learnt, with the suggestions of
// another engine.
type Difference struct {
	review.Clash
	Engines string // the article with what [review.OtherEngines] says; empty of a clash
}

// Notes says what annotators of sets differ on, a line for each set, and where they had the suggestions of different engines.
func (r *Report) Notes() []string {
	var clashes []review.Clash
	var mixed []string
	for _, d := range r.Differences {
		if d.Engines != "" {
			mixed = append(mixed, d.Engines)
		} else {
			clashes = append(clashes, d.Clash)
		}
	}
	out := review.Differences(clashes)
	if words := review.Mixed(mixed); words != "" {
		out = append(out, words)
	}
	return out
}

// noteMixed notes the articles that somebody finished, as was just learnt, where annotators had the suggestions of different engines.
func (r *run) noteMixed(ctx context.Context, all []*merged) {
	for _, m := range all {
		if r.Store.Engine == "" || m.take == nil {
			continue
		}
		came := decoded(m.take.Rows)
		if !slices.ContainsFunc(came, func(d annotate.Decision) bool { return d.Verb == annotate.Done && d.Layer == "" }) {
			continue
		}
		title, log := "", came
		if m.held != nil {
			title, log = m.held.About.Title, append(decoded(m.held.Rows), came...)
		}
		if m.take.About != nil {
			title = m.take.About.Title
		}
		here := r.Store.Engine
		if r.Store.Makers != nil {
			here = cmp.Or(r.Store.Makers(ctx, m.id), here)
		}
		if engines := review.OtherEngines(review.FinishedIn(log), here); engines != "" {
			r.Differences = append(r.Differences, Difference{Engines: fmt.Sprintf("%.8s “%s” (%s)", m.id, clean.Line(title), engines)})
		}
	}
}

func decoded(rows []exchange.Row) (log []annotate.Decision) {
	for i := range rows {
		if d, err := review.Decode(rows[i].Body); err == nil {
			log = append(log, d)
		}
	}
	return log
}
