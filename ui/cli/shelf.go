package cli

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"byline/annotate"
	"byline/annotate/engine"
	"byline/annotate/format"
	"byline/annotate/library/db"
	"byline/annotate/review"
	"byline/annotate/workspace"
	"byline/articles"
	"byline/ui/config"
)

// A shelf is the library, open, with the desk that the decisions are made at.
type shelf struct {
	*db.DB
	desk   *workspace.Workspace
	engine *engine.Engine
	labels []string // of the user's own, as the settings name them
}

// Close brings the index of names up to date and closes the library. An index that
// could not be written is made anew from the layers; no decision depends on it.
func (s *shelf) Close() error {
	_ = s.desk.Flush(context.Background())
	return s.DB.Close()
}

// glances is how long another process's work may go unseen.
const glances = 2 * time.Second

// watch calls changed after another process has changed the library, until ctx ends.
func (s *shelf) watch(ctx context.Context, changed func()) {
	seen, _ := s.DataVersion(ctx)
	for tick := time.Tick(glances); ; {
		select {
		case <-ctx.Done():
			return
		case <-tick:
		}
		if now, err := s.DataVersion(ctx); err == nil && now != seen {
			seen = now
			changed()
		}
	}
}

// annotated returns an article with what was found in it and decided on it.
func (s *shelf) annotated(ctx context.Context, id string) (*articles.Article, *annotate.Layer, error) {
	a, err := s.Article(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	l, err := s.desk.Layer(ctx, a)
	return a, l, err
}

// document returns an article as formats write it: with its log, and what the library
// knows of it.
func (s *shelf) document(ctx context.Context, id string) (*format.Document, error) {
	sheet, err := s.desk.Open(ctx, id)
	if err != nil {
		return nil, err
	}
	e, err := s.Entry(ctx, id)
	if err != nil {
		return nil, err
	}
	log := sheet.Log
	if log == nil {
		log = []annotate.Decision{} // there is one, and it is empty
	}
	return &format.Document{Article: sheet.Article, Layer: sheet.Layer, Log: log, Status: e.Status, Tags: e.Tags}, nil
}

// openLibrary opens the library that flags, environment and settings name. What is
// wrong with the settings is said, and is no failure.
func (p *program) openLibrary(ctx context.Context) (*shelf, error) {
	c, problems, err := p.settings()
	if err != nil {
		return nil, err
	}
	p.warn(problems)
	return openShelf(ctx, c.Library, c, runtime.GOMAXPROCS(0))
}

// openShelf opens the library at path, or where it usually is if that is empty, for
// the decisions of whom the settings name. Workers annotate what is added; 0 leaves a core to
// the screen.
func openShelf(ctx context.Context, path string, c config.Config, workers int) (*shelf, error) {
	e, err := engine.Default()
	if err != nil {
		return nil, err
	}
	path, err = libraryPath(path)
	if err != nil {
		return nil, err
	}
	s, err := db.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	labels := make([]string, len(c.Labels))
	for i, l := range c.Labels {
		labels[i] = l.Name
	}
	return &shelf{s, workspace.New(s, e, workspace.Options{Who: cmp.Or(c.Who, login()), Anchoring: review.Anchoring{Exact: c.Anchors == "exact"}, Workers: workers}), e, labels}, nil
}

// login returns the name that somebody has on this computer.
func login() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return cmp.Or(os.Getenv("USER"), "somebody")
}

// libraryPath returns the file that keeps the library, in a directory that exists.
func libraryPath(path string) (string, error) {
	path, err := expand(path)
	if err != nil {
		return "", err
	}
	if path == "" {
		if path, err = db.DefaultPath(); err != nil {
			return "", err
		}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", withHint(fmt.Errorf("make the directory of the library %s: %w", path, bare(err)), "name another with --library FILE")
	}
	return path, nil
}

// expand puts the home directory in place of a leading ~, which no shell does in a
// settings file.
func expand(path string) (string, error) {
	rest, ok := strings.CutPrefix(path, "~"+string(filepath.Separator))
	if !ok {
		return path, nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("find the home directory for %s: %w", path, err)
	}
	return filepath.Join(home, rest), nil
}

// completeArticles offers the articles of the library to the shell.
func (p *program) completeArticles(c *cobra.Command, _ []string, begin string) ([]string, cobra.ShellCompDirective) {
	library, err := p.openLibrary(c.Context())
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	defer library.Close()
	entries, err := library.Entries(c.Context())
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	var words []string
	for _, e := range entries {
		if strings.HasPrefix(e.ID, begin) {
			words = append(words, cobra.CompletionWithDesc(shortID(e.ID), e.Title))
		}
	}
	return words, cobra.ShellCompDirectiveNoFileComp
}
