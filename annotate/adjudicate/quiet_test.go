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

// origins says where the claims of a layer come from, with whom and how sure.
func origins(text string, l *annotate.Layer) map[string]string {
	out := map[string]string{}
	for c := range l.Claims() {
		says := fmt.Sprintf("%d machine %v", c.State, c.Origin.Score)
		if c.Origin.Human {
			says = fmt.Sprintf("%d %s %s", c.State, c.Origin.Stage, c.Origin.Rule)
		}
		out[fmt.Sprint(c.Start, " ", c.In(text))] = says
	}
	return out
}

// What all left as it was suggested is the machine's, and what somebody decided is theirs.
func TestWhoDecided(t *testing.T) {
	t.Parallel()
	ann, bob := newPerson("ann", story, found()), newPerson("bob", story, found())
	for _, p := range []*person{ann, bob} {
		p.do(review.Edit{Verb: annotate.Confirm, Targets: on(at("Marta Quill", 0)), Here: true})
		p.do(review.Edit{Verb: annotate.Relabel, Targets: on(at("Orrin Bay Courier", 0)), Value: "magazine"})
		p.do(review.Edit{Verb: annotate.Add, Targets: on(at("Ferris & Sons", 0)), Value: "organization", Here: true})
	}
	ann.do(review.Edit{Verb: annotate.Confirm, Targets: on(at("Tom Ferris", 0)), Here: true})
	bob.do(review.Edit{Verb: annotate.Confirm, Targets: quoteOn(at("“not the paper.”", 0))})
	bob.do(review.Edit{Verb: annotate.Confirm, Targets: on(at("Halden Media", 0)), Here: true})
	bob.do(review.Edit{Verb: annotate.Undo})
	for _, x := range []struct {
		readings []adjudicate.Reading
		want     map[string]string
	}{
		{[]adjudicate.Reading{ann.reading(), bob.reading()}, map[string]string{
			"Marta Quill": "1 ann; bob confirm", "Orrin Bay Courier": "1 ann; bob agreed", "Ferris & Sons": "1 ann; bob agreed",
			"Tom Ferris": "1 ann confirm", "“not the paper.”": "1 bob confirm",
		}},
		{[]adjudicate.Reading{bob.reading()}, map[string]string{
			"Marta Quill": "1 bob confirm", "Orrin Bay Courier": "1 bob relabel", "Ferris & Sons": "1 bob add", "“not the paper.”": "1 bob confirm",
		}},
	} {
		k := newCurator(adjudicate.New(story, x.readings))
		if len(k.Questions) > 0 || k.Base().Engine != "test-1" {
			t.Fatalf("%s by %s", asks(k.Case), k.Base().Engine)
		}
		got := origins(story, k.curated())
		for place, says := range got {
			_, words, _ := strings.Cut(place, " ")
			want := x.want[words]
			if want == "" {
				want = "0 machine 0.9"
			}
			if says != want {
				t.Errorf("%d annotators: %s is %s, want %s", len(x.readings), place, says, want)
			}
		}
		if len(got) != 12 {
			t.Errorf("%d claims: %v", len(got), got)
		}
	}
	k := newCurator(adjudicate.New(story, []adjudicate.Reading{ann.reading(), bob.reading()}))
	k.do(review.Edit{Verb: annotate.Confirm, Targets: on(at("Halden Media", 0)), Here: true})
	if got := origins(story, k.curated())["89 Halden Media"]; got != "1 machine 0.9" {
		t.Errorf("what the curator confirmed is %s", got)
	}
}

// A claim of the curated reading is nobody's if, and only if, no annotator and no curator decided it.
func TestNobodysIsTheMachines(t *testing.T) {
	t.Parallel()
	left, decided := 0, 0
	for seed := range uint64(seeds) {
		text, rs := dispute(seed, 1+int(seed%3))
		k := newCurator(all.New(text, rs))
		for c := range k.curated().Claims() {
			own := slices.ContainsFunc(rs, func(r adjudicate.Reading) bool {
				for o := range r.Claims() {
					if o.Kind == c.Kind && o.Span == c.Span && (o.State == annotate.Confirmed || o.Origin.Human && o.State != annotate.Rejected) {
						return true
					}
				}
				return false
			})
			switch {
			case own && c.State != annotate.Confirmed, !own && (c.State != annotate.Proposed || c.Origin.Human || c.Origin.Score == 0 || c.Origin.Score == 1):
				t.Fatalf("seed %d: %q is in state %d, by %+v", seed, c.In(text), c.State, c.Origin)
			case own:
				decided++
			default:
				left++
			}
		}
	}
	if left < 100 || decided < 100 {
		t.Errorf("%d claims of nobody, %d of somebody", left, decided)
	}
}

// bay returns a layer with places and other names.
func bay(text string) *annotate.Layer {
	l := &annotate.Layer{Engine: "test-1"}
	for i, x := range []struct {
		words string
		annotate.Type
	}{{"Canada", annotate.Place}, {"Bay", annotate.Place}, {"Friday", annotate.Other}, {"Quill", annotate.Person}} {
		s := articles.Span{Start: strings.Index(text, x.words)}
		s.End = s.Start + len(x.words)
		o := annotate.Origin{Stage: "names", Rule: "test", Score: .8}
		l.Entities = append(l.Entities, annotate.Entity{ID: fmt.Sprint("e", i+1), Type: x.Type, Name: x.words, Origin: o, Mentions: []annotate.Mention{{Span: s, Form: annotate.Name, Type: x.Type, Origin: o}}})
	}
	return l
}

// without returns the reading of somebody to whom these words were not suggested.
func without(who, text string, words ...string) *person {
	l := bay(text)
	l.Entities = slices.DeleteFunc(l.Entities, func(e annotate.Entity) bool { return slices.Contains(words, e.Name) })
	return newPerson(who, text, l)
}

func (p *person) hidden(words ...string) adjudicate.Reading {
	r := p.reading()
	r.Hidden = func(t review.Target) bool { return slices.Contains(words, t.In(p.text)) }
	return r
}

func TestPlacesAreNotAsked(t *testing.T) {
	t.Parallel()
	const text = "On Friday Quill left Canada for the Bay."
	span := func(words string) []review.Target {
		i := strings.Index(text, words)
		return on(articles.Span{Start: i, End: i + len(words)})
	}
	const everything = "other Friday, person Quill, place Canada, place Bay"
	for _, x := range []struct {
		name    string
		hide    string
		ann     []review.Edit // over all suggestions
		bob     []review.Edit
		labels  []string
		kinds   []string
		asks    string
		curated string
	}{
		{"hidden from one", "Canada", nil, nil, nil, nil, "", everything},
		{"other names, too", "Friday", nil, nil, nil, nil, "", everything},
		{"rejected by who was shown it", "Canada", []review.Edit{{Verb: annotate.Reject, Targets: span("Canada")}}, nil, nil, nil, "", "other Friday, person Quill, place Bay"},
		{"rejected by one, left by the other", "", []review.Edit{{Verb: annotate.Reject, Targets: span("Canada")}}, nil, nil, nil, "", "other Friday, person Quill, place Bay"},
		{"rejected by one, confirmed by the other", "", []review.Edit{{Verb: annotate.Reject, Targets: span("Canada")}}, []review.Edit{{Verb: annotate.Confirm, Targets: span("Canada")}}, nil, nil, "", "other Friday, person Quill, place Bay"},
		{"added by one", "", []review.Edit{{Verb: annotate.Add, Targets: span("the Bay"), Value: "place", Here: true}}, nil, nil, nil, "", "other Friday, person Quill, place Canada, place the Bay"},
		{"another kind of place", "", []review.Edit{{Verb: annotate.Relabel, Targets: span("Friday"), Value: "place"}}, nil, nil, nil, "", "place Friday, person Quill, place Canada, place Bay"},
		{"a person for one", "", []review.Edit{{Verb: annotate.Relabel, Targets: span("Friday"), Value: "person"}}, nil, nil, nil, "What is “Friday”?", "person Quill, place Canada, place Bay"},
		{"a person hidden", "Quill", nil, nil, nil, nil, "Is “Quill” a name?", "other Friday, place Canada, place Bay"},
		{"named by the set", "Canada", nil, nil, []string{"place"}, nil, "Is “Canada” a name?", "other Friday, person Quill, place Bay"},
		{"another one named", "Canada", nil, nil, []string{"other"}, nil, "", everything},
		{"asked for", "Canada", nil, nil, nil, []string{"place"}, "Is “Canada” a name?", everything},
		{"only others asked for", "Quill", nil, nil, nil, []string{"place"}, "", "other Friday, place Canada, place Bay"},
	} {
		ann, bob := newPerson("ann", text, bay(text)), without("bob", text, x.hide)
		for _, e := range x.ann {
			ann.do(e)
		}
		for _, e := range x.bob {
			bob.do(e)
		}
		k := newCurator(adjudicate.Options{Labels: x.labels, Kinds: x.kinds}.New(text, []adjudicate.Reading{ann.reading(), bob.hidden(x.hide)}))
		var asked, has []string
		for i := range k.Questions {
			q := &k.Questions[i]
			asked = append(asked, k.Asks(q))
			unshown := x.hide != ""
			if q.Answers[1].Unshown != unshown || strings.Contains(q.Answers[1].Says, "not marked (was not suggested to bob)") != unshown {
				t.Errorf("%s: bob says %q", x.name, q.Answers[1].Says)
			}
		}
		for _, m := range marked(k.curated()) {
			has = append(has, string(m.Type)+" "+m.In(text))
		}
		if got := strings.Join(asked, " "); got != x.asks || len(k.open()) != len(asked) {
			t.Errorf("%s: asks %q, want %q", x.name, got, x.asks)
		}
		if got := strings.Join(has, ", "); got != x.curated {
			t.Errorf("%s: curated is %s, want %s", x.name, got, x.curated)
		}
	}
}

// marked returns the mentions of a layer that were not rejected, in the order of the text, with the types of their entities.
func marked(l *annotate.Layer) (out []annotate.Mention) {
	for e, m := range l.Mentions() {
		if one := *m; m.State != annotate.Rejected {
			one.Type = e.Type
			out = append(out, one)
		}
	}
	slices.SortFunc(out, func(a, b annotate.Mention) int { return a.Compare(b.Span) })
	return out
}

// Which kinds are asked about changes nothing in what is decided, and a curator may decide on what is not asked.
func TestKindsChangeNoReading(t *testing.T) {
	t.Parallel()
	for seed := range uint64(seeds) {
		text, rs := dispute(seed, 2)
		plain, some := newCurator(adjudicate.New(text, rs)), newCurator(adjudicate.Options{Kinds: []string{"place", "quote"}}.New(text, rs))
		r := rand.New(rand.NewPCG(seed, 3))
		for range 5 {
			if open := some.open(); len(open) > 0 {
				some.take(rs[r.IntN(2)].Who, open[r.IntN(len(open))])
			}
		}
		plain.log, plain.shown = some.log, review.Apply(text, plain.Base(), some.log)
		if got, want := say(text, plain.curated()), say(text, some.curated()); got != want {
			t.Fatalf("seed %d: asked about all\n%s\nabout some\n%s", seed, got, want)
		}
	}
}

// Whoever's answer is taken, the settlement says that it is theirs, and theirs alone who answered alike.
func TestSettlements(t *testing.T) {
	t.Parallel()
	taken := 0
	for seed := range uint64(seeds) {
		text, rs := dispute(seed, 2)
		c := all.New(text, rs)
		a := &articles.Article{ID: "a", Text: text}
		ids := &review.IDs{Random: rand.NewChaCha8([32]byte{9})}
		sign := review.Signature{Who: "cy", Now: now, NewID: func() string { return ids.Next(now) }, Layer: annotate.Curated}
		s := adjudicate.Sit(a, c, nil)
		for _, x := range s.Settlements() {
			if x.As != nil || x.Says != "" {
				t.Fatalf("seed %d: settled before anybody answered: %+v", seed, x)
			}
		}
		who := rs[seed%2].Who
		for i := range c.Questions {
			ds, err := s.Decide(review.Edit{Verb: review.Take, Take: review.Taking{Who: who, Questions: []string{c.Asked(i)}}}, sign)
			if err != nil {
				t.Fatal(err)
			}
			s = s.With(ds)
		}
		for i, x := range s.Settlements() {
			if len(x.As) != 2 || !x.As[seed%2] || x.Says != "" {
				t.Fatalf("seed %d: %s: %+v, took %s\n%s", seed, c.Asks(&c.Questions[i]), x, who, asks(c))
			}
			taken++
		}
	}
	if taken < 100 {
		t.Errorf("%d answers", taken)
	}
}
