package workspace

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/review"
	"byline/annotate/team"
	"byline/articles"
)

// Team is who reads which articles of a workspace's library; see package team.
type Team struct{ w *Workspace }

// TeamOf returns the team of a workspace's library.
func TeamOf(w *Workspace) Team { return Team{w} }

// A roster is the log of the team as it was read last, and what it comes to.
type roster struct {
	mu     sync.Mutex
	seq    int64 // of the last row that was read
	events []team.Event
	state  *team.State
}

// State returns what the log of the team comes to now. It is not to be changed.
func (t Team) State(ctx context.Context) (*team.State, error) {
	r := &t.w.roster
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := t.read(ctx, r); err != nil {
		return nil, err
	}
	return r.state, nil
}

// read brings a locked roster up to date. A row that no version of byline can read is skipped; it stays in the library.
func (t Team) read(ctx context.Context, r *roster) error {
	rows, err := t.w.Library.Events(ctx, r.seq)
	if err != nil {
		return err
	}
	for _, row := range rows {
		r.seq = row.Seq
		if e, err := team.Decode(row.Body); err == nil {
			r.events = append(r.events, e)
		}
	}
	if len(rows) == 0 && r.state != nil {
		return nil
	}
	r.state = team.StateOf(r.events)
	if r.seq == 0 || t.w.Library.ReadOnly() {
		return nil
	}
	roster := db.Roster{UpTo: r.seq, Members: r.state.Members(), Self: t.w.opts.Who, Sets: map[string][]string{}, Standing: Standing}
	for _, s := range r.state.Sets {
		if s.Terms.Blind && !s.Retired {
			roster.Blind = append(roster.Blind, db.BlindSet{Name: s.Name, Seers: s.Seers()})
		}
		if !s.Retired {
			roster.Sets[s.Name] = s.Articles
		}
		dealt, bare := s.Deals(), s.Reopened()
		for _, who := range slices.Sorted(maps.Keys(dealt)) {
			roster.Assigned = append(roster.Assigned, db.Assignment{Set: s.Name, Who: who, IDs: dealt[who], Bare: bare})
		}
	}
	return t.w.Library.SaveRoster(ctx, roster)
}

// Events returns the log of the team in the order of IDs, each event once.
func (t Team) Events(ctx context.Context) ([]team.Event, error) {
	r := &t.w.roster
	r.mu.Lock()
	defer r.mu.Unlock()
	err := t.read(ctx, r)
	return team.Unique(r.events), err
}

// Record appends events to the log of the team, signed by whoever makes decisions in the workspace, now. It returns when
// they are on the disk. The error may be a [team.LeadersError].
func (t Team) Record(ctx context.Context, events ...team.Event) error {
	sign := t.w.sign()
	state, err := t.State(ctx) // so that IDs are after the last
	if err != nil {
		return err
	}
	for i := range events {
		if err := state.Allow(sign.Who, &events[i]); err != nil {
			return err
		}
	}
	for i := range events {
		events[i].ID, events[i].At, events[i].Who = t.after(sign), sign.Now, sign.Who
	}
	return t.append(ctx, events)
}

// after returns an ID that sorts after those of the log.
func (t Team) after(sign review.Signature) string {
	t.w.roster.mu.Lock()
	last := ""
	for i := range t.w.roster.events {
		last = max(last, t.w.roster.events[i].ID)
	}
	t.w.roster.mu.Unlock()
	t.w.mu.Lock()
	t.w.ids.After(last)
	t.w.mu.Unlock()
	return sign.NewID()
}

// Merge adds events of another copy of the log, and returns how many were new.
func (t Team) Merge(ctx context.Context, events []team.Event) (int, error) {
	had, err := t.Events(ctx)
	if err != nil {
		return 0, err
	}
	known := map[string]bool{}
	for i := range had {
		known[had[i].ID] = true
	}
	n := 0
	for i := range events {
		if !known[events[i].ID] {
			n++
		}
	}
	return n, t.append(ctx, events)
}

// append stores events.
func (t Team) append(ctx context.Context, events []team.Event) error {
	rows := make([]db.Row, len(events))
	for i, e := range events {
		body, err := team.Encode(e)
		if err != nil {
			return err
		}
		rows[i] = db.Row{ID: e.ID, At: e.At.Truncate(time.Millisecond), Who: e.Who, Body: body}
	}
	sealed, hidden, err := t.touched(ctx, events)
	if err != nil {
		return err
	}
	if err := t.w.Library.AppendEvents(ctx, sealed, hidden, rows...); err != nil {
		return err
	}
	if _, err := t.State(ctx); err != nil {
		return err
	}
	// Nobody is to find by a search what is sealed from now on, and members have counts of their own.
	outdated, err := t.w.Library.Miscounted(ctx)
	if err != nil {
		return err
	}
	if err := recount(ctx, t.w, outdated); err != nil {
		return err
	}
	t.w.hub.tell(nil, "")
	return nil
}

// touched returns the articles that events may seal or open: those of their sets, if these are blind before or after; and those of which
// other suggestions are hidden from somebody.
func (t Team) touched(ctx context.Context, events []team.Event) (sealed, hidden []string, err error) {
	before, err := t.State(ctx)
	if err != nil {
		return nil, nil, err
	}
	had, err := t.Events(ctx)
	if err != nil {
		return nil, nil, err
	}
	after := team.StateOf(append(had, events...))
	sets := map[string]bool{}
	for _, e := range events {
		if sets[e.Set] {
			continue
		}
		sets[e.Set] = true
		was, is := before.Set(e.Set), after.Set(e.Set)
		for _, s := range []*team.Set{was, is} {
			if s != nil && (s.Terms.Blind || s.Terms.Hidden > 0) {
				sealed = append(sealed, s.Articles...)
			}
		}
		if is != nil {
			hidden = append(hidden, slices.DeleteFunc(slices.Clone(is.Articles), func(id string) bool { return is.HidesAs(was, id) })...)
		}
	}
	slices.Sort(sealed)
	return slices.Compact(sealed), hidden, nil
}

// A Log is the log of an article by itself, from which it follows who has finished it.
type Log struct {
	Finished []review.Finished
	Done     team.Done // what that comes to
	Spells   team.Spells
	id       string
	rows     logTail
}

// ReadLog reads the log of an article. Neither the text nor a layer is read for it.
func ReadLog(ctx context.Context, w *Workspace, id string) (*Log, error) {
	l := &Log{id: id}
	err := w.readRows(ctx, id, &l.rows, &review.Decoder{}, nil)
	if err != nil {
		return l, err
	}
	state, err := TeamOf(w).State(ctx)
	l.Finished = FinishedIn(state, id, l.rows.log)
	l.Done, l.Spells = doneOf(l.Finished), SpellsIn(l.rows.log)
	return l, err
}

// Readings are an article with what each of its annotators says of it: see [ReadingOf].
type Readings struct {
	*articles.Article
	Machine *annotate.Layer // see [Document]
	doc     *Document
}

// Readings returns the article of a log that was just read, without a second look at the log. They are kept nowhere.
func (l *Log) Readings(ctx context.Context, w *Workspace) (*Readings, error) {
	e, err := w.Library.Entry(ctx, l.id)
	if err != nil {
		return nil, err
	}
	a, err := w.Library.Version(ctx, e.ID, e.Version)
	if err != nil {
		return nil, err
	}
	doc := w.newDocument(e, a)
	if _, err := w.layers.read(ctx, doc); err != nil {
		return nil, err
	}
	l.rows.place(e.Version, a.Text, w.opts.Anchoring)
	doc.whole, doc.wholePlaced = l.rows.log, l.rows.placed
	if doc.reading, err = readingOf(ctx, w, e.ID, doc.whole); err != nil {
		return nil, err
	}
	return &Readings{a, doc.Machine, doc}, nil
}

// Of returns what somebody says of the article. Where others' decisions are not to be seen, it has none of theirs.
func (r *Readings) Of(name string) *annotate.Layer {
	l, _ := ReadingOf(r.doc, name)
	return l
}

// Late is the function [Late].
func (r *Readings) Late(name string) int { return Late(r.doc, name) }

// Hidden is the function [Hidden] of the article, for claims.
func (r *Readings) Hidden(name string) func(annotate.Claim) bool {
	hidden := Hidden(r.doc, name)
	if hidden == nil {
		return nil
	}
	return func(c annotate.Claim) bool { return hidden(review.Target{Kind: c.Kind, Span: c.Span}) }
}

// A crowd is who made the decisions of a log. It does not change.
type crowd struct {
	names   []string // sorted
	curated bool     // one of the decisions is for the curated reading
}

// with returns the crowd of a log to which decisions were added.
func (c crowd) with(ds []annotate.Decision) crowd {
	for i := range ds {
		c.curated = c.curated || curated(ds[i])
		if at, known := slices.BinarySearch(c.names, ds[i].Who); !known {
			c.names = slices.Insert(slices.Clip(c.names), at, ds[i].Who)
		}
	}
	return c
}

// deciders returns who made decisions, sorted.
func deciders(ds []annotate.Decision) []string { return crowd{}.with(ds).names }

// talliesOf returns the counts of the readings of everybody who decided on a document, and of those from whom something is hidden in it, who
// have fewer suggestions than others; nil where nobody did and there is no team.
func talliesOf(doc *Document) []db.Tally {
	names := doc.by.names
	if doc.reading.state == nil && len(names) == 0 {
		return nil
	}
	for _, who := range hiddenFrom(doc) {
		if !slices.Contains(names, who) {
			names = append(slices.Clip(names), who)
		}
	}
	return tallied(doc, names)
}

// tallied returns the counts of the readings of people.
func tallied(doc *Document, names []string) []db.Tally {
	out := []db.Tally{}
	finished, spells := doc.finished(), SpellsIn(doc.whole)
	for _, who := range names {
		r := reading{view: library.ViewOf(who), who: doc.reading.who, state: doc.reading.state}.ended(doc.ID, spells)
		log, _ := doc.visible(r)
		t := standing(who, ownOf(doc.whole, who), finished)
		if t.Counts = doc.counts; !doc.applies(r, log) {
			t.Counts = doc.as(r).counts
		}
		out = append(out, t)
	}
	return out
}

// applies reports whether a document applies just the decisions of another reading, which are log, to the same suggestions.
func (d *Document) applies(r reading, log []annotate.Decision) bool {
	if len(log) != len(d.Log) || d.suggestedTo(r) != d.Suggested {
		return false
	}
	return same(log, d.Log) || !slices.ContainsFunc(d.Log, func(x annotate.Decision) bool { return !r.shows(&x) })
}

// ownOf returns somebody's own decisions of a log.
func ownOf(log []annotate.Decision, who string) (own []annotate.Decision) {
	for i := range log {
		if d := &log[i]; d.Who == who && d.Layer == "" {
			own = append(own, *d)
		}
	}
	return own
}

// standing returns how far somebody has come with an article, by their own decisions, and by who finished it.
func standing(who string, own []annotate.Decision, finished []review.Finished) db.Tally {
	t := db.Tally{Who: who}
	for i := range own {
		d := &own[i]
		if d.At.After(t.At) {
			t.At = d.At
		}
		if !slices.Contains([]annotate.Verb{annotate.Done, annotate.Reopen, annotate.Undo, annotate.Redo}, d.Verb) {
			t.Decided++
		}
	}
	for _, f := range finished {
		if f.Who == who && f.Layer == "" {
			t.Sets = append(t.Sets, f.Set)
		}
	}
	return t
}

// Standing is a [db.Standing]: how far people have come with an article, by the bodies of its log alone. One that no version of byline can
// read as a decision is skipped.
func Standing(bodies [][]byte) []db.Tally {
	var log []annotate.Decision
	by := map[string][]annotate.Decision{}
	for _, body := range bodies {
		d, err := review.Decode(body)
		if err != nil {
			continue
		}
		log = append(log, d)
		if d.Layer == "" {
			by[d.Who] = append(by[d.Who], d)
		}
	}
	finished := review.FinishedIn(log)
	var out []db.Tally
	for _, who := range deciders(log) {
		out = append(out, standing(who, by[who], finished))
	}
	return out
}

// SetStatus notes how far whoever looks has come with an article. One that is assigned to them is done in its sets as well, or
// not any more; that is a decision of their own, whatever the view.
func (t Team) SetStatus(ctx context.Context, id string, st library.Status) error {
	if err := t.finish(ctx, id, st == library.Done); err != nil {
		return err
	}
	return t.w.Library.SetStatus(ctx, id, st)
}

// finish writes into the log of an article that it is done in the sets in which it is assigned to whoever looks, or that it is not.
func (t Team) finish(ctx context.Context, id string, done bool) error {
	state, err := t.State(ctx)
	if err != nil || len(state.Assigned(id, t.w.opts.Who)) == 0 {
		return err
	}
	at := t.w.cache.lock(id)
	defer t.w.cache.unlock(at)
	doc, err := t.w.refresh(ctx, at, nil)
	if err != nil {
		return err
	}
	e := review.Edit{Verb: annotate.Reopen}
	if done {
		e.Verb = annotate.Done
	} else if state.Opened(id, t.w.opts.Who, SpellsIn(doc.whole)) { // also where they took it back in a copy that did not know
		return ErrOpen
	}
	writer := review.Writer{Signature: t.w.sign(), Text: doc.Text, Shown: &doc.as(reading{view: library.Mine, who: t.w.opts.Who, state: state}).Result}
	var ds []annotate.Decision
	for _, s := range state.Assigned(id, t.w.opts.Who) {
		e.Value = s.Name
		ds = append(ds, writer.Write(e)...)
	}
	if err := doc.keeps(ds, t.w.opts.Who); err != nil || len(ds) == 0 {
		return err
	}
	_, err = t.w.append(ctx, at, ds, ds)
	return err
}

// TakeBack takes back what whoever looks decided last about an article, if that was that it is done, in all its sets. The error may
// be [ErrOpen].
func (t Team) TakeBack(ctx context.Context, id string) error {
	state, err := t.State(ctx)
	if err != nil {
		return err
	}
	for range state.Assigned(id, t.w.opts.Who) {
		if done, err := t.takeBackOne(ctx, id, state); err != nil {
			return err
		} else if !done {
			break
		}
	}
	return t.w.Library.SetStatus(ctx, id, library.Reading)
}

// takeBackOne takes back the last decision of whoever looks, if that was that the article is done in a set. It reports false if it
// was not.
func (t Team) takeBackOne(ctx context.Context, id string, state *team.State) (bool, error) {
	at := t.w.cache.lock(id)
	defer t.w.cache.unlock(at)
	doc, err := t.w.refresh(ctx, at, nil)
	if err != nil {
		return false, err
	}
	own := doc.as(reading{view: library.Mine, who: t.w.opts.Who, state: state}).Result
	if last := own.Steps.Undo(t.w.opts.Who); last == nil || last.Decisions[0].Verb != annotate.Done {
		return false, nil
	}
	writer := review.Writer{Signature: t.w.sign(), Text: doc.Text, Shown: &own}
	ds := writer.Write(review.Edit{Verb: annotate.Undo})
	if err := doc.keeps(ds, t.w.opts.Who); err != nil {
		return false, err
	}
	_, err = t.w.append(ctx, at, ds, ds)
	return true, err
}

// Mine returns the IDs of the articles that are assigned to whoever looks, done or not.
func (t Team) Mine(ctx context.Context) ([]string, error) {
	state, err := t.State(ctx)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, s := range state.Sets {
		ids = append(ids, s.Of(t.w.opts.Who)...)
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// Progress returns how far everybody has come with what is assigned to them.
func (t Team) Progress(ctx context.Context) ([]db.Progress, error) {
	if _, err := t.State(ctx); err != nil {
		return nil, err
	}
	return t.w.Library.Progress(ctx)
}

// ToDo returns the IDs of the articles that are assigned to whoever looks, who is not done with them, in the order in
// which they are to be read.
func (t Team) ToDo(ctx context.Context) ([]string, error) {
	if _, err := t.State(ctx); err != nil {
		return nil, err
	}
	return t.w.Library.ToDo(ctx, t.w.opts.Who)
}
