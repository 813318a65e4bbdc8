package review

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/articles"
)

// What was confirmed over one layer, then over another, then over the first again, stays as it was under both, and under others.
func TestConfirmedOverSeveralLayers(t *testing.T) {
	t.Parallel()
	over := map[string]bool{}
	for seed := range uint64(sights() / 2) {
		r := rand.New(rand.NewPCG(seed, 39))
		text := tale(r, 3+r.IntN(6))
		first, second := opinion(r, text), opinion(r, text)
		s := sit(t, text, first)
		for _, l := range []*annotate.Layer{first, second, first} {
			had := answers(text, s.shown.Layer)
			s.machine = l
			if s.apply(); !slices.Equal(answers(text, s.shown.Layer), had) {
				t.Fatalf("seed %d: of a log of %d\n%s\nis gone in\n%s", seed, len(s.log), missing(had, answers(text, s.shown.Layer)), text)
			}
			for range 4 {
				if claims := slices.Collect(s.shown.Layer.Claims()); len(claims) > 0 {
					x := claims[r.IntN(len(claims))]
					s.do(Edit{Verb: annotate.Confirm, Targets: []Target{{x.Kind, x.Span}}})
				}
			}
		}
		want := answers(text, s.shown.Layer)
		for _, l := range []*annotate.Layer{second, opinion(r, text), {}} {
			s.machine = l
			if s.apply(); !slices.Equal(answers(text, s.shown.Layer), want) {
				t.Fatalf("seed %d: of a log of %d\n%s\nis gone; there is\n%s\nin\n%s", seed, len(s.log), missing(want, answers(text, s.shown.Layer)), missing(answers(text, s.shown.Layer), want), text)
			}
		}
		for _, d := range s.log {
			if d.Shown != nil {
				over[d.Shown.Over] = true
			}
		}
	}
	if over[""] || len(over) < sights()/2 {
		t.Errorf("decisions tell only %d layers", len(over))
	}
}

// The layer that a decision was shown over is in its line, in either unit, and in the log as it is printed; lines without it mean what
// they meant.
func TestOverIsKept(t *testing.T) {
	t.Parallel()
	s := sit(t, story, machine())
	s.do(Edit{Verb: annotate.Confirm, Targets: []Target{{annotate.OfMention, at(story, "Marta Quill", 0)}, {annotate.OfQuote, s.machine.Quotes[0].Span}}})
	over := tellOf(s.machine)
	same := func(n int) int { return n }
	lines, err := EncodePoints(story, s.log, same)
	if err != nil {
		t.Fatal(err)
	}
	var printed bytes.Buffer
	if err := WriteLog(&printed, &articles.Article{ID: "a", Text: story}, s.log); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(printed.String(), `"over":"`+over+`"`); n != len(s.log) {
		t.Errorf("%d of %d printed lines tell the layer:\n%s", n, len(s.log), &printed)
	}
	if m := (Merger{story, s.machine}).Merge(s.log, decodedPoints(t, lines)); len(m.Clashes) > 0 || len(m.Log) != len(s.log) {
		t.Errorf("its own export clashes with the log: %+v", m.Clashes)
	}
	moved := Anchoring{}.Anchored("A line before.\n\n"+story, s.log)
	for i := range moved {
		if a, was := moved[i].Shown, s.log[i].Shown; a.Over != over || len(a.Named.Suffix) != len(was.Named.Suffix) || i == 1 && a.Named.Start != was.Named.Start+len("A line before.\n\n") {
			t.Errorf("in another text it is %+v, and was %+v", a, was)
		}
	}
	reader := &Decoder{Text: story}
	for i, d := range s.log {
		if d.Shown.Over != over {
			t.Errorf("made over %q, not %q", d.Shown.Over, over)
		}
		back, err := DecodePoints(lines[i], func(n int) (int, bool) { return n, true })
		if err != nil || !reflect.DeepEqual(back, d) {
			t.Errorf("%s is read as %+v, %v", lines[i], back.Shown, err)
		}
		before := cloneDecision(d)
		before.Shown.Over = ""
		line, err := Encode(before)
		if err != nil || bytes.Contains(line, []byte("over")) {
			t.Errorf("%s, %v", line, err)
		}
		if back, err := reader.Decode(line); err != nil || !reflect.DeepEqual(back, before) {
			t.Errorf("%s is read as %+v, %v", line, back.Shown, err)
		}
	}
}

// What tells a layer is written in logs: were it another for the same layer, decisions would be applied as if they were made over
// another one. It tells what is shown, but not how sure the machine is.
func TestTellOfALayer(t *testing.T) {
	t.Parallel()
	l := func() *annotate.Layer {
		return &annotate.Layer{Engine: "model-1", Entities: []annotate.Entity{
			{ID: "e1", Type: annotate.Person, Name: "Zoë Quill", Mentions: []annotate.Mention{
				{Span: articles.Span{Start: 0, End: 10}, Form: annotate.Name, Type: annotate.Person, Origin: annotate.Origin{Score: .9}},
				{Span: articles.Span{Start: 40, End: 43}, Form: annotate.Pronoun, Type: annotate.Person}}},
			{ID: "e2", Type: annotate.Place, Name: "Halden", Mentions: []annotate.Mention{{Span: articles.Span{Start: 20, End: 26}, Form: annotate.Name, Type: annotate.Place}}},
		}, Quotes: []*annotate.Quote{{Span: articles.Span{Start: 28, End: 39}, Type: annotate.Direct, Speaker: "e1", Also: []string{"e2"},
			SpeakerMention: articles.Span{Start: 40, End: 43}, Cue: articles.Span{Start: 44, End: 48}}}}
	}
	const want = "vffg9eup3"
	if got := tellOf(l()); got != want {
		t.Errorf("%q, not %q as logs have it", got, want)
	}
	if got := tellOf(&annotate.Layer{}); got != "0" {
		t.Errorf("nothing is told as %q", got)
	}
	for name, c := range map[string]struct {
		do   func(*annotate.Layer)
		same bool
	}{
		"engine":  {func(l *annotate.Layer) { l.Engine = "model-2" }, true},
		"score":   {func(l *annotate.Layer) { l.Entities[0].Mentions[0].Origin.Score = .1 }, true},
		"name":    {func(l *annotate.Layer) { l.Entities[0].Name = "Quill" }, false},
		"type":    {func(l *annotate.Layer) { l.Entities[1].Type = annotate.Other }, false},
		"form":    {func(l *annotate.Layer) { l.Entities[1].Mentions[0].Form = annotate.Nominal }, false},
		"end":     {func(l *annotate.Layer) { l.Entities[1].Mentions[0].End-- }, false},
		"mention": {func(l *annotate.Layer) { l.Entities[0].Mentions = l.Entities[0].Mentions[:1] }, false},
		"speaker": {func(l *annotate.Layer) { l.Quotes[0].Also = nil }, false},
		"named":   {func(l *annotate.Layer) { l.Quotes[0].SpeakerMention = articles.Span{} }, false},
		"cue":     {func(l *annotate.Layer) { l.Quotes[0].Cue = articles.Span{} }, false},
		"quote":   {func(l *annotate.Layer) { l.Quotes[0].Type = annotate.Mixed }, false},
	} {
		o := l()
		if c.do(o); (tellOf(o) == want) != c.same {
			t.Errorf("another %s: %q", name, tellOf(o))
		}
	}
}

func decodedPoints(t *testing.T, lines []json.RawMessage) (log []annotate.Decision) {
	t.Helper()
	for _, l := range lines {
		d, err := DecodePoints(l, func(n int) (int, bool) { return n, true })
		if err != nil {
			t.Fatal(err)
		}
		log = append(log, d)
	}
	return log
}
