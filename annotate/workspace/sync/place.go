package sync

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"byline/annotate/review"
	"byline/annotate/workspace"
	"byline/articles/clean"
)

// Of returns what is brought together of a workspace. Tell is called with everything that was passed over, one line each.
func Of(w *workspace.Workspace, tell func(error)) *Library {
	store := w.Library.Exchange(workspace.Standing)
	store.Engine = workspace.EngineOf(w)
	store.Makers = func(ctx context.Context, id string) string { return workspace.MakersOf(ctx, w, id) }
	return &Library{
		Store: store,
		Team:  workspace.TeamOf(w),
		Tell:  tell,
		Clashes: func(ctx context.Context, id string, came map[string]bool) (string, []review.Clash, error) {
			return workspace.Clashes(ctx, w, id, came)
		},
	}
}

// A Place is where a library is brought together with others: a folder, one in a working tree of git, or a library on another machine.
type Place struct {
	dir, host, library string
	git                bool
}

// ParsePlace returns the place that words name: "DIR", "git", "git" and "DIR", "ssh:HOST" or "ssh:HOST:LIBRARY".
func ParsePlace(words ...string) (Place, error) {
	switch {
	case len(words) == 0 || words[0] == "":
		return Place{}, errors.New("name a folder, git, or ssh:HOST")
	case words[0] == "git" && len(words) == 1:
		return Place{dir: ".", git: true}, nil
	case words[0] == "git" && len(words) == 2:
		return Place{dir: words[1], git: true}, nil
	case len(words) > 1:
		return Place{}, errors.New("takes one folder, git and a folder, or ssh:HOST")
	case strings.HasPrefix(words[0], "ssh:"):
		host, library, err := splitHost(strings.TrimPrefix(words[0], "ssh:"))
		if err != nil {
			return Place{}, fmt.Errorf("%s: %w", clean.Line(words[0]), err)
		}
		return Place{host: host, library: library}, nil
	}
	return Place{dir: words[0]}, nil
}

// ParseSetting returns the place that one line names, as [ParsePlace] does of words. A folder may have blanks in its name, and
// expand is asked for it.
func ParseSetting(s string, expand func(string) (string, error)) (Place, error) {
	s = strings.TrimSpace(s)
	dir, inGit := strings.CutPrefix(s, "git ")
	words := []string{s}
	if inGit {
		words = []string{"git", strings.TrimSpace(dir)}
	}
	p, err := ParsePlace(words...)
	if err == nil && p.dir != "" {
		p.dir, err = expand(p.dir)
	}
	return p, err
}

// String names the place.
func (p Place) String() string {
	switch {
	case p.host != "":
		return clean.Line(p.host)
	case p.git:
		return "git " + clean.Line(p.dir)
	}
	return clean.Line(p.dir)
}

// With brings the library together with a place. What ssh prints goes to errs.
func (l *Library) With(ctx context.Context, p Place, errs io.Writer) (Report, error) {
	switch {
	case p.host != "":
		return l.SSH(ctx, p.host, p.library, errs)
	case p.git:
		return l.Git(ctx, p.dir)
	}
	return l.Dir(ctx, p.dir)
}
