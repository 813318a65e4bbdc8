package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"byline/annotate/engine"
	"byline/annotate/format/conll"
	"byline/annotate/workspace/sources"
	"byline/articles/load"
)

// annotateTokens tags the tokens of files, one file after the other.
func (p *program) annotateTokens(ctx context.Context, names []string) error {
	e, err := engine.Default()
	if err != nil {
		return err
	}
	for _, name := range names {
		err := p.tagFile(ctx, e, name)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		var l lost
		if errors.As(err, &l) {
			return err
		}
		if err != nil {
			p.fail(err)
		}
	}
	return nil
}

func (p *program) tagFile(ctx context.Context, e *engine.Engine, name string) error {
	r, err := sources.OpenFile(name, p.in)
	if err != nil {
		return fmt.Errorf("read %s: %w", name, load.WithoutPath(err))
	}
	defer r.Close()
	done := make(chan error, 1)
	go func() { done <- conll.TagIOB2(r, outlet{ctx, p.out}, e.Tag) }()
	select {
	case err = <-done:
	case <-ctx.Done(): // the read may never return
		return ctx.Err()
	}
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	return nil
}

// An outlet is a writer that ends with a context and marks its errors, so that they
// are told from those of what is read.
type outlet struct {
	ctx context.Context
	w   io.Writer
}

func (o outlet) Write(b []byte) (int, error) {
	if err := o.ctx.Err(); err != nil {
		return 0, lost{err}
	}
	n, err := o.w.Write(b)
	if err != nil {
		return n, lost{err}
	}
	return n, nil
}
