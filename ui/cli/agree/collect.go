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
}

// A question is what is compared: where, with what is known of the team, and for whom.
type question struct {
	*workspace.Workspace        // of whoever asks
	asks                 string // who that is
	state                *team.State
	set                  *team.Set // nil for all articles
}

// ids returns the articles of a set, or of the library, and says how many that somebody finished are left out since they are in the trash.
func (o *agreeing) ids(ctx context.Context, q *question) (ids, left []string, err error) {
	trash, err := q.Library.Trash(ctx)
	if err != nil {
		return nil, nil, err
	}
	n, gone := 0, map[string]bool{}
	for i := range trash {
		id := trash[i].ID
		if q.set != nil && !slices.Contains(q.set.Articles, id) {
			continue
		}
		log, err := workspace.ReadLog(ctx, q.Workspace, id)
		if err != nil {
			return nil, nil, err
		}
		gone[id] = true
		if len(o.candidate(q, id, log).who) > 0 {
			n++
		}
	}
	if n > 0 {
		left = []string{counted(n, "finished article") + " in the trash left out"}
	}
	if q.set != nil {
		return slices.DeleteFunc(slices.Clone(q.set.Articles), func(id string) bool { return gone[id] }), left, nil
	}
	entries, err := o.Where(ctx, q.Workspace, "")
	for i := range entries {
		ids = append(ids, entries[i].ID)
	}
	return ids, left, err
}

// report counts the articles, several at a time, and computes the figures.
func (o *agreeing) report(ctx context.Context, q *question) (*agreement.Report, error) {
	ids, left, err := o.ids(ctx, q)
	if err != nil {
		return nil, err
	}
	o.countLabels(q)
	c, err := o.countAsked(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	for _, err := range c.failed {
		o.Fail(err)
	}
	r := c.study.Report()
	if o.gamma < 0 && o.Chance == 0 {
		note := "γ: left out, since it takes long with so many articles"
		if o.Visitor == nil {
			note += "; --gamma 30 computes it"
		}
		r.Notes = append(r.Notes, note)
	}
	if words := review.Mixed(c.mixed); words != "" {
		r.Notes = append(r.Notes, words)
	}
	r.Notes = slices.Concat(r.Notes, c.notes(), left)
	if q.set != nil {
		r.Notes = append(r.Notes, reopened(q.set)...)
	}
	return r, nil
}

// countAsked counts articles with as many annotations by chance as were asked for or, if none were, as become so many articles.
func (o *agreeing) countAsked(ctx context.Context, q *question, ids []string) (*count, error) {
	if o.Chance = o.gamma; o.gamma < 0 {
		o.Chance = 0
		if len(ids) <= gammaUnasked {
			o.Chance = chanceUnasked
		}
	}
	c, err := o.countAll(ctx, q, ids)
	if err != nil || o.gamma >= 0 || o.Chance > 0 || c.several > gammaUnasked {
		return c, err
	}
	o.Chance = chanceUnasked // few of many were finished
	return o.countAll(ctx, q, ids)
}

// A count is what was counted in articles.
type count struct {
	study   *agreement.Study
	several int            // that several finished
	mixed   []string       // in which the annotators had the suggestions of other engines
	late    map[string]int // decisions that are no part of a reading, by who made them; see [workspace.Late]
	open    map[string]int // articles by who could see, before these were assigned to them, what others decided; see [team.Set.Foreseen]
	failed  []error        // why some were not counted
}

// notes says which decisions are in no reading, and which readings were not made blind though they are of a blind set.
func (c *count) notes() []string {
	var out []string
	if len(c.late) > 0 {
		out = append(out, "decisions that were made after their author was done with an article that they annotated blind are left out: "+byPerson(c.late))
	}
	if len(c.open) > 0 {
		out = append(out, "articles that were open to somebody before they were assigned to them, blind: "+byPerson(c.open)+"; what they decided there, they could decide knowing what others had")
	}
	return out
}

// byPerson lists how many are of whom.
func byPerson(n map[string]int) string {
	var who []string
	for _, name := range slices.Sorted(maps.Keys(n)) {
		who = append(who, fmt.Sprintf("%d of %s", n[name], clean.Line(name)))
	}
	return strings.Join(who, ", ")
}

// reopened says how many articles of a set were reopened.
func reopened(s *team.Set) []string {
	ids := slices.DeleteFunc(s.Reopened(), func(id string) bool { return !slices.Contains(s.Articles, id) })
	if len(ids) == 0 {
		return nil
	}
	return []string{counted(len(ids), "article") + " of the set reopened: what annotators decided since, they could decide knowing what others had"}
}

// add adds what was counted in one article.
func (c *count) add(x tallied) {
	if len(x.who) > 1 {
		c.several++
	}
	switch {
	case x.blind:
		c.study.LeaveBlind()
		return
	case x.err != nil:
		c.failed = append(c.failed, x.err)
		return
	}
	c.study.Add(x.tally)
	if x.mixed != "" {
		c.mixed = append(c.mixed, x.mixed)
	}
	for who, n := range x.late {
		c.late[who] += n
	}
	for _, who := range x.open {
		c.open[who]++
	}
}

// tallied is what was counted in one article.
type tallied struct {
	candidate
	tally *agreement.Tally
	mixed string         // how the annotators had the suggestions of different engines; empty if they had not
	late  map[string]int // see [count]
	open  []string       // to whom it was before it was assigned to them; see [count]
	err   error          // why the article was not counted
	fatal error          // why there is nothing to count at all
}

// countLabels has the labels of the set count.
func (o *agreeing) countLabels(q *question) {
	if q.set != nil {
		for _, l := range q.set.Labels {
			o.With = append(o.With, l.Name)
		}
	}
}

// countAll counts articles, several at a time.
func (o *agreeing) countAll(ctx context.Context, q *question, ids []string) (*count, error) {
	progress := o.Progress("articles")
	defer progress.Clear()
	all := &count{study: agreement.NewStudy(o.Options), late: map[string]int{}, open: map[string]int{}}
	work := func(id string) tallied { return o.count(ctx, q, id) }
	err := sources.InOrder(ctx, runtime.GOMAXPROCS(0), slices.Values(ids), work, func(c tallied) error {
		progress.Step(0)
		if c.fatal == nil {
			all.add(c)
		}
		return c.fatal
	})
	return all, err
}

// candidate returns who of those to compare finished an article, in the set if there is one.
func (o *agreeing) candidate(q *question, id string, log *workspace.Log) candidate {
	c := candidate{id: id}
	for _, f := range log.Finished {
		if f.Layer == "" && (q.set == nil || f.Set == q.set.Name) && o.asks(f.Who) {
			c.who, c.finished = append(c.who, f.Who), append(c.finished, f)
		}
	}
	slices.Sort(c.who)
	c.who = slices.Compact(c.who)
	c.blind = len(c.who) > 1 && q.state.Hides(id, q.asks, log.Done)
	return c
}

// count counts an article. Of one that fewer than two finished only the log is read.
func (o *agreeing) count(ctx context.Context, q *question, id string) tallied {
	x, a := o.read(ctx, q, id)
	if x.fatal == nil && x.err == nil && !x.blind {
		x.tally = agreement.Count(a, o.Options)
	}
	return x
}

// read reads an article with the readings of those who finished it.
func (o *agreeing) read(ctx context.Context, q *question, id string) (tallied, *agreement.Article) {
	log, err := workspace.ReadLog(ctx, q.Workspace, id)
	if err != nil {
		return tallied{fatal: err}, nil
	}
	x := tallied{candidate: o.candidate(q, id, log), late: map[string]int{}}
	a := &agreement.Article{ID: id}
	switch {
	case x.blind:
		return x, nil
	case len(x.who) < 2:
		for _, who := range x.who {
			a.Readings = append(a.Readings, agreement.Reading{Who: who, Layer: &annotate.Layer{}})
		}
	default:
		of, err := log.Readings(ctx, q.Workspace)
		if err != nil {
			x.err = err
			return x, nil
		}
		if engines := review.OtherEngines(x.finished, of.Machine.Engine); engines != "" {
			x.mixed = fmt.Sprintf("%s “%s” (%s)", shortID(id), clean.Line(of.Title), engines)
		}
		a.Title, a.Text, a.Blocks, a.Suggested = of.Title, of.Text, of.Blocks, of.Machine
		for _, who := range x.who {
			a.Readings = append(a.Readings, agreement.Reading{Who: who, Layer: of.Of(who), Hidden: of.Hidden(who)})
			if n := of.Late(who); n > 0 {
				x.late[who] = n
			}
			if q.foreseen(id, who, log) {
				x.open = append(x.open, who)
			}
		}
	}
	return x, a
}

// foreseen reports whether an article was open to somebody before it was assigned to them.
func (q *question) foreseen(id, who string, log *workspace.Log) bool {
	return slices.ContainsFunc(q.state.Sets, func(s *team.Set) bool {
		return (q.set == nil || s.Name == q.set.Name) && s.Foreseen(id, who, log.Spells)
	})
}
