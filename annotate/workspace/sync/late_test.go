package sync

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"byline/annotate"
	"byline/annotate/review"
	"byline/annotate/team"
	"byline/annotate/workspace"
)

// copyOf returns what ann decided as a file, with her name changed to another's and dated before a time.
func copyOf(t *testing.T, d *desk, id, from, to string, before time.Time) string {
	t.Helper()
	rows, err := d.Workspace.Library.Rows(t.Context(), id, 0)
	if err != nil {
		t.Fatal(err)
	}
	ids := review.IDs{Random: strings.NewReader(strings.Repeat("y", 1000))}
	var out strings.Builder
	for _, r := range rows {
		x, err := review.Decode(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		if x.Who != from || x.Verb == annotate.Done {
			continue
		}
		x.At = before.Add(-time.Minute)
		x.ID, x.Who = ids.Next(x.At), to
		x.Step = x.ID
		body, err := review.Encode(x)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, `{"article":%q,"text":%q,"decision":%s}`+"\n", id, id, body)
	}
	return out.String()
}

// Who says that they are done with a blind article, reads what the other decided and gives it as theirs, dated before, gets no further; notes
// can be given, and all can be once the article was reopened.
func TestGuestCopies(t *testing.T) {
	t.Parallel()
	host, ann := newTeamDesk(t, "carl"), newTeamDesk(t, "ann")
	id := host.add(t, "https://example.org/a", "The Courier", story)
	blindSet(t, host, "May", id)
	bob := host.as("bob")
	bob.decide(t, id, annotate.Relabel, "Ferris", "organization")
	bob.decide(t, id, annotate.Reject, "Courier", "")
	start := time.Now()
	if _, err := ann.wired(t, guestOf(host, "ann", false), -1); err != nil {
		t.Fatal(err)
	}
	early := copyOf(t, host, id, "bob", "ann", start) // of decisions of her own on another computer, which came in time
	first, rest, _ := strings.Cut(early, "\n")
	if took := offer(t, host, "ann", id, map[string]string{logPath(id, "ann"): first + "\n"}); took.Decisions != 1 {
		t.Fatalf("%+v", took)
	}
	done(t, ann, id)
	if r, err := ann.wired(t, guestOf(host, "ann", false), -1); err != nil || r.Went != 1 {
		t.Fatal(r.String(), err)
	}
	if took := offer(t, host, "ann", id, map[string]string{logPath(id, "ann"): rest}); took.Decisions != 1 || len(took.Told) > 0 {
		t.Errorf("it is still sealed: %+v", took)
	}
	done(t, bob, id)
	was := host.logged(t, id)
	copied := copyOf(t, host, id, "bob", "ann", start.Add(-time.Hour))
	took := offer(t, host, "ann", id, map[string]string{logPath(id, "ann"): copied})
	if took.Decisions != 0 || len(took.Told) != 1 || !strings.Contains(took.Told[0], "2 decisions: you are done with it and everybody else is") || host.logged(t, id) != was {
		t.Errorf("%+v; %s", took, host.logged(t, id))
	}
	note := strings.ReplaceAll(copyOf(t, host, id, "bob", "ann", start.Add(-2*time.Hour)), `"reject"`, `"note"`)
	if took := offer(t, host, "ann", id, map[string]string{logPath(id, "ann"): note}); took.Decisions != 1 {
		t.Errorf("a note: %+v", took)
	}
	reopen := team.Event{Verb: team.Reopen, Set: "May", Articles: []string{id}}
	if err := workspace.TeamOf(host.as("dora").Workspace).Record(t.Context(), reopen); err != nil {
		t.Fatal(err)
	}
	if took := offer(t, host, "ann", id, map[string]string{logPath(id, "ann"): copied}); took.Decisions != 2 || len(took.Told) > 0 {
		t.Errorf("reopened: %+v", took)
	}
}

// What comes by a folder after the mark that it is done, and is dated before it, is taken and said.
func TestLateByFolder(t *testing.T) {
	t.Parallel()
	host, dir := newTeamDesk(t, "carl"), t.TempDir()
	id := host.add(t, "https://example.org/a", "The Courier", story)
	blindSet(t, host, "May", id)
	host.as("bob").decide(t, id, annotate.Relabel, "Ferris", "organization")
	start := time.Now()
	host.as("ann").decide(t, id, annotate.Confirm, "Ferris", "")
	done(t, host.as("ann"), id)
	done(t, host.as("bob"), id)
	host.sync(t, dir)
	write(t, dir+"/byline/"+logPath(id, "ann"), copyOf(t, host, id, "bob", "ann", start)+files(t, dir)["byline/"+logPath(id, "ann")])
	r := host.sync(t, dir)
	if notes := strings.Join(r.Notes(), "\n"); r.Came != 1 || !strings.Contains(notes, "1 decision of ann on 1 article came after the mark") {
		t.Errorf("%s; %s", r.String(), notes)
	}
	if r := host.sync(t, dir); len(r.Notes()) > 0 {
		t.Error(r.Notes())
	}
}

// Of two decisions with one ID the one that is here is called so, also once the folder has both, and in whichever order.
func TestWhichIsHere(t *testing.T) {
	t.Parallel()
	for _, value := range []string{"aardvark", "zebra"} { // before and after “organization”
		host, dir := newTeamDesk(t, "ann"), t.TempDir()
		id := host.add(t, "https://example.org/a", "The Courier", story)
		host.decide(t, id, annotate.Relabel, "Ferris", "organization")
		host.sync(t, dir)
		file := dir + "/byline/" + logPath(id, "ann")
		write(t, file, strings.Replace(files(t, dir)["byline/"+logPath(id, "ann")], `"value":"organization"`, `"value":"`+value+`"`, 1))
		for run := range 3 {
			host.sync(t, dir)
			want := "here ann: relabel “Ferris” organization; there ann: relabel “Ferris” " + value
			if len(host.told) != 1 || !strings.Contains(host.told[0], want) {
				t.Errorf("run %d: %q, want %s", run, host.told, want)
			}
		}
		other := newTeamDesk(t, "bob") // who has neither
		other.sync(t, dir)
		if len(other.told) != 1 || !strings.Contains(other.told[0], "two decisions have the ID") {
			t.Errorf("%q", other.told)
		}
	}
}
