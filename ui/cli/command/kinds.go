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
	if WrongKind(kinds, nil) == nil {
		return nil
	}
	own, err := workspace.OwnLabels(ctx, w)
	if err != nil {
		return err
	}
	return WrongKind(kinds, own)
}

// CheckKind is CheckKinds for the flag --kind, which names one kind of people and organizations; empty for all.
func CheckKind(ctx context.Context, w *workspace.Workspace, kind string) error {
	own, err := workspace.OwnLabels(ctx, w)
	if err != nil || kind == "" {
		return err
	}
	if known := kindsOf(own); !slices.Contains(known, kind) || kind == quoteKind {
		known = slices.DeleteFunc(known, func(k string) bool { return k == quoteKind })
		return WrongUsage("--kind %s: there is no such kind; use %s", clean.Line(kind), clean.Line(strings.Join(known, ", ")))
	}
	return nil
}

const quoteKind = "quote"

// kindsOf returns the kinds that all articles may have, and those of own.
func kindsOf(own []string) []string {
	known := []string{string(annotate.Person), string(annotate.Organization), string(annotate.Place), string(annotate.Other), quoteKind}
	for _, k := range own {
		if !slices.Contains(known, k) { // as a label that gives one of these its key
			known = append(known, k)
		}
	}
	return known
}

// WrongKind returns a [UsageError] if a kind that the flag --kinds names is neither one that all articles may have nor one of own.
func WrongKind(kinds, own []string) error {
	known := kindsOf(own)
	for _, k := range kinds {
		if !slices.Contains(known, k) {
			return WrongUsage("--kinds %s: there is no such kind; use %s", clean.Line(k), clean.Line(strings.Join(known, ", ")))
		}
	}
	return nil
}
