package workspace_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/review"
	"byline/annotate/workspace"
	"byline/articles"
)

// Members of one library are told at once what others decide, and not what they decide themselves.
func TestMembersSeeEachOther(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	id := r.add(t, story("a", text))
	ann, bob := workspace.For(r.Workspace, workspace.Member{Who: "ann"}), workspace.For(r.Workspace, workspace.Member{Who: "bob"})
	told := map[string]chan string{"ann": make(chan string, 100), "bob": make(chan string, 100)}
	for name, w := range map[string]*workspace.Workspace{"ann": ann, "bob": bob} {
		watching := make(chan struct{})
		go func() {
			close(watching)
			w.Watch(t.Context(), func(id string) { told[name] <- id })
		}()
		<-watching
	}
	decide := func(w *workspace.Workspace, verb annotate.Verb, words string) {
		t.Helper()
		doc, err := w.Open(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		e := review.Edit{Verb: verb, Targets: []review.Target{{Kind: annotate.OfMention, Span: spanOf(t, doc.Text, words)}}}
		if _, _, err := w.Edit(ctx, doc.Article, e); err != nil {
			t.Fatal(err)
		}
	}
	deadline := time.After(30 * time.Second)
	for heard, verb := false, annotate.Confirm; !heard; { // until bob watches
		decide(ann, verb, "Halden")
		verb = map[annotate.Verb]annotate.Verb{annotate.Confirm: annotate.Reject, annotate.Reject: annotate.Confirm}[verb]
		select {
		case got := <-told["bob"]:
			if heard = true; got != id {
				t.Errorf("told of %q", got)
			}
		case <-time.After(10 * time.Millisecond):
		case <-deadline:
			t.Fatal("bob is not told")
		}
	}
	decide(bob, annotate.Confirm, "Ferris")
	select {
	case got := <-told["ann"]:
		if got != id {
			t.Errorf("told of %q", got)
		}
	case <-deadline:
		t.Fatal("ann is not told")
	}
	for name, w := range map[string]*workspace.Workspace{"ann": ann, "bob": bob} {
		doc, err := w.Open(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		who := map[string]bool{}
		for i := range doc.Log {
			who[doc.Log[i].Who] = true
		}
		if !who["ann"] || !who["bob"] {
			t.Errorf("%s sees decisions of %v", name, who)
		}
		if workspace.Signer(w) != name {
			t.Errorf("%s signs as %s", name, workspace.Signer(w))
		}
	}
	if err := ann.Close(ctx); err != nil {
		t.Fatal(err)
	}
	decide(bob, annotate.Confirm, "Quill") // the library is still open
}

// Somebody who only reads changes nothing by any way, and the others can.
func TestMemberWhoReads(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	id := r.add(t, story("a", text))
	m := workspace.For(r.Workspace, workspace.Member{Who: "eve", Reads: true})
	doc, err := m.Open(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	e := review.Edit{Verb: annotate.Confirm, Targets: []review.Target{{Kind: annotate.OfMention, Span: spanOf(t, doc.Text, "Halden")}}}
	for what, err := range map[string]error{
		"decides":  second(m.Edit(ctx, doc.Article, e)),
		"adds":     first(m.Add(ctx, story("b", "Another story by Ferris."))),
		"tags":     onlyError(m.Library.Retag(ctx, id, []string{"x"}, nil)),
		"removes":  m.Library.Remove(ctx, id),
		"restores": m.Library.Restore(ctx, id),
		"purges":   m.Library.Purge(ctx, id),
	} {
		if !errors.Is(err, db.ErrReadOnly) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := m.Close(ctx); err != nil {
		t.Fatal(err)
	}
	if _, _, err := r.Edit(ctx, doc.Article, e); err != nil {
		t.Error(err)
	}
}

func first(_ db.Added, err error) error { return err }

func onlyError(_ library.Retagged, err error) error { return err }

func second(_ *annotate.Layer, _ string, err error) error { return err }

// What is due is annotated once, however many members ask for it.
func TestMembersAnnotateOnce(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	for _, words := range []string{"Ann met Bea.", "Bea met Cyd.", "Cyd met Dee."} {
		if _, err := r.library.Add(ctx, story(words, words)); err != nil {
			t.Fatal(err)
		}
	}
	var all sync.WaitGroup
	for range 10 {
		all.Go(func() {
			if err := workspace.For(r.Workspace, workspace.Member{Who: "x"}).AnnotateAll(ctx, nil); err != nil {
				t.Error(err)
			}
		})
	}
	if all.Wait(); r.calls != 3 {
		t.Errorf("%d articles annotated, not 3", r.calls)
	}
}

func spanOf(t *testing.T, text, words string) articles.Span {
	t.Helper()
	i := strings.Index(text, words)
	if i < 0 {
		t.Fatalf("no %q", words)
	}
	return articles.Span{Start: i, End: i + len(words)}
}

// What one member decided another finds, in the library as in its articles.
func TestMembersFindWhatOthersDecided(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	id := r.add(t, story("a", text))
	ann, bob := workspace.For(r.Workspace, workspace.Member{Who: "ann"}), workspace.For(r.Workspace, workspace.Member{Who: "bob"})
	doc, err := ann.Open(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	e := review.Edit{Verb: annotate.Relabel, Value: "organization", Targets: []review.Target{{Kind: annotate.OfMention, Span: spanOf(t, doc.Text, "Halden")}}}
	if _, _, err := ann.Edit(ctx, doc.Article, e); err != nil {
		t.Fatal(err)
	}
	hits, err := bob.Finder().Search(ctx, "org:halden", 10)
	if err != nil || len(hits) != 1 {
		t.Errorf("%d hits, %v", len(hits), err)
	}
}

// What one of several merges or saves only they take back, whoever was last; where one works alone it is as ever.
func TestOnlyWhoDecidedTakesBack(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	ann, bob := workspace.For(r.Workspace, workspace.Member{Who: "ann"}), workspace.For(r.Workspace, workspace.Member{Who: "bob"})
	person := func(name string) library.Person {
		return library.Person{ID: library.PersonID{Key: name, Type: annotate.Person}, Name: name}
	}
	for _, names := range [][2]string{{"biden", "trump"}, {"lee", "gray"}, {"quill", "ferris"}} {
		if err := workspace.PersonsOf(ann).Merge(ctx, person(names[0]), person(names[1])); err != nil {
			t.Fatal(err)
		}
		if _, err := workspace.PersonsOf(bob).UndoMerge(ctx); err == nil || err.Error() != "only ann can undo this decision" {
			t.Errorf("bob undoes it: %v", err)
		}
	}
	if err := workspace.PersonsOf(bob).Merge(ctx, person("ole"), person("lars")); err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		who  *workspace.Workspace
		want string
	}{{ann, "quill"}, {bob, "ole"}, {ann, "lee"}, {ann, "biden"}} {
		if m, err := workspace.PersonsOf(x.who).UndoMerge(ctx); err != nil || m.From != x.want {
			t.Errorf("%+v, %v, not %s", m, err, x.want)
		}
	}
	if _, err := workspace.PersonsOf(bob).UndoMerge(ctx); !errors.Is(err, library.ErrNoMerge) {
		t.Error(err)
	}
	for _, name := range []string{"x1", "mine", "übrig"} {
		if err := ann.Finder().SaveSearch(ctx, library.SavedSearch{Name: name, Query: "status:done"}); err != nil {
			t.Fatal(err)
		}
		for _, query := range []string{"", "status:unread"} {
			if err := bob.Finder().SaveSearch(ctx, library.SavedSearch{Name: name, Query: query}); err == nil || !strings.Contains(err.Error(), "only ann can change the search that they saved as @"+name) {
				t.Errorf("bob changes @%s: %v", name, err)
			}
		}
		if err := ann.Finder().SaveSearch(ctx, library.SavedSearch{Name: name, Query: "tag:may"}); err != nil {
			t.Error(err)
		}
	}
	if all, err := r.Library.SavedSearches(ctx); err != nil || len(all) != 3 || all[0].Query != "tag:may" {
		t.Errorf("%v, %v", all, err)
	}
	for _, of := range []struct {
		*workspace.Workspace
		others bool
	}{{ann, false}, {bob, true}} {
		all, err := of.Finder().SavedSearches(ctx)
		for _, x := range all {
			if x.Name == "mine" && x.Others != of.others {
				t.Errorf("%s: %+v", workspace.Signer(of.Workspace), x)
			}
		}
		if err != nil || len(all) == 0 {
			t.Errorf("%v, %v", all, err)
		}
	}
	if err := ann.Finder().SaveSearch(ctx, library.SavedSearch{Name: "mine"}); err != nil {
		t.Error(err)
	}
	if err := bob.Finder().SaveSearch(ctx, library.SavedSearch{Name: "mine", Query: "tag:bob"}); err != nil {
		t.Error("a name that is free again:", err)
	}
	if err := bob.Finder().SaveSearch(ctx, library.SavedSearch{Name: strings.Repeat("ü", 41), Query: "x"}); err == nil {
		t.Error("a name without end")
	}
}
