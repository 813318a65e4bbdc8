package sync

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"byline/annotate"
	"byline/annotate/review"
	"byline/annotate/team"
	"byline/annotate/workspace"
	"byline/articles"
)

// guestOf is the end of a library that is served to somebody.
func guestOf(d *desk, who string, reads bool) *desk {
	w := workspace.For(d.Workspace, workspace.Member{Who: who, Reads: reads})
	return &desk{Workspace: w, Library: OfGuest(w, reads, func(error) {}, func() {})}
}

// newTeamDesk is newDesk with the log of a team.
func newTeamDesk(t *testing.T, who string) *desk {
	d := newDesk(t, who)
	d.Team = workspace.TeamOf(d.Workspace)
	return d
}

// as is the desk of somebody who decides in the library of d as well.
func (d *desk) as(who string) *desk {
	return deskOf(workspace.For(d.Workspace, workspace.Member{Who: who}))
}

// logged returns who decided what on an article, in order: "ann confirm, bob done".
func (d *desk) logged(t *testing.T, id string) string {
	t.Helper()
	rows, err := d.Workspace.Library.Rows(t.Context(), id, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, r := range rows {
		x, err := review.Decode(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, x.Who+" "+string(x.Verb))
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

// blindSet has ann and bob annotate an article blind, and dora curate it.
func blindSet(t *testing.T, d *desk, set string, ids ...string) {
	t.Helper()
	log := workspace.TeamOf(d.Workspace)
	for _, e := range []team.Event{
		{Verb: team.Create, Set: set, Articles: ids},
		{Verb: team.Join, Set: set, Members: []string{"ann", "bob"}},
		{Verb: team.Join, Set: set, Members: []string{"dora"}, Value: team.Curator},
		{Verb: team.Assign, Set: set, Terms: team.Terms{Each: 2, Overlap: 1, Blind: true}, Deal: map[string][]string{"ann": ids, "bob": ids}},
	} {
		if err := log.Record(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
}

func done(t *testing.T, d *desk, id string) {
	t.Helper()
	if err := workspace.TeamOf(d.Workspace).SetStatus(t.Context(), id, "done"); err != nil {
		t.Fatal(err)
	}
}

// What is sealed for somebody does not travel to them, until it is open; what they decided themselves goes both ways.
func TestGuestSealed(t *testing.T) {
	t.Parallel()
	host, ann := newTeamDesk(t, "carl"), newTeamDesk(t, "ann")
	sealed, open := host.add(t, "https://example.org/a", "Sealed", story), host.add(t, "https://example.org/b", "Open", "Open. "+story)
	blindSet(t, host, "May", sealed)
	for _, id := range []string{sealed, open} {
		host.as("bob").decide(t, id, annotate.Confirm, "Ferris", "")
	}
	same := func(want string) {
		t.Helper()
		r, err := ann.wired(t, guestOf(host, "ann", false), -1)
		if err != nil || r.String() != want || len(ann.told) > 0 || r.Guest != "ann" {
			t.Fatalf("%s, %v, %q", r.String(), err, ann.told)
		}
	}
	same("1 decision of 1 person came, 0 went out; 2 articles are new; 4 changes to the team")
	if got := ann.logged(t, sealed); got != "" {
		t.Errorf("of the sealed article came %s", got)
	}
	same("Nothing new")
	ann.decide(t, sealed, annotate.Reject, "Ferris", "")
	host.as("ann").decide(t, sealed, annotate.Confirm, "Courier", "") // in the program, over SSH
	same("1 decision of 1 person came, 1 went out")
	if got := host.logged(t, sealed); got != "ann confirm, ann reject, bob confirm" {
		t.Error(got)
	}
	done(t, ann, sealed)
	same("0 decisions came, 1 went out")
	if got := ann.logged(t, sealed); strings.Contains(got, "bob") {
		t.Errorf("bob is not done, and %s", got)
	}
	done(t, host.as("bob"), sealed) // which opens what bob decided long before
	same("2 decisions of 1 person came, 0 went out")
	same("Nothing new")
	if a, b := ann.logged(t, sealed), host.logged(t, sealed); a != b {
		t.Errorf("%s; %s", a, b)
	}
	// Dora sees all of it, whoever is done.
	dora := newTeamDesk(t, "dora")
	if _, err := dora.wired(t, guestOf(host, "dora", false), -1); err != nil || dora.logged(t, sealed) != host.logged(t, sealed) {
		t.Error(err, dora.logged(t, sealed))
	}
	// Eve belongs to no set: a second article that is sealed stays so for her.
	other := host.add(t, "https://example.org/c", "Other", "Other. "+story)
	blindSet(t, host, "June", other)
	host.as("bob").decide(t, other, annotate.Confirm, "Ferris", "")
	eve := newTeamDesk(t, "eve")
	if r, err := eve.wired(t, guestOf(host, "eve", true), -1); err != nil || eve.logged(t, other) != "" || !strings.HasSuffix(r.String(), "nothing goes out, since you may only read there") {
		t.Error(r.String(), err, eve.logged(t, other))
	}
}

// Nobody gives what is signed by others, what only curators decide, events of the team, another text, or anything at all who reads.
func TestGuestGives(t *testing.T) {
	t.Parallel()
	host, bob := newTeamDesk(t, "carl"), newTeamDesk(t, "bob")
	id := host.add(t, "https://example.org/a", "The Courier", story)
	blindSet(t, host, "May", id)
	if _, err := bob.wired(t, guestOf(host, "bob", true), -1); err != nil {
		t.Fatal(err)
	}
	own := bob.add(t, "https://example.org/own", "Bob's own", "Own. "+story)
	bob.decide(t, id, annotate.Confirm, "Ferris", "")
	bob.decide(t, own, annotate.Confirm, "Ferris", "")
	bob.as("ann").decide(t, id, annotate.Reject, "Ferris", "")
	bob.as("ann").decide(t, own, annotate.Reject, "Ferris", "")
	bob.add(t, "https://example.org/a", "Another title", "Another text. "+story)
	if err := bob.Team.(workspace.Team).Record(t.Context(), team.Event{Verb: team.Create, Set: "Bob's", Articles: []string{own}}); err != nil {
		t.Fatal(err)
	}
	sync := func(reads bool, want string) {
		t.Helper()
		r, err := bob.wired(t, guestOf(host, "bob", reads), -1)
		if err != nil || r.String() != want || len(bob.told) > 0 {
			t.Fatalf("%s, %v, %q", r.String(), err, bob.told)
		}
	}
	sync(true, "Nothing new; nothing goes out, since you may only read there")
	if got := host.logged(t, id); got != "" {
		t.Error("one who reads gave", got)
	}
	sync(false, "0 decisions came, 2 went out; 1 article went out")
	if got := host.logged(t, id) + "; " + host.logged(t, own); got != "bob confirm; bob confirm" {
		t.Error(got)
	}
	a, err := host.Workspace.Library.Entry(t.Context(), id)
	if state, _ := workspace.TeamOf(host.Workspace).State(t.Context()); err != nil || a.Title != "The Courier" || a.Version != 1 || state.Set("Bob's") != nil {
		t.Error(a.Title, a.Version, err)
	}
	// Decisions on a text that is not here wait for it, and that is told.
	bob.decide(t, id, annotate.Reject, "Courier", "")
	if r, err := bob.wired(t, guestOf(host, "bob", false), -1); err != nil || r.Went != 0 || len(bob.told) != 1 || !strings.Contains(bob.told[0], "the text that they are about is not there") {
		t.Error(r.String(), err, bob.told)
	}
}

// A guest who has changed their byline gets no further.
func TestGuestForges(t *testing.T) {
	t.Parallel()
	host := newTeamDesk(t, "carl")
	id := host.add(t, "https://example.org/a", "The Courier", story)
	blindSet(t, host, "May", id)
	host.as("bob").decide(t, id, annotate.Confirm, "Ferris", "")
	rows, err := host.Workspace.Library.Rows(t.Context(), id, 0)
	if err != nil {
		t.Fatal(err)
	}
	bobs := rows[0].ID
	at := time.Now().UTC()
	ids := review.IDs{Random: strings.NewReader(strings.Repeat("x", 1000))}
	line := func(d annotate.Decision) string {
		if d.ID == "" {
			d.ID = ids.Next(at)
		}
		if d.Who == "" {
			d.Who = "ann"
		}
		if d.Verb == "" {
			d.Verb = annotate.Confirm
		}
		d.At, d.Kind = at, annotate.OfMention
		if place := strings.Index(story, "Halden"); d.Verb == annotate.Confirm {
			d.Target = review.Anchor(story, articles.Span{Start: place, End: place + len("Halden")})
			d.Target.Suffix = ""
		}
		body, err := review.Encode(d)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf(`{"article":%q,"text":%q,"decision":%s}`, id, id, body)
	}
	future := ids
	for why, d := range map[string]annotate.Decision{
		"whose decisions are in another file":        {Who: "bob"},
		"it takes back or adds to":                   {Verb: annotate.Undo, Value: bobs},
		"it takes back or adds to what somebody":     {Step: bobs},
		"no byline gives such an ID":                 {ID: "zzzz"},
		"it is of the future":                        {ID: future.Next(at.Add(30 * 24 * time.Hour))},
		"only the curators of May decide here: dora": {Layer: annotate.Curated},
		"there is no layer":                          {Layer: "other"},
		"is not the one of that ID here":             {ID: bobs},
	} {
		name := logPath(id, "ann")
		took := offer(t, host, "ann", id, map[string]string{name: line(d) + "\n"})
		if len(took.Told) != 1 || !strings.Contains(took.Told[0], why) || took.Decisions != 0 || strings.Contains(took.Told[0], "Ferris") {
			t.Errorf("%+v: %+v, not %q", d, took, why)
		}
	}
	if got := host.logged(t, id); got != "bob confirm" {
		t.Error(got)
	}
	if took := offer(t, host, "ann", id, map[string]string{logPath(id, "ann"): line(annotate.Decision{}) + "\n"}); took.Decisions != 1 || len(took.Told) > 0 {
		t.Errorf("what is right is not taken: %+v", took)
	}
	for _, name := range []string{logPath(id, "bob"), aboutPath(id), textPath(id, "0123456789abcdef")} {
		if took := offer(t, host, "ann", id, map[string]string{name: "{}\n"}); took != nil {
			t.Errorf("%s is taken: %+v", name, took)
		}
	}
}

// offer gives files of an article to a library as a guest, also those that it does not ask for, and returns what it says of them; nil if it
// ends there.
func offer(t *testing.T, host *desk, who, id string, files map[string]string) *took {
	t.Helper()
	hashes := map[string]string{}
	for name := range files {
		hashes[name] = "0"
	}
	var in, out strings.Builder
	for _, m := range []*message{{Hello: &hello{Byline: "sync", Version: wireVersion}}, {Have: []have{{Article: id, Hashes: hashes}}}, {Give: &give{Article: id, Files: files}}, {End: &point{}}} {
		line, err := encode(m)
		if err != nil {
			t.Fatal(err)
		}
		in.Write(append(line, '\n'))
	}
	_ = Serve(t.Context(), strings.NewReader(in.String()), &out, func() {}, func(ctx context.Context, _ string, do func(context.Context, *Library) error) error {
		return do(ctx, guestOf(host, who, false).Library)
	})
	w := newWire(strings.NewReader(out.String()), nil, func() {})
	for {
		m, err := w.read(t.Context())
		if err != nil {
			return nil
		}
		if m.Give != nil && who == "ann" && !strings.Contains(host.logged(t, id), "done") {
			for name, data := range m.Give.Files {
				if strings.HasPrefix(name, "log/") && strings.Contains(data, "Ferris") {
					t.Errorf("%s travels: %s", name, data)
				}
			}
		}
		if m.Took != nil {
			return m.Took
		}
	}
}

// Once everybody is done, it stays so, whatever comes later.
func TestGuestReopens(t *testing.T) {
	t.Parallel()
	host, ann := newTeamDesk(t, "carl"), newTeamDesk(t, "ann")
	id := host.add(t, "https://example.org/a", "The Courier", story)
	blindSet(t, host, "May", id)
	sync := func() Report {
		t.Helper()
		r, err := ann.wired(t, guestOf(host, "ann", false), -1)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	sync()
	done(t, ann, id)
	sync()
	done(t, host.as("bob"), id)
	if err := workspace.TeamOf(ann.Workspace).SetStatus(t.Context(), id, "reading"); err != nil { // she does not know that bob is done
		t.Fatal(err)
	}
	if r := sync(); r.Went != 0 || len(ann.told) != 1 || !strings.Contains(ann.told[0], "it stays done") {
		t.Errorf("%s, %q", r.String(), ann.told)
	}
	if got := host.logged(t, id); got != "ann done, bob done" {
		t.Error(got)
	}
}

// A connection of a guest that breaks after any number of bytes leaves nothing half done, and the next brings all together.
func TestGuestBreaks(t *testing.T) {
	t.Parallel()
	step := 401
	if testing.Short() {
		step = 1997
	}
	for left := 0; ; left += step {
		host, ann := newTeamDesk(t, "carl"), newTeamDesk(t, "ann")
		id := host.add(t, "https://example.org/a", "The Courier", story)
		blindSet(t, host, "May", id)
		ann.add(t, "https://example.org/b", "Two", "Two. "+story)
		ann.add(t, "https://example.org/a", "The Courier", story)
		ann.decide(t, id, annotate.Confirm, "Ferris", "")
		host.as("bob").decide(t, id, annotate.Reject, "Ferris", "")
		_, err := ann.wired(t, guestOf(host, "ann", false), left)
		if _, err := ann.wired(t, guestOf(host, "ann", false), -1); err != nil {
			t.Fatal(left, err)
		}
		n, err2 := host.Workspace.Library.Entries(t.Context())
		if a, b := ann.logged(t, id), host.logged(t, id); a != "ann confirm" || b != "ann confirm, bob reject" || len(n) != 2 || err2 != nil {
			t.Fatalf("after %d bytes: %s; %s; %d articles", left, a, b, len(n))
		}
		if err == nil {
			return
		}
	}
}

// Many articles are asked for in parts of a size that the other side takes.
func TestAskedInParts(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("makes large texts")
	}
	host, ann := newTeamDesk(t, "carl"), newTeamDesk(t, "ann")
	for i := range 7 {
		ann.add(t, fmt.Sprint("https://example.org/", i), "Large", fmt.Sprintf("%d. ", i)+strings.Repeat("the mill is closed. ", 3<<20/20))
	}
	if r, err := ann.wired(t, guestOf(host, "ann", false), -1); err != nil || r.Put != 7 {
		t.Error(r.String(), err)
	}
}

// The mark by which an article opens to a guest brings what others decided in the same run.
func TestGuestOpens(t *testing.T) {
	t.Parallel()
	host, ann := newTeamDesk(t, "carl"), newTeamDesk(t, "ann")
	id := host.add(t, "https://example.org/a", "The Courier", story)
	two := host.add(t, "https://example.org/b", "Two", "Two. "+story)
	blindSet(t, host, "May", id, two)
	sync := func() string {
		t.Helper()
		r, err := ann.wired(t, guestOf(host, "ann", false), -1)
		if err != nil {
			t.Fatal(err)
		}
		return r.String()
	}
	sync()
	for _, x := range []string{id, two} {
		host.as("bob").decide(t, x, annotate.Reject, "Ferris", "")
	}
	done(t, host.as("bob"), id)
	ann.decide(t, id, annotate.Confirm, "Ferris", "")
	done(t, ann, id)
	done(t, ann, two)
	if said := sync(); said != "2 decisions of 1 person came, 3 went out" {
		t.Error(said)
	}
	if a, b := ann.logged(t, id), ann.logged(t, two); a != "ann confirm, ann done, bob done, bob reject" || b != "ann done" {
		t.Errorf("%s; %s", a, b)
	}
	if said := sync(); said != "Nothing new" {
		t.Error(said)
	}
}

// What was taken back too late is refused each time it is offered, whatever of it was taken the time before.
func TestGuestTakesBackTwice(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("nothing runs at the same time here, and it takes long under the race detector")
	}
	for name, since := range map[string][]annotate.Verb{
		"not done":             {annotate.Reopen},
		"taken back":           {annotate.Undo},
		"and done again":       {annotate.Reopen, annotate.Done},
		"and by undoing":       {annotate.Undo, annotate.Redo},
		"both, and done again": {annotate.Undo, annotate.Done, annotate.Reopen, annotate.Done},
	} {
		host, ann := newTeamDesk(t, "carl"), newTeamDesk(t, "ann")
		id := host.add(t, "https://example.org/a", "The Courier", story)
		blindSet(t, host, "May", id)
		var told []string
		sync := func() Report {
			t.Helper()
			r, err := ann.wired(t, guestOf(host, "ann", false), -1)
			if err != nil {
				t.Fatal(err)
			}
			told = ann.told
			return r
		}
		by := func() string {
			l, err := workspace.ReadLog(t.Context(), host.Workspace, id)
			if err != nil {
				t.Fatal(err)
			}
			return l.Done("May", "ann")
		}
		sync()
		done(t, ann, id)
		sync()
		done(t, host.as("bob"), id)
		was := by()
		for _, v := range since {
			value := "May"
			if v == annotate.Undo || v == annotate.Redo {
				value = ""
			}
			ann.decide(t, id, v, "", value)
		}
		for i := range 3 {
			r := sync()
			if refused := strings.Contains(strings.Join(told, "\n"), "it stays done"); r.Went != 0 || !refused || by() != was {
				t.Errorf("%s, sync %d: %s, %q, done by %s, was %s", name, i, r.String(), told, by(), was)
			}
		}
	}
}
