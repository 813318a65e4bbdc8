package review

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"byline/annotate"
	"byline/articles"
)

// anything returns decisions of one step that a person might make or a file might hold, sensible or not: every verb, words
// that are not there, answers to what nobody asked.
func anything(r *rand.Rand, text string, l *annotate.Layer, log []annotate.Decision, ids *IDs) []annotate.Decision {
	verbs := []annotate.Verb{annotate.Confirm, annotate.Reject, annotate.Relabel, annotate.Add, annotate.Respan, annotate.Merge, annotate.Split,
		annotate.Rename, annotate.Attribute, annotate.Cue, annotate.Note, annotate.Tag, annotate.Erase, annotate.Drop, annotate.Done, "bless"}
	ws := split(text)
	var out []annotate.Decision
	for range 1 + r.IntN(3) {
		d := annotate.Decision{ID: ids.Next(time.UnixMilli(1.7e12)), Who: []string{"ann", "bo"}[r.IntN(2)], Verb: verbs[r.IntN(len(verbs))], Kind: annotate.OfMention}
		place := func() annotate.Anchor {
			s := somewhere(r, ws)
			if r.IntN(3) > 0 {
				s = mentionOr(r, l, s)
			}
			return Anchor(text, s)
		}
		d.Target, d.Value = place(), string(types[r.IntN(len(types))])
		switch {
		case len(l.Quotes) > 0 && r.IntN(3) == 0:
			d.Kind, d.Target = annotate.OfQuote, Anchor(text, l.Quotes[r.IntN(len(l.Quotes))].Span)
		case r.IntN(12) == 0:
			d.Kind = annotate.OfPassage
		}
		if r.IntN(4) > 0 {
			d.To = place()
		}
		for d.Verb == annotate.Attribute && r.IntN(2) == 0 {
			d.Also = append(d.Also, place())
		}
		switch {
		case r.IntN(25) == 0:
			d.Target = annotate.Anchor{Span: articles.Span{Start: 1, End: 9}, Exact: "nobody's words", Prefix: "x"}
		case d.Verb == annotate.Note || d.Verb == annotate.Tag || d.Verb == annotate.Erase:
			d.Value = []string{"", "ask", annotate.Highlight}[r.IntN(3)]
			if n := len(log); r.IntN(2) == 0 && n > 0 {
				d.Kind, d.Target = log[r.IntN(n)].Kind, log[r.IntN(n)].Target
			}
		case d.Verb == annotate.Drop && len(log) > 0:
			d.Value = log[r.IntN(len(log))].ID
		}
		d.Step = d.ID
		if len(out) > 0 {
			d.Step = out[0].ID
		}
		if r.IntN(3) == 0 {
			d.Engine, d.Score = l.Engine, .5
		}
		if r.IntN(9) == 0 {
			d.Layer = annotate.Curated
		}
		out = append(out, d)
	}
	return out
}

// turnOf takes back some step of the log, or does it again.
func turnOf(r *rand.Rand, log []annotate.Decision, ids *IDs) annotate.Decision {
	d := annotate.Decision{ID: ids.Next(time.UnixMilli(1.7e12)), Who: "ann", Verb: []annotate.Verb{annotate.Undo, annotate.Redo}[r.IntN(2)], Value: "nothing"}
	if len(log) > 0 {
		d.Value = stepID(&log[max(0, len(log)-1-r.IntN(6))])
	}
	d.Step = d.ID
	return d
}

// A draft that takes one decision after another says what the whole log says from the beginning, and what it said before
// stays as it was.
func TestDraftIsApply(t *testing.T) {
	t.Parallel()
	sequences := 1000
	if testing.Short() {
		sequences = 300
	}
	added, turned, turns := 0, 0, 0
	for seed := range uint64(sequences) {
		r := rand.New(rand.NewPCG(seed, 11))
		text := prose(r, 15+r.IntN(60))
		l := guess(r, text)
		if r.IntN(10) == 0 {
			l = &annotate.Layer{}
		}
		ids := &IDs{Random: rand.NewChaCha8([32]byte{byte(seed)})}
		d := Anchoring{}.Draft(text, l, nil)
		var log []annotate.Decision
		shown := d.Result()
		type kept struct {
			Result
			as string
		}
		var before []kept
		for range 12 {
			ds := anything(r, text, shown.Layer, log, ids)
			turn := r.IntN(4) == 0
			if turn {
				ds = []annotate.Decision{turnOf(r, log, ids)}
				turns++
			}
			if r.IntN(30) == 0 && len(log) > 0 {
				ds[0].ID = log[0].ID + "0" // from a slow clock
			}
			log = append(log, ds...)
			next, ok := d.Add(&shown, ds)
			if !ok {
				d = d.Again(log)
				next = d.Result()
			} else if added++; turn {
				turned++
			}
			full := Apply(text, l, log)
			if !reflect.DeepEqual(next, full) {
				t.Fatalf("seed %d, added %v: %s", seed, ok, differ(text, next, full))
			}
			if err := next.Layer.Check(text); err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			if seed%10 == 0 {
				before = append(before, kept{next, written(&next)})
			}
			shown = next
		}
		for i := range before {
			if now := written(&before[i].Result); now != before[i].as {
				t.Fatalf("seed %d: what was returned has changed from\n%s\nto\n%s", seed, before[i].as, now)
			}
		}
	}
	if added < sequences*5 || turned < turns/3 {
		t.Fatalf("of %d sequences only %d steps were added, and %d of %d that take back others", sequences, added, turned, turns)
	}
}

// written writes a result out.
func written(r *Result) string {
	return fmt.Sprintf("%+v\n%+v\n%+v\n%+v\n%+v\n%+v\n%+v", *r.Layer, quotesIn(r.Layer), r.Orphans, r.Conflicts, r.Notes, r.Steps.All, r.Steps.done["ann"])
}

// quotesIn returns the quotes of l themselves, to be written out.
func quotesIn(l *annotate.Layer) []annotate.Quote {
	var out []annotate.Quote
	for _, q := range l.Quotes {
		out = append(out, *q)
	}
	return out
}

func differ(text string, got, want Result) string {
	switch {
	case !reflect.DeepEqual(got.Layer, want.Layer):
		return fmt.Sprintf("the layer is\n%s%#v\n%+v\nnot\n%s%#v\n%+v", show(text, got.Layer), got.Layer, quotesIn(got.Layer), show(text, want.Layer), want.Layer, quotesIn(want.Layer))
	case !reflect.DeepEqual(got.Orphans, want.Orphans):
		return fmt.Sprintf("the orphans are %v, not %v", got.Orphans, want.Orphans)
	case !reflect.DeepEqual(got.Conflicts, want.Conflicts):
		return fmt.Sprintf("the conflicts are %v, not %v", got.Conflicts, want.Conflicts)
	case !reflect.DeepEqual(got.Notes, want.Notes):
		return fmt.Sprintf("the notes are %v, not %v", got.Notes, want.Notes)
	}
	return "the steps are others"
}

// crowded is an article in which n mentions are of so many entities, and a log that confirms each of them.
func crowded(n, entities int) (string, *annotate.Layer, []annotate.Decision) {
	var b strings.Builder
	l := &annotate.Layer{Engine: "test", Entities: make([]annotate.Entity, entities)}
	for i := range l.Entities {
		l.Entities[i] = annotate.Entity{ID: idAt(i), Type: annotate.Person, Name: fmt.Sprintf("Quill%d", i)}
	}
	for i := range n {
		e := &l.Entities[i%entities]
		e.Mentions = append(e.Mentions, found(annotate.Person, annotate.Name, articles.Span{Start: b.Len(), End: b.Len() + len(e.Name)}))
		b.WriteString(e.Name + " said that the harbour is closed. ")
	}
	ids := &IDs{Random: rand.NewChaCha8([32]byte{1})}
	log := make([]annotate.Decision, 0, n)
	for e, m := range l.Mentions() {
		d := annotate.Decision{ID: ids.Next(time.UnixMilli(1.7e12)), Who: "ann", Verb: annotate.Confirm, Kind: annotate.OfMention, Target: Anchor(b.String(), m.Span), Value: string(e.Type)}
		d.Step = d.ID
		log = append(log, d)
	}
	return b.String(), l, log
}

// BenchmarkDecision makes one more decision with 100,000 behind it, on as many mentions: of people who are named five times
// each, of one person, of people who are named once. All is the log from its beginning. Each kind is one that costs more than a confirmation; undo
// goes back one further each time, up to [remembered].
func BenchmarkDecision(b *testing.B) {
	for _, entities := range []int{20_000, 1, 100_000} {
		text, l, log := crowded(100_000, entities)
		b.Run(fmt.Sprintf("entities=%d/all", entities), func(b *testing.B) {
			for b.Loop() {
				Apply(text, l, log)
			}
		})
		for _, v := range []annotate.Verb{annotate.Reject, annotate.Split, annotate.Relabel, annotate.Merge} {
			b.Run(fmt.Sprintf("entities=%d/%s", entities, v), func(b *testing.B) {
				d := Anchoring{}.Draft(text, l, log)
				shown := d.Result()
				ids := &IDs{Random: rand.NewChaCha8([32]byte{2})}
				for i := 0; b.Loop(); i++ {
					x := log[i*7919%len(log)]
					x.ID, x.Verb, x.Value, x.To = ids.Next(time.UnixMilli(1.8e12)), v, string(types[i%2]), log[i*104729%len(log)].Target
					if v == annotate.Split {
						x.To = annotate.Anchor{}
					}
					x.Step = x.ID
					var ok bool
					if shown, ok = d.Add(&shown, []annotate.Decision{x}); !ok {
						b.Fatal("not added")
					}
				}
			})
		}
		b.Run(fmt.Sprintf("entities=%d/undo", entities), func(b *testing.B) {
			d := Anchoring{}.Draft(text, l, log)
			shown := d.Result()
			ids := &IDs{Random: rand.NewChaCha8([32]byte{2})}
			for i := 0; b.Loop(); i++ {
				x := annotate.Decision{ID: ids.Next(time.UnixMilli(1.8e12)), Who: "ann", Verb: annotate.Undo, Value: log[len(log)-1-i%remembered].ID}
				var ok bool
				if shown, ok = d.Add(&shown, []annotate.Decision{x}); !ok {
					b.Fatal("not added")
				}
			}
		})
	}
}
