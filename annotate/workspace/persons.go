package workspace

import (
	"context"
	"errors"
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/library/db"
)

// Persons are who and what is named in a library, over all its articles, with the latest decisions.
type Persons struct {
	*db.DB
	w *Workspace
}

// PersonsOf returns the people of a workspace's library.
func PersonsOf(w *Workspace) Persons { return Persons{w.Library, w} }

// flush brings the index of names up to date, unless the library cannot be written.
func (p Persons) flush(ctx context.Context) error {
	if err := p.w.Flush(ctx); err != nil && !errors.Is(err, db.ErrReadOnly) {
		return err
	}
	return nil
}

// All returns everybody and everything that is named, those in most articles first.
func (p Persons) All(ctx context.Context) ([]library.Person, error) {
	if err := p.flush(ctx); err != nil {
		return nil, err
	}
	return p.DB.People.People(ctx)
}

// Person returns one of them with the spellings of the name; the zero Person if nobody is named so.
func (p Persons) Person(ctx context.Context, id library.PersonID) (library.Person, error) {
	if err := p.flush(ctx); err != nil {
		return library.Person{}, err
	}
	return p.DB.Person(ctx, id)
}

// Merge decides that two names mean the same person.
func (p Persons) Merge(ctx context.Context, from, into library.Person) error {
	return p.DB.Merge(ctx, p.w.opts.Who, from, into)
}

// Split decides that a name that was merged stands for itself again.
func (p Persons) Split(ctx context.Context, from library.Person) error {
	return p.DB.Split(ctx, p.w.opts.Who, from)
}

// UndoMerge takes back the last merge or split of whoever decides here: what others decided on names only they take back.
func (p Persons) UndoMerge(ctx context.Context) (library.Merge, error) {
	return p.DB.UndoMerge(ctx, p.w.opts.Who)
}

// ID returns the name under which the library knows e, an entity of one of its articles; false if
// it has no name.
func (Persons) ID(e *annotate.Entity) (library.PersonID, bool) { return personID(e) }

// Named returns the people with a name: those whose name is compared as equal to it, or else those
// of whose names one has all its words, names that were merged with theirs among them.
func (p Persons) Named(ctx context.Context, name string) ([]library.Person, error) {
	all, err := p.All(ctx)
	if err != nil {
		return nil, err
	}
	key := nameKey(name)
	var same, other []library.Person
	for _, typ := range []annotate.Type{annotate.Person, annotate.Organization, annotate.Place, annotate.Other} {
		x, err := p.DB.Person(ctx, library.PersonID{Key: key, Type: typ}) // also a name that was merged
		if err != nil {
			return nil, err
		}
		if x.Articles > 0 {
			same = append(same, x)
		}
	}
	for _, x := range all {
		if _, ok := x.Called(func(name string) bool { return containsWords(nameKey(name), key) }); ok && key != "" {
			other = append(other, x)
		}
	}
	if len(same) > 0 {
		return same, nil
	}
	return other, nil
}

// containsWords reports whether each word of part is a word of text.
func containsWords(text, part string) bool {
	words := strings.Fields(text)
	for _, w := range strings.Fields(part) {
		if !slices.Contains(words, w) {
			return false
		}
	}
	return true
}

// mostSaid is the most quotes that are listed of one person.
const mostSaid = 2000

// Quotes returns what one of them said, the latest article first.
func (p Persons) Quotes(ctx context.Context, id library.PersonID) ([]library.Said, error) {
	found, err := p.DB.QuotesOf(ctx, id, "", mostSaid)
	out := make([]library.Said, len(found))
	for i, q := range found {
		out[i] = library.Said{Entry: q.Entry, Span: q.Span, Verb: q.Verb, Text: q.Text}
	}
	return out, err
}
