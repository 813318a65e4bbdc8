package workspace_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/library"
	"byline/annotate/library/db/exchange"
	"byline/annotate/review"
	"byline/annotate/team"
	"byline/annotate/workspace"
)

// blindCrew has an article that ann and bob annotate blind, dora being the curator.
func blindCrew(t *testing.T) (c *crew, id string) {
	t.Helper()
	c = newCrew(t, workspace.Options{Carry: true}, "ann", "bob", "carl", "dora", "eve")
	id = c.add(t, story("a", text))
	c.record(team.Event{Verb: team.Create, Articles: []string{id}}, team.Event{Verb: team.Join, Members: []string{"ann", "bob"}},
		team.Event{Verb: team.Join, Members: []string{"dora"}, Value: team.Curator},
		team.Event{Verb: team.Assign, Terms: team.Terms{Each: 2, Overlap: 1, Blind: true}, Deal: map[string][]string{"ann": {id}, "bob": {id}}})
	return c, id
}

// lead records events of the set May by its curator.
func (c *crew) lead(events ...team.Event) {
	c.t.Helper()
	for i := range events {
		events[i].Set = "May"
	}
	c.must(workspace.TeamOf(c.of["dora"]).Record(ctx, events...))
}

// done marks an article as done for people.
func (c *crew) done(id string, who ...string) {
	c.t.Helper()
	for _, w := range who {
		c.must(c.decide(w, id, annotate.Done, "", "May"))
	}
}

// typeOf returns the type of a name in somebody's reading, as somebody else sees it; empty if it is rejected.
func (c *crew) typeOf(asks, who, id, words string) annotate.Type {
	c.t.Helper()
	doc := c.see(asks, id)
	for e, m := range doc.Who(who).Layer.Mentions() {
		if m.Span == spanOf(c.t, doc.Text, words) && m.State != annotate.Rejected {
			return e.Type
		}
	}
	return ""
}

// Whoever is done with a blind article decides nothing more there; while others are not, they may take that back.
func TestDoneWithABlindArticle(t *testing.T) {
	t.Parallel()
	c, id := blindCrew(t)
	changes := func(who string, want error) {
		t.Helper()
		for _, x := range []struct {
			verb         annotate.Verb
			words, value string
		}{{annotate.Relabel, "Ferris", "place"}, {annotate.Relabel, "Halden", "place"}, {annotate.Confirm, "Marta Quill", ""}} {
			if err := c.decide(who, id, x.verb, x.words, x.value); !errors.Is(err, want) {
				t.Errorf("%s may %s %s: %v", who, x.verb, x.words, err)
			}
		}
	}
	c.must(c.decide("ann", id, annotate.Relabel, "Halden", "organization"))
	c.done(id, "ann")
	changes("ann", workspace.ErrDone)
	c.must(c.decide("ann", id, annotate.Note, "Halden", "Ask."))
	c.must(c.decide("ann", id, annotate.Undo, "", "")) // of the note
	c.must(c.decide("ann", id, annotate.Reopen, "", "May"))
	c.must(c.decide("ann", id, annotate.Reject, "Ferris", ""))
	c.done(id, "ann", "bob")
	if doc := c.see("dora", id); doc.Hidden() {
		t.Error("sealed though both are done")
	}
	for _, view := range []library.View{library.Everyone, library.Mine} {
		workspace.See(c.of["ann"], view)
		changes("ann", workspace.ErrOpen)
	}
	changes("bob", workspace.ErrOpen)
	for _, who := range []string{"ann", "bob"} {
		doc := c.see(who, id)
		from := &format.Document{Article: doc.Article, Layer: review.Apply(doc.Text, doc.Machine, nil).Layer}
		l := *from.Layer
		l.Entities = slices.Clone(l.Entities)
		l.Entities[0].Type, l.Entities[0].Origin = "place", annotate.Origin{Human: true, Rule: "relabel", Score: 1}
		l.Entities[0].Mentions = slices.Clone(l.Entities[0].Mentions)
		l.Entities[0].Mentions[0].Type, l.Entities[0].Mentions[0].State, l.Entities[0].Mentions[0].Origin = "place", annotate.Confirmed, l.Entities[0].Origin
		from.Layer = &l
		if _, err := c.of[who].ImportReading(ctx, id, who, from); !errors.Is(err, workspace.ErrOpen) {
			t.Errorf("a file of %s is taken in: %v", who, err)
		}
	}
	c.must(c.decide("dora", id, annotate.Confirm, "Ferris", "")) // who annotates it not
	c.lead(team.Event{Verb: team.Reopen, Articles: []string{id}})
	changes("ann", nil)
	changes("bob", nil)
	if got := c.typeOf("bob", "ann", id, "Halden"); got != "place" {
		t.Errorf("reopened, and Halden is %s to ann", got)
	}
	c.must(c.decide("ann", id, annotate.Reopen, "", "May"))
	if doc := c.see("bob", id); doc.Hidden() {
		t.Error("reopened, and sealed again")
	}
}

// What comes later from elsewhere stays in the log and is in nobody's reading, whoever asks.
func TestLateDecisions(t *testing.T) {
	t.Parallel()
	c, id := blindCrew(t)
	c.must(c.decide("ann", id, annotate.Relabel, "Halden", "organization"))
	c.done(id, "ann", "bob")
	doc := c.see("ann", id)
	word := func(d annotate.Decision, n int, words string) annotate.Decision {
		d.ID = afterAll(doc.Log, n)
		d.Step, d.Who, d.Kind = d.ID, "ann", annotate.OfMention
		d.Target = annotate.Anchor{Span: spanOf(t, doc.Text, words), Exact: words}
		return d
	}
	first := ""
	for _, d := range doc.Log {
		if d.Who == "ann" && d.Verb == annotate.Relabel {
			first = d.Step
		}
	}
	for i, d := range []annotate.Decision{
		word(annotate.Decision{Verb: annotate.Reject}, 1, "Ferris"),
		word(annotate.Decision{Verb: annotate.Relabel, Value: "person"}, 2, "Halden"),
		{ID: afterAll(doc.Log, 3), Who: "ann", Verb: annotate.Undo, Value: first},
	} {
		if _, err := c.of["bob"].MergeLog(ctx, id, []annotate.Decision{d}); err != nil {
			t.Fatal(err)
		}
		for _, asks := range []string{"ann", "bob", "dora"} {
			if got := c.typeOf(asks, "ann", id, "Halden"); got != "organization" {
				t.Errorf("after %d, Halden is %q to ann, as %s sees it", i, got, asks)
			}
			if c.typeOf(asks, "ann", id, "Ferris") == "" {
				t.Errorf("after %d, ann rejects Ferris, as %s sees it", i, asks)
			}
			if got := workspace.Late(c.see(asks, id), "ann"); got != i+1 {
				t.Errorf("%d decisions are late, want %d", got, i+1)
			}
		}
	}
	if n := len(c.see("bob", id).Log); n != len(doc.Log)+3 {
		t.Errorf("%d decisions in the log, want %d", n, len(doc.Log)+3)
	}
	workspace.See(c.of["ann"], library.Mine)
	if l := c.see("ann", id).Layer; slices.ContainsFunc(l.Entities, func(e annotate.Entity) bool { return e.Name == "Halden" && e.Type != "organization" }) {
		t.Error("ann’s own view is another than her reading")
	}
	c.lead(team.Event{Verb: team.Reopen, Articles: []string{id}})
	if got := c.typeOf("bob", "ann", id, "Ferris"); got != "" {
		t.Errorf("reopened, and Ferris is %s to ann", got)
	}
}

// afterAll returns an ID after all of a log.
func afterAll(log []annotate.Decision, n int) string {
	last := ""
	for i := range log {
		last = max(last, log[i].ID)
	}
	return last + string(rune('0'+n))
}

// Whoever could see what others decided stays done, whoever comes or goes.
func TestOnceOpenStaysDone(t *testing.T) {
	t.Parallel()
	joins := func(id string) []team.Event {
		return []team.Event{{Verb: team.Join, Members: []string{"eve"}},
			{Verb: team.Assign, Terms: team.Terms{Each: 3, Overlap: 1, Blind: true}, Deal: map[string][]string{"eve": {id}}}}
	}
	back := func(c *crew, who, id string) []error {
		return []error{c.decide(who, id, annotate.Reopen, "", "May"), c.decide(who, id, annotate.Undo, "", ""), c.decide(who, id, annotate.Reject, "Ferris", ""),
			workspace.TeamOf(c.of[who]).SetStatus(ctx, id, library.Reading), workspace.TeamOf(c.of[who]).TakeBack(ctx, id)}
	}
	for name, x := range map[string]struct {
		then func(c *crew, id string)
		who  string
		free bool
	}{
		"a third comes":       {func(c *crew, id string) { c.done(id, "ann", "bob"); c.lead(joins(id)...) }, "ann", false},
		"a third came before": {func(c *crew, id string) { c.lead(joins(id)...); c.done(id, "ann", "bob") }, "ann", true},
		"the other is taken off": {func(c *crew, id string) {
			c.done(id, "ann")
			c.lead(team.Event{Verb: team.Withdraw, Members: []string{"bob"}})
		}, "ann", false},
		"the other is taken off before": {func(c *crew, id string) {
			c.lead(team.Event{Verb: team.Withdraw, Members: []string{"bob"}})
			c.done(id, "ann")
		}, "ann", false},
		"taken off and given again": {func(c *crew, id string) {
			c.done(id, "ann", "bob")
			c.lead(team.Event{Verb: team.Withdraw, Members: []string{"ann"}}, team.Event{Verb: team.Assign, Terms: team.Terms{Each: 2, Overlap: 1, Blind: true}, Deal: map[string][]string{"ann": {id}}})
			c.lead(joins(id)...)
		}, "ann", false},
		"closed and opened": {func(c *crew, id string) {
			c.done(id, "ann")
			c.lead(team.Event{Verb: team.Retire}, team.Event{Verb: team.Create, Articles: []string{id}})
		}, "ann", false},
		"the third is alone": {func(c *crew, id string) { c.done(id, "ann", "bob"); c.lead(joins(id)...); c.done(id, "eve") }, "eve", false},
		"nobody else":        {func(c *crew, id string) { c.done(id, "bob") }, "bob", true},
	} {
		c, id := blindCrew(t)
		x.then(c, id)
		errs := back(c, x.who, id)
		if x.free {
			if errs[0] != nil {
				t.Errorf("%s: %s may not go on: %v", name, x.who, errs[0])
			}
			continue
		}
		for i, err := range errs {
			if !errors.Is(err, workspace.ErrOpen) {
				t.Errorf("%s: %s may take back that they are done, or change something (%d): %v", name, x.who, i, err)
			}
		}
	}
}

// Nothing follows in an article that is assigned from what somebody decided in others, so that their reading is the same whoever asks.
func TestNothingIsCarriedToTheAssigned(t *testing.T) {
	t.Parallel()
	for _, terms := range []team.Terms{{}, {Blind: true}, {Each: 2, Overlap: 1}} {
		c := newCrew(t, workspace.Options{Carry: true}, "ann", "bob", "carl", "dora")
		id, free := c.add(t, story("a", text)), c.add(t, story("b", "Halden paid Marta Quill."))
		elsewhere := c.add(t, story("c", "Halden sold it."))
		c.record(team.Event{Verb: team.Create, Articles: []string{id}}, team.Event{Verb: team.Join, Members: []string{"ann", "bob"}},
			team.Event{Verb: team.Join, Members: []string{"dora"}, Value: team.Curator},
			team.Event{Verb: team.Assign, Terms: terms, Deal: map[string][]string{"ann": {id}}})
		c.must(c.decide("ann", elsewhere, annotate.Relabel, "Halden", "organization"))
		c.must(c.of["ann"].Flush(ctx))
		is := func(doc *workspace.Document) annotate.Type {
			for e, m := range doc.Layer.Mentions() {
				if m.In(doc.Text) == "Halden" {
					return e.Type
				}
			}
			return ""
		}
		if got := is(c.see("ann", free)); got != "organization" {
			t.Fatalf("%+v: nothing is carried at all: %s", terms, got)
		}
		shown := is(c.see("ann", id))
		if shown == "organization" {
			t.Errorf("%+v: carried to an article that is assigned", terms)
		}
		c.done(id, "ann")
		for _, asks := range []string{"ann", "bob", "dora"} {
			if got := c.typeOf(asks, "ann", id, "Halden"); got != shown {
				t.Errorf("%+v: ann was shown %s, and her reading has %s, as %s has it", terms, shown, got, asks)
			}
			if got := c.typeOf(asks, "ann", free, "Halden"); got != c.typeOf("bob", "ann", free, "Halden") {
				t.Errorf("%+v: as %s has it, ann’s reading of another article is %s", terms, asks, got)
			}
		}
		c.lead(team.Event{Verb: team.Withdraw, Members: []string{"ann"}})
		if got := is(c.see("ann", id)); got != shown {
			t.Errorf("%+v: taken back, it is shown as %s", terms, got)
		}
	}
}

// A reading that is finished twice, in two copies of a library that did not know of each other, is what it was when all were done first, in
// whatever order the decisions come together. The others are counted.
func TestDoneTwice(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("nothing runs at the same time here, and it takes long under the race detector")
	}
	for name, x := range map[string]struct {
		here   []string // are done in one copy
		second bool     // ann is done in the other copy as well, for the first time
		back   bool     // bob takes back there that he is done: he is, by then
		late   int
		halden annotate.Type // to bob
	}{
		"again":                     {here: []string{"ann", "bob"}, late: 4, halden: "place"}, // the three mentions, and Ferris
		"taken back and again":      {here: []string{"ann", "bob"}, back: true, late: 4, halden: "place"},
		"before the other was done": {here: []string{"bob"}, second: true, halden: "organization"},
	} {
		c, id := blindCrew(t)
		o, _ := blindCrewOf(t, c, id)
		c.must(c.decide("bob", id, annotate.Relabel, "Halden", "place"))
		if !slices.Contains(x.here, "bob") {
			c.must(c.decide("bob", id, annotate.Undo, "", ""))
		}
		c.done(id, x.here...)
		if x.back {
			copied(c, o, id, "bob")
			o.must(o.decide("bob", id, annotate.Reopen, "", "May"))
		}
		o.must(o.decide("bob", id, annotate.Relabel, "Halden", "organization"))
		o.must(o.decide("bob", id, annotate.Reject, "Ferris", ""))
		o.done(id, "bob")
		if x.second {
			o.done(id, "ann")
		}
		all := slices.Concat(c.see("dora", id).Log, o.see("dora", id).Log)
		for n := range 2 {
			m, _ := blindCrewOf(t, c, id)
			r := rand.New(rand.NewPCG(uint64(n), 5))
			r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
			if n == 1 { // nothing of bob's comes after what ends his reading
				slices.SortStableFunc(all, func(a, b annotate.Decision) int { return strings.Compare(b.Who, a.Who) })
			}
			for i := range all {
				_, err := m.of["eve"].MergeLog(ctx, id, all[i:i+1])
				m.must(err)
			}
			if got := m.typeOf("dora", "bob", id, "Halden"); got != x.halden {
				t.Errorf("%s: Halden is %q to bob, want %q", name, got, x.halden)
			}
			if got := workspace.Late(m.see("dora", id), "bob"); got != x.late {
				t.Errorf("%s: %d decisions are late, want %d", name, got, x.late)
			}
			progress, err := workspace.TeamOf(m.of["dora"]).Progress(ctx)
			m.must(err)
			for _, p := range progress {
				if want := map[bool]int{true: 3, false: 4}[x.late > 0]; p.Who == "bob" && p.Reviewed != want {
					t.Errorf("%s: bob reviewed %d, want %d", name, p.Reviewed, want)
				}
			}
			m.lead(team.Event{Verb: team.Reopen, Articles: []string{id}})
			if got := m.typeOf("dora", "bob", id, "Halden"); got != "organization" || workspace.Late(m.see("dora", id), "bob") > 0 {
				t.Errorf("%s: reopened, and Halden is %q to bob", name, got)
			}
		}
	}
}

// blindCrewOf has a copy of the library of another crew as it was before anybody decided.
func blindCrewOf(t *testing.T, c *crew, id string) (*crew, string) {
	t.Helper()
	o := newCrew(t, workspace.Options{Carry: true}, "ann", "bob", "carl", "dora", "eve")
	if got := o.add(t, story("a", text)); got != id {
		t.Fatalf("%s, not %s", got, id)
	}
	events, err := workspace.TeamOf(c.of["dora"]).Events(ctx)
	c.must(err)
	_, err = workspace.TeamOf(o.of["carl"]).Merge(ctx, events)
	c.must(err)
	return o, id
}

// copied copies somebody's decisions.
func copied(from, to *crew, id, who string) {
	to.t.Helper()
	own := slices.DeleteFunc(slices.Clone(from.see("dora", id).Log), func(d annotate.Decision) bool { return d.Who != who })
	_, err := to.of["eve"].MergeLog(ctx, id, own)
	to.must(err)
}

// Only what came from elsewhere is not counted in the progress of a team; what was decided here is, before any index knows of it.
func TestUnreadIsWhatCame(t *testing.T) {
	t.Parallel()
	c, id := blindCrew(t)
	o, _ := blindCrewOf(t, c, id)
	unread := func(want bool, when string) {
		t.Helper()
		if is, err := c.library.Unread(ctx); err != nil || is != want {
			t.Errorf("%s: unread %v, %v", when, is, err)
		}
	}
	unread(false, "annotated")
	c.must(c.decide("ann", id, annotate.Reject, "Ferris", ""))
	c.done(id, "ann")
	unread(false, "decided here")
	o.must(o.decide("bob", id, annotate.Reject, "Ferris", ""))
	came, err := o.library.Exchange(workspace.Standing).Read(ctx, id)
	c.must(err)
	_, err = c.library.Exchange(workspace.Standing).Apply(ctx, []*exchange.Article{came})
	c.must(err)
	unread(true, "what came")
	c.must(c.decide("ann", id, annotate.Note, "Halden", "Ask."))
	unread(true, "what came, and more decided here")
	c.must(c.of["dora"].AnnotateAll(ctx, func(_, _ int) {}))
	unread(false, "read")
}

// What somebody took back on a machine that did not know yet that all were done seals nothing again: who saw what others decided goes on seeing it,
// and what was made blind stays as it was.
func TestTakenBackTooLate(t *testing.T) {
	t.Parallel()
	for name, late := range map[string]func(done annotate.Decision) annotate.Decision{
		"reopened": func(annotate.Decision) annotate.Decision {
			return annotate.Decision{Verb: annotate.Reopen, Value: "May"}
		},
		"undone": func(done annotate.Decision) annotate.Decision {
			return annotate.Decision{Verb: annotate.Undo, Value: done.Step}
		},
	} {
		c, id := blindCrew(t)
		c.must(c.decide("ann", id, annotate.Confirm, "Halden", ""))
		c.tag("ann", id, "short")
		c.done(id, "ann")
		first := c.see("ann", id).Log
		c.done(id, "bob")
		step := annotate.Decision{}
		for _, d := range first {
			if d.Verb == annotate.Done {
				step = d
			}
		}
		back := late(step)
		back.ID, back.Who = afterAll(c.see("ann", id).Log, 1), "ann"
		back.Step = back.ID
		reject := annotate.Decision{ID: afterAll(c.see("ann", id).Log, 2), Who: "ann", Verb: annotate.Reject, Kind: annotate.OfMention,
			Target: annotate.Anchor{Span: spanOf(t, text, "Ferris"), Exact: "Ferris"}}
		reject.Step = reject.ID
		_, err := c.of["bob"].MergeLog(ctx, id, []annotate.Decision{back, reject})
		c.must(err)
		for _, who := range []string{"ann", "bob", "carl", "dora"} {
			if c.see(who, id).Hidden() {
				t.Errorf("%s: sealed again to %s", name, who)
			}
			c.shows(who, id, library.Everyone, "short")
			if got := c.typeOf(who, "ann", id, "Ferris"); got == "" {
				t.Errorf("%s: what ann decided after all were done is in her reading, as %s sees it", name, who)
			}
			workspace.See(c.of[who], library.ViewOf("ann"))
			want := c.see(who, id).Layer.Counts()
			want.Least = 0
			if got := c.listed(who, id); got.Counts != want || got.Status != library.Done {
				t.Errorf("%s: ann's reading is listed as %+v to %s, want %+v", name, got, who, want)
			}
			workspace.See(c.of[who], library.Everyone)
		}
		if got, want := workspace.Late(c.see("bob", id), "ann"), map[string]int{"reopened": 1, "undone": 2}[name]; got != want {
			t.Errorf("%s: %d decisions are left out, want %d", name, got, want)
		}
		if err := c.decide("ann", id, annotate.Reject, "Marta Quill", ""); !errors.Is(err, workspace.ErrOpen) {
			t.Errorf("%s: ann goes on: %v", name, err)
		}
		if err := workspace.TeamOf(c.of["ann"]).SetStatus(ctx, id, library.Reading); !errors.Is(err, workspace.ErrOpen) {
			t.Errorf("%s: ann takes it back once more: %v", name, err)
		}
		if n, err := c.library.Sealed(ctx); err != nil || n != 0 {
			t.Errorf("%s: %d sealed, %v", name, n, err)
		}
		// A curator lets all decide again.
		c.lead(team.Event{Verb: team.Reopen, Articles: []string{id}})
		if got := c.typeOf("bob", "ann", id, "Ferris"); got != "" {
			t.Errorf("%s: reopened, and Ferris is %s to ann", name, got)
		}
	}
}
