package workspace

import (
	"context"
	"fmt"
	"slices"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/library"
	"byline/annotate/review"
	"byline/articles"
)

// A Document is an article of the library with its layer and its log, as formats write
// it. It is never changed: an edit makes another.
type Document struct {
	format.Document
	Machine *annotate.Layer // the engine's, without the log
	Result  review.Result   // of the log on Machine; its Layer is the document's

	version int                 // of the article
	seq     int64               // of the last row read from the log
	known   map[string]bool     // IDs of the log
	placed  []annotate.Decision // the log with anchors for this text
	how     review.Anchoring
}

// Open returns the article with that ID with its layer and log as they are now.
func (w *Workspace) Open(ctx context.Context, id string) (*Document, error) {
	c := w.cache.lock(id)
	defer c.mu.Unlock()
	return w.refresh(ctx, c, nil)
}

// Layer returns the layer of a, an article of the library, with the log applied.
// Where the library has another text by now, the error is [ErrChanged]. The workspace
// may keep a, which must not change any more, rather than read it once more.
func (w *Workspace) Layer(ctx context.Context, a *articles.Article) (*annotate.Layer, error) {
	defer w.engine.Release()
	c := w.cache.lock(a.ID)
	defer c.mu.Unlock()
	doc, err := w.refresh(ctx, c, a)
	if err != nil {
		return nil, err
	}
	if doc.Text != a.Text {
		return nil, fmt.Errorf("annotate %s: %w", a.ID, ErrChanged)
	}
	return doc.Layer, nil
}

// Article returns the article with that ID and its layer with the log applied.
func (w *Workspace) Article(ctx context.Context, id string) (*articles.Article, *annotate.Layer, error) {
	a, err := w.Library.Article(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	l, err := w.Layer(ctx, a)
	return a, l, err
}

// Glance returns what the engine makes of the blocks of a that touch s, without the
// log, in a time that does not grow with the article.
func (w *Workspace) Glance(a *articles.Article, s articles.Span) *annotate.Layer {
	return w.engine.AnnotatePart(a.Text, a.Blocks, s)
}

// Why says what a claim of l, a layer of a, rests on; nil if the engine does not tell.
func (w *Workspace) Why(a *articles.Article, l *annotate.Layer, k annotate.Kind, s articles.Span) []annotate.Reason {
	e, ok := w.engine.(interface {
		Why(text string, l *annotate.Layer, k annotate.Kind, s articles.Span) []annotate.Reason
	})
	if !ok {
		return nil
	}
	return e.Why(a.Text, l, k, s)
}

// History returns who decided what on a, the latest first.
func (w *Workspace) History(ctx context.Context, a *articles.Article) ([]review.Event, error) {
	doc, err := w.Open(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	return doc.Result.History(), nil
}

// Orphans returns the decisions whose words a no longer has.
func (w *Workspace) Orphans(ctx context.Context, a *articles.Article) ([]annotate.Decision, error) {
	doc, err := w.Open(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	return doc.Result.Orphans, nil
}

// Who returns the document with the decisions of one person only.
func (d *Document) Who(name string) *Document {
	own := func(all []annotate.Decision) []annotate.Decision {
		return slices.DeleteFunc(slices.Clone(all), func(x annotate.Decision) bool { return x.Who != name })
	}
	one := *d
	one.Document.Who, one.Status, one.Tags = name, "", nil
	one.Log, one.placed, one.known = own(d.Log), own(d.placed), nil
	one.Result = d.how.Apply(d.Text, d.Machine, one.placed)
	one.Layer = one.Result.Layer
	return &one
}

// refresh returns the document of a place that is locked, as the library has it now. Have,
// where it is not nil, is the article as a caller read it.
func (w *Workspace) refresh(ctx context.Context, c *cached, have *articles.Article) (*Document, error) {
	e, err := w.Library.Entry(ctx, c.id)
	if err != nil {
		return nil, err
	}
	if c.doc == nil || c.doc.version != e.Version {
		if c.doc, err = w.read(ctx, e, have); err != nil {
			return nil, err
		}
		return c.doc, nil
	}
	added, err := w.newRows(ctx, e, c.doc)
	if err != nil {
		return nil, err
	}
	next := *c.doc
	if len(added.log) > 0 {
		next = *c.doc.withDecisions(added.log, added.placed)
		next.noteDecisions(added.log)
	}
	next.seq, next.Status, next.Tags = added.seq, e.Status, e.Tags
	c.doc = &next
	return c.doc, nil
}

// read reads an article, its layer and its log from the library.
func (w *Workspace) read(ctx context.Context, e library.Entry, have *articles.Article) (*Document, error) {
	a, err := w.articleOf(ctx, e, have)
	if err != nil {
		return nil, err
	}
	doc := w.newDocument(e, a)
	added, err := w.newRows(ctx, e, doc)
	if err != nil {
		return nil, err
	}
	doc.seq = added.seq
	stored := false
	if doc.Machine, stored, err = w.layers.machineLayer(ctx, a); err != nil {
		return nil, err
	}
	doc = doc.withDecisions(added.log, added.placed)
	doc.noteDecisions(added.log)
	if !stored {
		_ = w.layers.save(ctx, doc) // a library that cannot be written still reads
	}
	return doc, nil
}

func (w *Workspace) newDocument(e library.Entry, a *articles.Article) *Document {
	return &Document{
		Document: format.Document{Article: a, Log: []annotate.Decision{}, Status: e.Status, Tags: e.Tags},
		version:  e.Version, known: map[string]bool{}, how: w.opts.Anchoring,
	}
}

// articleOf returns the article of e, with the text of have where that is the same.
func (w *Workspace) articleOf(ctx context.Context, e library.Entry, have *articles.Article) (*articles.Article, error) {
	if have == nil {
		return w.Library.Version(ctx, e.ID, e.Version)
	}
	return w.Library.ReadSharing(ctx, e, have)
}

// A tail is what a log has after the part that a document knows.
type tail struct {
	log, placed []annotate.Decision
	seq         int64
}

// newRows reads what the log has that doc has not. A row that no version of byline can
// read as a decision is passed over; it stays in the library.
func (w *Workspace) newRows(ctx context.Context, e library.Entry, doc *Document) (tail, error) {
	rows, err := w.Library.Rows(ctx, e.ID, doc.seq)
	n := tail{seq: doc.seq}
	if err != nil {
		return n, err
	}
	otherVersion := false
	last := ""
	for _, r := range rows {
		n.seq = r.Seq
		x, err := review.Decode(r.Body)
		if err != nil || doc.known[x.ID] {
			continue
		}
		n.log = append(n.log, x)
		otherVersion = otherVersion || r.Version != e.Version
		last = max(last, x.ID)
	}
	w.mu.Lock()
	w.ids.After(last)
	w.mu.Unlock()
	n.placed = n.log
	if otherVersion {
		n.placed = w.opts.Anchoring.Anchored(doc.Text, n.log)
	}
	return n, nil
}

// noteDecisions notes that the document has decisions. All documents of a place in the cache
// share the notes.
func (d *Document) noteDecisions(ds []annotate.Decision) {
	for i := range ds {
		d.known[ds[i].ID] = true
	}
}

// withDecisions returns the document with decisions, and the same placed in its text, added.
func (d *Document) withDecisions(ds, placed []annotate.Decision) *Document {
	next := *d
	next.Log = slices.Concat(d.Log, ds)
	next.placed = append(d.placed, placed...) // only the latest document of a place grows
	if len(next.placed) == 0 {
		next.Log = []annotate.Decision{} // there is a log, and it is empty
		next.Result = review.Apply(d.Text, &annotate.Layer{}, nil)
		next.Result.Layer = d.Machine // nothing decided changes nothing: no need to have it twice
	} else {
		next.Result = d.how.Apply(d.Text, d.Machine, next.placed)
	}
	next.Layer = next.Result.Layer
	return &next
}
