package workspace

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/library/db/code"
	"byline/annotate/review"
	"byline/annotate/workspace/outside"
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
	found, err := l.library.Suggestions(ctx, doc.ID)
	if err != nil || len(found) == 0 {
		return stored, err
	}
	var others []stamped
	for _, g := range found {
		was := doc.Article
		if g.Version != doc.version {
			if was, err = l.library.Version(ctx, doc.ID, g.Version); err != nil {
				return false, err
			}
		}
		other, err := code.DecodeLayer(g.Data, was.Text)
		if err != nil {
			return false, fmt.Errorf("read the suggestions of %s: %w", g.Name, err)
		}
		if was != doc.Article {
			other, _ = review.Carry(other, was.Text, doc.Text)
		}
		if other.Check(doc.Text) == nil {
			others = append(others, stampOf(other))
		}
	}
	doc.Machine, err = l.around(ctx, doc, others)
	return stored, err
}

// around lays what other programs found over what the engine found, what was asked for last on top, and has the engine do on all of it what
// they left out.
func (l layers) around(ctx context.Context, doc *Document, others []stamped) (*annotate.Layer, error) {
	slices.SortStableFunc(others, func(a, b stamped) int { return a.at.Compare(b.at) })
	found := make([]*annotate.Layer, len(others))
	for i := range others {
		found[i] = others[i].Layer
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

// A stamped layer is one of another program, with when that was asked; zero where it is not known.
type stamped struct {
	*annotate.Layer
	at time.Time
}

// between is between the name of who made a layer and when, in its Engine as it is stored.
const between = " @"

// stamp returns a layer of another program as it is stored.
func (s stamped) stamp() *annotate.Layer {
	l := *s.Layer
	l.Engine += between + s.at.UTC().Format(time.RFC3339Nano)
	return &l
}

// stampOf returns a layer that was stored. Before byline noted when programs were asked, there is no time.
func stampOf(stored *annotate.Layer) stamped {
	l := *stored
	var at time.Time
	if i := strings.LastIndex(l.Engine, between); i >= 0 {
		if when, err := time.Parse(time.RFC3339Nano, l.Engine[i+len(between):]); err == nil {
			at, l.Engine = when, l.Engine[:i]
		}
	}
	return stamped{&l, at}
}

// ImportSuggestions makes a reading of another copy of an article's text suggestions under a name, in place of
// those that had it: see [outside.Over].
func ImportSuggestions(ctx context.Context, w *Workspace, id, name string, from *articles.Article, l *annotate.Layer) (ImportReport, error) {
	return Suggest(ctx, w, id, name, from, outside.Of(l, name))
}

// Suggest stores l, what a program found in an article, or in another copy of its text, as suggestions under a name, in
// place of those that had it: see [outside.Over].
func Suggest(ctx context.Context, w *Workspace, id, name string, from *articles.Article, l *annotate.Layer) (ImportReport, error) {
	at := w.cache.lock(id)
	defer w.cache.unlock(at)
	doc, err := w.refresh(ctx, at, nil)
	if err != nil {
		return ImportReport{}, err
	}
	l, lost := review.Carry(l, from.Text, doc.Text)
	in := ImportReport{Lost: lost}
	for range l.Claims() {
		in.Suggested++
	}
	g := db.Suggestion{Name: name, Version: doc.version}
	if in.Suggested > 0 {
		g.Data = code.EncodeLayer(stamped{l, w.opts.Now()}.stamp(), doc.Text)
	}
	if err := w.Library.SaveSuggestion(ctx, id, g); err != nil {
		return ImportReport{}, err
	}
	at.doc = nil
	if doc, err = w.refresh(ctx, at, nil); err != nil {
		return in, err
	}
	return in, w.layers.save(ctx, doc)
}

// MakersOf returns whose suggestions the article with that ID has, the engine and other programs with their models; empty if no other program has
// any, or if it cannot be read.
func MakersOf(ctx context.Context, w *Workspace, id string) string {
	found, err := w.Library.Suggestions(ctx, id)
	if err != nil || len(found) == 0 {
		return ""
	}
	doc, err := w.Open(ctx, id)
	if err != nil {
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
	if doc.by.curated || doc.agree != nil && len(annotatorsDone(doc.whole)) > 0 {
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
