package workspace_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/library/query"
	"byline/annotate/team"
	"byline/annotate/workspace"
)

// listed returns what a list says of an article to somebody: all entries, the one entry and a search must say the same.
func (c *crew) listed(who, id string) library.Entry {
	c.t.Helper()
	f := c.of[who].Finder()
	var out library.Entry
	c.must(f.EachEntry(ctx, func(e *library.Entry) {
		if e.ID == id {
			out = *e
		}
	}))
	one, err := f.Entry(ctx, id)
	c.must(err)
	entries, err := f.Entries(ctx)
	c.must(err)
	asked, err := query.Parse(fmt.Sprintf("id:%s status:%s claims:%d people:%d reviewed:%d", id, out.Status, out.Counts.Claims, out.Counts.People, 100*out.Counts.Reviewed/max(1, out.Counts.Claims)), query.Options{})
	c.must(err)
	found, err := f.Find(ctx, asked)
	c.must(err)
	hits, err := f.Hits(ctx, asked, 10)
	c.must(err)
	if 100*out.Counts.Reviewed%max(1, out.Counts.Claims) == 0 && (len(found) != 1 || len(hits) != 1 || hits[0].Entry.Counts != out.Counts || hits[0].Entry.Status != out.Status) {
		c.t.Errorf("%s in %s's view lists %+v, which “%v” does not find: %d, %d", who, f.View(), out, asked, len(found), len(hits))
	}
	for _, e := range append(entries, one) {
		if e.ID == id && (e.Counts != out.Counts || e.Status != out.Status || e.Progress != out.Progress) {
			c.t.Errorf("%s lists %+v and %+v", who, e, out)
		}
	}
	left := 0
	c.must(f.Unreviewed(ctx, func(of string, claims int, _ float64) {
		if of == id {
			left = claims
		}
	}))
	if left != out.Counts.Claims-out.Counts.Reviewed {
		c.t.Errorf("%s in %s's view has %+v listed, and %d to review", who, f.View(), out.Counts, left)
	}
	list, all, unread, err := f.Newest(ctx, 10)
	n := 0
	for _, e := range list {
		if e.Status == library.Unread {
			n++
		}
	}
	if err != nil || all != len(list) || n != unread {
		c.t.Errorf("%s in %s's view: %d unread are %d, %v", who, f.View(), n, unread, err)
	}
	return out
}

// countsAsShown requires that lists count for everybody, in every view, what the article shows there; of one that is sealed, their own.
func (c *crew) countsAsShown(when string, sealed bool, ids ...string) {
	c.t.Helper()
	for who, w := range c.of {
		views, err := w.Finder().Views(ctx)
		c.must(err)
		for _, v := range append(views, library.ViewOf("nobody"), library.Curated) {
			workspace.See(w, v)
			for _, id := range ids {
				want := c.see(who, id).Layer.Counts()
				if sealed { // curators see more in the article
					want = c.see(who, id).Who(who).Layer.Counts()
				}
				got := c.listed(who, id).Counts
				if want.Least = 0; got != want {
					c.t.Errorf("%s: %s in %s's view has %+v, listed %+v", when, who, v, want, got)
				}
			}
		}
		workspace.See(w, library.Everyone)
	}
}

func TestListsCountWhatIsShown(t *testing.T) {
	t.Parallel()
	for seed := range uint64(1) {
		for _, set := range []string{"", "open", "blind", "open, hidden", "blind, hidden"} {
			r := rand.New(rand.NewPCG(seed, 1))
			blind, hidden, rounds := strings.HasPrefix(set, "blind"), 0.0, 2
			if strings.HasSuffix(set, "hidden") {
				hidden, rounds = 0.5, 1
			}
			agree := func(d *workspace.Document, done []string) *annotate.Layer {
				l, _ := workspace.ReadingOf(d, done[0])
				return l
			}
			c := &crew{newFixture(t), t, map[string]*workspace.Workspace{}}
			all := workspace.New(c.library, find("large-1", &c.calls), workspace.Options{Agree: agree})
			for _, name := range []string{"ann", "bob", "carl", "dora", "eve"} {
				c.of[name] = workspace.For(all, workspace.Member{Who: name})
			}
			ids := []string{c.add(t, story("a", text)), c.add(t, story("b", "Halden paid Marta Quill and Ferris, not Orrin."))}
			if set != "" {
				c.record(team.Event{Verb: team.Create, Articles: ids[:1]}, team.Event{Verb: team.Join, Members: []string{"ann", "bob"}}, team.Event{Verb: team.Join, Members: []string{"dora"}, Value: team.Curator},
					team.Event{Verb: team.Assign, Terms: team.Terms{Each: 2, Overlap: 1, Blind: blind, Hidden: hidden}, Deal: map[string][]string{"ann": ids[:1], "bob": ids[:1]}})
			}
			words := []string{"Halden", "Marta Quill", "Ferris"}
			decide := func(n int) {
				for range n {
					who, id := []string{"ann", "bob", "carl", "eve"}[r.IntN(4)], ids[r.IntN(2)]
					verb := []annotate.Verb{annotate.Confirm, annotate.Reject, annotate.Relabel, annotate.Undo}[r.IntN(4)]
					word, value := words[r.IntN(3)], ""
					switch verb {
					case annotate.Undo:
						word = ""
					case annotate.Relabel:
						value = []string{"organization", "weapon"}[r.IntN(2)]
					}
					c.must(c.decide(who, id, verb, word, value))
				}
			}
			when := func(s string) string { return fmt.Sprintf("seed %d, set %q, %s", seed, set, s) }
			c.countsAsShown(when("untouched"), blind, ids[0])
			c.countsAsShown(when("untouched"), false, ids[1])
			if all, anns := c.listed("carl", ids[0]).Counts, c.listed("ann", ids[0]).Counts; hidden > 0 != (anns.Claims < all.Claims) {
				t.Errorf("%s: ann has %+v, of %+v", when("untouched"), anns, all)
			}
			for range rounds {
				decide(9)
				c.countsAsShown(when("decided"), blind, ids[0])
				c.countsAsShown(when("decided"), false, ids[1])
			}
			if set == "" {
				continue
			}
			c.must(c.decide("ann", ids[0], annotate.Done, "", "May"))
			c.countsAsShown(when("ann is done"), blind, ids[0])
			c.must(c.decide("bob", ids[0], annotate.Done, "", "May"))
			c.countsAsShown(when("both are done"), false, ids...)
			workspace.See(c.of["dora"], library.Curated)
			for _, w := range words {
				c.must(c.decide("dora", ids[0], annotate.Confirm, w, ""))
				if got, want := c.listed("dora", ids[0]).Counts.Reviewed, c.see("dora", ids[0]).Layer.Counts().Reviewed; got != want {
					t.Errorf("curated, %d reviewed, listed %d", want, got)
				}
			}
			c.countsAsShown(when("curated"), false, ids...)
		}
	}
}

// The status in the view of another is theirs: done and begun follow from the logs, also where they read it in another library.
func TestStatusInTheListOfAnother(t *testing.T) {
	t.Parallel()
	c := newCrew(t, workspace.Options{}, "ann", "bob", "carl", "eve")
	ids := []string{c.add(t, story("a", text)), c.add(t, story("b", "Halden paid Marta Quill.")), c.add(t, story("c", "Halden paid Ferris."))}
	deal := map[string][]string{"ann": ids, "bob": ids[:2]}
	c.record(team.Event{Verb: team.Create, Articles: ids}, team.Event{Verb: team.Join, Members: []string{"ann", "bob"}}, team.Event{Verb: team.Assign, Terms: team.Terms{Each: 2, Overlap: 1}, Deal: deal})
	for _, id := range ids {
		c.must(c.of["ann"].Library.SetStatus(ctx, id, library.Done))
		c.must(c.of["eve"].Library.SetStatus(ctx, id, library.Reading)) // no member: it is the library's
	}
	statuses := func(v library.View) (out []library.Status) {
		workspace.See(c.of["ann"], v)
		for _, id := range ids {
			out = append(out, c.listed("ann", id).Status)
		}
		return out
	}
	expect := func(v library.View, want ...library.Status) {
		t.Helper()
		if got := statuses(v); !slices.Equal(got, want) {
			t.Errorf("in %s's view %v, want %v", v, got, want)
		}
	}
	const none, begun, done = library.Unread, library.Reading, library.Done
	expect(library.ViewOf("bob"), none, none, none)
	c.must(c.decide("bob", ids[0], annotate.Confirm, "Halden", ""))
	c.must(c.decide("bob", ids[1], annotate.Done, "", "May"))
	c.must(c.decide("eve", ids[2], annotate.Confirm, "Halden", ""))
	expect(library.ViewOf("bob"), begun, done, none)
	expect(library.ViewOf("eve"), begun, begun, begun)
	expect(library.ViewOf("carl"), none, none, none)
	// Outside sets it is in no log.
	free := c.add(t, story("d", "Orrin paid Ferris."))
	of := func(asks, who string) library.Status {
		workspace.See(c.of[asks], library.ViewOf(who))
		return c.listed(asks, free).Status
	}
	for _, who := range []string{"bob", "eve"} {
		c.must(workspace.TeamOf(c.of[who]).SetStatus(ctx, free, done))
		if by, other := of("ann", who), of("carl", who); by != done || other != done {
			t.Errorf("%s is done outside sets, and listed as %s to a member, as %s to others", who, by, other)
		}
	}
	c.must(workspace.TeamOf(c.of["eve"]).SetStatus(ctx, free, begun))
	if got := [3]library.Status{of("ann", "eve"), of("eve", "bob"), of("ann", "carl")}; got != [3]library.Status{begun, done, none} {
		t.Errorf("outside sets eve, bob and carl are %v", got)
	}
	workspace.See(c.of["eve"], library.Everyone)
	workspace.See(c.of["carl"], library.Everyone)
	c.must(workspace.TeamOf(c.of["eve"]).Record(ctx, team.Event{Verb: team.Join, Set: "May", Members: []string{"eve"}})) // what she has is hers
	expect(library.ViewOf("eve"), begun, begun, begun)
	c.must(c.decide("bob", ids[1], annotate.Reopen, "", "May")) // on another machine
	c.must(c.of["bob"].Library.SetStatus(ctx, ids[1], done))
	expect(library.ViewOf("bob"), begun, begun, none)
	c.must(c.decide("bob", ids[1], annotate.Done, "", "May"))
	for _, v := range []library.View{library.Everyone, library.Mine, library.ViewOf("ann"), library.Curated} {
		expect(v, begun, begun, begun) // whatever she has marked, the log does not say that she is done
	}
	c.must(c.decide("ann", free, annotate.Confirm, "Ferris", ""))
	c.must(c.of["ann"].Library.SetStatus(ctx, free, done))
	workspace.See(c.of["ann"], library.Mine)
	if e := c.listed("ann", free); e.Status != done {
		t.Errorf("what nobody assigned is %s", e.Status)
	}
	c.must(c.of["bob"].Library.SetPosition(ctx, ids[0], library.Position{Top: 3}, 0.5))
	workspace.See(c.of["ann"], library.ViewOf("bob"))
	if e := c.listed("ann", ids[0]); e.Progress != 0.5 {
		t.Errorf("bob has read %v", e.Progress)
	}
	// Sealed, it is as whoever looks sees it alone.
	c.record(team.Event{Verb: team.Assign, Terms: team.Terms{Each: 2, Overlap: 1, Blind: true}, Deal: deal})
	expect(library.ViewOf("bob"), begun, begun, begun)
	if e := c.listed("ann", ids[0]); e.Progress != 0 || e.Counts.Reviewed != 0 {
		t.Errorf("of a sealed article ann is told how far bob is: %+v", e)
	}
	workspace.See(c.of["eve"], library.ViewOf("bob"))
	if e := c.listed("eve", ids[0]); e.Status != library.Reading || e.Counts.Reviewed != 0 {
		t.Errorf("of a sealed article eve is told how far bob is: %+v", e)
	}
}

// What another process decided, or an older byline, is counted before a command lists it.
func TestCounted(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"ann", "bob", "eve"} {
		a := newFixture(t)
		id := a.add(t, story("a", text))
		b := enter(t, a.path, name, "large-1")
		doc := b.open(t, id)
		doc, _ = b.change(t, doc, annotate.Confirm, "Halden", "") // and is not closed, as if it were killed
		f := a.Finder()
		workspace.See(a.Workspace, library.ViewOf(name))
		if err := f.Counted(ctx); err != nil {
			t.Fatal(err)
		}
		if e, err := f.Entry(ctx, id); err != nil || e.Counts.Reviewed != 1 || e.Counts.Claims != doc.Layer.Counts().Claims {
			t.Errorf("%s: %+v, %v", name, e.Counts, err)
		}
		if left, err := f.Uncounted(ctx, f.View()); err != nil || len(left) > 0 {
			t.Errorf("left to count: %v, %v", left, err)
		}
	}
}
