package workspace_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/review"
	"byline/annotate/team"
	"byline/annotate/workspace"
	"byline/articles"
)

// A crew is several people on one library, each with a workspace.
type crew struct {
	*fixture
	t  *testing.T
	of map[string]*workspace.Workspace
}

func newCrew(t *testing.T, o workspace.Options, names ...string) *crew {
	c := &crew{newFixture(t), t, map[string]*workspace.Workspace{}}
	for _, name := range names {
		o.Who = name
		c.of[name] = workspace.For(workspace.New(c.library, find("large-1", &c.calls), o), workspace.Member{Who: name})
	}
	return c
}

// record records events of the set May.
func (c *crew) record(events ...team.Event) {
	c.t.Helper()
	for i := range events {
		events[i].Set = "May"
	}
	c.must(workspace.TeamOf(c.of["carl"]).Record(ctx, events...))
}

// decide has somebody decide on words of an article.
func (c *crew) decide(who, id string, verb annotate.Verb, words, value string) error {
	doc := c.see(who, id)
	e := review.Edit{Verb: verb, Value: value, Targets: []review.Target{{Kind: annotate.OfMention, Span: spanOf(c.t, doc.Text, words)}}}
	if words == "" {
		e.Targets = nil
	}
	_, _, err := c.of[who].Edit(ctx, doc.Article, e)
	return err
}

func (c *crew) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

// see opens an article as somebody sees it.
func (c *crew) see(who, id string) *workspace.Document {
	c.t.Helper()
	doc, err := c.of[who].Open(ctx, id)
	c.must(err)
	return doc
}

// deciders returns who decided what somebody sees of an article.
func (c *crew) deciders(who, id string) []string {
	c.t.Helper()
	var out []string
	for _, d := range c.see(who, id).Log {
		out = append(out, d.Who)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// sees requires that somebody sees the decisions of these people on an article, and of nobody else.
func (c *crew) sees(who, id string, want ...string) {
	c.t.Helper()
	if got := c.deciders(who, id); !slices.Equal(got, want) {
		c.t.Errorf("%s sees decisions of %q, want %q", who, got, want)
	}
}

// anywhere returns all that the library tells somebody of an article by lists, names, quotes and searches.
func (c *crew) anywhere(who string) string {
	c.t.Helper()
	w := c.of[who]
	c.must(w.Flush(ctx))
	entries, err := w.Library.Entries(ctx)
	c.must(err)
	people, err := workspace.PersonsOf(w).All(ctx)
	c.must(err)
	var hits []library.Hit
	for _, q := range []string{"weapon:Halden", "org:Halden", "name:Halden", "reviewed:1..", "label:weapon"} {
		found, err := w.Finder().Search(ctx, q, 100)
		if err == nil { // a label that nobody sees is no field
			hits = append(hits, found...)
		}
	}
	labels, err := w.Library.Labels(ctx)
	c.must(err)
	done, err := w.Finder().Completions(ctx, "name:H")
	c.must(err)
	all, err := json.Marshal([]any{entries, people, hits, labels, done})
	c.must(err)
	return string(all)
}

// Whose decisions are applied is a matter of the view.
func TestViews(t *testing.T) {
	t.Parallel()
	c := newCrew(t, workspace.Options{}, "ann", "bob", "carl")
	id := c.add(t, story("a", text))
	c.must(c.decide("ann", id, annotate.Relabel, "Halden", "organization"))
	c.must(c.decide("bob", id, annotate.Relabel, "Ferris", "weapon"))
	c.sees("ann", id, "ann", "bob")
	typeOf := func(who, words string) annotate.Type {
		doc := c.see(who, id)
		s := spanOf(t, doc.Text, words)
		for e, m := range doc.Layer.Mentions() {
			if m.Span == s {
				return e.Type
			}
		}
		return ""
	}
	for view, want := range map[library.View][3]string{
		library.Everyone:      {"ann bob", "organization", "weapon"},
		library.Mine:          {"ann", "organization", "person"},
		library.ViewOf("bob"): {"bob", "person", "weapon"},
		library.ViewOf("eve"): {"", "person", "person"},
		library.Curated:       {"", "person", "person"},
	} {
		workspace.See(c.of["ann"], view)
		if got := [3]string{strings.Join(c.deciders("ann", id), " "), string(typeOf("ann", "Halden")), string(typeOf("ann", "Ferris"))}; got != want {
			t.Errorf("in the view of %s: %q, want %q", view, got, want)
		}
		if got := c.see("ann", id).View(); got != view {
			t.Errorf("the view is %q, not %q", got, view)
		}
		if l, err := c.of["ann"].Layer(ctx, c.see("ann", id).Article); err != nil || l.Counts() != c.see("ann", id).Layer.Counts() {
			t.Errorf("Layer and Open differ: %v", err)
		}
	}
	if got := strings.Join(c.deciders("bob", id), " "); got != "ann bob" {
		t.Errorf("ann's view changed bob's: %s", got)
	}
}

// In another person's view nobody decides; in one's own, what others decide meanwhile does not show, and undo takes back the own.
func TestDecidingInAView(t *testing.T) {
	t.Parallel()
	c := newCrew(t, workspace.Options{}, "ann", "bob", "carl")
	id := c.add(t, story("a", text))
	workspace.See(c.of["ann"], library.ViewOf("bob"))
	if err := c.decide("ann", id, annotate.Confirm, "Halden", ""); !errors.Is(err, workspace.ErrOthersReading) {
		t.Errorf("ann decided as bob: %v", err)
	}
	workspace.See(c.of["ann"], library.Mine)
	c.must(c.decide("ann", id, annotate.Confirm, "Halden", ""))
	before := c.see("ann", id).Layer
	c.must(c.decide("bob", id, annotate.Reject, "Halden", ""))
	if c.see("ann", id).Layer != before {
		t.Error("what bob decided makes ann's reading another, so that she is told of it")
	}
	c.must(c.decide("ann", id, annotate.Confirm, "Ferris", ""))
	c.sees("ann", id, "ann")
	if got := c.see("ann", id).Layer.Counts().Reviewed; got != 2 {
		t.Errorf("ann has reviewed %d, want 2", got)
	}
	c.must(c.decide("ann", id, annotate.Undo, "", ""))
	if got := c.see("ann", id).Layer.Counts().Reviewed; got != 1 {
		t.Errorf("after undo ann has reviewed %d, want 1", got)
	}
	c.sees("bob", id, "ann", "bob")
	for _, d := range c.see("bob", id).Log {
		if d.Layer != "" {
			t.Errorf("%s of %s is in the layer %q", d.Verb, d.Who, d.Layer)
		}
	}
	if one := c.see("bob", id).Who("ann"); len(one.Log) != 3 || one.Layer.Counts().Reviewed != 1 {
		t.Errorf("ann's reading for bob: %d decisions, %+v", len(one.Log), one.Layer.Counts())
	}
}

// Of a blind article nobody who annotates the set sees a byte that others decided, in the document, lists, names or searches, until
// all are done, and not again if one goes on.
func TestBlind(t *testing.T) {
	t.Parallel()
	c := newCrew(t, workspace.Options{Carry: true}, "ann", "bob", "carl", "dora", "eve")
	id := c.add(t, story("a", text))
	other := c.add(t, story("b", "Halden paid Marta Quill."))
	before := c.anywhere("eve")
	c.must(c.decide("bob", id, annotate.Relabel, "Halden", "weapon")) // before it is blind
	if c.anywhere("eve") == before {
		t.Fatal("the test looks at nothing: what bob decided is nowhere to be found")
	}
	c.record(team.Event{Verb: team.Create, Articles: []string{id}}, team.Event{Verb: team.Join, Members: []string{"ann", "bob", "eve"}},
		team.Event{Verb: team.Join, Members: []string{"dora"}, Value: team.Curator},
		team.Event{Verb: team.Assign, Terms: team.Terms{Each: 2, Overlap: 1, Blind: true}, Deal: map[string][]string{"ann": {id}, "bob": {id}}})
	c.must(c.decide("bob", id, annotate.Relabel, "Ferris", "weapon"))
	c.must(c.decide("ann", id, annotate.Relabel, "Halden", "organization"))
	blind := func() {
		t.Helper()
		for _, view := range []library.View{library.Everyone, library.ViewOf("bob"), library.Curated, library.Mine} {
			workspace.See(c.of["ann"], view)
			c.sees("ann", id, "ann")
			doc := c.see("ann", id)
			if !doc.Hidden() || len(doc.Who("bob").Log) > 0 || doc.Who("bob").Layer.Counts().Reviewed > 0 {
				t.Errorf("in the view of %s, bob's reading is there", view)
			}
		}
		if got := c.anywhere("eve"); got != before {
			t.Errorf("lists and searches tell eve what was decided:\n%s\nbefore:\n%s", got, before)
		}
		if got := c.anywhere("ann"); strings.Contains(got, "weapon") {
			t.Errorf("lists and searches tell ann what bob decided:\n%s", got)
		}
		if e, err := c.of["ann"].Library.Entry(ctx, id); err != nil || e.Counts.Organizations != 1 || e.Counts.Reviewed != 3 {
			t.Errorf("ann is counted %+v, not her own reading: %v", e.Counts, err)
		}
		c.sees("bob", id, "bob")
		c.sees("eve", id)
		if l := c.see("bob", other).Layer; slices.ContainsFunc(l.Entities, func(e annotate.Entity) bool { return e.Type == "organization" }) {
			t.Error("what ann decided is carried to bob")
		}
		again := workspace.New(c.library, find("large-2", &c.calls), workspace.Options{Who: "bob"}) // annotates all anew
		c.must(again.AnnotateAll(ctx, nil))
		c.must(workspace.New(c.library, find("large-1", &c.calls), workspace.Options{Who: "bob"}).AnnotateAll(ctx, nil))
		if got := c.anywhere("ann"); strings.Contains(got, "weapon") || !strings.Contains(got, "organization") {
			t.Errorf("annotated anew, lists and searches tell ann what bob decided, or not what she did:\n%s", got)
		}
		for _, who := range []string{"eve", "carl"} {
			if got := c.anywhere(who); strings.Contains(got, "weapon") || strings.Contains(got, "organization") {
				t.Errorf("annotated anew, lists and searches tell %s what was decided:\n%s", who, got)
			}
		}
		if got := c.anywhere("bob"); !strings.Contains(got, "weapon") || strings.Contains(got, "organization") {
			t.Errorf("lists and searches tell bob what ann decided, or not what he did:\n%s", got)
		}
	}
	blind()
	c.sees("carl", id) // though he created the set: it has a curator
	c.sees("dora", id, "ann", "bob")
	for _, who := range []string{"Ann", ""} {
		one, err := workspace.For(c.of["carl"], workspace.Member{Who: who}).Open(ctx, id)
		c.must(err)
		if len(one.Log) > 0 || len(one.Placed()) > 0 || len(one.Who("bob").Log) > 0 {
			t.Errorf("%q, who is no member, sees %d decisions", who, len(one.Log))
		}
	}
	retire := team.Event{Verb: team.Retire, Set: "May"}
	for _, who := range []string{"ann", "carl"} {
		if _, ok := errors.AsType[*team.LeadersError](workspace.TeamOf(c.of[who]).Record(ctx, retire)); !ok {
			t.Errorf("%s closed the set", who)
		}
	}
	c.must(c.decide("ann", id, annotate.Done, "", "May"))
	c.must(c.decide("ann", id, annotate.Reopen, "", "May")) // bob is not done, so she has seen nothing
	c.must(c.decide("ann", id, annotate.Done, "", "May"))
	blind()
	c.must(c.decide("bob", id, annotate.Done, "", "May"))
	workspace.See(c.of["ann"], library.Everyone)
	c.sees("ann", id, "ann", "bob")
	if got := c.anywhere("ann"); !strings.Contains(got, "weapon") {
		t.Error("open, and bob's label is not to be found")
	}
	if d, err := workspace.TeamOf(c.of["ann"]).Duty(ctx, id); err != nil || !d.Stays {
		t.Errorf("ann may go on blind although she could see bob's decisions: %+v, %v", d, err)
	}
	for _, err := range []error{
		c.decide("bob", id, annotate.Undo, "", ""), c.decide("ann", id, annotate.Reopen, "", "May"), workspace.TeamOf(c.of["ann"]).SetStatus(ctx, id, library.Reading),
	} {
		if !errors.Is(err, workspace.ErrOpen) {
			t.Errorf("sealed again although all could be seen: %v", err)
		}
	}
	c.sees("ann", id, "ann", "bob")
	c.must(workspace.TeamOf(c.of["dora"]).Record(ctx, retire))
	c.sees("ann", id, "ann", "bob")
}

// In the curated reading decisions are curated ones, by the curators of the set alone, on what annotators agree on.
func TestCurated(t *testing.T) {
	t.Parallel()
	var asked []string
	agree := func(d *workspace.Document, done []string) *annotate.Layer {
		asked = append(asked, fmt.Sprint(done))
		l, _ := workspace.ReadingOf(d, "ann")
		return l
	}
	c := newCrew(t, workspace.Options{Agree: agree}, "ann", "bob", "carl", "dora")
	id := c.add(t, story("a", text))
	c.record(team.Event{Verb: team.Create, Articles: []string{id}}, team.Event{Verb: team.Join, Members: []string{"ann", "bob"}},
		team.Event{Verb: team.Join, Members: []string{"dora"}, Value: team.Curator})
	c.must(c.decide("ann", id, annotate.Confirm, "Halden", ""))
	c.must(c.decide("bob", id, annotate.Reject, "Ferris", ""))
	for _, who := range []string{"ann", "dora"} {
		workspace.See(c.of[who], library.Curated)
	}
	c.sees("dora", id)
	c.must(c.decide("bob", id, annotate.Done, "", "May"))
	c.must(c.decide("dora", id, annotate.Reject, "Ferris", ""))
	c.sees("dora", id, "dora")
	if got := c.see("dora", id).Layer.Counts().Reviewed; got != 2 { // what ann confirmed is agreed on
		t.Errorf("%d reviewed, want 2", got)
	}
	if err := c.decide("ann", id, annotate.Confirm, "Ferris", ""); !errors.Is(err, workspace.ErrNoCurator) {
		t.Errorf("ann decided as a curator: %v", err)
	}
	for _, d := range c.see("dora", id).Log {
		if want := map[string]string{"dora": annotate.Curated}[d.Who]; d.Layer != want {
			t.Errorf("a decision of %s is in the layer %q", d.Who, d.Layer)
		}
	}
	workspace.See(c.of["dora"], library.Mine)
	c.sees("dora", id) // what she decided as a curator is not her own reading
	if len(asked) == 0 || !slices.ContainsFunc(asked, func(s string) bool { return s == "[bob]" }) {
		t.Errorf("asked for what annotators agree on: %q", asked)
	}
}

// A share of the suggestions is hidden from an annotator, in their own reading for ever, and from nobody else.
func TestHiddenSuggestions(t *testing.T) {
	t.Parallel()
	c := newCrew(t, workspace.Options{}, "ann", "bob", "carl")
	words := []string{}
	for i := range 300 {
		words = append(words, fmt.Sprintf("Alpha%c%c%c met nobody.", 'a'+i%26, 'a'+i/26%26, 'a'+i/676))
	}
	id := c.add(t, story("a", strings.Join(words, " ")))
	all := len(c.see("ann", id).Layer.Entities)
	c.record(team.Event{Verb: team.Create, Articles: []string{id}}, team.Event{Verb: team.Join, Members: []string{"ann"}},
		team.Event{Verb: team.Assign, Terms: team.Terms{Hidden: 0.1, Seed: 3}, Deal: map[string][]string{"ann": {id}}})
	shown := func(d *workspace.Document) int { return len(d.Layer.Entities) }
	ann := shown(c.see("ann", id))
	if ann > all*95/100 || ann < all*85/100 {
		t.Errorf("%d of %d suggestions are shown, a tenth should be hidden", ann, all)
	}
	a := c.see("ann", id).Article
	if l := c.of["ann"].Glance(ctx, a, articles.Span{End: len(a.Text)}); len(l.Entities) != ann {
		t.Errorf("at a glance %d are shown, then %d", len(l.Entities), ann)
	}
	if n := shown(c.see("bob", id)); n != all {
		t.Errorf("%d of %d are shown to bob", n, all)
	}
	if n := shown(c.see("bob", id).Who("ann")); n != ann {
		t.Errorf("ann's reading has %d suggestions for bob, and %d for ann", n, ann)
	}
	c.must(c.decide("ann", id, annotate.Done, "", "May"))
	if n := shown(c.see("ann", id)); n != all {
		t.Errorf("done, %d of %d are shown to ann", n, all)
	}
	if n := shown(c.see("bob", id).Who("ann")); n != ann {
		t.Errorf("ann is done, and her reading has %d suggestions, not %d", n, ann)
	}
	people, err := workspace.PersonsOf(c.of["ann"]).All(ctx)
	c.must(err)
	if len(people) != all {
		t.Errorf("%d of %d in the index of everybody", len(people), all)
	}
}
