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
	made, err := l.make(ctx, a)
	return made, false, err
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

// encode returns the machine's layer of a document in the form in which the library stores it.
func (l layers) encode(doc *Document) db.Layer {
	return db.Layer{
		ID: doc.ID, Engine: l.engine.Version(), Version: doc.version, Data: db.EncodeLayer(doc.Machine),
		Seq: doc.seq, Counts: doc.Layer.Counts(), Names: namesOf(doc.Layer, doc.Text), Quotes: quotesOf(doc.Layer, doc.Text), Verdicts: verdictsOf(doc),
	}
}
