package desk

import (
	"context"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
	"byline/articles/store"
)

// fresh returns the sheet of a locked slot as the library has it now. Have, where it is
// not nil, is the article as a caller read it.
func (d *Desk) fresh(ctx context.Context, s *slot, have *articles.Article) (*Sheet, error) {
	e, err := d.library.Entry(ctx, s.id)
	if err != nil {
		return nil, err
	}
	if s.sheet == nil || s.sheet.version != e.Version {
		if s.sheet, err = d.read(ctx, e, have); err != nil {
			return nil, err
		}
		return s.sheet, nil
	}
	news, err := d.rows(ctx, e, s.sheet)
	if err != nil {
		return nil, err
	}
	if len(news.log) > 0 {
		s.sheet = s.sheet.with(news.log, news.placed)
		s.sheet.learn(news.log)
	}
	s.sheet.seq = news.seq
	return s.sheet, nil
}

// read brings an article, its layer and its log from the library.
func (d *Desk) read(ctx context.Context, e articles.Entry, have *articles.Article) (*Sheet, error) {
	a, err := d.article(ctx, e, have)
	if err != nil {
		return nil, err
	}
	sheet := &Sheet{Article: a, version: e.Version, known: map[string]bool{}, how: d.opts.Anchoring}
	log, err := d.rows(ctx, e, sheet)
	if err != nil {
		return nil, err
	}
	sheet.seq = log.seq
	stored := false
	if sheet.Machine, stored, err = d.machine(ctx, a); err != nil {
		return nil, err
	}
	sheet = sheet.with(log.log, log.placed)
	sheet.learn(log.log)
	if !stored {
		_ = d.keep(ctx, sheet) // a library that cannot be written still reads
	}
	return sheet, nil
}

// article returns the article of e, with the text of have where that is the same.
func (d *Desk) article(ctx context.Context, e articles.Entry, have *articles.Article) (*articles.Article, error) {
	if have == nil {
		return d.library.Version(ctx, e.ID, e.Version)
	}
	return d.library.Kept(ctx, e, have)
}

// machine returns the engine's layer of a, and whether the library had it.
func (d *Desk) machine(ctx context.Context, a *articles.Article) (*annotate.Layer, bool, error) {
	data, ok, err := d.library.Layer(ctx, a.ID, d.opts.Engine.Version)
	if err != nil {
		return nil, false, err
	}
	if ok {
		if l, err := DecodeLayer(data); err == nil && l.Check(a.Text) == nil {
			return l, true, nil
		} // a layer that was damaged is made anew
	}
	if err := ctx.Err(); err != nil {
		return nil, false, err
	}
	return d.made(a), false, nil
}

// made has the engine annotate a.
func (d *Desk) made(a *articles.Article) *annotate.Layer {
	blocks := a.Blocks
	if len(blocks) == 0 {
		blocks = nil // each line a paragraph
	}
	l := d.opts.Engine.Annotate(a.Text, blocks)
	l.Engine = d.opts.Engine.Version
	return l
}

// keep stores the machine's layer of a sheet.
func (d *Desk) keep(ctx context.Context, s *Sheet) error {
	return d.library.SaveLayer(ctx, d.kept(s))
}

// kept returns the machine's layer of a sheet as the library keeps it.
func (d *Desk) kept(s *Sheet) store.Layer {
	return store.Layer{
		ID: s.Article.ID, Engine: d.opts.Engine.Version, Version: s.version, Data: EncodeLayer(s.Machine),
		Seq: s.seq, Counts: s.Layer.Counts(), Names: namesOf(s.Layer, s.Article.Text), Quotes: quotesOf(s.Layer, s.Article.Text),
	}
}

// news is what a log has behind the part that a sheet knows.
type news struct {
	log, placed []annotate.Decision
	seq         int64
}

// rows reads what the log has that sheet has not. A row that is no decision of any
// version's is passed over; it stays in the library.
func (d *Desk) rows(ctx context.Context, e articles.Entry, sheet *Sheet) (news, error) {
	rows, err := d.library.Rows(ctx, e.ID, sheet.seq)
	n := news{seq: sheet.seq}
	if err != nil {
		return n, err
	}
	moved := false
	last := ""
	for _, r := range rows {
		n.seq = r.Seq
		x, err := review.Decode(r.Body)
		if err != nil || sheet.known[x.ID] {
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
		n.placed = d.opts.Anchoring.Anchored(sheet.Article.Text, n.log)
	}
	return n, nil
}
