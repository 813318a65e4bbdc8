package workspace

import (
	"context"

	"byline/annotate"
	"byline/annotate/library/db"
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
		if made, err := db.DecodeLayer(data); err == nil && made.Check(a.Text) == nil {
			return made, true, nil
		} // replace a damaged layer
	}
	if err := ctx.Err(); err != nil {
		return nil, false, err
	}
	// The engine takes half a minute for a text of many megabytes: abandon it if nobody waits.
	made, err := stream.Do(ctx, func() (*annotate.Layer, error) { return l.make(a), nil })
	return made, false, err
}

// make has the engine annotate a.
func (l layers) make(a *articles.Article) *annotate.Layer {
	blocks := a.Blocks
	if len(blocks) == 0 {
		blocks = nil // each line is a paragraph
	}
	made := l.engine.Annotate(a.Text, blocks)
	made.Engine = l.engine.Version()
	return made
}

// save stores the machine's layer of a document.
func (l layers) save(ctx context.Context, doc *Document) error {
	return l.library.SaveLayer(ctx, l.encode(doc))
}

// encode returns the machine's layer of a document in the form in which the library stores it.
func (l layers) encode(doc *Document) db.Layer {
	return db.Layer{
		ID: doc.ID, Engine: l.engine.Version(), Version: doc.version, Data: db.EncodeLayer(doc.Machine),
		Seq: doc.seq, Counts: doc.Layer.Counts(), Names: namesOf(doc.Layer, doc.Text), Quotes: quotesOf(doc.Layer, doc.Text),
	}
}
