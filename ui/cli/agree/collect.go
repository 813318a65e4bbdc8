package agree

import (
	"context"
	"fmt"
	"runtime"
	"slices"

	"byline/annotate"
	"byline/annotate/agreement"
	"byline/annotate/review"
	"byline/annotate/team"
	"byline/annotate/workspace"
	"byline/annotate/workspace/sources"
	"byline/articles/clean"
)

// A candidate is an article, and who of those to compare finished it.
type candidate struct {
	id       string
	who      []string
	finished []review.Finished // by them
	blind    bool              // whoever asks may not see yet what others decided
	ahead    bool              // others may not, but whoever asks may
}

// A question is what is compared: where, with what is known of the team, and for whom.
type question struct {
	*workspace.Workspace
	asks  string               // who wants to know
	own   *workspace.Workspace // theirs
	state *team.State
	set   *team.Set // nil for all articles
}

// report counts the articles, several at a time, and computes the figures.
func (o *agreeing) report(ctx context.Context, q *question) (*agreement.Report, error) {
	all, err := o.candidates(ctx, q)
	if err != nil {
		return nil, err
	}
	study := agreement.NewStudy(o.Options)
	several := 0
	all = slices.DeleteFunc(all, func(c candidate) bool {
		if len(c.who) > 1 {
			several++
		}
		if c.blind {
			study.LeaveBlind()
		}
		return c.blind
	})
	if o.Chance = o.gamma; o.gamma < 0 {
		o.Chance = 0
		if several <= gammaUnasked {
			o.Chance = chanceUnasked
		}
	}
	if q.set != nil {
		for _, l := range q.set.Labels {
			o.With = append(o.With, l.Name)
		}
	}
	mixed, err := o.countAll(ctx, q, all, study)
	if err != nil {
		return nil, err
	}
	r := study.Report()
	if o.gamma < 0 && o.Chance == 0 {
		note := "gamma: left out, since it takes long with so many articles"
		if o.Visitor == nil {
			note += "; --gamma 30 computes it"
		}
		r.Notes = append(r.Notes, note)
	}
	if words := review.Mixed(mixed); words != "" {
		r.Notes = append(r.Notes, words)
	}
	return r, nil
}

// countAll counts articles, several at a time, and says in which the annotators had the suggestions of other engines.
func (o *agreeing) countAll(ctx context.Context, q *question, all []candidate, study *agreement.Study) (mixed []string, err error) {
	progress := o.Progress("articles")
	defer progress.Clear()
	type counted struct {
		tally *agreement.Tally
		mixed string
		err   error
	}
	work := func(c candidate) counted {
		t, mixed, err := o.count(ctx, q, c)
		return counted{t, mixed, err}
	}
	err = sources.InOrder(ctx, runtime.GOMAXPROCS(0), slices.Values(all), work, func(c counted) error {
		progress.Step(0)
		if c.err != nil {
			progress.Clear()
			o.Fail(c.err)
			return nil
		}
		study.Add(c.tally)
		if c.mixed != "" {
			mixed = append(mixed, c.mixed)
		}
		return nil
	})
	return mixed, err
}

// candidates returns the articles of a set, or of the library, with who finished them.
func (o *agreeing) candidates(ctx context.Context, q *question) ([]candidate, error) {
	var ids []string
	if q.set != nil {
		ids = q.set.Articles
	} else {
		entries, err := o.Where(ctx, q.Workspace, "")
		if err != nil {
			return nil, err
		}
		for i := range entries {
			ids = append(ids, entries[i].ID)
		}
	}
	out := make([]candidate, 0, len(ids))
	for _, id := range ids {
		c, err := o.candidate(ctx, q, id)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// candidate returns an article, with who of those to compare finished it, in the set if there is one.
func (o *agreeing) candidate(ctx context.Context, q *question, id string) (candidate, error) {
	rows, err := q.Library.Rows(ctx, id, 0)
	if err != nil {
		return candidate{}, err
	}
	var log []annotate.Decision
	for _, r := range rows {
		if d, err := review.Decode(r.Body); err == nil { // as in a workspace, what cannot be read is passed over
			log = append(log, d)
		}
	}
	finished := slices.DeleteFunc(review.FinishedIn(log), func(f review.Finished) bool { return f.Layer != "" })
	c := candidate{id: id}
	for _, f := range finished {
		if (q.set == nil || f.Set == q.set.Name) && o.asks(f.Who) {
			c.who, c.finished = append(c.who, f.Who), append(c.finished, f)
		}
	}
	slices.Sort(c.who)
	c.who = slices.Compact(c.who)
	done := func(set, who string) bool {
		return slices.ContainsFunc(finished, func(f review.Finished) bool { return f.Set == set && f.Who == who })
	}
	c.blind = len(c.who) > 1 && q.state.Hides(id, q.asks, done)
	c.ahead = !c.blind && q.state.Sealed(id, done)
	return c, nil
}

// count counts an article, and says whether those who finished it had the suggestions of different engines. One that fewer than
// two finished is not read.
func (o *agreeing) count(ctx context.Context, q *question, c candidate) (t *agreement.Tally, mixed string, err error) {
	a := &agreement.Article{ID: c.id}
	if len(c.who) < 2 {
		for _, who := range c.who {
			a.Readings = append(a.Readings, agreement.Reading{Who: who, Layer: &annotate.Layer{}})
		}
		return agreement.Count(a, o.Options), "", nil
	}
	w := q.Workspace
	if c.ahead {
		w = q.own
	}
	doc, err := w.Open(ctx, c.id)
	if err != nil {
		return nil, "", err
	}
	if engines := review.OtherEngines(c.finished, doc.Machine.Engine); engines != "" {
		mixed = fmt.Sprintf("%s “%s” (%s)", shortID(c.id), clean.Line(doc.Title), engines)
	}
	a.Title, a.Text, a.Blocks, a.Suggested = doc.Title, doc.Text, doc.Blocks, doc.Machine
	for _, who := range c.who {
		a.Readings = append(a.Readings, agreement.Reading{Who: who, Layer: workspace.ReadingOf(doc, who), Hidden: q.hidden(c.id, who, doc.Text)})
	}
	return agreement.Count(a, o.Options), mixed, nil
}

// hidden returns which suggestions in an article somebody was not shown; nil if all were.
func (q *question) hidden(id, who, text string) func(annotate.Claim) bool {
	sets := q.state.Hiding(id, who)
	if len(sets) == 0 {
		return nil
	}
	return func(c annotate.Claim) bool {
		return slices.ContainsFunc(sets, func(s *team.Set) bool { return s.Hides(id, who, c.In(text)) })
	}
}
