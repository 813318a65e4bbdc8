package corpus

import (
	"errors"
	"fmt"
	"io"

	"byline/annotate/eval"
	"byline/annotate/eval/gold"
)

// readGold reads an article annotated inline.
func readGold(name string, in io.Reader) (*eval.Doc, error) {
	data, err := io.ReadAll(in)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	a, err := gold.Parse(name, data)
	var es gold.Errors
	if errors.As(err, &es) {
		err = es[0]
		if len(es) > 1 {
			err = fmt.Errorf("%w (and %d more; annotate/eval/gold/check lists them)", err, len(es)-1)
		}
		return nil, fmt.Errorf("read %w", err)
	}
	if err != nil {
		return nil, err
	}
	d := &eval.Doc{
		Name: name, Text: a.Text, Blocks: blocksOf(a.Text), Gold: a.Layer,
		Has: eval.Names | eval.Clusters | eval.Quotes | eval.Passages,
	}
	for _, s := range a.NonQuotes {
		d.NonQuotes = append(d.NonQuotes, eval.NonQuote{Span: s})
	}
	return d, nil
}
