package screens_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/annotate/review"
	"byline/annotate/team"
	"byline/annotate/workspace"
	"byline/annotate/workspace/pages"
	"byline/articles"
	"byline/articles/load"
	"byline/ui/config"
	"byline/ui/library"
	"byline/ui/screens"
	"byline/ui/uitest"
)

// The library is brought together with the place of the settings, and what came is listed at once.
func TestTogether(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	start := func(w *workspace.Workspace, sync string, names ...string) uitest.Steps {
		settings, _ := config.Load("")
		settings.Sync = sync
		_, m, err := screens.New(t.Context(), screens.Options{Fetcher: &pages.Fetcher{Workspace: w}, Config: settings, Names: names})
		if err != nil {
			t.Fatal(err)
		}
		s := uitest.Steps{T: t, Model: m}
		s.Send(tea.WindowSizeMsg{Width: 100, Height: 24})
		s.Run(m.Init())
		return s
	}
	_, w := open(t, crowd{}, writeFile(t, "none.md", "Nobody.\n"))
	file := writeFile(t, "ferry.md", "Ines Calder runs the ferry.\n")
	ann := start(w, "")
	ann.Send(library.TogetherMsg{})
	shows(t, ann, "Set sync in the settings first")
	ann = start(w, "ssh:-o")
	ann.Send(library.TogetherMsg{})
	shows(t, ann, "is no host", "correct the setting sync")
	ann = start(w, dir, file)
	ann.Send(library.TogetherMsg{})
	shows(t, ann, "0 decisions came, 0 went out")
	if list, err := filepath.Glob(filepath.Join(dir, "byline", "articles", "*", "*.txt")); err != nil || len(list) == 0 {
		t.Error(list, err)
	}
	_, other := open(t, crowd{}, writeFile(t, "none.md", "Nobody.\n"))
	ben := start(other, dir)
	ben.Send(library.TogetherMsg{})
	shows(t, ben, "is new", "ferry")
	if err := os.WriteFile(filepath.Join(dir, "byline", "team.jsonl"), []byte("<<<<<<< x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	ben.Send(library.TogetherMsg{})
	shows(t, ben, "team.jsonl")
}

// What annotators of a set differ on is said in the words of the command, and not as a conflict.
func TestTogetherDifferences(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	people := map[string]*workspace.Workspace{}
	for _, who := range []string{"ann", "ben"} {
		w, err := workspace.Open(t.Context(), filepath.Join(t.TempDir(), "library.db"), crowd{}, workspace.Options{Who: who})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { w.Close(context.Background()) })
		people[who] = w
	}
	together := func(who string) uitest.Steps {
		t.Helper()
		settings, _ := config.Load("")
		settings.Sync = dir
		_, m, err := screens.New(t.Context(), screens.Options{Fetcher: &pages.Fetcher{Workspace: people[who]}, Config: settings})
		if err != nil {
			t.Fatal(err)
		}
		s := uitest.Steps{T: t, Model: m}
		s.Send(tea.WindowSizeMsg{Width: 160, Height: 24})
		s.Run(m.Init())
		s.Send(library.TogetherMsg{})
		return s
	}
	a, err := load.Bytes(t.Context(), "-", []byte(alder))
	if err != nil {
		t.Fatal(err)
	}
	added, err := people["ann"].Add(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	err = workspace.TeamOf(people["ann"]).Record(t.Context(), team.Event{Verb: team.Create, Set: "May", Articles: []string{added.ID}},
		team.Event{Verb: team.Assign, Set: "May", Deal: map[string][]string{"ann": {added.ID}, "ben": {added.ID}}})
	if err != nil {
		t.Fatal(err)
	}
	relabel := func(who, words, typ string) {
		t.Helper()
		doc, err := people[who].Open(t.Context(), added.ID)
		if err != nil {
			t.Fatal(err)
		}
		at := strings.Index(doc.Text, words)
		e := review.Edit{Verb: annotate.Relabel, Value: typ, Targets: []review.Target{{Kind: annotate.OfMention, Span: articles.Span{Start: at, End: at + len(words)}}}}
		if _, _, err := people[who].Edit(t.Context(), doc.Article, e); err != nil {
			t.Fatal(err)
		}
	}
	together("ann")
	together("ben")
	relabel("ann", "山田一", "organization")
	relabel("ben", "山田一", "place")
	together("ben")
	s := together("ann")
	shows(t, s, "1 decision of 1 person came, 1 went out; 1 difference of annotators of May is for \"byline team adjudicate\"")
	if strings.Contains(s.View(), "conflict") {
		t.Error(s.View())
	}
	relabel("ann", "山口社", "place")
	relabel("ann", "山本", "ship")
	together("ann")
	relabel("ben", "山口社", "person")
	relabel("ben", "山本", "person")
	shows(t, together("ben"), "3 differences of annotators of May are for")
}
