package command

import (
	"context"
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/workspace"
	"byline/articles/clean"
)

// CheckKinds returns a [UsageError] if no name or quote in the library of w can be of one of the kinds that the flag --kinds names.
func CheckKinds(ctx context.Context, w *workspace.Workspace, kinds []string) error {
	if len(kinds) == 0 {
		return nil
	}
	known := []string{string(annotate.Person), string(annotate.Organization), string(annotate.Place), string(annotate.Other), "quote"}
	if !slices.ContainsFunc(kinds, func(k string) bool { return !slices.Contains(known, k) }) {
		return nil
	}
	own, err := workspace.OwnLabels(ctx, w)
	if err != nil {
		return err
	}
	own = slices.DeleteFunc(own, func(k string) bool { return slices.Contains(known, k) }) // a label that gives a type of every library its key
	known = append(known, own...)
	for _, k := range kinds {
		if !slices.Contains(known, k) {
			return WrongUsage("--kinds %s: there is no such kind; use %s", clean.Line(k), clean.Line(strings.Join(known, ", ")))
		}
	}
	return nil
}
