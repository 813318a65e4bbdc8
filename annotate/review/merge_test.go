package review

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"byline/annotate"
)

// apart returns a sitting of who that begins with what s has and goes on by itself.
func (s *sitting) apart(who string, seed byte) *sitting {
	ids := &IDs{Random: rand.NewChaCha8([32]byte{seed})}
	ids.Next(later(1))
	o := &sitting{t: s.t, text: s.text, machine: s.machine, who: who, ids: ids, log: slices.Clone(s.log)}
	o.apply()
	return o
}

// later returns the n-th hour after the one at which sittings begin.
func later(n int) time.Time { return time.Date(2026, 3, 9, 10+n, 0, 0, 0, time.UTC) }

// some makes n random changes, one each hour.
func (s *sitting) some(r *rand.Rand, n int) {
	for i := range n {
		s.ids.Next(later(i + 1))
		s.do(change(r, s.text, s.shown.Layer))
	}
}

// Merging does not depend on the order of its arguments nor on what is merged first,
// adds nothing to a log that has all, and leaves a sound layer, whatever people did.
func TestMergeProperties(t *testing.T) {
	t.Parallel()
	clashes := 0
	for seed := range uint64(120) {
		r := rand.New(rand.NewPCG(seed, 3))
		text := prose(r, 20+r.IntN(60))
		base := sit(t, text, guess(r, text))
		for range r.IntN(12) {
			base.do(change(r, text, base.shown.Layer))
		}
		a, b, c := base.apart("ann", 2), base.apart("bo", 3), base.apart("cy", 4)
		for _, s := range []*sitting{a, b, c} {
			s.some(r, r.IntN(24))
		}
		m := Merger{text, base.machine}
		for _, merge := range []func(a, b []annotate.Decision) Merged{Merger{}.Merge, m.Merge} {
			ab, ba := merge(a.log, b.log), merge(b.log, a.log)
			if !reflect.DeepEqual(ab, ba) {
				t.Fatalf("seed %d: the order of the arguments matters:\n%v\n%v", seed, ab, ba)
			}
			if aa := merge(a.log, a.log); len(aa.Clashes) > 0 || !equal(aa.Log, a.log) {
				t.Fatalf("seed %d: merged with itself: %v", seed, aa)
			}
			if again := merge(ab.Log, b.log); !equal(again.Log, ab.Log) || len(again.Clashes) > 0 {
				t.Fatalf("seed %d: merged twice: %v", seed, again)
			}
			left, right := merge(ab.Log, c.log).Log, merge(a.log, merge(b.log, c.log).Log).Log
			if !equal(left, right) {
				t.Fatalf("seed %d: what is merged first matters:\n%v\n%v", seed, left, right)
			}
			if err := Apply(text, base.machine, left).Layer.Check(text); err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			clashes += len(ab.Clashes)
		}
	}
	if clashes < 100 {
		t.Errorf("%d clashes: the people of this test hardly ever disagree", clashes)
	}
}

// equal reports whether two logs hold the same decisions.
func equal(a, b []annotate.Decision) bool {
	return slices.EqualFunc(a, b, func(x, y annotate.Decision) bool { return reflect.DeepEqual(x, y) })
}

// Whoever decides on other things does not clash, and whoever agrees does not either.
func TestMergeClashes(t *testing.T) {
	t.Parallel()
	quote := func(v annotate.Verb, to string) Edit {
		return Edit{Verb: v, Targets: []Target{{annotate.OfQuote, at(story, "“We sold the press,”", 0)}}, To: at(story, to, 0)}
	}
	s := sit(t, story, machine())
	onto := func(v annotate.Verb, words string, n int, to string) Edit {
		c := s.on(v, words, n)
		c.To = at(story, to, 0)
		return c
	}
	named := func(words string, n int, name string) Edit {
		c := s.on(annotate.Rename, words, n)
		c.Value = name
		return c
	}
	ferris := s.typed(annotate.Relabel, "Tom Ferris", "organization", true)
	for _, c := range []struct {
		name     string
		ann, bo  []Edit
		zero, on string // the questions that clash, without the machine's layer and with it
	}{
		{"other things", []Edit{s.on(annotate.Confirm, "Marta Quill", 0)}, []Edit{s.on(annotate.Reject, "Tom Ferris", 0)}, "", ""},
		{"the same", []Edit{s.on(annotate.Confirm, "Tom Ferris", 0)}, []Edit{s.on(annotate.Confirm, "Tom Ferris", 0)}, "", ""},
		{"yes and no", []Edit{s.on(annotate.Confirm, "Tom Ferris", 0)}, []Edit{s.on(annotate.Reject, "Tom Ferris", 0)}, "the type", "the type"},
		{"two types", []Edit{s.typed(annotate.Relabel, "Tom Ferris", "place", false)}, []Edit{ferris}, "the type", "the type"},
		{"taken back", []Edit{s.on(annotate.Reject, "Tom Ferris", 0), {Verb: annotate.Undo}}, []Edit{s.on(annotate.Confirm, "Tom Ferris", 0)}, "", ""},
		{"the last counts", []Edit{s.on(annotate.Reject, "Tom Ferris", 0), s.on(annotate.Confirm, "Tom Ferris", 0)},
			[]Edit{s.on(annotate.Confirm, "Tom Ferris", 0)}, "", ""},
		{"speakers", []Edit{quote(annotate.Attribute, "Tom Ferris")}, []Edit{quote(annotate.Attribute, "she")}, "the speaker", "the speaker"},
		{"one speaker by two mentions", []Edit{quote(annotate.Attribute, "Marta Quill")}, []Edit{quote(annotate.Attribute, "she")}, "the speaker", ""},
		{"ends", []Edit{onto(annotate.Respan, "Tom Ferris", 0, "Ferris")}, []Edit{onto(annotate.Respan, "Tom Ferris", 0, "Tom")}, "the ends", "the ends"},
		{"whose", []Edit{onto(annotate.Merge, "Halden", 1, "Halden Media")}, []Edit{s.on(annotate.Split, "Halden", 1)}, "the entity", "the entity"},
		{"names by two mentions", []Edit{named("Marta Quill", 0, "M. Quill")}, []Edit{named("she", 0, "Mrs Quill")}, "", "the name"},
		{"types by two mentions", []Edit{s.typed(annotate.Relabel, "Marta Quill", "place", false)}, []Edit{s.on(annotate.Confirm, "she", 0)}, "", "the type"},
		{"one mention of two", []Edit{s.on(annotate.Confirm, "Halden", 1)},
			[]Edit{{Verb: annotate.Relabel, Value: "place", Here: true, Targets: []Target{{annotate.OfMention, at(story, "Halden", 2)}}}}, "", ""},
		{"a note", []Edit{s.on(annotate.Note, "Halden", 1)}, []Edit{s.on(annotate.Reject, "Halden", 1)}, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, b := s.apart("ann", 2), s.apart("bo", 3)
			for _, x := range c.ann {
				a.do(x)
			}
			for _, x := range c.bo {
				b.do(x)
			}
			if got := questions((Merger{}).Merge(a.log, b.log)); got != c.zero {
				t.Errorf("clashes about %q, want %q", got, c.zero)
			}
			if got := questions((Merger{story, s.machine}).Merge(a.log, b.log)); got != c.on {
				t.Errorf("with the layer clashes about %q, want %q", got, c.on)
			}
			whole := (Merger{story, s.machine}).Merge(a.log, b.log).Log
			if got := questions(Merged{Clashes: (Merger{story, s.machine}).Standing(whole)}); got != c.on {
				t.Errorf("clashes about %q stand, want %q", got, c.on)
			}
			for i := range whole { // curators clash with curators alone
				whole[i].Layer = annotate.Curated
			}
			if got := questions(Merged{Clashes: (Merger{story, s.machine}).Standing(whole)}); got != c.on {
				t.Errorf("of curators clashes about %q stand, want %q", got, c.on)
			}
			for i := range whole {
				if whole[i].Who == "bo" {
					whole[i].Layer = ""
				}
			}
			if got := (Merger{story, s.machine}).Standing(whole); len(got) > 0 {
				t.Errorf("a curator clashes with an annotator: %v", got)
			}
			b.who = "ann"
			for i := range b.log {
				b.log[i].Who = "ann"
			}
			if m := (Merger{}).Merge(a.log, b.log); len(m.Clashes) > 0 {
				t.Errorf("one person disagrees: %v", m.Clashes)
			}
		})
	}
}

func questions(m Merged) string {
	var out []string
	for _, c := range m.Clashes {
		out = append(out, c.About)
	}
	return strings.Join(out, ", ")
}

func TestMergeOneID(t *testing.T) {
	t.Parallel()
	x := annotate.Decision{ID: "1", Who: "ann", Verb: annotate.Note, Value: "yes"}
	y := x
	y.Value = "no"
	for i, m := range []Merged{Merger{}.Merge([]annotate.Decision{x, x}, []annotate.Decision{y}), Merger{}.Merge([]annotate.Decision{y}, []annotate.Decision{x})} {
		if want := (Merged{[]annotate.Decision{y}, []Clash{{y, x, "one id", ""}}}); !reflect.DeepEqual(m, want) {
			t.Errorf("%d: %+v", i, m)
		}
	}
	if m := (Merger{}).Merge(nil, nil); len(m.Log)+len(m.Clashes) > 0 {
		t.Error(fmt.Sprint(m))
	}
}
