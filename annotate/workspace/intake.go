package workspace

import (
	"context"
	"slices"
	"time"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
)

// An Intake says what became of decisions that came from elsewhere.
type Intake struct {
	New, Known int            // decisions that the log has now, and those that it had
	Passed     int            // claims of a machine, which nobody decided on
	Lost       int            // claims whose words the article does not have
	Clashes    []review.Clash // with what other people decided here, which stands
}

// Join takes the log of an article that was decided on elsewhere into the log of the
// article with that ID: all is there then, each decision once, in the order of time.
func (d *Workspace) Join(ctx context.Context, id string, log []annotate.Decision) (Intake, error) {
	s := d.cached(id)
	s.mu.Lock()
	defer s.mu.Unlock()
	doc, err := d.fresh(ctx, s, nil)
	if err != nil {
		return Intake{}, err
	}
	return d.join(ctx, s, doc, log)
}

// join is Join for a cached that is locked.
func (d *Workspace) join(ctx context.Context, s *cached, doc *Document, log []annotate.Decision) (Intake, error) {
	var in Intake
	fresh := slices.DeleteFunc(slices.Clone(log), func(x annotate.Decision) bool { return doc.known[x.ID] })
	in.New, in.Known = len(fresh), len(log)-len(fresh)
	if len(fresh) == 0 {
		return in, nil
	}
	placed := d.opts.Anchoring.Anchored(doc.Article.Text, log)
	m := review.Merger{Text: doc.Article.Text, Machine: doc.Machine}
	in.Clashes = m.Merge(doc.placed, placed).Clashes
	_, err := d.decide(ctx, s, fresh)
	return in, err
}

// Adopt takes a reading of another copy of the article's text into the log of the
// article with that ID, as what who decided: see [review.Adopt]. These decisions stand
// before the first that others made here, so that nothing of theirs is overwritten. What
// who is known to have decided is not decided again.
func (d *Workspace) Adopt(ctx context.Context, id, who string, from *articles.Article, l *annotate.Layer) (Intake, error) {
	s := d.cached(id)
	s.mu.Lock()
	defer s.mu.Unlock()
	doc, err := d.fresh(ctx, s, nil)
	if err != nil {
		return Intake{}, err
	}
	text := doc.Article.Text
	l, lost := review.Carry(l, from.Text, text)
	log, passed := review.Adopt(text, doc.Machine, l, d.before(doc, who))
	log, known := unknown(doc, log)
	in, err := d.join(ctx, s, doc, log)
	in.Known, in.Passed, in.Lost = in.Known+known, passed, lost
	return in, err
}

// before returns a stamp for decisions of who that come before the first of others in
// the log of doc, and behind those of who that do.
func (d *Workspace) before(doc *Document, who string) review.Signature {
	at := d.opts.Now().UTC().Truncate(time.Millisecond)
	ids := &review.IDs{Random: d.opts.Random}
	first := ""
	for i := range doc.Log {
		if x := &doc.Log[i]; x.Who != who && !x.At.IsZero() && (first == "" || x.ID < first) {
			first, at = x.ID, x.At.Add(-time.Millisecond)
		}
	}
	for i := range doc.Log {
		if x := &doc.Log[i]; x.Who == who && (first == "" || x.ID < first) {
			ids.After(x.ID)
		}
	}
	return review.Signature{Who: who, Now: at, NewID: func() string { return ids.Next(at) }}
}

// unknown returns the decisions that nobody of the same name has made on the same words
// before, and how many are left out. Those of one step stay together.
func unknown(doc *Document, log []annotate.Decision) (fresh []annotate.Decision, known int) {
	type content struct {
		who, value string
		verb       annotate.Verb
		kind       annotate.Kind
		target, to articles.Span
	}
	of := func(x *annotate.Decision) content {
		return content{x.Who, x.Value, x.Verb, x.Kind, x.Target.Span, x.To.Span}
	}
	had := map[content]bool{}
	for i := range doc.placed {
		had[of(&doc.placed[i])] = true
	}
	for i := range log {
		if had[of(&log[i])] {
			known++
			continue
		}
		fresh = append(fresh, log[i])
	}
	return fresh, known
}
