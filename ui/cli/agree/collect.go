package agree

import (
	"context"
	"runtime"
	"slices"

	"byline/annotate"
	"byline/annotate/agreement"
	"byline/annotate/review"
	"byline/annotate/team"
	"byline/annotate/workspace"
	"byline/annotate/workspace/sources"
)

// A candidate is an article, and who of those to compare finished it.
type candidate struct {
	id  string
	who []string
}

// report counts the articles, several at a time, and computes the figures.
func (o *agreeing) report(ctx context.Context, w *workspace.Workspace, set *team.Set) (*agreement.Report, error) {
	all, err := o.candidates(ctx, w, set)
	if err != nil {
		return nil, err
	}
	several := 0
	for _, c := range all {
		if len(c.who) > 1 {
			several++
		}
	}
	if o.Chance = o.gamma; o.gamma < 0 {
		o.Chance = 0
		if several <= gammaUnasked {
			o.Chance = chanceUnasked
		}
	}
	if set != nil {
		for _, l := range set.Labels {
			o.With = append(o.With, l.Name)
		}
	}
	study := agreement.NewStudy(o.Options)
	progress := o.Progress("articles")
	defer progress.Clear()
	type counted struct {
		tally *agreement.Tally
		err   error
	}
	work := func(c candidate) counted {
		t, err := o.count(ctx, w, set, c)
		return counted{t, err}
	}
	err = sources.InOrder(ctx, runtime.GOMAXPROCS(0), slices.Values(all), work, func(c counted) error {
		progress.Step(0)
		if c.err != nil {
			progress.Clear()
			o.Fail(c.err)
			return nil
		}
		study.Add(c.tally)
		return nil
	})
	if err != nil {
		return nil, err
	}
	r := study.Report()
	if o.gamma < 0 && o.Chance == 0 {
		r.Notes = append(r.Notes, "gamma: left out, since it takes long with so many articles; --gamma 30 computes it")
	}
	return r, nil
}

// candidates returns the articles of a set, or of the library, with who finished them.
func (o *agreeing) candidates(ctx context.Context, w *workspace.Workspace, set *team.Set) ([]candidate, error) {
	var ids []string
	if set != nil {
		ids = set.Articles
	} else {
		entries, err := o.Where(ctx, w, "")
		if err != nil {
			return nil, err
		}
		for i := range entries {
			ids = append(ids, entries[i].ID)
		}
	}
	out := make([]candidate, 0, len(ids))
	for _, id := range ids {
		who, err := o.finished(ctx, w, set, id)
		if err != nil {
			return nil, err
		}
		out = append(out, candidate{id, who})
	}
	return out, nil
}

// finished returns who of those to compare finished an article, in the set if there is one.
func (o *agreeing) finished(ctx context.Context, w *workspace.Workspace, set *team.Set, id string) ([]string, error) {
	rows, err := w.Library.Rows(ctx, id, 0)
	if err != nil {
		return nil, err
	}
	var log []annotate.Decision
	for _, r := range rows {
		if d, err := review.Decode(r.Body); err == nil { // as in a workspace, what cannot be read is passed over
			log = append(log, d)
		}
	}
	var who []string
	for _, f := range review.FinishedIn(log) {
		if f.Layer == "" && (set == nil || f.Set == set.Name) && o.asks(f.Who) {
			who = append(who, f.Who)
		}
	}
	slices.Sort(who)
	return slices.Compact(who), nil
}

// count counts an article. One that fewer than two finished is not read.
func (o *agreeing) count(ctx context.Context, w *workspace.Workspace, set *team.Set, c candidate) (*agreement.Tally, error) {
	a := &agreement.Article{ID: c.id}
	if len(c.who) < 2 {
		for _, who := range c.who {
			a.Readings = append(a.Readings, agreement.Reading{Who: who, Layer: &annotate.Layer{}})
		}
		return agreement.Count(a, o.Options), nil
	}
	doc, err := w.Open(ctx, c.id)
	if err != nil {
		return nil, err
	}
	a.Title, a.Text, a.Blocks, a.Suggested = doc.Title, doc.Text, doc.Blocks, doc.Machine
	for _, who := range c.who {
		r := agreement.Reading{Who: who, Layer: doc.Who(who).Layer}
		if set != nil && set.Terms.Hidden > 0 {
			r.Hidden = func(claim annotate.Claim) bool { return set.Hides(c.id, who, claim.In(doc.Text)) }
		}
		a.Readings = append(a.Readings, r)
	}
	return agreement.Count(a, o.Options), nil
}
