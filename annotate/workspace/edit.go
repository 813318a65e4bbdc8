package workspace

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/review"
	"byline/annotate/team"
	"byline/articles"
	"byline/articles/clean"
)

// Edit carries out a keypress on the text of a: it writes and stores the decisions, and returns
// the layer with them applied and a short description of what was done, including what else a new
// type applied to. If the library has another text than a by now, the error is [library.ErrChanged] and
// nothing is decided.
func (w *Workspace) Edit(ctx context.Context, a *articles.Article, c review.Edit) (*annotate.Layer, string, error) {
	doc, said, err := w.edit(ctx, a, c)
	if err != nil {
		return nil, "", err
	}
	return doc.Layer, said + alsoRetyped(doc.Layer, c), nil
}

func (w *Workspace) edit(ctx context.Context, a *articles.Article, c review.Edit) (*Document, string, error) {
	at := w.cache.lock(a.ID)
	defer w.cache.unlock(at)
	doc, err := w.refresh(ctx, at, a)
	if err != nil {
		return nil, "", err
	}
	if doc.Text != a.Text {
		return nil, "", fmt.Errorf("decide on %s: %w", a.ID, library.ErrChanged)
	}
	signature := w.sign()
	if signature.Layer, err = doc.layerToDecide(); err != nil {
		return nil, "", err
	}
	writer := review.Writer{Signature: signature, Text: a.Text, Shown: &doc.Result}
	ds := writer.Write(c)
	if len(ds) == 0 {
		return doc, c.Idle(), nil
	}
	if signature.Layer == "" {
		if err := doc.keeps(ds, signature.Who); err != nil {
			return nil, "", err
		}
	}
	next, err := w.append(ctx, at, ds, ds)
	if err != nil {
		return nil, "", err
	}
	return next, doc.Result.SayReplaced(doc.Result.Say(ds), next.Layer, c), nil
}

// Curate stores the decisions that write makes for the curated reading of an article, whatever the view of w. It returns the
// document with them, and them. The error is [ErrNoCurator] if others are to decide there.
func Curate(ctx context.Context, w *Workspace, a *articles.Article, write func(*Document, review.Signature) []annotate.Decision) (*Document, []annotate.Decision, error) {
	at := w.cache.lock(a.ID)
	defer w.cache.unlock(at)
	doc, err := w.refresh(ctx, at, a)
	switch {
	case err != nil:
		return nil, nil, err
	case doc.Text != a.Text:
		return nil, nil, fmt.Errorf("decide on %s: %w", a.ID, library.ErrChanged)
	}
	if err := doc.Curable(); err != nil {
		return nil, nil, err
	}
	signature := w.sign()
	signature.Layer = annotate.Curated
	ds := write(doc, signature)
	if len(ds) == 0 {
		return doc, nil, nil
	}
	doc, err = w.append(ctx, at, ds, ds)
	return doc, ds, err
}

// alsoRetyped names the other mentions that a new type applied to: an entity has one type.
func alsoRetyped(l *annotate.Layer, c review.Edit) string {
	if c.Verb != annotate.Relabel || c.Here || len(c.Targets) != 1 {
		return ""
	}
	for e, m := range l.Mentions() {
		if m.Span == c.Targets[0].Span && len(e.Mentions) > 1 {
			return fmt.Sprintf(", with all %d mentions of %s", len(e.Mentions), e.Name)
		}
	}
	return ""
}

// append stores decisions and then updates the cache entry, which must be locked: what is shown is
// what is stored. placed are the decisions, anchored in the text.
func (w *Workspace) append(ctx context.Context, at *cached, ds, placed []annotate.Decision) (*Document, error) {
	rows := make([]db.Row, len(ds))
	for i, x := range ds {
		body, err := review.Encode(x)
		if err != nil {
			return nil, err
		}
		rows[i] = db.Row{ID: x.ID, Version: at.doc.version, At: x.At, Who: x.Who, Body: body}
	}
	next := at.doc.withDecisions(ds, placed)
	next.noteDecisions(ds) // known, even if it is not stored: then the document is read again
	next, err := readAs(ctx, w, next)
	if err == nil {
		err = w.Library.Append(ctx, at.id, next.publicCounts(), rows...)
	}
	if err != nil {
		at.doc = nil
		return nil, err
	}
	sealing := next.reading.sealed != at.doc.reading.sealed
	at.doc = next
	w.setStale(at.id, true)
	w.mu.Lock()
	if next.carriedAt == w.decided { // what is decided here is not carried here
		next.carriedAt++
	}
	w.decided++
	w.mu.Unlock()
	if r := next.reading; r.state != nil || r.view.Whose(r.who) == r.who { // of others, it is done with the index
		_ = w.Library.SaveTallies(ctx, at.id, tallied(next, deciders(ds))...) // they follow from the log, and are counted again with the index
	}
	saveShown(ctx, w, next)
	if sealing { // what everybody may find by a search is another, and that cannot wait
		_ = w.layers.save(ctx, next) // it stays stale until it is saved
	}
	w.hub.tell(w, at.id)
	return next, nil
}

// FinishedIn is [review.FinishedIn] of the article with that ID in a team, which may be nil: whoever could see what others decided stays
// done by what they were done by then, though they took it back later, in a copy of the library that did not know yet, or marked it again. So
// what was open stays open, and since when they are done does not change.
func FinishedIn(state *team.State, id string, log []annotate.Decision) []review.Finished {
	out := review.FinishedIn(log)
	lasts := func(id string) bool {
		return slices.ContainsFunc(out, func(f review.Finished) bool { return f.ID == id })
	}
	took := func(d annotate.Decision) bool {
		return d.Verb == annotate.Done && d.Layer == "" && !lasts(d.ID)
	}
	if state == nil || !slices.ContainsFunc(log, took) {
		return out
	}
	for _, k := range state.Kept(id, SpellsIn(log)) {
		i := slices.IndexFunc(log, func(d annotate.Decision) bool { return d.ID == k.By })
		if i < 0 || lasts(k.By) {
			continue
		}
		out = slices.DeleteFunc(out, func(f review.Finished) bool { return f.Who == k.Who && f.Set == k.Set && f.Layer == "" })
		out = append(out, review.Finished{ID: k.By, Who: k.Who, Set: k.Set, At: log[i].At, Engine: log[i].Engine})
	}
	slices.SortStableFunc(out, func(a, b review.Finished) int { return strings.Compare(a.ID, b.ID) })
	return out
}

// DoneIn returns who has finished the article with that ID, by its log; see [FinishedIn].
func DoneIn(state *team.State, id string, log []annotate.Decision) team.Done {
	return doneOf(FinishedIn(state, id, log))
}

// FinishedOf is [FinishedIn] of a document; where others' decisions are not to be seen, it has nothing of theirs.
func FinishedOf(d *Document) []review.Finished {
	return FinishedIn(d.reading.state, d.ID, d.Placed())
}

// finished is [FinishedIn] of a document.
func (d *Document) finished() []review.Finished { return FinishedIn(d.reading.state, d.ID, d.whole) }

func doneOf(finished []review.Finished) team.Done {
	return func(set, who string) string {
		for _, f := range finished {
			if f.Set == set && f.Who == who && f.Layer == "" {
				return f.ID
			}
		}
		return ""
	}
}

// SpellsIn returns when people were done with the article of a log. It looks at the log when it is asked first.
func SpellsIn(log []annotate.Decision) team.Spells {
	type whose struct{ set, who string }
	read := sync.OnceValue(func() map[whose][]team.Spell {
		of := map[whose][]team.Spell{}
		for _, x := range review.SpellsIn(log) {
			of[whose{x.Set, x.Who}] = append(of[whose{x.Set, x.Who}], team.Spell{By: x.By, From: x.From, To: x.To})
		}
		return of
	})
	return func(set, who string) []team.Spell { return read()[whose{set, who}] }
}

// late reports whether a decision answers anything after the one with an ID, with which a reading ended.
func late(d *annotate.Decision, until string) bool {
	if until == "" || d.ID <= until || d.Layer != "" {
		return false
	}
	if d.Verb == annotate.Undo || d.Verb == annotate.Redo { // of what was decided later
		return d.Value <= until
	}
	return Answers(d)
}

// Answers reports whether a decision answers anything by itself. Notes and tags do not, nor does undoing, which is about another.
func Answers(d *annotate.Decision) bool {
	switch d.Verb {
	case annotate.Note, annotate.Tag, annotate.Erase, annotate.Drop, annotate.Done, annotate.Reopen, annotate.Undo, annotate.Redo:
		return false
	}
	return true
}

// keeps returns [ErrOpen] or [ErrDone] if decisions that who signs would change their reading of a blind article after they were done: what was
// seen cannot be unseen.
func (d *Document) keeps(ds []annotate.Decision, who string) error {
	state := d.reading.state
	if state == nil {
		return nil
	}
	spells := SpellsIn(d.whole)
	until := state.Until(d.ID, who, spells)
	if until == "" {
		return nil
	}
	opened := state.Opened(d.ID, who, spells)
	if takesBack(state, who, d.whole, ds) {
		if opened {
			return ErrOpen
		}
		return nil
	}
	if !slices.ContainsFunc(ds, func(x annotate.Decision) bool { return late(&x, until) }) {
		return nil
	}
	if opened {
		return ErrOpen
	}
	return ErrDone
}

// keepsAdopted is keeps for decisions that are made now of what a file says, whatever time their IDs are of.
func (d *Document) keepsAdopted(ds []annotate.Decision) error {
	now := slices.Clone(ds)
	for i := range now {
		now[i].ID = afterAll
	}
	for _, who := range deciders(now) {
		if err := d.keeps(slices.DeleteFunc(slices.Clone(now), func(x annotate.Decision) bool { return x.Who != who }), who); err != nil {
			return fmt.Errorf("%s: %w", clean.Line(who), err)
		}
	}
	return nil
}

// afterAll sorts after every ID.
const afterAll = "\U0010ffff"

// takesBack reports whether by decisions after those of a log somebody is not done in a set, or not as they were.
func takesBack(state *team.State, who string, log, ds []annotate.Decision) bool {
	if !slices.ContainsFunc(ds, func(d annotate.Decision) bool { return d.Verb == annotate.Reopen || d.Verb == annotate.Undo }) {
		return false
	}
	had, has := doneOf(review.FinishedIn(log)), doneOf(review.FinishedIn(slices.Concat(log, ds)))
	return slices.ContainsFunc(state.Sets, func(s *team.Set) bool {
		was := had(s.Name, who)
		return was != "" && was != has(s.Name, who)
	})
}

// Late returns how many decisions of somebody on d are no part of their reading of it, since they were done with it before.
func Late(d *Document, who string) (n int) {
	if d.reading.state == nil {
		return 0
	}
	until := d.reading.state.Until(d.ID, who, SpellsIn(d.whole))
	for i := range d.whole {
		if x := &d.whole[i]; x.Who == who && late(x, until) {
			n++
		}
	}
	return n
}
