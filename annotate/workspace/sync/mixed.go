package sync

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/library/db/exchange"
	"byline/annotate/review"
	"byline/annotate/team"
	"byline/annotate/workspace"
	"byline/articles/clean"
)

// A Difference is a clash between annotators of a set, an article that somebody finished, as was just learnt, with the suggestions of
// another engine, or one that they took back too late.
type Difference struct {
	review.Clash
	Engines string // the article with what [review.OtherEngines] says; empty of a clash
	Stays   string // somebody, and the article with which they stay done; see [workspace.FinishedIn]
	Late    string // whose decisions, as many as Came, came after the mark that the article is done, though they are dated before it
	Came    int
}

// Notes says what annotators of sets differ on, a line for each set, where they had the suggestions of different engines, and who stays done.
func (r *Report) Notes() []string {
	var clashes []review.Clash
	var mixed, stay []string
	late := map[string][2]int{} // decisions and articles
	for _, d := range r.Differences {
		switch {
		case d.Engines != "":
			mixed = append(mixed, d.Engines)
		case d.Stays != "":
			stay = append(stay, d.Stays)
		case d.Late != "":
			late[d.Late] = [2]int{late[d.Late][0] + d.Came, late[d.Late][1] + 1}
		default:
			clashes = append(clashes, d.Clash)
		}
	}
	out := review.Differences(clashes)
	if words := review.Mixed(mixed); words != "" {
		out = append(out, words)
	}
	for _, who := range slices.Sorted(maps.Keys(late)) {
		l := late[who]
		out = append(out, fmt.Sprintf("%s of %s on %s came after the mark that these are done, though dated before it: all is well if they come from a second computer of theirs; otherwise they may be copied from what others decided",
			count(l[0], "decision"), clean.Line(who), count(l[1], "article")))
	}
	return append(out, stayDone(stay)...)
}

// mostStaying is the most who are named that stay done.
const mostStaying = 5

// stayDone says who stays done with which articles; nothing for nobody.
func stayDone(all []string) []string {
	if len(all) == 0 {
		return nil
	}
	more := ""
	if n := len(all) - mostStaying; n > 0 {
		all, more = all[:mostStaying], fmt.Sprintf(" and %d more", n)
	}
	return []string{"taken back when everybody was done: " + strings.Join(all, ", ") + more +
		"; it stays done and open, and what they decided since is left out of their reading; byline team reopen SET ARTICLE has it count"}
}

// noteStays notes who took back that they were done with an article when everybody was, as was just learnt.
func (r *run) noteStays(ctx context.Context, all []*merged, learn learning) error {
	for _, m := range all {
		if r.Team == nil || m.take == nil {
			continue
		}
		came := decoded(m.take.Rows)
		if !slices.ContainsFunc(came, func(d annotate.Decision) bool {
			return d.Verb == annotate.Done || d.Verb == annotate.Reopen || d.Verb == annotate.Undo
		}) {
			continue
		}
		state, err := learn(ctx)
		if err != nil {
			return err
		}
		title, held := titleOf(m)
		had := staying(state, m.id, held)
		for _, who := range staying(state, m.id, append(held, came...)) {
			if !slices.Contains(had, who) {
				r.Differences = append(r.Differences, Difference{Stays: fmt.Sprintf("%s, %.8s “%s”", clean.Line(who), m.id, clean.Line(title))})
			}
		}
	}
	return nil
}

// staying returns who is done with an article by what they took back, in the order in which they were.
func staying(state *team.State, id string, log []annotate.Decision) (who []string) {
	lasts := review.FinishedIn(log)
	for _, f := range workspace.FinishedIn(state, id, log) {
		if !slices.Contains(lasts, f) && !slices.Contains(who, f.Who) {
			who = append(who, f.Who)
		}
	}
	return who
}

// titleOf returns the title of an article as it is from now on, and the log that was here.
func titleOf(m *merged) (title string, held []annotate.Decision) {
	if m.held != nil {
		title, held = m.held.About.Title, decoded(m.held.Rows)
	}
	if m.take.About != nil {
		title = m.take.About.Title
	}
	return title, held
}

// learning returns the team, of which the log is read when it is asked for first.
type learning func(ctx context.Context) (*team.State, error)

// note notes what is to be told of articles of which the logs grew.
func (r *run) note(ctx context.Context, all []*merged) error {
	r.noteMixed(ctx, all)
	var state *team.State
	learn := func(ctx context.Context) (*team.State, error) {
		if state != nil {
			return state, nil
		}
		events, err := r.Team.Events(ctx)
		if err == nil {
			state = team.StateOf(events)
		}
		return state, err
	}
	return cmp.Or(r.noteLate(ctx, all, learn), r.noteStays(ctx, all, learn))
}

// noteLate notes what came on articles that are annotated blind after their annotators were known to be done with them, and is part of their
// reading by its date.
func (r *run) noteLate(ctx context.Context, all []*merged, learn learning) error {
	if r.Team == nil || r.guest != nil { // from whom it is not taken
		return nil
	}
	for _, m := range all {
		if m.take == nil || m.held == nil || len(m.take.Rows) == 0 || !slices.ContainsFunc(m.held.Rows, isDone) {
			continue
		}
		state, err := learn(ctx)
		if err != nil {
			return err
		}
		for who, n := range cameLate(state, m) {
			r.Differences = append(r.Differences, Difference{Late: who, Came: n})
		}
	}
	return nil
}

// cameLate counts, by person, the decisions on an article that came after the mark that it is done, though by their IDs they were made before it.
func cameLate(state *team.State, m *merged) map[string]int {
	spells, n := workspace.SpellsIn(decoded(m.held.Rows)), map[string]int{}
	for _, d := range decoded(m.take.Rows) {
		if d.Layer == "" && workspace.Answers(&d) && d.ID < state.Until(m.id, d.Who, spells) && state.Opened(m.id, d.Who, spells) {
			n[d.Who]++
		}
	}
	return n
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
		title, held := titleOf(m)
		log := append(held, came...)
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
