package workspace_test

import (
	"reflect"
	"testing"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/team"
	"byline/annotate/workspace"
)

// What annotators say of an article, with its log read by itself, is what they say of the article as it is opened: after its text
// changed, with a rejection of somebody who decided in another article, and sealed.
func TestReadings(t *testing.T) {
	t.Parallel()
	c := newCrew(t, workspace.Options{Carry: true}, "ann", "bob", "carl", "dora")
	changed, plain, sealed := c.add(t, story("a", text)), c.add(t, story("b", "Halden paid Marta Quill.")), c.add(t, story("c", "Ferris met Halden. Quill went on."))
	c.must(c.decide("ann", changed, annotate.Relabel, "Halden", "organization"))
	c.must(c.decide("bob", changed, annotate.Reject, "Courier", ""))
	c.add(t, story("a", "Other words. "+text))
	c.must(c.decide("bob", changed, annotate.Relabel, "Ferris", "place"))
	c.must(c.decide("ann", plain, annotate.Reject, "Marta Quill", ""))
	c.record(team.Event{Verb: team.Create, Articles: []string{sealed}}, team.Event{Verb: team.Join, Members: []string{"ann", "bob"}},
		team.Event{Verb: team.Join, Members: []string{"dora"}, Value: team.Curator},
		team.Event{Verb: team.Assign, Terms: team.Terms{Each: 2, Overlap: 1, Blind: true, Hidden: .5}, Deal: map[string][]string{"ann": {sealed}, "bob": {sealed}}})
	c.must(c.decide("ann", sealed, annotate.Relabel, "Ferris", "place"))
	c.must(c.decide("bob", sealed, annotate.Reject, "Ferris", ""))
	c.must(c.decide("bob", sealed, annotate.Done, "", "May"))
	for _, id := range []string{changed, plain, sealed} {
		for _, who := range []string{"ann", "bob", "carl", "dora"} {
			log, err := workspace.ReadLog(ctx, c.of[who], id)
			c.must(err)
			if id == sealed && (len(log.Finished) != 1 || log.Finished[0].Who != "bob") {
				t.Errorf("finished by %+v", log.Finished)
			}
			of, err := log.Readings(ctx, c.of[who])
			c.must(err)
			workspace.See(c.of[who], library.Everyone)
			doc := c.see(who, id)
			for _, name := range []string{"ann", "bob", "nobody"} {
				want, _ := workspace.ReadingOf(doc, name)
				if !reflect.DeepEqual(want, doc.Who(name).Layer) {
					t.Errorf("%s, as %s sees %s: the reading is %+v, not that of the document of one person", name, who, doc.Title, want)
				}
				if got := of.Of(name); !reflect.DeepEqual(got, want) {
					t.Errorf("%s, as %s sees %s: %+v, not %+v", name, who, doc.Title, got, want)
				}
				if hidden := id == sealed && who != "dora" && who != name; hidden && want.Counts().Reviewed > 0 {
					t.Errorf("%s sees what %s decided on a sealed article", who, name)
				} else if !hidden && (name == "ann" || name == "bob" && id != plain) && want.Counts().Reviewed == 0 {
					t.Errorf("%s has decided nothing on %s, as %s sees it", name, doc.Title, who)
				}
			}
			if of.Text != doc.Text || !reflect.DeepEqual(of.Machine, doc.Machine) {
				t.Errorf("%s: another article", doc.Title)
			}
		}
	}
}
