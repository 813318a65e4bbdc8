package workspace

import (
	"context"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/review"
	"byline/articles"
	"byline/articles/stream"
)

// fresh returns the doc of a locked cached as the library has it now. Have, where it is
// not nil, is the article as a caller read it.
func (d *Workspace) fresh(ctx context.Context, s *cached, have *articles.Article) (*Document, error) {
	e, err := d.library.Entry(ctx, s.id)
	if err != nil {
		return nil, err
	}
	if s.doc == nil || s.doc.version != e.Version {
		if s.doc, err = d.read(ctx, e, have); err != nil {
			return nil, err
		}
		return s.doc, nil
	}
	news, err := d.rows(ctx, e, s.doc)
	if err != nil {
		return nil, err
	}
	if len(news.log) > 0 {
		s.doc = s.doc.with(news.log, news.placed)
		s.doc.learn(news.log)
	}
	s.doc.seq = news.seq
	return s.doc, nil
}

// read brings an article, its layer and its log from the library.
func (d *Workspace) read(ctx context.Context, e library.Entry, have *articles.Article) (*Document, error) {
	a, err := d.article(ctx, e, have)
	if err != nil {
		return nil, err
	}
	doc := &Document{Article: a, version: e.Version, known: map[string]bool{}, how: d.opts.Anchoring}
	log, err := d.rows(ctx, e, doc)
	if err != nil {
		return nil, err
	}
	doc.seq = log.seq
	stored := false
	if doc.Machine, stored, err = d.machine(ctx, a); err != nil {
		return nil, err
	}
	doc = doc.with(log.log, log.placed)
	doc.learn(log.log)
	if !stored {
		_ = d.keep(ctx, doc) // a library that cannot be written still reads
	}
	return doc, nil
}

// article returns the article of e, with the text of have where that is the same.
func (d *Workspace) article(ctx context.Context, e library.Entry, have *articles.Article) (*articles.Article, error) {
	if have == nil {
		return d.library.Version(ctx, e.ID, e.Version)
	}
	return d.library.Reuse(ctx, e, have)
}

// machine returns the engine's layer of a, and whether the library had it.
func (d *Workspace) machine(ctx context.Context, a *articles.Article) (*annotate.Layer, bool, error) {
	data, ok, err := d.library.Layer(ctx, a.ID, d.engine.Version())
	if err != nil {
		return nil, false, err
	}
	if ok {
		if l, err := db.DecodeLayer(data); err == nil && l.Check(a.Text) == nil {
			return l, true, nil
		} // a layer that was damaged is made anew
	}
	if err := ctx.Err(); err != nil {
		return nil, false, err
	}
	// A text of many megabytes takes the engine half a minute: it is left where nobody waits.
	l, err := stream.Do(ctx, func() (*annotate.Layer, error) { return d.made(a), nil })
	return l, false, err
}

// made has the engine annotate a.
func (d *Workspace) made(a *articles.Article) *annotate.Layer {
	blocks := a.Blocks
	if len(blocks) == 0 {
		blocks = nil // each line a paragraph
	}
	l := d.engine.Annotate(a.Text, blocks)
	l.Engine = d.engine.Version()
	return l
}

// keep stores the machine's layer of a doc.
func (d *Workspace) keep(ctx context.Context, s *Document) error {
	return d.library.SaveLayer(ctx, d.kept(s))
}

// kept returns the machine's layer of a doc as the library keeps it.
func (d *Workspace) kept(s *Document) db.Layer {
	return db.Layer{
		ID: s.Article.ID, Engine: d.engine.Version(), Version: s.version, Data: db.EncodeLayer(s.Machine),
		Seq: s.seq, Counts: s.Layer.Counts(), Names: namesOf(s.Layer, s.Article.Text), Quotes: quotesOf(s.Layer, s.Article.Text),
	}
}

// news is what a log has behind the part that a doc knows.
type news struct {
	log, placed []annotate.Decision
	seq         int64
}

// rows reads what the log has that doc has not. A row that is no decision of any
// version's is passed over; it stays in the library.
func (d *Workspace) rows(ctx context.Context, e library.Entry, doc *Document) (news, error) {
	rows, err := d.library.Rows(ctx, e.ID, doc.seq)
	n := news{seq: doc.seq}
	if err != nil {
		return n, err
	}
	moved := false
	last := ""
	for _, r := range rows {
		n.seq = r.Seq
		x, err := review.Decode(r.Body)
		if err != nil || doc.known[x.ID] {
			continue
		}
		n.log = append(n.log, x)
		moved = moved || r.Version != e.Version
		last = max(last, x.ID)
	}
	d.mu.Lock()
	d.ids.After(last)
	d.mu.Unlock()
	n.placed = n.log
	if moved {
		n.placed = d.opts.Anchoring.Anchored(doc.Article.Text, n.log)
	}
	return n, nil
}
