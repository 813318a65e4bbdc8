package adjudicate_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/adjudicate"
	"byline/annotate/review"
	"byline/articles"
)

const dock = "Dock Union met Orrin. Orrin paid. Then Orrin asked Dock Union; Orrin left, said Ross. “Orrin won,” said Ross. Dock Union lost to Orrin."

// in returns the n-th place of words in the dock, counted from 0.
func in(words string, n int) articles.Span {
	at := -1
	for range n + 1 {
		at += 1 + strings.Index(dock[at+1:], words)
	}
	return articles.Span{Start: at, End: at + len(words)}
}

// docked returns the machine's layer of the dock, for somebody to whom Orrin was not suggested in some places.
func docked(without ...int) *annotate.Layer {
	l := &annotate.Layer{Engine: "test-1"}
	for i, x := range []struct {
		words string
		n     int
	}{{"Dock Union", 3}, {"Orrin", 6}, {"Ross", 2}} {
		e := annotate.Entity{ID: fmt.Sprint("e", i+1), Type: annotate.Organization, Name: x.words}
		for k := range x.n {
			if x.words != "Orrin" || !slices.Contains(without, k) {
				e.Mentions = append(e.Mentions, annotate.Mention{Span: in(x.words, k), Form: annotate.Name, Type: e.Type, Origin: annotate.Origin{Stage: "names", Score: .9}})
			}
		}
		if len(e.Mentions) > 0 {
			l.Entities = append(l.Entities, e)
		}
	}
	return l
}

// hiddenOrrin is the reading of somebody to whom Orrin was not suggested in some places.
func hiddenOrrin(p *person, without ...int) adjudicate.Reading {
	r := p.reading()
	r.Hidden = func(t review.Target) bool {
		return slices.ContainsFunc(without, func(k int) bool { return t.Span == in("Orrin", k) })
	}
	return r
}

// What the same people marked alike on the same words is asked once.
func TestSeveralMentions(t *testing.T) {
	t.Parallel()
	rejects := func(ks ...int) (out []review.Edit) {
		for _, k := range ks {
			out = append(out, review.Edit{Verb: annotate.Reject, Targets: on(in("Orrin", k))})
		}
		return out
	}
	for _, x := range []struct {
		name     string
		ann, bob []review.Edit
		hidden   []int // from ann
		want     []string
	}{
		{"all of them", rejects(0, 1, 2, 3, 4, 5), nil, nil, []string{"Is “Orrin” a name? (6 mentions)"}},
		{"some of them", rejects(1, 3), nil, nil, []string{"Is “Orrin” a name? (2 mentions)"}},
		{"some by one, some by the other", rejects(0, 2), rejects(1, 4), nil, []string{"Is “Orrin” a name? (2 mentions)", "Is “Orrin” a name? (2 mentions)"}},
		{"some hidden, some rejected", rejects(0, 2, 4), nil, []int{1, 3}, []string{"Is “Orrin” a name? (3 mentions)", "Is “Orrin” a name? (2 mentions)"}},
		{"one of another entity", rejects(0, 2, 4), []review.Edit{{Verb: annotate.Split, Targets: on(in("Orrin", 2))}}, nil,
			[]string{"Is “Orrin” a name? (2 mentions)", "Is “Orrin” a name?"}},
		{"other words of one entity", append(rejects(0, 2), review.Edit{Verb: annotate.Reject, Targets: on(in("Ross", 0))}), []review.Edit{{Verb: annotate.Merge, Targets: on(in("Ross", 0)), To: in("Orrin", 0)}}, nil,
			[]string{"Is “Orrin” a name? (2 mentions)", "Is “Ross” a name?", "Who or what is “Ross”?"}},
		{"other ends of each", nil, []review.Edit{{Verb: annotate.Respan, Targets: on(in("Dock Union", 0)), To: in("Union", 0)}, {Verb: annotate.Respan, Targets: on(in("Dock Union", 2)), To: in("Union", 2)}}, nil,
			[]string{"Which words are the name at “Dock Union”? (2 mentions)"}},
		{"quotes", nil, []review.Edit{{Verb: annotate.Add, Targets: quoteOn(in("Ross", 0)), Value: "mixed", Here: true}, {Verb: annotate.Add, Targets: quoteOn(in("Ross", 1)), Value: "mixed", Here: true}}, nil,
			[]string{"Is “Ross” a quote?", "Is “Ross” a quote?"}},
	} {
		ann, bob := newPerson("ann", dock, docked(x.hidden...)), newPerson("bob", dock, docked())
		for _, e := range x.ann {
			ann.do(e)
		}
		for _, e := range x.bob {
			bob.do(e)
		}
		c := adjudicate.New(dock, []adjudicate.Reading{hiddenOrrin(ann, x.hidden...), bob.reading()})
		var got []string
		for i := range c.Questions {
			got = append(got, c.Asks(&c.Questions[i]))
		}
		if !slices.Equal(got, x.want) {
			t.Errorf("%s: %q, want %q", x.name, got, x.want)
		}
	}
}

// A chair settles a case, as a sitting.
type chair struct {
	*testing.T
	*adjudicate.Sitting
	ids *review.IDs
}

func (k *chair) does(e review.Edit) {
	k.Helper()
	ds, err := k.Decide(e, review.Signature{Who: "cy", Now: now, NewID: func() string { return k.ids.Next(now) }, Layer: annotate.Curated})
	if err != nil {
		k.Fatal(err)
	}
	k.Sitting = k.With(ds)
}

func (k *chair) takes(who string, question int) {
	k.Helper()
	k.does(review.Edit{Verb: review.Take, Take: review.Taking{Who: who, Questions: []string{k.Asked(question)}}})
}

// is checks how a question is asked, and what the curated reading has of it.
func (k *chair) is(asks string, orrins ...int) {
	k.Helper()
	if got := k.Asks(&k.Questions[0]); got != asks {
		k.Errorf("asks %q, want %q", got, asks)
	}
	var has []int
	for _, m := range marked(k.Reading()) {
		for n := range 6 {
			if m.Span == in("Orrin", n) {
				has = append(has, n)
			}
		}
	}
	if !slices.Equal(has, orrins) {
		k.Errorf("%s: the curated reading has %v, want %v", asks, has, orrins)
	}
	for i, done := range k.Answered {
		if open := k.Left(&k.Questions[i]); done != (len(open) == 0) || !done && k.Claim(&k.Questions[i]).Span != open[0] {
			k.Errorf("%s: answered %v, open about %v, at %v", asks, done, open, k.Claim(&k.Questions[i]).Span)
		}
	}
}

// A question about several mentions is answered at once, by one decision or by another on each, and undone so.
func TestAnswerSeveralMentions(t *testing.T) {
	t.Parallel()
	ann, bob := newPerson("ann", dock, docked(0, 1, 2, 3, 4, 5)), newPerson("bob", dock, docked())
	c := adjudicate.New(dock, []adjudicate.Reading{hiddenOrrin(ann, 0, 1, 2, 3, 4, 5), bob.reading()})
	k := &chair{t, adjudicate.Sit(&articles.Article{ID: "a", Text: dock}, c, nil), &review.IDs{Random: rand.NewChaCha8([32]byte{5})}}
	settled := func(as []bool, says string) {
		t.Helper()
		if x := k.Settlements()[0]; !slices.Equal(x.As, as) || x.Says != says {
			t.Errorf("settled on %+v", x)
		}
	}
	const all = "Is “Orrin” a name? (6 mentions)"
	k.is(all)
	k.takes("bob", 0)
	k.is(all, 0, 1, 2, 3, 4, 5)
	settled([]bool{false, true}, "")
	k.does(review.Edit{Verb: annotate.Undo})
	k.is(all)
	k.takes("ann", 0)
	k.is(all)
	settled([]bool{true, false}, "")
	k.takes("bob", 0) // another answer, to all of them
	k.is(all, 0, 1, 2, 3, 4, 5)
	k.does(review.Edit{Verb: annotate.Undo})
	k.does(review.Edit{Verb: annotate.Undo})

	k.does(review.Edit{Verb: annotate.Reject, Targets: on(in("Orrin", 0))})
	k.is("Is “Orrin” a name? (5 of 6 mentions)")
	k.does(review.Edit{Verb: annotate.Confirm, Targets: on(in("Orrin", 4))})
	k.is("Is “Orrin” a name? (4 of 6 mentions)", 4)
	settled(nil, "")
	k.takes("bob", 0) // what is decided stays
	k.is(all, 1, 2, 3, 4, 5)
	settled([]bool{false, false}, "not marked (1); organization (5)")
	for says, want := range map[string]string{"not marked (1); organization (5)": "not a name, all 6 mentions", "person": "not a name, all 6 mentions", "not marked": ""} {
		if got := k.Questions[0].Instead(says); got != want {
			t.Errorf("settled on %q, and 0 says %q, want %q", says, got, want)
		}
	}
	if got := k.Changes("ann"); len(got) != 1 || got[0].Asks != "Is “Orrin” a name? (5 mentions)" || len(got[0].Spans) != 5 {
		t.Errorf("ann is told %+v", got)
	}
	if got := k.Changes("bob"); len(got) != 1 || got[0].Asks != "Is “Orrin” a name?" || got[0].Spans[0] != in("Orrin", 0) {
		t.Errorf("bob is told %+v", got)
	}
	k.does(review.Edit{Verb: annotate.Undo})
	k.is("Is “Orrin” a name? (4 of 6 mentions)", 4)
	k.does(review.Edit{Verb: annotate.Relabel, Targets: on(in("Orrin", 5)), Value: "person"}) // and so the equal names
	k.is(all, 1, 2, 3, 4, 5)
	k.takes(adjudicate.Nobody, 0)
	k.is(all)
	settled([]bool{true, false}, "")
}

// Whatever a curator does, in whatever order, what is open follows from the log, and is told and settled without a gap.
func TestWhatIsOpenFollowsFromTheLog(t *testing.T) {
	t.Parallel()
	several, partly := 0, 0
	for seed := range uint64(seeds) {
		text, rs := dispute(seed, 2+int(seed%3))
		c := all.New(text, rs)
		a, r := &articles.Article{ID: "a", Text: text}, rand.New(rand.NewPCG(seed, 6))
		k := &chair{t, adjudicate.Sit(a, c, nil), &review.IDs{Random: rand.NewChaCha8([32]byte{byte(seed)})}}
		var log []annotate.Decision
		for range 12 {
			if len(c.Questions) == 0 {
				break
			}
			i := r.IntN(len(c.Questions))
			q := &c.Questions[i]
			e := review.Edit{Verb: review.Take, Take: review.Taking{Who: append([]string{adjudicate.Nobody}, c.Who...)[r.IntN(1+len(c.Who))], Questions: []string{c.Asked(i)}}}
			switch r.IntN(4) {
			case 0:
				e = review.Edit{Verb: annotate.Undo}
			case 1:
				e = review.Edit{Verb: []annotate.Verb{annotate.Confirm, annotate.Reject}[r.IntN(2)], Targets: []review.Target{{Kind: q.Kind, Span: q.Spans[r.IntN(len(q.Spans))]}}}
			}
			ds, err := k.Decide(e, review.Signature{Who: "cy", Now: now, NewID: func() string { return k.ids.Next(now) }, Layer: annotate.Curated})
			if err != nil {
				t.Fatal(err)
			}
			log = append(log, ds...)
			k.Sitting = k.With(ds)
		}
		fresh := adjudicate.Sit(a, c, log)
		settled := fresh.Settlements()
		for i := range c.Questions {
			q := &c.Questions[i]
			if k.Answered[i] != fresh.Answered[i] || k.Asks(q) != fresh.Asks(q) || !slices.Equal(k.Left(q), fresh.Left(q)) || k.Claim(q) != fresh.Claim(q) {
				t.Fatalf("seed %d: %s and, from the log, %s", seed, k.Asks(q), fresh.Asks(q))
			}
			open := fresh.Left(q)
			if fresh.Answered[i] != (len(open) == 0) || fresh.Answered[i] != (settled[i].As != nil) || fresh.Answered[i] && !slices.Contains(settled[i].As, true) && settled[i].Says == "" {
				t.Fatalf("seed %d: %s: answered %v, open about %v, settled on %+v", seed, fresh.Asks(q), fresh.Answered[i], open, settled[i])
			}
			if strings.HasSuffix(c.Asks(q), " mentions)") {
				several++
			}
			if fresh.Asks(q) != c.Asks(q) {
				partly++
			}
		}
		for _, who := range c.Who {
			for _, ch := range fresh.Changes(who) {
				if len(ch.Spans) == 0 || ch.Asks == "" || ch.Was == ch.Now {
					t.Fatalf("seed %d: %s is told %+v", seed, who, ch)
				}
			}
		}
	}
	if several < 50 || partly < 5 {
		t.Errorf("%d questions about several mentions, %d of them open about some", several, partly)
	}
}
