package cli

import (
	"context"
	"fmt"
	"os"

	"byline/annotate"
	"byline/articles"
	"byline/ui/linear"
)

// byLines reads without a screen: commands from standard input, answers to standard
// output.
func (p *program) byLines(ctx context.Context, s start) error {
	p.warn(s.problems)
	library, err := openShelf(ctx, s.library, s.config, 0)
	if err != nil {
		return err
	}
	defer library.Close()
	if len(s.names) == 0 {
		if err := library.furnish(ctx); err != nil {
			p.fail(err)
		}
	}
	in := p.in
	var ids []string
	for _, name := range s.names {
		if name == "-" {
			tty, err := os.Open("/dev/tty") // the text came the way that commands would
			if err != nil {
				return wrongUsage("byline --linear -: there is no terminal to read commands from")
			}
			defer tty.Close()
			in = tty
		}
		ids = append(ids, p.take(ctx, library, name)...)
	}
	session := linear.New(linear.Services{
		Library: library, Keeper: library, Shelf: library, Desk: table{library.desk},
		Add: func(ctx context.Context, path string) (string, error) {
			return p.addByName(ctx, library, path)
		},
		Export: func(ctx context.Context, a *articles.Article, to string) error {
			return library.exportTo(ctx, a, to, false)
		},
		Elsewhere: func(ctx context.Context, id string, e *annotate.Entity) ([]linear.Place, error) {
			hits, err := library.desk.Elsewhere(ctx, id, e)
			places := make([]linear.Place, len(hits))
			for i, h := range hits {
				places[i] = linear.Place(h)
			}
			return places, err
		},
		Why: library.why, Copy: copyBeside, Open: openOutside, Hint: hintFor,
	}, ids...)
	return linear.Run(ctx, session, in, p.out)
}

// take adds what name leads to and returns the IDs of the articles.
func (p *program) take(ctx context.Context, library *shelf, name string) []string {
	var ids []string
	for in := range p.inputs(ctx, []string{name}, records{}) {
		a, err := in.load()
		if err != nil {
			p.fail(err)
			continue
		}
		added, err := library.Add(ctx, a)
		if err != nil {
			p.fail(err)
			continue
		}
		ids = append(ids, added.ID)
	}
	return ids
}

// addByName adds what somebody named at the prompt, and says what came of it.
func (p *program) addByName(ctx context.Context, library *shelf, path string) (string, error) {
	path, err := expand(path)
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(path); err != nil {
		return "", fmt.Errorf("add %s: %w", path, bare(err))
	}
	ids := p.take(ctx, library, path)
	if len(ids) == 1 {
		return "Added 1 article; l lists it.", nil
	}
	return fmt.Sprintf("Added %s; l lists them.", countArticles(len(ids))), nil
}
