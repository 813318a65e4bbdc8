package workspace_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/team"
	"byline/annotate/workspace"
)

// tag puts a tag on an article for somebody.
func (c *crew) tag(who, id string, tags ...string) {
	c.t.Helper()
	_, err := c.of[who].Library.Retag(ctx, id, tags, nil)
	c.must(err)
}

// shows requires the tags that an article has for somebody in a view, in the document and in the list.
func (c *crew) shows(who, id string, v library.View, want ...string) {
	c.t.Helper()
	workspace.See(c.of[who], v)
	e, err := c.of[who].Library.Entry(ctx, id)
	c.must(err)
	if doc := c.see(who, id); !slices.Equal(doc.Tags, want) || !slices.Equal(e.Tags, want) {
		c.t.Errorf("in the view of %s, %s sees the tags %q, and %q in the list, want %q", v, who, doc.Tags, e.Tags, want)
	}
}

// A document has the tags of its view; what one person's reading has is theirs and everybody's, and where an article is sealed nobody
// else's.
func TestTagsOfViews(t *testing.T) {
	t.Parallel()
	c := newCrew(t, workspace.Options{}, "ann", "bob", "carl", "dora")
	id := c.add(t, story("a", text))
	c.must(c.library.TagForAll(ctx, id, []string{"may"}))
	c.tag("ann", id, "looks-wrong", "sea")
	c.tag("bob", id, "sea", "short")
	all := []string{"looks-wrong", "may", "sea", "short"}
	open := func(who string) {
		t.Helper()
		c.shows(who, id, library.ViewOf("ann"), "looks-wrong", "may", "sea")
		c.shows(who, id, library.ViewOf("bob"), "may", "sea", "short")
		c.shows(who, id, library.Curated, all...)
		c.shows(who, id, library.Everyone, all...)
		if got := c.see(who, id).Who("ann").Tags; !slices.Equal(got, []string{"looks-wrong", "may", "sea"}) {
			t.Errorf("ann’s reading has the tags %q", got)
		}
		if got := c.see(who, id).Who("eve").Tags; !slices.Equal(got, []string{"may"}) {
			t.Errorf("the reading of somebody without tags has %q", got)
		}
	}
	open("carl")
	c.shows("carl", id, library.Mine, "may")
	c.shows("ann", id, library.Mine, "looks-wrong", "may", "sea")
	c.record(team.Event{Verb: team.Create, Articles: []string{id}}, team.Event{Verb: team.Join, Members: []string{"ann", "bob"}},
		team.Event{Verb: team.Join, Members: []string{"dora"}, Value: team.Curator},
		team.Event{Verb: team.Assign, Terms: team.Terms{Each: 2, Overlap: 1, Blind: true}, Deal: map[string][]string{"ann": {id}, "bob": {id}}})
	for _, v := range []library.View{library.Everyone, library.Mine, library.Curated, library.ViewOf("ann"), library.ViewOf("bob")} {
		c.shows("bob", id, v, "may", "sea", "short")
		c.shows("carl", id, v, "may")
	}
	if got := c.see("bob", id).Who("ann").Tags; !slices.Equal(got, []string{"may"}) {
		t.Errorf("sealed, ann’s reading has the tags %q for bob", got)
	}
	open("dora")
	c.must(workspace.TeamOf(c.of["bob"]).SetStatus(ctx, id, library.Done))
	c.shows("bob", id, library.Everyone, "may", "sea", "short")
	c.must(workspace.TeamOf(c.of["ann"]).SetStatus(ctx, id, library.Done))
	open("bob")
	if _, err := workspace.FindName(ctx, c.of["carl"], "Bob"); err != nil {
		t.Error(err)
	}
	workspace.See(c.of["carl"], library.Everyone)
	c.tag("carl", id, "long")
	if name, err := workspace.FindName(ctx, c.of["ann"], "CARL"); err != nil || name != "carl" {
		t.Errorf("who set a tag and decided nothing is %q: %v", name, err)
	}
}

// The tags that are sealed are those on articles whose decisions are, whoever leads, annotates or is done.
func TestTagsAreSealedAsDecisionsAre(t *testing.T) {
	t.Parallel()
	names := []string{"ann", "bob", "carl", "dora", "eve", ""}
	r := rand.New(rand.NewPCG(3, 1))
	some := func(list []string) []string {
		return slices.DeleteFunc(slices.Clone(list), func(string) bool { return r.IntN(2) == 0 })
	}
	sealed, open, trials := 0, 0, 8
	if testing.Short() {
		trials = 2
	}
	for trial := range trials {
		c := newCrew(t, workspace.Options{}, names...)
		zed := c.library.As("zed")
		var ids []string
		for i := range 3 {
			ids = append(ids, c.add(t, story(fmt.Sprint(i), fmt.Sprint("Halden met Ferris ", i, " times."))))
			_, err := zed.Retag(ctx, ids[i], []string{"zebra"}, nil)
			c.must(err)
		}
		event := func(n int) team.Event {
			e := team.Event{ID: fmt.Sprintf("01K%05d", n), Who: names[r.IntN(4)], Set: []string{"May", "June"}[r.IntN(2)], Articles: ids}
			switch r.IntN(10) {
			case 0:
				e.Verb, e.Members, e.Value = team.Join, some(names[:5]), []string{team.Annotator, team.Curator}[r.IntN(2)]
			case 1:
				e.Verb, e.Members = team.Withdraw, some(names[:4])
			case 2:
				e.Verb, e.Members = team.Leave, some(names[:4])
			case 3:
				e.Verb, e.Articles = []team.Verb{team.Exclude, team.Create}[r.IntN(2)], some(ids)
			case 5, 6:
				e.Verb, e.Articles = team.Reopen, some(ids)
			case 4:
				e.Verb = []team.Verb{team.Retire, team.Create}[r.IntN(2)]
			default:
				e.Verb, e.Terms = team.Assign, team.Terms{Each: 2, Blind: r.IntN(4) > 0}
				e.Deal = map[string][]string{names[r.IntN(4)]: some(ids), names[r.IntN(4)]: some(ids)}
			}
			return e
		}
		_, err := workspace.TeamOf(c.of["carl"]).Merge(ctx, []team.Event{{ID: "01J1", Who: "carl", Verb: team.Create, Set: "May", Articles: ids}, {ID: "01J2", Who: "dora", Verb: team.Create, Set: "June", Articles: ids}})
		c.must(err)
		for step := range 14 {
			if step%2 == 0 {
				_, err := workspace.TeamOf(c.of["carl"]).Merge(ctx, []team.Event{event(step)})
				c.must(err)
			} else {
				verb := []annotate.Verb{annotate.Done, annotate.Done, annotate.Reopen}[r.IntN(3)]
				err := c.decide(names[r.IntN(4)], ids[r.IntN(3)], verb, "", []string{"May", "June"}[r.IntN(2)])
				if err != nil && !errors.Is(err, workspace.ErrOpen) {
					t.Fatal(err)
				}
			}
			for _, who := range names {
				for _, id := range ids {
					hidden := c.see(who, id).Hidden()
					tags, err := c.of[who].Library.Tags(ctx, id)
					c.must(err)
					if hidden == (len(tags) > 0) {
						t.Errorf("trial %d, step %d: %q sees the tags %v; decisions are hidden: %v", trial, step, who, tags, hidden)
					}
					if hidden {
						sealed++
					} else {
						open++
					}
				}
			}
		}
	}
	if sealed < 12*trials || open < 12*trials {
		t.Errorf("%d sealed, %d open: the test looks at too little", sealed, open)
	}
}
