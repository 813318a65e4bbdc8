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
	"byline/articles"
)

const story = `Marta Quill, who ran the Orrin Bay Courier for thirty years, sold its press on Monday to Halden Media.

“We sold the press,” she said, “not the paper.”

Tom Ferris, of Ferris & Sons, called the sale sad. Quill did not answer him. Halden, he said, was late; Ferrisburg and Ferris-Lowe were not. Zoë 😀 Adé of Halden waved to Quill.`

// at returns the n-th place of words in text, counted from 0.
func at(text, words string, n int) articles.Span {
	from := 0
	for {
		i := strings.Index(text[from:], words)
		if i < 0 {
			panic("no " + words)
		}
		if n == 0 {
			return articles.Span{Start: from + i, End: from + i + len(words)}
		}
		from += i + len(words)
		n--
	}
}

func found(typ annotate.Type, form annotate.Form, s articles.Span) annotate.Mention {
	return annotate.Mention{Span: s, Form: form, Type: typ, Origin: annotate.Origin{Stage: "names", Rule: "test", Score: .9}}
}

// machine returns what an engine might say of the story. It takes Halden for a person.
func machine() *annotate.Layer {
	p, o := annotate.Person, annotate.Organization
	return &annotate.Layer{Engine: "test-1",
		Entities: []annotate.Entity{
			{ID: "e1", Type: p, Name: "Marta Quill", Mentions: []annotate.Mention{
				found(p, annotate.Name, at(story, "Marta Quill", 0)), found(p, annotate.Pronoun, at(story, "she", 0)),
				found(p, annotate.Name, at(story, "Quill", 1)), found(p, annotate.Name, at(story, "Quill", 2))}},
			{ID: "e2", Type: o, Name: "Orrin Bay Courier", Mentions: []annotate.Mention{found(o, annotate.Name, at(story, "Orrin Bay Courier", 0))}},
			{ID: "e3", Type: o, Name: "Halden Media", Mentions: []annotate.Mention{found(o, annotate.Name, at(story, "Halden Media", 0))}},
			{ID: "e4", Type: p, Name: "Tom Ferris", Mentions: []annotate.Mention{found(p, annotate.Name, at(story, "Tom Ferris", 0))}},
			{ID: "e5", Type: p, Name: "Halden", Mentions: []annotate.Mention{
				found(p, annotate.Name, at(story, "Halden", 1)), found(p, annotate.Name, at(story, "Halden", 2))}},
		},
		Quotes: []*annotate.Quote{
			{Span: at(story, "“We sold the press,”", 0), Type: annotate.Direct, Speaker: "e1", SpeakerMention: at(story, "she", 0),
				Cue: at(story, "said", 0), Origin: annotate.Origin{Stage: "quotes", Score: .8}},
			{Span: at(story, "“not the paper.”", 0), Type: annotate.Direct, Speaker: "e1", Origin: annotate.Origin{Stage: "quotes", Score: .5}},
		},
	}
}

// A sitting is a person at an article, with a clock that stands still.
type sitting struct {
	t       testing.TB
	text    string
	machine *annotate.Layer
	log     []annotate.Decision
	ids     *IDs
	who     string
	layer   string
	shown   Result
}

func sit(t testing.TB, text string, l *annotate.Layer) *sitting {
	s := &sitting{t: t, text: text, machine: l, who: "ann", ids: &IDs{Random: rand.NewChaCha8([32]byte{1})}}
	s.apply()
	return s
}

func (s *sitting) apply() {
	s.t.Helper()
	s.shown = Apply(s.text, s.machine, s.log)
	if err := s.shown.Layer.Check(s.text); err != nil {
		s.t.Fatalf("%v\nafter %s", err, verbsOf(s.log))
	}
}

// do decides and returns how many decisions it took.
func (s *sitting) do(c Edit) int {
	s.t.Helper()
	now := time.Date(2026, 3, 9, 10, 0, 0, 0, time.UTC)
	p := Writer{Signature: Signature{Who: s.who, Layer: s.layer, Now: now, NewID: func() string { return s.ids.Next(now) }}, Text: s.text, Shown: &s.shown}
	ds := p.Write(c)
	s.log = append(s.log, ds...)
	s.apply()
	return len(ds)
}

func (s *sitting) on(v annotate.Verb, words string, n int) Edit {
	return Edit{Verb: v, Targets: []Target{{annotate.OfMention, at(s.text, words, n)}}}
}

func (s *sitting) typed(v annotate.Verb, words string, typ annotate.Type, here bool) Edit {
	c := s.on(v, words, 0)
	c.Value, c.Here = string(typ), here
	return c
}

func verbsOf(log []annotate.Decision) string {
	var b strings.Builder
	for _, d := range log {
		fmt.Fprintf(&b, "\n  %s %s %q→%q %s", d.Verb, d.Kind, d.Target.Exact, d.To.Exact, d.Value)
	}
	return b.String()
}

// show writes a layer in a few words: entities with their mentions and states, quotes
// with speakers.
func show(text string, l *annotate.Layer) string {
	var b strings.Builder
	sign := map[annotate.State]string{annotate.Confirmed: "+", annotate.Rejected: "-"}
	for _, e := range l.Entities {
		fmt.Fprintf(&b, "%s %s %s:", e.ID, e.Type, e.Name)
		for _, m := range e.Mentions {
			fmt.Fprintf(&b, " %s%s", sign[m.State], m.In(text))
			if m.Type != e.Type {
				fmt.Fprintf(&b, "(%s)", m.Type)
			}
			b.WriteByte(',')
		}
		b.WriteByte('\n')
	}
	for _, q := range l.Quotes {
		fmt.Fprintf(&b, "%s%s %s: %s\n", sign[q.State], q.Type, q.Speaker, q.In(text))
	}
	return b.String()
}

func (s *sitting) has(lines ...string) {
	s.t.Helper()
	got := show(s.text, s.shown.Layer)
	for _, line := range lines {
		if !strings.Contains("\n"+got, "\n"+line+"\n") {
			s.t.Errorf("no line %q in\n%s", line, got)
		}
	}
}

func TestConfirmAndReject(t *testing.T) {
	t.Parallel()
	s := sit(t, story, machine())
	s.do(s.on(annotate.Confirm, "Marta Quill", 0))
	s.do(s.on(annotate.Reject, "Tom Ferris", 0))
	s.do(Edit{Verb: annotate.Confirm, Targets: []Target{{annotate.OfQuote, s.machine.Quotes[0].Span}}})
	s.do(Edit{Verb: annotate.Reject, Targets: []Target{{annotate.OfQuote, s.machine.Quotes[1].Span}}})
	s.has("e1 person Marta Quill: +Marta Quill, she, Quill, Quill,", "e4 person Tom Ferris: -Tom Ferris,",
		"+direct e1: “We sold the press,”", "-direct e1: “not the paper.”")
	if n := s.do(s.on(annotate.Confirm, "Marta Quill", 0)); n != 0 {
		t.Errorf("confirming twice took %d decisions", n)
	}
	s.do(s.on(annotate.Confirm, "Tom Ferris", 0))
	s.has("e4 person Tom Ferris: +Tom Ferris,")
	if c := s.shown.Layer.Counts(); c.Reviewed != 4 || c.People != 3 || c.Quotes != 1 {
		t.Errorf("%+v", c)
	}
}

func TestRelabel(t *testing.T) {
	t.Parallel()
	s := sit(t, story, machine())
	c := Edit{Verb: annotate.Relabel, Value: "organization", Targets: []Target{{annotate.OfMention, at(story, "Quill", 1)}}}
	if n := s.do(c); n != 2 {
		t.Errorf("%d decisions for two equal names", n)
	}
	s.has("e1 organization Marta Quill: Marta Quill, she, +Quill, +Quill,", "direct e1: “We sold the press,”")

	// The person confirms the full name as a person's: 2 to 1, so it leaves.
	s.do(Edit{Verb: annotate.Relabel, Value: "person", Targets: []Target{{annotate.OfMention, at(story, "Marta Quill", 0)}}})
	s.has("e1 person Marta Quill: +Marta Quill,", "e4 organization Quill: she, +Quill, +Quill,")
}

func TestRelabelTwice(t *testing.T) {
	t.Parallel()
	s := sit(t, story, machine())
	c := s.typed(annotate.Relabel, "Tom Ferris", annotate.Person, false)
	if n := s.do(c); n != 1 {
		t.Errorf("%d decisions", n)
	}
	if n := s.do(c); n != 0 {
		t.Errorf("%d decisions for what was decided already", n)
	}
}

func TestRelabelHere(t *testing.T) {
	t.Parallel()
	s := sit(t, story, machine())
	c := Edit{Verb: annotate.Relabel, Value: "place", Here: true, Targets: []Target{{annotate.OfMention, at(story, "Halden", 2)}}}
	if n := s.do(c); n != 2 {
		t.Errorf("%d decisions", n)
	}
	s.has("e5 person Halden: Halden,", "e6 place Halden: +Halden,")
	c.Targets[0].Span = at(story, "Halden", 1)
	s.do(c)
	s.has("e5 place Halden: +Halden, +Halden,")
	s.do(Edit{Verb: annotate.Undo})
	s.do(Edit{Verb: annotate.Undo})
	if !reflect.DeepEqual(s.shown.Layer, sit(t, story, machine()).shown.Layer) {
		t.Error("undone twice, but not as before")
	}
}

func TestAddNames(t *testing.T) {
	t.Parallel()
	text := "Brill came. Ferris, Brill’s aunt, and Brillant saw Brill-Lowe and pre-Brill. Nan Brill knew Brill."
	l := &annotate.Layer{Entities: []annotate.Entity{{ID: "e1", Type: annotate.Person, Name: "Nan Brill",
		Mentions: []annotate.Mention{found(annotate.Person, annotate.Name, at(text, "Nan Brill", 0))}}}}
	s := sit(t, text, l)
	if n := s.do(s.typed(annotate.Add, "Brill", annotate.Person, false)); n != 4 {
		t.Errorf("%d decisions: %s", n, verbsOf(s.log))
	}
	s.has("e1 person Brill: +Brill, +Brill, +Brill, +Brill,", "e2 person Nan Brill: Nan Brill,")
	s.do(Edit{Verb: annotate.Undo})
	s.has("e1 person Nan Brill: Nan Brill,")
	s.do(s.typed(annotate.Add, " Brill-Lowe ", annotate.Person, true))
	s.has("e1 person Brill-Lowe: +Brill-Lowe,")
}

func TestAddJoinsItsName(t *testing.T) {
	t.Parallel()
	s := sit(t, story, machine())
	s.do(Edit{Verb: annotate.Add, Value: "person", Here: true, Targets: []Target{{annotate.OfMention, at(story, "Ferris", 1)}}})
	s.has("e5 person Ferris: +Ferris,")
	s.do(Edit{Verb: annotate.Add, Value: "organization", Targets: []Target{{annotate.OfMention, at(story, "Ferris & Sons", 0)}}})
	s.has("e5 organization Ferris & Sons: +Ferris & Sons,", "e5 organization Ferris & Sons: +Ferris & Sons,")
}

// A name that a person marks takes the place of the guess it overlaps, and its
// quotes with it; a label of the user's own lies over both.
func TestOverlap(t *testing.T) {
	t.Parallel()
	text := "“No,” old Tom Ferris said."
	m := found(annotate.Person, annotate.Name, at(text, "Ferris", 0))
	l := &annotate.Layer{Entities: []annotate.Entity{{ID: "e1", Type: annotate.Person, Name: "Ferris", Mentions: []annotate.Mention{m}}},
		Quotes: []*annotate.Quote{{Span: at(text, "“No,”", 0), Type: annotate.Direct, Speaker: "e1", SpeakerMention: m.Span}}}
	s := sit(t, text, l)
	s.do(s.typed(annotate.Add, "old Tom Ferris said", "witness", true))
	s.has("e1 witness old Tom Ferris said: +old Tom Ferris said,", "e2 person Ferris: Ferris,")
	s.do(s.typed(annotate.Add, "Tom Ferris", annotate.Person, true))
	s.has("e2 person Tom Ferris: +Tom Ferris,", "direct e2: “No,”")
	if s.shown.Layer.Quotes[0].SpeakerMention != at(text, "Tom Ferris", 0) {
		t.Error("the quote's speaker is named by words that are no mention")
	}
}

func TestOtherVerbs(t *testing.T) {
	t.Parallel()
	s := sit(t, story, machine())
	c := s.on(annotate.Merge, "Halden", 1)
	c.To = at(story, "Halden Media", 0)
	s.do(c)
	s.has("e3 organization Halden Media: Halden Media, Halden, Halden,")
	s.do(s.on(annotate.Split, "Halden", 2))
	s.has("e3 organization Halden Media: Halden Media, Halden,", "e5 organization Halden: Halden,")
	c = s.on(annotate.Rename, "Quill", 1)
	c.Value = "Marta  J. Quill"
	s.do(c)
	s.has("e1 person Marta J. Quill: Marta Quill, she, Quill, Quill,")
	c = s.on(annotate.Respan, "Tom Ferris", 0)
	c.To = at(story, "Tom Ferris, of Ferris & Sons", 0)
	s.do(c)
	s.has("e4 person Tom Ferris, of Ferris & Sons: +Tom Ferris, of Ferris & Sons,")
	quote := Target{annotate.OfQuote, s.machine.Quotes[0].Span}
	s.do(Edit{Verb: annotate.Attribute, Targets: []Target{quote}, To: at(story, "Halden", 2)})
	s.has("+direct e5: “We sold the press,”")
	s.do(Edit{Verb: annotate.Attribute, Targets: []Target{quote}})
	s.has("+direct : “We sold the press,”")
	s.do(Edit{Verb: annotate.Relabel, Value: "mixed", Targets: []Target{quote}})
	s.do(Edit{Verb: annotate.Respan, To: articles.Span{Start: quote.Start + 4, End: quote.End}, Targets: []Target{quote}})
	s.has("+mixed : e sold the press,”")
	s.do(Edit{Verb: annotate.Note, Value: "check the date", Targets: []Target{quote}})
	if ns := s.shown.Notes; len(ns) != 1 || ns[0].Value != "check the date" {
		t.Errorf("notes: %v", ns)
	}
	s.do(Edit{Verb: annotate.Add, Value: "indirect", Targets: []Target{{annotate.OfQuote, at(story, "was late", 0)}}})
	s.has("+indirect : was late")
	for s.do(Edit{Verb: annotate.Undo}) > 0 {
	}
	if !reflect.DeepEqual(s.shown.Layer, sit(t, story, machine()).shown.Layer) {
		t.Error("all undone, but not as before")
	}
	for s.do(Edit{Verb: annotate.Redo}) > 0 {
	}
	s.has("+indirect : was late", "e1 person Marta J. Quill: Marta Quill, she, Quill, Quill,")
}

// What a person decided stands under an engine that says something else.
// TestCueAndDrop gives a quote a cue and takes one away; an orphan is placed again, or
// dropped, and comes back by undo.
func TestCueAndDrop(t *testing.T) {
	t.Parallel()
	s := sit(t, story, machine())
	q := s.shown.Layer.Quotes[0]
	cue := articles.Span{Start: strings.Index(story, "press"), End: strings.Index(story, "press") + 5}
	s.do(Edit{Verb: annotate.Cue, Targets: []Target{{annotate.OfQuote, q.Span}}, To: cue})
	if got := s.shown.Layer.Quotes[0]; got.Cue.In(story) != "press" || got.State != annotate.Confirmed {
		t.Errorf("cue %q", got.Cue.In(story))
	}
	s.do(Edit{Verb: annotate.Cue, Targets: []Target{{annotate.OfQuote, q.Span}}})
	if got := s.shown.Layer.Quotes[0]; !got.Cue.Empty() {
		t.Errorf("cue %q", got.Cue.In(story))
	}
	s.do(s.on(annotate.Reject, "Tom Ferris", 0))
	s.text = strings.ReplaceAll(story, "Tom Ferris", "Kay Low")
	s.machine = &annotate.Layer{}
	s.apply()
	if len(s.shown.Orphans) == 0 {
		t.Fatal("no orphan")
	}
	before, o := len(s.shown.Orphans), s.shown.Orphans[len(s.shown.Orphans)-1]
	s.do(Edit{Verb: annotate.Drop, Value: o.ID})
	if len(s.shown.Orphans) != before-1 {
		t.Errorf("%d orphans after the drop", len(s.shown.Orphans))
	}
	s.do(Edit{Verb: annotate.Undo})
	if len(s.shown.Orphans) != before {
		t.Errorf("%d orphans after undo", len(s.shown.Orphans))
	}
	i := strings.Index(s.text, "Kay Low")
	s.do(Edit{Verb: annotate.Add, Value: "person", Here: true, Instead: o.ID, Targets: []Target{{annotate.OfMention, articles.Span{Start: i, End: i + 7}}}})
	if len(s.shown.Orphans) != before-1 || len(s.shown.Steps.All) == 0 {
		t.Errorf("%d orphans after it was placed again", len(s.shown.Orphans))
	}
}

func TestOtherEngine(t *testing.T) {
	t.Parallel()
	s := sit(t, story, machine())
	s.do(s.on(annotate.Confirm, "Marta Quill", 0))
	s.do(s.typed(annotate.Relabel, "Tom Ferris", annotate.Organization, false))
	s.do(s.on(annotate.Reject, "Orrin Bay Courier", 0))
	s.do(Edit{Verb: annotate.Confirm, Targets: []Target{{annotate.OfQuote, s.machine.Quotes[0].Span}}})
	s.machine = &annotate.Layer{Engine: "test-2", Entities: []annotate.Entity{
		{ID: "e1", Type: annotate.Place, Name: "Quill", Mentions: []annotate.Mention{found(annotate.Place, annotate.Name, at(story, "Quill", 0))}},
		{ID: "e2", Type: annotate.Place, Name: "Bay", Mentions: []annotate.Mention{found(annotate.Place, annotate.Name, at(story, "Orrin Bay Courier", 0))}},
	}}
	s.apply()
	s.has("e1 person Marta Quill: +Marta Quill,", "e2 place Bay: -Orrin Bay Courier,", "e3 organization Tom Ferris: +Tom Ferris,",
		"+direct e1: “We sold the press,”")
	if len(s.shown.Conflicts) != 3 {
		t.Errorf("conflicts: %v", s.shown.Conflicts)
	}
}

func TestUndoIsOnesOwn(t *testing.T) {
	t.Parallel()
	s := sit(t, story, machine())
	s.do(s.on(annotate.Confirm, "Marta Quill", 0))
	s.who = "bo"
	s.do(s.on(annotate.Reject, "Tom Ferris", 0))
	s.who = "ann"
	s.do(Edit{Verb: annotate.Undo})
	s.has("e1 person Marta Quill: Marta Quill, she, Quill, Quill,", "e4 person Tom Ferris: -Tom Ferris,")
	if s.do(Edit{Verb: annotate.Undo}) != 0 {
		t.Error("ann took back what bo did")
	}
	s.do(s.on(annotate.Confirm, "Halden Media", 0))
	if s.do(Edit{Verb: annotate.Redo}) != 0 {
		t.Error("redone although something new was decided since")
	}
}

// Merging two logs gives the same in either order, with or without repeats.
func TestMergedLogs(t *testing.T) {
	t.Parallel()
	ann, bo := sit(t, story, machine()), sit(t, story, machine())
	bo.who, bo.ids = "bo", &IDs{Random: rand.NewChaCha8([32]byte{2})}
	for _, words := range []string{"Marta Quill", "Tom Ferris", "Halden Media"} {
		ann.do(ann.on(annotate.Confirm, words, 0))
		bo.do(bo.on(annotate.Reject, words, 0))
	}
	bo.do(Edit{Verb: annotate.Undo})
	one := Apply(story, machine(), slices.Concat(ann.log, bo.log, ann.log))
	two := Apply(story, machine(), slices.Concat(bo.log, ann.log))
	if !reflect.DeepEqual(one.Layer, two.Layer) {
		t.Errorf("%s\nor\n%s", show(story, one.Layer), show(story, two.Layer))
	}
}

func TestUnknownVerb(t *testing.T) {
	t.Parallel()
	r := Apply(story, machine(), []annotate.Decision{{ID: "1", Verb: "bless", Target: Anchor(story, at(story, "Quill", 1))}})
	if !reflect.DeepEqual(r.Layer, Apply(story, machine(), nil).Layer) || len(r.Orphans)+len(r.Conflicts) != 0 {
		t.Errorf("%+v", r)
	}
}

func TestNext(t *testing.T) {
	t.Parallel()
	s := sit(t, story, machine())
	got, ok := Next(s.shown.Layer, -1)
	if !ok || got.Span != at(story, "Marta Quill", 0) {
		t.Errorf("%v %v", got, ok)
	}
	if got, _ = Next(s.shown.Layer, got.Start); got.In(story) != "Orrin Bay Courier" {
		t.Errorf("%q", got.In(story))
	}
	if got, _ = Next(s.shown.Layer, len(story)); got.In(story) != "Marta Quill" {
		t.Errorf("%q", got.In(story))
	}
	seen := 0
	for {
		got, ok = Next(s.shown.Layer, -1)
		if !ok {
			break
		}
		s.do(Edit{Verb: annotate.Confirm, Targets: []Target{got}})
		seen++
	}
	if c := s.shown.Layer.Counts(); seen != c.Claims || c.Reviewed != c.Claims {
		t.Errorf("%d steps, %+v", seen, c)
	}
}
