package review

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"byline/annotate"
)

// Whoever marks an article as done is listed once a set and layer, until it is taken back or undone.
func TestFinished(t *testing.T) {
	t.Parallel()
	s := sit(t, story, machine())
	in := func(want ...string) {
		t.Helper()
		var got []string
		for _, f := range FinishedIn(s.log) {
			got = append(got, f.Who+"/"+f.Set+"/"+f.Layer)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
	before := s.shown.Layer
	in()
	s.do(Edit{Verb: annotate.Done, Value: "news"})
	if n := s.do(Edit{Verb: annotate.Done, Value: "news"}); n != 0 {
		t.Errorf("done twice: %d decisions", n)
	}
	in("ann/news/")
	s.do(Edit{Verb: annotate.Done})
	s.who = "bob"
	s.do(Edit{Verb: annotate.Done, Value: "news"})
	s.layer = annotate.Curated
	s.do(Edit{Verb: annotate.Done, Value: "news"})
	in("ann/news/", "ann//", "bob/news/", "bob/news/curated")
	s.layer, s.who = "", "ann"
	s.do(Edit{Verb: annotate.Reopen, Value: "news"})
	in("ann//", "bob/news/", "bob/news/curated")
	if n := s.do(Edit{Verb: annotate.Reopen, Value: "news"}); n != 0 {
		t.Errorf("reopened twice: %d decisions", n)
	}
	s.do(Edit{Verb: annotate.Undo}) // of reopen
	in("ann/news/", "ann//", "bob/news/", "bob/news/curated")
	s.do(Edit{Verb: annotate.Undo}) // of done
	in("ann/news/", "bob/news/", "bob/news/curated")
	if !slices.EqualFunc(before.Entities, s.shown.Layer.Entities, func(a, b annotate.Entity) bool { return a.Name == b.Name && len(a.Mentions) == len(b.Mentions) }) {
		t.Error("marks of a whole article changed its layer")
	}
}

// An undo has the layer of the step that it takes back, whatever the writer's own is, and the layer is written and read.
func TestUndoHasTheLayerOfItsStep(t *testing.T) {
	t.Parallel()
	s := sit(t, story, machine())
	s.layer = annotate.Curated
	s.do(s.on(annotate.Confirm, "Marta Quill", 0))
	s.layer = ""
	s.do(Edit{Verb: annotate.Undo})
	for i, d := range s.log {
		if d.Layer != annotate.Curated {
			t.Errorf("decision %d, %s, has the layer %q", i, d.Verb, d.Layer)
		}
		line, err := Encode(d)
		if err != nil || !bytes.Contains(line, []byte(`,"layer":"curated"`)) {
			t.Errorf("%s, %v", line, err)
		}
	}
	s.do(s.on(annotate.Confirm, "Marta Quill", 0))
	if line, err := Encode(s.log[2]); err != nil || bytes.Contains(line, []byte("layer")) {
		t.Errorf("%s, %v", line, err)
	}
}

// Whose suggestions somebody had is in the log: with the decision that they are done or, in older logs, with those before it. It is said where
// one of several had others than those of here.
func TestOtherEngines(t *testing.T) {
	t.Parallel()
	s := sit(t, story, machine()) // of test-1
	is := func(here, want string) {
		t.Helper()
		if got := OtherEngines(FinishedIn(s.log), here); got != want {
			t.Errorf("here %s: %q, want %q", here, got, want)
		}
	}
	s.do(Edit{Verb: annotate.Done, Value: "May"})
	is("test-2", "") // it is nobody's but ann's
	s.who = "bob"
	s.do(Edit{Verb: annotate.Done, Value: "June"})
	is("test-1", "")
	is("test-2", "ann: test-1, bob: test-1; here: test-2")
	s.log[1].Engine = "test-2"
	is("test-1", "ann: test-1, bob: test-2; here: test-1")
	is("test-2", "ann: test-1, bob: test-2; here: test-2")
	s.do(Edit{Verb: annotate.Reopen, Value: "June"})
	is("test-2", "")
	s.do(Edit{Verb: annotate.Undo})
	is("test-1", "ann: test-1, bob: test-2; here: test-1")
	s.log[0].Engine, s.log[1].Engine = "", "" // as byline wrote it before
	is("test-1", "")
	is("test-2", "")
	early := annotate.Decision{ID: "0", Step: "0", Who: "ann", Verb: annotate.Confirm, Engine: "test-0"}
	s.log = append([]annotate.Decision{early}, s.log...)
	is("test-1", "ann: test-0; here: test-1")
	s.log[0].Layer = annotate.Curated
	is("test-1", "")
}

// The times in which people are done are, at each moment, what the log comes to as far as it goes then.
func TestSpells(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	began := 0
	for range 300 {
		var log []annotate.Decision
		for n := range 12 {
			d := annotate.Decision{ID: fmt.Sprint(100 + n), Who: []string{"ann", "bob"}[r.IntN(2)]}
			d.Step = d.ID
			switch k := r.IntN(8); {
			case k < 3 || len(log) == 0:
				d.Verb, d.Value = annotate.Done, []string{"May", "June"}[r.IntN(2)]
			case k == 3:
				d.Verb, d.Value = annotate.Reopen, "May"
			case k == 4:
				d.Verb = annotate.Confirm
			case k == 5:
				d.Verb, d.Value, d.Layer = annotate.Done, "May", annotate.Curated
			default:
				d.Verb, d.Value = []annotate.Verb{annotate.Undo, annotate.Redo}[k%2], log[r.IntN(len(log))].ID
			}
			log = append(log, d)
		}
		all := SpellsIn(log)
		began += len(all)
		for n := range log {
			var want, got []string
			for _, f := range FinishedIn(log[:n+1]) {
				if f.Layer == "" {
					want = append(want, f.Who+" "+f.Set+" "+f.ID)
				}
			}
			for _, x := range all {
				if at := log[n].ID; x.From <= at && (x.To == "" || x.To > at) {
					got = append(got, x.Who+" "+x.Set+" "+x.By)
				}
			}
			slices.Sort(want)
			if slices.Sort(got); !slices.Equal(got, want) {
				t.Fatalf("after %s: %q, want %q\n%+v\n%+v", log[n].ID, got, want, log, all)
			}
		}
	}
	if began < 500 {
		t.Errorf("only %d spells", began)
	}
}
