package team_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"byline/annotate/team"
)

// ids are n IDs of articles.
func ids(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("%04x", i*7919%65536)
	}
	return out
}

// A book is a log of events in the making.
type book struct{ all []team.Event }

func (b *book) add(e team.Event) {
	e.ID, e.At, e.Set = fmt.Sprintf("%026d", len(b.all)+1), time.Date(2026, 3, 9, 10, 0, len(b.all), 0, time.UTC), "May"
	e.Who = "carl"
	b.all = append(b.all, e)
}

func (b *book) set() *team.Set { return team.StateOf(b.all).Set("May") }

// deal appends an assignment of what there is to assign.
func (b *book) deal(t *testing.T, terms team.Terms, who ...string) map[string][]string {
	t.Helper()
	d, err := b.set().Deal(terms, who)
	if err != nil {
		t.Fatal(err)
	}
	b.add(team.Event{Verb: team.Assign, Terms: terms, Deal: d})
	return d
}

// newBook has a set of n articles and the members.
func newBook(n int, members ...string) *book {
	b := &book{}
	b.add(team.Event{Verb: team.Create, Value: "tag:may", Articles: ids(n)})
	b.add(team.Event{Verb: team.Join, Members: members})
	return b
}

// assignedTo counts the articles of a set by how many people have them, and by whom.
func assignedTo(s *team.Set) (by map[int]int, of map[string]int) {
	by, of = map[int]int{}, map[string]int{}
	for _, id := range s.Articles {
		who := s.Assigned(id)
		by[len(who)]++
		for _, w := range who {
			of[w]++
		}
	}
	return by, of
}

// An overlap of 20 % of 100 articles is 20 articles for two; everybody has about as many.
func TestOverlap(t *testing.T) {
	t.Parallel()
	b := newBook(100, "ann", "bob")
	b.deal(t, team.Terms{Each: 2, Overlap: 0.2, Seed: 7}, "ann", "bob")
	by, of := assignedTo(b.set())
	if want := map[int]int{1: 80, 2: 20}; !reflect.DeepEqual(by, want) {
		t.Errorf("%v articles by how many have them, want %v", by, want)
	}
	if want := map[string]int{"ann": 60, "bob": 60}; !reflect.DeepEqual(of, want) {
		t.Errorf("%v, want %v", of, want)
	}
}

// The deal is a function of the set, its seed and the IDs of its articles: made twice it is the same, and there is
// nothing to assign after it. Another seed makes another one.
func TestTheSameDeal(t *testing.T) {
	t.Parallel()
	terms := team.Terms{Each: 2, Overlap: 0.3, Seed: 11}
	one, two := newBook(200, "ann", "bob", "cara"), newBook(200, "ann", "bob", "cara")
	slices.Reverse(two.all[0].Articles)
	d := one.deal(t, terms, "ann", "bob", "cara")
	if again := two.deal(t, terms, "cara", "ann", "bob", "ann"); !reflect.DeepEqual(d, again) {
		t.Error("two deals with one seed differ")
	}
	if more := one.deal(t, terms, "ann", "bob", "cara"); len(more) > 0 {
		t.Errorf("after the deal there is more to assign: %v", more)
	}
	terms.Seed = 12
	if other := newBook(200, "ann", "bob", "cara").deal(t, terms, "ann", "bob", "cara"); reflect.DeepEqual(d, other) {
		t.Error("two seeds make the same deal")
	}
}

// A third annotator moves nobody: neither where nothing is left to assign, nor with a wider overlap or with more articles.
func TestThirdAnnotatorMovesNobody(t *testing.T) {
	t.Parallel()
	terms := team.Terms{Each: 2, Overlap: 0.2, Seed: 7}
	b := newBook(100, "ann", "bob")
	b.deal(t, terms, "ann", "bob")
	had := map[string][]string{"ann": b.set().Of("ann"), "bob": b.set().Of("bob")}
	stays := func() {
		t.Helper()
		for who, ids := range had {
			now := b.set().Of(who)
			for _, id := range ids {
				if !slices.Contains(now, id) {
					t.Fatalf("%s lost %s", who, id)
				}
			}
		}
	}
	b.add(team.Event{Verb: team.Join, Members: []string{"cara"}})
	if d := b.deal(t, terms, b.set().Annotators()...); len(d) > 0 {
		t.Errorf("everything was assigned, and there is more: %v", d)
	}
	stays()
	terms.Overlap, terms.Seed = 0.5, 99 // the seed stays that of the set
	b.deal(t, terms, b.set().Annotators()...)
	stays()
	if by, of := assignedTo(b.set()); by[2] != 50 || of["cara"] != 30 {
		t.Errorf("with half of them twice: %v, %v", by, of)
	}
	if seed, _ := b.set().Seed(); seed != 7 {
		t.Errorf("the seed is %d", seed)
	}
	b.add(team.Event{Verb: team.Create, Articles: []string{"new1", "new2"}})
	b.deal(t, terms, b.set().Annotators()...)
	stays()
	if who := b.set().Assigned("new1"); !slices.Contains(who, "cara") {
		t.Errorf("a new article went to %v, and not to cara, who has fewest", who)
	}
}

// An event that arrives late, and one that another clone made at the same time, move nobody either.
func TestMergedAssignments(t *testing.T) {
	t.Parallel()
	b := newBook(40, "ann", "bob")
	there := &book{slices.Clone(b.all)}
	b.deal(t, team.Terms{Seed: 1}, "ann", "bob")
	there.deal(t, team.Terms{Seed: 2}, "cara")
	there.all[2].ID = "0" + there.all[2].ID[1:25] + "0" // a slow clock: before everything that was assigned here
	all := append(slices.Clone(b.all), there.all[2])
	s := team.StateOf(all).Set("May")
	if got, want := len(s.Of("ann"))+len(s.Of("bob")), 40; got != want {
		t.Errorf("%d articles of ann and bob, want %d", got, want)
	}
	if n := len(s.Of("cara")); n != 40 {
		t.Errorf("%d articles of cara, want 40", n)
	}
	want := team.StateOf(all)
	r := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		if !reflect.DeepEqual(team.StateOf(append(all, all[0])), want) {
			t.Fatal("the order of events, or a duplicate, changes what they come to")
		}
	}
}

// What is not in a set is nobody's there and sealed to nobody, whatever was assigned: else it would be sealed for good, as it is on nobody's list.
func TestAssignedOutsideASet(t *testing.T) {
	t.Parallel()
	create := team.Event{ID: "1", Who: "carl", Set: "May", Verb: team.Create, Articles: []string{"a", "b"}}
	exclude := team.Event{ID: "2", Who: "carl", Set: "May", Verb: team.Exclude, Articles: []string{"b"}}
	assign := team.Event{ID: "3", Who: "dora", Set: "May", Verb: team.Assign, Terms: team.Terms{Blind: true}, Deal: map[string][]string{"ann": {"a", "b"}, "bob": {"b"}}}
	again := team.Event{ID: "4", Who: "carl", Set: "May", Verb: team.Create, Articles: []string{"b"}}
	nobody := func(string, string) string { return "" }
	for name, x := range map[string]struct {
		events []team.Event
		a, b   []string
	}{
		"excluded before it is assigned elsewhere": {[]team.Event{create, exclude, assign}, []string{"ann"}, nil},
		"and added again":                          {[]team.Event{create, exclude, assign, again}, []string{"ann"}, []string{"ann", "bob"}},
		"of a set that nobody created":             {[]team.Event{assign}, nil, nil},
	} {
		state := team.StateOf(x.events)
		s := state.Set("May")
		for id, want := range map[string][]string{"a": x.a, "b": x.b} {
			if got := s.Assigned(id); !slices.Equal(got, want) {
				t.Errorf("%s: %s is assigned to %q, not %q", name, id, got, want)
			}
			for _, who := range []string{"ann", "bob", "eve"} {
				if state.Sealed(id, nobody) != (len(want) > 0) || state.Hides(id, who, nobody) != (len(want) > 0) || slices.Contains(s.Of(who), id) != slices.Contains(want, who) {
					t.Errorf("%s: %s is sealed to %s: %v; on their list: %v", name, id, who, state.Hides(id, who, nobody), slices.Contains(s.Of(who), id))
				}
			}
		}
	}
}

// Terms that cannot be met are refused.
func TestTermsAreChecked(t *testing.T) {
	t.Parallel()
	s := newBook(10, "ann", "bob").set()
	for terms, want := range map[team.Terms]string{
		{Each: 3}:      "the set has 2; add --each 2, or members",
		{Overlap: 1.5}: "from 0 to 100%",
		{Hidden: -1}:   "from 0 to 100%",
		{Each: -1}:     "must be 1 or more",
	} {
		if _, err := s.Deal(terms, s.Annotators()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v", terms, err)
		}
	}
	if _, err := s.Deal(team.Terms{}, nil); err == nil {
		t.Error("a deal to nobody")
	}
}

// A blind article is sealed until everybody who has it is done, for those who annotate the set and for nobody else.
func TestSealed(t *testing.T) {
	t.Parallel()
	b := newBook(4, "ann", "bob", "cara")
	b.add(team.Event{Verb: team.Join, Members: []string{"dora"}, Value: team.Curator})
	b.deal(t, team.Terms{Each: 2, Overlap: 1, Blind: true}, "ann", "bob")
	s := team.StateOf(b.all)
	id := ids(1)[0]
	finished := map[string]bool{}
	done := func(set, who string) string {
		if set == "May" && finished[who] {
			return "by " + who
		}
		return ""
	}
	hides := func(want bool, all ...string) {
		t.Helper()
		for _, who := range all {
			if got := s.Hides(id, who, done); got != want {
				t.Errorf("hidden from %s: %v", who, got)
			}
		}
	}
	hides(true, "ann", "bob", "cara", "Ann", "eve", "carl", "")
	hides(false, "dora")
	finished["ann"] = true
	hides(true, "ann", "bob", "cara")
	if finished["bob"] = true; s.Sealed(id, done) {
		t.Error("sealed although both are done")
	}
	hides(false, "ann", "bob", "cara")
	delete(finished, "ann")
	hides(true, "ann", "bob")
	b.add(team.Event{Verb: team.Leave, Members: []string{"dora"}})
	s = team.StateOf(b.all)
	hides(true, "ann", "dora", "eve")
	hides(false, "carl") // who created it, and it has no curator
	b.add(team.Event{Verb: team.Retire})
	s = team.StateOf(b.all)
	hides(false, "ann", "bob")
	if s.Sealed("elsewhere", done) {
		t.Error("an article of no set is sealed")
	}
}

// A blind set is changed by its curators or, if it has none, by whoever created it; everybody may leave.
func TestAllow(t *testing.T) {
	t.Parallel()
	b := newBook(4, "ann", "bob")
	allows := func(want bool, who string, e team.Event) {
		t.Helper()
		e.Set = "May"
		if err := team.StateOf(b.all).Allow(who, &e); (err == nil) != want {
			t.Errorf("%s by %s: %v", e.Verb, who, err)
		}
	}
	all := []team.Event{{Verb: team.Retire}, {Verb: team.Exclude, Articles: ids(1)}, {Verb: team.Withdraw, Members: []string{"ann"}}, {Verb: team.Leave, Members: []string{"bob"}},
		{Verb: team.Leave, Members: []string{"ann", "bob"}}, {Verb: team.Join, Members: []string{"ann"}, Value: team.Curator}, {Verb: team.Assign}, {Verb: team.Create}}
	allows(true, "ann", all[0]) // it is not blind yet
	b.deal(t, team.Terms{Each: 2, Overlap: 1, Blind: true}, "ann", "bob")
	for _, e := range all {
		allows(false, "ann", e)
		allows(false, "eve", e)
		allows(true, "carl", e)
	}
	allows(true, "ann", team.Event{Verb: team.Leave, Members: []string{"ann"}})
	b.add(team.Event{Verb: team.Join, Members: []string{"dora"}, Value: team.Curator})
	for _, e := range all {
		allows(false, "carl", e)
		allows(true, "dora", e)
	}
	err := team.StateOf(b.all).Allow("ann", &team.Event{Verb: team.Retire, Set: "May"})
	if err == nil || !strings.Contains(err.Error(), "only dora may") {
		t.Errorf("who may is not said: %v", err)
	}
	b.add(team.Event{Verb: team.Retire})
	allows(true, "ann", team.Event{Verb: team.Create})
}

// About the share of the suggestions is hidden that the terms say, the same ones each time, and others from each person.
func TestHiddenSuggestions(t *testing.T) {
	t.Parallel()
	b := newBook(10, "ann", "bob")
	b.deal(t, team.Terms{Each: 2, Overlap: 1, Hidden: 0.1}, "ann", "bob")
	s := b.set()
	hidden := map[string]int{}
	both := 0
	const n = 500
	for _, id := range s.Articles {
		for i := range n {
			words := fmt.Sprint("Name ", i)
			ann, bob := s.Hides(id, "ann", words), s.Hides(id, "bob", words)
			if ann {
				hidden["ann"]++
			}
			if bob {
				hidden["bob"]++
			}
			if ann && bob {
				both++
			}
			if s.Hides(id, "ann", strings.ToUpper("name  ")+fmt.Sprint(i)) != ann {
				t.Fatal("the same words in capitals are not the same")
			}
			if s.Hides(id, "cara", words) {
				t.Fatal("hidden from somebody who does not have the article")
			}
		}
	}
	for who, k := range hidden {
		if k < n*10*8/100 || k > n*10*12/100 {
			t.Errorf("%d of %d hidden from %s", k, n*10, who)
		}
	}
	if both > n*10*2/100 {
		t.Errorf("%d of %d hidden from both", both, n*10)
	}
	// It stays hidden in what was dealt then, whatever becomes of the set; what is dealt later is by the terms of then.
	all := func() (out []bool) {
		for _, id := range s.Articles {
			for i := range 50 {
				out = append(out, b.set().Hides(id, "ann", fmt.Sprint("Name ", i)))
			}
		}
		return out
	}
	before, gone := all(), s.Articles[0]
	for _, e := range []team.Event{{Verb: team.Assign, Terms: team.Terms{Each: 2, Overlap: 1}}, {Verb: team.Withdraw, Members: []string{"ann"}},
		{Verb: team.Exclude, Articles: []string{gone}}, {Verb: team.Retire}, {Verb: team.Create}, {Verb: team.Assign, Deal: map[string][]string{"cara": s.Articles}}} {
		b.add(e)
		if !slices.Equal(before, all()) {
			t.Errorf("another share is hidden after %s", e.Verb)
		}
		if got := len(team.StateOf(b.all).Hiding(gone, "ann")); got != 1 {
			t.Errorf("hidden in %d sets after %s", got, e.Verb)
		}
	}
	if now := team.StateOf(b.all); now.Set(s.Name).Hides(gone, "cara", "Name 1") || len(now.Hiding(gone, "cara")) > 0 {
		t.Error("hidden from cara, who got the articles when nothing was hidden any more")
	}
}

// What other verbs do.
func TestStateOf(t *testing.T) {
	t.Parallel()
	b := newBook(6, "ann", "bob")
	b.deal(t, team.Terms{Each: 2, Overlap: 1}, "ann", "bob")
	b.add(team.Event{Verb: team.Guide, Value: "Mark all names.\nAnd quotes."})
	b.add(team.Event{Verb: team.SetLabels, Labels: []team.Label{{Name: "weapon", Key: "1"}}})
	gone := ids(2)
	b.add(team.Event{Verb: team.Exclude, Articles: gone[:1]})
	b.add(team.Event{Verb: team.Withdraw, Members: []string{"bob"}, Articles: gone[1:]})
	b.add(team.Event{Verb: team.Leave, Members: []string{"bob"}})
	b.add(team.Event{Verb: "paint", Value: "blue"})
	s := b.set()
	switch {
	case len(s.Articles) != 5 || len(s.Assigned(gone[0])) > 0:
		t.Errorf("%d articles, and %v have one that is out", len(s.Articles), s.Assigned(gone[0]))
	case !slices.Equal(s.Assigned(gone[1]), []string{"ann"}):
		t.Errorf("withdrawn from bob, and %v have it", s.Assigned(gone[1]))
	case len(s.Of("bob")) != 4 || s.Role("bob") != "":
		t.Errorf("who left has %v, role %q", s.Of("bob"), s.Role("bob"))
	case !strings.HasPrefix(s.Guidelines, "Mark") || len(s.Labels) != 1 || s.Query != "tag:may":
		t.Errorf("%+v", s)
	}
	if got := team.StateOf(b.all).Members(); !slices.Equal(got, []string{"ann", "bob"}) {
		t.Errorf("members %v", got)
	}
	if got := team.StateOf(b.all).Assigned(gone[1], "ann"); len(got) != 1 || got[0].Name != "May" {
		t.Errorf("sets of an article: %v", got)
	}
}

// What is written is read again; what this version does not know is kept, and not shown.
func TestCodec(t *testing.T) {
	t.Parallel()
	b := newBook(3, "ann")
	b.deal(t, team.Terms{Each: 1, Overlap: 1, Seed: 1 << 60, Blind: true, Hidden: 0.25}, "ann")
	b.add(team.Event{Verb: team.SetLabels, Labels: []team.Label{{Name: "weapon", Key: "1"}}})
	for _, e := range b.all {
		line, err := team.Encode(e)
		if err != nil {
			t.Fatal(err)
		}
		again, err := team.Decode(line)
		if err != nil || !reflect.DeepEqual(e, again) {
			t.Errorf("%s\ncomes back as %+v, %v", line, again, err)
		}
	}
	const later = `{"team":1,"id":"9","verb":"paint","set":"May","colour":{"b":[1,2],"a":"<\u001b>"},"zone":null}`
	e, err := team.Decode([]byte(later))
	if err != nil {
		t.Fatal(err)
	}
	line, err := team.Encode(e)
	if err != nil || string(line) != later {
		t.Errorf("%s, %v\nwant %s", line, err, later)
	}
	for _, bad := range []string{``, `{}`, `[]`, `{"id":"1"}`, `{"id":"1","verb":"join","members":"ann"}`, `{"id":"1","verb":"assign","terms":{"overlap":"x"}}`} {
		if _, err := team.Decode([]byte(bad)); err == nil {
			t.Errorf("%s is read", bad)
		}
	}
	e, err = team.Decode([]byte(`{"id":"1","verb":"join","set":"a\u001b]0;x\u0007b","members":["ann\r\nbob"],"terms":{"overlap":7,"hidden":-3,"each":-1}}`))
	if err != nil || strings.ContainsAny(e.Set+e.Members[0], "\x1b\a\r\n") || e.Terms != (team.Terms{Overlap: 1}) {
		t.Errorf("%+v, %v", e, err)
	}
}

// No line makes Decode or StateOf panic, and what can be read is written as what is read the same.
func FuzzDecode(f *testing.F) {
	b := newBook(3, "ann", "bob")
	for _, e := range b.all {
		line, _ := team.Encode(e)
		f.Add(line)
	}
	f.Add([]byte(`{"id":"1","verb":"assign","set":"May","deal":{"ann":["a","a"],"":[""]},"terms":{"each":9,"seed":1e3}}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		e, err := team.Decode(line)
		if err != nil {
			return
		}
		out, err := team.Encode(e)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.ContainsAny(out, "\n\r") {
			t.Fatalf("several lines: %q", out)
		}
		again, err := team.Decode(out)
		if err != nil {
			t.Fatalf("%q: %v", out, err)
		}
		if twice, _ := team.Encode(again); !bytes.Equal(out, twice) {
			t.Fatalf("%q is written again as %q", out, twice)
		}
		team.StateOf(append(b.all, e))
	})
}

func BenchmarkStateOf(b *testing.B) {
	book := newBook(10_000, "ann", "bob", "cara", "dora", "emil")
	d, err := book.set().Deal(team.Terms{Each: 5, Overlap: 1, Blind: true}, book.set().Annotators())
	if err != nil {
		b.Fatal(err)
	}
	book.add(team.Event{Verb: team.Assign, Deal: d})
	for b.Loop() {
		team.StateOf(book.all)
	}
}

// A reading ends at the first moment at which its author, who is done, could see what the others decided: all were done who had the article
// then. What they marked later does not move it. The expected is replayed here moment by moment, over random logs.
func TestReadingsEndWhenTheyOpen(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	people := []string{"ann", "bob", "cy"}
	ended := 0
	for round := range 500 {
		b := &book{}
		b.add(team.Event{Verb: team.Create, Articles: []string{"a"}})
		b.add(team.Event{Verb: team.Assign, Terms: team.Terms{Blind: true}, Deal: map[string][]string{"ann": {"a"}, "bob": {"a"}}})
		spells, open, had := map[string][]team.Spell{}, map[string]string{}, map[string]bool{"ann": true, "bob": true}
		for n := range 12 {
			id, who := fmt.Sprintf("%026d", 100+n), people[r.IntN(3)]
			all := spells[who]
			lasts := len(all) > 0 && all[len(all)-1].To == ""
			switch k := r.IntN(8); {
			case k == 0:
				b.add(team.Event{Verb: team.Assign, Terms: team.Terms{Blind: true}, Deal: map[string][]string{who: {"a"}}})
				b.all[len(b.all)-1].ID, had[who] = id, true
			case k == 1:
				b.add(team.Event{Verb: team.Withdraw, Members: []string{who}})
				b.all[len(b.all)-1].ID = id
			case k < 4 && lasts:
				all[len(all)-1].To = id
			case had[who]: // done, or done again in another copy
				if lasts {
					all[len(all)-1].To = id
				}
				spells[who] = append(all, team.Spell{By: id, From: id})
			}
			now := func(who string) string {
				if all := spells[who]; len(all) > 0 && all[len(all)-1].To == "" {
					return all[len(all)-1].By
				}
				return ""
			}
			s := b.set()
			if sees := len(had) > 1 && !slices.ContainsFunc(s.Assigned("a"), func(who string) bool { return now(who) == "" }); sees {
				for _, who := range people {
					if open[who] == "" {
						open[who] = now(who)
					}
				}
			}
			state := team.StateOf(b.all)
			of := func(_, who string) []team.Spell { return spells[who] }
			for _, who := range people {
				want := open[who]
				if want == "" {
					want = now(who)
				} else {
					ended++
				}
				if got := state.Until("a", who, of); got != want || state.Opened("a", who, of) != (open[who] != "") {
					t.Fatalf("round %d, after %s: the reading of %s ends at %q, not %q; opened: %v\n%v\n%+v", round, id, who, got, want, state.Opened("a", who, of), spells, b.all)
				}
			}
		}
	}
	if ended < 1000 {
		t.Errorf("only %d readings ended", ended)
	}
}

// An article is open before it is assigned to whoever comes when the others are done, or when nobody has it any more who was not; and not
// to those who had it from the start.
func TestForeseen(t *testing.T) {
	t.Parallel()
	id := func(n int) string { return fmt.Sprintf("%026d", n) + "x" } // after that event
	terms := team.Terms{Blind: true}
	deal := func(who ...string) team.Event {
		e := team.Event{Verb: team.Assign, Terms: terms, Deal: map[string][]string{}}
		for _, w := range who {
			e.Deal[w] = []string{"a"}
		}
		return e
	}
	away := func(who string) team.Event { return team.Event{Verb: team.Withdraw, Members: []string{who}} }
	for name, x := range map[string]struct {
		events []team.Event
		done   map[string]int // after which event
		want   []string       // of ann, bob and cy, to whom it was open
	}{
		"from the start":              {[]team.Event{deal("ann", "bob")}, map[string]int{"ann": 2, "bob": 2}, nil},
		"one after the other is done": {[]team.Event{deal("ann"), deal("bob")}, map[string]int{"ann": 2, "bob": 3}, []string{"bob"}},
		"before they are":             {[]team.Event{deal("ann"), deal("bob")}, map[string]int{"ann": 3, "bob": 3}, nil},
		"sealed again meanwhile":      {[]team.Event{deal("ann"), deal("bob"), deal("cy")}, map[string]int{"ann": 2, "cy": 4}, []string{"bob", "cy"}},
		"in the place of another":     {[]team.Event{deal("ann", "bob"), away("bob"), deal("cy")}, map[string]int{"ann": 2, "cy": 4}, []string{"cy"}},
		"again":                       {[]team.Event{deal("ann", "bob"), away("bob"), deal("bob")}, map[string]int{"ann": 2, "bob": 4}, []string{"bob"}},
		"nobody was done":             {[]team.Event{deal("ann", "bob"), away("bob"), away("ann"), deal("cy")}, map[string]int{"cy": 5}, nil},
		"reopened":                    {[]team.Event{deal("ann"), deal("bob"), {Verb: team.Reopen, Articles: []string{"a"}}}, map[string]int{"ann": 2, "bob": 4}, nil},
	} {
		b := &book{}
		b.add(team.Event{Verb: team.Create, Articles: []string{"a"}})
		for _, e := range x.events {
			b.add(e)
		}
		spells := func(_, who string) []team.Spell {
			if n := x.done[who]; n > 0 {
				return []team.Spell{{By: id(n), From: id(n)}}
			}
			return nil
		}
		var got []string
		for _, who := range []string{"ann", "bob", "cy"} {
			if b.set().Foreseen("a", who, spells) {
				got = append(got, who)
			}
		}
		if !slices.Equal(got, x.want) {
			t.Errorf("%s: open to %q, want %q", name, got, x.want)
		}
	}
}

// While a set is not blind, nobody decides blind, and what they take back then stays so; when it is blind again, readings end as they are.
func TestNotBlindForATime(t *testing.T) {
	t.Parallel()
	spells := map[string][]team.Spell{}
	is := func(b *book, who, until string, opened bool) {
		t.Helper()
		s, of := team.StateOf(b.all), func(_, who string) []team.Spell { return spells[who] }
		if got := s.Until("a", who, of); got != until || s.Opened("a", who, of) != opened {
			t.Errorf("the reading of %s ends at %q, not %q; opened: %v", who, got, until, !opened)
		}
	}
	id := func(n int) string { return fmt.Sprintf("%026d", n) + "x" } // after that event
	terms := team.Terms{Blind: true}
	b := &book{}
	b.add(team.Event{Verb: team.Create, Articles: []string{"a"}})
	b.add(team.Event{Verb: team.Assign, Terms: terms, Deal: map[string][]string{"ann": {"a"}, "bob": {"a"}}})
	spells["ann"], spells["bob"] = []team.Spell{{By: id(2) + "1", From: id(2) + "1", To: id(3) + "1"}}, []team.Spell{{By: id(2) + "2", From: id(2) + "2"}}
	b.add(team.Event{Verb: team.Assign})
	spells["ann"] = append(spells["ann"], team.Spell{By: id(3) + "2", From: id(3) + "2"}) // taken back and done while all was open
	is(b, "ann", "", false)
	b.add(team.Event{Verb: team.Assign, Terms: terms})
	is(b, "ann", id(3)+"2", true)
	is(b, "bob", id(2)+"2", true)
	spells["ann"][1].To = id(4) + "1"
	spells["ann"] = append(spells["ann"], team.Spell{By: id(4) + "2", From: id(4) + "2"})
	is(b, "ann", id(3)+"2", true)
	// Closed and opened again, who was done before could see.
	c := &book{all: slices.Clone(b.all[:2])}
	c.add(team.Event{Verb: team.Retire})
	spells["ann"], spells["bob"] = []team.Spell{{By: id(2), From: id(2)}}, nil
	c.add(team.Event{Verb: team.Create})
	is(c, "ann", id(2), true)
	is(c, "bob", "", false)
}

// BenchmarkJoins reads the log of a team that thousands joined one after another.
func BenchmarkJoins(b *testing.B) {
	for _, n := range []int{5_000, 20_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			book := newBook(10, "ann")
			for i := range n {
				book.add(team.Event{Verb: team.Join, Members: []string{fmt.Sprint("p", i%5_000)}})
			}
			for b.Loop() {
				team.StateOf(book.all)
			}
		})
	}
}
