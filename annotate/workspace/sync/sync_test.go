package sync

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	gosync "sync"
	"testing"
	"time"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/review"
	"byline/annotate/team"
	"byline/annotate/workspace"
	"byline/articles"
)

const story = "Marta Quill sold the Courier to Halden.\n\nHalden was glad, and so was Ferris of Halden. Marta Quill left."

// Two people bring their libraries together by a folder.
func TestFolder(t *testing.T) {
	t.Parallel()
	ann, ben, dir := newDesk(t, "ann"), newDesk(t, "Ben O'Neill/2"), t.TempDir()
	id := ann.add(t, "https://example.org/a", "The Courier", story)
	ann.decide(t, id, annotate.Relabel, "Halden", "organization")
	if r := ann.sync(t, dir); r.String() != "0 decisions came, 3 went out; 1 article went out" {
		t.Error(r.String())
	}
	if r := ben.sync(t, dir); r.String() != "3 decisions of 1 person came, 0 went out; 1 article is new" {
		t.Error(r.String())
	}
	ben.decide(t, id, annotate.Relabel, "Halden", "place")
	ben.decide(t, id, annotate.Confirm, "Ferris", "")
	if r := ben.sync(t, dir); r.String() != "0 decisions came, 4 went out" {
		t.Error(r.String())
	}
	r := ann.sync(t, dir)
	if r.String() != "4 decisions of 1 person came, 0 went out" || len(r.Clashes) != 3 || r.Clashes[0].About != "the type" || r.Clashes[0].Title != "The Courier" {
		t.Errorf("%s %+v", r.String(), r.Clashes)
	}
	for range 2 {
		if r := ann.sync(t, dir); r.String() != "Nothing new" || len(r.Clashes) > 0 {
			t.Error(r.String())
		}
	}
	if a, b := ann.export(t), ben.export(t); a != b {
		t.Errorf("ann has\n%s\nben has\n%s", a, b)
	}
	if len(ann.told)+len(ben.told) > 0 {
		t.Error(ann.told, ben.told)
	}
}

// What annotators of a set differ on is for its curators and no conflict, and what these settled is neither.
func TestDifferencesOfASet(t *testing.T) {
	t.Parallel()
	ann, ben, dir := newDesk(t, "ann"), newDesk(t, "ben"), t.TempDir()
	id := ann.add(t, "https://example.org/a", "The Courier", story)
	terms := team.Terms{Each: 2, Overlap: 1}
	err := workspace.TeamOf(ann.Workspace).Record(t.Context(), team.Event{Verb: team.Create, Set: "May", Articles: []string{id}},
		team.Event{Verb: team.Assign, Set: "May", Terms: terms, Deal: map[string][]string{"ann": {id}, "ben": {id}}})
	if err != nil {
		t.Fatal(err)
	}
	ann.sync(t, dir)
	ben.sync(t, dir)
	ann.decide(t, id, annotate.Relabel, "Halden", "organization")
	ben.decide(t, id, annotate.Relabel, "Halden", "place")
	ben.sync(t, dir)
	if r := ann.sync(t, dir); r.Came == 0 || len(r.Clashes) != 0 || len(r.Differences) == 0 || r.Differences[0].Set != "May" {
		t.Errorf("%s %+v %+v", r.String(), r.Clashes, r.Differences)
	}
}

// Whatever the order in which three people decide and bring their libraries together, by two folders: in the end all have the same,
// and the folders too.
func TestAnyOrder(t *testing.T) {
	t.Parallel()
	seeds := 6
	if testing.Short() {
		seeds = 1
	}
	for seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			anyOrder(t, rand.New(rand.NewPCG(uint64(seed), 1)))
		})
	}
}

func anyOrder(t *testing.T, r *rand.Rand) {
	desks := []*desk{newDesk(t, "ann"), newDesk(t, "Ann"), newDesk(t, "ben")}
	dirs := []string{t.TempDir(), t.TempDir()}
	for i, d := range desks { // each has an article of the others and one of its own
		d.add(t, "https://example.org/all", "The Courier", story)
		d.add(t, fmt.Sprint("https://example.org/", i), fmt.Sprint("Title ", i), fmt.Sprintf("Ann Lee met Number%c in Lund. %s", 'A'+i, story))
	}
	for n := 0; n < 200; {
		d := desks[r.IntN(3)]
		switch k := r.IntN(20); {
		case k == 0:
			d.sync(t, dirs[r.IntN(2)])
		case k == 1: // the source changes
			d.add(t, "https://example.org/all", fmt.Sprint("The Courier ", r.IntN(3)), fmt.Sprintf("%d days later. %s", r.IntN(3), story))
		default:
			d.decideAnything(t, r)
			n++
		}
	}
	for range 3 {
		for _, i := range r.Perm(3) {
			for _, k := range r.Perm(2) {
				desks[i].sync(t, dirs[k])
			}
		}
	}
	want, folder := desks[0].export(t), files(t, dirs[0])
	for i, d := range desks {
		if got := d.export(t); got != want {
			t.Errorf("%d has not what 0 has: %s", i, difference(got, want))
		}
		for _, dir := range dirs {
			if rep := d.sync(t, dir); rep.String() != "Nothing new" || len(d.told) > 0 {
				t.Error(rep.String(), d.told)
			}
		}
	}
	if !maps.Equal(folder, files(t, dirs[1])) {
		t.Errorf("the folders differ:\n%v\n%v", folder, files(t, dirs[1]))
	}
	if len(folder) < 15 {
		t.Errorf("only %d files", len(folder))
	}
}

// difference returns where two texts begin to differ.
func difference(a, b string) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	return fmt.Sprintf("%q and %q", a[max(0, i-200):min(len(a), i+200)], b[max(0, i-200):min(len(b), i+200)])
}

// Processes that are in a folder at the same time do not lose anything: what one overwrote is written by the next run of whoever
// had it.
func TestAtOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	desks := []*desk{newDesk(t, "ann"), newDesk(t, "ann"), newDesk(t, "ben")} // one person on two machines
	var done gosync.WaitGroup
	for i, d := range desks {
		d.add(t, "https://example.org/all", "The Courier", story)
		d.add(t, fmt.Sprint("https://example.org/", i), fmt.Sprint("Title ", i), fmt.Sprintf("Ann Lee met Number%c in Lund. %s", 'A'+i, story))
		r := rand.New(rand.NewPCG(uint64(i), 5))
		done.Go(func() {
			for range 30 {
				d.decideAnything(t, r)
				if _, err := d.Dir(t.Context(), dir); err != nil {
					t.Error(err)
				}
			}
		})
	}
	done.Wait()
	for range 3 {
		for _, d := range desks {
			if d.sync(t, dir); len(d.told) > 0 {
				t.Fatal(d.told)
			}
		}
	}
	want := desks[0].export(t)
	for i, d := range desks {
		if got := d.export(t); got != want {
			t.Errorf("%d: %s", i, difference(got, want))
		}
	}
}

// A file in which nothing can be read is told about in a few lines, and read in the time that its size takes.
func TestHugeFile(t *testing.T) {
	t.Parallel()
	id := articles.TextID(story)
	var b strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&b, "%d\n", i)
	}
	for i := range 2000 {
		fmt.Fprintf(&b, `{"article":"%s","text":"%s","decision":{"id":"01A","who":"ann","verb":"note","value":"%d"}}`+"\n", id, id, i)
	}
	told := 0
	lines := tellLines{name: "p", most: mostTold, tell: func(error) { told++ }}
	l := readLog("p", []byte(b.String()), id, "ann", lines.line)
	lines.end()
	if told != mostTold+1 || missing(b.String()[:600], string(l.bytes())) != "" || len(l.twice["01A"]) != mostTwice {
		t.Error(told, len(l.twice["01A"]))
	}
}

// The sample stories of byline stay where they are.
func TestSamples(t *testing.T) {
	t.Parallel()
	ann, ben, dir := newDesk(t, "ann"), newDesk(t, "ben"), t.TempDir()
	id := ann.add(t, "sample:courier.txt", "The Courier", story)
	ben.add(t, "sample:courier.txt", "The Courier", story)
	ann.decide(t, id, annotate.Confirm, "Ferris", "")
	if r := ann.sync(t, dir); r.String() != "Nothing new" || len(files(t, dir)) != 2 {
		t.Error(r.String(), files(t, dir))
	}
	if r, err := ann.wired(t, ben, -1); err != nil || r.String() != "Nothing new" {
		t.Error(r.String(), err)
	}
}

// Whoever has a clock that is a year slow decides nothing in vain, nor overwrites anybody: decisions have their place by IDs, and who
// has seen one decides after it.
func TestSlowClock(t *testing.T) {
	t.Parallel()
	ann, dir := newDesk(t, "ann"), t.TempDir()
	path := filepath.Join(t.TempDir(), "library.db")
	slow := func() time.Time { return time.Now().AddDate(-1, 0, 0) }
	w, err := workspace.Open(t.Context(), path, capitals{}, workspace.Options{Who: "ben", Now: slow})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close(context.WithoutCancel(t.Context())) })
	ben := deskOf(w)
	id := ann.add(t, "https://example.org/a", "The Courier", story)
	ann.decide(t, id, annotate.Relabel, "Ferris", "organization")
	ann.sync(t, dir)
	ben.sync(t, dir)
	ben.decide(t, id, annotate.Relabel, "Ferris", "place") // knows what ann decided, and is later
	ben.decide(t, id, annotate.Confirm, "Marta Quill", "")
	ben.sync(t, dir)
	if r := ann.sync(t, dir); r.Came != 2 {
		t.Error(r.String())
	}
	if a, b := ann.export(t), ben.export(t); a != b || !strings.Contains(a, `"type":"place","name":"Ferris"`) {
		t.Errorf("%s\n%s", a, b)
	}
}

// What a later version adds to decisions goes on as it came, byte for byte, through the libraries of versions that do not know it.
func TestLaterVersions(t *testing.T) {
	t.Parallel()
	ann, ben, cy, one, two := newDesk(t, "ann"), newDesk(t, "ben"), newDesk(t, "cy"), t.TempDir(), t.TempDir()
	id := ann.add(t, "https://example.org/a", "The Courier", story)
	ann.sync(t, one)
	line := `{"article":"` + id + `","text":"` + id + `","decision":{"stars": [5, {"x":"\u00e9"}], "id":"01Z","who":"zoe","verb":"praise","kind":"tune","target":{"start":0,"end":5,"exact":"Marta","mood":"glad"}}}`
	p := filepath.Join(one, "byline", logPath(id, "zoe"))
	if err := errors.Join(os.MkdirAll(filepath.Dir(p), 0o755), os.WriteFile(p, []byte(line+"\n"), 0o600)); err != nil {
		t.Fatal(err)
	}
	ben.sync(t, one)
	if _, err := cy.wired(t, ben, -1); err != nil {
		t.Fatal(err)
	}
	cy.sync(t, two)
	if got := files(t, two)["byline/"+logPath(id, "zoe")]; got != line+"\n" {
		t.Errorf("%s", got)
	}
}

// Who annotates an article blind is not told what others decided, nor where they disagree, until all are done.
func TestBlind(t *testing.T) {
	t.Parallel()
	ann, ben, dir := newDesk(t, "ann"), newDesk(t, "ben"), t.TempDir()
	id := ann.add(t, "https://example.org/a", "The Courier", story)
	for _, d := range []*desk{ann, ben} {
		d.Team = workspace.TeamOf(d.Workspace)
	}
	err := workspace.TeamOf(ann.Workspace).Record(t.Context(), team.Event{Verb: team.Create, Set: "May", Articles: []string{id}},
		team.Event{Verb: team.Join, Set: "May", Members: []string{"ann", "ben"}},
		team.Event{Verb: team.Assign, Set: "May", Terms: team.Terms{Each: 2, Overlap: 1, Blind: true}, Deal: map[string][]string{"ann": {id}, "ben": {id}}})
	if err != nil {
		t.Fatal(err)
	}
	ann.sync(t, dir)
	if r := ben.sync(t, dir); r.Events[0] != 3 {
		t.Fatal(r.String())
	}
	ann.decide(t, id, annotate.Confirm, "Ferris", "")
	ben.decide(t, id, annotate.Reject, "Ferris", "")
	ann.sync(t, dir)
	r := ben.sync(t, dir)
	if r.Came != 1 || len(r.Clashes) != 0 {
		t.Error(r.String(), r.Clashes)
	}
	if a := ben.export(t); strings.Contains(a, `"who":"ann"`) || strings.Contains(a, "clash") {
		t.Error(a)
	}
}

// What an annotator decided on a sealed article elsewhere is in their own lists as soon as it came, in a session that is open, and in no list of
// others.
func TestSealedDecisionsThatCame(t *testing.T) {
	t.Parallel()
	home, office, dir := newDesk(t, "ann"), newDesk(t, "ann"), t.TempDir()
	id := home.add(t, "https://example.org/a", "The Courier", story)
	for _, d := range []*desk{home, office} {
		d.Team = workspace.TeamOf(d.Workspace)
	}
	err := workspace.TeamOf(home.Workspace).Record(t.Context(), team.Event{Verb: team.Create, Set: "May", Articles: []string{id}},
		team.Event{Verb: team.Assign, Set: "May", Terms: team.Terms{Each: 2, Overlap: 1, Blind: true}, Deal: map[string][]string{"ann": {id}, "ben": {id}}})
	if err != nil {
		t.Fatal(err)
	}
	found := func(w *workspace.Workspace) int {
		t.Helper()
		hits, err := w.Finder().Search(t.Context(), "org:glad", 10)
		if err != nil {
			t.Fatal(err)
		}
		return len(hits)
	}
	home.sync(t, dir)
	office.sync(t, dir)
	if err := office.AnnotateAll(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	session, ben := workspace.For(office.Workspace, workspace.Member{Who: "ann"}), workspace.For(office.Workspace, workspace.Member{Who: "ben"})
	for i, verb := range []annotate.Verb{annotate.Add, annotate.Undo, annotate.Redo} {
		words, value := "", ""
		if verb == annotate.Add {
			words, value = "glad", "organization"
		}
		home.decide(t, id, verb, words, value)
		home.sync(t, dir)
		office.sync(t, dir)
		if got, want := found(session), (i+1)%2; got != want {
			t.Errorf("after %s came, ann finds %d, not %d", verb, got, want)
		}
		if found(ben) != 0 {
			t.Errorf("after %s came, ben finds what ann decided", verb)
		}
	}
}

// How far others have come is known with what came, before byline has read it: after the first time, after what they took back,
// and after the team has changed.
func TestProgressOfWhatCame(t *testing.T) {
	t.Parallel()
	ann, ben, carl, dir := newDesk(t, "ann"), newDesk(t, "ben"), newDesk(t, "carl"), t.TempDir()
	for _, d := range []*desk{ann, ben, carl} {
		d.Team = workspace.TeamOf(d.Workspace)
	}
	one, two := ann.add(t, "https://example.org/a", "The Courier", story), ann.add(t, "https://example.org/b", "Later", "Later. "+story)
	deal := func(d *desk, set string, of map[string][]string) {
		t.Helper()
		if err := d.Team.(workspace.Team).Record(t.Context(), team.Event{Verb: team.Create, Set: set, Articles: []string{one, two}}, team.Event{Verb: team.Assign, Set: set, Deal: of}); err != nil {
			t.Fatal(err)
		}
	}
	status := func(d *desk, id string, st library.Status) {
		t.Helper()
		if err := d.Team.(workspace.Team).SetStatus(t.Context(), id, st); err != nil {
			t.Fatal(err)
		}
	}
	progress := func(d *desk, want string) {
		t.Helper()
		all, err := d.Team.(workspace.Team).Progress(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range all {
			got = append(got, fmt.Sprintf("%s %s %d/%d begun %d, %d decisions, %v", p.Set, p.Who, p.Done, p.Assigned, p.Begun, p.Decided, !p.Last.IsZero()))
		}
		if s := strings.Join(got, "; "); s != want {
			t.Errorf("%s", s)
		}
	}
	deal(ann, "May", map[string][]string{"ann": {one, two}, "ben": {one}})
	ann.decide(t, one, annotate.Relabel, "Halden", "organization")
	ann.decide(t, two, annotate.Confirm, "Ferris", "")
	status(ann, one, library.Done)
	ann.sync(t, dir)
	const first = "May ann 1/2 begun 1, 4 decisions, true; May ben 0/1 begun 0, 0 decisions, false"
	progress(ann, first)
	for _, d := range []*desk{ben, carl} {
		d.sync(t, dir)
		progress(d, first)
	}
	ben.decide(t, one, annotate.Reject, "Ferris", "")
	status(ben, one, library.Done)
	status(ann, one, library.Reading)
	ann.sync(t, dir)
	ben.sync(t, dir)
	ann.sync(t, dir)
	carl.sync(t, dir)
	const second = "May ann 0/2 begun 2, 4 decisions, true; May ben 1/1 begun 0, 1 decisions, true"
	for _, d := range []*desk{ann, ben, carl} {
		progress(d, second)
	}
	deal(carl, "June", map[string][]string{"ben": {one}, "dora": {two}})
	progress(carl, "June ben 0/1 begun 1, 1 decisions, true; June dora 0/1 begun 0, 0 decisions, false; "+second)
	if err := carl.AnnotateAll(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	progress(carl, "June ben 0/1 begun 1, 1 decisions, true; June dora 0/1 begun 0, 0 decisions, false; "+second)
}

// newer is another engine, which finds what the one before did.
type newer struct{ capitals }

func (newer) Version() string { return "capitals-2" }

// Where what came was finished with the suggestions of another engine, it is said once, with whose and what to do.
func TestOtherEngines(t *testing.T) {
	t.Parallel()
	w, err := workspace.Open(t.Context(), filepath.Join(t.TempDir(), "library.db"), newer{}, workspace.Options{Who: "ben"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close(context.WithoutCancel(t.Context())) })
	ann, ben, dir := newDesk(t, "ann"), deskOf(w), t.TempDir()
	ann.Store.Engine, ben.Store.Engine = workspace.EngineOf(ann.Workspace), workspace.EngineOf(ben.Workspace)
	id := ann.add(t, "https://example.org/a", "The Courier", story)
	ann.decide(t, id, annotate.Done, "", "May")
	notes := func(d *desk, wants ...string) {
		t.Helper()
		r := d.sync(t, dir)
		if got := r.Notes(); len(got) != min(1, len(wants)) {
			t.Fatalf("%q, want %q", got, wants)
		}
		for _, want := range wants {
			if !strings.Contains(r.Notes()[0], want) {
				t.Errorf("%q, want %q", r.Notes()[0], want)
			}
		}
	}
	notes(ann)
	notes(ben) // one annotator agrees with nobody
	ben.decide(t, id, annotate.Done, "", "May")
	notes(ben)
	notes(ann, id[:8]+" “The Courier” (ann: capitals-1, ben: capitals-2; here: capitals-1): what they left as suggested", "use one version of byline, and have them annotate these again")
	notes(ann)
	third := newDesk(t, "cy")
	third.Store.Engine = "capitals-3"
	notes(third, "(ann: capitals-1, ben: capitals-2; here: capitals-3)")
	ben.decide(t, id, annotate.Reopen, "", "May")
	notes(ben)
	notes(ann)
}

// What was shown with a decision comes to others with it, and tells whose layer it was: who has another one sees what was confirmed.
func TestShownTravels(t *testing.T) {
	t.Parallel()
	ann, ben, dir := newDesk(t, "ann"), newDesk(t, "ben"), t.TempDir()
	id := ann.add(t, "https://example.org/a", "The Courier", story)
	ann.decide(t, id, annotate.Confirm, "Ferris", "")
	ann.sync(t, dir)
	ben.sync(t, dir)
	logOf := func(d *desk) []annotate.Decision {
		t.Helper()
		doc, err := d.Open(t.Context(), id)
		if err != nil || len(doc.Log) != 1 || doc.Log[0].Shown == nil || doc.Log[0].Shown.Over == "" {
			t.Fatalf("%+v, %v", doc.Log, err)
		}
		return doc.Log
	}
	log := logOf(ann)
	if came := logOf(ben); !reflect.DeepEqual(came, log) {
		t.Errorf("%+v came of %+v", came[0].Shown, log[0].Shown)
	}
	joined := &annotate.Layer{Engine: "one", Entities: []annotate.Entity{{ID: "e1", Type: annotate.Place, Name: "Halden"}}}
	for _, w := range []string{"Halden", "Ferris"} {
		at := strings.LastIndex(story, w+" ")
		joined.Entities[0].Mentions = append(joined.Entities[0].Mentions, annotate.Mention{Span: articles.Span{Start: at, End: at + len(w)}, Form: annotate.Name, Type: annotate.Place})
	}
	slices.SortFunc(joined.Entities[0].Mentions, func(a, b annotate.Mention) int { return a.Compare(b.Span) })
	for e, m := range review.Apply(story, joined, log).Layer.Mentions() {
		if confirmed := m.In(story) == "Ferris"; confirmed != (m.State == annotate.Confirmed) || e.Name != "Ferris" || e.Type != annotate.Person {
			t.Errorf("under another layer %q is of %+v", m.In(story), e)
		}
	}
}
