package sync

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"byline/annotate"
	"byline/annotate/library/db/exchange"
	"byline/annotate/review"
	"byline/annotate/team"
	"byline/annotate/workspace"
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
	for _, who := range slices.Sorted(maps.Keys(r.late)) {
		l := r.late[who]
		out = append(out, fmt.Sprintf("%s of %s on %s came after the mark that these are done, which they are dated before: where they come from another computer of theirs all is well, but so dated, what others decided could be copied",
			count(l.decisions, "decision"), clean.Line(who), count(l.articles, "article")))
	}
	return out
}

// late counts decisions that came after the mark that their article is done, though by their IDs they were made before it.
type late struct{ decisions, articles int }

// noteLate notes what came on articles that are annotated blind after their annotators were known to be done with them, and is part of their
// reading by its date.
func (r *run) noteLate(ctx context.Context, all []*merged) error {
	if r.Team == nil || r.guest != nil { // from whom it is not taken
		return nil
	}
	for _, m := range all {
		if m.take == nil || m.held == nil || len(m.take.Rows) == 0 || !slices.ContainsFunc(m.held.Rows, isDone) {
			continue
		}
		if r.state == nil {
			events, err := r.Team.Events(ctx)
			if err != nil {
				return err
			}
			r.state = team.StateOf(events)
		}
		spells := workspace.SpellsIn(decoded(m.held.Rows))
		n := map[string]int{}
		for _, d := range decoded(m.take.Rows) {
			if d.Layer == "" && workspace.Answers(&d) && d.ID < r.state.Until(m.id, d.Who, spells) && r.state.Opened(m.id, d.Who, spells) {
				n[d.Who]++
			}
		}
		for who := range n {
			l := r.late[who]
			if r.late == nil {
				r.late = map[string]late{}
			}
			r.late[who] = late{l.decisions + n[who], l.articles + 1}
		}
	}
	return nil
}

// isDone reports whether a row may say that an article is done.
func isDone(r exchange.Row) bool {
	return bytes.Contains(r.Body, []byte(`"`+string(annotate.Done)+`"`))
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
