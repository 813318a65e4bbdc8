// Package curation settles what annotators of an article answered differently: it brings together a workspace and
// package adjudicate.
//
// The annotators of an article are those who marked it as done. Their readings are their own decisions over the
// machine's layer, without what other articles suggest to one of them. The curated reading is what they agree on, and
// then the decisions of the layer [annotate.Curated], whoever made them. It depends on nothing else, so that every library
// with the same logs and the same engine has the same one.
package curation

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"byline/annotate"
	"byline/annotate/adjudicate"
	"byline/annotate/review"
	"byline/annotate/workspace"
	"byline/articles"
)

// A Curation is the adjudication of articles of a workspace. It is safe for concurrent use, and has the methods that a
// reader needs to show an article as its curator sees it: what is agreed is confirmed, what is in dispute is suggested, and
// what is decided is decided for the curated reading.
type Curation struct {
	w     *workspace.Workspace
	set   string   // whose annotators count; empty for all
	kinds []string // that are asked about; see [adjudicate.Options]

	begin func(doc *workspace.Document, set string, kinds []string) *adjudicate.Sitting

	work sync.Mutex // of whoever compares readings or decides, which takes a while
	mu   sync.Mutex // of open, and held for no longer than a look
	open []*seat    // the one used last comes last
}

// mostSeats is how many articles are kept.
const mostSeats = 4

// A seat is one article, and how much of its log is in its sitting. It does not change.
type seat struct {
	*adjudicate.Sitting
	read   int    // decisions
	barred error  // why whoever asks may not decide on it; nil if they may
	mixed  string // see Mixed
}

// Zone returns in which zone times are told.
func (c *Curation) Zone() *time.Location { return c.w.Zone() }

// A Scope says what to settle.
type Scope struct {
	Set   string   // whose annotators count; empty for all
	Kinds []string // that are asked about; none for all but places and other names
}

// New returns the adjudication of the articles of w, by those who marked them as done in a set, or anywhere if set is empty. Only
// some kinds are asked about if there are any in kinds; see [adjudicate.Options].
func New(w *workspace.Workspace, set string, kinds ...string) *Curation {
	return &Curation{w: w, set: set, kinds: kinds, begin: begin}
}

// Open returns an article with what its annotators differ on, as the library has it now.
func (c *Curation) Open(ctx context.Context, id string) (*adjudicate.Sitting, error) {
	if err := c.check(ctx, id); err != nil {
		return nil, err
	}
	doc, err := c.w.Open(ctx, id)
	if err != nil {
		return nil, err
	}
	c.work.Lock()
	defer c.work.Unlock()
	return c.sit(doc), nil
}

// check returns [adjudicate.ErrGone] if an article was removed.
func (c *Curation) check(ctx context.Context, id string) error {
	has, err := c.w.Library.Has(ctx, id)
	if err == nil && !has {
		err = adjudicate.ErrGone
	}
	return err
}

// Now returns the sitting that was returned last for an article, be it by a decision; nil if that is long ago. It does not wait for one
// that is on its way.
func (c *Curation) Now(id string) *adjudicate.Sitting { return c.seat(id).Sitting }

// Barred returns why whoever asks may not decide on the article of a sitting that Now returns; nil if they may.
func (c *Curation) Barred(id string) error { return c.seat(id).barred }

// Mixed is [OtherEngines] of the article of a sitting that Now returns.
func (c *Curation) Mixed(id string) string { return c.seat(id).mixed }

// OtherEngines is [review.OtherEngines] of those who marked the article of a document as done in a set, or anywhere if set is empty.
func OtherEngines(doc *workspace.Document, set string) string {
	finished := slices.DeleteFunc(workspace.FinishedOf(doc), func(f review.Finished) bool { return set != "" && f.Set != set })
	return review.OtherEngines(finished, doc.Machine.Engine)
}

// seat returns the seat of an article; an empty one if there is none.
func (c *Curation) seat(id string) *seat {
	c.mu.Lock()
	defer c.mu.Unlock()
	if i := slices.IndexFunc(c.open, func(s *seat) bool { return s.Article.ID == id }); i >= 0 {
		return c.open[i]
	}
	return &seat{}
}

// sit returns the sitting on doc, for whoever holds the lock of the work. It goes on with the one that there is if all that is new in the
// log is curated.
func (c *Curation) sit(doc *workspace.Document) *adjudicate.Sitting {
	log, s := doc.Placed(), *c.seat(doc.ID)
	switch {
	case s.Sitting == nil || s.Text != doc.Text || s.read > len(log) || !all(log[s.read:], curated):
		s = seat{Sitting: c.begin(doc, c.set, c.kinds), read: len(log), mixed: OtherEngines(doc, c.set)}
	case s.read < len(log):
		s.Sitting, s.read = s.With(log[s.read:]), len(log)
	}
	s.barred = doc.Curable()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.open = append(slices.DeleteFunc(c.open, func(o *seat) bool { return o.Article.ID == doc.ID }), &s)
	c.open = c.open[max(0, len(c.open)-mostSeats):]
	return s.Sitting
}

func all(log []annotate.Decision, is func(*annotate.Decision) bool) bool {
	return !slices.ContainsFunc(log, func(d annotate.Decision) bool { return !is(&d) })
}

func curated(d *annotate.Decision) bool { return d.Layer == annotate.Curated }

// annotators returns who of those who finished an article did in a set, or anywhere if set is empty, sorted.
func annotators(finished []review.Finished, set string) (who []string) {
	for _, f := range finished {
		if f.Layer == "" && (set == "" || f.Set == set) {
			who = append(who, f.Who)
		}
	}
	slices.Sort(who)
	return slices.Compact(who)
}

// caseOf compares the readings of annotators of a document.
func caseOf(doc *workspace.Document, who []string, o adjudicate.Options) *adjudicate.Case {
	var readings []adjudicate.Reading
	for _, name := range who {
		l, own := workspace.ReadingOf(doc, name)
		readings = append(readings, adjudicate.Reading{Who: name, Layer: l, Log: own, Hidden: workspace.Hidden(doc, name)})
	}
	return o.New(doc.Text, readings)
}

// Base returns what annotators of a document agree on, and suggested, what they differ on: see [adjudicate.Case.Base]. It is what
// [workspace.Options.Agree] asks for.
func Base(doc *workspace.Document, annotators []string) *annotate.Layer {
	return caseOf(doc, annotators, adjudicate.Options{}).Base()
}

// begin returns the sitting on a document: what the annotators of a set differ on, and what curators decided.
func begin(doc *workspace.Document, set string, kinds []string) *adjudicate.Sitting {
	log := doc.Placed()
	settled := slices.DeleteFunc(slices.Clone(log), func(d annotate.Decision) bool { return !curated(&d) })
	o := adjudicate.Options{Labels: workspace.Labels(doc, set), Kinds: kinds}
	return adjudicate.Sit(doc.Article, caseOf(doc, annotators(workspace.FinishedOf(doc), set), o), settled)
}

// Layer returns the base of an article with the curators' decisions applied.
func (c *Curation) Layer(ctx context.Context, a *articles.Article) (*annotate.Layer, error) {
	s, err := c.Open(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	return s.Shown.Layer, nil
}

// Edit stores what an edit decides for the curated reading, be it to take an annotator's answers, and returns the layer with
// it and in a few words what it did. The error may be [adjudicate.ErrAskedAnew].
func (c *Curation) Edit(ctx context.Context, a *articles.Article, e review.Edit) (*annotate.Layer, string, error) {
	if err := c.check(ctx, a.ID); err != nil {
		return nil, "", err
	}
	said := ""
	var anew error
	doc, ds, err := workspace.Curate(ctx, c.w, a, func(doc *workspace.Document, sign review.Signature) []annotate.Decision {
		c.work.Lock()
		defer c.work.Unlock()
		s := c.sit(doc)
		ds, err := s.Decide(e, sign)
		anew = err
		said = s.Say(e, ds)
		return ds
	})
	if err = cmp.Or(err, anew); err != nil {
		return nil, "", err
	}
	c.work.Lock()
	defer c.work.Unlock()
	if len(ds) == 0 {
		said = e.Idle()
	}
	return c.sit(doc).Shown.Layer, said, nil
}

// Orphans returns the curators' decisions whose words are not in a any more.
func (c *Curation) Orphans(ctx context.Context, a *articles.Article) ([]annotate.Decision, error) {
	s, err := c.Open(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	return s.Shown.Orphans, nil
}

// History returns what curators decided about a, the latest first.
func (c *Curation) History(ctx context.Context, a *articles.Article) ([]review.Event, error) {
	s, err := c.Open(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	return s.Shown.History(), nil
}

// Document returns doc with the curated reading in place of everyone's decisions, and how many questions are open. The error
// is [ErrNobodyDone] if nobody has finished the article, so that there is no such reading.
func Document(doc *workspace.Document, set string) (*workspace.Document, int, error) {
	s := begin(doc, set, nil)
	if len(s.Who) == 0 {
		return nil, 0, fmt.Errorf("%s: %w", doc.Title, ErrNobodyDone)
	}
	one := *doc
	one.Layer, one.Document.Who, one.Tags = s.Reading(), annotate.Curated, workspace.CuratedTags(doc)
	one.Log = slices.DeleteFunc(slices.Clone(doc.Placed()), func(d annotate.Decision) bool { return !curated(&d) })
	one.Result = s.Shown
	return &one, len(s.Open()), nil
}

// ErrNobodyDone says that nobody has marked an article as done.
var ErrNobodyDone = errors.New("nobody has marked the article as done, so it has no curated reading")

// A Candidate is an article that somebody marked as done.
type Candidate struct {
	ID, Title string
	Done      []string // who, sorted
}

// Candidates returns the articles that annotators of the set marked as done, in the order in which the library lists them.
// With ids, only those.
func (c *Curation) Candidates(ctx context.Context, ids ...string) ([]Candidate, error) {
	holding, err := c.w.Library.Holding(ctx, `"`+string(annotate.Done)+`"`)
	if err != nil || len(holding) == 0 {
		return nil, err
	}
	entries, err := c.w.Library.Entries(ctx)
	if err != nil {
		return nil, err
	}
	state, err := workspace.TeamOf(c.w).State(ctx)
	if err != nil {
		return nil, err
	}
	finished, wanted := setOf(holding), setOf(ids)
	var out []Candidate
	for i := range entries {
		e := &entries[i]
		if !finished[e.ID] || len(ids) > 0 && !wanted[e.ID] {
			continue
		}
		log, err := c.log(ctx, e.ID)
		if err != nil {
			return nil, err
		}
		if who := annotators(workspace.FinishedIn(state, e.ID, log), c.set); len(who) > 0 {
			out = append(out, Candidate{e.ID, e.Title, who})
		}
	}
	return out, nil
}

func setOf(ids []string) map[string]bool {
	out := make(map[string]bool, len(ids))
	for _, id := range ids {
		out[id] = true
	}
	return out
}

// Last returns that of the articles with these IDs on which whoever asks decided last as a curator and has not taken it back; empty if there is none.
func (c *Curation) Last(ctx context.Context, ids ...string) (string, error) {
	holding, err := c.w.Library.Holding(ctx, `"`+annotate.Curated+`"`)
	if err != nil {
		return "", err
	}
	decided := setOf(holding)
	last, of := "", ""
	for _, id := range ids {
		if !decided[id] || c.check(ctx, id) != nil {
			continue
		}
		log, err := c.log(ctx, id)
		if err != nil {
			return "", err
		}
		log = slices.DeleteFunc(log, func(d annotate.Decision) bool { return !curated(&d) })
		step := review.Apply("", &annotate.Layer{}, log).Steps.Undo(workspace.Signer(c.w))
		if step != nil && step.ID > last {
			last, of = step.ID, id
		}
	}
	return of, nil
}

// log returns the decisions on an article as the library has them.
func (c *Curation) log(ctx context.Context, id string) (log []annotate.Decision, err error) {
	rows, err := c.w.Library.Rows(ctx, id, 0)
	for _, r := range rows {
		if d, err := review.Decode(r.Body); err == nil {
			log = append(log, d)
		}
	}
	return log, err
}
