package screens_test

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/annotate/library/db/dbtest"
	"byline/annotate/review"
	"byline/annotate/workspace"
	"byline/annotate/workspace/pages"
	"byline/articles"
	"byline/articles/clean/cleantest"
	"byline/articles/fetch"
	"byline/ui/config"
	"byline/ui/screens"
	"byline/ui/uitest"
)

// spiteful is an engine whose names, types and rules are hostile, as a layer of a file that somebody sends may be.
type spiteful struct{ crowd }

func (s spiteful) AnnotateContext(_ context.Context, text string, _ []articles.Block) (*annotate.Layer, error) {
	return s.AnnotatePart(text, nil, articles.Span{End: len(text)}), nil
}

func (s spiteful) AnnotatePart(text string, blocks []articles.Block, in articles.Span) *annotate.Layer {
	l := s.crowd.AnnotatePart(text, blocks, in)
	for i := range l.Entities {
		e := &l.Entities[i]
		e.Name += cleantest.Hostile
		e.Origin.Rule = cleantest.Hostile
		if i%2 == 0 {
			e.Type += cleantest.Hostile
			e.Mentions[0].Type = e.Type
		}
		e.Mentions[0].Origin.Rule, e.Mentions[0].Origin.Stage = cleantest.Hostile, "names"+cleantest.Hostile
	}
	return l
}

// hostileScreens opens the screens on a library in which whatever may be hostile is.
func hostileScreens(t *testing.T, o screens.Options) (s uitest.Steps, ids []string) {
	t.Helper()
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "library.db")
	w, err := workspace.Open(ctx, path, spiteful{}, workspace.Options{Who: "ann" + cleantest.Hostile})
	if err != nil {
		t.Fatal(err)
	}
	const text = "山田 of 山社 and 山口 met 山本 and 山川.\n\nHe said “we sold the press” and left [here](http://127.0.0.1:1/x).\n"
	for _, more := range []string{"", "More words.\n"} {
		a := &articles.Article{Title: "A story", Source: "/a" + cleantest.Hostile, Format: articles.Plain, Text: text + more, Pictures: []articles.Picture{{Span: articles.Span{End: len("山田")}, Address: "p.png", Alt: "A press" + cleantest.Hostile}}}
		a.Blocks = []articles.Block{{Span: articles.Span{End: strings.Index(text, ".") + 1}}, {Span: articles.Span{Start: strings.Index(text, "He said"), End: len(a.Text) - 1}}}
		a.ID = articles.TextID(a.Text)
		if _, err := w.Add(ctx, a); err != nil {
			t.Fatal(err)
		}
	}
	all, err := w.Library.Entries(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		ids = append(ids, e.ID)
		a, err := w.Library.Article(ctx, e.ID)
		if err != nil {
			t.Fatal(err)
		}
		mention := []review.Target{{Kind: annotate.OfMention, Span: articles.Span{End: len("山田")}}}
		for _, edit := range []review.Edit{{Verb: annotate.Confirm, Targets: mention}, {Verb: annotate.Note, Targets: mention, Value: "a note"}, {Verb: annotate.Relabel, Targets: mention, Value: "weapon"}} {
			if _, _, err := w.Edit(ctx, a, edit); err != nil {
				t.Fatal(err)
			}
		}
		bob := workspace.For(w, workspace.Member{Who: "bob" + cleantest.Hostile}) // who differs
		for who, edits := range map[*workspace.Workspace][]review.Edit{w: {{Verb: annotate.Done}}, bob: {{Verb: annotate.Reject, Targets: mention}, {Verb: annotate.Note, Targets: mention, Value: "a note" + cleantest.Hostile}, {Verb: annotate.Done}}} {
			for _, edit := range edits {
				if _, _, err := who.Edit(ctx, a, edit); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if err := w.Close(ctx); err != nil {
		t.Fatal(err)
	}
	if err := dbtest.Poison(path); err != nil {
		t.Fatal(err)
	}
	if w, err = workspace.Open(ctx, path, spiteful{}, workspace.Options{Who: "ann"}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close(ctx) })
	o.Fetcher = &pages.Fetcher{Workspace: w, Client: &fetch.Client{}}
	o.Config, _ = config.Load("")
	if o.Review != nil {
		o.Review = ids
	}
	if o.Tour != "" {
		o.Tour = ids[0]
	}
	_, m, err := screens.New(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	s = uitest.Steps{T: t, Model: m}
	s.Send(tea.WindowSizeMsg{Width: 110, Height: 32})
	s.Run(m.Init())
	return s, ids
}

// keysOfScreens returns every key that a screen binds.
func keysOfScreens() []string {
	all := map[string]bool{}
	for _, scope := range screens.Scopes() {
		for _, b := range scope.Bindings {
			for _, k := range b.Keys {
				all[k] = true
			}
		}
	}
	for _, k := range []string{"ctrl+c", "Q", "E", "ctrl+z"} { // they leave, or give the terminal to another program
		delete(all, k)
	}
	return slices.Sorted(maps.Keys(all))
}

// screenTypes returns the screens that there are, as "reader.Screen": the types with scopes and a view.
func screenTypes(t *testing.T) []string {
	var all []string
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv != nil && fn.Name.Name == "Scopes" {
				if star, ok := fn.Recv.List[0].Type.(*ast.StarExpr); ok {
					all = append(all, f.Name.Name+"."+star.X.(*ast.Ident).Name)
				}
			}
		}
		return nil
	})
	if err != nil || len(all) < 8 {
		t.Fatal(all, err)
	}
	return all
}

// front returns the type of the screen in front.
func front(m tea.Model) string {
	all := reflect.ValueOf(m).Elem().FieldByName("screens")
	return strings.TrimPrefix(all.Index(all.Len()-1).Elem().Type().String(), "*")
}

// covered reports whether a question, a list or help lies over the screen.
func covered(m tea.Model) bool { return !reflect.ValueOf(m).Elem().FieldByName("over").IsNil() }

// TestHostileScreens presses every key that a screen binds on every screen of a library in which whatever may be hostile is. What
// is drawn holds no sequence that byline does not write, nothing invisible, and no colour or link of the text.
func TestHostileScreens(t *testing.T) {
	if testing.Short() {
		t.Skip("presses every key")
	}
	all := screenTypes(t)
	t.Setenv("PATH", "") // no browser, no clipboard
	t.Chdir(t.TempDir())
	seen, shown := map[string]bool{}, false
	keys := keysOfScreens()
	for what, start := range map[string]struct {
		o    screens.Options
		keys string
	}{
		"library": {}, "trash": {keys: "delete ctrl+t"}, "text": {keys: "enter"}, "names": {keys: "enter tab y"}, "quotes": {keys: "enter }"}, "panel": {keys: "enter tab s"}, "details": {keys: "enter tab i"},
		"people": {keys: "W"}, "person": {keys: "W enter"}, "queue": {o: screens.Options{Review: []string{"all"}}}, "adjudication": {o: screens.Options{Adjudicate: &screens.Adjudication{}}}, "tour": {o: screens.Options{Tour: "yes"}}, "changes": {keys: "enter V"},
	} {
		t.Run(what, func(t *testing.T) {
			s, _ := hostileScreens(t, start.o)
			look := func(keys string) {
				seen[front(s.Model)] = true
				view := s.View()
				shown = shown || strings.Contains(view, cleantest.Mark)
				for _, f := range uitest.Foreign([]byte(view), cleantest.Mark) {
					t.Fatalf("%s on %s: %s", keys, front(s.Model), f)
				}
				if title := s.Model.View().WindowTitle; len(uitest.Foreign([]byte(title), "")) > 0 || strings.Contains(title, "\n") {
					t.Fatalf("the title is %q", title)
				}
			}
			s.Press(start.keys)
			look(start.keys)
			at := front(s.Model)
			for i, key := range keys {
				if key == "ctrl+r" && what != "library" {
					continue // asks for feeds, a second each time
				}
				if i%3 > 0 && slices.Contains([]string{"details", "person", "changes"}, what) {
					continue // most keys leave them, and it takes long to come back
				}
				s.Press(key)
				look(key)
				for _, next := range []string{"down", "tab", "a", "enter"} {
					s.Press(next)
					look(key + " " + next)
				}
				for n := 0; n < 4 && (front(s.Model) != at || covered(s.Model)); n++ {
					s.Press("esc")
				}
				if front(s.Model) == "library.Screen" {
					s.Press(start.keys)
				}
				if front(s.Model) != at {
					s, _ = hostileScreens(t, start.o)
					s.Press(start.keys)
				}
			}
		})
	}
	if !shown {
		t.Error("nothing hostile was shown: the test looks at nothing")
	}
	for _, want := range all {
		if !seen[want] && want != "picture.Screen" { // which needs a terminal with pictures: see pictures_test.go
			t.Errorf("no key led to the screen %s: add a way there", want)
		}
	}
	t.Logf("%d keys; %v", len(keys), slices.Sorted(maps.Keys(seen)))
}
