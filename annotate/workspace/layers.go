package workspace

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/library/db/code"
	"byline/annotate/review"
	"byline/annotate/workspace/outside"
	"byline/annotate/workspace/withheld"
	"byline/articles"
	"byline/articles/stream"
)

// layers are the machine's layers: made by the engine, stored in the library.
type layers struct {
	library *db.DB
	engine  Engine
}

// machineLayer returns the engine's layer of a, and whether it was stored.
func (l layers) machineLayer(ctx context.Context, a *articles.Article) (*annotate.Layer, bool, error) {
	data, ok, err := l.library.Layer(ctx, a.ID, l.engine.Version())
	if err != nil {
		return nil, false, err
	}
	if ok {
		if made, err := code.DecodeLayer(data, a.Text); err == nil && made.Check(a.Text) == nil {
			return made, true, nil
		} // replace a damaged layer
	}
	if err := ctx.Err(); err != nil {
		return nil, false, err
	}
	made, err := l.try(ctx, a)
	return made, false, err
}

// read sets the machine's layer of doc: the engine's, under what other programs found. It reports whether the engine's
// was stored.
func (l layers) read(ctx context.Context, doc *Document) (stored bool, err error) {
	if doc.engine, stored, err = l.machineLayer(ctx, doc.Article); err != nil {
		return false, err
	}
	doc.Machine = doc.engine
	others, err := l.others(ctx, doc)
	if err != nil || len(others) == 0 {
		return stored, err
	}
	doc.Machine, err = l.around(ctx, doc, others)
	return stored, err
}

// others returns what other programs found in a document, in the order in which they were asked. Of those that byline asked before it noted
// when, that of their names, first.
func (l layers) others(ctx context.Context, doc *Document) ([]outside.Voice, error) {
	found, err := l.library.Suggestions(ctx, doc.ID)
	if err != nil {
		return nil, err
	}
	var others []outside.Voice
	for _, g := range found {
		was := doc.Article
		if g.Version != doc.version {
			if was, err = l.library.Version(ctx, doc.ID, g.Version); err != nil {
				return nil, err
			}
		}
		other, err := code.DecodeLayer(g.Data, was.Text)
		if err != nil {
			return nil, fmt.Errorf("read the suggestions of %s: %w", g.Name, err)
		}
		if was != doc.Article {
			other, _ = review.Carry(other, was.Text, doc.Text)
		}
		if other.Check(doc.Text) == nil {
			others = append(others, stampOf(g.Name, other))
		}
	}
	slices.SortStableFunc(others, func(a, b outside.Voice) int { return a.At.Compare(b.At) })
	return others, nil
}

// opinions says what each of those that annotated a document suggests at a place. What is hidden from whoever reads it is hidden in the layers of all; and
// where the suggestion that stands is hidden, so are those that it stands over.
func opinions(ctx context.Context, w *Workspace, doc *Document, k annotate.Kind, at articles.Span) []annotate.Reason {
	others, err := w.layers.others(ctx, doc)
	if err != nil {
		return nil // the reasons are there all the same
	}
	voices, machine := append([]outside.Voice{{Layer: doc.engine}}, others...), doc.Machine
	if hides := doc.reading.hides(doc.ID); hides != nil {
		machine = withheld.Without(doc.Text, doc.Machine, withheld.Draw{Words: hides})
		hidden := withheld.Draw{Words: hides, Places: withheld.Gone(doc.Machine, machine)}
		for i := range voices {
			voices[i].Layer = withheld.Without(doc.Text, voices[i].Layer, hidden)
		}
	}
	return outside.Beside(doc.Text, machine, voices, k, at)
}

// Blame returns the decisions on a document that are in force, with the rules by which the machine proposed what they are about: see [review.Blame]. What it
// suggested before the programs were asked that were asked last, one after the other, counts too.
func Blame(ctx context.Context, w *Workspace, doc *Document) []review.Blamed {
	had := []*annotate.Layer{doc.Suggested, withoutHidden(doc.Machine, doc.Article, doc.reading)}
	others, err := w.layers.others(ctx, doc)
	for n := range slices.Backward(others) {
		var l *annotate.Layer
		if l, err = w.layers.around(ctx, doc, others[:n]); err != nil {
			break // fewer rules are known
		}
		had = append(had, withoutHidden(l, doc.Article, doc.reading))
	}
	return review.Blame(doc.Text, doc.Log, had...)
}

// withoutHidden returns l without the suggestions that are hidden from the annotator of a reading.
func withoutHidden(l *annotate.Layer, a *articles.Article, r reading) *annotate.Layer {
	hides := r.hides(a.ID)
	if hides == nil {
		return l
	}
	return withheld.Without(a.Text, l, withheld.Draw{Words: hides})
}

// around lays what other programs found over what the engine found, later ones over earlier ones, and has the engine do on all of it what
// they left out. Who found nothing has no part in it.
func (l layers) around(ctx context.Context, doc *Document, others []outside.Voice) (*annotate.Layer, error) {
	var found []*annotate.Layer
	for i := range others {
		if others[i].Suggests() {
			found = append(found, others[i].Layer)
		}
	}
	all := outside.Over(doc.engine, found...)
	e, ok := l.engine.(interface {
		Around(ctx context.Context, text string, blocks []articles.Block, l *annotate.Layer) (*annotate.Layer, error)
	})
	if !ok || len(found) == 0 {
		return all, nil
	}
	blocks := doc.Blocks
	if len(blocks) == 0 {
		blocks = nil
	}
	return e.Around(ctx, doc.Text, blocks, all)
}

// between is between the name of who made a layer and when, in its Engine as it is stored.
const between = " @"

// stamp returns a layer of another program, which was asked at a time, as it is stored.
func stamp(l *annotate.Layer, at time.Time) *annotate.Layer {
	stored := *l
	stored.Engine += between + at.UTC().Format(time.RFC3339Nano)
	return &stored
}

// stampOf returns a layer that was stored under a name. Before byline noted when programs were asked, there is no time.
func stampOf(name string, stored *annotate.Layer) outside.Voice {
	l := *stored
	var at time.Time
	if i := strings.LastIndex(l.Engine, between); i >= 0 {
		if when, err := time.Parse(time.RFC3339Nano, l.Engine[i+len(between):]); err == nil {
			at, l.Engine = when, l.Engine[:i]
		}
	}
	return outside.Voice{Layer: &l, Name: name, At: at}
}

// ImportSuggestions makes a reading of another copy of an article's text suggestions under a name, in place of
// those that had it: see [outside.Over].
func ImportSuggestions(ctx context.Context, w *Workspace, id, name string, from *articles.Article, l *annotate.Layer) (ImportReport, error) {
	return Suggest(ctx, w, id, name, from, outside.Of(l, name))
}

// Suggest stores l, what a program found in an article, or in another copy of its text, as suggestions under a name, in
// place of those that had it: see [outside.Over]. That it found nothing is stored, too; see [Withdraw].
func Suggest(ctx context.Context, w *Workspace, id, name string, from *articles.Article, l *annotate.Layer) (in ImportReport, err error) {
	err = replaceSuggestions(ctx, w, id, func(doc *Document) db.Suggestion {
		var there *annotate.Layer
		there, in.Lost = review.Carry(l, from.Text, doc.Text)
		for c := range there.Claims() {
			if c.Origin.Outside() {
				in.Suggested++
			}
		}
		return db.Suggestion{Name: name, Version: doc.version, Data: code.EncodeLayer(stamp(there, w.opts.Now()), doc.Text)}
	})
	return in, err
}

// Withdraw takes the suggestions under a name away, as if the program had never been asked about the article.
func Withdraw(ctx context.Context, w *Workspace, id, name string) error {
	return replaceSuggestions(ctx, w, id, func(*Document) db.Suggestion { return db.Suggestion{Name: name} })
}

// replaceSuggestions stores suggestions in an article, in place of those under their name, and what is suggested in all since.
func replaceSuggestions(ctx context.Context, w *Workspace, id string, by func(*Document) db.Suggestion) error {
	at := w.cache.lock(id)
	defer w.cache.unlock(at)
	doc, err := w.refresh(ctx, at, nil)
	if err != nil {
		return err
	}
	if err := w.Library.SaveSuggestion(ctx, id, by(doc)); err != nil {
		return err
	}
	at.doc = nil
	if doc, err = w.refresh(ctx, at, nil); err != nil {
		return err
	}
	return w.layers.save(ctx, doc)
}

// MakersOf returns whose suggestions the article with that ID has, the engine and other programs with their models; empty if no other program has
// any, or if it cannot be read.
func MakersOf(ctx context.Context, w *Workspace, id string) string {
	found, err := w.Library.Suggestions(ctx, id)
	if err != nil || len(found) == 0 {
		return ""
	}
	doc, err := w.Open(ctx, id)
	if err != nil || doc.Machine == doc.engine {
		return ""
	}
	return doc.Machine.Engine
}

// try makes the layer of a. Of a text that may be too much for the computer it notes before that it does, unless another process
// has and is still at it, and after two tries that were killed it tries no more.
func (l layers) try(ctx context.Context, a *articles.Article) (*annotate.Layer, error) {
	if len(a.Text) < noted || l.library.ReadOnly() {
		return l.make(ctx, a)
	}
	engine := l.engine.Version()
	tried, err := l.library.Tried(ctx, engine, a.ID)
	if err != nil {
		return nil, err
	}
	switch {
	case len(tried) == 0:
	case tried[0].Attempt == library.Running:
		return l.make(ctx, a)
	case tried[0].Count >= mostTries:
		return nil, &BrokenOffError{tried[0]}
	}
	if err := l.library.Begin(ctx, a.ID, engine); err != nil {
		return nil, err
	}
	done := false
	defer func() {
		switch {
		case ctx.Err() != nil: // somebody left: that is no fault of the article's
			_ = l.library.Forget(context.WithoutCancel(ctx), a.ID, false)
		case !done:
			_ = l.library.Fail(ctx, a.ID)
		}
	}()
	made, err := l.make(ctx, a)
	done = err == nil
	return made, err
}

// make has the engine annotate a. When ctx ends it returns at once; the engine ends after the
// window of the text that it is working on.
func (l layers) make(ctx context.Context, a *articles.Article) (*annotate.Layer, error) {
	blocks := a.Blocks
	if len(blocks) == 0 {
		blocks = nil // each line is a paragraph
	}
	return stream.Do(ctx, func() (*annotate.Layer, error) {
		made, err := l.engine.AnnotateContext(ctx, a.Text, blocks)
		if err == nil {
			made.Engine = l.engine.Version()
		}
		return made, err
	})
}

// save stores the machine's layer of a document.
func (l layers) save(ctx context.Context, doc *Document) error {
	return l.library.SaveLayer(ctx, l.encode(doc))
}

// encode returns the machine's layer of a document in the form in which the library stores it, with what everybody may see
// of what was decided.
func (l layers) encode(doc *Document) db.Layer {
	verdicts, tallies := verdictsOf(doc), talliesOf(doc)
	suggested, curated := nobodys(doc)
	shown := shownTo(doc)
	doc = doc.public()
	return db.Layer{
		ID: doc.ID, Engine: l.engine.Version(), Version: doc.version, Data: code.EncodeLayer(doc.engine, doc.Text),
		Seq: doc.seq, Counts: doc.counts, Names: namesOf(doc.Layer, doc.Text), Quotes: quotesOf(doc.Layer, doc.Text), Verdicts: verdicts, Tallies: tallies,
		Suggested: suggested, Curated: curated, Shown: shown,
	}
}

// nobodys returns the counts of the readings of a document that are nobody's, where they are not those of what is suggested: with no decision, and
// curated. Of a sealed one nobody sees another.
func nobodys(doc *Document) (suggested, curated *annotate.Counts) {
	if len(doc.whole) == 0 || doc.reading.sealed {
		return nil, nil
	}
	bare := doc.Machine.Counts()
	if doc.by.curated || doc.agree != nil && len(annotatorsDone(doc.finished())) > 0 {
		settled := doc.as(reading{view: library.Curated, who: doc.reading.who, state: doc.reading.state}).counts
		curated = &settled
	}
	return &bare, curated
}

// hiddenFrom returns from whom suggestions in a document are hidden.
func hiddenFrom(doc *Document) []string {
	if doc.reading.state == nil {
		return nil
	}
	return doc.reading.state.HiddenFrom(doc.ID)
}

// shownTo returns the counts of everybody's decisions on a document as those see them, while they annotate it, from whom suggestions are
// hidden.
func shownTo(doc *Document) (out []db.Shown) {
	for _, who := range hiddenFrom(doc) {
		r := reading{view: library.Everyone, who: who, state: doc.reading.state, busy: true}
		out = append(out, db.Shown{Who: who, Counts: doc.as(r).counts})
	}
	return out
}

// saveShown stores what the lists of others count after a decision on a document of which suggestions are hidden from somebody. Of one that
// is sealed lists count nothing that others decided.
func saveShown(ctx context.Context, w *Workspace, doc *Document) {
	if doc.reading.sealed || len(hiddenFrom(doc)) == 0 {
		return
	}
	_ = w.Library.SaveShown(ctx, doc.ID, doc.public().counts, shownTo(doc)) // they follow from the logs, and are counted again with the index
}

// recount brings what is stored of outdated articles up to date. Where nobody decided, that is their readings alone, which takes a fraction of the
// time.
func recount(ctx context.Context, w *Workspace, ids []string) error {
	for batch := range slices.Chunk(ids, mostRecounted) {
		var list []db.Layer
		for _, id := range batch {
			bare := false
			err := lend(ctx, w, id, func(doc *Document) {
				if bare = len(doc.whole) == 0 && doc.reading.state != nil; bare {
					list = append(list, db.Layer{ID: id, Version: doc.version, Tallies: talliesOf(doc), Shown: shownTo(doc)})
				}
			})
			if err == nil && !bare {
				err = w.annotate(ctx, id)
			}
			if err != nil && !errors.Is(err, db.ErrNotFound) {
				return err
			}
		}
		if err := w.Library.SaveReadings(ctx, list); err != nil {
			return err
		}
	}
	return nil
}

// mostRecounted is of how many articles the readings are stored in one transaction.
const mostRecounted = 100

// readSealed is a [db.SealedReader]: what whoever looks says of articles, as [ReadingOf] has it.
func readSealed(ctx context.Context, w *Workspace, ids []string) ([]db.Sealed, error) {
	out := make([]db.Sealed, len(ids))
	var g errgroup.Group
	g.SetLimit(workers(w))
	for i, id := range ids {
		g.Go(func() error {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			err := lend(ctx, w, id, func(doc *Document) { out[i] = sealed(w, doc) })
			if errors.Is(err, db.ErrNotFound) {
				return nil
			}
			return err
		})
	}
	return out, g.Wait()
}

// sealed returns a document as whoever looks has it, and as everybody has it; nothing if it is not sealed.
func sealed(w *Workspace, doc *Document) (s db.Sealed) {
	if !doc.reading.sealed {
		return s
	}
	own, _ := ReadingOf(doc, w.opts.Who)
	layer := func(l *annotate.Layer) *db.Layer {
		return &db.Layer{ID: doc.ID, Engine: w.engine.Version(), Version: doc.version, Seq: doc.seq, Counts: l.Counts(), Names: namesOf(l, doc.Text), Quotes: quotesOf(l, doc.Text)}
	}
	return db.Sealed{Own: layer(own), Shared: layer(doc.public().Layer)}
}
