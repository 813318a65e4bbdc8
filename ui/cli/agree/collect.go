package agree

import (
	"context"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"

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
	seen, err := o.countAll(ctx, q, all, study)
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
	if words := review.Mixed(seen.mixed); words != "" {
		r.Notes = append(r.Notes, words)
	}
	r.Notes = append(r.Notes, seen.notes()...)
	if q.set != nil {
		r.Notes = append(r.Notes, reopened(q.set)...)
	}
	return r, nil
}

// seen is what is to be said of the articles that were counted.
type seen struct {
	mixed []string       // in which the annotators had the suggestions of other engines
	late  map[string]int // decisions that are no part of a reading, by who made them; see [workspace.Late]
}

// notes says which decisions are in no reading.
func (s *seen) notes() []string {
	var who []string
	for _, name := range slices.Sorted(maps.Keys(s.late)) {
		who = append(who, fmt.Sprintf("%d of %s", s.late[name], clean.Line(name)))
	}
	if len(who) == 0 {
		return nil
	}
	return []string{"decisions that were made after their author was done with an article that they annotated blind are left out: " + strings.Join(who, ", ")}
}

// reopened says how many articles of a set were reopened.
func reopened(s *team.Set) []string {
	ids := slices.DeleteFunc(s.Reopened(), func(id string) bool { return !slices.Contains(s.Articles, id) })
	if len(ids) == 0 {
		return nil
	}
	return []string{counted(len(ids), "article") + " of the set reopened: what annotators decided since, they could decide knowing what others had"}
}

// countAll counts articles, several at a time, and returns what is to be said of them.
func (o *agreeing) countAll(ctx context.Context, q *question, all []candidate, study *agreement.Study) (*seen, error) {
	progress := o.Progress("articles")
	defer progress.Clear()
	out := &seen{late: map[string]int{}}
	work := func(c candidate) *counting { return o.count(ctx, q, c) }
	err := sources.InOrder(ctx, runtime.GOMAXPROCS(0), slices.Values(all), work, func(c *counting) error {
		progress.Step(0)
		if c.err != nil {
			progress.Clear()
			o.Fail(c.err)
			return nil
		}
		study.Add(c.tally)
		if c.mixed != "" {
			out.mixed = append(out.mixed, c.mixed)
		}
		for who, n := range c.late {
			out.late[who] += n
		}
		return nil
	})
	return out, err
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
	done := workspace.DoneIn(log)
	c := candidate{id: id}
	for _, f := range finished {
		if (q.set == nil || f.Set == q.set.Name) && o.asks(f.Who) {
			c.who, c.finished = append(c.who, f.Who), append(c.finished, f)
		}
	}
	slices.Sort(c.who)
	c.who = slices.Compact(c.who)
	c.blind = len(c.who) > 1 && q.state.Hides(id, q.asks, done)
	c.ahead = !c.blind && q.state.Sealed(id, done)
	return c, nil
}

// A counting is what one article counts, and what is to be said of it.
type counting struct {
	tally *agreement.Tally
	mixed string         // the annotators had the suggestions of different engines
	late  map[string]int // see [seen]
	err   error
}

// count counts an article. One that fewer than two finished is not read.
func (o *agreeing) count(ctx context.Context, q *question, c candidate) *counting {
	a := &agreement.Article{ID: c.id}
	if len(c.who) < 2 {
		for _, who := range c.who {
			a.Readings = append(a.Readings, agreement.Reading{Who: who, Layer: &annotate.Layer{}})
		}
		return &counting{tally: agreement.Count(a, o.Options)}
	}
	w := q.Workspace
	if c.ahead {
		w = q.own
	}
	doc, err := w.Open(ctx, c.id)
	if err != nil {
		return &counting{err: err}
	}
	out := &counting{late: map[string]int{}}
	if engines := review.OtherEngines(c.finished, doc.Machine.Engine); engines != "" {
		out.mixed = fmt.Sprintf("%s “%s” (%s)", shortID(c.id), clean.Line(doc.Title), engines)
	}
	a.Title, a.Text, a.Blocks, a.Suggested = doc.Title, doc.Text, doc.Blocks, doc.Machine
	for _, who := range c.who {
		l, _ := workspace.ReadingOf(doc, who)
		a.Readings = append(a.Readings, agreement.Reading{Who: who, Layer: l, Hidden: q.hidden(c.id, who, doc.Text)})
		if n := workspace.Late(doc, who); n > 0 {
			out.late[who] = n
		}
	}
	out.tally = agreement.Count(a, o.Options)
	return out
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
