package screens

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

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
	add := func() tea.Msg {
		if err := s.AddSamples(s.ctx); err != nil {
			return ui.ErrMsg{Err: err, Hint: "opened without the sample stories"}
		}
		return ui.ChangedMsg{}
	}
	return func() tea.Msg {
		if workspace.LacksSamples(s.ctx, s.Workspace) {
			return tea.BatchMsg{ui.Send(library.AddingSamplesMsg{}), add}
		}
		return add()
	}
}

// samples implements [intake]: it brings back the sample stories that are not in the library.
func (s machine) samples() tea.Cmd {
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
func (s machine) addAll(names []string) tea.Cmd {
	if len(names) == 0 {
		return nil
	}
	return func() tea.Msg {
		added, failed := []db.Added{}, []error{}
		for _, name := range names {
			some, errs := s.addName(s.ctx, name)
			added = append(added, some...)
			failed = append(failed, errs...)
		}
		return s.reportAdded(added, failed, "")
	}
}

// add implements [intake]. If nothing of it could be added, it is asked for again with what was
// wrong; not so for an address, where the user may do something else by the time it failed.
func (s machine) add(msg library.AddMsg) tea.Cmd {
	return func() tea.Msg {
		name := sources.Name(msg.Path)
		added, failed := s.addName(s.ctx, name)
		if len(added) > 0 || len(failed) == 0 {
			return s.reportAdded(added, failed, msg.From)
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

// reportAdded says what was added when the cursor was on from, and has it annotated.
func (s *Screens) reportAdded(added []db.Added, failed []error, from string) tea.Msg {
	msg := library.AddedMsg{IDs: make([]string, len(added)), Say: s.sayAdded(added), From: from}
	for i, a := range added {
		msg.IDs[i] = a.ID
	}
	if len(failed) == 0 {
		return tea.BatchMsg{ui.Send(msg), ui.Send(ui.ChangedMsg{}), s.annotateRest()}
	}
	msg.Say = ""
	say := ui.Fail(failed[0], fmt.Sprintf("%d added, %d failed", len(added), len(failed)))
	return tea.BatchMsg{say, ui.Send(msg), ui.Send(ui.ChangedMsg{}), s.annotateRest()}
}

// sayAdded says what was added, and what of it the library had already.
func (s *Screens) sayAdded(added []db.Added) string {
	known := 0
	for _, a := range added {
		if a.Outcome == db.Same {
			known++
		}
	}
	switch {
	case len(added) == 1:
		title := ""
		if e, err := s.Library.Entry(s.ctx, added[0].ID); err == nil {
			title = ": " + clean.Line(e.Title)
		}
		return map[db.Outcome]string{db.New: "Added", db.Same: "Already in the library", db.Changed: "Added as a new version"}[added[0].Outcome] + title
	case known == 0:
		return "Added " + ui.Articles(len(added))
	}
	return fmt.Sprintf("Added %s, %d in the library already", ui.Articles(len(added)-known), known)
}

// addName adds what one name refers to, and returns what came of each article.
func (s machine) addName(ctx context.Context, name string) (added []db.Added, failed []error) {
	if sources.IsURL(name) {
		added, err := s.addAddress(ctx, name)
		if err != nil {
			failed = append(failed, err)
		}
		return added, failed
	}
	path, err := config.ExpandHome(name)
	if err != nil {
		return nil, []error{err}
	}
	from := sources.Reader{Stdin: s.Stdin, Client: s.Fetcher.Client}
	from.AddEach(ctx, s.Fetcher, path, func(a db.Added, err error) {
		if err != nil {
			failed = append(failed, err)
			return
		}
		added = append(added, a)
	})
	return added, failed
}

// addAddress adds the article at an address, or follows the feed there, and returns what came of each
// article.
func (s machine) addAddress(ctx context.Context, url string) ([]db.Added, error) {
	d, err := s.Fetcher.Download(ctx, url)
	if err == nil {
		var one db.Added
		if one, err = s.Fetcher.Add(ctx, &d); err == nil {
			return []db.Added{one}, nil
		}
	}
	if !errors.Is(err, pages.ErrFeed) {
		return nil, err
	}
	_, n, err := feeds.Follower{Fetcher: s.Fetcher}.Follow(ctx, url)
	added := make([]db.Added, len(n.Articles))
	for i, item := range n.Articles {
		added[i] = item.Added
	}
	return added, err
}

// annotateRest annotates what was added and notifies the library screen. What an older program wrote is tidied after that.
func (s *Screens) annotateRest() tea.Cmd {
	return tea.Sequence(func() tea.Msg {
		if err := s.AnnotateAll(s.ctx, nil); err != nil {
			return ui.ErrMsg{Err: err, Hint: "articles are annotated when opened"}
		}
		return ui.ChangedMsg{}
	}, s.tidy)
}

// tidy writes anew what an older program wrote.
func (s *Screens) tidy() tea.Msg {
	_ = workspace.Tidy(s.ctx, s.Workspace, 0) // the next start goes on with it
	return nil
}

// catchUp annotates, some time after the start, what is not annotated by this engine or is in a library of an older program.
func (s *Screens) catchUp() tea.Cmd {
	return tea.Tick(catchUpAfter, func(time.Time) tea.Msg {
		if behind, err := workspace.Behind(s.ctx, s.Workspace); err != nil || !behind {
			return s.tidy()
		}
		return s.annotateRest()()
	})
}

// catchUpAfter is when the first screen is there and has been looked at.
const catchUpAfter = 3 * time.Second

// addText adds a pasted text. It can be given up while it is read and annotated, if that takes long.
func (s *Screens) addText(msg library.TextMsg) tea.Cmd {
	if s.Away != nil {
		if why := s.Away.mayAdd(msg.Text); why != "" {
			return ui.Tell(why)
		}
	}
	ctx, stop := context.WithCancel(s.ctx)
	work := func() tea.Msg {
		defer stop()
		a, err := load.Bytes(ctx, "-", []byte(msg.Text))
		var added db.Added
		if err == nil {
			added, err = s.Add(ctx, a)
		}
		if err != nil {
			return ui.ErrMsg{Err: err, Hint: cmp.Or(s.hint(err), "pasted text not added")}
		}
		if s.Away != nil && added.Outcome != db.Same {
			s.Away.added(added.ID, len(msg.Text))
		}
		return s.reportAdded([]db.Added{added}, nil, msg.From)
	}
	if len(msg.Text) < shortPaste {
		return work
	}
	return ui.Send(ui.WaitMsg{Title: "Adding what was pasted", Text: fmt.Sprintf("%d KB of text", len(msg.Text)>>10), Stop: stop, Work: work})
}

// hint returns the hint for an error to whoever is at the terminal.
func (s *Screens) hint(err error) string {
	if s.Away != nil {
		return hints.ForGuest(err)
	}
	return hints.For(err)
}

// shortPaste is a text that is added before anybody wonders whether it is.
const shortPaste = 100 << 10

// sync implements [intake]: it fetches the feeds, and reports how many articles are new.
func (s machine) sync() tea.Cmd {
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
		say := ui.Tell(ui.NewArticles(total) + " in the feeds")
		if n := len(failed); n > 0 {
			say = ui.Fail(failed[0], fmt.Sprintf("%s; %d of %d feeds failed", ui.NewArticles(total), n, len(all)))
		}
		return tea.BatchMsg{say, ui.Send(ui.ChangedMsg{}), s.annotateRest()}
	}
}
