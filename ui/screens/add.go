package screens

import (
	"context"
	"errors"
	"fmt"
	"sync"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/library/db"
	"byline/annotate/workspace"
	"byline/annotate/workspace/feeds"
	"byline/annotate/workspace/pages"
	"byline/annotate/workspace/sources"
	"byline/articles/clean"
	"byline/articles/load"
	"byline/ui"
	"byline/ui/config"
	"byline/ui/hints"
	"byline/ui/library"
)

// addSamples adds the sample stories to a library that has never held an article.
func (s *Screens) addSamples() tea.Cmd {
	return func() tea.Msg {
		if err := s.AddSamples(s.ctx); err != nil {
			return ui.ErrMsg{Err: err, Hint: "opened without the sample stories"}
		}
		return ui.ChangedMsg{}
	}
}

// bringSamples brings back the sample stories that are not in the library.
func bringSamples(s *Screens) tea.Cmd {
	return func() tea.Msg {
		n, err := workspace.RestoreSamples(s.ctx, s.Workspace)
		if err != nil {
			return ui.ErrMsg{Err: err}
		}
		if n == 0 {
			return ui.ToastMsg{Text: "All sample stories are in the library"}
		}
		return tea.BatchMsg{ui.Tell("Brought back the sample stories: " + ui.Articles(n)), ui.Send(ui.ChangedMsg{}), s.annotateRest()}
	}
}

// addAll adds files, folders and addresses to the library, and reports how many articles that
// were.
func (s *Screens) addAll(names []string) tea.Cmd {
	if len(names) == 0 {
		return nil
	}
	return func() tea.Msg {
		added, failed := 0, []error{}
		for _, name := range names {
			n, errs := s.addName(s.ctx, name)
			added += n
			failed = append(failed, errs...)
		}
		return s.reportAdded(added, failed)
	}
}

// addAsked adds what was typed. If nothing of it could be added, it is asked for again with what was
// wrong; not so for an address, where the user may do something else by the time it failed.
func (s *Screens) addAsked(name string) tea.Cmd {
	return func() tea.Msg {
		added, failed := s.addName(s.ctx, name)
		if added > 0 || len(failed) == 0 {
			return s.reportAdded(added, failed)
		}
		problem := failed[0].Error()
		if hint := hints.For(failed[0]); hint != "" {
			problem += " — " + hint
		}
		if sources.IsURL(name) {
			return tea.BatchMsg{ui.Fail(failed[0], "{library.add} tries again"), ui.Send(library.NotAddedMsg{Path: name, Later: true})}
		}
		return library.NotAddedMsg{Path: name, Problem: problem}
	}
}

// reportAdded says how many articles were added, and has them annotated.
func (s *Screens) reportAdded(added int, failed []error) tea.Msg {
	say := ui.Tell("Added " + ui.Articles(added))
	if len(failed) > 0 {
		say = ui.Fail(failed[0], fmt.Sprintf("%d added, %d failed", added, len(failed)))
	}
	return tea.BatchMsg{say, ui.Send(ui.ChangedMsg{}), s.annotateRest()}
}

// addName adds what one name refers to, and returns the number of articles added.
func (s *Screens) addName(ctx context.Context, name string) (added int, failed []error) {
	if sources.IsURL(name) {
		n, err := s.addAddress(ctx, name)
		if err != nil {
			failed = append(failed, err)
		}
		return n, failed
	}
	path, err := config.ExpandHome(name)
	if err != nil {
		return 0, []error{err}
	}
	from := sources.Reader{Stdin: s.Stdin, Client: s.Fetcher.Client}
	from.AddEach(ctx, s.Fetcher, path, func(_ db.Added, err error) {
		if err != nil {
			failed = append(failed, err)
			return
		}
		added++
	})
	return added, failed
}

// addAddress adds the article at an address, or follows the feed there, and returns the number of
// articles added.
func (s *Screens) addAddress(ctx context.Context, url string) (int, error) {
	_, err := s.Fetcher.Article(ctx, url)
	if err == nil {
		return 1, nil
	}
	if !errors.Is(err, pages.ErrFeed) {
		return 0, err
	}
	_, n, err := feeds.Follower{Fetcher: s.Fetcher}.Follow(ctx, url)
	return len(n.Articles), err
}

// annotateRest annotates what was added and notifies the library screen.
func (s *Screens) annotateRest() tea.Cmd {
	return func() tea.Msg {
		if err := s.AnnotateAll(s.ctx, nil); err != nil {
			return ui.ErrMsg{Err: err, Hint: "articles are annotated when opened"}
		}
		return ui.ChangedMsg{}
	}
}

// addText adds a pasted text.
func (s *Screens) addText(text string) tea.Cmd {
	return func() tea.Msg {
		a, err := load.Bytes(s.ctx, "-", []byte(text))
		if err == nil {
			_, err = s.Add(s.ctx, a)
		}
		if err != nil {
			return ui.ErrMsg{Err: err, Hint: "pasted text not added"}
		}
		return tea.BatchMsg{ui.Tell("Added: " + clean.Line(a.Title)), ui.Send(ui.ChangedMsg{})}
	}
}

// syncFeeds fetches the feeds, and reports how many articles are new.
func (s *Screens) syncFeeds() tea.Cmd {
	return func() tea.Msg {
		all, err := s.Library.FollowedFeeds(s.ctx)
		if err != nil {
			return ui.ErrMsg{Err: err}
		}
		if len(all) == 0 {
			return ui.ToastMsg{Text: "No feeds yet; {library.add} with a feed’s address adds one"}
		}
		var mu sync.Mutex
		total, failed := 0, []error{}
		err = feeds.Follower{Fetcher: s.Fetcher}.Sync(s.ctx, nil, func(_ db.Feed, n feeds.News, err error) {
			mu.Lock()
			defer mu.Unlock()
			if total += len(n.Articles); err != nil {
				failed = append(failed, err)
			}
		})
		if err != nil {
			return ui.ErrMsg{Err: err}
		}
		say := ui.Tell(ui.Articles(total) + " new in the feeds")
		if n := len(failed); n > 0 {
			say = ui.Fail(failed[0], fmt.Sprintf("%s new; %d of %d feeds failed", ui.Articles(total), n, len(all)))
		}
		return tea.BatchMsg{say, ui.Send(ui.ChangedMsg{}), s.annotateRest()}
	}
}
