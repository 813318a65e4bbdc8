package agree

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"byline/annotate/agreement"
	"byline/annotate/format/offsets"
	"byline/annotate/format/tables"
	"byline/annotate/workspace"
)

// tokensFormat is the format of the tokens, which is no report.
const tokensFormat = "tokens"

// noName stands for a token in no name, or in no quote; an empty cell for an article that somebody did not finish.
const noName = "O"

// writeTokens writes the tokens over which κ and α are computed, one a row, with the type that each annotator gave them, so that
// figures can be computed again elsewhere.
func (o *agreeing) writeTokens(ctx context.Context, q *question) error {
	ids, _, err := o.ids(ctx, q)
	if err != nil {
		return err
	}
	ids = slices.Sorted(slices.Values(ids))
	var people []string
	for _, id := range ids {
		log, err := workspace.ReadLog(ctx, q.Workspace, id)
		if err != nil {
			return err
		}
		if c := o.candidate(q, id, log); !c.blind && len(c.who) > 1 {
			people = append(people, c.who...)
		}
	}
	if len(people) == 0 {
		return errors.New("tokens: there is no article that two annotators finished and that you may see")
	}
	slices.Sort(people)
	people = slices.Compact(people)
	o.countLabels(q)
	t := tables.New(o.Out, ',')
	head := append([]string{"article", "start", "end", "token"}, people...)
	for _, who := range people {
		head = append(head, who+" quotes")
	}
	t.Row(head...)
	for _, id := range ids {
		x, a := o.read(ctx, q, id)
		switch {
		case x.fatal != nil:
			return x.fatal
		case x.err != nil:
			o.Fail(x.err)
		case !x.blind && len(x.who) > 1:
			o.tokensOf(t, a, people)
		}
	}
	return t.Close()
}

// tokensOf writes the tokens of an article.
func (o *agreeing) tokensOf(t *tables.Table, a *agreement.Article, people []string) {
	who, tokens := agreement.Tokens(a, o.Options)
	points := offsets.NewPoints(a.Text)
	for i := range tokens {
		x := &tokens[i]
		row := []string{a.ID, fmt.Sprint(points.Of(x.Start)), fmt.Sprint(points.Of(x.End)), x.In(a.Text)}
		for _, said := range [][]string{x.Names, x.Quotes} {
			for _, name := range people {
				cell := ""
				if k := slices.Index(who, name); k >= 0 {
					cell = cmp.Or(said[k], noName)
				}
				row = append(row, cell)
			}
		}
		t.Row(row...)
	}
}
