package workspace

import (
	"context"
	"fmt"
	"slices"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/review"
	"byline/articles"
	"byline/articles/clean"
)

// A Document is an article of the library with its layer and its log, ready for the export
// formats. It is immutable: an edit makes another.
type Document struct {
	format.Document
	// Machine is what machines found, without the log: the engine's layer under those of other programs; see [outside.Over].
	Machine *annotate.Layer
	// Suggested is Machine with what decisions in other articles suggest; see [Options].
	Suggested *annotate.Layer
	Result    review.Result // of applying the log to Suggested; its Layer is the document's

	entire
	elsewhere
	reading reading             // whose decisions are the log
	agree   Agree               // see [Options]
	engine  *annotate.Layer     // what the engine found
	version int                 // of the article
	placed  []annotate.Decision // the log, anchored in this text
	draft   *review.Draft       // of Result; a later document of the cache entry goes on with it
	counts  annotate.Counts     // of the layer
	how     review.Anchoring
}

// entire is everybody's log of an article.
type entire struct {
	whole       []annotate.Decision
	wholePlaced []annotate.Decision // anchored in the text
	known       map[string]bool     // the IDs
	by          crowd
	tagged      []library.Tag // the tags that may be shown to whoever looks
	seq         int64         // of the last row that was read
	illegible   int           // rows that no version of byline can read
}

// elsewhere is what follows from decisions in other articles for whoever looks.
type elsewhere struct {
	carriedTo *annotate.Layer // the machine's layer with it
	carried   map[articles.Span]carried
	carriedAt int // as Workspace.decided was
}

// Open returns the current article with that ID, its layer and its log.
func (w *Workspace) Open(ctx context.Context, id string) (*Document, error) {
	flushOthers(ctx, w, id)
	return open(ctx, w, id)
}

// open is Open without a look at what was decided in other articles just now.
func open(ctx context.Context, w *Workspace, id string) (*Document, error) {
	c := w.cache.lock(id)
	defer w.cache.unlock(c)
	if _, err := w.refresh(ctx, c, nil); err != nil {
		return nil, err
	}
	doc := *carry(ctx, w, c)
	labels, err := w.Library.Spellings(ctx)
	if err != nil {
		return nil, err
	}
	doc.Labels = labels
	return &doc, nil
}

// Layer returns the layer of a, an article of the library, with the log applied. If the library
// has another text by now, the error is [library.ErrChanged]. The workspace may keep a rather than read it
// again, so a must not change any more.
func (w *Workspace) Layer(ctx context.Context, a *articles.Article) (*annotate.Layer, error) {
	defer w.engine.Release()
	flushOthers(ctx, w, a.ID)
	c := w.cache.lock(a.ID)
	defer w.cache.unlock(c)
	if _, err := w.refresh(ctx, c, a); err != nil {
		return nil, err
	}
	doc := carry(ctx, w, c)
	if doc.Text != a.Text {
		return nil, fmt.Errorf("annotate %s: %w", a.ID, library.ErrChanged)
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

// Glance returns the engine's layer for the blocks of a that touch s, without the log. The time it
// takes does not grow with the article. What is hidden from an annotator is not in it.
func (w *Workspace) Glance(ctx context.Context, a *articles.Article, s articles.Span) *annotate.Layer {
	state, err := TeamOf(w).State(ctx)
	if err != nil {
		return &annotate.Layer{}
	}
	r := reading{who: w.opts.Who, state: state, busy: true}
	return withoutHidden(w.engine.AnnotatePart(a.Text, a.Blocks, s), a, r)
}

// Signer returns who makes decisions in w.
func Signer(w *Workspace) string { return w.opts.Who }

// Why says why the machine suggested the claim of l, a layer of a, at a place, whatever people made of it since, and what each program that annotated the
// article suggests there. Where a decision in another article changed a suggestion, that comes first. It is nil if the engine keeps no evidence.
func (w *Workspace) Why(ctx context.Context, a *articles.Article, l *annotate.Layer, k annotate.Kind, at articles.Span) []annotate.Reason {
	doc, err := w.Open(ctx, a.ID)
	if err != nil || doc.Text != a.Text {
		return reasons(w, a, l, k, at)
	}
	if slices.ContainsFunc(slices.Collect(l.Claims()), func(c annotate.Claim) bool { return c.Kind == k && c.Span == at && c.Origin.Rule == review.WasShown }) {
		return append(reasons(w, a, l, k, at), opinions(ctx, w, doc, k, at)...)
	}
	var why []annotate.Reason
	if on, ok := suggestedOn(doc.Suggested, k, at); ok {
		at = on
		why = whySuggested(w, doc, k, at)
	}
	return append(why, opinions(ctx, w, doc, k, at)...)
}

// suggestedOn returns the span of the claim of l that is on at or, where there is none, over it: people move
// the ends of claims.
func suggestedOn(l *annotate.Layer, k annotate.Kind, at articles.Span) (on articles.Span, ok bool) {
	for c := range l.Claims() {
		switch {
		case c.Kind != k || !c.Overlaps(at):
		case c.Span == at:
			return at, true
		default:
			on, ok = c.Span, true
		}
	}
	return on, ok
}

// whySuggested returns the reasons for what is suggested at a place of a document: what somebody decided elsewhere, then those of
// the engine without that.
func whySuggested(w *Workspace, doc *Document, k annotate.Kind, at articles.Span) []annotate.Reason {
	for _, m := range doc.Suggested.Mentions() {
		if v, ok := doc.carried[at]; ok && k == annotate.OfMention && m.Span == at && m.Origin.Stage == carriedStage {
			return append([]annotate.Reason{v.reason()}, reasons(w, doc.Article, withoutHidden(doc.Machine, doc.Article, doc.reading), k, at)...)
		}
	}
	return reasons(w, doc.Article, doc.Suggested, k, at)
}

// suggestedBy says how another program came to suggest something, by the rule.
var suggestedBy = map[string]string{annotate.Imported: "from a file that was imported", annotate.Asked: "a program that was asked"}

func reasons(w *Workspace, a *articles.Article, l *annotate.Layer, k annotate.Kind, s articles.Span) []annotate.Reason {
	for c := range l.Claims() {
		if c.Kind != k || c.Span != s {
			continue
		}
		if c.Origin.Rule == review.WasShown {
			return []annotate.Reason{{Of: "the name", Origin: c.Origin, Says: "It was suggested when somebody confirmed what goes with it, and is not any more."}}
		}
		if from, ok := suggestedBy[c.Origin.Rule]; ok {
			of := map[annotate.Kind]string{annotate.OfMention: "the name", annotate.OfQuote: "the quote"}[k]
			return []annotate.Reason{{Of: of, Origin: c.Origin, Says: fmt.Sprintf("“%s” suggests it, %s.", c.Origin.Stage, from)}}
		}
	}
	e, ok := w.engine.(interface {
		Why(text string, l *annotate.Layer, k annotate.Kind, s articles.Span) []annotate.Reason
	})
	if !ok {
		return nil
	}
	return e.Why(a.Text, l, k, s)
}

// History returns who decided what about a, the latest first.
func (w *Workspace) History(ctx context.Context, a *articles.Article) ([]review.Event, error) {
	doc, err := w.Open(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	return doc.Result.History(), nil
}

// Orphans returns the decisions whose words are not in a any more; beside them the error of [Document.Illegible].
func (w *Workspace) Orphans(ctx context.Context, a *articles.Article) ([]annotate.Decision, error) {
	doc, err := w.Open(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	return doc.Result.Orphans, doc.Illegible()
}

// Illegible returns an error that says how many decisions on d are in the library and cannot be read; nil if all can. It is a
// [library.ErrIllegible].
func (d *Document) Illegible() error {
	switch d.illegible {
	case 0:
		return nil
	case 1:
		return fmt.Errorf("1 decision on “%s” %w: %w", clean.Line(d.Title), library.ErrIllegible, db.ErrDamaged)
	}
	return fmt.Errorf("%d decisions on “%s” %w: %w", d.illegible, clean.Line(d.Title), library.ErrIllegible, db.ErrDamaged)
}

// Placed returns the whole log of d, whatever its view, anchored in its text, in the order in which the library got it; where others'
// decisions are not to be seen, it is without them. It must not be modified.
func (d *Document) Placed() []annotate.Decision {
	if d.reading.hidden {
		return slices.Clip(d.placed)
	}
	return slices.Clip(d.wholePlaced)
}

// refresh brings a locked cache entry up to date with the library and returns its document. Have,
// if not nil, is the article as a caller has read it.
func (w *Workspace) refresh(ctx context.Context, c *cached, have *articles.Article) (*Document, error) {
	stored, err := w.renew(ctx, c, have)
	if err != nil {
		return nil, err
	}
	if !stored {
		_ = w.layers.save(ctx, c.doc) // a read-only library can still be read
	}
	return c.doc, nil
}

// renew is refresh without saving a layer that the library does not have, and reports whether it has it.
func (w *Workspace) renew(ctx context.Context, c *cached, have *articles.Article) (stored bool, err error) {
	e, err := w.Library.Entry(ctx, c.id)
	if err != nil {
		return false, err
	}
	if c.doc == nil || c.doc.version != e.Version || c.doc.saysOther(&e) {
		c.doc, stored, err = w.read(ctx, e, have)
		return stored, err
	}
	added, err := w.newRows(ctx, e, c.doc)
	if err != nil {
		return false, err
	}
	next := *c.doc
	if len(added.log) > 0 {
		next = *c.doc.withDecisions(added.log, added.placed)
		next.noteDecisions(added.log)
	}
	next.seq, next.Status = added.seq, e.Status
	if next.tagged, err = w.Library.Tags(ctx, e.ID); err != nil {
		return false, err
	}
	next.Tags = next.tagsIn(next.reading.view)
	next.illegible += added.illegible
	if c.doc, err = readAs(ctx, w, &next); err != nil {
		c.doc = nil
		return false, err
	}
	return true, nil
}

// readAs returns doc with the reading that is its by now.
func readAs(ctx context.Context, w *Workspace, doc *Document) (*Document, error) {
	r, err := readingOf(ctx, w, doc.ID, doc.whole)
	if err != nil || r == doc.reading {
		return doc, err
	}
	return doc.as(r), nil
}

// saysOther reports whether the source of the article said something else of it when the document was read.
func (d *Document) saysOther(e *library.Entry) bool {
	return d.Title != e.Title || d.Author != e.Author || d.Site != e.Site || d.Date != e.Date
}

// read reads an article, its layer and its log from the library, and reports whether the layer was there.
func (w *Workspace) read(ctx context.Context, e library.Entry, have *articles.Article) (doc *Document, stored bool, err error) {
	a, err := w.articleOf(ctx, e, have)
	if err != nil {
		return nil, false, err
	}
	doc = w.newDocument(e, a)
	added, err := w.newRows(ctx, e, doc)
	if err != nil {
		return nil, false, err
	}
	doc.seq, doc.illegible = added.seq, added.illegible
	if doc.tagged, err = w.Library.Tags(ctx, e.ID); err != nil {
		return nil, false, err
	}
	if stored, err = w.layers.read(ctx, doc); err != nil {
		return nil, false, err
	}
	doc, err = filled(ctx, w, doc, added)
	return doc, stored, err
}

// filled returns doc, which has the machine's layer, with its log applied.
func filled(ctx context.Context, w *Workspace, doc *Document, n logTail) (*Document, error) {
	doc.whole, doc.wholePlaced, doc.by = n.log, n.placed, doc.by.with(n.log)
	doc.noteDecisions(n.log)
	r, err := readingOf(ctx, w, doc.ID, doc.whole)
	if err != nil {
		return nil, err
	}
	suggest(ctx, w, doc)
	return doc.as(r), nil
}

func (w *Workspace) newDocument(e library.Entry, a *articles.Article) *Document {
	return &Document{
		Document: format.Document{Article: a, Log: []annotate.Decision{}, Status: e.Status},
		version:  e.Version, entire: entire{known: map[string]bool{}}, how: w.opts.Anchoring, agree: w.opts.Agree,
	}
}

// articleOf returns the article of e, sharing the text of have if it is the same.
func (w *Workspace) articleOf(ctx context.Context, e library.Entry, have *articles.Article) (*articles.Article, error) {
	if have == nil {
		return w.Library.Version(ctx, e.ID, e.Version)
	}
	return w.Library.ReadSharing(ctx, e, have)
}

// A logTail is the part of a log that a document has not read yet.
type logTail struct {
	log, placed    []annotate.Decision
	seq            int64
	illegible      int
	oldest, newest int // versions of the article that were decided on
}

// newRows reads the part of the log that doc has not read. A row that no version of byline can
// read as a decision is skipped and counted; it stays in the library.
func (w *Workspace) newRows(ctx context.Context, e library.Entry, doc *Document) (logTail, error) {
	n := logTail{seq: doc.seq}
	if doc.seq == 0 {
		all, err := w.Library.Lines(ctx, e.ID)
		if err != nil {
			return n, err
		}
		if all > 0 {
			n.log = make([]annotate.Decision, 0, all+all/8) // there will be more
		}
	}
	if err := w.readRows(ctx, e.ID, &n, &review.Decoder{Text: doc.Text}, doc.known); err != nil {
		return n, err
	}
	last := ""
	for i := range n.log {
		last = max(last, n.log[i].ID)
	}
	w.mu.Lock()
	w.ids.After(last)
	w.mu.Unlock()
	n.place(e.Version, doc.Text, w.opts.Anchoring)
	return n, nil
}

// readRows adds the rows of the log of an article after the last that n has, but for known ones.
func (w *Workspace) readRows(ctx context.Context, id string, n *logTail, decoder *review.Decoder, known map[string]bool) error {
	return w.Library.EachLine(ctx, id, n.seq, func(seq int64, version int, line []byte) {
		n.seq = seq
		x, err := decoder.Decode(line)
		if err != nil {
			n.illegible++
		}
		if err != nil || known[x.ID] {
			return
		}
		if n.newest = max(n.newest, version); len(n.log) == 0 || version < n.oldest {
			n.oldest = version
		}
		if n.log == nil {
			n.log = make([]annotate.Decision, 0, fewRows)
		}
		n.log = append(n.log, x)
	})
}

// fewRows is for how many decisions there is room at first where it is not known how many there are.
const fewRows = 64

// place anchors the decisions in the text of a version of the article, if they may be about another.
func (n *logTail) place(version int, text string, how review.Anchoring) {
	if n.placed = n.log; len(n.log) > 0 && (n.oldest != version || n.newest != version || review.Reach(n.log) > len(text)) {
		n.placed = how.Anchored(text, n.log)
	}
}

// noteDecisions adds decisions to the known ones. All documents of a cache entry share the set.
func (d *Document) noteDecisions(ds []annotate.Decision) {
	for i := range ds {
		d.known[ds[i].ID] = true
	}
}

// withDecisions returns the document with decisions added; placed are the same ones, anchored in
// its text. Only the latest document of a cache entry may grow: they share one log.
func (d *Document) withDecisions(ds, placed []annotate.Decision) *Document {
	next := *d
	unmoved := same(d.whole, d.wholePlaced) && same(ds, placed)
	next.whole, next.by = grow(d.whole, ds), d.by.with(ds)
	if next.wholePlaced = next.whole; !unmoved {
		next.wholePlaced = grow(d.wholePlaced, placed)
	}
	switch {
	case d.reading.all():
		next.Log, next.placed = next.whole, next.wholePlaced
	case d.reading.view == library.Curated && !slices.ContainsFunc(ds, curated):
		return next.as(d.reading) // what annotators agree on may have changed
	default:
		var log, seen []annotate.Decision
		for i := range ds {
			if d.reading.shows(&ds[i]) {
				log, seen = append(log, ds[i]), append(seen, placed[i])
			}
		}
		if len(log) == 0 {
			return &next // nobody is told of what they do not see
		}
		next.Log, next.placed, placed = grow(d.Log, log), grow(d.placed, seen), seen
	}
	return next.applied(d, placed)
}

// applied sets the result of applying the log to what is suggested, where before is the document without placed, the last
// decisions of the log.
func (d *Document) applied(before *Document, placed []annotate.Decision) *Document {
	switch {
	case len(d.placed) == 0:
		d.Log = []annotate.Decision{} // a log that is empty rather than missing
		d.Result = review.Undecided(d.Suggested)
	case before.draft == nil:
		d.draft = d.how.Draft(d.Text, d.Suggested, d.placed)
		d.Result = d.draft.Result()
	default:
		d.draft, d.Result = before.draft.With(&before.Result, placed, d.placed)
	}
	if d.Layer = d.Result.Layer; before.draft == nil {
		d.counts = d.Layer.Counts()
	} else {
		d.counts = d.Layer.CountsAfter(before.Layer, before.counts)
	}
	return d
}

// same reports whether a and b are one log rather than two.
func same(a, b []annotate.Decision) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// grow appends ds to log, with room for more: a draft refers to the decisions where they are.
func grow(log, ds []annotate.Decision) []annotate.Decision {
	if n := len(log) + len(ds); n > cap(log) {
		log = append(make([]annotate.Decision, 0, n+n/8), log...)
	}
	return append(log, ds...)
}
