package workspace

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"byline/annotate/library"
)

// A NameError says that a name matches no article of the library, or several.
type NameError struct {
	Name  string
	Means []library.Entry // the articles that match; none or several
}

func (e *NameError) Error() string {
	if len(e.Means) == 0 {
		return fmt.Sprintf("%s: no article has this ID or title", e.Name)
	}
	return fmt.Sprintf("%s: %d articles have this name", e.Name, len(e.Means))
}

// Pick returns the ID of the one article that name refers to: its ID, a prefix of it, its title,
// its source, or a part of its title. The error is a [NameError].
func Pick(entries []library.Entry, name string) (string, error) {
	path, _ := filepath.Abs(name)
	title := strings.ToLower(name)
	for _, means := range []func(*library.Entry) bool{
		func(e *library.Entry) bool { return e.ID == name },
		func(e *library.Entry) bool { return len(name) >= 4 && strings.HasPrefix(e.ID, name) },
		func(e *library.Entry) bool { return strings.ToLower(e.Title) == title },
		func(e *library.Entry) bool { return e.Source == name || e.Source == path },
		func(e *library.Entry) bool { return strings.Contains(strings.ToLower(e.Title), title) },
	} {
		var found []library.Entry
		for i := range entries {
			if means(&entries[i]) {
				found = append(found, entries[i])
			}
		}
		switch len(found) {
		case 0:
			continue
		case 1:
			return found[0].ID, nil
		}
		return "", &NameError{name, found}
	}
	return "", &NameError{name, nil}
}

// OpenNamed opens the article that name refers to, see [Pick].
func (w *Workspace) OpenNamed(ctx context.Context, name string) (*Document, error) {
	entries, err := w.Library.Entries(ctx)
	if err != nil {
		return nil, err
	}
	id, err := Pick(entries, name)
	if err != nil {
		return nil, err
	}
	return w.Open(ctx, id)
}
