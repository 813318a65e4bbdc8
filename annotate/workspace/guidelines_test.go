package workspace_test

import (
	"testing"

	"byline/annotate/team"
	"byline/annotate/workspace"
)

// The guidelines of an article are those of the sets in which it is assigned to whoever reads it, or that they curate, each by its name.
func TestGuidelinesOfSets(t *testing.T) {
	t.Parallel()
	c := newCrew(t, workspace.Options{}, "ann", "bob", "carl", "dora")
	id, other := c.add(t, story("a", text)), c.add(t, story("b", "Halden paid Marta Quill."))
	for _, x := range []struct {
		name string
		deal map[string][]string
	}{{"May", map[string][]string{"ann": {id}, "bob": {other}}}, {"June", map[string][]string{"ann": {id, other}}}, {"Plain", nil}} {
		events := []team.Event{{Verb: team.Create, Articles: []string{id, other}}, {Verb: team.Join, Members: []string{"ann", "bob"}},
			{Verb: team.Join, Members: []string{"dora"}, Value: team.Curator}, {Verb: team.Guide, Value: "Rules of " + x.name + "."}}
		if x.deal != nil {
			events = append(events, team.Event{Verb: team.Assign, Deal: x.deal})
		}
		for i := range events {
			events[i].Set = x.name
		}
		c.must(workspace.TeamOf(c.of["carl"]).Record(ctx, events...))
	}
	for _, x := range []struct{ who, id, want string }{
		{"ann", id, "# June\n\nRules of June.\n\n# May\n\nRules of May."},
		{"ann", other, "Rules of June."},
		{"bob", id, ""},
		{"bob", other, "Rules of May."},
		{"dora", id, "# June\n\nRules of June.\n\n# May\n\nRules of May.\n\n# Plain\n\nRules of Plain."},
		{"carl", id, ""},
	} {
		if d, err := workspace.TeamOf(c.of[x.who]).Duty(ctx, x.id); err != nil || d.Guidelines != x.want {
			t.Errorf("to %s, %q, want %q (%v)", x.who, d.Guidelines, x.want, err)
		}
	}
}
