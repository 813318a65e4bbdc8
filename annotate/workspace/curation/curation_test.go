package curation_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/adjudicate"
	"byline/annotate/library"
	"byline/annotate/review"
	"byline/annotate/workspace"
	"byline/annotate/workspace/curation"
	"byline/articles"
)

const text = `Marta Quill sold the Courier to Halden.

“We sold it,” said Quill. Halden was glad, and so was Ferris of Halden.`

var capital = regexp.MustCompile(`\p{Lu}\pL+( \p{Lu}\pL+)*`)

// An engine takes every capitalized word for a person's name.
type engine struct{}

func (engine) AnnotateContext(_ context.Context, text string, _ []articles.Block) (*annotate.Layer, error) {
	l := &annotate.Layer{Engine: "capitals"}
	by := map[string]int{}
	for _, m := range capital.FindAllStringIndex(text, -1) {
		s := articles.Span{Start: m[0], End: m[1]}
		i, ok := by[s.In(text)]
		if !ok {
			i = len(l.Entities)
			by[s.In(text)] = i
			l.Entities = append(l.Entities, annotate.Entity{ID: fmt.Sprint("e", i+1), Type: annotate.Person, Name: s.In(text)})
		}
		l.Entities[i].Mentions = append(l.Entities[i].Mentions, annotate.Mention{Span: s, Form: annotate.Name, Type: annotate.Person, Origin: annotate.Origin{Stage: "names", Score: .5}})
	}
	return l, nil
}

func (e engine) AnnotatePart(text string, bs []articles.Block, _ articles.Span) *annotate.Layer {
	l, _ := e.AnnotateContext(context.Background(), text, bs)
	return l
}

func (engine) Version() string { return "capitals" }
func (engine) Release()        {}

// A team is people at one library.
type team struct {
	t    *testing.T
	w    *workspace.Workspace
	a    *articles.Article
	work map[string]*workspace.Workspace
}

func newTeam(t *testing.T, who ...string) *team {
	t.Helper()
	w, err := workspace.Open(t.Context(), filepath.Join(t.TempDir(), "library.db"), engine{}, workspace.Options{Who: "root"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close(context.Background()) })
	added, err := w.Add(t.Context(), &articles.Article{ID: articles.TextID(text), Title: "The Courier", Format: articles.Plain, Text: text})
	if err != nil {
		t.Fatal(err)
	}
	doc, err := w.Open(t.Context(), added.ID)
	if err != nil {
		t.Fatal(err)
	}
	tm := &team{t, w, doc.Article, map[string]*workspace.Workspace{}}
	for _, name := range who {
		tm.work[name] = workspace.For(w, workspace.Member{Who: name})
	}
	return tm
}

func (tm *team) do(who string, e review.Edit) {
	tm.t.Helper()
	if _, _, err := tm.work[who].Edit(tm.t.Context(), tm.a, e); err != nil {
		tm.t.Fatal(err)
	}
}

func (tm *team) relabel(who, words, typ string) {
	tm.t.Helper()
	at := strings.Index(text, words)
	tm.do(who, review.Edit{Verb: annotate.Relabel, Value: typ, Here: true, Targets: []review.Target{{Kind: annotate.OfMention, Span: articles.Span{Start: at, End: at + len(words)}}}})
}

func (tm *team) curation(who string) *curation.Curation { return curation.New(tm.work[who], "") }

func (tm *team) open(c *curation.Curation) *adjudicate.Sitting {
	tm.t.Helper()
	s, err := c.Open(tm.t.Context(), tm.a.ID)
	if err != nil {
		tm.t.Fatal(err)
	}
	return s
}

func (tm *team) take(c *curation.Curation, who string, questions ...int) string {
	tm.t.Helper()
	var asked []string
	for _, q := range questions {
		asked = append(asked, tm.open(c).Asked(q))
	}
	_, said, err := c.Edit(tm.t.Context(), tm.a, review.Edit{Verb: review.Take, Take: review.Taking{Who: who, Questions: asked}})
	if err != nil {
		tm.t.Fatal(err)
	}
	return said
}

func TestOnlyWhoIsDoneCounts(t *testing.T) {
	t.Parallel()
	tm := newTeam(t, "ann", "bob", "cy")
	tm.relabel("ann", "Courier", "organization")
	tm.relabel("bob", "Courier", "place")
	c := tm.curation("cy")
	if s := tm.open(c); len(s.Who) != 0 || len(s.Questions) != 0 {
		t.Errorf("nobody is done, and %v have %d questions", s.Who, len(s.Questions))
	}
	tm.do("ann", review.Edit{Verb: annotate.Done, Value: "first"})
	if s := tm.open(c); !slices.Equal(s.Who, []string{"ann"}) || len(s.Questions) != 0 {
		t.Errorf("only ann is done, and %v have %d questions", s.Who, len(s.Questions))
	}
	tm.do("bob", review.Edit{Verb: annotate.Done, Value: "second"})
	if s := tm.open(c); len(s.Questions) != 1 {
		t.Fatalf("%d questions", len(s.Questions))
	}
	if s := tm.open(curation.New(tm.work["cy"], "first")); !slices.Equal(s.Who, []string{"ann"}) {
		t.Errorf("%v are in the set", s.Who)
	}
	tm.do("bob", review.Edit{Verb: annotate.Reopen, Value: "second"})
	if s := tm.open(c); len(s.Questions) != 0 {
		t.Errorf("bob is not done, and there are %d questions", len(s.Questions))
	}
}

// What one curator decides is on the disk, seen by another, and nobody's own reading.
func TestCuratorsSeeEachOther(t *testing.T) {
	t.Parallel()
	tm := newTeam(t, "ann", "bob", "cy", "dee")
	tm.relabel("ann", "Courier", "organization")
	tm.relabel("bob", "Courier", "place")
	tm.relabel("bob", "Ferris", "organization")
	for _, who := range []string{"ann", "bob"} {
		tm.do(who, review.Edit{Verb: annotate.Done})
	}
	cy, dee := tm.curation("cy"), tm.curation("dee")
	if s := tm.open(dee); len(s.Open()) != 2 {
		t.Fatalf("%d questions", len(s.Open()))
	}
	if said := tm.take(cy, "ann", 0); said != "As ann: organization" {
		t.Errorf("said %q", said)
	}
	if s := tm.open(dee); !slices.Equal(s.Open(), []int{1}) {
		t.Errorf("%v are open", s.Open())
	}
	tm.take(dee, adjudicate.Nobody, 1)
	for _, who := range []string{"ann", "bob"} {
		if _, err := tm.w.Library.As(who).Retag(t.Context(), tm.a.ID, []string{"sea", "of " + who}, nil); err != nil {
			t.Fatal(err)
		}
	}
	workspace.See(tm.w, library.Mine)
	doc, err := tm.w.Open(t.Context(), tm.a.ID)
	workspace.See(tm.w, library.Everyone)
	if err != nil {
		t.Fatal(err)
	}
	one, open, err := curation.Document(doc, "")
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(one.Tags, []string{"of ann", "of bob", "sea"}) {
		t.Errorf("the curated reading has the tags %q", one.Tags)
	}
	if got := names(one.Layer); open != 0 || got != "Marta Quill person, Courier organization, Halden person, We person, Quill person" {
		t.Errorf("%d open, curated reading is %s", open, got)
	}
	for _, d := range one.Log {
		if d.Layer != annotate.Curated {
			t.Errorf("%s of %s is in the log of the curated reading", d.Verb, d.Who)
		}
	}
	if got := tm.open(cy); len(got.Open()) != 0 || cy.Now(tm.a.ID) != got {
		t.Errorf("%d open", len(got.Open()))
	}
	if s := tm.open(tm.curation("cy")); len(s.Open()) != 0 {
		t.Errorf("read again, %d are open", len(s.Open()))
	}
	if _, said, err := cy.Edit(t.Context(), tm.a, review.Edit{Verb: annotate.Undo}); err != nil || !slices.Equal(tm.open(dee).Open(), []int{0}) {
		t.Errorf("after %s, %v are open; %v", said, tm.open(dee).Open(), err)
	}
}

// names writes the entities of a layer that were not rejected.
func names(l *annotate.Layer) string {
	var out []string
	for _, e := range l.Entities {
		if slices.ContainsFunc(e.Mentions, func(m annotate.Mention) bool { return m.State != annotate.Rejected }) {
			out = append(out, e.Name+" "+string(e.Type))
		}
	}
	return strings.Join(out, ", ")
}

// An answer is taken to what was asked. If an annotator changed something behind that, so that the same number is another question or another
// answer, nothing is taken; what is asked as before is, whatever its number.
func TestAskedAnew(t *testing.T) {
	t.Parallel()
	tm := newTeam(t, "ann", "bob", "cy")
	tm.relabel("ann", "Courier", "organization")
	tm.relabel("bob", "Courier", "place")
	tm.do("ann", review.Edit{Verb: annotate.Done})
	tm.do("bob", review.Edit{Verb: annotate.Done})
	c := tm.curation("cy")
	asked := tm.open(c).Asked(0)
	take := func(asked ...string) error {
		_, _, err := c.Edit(t.Context(), tm.a, review.Edit{Verb: review.Take, Take: review.Taking{Who: "bob", Questions: asked}})
		return err
	}
	answered := func(want ...bool) {
		t.Helper()
		if s := tm.open(c); !slices.Equal(s.Answered, want) {
			t.Errorf("answered: %v, want %v", s.Answered, want)
		}
	}
	tm.relabel("bob", "Ferris", "place") // a question before or after that of the Courier
	s := tm.open(c)
	if len(s.Questions) != 2 {
		t.Fatalf("%d questions", len(s.Questions))
	}
	if err := take(s.Asked(0), s.Asked(1)+"x"); !errors.Is(err, adjudicate.ErrAskedAnew) {
		t.Error(err)
	}
	answered(false, false)
	if err := take(asked); err != nil {
		t.Error(err)
	}
	answered(s.Asked(0) == asked, s.Asked(1) == asked)
	tm.do("cy", review.Edit{Verb: annotate.Undo})
	both := []string{s.Asked(0), s.Asked(1)}
	tm.relabel("bob", "Ferris", "ship") // another answer to the same question
	if err := take(both...); !errors.Is(err, adjudicate.ErrAskedAnew) {
		t.Error(err)
	}
	tm.do("bob", review.Edit{Verb: annotate.Reopen}) // and none at all
	if err := take(both...); !errors.Is(err, adjudicate.ErrAskedAnew) {
		t.Error(err)
	}
}

// newer is another engine, which finds what the one before did.
type newer struct{ engine }

func (newer) Version() string { return "capitals-2" }

// Where annotators had the suggestions of another engine than the one of here, it is said.
func TestOtherEngines(t *testing.T) {
	t.Parallel()
	tm := newTeam(t, "ann", "bob", "cy")
	tm.do("ann", review.Edit{Verb: annotate.Done})
	tm.do("bob", review.Edit{Verb: annotate.Done, Value: "May"})
	mixed := func(w *workspace.Workspace, set, want string) {
		t.Helper()
		c := curation.New(w, set)
		if _, err := c.Open(t.Context(), tm.a.ID); err != nil {
			t.Fatal(err)
		}
		if got := c.Mixed(tm.a.ID); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	mixed(tm.w, "", "")
	w := workspace.New(tm.w.Library, newer{}, workspace.Options{Who: "cy"})
	mixed(w, "", "ann: capitals, bob: capitals; here: capitals-2")
	mixed(w, "May", "") // there only bob is done
	if _, _, err := w.Edit(t.Context(), tm.a, review.Edit{Verb: annotate.Done, Value: "May"}); err != nil {
		t.Fatal(err)
	}
	mixed(w, "May", "bob: capitals, cy: capitals-2; here: capitals-2")
	mixed(tm.w, "", "ann: capitals, bob: capitals, cy: capitals-2; here: capitals")
}

// BenchmarkCurated counts the curated reading of an article of 600 words by three annotators, and one's own: what a list would have to do
// for each article on the screen if these counts were not stored.
func BenchmarkCurated(b *testing.B) {
	w, err := workspace.Open(b.Context(), filepath.Join(b.TempDir(), "library.db"), engine{}, workspace.Options{Who: "root", Agree: curation.Base})
	if err != nil {
		b.Fatal(err)
	}
	defer w.Close(context.Background())
	var words strings.Builder
	for i := range 60 {
		fmt.Fprintf(&words, "then Marta%c and Quill%c sold some of what %s had. ", 'a'+i%20, 'a'+i%7, "Halden")
	}
	a := &articles.Article{ID: articles.TextID(words.String()), Title: "The Courier", Format: articles.Plain, Text: words.String()}
	if _, err := w.Add(b.Context(), a); err != nil {
		b.Fatal(err)
	}
	for k, who := range []string{"ann", "bob", "cara"} {
		one := workspace.For(w, workspace.Member{Who: who})
		for i, m := range capital.FindAllStringIndex(a.Text, -1) {
			verb, value := annotate.Confirm, ""
			if (i+k)%9 == 0 {
				verb, value = annotate.Relabel, "organization"
			}
			e := review.Edit{Verb: verb, Value: value, Targets: []review.Target{{Kind: annotate.OfMention, Span: articles.Span{Start: m[0], End: m[1]}}}}
			if _, _, err := one.Edit(b.Context(), a, e); err != nil {
				b.Fatal(err)
			}
		}
		if _, _, err := one.Edit(b.Context(), a, review.Edit{Verb: annotate.Done, Value: "May"}); err != nil {
			b.Fatal(err)
		}
	}
	for _, v := range []library.View{library.ViewOf("bob"), library.Curated} {
		b.Run(v.String(), func(b *testing.B) {
			for b.Loop() {
				for _, v := range []library.View{library.ViewOf("ann"), v} {
					workspace.See(w, v)
					if _, err := w.Open(b.Context(), a.ID); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
