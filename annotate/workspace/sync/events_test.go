package sync

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/team"
	"byline/annotate/workspace"
)

// A line of the team's log that somebody changed is told of, and changes nothing, neither here nor in the file, until it is mended.
func TestChangedEvents(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("nothing runs at the same time here, and it takes long under the race detector")
	}
	for was, is := range map[string]string{
		`"members":["ann"]`: `"members":["bob"]`,
		`"set":"May"`:       `"set":"Maz"`,
		`"blind":true`:      `"blind":false`,
		`"verb":"assign"`:   `"verb":"assess"`, // which sorts after it
	} {
		ann, ben, dir := newDesk(t, "ann"), newDesk(t, "ben"), t.TempDir()
		for _, d := range []*desk{ann, ben} {
			d.Team = workspace.TeamOf(d.Workspace)
		}
		id := ann.add(t, "https://example.org/a", "The Courier", story)
		if err := workspace.TeamOf(ann.Workspace).Record(t.Context(), team.Event{Verb: team.Create, Set: "May", Articles: []string{id}},
			team.Event{Verb: team.Join, Set: "May", Members: []string{"ann"}},
			team.Event{Verb: team.Assign, Set: "May", Terms: team.Terms{Blind: true}, Deal: map[string][]string{"ann": {id}}}); err != nil {
			t.Fatal(err)
		}
		ann.sync(t, dir)
		path := filepath.Join(dir, "byline", "team.jsonl")
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		before := logOfTeam(t, ann)
		for _, both := range []bool{false, true} {
			edited := strings.Replace(string(whole), was, is, 1)
			if edited == string(whole) {
				t.Fatalf("%s is not in\n%s", was, whole)
			}
			if both { // as git merges them
				edited = string(whole) + edited
			}
			if err := os.WriteFile(path, []byte(edited), 0o600); err != nil {
				t.Fatal(err)
			}
			for range 2 {
				ann.told = nil
				ann.sync(t, dir)
				want := map[bool]string{true: "events never change: one ann: .*; the other ann: ", false: "events never change: here ann: .*; there ann: "}[both]
				if !regexp.MustCompile(want).MatchString(strings.Join(ann.told, "\n")) {
					t.Errorf("%s, both %v: told %q", is, both, ann.told)
				}
			}
			if after := logOfTeam(t, ann); after != before {
				t.Errorf("%s, both %v: the log is\n%s", is, both, after)
			}
			now, err := os.ReadFile(path)
			lines := strings.Count(string(whole), "\n") + map[bool]int{true: 1}[both]
			if err != nil || string(now) == string(whole) || strings.Count(string(now), "\n") != lines {
				t.Errorf("%s, both %v: the file is\n%s", is, both, now)
			}
		}
		if err := os.WriteFile(path, whole, 0o600); err != nil {
			t.Fatal(err)
		}
		ann.told = nil
		ann.sync(t, dir)
		ben.sync(t, dir)
		if len(ann.told)+len(ben.told) > 0 || logOfTeam(t, ben) != before {
			t.Errorf("mended: told %q %q, and ben has\n%s", ann.told, ben.told, logOfTeam(t, ben))
		}
	}
}

// logOfTeam returns the log of the team of a library as lines.
func logOfTeam(t *testing.T, d *desk) string {
	t.Helper()
	events, err := workspace.TeamOf(d.Workspace).Events(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, e := range events {
		line, err := team.Encode(e)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(append(line, '\n'))
	}
	return out.String()
}

// Who took back that they are done on a machine that did not know yet that everybody was stays done, which both machines are told once.
func TestTakenBackMeanwhile(t *testing.T) {
	t.Parallel()
	ann, ben, dir := newDesk(t, "ann"), newDesk(t, "ben"), t.TempDir()
	for _, d := range []*desk{ann, ben} {
		d.Team = workspace.TeamOf(d.Workspace)
	}
	id := ann.add(t, "https://example.org/a", "The Courier", story)
	if err := workspace.TeamOf(ann.Workspace).Record(t.Context(), team.Event{Verb: team.Create, Set: "May", Articles: []string{id}},
		team.Event{Verb: team.Join, Set: "May", Members: []string{"ann", "ben"}},
		team.Event{Verb: team.Assign, Set: "May", Terms: team.Terms{Blind: true, Each: 2, Overlap: 1}, Deal: map[string][]string{"ann": {id}, "ben": {id}}}); err != nil {
		t.Fatal(err)
	}
	ann.sync(t, dir)
	ben.sync(t, dir)
	ann.decide(t, id, annotate.Done, "", "May")
	ann.sync(t, dir)
	ben.sync(t, dir)
	ben.decide(t, id, annotate.Done, "", "May")
	ann.decide(t, id, annotate.Reopen, "", "May")
	ann.decide(t, id, annotate.Reject, "Halden", "")
	ann.sync(t, dir) // without a word: nothing is known of ben
	hidden := func(d *desk) bool {
		doc, err := d.Open(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		return doc.Hidden()
	}
	if !hidden(ann) {
		t.Error("open to ann before ben is done as far as she knows")
	}
	for range 2 {
		for i, d := range []*desk{ben, ann} {
			r := d.sync(t, dir)
			if told := strings.Join(r.Notes(), "\n"); strings.Contains(told, "taken back when everybody was done: ann, "+id[:8]+" “The Courier”; it stays done") != (r.Came > 0) {
				t.Errorf("%d, %s: told %q", i, r.String(), told)
			}
			if hidden(d) {
				t.Errorf("%d: sealed again", i)
			}
		}
	}
}
