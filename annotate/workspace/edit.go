package workspace

import (
	"context"
	"fmt"
	"slices"

	"byline/annotate"
	"byline/annotate/library/db"
	"byline/annotate/review"
	"byline/articles"
)

// Edit does what a keypress asks for on the text of a: it writes the decisions,
// stores them, and returns the article with them applied and, in a few words, what was
// done. Where the library has another text than a by now, the error is [ErrChanged]
// and nothing is decided.
func (w *Workspace) Edit(ctx context.Context, a *articles.Article, c review.Edit) (*Document, string, error) {
	at := w.cache.lock(a.ID)
	defer at.mu.Unlock()
	doc, err := w.refresh(ctx, at, a)
	if err != nil {
		return nil, "", err
	}
	if doc.Text != a.Text {
		return nil, "", fmt.Errorf("decide on %s: %w", a.ID, ErrChanged)
	}
	writer := review.Writer{Signature: w.sign(), Text: a.Text, Shown: &doc.Result}
	ds := writer.Write(c)
	if len(ds) == 0 {
		return doc, c.Idle(), nil
	}
	said := doc.Result.Say(ds)
	if doc, err = w.append(ctx, at, ds); err != nil {
		return nil, "", err
	}
	return doc, said, nil
}

// Decide is Edit for those who want the layer alone, and to be told what else a new type
// went to.
func (w *Workspace) Decide(ctx context.Context, a *articles.Article, c review.Edit) (*annotate.Layer, string, error) {
	doc, said, err := w.Edit(ctx, a, c)
	if err != nil {
		return nil, "", err
	}
	return doc.Layer, said + alsoRetyped(doc.Layer, c), nil
}

// alsoRetyped names what else a new type went to: an entity has one type.
func alsoRetyped(l *annotate.Layer, c review.Edit) string {
	if c.Verb != annotate.Relabel || c.Here || len(c.Targets) != 1 {
		return ""
	}
	for i := range l.Entities {
		e := &l.Entities[i]
		for _, m := range e.Mentions {
			if m.Span == c.Targets[0].Span && len(e.Mentions) > 1 {
				return fmt.Sprintf(", with all %d mentions of %s", len(e.Mentions), e.Name)
			}
		}
	}
	return ""
}

// AppendLog appends decisions that were written elsewhere, such as another person's log,
// and returns the article with them applied. Those that the log has already change
// nothing.
func (w *Workspace) AppendLog(ctx context.Context, id string, ds ...annotate.Decision) (*Document, error) {
	at := w.cache.lock(id)
	defer at.mu.Unlock()
	doc, err := w.refresh(ctx, at, nil)
	if err != nil {
		return nil, err
	}
	ds = slices.DeleteFunc(slices.Clone(ds), func(x annotate.Decision) bool { return doc.known[x.ID] })
	if len(ds) == 0 {
		return doc, nil
	}
	return w.append(ctx, at, ds)
}

// append stores decisions and then puts the document with them into its place, which is
// locked: what is shown is what is kept.
func (w *Workspace) append(ctx context.Context, at *place, ds []annotate.Decision) (*Document, error) {
	rows := make([]db.Row, len(ds))
	for i, x := range ds {
		body, err := review.Encode(x)
		if err != nil {
			return nil, err
		}
		rows[i] = db.Row{ID: x.ID, Version: at.doc.version, At: x.At, Who: x.Who, Body: body}
	}
	next := at.doc.with(ds, w.opts.Anchoring.Anchored(at.doc.Text, ds))
	counts := next.Layer.Counts()
	if err := w.Library.Append(ctx, at.id, &counts, rows...); err != nil {
		return nil, err
	}
	at.doc = next
	next.learn(ds)
	w.mu.Lock()
	w.stale[at.id] = true
	w.mu.Unlock()
	return next, nil
}
