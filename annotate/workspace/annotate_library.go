package workspace

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"
	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/articles"
)

// Add puts a into the library and annotates it.
func (d *Workspace) Add(ctx context.Context, a *articles.Article) (db.Added, error) {
	added, err := d.library.Add(ctx, a)
	if err != nil {
		return added, err
	}
	return added, d.annotate(ctx, added.ID)
}

// annotate stores the layer of an article of which the library has none by this engine, or
// one that does not know all decisions. It leaves the desk as it is.
func (d *Workspace) annotate(ctx context.Context, id string) error {
	behind, err := d.library.Outdated(ctx, d.engine.Version(), id)
	if err != nil || len(behind) == 0 {
		return err
	}
	s, err := d.doc(ctx, id)
	if err != nil {
		return err
	}
	return d.keep(ctx, s)
}

// doc reads an article with its layer and its log, past the desk.
func (d *Workspace) doc(ctx context.Context, id string) (*Document, error) {
	e, err := d.library.Entry(ctx, id)
	if err != nil {
		return nil, err
	}
	a, err := d.library.Version(ctx, id, e.Version)
	if err != nil {
		return nil, err
	}
	doc := &Document{Article: a, version: e.Version}
	log, err := d.rows(ctx, e, doc)
	if err != nil {
		return nil, err
	}
	if doc.Machine, _, err = d.machine(ctx, a); err != nil {
		return nil, err
	}
	doc.seq = log.seq
	return doc.with(log.log, log.placed), nil
}

// An outcome is what annotating one article of many came to.
type outcome struct {
	layer db.Layer
	err   error
}

// mostSaved is how many layers are saved at once: what is annotated by then takes some 50 ms.
const mostSaved = 32

// AnnotateAll annotates what the library has that is not annotated by this engine, and
// brings up to date what it knows of the others, some at a time. Progress, if it is not
// nil, is told after each article, one call at a time. An article that fails does not stop the
// others; the error joins those of all.
func (d *Workspace) AnnotateAll(ctx context.Context, progress func(done, all int)) error {
	ids, err := d.library.Outdated(ctx, d.engine.Version(), "")
	if err != nil {
		return err
	}
	defer d.engine.Release()
	made := make(chan outcome, mostSaved)
	go func() {
		var g errgroup.Group
		g.SetLimit(cmp.Or(d.opts.Workers, max(1, min(runtime.GOMAXPROCS(0), runtime.NumCPU())-1)))
		for _, id := range ids {
			g.Go(func() error {
				if ctx.Err() != nil {
					return nil
				}
				o := outcome{}
				s, err := d.doc(ctx, id)
				if err == nil {
					o.layer = d.kept(s)
				} else if !errors.Is(err, db.ErrNotFound) {
					o.err = fmt.Errorf("annotate %s: %w", id, err)
				}
				made <- o
				return nil
			})
		}
		_ = g.Wait() // no task returns an error
		close(made)
	}()
	errs := d.saveAll(ctx, made, len(ids), progress)
	return cmp.Or(ctx.Err(), errors.Join(errs...))
}

// saveAll saves layers as they are made, those together that wait.
func (d *Workspace) saveAll(ctx context.Context, made <-chan outcome, all int, progress func(done, all int)) (errs []error) {
	var list []db.Layer
	done, waiting := 0, 0
	for o := range made {
		waiting++
		if o.err != nil && ctx.Err() == nil {
			errs = append(errs, o.err)
		}
		if o.layer.ID != "" {
			list = append(list, o.layer)
		}
		if len(made) > 0 && len(list) < mostSaved {
			continue
		}
		if err := d.library.SaveLayers(ctx, list); err != nil && ctx.Err() == nil {
			errs = append(errs, err)
		}
		list = list[:0]
		for ; waiting > 0; waiting-- {
			if done++; progress != nil {
				progress(done, all)
			}
		}
	}
	return errs
}

// Flush brings up to date what the library knows of the names in the articles that
// were decided on. Without it they are those of the last annotation; nothing else is
// lost.
func (d *Workspace) Flush(ctx context.Context) error {
	d.mu.Lock()
	ids := slices.Sorted(maps.Keys(d.stale))
	clear(d.stale)
	d.mu.Unlock()
	var errs []error
	for _, id := range ids {
		s, err := d.Open(ctx, id)
		if err == nil {
			err = d.keep(ctx, s)
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// A Place is an article that names an entity too.
type Place struct {
	Entry  library.Entry
	Count  int // mentions there
	Offset int // byte of the first
}

// mostPlaces is how many other articles are told.
const mostPlaces = 200

// Elsewhere returns the other articles of the library that name e, an entity of the
// article with that ID, the one that names it most first. Names are compared without
// case and honorifics; who has no name is nowhere else.
func (d *Workspace) Elsewhere(ctx context.Context, id string, e *annotate.Entity) ([]Place, error) {
	key := nameKey(e.Name)
	if key == "" || !named(e) {
		return nil, nil
	}
	if err := d.Flush(ctx); err != nil && !errors.Is(err, db.ErrReadOnly) {
		return nil, err
	}
	hits, err := d.library.Elsewhere(ctx, key, id, mostPlaces)
	if err != nil {
		return nil, err
	}
	var out []Place
	for _, h := range hits {
		if h.Type == e.Type {
			out = append(out, Place{h.Entry, h.Count, h.First})
		}
	}
	return out, nil
}

// Said returns what e, an entity of the article with that ID, says in the other articles of
// the library, the latest first. Names are compared as by [Workspace.Elsewhere].
func (d *Workspace) Said(ctx context.Context, id string, e *annotate.Entity) ([]db.QuoteHit, error) {
	key := nameKey(e.Name)
	if key == "" || !named(e) {
		return nil, nil
	}
	if err := d.Flush(ctx); err != nil && !errors.Is(err, db.ErrReadOnly) {
		return nil, err
	}
	return d.library.QuotesOf(ctx, key, e.Type, id, mostPlaces)
}

// named reports whether e has a mention by name that was not rejected.
func named(e *annotate.Entity) bool {
	return slices.ContainsFunc(e.Mentions, func(m annotate.Mention) bool {
		return m.Form == annotate.Name && m.State != annotate.Rejected
	})
}

// namesOf returns the entities of l as the library finds them again.
func namesOf(l *annotate.Layer, text string) []db.Name {
	var out []db.Name
	for i := range l.Entities {
		e := &l.Entities[i]
		key := nameKey(e.Name)
		if key == "" || !named(e) {
			continue
		}
		n := db.Name{Key: key, Type: e.Type, Name: e.Name, First: -1, Forms: formsOf(e, text)}
		for _, m := range e.Mentions {
			if m.State == annotate.Rejected {
				continue
			}
			if n.Count++; n.First < 0 {
				n.First = m.Start
			}
		}
		out = append(out, n)
	}
	return out
}

// formsOf returns the names of e in text beside its own, each once.
func formsOf(e *annotate.Entity, text string) []string {
	var out []string
	for _, m := range e.Mentions {
		if m.Form != annotate.Name || m.State == annotate.Rejected {
			continue
		}
		if f := m.In(text); f != e.Name && !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	return out
}

// quotesOf returns the quotes of l as the library finds them again.
func quotesOf(l *annotate.Layer, text string) []db.Quote {
	var out []db.Quote
	forms := map[string][]string{}
	for i := range l.Quotes {
		q := &l.Quotes[i]
		if q.State == annotate.Rejected {
			continue
		}
		s := db.Quote{Span: q.Span, Type: q.Type, Text: q.In(text), Decided: q.State == annotate.Confirmed}
		if e := l.Entity(q.Speaker); e != nil {
			if _, ok := forms[e.ID]; !ok {
				forms[e.ID] = formsOf(e, text)
			}
			s.Key, s.Speaker, s.Kind, s.Forms = nameKey(e.Name), e.Name, e.Type, forms[e.ID]
		}
		out = append(out, s)
	}
	return out
}

// nameKey returns a name as it compares with others: in NFC, case folded, without
// honorifics, dots and the difference between apostrophes.
func nameKey(name string) string {
	name = cases.Fold().String(norm.NFC.String(name))
	name = strings.NewReplacer("’", "'", "‘", "'", ".", "").Replace(name)
	words := strings.Fields(name)
	for len(words) > 1 && (words[0] == "the" || en.Of(words[0]).Is(en.Keyed)) {
		words = words[1:]
	}
	return strings.Join(words, " ")
}
