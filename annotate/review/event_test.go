package review_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
)

// One step is undone by its ID, whatever came after it; that of somebody else is not, nor one that is undone.
func TestUndoOneStep(t *testing.T) {
	t.Parallel()
	text := "Ann Lee met Bo Gray and Cy Hart."
	at := func(from, to int) articles.Span { return articles.Span{Start: from, End: to} }
	l := &annotate.Layer{}
	for i, s := range []articles.Span{at(0, 7), at(12, 19), at(24, 31)} {
		l.Entities = append(l.Entities, annotate.Entity{ID: string(rune('a' + i)), Type: annotate.Person, Name: s.In(text),
			Mentions: []annotate.Mention{{Span: s, Form: annotate.Name, Type: annotate.Person}}})
	}
	ids := review.IDs{Random: rand.NewChaCha8([32]byte{})}
	var log []annotate.Decision
	result := review.Apply(text, l, nil)
	do := func(who string, e review.Edit) int {
		w := review.Writer{Signature: review.Signature{Who: who, Now: time.Unix(int64(len(log)), 0), NewID: func() string { return ids.Next(time.Unix(int64(len(log)), 0)) }}, Text: text, Shown: &result}
		ds := w.Write(e)
		log = append(log, ds...)
		result = review.Apply(text, l, log)
		return len(ds)
	}
	on := func(s articles.Span) []review.Target { return []review.Target{{Kind: annotate.OfMention, Span: s}} }
	do("ann", review.Edit{Verb: annotate.Reject, Targets: on(at(0, 7))})
	do("ann", review.Edit{Verb: annotate.Confirm, Targets: on(at(12, 19))})
	do("bo", review.Edit{Verb: annotate.Confirm, Targets: on(at(24, 31))})
	events := result.History()
	if len(events) != 3 || events[2].Verb != annotate.Reject || events[2].Words != "Ann Lee" || events[2].Targets[0].Span != at(0, 7) {
		t.Fatalf("%+v", events)
	}
	if n := do("ann", review.Edit{Verb: annotate.Undo, Value: events[0].ID}); n != 0 {
		t.Error("undid a decision of somebody else")
	}
	if n := do("ann", review.Edit{Verb: annotate.Undo, Value: events[2].ID}); n != 1 {
		t.Errorf("%d decisions to undo one", n)
	}
	if n := do("ann", review.Edit{Verb: annotate.Undo, Value: events[2].ID}); n != 0 {
		t.Error("undid what was undone")
	}
	for i, want := range []annotate.State{annotate.Proposed, annotate.Confirmed, annotate.Confirmed} {
		if got := result.Layer.Entities[i].Mentions[0].State; got != want {
			t.Errorf("%s is %v, not %v", result.Layer.Entities[i].Name, got, want)
		}
	}
}
