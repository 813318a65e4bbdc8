package screens_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/annotate/workspace/pages"
	"byline/articles"
	"byline/ui"
	"byline/ui/config"
	"byline/ui/library"
	"byline/ui/screens"
	"byline/ui/uitest"
)

// The palette asks a program of the settings about the open article: its names are there to review at once, and what goes wrong is
// said and changes nothing.
func TestSuggest(t *testing.T) {
	t.Parallel()
	_, w := open(t, crowd{}, writeFile(t, "ferry.md", "# Ferry\n\nInes Calder runs the ferry. Per Aune waits.\n"))
	entries := must(w.Library.Entries(t.Context()))
	var asked []string
	names := func(a *articles.Article, all ...string) *annotate.Layer {
		l := &annotate.Layer{Engine: "tagger"}
		for _, name := range all {
			at := strings.Index(a.Text, name)
			m := annotate.Mention{Span: articles.Span{Start: at, End: at + len(name)}, Form: annotate.Name, Type: annotate.Person, Origin: annotate.Origin{Stage: "tagger", Rule: "annotator", Score: .9}}
			l.Entities = append(l.Entities, annotate.Entity{ID: name, Name: name, Type: annotate.Person, Mentions: []annotate.Mention{m}})
		}
		return l
	}
	answers := map[string]func(a *articles.Article) (*annotate.Layer, []string, error){
		"tagger": func(a *articles.Article) (*annotate.Layer, []string, error) {
			return names(a, "Ines Calder", "Per Aune"), []string{"2 mentions of type NORP"}, nil
		},
		"broken": func(*articles.Article) (*annotate.Layer, []string, error) {
			return nil, nil, errors.New("annotator broken ended: exit status 3; it printed “no model”")
		},
		"silent": func(a *articles.Article) (*annotate.Layer, []string, error) { return names(a), nil, nil },
		"brief":  func(a *articles.Article) (*annotate.Layer, []string, error) { return names(a, "Per Aune"), nil, nil },
	}
	begin := func(programs ...string) uitest.Steps {
		t.Helper()
		settings, _ := config.Load("")
		for _, name := range programs {
			settings.Annotators = append(settings.Annotators, config.Annotator{Name: name, Command: []string{"python3", name + ".py"}})
		}
		_, m, err := screens.New(t.Context(), screens.Options{Fetcher: &pages.Fetcher{Workspace: w}, Config: settings,
			Suggest: func(_ context.Context, name string, a *articles.Article) (*annotate.Layer, []string, error) {
				asked = append(asked, name)
				return answers[name](a)
			}})
		if err != nil {
			t.Fatal(err)
		}
		s := uitest.Steps{T: t, Model: m}
		s.Send(tea.WindowSizeMsg{Width: 110, Height: 32})
		s.Run(m.Init())
		s.Send(library.OpenMsg{ID: entries[0].ID, Offset: -1})
		return s
	}
	const ask = "reader.suggest"
	s := begin()
	s.Press(":")
	s.Type("ask another")
	shows(t, s, "Ask another program for names and quotes")
	s.Press("enter")
	shows(t, s, "No program is set up: “byline help suggest”")
	s = begin("broken")
	s.Send(ui.ActMsg{Action: ask})
	shows(t, s, "it printed “no model”", "no answer; nothing changed")
	s = begin("broken", "tagger")
	s.Send(ui.ActMsg{Action: ask})
	shows(t, s, "Ask for names and quotes", "broken", "python3 tagger.py")
	s.Type("tag")
	s.Press("enter")
	shows(t, s, "tagger suggests 2 names and quotes; left out: 2 mentions of type NORP", "0 of 2 reviewed", "Ines Calder", "Per Aune")
	for name, want := range map[string]string{"brief": "brief suggests 1 name or quote", "silent": "silent suggests nothing here"} {
		s := begin(name)
		s.Send(ui.ActMsg{Action: ask})
		shows(t, s, want, "0 of 2 reviewed")
	}
	if got := strings.Join(asked[:2], " "); got != "broken tagger" || len(asked) != 4 {
		t.Error(asked)
	}
}
